//! annal checks a safeguarding partnership's annual report and builds it as a static website.
//!
//! A build is a pure function from a tree of source files to a tree of output files, and returns diagnostics as values.
//! `ARCHITECTURE.md` describes the modules.
//!
//! annal is a program. Its library exports only what the program, its tests, benchmarks and fuzz targets use.
//! Everything else is private to the crate, so the compiler can report unused code.

#[cfg(test)]
#[macro_use]
mod testing;

mod attack;
mod cache;
mod charset;
mod chart;
mod cli;
mod compare;
mod cover;
mod diagnostic;
mod disclosure;
mod document;
mod edit;
mod escape;
mod intake;
mod locale;
mod model;
mod options;
mod output;
mod pipeline;
mod platform;
mod preview;
mod proof;
mod publish;
mod quantity;
mod render;
mod rules;
mod source;

pub use cli::run;
pub use diagnostic::code::{Category, Code, Severity};
pub use diagnostic::located::{DiagnosticList, LocatedDiagnostic};
pub use diagnostic::{
    Diagnostic, Fix, LineIndex, Location, RelPath, SourceText, SourceTexts, Span, Subject, SubjectKind, TextEdit,
    WithDiagnostics,
};
pub use options::Options;
pub use output::{
    MemorySink, OutputContent, OutputFile, OutputSink, OutputTree, StagedSite, UnreadFile, WriteError, WriteSummary,
    manifest,
};
pub use pipeline::{BuildCache, BuildOutput, MemoryBuild, build, build_in_memory, check};
pub use preview::{Preview, PreviewSettings, Stopper};
pub use source::disk_file::DiskFile;
pub use source::picture::PublishedPicture;
pub use source::schema::{FileSchema, SCHEMAS};
pub use source::{FileContent, SourceTree, read_tree, scan_tree};

/// Output formats for diagnostics.
pub mod format {
    pub use crate::diagnostic::human::{self, TerminalStyle};
    pub use crate::diagnostic::{github, json, sarif};
}

/// Internals that benchmarks, fuzz targets and property tests call directly.
pub mod piece {
    pub use crate::chart::{
        AttendanceData, ChartContext, ContributionData, MemberRow, PayerRow, attendance_map, contributions,
    };
    pub use crate::locale::Locale;
    pub use crate::quantity::{Money, Presence};
    pub use crate::render::theme::carried_locale;
    pub use crate::source::csv::CsvTable;
    pub use crate::source::digest::hash;
    pub use crate::source::front_matter::split as split_front_matter;
    pub use crate::source::slug::slug;
    pub use crate::source::tree::SourceFile;

    use crate::compare::PublishedSite;
    use crate::diagnostic::{Diagnostic, RelPath, Span};
    use crate::output::OutputTree;
    use crate::source::files::{PageFrontMatter, SubmissionFrontMatter};
    use crate::source::yaml::read_document;

    /// Reads a document as `annal intake` does: its text, or why it cannot be read.
    ///
    /// # Errors
    ///
    /// If it is damaged, encrypted, too large, or of a kind that annal does not read.
    pub fn document_text(name: &str, bytes: Vec<u8>) -> Result<String, String> {
        crate::intake::read_text(name, bytes).map_err(|error| error.to_string())
    }

    /// What readers would notice between two sites that were built in memory, as `annal diff --format json` prints it.
    #[must_use]
    pub fn what_changed(old: &OutputTree, new: &OutputTree) -> serde_json::Value {
        let (old, new) = (PublishedSite::from_output(old), PublishedSite::from_output(new));
        crate::compare::json(&crate::compare::compare(&old, &new), "old", "new")
    }

    /// The suppressed counts that can be worked out from a built site, as `annal disclosure --format json` prints them.
    #[must_use]
    pub fn attack(site: &OutputTree) -> serde_json::Value {
        crate::attack::json(&crate::attack::AttackReport::new(site))
    }

    /// Checks front matter twice: as a submission's and as a page's.
    #[must_use]
    pub fn check_front_matter(file: &RelPath, text: &str, yaml: Span) -> Vec<Diagnostic> {
        let mut found = read_document::<SubmissionFrontMatter>(file, text, yaml).diagnostics;
        found.extend(read_document::<PageFrontMatter>(file, text, yaml).diagnostics);
        found
    }
}

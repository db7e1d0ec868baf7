//! annal builds a safeguarding partnership's annual report as a static website, and checks it.
//!
//! One idea holds the house together: a build is a function from a tree of source files to a tree of output files,
//! and diagnostics come along as values. `ARCHITECTURE.md` is the map of the rooms.
//!
//! This is a program, and its library is what the program itself, its tests, benchmarks and fuzz targets use: what is
//! listed here and nothing more. Everything else is private to the crate, so that the compiler finds what nobody uses.

#[cfg(test)]
#[macro_use]
mod testing;

mod cache;
mod chart;
mod cli;
mod diagnostic;
mod escape;
mod model;
mod options;
mod output;
mod pipeline;
mod preview;
mod quantity;
mod render;
mod rules;
mod source;

pub use cli::run;
pub use diagnostic::code::{Category, Code, Severity};
pub use diagnostic::located::{DiagnosticList, LocatedDiagnostic};
pub use diagnostic::{Diagnostic, LineIndex, Location, RelPath, SourceTexts, Span, WithDiagnostics};
pub use options::Options;
pub use output::{OutputTree, WriteError, manifest, write};
pub use pipeline::{BuildCache, BuildOutput, build, check};
pub use preview::{Preview, PreviewSettings, Stopper};
pub use source::schema::{FileSchema, SCHEMAS};
pub use source::{FileContent, SourceTree, read_tree};

/// The formats in which diagnostics are written.
pub mod format {
    pub use crate::diagnostic::human::{self, TerminalStyle};
    pub use crate::diagnostic::{github, json, sarif};
}

/// Pieces that benchmarks, fuzz targets and tests of properties drive by themselves.
pub mod piece {
    pub use crate::chart::{
        AttendanceData, ChartContext, ContributionData, English, MemberRow, PayerRow, attendance_map, contributions,
    };
    pub use crate::quantity::{Money, Presence};
    pub use crate::source::csv::CsvTable;
    pub use crate::source::digest::hash;
    pub use crate::source::front_matter::split as split_front_matter;
    pub use crate::source::slug::slug;
    pub use crate::source::tree::SourceFile;

    use crate::diagnostic::{Diagnostic, RelPath, Span};
    use crate::source::files::{PageFrontMatter, SubmissionFrontMatter};
    use crate::source::yaml::read_document;

    /// What is wrong with front matter, read as a submission's and as a page's.
    #[must_use]
    pub fn check_front_matter(file: &RelPath, text: &str, yaml: Span) -> Vec<Diagnostic> {
        let mut found = read_document::<SubmissionFrontMatter>(file, text, yaml).diagnostics;
        found.extend(read_document::<PageFrontMatter>(file, text, yaml).diagnostics);
        found
    }
}

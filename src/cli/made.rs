//! A site that a command has built, and what there is to tell of it.

use super::args::{Check, Global};
use super::fail::Failure;
use super::progress::Progress;
use super::site::{self, Site};
use super::today;
use crate::diagnostic::{Diagnostic, DiagnosticList, Severity};
use crate::model::Year;
use crate::output::OutputTree;
use crate::pipeline::{self, Memo, Options};

/// A site that was built, or could not be for its errors.
pub struct Made {
    /// The site as it was read.
    pub site: Site,
    /// What came of it.
    pub output: OutputTree,
    /// Whether anything did.
    pub is_built: bool,
    diagnostics: Vec<Diagnostic>,
}

impl Made {
    /// Reads and builds the site that the options mean.
    pub fn of(
        global: &Global,
        check: &Check,
        force: bool,
        base_url: Option<String>,
        progress: &Progress,
    ) -> Result<Self, Failure> {
        let mut site = Site::open(global, progress)?;
        let options = Options {
            drafts: check.when.drafts,
            embargoed: check.when.embargoed,
            base_url,
            force,
            ..Options::on(today::today(check.when.at)?)
        };
        progress.step("building");
        let built = pipeline::build(&site.tree, std::mem::take(&mut site.read), &options, &mut Memo::default());
        let is_built = force || !pipeline::has_errors(&built.diagnostics);
        Ok(Self { site, output: built.output, is_built, diagnostics: built.diagnostics })
    }

    /// What was found, of one year where one is named; what stops the build is told whichever year it is in.
    pub fn listing(&self, year: Option<&Year>) -> DiagnosticList<'_> {
        let is_told =
            |found: &&Diagnostic| found.severity == Severity::Error || site::is_about(year, &found.location.file);
        let told = self.diagnostics.iter().filter(is_told).cloned().collect();
        DiagnosticList::new(told, &self.site.tree, self.site.files(year))
    }
}

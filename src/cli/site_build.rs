//! A site that a command has built, and what there is to tell of it.

use super::args::{CheckArgs, GlobalArgs};
use super::clock;
use super::error::CliError;
use super::open_site::{self, OpenSite};
use super::progress::Progress;
use crate::diagnostic::{Diagnostic, DiagnosticList, Severity};
use crate::model::Year;
use crate::output::OutputTree;
use crate::pipeline::{self, BuildCache, Options};

/// A site that was built, or could not be for its errors.
pub(crate) struct SiteBuild {
    /// The site as it was read.
    pub site: OpenSite,
    /// What came of it.
    pub output: OutputTree,
    /// Whether anything did.
    pub is_built: bool,
    diagnostics: Vec<Diagnostic>,
}

impl SiteBuild {
    /// Reads and builds the site that the options mean.
    pub(crate) fn new(
        global: &GlobalArgs,
        check: &CheckArgs,
        force: bool,
        base_url: Option<String>,
        progress: &Progress,
    ) -> Result<Self, CliError> {
        let mut site = OpenSite::open(global, progress)?;
        let options = Options {
            drafts: check.inclusion.drafts,
            embargoed: check.inclusion.embargoed,
            base_url,
            force,
            ..Options::new(clock::today(check.inclusion.at)?)
        };
        progress.step("building");
        let built = pipeline::build(&site.tree, std::mem::take(&mut site.read), &options, &mut BuildCache::default());
        let is_built = force || !pipeline::has_errors(&built.diagnostics);
        Ok(Self { site, output: built.output, is_built, diagnostics: built.diagnostics })
    }

    /// What was found, of one year where one is named; what stops the build is told whichever year it is in.
    pub(crate) fn listing(&self, year: Option<&Year>) -> DiagnosticList<'_> {
        let is_told =
            |found: &&Diagnostic| found.severity == Severity::Error || open_site::is_about(year, &found.location.file);
        let told = self.diagnostics.iter().filter(is_told).cloned().collect();
        DiagnosticList::new(told, &self.site.tree, self.site.files(year))
    }
}

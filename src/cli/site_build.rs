//! Builds the site for `annal build` and `annal pdf`.

use super::args::{CheckArgs, GlobalArgs};
use super::clock;
use super::error::CliError;
use super::open_site::{self, OpenSite};
use super::progress::Progress;
use crate::diagnostic::{Diagnostic, DiagnosticList, Severity};
use crate::model::Year;
use crate::output::OutputTree;
use crate::pipeline::{self, BuildCache, Options};

/// The result of building a site.
pub(crate) struct SiteBuild {
    /// The source files.
    pub site: OpenSite,
    /// The built site. Empty if errors stopped the build.
    pub output: OutputTree,
    /// The number of charts on its pages.
    pub charts: usize,
    /// Whether the site was built.
    pub is_built: bool,
    diagnostics: Vec<Diagnostic>,
}

impl SiteBuild {
    /// Reads and builds the site that the options name.
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
        let pipeline::BuildOutput { output, charts, diagnostics, .. } = built;
        Ok(Self { site, output, charts, is_built, diagnostics })
    }

    /// The diagnostics of `year`, or of all years. Errors of any year are always included, since they stop the build.
    pub(crate) fn listing(&self, year: Option<&Year>) -> DiagnosticList<'_> {
        let is_included =
            |found: &&Diagnostic| found.severity == Severity::Error || open_site::is_about(year, &found.location.file);
        let included = self.diagnostics.iter().filter(is_included).cloned().collect();
        DiagnosticList::new(included, &self.site.tree, self.site.files(year))
    }
}

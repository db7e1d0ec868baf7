//! Builds the site for `annal build` and `annal pdf`.

use super::args::{CheckArgs, GlobalArgs};
use super::clock;
use super::error::CliError;
use super::open_site::{self, OpenSite};
use super::progress::Progress;
use crate::diagnostic::{Diagnostic, DiagnosticList, Severity};
use crate::model::Year;
use crate::output::OutputSink;
use crate::pipeline::{self, BuildCache, BuildOutput, Options};

/// A site that is to be built.
pub(crate) struct SiteBuild {
    /// The source files.
    pub site: OpenSite,
    options: Options,
}

impl SiteBuild {
    /// Reads the site that the options name.
    pub(crate) fn open(
        global: &GlobalArgs,
        check: &CheckArgs,
        force: bool,
        base_url: Option<String>,
        progress: &Progress,
    ) -> Result<Self, CliError> {
        let site = OpenSite::open(global, progress)?;
        let options = Options {
            drafts: check.inclusion.drafts,
            embargoed: check.inclusion.embargoed,
            base_url,
            force,
            ..Options::new(clock::today(check.inclusion.at)?)
        };
        Ok(Self { site, options })
    }

    /// Builds the site into `sink`.
    ///
    /// # Errors
    ///
    /// If the sink could not take a file.
    pub(crate) fn build_into<S: OutputSink>(&self, sink: &S, progress: &Progress) -> Result<BuildOutput, S::Error> {
        progress.step("building");
        pipeline::build(&self.site.tree, &self.options, &mut BuildCache::none(), sink)
    }

    /// The diagnostics of `year`, or of all years. Errors of any year are always included, since they stop the build.
    pub(crate) fn listing(&self, diagnostics: &[Diagnostic], year: Option<&Year>) -> DiagnosticList<'_> {
        let is_included =
            |found: &&Diagnostic| found.severity == Severity::Error || open_site::is_about(year, &found.location.file);
        let included = diagnostics.iter().filter(is_included).cloned().collect();
        DiagnosticList::new(included, &self.site.tree, self.site.files(year))
    }
}

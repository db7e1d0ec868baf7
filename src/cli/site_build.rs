//! Builds the site for `annal build` and `annal pdf`.

use super::args::{CheckArgs, GlobalArgs};
use super::error::CliError;
use super::open_site::OpenSite;
use super::progress::Progress;
use crate::diagnostic::{Diagnostic, DiagnosticList};
use crate::model::report::{Embargo, YearHold};
use crate::model::{Archive, LeftOut, Year};
use crate::output::OutputTree;
use crate::pipeline::{self, BuildCache, Options};

/// The result of building a site.
pub(crate) struct SiteBuild {
    /// The source files.
    pub site: OpenSite,
    /// The built site. Empty if errors stopped the build.
    pub output: OutputTree,
    /// Whether the site was built.
    pub is_built: bool,
    /// What was left out of it.
    pub left_out: LeftOut,
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
        let site = OpenSite::open(global, progress)?;
        let options = Options {
            year: global.year.as_ref().map(ToString::to_string),
            base_url,
            force,
            ..check.inclusion.options()?
        };
        let (built, archive) = Self::from_site(site, &options, progress);
        if let Some(year) = &global.year {
            refuse_if_held(year, &archive, &built.left_out)?;
        }
        Ok(built)
    }

    /// Builds a site that has been read. Also returns its model.
    pub(crate) fn from_site(mut site: OpenSite, options: &Options, progress: &Progress) -> (Self, Archive) {
        progress.step("building");
        let built = pipeline::build(&site.tree, std::mem::take(&mut site.read), options, &mut BuildCache::default());
        let is_built = options.force || !pipeline::has_errors(&built.diagnostics);
        let left_out = LeftOut::new(&built.archive, options);
        (Self { site, output: built.output, left_out, is_built, diagnostics: built.diagnostics }, built.archive)
    }

    /// The diagnostics of `year`, or of all years.
    pub(crate) fn listing(&self, year: Option<&Year>) -> DiagnosticList<'_> {
        self.site.listing(self.diagnostics.clone(), year)
    }
}

/// Refuses to build a year that readers may not see yet. If it cannot be read whether they may, that is an error in the
/// site.
fn refuse_if_held(year: &Year, archive: &Archive, left_out: &LeftOut) -> Result<(), CliError> {
    let is_embargoed =
        archive.reports().any(|report| report.year == *year && matches!(report.embargo, Embargo::Until(_)));
    let help = match left_out.hold(year) {
        None | Some(YearHold::Unreadable) => return Ok(()),
        Some(YearHold::Preparing) if is_embargoed => {
            "to see it before it is published, add `--drafts --embargoed`".to_owned()
        }
        Some(YearHold::Preparing) => format!(
            "to see it before it is published, add `--drafts`; to publish it, remove the line `state: preparing` from \
             content/{year}/report.yaml"
        ),
        Some(YearHold::Until(_)) => "to see it before its embargo ends, add `--embargoed`".to_owned(),
    };
    let reason = left_out.hold(year).map(YearHold::reason).unwrap_or_default();
    Err(CliError::not_ready(format!("{year} is {reason}, so it is not built")).help(help))
}

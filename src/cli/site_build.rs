//! Builds the site for `annal build` and `annal pdf`.

use super::args::{CheckArgs, GlobalArgs};
use super::error::CliError;
use super::open_site::OpenSite;
use super::options;
use super::progress::Progress;
use crate::model::report::{Embargo, YearHold};
use crate::model::{Archive, UnbuiltContent, Year};
use crate::output::OutputSink;
use crate::pipeline::{self, BuildCache, BuildOutput, Options};
use crate::proof;

/// A site that is to be built.
pub(crate) struct SiteBuild {
    /// The source files.
    pub site: OpenSite,
    pub options: Options,
    /// The only year to build, if one is named: it is refused if readers may not see it yet.
    pub year: Option<Year>,
}

impl SiteBuild {
    /// Reads the site that the options name.
    pub(crate) fn open(
        global: &GlobalArgs,
        check: &CheckArgs,
        force: bool,
        is_proof: bool,
        base_url: Option<String>,
        progress: &Progress,
    ) -> Result<Self, CliError> {
        let site = OpenSite::scan(global, progress)?;
        let year = global.year.clone();
        let options = Options {
            year: year.as_ref().map(ToString::to_string),
            base_url,
            force,
            ..options::including(&check.inclusion)?
        };
        let options = if is_proof { proof::options(options) } else { options };
        Ok(Self { site, options, year })
    }

    /// Builds the site into `sink`, and says what was left out of it.
    ///
    /// # Errors
    ///
    /// If the sink could not take a file, or the year may not be built yet.
    pub(crate) fn build_into<S: OutputSink>(
        &self,
        sink: &S,
        progress: &Progress,
    ) -> Result<(BuildOutput, UnbuiltContent), CliError>
    where
        CliError: From<S::Error>,
    {
        progress.step("building");
        let built = pipeline::build(&self.site.tree, &self.options, &mut BuildCache::none(), sink)?;
        let left_out = UnbuiltContent::for_printing(&built.archive, &self.options, &built.diagnostics);
        if let Some(year) = &self.year {
            refuse_if_held(year, &built.archive, &left_out)?;
        }
        Ok((built, left_out))
    }
}

/// Refuses to build a year that readers may not see yet. If it cannot be read whether they may, that is an error in the
/// site.
fn refuse_if_held(year: &Year, archive: &Archive, left_out: &UnbuiltContent) -> Result<(), CliError> {
    let is_embargoed =
        archive.reports().any(|report| report.year == *year && matches!(report.embargo, Embargo::Until(_)));
    let mut help = "to see it before it is published, add `--proof`; or `--drafts` for a year in preparation and `--embargoed` for \
                    one under embargo"
        .to_owned();
    match left_out.hold(year) {
        None | Some(YearHold::Unreadable) => return Ok(()),
        Some(YearHold::Preparing) if !is_embargoed => {
            help = format!("{help}; to publish it, remove the line `state: preparing` from content/{year}/report.yaml");
        }
        Some(YearHold::Preparing | YearHold::Until(_)) => {}
    }
    let reason = left_out.hold(year).map(YearHold::reason).unwrap_or_default();
    Err(CliError::not_ready(format!("{year} is {reason}, so it is not built")).help(help))
}

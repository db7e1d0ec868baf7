//! The options of a build, from those of the command line.

use super::args::ContentInclusion;
use super::clock;
use super::error::CliError;
use crate::pipeline::Options;

/// The options of a build with some content. `--drafts` includes years in preparation, which are drafts as a whole.
///
/// # Errors
///
/// If the date in the environment cannot be read.
pub(crate) fn including(content: &ContentInclusion) -> Result<Options, CliError> {
    let today = clock::today(content.at)?;
    let (drafts, embargoed) = (content.drafts, content.embargoed);
    Ok(Options { drafts, preparing: drafts, embargoed, ..Options::new(today) })
}

//! The options of a build, from those of the command line.

use super::args::ContentInclusion;
use super::clock;
use super::error::CliError;
use crate::pipeline::Options;

impl ContentInclusion {
    /// The options of a build with this content. `--drafts` includes years in preparation, which are drafts as a whole.
    ///
    /// # Errors
    ///
    /// If the date in the environment cannot be read.
    pub(crate) fn options(&self) -> Result<Options, CliError> {
        let today = clock::today(self.at)?;
        let (drafts, embargoed) = (self.drafts, self.embargoed);
        Ok(Options { drafts, preparing: drafts, embargoed, ..Options::new(today) })
    }
}

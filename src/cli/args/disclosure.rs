//! The options of `annal disclosure`.

use std::path::PathBuf;

use super::{ContentInclusion, ListFormat};

/// What `--help` says below the options.
pub(super) const HELP: &str = "\
Exit status: 0 no suppressed count was worked out, 1 at least one was, 2 the command could not run.";

/// The options of `annal disclosure`.
#[derive(Debug, clap::Args)]
pub(crate) struct DisclosureArgs {
    /// The built site to attack [default: the site here, built in memory]
    #[arg(value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
    /// What to include of a site that is built for this, and the date.
    #[command(flatten)]
    pub inclusion: ContentInclusion,
}

//! The options of `annal diff`.

use std::path::PathBuf;

use super::ContentInclusion;

/// What `--help` says below the options.
pub(super) const HELP: &str = "\
What can be compared:
  a folder        a site (content/), or a site that annal built
  a target        a name under `publish:` in site.yaml, or an address: what is live there
  TARGET@RELEASE  a release that the target keeps, as `annal publish --status` lists it
  a revision      of Git: HEAD, a branch, a tag, a commit

Exit status: 0 whether or not there are differences, 1 with --exit-code if there are, 2 the command could not run.";

/// The options of `annal diff`.
#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// The site before [default: what is live at the only target in site.yaml]
    #[arg(value_name = "OLD")]
    pub old: Option<String>,
    /// The site after [default: the site here]
    #[arg(value_name = "NEW")]
    pub new: Option<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ComparisonFormat,
    /// Write the result to this file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Exit with status 1 if there are differences
    #[arg(long)]
    pub exit_code: bool,
    /// What to include of sites that are built for this, and the date.
    #[command(flatten)]
    pub inclusion: ContentInclusion,
}

/// Output formats for comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ComparisonFormat {
    /// For people at a terminal
    Human,
    /// For scripts: one JSON object
    Json,
    /// A page to send to somebody: one file that needs nothing else
    Html,
}

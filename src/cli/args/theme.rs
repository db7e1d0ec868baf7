//! The commands of `annal theme`.

use std::path::PathBuf;

use clap::Subcommand;

use super::{ListFormat, candidates};

/// The commands of `annal theme`.
#[derive(Debug, Subcommand)]
pub(crate) enum ThemeCommand {
    /// Create a theme that extends the built-in one, ready to be changed
    New {
        /// The theme's folder in themes/: lower-case letters, digits and hyphens
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Copy files of the built-in theme into the site's theme, to change them there
    ///
    /// A copy remembers the version it was made from. `annal check` says when the original has changed since.
    Eject(EjectArgs),
    /// Show how copies of the built-in theme's files differ from the originals
    Diff(ThemeDiffArgs),
    /// List the settings that the site's theme offers, with their values
    Settings {
        /// Output format
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ListFormat,
    },
}

/// The arguments of `annal theme eject`.
#[derive(Debug, clap::Args)]
pub(crate) struct EjectArgs {
    /// Files of the built-in theme, such as templates/top.html. Without any, all of them are listed
    #[arg(value_name = "FILE", add = candidates(candidates::theme_files))]
    pub files: Vec<String>,
    /// Print the files instead of copying them
    #[arg(long)]
    pub print: bool,
}

/// The arguments of `annal theme diff`.
#[derive(Debug, clap::Args)]
pub(crate) struct ThemeDiffArgs {
    /// Only these copies [default: all copies in the site's themes]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Leave the copies as they are, and report them again only when the originals change once more
    #[arg(long)]
    pub seen: bool,
}

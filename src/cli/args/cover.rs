//! The options of `annal cover`, and what `annal new cover` can create.

/// The options of `annal cover`.
#[derive(Debug, clap::Args)]
pub(crate) struct CoverArgs {
    /// Write the report to this recipient alone: its id or name [default: all that have `cover`]
    #[arg(long, value_name = "BODY")]
    pub to: Option<String>,
    /// Write over reports that are there already, with any changes made in them
    #[arg(long)]
    pub replace: bool,
}

/// The committees whose headings annal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum CoverSkeleton {
    /// Merton: a report to the Health and Wellbeing Board
    Merton,
    /// `SaferMK`'s discussion and decision report. Help prints no backticks round a name.
    #[value(help = "SaferMK: a discussion and decision report of the community safety partnership")]
    Safermk,
}

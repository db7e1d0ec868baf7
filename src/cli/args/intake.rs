//! The options of `annal intake`.

use std::path::PathBuf;

use super::ListFormat;

/// What its exit status means.
pub(super) const EXIT_STATUS: &str =
    "Exit status: 0 written, or nothing new; 1 written, and there are errors in it; 2 nothing written.";

/// The options of `annal intake`.
#[derive(Debug, clap::Args)]
pub(crate) struct IntakeArgs {
    /// Files or folders, or `-` for text pasted on standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Whose it is, for example agencies/police [default: found by the file's name, title or first heading]
    #[arg(long = "as", value_name = "OWNER")]
    pub owner: Option<String>,
    /// Which table or list a spreadsheet is, for example attendance or decisions [default: found by the names of its columns]
    #[arg(long, value_name = "TABLE")]
    pub table: Option<String>,
    /// Take this sheet of a spreadsheet [default: every sheet that is a table or list of the report]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Show what would be written and what was left out, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Replace a submission, table or entries of a list that are already there
    #[arg(long)]
    pub replace: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
}

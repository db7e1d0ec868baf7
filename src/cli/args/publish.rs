//! The options of `annal publish`.

use jiff::civil::Date;

use super::{AT, ListFormat, date};
use crate::publish::ReleaseId;

const TARGET: &str = "A name under `publish:` in site.yaml, or an address: file:DIR, zip:FILE, s3://BUCKET/DIR, \
                      sftp://USER@HOST/DIR [default: the only one in site.yaml]";

/// The options of `annal publish`.
#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option that people give or do not give")]
pub(crate) struct PublishArgs {
    /// The place to publish to.
    #[arg(value_name = "TARGET", help = TARGET)]
    pub target: Option<String>,
    /// Show which pages would be added, changed and removed, and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Show what is live, and how it differs from the site here
    #[arg(long, conflicts_with_all = ["dry_run", "rollback", "allow_removals", "allow_disclosure", "by"])]
    pub status: bool,
    /// Make the release before live again, without building
    #[arg(long, conflicts_with_all = ["allow_removals", "allow_disclosure", "year"])]
    pub rollback: bool,
    /// With --rollback: the release to make live, as --status lists it
    #[arg(long, value_name = "ID", requires = "rollback", value_parser = release)]
    pub release: Option<ReleaseId>,
    /// Who publishes, for the record
    #[arg(long, value_name = "NAME", value_parser = person)]
    pub by: Option<String>,
    /// Publish although more than a third of the pages would be removed
    #[arg(long)]
    pub allow_removals: bool,
    /// Publish although suppressed counts seem to be given away, as `annal disclosure` shows
    #[arg(long)]
    pub allow_disclosure: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
    /// The date to use as today.
    #[arg(long, value_name = "DATE", value_parser = date, help = AT)]
    pub at: Option<Date>,
}

/// Parses the id of a release, or its first digits.
fn release(text: &str) -> Result<ReleaseId, String> {
    ReleaseId::parse(text)
        .ok_or_else(|| "write an id as `annal publish --status` lists it, or its first digits".to_owned())
}

/// Parses a person's name. It is printed later, so it must not hold what a terminal would obey.
fn person(text: &str) -> Result<String, String> {
    let is_name = !text.trim().is_empty() && text.chars().count() <= 100 && !text.chars().any(char::is_control);
    if is_name { Ok(text.trim().to_owned()) } else { Err("write a name of up to 100 characters".to_owned()) }
}

//! The commands of `annal new` and their options.

use std::path::PathBuf;

use clap::Subcommand;

use super::{CoverSkeleton, candidates, year};
use crate::model::Year;
use crate::model::year_data::YearFile;

/// The commands of `annal new`.
#[derive(Debug, Subcommand)]
pub(crate) enum NewCommand {
    /// Create a site in a folder, with an accessibility statement and a privacy notice to fill in
    Site(NewSiteArgs),
    /// Create a year, with the boards, agencies, priorities and meeting months of the year before
    ///
    /// It is not built until you remove `state: preparing` from its report.yaml.
    Year {
        /// For example 2020-21, or 2020 for a calendar year
        #[arg(value_name = "YEAR", value_parser = year)]
        begun: Year,
    },
    /// Create a board's form, with its headings and last year's commitments to report back on
    #[command(mut_arg("ids", |ids| ids.add(candidates(candidates::boards))))]
    Board(NewSubmissionArgs),
    /// Create an agency's form, with its headings and last year's commitments to report back on
    #[command(mut_arg("ids", |ids| ids.add(candidates(candidates::agencies))))]
    Agency(NewSubmissionArgs),
    /// Create a page of text
    Page(NewPageArgs),
    /// Create a table for a year, with last year's rows and no figures
    Table {
        /// Which table
        #[arg(value_name = "NAME", value_parser = table_names())]
        name: String,
    },
    /// Create a glossary, with the acronyms that the site does not explain yet
    Glossary,
    /// Create a year's governance.yaml, from last year's or from its boards
    Governance,
    /// Create a year's decisions.yaml, with last year's open decisions to report back on
    Decisions,
    /// Create a year's reviews.yaml, with the reviews that were in progress last year
    Reviews,
    /// Create the headings of reports to a committee, from those that another committee uses
    Cover {
        /// Whose headings
        #[arg(value_name = "COMMITTEE")]
        skeleton: CoverSkeleton,
    },
}

/// Which site to create.
#[derive(Debug, clap::Args)]
pub(crate) struct NewSiteArgs {
    /// The folder. It is created if it does not exist
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The partnership's name
    #[arg(long)]
    pub title: Option<String>,
}

/// Whose forms to create.
#[derive(Debug, clap::Args)]
pub(crate) struct NewSubmissionArgs {
    /// Ids from report.yaml
    #[arg(value_name = "ID", required_unless_present = "all")]
    pub ids: Vec<String>,
    /// Create a form for everyone who has none yet
    #[arg(long, conflicts_with = "ids")]
    pub all: bool,
    /// Create Word documents to send out, in forms/YEAR/ beside content/. `annal intake` reads them when they come back
    #[arg(long)]
    pub word: bool,
}

/// Which page to create.
#[derive(Debug, clap::Args)]
pub(crate) struct NewPageArgs {
    /// The page's id, used for its file name and its address
    #[arg(value_name = "ID")]
    pub id: String,
    /// The page's title [default: the id in words]
    #[arg(long)]
    pub title: Option<String>,
    /// Create a page for the whole site, not for one year
    #[arg(long, conflicts_with = "year")]
    pub site: bool,
}

fn table_names() -> clap::builder::PossibleValuesParser {
    YearFile::tables().filter_map(|file| file.strip_suffix(".csv")).collect::<Vec<_>>().into()
}

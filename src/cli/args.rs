//! What people type, as the help tells it.

use std::path::PathBuf;

use clap::{ColorChoice, Parser, Subcommand};
use jiff::civil::Date;

use crate::diagnostic::Code;
use crate::diagnostic::suggest::did_you_mean;
use crate::model::Year;
use crate::model::assemble::year_meant;
use crate::source::schema::SCHEMAS;
use crate::source::yaml::Url;
use crate::source::yaml::scalar::{Scalar, ScalarError};

/// Build a safeguarding partnership's annual report as a website, and check it.
#[derive(Debug, Parser)]
#[command(name = "annal", version, max_term_width = 100, after_help = EXIT_STATUS)]
pub(crate) struct Args {
    /// What every command takes.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What is to be done; the help is printed where nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXIT_STATUS: &str = "Exit status: 0 nothing is wrong, 1 errors were found, 2 the command could not run.";

const AT: &str = "The day to go by, for embargoes and lateness [default: SOURCE_DATE_EPOCH, or today]";

/// What every command takes.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct GlobalArgs {
    /// The site's folder [default: the nearest one upwards that holds content/site.yaml]
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Look at this year alone, such as 2019-20
    #[arg(long, global = true, value_name = "YEAR", value_parser = year)]
    pub year: Option<Year>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
    /// Leave out closing lines and progress
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Tell each step
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the site into output/
    Build(BuildArgs),
    /// Say everything that is wrong, and build nothing
    Check(CheckArgs),
    /// Preview the site with live reload, and the editor's desk
    Serve(ServeArgs),
    /// Show who has submitted, who has not, and what is wrong with it
    Status(StatusArgs),
    /// Begin a site, a year, a submission or a page
    #[command(subcommand)]
    New(NewCommand),
    /// List a year's commitments with their ids, and their answers
    Commitments(CommitmentsArgs),
    /// Print a year's report as a tagged PDF
    Pdf(PdfArgs),
    /// Tell what a diagnostic means and how to mend it
    Explain(ExplainArgs),
    /// Print JSON Schemas of the YAML files and front matter, for editors
    Schema(SchemaArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
}

/// Build the site into output/. With errors nothing is written, and what was there stays.
#[derive(Debug, clap::Args)]
pub(crate) struct BuildArgs {
    /// Build in spite of errors, with each fault shown on its page
    #[arg(long)]
    pub force: bool,
    /// Where to, in place of output/ in the site's folder
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The address that the site is built for, in place of the one in site.yaml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
    /// What is checked on the way.
    #[command(flatten)]
    pub check: CheckArgs,
}

/// Print a year's report as a tagged PDF, through a Chromium or Chrome of this machine. With errors nothing is printed.
#[derive(Debug, clap::Args)]
pub(crate) struct PdfArgs {
    /// Print in spite of errors, with each fault shown on its page
    #[arg(long)]
    pub force: bool,
    /// The file, in place of YEAR.pdf in the site's folder
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The browser that prints [default: the first Chromium or Chrome that is found]
    #[arg(long, value_name = "PATH")]
    pub browser: Option<PathBuf>,
    /// What is checked on the way.
    #[command(flatten)]
    pub check: CheckArgs,
}

/// Say everything that is wrong, and build nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// How to tell what was found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: DiagnosticFormat,
    /// Exit with 1 for warnings as well
    #[arg(long, value_name = "WHAT")]
    pub deny: Option<DenyLevel>,
    /// When, and for whom.
    #[command(flatten)]
    pub inclusion: ContentInclusion,
}

/// Preview the site with live reload, and the editor's desk. Nothing is written: the site is served from memory.
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// The port to listen on [default: the first free one from 4000]
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// The name or address to listen on [default: 127.0.0.1, which only this computer can reach]; with any other,
    /// whoever can reach it can read drafts and embargoed years in the desk
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// Look for changes again and again, where the system does not tell of them (network drives, containers)
    #[arg(long)]
    pub poll: bool,
    /// When, and for whom.
    #[command(flatten)]
    pub inclusion: ContentInclusion,
}

/// What of a site there is to see, and on which day.
#[derive(Debug, clap::Args)]
pub(crate) struct ContentInclusion {
    /// Take in drafts
    #[arg(long)]
    pub drafts: bool,
    /// Take in years under embargo
    #[arg(long)]
    pub embargoed: bool,
    /// The day to go by, for embargoes and lateness.
    #[arg(long, value_name = "DATE", value_parser = date, help = AT)]
    pub at: Option<Date>,
}

/// How diagnostics are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum DiagnosticFormat {
    /// For people: the lines in question, with carets
    Human,
    /// For scripts: one JSON object
    Json,
    /// For code-scanning services: SARIF 2.1.0
    Sarif,
    /// For pull requests on GitHub: workflow commands
    Github,
}

/// What is taken as seriously as an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum DenyLevel {
    /// Warnings
    Warnings,
}

/// Show who has submitted, who has not, and what is wrong with it.
#[derive(Debug, clap::Args)]
pub(crate) struct StatusArgs {
    /// How to tell it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
    /// The day to go by, for lateness.
    #[arg(long, value_name = "DATE", value_parser = date, help = AT)]
    pub at: Option<Date>,
}

/// Begin a site, a year, a submission or a page. Nothing that is there is ever written over.
#[derive(Debug, Subcommand)]
pub(crate) enum NewCommand {
    /// A site in a folder
    Site {
        /// The folder; it is made where it is not there
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// A year: who must submit, the priorities and the months of meetings come from the year before
    Year {
        /// Such as 2020-21, or 2020 for a calendar year
        #[arg(value_name = "YEAR", value_parser = year)]
        begun: Year,
    },
    /// What a board submits: its headings, and last year's commitments to answer for
    Board(NewSubmissionArgs),
    /// What an agency submits: its headings, and last year's commitments to answer for
    Agency(NewSubmissionArgs),
    /// A page with text
    Page(NewPageArgs),
}

/// Whose submissions to begin.
#[derive(Debug, clap::Args)]
pub(crate) struct NewSubmissionArgs {
    /// Ids from report.yaml
    #[arg(value_name = "ID", required_unless_present = "all")]
    pub ids: Vec<String>,
    /// For everybody who has none yet
    #[arg(long, conflicts_with = "ids")]
    pub all: bool,
}

/// What page to begin.
#[derive(Debug, clap::Args)]
pub(crate) struct NewPageArgs {
    /// Its id, which is its file's name and part of its address
    #[arg(value_name = "ID")]
    pub id: String,
    /// Its title [default: the id in words]
    #[arg(long)]
    pub title: Option<String>,
    /// A page of the site itself and not of a year
    #[arg(long, conflicts_with = "year")]
    pub site: bool,
}

/// List a year's commitments with their ids, and their answers.
#[derive(Debug, clap::Args)]
pub(crate) struct CommitmentsArgs {
    /// How to tell it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
}

/// How lists are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Human,
    /// For scripts: one JSON object
    Json,
}

/// Tell what a diagnostic means and how to mend it.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// The code that stands in brackets: missing-section [default: list all codes]
    #[arg(value_name = "CODE", value_parser = code)]
    pub codes: Vec<Code>,
    /// Explain every code, as the reference page does
    #[arg(long, conflicts_with = "codes")]
    pub all: bool,
}

/// Print JSON Schemas of the YAML files and front matter, for editors.
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgs {
    /// Which one [default: list them]
    #[arg(value_parser = schema_names())]
    pub name: Option<String>,
    /// Write all of them into a folder, as NAME.schema.json
    #[arg(long, value_name = "DIR", conflicts_with = "name")]
    pub output: Option<PathBuf>,
}

/// Print completions for a shell.
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// Which shell
    pub shell: clap_complete::Shell,
}

/// Reads a year.
fn year(text: &str) -> Result<Year, String> {
    Year::parse(text).ok_or_else(|| match year_meant(text) {
        Some(year) => format!("did you mean `{year}`?"),
        None => "a year is written as 2019-20, or as 2019 where it is a calendar year".to_owned(),
    })
}

/// Reads a date.
fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a date is written as 2020-09-14".to_owned())
}

/// Reads an address as `site.yaml` takes it.
fn base_url(text: &str) -> Result<String, String> {
    let help = |mistake| match mistake {
        ScalarError::Value(_, help) => help,
        ScalarError::Type => "write an address that begins with https:// or http://".to_owned(),
    };
    Url::parse(text).map(|url| url.0).map_err(help)
}

/// Reads a code, with or without the severity and brackets that it stands in when it is told.
fn code(text: &str) -> Result<Code, String> {
    let name = text.trim_end_matches(']').rsplit('[').next().unwrap_or(text);
    name.parse().map_err(|()| {
        let near = did_you_mean(name, Code::ALL.iter().map(|code| code.name()));
        near.unwrap_or_else(|| "`annal explain` lists all codes".to_owned())
    })
}

fn schema_names() -> clap::builder::PossibleValuesParser {
    SCHEMAS
        .iter()
        .map(|schema| clap::builder::PossibleValue::new(schema.name).help(schema.files))
        .collect::<Vec<_>>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn codes_may_be_pasted() {
        assert_eq!(code("missing-section"), Ok(Code::MissingSection));
        assert_eq!(code("error[missing-section]"), Ok(Code::MissingSection));
        assert_eq!(year("2022-2023"), Err("did you mean `2022-23`?".into()));
        assert_eq!(code("missing-secton"), Err("did you mean `missing-section`?".into()));
    }
}

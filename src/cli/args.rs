//! The commands and options, with the text of `--help`.

mod cover;
mod diff;
mod disclosure;
mod intake;
mod new;
mod publish;
mod schema;
mod theme;

use std::path::PathBuf;

use clap::{ColorChoice, Parser, Subcommand};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use jiff::civil::Date;

pub(crate) use self::cover::{CoverArgs, CoverSkeleton};
pub(crate) use self::diff::{ComparisonFormat, DiffArgs};
pub(crate) use self::disclosure::DisclosureArgs;
pub(crate) use self::intake::IntakeArgs;
pub(crate) use self::new::{NewCommand, NewPageArgs, NewSiteArgs, NewSubmissionArgs};
pub(crate) use self::publish::PublishArgs;
pub(crate) use self::schema::SchemaArgs;
pub(crate) use self::theme::{ThemeCommand, ThemeDiffArgs};
use super::candidates;
use crate::diagnostic::Code;
use crate::diagnostic::suggest::did_you_mean;
use crate::model::Year;
use crate::model::assemble::year_meant;
use crate::source::yaml::Url;
use crate::source::yaml::scalar::{Scalar, ScalarError};

/// Build a safeguarding partnership's annual report as a website, and check it.
#[derive(Debug, Parser)]
#[command(name = "annal", version = env!("ANNAL_VERSION"), max_term_width = 100, after_help = EXIT_STATUS)]
pub(crate) struct Args {
    /// Options that every command accepts.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// The command. Without one, annal prints the help.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXIT_STATUS: &str = "Exit status: 0 no errors, 1 errors found, 2 the command could not run.";

const AT: &str = "Treat this date as today, for embargoes and deadlines [default: SOURCE_DATE_EPOCH, or today]";

/// Options that every command accepts.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Options for every command")]
pub(crate) struct GlobalArgs {
    /// The site's folder [default: this folder or the nearest one above it that has content/site.yaml]
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Work on this year alone, for example 2019-20
    #[arg(long, global = true, value_name = "YEAR", value_parser = year, add = candidates(candidates::years))]
    pub year: Option<Year>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
    /// Hide the summary and progress
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Show each step
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the site into output/
    ///
    /// If there are errors, nothing is written and the earlier site is kept.
    Build(BuildArgs),
    /// Check the whole site without building it
    Check(CheckCommandArgs),
    /// Preview the site and the editor's desk, updated as you save
    ///
    /// The site is served from memory. Nothing is written.
    Serve(ServeArgs),
    /// Show which submissions have arrived, and their problems
    Status(StatusArgs),
    /// Take in Word documents, emails and pasted text as submissions
    ///
    /// Reads .docx, .odt, .html, .eml and .txt files, works out whose they are, writes them as submissions of the year, and
    /// says what it left out. Reads .xlsx, .ods and .csv files as the year's tables and lists. What an editor has changed is
    /// not overwritten.
    #[command(after_help = intake::EXIT_STATUS)]
    Intake(IntakeArgs),
    /// Create a site, year, form, page or table
    ///
    /// Existing files are never overwritten.
    #[command(subcommand)]
    New(NewCommand),
    /// Create a site in this folder, like `annal new site .`
    #[command(hide = true, mut_arg("folder", |folder| folder.required(false).default_value(".")))]
    Init(NewSiteArgs),
    /// Write a manual page for each command to a folder
    #[command(hide = true)]
    Man(ManArgs),
    /// List a year's commitments, with their ids and outcomes
    Commitments(CommitmentsArgs),
    /// Save a year's report as a tagged (accessible) PDF
    ///
    /// This needs Chromium, Chrome or Edge. If there are errors, no PDF is made.
    Pdf(PdfArgs),
    /// Write down who signed off a submission or the report, and notice later changes
    ///
    /// Writes `status: signed-off` and `signed_off` into the file. `annal check` says if the words or figures change afterwards, and
    /// `annal publish` then refuses to publish them.
    Sign(SignArgs),
    /// Write the reports that go to committees with the annual report, as HTML and as Word
    ///
    /// Writes one for each recipient in report.yaml that has `cover`, to covers/YEAR/ beside content/. If the year has errors, none
    /// is written. They are never published.
    Cover(CoverArgs),
    /// Apply the suggestions that are certain, and show the difference
    ///
    /// No word is changed. Suggestions that remove text are applied only if you name their code.
    Fix(FixArgs),
    /// Show what readers would notice: commitments, figures, findings, words
    ///
    /// Compares two sites by what is or would be published, so that nothing is listed that readers see no difference in. By
    /// default it compares what is live with the site here.
    #[command(after_help = diff::HELP)]
    Diff(DiffArgs),
    /// Try to work out suppressed counts from a built site
    ///
    /// Uses nothing but what readers can download: totals, other breakdowns, other years, percentages, targets. Run it before you
    /// publish indicators that count people.
    #[command(after_help = disclosure::HELP)]
    Disclosure(DisclosureArgs),
    /// Put the site where the public reads it
    ///
    /// The site is built and checked first. If there are errors, or pages would be lost, nothing is published.
    Publish(PublishArgs),
    /// Create and change themes
    #[command(subcommand)]
    Theme(ThemeCommand),
    /// Explain what a problem means and how to fix it
    Explain(ExplainArgs),
    /// Print JSON Schemas of the YAML files and front matter, for text editors
    Schema(SchemaArgs),
    /// Print tab completions for a shell
    Completions(CompletionsArgs),
}

/// The options of `annal build`.
#[derive(Debug, clap::Args)]
pub(crate) struct BuildArgs {
    /// Build despite errors, and show each one on its page
    #[arg(long)]
    pub force: bool,
    /// Build a proof into proof/: everything, with drafts and errors, numbered paragraphs, and what is needed of whom. It is never
    /// published
    #[arg(long)]
    pub proof: bool,
    /// Write the site to this folder instead of output/ in the site's folder
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Build the site for this address instead of the one in site.yaml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
    /// Options of the check that comes first.
    #[command(flatten)]
    pub check: CheckArgs,
}

/// The options of `annal pdf`.
#[derive(Debug, clap::Args)]
pub(crate) struct PdfArgs {
    /// Make the PDF despite errors, and show each one on its page
    #[arg(long)]
    pub force: bool,
    /// Make a proof, with drafts and errors, and numbered paragraphs
    #[arg(long)]
    pub proof: bool,
    /// Write the PDF to this file instead of the year's documents/report.pdf
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Use this browser [default: the first Chromium, Chrome or Edge found]
    #[arg(long, value_name = "PATH")]
    pub browser: Option<PathBuf>,
    /// Options of the check that comes first.
    #[command(flatten)]
    pub check: CheckArgs,
}

/// The options that `check`, `build` and `pdf` share.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: DiagnosticFormat,
    /// Exit with status 1 for warnings too
    #[arg(long, value_name = "WHAT")]
    pub deny: Option<DenyLevel>,
    /// What to include, and the date.
    #[command(flatten)]
    pub inclusion: ContentInclusion,
}

/// The arguments of `annal check`.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckCommandArgs {
    /// Show only the problems in these files and folders, and count them even if they are left out of the build
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Its options.
    #[command(flatten)]
    pub check: CheckArgs,
}

/// The arguments of `annal man`.
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// The folder. It is created if it does not exist
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// The options of `annal serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// Use this port [default: the first free one from 4000]
    #[arg(long, value_name = "PORT", value_parser = port)]
    pub port: Option<u16>,
    /// Listen on this name or address [default: 127.0.0.1, which only this computer can reach]. With any other,
    /// everyone who can reach it can read drafts and embargoed years in the desk
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// Let the desk change files although other computers can reach it with `--host`
    #[arg(long)]
    pub allow_writes: bool,
    /// Open the site in your browser
    #[arg(long)]
    pub open: bool,
    /// Check for changes at short intervals, if the system does not report them (network drives, containers)
    #[arg(long)]
    pub poll: bool,
    /// What to include, and the date.
    #[command(flatten)]
    pub inclusion: ContentInclusion,
}

/// Which content to include, and the date to use as today.
#[derive(Debug, clap::Args)]
pub(crate) struct ContentInclusion {
    /// Include drafts, and years in preparation
    #[arg(long)]
    pub drafts: bool,
    /// Include years under embargo
    #[arg(long)]
    pub embargoed: bool,
    /// The date to use as today.
    #[arg(long, value_name = "DATE", value_parser = date, help = AT)]
    pub at: Option<Date>,
}

/// Output formats for diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum DiagnosticFormat {
    /// For people: each problem with the lines it is in
    Human,
    /// For scripts: one JSON object
    Json,
    /// For code-scanning services: SARIF 2.1.0
    Sarif,
    /// For pull requests on GitHub: workflow commands
    Github,
}

/// What counts as an error for the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum DenyLevel {
    /// Warnings
    Warnings,
}

/// The options of `annal status`.
#[derive(Debug, clap::Args)]
pub(crate) struct StatusArgs {
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
    /// The date to use as today.
    #[arg(long, value_name = "DATE", value_parser = date, help = AT)]
    pub at: Option<Date>,
}

/// The options of `annal commitments`.
#[derive(Debug, clap::Args)]
pub(crate) struct CommitmentsArgs {
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
}

/// Output formats for lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Human,
    /// For scripts: one JSON object
    Json,
}

/// The options of `annal sign`.
#[derive(Debug, clap::Args)]
pub(crate) struct SignArgs {
    /// What was signed off: agencies/ID, boards/ID or report, with .cy at the end for its translation into Welsh
    #[arg(value_name = "NAME", add = candidates(candidates::signed_texts))]
    pub name: String,
    /// Who signed it off, by role or name. Readers see this
    #[arg(long, value_name = "WHO")]
    pub by: String,
    /// When they signed it off [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,
}

/// The options of `annal fix`.
#[derive(Debug, clap::Args)]
pub(crate) struct FixArgs {
    /// Apply only the suggestions for these codes, including those that remove text [default: all that are certain]
    #[arg(value_name = "CODE", value_parser = code)]
    pub codes: Vec<Code>,
    /// Show the difference and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// The options of `annal explain`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// The code in square brackets, for example missing-section [default: list all codes]
    #[arg(value_name = "CODE", value_parser = code, add = candidates(candidates::codes))]
    pub codes: Vec<Code>,
    /// Explain every code, like the reference page
    #[arg(long, conflicts_with = "codes")]
    pub all: bool,
}

/// The options of `annal completions`.
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(ignore_case = true)]
    pub shell: clap_complete::Shell,
}

/// What a shell can complete for an argument.
fn candidates(of: fn() -> Vec<CompletionCandidate>) -> ArgValueCandidates {
    ArgValueCandidates::new(of)
}

/// Parses a year, or says how to write one.
fn year(text: &str) -> Result<Year, String> {
    Year::parse(text).ok_or_else(|| match year_meant(text) {
        Some(year) => format!("did you mean `{year}`?"),
        None => "write a year like 2019-20, or 2019 for a calendar year".to_owned(),
    })
}

/// Parses a date, or says how to write one.
fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a date like 2020-09-14".to_owned())
}

/// Parses an address by the same rules as in `site.yaml`.
fn base_url(text: &str) -> Result<String, String> {
    let help = |mistake| match mistake {
        ScalarError::Value { help, .. } => help,
        ScalarError::Type => "write an address that begins with https:// or http://".to_owned(),
    };
    Url::parse(text).map(|url| url.0).map_err(help)
}

fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| "write a number from 0 to 65535, such as `4000`".to_owned())
}

/// Parses a code. People may paste it with the severity and brackets of a printed diagnostic.
fn code(text: &str) -> Result<Code, String> {
    let name = text.trim_end_matches(']').rsplit('[').next().unwrap_or(text);
    name.parse().map_err(|()| {
        let suggestion = did_you_mean(name, Code::ALL.iter().map(|code| code.name()));
        suggestion.unwrap_or_else(|| "`annal explain` lists all codes".to_owned())
    })
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

//! The command line: one file for each command. Only this module prints, and sets the exit status.

#![allow(
    clippy::disallowed_methods,
    reason = "commands use the disk, the clock and the environment, which other modules must not"
)]

mod args;
mod build;
mod candidates;
mod check;
mod clock;
mod commitments;
mod completions;
mod cover;
mod diff;
mod disclosure;
mod error;
mod explain;
mod find_site;
mod fix;
mod intake;
mod man;
mod new;
mod open_site;
mod options;
mod pdf;
mod print_diagnostics;
mod progress;
mod publish;
mod schema;
mod serve;
mod shell;
mod sign;
mod site_build;
mod status;
mod terminal;
mod text_table;
mod theme;

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser};

use args::{Args, Command};
use error::CliError;
use terminal::Terminal;

use crate::diagnostic::suggest::nearest;

/// Runs the command that the process was started with.
///
/// The exit status is 0 without errors, 1 with errors (or with warnings, if they are denied), and 2 if the command
/// could not run.
#[must_use]
pub fn run() -> ExitCode {
    completions::answer();
    // Clap prints help, versions and usage errors, and uses the same exit statuses, 0 and 2.
    let args = Args::try_parse().unwrap_or_else(|error| nearest_command(error).exit());
    let terminal = Terminal::new(&args.global);
    let done = match &args.command {
        None => print_help(),
        Some(Command::Build(build)) => build::run(terminal, &args.global, build),
        Some(Command::Check(check)) => check::run(terminal, &args.global, check),
        Some(Command::Serve(serve)) => serve::run(terminal, &args.global, serve),
        Some(Command::Status(status)) => status::run(terminal, &args.global, status),
        Some(Command::Intake(intake)) => intake::run(terminal, &args.global, intake),
        Some(Command::New(new)) => new::run(terminal, &args.global, new),
        Some(Command::Init(site)) => new::create_site(terminal, site),
        Some(Command::Man(man)) => man::run(terminal, man),
        Some(Command::Commitments(commitments)) => commitments::run(terminal, &args.global, commitments),
        Some(Command::Pdf(pdf)) => pdf::run(terminal, &args.global, pdf),
        Some(Command::Sign(sign)) => sign::run(terminal, &args.global, sign),
        Some(Command::Cover(cover)) => cover::run(terminal, &args.global, cover),
        Some(Command::Fix(fix)) => fix::run(terminal, &args.global, fix),
        Some(Command::Diff(diff)) => diff::run(terminal, &args.global, diff),
        Some(Command::Disclosure(disclosure)) => disclosure::run(terminal, &args.global, disclosure),
        Some(Command::Publish(publish)) => publish::run(terminal, &args.global, publish),
        Some(Command::Theme(theme)) => theme::run(terminal, &args.global, theme),
        Some(Command::Explain(args)) => explain::run(args),
        Some(Command::Schema(schema)) => schema::run(terminal, &args.global, schema),
        Some(Command::Completions(args)) => completions::run(args),
    };
    done.unwrap_or_else(|failure| terminal.fail(&failure))
}

/// The error for a command that does not exist, with the nearest command as its only suggestion. Clap lists all that are
/// somewhat alike, the nearest last.
fn nearest_command(mut error: clap::Error) -> clap::Error {
    let Some(ContextValue::String(written)) = error.get(ContextKind::InvalidSubcommand) else { return error };
    let Some(ContextValue::Strings(alike)) = error.get(ContextKind::SuggestedSubcommand) else { return error };
    let command = nearest(written, alike.iter().map(String::as_str)).or(alike.last().map(String::as_str));
    if let Some(command) = command.map(str::to_owned) {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![command]));
    }
    error
}

/// Prints the help, for people who type only `annal`.
fn print_help() -> Result<ExitCode, CliError> {
    terminal::unless_gone(Args::command().print_help())?;
    Ok(ExitCode::SUCCESS)
}

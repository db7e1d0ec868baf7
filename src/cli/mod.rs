//! What people type: one file a command. This room alone prints, and turns what was found into an exit status.

#![allow(
    clippy::disallowed_methods,
    reason = "commands meet the disk, the clock and the environment for the rooms that may not"
)]

mod args;
mod build;
mod check;
mod clock;
mod commitments;
mod completions;
mod error;
mod explain;
mod new;
mod open_site;
mod pdf;
mod print_diagnostics;
mod progress;
mod schema;
mod serve;
mod shell;
mod site_build;
mod status;
mod terminal;
mod text_table;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Args, Command};
use error::CliError;
use terminal::Terminal;

/// Runs the command that the process was started with.
///
/// The exit status is 0 where nothing is wrong, 1 where errors were found (or warnings, if they are denied), and 2
/// where the command could not run.
#[must_use]
pub fn run() -> ExitCode {
    // Clap prints help, versions and usage errors, and exits with 0 or 2 as we do.
    let args = Args::parse();
    let voice = Terminal::new(&args.global);
    let done = match &args.command {
        None => say_help(),
        Some(Command::Build(build)) => build::run(voice, &args.global, build),
        Some(Command::Check(check)) => check::run(voice, &args.global, check),
        Some(Command::Serve(serve)) => serve::run(voice, &args.global, serve),
        Some(Command::Status(status)) => status::run(voice, &args.global, status),
        Some(Command::New(new)) => new::run(voice, &args.global, new),
        Some(Command::Commitments(commitments)) => commitments::run(voice, &args.global, commitments),
        Some(Command::Pdf(pdf)) => pdf::run(voice, &args.global, pdf),
        Some(Command::Explain(args)) => explain::run(args),
        Some(Command::Schema(args)) => schema::run(voice, args),
        Some(Command::Completions(args)) => completions::run(args),
    };
    done.unwrap_or_else(|failure| voice.fail(&failure))
}

/// Prints the help of the program itself, for who types its name alone.
fn say_help() -> Result<ExitCode, CliError> {
    terminal::unless_gone(Args::command().print_help())?;
    Ok(ExitCode::SUCCESS)
}

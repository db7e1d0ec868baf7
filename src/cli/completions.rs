//! `annal completions`: the script that lets a shell complete commands, options, years, ids and codes.
//!
//! The script asks annal itself each time, so that it knows what is in the site that somebody works on.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::CompleteEnv;
use clap_complete::env::Shells;

use super::args::{Args, CompletionsArgs};
use super::error::CliError;
use super::terminal::print;

/// The environment variable in which a shell asks for completions.
const ASKED: &str = "ANNAL_COMPLETE";

/// Prints the script for a shell.
pub(crate) fn run(args: &CompletionsArgs) -> Result<ExitCode, CliError> {
    let name = args.shell.to_string();
    let shells = Shells::builtins();
    let shell = shells.completer(&name).ok_or_else(|| CliError::new(format!("annal cannot complete in {name}")))?;
    let program = Args::command();
    let shown = program.get_subcommands().filter(|command| !command.is_hide_set());
    let commands: Vec<_> = shown.map(clap::Command::get_name).collect();
    let mut script = format!("# Tab completion for annal in {name}: {}.\n", commands.join(", ")).into_bytes();
    shell.write_registration(ASKED, "annal", "annal", "annal", &mut script)?;
    print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}

/// Answers a shell that asks for completions, and ends the process. Does nothing if no shell asks.
pub(crate) fn answer() {
    CompleteEnv::with_factory(Args::command).var(ASKED).complete();
}

//! `annal completions`: what a shell needs to complete commands and options.

use std::process::ExitCode;

use clap::CommandFactory;

use super::args::{Args, Completions};
use super::fail::Failure;
use super::say::print;

/// Prints the shell's script.
pub fn run(args: &Completions) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "annal", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}

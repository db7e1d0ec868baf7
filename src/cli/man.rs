//! `annal man`: a manual page for each command, for packages.

use std::fs;
use std::process::ExitCode;

use clap::CommandFactory;

use super::args::{Args, ManArgs};
use super::error::CliError;
use super::open_site::shown_folder;
use super::terminal::Terminal;

/// Writes `annal.1`, `annal-build.1` and so on.
pub(crate) fn run(terminal: Terminal, args: &ManArgs) -> Result<ExitCode, CliError> {
    let folder = &args.folder;
    fs::create_dir_all(folder).map_err(|error| CliError::disk("create the folder", folder, &error))?;
    clap_mangen::generate_to(Args::command(), folder).map_err(|error| CliError::disk("write", folder, &error))?;
    terminal.message(&format!("Wrote the manual pages to {}", shown_folder(folder)));
    Ok(ExitCode::SUCCESS)
}

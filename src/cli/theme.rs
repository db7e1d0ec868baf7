//! `annal theme`: creates themes, copies files of the built-in theme and compares the copies, and lists settings.

mod create;
mod diff;
mod eject;
mod settings;

use std::process::ExitCode;

use super::args::{GlobalArgs, ThemeCommand};
use super::error::CliError;
use super::new;
use super::open_site::OpenSite;
use super::progress::Progress;
use super::terminal::Terminal;

/// Runs one of the commands in the site's folder.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, command: &ThemeCommand) -> Result<ExitCode, CliError> {
    if let ThemeCommand::Eject(eject) = command
        && (eject.print || eject.files.is_empty())
    {
        // Neither needs a site.
        return eject::print_files(terminal, &eject.files);
    }
    let site = OpenSite::open(global, &Progress::begin(terminal))?;
    match command {
        ThemeCommand::New { name } => create::run(terminal, global, &site, name),
        ThemeCommand::Eject(eject) => eject::run(terminal, global, &site, &eject.files),
        ThemeCommand::Diff(diff) => diff::run(terminal, &site, diff),
        ThemeCommand::Settings { format } => settings::run(&site, *format),
    }
}

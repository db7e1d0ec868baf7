//! Prints diagnostics in the chosen format, and decides the exit status.

use std::process::ExitCode;

use super::args::{DenyLevel, DiagnosticFormat};
use super::error::CliError;
use super::terminal::{Terminal, print};
use crate::diagnostic::{DiagnosticList, Summary, brief, github, human, json, sarif};
use crate::model::UnbuiltContent;

/// Prints the diagnostics, those in what is left out of the build under a heading of their own, then `closing`. JSON and
/// SARIF are single documents with a summary inside, so they are printed without it.
pub(crate) fn show(
    terminal: Terminal,
    listing: &DiagnosticList<'_>,
    left_out: &UnbuiltContent,
    format: DiagnosticFormat,
    closing: &str,
) -> Result<(), CliError> {
    let mut text = match format {
        DiagnosticFormat::Human if listing.left_out.is_empty() => human::render(listing, terminal.look()),
        DiagnosticFormat::Human => format!(
            "Problems in what the build leaves out: {left_out}. They do not stop it.\n{}\n{}",
            brief::render_left_out(listing),
            human::render(listing, terminal.look())
        ),
        DiagnosticFormat::Json => json::render(listing),
        DiagnosticFormat::Sarif => sarif::render(listing, env!("CARGO_PKG_VERSION")),
        DiagnosticFormat::Github => github::render(listing),
    };
    if matches!(format, DiagnosticFormat::Human | DiagnosticFormat::Github) && !terminal.is_quiet {
        text.push_str(closing);
        text.push('\n');
    }
    Ok(print(&text)?)
}

/// Exit status 1 for errors, or for warnings if they are denied; else 0.
pub(crate) fn status(summary: Summary, deny: Option<DenyLevel>) -> ExitCode {
    let is_denied = deny == Some(DenyLevel::Warnings) && summary.warnings > 0;
    ExitCode::from(u8::from(summary.errors > 0 || is_denied))
}

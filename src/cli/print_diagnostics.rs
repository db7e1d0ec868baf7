//! Printing what was found, in the format that was asked for, and the exit status that it comes to.

use std::process::ExitCode;

use super::args::{DenyLevel, DiagnosticFormat};
use super::error::CliError;
use super::terminal::{Terminal, print};
use crate::diagnostic::{DiagnosticList, Summary, github, human, json, sarif};

/// Prints the diagnostics. What machines read whole (JSON, SARIF) has its summary inside; the others get `closing`.
pub(crate) fn tell(
    voice: Terminal,
    listing: &DiagnosticList<'_>,
    format: DiagnosticFormat,
    closing: &str,
) -> Result<(), CliError> {
    let mut text = match format {
        DiagnosticFormat::Human => human::render(listing, voice.look()),
        DiagnosticFormat::Json => json::render(listing),
        DiagnosticFormat::Sarif => sarif::render(listing, env!("CARGO_PKG_VERSION")),
        DiagnosticFormat::Github => github::render(listing),
    };
    if matches!(format, DiagnosticFormat::Human | DiagnosticFormat::Github) && !voice.is_quiet {
        text.push_str(closing);
        text.push('\n');
    }
    Ok(print(&text)?)
}

/// 1 where there are errors, or warnings that are denied.
pub(crate) fn status(summary: Summary, deny: Option<DenyLevel>) -> ExitCode {
    let is_denied = deny == Some(DenyLevel::Warnings) && summary.warnings > 0;
    ExitCode::from(u8::from(summary.errors > 0 || is_denied))
}

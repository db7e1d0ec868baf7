//! Printing what was found, in the format that was asked for, and the exit status that it comes to.

use std::process::ExitCode;

use super::args::{Deny, Format};
use super::fail::Failure;
use super::say::{Voice, print};
use crate::diagnostic::{DiagnosticList, Summary, github, human, json, sarif};

/// Prints the diagnostics. What machines read whole (JSON, SARIF) has its summary inside; the others get `closing`.
pub fn tell(voice: Voice, listing: &DiagnosticList<'_>, format: Format, closing: &str) -> Result<(), Failure> {
    let mut text = match format {
        Format::Human => human::render(listing, voice.look()),
        Format::Json => json::render(listing),
        Format::Sarif => sarif::render(listing, env!("CARGO_PKG_VERSION")),
        Format::Github => github::render(listing),
    };
    if matches!(format, Format::Human | Format::Github) && !voice.is_quiet {
        text.push_str(closing);
        text.push('\n');
    }
    Ok(print(&text)?)
}

/// 1 where there are errors, or warnings that are denied.
pub fn status(summary: Summary, deny: Option<Deny>) -> ExitCode {
    let is_denied = deny == Some(Deny::Warnings) && summary.warnings > 0;
    ExitCode::from(u8::from(summary.errors > 0 || is_denied))
}

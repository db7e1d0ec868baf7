//! Why a command could not run.

use std::fmt::Display;
use std::io;
use std::path::Path;

/// Why a command could not run. Problems in the site itself are diagnostics, not errors of this kind.
#[derive(Debug)]
pub(crate) struct CliError {
    /// What is wrong, in the style of a diagnostic: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl CliError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A disk error: `cannot read /srv/report: …`.
    pub(crate) fn disk(action: &str, path: &Path, error: &dyn Display) -> Self {
        Self::new(format!("cannot {action} {}: {error}", path.display()))
    }
}

/// For standard output that cannot be written to, such as a file on a full disk.
impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self::new(format!("cannot print the result: {error}"))
    }
}

//! Why a command could not run.

use std::convert::Infallible;
use std::fmt::Display;
use std::io;
use std::path::Path;

use crate::output::WriteError;

/// Why a command could not run, or would not. Problems in the site itself are diagnostics, not errors of this kind.
#[derive(Debug)]
pub(crate) struct CliError {
    /// The exit status: 2 if the command could not run, 1 if what was asked for is not ready.
    pub status: u8,
    /// What is wrong, in the style of a diagnostic: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl CliError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { status: 2, message: message.into(), help: None }
    }

    /// What was asked for is not ready, which is no mistake of whoever asked.
    pub(crate) fn not_ready(message: impl Into<String>) -> Self {
        Self { status: 1, ..Self::new(message) }
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

impl From<WriteError> for CliError {
    fn from(error: WriteError) -> Self {
        Self { help: error.help(), ..Self::new(error.to_string()) }
    }
}

/// For sinks that take everything.
impl From<Infallible> for CliError {
    fn from(error: Infallible) -> Self {
        match error {}
    }
}

/// For standard output that cannot be written to, such as a file on a full disk.
impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self::new(format!("cannot print the result: {error}"))
    }
}

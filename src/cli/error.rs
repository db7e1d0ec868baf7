//! Why a command could not run.

use std::fmt::Display;
use std::io;
use std::path::Path;

/// Why a command could not run: nothing was found wrong with the site, the command did not get that far.
#[derive(Debug)]
pub(crate) struct CliError {
    /// What is wrong, as diagnostics say it: lower case, no full stop.
    pub message: String,
    /// The remedy.
    pub help: Option<String>,
}

impl CliError {
    /// A failure without a remedy.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// Adds the remedy.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A failure of the disk: `cannot read /srv/report: …`.
    pub(crate) fn disk(deed: &str, path: &Path, error: &dyn Display) -> Self {
        Self::new(format!("cannot {deed} {}: {error}", path.display()))
    }
}

/// Standard output that cannot be written to, a full disk behind it for instance.
impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self::new(format!("cannot print: {error}"))
    }
}

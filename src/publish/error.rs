//! Why a site could not be published, with what to do about it.

use std::fmt::Display;
use std::io;
use std::path::Path;

/// Why a site could not be published. What is live is whole, and the next run finishes.
#[derive(Debug)]
pub(crate) struct PublishError {
    /// What is wrong, in the style of a diagnostic. Never holds a secret, an address with a signature, or a header.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Whether somebody else is publishing, so that this run was refused and nothing failed.
    pub is_refusal: bool,
}

impl PublishError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, is_refusal: false }
    }

    #[must_use]
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// For `map_err`: turns an I/O error into an error about `path`.
    pub(super) fn disk(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::new(format!("cannot {doing} `{}`: {source}", path.display()))
    }

    /// Somebody else is publishing. `age` is how long ago they last gave a sign of life, in seconds.
    pub(super) fn busy(who: &str, age: u64) -> Self {
        let wait = super::CLAIM_SECONDS.saturating_sub(age);
        Self {
            is_refusal: true,
            ..Self::new(format!("{who} is publishing to this place now (last seen {age} s ago)"))
                .help(format!("wait until it has finished and publish again; if it was cut off, wait {wait} s"))
        }
    }

    /// Another run took over while this one was at work.
    pub(super) fn overtaken() -> Self {
        Self {
            is_refusal: true,
            ..Self::new("somebody else began to publish to this place while this run was at work, so this run stopped")
                .help("agree who publishes, then run `annal publish` again")
        }
    }

    /// Something kept in the target is not what annal writes.
    pub(super) fn unreadable(what: &str, why: &dyn Display) -> Self {
        Self::new(format!("`{what}` in the target cannot be read: {why}"))
            .help("a newer annal may have written it; if the file is damaged, remove it and publish again")
    }
}

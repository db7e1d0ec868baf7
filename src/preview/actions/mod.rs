//! What the desk can change: each action is a POST request below `/_desk/`, and writes through room `edit`.
//!
//! Only requests that [`super::access`] has found to come from the desk itself get here. Each carries what it needs to
//! know that nothing is overwritten which its user has not seen: files are written only if they are as they were.

mod chase;
mod fix;

use std::fmt;

use hyper::StatusCode;

pub(crate) use self::fix::PlannedFix;
use super::page_urls::{CHASED, FIX};
use super::snapshot::Snapshot;
use crate::edit::write::EditError;
use crate::locale::Locale;
use crate::source::digest::Digest;

/// A request to change something.
pub(crate) struct ActionRequest {
    /// Its address, decoded.
    pub address: String,
    /// The hash of what its user was shown.
    pub shown: Option<Digest>,
}

/// What became of a request to change something.
#[derive(Debug)]
pub(crate) struct ActionReply {
    pub status: StatusCode,
    /// What to say to the user, in the language of the desk.
    pub text: String,
}

impl ActionReply {
    fn new(status: StatusCode, text: impl Into<String>) -> Self {
        Self { status, text: text.into() }
    }

    fn done(text: impl Into<String>) -> Self {
        Self::new(StatusCode::OK, text)
    }

    /// Something has changed since the page was made, so nothing was written.
    fn conflict(text: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, text)
    }

    /// What was asked for does not exist any more.
    fn gone(words: &Locale) -> Self {
        Self::new(StatusCode::NOT_FOUND, words.text("desk.gone"))
    }

    /// A file was not written.
    fn not_written(file: &dyn fmt::Display, error: &EditError, words: &Locale) -> Self {
        let file = file.to_string();
        let say = |key| words.say(key, &[("file", &file)]);
        match error {
            EditError::Changed | EditError::Exists => Self::conflict(say("desk.file-changed")),
            EditError::ReadOnly => Self::new(StatusCode::FORBIDDEN, say("desk.file-read-only")),
            EditError::NotContent | EditError::LeavesTheSite => {
                Self::new(StatusCode::FORBIDDEN, say("desk.file-elsewhere"))
            }
            EditError::Disk(error) => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                words.say("desk.file-failed", &[("file", &file), ("reason", &error.to_string())]),
            ),
        }
    }
}

/// Does what a request asks for. `None` if nothing can be changed at its address.
pub(crate) fn perform(snapshot: &Snapshot, request: &ActionRequest) -> Option<ActionReply> {
    let address = request.address.as_str();
    if let Some(letter) = address.strip_prefix(CHASED) {
        return Some(chase::record(snapshot, letter));
    }
    address.strip_prefix(FIX).map(|file| fix::apply(snapshot, file, request.shown))
}

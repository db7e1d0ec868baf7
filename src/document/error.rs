//! Why a document cannot be read.

use std::fmt;

/// Why a document cannot be read: not there, damaged, encrypted, too large, or of another kind.
///
/// Shown as words that follow the name of the file, with a remedy of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DocumentError {
    /// Its bytes are not what its name says, or are cut off. The detail follows a colon.
    Damaged(String),
    /// It needs a password.
    Encrypted,
    /// It exceeds a limit; the words say which.
    TooLarge(String),
    /// It is a sheet whose figures are formulas, without what they come to. The place of the first follows.
    NoStoredValues(String),
    /// It is a document of a kind that annal does not read; the remedy says what to do instead.
    Unsupported(&'static str, &'static str),
    /// Its name says nothing that annal knows of.
    UnknownKind,
    /// There is no such file.
    NotFound,
    /// The system does not let annal read it; the words are the system's.
    Unreadable(String),
}

impl DocumentError {
    /// A damaged document, with what is wrong in a few words.
    pub(crate) fn damaged(detail: impl fmt::Display) -> Self {
        Self::Damaged(detail.to_string())
    }

    /// What to do about it.
    #[must_use]
    pub(crate) fn help(&self) -> &'static str {
        match self {
            Self::Damaged(_) => "open it in the program that wrote it, save it again, or ask for another copy",
            Self::Encrypted => "ask for a copy without a password, or open it with the password and save it without",
            Self::TooLarge(_) => "send a shorter document, or smaller pictures",
            Self::NoStoredValues(_) => "open it in Excel and save it, which stores the values",
            Self::Unsupported(_, help) => help,
            Self::UnknownKind => "send a Word document (.docx), or copy its text and paste it with `annal intake -`",
            Self::NotFound => "check the name of the file, and the folder that you are in",
            Self::Unreadable(_) => "check that you may open the file, and that no other program has it open",
        }
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(detail) => write!(out, "is damaged: {detail}"),
            Self::Encrypted => out.write_str("is protected by a password, so annal cannot read it"),
            Self::TooLarge(limit) => write!(out, "is too large: {limit}"),
            Self::NoStoredValues(place) => write!(out, "has formulas without stored values, the first in {place}"),
            Self::Unsupported(kind, _) => write!(out, "is {kind}, which annal does not read"),
            Self::UnknownKind => out.write_str("is a kind of file that annal does not read"),
            Self::NotFound => out.write_str("does not exist"),
            Self::Unreadable(why) => write!(out, "cannot be read: {why}"),
        }
    }
}

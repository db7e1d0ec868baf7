//! The texts that diagnostics point into.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Weak};

use super::rel_path::RelPath;

/// The text of a file, without a byte-order mark.
///
/// Cheap to clone: all clones share it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceText(Arc<Box<str>>);

impl SourceText {
    /// A way to get the text again while somebody holds it. Unlike that of an `Arc<str>`, it keeps no memory of the text.
    pub(crate) fn downgrade(&self) -> WeakText {
        WeakText(Arc::downgrade(&self.0))
    }
}

impl<T: Into<Box<str>>> From<T> for SourceText {
    fn from(text: T) -> Self {
        Self(Arc::new(text.into()))
    }
}

impl Deref for SourceText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self)
    }
}

impl AsRef<str> for SourceText {
    fn as_ref(&self) -> &str {
        self
    }
}

/// A text that somebody else may hold.
#[derive(Debug, Default)]
pub(crate) struct WeakText(Weak<Box<str>>);

impl WeakText {
    /// The text, if somebody still holds it.
    pub(crate) fn upgrade(&self) -> Option<SourceText> {
        self.0.upgrade().map(SourceText)
    }
}

/// The texts that diagnostics point into.
pub trait SourceTexts {
    /// The text of a file; `None` if it could not be read.
    fn text(&self, file: &RelPath) -> Option<SourceText>;
}

//! A part of a text that is kept anyway.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::diagnostic::Span;

/// A text that is a part of a longer one. It shares its bytes with that, so keeping it costs nothing of its own.
///
/// Cheap to clone. It compares as the text that it is.
#[derive(Clone)]
pub(crate) struct TextSlice {
    whole: Arc<str>,
    span: Span,
}

impl TextSlice {
    /// The part of `whole` at `span`.
    #[must_use]
    pub(crate) fn new(whole: &Arc<str>, span: Span) -> Self {
        Self { whole: Arc::clone(whole), span }
    }
}

impl From<String> for TextSlice {
    fn from(text: String) -> Self {
        let whole: Arc<str> = text.into();
        Self { span: Span::new(0, whole.len()), whole }
    }
}

impl Deref for TextSlice {
    type Target = str;

    fn deref(&self) -> &str {
        self.span.slice(&self.whole)
    }
}

impl PartialEq for TextSlice {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for TextSlice {}

impl Serialize for TextSlice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl fmt::Debug for TextSlice {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(out)
    }
}

impl fmt::Display for TextSlice {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_is_the_text_that_it_is() {
        let whole: Arc<str> = "one – two".into();
        let two = TextSlice::new(&whole, Span::new(8, 11));
        assert_eq!((&*two, Arc::strong_count(&whole)), ("two", 2));
        assert_eq!(two, TextSlice::from("two".to_owned()));
    }
}

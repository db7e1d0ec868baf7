//! Sign-offs: a named person's approval of one text as it was, and whether it has changed since.

use jiff::civil::Date;

use crate::source::files::{SignedOffEntry, TextHash};
use crate::source::yaml::Spanned;

/// Who signed off a submission, or a report as a whole.
#[derive(Clone, Debug)]
pub(crate) struct SignOff {
    /// The person, by role or name.
    pub by: Option<String>,
    pub on: Option<Date>,
    /// The hash of what was signed off. `None` if the sign-off is not bound to any words.
    pub text: Option<Spanned<TextHash>>,
    /// Whether what was signed off has changed since, or cannot be compared.
    pub is_stale: bool,
}

impl From<SignedOffEntry> for SignOff {
    fn from(written: SignedOffEntry) -> Self {
        Self {
            by: written.by.map(|by| by.value),
            on: written.on.map(|on| on.value),
            text: written.text,
            is_stale: false,
        }
    }
}

impl SignOff {
    /// Compares what was signed off with what is there now, if the sign-off is bound.
    pub(super) fn compare(&mut self, now: impl FnOnce() -> TextHash) {
        self.is_stale = self.text.as_ref().is_some_and(|signed| signed.value != now());
    }

    /// Whether it is bound to words, so that a change of them is noticed.
    #[must_use]
    pub(crate) fn is_bound(&self) -> bool {
        self.text.is_some()
    }
}

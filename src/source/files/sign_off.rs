//! Sign-offs: of a submission in its front matter, and of a whole report in `report.yaml`.

use std::fmt;

use crate::diagnostic::excerpt;
use crate::record;
use crate::source::digest::Digest;
use crate::source::yaml::scalar::{Scalar, ScalarError};
use crate::source::yaml::{Date, Spanned, Text, ValueType};

record! {
    /// Who signed something off, and when.
    pub struct SignedOffEntry {
        /// The person who signed it off, by role or name.
        "by" optional by: Text,
        /// The date on which it was signed off.
        "on" optional on: Spanned<Date>,
        /// What was signed off, as `annal sign` writes it, so that a later change of its words is noticed.
        "text" optional text: Spanned<TextHash>,
    }
}

/// The hash of the words and facts that somebody signed off, after the version of how they are hashed: `v1:3f9c…`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TextHash(String);

impl TextHash {
    /// The version in which annal writes hashes.
    const VERSION: &str = "v1";

    #[must_use]
    pub(crate) fn new(digest: Digest) -> Self {
        Self(format!("{}:{digest:032x}", Self::VERSION))
    }

    /// Whether this annal can tell what has this hash.
    #[must_use]
    pub(crate) fn is_comparable(&self) -> bool {
        self.0.split(':').next() == Some(Self::VERSION)
    }
}

impl fmt::Display for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Scalar for TextHash {
    fn shape() -> ValueType {
        ValueType::matching("a text that `annal sign` wrote", "^v[0-9]+:[0-9a-f]{32}$")
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        let parts = text.strip_prefix('v').and_then(|rest| rest.split_once(':'));
        let is_whole = parts.is_some_and(|(version, digits)| {
            (1..=3).contains(&version.len())
                && version.bytes().all(|byte| byte.is_ascii_digit())
                && digits.len() == 32
                && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        });
        if is_whole {
            return Ok(Self(text.to_owned()));
        }
        let message = format!("must be as `annal sign` wrote it, but is `{}`", excerpt(text));
        Err(ScalarError::value(message, "remove this line, then sign the text again with `annal sign`"))
    }
}

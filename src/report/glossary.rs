//! Terms and what they mean.

use crate::diagnostic::Place;

/// The terms of the glossary and the short names of boards, agencies and bodies.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// The terms, in the order written.
    pub terms: Vec<Term>,
}

/// A term and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term as it is written.
    pub term: String,
    /// What it means.
    pub meaning: String,
    /// Where to read more: an address, or a content file.
    pub link: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// The form in which terms and acronyms are looked up: without hyphens, spaces and case.
#[must_use]
pub fn key(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‑' | '–')).flat_map(char::to_lowercase).collect()
}

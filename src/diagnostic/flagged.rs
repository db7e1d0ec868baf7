//! Finds flagged words in any text, however it spells them, by comparing what a reader sees.

use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use super::Diagnostic;
use super::visible_text::VisibleLetters;

/// Flagged words with fewer letters and digits than this could be part of other words by chance, so they match only as
/// whole words.
const CHANCE: usize = 8;

/// A matcher for words that must not be shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct FlaggedWords {
    finder: Option<AhoCorasick>,
    /// The letters and digits of each flagged text, sorted.
    letters: Vec<String>,
}

impl FlaggedWords {
    /// Collects the words flagged by the diagnostics.
    #[must_use]
    pub(crate) fn from_diagnostics<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Self {
        let words = diagnostics.into_iter().flat_map(|diagnostic| &diagnostic.flagged);
        let mut letters: Vec<String> =
            words.map(|flagged| VisibleLetters::new(&flagged.words).text().to_owned()).collect();
        letters.sort_unstable();
        letters.dedup();
        letters.retain(|letters| !letters.is_empty());
        let finder = (!letters.is_empty()).then(|| {
            let mut builder = AhoCorasick::builder();
            builder.match_kind(MatchKind::LeftmostLongest);
            builder.build(&letters).expect("files of 4 MiB hold fewer than 2^31 states")
        });
        Self { finder, letters }
    }

    /// Whether there are no flagged words.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.finder.is_none()
    }

    /// The letters and digits that are searched for, to compare two sites' flagged words.
    #[must_use]
    pub(crate) fn letters(&self) -> &[String] {
        &self.letters
    }

    /// The ranges of flagged words in the written text, in order and without overlaps.
    ///
    /// Linear in the length of the text; at worst, if short words are part of others, times the longest word's length.
    pub(crate) fn find<'a>(&'a self, letters: &'a VisibleLetters) -> impl Iterator<Item = Range<usize>> + 'a {
        let text = letters.text();
        let mut from = 0;
        std::iter::from_fn(move || {
            let finder = self.finder.as_ref()?;
            while let Some(found) = finder.find(Input::new(text).range(from..)) {
                let (start, end) = (found.start(), found.end());
                if end - start >= CHANCE || (letters.may_part(start) && letters.may_part(end)) {
                    from = end;
                    return Some(letters.written(start..end));
                }
                from = start + text[start..].chars().next().map_or(1, char::len_utf8);
            }
            from = text.len();
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Location, RelPath};

    fn check(flagged: &str, text: &str) -> String {
        let location = Location::whole(&RelPath::new("a.md"));
        let diagnostics =
            flagged.split('|').map(|words| Diagnostic::new(Code::PersonalData, location.clone(), "m").flagging(words));
        let words = FlaggedWords::from_diagnostics(&diagnostics.collect::<Vec<_>>());
        let found = words.find(&VisibleLetters::new(text)).map(|range| text[range].to_owned()).collect::<Vec<_>>();
        found.join("|")
    }

    #[test]
    fn words_are_found_in_every_spelling() {
        assert_eq!(
            check("943 476 5919", "x943-476-5919, 943\n\n476 5919 and ９４３4765919"),
            "943-476-5919|943\n\n476 5919|９４３4765919"
        );
        assert_eq!(check("Jo@b.example|Child J.S.", "child-j-s and JO@B.EXAMPLE"), "child-j-s|JO@B.EXAMPLE");
        assert_eq!(check("01908 253772", "tel:01908253772"), "01908253772");
    }

    #[test]
    fn short_words_are_whole_words() {
        assert_eq!(check("Mrs D.", "Mrs Davies, Mrs D’s and mrs-d"), "Mrs D|mrs-d");
        assert_eq!(check("J.S.", "JSON, J.S. (9)"), "J.S");
        assert_eq!(check("...", "..."), "");
    }
}

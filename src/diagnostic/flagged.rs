//! Flagged words, found again in any text by what a reader sees of them.

use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use super::Diagnostic;
use super::visible_text::VisibleLetters;

/// Words with fewer letters and digits than this may stand inside others by chance, so that they are found as whole
/// words alone.
const CHANCE: usize = 8;

/// Words that must not be shown, to be found in texts however those spell them.
#[derive(Clone, Debug, Default)]
pub(crate) struct FlaggedWords {
    finder: Option<AhoCorasick>,
    /// The letters of the words, sorted.
    letters: Vec<String>,
}

impl FlaggedWords {
    /// The words that some diagnostics flag.
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

    /// Whether nothing is flagged.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.finder.is_none()
    }

    /// What is looked for, to tell one site's words from another's.
    #[must_use]
    pub(crate) fn letters(&self) -> &[String] {
        &self.letters
    }

    /// Where flagged words stand in what is written, in order and without overlaps.
    ///
    /// Linear in the text; where short words stand inside others, times the length of the longest word at most.
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

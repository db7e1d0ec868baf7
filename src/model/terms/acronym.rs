//! Tells acronyms from emphasis and from parts of addresses.

use std::ops::Range;

use super::tokenize::{Token, is_hyphen};
use crate::model::plain_text::BLOCK_END;

/// How many letters an acronym has; longer words in capitals are emphasis.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=6;

/// How many words in capitals in a row are emphasis.
const EMPHASIS: usize = 3;

/// The range of the acronym in a word, without a plural `s`; `None` if the word is not an acronym.
pub(super) fn acronym(text: &str, word: Token) -> Option<Range<usize>> {
    let written = &text[word.start..word.end];
    let singular =
        written.strip_suffix('s').filter(|rest| rest.ends_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let written = singular.unwrap_or(written);
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    let digits = written.chars().filter(char::is_ascii_digit).count();
    // A word with many digits is a reference, such as `AB123456`.
    let is_acronym =
        LETTERS.contains(&letters) && capitals >= 2 && digits < 2 * letters && written.starts_with(char::is_alphabetic);
    is_acronym.then(|| word.start..word.start + written.len())
}

/// Finds the words of a text that are part of an email or web address, or of a file name. Each stretch of the text is
/// read once, so it must be asked about the words in their order.
pub(super) struct AddressFinder<'t> {
    text: &'t str,
    /// The end of the run without white space that was read last.
    end: usize,
    /// Where the words of a web address begin in it.
    web: Option<usize>,
}

impl<'t> AddressFinder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, end: 0, web: None }
    }

    /// Whether a word is part of an address. No earlier word may follow.
    pub(super) fn has(&mut self, word: Token) -> bool {
        if word.start >= self.end {
            self.read_run(word.start);
        }
        self.web.is_some_and(|web| word.start >= web) || is_joined(self.text, word)
    }

    /// Reads the run without white space around byte `at`, which comes after the last one.
    fn read_run(&mut self, at: usize) {
        let is_gap = |c: char| c.is_whitespace() || c == BLOCK_END;
        let before = self.text[self.end..at].rsplit(is_gap).next().map_or(0, str::len);
        self.end = self.text[at..].find(is_gap).map_or(self.text.len(), |length| at + length);
        let run = self.text[at - before..self.end].trim_start_matches(['(', '<', '"', '“']);
        let web = if run.starts_with("www.") { Some("www.".len()) } else { run.find("://").map(|sign| sign + 3) };
        self.web = web.map(|web| self.end - run.len() + web);
    }
}

/// Whether a word is joined to its neighbours as in an email or web address, or in the name of a file.
fn is_joined(text: &str, word: Token) -> bool {
    let (before, after) = (&text[..word.start], &text[word.end..]);
    let is_dotted =
        |rest: Option<&str>, next: fn(&str) -> Option<char>| rest.and_then(next).is_some_and(char::is_alphanumeric);
    before.ends_with(['@', '_'])
        || after.starts_with(['@', '_'])
        || before.ends_with("//")
        || is_dotted(before.strip_suffix('.'), |rest| rest.chars().next_back())
        || is_dotted(after.strip_prefix('.'), |rest| rest.chars().next())
}

/// How many bytes before and after a word are searched for emphasis.
const NEARBY: usize = 160;

/// Whether a word is emphasis: among other words in capitals (`PLEASE DO NOT SHARE`), or in a line that is written
/// entirely in capitals (`PLANS FOR 2024-25`).
pub(super) fn is_emphasis(text: &str, word: Token) -> bool {
    let space = |c: char| matches!(c, ' ' | '\n');
    // A few words on either side are enough, and a block may be as long as the file.
    let nearby = text.ceil_char_boundary(word.start.saturating_sub(NEARBY));
    let before = text[nearby..word.start].rsplit(BLOCK_END).next().unwrap_or_default();
    let nearby = text.floor_char_boundary(text.len().min(word.end + NEARBY));
    let after = text[word.end..nearby].split(BLOCK_END).next().unwrap_or_default();
    if is_shouted([before.rsplit('\n').next(), text.get(word.start..word.end), after.split('\n').next()]) {
        return true;
    }
    let before = before.strip_suffix(space).into_iter().flat_map(|before| before.rsplit(space));
    let after = after.strip_prefix(space).into_iter().flat_map(|after| after.split(space));
    // A single letter, `A` or `I`, does not count either way.
    let count = |words: &mut dyn Iterator<Item = &str>| {
        words
            .take_while(|word| is_in_capitals(word))
            .take(2 * EMPHASIS)
            .filter(|word| word.chars().nth(1).is_some())
            .count()
    };
    let (mut before, mut after) = (before, after);
    1 + count(&mut before) + count(&mut after) >= EMPHASIS
}

/// Whether a line, given in parts, is written entirely in capitals and has two words or more. Several short words with
/// a comma or slash between them may be acronyms: `MASH, MARAC`.
fn is_shouted(parts: [Option<&str>; 3]) -> bool {
    let parts = || parts.into_iter().flatten();
    if parts().any(|part| part.contains(char::is_lowercase)) {
        return false;
    }
    let is_list = parts().any(|part| part.contains([',', ';', '/', '|', '(']));
    let line: String = parts().collect();
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    let words = || line.split_whitespace().map(letters).filter(|letters| *letters > 1);
    words().nth(1).is_some() && (!is_list || words().any(|letters| !LETTERS.contains(&letters)))
}

/// Whether a word is written entirely in capitals, ignoring the punctuation at the end of a sentence.
fn is_in_capitals(word: &str) -> bool {
    let word = word.trim_end_matches(['.', '!', '?', ':']);
    !word.is_empty() && word.chars().all(|c| c.is_uppercase() || is_hyphen(c) || matches!(c, '\'' | '’'))
}

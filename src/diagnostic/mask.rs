//! Keeps flagged personal data out of everything that is said: a log must not leak what the checks caught.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Code, Diagnostic, RelPath, Span, Texts};

/// Texts shorter than this show none of their characters.
const SHORTEST_SHOWN: usize = 6;

/// A flagged text as it may be shown: its first and last two characters (`01****72`), or stars alone where it is
/// short.
#[must_use]
pub fn mask(text: &str) -> String {
    let text = text.trim();
    let shown = shown_part(text);
    format!("{}****{}", &text[..shown.0], &text[shown.1..])
}

/// Where the hidden middle of a text begins and ends.
fn shown_part(text: &str) -> (usize, usize) {
    let byte_of = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(byte, _)| byte);
    match text.chars().count() {
        length if length < SHORTEST_SHOWN => (0, text.len()),
        length => (byte_of(2), byte_of(length - 2)),
    }
}

/// The same text with a star for every hidden byte, so that spans and carets still fit. Line ends stay.
fn starred(text: &str) -> String {
    let shown = shown_part(text);
    let stars = text[shown.0..shown.1].chars().flat_map(|c| {
        let star = if matches!(c, '\n' | '\r') { c } else { '*' };
        std::iter::repeat_n(star, c.len_utf8())
    });
    text[..shown.0].chars().chain(stars).chain(text[shown.1..].chars()).collect()
}

/// What must not be shown: every place that [`Code::PersonalData`] points at, waived or not, and the words there.
pub struct Flagged {
    spans: HashMap<RelPath, Vec<Span>>,
    words: Option<AhoCorasick>,
}

impl Flagged {
    /// What the diagnostics flag in `texts`.
    #[must_use]
    pub fn of(diagnostics: &[Diagnostic], texts: &dyn Texts) -> Self {
        let mut spans: HashMap<RelPath, Vec<Span>> = HashMap::new();
        let mut words: BTreeSet<String> = BTreeSet::new();
        for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::PersonalData) {
            let place = &diagnostic.place;
            let flagged = texts.text(&place.file).map_or("", |text| place.span.of(text)).trim();
            if !flagged.is_empty() {
                spans.entry(place.file.clone()).or_default().push(place.span);
                words.extend(Some(slug_of(flagged)).filter(|slug| slug.chars().count() >= SHORTEST_SHOWN));
                words.insert(flagged.to_owned());
            }
        }
        let mut finder = AhoCorasick::builder();
        finder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
        let words =
            (!words.is_empty()).then(|| finder.build(&words).expect("files of 4 MiB hold fewer than 2^31 states"));
        Self { spans, words }
    }

    /// A text without the flagged words.
    #[must_use]
    pub fn hide<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.replace(text, mask)
    }

    /// A diagnostic whose words do not say what is flagged.
    #[must_use]
    pub fn hide_in(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if self.words.is_none() {
            return diagnostic;
        }
        let hide = |text: &mut String| {
            if let Cow::Owned(hidden) = self.hide(text) {
                *text = hidden;
            }
        };
        hide(&mut diagnostic.message);
        [&mut diagnostic.label, &mut diagnostic.help, &mut diagnostic.waived].into_iter().flatten().for_each(hide);
        diagnostic.related.iter_mut().for_each(|(_, label)| hide(label));
        diagnostic
    }

    /// The part `part` of a file's text with stars for what is flagged; every other byte stays where it was.
    #[must_use]
    pub fn hide_part<'t>(&self, file: &RelPath, text: &'t str, part: Span) -> Cow<'t, str> {
        let shown = part.of(text);
        let flagged = self.spans.get(file).into_iter().flatten();
        let mut hidden = Cow::Borrowed(shown);
        for span in flagged.filter(|span| span.start < part.end && span.end > part.start) {
            // Starred as a whole, so that a part shows no more of it than the whole may.
            let whole = starred(span.of(text));
            let from = span.start.max(part.start);
            let to = span.end.min(part.end);
            let Some(piece) = whole.get((from - span.start) as usize..(to - span.start) as usize) else { continue };
            hidden.to_mut().replace_range((from - part.start) as usize..(to - part.start) as usize, piece);
        }
        match self.replace(&hidden, starred) {
            Cow::Owned(hidden) => Cow::Owned(hidden),
            Cow::Borrowed(_) => hidden,
        }
    }

    /// Replaces the flagged words of a text.
    fn replace<'t>(&self, text: &'t str, with: impl Fn(&str) -> String) -> Cow<'t, str> {
        let Some(finder) = self.words.as_ref().filter(|finder| finder.is_match(text)) else {
            return Cow::Borrowed(text);
        };
        let mut replaced = String::with_capacity(text.len());
        finder.replace_all_with(text, &mut replaced, |at, found, replaced| {
            let (before, after) = (text[..at.start()].chars().next_back(), text[at.end()..].chars().next());
            // Initials are short enough to stand in other words by chance.
            let is_chance = found.chars().count() < SHORTEST_SHOWN
                && [before, after].into_iter().flatten().any(char::is_alphanumeric);
            replaced.push_str(&if is_chance { found.to_owned() } else { with(found) });
            true
        });
        Cow::Owned(replaced)
    }
}

/// The flagged words as they stand in an id that was made of them: `01908-253772` of `01908 253772`.
fn slug_of(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::diagnostic::listing::Files;

    #[test]
    fn two_characters_at_each_end_are_shown() {
        for (text, masked) in [("01908 253772", "01****72"), (" J.S. ", "****"), ("", "****"), ("éàüöñç", "éà****ñç")]
        {
            assert_eq!(mask(text), masked);
        }
        assert_eq!(starred("01908 253772"), "01********72");
        assert_eq!(starred("a é\r\nbcd"), "a **\r\n*cd");
    }

    #[test]
    fn flagged_words_are_hidden_wherever_they_are_said() {
        let files = Files(&[("a.md", "Ring Jo on 01908 253772.\n")]);
        let text = files.0[0].1;
        let file = RelPath::new("a.md");
        let flagging = Diagnostic::new(Code::PersonalData, Place::new(&file, Span::new(11, 23)), "a telephone number");
        let other = Diagnostic::new(Code::BadCell, Place::whole(&file), "`ring-jo-on-01908-253772` is no amount")
            .help("take 01908 253772 away")
            .label("01908 253772");
        let flagged = Flagged::of(&[flagging, other.clone()], &files);
        let hidden = flagged.hide_in(other);
        assert_eq!(hidden.message, "`ring-jo-on-01****72` is no amount");
        assert_eq!(hidden.help.unwrap(), "take 01****72 away");
        assert_eq!(hidden.label.unwrap(), "01****72");
        assert_eq!(flagged.hide_part(&file, text, Span::new(0, 24)), "Ring Jo on 01********72.");
        assert_eq!(
            flagged.hide_part(&file, text, Span::new(16, 24)),
            "*****72.",
            "a part shows no more than the whole"
        );
        assert_eq!(flagged.hide_part(&RelPath::new("b.md"), text, Span::new(0, 24)), "Ring Jo on 01********72.");
    }
}

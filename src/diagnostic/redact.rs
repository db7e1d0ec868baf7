//! Masks flagged personal data in all output: a log must not leak what the checks caught.

use std::borrow::Cow;
use std::collections::HashMap;

use super::flagged::FlaggedWords;
use super::visible_text::VisibleLetters;
use super::{Diagnostic, RelPath, Span};

/// Texts shorter than this show none of their characters.
const SHORTEST_SHOWN: usize = 7;

/// Masks a flagged text: its first and last two characters are kept (`01****72`). A short text becomes stars only.
#[must_use]
pub(crate) fn mask(text: &str) -> String {
    let text = text.trim();
    let shown = shown_part(text);
    format!("{}****{}", &text[..shown.0], &text[shown.1..])
}

/// The start and end of the hidden middle of a text, in bytes.
fn shown_part(text: &str) -> (usize, usize) {
    let byte_of = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(byte, _)| byte);
    match text.chars().count() {
        length if length < SHORTEST_SHOWN => (0, text.len()),
        length => (byte_of(2), byte_of(length - 2)),
    }
}

/// The text with a star for every hidden byte, so spans and carets still fit. Line endings are kept.
fn starred(text: &str) -> String {
    let shown = shown_part(text);
    let stars = text[shown.0..shown.1].chars().flat_map(|c| {
        let star = if matches!(c, '\n' | '\r') { c } else { '*' };
        std::iter::repeat_n(star, c.len_utf8())
    });
    text[..shown.0].chars().chain(stars).chain(text[shown.1..].chars()).collect()
}

/// What must not be shown: every flagged span, waived or not, and its words.
pub(crate) struct Redactions {
    /// Sorted and without overlaps.
    spans: HashMap<RelPath, Vec<Span>>,
    words: FlaggedWords,
}

impl Redactions {
    /// Collects what the diagnostics flag.
    #[must_use]
    pub(crate) fn from_diagnostics(diagnostics: &[Diagnostic]) -> Self {
        let mut spans: HashMap<RelPath, Vec<Span>> = HashMap::new();
        for diagnostic in diagnostics.iter().filter(|diagnostic| !diagnostic.flagged.is_empty()) {
            let of_file = spans.entry(diagnostic.location.file.clone()).or_default();
            of_file.extend(diagnostic.flagged.iter().map(|flagged| flagged.span));
        }
        for spans in spans.values_mut() {
            spans.sort_unstable();
            spans.dedup_by(|next, first| {
                let overlaps = next.start < first.end;
                first.end = if overlaps { first.end.max(next.end) } else { first.end };
                overlaps
            });
        }
        Self { spans, words: FlaggedWords::from_diagnostics(diagnostics) }
    }

    /// Masks the flagged words in a text.
    #[must_use]
    pub(crate) fn hide<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.replace(text, mask)
    }

    /// Masks the flagged words in a diagnostic's message, label, help, subjects, waiver reason and related labels.
    #[must_use]
    pub(crate) fn hide_in(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if self.words.is_empty() {
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
            .about
            .iter_mut()
            .flat_map(|about| about.id.as_mut().into_iter().chain([&mut about.text]))
            .for_each(hide);
        diagnostic
    }

    /// The part `part` of a file's text, with stars for flagged words. All other bytes keep their offsets.
    #[must_use]
    pub(crate) fn hide_part<'t>(&self, file: &RelPath, text: &'t str, part: Span) -> Cow<'t, str> {
        let spans = self.spans.get(file).map(Vec::as_slice).unwrap_or_default();
        let first = spans.partition_point(|span| span.end <= part.start);
        let mut hidden = Cow::Borrowed(part.slice(text));
        let mut written = part.start;
        for span in spans[first..].iter().take_while(|span| span.start < part.end) {
            // Mask the whole span first, so that a part of it never shows more than the whole would.
            let whole = starred(span.slice(text));
            let (from, to) = (span.start.max(part.start), span.end.min(part.end));
            let Some(piece) = whole.get((from - span.start) as usize..(to - span.start) as usize) else { continue };
            if written == part.start {
                hidden = Cow::Owned(String::with_capacity(part.range().len()));
            }
            let hidden = hidden.to_mut();
            hidden.push_str(Span { start: written, end: from }.slice(text));
            hidden.push_str(piece);
            written = to;
        }
        if written > part.start {
            hidden.to_mut().push_str(Span { start: written, end: part.end }.slice(text));
        }
        match self.replace(&hidden, starred) {
            Cow::Owned(hidden) => Cow::Owned(hidden),
            Cow::Borrowed(_) => hidden,
        }
    }

    /// Replaces each occurrence of flagged words in a text by what `with` makes of it.
    fn replace<'t>(&self, text: &'t str, with: impl Fn(&str) -> String) -> Cow<'t, str> {
        if self.words.is_empty() {
            return Cow::Borrowed(text);
        }
        let letters = VisibleLetters::new(text);
        let mut replaced = String::new();
        let mut from = 0;
        for found in self.words.find(&letters) {
            replaced.push_str(&text[from..found.start]);
            replaced.push_str(&with(&text[found.clone()]));
            from = found.end;
        }
        if from == 0 {
            return Cow::Borrowed(text);
        }
        replaced.push_str(&text[from..]);
        Cow::Owned(replaced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Location};

    #[test]
    fn two_characters_at_each_end_are_shown() {
        for (text, masked) in [
            ("01908 253772", "01****72"),
            (" J.S. ", "****"),
            ("", "****"),
            ("éàüöñçx", "éà****çx"),
            ("Mrs D.", "****"),
        ] {
            assert_eq!(mask(text), masked);
        }
        assert_eq!(starred("01908 253772"), "01********72");
        assert_eq!(starred("a é\r\nbcd"), "a **\r\n*cd");
    }

    #[test]
    fn flagged_words_are_hidden_wherever_they_are_said() {
        let text = "Ring Jo on 01908 253772.\n";
        let file = RelPath::new("a.md");
        let flagging =
            Diagnostic::new(Code::PersonalData, Location::new(&file, Span::new(11, 23)), "a telephone number")
                .flagging("01908 253772");
        let other =
            Diagnostic::new(Code::BadCell, Location::whole(&file), "`ring-jo-on-01908-253772` is not an amount")
                .help("remove 01908 253772")
                .label("01908 253772");
        let flagged = Redactions::from_diagnostics(&[flagging, other.clone()]);
        let hidden = flagged.hide_in(other);
        assert_eq!(hidden.message, "`ring-jo-on-01****72` is not an amount");
        assert_eq!(hidden.help.unwrap(), "remove 01****72");
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

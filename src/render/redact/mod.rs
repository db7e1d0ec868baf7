//! Removes text that must not be published from a site that is built in spite of it.
//!
//! Every file made from content is read as its readers see it: a page without tags and with entities resolved, an index
//! without the escapes of its strings. Flagged words are compared by their letters and digits only, so line ends and
//! escapes cannot hide them.

mod html;
mod json;

use std::ops::Range;

use crate::diagnostic::flagged::FlaggedWords;
use crate::diagnostic::visible_text::VisibleLetters;
use crate::diagnostic::{Diagnostic, RelPath};
use crate::escape;

/// Replaces flagged words in an address or an id.
pub(crate) const IN_ADDRESS: &str = "withheld";

/// The words that must not be published.
#[derive(Clone, Debug, Default)]
pub(crate) struct Redactor {
    words: FlaggedWords,
    /// The replacement that readers see: `[withheld]`.
    instead: String,
}

impl Redactor {
    /// Collects the flagged words of diagnostics that are not waived. `instead` replaces them.
    #[must_use]
    pub(crate) fn from_diagnostics(diagnostics: &[Diagnostic], instead: &str) -> Self {
        let words = FlaggedWords::from_diagnostics(diagnostics.iter().filter(|diagnostic| diagnostic.waived.is_none()));
        Self { words, instead: instead.to_owned() }
    }

    /// The same words, replaced by others: those of another language.
    #[must_use]
    pub(crate) fn with_replacement(&self, instead: &str) -> Self {
        Self { words: self.words.clone(), instead: instead.to_owned() }
    }

    /// The words to look for; distinguishes one site's redactor from another's.
    #[must_use]
    pub(crate) fn letters(&self) -> &[String] {
        self.words.letters()
    }

    /// Whether an address contains any of the words.
    #[must_use]
    pub(crate) fn is_in(&self, address: &str) -> bool {
        !self.words.is_empty() && self.words.find(&VisibleLetters::new(address)).next().is_some()
    }

    /// Whether there is anything to remove.
    #[must_use]
    pub(crate) fn is_needed(&self) -> bool {
        !self.words.is_empty()
    }

    /// A path without the words.
    #[must_use]
    pub(crate) fn sweep_path(&self, path: &RelPath) -> RelPath {
        let letters = VisibleLetters::new(path.as_str());
        RelPath::new(&replaced(path.as_str(), self.words.find(&letters), |_| IN_ADDRESS.to_owned()))
    }

    /// The bytes of the file at a path, without the words. Files that are not text are unchanged.
    #[must_use]
    pub(crate) fn sweep(&self, path: &str, bytes: Vec<u8>) -> Vec<u8> {
        if self.words.is_empty() {
            return bytes;
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return error.into_bytes(),
        };
        let mut letters = VisibleLetters::default();
        let mut addresses = Vec::new();
        let spelling = FileSyntax::from_path(path);
        match spelling {
            FileSyntax::Markup => addresses = html::read(&text, &mut letters),
            FileSyntax::Json => json::read(&text, &mut letters),
            FileSyntax::Plain => letters.add(&text, 0),
        }
        // Attributes are read after the text that contains them.
        let mut found: Vec<_> = self.words.find(&letters).collect();
        if found.is_empty() {
            return text.into_bytes();
        }
        found.sort_unstable_by_key(|range| range.start);
        let in_place = |range: &Range<usize>| {
            let at = addresses.partition_point(|address: &Range<usize>| address.end <= range.start);
            let is_address = addresses.get(at).is_some_and(|address| address.start <= range.start);
            let words = if is_address || is_of_address(&text, range) { IN_ADDRESS } else { &self.instead };
            match spelling {
                FileSyntax::Markup => {
                    let mut html = String::new();
                    escape::attribute(&mut html, words);
                    html.extend(html::tags(&text[range.clone()]));
                    html
                }
                FileSyntax::Json => json::escaped(words),
                FileSyntax::Plain => words.to_owned(),
            }
        };
        replaced(&text, found.into_iter(), in_place).into_bytes()
    }
}

/// How a file encodes the text that readers see.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FileSyntax {
    /// HTML, XML and SVG.
    Markup,
    /// JSON.
    Json,
    /// Without any encoding: tables, style sheets, lists for servers.
    Plain,
}

impl FileSyntax {
    fn from_path(path: &str) -> Self {
        match path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
            Some("html" | "htm" | "xml" | "svg") => Self::Markup,
            Some("json") => Self::Json,
            _ => Self::Plain,
        }
    }
}

/// Whether words are part of an address or an id: joined to others by the characters used there.
fn is_of_address(text: &str, range: &Range<usize>) -> bool {
    let joins = |c: char| matches!(c, '-' | '/' | '#' | '_');
    let before = text[..range.start].ends_with(joins);
    let after = text[range.end..].starts_with(joins);
    // In prose a dash may follow words too, but then a space follows the dash.
    let is_bare = !text[range.clone()].contains(|c: char| !(c.is_ascii_alphanumeric() || joins(c)));
    (before || after) && is_bare
}

/// A text with the words at some ranges replaced.
fn replaced(text: &str, found: impl Iterator<Item = Range<usize>>, with: impl Fn(&Range<usize>) -> String) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut from = 0;
    for range in found {
        replaced.push_str(&text[from..range.start]);
        replaced.push_str(&with(&range));
        from = range.end;
    }
    replaced.push_str(&text[from..]);
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Location};

    fn sweep(path: &str, text: &str) -> String {
        let location = Location::whole(&RelPath::new("a.md"));
        let flagged = ["943 476 5919", "jo@b.example", "Child J.S.", "O'Neil 01234 567890"];
        let flagged = flagged.map(|words| Diagnostic::new(Code::PersonalData, location.clone(), "m").flagging(words));
        String::from_utf8(Redactor::from_diagnostics(&flagged, "[withheld]").sweep(path, text.as_bytes().to_vec()))
            .unwrap()
    }

    #[test]
    fn every_spelling_in_a_page_is_redacted() {
        for (page, swept) in [
            ("<p>a 943\n  476 5919 b</p>", "<p>a [withheld] b</p>"),
            ("<p>943 <b>476</b> 5919</p>", "<p>[withheld]<b></b></p>"),
            ("943&nbsp;476&#x2009;5919", "[withheld]"),
            ("9&#52;3 476 59<wbr>19!", "[withheld]<wbr>!"),
            (
                "<a href=\"mailto:jo%40b.example?x\" title=\"Jo@b.example\">jo&#64;b.example</a>",
                "<a href=\"mailto:withheld?x\" title=\"[withheld]\">[withheld]</a>",
            ),
            (
                "<a id=\"call-oneil-01234-567890-now\">O&#39;Neil 01234 567890</a>",
                "<a id=\"call-withheld-now\">[withheld]</a>",
            ),
            ("<img alt='Child J.S.' src=x-943-476-5919.png>", "<img alt='[withheld].' src=x-withheld.png>"),
            ("<p>943<sup><a href=\"#f\">1</a></sup> 476 5919</p>", "<p>[withheld]<sup><a href=\"#f\"></a></sup></p>"),
            (
                "<!-- 943 476 5919 --><script>\"943 476 5919\"</script>",
                "<!-- [withheld] --><script>\"[withheld]\"</script>",
            ),
            ("<loc>https://a.example/case-9434765919/</loc>", "<loc>https://a.example/case-withheld/</loc>"),
            ("<p>Childs J.S. and 9434765918</p>", "<p>Childs J.S. and 9434765918</p>"),
        ] {
            assert_eq!(sweep("a.html", page), swept);
        }
    }

    #[test]
    fn other_files_are_read_in_their_own_syntax() {
        assert_eq!(
            sweep("a.json", r#"{"a": "x 943\n476\t5919", "b": "jo\u0040b.example", "id": "police/943-476-5919"}"#),
            r#"{"a": "x [withheld]", "b": "[withheld]", "id": "police/withheld"}"#
        );
        assert_eq!(sweep("a.json", r#"["943", "476 5919", 9434765919]"#), r#"["943", "476 5919", 9434765919]"#);
        assert_eq!(sweep("a.csv", "a,\"943\n476 5919\"\n"), "a,\"[withheld]\"\n");
        assert_eq!(sweep("a.csv", "a,b\n"), "a,b\n");
    }

    #[test]
    fn paths_are_redacted_like_links() {
        let location = Location::whole(&RelPath::new("a.md"));
        let flagged = Diagnostic::new(Code::PersonalData, location, "m").flagging("9434765919");
        let withheld = Redactor::from_diagnostics(&[flagged], "[withheld]");
        let path = withheld.sweep_path(&RelPath::new("2019-20/case-9434765919/index.html"));
        assert_eq!(path.as_str(), "2019-20/case-withheld/index.html");
        assert!(withheld.is_in("a/943-476-5919/") && !withheld.is_in("a/943/"));
    }
}

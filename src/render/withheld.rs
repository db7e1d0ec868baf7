//! What must not be published, taken out of a site that is built in spite of it.

use super::escape;
use crate::diagnostic::{Code, Diagnostic, Texts};
use crate::source::SourceTree;
use crate::source::slug::slug;

/// What stands in place of it.
pub const WITHHELD: &str = "[withheld]";
/// The fewest bytes that are looked for: shorter words stand in other words too.
const SHORTEST: usize = 4;

/// The words that must not be published, in every form in which a file could hold them.
#[derive(Clone, Debug, Default)]
pub struct Withheld {
    words: Vec<(Vec<u8>, &'static str)>,
}

impl Withheld {
    /// The flagged words of diagnostics that nobody waived.
    #[must_use]
    pub fn of(tree: &SourceTree, diagnostics: &[Diagnostic]) -> Self {
        let mut withheld = Self::default();
        let flagged = diagnostics.iter().filter(|one| one.code == Code::PersonalData && one.waived.is_none());
        for diagnostic in flagged {
            let text = tree.text(&diagnostic.place.file).unwrap_or_default();
            let words = diagnostic.place.span.of(text).trim();
            let mut in_attribute = String::new();
            escape::attribute(&mut in_attribute, words);
            withheld.add(words, WITHHELD);
            // The template engine escapes the apostrophe as well.
            withheld.add(&in_attribute.replace('\'', "&#39;"), WITHHELD);
            withheld.add(&in_attribute, WITHHELD);
            // Addresses and fragments are made of texts too.
            withheld.add(&slug(words), "withheld");
        }
        // The longest first, so that no form leaves the rest of a longer one behind.
        withheld.words.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        withheld.words.dedup();
        withheld
    }

    fn add(&mut self, words: &str, instead: &'static str) {
        if words.len() >= SHORTEST {
            self.words.push((words.as_bytes().to_vec(), instead));
        }
    }

    /// What is looked for, to tell one site's words from another's.
    pub fn words(&self) -> impl Iterator<Item = &[u8]> {
        self.words.iter().map(|(words, _)| words.as_slice())
    }

    /// Whether a text holds any of those words.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.words.iter().any(|(words, _)| memchr::memmem::find(text.as_bytes(), words).is_some())
    }

    /// A file's bytes without those words.
    #[must_use]
    pub fn sweep(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        for (words, instead) in &self.words {
            bytes = replace(bytes, words, instead.as_bytes());
        }
        bytes
    }
}

/// Replaces every occurrence of some bytes.
fn replace(bytes: Vec<u8>, wanted: &[u8], instead: &[u8]) -> Vec<u8> {
    let mut found = memchr::memmem::find(&bytes, wanted);
    if found.is_none() {
        return bytes;
    }
    let mut replaced = Vec::with_capacity(bytes.len());
    let mut from = 0;
    while let Some(at) = found {
        replaced.extend_from_slice(&bytes[from..from + at]);
        replaced.extend_from_slice(instead);
        from += at + wanted.len();
        found = memchr::memmem::find(&bytes[from..], wanted);
    }
    replaced.extend_from_slice(&bytes[from..]);
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, RelPath, Span};

    #[test]
    fn every_form_is_taken_out() {
        let text = "call O'Neil 01234 567890 now";
        let tree = SourceTree::of_texts([("a.md", text)]);
        let place = Place::new(&RelPath::new("a.md"), Span::new(5, 24));
        let mut flagged = Diagnostic::new(Code::PersonalData, place, "a number");
        let sweep = |diagnostic: &Diagnostic, page: &str| {
            let swept = Withheld::of(&tree, std::slice::from_ref(diagnostic)).sweep(page.as_bytes().to_vec());
            String::from_utf8(swept).unwrap()
        };
        let page = "<a id=\"call-oneil-01234-567890-now\">O&#39;Neil 01234 567890</a> O'Neil 01234 567890";
        assert_eq!(sweep(&flagged, page), "<a id=\"call-withheld-now\">[withheld]</a> [withheld]");
        flagged.waived = Some("agreed".into());
        assert_eq!(sweep(&flagged, page), page);
    }
}

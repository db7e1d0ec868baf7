//! What kind of file a document is, in words: `PDF, 1.2 MB, 34 pages`.

use crate::locale::Locale;
use crate::source::published_document::DocumentFacts;

/// Bytes in a kilobyte and a megabyte, as operating systems and shops count them.
const KILOBYTE: u64 = 1000;
const MEGABYTE: u64 = 1000 * KILOBYTE;

/// The format, the size and, if it is known, the number of pages of a document.
#[must_use]
pub(crate) fn in_words(facts: &DocumentFacts, words: &Locale) -> String {
    let size = if facts.length < MEGABYTE {
        let kilobytes = facts.length.div_ceil(KILOBYTE);
        words.say("size_kilobytes", &[("size", &kilobytes.to_string())])
    } else {
        let tenths = facts.length.div_ceil(MEGABYTE / 10);
        let size =
            if tenths < 100 { format!("{}.{}", tenths / 10, tenths % 10) } else { tenths.div_ceil(10).to_string() };
        words.say("size_megabytes", &[("size", size.trim_end_matches(".0"))])
    };
    let pages = facts.pages.map(|pages| words.count("document_pages", pages as usize));
    [facts.format.name().to_owned(), size].into_iter().chain(pages).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::theme::carried_locale;
    use crate::source::published_document::DocumentFormat;

    #[test]
    fn sizes_have_few_digits() {
        let words = carried_locale("en-GB");
        let check =
            |length, pages| in_words(&DocumentFacts { format: DocumentFormat::Pdf, length, pages, mark: None }, &words);
        assert_eq!(check(1, Some(1)), "PDF, 1 KB, 1 page");
        assert_eq!(check(340_100, None), "PDF, 341 KB");
        assert_eq!(check(1_150_001, Some(34)), "PDF, 1.2 MB, 34 pages");
        assert_eq!(check(3_000_000, None), "PDF, 3 MB");
        assert_eq!(check(12_000_001, None), "PDF, 13 MB");
    }
}

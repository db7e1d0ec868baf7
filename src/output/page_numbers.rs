//! The page numbers of a printed report's contents.
//!
//! A style sheet cannot know on which page a place will be, so the report is printed twice: the first time shows where
//! each place is, and the second time the contents say so. Both have the same pages, since the numbers take no line of
//! their own.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The page on which each place of a PDF is that a link leads to, by the fragment of the link. Empty if the PDF is not
/// written in the way that browsers do.
pub(super) fn pages_of_places(pdf: &[u8]) -> BTreeMap<String, usize> {
    let pages: BTreeMap<&str, usize> = page_objects(pdf).into_iter().zip(1..).collect();
    let mut places = BTreeMap::new();
    for entry in destinations(pdf).unwrap_or_default().split('/').skip(1) {
        // `boards-risk [170 0 R `; the rest of the entry is after the next slash.
        let Some((name, to)) = entry.split_once(" [") else { continue };
        if let Some(page) = to.split(' ').next().and_then(|object| pages.get(object)) {
            places.insert(name.to_owned(), *page);
        }
    }
    places
}

/// The numbers of the objects that are pages, in order.
fn page_objects(pdf: &[u8]) -> Vec<&str> {
    const PAGE: &[u8] = b" 0 obj\n<</Type /Page\n";
    let number = |at: usize| {
        let start = memchr::memrchr(b'\n', &pdf[..at])? + 1;
        std::str::from_utf8(&pdf[start..at]).ok()
    };
    memchr::memmem::find_iter(pdf, PAGE).filter_map(number).collect()
}

/// The object with the named places.
fn destinations(pdf: &[u8]) -> Option<&str> {
    let after = |text: &[u8], wanted: &[u8]| Some(memchr::memmem::find(text, wanted)? + wanted.len());
    let named = &pdf[after(pdf, b"/Dests ")?..];
    let number = std::str::from_utf8(&named[..memchr::memchr(b' ', named)?]).ok()?;
    let object = &pdf[after(pdf, format!("\n{number} 0 obj\n").as_bytes())?..];
    std::str::from_utf8(&object[..memchr::memmem::find(object, b"endobj")?]).ok()
}

/// A page whose contents, the element of the class `toc`, say on which page each entry is.
pub(super) fn number_contents(html: &str, places: &BTreeMap<String, usize>) -> Option<String> {
    const LINK: &str = "<a href=\"#";
    let start = html.find("class=\"toc\"")?;
    let end = start + html[start..].find("</nav>")?;
    let mut numbered = html[..start].to_owned();
    let mut rest = &html[start..end];
    while let Some(at) = rest.find(LINK) {
        let from = at + LINK.len();
        let length = rest[from..].find('"')?;
        let (before, after) = rest.split_at(from + length + 1);
        numbered.push_str(before);
        if let Some(page) = places.get(&rest[from..from + length]) {
            let _ = write!(numbered, " data-page=\"{page}\"");
        }
        rest = after;
    }
    numbered.push_str(rest);
    numbered.push_str(&html[end..]);
    Some(numbered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_say_where_their_entries_are() {
        let pdf = b"%PDF-1.4\n2 0 obj\n<</Type /Page\n/X 1>>\nendobj\n18 0 obj\n<</Type /Page\n>>\nendobj\n\
            20 0 obj\n<</Type /Pages\n/Kids [2 0 R 18 0 R]>>\nendobj\n\
            21 0 obj\n<</main [2 0 R /XYZ 0 736.1 0]\n/boards-risk [18 0 R /XYZ 0 5 0]>>\nendobj\n\
            22 0 obj\n<</Type /Catalog\n/Dests 21 0 R>>\n";
        let places = pages_of_places(pdf);
        assert_eq!(places, BTreeMap::from([("main".to_owned(), 1), ("boards-risk".to_owned(), 2)]));
        let html = "<a href=\"#main\">Skip</a><nav class=\"toc\"><a href=\"#boards-risk\">Risk</a> <a href=\"#x\">X</a></nav>\
                    <a href=\"#main\">Top</a>";
        let expected = html.replace("risk\">", "risk\" data-page=\"2\">");
        assert_eq!(number_contents(html, &places), Some(expected));
        assert_eq!(pages_of_places(b"%PDF-1.7\nsomething else"), BTreeMap::new());
        assert_eq!(number_contents("no contents", &places), None);
    }
}

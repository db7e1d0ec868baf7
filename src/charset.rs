//! Text that is not in UTF-8.

use std::borrow::Cow;

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, WINDOWS_1252};

/// Decodes text. A byte-order mark decides, then whether it is valid UTF-8; anything else is taken as Windows-1252, of
/// which ISO 8859-1 is a part.
#[must_use]
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Decodes text in a charset by the name that emails and web pages give it. Programs name UTF-8, ASCII and Western European
/// charsets without care, so for these [`decode`] decides. `None` if it cannot be read in that charset.
#[must_use]
pub(crate) fn decode_as<'b>(bytes: &'b [u8], charset: &str) -> Option<Cow<'b, str>> {
    // A header may say which language the text is in: `iso-8859-14*cy`.
    let name = charset.split('*').next().unwrap_or_default().trim();
    match Encoding::for_label(name.as_bytes()) {
        Some(encoding) if encoding == UTF_8 || encoding == WINDOWS_1252 => Some(decode(bytes)),
        Some(encoding) if encoding == REPLACEMENT => None,
        Some(encoding) => Some(encoding.decode(bytes).0),
        // These write letters as signs of ASCII.
        None if ["utf-7", "utf7", "iso-2022"].iter().any(|name| has(charset, name)) => None,
        None => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

/// Decodes a web page. If it is not in UTF-8, it is read in the charset that it names at its beginning.
///
/// # Errors
///
/// The charset that it names, if it cannot be read in it.
pub(crate) fn decode_page(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let is_marked = Encoding::for_bom(bytes).is_some();
    // Some charsets write every letter as signs of ASCII, after an escape.
    if is_marked || std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0x1b) {
        return Ok(decode(bytes));
    }
    match charset_of_page(bytes) {
        // What says of itself in ASCII that it is in UTF-16 is not.
        Some(charset) if !has(&charset, "utf-16") => decode_as(bytes, &charset).ok_or(charset),
        _ => Ok(decode(bytes)),
    }
}

/// The charset in the first `<meta charset=…>` or `content="text/html; charset=…"` of a page, or in its XML declaration.
fn charset_of_page(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PAGE_HEAD)]).to_ascii_lowercase();
    let named = |tag: &str, key: &str| {
        head.match_indices(tag).find_map(|(at, _)| {
            let tag = &head[at..at + head[at..].find('>')?];
            let value = tag.split_once(key)?.1.trim_start().strip_prefix('=')?;
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '?');
            let value = value.split(ends).next().unwrap_or_default();
            (!value.is_empty() && value.len() < LONGEST_NAME).then(|| value.to_owned())
        })
    };
    named("<meta", "charset").or_else(|| named("<?xml", "encoding"))
}

/// The bytes at the beginning of a page in which its charset must be named, as browsers have it.
const PAGE_HEAD: usize = 1024;
/// The longest name of a charset, in bytes.
const LONGEST_NAME: usize = 40;

fn has(charset: &str, name: &str) -> bool {
    charset.to_ascii_lowercase().contains(name)
}

/// The character of a byte in Windows-1252.
#[must_use]
pub(crate) fn windows_1252(byte: u8) -> char {
    let text = WINDOWS_1252.decode_without_bom_handling_and_without_replacement(std::slice::from_ref(&byte));
    text.and_then(|text| text.chars().next()).unwrap_or_else(|| char::from(byte))
}

/// Whether bytes may be text in Windows-1252: none that texts do not have, and most of them ASCII.
#[must_use]
pub(crate) fn may_be_windows_1252(bytes: &[u8]) -> bool {
    let is_text = |byte: &u8| match byte {
        0..=0x1f | 0x7f => matches!(byte, b'\t' | b'\n' | b'\r'),
        _ => !matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d),
    };
    let foreign = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    foreign * 2 <= bytes.len() && bytes.iter().all(is_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_saves_is_read() {
        assert_eq!(decode(b"\x80 \xa35 \x93x\x94 \x96 \xe9"), "€ £5 “x” – é");
        assert_eq!(decode(b"\xff\xfea\0\xa3\0"), "a£");
        assert_eq!(decode("é".as_bytes()), "é");
        assert_eq!(windows_1252(0x80), '€');
        assert_eq!(windows_1252(0x81), '\u{81}');
        assert!(may_be_windows_1252(b"a,\xa35\r\n"));
        assert!(!may_be_windows_1252(b"a\0\xff") && !may_be_windows_1252(b"ab\x81") && !may_be_windows_1252(b"\xff"));
    }

    #[test]
    fn the_named_charset_decides() {
        let read = |bytes: &[u8], charset: &str| decode_as(bytes, charset).map(Cow::into_owned);
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(read(b"\xd0 \xf0 \xde \xfe \xf4", "ISO-8859-14"), is("Ŵ ŵ Ŷ ŷ ô"));
        assert_eq!(read(b"\xf0", "iso-8859-14*cy"), is("ŵ"));
        assert_eq!(read(b"\xc1\xe5\xeb", "windows-1251"), is("Бел"));
        assert_eq!(read(b"\xb9\xea", "windows-1250"), is("ąę"));
        assert_eq!(read(b"\xa4", "iso-8859-15"), is("€"));
        assert_eq!(read(b"\xa35", "us-ascii"), is("£5"));
        assert_eq!(read("ŵ".as_bytes(), "latin1"), is("ŵ"));
        assert_eq!(read(b"a\xe9", "cp850"), None);
        assert_eq!(read(b"a", "x-unknown"), is("a"));
        assert_eq!(read(b"+AOk-", "utf-7"), None);
        assert_eq!(read(b"a", "iso-2022-kr"), None);
    }

    #[test]
    fn a_page_names_its_charset() {
        let read = |head: &str, byte: u8| decode_page(&[head.as_bytes(), &[byte]].concat()).map(Cow::into_owned);
        for head in [
            "<META charset=iso-8859-14>",
            "<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-14'>",
            "<?xml version=\"1.0\" encoding=\"ISO-8859-14\"?>",
            "<meta name=x><meta charset = \"ISO-8859-14\" />",
        ] {
            assert_eq!(read(head, 0xf0), Ok(format!("{head}ŵ")));
        }
        assert_eq!(read("<p>charset=iso-8859-14", 0xa3), Ok("<p>charset=iso-8859-14£".to_owned()));
        assert_eq!(read("<meta charset=cp850>", 0xa3), Err("cp850".to_owned()));
        assert_eq!(read("<meta charset=utf-16>", 0xa3), Ok("<meta charset=utf-16>£".to_owned()));
        assert_eq!(decode_page("<meta charset=iso-8859-14>ŵ".as_bytes()).unwrap(), "<meta charset=iso-8859-14>ŵ");
    }
}

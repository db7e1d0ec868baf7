//! Text that is not in UTF-8.

use std::borrow::Cow;

/// The characters of Windows-1252 from 0x80 to 0x9f, where it differs from ISO 8859-1.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Decodes text. A byte-order mark decides, then whether it is valid UTF-8; anything else is taken as Windows-1252, of
/// which ISO 8859-1 is a part.
#[must_use]
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf_16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf_16(rest, u16::from_be_bytes)),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => Cow::Owned(bytes.iter().copied().map(windows_1252).collect()),
            }
        }
    }
}

/// The character of a byte in Windows-1252.
#[must_use]
pub(crate) fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
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
        assert!(may_be_windows_1252(b"a,\xa35\r\n"));
        assert!(!may_be_windows_1252(b"a\0\xff") && !may_be_windows_1252(b"ab\x81") && !may_be_windows_1252(b"\xff"));
    }
}

//! Characters that word processors use in place of plain ones.

use std::borrow::Cow;

/// Text with plain characters: spaces for non-breaking ones, no soft hyphens, no marks without width, bullets and ticks
/// for the letters of symbol fonts, and no control characters except tabs. Line ends become spaces.
pub(super) fn plain_characters(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| matches!(c, ' '..='~' | '\t' | '‘' | '’' | '“' | '”' | '–' | '—' | '£')) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(plain).collect())
}

fn plain(c: char) -> Option<char> {
    match c {
        // Soft hyphens; marks without width, and those of direction; the byte-order mark; annotation marks.
        '\u{ad}'
        | '\u{200b}'
        | '\u{200c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffc}' => None,
        '\n'
        | '\r'
        | '\u{b}'
        | '\u{c}'
        | '\u{85}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{a0}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => Some(' '),
        '\u{2011}' => Some('-'),
        '\t' => Some('\t'),
        '\u{f000}'..='\u{f0ff}' => symbol(u32::from(c) - 0xf000),
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// A character of the fonts Symbol and Wingdings, which are used for bullets and ticks; `None` if it is another one.
pub(super) fn symbol(code: u32) -> Option<char> {
    match code & 0xff {
        0xb7 | 0x6c | 0x9f | 0xa8 => Some('•'),
        0xa7 | 0x6e => Some('▪'),
        0x71 | 0x6f => Some('☐'),
        0xd8 | 0xe0 | 0xf0 => Some('➢'),
        0x76 => Some('❖'),
        0xfc | 0x50 => Some('✓'),
        0xfb | 0x4f => Some('✗'),
        0xfe => Some('☑'),
        0xfd => Some('☒'),
        code @ 0x20..=0x7e => char::from_u32(code),
        _ => None,
    }
}

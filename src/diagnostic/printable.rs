//! Text that is safe to print on a terminal and fits it.

use unicode_width::UnicodeWidthStr;

/// Put between the real position and the one the renderer counts within the excerpt, which is removed afterwards.
pub(super) const POSITION_MARKER: char = '\u{e000}';

/// Replaces characters that a terminal would act on: control characters and changes of text direction.
/// Line endings become spaces unless `keeps_lines`.
#[must_use]
pub(crate) fn sanitize(text: &str, keeps_lines: bool) -> String {
    let tamed = text.chars().map(|c| match c {
        '\n' if keeps_lines => c,
        '\t' | '\n' | '\r' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or(' '),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | POSITION_MARKER => '\u{fffd}',
        _ => c,
    });
    tamed.collect()
}

/// The same for source lines, keeping the length in bytes. The renderer makes the other control characters visible.
pub(super) fn sanitize_source(text: &str) -> String {
    let tamed = text.chars().map(|c| match c {
        '\u{80}'..='\u{9f}' => '·',
        '\u{200e}' | '\u{200f}' | POSITION_MARKER => '\u{fffd}',
        _ => c,
    });
    tamed.collect()
}

/// Wraps a text between words at `width` columns; a longer word gets a line of its own.
pub(super) fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len());
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            wrapped.push('\n');
        }
        let mut column = 0;
        for word in line.split_inclusive(' ') {
            if column > 0 && column + word.trim_end().width() > width {
                wrapped.truncate(wrapped.trim_end_matches(' ').len());
                wrapped.push('\n');
                column = 0;
            }
            wrapped.push_str(word);
            column += word.width();
        }
    }
    wrapped
}

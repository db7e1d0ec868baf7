//! The visible text of JSON: its strings with escapes resolved.

use crate::diagnostic::visible_text::VisibleLetters;

/// Adds the letters of some JSON, each string separately.
pub(crate) fn read(json: &str, letters: &mut VisibleLetters) {
    let mut chars = json.char_indices();
    let mut in_string = false;
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {
                in_string = !in_string;
                letters.part();
            }
            '\\' if in_string => {
                let Some((_, escape)) = chars.next() else { break };
                let (end, c) = match escape {
                    'u' => {
                        let (length, c) = code_unit(&json[at + 2..]);
                        for _ in 0..length {
                            chars.next();
                        }
                        (at + 2 + length, c)
                    }
                    'n' | 'r' | 't' | 'b' | 'f' => (at + 2, ' '),
                    other => (at + 1 + other.len_utf8(), other),
                };
                letters.push(c, at..end);
            }
            c if in_string => letters.push(c, at..at + c.len_utf8()),
            // Numbers are amounts and counts, not personal data.
            _ => {}
        }
    }
}

/// The character encoded by the hexadecimal digits after `\u`, including the second half of a surrogate pair, and the
/// number of bytes they take.
fn code_unit(rest: &str) -> (usize, char) {
    let unit = |at: usize| rest.get(at..at + 4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let Some(first) = unit(0) else { return (0, char::REPLACEMENT_CHARACTER) };
    let second = rest.get(4..6).filter(|escape| *escape == "\\u").and_then(|_| unit(6));
    match char::decode_utf16([Some(first), second].into_iter().flatten()).next() {
        Some(Ok(c)) if c.len_utf16() == 2 => (10, c),
        Some(Ok(c)) => (4, c),
        _ => (4, char::REPLACEMENT_CHARACTER),
    }
}

/// Words as they are written inside a JSON string.
pub(crate) fn escaped(words: &str) -> String {
    let quoted = serde_json::to_string(words).unwrap_or_default();
    quoted.trim_matches('"').to_owned()
}

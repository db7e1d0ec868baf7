//! A text on one line.

/// A text on one line, with single spaces.
#[must_use]
pub(crate) fn one_line(text: &str) -> String {
    if is_one_line(text) { text.to_owned() } else { joined(text) }
}

/// The same for a text that nobody else needs.
#[must_use]
pub(crate) fn into_one_line(text: String) -> String {
    if is_one_line(&text) { text } else { joined(&text) }
}

/// The words of a text, with a space between them.
fn joined(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether a text is certainly on one line with single spaces. Most are, and this is quicker than to put their words together
/// again. A text with letters beyond ASCII is not looked at, since some of them are spaces.
fn is_one_line(text: &str) -> bool {
    let mut before = b' ';
    text.bytes().all(|byte| {
        let is_double_space = byte == b' ' && before == b' ';
        before = byte;
        !is_double_space && byte.is_ascii() && !matches!(byte, b'\t'..=b'\r')
    }) && before != b' '
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn white_space_becomes_single_spaces() {
        for text in ["a b", "", " a b", "a b ", "a  b", "a\nb", "\ta\u{b}b", "é\u{a0} b", "a\u{2003}b"] {
            assert_eq!(one_line(text), text.split_whitespace().collect::<Vec<_>>().join(" "), "{text:?}");
        }
    }
}

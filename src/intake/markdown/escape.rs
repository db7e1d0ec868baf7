//! Escapes text, so that Markdown reads it as it is.

use std::borrow::Cow;

/// Text with a `\` in front of every character that could be markup inside a line.
#[must_use]
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '*', '_', '`', '[', ']', '<', '&', '~', '|']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        let is_markup = match c {
            '\\' | '*' | '`' | '[' | ']' | '<' | '~' | '|' => true,
            // Inside a word it marks nothing.
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            // An entity such as `&amp;`.
            '&' => after.is_ascii_alphanumeric() || after == '#',
            _ => false,
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    Cow::Owned(escaped)
}

/// A line with a `\` in front of what would make it a heading, list item, quotation, rule or note.
#[must_use]
pub(super) fn escape_line_start(line: &str) -> Cow<'_, str> {
    let is_before_space = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let Some(first) = line.chars().next() else { return Cow::Borrowed(line) };
    let is_row_of = |c: char| line.chars().all(|other| other == c || other == ' ' || other == '\t');
    let is_marker = match first {
        '#' => is_before_space(line.trim_start_matches('#')),
        '-' | '+' => is_before_space(&line[1..]) || is_row_of(first),
        '=' => is_row_of('='),
        '>' => true,
        '%' => line.starts_with("%%"),
        ':' => line.chars().all(|c| matches!(c, ':' | '-' | ' ' | '|')),
        _ => false,
    };
    if is_marker {
        return Cow::Owned(format!("\\{line}"));
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=9).contains(&digits) && line[digits..].starts_with(['.', ')']) && is_before_space(&line[digits + 1..]) {
        return Cow::Owned(format!("{}\\{}", &line[..digits], &line[digits..]));
    }
    Cow::Borrowed(line)
}

/// The address of a link or picture as Markdown takes it between `(` and `)`.
#[must_use]
pub(super) fn escape_address(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    // Only with a `;` after it can a `&` begin an entity.
    let has_entity = address.contains(';');
    for c in address.trim().chars() {
        match c {
            ' ' => escaped.push_str("%20"),
            '(' => escaped.push_str("%28"),
            ')' => escaped.push_str("%29"),
            '<' => escaped.push_str("%3C"),
            '>' => escaped.push_str("%3E"),
            '\\' => escaped.push_str("%5C"),
            '&' if has_entity => escaped.push_str("&amp;"),
            c if c.is_control() || c.is_whitespace() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        assert_eq!(
            escape("2 * 3 < 4 [1] a_b _c_ AT&T &amp; `x` |"),
            r"2 \* 3 \< 4 \[1\] a_b \_c\_ AT\&T \&amp; \`x\` \|"
        );
        assert_eq!(escape("Plain text, £5."), "Plain text, £5.");
    }

    #[test]
    fn lines_that_would_be_more_than_text_are_escaped() {
        for (line, escaped) in [
            ("# x", r"\# x"),
            ("#x", "#x"),
            ("- x", r"\- x"),
            ("---", r"\---"),
            ("-5", "-5"),
            ("+ x", r"\+ x"),
            ("> x", r"\> x"),
            ("===", r"\==="),
            ("%% x", r"\%% x"),
            ("12. x", r"12\. x"),
            ("1)", r"1\)"),
            ("1.5", "1.5"),
            ("2019", "2019"),
        ] {
            assert_eq!(escape_line_start(line), escaped, "{line}");
        }
    }
}

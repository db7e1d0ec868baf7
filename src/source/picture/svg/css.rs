//! Finds parts of styles that could load something, run, or be read differently from how they look.

use super::lists;

/// A forbidden part of a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StyleError<'t> {
    /// Its first byte in the style.
    pub at: usize,
    /// Its text.
    pub what: &'t str,
}

/// Finds the first forbidden part of a style: an escape, a rule or function that is not listed, a property that can run
/// something, an address other than `url(#part)`, or an unclosed string.
///
/// Escapes are rejected rather than decoded, so every name in the style is what it looks like.
#[must_use]
pub(crate) fn find_forbidden(style: &str) -> Option<StyleError<'_>> {
    let mut at = 0;
    while let Some(c) = style[at..].chars().next() {
        let rest = &style[at..];
        let begins = at;
        let found = |length: usize| Some(StyleError { at: begins, what: &rest[..length] });
        match c {
            '\\' => return found(1),
            '/' if rest.starts_with("/*") => {
                let Some(end) = rest[2..].find("*/") else { return forbidden_in_comment(style, at, rest) };
                if let Some(error) = forbidden_in_comment(style, at, &rest[..end + 4]) {
                    return Some(error);
                }
                at += end + 4;
            }
            '"' | '\'' => match string_end(rest, c) {
                Some(end) if !rest[..end].contains('\\') => at += end,
                _ => return found(1),
            },
            '@' => {
                let name = word(&rest[1..]);
                if !lists::is_rule(&name.to_ascii_lowercase()) {
                    return found(1 + name.len());
                }
                at += 1 + name.len();
            }
            _ if begins_word(c) => {
                let name = word(rest);
                let lower = name.to_ascii_lowercase();
                let after = &rest[name.len()..];
                at += name.len();
                if let Some(inside) = after.strip_prefix('(') {
                    if lower == "url" {
                        match own_part(inside) {
                            Some(length) => at += 1 + length,
                            None => return Some(StyleError { at: begins, what: "url(" }),
                        }
                    } else if !lists::is_function(&lower) {
                        return found(name.len() + 1);
                    }
                } else if is_active(&lower, after) {
                    return found(name.len());
                }
            }
            _ => at += c.len_utf8(),
        }
    }
    None
}

/// Comments are harmless, but one with an escape is rejected.
fn forbidden_in_comment<'t>(style: &'t str, at: usize, comment: &str) -> Option<StyleError<'t>> {
    let escape = at + comment.find('\\')?;
    Some(StyleError { at: escape, what: &style[escape..=escape] })
}

fn begins_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}

/// The name, number or word at the start of a text, which may be empty.
fn word(text: &str) -> &str {
    &text[..text.find(|c| !begins_word(c)).unwrap_or(text.len())]
}

/// Whether a word is a property or a scheme that can run something.
fn is_active(lower: &str, after: &str) -> bool {
    let is_followed_by_colon = || after.trim_start().starts_with(':');
    match lower {
        "-moz-binding" => true,
        "behavior" | "-ms-behavior" | "javascript" | "vbscript" | "data" => is_followed_by_colon(),
        _ => false,
    }
}

/// The end of the string at the start of a text, including its quotation marks.
fn string_end(text: &str, quote: char) -> Option<usize> {
    let end = text[1..].find([quote, '\n', '\r', '\u{c}'])? + 1;
    text[end..].starts_with(quote).then_some(end + 1)
}

/// The length of the rest of a `url(` that points to a part of the picture itself, including its closing bracket.
fn own_part(text: &str) -> Option<usize> {
    let address = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let before = text.len() - address.len();
    if let Some(quote) = address.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let end = string_end(address, quote)?;
        let close = address[end..].find(|c: char| !c.is_ascii_whitespace())? + end;
        let inner = &address[1..end - 1];
        return (inner.starts_with('#') && !inner.contains('\\') && address[close..].starts_with(')'))
            .then_some(before + close + 1);
    }
    let end = address.find(')')?;
    let inner = &address[..end];
    (inner.starts_with('#') && !inner.contains(['"', '\'', '(', '\\'])).then_some(before + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_draw_pass() {
        for style in [
            "",
            "fill:#fff;stroke:url(#a)",
            "fill: url( \"#a b\" ) rgb(1, 2, 3)",
            ".st0{fill:#FFF;font-family:'Open Sans',\"DejaVu (x) Sans\"}",
            "@media (prefers-color-scheme: dark) { text { fill: var(--ink) } }",
            "/* url(https://a.example) is words here */ a:hover{}",
            "-inkscape-font-specification:'sans-serif, Normal'; scroll-behavior: smooth",
            "@font-face { font-family: x; src: local(Arial) format(\"woff\") }",
            "translate(10 20) rotate(-3)",
            "é — ok",
            "<!-- a{} -->",
        ] {
            assert_eq!(find_forbidden(style), None, "{style}");
        }
    }

    #[test]
    fn styles_that_load_run_or_hide_do_not() {
        for (style, what) in [
            ("@import 'x.css'", "@import"),
            ("a{}@IMPORT url(#x)", "@IMPORT"),
            ("@namespace x", "@namespace"),
            ("fill:url(https://a.example/x)", "url("),
            ("fill:URL( 'x.svg#a')", "url("),
            ("fill:url(\"#a\" x)", "url("),
            ("fill:url(", "url("),
            ("fill:url()", "url("),
            ("fill:url(#a\"b)", "url("),
            ("src:url(data:font/woff2;base64,xx)", "url("),
            ("background:image-set('x.png' 1x)", "image-set("),
            ("width:expression(alert(1))", "expression("),
            ("-moz-binding:none", "-moz-binding"),
            ("behavior : x", "behavior"),
            ("a: javascript:x", "javascript"),
            ("fill:u\\72l(x)", "\\"),
            ("@\\69mport 'x'", "@"),
            ("content:'\\'", "'"),
            ("content:'a\nb'", "'"),
            ("/* \\ */", "\\"),
            ("content:\"/*\";fill:url(x) /* \"*/", "url("),
            ("a/**/url(x)", "url("),
            ("/* open \\", "\\"),
        ] {
            let found = find_forbidden(style).unwrap_or_else(|| panic!("{style}"));
            assert_eq!(found.what, what, "{style}");
            assert!(style[found.at..].len() >= found.what.len());
        }
    }
}

//! Removes from style sheets what browsers ignore: comments, indentation, line ends.

/// A style sheet without comments and unnecessary white space. Quoted strings are not changed.
#[must_use]
pub(super) fn squeeze(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    // Skipped white space. It only matters if it separates two words.
    let mut gap = false;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            gap = true;
            continue;
        }
        if c.is_ascii_whitespace() {
            rest = &rest[1..];
            gap = true;
            continue;
        }
        // A space before a colon separates selectors (`main :target`); one after it has no effect.
        let parts = |c: char| matches!(c, '{' | '}' | ';' | ',' | '>' | '!');
        if gap && !parts(c) && !out.ends_with(['{', '}', ';', ',', ':', '>', '!']) && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        let length = if matches!(c, '"' | '\'') { quoted(rest, c) } else { c.len_utf8() };
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// The length of the quoted string at the start, including the quotation marks.
fn quoted(css: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in css.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == mark => return at + c.len_utf8(),
            _ => {}
        }
    }
    css.len()
}

#[cfg(test)]
mod tests {
    use super::squeeze;

    #[test]
    fn only_meaningless_characters_are_removed() {
        for (css, squeezed) in [
            ("/* a */\n.a , .b {\n  color : red ;\n}\n", ".a,.b{color :red}"),
            (
                "main :target > p { margin: 0 auto; width: calc(1rem + 2px) !important }",
                "main :target>p{margin:0 auto;width:calc(1rem + 2px)!important}",
            ),
            ("a::before { content: \"  /* no */ ; \\\" } \"; }", "a::before{content:\"  /* no */ ; \\\" } \"}"),
            ("@media (min-width: 1rem) and (x: y) { a{} }", "@media (min-width:1rem) and (x:y){a{}}"),
            ("a { b: c /* open", "a{b:c"),
            ("a { content: 'open", "a{content:'open"),
            ("é/**/ü", "é ü"),
            ("", ""),
        ] {
            assert_eq!(squeeze(css), squeezed);
            assert_eq!(squeeze(squeezed), squeezed, "minifying twice changes nothing");
        }
    }
}

//! Checks what a theme's own style sheets and templates load: syntax errors that browsers skip in silence, files that are
//! not there, and what the pages' security policy blocks.

use std::collections::BTreeSet;

use super::files::{ThemeFiles, ThemeSource};
use super::markup_check;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, excerpt};
use crate::source::FileContent;

/// A token of a style sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StyleToken {
    Open(char),
    Close(char),
    Colon,
    Semicolon,
    /// The address in `url(…)`, or the text after `@import`.
    Address,
    /// A comment or quoted text without an end.
    Unclosed(&'static str),
}

/// Checks the style sheets and templates that belong to the site's own files in a chain of themes.
pub(super) fn check(chain: &[ThemeFiles]) -> Vec<Diagnostic> {
    let assets = || chain.iter().flat_map(ThemeFiles::keys).filter_map(|path| path.strip_prefix("assets/"));
    let known: BTreeSet<&str> = assets().collect();
    let own = chain.iter().flatten().filter(|(_, file)| file.is_own);
    let mut found = Vec::new();
    for (path, file) in own {
        let FileContent::Text(text) = &file.content else { continue };
        if let Some(asset) = path.strip_prefix("assets/").filter(|_| file.path.extension() == "css") {
            check_sheet(asset, file, text, &known, &mut found);
        } else if path.starts_with("templates/") {
            markup_check::check(file, text, &mut found);
        }
    }
    found
}

/// Checks the brackets and addresses of a style sheet. `path` is its path below `assets/`.
fn check_sheet(path: &str, file: &ThemeSource, text: &str, known: &BTreeSet<&str>, found: &mut Vec<Diagnostic>) {
    let at = |span| Location::new(&file.path, span);
    let mut open: Vec<(char, usize)> = Vec::new();
    // The start of the declaration that is being read, until its colon.
    let mut declaration = None;
    for (token, span) in tokens(text) {
        let is_end = matches!(token, StyleToken::Semicolon | StyleToken::Close('}'));
        if let Some(start) = declaration.take_if(|_| is_end)
            && open.last().is_some_and(|(bracket, _)| *bracket == '{')
            && let Some(words) = without_colon(text, start, span.start as usize)
        {
            let help = "write a property and its value, such as `color: red`: browsers ignore this";
            let message = "this declaration has no colon".to_owned();
            found.push(Diagnostic::new(Code::BadStyleSheet, at(words), message).help(help));
        }
        match token {
            StyleToken::Colon => declaration = None,
            StyleToken::Semicolon => declaration = Some(span.end as usize),
            StyleToken::Open(bracket) => {
                open.push((bracket, span.start as usize));
                if bracket == '{' {
                    declaration = Some(span.end as usize);
                }
            }
            StyleToken::Close(bracket) => {
                if bracket == '}' {
                    declaration = Some(span.end as usize);
                }
                if open.pop().is_none_or(|(opened, _)| closing(opened) != bracket) {
                    let message = format!("this `{bracket}` closes nothing");
                    let help = "remove it, or add what it closes: browsers ignore the rules around it";
                    return found.push(Diagnostic::new(Code::BadStyleSheet, at(span), message).help(help));
                }
            }
            StyleToken::Unclosed(what) => {
                let help = "close it: browsers ignore everything after it";
                return found
                    .push(Diagnostic::new(Code::BadStyleSheet, at(span), format!("{what} is not closed")).help(help));
            }
            StyleToken::Address => {
                let address = span.slice(text);
                found.extend(
                    check_address(path, address, known)
                        .map(|(code, message, help)| Diagnostic::new(code, at(span), message).help(help)),
                );
            }
        }
    }
    if let Some((bracket, start)) = open.first() {
        let message = format!("this `{bracket}` is not closed");
        let help = format!("add the missing `{}`: browsers ignore the rules after it", closing(*bracket));
        let span = Span::new(*start, start + bracket.len_utf8());
        found.push(Diagnostic::new(Code::BadStyleSheet, at(span), message).help(help));
    }
}

/// The words of a declaration without a colon, if there are any.
fn without_colon(text: &str, start: usize, end: usize) -> Option<Span> {
    let mut start = start;
    while let Some((before, comment)) = text[start..end].split_once("/*")
        && before.trim().is_empty()
    {
        start = comment.find("*/").map_or(end, |length| start + before.len() + length + 4);
    }
    let words = text[start..end].trim();
    let from = start + text[start..end].find(words).unwrap_or_default();
    (!words.is_empty() && !words.starts_with('@')).then(|| Span::new(from, from + words.len()))
}

/// What is wrong with an address in a style sheet, if anything.
fn check_address(path: &str, address: &str, known: &BTreeSet<&str>) -> Option<(Code, String, String)> {
    let named = address.split(['#', '?']).next().unwrap_or_default();
    if named.is_empty() || named.starts_with("data:") {
        return None;
    }
    if named.contains("//") || named.contains(':') {
        let help = "put the file into the theme's `assets/`: pages load nothing from other sites";
        return Some((Code::BlockedContent, format!("browsers do not load `{}`", excerpt(address)), help.to_owned()));
    }
    let asset = RelPath::new(path).parent().join(named);
    (!known.contains(asset.as_str())).then(|| {
        let message = format!("this theme has no asset `{}`", excerpt(asset.as_str()));
        let near = did_you_mean(asset.as_str(), known.iter().copied());
        let help = near.unwrap_or_else(|| {
            "addresses in a style sheet are relative to its own folder; the file must be in `assets/`".to_owned()
        });
        (Code::BrokenAsset, message, help)
    })
}

fn closing(bracket: char) -> char {
    match bracket {
        '{' => '}',
        '(' => ')',
        _ => ']',
    }
}

/// The tokens of a style sheet that matter here, each with its place.
fn tokens(css: &str) -> Vec<(StyleToken, Span)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    // Whether the next quoted text is what `@import` loads.
    let mut is_import = false;
    while let Some(c) = css[at..].chars().next() {
        let rest = &css[at..];
        if let Some(comment) = rest.strip_prefix("/*") {
            let Some(length) = comment.find("*/") else {
                tokens.push((StyleToken::Unclosed("this comment"), Span::new(at, at + 2)));
                return tokens;
            };
            at += length + 4;
        } else if matches!(c, '"' | '\'') {
            let Some(length) = quoted_length(rest, c) else {
                tokens.push((StyleToken::Unclosed("this quotation mark"), Span::new(at, at + 1)));
                return tokens;
            };
            if std::mem::take(&mut is_import) {
                tokens.push((StyleToken::Address, Span::new(at + 1, at + length - 1)));
            }
            at += length;
        } else if starts_with(rest, "@import") {
            is_import = true;
            at += "@import".len();
        } else if starts_with(rest, "url(") {
            is_import = false;
            let Some(length) = rest.find(')') else {
                tokens.push((StyleToken::Unclosed("this `url(`"), Span::new(at, at + 4)));
                return tokens;
            };
            let inside = &rest[4..length];
            let address = inside.trim().trim_matches(['"', '\'']);
            let start = at + 4 + inside.find(address).unwrap_or_default();
            tokens.push((StyleToken::Address, Span::new(start, start + address.len())));
            at += length + 1;
        } else {
            let span = Span::new(at, at + c.len_utf8());
            match c {
                '{' | '(' | '[' => tokens.push((StyleToken::Open(c), span)),
                '}' | ')' | ']' => tokens.push((StyleToken::Close(c), span)),
                ':' => tokens.push((StyleToken::Colon, span)),
                ';' => {
                    is_import = false;
                    tokens.push((StyleToken::Semicolon, span));
                }
                _ => {}
            }
            at += c.len_utf8();
        }
    }
    tokens
}

fn starts_with(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// The length of the quoted text at the start, quotation marks included. `None` if the line ends first.
fn quoted_length(css: &str, mark: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in css.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '\n' => return None,
            c if c == mark => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// The codes and places of what is found in one file of a theme that has `assets/img/logo.svg` too.
    fn check_file(path: &str, text: &str) -> Vec<String> {
        let file = |path: &str, text: &str| ThemeSource {
            path: RelPath::new(&format!("themes/mine/{path}")),
            content: FileContent::Text(text.into()),
            is_own: true,
        };
        let files: ThemeFiles = BTreeMap::from(
            [(path, text), ("assets/img/logo.svg", "")].map(|(path, text)| (path.to_owned(), file(path, text))),
        );
        let found = check(&[files]);
        found.iter().map(|one| format!("{} {}", one.code, one.location.span.slice(text))).collect()
    }

    #[test]
    fn style_sheets_are_checked() {
        for (css, found) in [
            ("a { color: red }", &[][..]),
            ("a { color: red", &["bad-style-sheet {"]),
            ("a { b: c } }", &["bad-style-sheet }"]),
            ("@media ( { a {} }", &["bad-style-sheet ("]),
            ("a::before { content: \"x\n }", &["bad-style-sheet \""]),
            ("/* a {", &["bad-style-sheet /*"]),
            ("/* } */ a { content: \"}\" }", &[]),
            ("a { background: url(img/logo.svg) }", &[]),
            ("a { background: url('img/logo.svg#x') }", &[]),
            ("a { background: url(img/lgo.svg) }", &["broken-asset img/lgo.svg"]),
            ("a { background: url(/assets/img/logo.svg) }", &["broken-asset /assets/img/logo.svg"]),
            ("a { background: url(https://example.org/a.png) }", &["blocked-content https://example.org/a.png"]),
            ("a { background: url(data:image/png;base64,AA==) }", &[]),
            ("@import \"extra.css\";", &["broken-asset extra.css"]),
            ("@import url(\"//fonts.example/a.css\");", &["blocked-content //fonts.example/a.css"]),
            ("a { b: url( }", &["bad-style-sheet url("]),
            ("a { color red }", &["bad-style-sheet color red"]),
            ("a { /* b */ c: d; e; f: g }", &["bad-style-sheet e"]),
            ("@import url(a.css); @layer a, b; @media print { a { b: c } @page { d: e; } }", &[]),
        ] {
            assert_eq!(check_file("assets/a.css", css), *found, "{css}");
        }
    }
}

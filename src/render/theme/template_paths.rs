//! The paths in a template's expressions, such as `page.title`, each with its place.

use std::ops::Range;

use super::template_tags::{after_text, is_word_byte};
use crate::diagnostic::Span;

/// A variable, and what is looked up in it.
pub(super) struct TemplatePath<'t> {
    pub(super) root: &'t str,
    /// The place of the root.
    pub(super) span: Span,
    pub(super) steps: Vec<PathStep<'t>>,
    /// Whether a test asks if it exists, so that it may be missing.
    pub(super) is_tested: bool,
}

impl TemplatePath<'_> {
    /// The place of its last name.
    pub(super) fn end(&self) -> Span {
        let name = |step: &PathStep<'_>| match step {
            PathStep::Field(_, span) => Some(*span),
            PathStep::Entry => None,
        };
        self.steps.last().and_then(name).unwrap_or(self.span)
    }
}

/// One step of a path.
pub(super) enum PathStep<'t> {
    Field(&'t str, Span),
    /// An entry of a list.
    Entry,
}

/// The paths in an expression, and the arguments of components that it calls.
#[derive(Default)]
pub(super) struct ReadExpression<'t> {
    pub(super) paths: Vec<TemplatePath<'t>>,
    /// The component, the argument, and the range of its value.
    pub(super) arguments: Vec<(&'t str, &'t str, Range<usize>)>,
    /// The components that it calls.
    pub(super) calls: Vec<&'t str>,
}

/// Words of the language that are no variables.
const WORDS: &[&str] =
    &["and", "or", "not", "in", "is", "if", "else", "for", "true", "false", "True", "False", "none", "None", "null"];

/// Reads the expression in a range of a template.
pub(super) fn read_expression(template: &str, range: Range<usize>) -> ReadExpression<'_> {
    let bytes = template.as_bytes();
    let mut read = ReadExpression::default();
    // Variables of list comprehensions, which belong to the expression alone.
    let mut own: Vec<&str> = Vec::new();
    // The last word or character, and the component whose arguments are being read.
    let (mut before, mut component) = ("", None);
    let mut at = range.start;
    while at < range.end {
        let byte = bytes[at];
        if byte.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let start = at;
        if matches!(byte, b'"' | b'\'' | b'`') {
            at = after_text(bytes, at).min(range.end);
        } else if byte.is_ascii_alphabetic() || byte == b'_' {
            at = word_end(bytes, at, range.end);
            let word = &template[start..at];
            let next = template[at..range.end].trim_start();
            let is_named = next.starts_with('=') && !next.starts_with("==");
            if before == "<component" || before == "</component" {
                component = Some(word);
                if before == "<component" {
                    read.calls.push(word);
                }
            } else if let (Some(component), true) = (component, is_named) {
                let value = value_range(template, at, range.end);
                read.arguments.push((component, word, value));
            } else if before == "for" && !next.starts_with('(') {
                own.push(word);
                before = if next.starts_with(',') { "for" } else { word };
                at += if next.starts_with(',') { template[at..].find(',').unwrap_or_default() + 1 } else { 0 };
                continue;
            } else if !(is_named
                || WORDS.contains(&word)
                || matches!(before, "|" | "@" | "." | "is" | "is not")
                || next.starts_with(['(', ':']))
            {
                let path = read_path(template, start, range.end);
                at = path.1;
                read.paths.push(path.0);
            }
            before = if word == "not" && before == "is" { "is not" } else { word };
            continue;
        } else if byte == b'<' && (before.is_empty() || matches!(before, "(" | "{" | "~" | "=")) {
            let closes = bytes.get(at + 1) == Some(&b'/');
            before = if closes { "</component" } else { "<component" };
            at += 1 + usize::from(closes);
            continue;
        } else {
            at += template[at..].chars().next().map_or(1, char::len_utf8);
        }
        before = &template[start..at];
    }
    read.paths.retain(|path| !own.contains(&path.root));
    read
}

/// The path that a range of a template is, and nothing else.
pub(super) fn only_path(template: &str, range: Range<usize>) -> Option<TemplatePath<'_>> {
    let inside = &template[range.clone()];
    let start = range.start + inside.len() - inside.trim_start().len();
    let begins = template.as_bytes().get(start).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    if !begins || start >= range.end {
        return None;
    }
    let (path, end) = read_path(template, start, range.end);
    (template[end..range.end].trim().is_empty() && !WORDS.contains(&path.root)).then_some(path)
}

/// The path that begins at a byte, and its end.
fn read_path(template: &str, start: usize, limit: usize) -> (TemplatePath<'_>, usize) {
    let bytes = template.as_bytes();
    let mut at = word_end(bytes, start, limit);
    let mut path =
        TemplatePath { root: &template[start..at], span: Span::new(start, at), steps: Vec::new(), is_tested: false };
    loop {
        let rest = &template[at..limit];
        let sign = at + usize::from(rest.starts_with('?'));
        match bytes.get(sign).filter(|_| sign < limit) {
            Some(b'.') if sign + 1 < limit && is_word_byte(bytes.get(sign + 1).copied()) => {
                let (from, to) = (sign + 1, word_end(bytes, sign + 1, limit));
                let name = &template[from..to];
                path.steps.push(if name.bytes().all(|byte| byte.is_ascii_digit()) {
                    PathStep::Entry
                } else {
                    PathStep::Field(name, Span::new(from, to))
                });
                at = to;
            }
            Some(b'[') => {
                let Some(length) = template[sign..limit].find(']') else { break };
                let inside = sign + 1..sign + length;
                let name = template[inside.clone()].trim();
                path.steps.push(match name.strip_prefix(['"', '\'']).and_then(|name| name.strip_suffix(['"', '\''])) {
                    Some(name) => PathStep::Field(name, Span::new(inside.start, inside.end)),
                    None => PathStep::Entry,
                });
                at = inside.end + 1;
            }
            _ => break,
        }
    }
    let mut words = template[at..limit].split_whitespace();
    if words.next() == Some("is") {
        let test = words.find(|word| *word != "not").unwrap_or_default();
        path.is_tested = ["defined", "undefined", "none"].iter().any(|name| test.starts_with(name));
    }
    (path, at)
}

/// The range of the value after `name=`: what is in braces, or the whole text.
fn value_range(template: &str, from: usize, limit: usize) -> Range<usize> {
    let Some(open) = template[from..limit].find('{').map(|found| from + found + 1) else { return from..from };
    let is_next = template[from..open - 1].trim() == "=";
    let close = template[open..limit].find('}').map(|found| open + found);
    close.filter(|_| is_next).map_or(from..from, |close| open..close)
}

fn word_end(bytes: &[u8], from: usize, limit: usize) -> usize {
    (from..limit).find(|at| !is_word_byte(Some(bytes[*at]))).unwrap_or(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expression: &str) -> String {
        let read = read_expression(expression, 0..expression.len());
        let step = |step: &PathStep<'_>| match step {
            PathStep::Field(name, _) => format!(".{name}"),
            PathStep::Entry => "[]".to_owned(),
        };
        let paths = read.paths.iter().map(|path| {
            let steps: String = path.steps.iter().map(step).collect();
            format!("{}{steps}{}", path.root, if path.is_tested { "?" } else { "" })
        });
        paths.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn paths_are_told_from_the_names_of_everything_else() {
        for (expression, paths) in [
            ("site.title", "site.title"),
            ("a.b | default(value=c.d) | upper", "a.b c.d"),
            ("not a and b.c or d == \"e.f\"", "a b.c d"),
            ("a.b is defined", "a.b?"),
            ("a is not defined and b is containing(pat=c)", "a? b c"),
            ("a[0].b[\"c d\"]?.e", "a[].b.c d.e"),
            ("t(key=\"x\", n=list | length)", "list"),
            ("<link to={site.search} h={2} name=\"x\"/>", "site.search"),
            ("a < b", "a b"),
            ("[x.y for x in xs if x.z]", "xs"),
            ("{a: b, \"c\": d}", "b d"),
            ("é ~ a", "a"),
        ] {
            assert_eq!(check(expression), paths, "{expression}");
        }
    }

    #[test]
    fn a_value_is_a_path_or_more() {
        for (expression, is_path) in [(" view.a ", true), ("view.a | first", false), ("\"a\"", false), ("2", false)] {
            assert_eq!(only_path(expression, 0..expression.len()).is_some(), is_path, "{expression}");
        }
    }
}

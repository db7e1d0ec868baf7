//! Inserts calls of the counting functions into templates: see [`super::budget`].
//!
//! The template's result does not change: each call returns its argument, or nothing. Values of loops and of variables
//! are wrapped. Calls that write nothing are inserted at the start of a component, before each included template, and
//! after output inside loops and stored blocks. [`BudgetedTemplate::written`] maps the places of errors back to the
//! original text.

use std::ops::Range;

use super::budget::{KEPT, OUT, OVER, STEP};

/// A template with inserted calls.
pub(super) struct BudgetedTemplate {
    pub(super) text: String,
    /// The insertions: their position in the original text, and their length in bytes.
    insertions: Vec<(usize, String)>,
}

impl BudgetedTemplate {
    /// Maps a byte of the text to the original. A byte within an insertion maps to the place of the insertion.
    pub(super) fn written(&self, byte: usize) -> usize {
        let mut added = 0;
        for (at, text) in &self.insertions {
            if byte < at + added {
                break;
            }
            if byte < at + added + text.len() {
                return *at;
            }
            added += text.len();
        }
        byte - added
    }

    /// Inserts calls into a template. `index` is its index among all templates with limits.
    pub(super) fn new(template: &str, index: usize) -> Self {
        let mut insertions = Vec::new();
        // The number of open loops, components and blocks whose text is stored.
        let mut depth = 0_usize;
        for tag in tags(template) {
            let place = |at: usize| format!("t={index}, at={at}");
            let (word, rest) = (tag.word(template), tag.start + tag.before);
            match (tag.is_print, word) {
                (true, _) => {
                    let inside = template[tag.inner()].trim();
                    if depth > 0 && !inside.contains(['<']) && !inside.contains("super") {
                        let call = format!(" }}}}{{{{ {OUT}(v={inside}, {})", place(tag.start));
                        insertions.push((tag.inner().end, call));
                    }
                }
                (false, "for") => {
                    depth += 1;
                    if let Some(at) = after_word(template, tag.inner(), "in") {
                        wrap(template, &mut insertions, OVER, at..tag.inner().end, &place(tag.start));
                    }
                }
                (false, "set" | "set_global") => {
                    if let Some(from) = assigned(template, tag.inner()) {
                        wrap(template, &mut insertions, KEPT, from..tag.inner().end, &place(tag.start));
                    } else {
                        depth += 1;
                        insertions.push((tag.inner().end, format!(" | {KEPT}({})", place(tag.start))));
                    }
                }
                (false, "filter") => depth += 1,
                (false, "component") => {
                    depth += 1;
                    let white = template[tag.end..].len() - template[tag.end..].trim_start().len();
                    let at = tag.end + if tag.trims_after { white } else { 0 };
                    insertions.push((at, format!("{{{{ {STEP}({}) }}}}", place(tag.start))));
                }
                (false, "include") => {
                    let before = &template[..tag.start];
                    let at = if tag.trims_before { before.trim_end().len() } else { tag.start };
                    insertions.push((at, format!("{{{{ {STEP}({}) }}}}", place(tag.start))));
                }
                (false, "endfor" | "endset" | "endfilter" | "endcomponent") => depth = depth.saturating_sub(1),
                // A component with a body, whose text is stored.
                _ if template[tag.inner()].trim_start().starts_with("</") => depth = depth.saturating_sub(1),
                _ if template[tag.inner()].trim_start().starts_with('<') => depth += 1,
                _ => {}
            }
            lists(template, rest..tag.inner().end, &place(tag.start), &mut insertions);
        }
        // At the same byte, the outer insertion closes last and opens first, which is the order they were found in.
        insertions.sort_by_key(|(at, _)| *at);
        let (mut text, mut from) = (String::with_capacity(template.len() * 2), 0);
        for (at, inserted) in &insertions {
            text.push_str(&template[from..*at]);
            text.push_str(inserted);
            from = *at;
        }
        text.push_str(&template[from..]);
        Self { text, insertions }
    }
}

/// The start of the value that a tag stores in a variable. `None` if the variable stores the text that follows.
fn assigned(template: &str, tag: Range<usize>) -> Option<usize> {
    let (at, name) = words(template, tag.clone()).nth(1)?;
    let end = at + name.len();
    let rest = &template[end..tag.end];
    let before = rest.len() - rest.trim_start().len();
    rest.trim_start().starts_with('=').then_some(end + before + 1)
}

/// Wraps the expression in a range of a template in a call.
fn wrap(template: &str, insertions: &mut Vec<(usize, String)>, function: &str, range: Range<usize>, place: &str) {
    let inside = &template[range.clone()];
    let start = range.start + inside.len() - inside.trim_start().len();
    let end = range.start + inside.trim_end().len();
    insertions.push((start, format!("{function}(v=")));
    insertions.push((end.max(start), format!(", {place})")));
}

/// A tag of a template: `{% … %}` or `{{ … }}`.
struct TemplateTag {
    start: usize,
    end: usize,
    is_print: bool,
    trims_before: bool,
    trims_after: bool,
    /// The length of its opening mark in bytes.
    before: usize,
}

impl TemplateTag {
    /// The range between its marks.
    fn inner(&self) -> Range<usize> {
        self.start + self.before..self.end - 2 - usize::from(self.trims_after)
    }

    /// Its first word.
    fn word<'t>(&self, template: &'t str) -> &'t str {
        let inside = template[self.inner()].trim_start();
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inside.len());
        &inside[..end]
    }
}

/// The tags of a template, in order, without comments and raw blocks.
fn tags(template: &str) -> Vec<TemplateTag> {
    let (mut tags, mut at) = (Vec::new(), 0);
    let mut is_raw = false;
    while let Some(open) = template[at..].find('{').map(|found| at + found) {
        at = open + 1;
        let (close, is_print) = match template.as_bytes().get(at) {
            Some(b'{') => ("}}", true),
            Some(b'%') => ("%}", false),
            Some(b'#') if !is_raw => {
                at = template[at..].find("#}").map_or(template.len(), |end| at + end + 2);
                continue;
            }
            _ => continue,
        };
        let trims_before = template[open + 2..].starts_with('-');
        let before = 2 + usize::from(trims_before);
        let Some(end) = end_of(template, open + before, close) else { return tags };
        let trims_after = end > open + before + 2 && template[..end - 2].ends_with('-');
        let tag = TemplateTag { start: open, end, is_print, trims_before, trims_after, before };
        let word = if is_print { "" } else { tag.word(template) };
        if is_raw && word != "endraw" {
            continue;
        }
        at = end;
        is_raw = word == "raw";
        tags.push(tag);
    }
    tags
}

/// The end of a tag, after its closing mark. Quoted strings are skipped.
fn end_of(template: &str, from: usize, close: &str) -> Option<usize> {
    let bytes = template.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if bytes[at..].starts_with(close.as_bytes()) {
            return Some(at + close.len());
        }
        at = if matches!(bytes[at], b'"' | b'\'' | b'`') { after_text(bytes, at) } else { at + 1 };
    }
    None
}

/// The byte after a string that begins with a quotation mark.
fn after_text(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < bytes.len() && bytes[end] != bytes[at] {
        end += 1 + usize::from(bytes[end] == b'\\');
    }
    (end + 1).min(bytes.len())
}

/// The byte after the first occurrence of a word in a range of a template.
fn after_word(template: &str, range: Range<usize>, word: &str) -> Option<usize> {
    words(template, range).find(|(_, found)| *found == word).map(|(at, found)| at + found.len())
}

/// The words in a range of a template, outside strings, each with its position.
fn words(template: &str, range: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let bytes = template.as_bytes();
    let mut at = range.start;
    std::iter::from_fn(move || {
        while at < range.end {
            let is_word = |at: usize| at < range.end && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_');
            if is_word(at) {
                let start = at;
                while is_word(at) {
                    at += 1;
                }
                return Some((start, &template[start..at]));
            }
            at = if matches!(bytes[at], b'"' | b'\'' | b'`') { after_text(bytes, at) } else { at + 1 };
        }
        None
    })
}

/// Wraps the sources and the items of list comprehensions (`[x for x in xs]`) in a range.
fn lists(template: &str, range: Range<usize>, place: &str, insertions: &mut Vec<(usize, String)>) {
    let bytes = template.as_bytes();
    // The open brackets, each with its position.
    let mut open: Vec<usize> = Vec::new();
    // The list whose `for` has been seen, and the start of its source.
    let mut making: Vec<(usize, usize)> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match bytes[at] {
            b'"' | b'\'' | b'`' => {
                at = after_text(bytes, at);
                continue;
            }
            b'[' | b'(' | b'{' => open.push(at),
            b']' | b')' | b'}' => {
                if let Some((_, from)) = making.pop_if(|(depth, _)| *depth == open.len()) {
                    wrap(template, insertions, OVER, from..at, place);
                }
                open.pop();
            }
            byte if byte.is_ascii_alphabetic() && !is_word_byte(bytes.get(at.wrapping_sub(1)).copied()) => {
                let end = (at..range.end).find(|at| !is_word_byte(Some(bytes[*at]))).unwrap_or(range.end);
                let bracket = open.last().copied().filter(|bracket| bytes[*bracket] == b'[');
                match (&template[at..end], bracket) {
                    ("for", Some(bracket)) => {
                        if let Some(from) = after_word(template, end..range.end, "in") {
                            wrap(template, insertions, KEPT, bracket + 1..at, place);
                            making.push((open.len(), from));
                            at = from;
                            continue;
                        }
                    }
                    ("if", Some(_)) => {
                        if let Some((_, from)) = making.pop_if(|(depth, _)| *depth == open.len()) {
                            wrap(template, insertions, OVER, from..at, place);
                        }
                    }
                    _ => {}
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
}

fn is_word_byte(byte: Option<u8>) -> bool {
    byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str) -> String {
        let metered = BudgetedTemplate::new(template, 7);
        // Every original byte is mapped back to itself.
        let mut found = String::new();
        let mut last = None;
        for (byte, c) in metered.text.char_indices() {
            let at = metered.written(byte);
            if last != Some(at) && template[at..].starts_with(c) && !is_inserted(&metered, byte) {
                found.push(c);
                last = Some(at);
            }
        }
        assert_eq!(found, template);
        metered.text.replace("annal_", "").replace(", t=7", "").replace("t=7, ", "")
    }

    fn is_inserted(metered: &BudgetedTemplate, byte: usize) -> bool {
        let mut added = 0;
        metered.insertions.iter().any(|(at, text)| {
            let range = at + added..at + added + text.len();
            added += text.len();
            range.contains(&byte)
        })
    }

    #[test]
    fn counting_calls_are_inserted_into_loops_and_variables() {
        for (template, metered) in [
            ("a {{ b }} {# {% for #} c", "a {{ b }} {# {% for #} c"),
            (
                "{%- for x in xs -%}{{ x }}{% endfor %}",
                "{%- for x in over(v=xs, at=0) -%}{{ x  }}{{ out(v=x, at=19)}}{% endfor %}",
            ),
            ("{% set x = a ~ \"%}\" %}", "{% set x = kept(v=a ~ \"%}\", at=0) %}"),
            (
                "{% set x -%}{{ y }}{% endset %}{{ x }}",
                "{% set x  | kept(at=0)-%}{{ y  }}{{ out(v=y, at=12)}}{% endset %}{{ x }}",
            ),
            ("{% set x | upper(a=1) %}{% endset %}", "{% set x | upper(a=1)  | kept(at=0)%}{% endset %}"),
            (
                "{% component c(a) -%}\n {{ a }}{% endcomponent %}",
                "{% component c(a) -%}\n {{ step(at=0) }}{{ a  }}{{ out(v=a, at=23)}}{% endcomponent %}",
            ),
            ("x\n{%- include \"y\" %}", "x{{ step(at=2) }}\n{%- include \"y\" %}"),
            ("{{ [x for x in xs if x] }}", "{{ [kept(v=x, at=0) for x in over(v=xs, at=0) if x] }}"),
            ("{% raw %}{% for x in y %}{% endraw %}", "{% raw %}{% for x in y %}{% endraw %}"),
            ("{% <c> %}{{ a }}{% </c> %}{{ b }}", "{% <c> %}{{ a  }}{{ out(v=a, at=9)}}{% </c> %}{{ b }}"),
            ("{{ \"}}\" }} {{ unclosed", "{{ \"}}\" }} {{ unclosed"),
        ] {
            assert_eq!(check(template), metered);
        }
    }
}

//! Inserts calls of the counting functions into templates: see [`super::budget`].
//!
//! The template's result does not change: each call returns its argument, or nothing. Values of loops and of variables
//! are wrapped. Calls that write nothing are inserted at the start of a component, before each included template, and
//! after output inside loops and stored blocks. [`BudgetedTemplate::written`] maps the places of errors back to the
//! original text.

use std::ops::Range;

use super::budget::{KEPT, OUT, OVER, STEP};
use super::template_tags::{after_text, after_word, is_word_byte, tags, words};

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

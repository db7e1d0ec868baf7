//! Reads the tags of a template and the words in them, without the engine, which keeps no places after reading.

use std::ops::Range;

/// A tag of a template: `{% … %}` or `{{ … }}`.
pub(super) struct TemplateTag {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_print: bool,
    pub(super) trims_before: bool,
    pub(super) trims_after: bool,
    /// The length of its opening mark in bytes.
    pub(super) before: usize,
}

impl TemplateTag {
    /// The range between its marks.
    pub(super) fn inner(&self) -> Range<usize> {
        self.start + self.before..self.end - 2 - usize::from(self.trims_after)
    }

    /// Its first word.
    pub(super) fn word<'t>(&self, template: &'t str) -> &'t str {
        first_word(&template[self.inner()])
    }
}

/// The word that a text begins with, after white space.
fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len())]
}

/// The tags of a template, in order, without comments and raw blocks.
pub(super) fn tags(template: &str) -> Vec<TemplateTag> {
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
        // A raw block may contain any marks, and only its end is a tag.
        if is_raw && (is_print || first_word(&template[open + before..]) != "endraw") {
            continue;
        }
        let Some(end) = end_of(template, open + before, close) else { return tags };
        let trims_after = end > open + before + 2 && template[..end - 2].ends_with('-');
        let tag = TemplateTag { start: open, end, is_print, trims_before, trims_after, before };
        let word = if is_print { "" } else { tag.word(template) };
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
pub(super) fn after_text(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < bytes.len() && bytes[end] != bytes[at] {
        end += 1 + usize::from(bytes[end] == b'\\');
    }
    (end + 1).min(bytes.len())
}

/// The byte after the first occurrence of a word in a range of a template.
pub(super) fn after_word(template: &str, range: Range<usize>, word: &str) -> Option<usize> {
    words(template, range).find(|(_, found)| *found == word).map(|(at, found)| at + found.len())
}

/// The words in a range of a template, outside strings, each with its position.
pub(super) fn words(template: &str, range: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
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

/// Whether a byte belongs to a word.
pub(super) fn is_word_byte(byte: Option<u8>) -> bool {
    byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

//! Removes a key from a YAML file, at any depth, and keeps the rest byte for byte.

use super::front_matter::{after_colon, end_of, line_start};
use super::replace::replace;
use super::yaml_content::{YamlContent, YamlStep};
use crate::diagnostic::{RelPath, Span, TextEdit};
use crate::source::yaml::node::{YamlKey, parse};
use crate::source::yaml::{YamlNode, YamlValue};

/// The text of a YAML file without the key that `path` leads to, and its value.
///
/// `None` if there is no such key, the file cannot be read, or the layout is one in which more would change.
#[must_use]
pub(crate) fn remove_key(text: &str, path: &[YamlStep<'_>]) -> Option<String> {
    let file = RelPath::new("");
    let root = parse(&file, text, 0).value?;
    let new = replace(text, &[TextEdit::new(place(text, &root, path)?, "")])?;
    // A layout has more forms than are looked at here, so what was made is read again.
    let read = YamlContent::from_node(&parse(&file, &new, 0).value?);
    (read == YamlContent::from_node(&root).without(path)?).then_some(new)
}

/// The place of a key with its value, and with its line if it has one to itself.
fn place(text: &str, root: &YamlNode, path: &[YamlStep<'_>]) -> Option<Span> {
    let (YamlStep::Key(name), above) = path.split_last()? else { return None };
    let (mut node, mut limit) = (root, text.len());
    let before = |at: u32| line_start(text, at as usize);
    for step in above {
        node = match (step, &node.value) {
            (YamlStep::Key(name), YamlValue::Map(entries)) => {
                let at = entries.iter().position(|(key, _)| key.text == *name)?;
                limit = entries.get(at + 1).map_or(limit, |(next, _)| before(next.span.start));
                &entries[at].1
            }
            (YamlStep::Item(at), YamlValue::List(items)) => {
                limit = items.get(at + 1).map_or(limit, |next| before(next.span.start));
                items.get(*at)?
            }
            _ => return None,
        };
    }
    let YamlValue::Map(entries) = &node.value else { return None };
    let at = entries.iter().position(|(key, _)| key.text == *name)?;
    let ((key, _), next) = (&entries[at], entries.get(at + 1));
    let start = key.span.start as usize;
    let next_key = next.map(|(key, _)| key.span.start as usize);
    if text[node.span.start as usize..].starts_with('{') {
        return match (next_key, at.checked_sub(1)) {
            (Some(next), _) => Some(Span::new(start, next)),
            (None, Some(before)) => {
                Some(Span::new(end(text, &entries[before], start)?, end(text, &entries[at], limit)?))
            }
            (None, None) => Some(Span::new(start, end(text, &entries[at], limit)?)),
        };
    }
    let line = line_start(text, start);
    if !text[line..start].trim().is_empty() {
        // It is behind the dash of an item, where the next key takes its place.
        return next_key.map(|next| Span::new(start, next));
    }
    let limit = next_key.map_or(limit, |next| line_start(text, next));
    let end = end(text, &entries[at], limit)?;
    let is_whole_line = text[..end].ends_with('\n');
    let rest = text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1);
    Some(Span::new(line, if is_whole_line { end } else { rest }))
}

/// The byte after the last of an entry.
fn end(text: &str, (key, value): &(YamlKey, YamlNode), limit: usize) -> Option<usize> {
    // Where nothing is written, the parser's place may be that of what follows.
    if value.value == YamlValue::Nothing { after_colon(text, key) } else { end_of(text, value, limit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, key: &str) -> Option<String> {
        remove_key(text, &[YamlStep::Key("list"), YamlStep::Item(0), YamlStep::Key(key)])
    }

    #[test]
    fn a_key_goes_with_its_value_alone() {
        let flow = "# A\nlist:\n  - {id: a, progress: {state: some, text: \"b, {c}\"}} # here\n  - {id: b}\n";
        let without = "# A\nlist:\n  - {id: a} # here\n  - {id: b}\n";
        assert_eq!(check(flow, "progress").as_deref(), Some(without));
        let first = check("list: [{progress: {state: some}, id: a}]\n", "progress");
        assert_eq!(first.as_deref(), Some("list: [{id: a}]\n"));
        let block = "list:\n  - id: a\n    progress:\n      state: some\n      text: |\n        Much.\n\n        More.\n    # next\n    \
                     name: A\n  - id: b\nmore: 1\n";
        let without = "list:\n  - id: a\n    # next\n    name: A\n  - id: b\nmore: 1\n";
        assert_eq!(check(block, "progress").as_deref(), Some(without));
        let last = "list:\n  - id: a\n    progress:\n      state: some   # so far\n\n# More\nmore: 1\n";
        assert_eq!(check(last, "progress").as_deref(), Some("list:\n  - id: a\n\n# More\nmore: 1\n"));
        let dash = check("list:\n  - progress: {state: some}\n    id: a\n", "progress");
        assert_eq!(dash.as_deref(), Some("list:\n  - id: a\n"));
        let plain = check("list:\n- id: a\n  formerly: b # was\n- id: c\n", "formerly");
        assert_eq!(plain.as_deref(), Some("list:\n- id: a\n- id: c\n"));
    }

    #[test]
    fn what_is_not_there_stays_away() {
        assert_eq!(check("list:\n  - id: a\n", "progress"), None);
        assert_eq!(check("list: [", "progress"), None);
    }
}

//! What to write instead of a value that is of another type than is due, ready to be pasted.

use super::node::{Node, Value};
use super::shape::{Record, Shape, excerpt};
use super::{dates, slips};
use crate::source::slug::slug;

/// The longest text that is shown as it would be written.
const LONGEST: usize = 60;

/// What to write instead of `node` where `due` is; `is_entry` where it is an entry of a list. Nothing where its name
/// says all that can be said.
pub(super) fn help(node: &Node, due: &Shape, is_entry: bool) -> Option<String> {
    match (&node.value, due) {
        (Value::Text(text), Shape::List(of)) => Some(list(text, of)),
        (Value::Map(entries), Shape::List(of)) => {
            let first = &entries.first()?.0.text;
            let whole = slips::bullet_help(first)
                .map(|_| "begin each entry with a hyphen and a space (`- `), and with no other dash".to_owned());
            let begin = matches!(**of, Shape::Record(_))
                .then(|| format!("begin each entry with a hyphen: `- {}: …`", excerpt(first)));
            whole.or(begin)
        }
        (Value::Text(text), Shape::Record(record)) => Some(entry(text, record, is_entry)),
        (Value::Text(text), Shape::Map(_)) => pair(text),
        (Value::List(items), Shape::Map(_)) => {
            let Value::Map(entries) = &items.first()?.value else { return None };
            let (key, node) = entries.first()?;
            let Value::Text(text) = &node.value else { return None };
            Some(format!("write it without the hyphen: `{}: {}`", excerpt(&key.text), excerpt(text)))
        }
        (Value::Text(text), Shape::Number) => {
            let digits: String = text.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}' | '“' | '”')).collect();
            digits.parse::<u64>().is_ok().then(|| format!("write `{digits}`"))
        }
        (
            Value::List(items),
            Shape::Text { .. } | Shape::Number | Shape::Bool | Shape::Choice(_) | Shape::Record(_),
        ) => (items.len() == 1).then(|| "take the brackets or the dash away".to_owned()),
        _ => None,
    }
}

/// A key and its text with a dash or another sign between them, of which lines further down may follow.
fn pair(text: &str) -> Option<String> {
    let sign = [" – ", " — ", " - ", " = "].into_iter().find(|sign| text.contains(sign))?;
    let (key, rest) = text.split_once(sign)?;
    // The word before the next sign is the key of the next line.
    let value =
        rest.split_once(sign).map_or(Some(rest), |(value, _)| value.rsplit_once(' ').map(|(value, _)| value))?;
    Some(format!("write a colon and a space between the two: `{}: {}`", excerpt(key), excerpt(value)))
}

/// A list in the place of one text.
fn list(text: &str, of: &Shape) -> String {
    if let Some(help) = slips::bullet_help(text) {
        return format!("each entry stands on a line of its own: {help}");
    }
    if let Shape::Record(record) = of {
        return format!("write each entry on a line of its own: `- {}`", sample(text, record));
    }
    let entries: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|entry| !entry.is_empty()).collect();
    format!("write a list: `[{}]`", excerpt(&entries.join(", ")))
}

/// An entry of several keys in the place of one text.
fn entry(text: &str, record: &Record, is_entry: bool) -> String {
    match slips::space_after_colon(text) {
        Some(spaced) => format!("put a space after the colon: `{spaced}`"),
        None if is_entry => format!("write `- {}`", sample(text, record)),
        None => format!("write `{}`", sample(text, record)),
    }
}

/// A mapping with the keys that are due: the text where a name or the like is, and the id made of it. A name is enough
/// where nothing is due.
pub(super) fn sample(text: &str, record: &Record) -> String {
    let text = text.lines().next().unwrap_or_default().trim();
    let text = slips::without_curly_quotes(text).unwrap_or(text);
    let is_shown = text.chars().count() <= LONGEST && !text.contains([':', '{', '}', '[', ']', '#', ',', '"']);
    let mut rest = is_shown.then_some(text);
    let due = record.due();
    let due = if due == record.keys() && due.contains(&"name") { vec!["name"] } else { due };
    let values = due.into_iter().map(|key| match key {
        "id" => format!("id: {}", rest.map(slug).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "…".to_owned())),
        "from" | "to" => format!("{key}: …"),
        "date" => {
            format!("date: {}", rest.and_then(dates::meant).map_or_else(|| "…".to_owned(), |date| date.to_string()))
        }
        key => format!("{key}: {}", rest.take().unwrap_or("…")),
    });
    format!("{{{}}}", values.collect::<Vec<_>>().join(", "))
}

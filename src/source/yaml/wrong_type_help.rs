//! What to write instead of a value that is of another type than is expected, ready to be pasted.

use super::node::{YamlNode, YamlValue};
use super::value_type::{Record, ValueType};
use super::{dates, likely_mistakes};
use crate::diagnostic::excerpt;
use crate::source::slug::slug;

/// The longest text that is shown as it would be written.
const LONGEST: usize = 60;

/// What to write instead of `node` where `expected` is; `is_entry` where it is an entry of a list. Nothing where its name
/// says all that can be said.
pub(super) fn help(node: &YamlNode, expected: &ValueType, is_entry: bool) -> Option<String> {
    match (&node.value, expected) {
        (YamlValue::Text(text), ValueType::List(of)) => Some(list(text, of)),
        (YamlValue::Map(entries), ValueType::List(of)) => {
            let first = &entries.first()?.0.text;
            let whole = likely_mistakes::bullet_help(first)
                .map(|_| "begin each entry with a hyphen and a space (`- `), and with no other dash".to_owned());
            let begin = matches!(**of, ValueType::Record(_))
                .then(|| format!("begin each entry with a hyphen: `- {}: …`", excerpt(first)));
            whole.or(begin)
        }
        (YamlValue::Text(text), ValueType::Record(record)) => Some(entry(text, record, is_entry)),
        (YamlValue::Text(text), ValueType::Map(_)) => pair(text),
        (YamlValue::List(items), ValueType::Map(_)) => {
            let YamlValue::Map(entries) = &items.first()?.value else { return None };
            let (key, node) = entries.first()?;
            let YamlValue::Text(text) = &node.value else { return None };
            Some(format!("write it without the hyphen: `{}: {}`", excerpt(&key.text), excerpt(text)))
        }
        (YamlValue::Text(text), ValueType::Number) => {
            let digits: String = text.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}' | '“' | '”')).collect();
            digits.parse::<u64>().is_ok().then(|| format!("write `{digits}`"))
        }
        (
            YamlValue::List(items),
            ValueType::Text { .. } | ValueType::Number | ValueType::Bool | ValueType::Choice(_) | ValueType::Record(_),
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
fn list(text: &str, of: &ValueType) -> String {
    if let Some(help) = likely_mistakes::bullet_help(text) {
        return format!("each entry stands on a line of its own: {help}");
    }
    if let ValueType::Record(record) = of {
        return format!("write each entry on a line of its own: `- {}`", sample(text, record));
    }
    let entries: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|entry| !entry.is_empty()).collect();
    format!("write a list: `[{}]`", excerpt(&entries.join(", ")))
}

/// An entry of several keys in the place of one text.
fn entry(text: &str, record: &Record, is_entry: bool) -> String {
    match likely_mistakes::space_after_colon(text) {
        Some(spaced) => format!("put a space after the colon: `{spaced}`"),
        None if is_entry => format!("write `- {}`", sample(text, record)),
        None => format!("write `{}`", sample(text, record)),
    }
}

/// A mapping with the keys that are expected: the text where a name or the like is, and the id made of it. A name is enough
/// where nothing is expected.
pub(super) fn sample(text: &str, record: &Record) -> String {
    let text = text.lines().next().unwrap_or_default().trim();
    let text = likely_mistakes::without_curly_quotes(text).unwrap_or(text);
    let is_shown = text.chars().count() <= LONGEST && !text.contains([':', '{', '}', '[', ']', '#', ',', '"']);
    let mut rest = is_shown.then_some(text);
    let required = record.required();
    let required = if required == record.keys() && required.contains(&"name") { vec!["name"] } else { required };
    let values = required.into_iter().map(|key| match key {
        "id" => format!("id: {}", rest.map(slug).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "…".to_owned())),
        "from" | "to" => format!("{key}: …"),
        "date" => {
            format!("date: {}", rest.and_then(dates::meant).map_or_else(|| "…".to_owned(), |date| date.to_string()))
        }
        key => format!("{key}: {}", rest.take().unwrap_or("…")),
    });
    format!("{{{}}}", values.collect::<Vec<_>>().join(", "))
}

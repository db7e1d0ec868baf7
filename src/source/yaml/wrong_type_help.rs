//! Help for values of the wrong type: what to write instead, ready to paste.

use super::node::{YamlNode, YamlValue};
use super::value_type::{Record, ValueType};
use super::{dates, likely_mistakes};
use crate::diagnostic::excerpt;
use crate::source::slug::slug;

/// The longest text that is shown in an example, in characters.
const LONGEST: usize = 60;

/// What to write instead of `node`, which should have the type `expected`; `is_entry` is whether it is a list entry.
/// `None` if there is nothing more helpful than the name of the type.
pub(super) fn help(node: &YamlNode, expected: &ValueType, is_entry: bool) -> Option<String> {
    match (&node.value, expected) {
        (YamlValue::Text(text), ValueType::List(of)) => Some(list(text, of)),
        (YamlValue::Map(entries), ValueType::List(of)) => {
            let first = &entries.first()?.0.text;
            let whole = likely_mistakes::bullet_help(first)
                .map(|_| "start each entry with an ordinary hyphen and a space (`- `), not another dash".to_owned());
            let begin = matches!(**of, ValueType::Record(_))
                .then(|| format!("start each entry with a hyphen: `- {}: …`", excerpt(first)));
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
        ) => (items.len() == 1).then(|| "remove the brackets or the hyphen".to_owned()),
        _ => None,
    }
}

/// A key and its text with a dash or `=` between them instead of a colon. More such lines may follow in the same text.
fn pair(text: &str) -> Option<String> {
    let sign = [" – ", " — ", " - ", " = "].into_iter().find(|sign| text.contains(sign))?;
    let (key, rest) = text.split_once(sign)?;
    // The word before the next sign is the key of the next line.
    let value =
        rest.split_once(sign).map_or(Some(rest), |(value, _)| value.rsplit_once(' ').map(|(value, _)| value))?;
    Some(format!("write a colon and a space between the two: `{}: {}`", excerpt(key), excerpt(value)))
}

/// The text written as a list.
fn list(text: &str, of: &ValueType) -> String {
    if let Some(help) = likely_mistakes::bullet_help(text) {
        return format!("put each entry on a line of its own, and {help}");
    }
    if let ValueType::Record(record) = of {
        return format!("write each entry on a line of its own: `- {}`", sample(text, record));
    }
    let entries: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|entry| !entry.is_empty()).collect();
    format!("write a list: `[{}]`", excerpt(&entries.join(", ")))
}

/// The text written as a record.
fn entry(text: &str, record: &Record, is_entry: bool) -> String {
    let is_key = |spaced: &String| spaced.split_once(':').is_some_and(|(key, _)| record.keys().contains(&key));
    match likely_mistakes::space_after_colon(text).filter(is_key) {
        Some(spaced) => format!("put a space after the colon: `{spaced}`"),
        None if is_entry => format!("write `- {}`", sample(text, record)),
        None => format!("write `{}`{}", sample(text, record), form(record)),
    }
}

/// The form of a record's value, if it needs only one and that is not any text.
fn form(record: &Record) -> String {
    let mut required = record.fields.iter().filter(|field| field.required);
    match (required.next(), required.next()) {
        (Some(field), None) => match &field.shape {
            ValueType::Text { name, pattern: Some(_), .. } => format!(", where `{}` is {name}", field.key),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// An example of a record: its required keys, with the text as its name or first text, and an id derived from it. If no
/// key is required, a name is enough.
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

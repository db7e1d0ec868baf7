//! Writes values as YAML.

use crate::source::yaml::{YamlNode, YamlValue};

/// A step on the way to a value in front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YamlStep<'a> {
    /// Into a mapping, to the value of a key.
    Key(&'a str),
    /// Into a list, to an item, counted from 0. The number of items is the place of one more.
    Item(usize),
}

/// A value to write.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum YamlContent {
    /// Text of one line or several.
    Text(String),
    List(Vec<YamlContent>),
    /// A mapping, in this order.
    Map(Vec<(String, YamlContent)>),
}

impl YamlContent {
    /// A value as read, without its places. Nothing is an empty text.
    pub(crate) fn from_node(node: &YamlNode) -> Self {
        match &node.value {
            YamlValue::Nothing => Self::Text(String::new()),
            YamlValue::Text(text) => Self::Text(text.clone()),
            YamlValue::List(items) => Self::List(items.iter().map(Self::from_node).collect()),
            YamlValue::Map(entries) => {
                Self::Map(entries.iter().map(|(key, value)| (key.text.clone(), Self::from_node(value))).collect())
            }
        }
    }

    /// The value, which is left empty.
    fn take(&mut self) -> Self {
        std::mem::replace(self, Self::Text(String::new()))
    }

    /// The same value with another one at `path`; missing keys are added at the end.
    pub(super) fn with(self, path: &[YamlStep<'_>], value: &Self) -> Option<Self> {
        let Some((step, rest)) = path.split_first() else { return Some(value.clone()) };
        match (step, self) {
            (YamlStep::Key(key), Self::Map(mut entries)) => {
                let at = entries.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
                    entries.push(((*key).to_owned(), Self::Text(String::new())));
                    entries.len() - 1
                });
                entries[at].1 = entries[at].1.take().with(rest, value)?;
                Some(Self::Map(entries))
            }
            (YamlStep::Key(_), Self::Text(text)) if text.is_empty() => Self::Map(Vec::new()).with(path, value),
            (YamlStep::Item(at), Self::List(mut items)) => {
                if *at == items.len() && rest.is_empty() {
                    items.push(value.clone());
                    return Some(Self::List(items));
                }
                let item = items.get_mut(*at)?;
                *item = item.take().with(rest, value)?;
                Some(Self::List(items))
            }
            _ => None,
        }
    }

    /// The same value without the key that `path` leads to; `None` if there is none.
    pub(super) fn without(self, path: &[YamlStep<'_>]) -> Option<Self> {
        let (step, rest) = path.split_first()?;
        match (step, self) {
            (YamlStep::Key(key), Self::Map(mut entries)) => {
                let at = entries.iter().position(|(known, _)| known == key)?;
                if rest.is_empty() {
                    entries.remove(at);
                } else {
                    entries[at].1 = entries[at].1.clone().without(rest)?;
                }
                Some(Self::Map(entries))
            }
            (YamlStep::Item(at), Self::List(mut items)) => {
                let item = items.get_mut(*at)?;
                *item = item.clone().without(rest)?;
                Some(Self::List(items))
            }
            _ => None,
        }
    }

    /// Whether it can be written on one line without making it harder to read.
    pub(super) fn is_one_line(&self) -> bool {
        matches!(self, Self::Text(text) if !text.contains('\n'))
    }

    /// The value as it is written after a key and its colon, in block style. Lines after the first are indented by at
    /// least `indent` spaces, that of the key plus two.
    pub(super) fn after_key(&self, indent: usize) -> String {
        match self {
            Self::Text(text) => format!(" {}", block_text(text, indent)),
            Self::List(items) if items.is_empty() => " []".to_owned(),
            Self::Map(entries) if entries.is_empty() => " {}".to_owned(),
            Self::List(_) | Self::Map(_) => format!("\n{}{}", " ".repeat(indent), self.block(indent)),
        }
    }

    /// The value as it is written on a line of its own, from column `indent` on.
    pub(super) fn block(&self, indent: usize) -> String {
        let margin = " ".repeat(indent);
        match self {
            Self::Text(text) => block_text(text, indent),
            Self::List(items) if items.is_empty() => "[]".to_owned(),
            Self::Map(entries) if entries.is_empty() => "{}".to_owned(),
            Self::List(items) => {
                let items = items.iter().map(|item| format!("- {}", item.block(indent + 2)));
                items.collect::<Vec<_>>().join(&format!("\n{margin}"))
            }
            Self::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| format!("{key}:{}", value.after_key(indent + 2)));
                entries.collect::<Vec<_>>().join(&format!("\n{margin}"))
            }
        }
    }

    /// The value on one line, as lists and mappings in brackets need it.
    pub(crate) fn in_brackets(&self) -> String {
        match self {
            Self::Text(text) => flow_scalar(text),
            Self::List(items) => {
                format!("[{}]", items.iter().map(Self::in_brackets).collect::<Vec<_>>().join(", "))
            }
            Self::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| format!("{key}: {}", value.in_brackets()));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl From<&str> for YamlContent {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A text in block style: several lines as a `|` block, where nothing has to be escaped.
fn block_text(text: &str, indent: usize) -> String {
    let lines = text.trim_end_matches('\n');
    let is_block = lines.contains('\n')
        && !lines.starts_with([' ', '\t', '\n'])
        && lines
            .chars()
            .all(|c| c == '\n' || c == '\t' || !c.is_control() && !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}'));
    if !is_block {
        return flow_scalar(text);
    }
    let margin = " ".repeat(indent);
    let lines = lines.lines().map(|line| if line.is_empty() { String::new() } else { format!("\n{margin}{line}") });
    let body: Vec<String> = lines.map(|line| if line.is_empty() { "\n".to_owned() } else { line }).collect();
    format!("{}{}", if text.ends_with('\n') { "|" } else { "|-" }, body.concat())
}

/// A text on one line: as it is where YAML gives none of its characters a meaning, or in quotation marks.
fn flow_scalar(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_alphanumeric())
        && !text.ends_with(' ')
        && text.chars().all(|c| {
            c.is_alphanumeric()
                || matches!(c, ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '\'' | '’' | '£' | '%' | '+' | ';' | '–')
        })
        && !["null", "true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word));
    // Every JSON string is also a YAML string.
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;
    use crate::source::yaml::node::parse;

    fn read(text: &str) -> Option<YamlContent> {
        parse(&RelPath::new("a.yaml"), text, 0).value.map(|node| YamlContent::from_node(&node))
    }

    #[test]
    fn what_is_written_is_read_again() {
        let texts = [
            "plain",
            "",
            "- a",
            "a: b",
            "a # b",
            "null",
            "\"x\"",
            "no",
            "2024-05-01",
            "two\nlines",
            "two\n\nlines\n",
            " \nodd",
            "[x]",
            "*a",
            "£5 – it’s",
            "tab\there",
            "end ",
            "a\r\nb",
            "#",
            "\u{feff}x",
            "a\n  b\n c",
            "12:30",
        ];
        for text in texts {
            let value = YamlContent::Text(text.to_owned());
            let map = |value: &YamlContent| YamlContent::Map(vec![("key".into(), value.clone())]);
            assert_eq!(read(&format!("key:{}\n", value.after_key(2))), Some(map(&value)), "{text:?}");
            assert_eq!(read(&format!("{{key: {}}}\n", value.in_brackets())), Some(map(&value)), "{text:?}");
            let entry = YamlContent::Map(vec![("a".into(), value.clone()), ("b".into(), value.clone())]);
            let list = YamlContent::List(vec![entry, value, YamlContent::List(Vec::new())]);
            assert_eq!(read(&format!("key:{}\n", list.after_key(2))), Some(map(&list)), "{text:?}");
            assert_eq!(read(&format!("{{key: {}}}\n", list.in_brackets())), Some(map(&list)), "{text:?}");
        }
    }
}

//! The strings of a YAML file with folds and escapes resolved. Markdown is read from the model instead.

use crate::diagnostic::{RelPath, Span};
use crate::source::yaml::node::{self, YamlNode, YamlValue};
use crate::source::yaml::{Record, Text, ValueType};

/// A value of a YAML file, or a key that its author chose.
pub(crate) struct WrittenText {
    /// The string, with its span.
    pub text: Text,
    /// Whether it is read as words. Ids, addresses, free data and misplaced values are not.
    pub is_prose: bool,
}

/// Settings that are never published, as their parent key and their own. They are not checked: an author's email is
/// needed to ask questions, a contact to write letters, an address to send forms to, and a waiver must be able to quote what it covers.
const NEVER_PUBLISHED: &[(&str, &str)] = &[
    ("", "publish"),
    ("", "return_to"),
    ("author", "email"),
    ("agencies", "contact"),
    ("boards", "contact"),
    ("signed_off", "text"),
    ("waivers", "code"),
    ("waivers", "file"),
    ("waivers", "text"),
];

/// Keys whose values are ids or files, which no page shows as words. A theme's lead may be `tbc`, which has its own
/// diagnostic.
const IDS: &[&str] = &[
    "aliases",
    "code",
    "commitment",
    "contents",
    "duties",
    "evidence",
    "file",
    "formerly",
    "from",
    "lead",
    "link",
    "measure",
    "measures",
    "priorities",
    "priority",
    "reports_to",
    "where",
    "with",
];

/// The same of keys that have words in other places, each below its parent key.
const IDS_BELOW: &[(&str, &str)] = &[("agreements", "document")];

/// The strings of the YAML at `slice` of a file's text, read as `shape`. Invalid YAML gives one string with all of it.
pub(crate) fn texts(file: &RelPath, text: &str, slice: Span, shape: &ValueType) -> Vec<WrittenText> {
    let mut texts = Vec::new();
    match node::parse(file, slice.slice(text), slice.start as usize).value {
        Some(node) => StringCollector { texts: &mut texts }.collect(&node, shape, "", true),
        None => texts.push(WrittenText { text: Text::new(slice.slice(text).to_owned(), slice), is_prose: false }),
    }
    texts
}

/// Collects strings. Recursion is bounded, because the parser limits the depth of nodes.
struct StringCollector<'a> {
    texts: &'a mut Vec<WrittenText>,
}

impl StringCollector<'_> {
    /// Adds the strings of `node`, which has the type `shape` and is the value of the key `below`.
    fn collect(&mut self, node: &YamlNode, shape: &ValueType, below: &str, is_prose: bool) {
        match (shape, &node.value) {
            // Read from the model, where its markup is known.
            (ValueType::Text { name: MARKDOWN, .. }, YamlValue::Text(_)) => {}
            (ValueType::Text { name, .. }, YamlValue::Text(text)) => {
                self.add(text, node.span, is_prose && *name == "text");
            }
            (ValueType::List(shape), YamlValue::List(items)) => {
                for item in items {
                    self.collect(item, shape, below, is_prose);
                }
            }
            (ValueType::Map(shape), YamlValue::Map(entries)) => {
                for (key, value) in entries {
                    self.add(&key.text, key.span, false);
                    self.collect(value, shape, below, is_prose);
                }
            }
            (ValueType::Record(record), YamlValue::Map(entries)) => {
                for (key, value) in entries {
                    if NEVER_PUBLISHED.contains(&(below, key.text.as_str())) {
                        continue;
                    }
                    if let Some(shape) = shape_of(record, &key.text) {
                        let name = key.text.as_str();
                        let is_id = IDS.contains(&name) || IDS_BELOW.contains(&(below, name));
                        let is_words = is_prose && !(is_text(shape) && is_id);
                        self.collect(value, shape, &key.text, is_words);
                    } else {
                        self.add(&key.text, key.span, false);
                        self.collect(value, &ValueType::Anything, &key.text, false);
                    }
                }
            }
            (ValueType::Either(shapes), _) => {
                let fitting = shapes.iter().find(|shape| fits(shape, &node.value));
                self.collect(node, fitting.unwrap_or(&ValueType::Anything), below, is_prose);
            }
            // Free data and misplaced values.
            (_, YamlValue::Text(text)) => self.add(text, node.span, false),
            (_, YamlValue::List(items)) => {
                for item in items {
                    self.collect(item, &ValueType::Anything, below, false);
                }
            }
            (_, YamlValue::Map(entries)) => {
                for (key, value) in entries {
                    self.add(&key.text, key.span, false);
                    self.collect(value, &ValueType::Anything, below, false);
                }
            }
            (_, YamlValue::Nothing) => {}
        }
    }

    fn add(&mut self, text: &str, span: Span, is_prose: bool) {
        self.texts.push(WrittenText { text: Text::new(text.to_owned(), span), is_prose });
    }
}

/// The type name of Markdown values.
const MARKDOWN: &str = "text (Markdown)";

/// Whether a value is of the kind that `shape` requires.
fn fits(shape: &ValueType, value: &YamlValue) -> bool {
    match shape {
        ValueType::Text { .. } | ValueType::Number | ValueType::Bool | ValueType::Choice(_) => {
            matches!(value, YamlValue::Text(_))
        }
        ValueType::List(_) => matches!(value, YamlValue::List(_)),
        ValueType::Map(_) | ValueType::Record(_) => matches!(value, YamlValue::Map(_)),
        ValueType::Either(shapes) => shapes.iter().any(|shape| fits(shape, value)),
        ValueType::Anything => true,
    }
}

/// Whether `shape` is a text or a list of texts.
fn is_text(shape: &ValueType) -> bool {
    match shape {
        ValueType::Text { .. } => true,
        ValueType::List(items) => matches!(**items, ValueType::Text { .. }),
        _ => false,
    }
}

/// The type of a record's key.
fn shape_of<'r>(record: &'r Record, key: &str) -> Option<&'r ValueType> {
    record.fields.iter().find(|field| field.key == key).map(|field| &field.shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::files::{GlossaryFile, GovernanceFile, ReportFile, SiteFile, SubmissionFrontMatter};
    use crate::source::yaml::FromYaml;

    /// The strings of a file: those read as words, then the others.
    fn check<T: FromYaml>(text: &str) -> String {
        let texts = texts(&RelPath::new("a.yaml"), text, Span::new(0, text.len()), &T::shape());
        let of_kind = |is_prose: bool| {
            let texts = texts.iter().filter(move |text| text.is_prose == is_prose);
            texts.map(|text| text.text.value.clone()).collect::<Vec<_>>().join("|")
        };
        format!("{} / {}", of_kind(true), of_kind(false))
    }

    #[test]
    fn titles_and_names_are_words_and_ids_are_not() {
        let front =
            "---\ntitle: A\nsummary: B\nauthor: {name: C, email: d@e.f}\nevidence: [g]\nsubmitted: 2020-01-01\n";
        assert_eq!(check::<SubmissionFrontMatter>(front), "A|B|C / g|2020-01-01");
        let report = "title: A\nperiod: {from: 2019-04-01, to: 2020-03-31}\npriorities: [{id: b, name: C, summary: D}]\n\
                      agencies: [{id: e, name: F, aliases: [G]}]\nwaivers: [{code: h, file: i, text: j, reason: k}]\n";
        assert_eq!(check::<ReportFile>(report), "A|C|F / 2019-04-01|2020-03-31|b|e|G");
        let governance = "bodies: [{id: a, name: B, members: [C, {name: D, seats: 2}]}]\nthemes: [{name: E, lead: tbc}]\n\
                          reporting: [{document: F, from: g, to: {h: {when: I}}}]\n";
        assert_eq!(check::<GovernanceFile>(governance), "B|C|D|E|F|I / a|2|tbc|g|h");
    }

    #[test]
    fn keys_free_data_and_slips_are_read_and_settings_are_not() {
        assert_eq!(check::<GlossaryFile>("A: b\nC: {meaning: d, link: e}\n"), "b|d / A|C|e");
        let site = "title: A\nextra: {b: [c, {d: e}]}\npublish: {live: {to: \"s3://f\"}}\ntitel: [g]\n";
        assert_eq!(check::<SiteFile>(site), "A / b|c|d|e|titel|g");
        assert_eq!(check::<SiteFile>("title: [a, b]\n"), " / a|b");
        assert_eq!(check::<ReportFile>("title: ["), " / title: [");
    }
}

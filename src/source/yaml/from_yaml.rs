//! Reads Rust values from YAML: the trait, the reader with its diagnostics, and lists and mappings.
//!
//! Reading never stops at an error. Wrong values are reported and left out, and the rest is read.

use super::node::{YamlKey, YamlNode, YamlValue};
use super::spanned::{Spanned, Text};
use super::value_type::ValueType;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, SubjectKind, excerpt, quoted_list};

/// A type that can be read from YAML.
pub(crate) trait FromYaml: Sized {
    /// The values that are accepted, for messages and the JSON Schema.
    fn shape() -> ValueType;

    /// Reads a value. Reports a problem and returns `None` if it is not acceptable.
    fn read(node: &YamlNode, reader: &mut YamlReader<'_>) -> Option<Self>;
}

/// The state of reading one file.
pub(crate) struct YamlReader<'a> {
    /// The file's path from the site's root.
    pub file: &'a RelPath,
    /// The file's whole text.
    pub text: &'a str,
    /// The problems found so far.
    pub diagnostics: Vec<Diagnostic>,
    /// Number of list entries that could not be read.
    pub dropped: usize,
    /// What messages call the whole that is read.
    whole: &'static str,
    /// The keys above the value being read, for messages.
    path: Vec<String>,
    /// Whether the value being read is a list entry.
    pub(super) is_entry: bool,
}

impl<'a> YamlReader<'a> {
    /// Creates a reader for `file`, whose whole text is `text`.
    #[must_use]
    pub(crate) fn new(file: &'a RelPath, text: &'a str) -> Self {
        Self { file, text, diagnostics: Vec::new(), dropped: 0, whole: "this file", path: Vec::new(), is_entry: false }
    }

    /// The same reader for a part of the file, which messages call `whole`.
    #[must_use]
    pub(super) fn with_whole(self, whole: &'static str) -> Self {
        Self { whole, ..self }
    }

    /// Reports a problem at a span, about the key that is being read.
    pub(crate) fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::new(code, Location::new(self.file, span), message).help(help);
        self.diagnostics.push(match self.path.last() {
            Some(key) => diagnostic.about(SubjectKind::Key, key),
            None => diagnostic,
        });
    }

    /// Lets nothing show some words of what was reported last.
    pub(super) fn flag(&mut self, words: String) {
        if let Some(diagnostic) = self.diagnostics.pop() {
            self.diagnostics.push(diagnostic.flagging(words));
        }
    }

    /// Reports a value of the wrong type.
    pub(crate) fn wrong_type(&mut self, node: &YamlNode, expected: &ValueType) {
        let name = expected.name();
        // What may be a name and a password in an address is not repeated.
        let login = match &node.value {
            YamlValue::Text(text) => text.split_once("://").and_then(|(_, rest)| Some(rest.rsplit_once('@')?.0)),
            _ => None,
        }
        .filter(|login| login.contains(':'));
        let found = match &node.value {
            YamlValue::Nothing => "empty".to_owned(),
            YamlValue::Text(text) => {
                format!("`{}`", excerpt(&login.map_or(text.clone(), |login| text.replace(login, "…"))))
            }
            YamlValue::List(_) => "a list".to_owned(),
            YamlValue::Map(_) => "a group of settings (`key: value`)".to_owned(),
        };
        let message = match expected {
            ValueType::Record(record) if self.is_entry => {
                format!(
                    "each entry under {} needs {}, but this one is {found}",
                    self.subject(),
                    quoted_list(&record.required())
                )
            }
            _ => format!("{} must be {name}, but is {found}", self.subject()),
        };
        let help =
            super::wrong_type_help::help(node, expected, self.is_entry).unwrap_or_else(|| format!("write {name}"));
        self.report(Code::WrongType, node.span, message, help);
        if let Some(login) = login {
            self.flag(login.to_owned());
        }
    }

    /// The key being read, in backticks, or the whole at the top level.
    #[must_use]
    pub(crate) fn subject(&self) -> String {
        self.path.last().map_or_else(|| self.whole.to_owned(), |key| format!("`{key}`"))
    }

    /// Reads the value of a key, which messages then name.
    pub(crate) fn value_of<T: FromYaml>(&mut self, key: &str, node: &YamlNode) -> Option<T> {
        self.path.push(key.to_owned());
        let was_entry = std::mem::take(&mut self.is_entry);
        let value = T::read(node, self);
        self.is_entry = was_entry;
        self.path.pop();
        value
    }
}

/// Reports a repeated key. Returns whether it probably starts a list entry that has no hyphen.
pub(super) fn report_duplicate(reader: &mut YamlReader<'_>, key: &YamlKey, first: &YamlKey) -> bool {
    let location = Location::new(reader.file, key.span);
    let message = format!("`{}` is given twice", excerpt(&key.text));
    let earlier = Location::new(reader.file, first.span);
    let diagnostic = Diagnostic::new(Code::DuplicateKey, location, message).related(earlier, "first given here");
    let before = reader.text.get(..first.span.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let begins_entry = line.trim_end().ends_with('-');
    reader.diagnostics.push(diagnostic.help(if begins_entry {
        "keep one of the two, or start this line with `- ` if it is a new list entry"
    } else {
        "keep one of the two"
    }));
    begins_entry
}

impl<T: FromYaml> FromYaml for Vec<T> {
    fn shape() -> ValueType {
        ValueType::List(Box::new(T::shape()))
    }

    fn read(node: &YamlNode, reader: &mut YamlReader<'_>) -> Option<Self> {
        if let YamlValue::List(items) = &node.value {
            let was_entry = std::mem::replace(&mut reader.is_entry, true);
            let read: Self = items.iter().filter_map(|item| T::read(item, reader)).collect();
            reader.is_entry = was_entry;
            reader.dropped += items.len() - read.len();
            Some(read)
        } else {
            reader.wrong_type(node, &Self::shape());
            None
        }
    }
}

/// The entries of a mapping with free keys, in the order written.
pub(crate) type OpenMap<T> = Vec<(Text, T)>;

/// A mapping whose keys the author chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FreeMap<T>(pub OpenMap<T>);

impl<T> Default for FreeMap<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: FromYaml> FromYaml for FreeMap<T> {
    fn shape() -> ValueType {
        ValueType::Map(Box::new(T::shape()))
    }

    fn read(node: &YamlNode, reader: &mut YamlReader<'_>) -> Option<Self> {
        let YamlValue::Map(entries) = &node.value else {
            reader.wrong_type(node, &Self::shape());
            return None;
        };
        let mut read: OpenMap<T> = Vec::new();
        let mut seen: std::collections::HashMap<&str, &YamlKey> = std::collections::HashMap::new();
        for (key, value) in entries {
            if let Some(first) = seen.get(key.text.as_str()) {
                report_duplicate(reader, key, first);
                continue;
            }
            seen.insert(&key.text, key);
            if let Some(value) = reader.value_of(&key.text, value) {
                read.push((Spanned::new(key.text.clone(), key.span), value));
            }
        }
        Some(Self(read))
    }
}

/// Free data for templates: any YAML, kept as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawYaml(pub YamlNode);

impl FromYaml for RawYaml {
    fn shape() -> ValueType {
        ValueType::Anything
    }

    fn read(node: &YamlNode, _: &mut YamlReader<'_>) -> Option<Self> {
        Some(Self(node.clone()))
    }
}

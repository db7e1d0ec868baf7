//! What is read from YAML: the trait, the reader that goes through a file, and lists and mappings of what can be read.
//!
//! Reading never stops at a fault: what is wrong is reported and left out, and the rest is read all the same.

use super::node::{YamlKey, YamlNode, YamlValue};
use super::spanned::{Spanned, Text};
use super::value_type::ValueType;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, excerpt, quoted_list};

/// Something that can be read from YAML.
pub(crate) trait FromYaml: Sized {
    /// What may stand there.
    fn shape() -> ValueType;

    /// Reads what stands there; nothing where it is something else, which is reported.
    fn read(node: &YamlNode, reader: &mut YamlReader<'_>) -> Option<Self>;
}

/// Where reading happens, and what was found wrong so far.
pub(crate) struct YamlReader<'a> {
    /// The file that is read.
    pub file: &'a RelPath,
    /// Its text.
    pub text: &'a str,
    /// What was found wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// How many entries of lists could not be read.
    pub dropped: usize,
    /// The keys that lead to the value being read, for messages.
    path: Vec<String>,
    /// Whether the value being read is an entry of a list.
    pub(super) is_entry: bool,
}

impl<'a> YamlReader<'a> {
    /// A reader of `file`, whose whole text is `text`.
    #[must_use]
    pub(crate) fn new(file: &'a RelPath, text: &'a str) -> Self {
        Self { file, text, diagnostics: Vec::new(), dropped: 0, path: Vec::new(), is_entry: false }
    }

    /// Reports a problem at a span.
    pub(crate) fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, Location::new(self.file, span), message).help(help));
    }

    /// Reports a value of the wrong type, and shows it.
    pub(crate) fn wrong_type(&mut self, node: &YamlNode, expected: &ValueType) {
        let name = expected.name();
        let found = match &node.value {
            YamlValue::Nothing => "nothing stands there".to_owned(),
            YamlValue::Text(text) => format!("`{}` stands there", excerpt(text)),
            YamlValue::List(_) => "a list stands there".to_owned(),
            YamlValue::Map(_) => "a mapping (`key: value`) stands there".to_owned(),
        };
        let message = match expected {
            ValueType::Record(record) if self.is_entry => {
                format!("each entry under {} needs {}, but {found}", self.subject(), quoted_list(&record.required()))
            }
            _ => format!("{} takes {name}, but {found}", self.subject()),
        };
        let help =
            super::wrong_type_help::help(node, expected, self.is_entry).unwrap_or_else(|| format!("write {name}"));
        self.report(Code::WrongType, node.span, message, help);
    }

    /// The key being read, in backticks.
    #[must_use]
    pub(crate) fn subject(&self) -> String {
        self.path.last().map_or_else(|| "this file".to_owned(), |key| format!("`{key}`"))
    }

    /// Reads the value of a key, so that messages can name it.
    pub(crate) fn value_of<T: FromYaml>(&mut self, key: &str, node: &YamlNode) -> Option<T> {
        self.path.push(key.to_owned());
        let was_entry = std::mem::take(&mut self.is_entry);
        let value = T::read(node, self);
        self.is_entry = was_entry;
        self.path.pop();
        value
    }
}

/// Reports a key that was given before; whether it most likely begins an entry of a list that lacks its hyphen.
pub(super) fn report_duplicate(reader: &mut YamlReader<'_>, key: &YamlKey, first: &YamlKey) -> bool {
    let location = Location::new(reader.file, key.span);
    let message = format!("`{}` is given twice", excerpt(&key.text));
    let told = Location::new(reader.file, first.span);
    let diagnostic = Diagnostic::new(Code::DuplicateKey, location, message).related(told, "first given here");
    let before = reader.text.get(..first.span.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let begins_entry = line.trim_end().ends_with('-');
    reader.diagnostics.push(diagnostic.help(if begins_entry {
        "if another entry of the list begins here, begin it with `- `; else keep one of the two"
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

/// A mapping with keys of the writer's own choice, in the order written.
pub(crate) type OpenMap<T> = Vec<(Text, T)>;

/// A mapping with free keys; the list of pairs is [`OpenMap`].
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

/// Free data for templates: any YAML, kept as it was written.
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

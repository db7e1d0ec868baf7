//! Types of values in YAML files, for readers' messages and the JSON Schema.

use crate::diagnostic::{quoted_choice, quoted_list};

/// The type of a value.
#[derive(Clone, Debug)]
pub(crate) enum ValueType {
    /// Text of some form.
    Text {
        /// The words for such a value in messages: `text`, `a date such as 2020-09-14`.
        name: &'static str,
        /// A regular expression that every such value matches, if there is one.
        pattern: Option<&'static str>,
        /// Whether the pattern matches some text that YAML reads as a number, such as the id `2019`.
        takes_numbers: bool,
    },
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// One of some fixed words.
    Choice(&'static [&'static str]),
    /// A list whose entries have one type.
    List(Box<ValueType>),
    /// A mapping with free keys, whose values have one type.
    Map(Box<ValueType>),
    /// A mapping with known keys.
    Record(Record),
    /// One of several types.
    Either(Vec<ValueType>),
    /// Any YAML.
    Anything,
}

impl ValueType {
    /// Any text, with the words for it in messages.
    #[must_use]
    pub(crate) fn text(name: &'static str) -> Self {
        Self::Text { name, pattern: None, takes_numbers: true }
    }

    /// Text that matches a pattern, which no number does.
    #[must_use]
    pub(crate) fn matching(name: &'static str, pattern: &'static str) -> Self {
        Self::Text { name, pattern: Some(pattern), takes_numbers: false }
    }

    /// The words for such a value in messages, with an article: `a number`.
    #[must_use]
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Text { name, .. } => (*name).to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Bool => "`true` or `false`".to_owned(),
            Self::Choice(words) => quoted_choice(words),
            Self::List(_) => "a list".to_owned(),
            Self::Map(_) => "a group of settings (`key: value`)".to_owned(),
            Self::Record(record) => format!("a group of settings ({})", quoted_list(&record.keys())),
            Self::Either(shapes) => shapes.iter().map(ValueType::name).collect::<Vec<_>>().join(", or "),
            Self::Anything => "anything".to_owned(),
        }
    }
}

/// A mapping with known keys.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The description of the record, for the JSON Schema.
    pub doc: &'static str,
    /// The keys, in the order of the documentation.
    pub fields: Vec<RecordField>,
}

impl Record {
    /// The names of the keys.
    #[must_use]
    pub(crate) fn keys(&self) -> Vec<&'static str> {
        self.fields.iter().map(|field| field.key).collect()
    }

    /// The names of the required keys, or of all keys if none is required.
    #[must_use]
    pub(crate) fn required(&self) -> Vec<&'static str> {
        let required: Vec<_> = self.fields.iter().filter(|field| field.required).map(|field| field.key).collect();
        if required.is_empty() { self.keys() } else { required }
    }
}

/// One key of a record.
#[derive(Clone, Debug)]
pub(crate) struct RecordField {
    pub key: &'static str,
    /// Whether the key is required.
    pub required: bool,
    /// The type of the key's value.
    pub shape: ValueType,
    /// The description of the key, for the JSON Schema.
    pub doc: &'static str,
}

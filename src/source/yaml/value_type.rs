//! What may stand somewhere, for the messages of readers and for the JSON Schema.

use crate::diagnostic::quoted_list;

/// The shape of a value, for the reader's messages and for the JSON Schema.
#[derive(Clone, Debug)]
pub(crate) enum ValueType {
    /// Any text; the word says what of, for the schema's `format` (`uri`, `date` …), or is empty.
    Text {
        /// What a person calls such a value: `text`, `a date such as 2020-09-14`.
        name: &'static str,
        /// A regular expression that every such value matches, where there is one.
        pattern: Option<&'static str>,
        /// Whether the pattern matches what YAML takes for a number, such as the id `2019`.
        takes_numbers: bool,
    },
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// A list of one shape.
    List(Box<ValueType>),
    /// Free keys with values of one shape.
    Map(Box<ValueType>),
    /// Known keys.
    Record(Record),
    /// One of several shapes.
    Either(Vec<ValueType>),
    /// Anything at all.
    Anything,
}

impl ValueType {
    /// Any text, by what a person calls it.
    #[must_use]
    pub(crate) fn text(name: &'static str) -> Self {
        Self::Text { name, pattern: None, takes_numbers: true }
    }

    /// Text that matches a pattern, as no number does.
    #[must_use]
    pub(crate) fn matching(name: &'static str, pattern: &'static str) -> Self {
        Self::Text { name, pattern: Some(pattern), takes_numbers: false }
    }

    /// What a person calls such a value, with its article.
    #[must_use]
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Text { name, .. } => (*name).to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Bool => "`true` or `false`".to_owned(),
            Self::Choice(words) => format!("one of {}", quoted_list(words)),
            Self::List(_) => "a list".to_owned(),
            Self::Map(_) => "a mapping (`key: value`)".to_owned(),
            Self::Record(record) => format!("a mapping with the keys {}", quoted_list(&record.keys())),
            Self::Either(shapes) => shapes.iter().map(ValueType::name).collect::<Vec<_>>().join(", or "),
            Self::Anything => "anything".to_owned(),
        }
    }
}

/// The keys of a record.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// What the record is.
    pub doc: &'static str,
    /// Its keys, in the order of the documentation.
    pub fields: Vec<RecordField>,
}

impl Record {
    /// The names of the keys.
    #[must_use]
    pub(crate) fn keys(&self) -> Vec<&'static str> {
        self.fields.iter().map(|field| field.key).collect()
    }

    /// The names of the keys without which it is incomplete; of all where none is such.
    #[must_use]
    pub(crate) fn required(&self) -> Vec<&'static str> {
        let required: Vec<_> = self.fields.iter().filter(|field| field.required).map(|field| field.key).collect();
        if required.is_empty() { self.keys() } else { required }
    }
}

/// One key of a record.
#[derive(Clone, Debug)]
pub(crate) struct RecordField {
    /// The key as people write it.
    pub key: &'static str,
    /// Whether the record is incomplete without it.
    pub required: bool,
    /// What it holds.
    pub shape: ValueType,
    /// What it means.
    pub doc: &'static str,
}

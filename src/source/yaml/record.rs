//! What may stand where: one declaration of a record's keys gives its reader, its checks and its JSON Schema.
//!
//! Reading never stops at a fault: what is wrong is reported and left out, and the rest is read all the same.

use std::ops::Deref;

use super::node::{YamlKey, YamlNode, YamlValue};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, WithDiagnostics};
use crate::source::slug::slug;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands in its file.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value` as it stands at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Text in one line or several.
pub type Text = Spanned<String>;

/// The shape of a value, for the reader's messages and for the JSON Schema.
#[derive(Clone, Debug)]
pub enum ValueType {
    /// Any text; the word says what of, for the schema's `format` (`uri`, `date` …), or is empty.
    Text {
        /// What a person calls such a value: `text`, `a date such as 2020-09-14`.
        name: &'static str,
        /// A regular expression that every such value matches, where there is one.
        pattern: Option<&'static str>,
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
    /// What a person calls such a value, with its article.
    #[must_use]
    pub fn name(&self) -> String {
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

/// `` `a`, `b` and `c` ``.
#[must_use]
pub fn quoted_list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// The keys of a record.
#[derive(Clone, Debug)]
pub struct Record {
    /// What the record is.
    pub doc: &'static str,
    /// Its keys, in the order of the documentation.
    pub fields: Vec<RecordField>,
}

impl Record {
    /// The names of the keys.
    #[must_use]
    pub fn keys(&self) -> Vec<&'static str> {
        self.fields.iter().map(|field| field.key).collect()
    }

    /// The names of the keys without which it is incomplete; of all where none is such.
    #[must_use]
    pub fn required(&self) -> Vec<&'static str> {
        let required: Vec<_> = self.fields.iter().filter(|field| field.required).map(|field| field.key).collect();
        if required.is_empty() { self.keys() } else { required }
    }
}

/// One key of a record.
#[derive(Clone, Debug)]
pub struct RecordField {
    /// The key as people write it.
    pub key: &'static str,
    /// Whether the record is incomplete without it.
    pub required: bool,
    /// What it holds.
    pub shape: ValueType,
    /// What it means.
    pub doc: &'static str,
}

/// Something that can be read from YAML.
pub trait FromYaml: Sized {
    /// What may stand there.
    fn shape() -> ValueType;

    /// Reads what stands there; nothing where it is something else, which is reported.
    fn read(node: &YamlNode, reader: &mut YamlReader<'_>) -> Option<Self>;
}

/// Where reading happens, and what was found wrong so far.
pub struct YamlReader<'a> {
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
    is_entry: bool,
}

impl<'a> YamlReader<'a> {
    /// A reader of `file`, whose whole text is `text`.
    #[must_use]
    pub fn new(file: &'a RelPath, text: &'a str) -> Self {
        Self { file, text, diagnostics: Vec::new(), dropped: 0, path: Vec::new(), is_entry: false }
    }

    /// Reports a problem at a span.
    pub fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, Location::new(self.file, span), message).help(help));
    }

    /// Reports a value of the wrong type, and shows it.
    pub fn wrong_type(&mut self, node: &YamlNode, expected: &ValueType) {
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
    pub fn subject(&self) -> String {
        self.path.last().map_or_else(|| "this file".to_owned(), |key| format!("`{key}`"))
    }

    /// Reads the value of a key, so that messages can name it.
    pub fn value_of<T: FromYaml>(&mut self, key: &str, node: &YamlNode) -> Option<T> {
        self.path.push(key.to_owned());
        let was_entry = std::mem::take(&mut self.is_entry);
        let value = T::read(node, self);
        self.is_entry = was_entry;
        self.path.pop();
        value
    }
}

/// The beginning of a text, for a message.
#[must_use]
pub fn excerpt(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(60).collect();
    if short.len() < text.trim_end().len() { format!("{short}…") } else { short }
}

/// The entries of a mapping with known keys, each once. Unknown and repeated keys are reported.
pub fn known_entries<'n>(
    node: &'n YamlNode,
    record: &Record,
    reader: &mut YamlReader<'_>,
) -> Option<Vec<(usize, &'n YamlNode)>> {
    let YamlValue::Map(entries) = &node.value else {
        reader.wrong_type(node, &ValueType::Record(record.clone()));
        return None;
    };
    let keys = record.keys();
    let mut seen: Vec<(usize, &'n YamlKey)> = Vec::new();
    // Keys that an unknown one most likely means: they are misspelt, and not missing as well.
    let mut meant: Vec<&str> = Vec::new();
    let mut known = Vec::new();
    let mut is_run_together = false;
    let mut has_strangers = false;
    let mut rest = entries.iter().peekable();
    while let Some((key, value)) = rest.next() {
        let Some(index) = keys.iter().position(|known| *known == key.text) else {
            let near = nearest(key.text.split(':').next().unwrap_or_default(), keys.iter().copied());
            meant.extend(near);
            has_strangers |= near.is_none();
            let message = format!("`{}` is no key of {}", excerpt(&key.text), reader.subject());
            let help = help_of_unknown(key, value, near, record, reader.is_entry && entries.len() == 1);
            reader.report(Code::UnknownKey, key.span, message, help);
            continue;
        };
        if let Some((_, first)) = seen.iter().find(|(seen, _)| *seen == index) {
            // The keys of an entry without its hyphen are all given twice, which is one mistake.
            is_run_together = is_run_together || report_duplicate(reader, key, first);
            continue;
        }
        seen.push((index, key));
        if value.value == YamlValue::Nothing {
            let field = &record.fields[index];
            // Its own keys may stand below it, not indented.
            let mut own = 0;
            if let ValueType::Record(inner) = &field.shape {
                let inner = inner.keys();
                let is_own = |key: &YamlKey| inner.contains(&key.text.as_str()) && !keys.contains(&key.text.as_str());
                while rest.next_if(|(key, _)| is_own(key)).is_some() {
                    own += 1;
                }
            }
            if field.required || own > 0 {
                let message = format!("`{}` has no value", key.text);
                let help = if own > 0 {
                    format!("indent the lines below `{}:` that belong to it by two spaces", key.text)
                } else if is_comment(reader.text, key.span) {
                    format!("`#` begins a comment: put the text after `{}:` in quotation marks", key.text)
                } else {
                    format!("write {} after `{}:`", field.shape.name(), key.text)
                };
                reader.report(Code::MissingKey, key.span, message, help);
            }
            continue;
        }
        known.push((index, value));
    }
    // A mapping without any known key is something else, which was told: what it lacks says nothing more.
    let is_something_else = has_strangers && seen.is_empty() && meant.is_empty();
    for (index, field) in record.fields.iter().enumerate().filter(|_| !is_something_else) {
        if field.required && !seen.iter().any(|(seen, _)| *seen == index) && !meant.contains(&field.key) {
            let message = format!("`{}` is missing from {}", field.key, reader.subject());
            let help = format!("add `{}:` with {}", field.key, field.shape.name());
            reader.report(Code::MissingKey, node.span, message, help);
        }
    }
    Some(known)
}

/// What to do about a key that a record does not have; `near` is the one that it most likely means. `is_alone` where it
/// is all that an entry of a list has.
fn help_of_unknown(key: &YamlKey, value: &YamlNode, near: Option<&str>, record: &Record, is_alone: bool) -> String {
    let is_bare = value.value == YamlValue::Nothing;
    if let Some(spaced) = super::likely_mistakes::space_after_colon(&key.text).filter(|_| is_bare) {
        return format!("put a space after the colon: `{spaced}`");
    }
    match (near, &value.value) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        // Between brackets a comma ends a text.
        (None, YamlValue::Nothing) if key.text.contains(' ') => {
            "put a text that holds a comma in quotation marks".to_owned()
        }
        (None, YamlValue::Text(name)) if is_alone && record.required() == ["id", "name"] => {
            let sample = super::wrong_type_help::sample(name, record);
            format!(
                "write `- {}`",
                sample.replacen(&format!("id: {}", slug(name)), &format!("id: {}", slug(&key.text)), 1)
            )
        }
        (None, _) => format!("known here are {}", quoted_list(&record.keys())),
    }
}

/// Whether nothing but a comment follows a key on its line.
fn is_comment(text: &str, key: Span) -> bool {
    let rest = text.get(key.end as usize..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    rest.trim_start_matches([':', ' ']).starts_with('#')
}

/// Reads a YAML file, or the YAML slice of one that begins at byte `offset`, as a record. A fault of the syntax
/// gives the empty record, so that nothing is said to be missing from what could not be read.
#[must_use]
pub fn read_document<T: FromYaml + Default>(file: &RelPath, text: &str, slice: Span) -> WithDiagnostics<T> {
    let parsed = super::node::parse(file, slice.of(text), slice.start as usize);
    if !parsed.diagnostics.is_empty() {
        return WithDiagnostics::new(T::default(), parsed.diagnostics);
    }
    let mut reader = YamlReader::new(file, text);
    let empty = YamlNode { value: YamlValue::Map(Vec::new()), span: Span::at(slice.start as usize) };
    let read = T::read(parsed.value.as_ref().unwrap_or(&empty), &mut reader);
    WithDiagnostics::new(read.unwrap_or_default(), reader.diagnostics)
}

/// Reports a key that was given before; whether it most likely begins an entry of a list that lacks its hyphen.
fn report_duplicate(reader: &mut YamlReader<'_>, key: &YamlKey, first: &YamlKey) -> bool {
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

/// Declares a record: a struct of what was written, every field optional, with its reader and its shape.
///
/// `"key" required field: Type` is a key that must be there, `"key" optional field: Type` one that may.
#[macro_export]
macro_rules! record {
    ($(#[doc = $about:literal])+ pub struct $name:ident {
        $($(#[doc = $doc:literal])+ $key:literal $need:ident $field:ident: $type:ty,)+
    }) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name {
            /// Where the mapping begins.
            pub span: $crate::diagnostic::Span,
            /// The keys that are given but whose values could not be read whole, so that nothing is taken for missing.
            pub invalid_keys: Vec<&'static str>,
            /// Whether something in it could not be read, which is diagnosed: what is not here may yet be written.
            pub has_errors: bool,
            $($(#[doc = $doc])+ pub $field: Option<$type>,)+
        }

        impl $name {
            /// The record's keys.
            #[must_use]
            pub fn record() -> $crate::source::yaml::Record {
                $crate::source::yaml::Record {
                    doc: concat!($($about, "\n"),+),
                    fields: vec![$($crate::source::yaml::RecordField {
                        key: $key,
                        required: record!(@is_required $need),
                        shape: <$type as $crate::source::yaml::FromYaml>::shape(),
                        doc: concat!($($doc, "\n"),+),
                    },)+],
                }
            }
        }

        impl $crate::source::yaml::FromYaml for $name {
            fn shape() -> $crate::source::yaml::ValueType {
                $crate::source::yaml::ValueType::Record(Self::record())
            }

            fn read(
                node: &$crate::source::yaml::YamlNode,
                reader: &mut $crate::source::yaml::YamlReader<'_>,
            ) -> Option<Self> {
                static RECORD: std::sync::LazyLock<$crate::source::yaml::Record> =
                    std::sync::LazyLock::new($name::record);
                let mut read = Self { span: node.span, ..Self::default() };
                let told = reader.diagnostics.len();
                for (index, value) in $crate::source::yaml::record::known_entries(node, &RECORD, reader)? {
                    match RECORD.fields[index].key {
                        $($key => {
                            let dropped = reader.dropped;
                            read.$field = reader.value_of($key, value);
                            if read.$field.is_none() || reader.dropped > dropped {
                                read.invalid_keys.push($key);
                            }
                        })+
                        _ => unreachable!("every key of the record is matched"),
                    }
                }
                read.has_errors = reader.diagnostics.len() > told;
                Some(read)
            }
        }
    };
    (@is_required required) => { true };
    (@is_required optional) => { false };
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
pub type OpenMap<T> = Vec<(Text, T)>;

/// A mapping with free keys; the list of pairs is [`OpenMap`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeMap<T>(pub OpenMap<T>);

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
pub struct RawYaml(pub YamlNode);

impl FromYaml for RawYaml {
    fn shape() -> ValueType {
        ValueType::Anything
    }

    fn read(node: &YamlNode, _: &mut YamlReader<'_>) -> Option<Self> {
        Some(Self(node.clone()))
    }
}

/// Markdown in a YAML value, with the place of the value; [`Prose::place_of`] finds places inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// The Markdown.
    pub text: String,
    /// Where the value stands.
    pub span: Span,
    /// For each line of `text`, its first byte in `text` and where that byte stands in the file.
    lines: Vec<(usize, usize)>,
}

impl Prose {
    /// The Markdown of a value in a file's whole text.
    fn new(value: &str, span: Span, file_text: &str) -> Self {
        let written = span.of(file_text);
        let mut lines = Vec::new();
        let (mut offset, mut from) = (0, 0);
        for line in value.split_inclusive('\n') {
            let wanted = line.trim();
            // Escapes and folds keep a line from being found; places in it fall back to the whole value.
            if let Some(at) = (!wanted.is_empty()).then(|| written.get(from..)?.find(wanted)).flatten() {
                lines.push((offset + (line.len() - line.trim_start().len()), span.start as usize + from + at));
                from += at + wanted.len();
            }
            offset += line.len();
        }
        Self { text: value.to_owned(), span, lines }
    }

    /// Where a span of the Markdown stands in the file: exactly, where the line stands there letter for letter,
    /// and else as the whole value.
    #[must_use]
    pub fn place_of(&self, inside: Span) -> Span {
        let start = inside.start as usize;
        let line = self.lines.partition_point(|(offset, _)| *offset <= start);
        let Some((offset, at)) = line.checked_sub(1).map(|line| self.lines[line]) else { return self.span };
        if self.text[offset..start.min(self.text.len())].contains('\n') {
            return self.span;
        }
        let length = (inside.end - inside.start) as usize;
        Span::new(at + start - offset, (at + start - offset + length).min(self.span.end as usize))
    }
}

impl FromYaml for Prose {
    fn shape() -> ValueType {
        ValueType::Text { name: "text (Markdown)", pattern: None }
    }

    fn read(node: &YamlNode, reader: &mut YamlReader<'_>) -> Option<Self> {
        let text = Text::read(node, reader)?;
        Some(Self::new(&text.value, node.span, reader.text))
    }
}

/// One of two forms of the same thing: the simple one, or one that says more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShortOr<S, T> {
    /// The simple form.
    One(S),
    /// The longer form.
    More(T),
}

/// Text, or a record that says more: `Healthwatch` or `{name: Healthwatch, seats: 2}`.
pub type TextOr<T> = ShortOr<Text, T>;

impl<S: FromYaml, T: FromYaml> FromYaml for ShortOr<S, T> {
    fn shape() -> ValueType {
        ValueType::Either(vec![S::shape(), T::shape()])
    }

    fn read(node: &YamlNode, reader: &mut YamlReader<'_>) -> Option<Self> {
        if is_like(&T::shape(), node) {
            T::read(node, reader).map(Self::More)
        } else if matches!(node.value, YamlValue::Text(_)) {
            S::read(node, reader).map(Self::One)
        } else {
            reader.wrong_type(node, &Self::shape());
            None
        }
    }
}

/// Whether a node has a shape's outline: a list for a list, a mapping for a mapping.
fn is_like(shape: &ValueType, node: &YamlNode) -> bool {
    match shape {
        ValueType::List(_) => matches!(node.value, YamlValue::List(_)),
        ValueType::Map(_) | ValueType::Record(_) => matches!(node.value, YamlValue::Map(_)),
        _ => false,
    }
}

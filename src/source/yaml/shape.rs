//! What may stand where: one declaration of a record's keys gives its reader, its checks and its JSON Schema.
//!
//! Reading never stops at a fault: what is wrong is reported and left out, and the rest is read all the same.

use std::ops::Deref;

use super::node::{Key, Node, Value};
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
pub enum Shape {
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
    List(Box<Shape>),
    /// Free keys with values of one shape.
    Map(Box<Shape>),
    /// Known keys.
    Record(Record),
    /// One of several shapes.
    Either(Vec<Shape>),
    /// Anything at all.
    Anything,
}

impl Shape {
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
            Self::Either(shapes) => shapes.iter().map(Shape::name).collect::<Vec<_>>().join(", or "),
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
    pub fields: Vec<Field>,
}

impl Record {
    /// The names of the keys.
    #[must_use]
    pub fn keys(&self) -> Vec<&'static str> {
        self.fields.iter().map(|field| field.key).collect()
    }

    /// The names of the keys without which it is incomplete; of all where none is such.
    #[must_use]
    pub fn due(&self) -> Vec<&'static str> {
        let due: Vec<_> = self.fields.iter().filter(|field| field.due).map(|field| field.key).collect();
        if due.is_empty() { self.keys() } else { due }
    }
}

/// One key of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// The key as people write it.
    pub key: &'static str,
    /// Whether the record is incomplete without it.
    pub due: bool,
    /// What it holds.
    pub shape: Shape,
    /// What it means.
    pub doc: &'static str,
}

/// Something that can be read from YAML.
pub trait Written: Sized {
    /// What may stand there.
    fn shape() -> Shape;

    /// Reads what stands there; nothing where it is something else, which is reported.
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self>;
}

/// Where reading happens, and what was found wrong so far.
pub struct Reader<'a> {
    /// The file that is read.
    pub file: &'a RelPath,
    /// Its text.
    pub text: &'a str,
    /// What was found wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// How many entries of lists could not be read.
    pub lost: usize,
    /// The keys that lead to the value being read, for messages.
    path: Vec<String>,
    /// Whether the value being read is an entry of a list.
    is_entry: bool,
}

impl<'a> Reader<'a> {
    /// A reader of `file`, whose whole text is `text`.
    #[must_use]
    pub fn new(file: &'a RelPath, text: &'a str) -> Self {
        Self { file, text, diagnostics: Vec::new(), lost: 0, path: Vec::new(), is_entry: false }
    }

    /// Reports a problem at a span.
    pub fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, Location::new(self.file, span), message).help(help));
    }

    /// Reports a value of the wrong type, and shows it.
    pub fn wrong_type(&mut self, node: &Node, due: &Shape) {
        let name = due.name();
        let found = match &node.value {
            Value::Nothing => "nothing stands there".to_owned(),
            Value::Text(text) => format!("`{}` stands there", excerpt(text)),
            Value::List(_) => "a list stands there".to_owned(),
            Value::Map(_) => "a mapping (`key: value`) stands there".to_owned(),
        };
        let message = match due {
            Shape::Record(record) if self.is_entry => {
                format!("each entry under {} needs {}, but {found}", self.subject(), quoted_list(&record.due()))
            }
            _ => format!("{} takes {name}, but {found}", self.subject()),
        };
        let help = super::instead::help(node, due, self.is_entry).unwrap_or_else(|| format!("write {name}"));
        self.report(Code::WrongType, node.span, message, help);
    }

    /// The key being read, in backticks.
    #[must_use]
    pub fn subject(&self) -> String {
        self.path.last().map_or_else(|| "this file".to_owned(), |key| format!("`{key}`"))
    }

    /// Reads the value of a key, so that messages can name it.
    pub fn value_of<T: Written>(&mut self, key: &str, node: &Node) -> Option<T> {
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
pub fn known_entries<'n>(node: &'n Node, record: &Record, reader: &mut Reader<'_>) -> Option<Vec<(usize, &'n Node)>> {
    let Value::Map(entries) = &node.value else {
        reader.wrong_type(node, &Shape::Record(record.clone()));
        return None;
    };
    let keys = record.keys();
    let mut seen: Vec<(usize, &'n Key)> = Vec::new();
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
        if value.value == Value::Nothing {
            let field = &record.fields[index];
            // Its own keys may stand below it, not indented.
            let mut own = 0;
            if let Shape::Record(inner) = &field.shape {
                let inner = inner.keys();
                let is_own = |key: &Key| inner.contains(&key.text.as_str()) && !keys.contains(&key.text.as_str());
                while rest.next_if(|(key, _)| is_own(key)).is_some() {
                    own += 1;
                }
            }
            if field.due || own > 0 {
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
        if field.due && !seen.iter().any(|(seen, _)| *seen == index) && !meant.contains(&field.key) {
            let message = format!("`{}` is missing from {}", field.key, reader.subject());
            let help = format!("add `{}:` with {}", field.key, field.shape.name());
            reader.report(Code::MissingKey, node.span, message, help);
        }
    }
    Some(known)
}

/// What to do about a key that a record does not have; `near` is the one that it most likely means. `is_alone` where it
/// is all that an entry of a list has.
fn help_of_unknown(key: &Key, value: &Node, near: Option<&str>, record: &Record, is_alone: bool) -> String {
    let is_bare = value.value == Value::Nothing;
    if let Some(spaced) = super::slips::space_after_colon(&key.text).filter(|_| is_bare) {
        return format!("put a space after the colon: `{spaced}`");
    }
    match (near, &value.value) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        // Between brackets a comma ends a text.
        (None, Value::Nothing) if key.text.contains(' ') => {
            "put a text that holds a comma in quotation marks".to_owned()
        }
        (None, Value::Text(name)) if is_alone && record.due() == ["id", "name"] => {
            let sample = super::instead::sample(name, record);
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
pub fn read_document<T: Written + Default>(file: &RelPath, text: &str, slice: Span) -> WithDiagnostics<T> {
    let parsed = super::node::parse(file, slice.of(text), slice.start as usize);
    if !parsed.diagnostics.is_empty() {
        return WithDiagnostics::new(T::default(), parsed.diagnostics);
    }
    let mut reader = Reader::new(file, text);
    let empty = Node { value: Value::Map(Vec::new()), span: Span::at(slice.start as usize) };
    let read = T::read(parsed.value.as_ref().unwrap_or(&empty), &mut reader);
    WithDiagnostics::new(read.unwrap_or_default(), reader.diagnostics)
}

/// Reports a key that was given before; whether it most likely begins an entry of a list that lacks its hyphen.
fn report_duplicate(reader: &mut Reader<'_>, key: &Key, first: &Key) -> bool {
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
/// `"key" due field: Type` is a key that must be there, `"key" may field: Type` one that may.
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
            pub unread: Vec<&'static str>,
            /// Whether something in it could not be read, which is diagnosed: what is not here may yet be written.
            pub is_faulty: bool,
            $($(#[doc = $doc])+ pub $field: Option<$type>,)+
        }

        impl $name {
            /// The record's keys.
            #[must_use]
            pub fn record() -> $crate::source::yaml::Record {
                $crate::source::yaml::Record {
                    doc: concat!($($about, "\n"),+),
                    fields: vec![$($crate::source::yaml::Field {
                        key: $key,
                        due: record!(@due $need),
                        shape: <$type as $crate::source::yaml::Written>::shape(),
                        doc: concat!($($doc, "\n"),+),
                    },)+],
                }
            }
        }

        impl $crate::source::yaml::Written for $name {
            fn shape() -> $crate::source::yaml::Shape {
                $crate::source::yaml::Shape::Record(Self::record())
            }

            fn read(
                node: &$crate::source::yaml::Node,
                reader: &mut $crate::source::yaml::Reader<'_>,
            ) -> Option<Self> {
                static RECORD: std::sync::LazyLock<$crate::source::yaml::Record> =
                    std::sync::LazyLock::new($name::record);
                let mut read = Self { span: node.span, ..Self::default() };
                let told = reader.diagnostics.len();
                for (index, value) in $crate::source::yaml::shape::known_entries(node, &RECORD, reader)? {
                    match RECORD.fields[index].key {
                        $($key => {
                            let lost = reader.lost;
                            read.$field = reader.value_of($key, value);
                            if read.$field.is_none() || reader.lost > lost {
                                read.unread.push($key);
                            }
                        })+
                        _ => unreachable!("every key of the record is matched"),
                    }
                }
                read.is_faulty = reader.diagnostics.len() > told;
                Some(read)
            }
        }
    };
    (@due due) => { true };
    (@due may) => { false };
}

impl<T: Written> Written for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        if let Value::List(items) = &node.value {
            let was_entry = std::mem::replace(&mut reader.is_entry, true);
            let read: Self = items.iter().filter_map(|item| T::read(item, reader)).collect();
            reader.is_entry = was_entry;
            reader.lost += items.len() - read.len();
            Some(read)
        } else {
            reader.wrong_type(node, &Self::shape());
            None
        }
    }
}

/// A mapping with keys of the writer's own choice, in the order written.
pub type Map<T> = Vec<(Text, T)>;

/// A mapping with free keys; the list of pairs is [`Map`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Free<T>(pub Map<T>);

impl<T> Default for Free<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Written> Written for Free<T> {
    fn shape() -> Shape {
        Shape::Map(Box::new(T::shape()))
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            reader.wrong_type(node, &Self::shape());
            return None;
        };
        let mut read: Map<T> = Vec::new();
        let mut seen: std::collections::HashMap<&str, &Key> = std::collections::HashMap::new();
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
pub struct Anything(pub Node);

impl Written for Anything {
    fn shape() -> Shape {
        Shape::Anything
    }

    fn read(node: &Node, _: &mut Reader<'_>) -> Option<Self> {
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

impl Written for Prose {
    fn shape() -> Shape {
        Shape::Text { name: "text (Markdown)", pattern: None }
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = Text::read(node, reader)?;
        Some(Self::new(&text.value, node.span, reader.text))
    }
}

/// One of two forms of the same thing: the simple one, or one that says more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OneOr<S, T> {
    /// The simple form.
    One(S),
    /// The longer form.
    More(T),
}

/// Text, or a record that says more: `Healthwatch` or `{name: Healthwatch, seats: 2}`.
pub type TextOr<T> = OneOr<Text, T>;

impl<S: Written, T: Written> Written for OneOr<S, T> {
    fn shape() -> Shape {
        Shape::Either(vec![S::shape(), T::shape()])
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        if is_like(&T::shape(), node) {
            T::read(node, reader).map(Self::More)
        } else if matches!(node.value, Value::Text(_)) {
            S::read(node, reader).map(Self::One)
        } else {
            reader.wrong_type(node, &Self::shape());
            None
        }
    }
}

/// Whether a node has a shape's outline: a list for a list, a mapping for a mapping.
fn is_like(shape: &Shape, node: &Node) -> bool {
    match shape {
        Shape::List(_) => matches!(node.value, Value::List(_)),
        Shape::Map(_) | Shape::Record(_) => matches!(node.value, Value::Map(_)),
        _ => false,
    }
}

//! What may stand where: one declaration of a record's keys gives its reader, its checks and its JSON Schema.
//!
//! Reading never stops at a fault: what is wrong is reported and left out, and the rest is read all the same.

use super::from_yaml::{FromYaml, YamlReader, report_duplicate};
use super::node::{YamlKey, YamlNode, YamlValue};
use super::value_type::{Record, ValueType};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, RelPath, Span, WithDiagnostics, excerpt, quoted_list};
use crate::source::slug::slug;

/// The entries of a mapping with known keys, each once. Unknown and repeated keys are reported.
pub(crate) fn known_entries<'n>(
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
pub(crate) fn read_document<T: FromYaml + Default>(file: &RelPath, text: &str, slice: Span) -> WithDiagnostics<T> {
    let parsed = super::node::parse(file, slice.slice(text), slice.start as usize);
    if !parsed.diagnostics.is_empty() {
        return WithDiagnostics::new(T::default(), parsed.diagnostics);
    }
    let mut reader = YamlReader::new(file, text);
    let empty = YamlNode { value: YamlValue::Map(Vec::new()), span: Span::at(slice.start as usize) };
    let read = T::read(parsed.value.as_ref().unwrap_or(&empty), &mut reader);
    WithDiagnostics::new(read.unwrap_or_default(), reader.diagnostics)
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
        pub(crate) struct $name {
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
            pub(crate) fn record() -> $crate::source::yaml::Record {
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

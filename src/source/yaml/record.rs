//! Records: one declaration of a record's keys gives its reader, its checks and its JSON Schema.
//!
//! Reading never stops at an error. Wrong values are reported and left out, and the rest is read.

use super::from_yaml::{FromYaml, YamlReader, report_duplicate};
use super::node::{YamlKey, YamlNode, YamlValue};
use super::value_type::{Record, ValueType};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{
    Code, Diagnostic, Location, RelPath, Span, SubjectKind, WithDiagnostics, excerpt, quoted_list,
};
use crate::source::slug::slug;

/// The entries of a mapping with known keys, each once, by the index of their field. Unknown, repeated and missing keys
/// are reported.
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
    // Keys that unknown ones most likely mean. These are misspelt, so they are not reported as missing too.
    let mut meant: Vec<&str> = Vec::new();
    let mut known = Vec::new();
    let mut is_run_together = false;
    let mut has_unrelated = false;
    let mut rest = entries.iter().peekable();
    while let Some((key, value)) = rest.next() {
        let Some(index) = keys.iter().position(|known| *known == key.text) else {
            let suggestion = nearest(key.text.split(':').next().unwrap_or_default(), keys.iter().copied());
            meant.extend(suggestion);
            has_unrelated |= suggestion.is_none();
            let message = format!("`{}` is not a setting in {}", excerpt(&key.text), reader.subject());
            let help = help_of_unknown(key, value, suggestion, record, reader.is_entry && entries.len() == 1);
            reader.report(Code::UnknownKey, key.span, message, help);
            continue;
        };
        if let Some((_, first)) = seen.iter().find(|(seen, _)| *seen == index) {
            // If a list entry has no hyphen, all its keys are given twice, but that is one mistake.
            is_run_together = is_run_together || report_duplicate(reader, key, first);
            continue;
        }
        seen.push((index, key));
        if value.value == YamlValue::Nothing {
            let field = &record.fields[index];
            // Its own keys may follow it without indentation.
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
                    format!("indent the lines that belong to `{}:` by two spaces", key.text)
                } else if is_comment(reader.text, key.span) {
                    format!("put the text after `{}:` in quotation marks: `#` begins a comment", key.text)
                } else {
                    format!("write {} after `{}:`", field.shape.name(), key.text)
                };
                reader.report(Code::MissingKey, key.span, message, help);
            }
            continue;
        }
        known.push((index, value));
    }
    // A mapping without any known key is something else, which has been reported. Missing keys would add nothing.
    let is_something_else = has_unrelated && seen.is_empty() && meant.is_empty();
    for (index, field) in record.fields.iter().enumerate().filter(|_| !is_something_else) {
        if field.required && !seen.iter().any(|(seen, _)| *seen == index) && !meant.contains(&field.key) {
            let owner = reader.subject();
            let owner = if reader.is_entry { format!("this entry under {owner}") } else { owner };
            let message = format!("`{}` is missing from {owner}", field.key);
            let help = format!("add `{}:` with {}", field.key, field.shape.name());
            let missing = Diagnostic::new(Code::MissingKey, Location::new(reader.file, node.span), message);
            reader.diagnostics.push(missing.help(help).about(SubjectKind::Key, field.key));
        }
    }
    Some(known)
}

/// Help for an unknown key. `suggestion` is the key that it most likely means; `is_alone` is whether it is the only key
/// of a list entry.
fn help_of_unknown(
    key: &YamlKey,
    value: &YamlNode,
    suggestion: Option<&str>,
    record: &Record,
    is_alone: bool,
) -> String {
    let is_bare = value.value == YamlValue::Nothing;
    if let Some(spaced) = super::likely_mistakes::space_after_colon(&key.text).filter(|_| is_bare) {
        return format!("put a space after the colon: `{spaced}`");
    }
    match (suggestion, &value.value) {
        (Some(suggestion), _) => format!("did you mean `{suggestion}`?"),
        // Inside brackets, a comma ends a text.
        (None, YamlValue::Nothing) if key.text.contains(' ') => "put text with a comma in quotation marks".to_owned(),
        (None, YamlValue::Text(name)) if is_alone && record.required() == ["id", "name"] => {
            let sample = super::wrong_type_help::sample(name, record);
            format!(
                "write `- {}`",
                sample.replacen(&format!("id: {}", slug(name)), &format!("id: {}", slug(&key.text)), 1)
            )
        }
        (None, _) => format!("use one of {}", quoted_list(&record.keys())),
    }
}

/// Whether nothing but a comment follows a key on its line.
fn is_comment(text: &str, key: Span) -> bool {
    let rest = text.get(key.end as usize..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    rest.trim_start_matches([':', ' ']).starts_with('#')
}

/// Reads a YAML file, or the YAML `slice` of a file, as a record. After a syntax error, returns the empty record
/// without further diagnostics, so that nothing unread is reported as missing.
#[must_use]
pub(crate) fn read_document<T: FromYaml + Default>(file: &RelPath, text: &str, slice: Span) -> WithDiagnostics<T> {
    read_part(YamlReader::new(file, text), slice)
}

/// Reads a mapping in braces inside a text, as [`read_document`] reads a file.
#[must_use]
pub(crate) fn read_braces<T: FromYaml + Default>(file: &RelPath, text: &str, slice: Span) -> WithDiagnostics<T> {
    read_part(YamlReader::new(file, text).with_whole("this pair of braces"), slice)
}

/// Reads the YAML `slice` of the reader's file.
fn read_part<T: FromYaml + Default>(mut reader: YamlReader<'_>, slice: Span) -> WithDiagnostics<T> {
    let parsed = super::node::parse(reader.file, slice.slice(reader.text), slice.start as usize);
    if !parsed.diagnostics.is_empty() {
        return WithDiagnostics::new(T::default(), parsed.diagnostics);
    }
    let empty = YamlNode { value: YamlValue::Map(Vec::new()), span: Span::at(slice.start as usize) };
    let read = T::read(parsed.value.as_ref().unwrap_or(&empty), &mut reader);
    WithDiagnostics::new(read.unwrap_or_default(), reader.diagnostics)
}

/// Declares a record: a struct with optional fields, its reader and its shape.
///
/// `"key" required field: Type` declares a required key, and `"key" optional field: Type` an optional one. The doc
/// comment of a key is its description in the JSON Schema.
#[macro_export]
macro_rules! record {
    ($(#[doc = $about:literal])+ pub struct $name:ident {
        $($(#[doc = $doc:literal])+ $key:literal $need:ident $field:ident: $type:ty,)+
    }) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub(crate) struct $name {
            /// The first character of the mapping.
            pub span: $crate::diagnostic::Span,
            /// Keys whose values could not be read completely, so that their content must not be treated as missing.
            pub invalid_keys: Vec<&'static str>,
            /// Whether part of the record could not be read. This has been reported; fields that are `None` may be in
            /// the file.
            pub has_errors: bool,
            $($(#[doc = $doc])+ pub $field: Option<$type>,)+
        }

        impl $name {
            /// The keys of the record, for messages and the JSON Schema.
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
                let before = reader.diagnostics.len();
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
                read.has_errors = reader.diagnostics.len() > before;
                Some(read)
            }
        }
    };
    (@is_required required) => { true };
    (@is_required optional) => { false };
}

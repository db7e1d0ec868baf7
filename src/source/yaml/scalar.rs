//! The kinds of single values: text, ids, dates, numbers, addresses, and words from a closed set.

use std::fmt;

use super::from_yaml::{FromYaml, YamlReader};
use super::likely_mistakes;
use super::node::{YamlNode, YamlValue};
use super::spanned::Spanned;
use super::value_type::ValueType;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, excerpt, quoted_list};

/// A kind of single value.
pub(crate) trait Scalar: Sized {
    /// What may stand there.
    fn shape() -> ValueType;

    /// The value that `text` says, or what is wrong with it.
    ///
    /// # Errors
    ///
    /// Where the text does not say such a value.
    fn parse(text: &str) -> Result<Self, ScalarError>;
}

/// Why a text is not the value that is due.
pub(crate) enum ScalarError {
    /// It is of another type: a word where a number is due.
    Type,
    /// It is of the type but cannot stand there: message, which follows the key's name, and remedy.
    Value(String, String),
}

impl ScalarError {
    pub(super) fn value(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Value(message.into(), help.into())
    }
}

impl<T: Scalar> FromYaml for Spanned<T> {
    fn shape() -> ValueType {
        T::shape()
    }

    fn read(node: &YamlNode, reader: &mut YamlReader<'_>) -> Option<Self> {
        let YamlValue::Text(text) = &node.value else {
            reader.wrong_type(node, &T::shape());
            return None;
        };
        match T::parse(text) {
            Ok(value) => Some(Self::new(value, node.span)),
            Err(ScalarError::Type) => {
                reader.wrong_type(node, &T::shape());
                None
            }
            Err(ScalarError::Value(message, help)) => {
                // Word's quotation marks are part of the text to YAML.
                let bare = likely_mistakes::without_curly_quotes(text).filter(|bare| T::parse(bare).is_ok());
                let help = bare.map_or(help, |bare| format!("remove the curly quotation marks: write `{bare}`"));
                let message = format!("{} {message}", reader.subject());
                reader.report(Code::BadValue, node.span, message, help);
                None
            }
        }
    }
}

impl Scalar for String {
    fn shape() -> ValueType {
        ValueType::text("text")
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        if text.trim().is_empty() {
            return Err(ScalarError::value("is empty", "write a text, or take the key away"));
        }
        Ok(text.trim().to_owned())
    }
}

impl Scalar for bool {
    fn shape() -> ValueType {
        ValueType::Bool
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        match text {
            "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" => Ok(true),
            "false" | "False" | "FALSE" | "no" | "No" | "NO" => Ok(false),
            _ => Err(ScalarError::Type),
        }
    }
}

/// A whole number, as in `order: 3` or `seats: 16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Count(pub u32);

impl Scalar for Count {
    fn shape() -> ValueType {
        ValueType::Number
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        let number: f64 = text.parse().map_err(|_| ScalarError::Type)?;
        let whole = text.parse().map_err(|_| {
            let why = if number < 0.0 {
                "below nought"
            } else if number.fract() == 0.0 {
                "too large"
            } else {
                "no whole number"
            };
            ScalarError::value(format!("is {why}: `{text}`"), "write a whole number from 0 up")
        });
        if number.is_finite() { whole.map(Self) } else { Err(ScalarError::Type) }
    }
}

/// Any number, with decimals and a sign, kept as it was written.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct DecimalNumber(pub f64);

// A number that was read is finite, so that equality is total.
impl Eq for DecimalNumber {}

impl Scalar for DecimalNumber {
    fn shape() -> ValueType {
        ValueType::Number
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Self(number)),
            _ => Err(ScalarError::Type),
        }
    }
}

/// A short name for machines: `a-z`, `0-9` and `-`, with neither end a `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Slug(pub String);

impl Slug {
    /// Whether `text` is a slug.
    #[must_use]
    pub(crate) fn is_valid(text: &str) -> bool {
        !text.is_empty()
            && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && !text.starts_with('-')
            && !text.ends_with('-')
    }

    /// The slug as text.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Scalar for Slug {
    fn shape() -> ValueType {
        ValueType::Text {
            name: "an id (`a-z`, `0-9`, `-`)",
            pattern: Some("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"),
            takes_numbers: true,
        }
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        if Self::is_valid(text) {
            return Ok(Self(text.to_owned()));
        }
        let like = crate::source::slug::slug(text);
        let help = if like.is_empty() { "use a-z, 0-9 and -".to_owned() } else { format!("write `{like}`") };
        Err(ScalarError::value(
            format!("takes small letters, digits and `-` alone, but says `{}`", excerpt(text)),
            help,
        ))
    }
}

/// An absolute `http` or `https` address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Url(pub String);

impl Scalar for Url {
    fn shape() -> ValueType {
        ValueType::matching("an address that begins with https:// or http://", "^https?://[^\\s]+$")
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        let lower = text.to_ascii_lowercase();
        let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
        let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
        let bad =
            text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '`'));
        if host.is_empty() || host.starts_with(':') || bad {
            let message = format!("is no address of the web: `{}`", excerpt(text));
            let is_bare =
                !bad && !lower.contains("://") && lower.split('/').next().is_some_and(|host| host.contains('.'));
            let help = if is_bare {
                format!("write `https://{text}`")
            } else {
                "write it in full, as in `https://example.org/report`".to_owned()
            };
            return Err(ScalarError::value(message, help));
        }
        Ok(Self(text.to_owned()))
    }
}

/// Declares a word from a closed set, with the word that stands for each value in files.
#[macro_export]
macro_rules! choice {
    ($(#[doc = $about:literal])+ pub enum $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $name { $($(#[doc = $doc])+ $variant,)+ }

        impl $name {
            /// The words that may stand in a file.
            pub(crate) const WORDS: &[&str] = &[$($word),+];

            /// The word for it.
            #[allow(dead_code, reason = "of some, only the schema needs the words")]
            pub(crate) fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl $crate::source::yaml::scalar::Scalar for $name {
            fn shape() -> $crate::source::yaml::ValueType {
                $crate::source::yaml::ValueType::Choice(Self::WORDS)
            }

            fn parse(text: &str) -> Result<Self, $crate::source::yaml::scalar::ScalarError> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::source::yaml::scalar::no_such_word(text, Self::WORDS)),
                }
            }
        }
    };
}

/// The mistake of a word that is none of a closed set.
#[must_use]
pub(crate) fn no_such_word(text: &str, words: &[&str]) -> ScalarError {
    let known = quoted_list(words);
    let help = did_you_mean(text, words.iter().copied()).unwrap_or_else(|| format!("write one of {known}"));
    ScalarError::value(format!("is one of {known}, not `{}`", excerpt(text)), help)
}

//! Single values: text, ids, numbers, web addresses, and words from a fixed list.

use std::fmt;

use super::from_yaml::{FromYaml, YamlReader};
use super::likely_mistakes;
use super::node::{YamlNode, YamlValue};
use super::spanned::Spanned;
use super::value_type::ValueType;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, excerpt, quoted_choice};
use crate::quantity::decimal::ParseDecimalError;
use crate::quantity::{Colour, Decimal};

/// A type of single value.
pub(crate) trait Scalar: Sized {
    /// The values that are accepted, for messages and the JSON Schema.
    fn shape() -> ValueType;

    /// Parses a value.
    ///
    /// # Errors
    ///
    /// If `text` is not a value of this type.
    fn parse(text: &str) -> Result<Self, ScalarError>;
}

/// Why a text is not the expected value.
pub(crate) enum ScalarError {
    /// It has another type, such as a word instead of a number.
    Type,
    /// It has the right type but a wrong value.
    Value {
        /// What is wrong, to follow the key's name.
        message: String,
        help: String,
        /// What must not be shown of the value, such as a password.
        secret: Option<String>,
    },
}

impl ScalarError {
    pub(crate) fn value(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Value { message: message.into(), help: help.into(), secret: None }
    }

    /// The same for a value with a part that must not be shown.
    pub(crate) fn secret(message: impl Into<String>, help: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::Value { message: message.into(), help: help.into(), secret: Some(secret.into()) }
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
            Err(ScalarError::Value { message, help, secret }) => {
                // To YAML, Word's curly quotation marks are part of the text.
                let bare = likely_mistakes::without_curly_quotes(text).filter(|bare| T::parse(bare).is_ok());
                let help = bare.map_or(help, |bare| format!("remove the curly quotation marks: write `{bare}`"));
                let message = format!("{} {message}", reader.subject());
                reader.report(Code::BadValue, node.span, message, help);
                if let Some(secret) = secret {
                    reader.flag(secret);
                }
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
            return Err(ScalarError::value("is empty", "write some text, or remove the setting"));
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

impl Scalar for Colour {
    fn shape() -> ValueType {
        ValueType::text("a colour, such as `\"#12436d\"`")
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        Self::parse(text).ok_or_else(|| {
            let help = "write `#` and six digits or letters from a to f, in quotation marks: `\"#12436d\"`";
            ScalarError::value(format!("must be a colour, but is `{}`", excerpt(text)), help)
        })
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
            let message = if number < 0.0 {
                format!("must not be negative, but is `{text}`")
            } else if number.fract() == 0.0 {
                format!("is too large: `{text}`")
            } else {
                format!("must be a whole number, but is `{text}`")
            };
            ScalarError::value(message, "write a whole number, 0 or more")
        });
        if number.is_finite() { whole.map(Self) } else { Err(ScalarError::Type) }
    }
}

impl Scalar for Decimal {
    fn shape() -> ValueType {
        ValueType::Number
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        text.parse().map_err(|error| match error {
            ParseDecimalError::NoNumber => ScalarError::Type,
            ParseDecimalError::TooFine => {
                ScalarError::value("has more than four decimals", "write at most four digits after the point")
            }
            ParseDecimalError::TooLarge => ScalarError::value("is too large", "check for extra digits"),
        })
    }
}

/// A finite number, which may have decimals and a sign.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct DecimalNumber(pub f64);

// Parsed numbers are finite, so equality is total.
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

/// An id: `a-z`, `0-9` and `-`, without a `-` at either end.
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
        let help = if like.is_empty() { "use only `a-z`, `0-9` and `-`".to_owned() } else { format!("write `{like}`") };
        Err(ScalarError::value(
            format!("may only contain lower-case letters, digits and hyphens, but is `{}`", excerpt(text)),
            help,
        ))
    }
}

/// A full `http` or `https` address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Url(pub String);

impl Scalar for Url {
    fn shape() -> ValueType {
        ValueType::matching("a web address that starts with https:// or http://", "^https?://[^\\s]+$")
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        let lower = text.to_ascii_lowercase();
        let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
        let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
        let bad =
            text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '`'));
        if host.is_empty() || host.starts_with(':') || bad {
            let message = format!("must be a web address, but is `{}`", excerpt(text));
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

/// Declares an enum whose values are written as fixed words in files.
#[macro_export]
macro_rules! choice {
    ($(#[doc = $about:literal])+ pub enum $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $name { $($(#[doc = $doc])+ $variant,)+ }

        impl $name {
            /// The words that files may contain.
            pub(crate) const WORDS: &[&str] = &[$($word),+];

            /// The value as it is written in files.
            #[allow(dead_code, reason = "only the schema needs the words of some choices")]
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

/// The error for a word that is not in a fixed list.
#[must_use]
pub(crate) fn no_such_word(text: &str, words: &[&str]) -> ScalarError {
    let known = quoted_choice(words);
    let help = did_you_mean(text, words.iter().copied()).unwrap_or_else(|| format!("write {known}"));
    ScalarError::value(format!("must be {known}, but is `{}`", excerpt(text)), help)
}

//! The kinds of single values: text, ids, dates, numbers, addresses, and words from a closed set.

use std::fmt;

use super::node::{YamlNode, YamlValue};
use super::record::{FromYaml, Spanned, ValueType, YamlReader, excerpt};
use super::{dates, likely_mistakes};
use crate::diagnostic::Code;
use crate::diagnostic::suggest::did_you_mean;

use jiff::Span;
pub use jiff::civil::Date;
use jiff::civil::DateTime;

/// A kind of single value.
pub trait Scalar: Sized {
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
pub enum ScalarError {
    /// It is of another type: a word where a number is due.
    Type,
    /// It is of the type but cannot stand there: message, which follows the key's name, and remedy.
    Value(String, String),
}

impl ScalarError {
    fn value(message: impl Into<String>, help: impl Into<String>) -> Self {
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
        ValueType::Text { name: "text", pattern: None }
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
pub struct Count(pub u32);

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
pub struct DecimalNumber(pub f64);

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
pub struct Slug(pub String);

impl Slug {
    /// Whether `text` is a slug.
    #[must_use]
    pub fn is_valid(text: &str) -> bool {
        !text.is_empty()
            && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && !text.starts_with('-')
            && !text.ends_with('-')
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
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
        ValueType::Text { name: "an id (`a-z`, `0-9`, `-`)", pattern: Some("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$") }
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

impl Scalar for Date {
    fn shape() -> ValueType {
        ValueType::Text { name: "a date such as 2020-09-14", pattern: Some("^[0-9]{4}-[0-9]{2}-[0-9]{2}$") }
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        if let Some(day) = text.get(..10).filter(|day| text.len() > 10 && parse_date(day).is_some()) {
            let message = format!("takes a date alone, but says `{}`", excerpt(text));
            return Err(ScalarError::value(message, format!("write `{day}`")));
        }
        let meant = dates::meant(text).filter(|date| date.day.is_some());
        parse_date(text).ok_or_else(|| bad_date(text, meant, "year, month and day, as in `2020-09-14`"))
    }
}

/// A date written `YYYY-MM-DD`.
fn parse_date(text: &str) -> Option<Date> {
    let written = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    written.then(|| text.parse().ok()).flatten()
}

/// The mistake of a text that is not a date in the form that is due, with the date that is meant where one is.
fn bad_date(text: &str, meant: Option<MonthOrDate>, due: &str) -> ScalarError {
    let is_in_form = text.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte }).eq(*b"0000-00-00");
    let help = match meant {
        Some(date) => format!("write it as `{date}`"),
        None if is_in_form => "write a day that exists: check the month and the day".to_owned(),
        None => format!("write {due}"),
    };
    ScalarError::value(format!("must be a date like 2020-09-14, but says `{}`", excerpt(text)), help)
}

/// A meeting's date: a month (`2019-06`) or a day (`2019-06-12`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthOrDate {
    /// The year.
    pub year: i16,
    /// The month, from 1.
    pub month: i8,
    /// The day, where it is known.
    pub day: Option<i8>,
}

impl fmt::Display for MonthOrDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl Scalar for MonthOrDate {
    fn shape() -> ValueType {
        ValueType::Text {
            name: "a month or date such as 2019-06 or 2019-06-12",
            pattern: Some("^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"),
        }
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        let whole = if text.len() == 7 { format!("{text}-01") } else { text.to_owned() };
        let due = "year and month, or the day, as in `2019-06` or `2019-06-12`";
        let date = parse_date(&whole).ok_or_else(|| bad_date(text, dates::meant(text), due))?;
        Ok(Self { year: date.year(), month: date.month(), day: (text.len() == 10).then(|| date.day()) })
    }
}

/// A date, or a date and time, perhaps with its offset from UTC: when an embargo ends. A date alone is the beginning of
/// that day.
///
/// A build knows its day and not its time zone, so that a time with an offset is over when it is over both by the clock
/// that it is written by and by UTC: the value is the later of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateOrTime(pub DateTime);

impl Scalar for DateOrTime {
    fn shape() -> ValueType {
        ValueType::Text {
            name: "a date, or a date and time such as 2020-09-14 09:30 or 2020-09-14T09:30+01:00",
            pattern: Some(
                "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ Tt]+[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?( *([Zz]|[+-][0-9]{2}(:?[0-9]{2})?))?)?$",
            ),
        }
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        let meant = dates::meant(text).filter(|date| date.day.is_some());
        moment(text)
            .map(Self)
            .ok_or_else(|| bad_date(text, meant, "year, month and day, as in `2020-09-14` or `2020-09-14 09:30`"))
    }
}

/// The moment that a date, or a date and time, names.
fn moment(text: &str) -> Option<DateTime> {
    let date = parse_date(text.get(..10)?)?;
    let rest = &text[10..];
    if rest.is_empty() {
        return Some(date.at(0, 0, 0, 0));
    }
    let clock = rest.strip_prefix(['T', 't']).or_else(|| rest.strip_prefix(' '))?.trim_start();
    let end = clock.find(|c: char| !matches!(c, '0'..='9' | ':' | '.')).unwrap_or(clock.len());
    let (clock, offset) = (&clock[..end], clock[end..].trim_start());
    let has_colons = clock.len() >= 5 && clock[2..].starts_with(':');
    let written = date.to_datetime(clock.parse().ok().filter(|_| has_colons)?);
    let offset = match offset {
        "" | "Z" | "z" => 0,
        _ => minutes(offset)?,
    };
    written.checked_sub(Span::new().minutes(offset)).ok().map(|in_utc| in_utc.max(written))
}

/// The minutes of an offset from UTC: `+01:00`, `+0100` or `+01`.
fn minutes(offset: &str) -> Option<i64> {
    let sign = match offset.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = &offset[1..];
    let (hours, minutes) = match digits.len() {
        2 => (digits, "00"),
        4 => digits.split_at(2),
        _ => digits.split_once(':').filter(|(hours, minutes)| (hours.len(), minutes.len()) == (2, 2))?,
    };
    let number = |text: &str, limit: i64| {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number: &i64| is_number && *number <= limit)
    };
    Some(sign * (number(hours, 14)? * 60 + number(minutes, 59)?))
}

/// An absolute `http` or `https` address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(pub String);

impl Scalar for Url {
    fn shape() -> ValueType {
        ValueType::Text { name: "an address that begins with https:// or http://", pattern: Some("^https?://[^\\s]+$") }
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
        pub enum $name { $($(#[doc = $doc])+ $variant,)+ }

        impl $name {
            /// The words that may stand in a file.
            pub const WORDS: &[&str] = &[$($word),+];

            /// The word for it.
            #[must_use]
            pub fn word(self) -> &'static str {
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
pub fn no_such_word(text: &str, words: &[&str]) -> ScalarError {
    let known = super::record::quoted_list(words);
    let help = did_you_mean(text, words.iter().copied()).unwrap_or_else(|| format!("write one of {known}"));
    ScalarError::value(format!("is one of {known}, not `{}`", excerpt(text)), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_dates_with_or_without_a_time_and_an_offset() {
        let check = |text: &str| moment(text).map_or("none".to_owned(), |moment| moment.to_string());
        for (text, read) in [
            ("2027-01-15", "2027-01-15T00:00:00"),
            ("2027-01-15T09:00", "2027-01-15T09:00:00"),
            ("2027-01-15 09:00:30", "2027-01-15T09:00:30"),
            ("2027-01-15 09:00+00:00", "2027-01-15T09:00:00"),
            ("2027-01-15T09:00Z", "2027-01-15T09:00:00"),
            ("2027-06-15T00:00:00.5 +01:00", "2027-06-15T00:00:00.5"),
            ("2027-01-15T22:00-0500", "2027-01-16T03:00:00"),
            ("2027-01-15 22:00-05", "2027-01-16T03:00:00"),
        ] {
            assert_eq!(check(text), read, "{text}");
        }
        for bad in [
            "2027-02-30",
            "2027-01-15T",
            "2027-01-15 25:00",
            "2027-01-15 9am",
            "2027-01-15T0900",
            "2027-01-15 09:00 GMT+1",
            "2027-01-15 09:00+1",
            "2027-01-15 09:00+99:00",
            "2027-01-15é",
            "15/01/2027",
        ] {
            assert_eq!(check(bad), "none", "{bad}");
        }
    }
}

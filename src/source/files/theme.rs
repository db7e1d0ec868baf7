//! A theme's description and settings (`themes/NAME/theme.yaml`).

use std::fmt;

use crate::diagnostic::excerpt;
use crate::source::yaml::from_yaml::FreeMap;
use crate::source::yaml::scalar::{Scalar, ScalarError};
use crate::source::yaml::{RawYaml, Spanned, Text, ValueType};
use crate::{choice, record};

record! {
    /// `themes/NAME/theme.yaml`: what a theme is called, what it builds on, and its settings.
    pub struct ThemeFile {
        /// The theme's display name.
        "name" optional name: Text,
        /// The theme's version.
        "version" optional version: Text,
        /// The theme that provides all files that this one does not have.
        "extends" optional extends: Text,
        /// The earliest version of annal that the theme works with, such as `"1.2"`.
        "requires" optional requires: Spanned<ProgramVersion>,
        /// Settings that a site can make under `theme_settings`, by name.
        "settings" optional settings: FreeMap<SettingEntry>,
    }
}

record! {
    /// A setting that a theme offers.
    pub struct SettingEntry {
        /// The kind of its value.
        "type" required kind: Spanned<SettingKind>,
        /// What it does, in one sentence.
        "about" required about: Text,
        /// Its value if the site does not set it. Without one, it is empty.
        "default" optional default: RawYaml,
        /// The values to choose from, for the type `choice`.
        "choices" optional choices: Vec<Text>,
    }
}

choice! {
    /// The kind of a setting's value.
    pub enum SettingKind {
        /// Any text.
        Text = "text",
        /// A number.
        Number = "number",
        /// `true` or `false`.
        Boolean = "boolean",
        /// One of the words in `choices`.
        Choice = "choice",
        /// A colour such as `#12436d`.
        Colour = "colour",
        /// A list of links, each with `name` and `url`.
        Links = "links",
    }
}

/// A colour: `#` and six hexadecimal digits, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HexColour(pub String);

impl Scalar for HexColour {
    fn shape() -> ValueType {
        ValueType::matching("a colour such as `#12436d`", "^#[0-9A-Fa-f]{6}$")
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        let is_hex = |count| digits.len() == count && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_hex(6) && text.starts_with('#') {
            return Ok(Self(text.to_ascii_lowercase()));
        }
        let help = if is_hex(3) {
            format!("write `#{}`", digits.chars().flat_map(|digit| [digit, digit]).collect::<String>())
        } else if is_hex(6) {
            format!("write `#{digits}`")
        } else {
            "write `#` and six digits from 0 to 9 and a to f, in quotation marks: `\"#12436d\"`".to_owned()
        };
        Err(ScalarError::value(format!("must be a colour, but is `{}`", excerpt(text)), help))
    }
}

/// A version of annal: major, minor and patch number. What is left out is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ProgramVersion(pub [u32; 3]);

impl ProgramVersion {
    /// The version that is running.
    #[must_use]
    pub(crate) fn current() -> Self {
        Self::from_text(env!("CARGO_PKG_VERSION")).unwrap_or(Self([0; 3]))
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut version = [0; 3];
        let mut parts = text.split('.');
        version[0] = parts.next()?.parse().ok()?;
        for (index, part) in parts.enumerate() {
            *version.get_mut(index + 1)? = part.parse().ok()?;
        }
        Some(Self(version))
    }
}

impl fmt::Display for ProgramVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

impl Scalar for ProgramVersion {
    fn shape() -> ValueType {
        ValueType::Text {
            name: "a version such as `1.2`",
            pattern: Some("^[0-9]+(\\.[0-9]+){0,2}$"),
            takes_numbers: true,
        }
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        Self::from_text(text).ok_or_else(|| {
            let help = "write the earliest version that the theme works with, such as `\"1.2\"`";
            ScalarError::value(format!("must be a version, but is `{}`", excerpt(text)), help)
        })
    }
}

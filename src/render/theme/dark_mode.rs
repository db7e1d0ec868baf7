//! The setting `dark_mode`: whether readers get dark colours. Style sheets say what is dark with the media feature
//! `prefers-color-scheme`, as anywhere on the web. If a site decides for its readers, the feature is replaced by one
//! that is always true or never, in the sheets of every theme of the chain.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::settings::SettingValue;

/// The name of the setting. It is a choice of [`DarkMode`]'s words.
const SETTING: &str = "dark_mode";
/// The media feature that asks for the reader's choice.
const FEATURE: &str = "(prefers-color-scheme:";
/// A media feature that is true for every reader.
const ALWAYS: &str = "(min-width:0)";
/// A media feature that is true for no reader. A negative width is valid and matches nothing.
const NEVER: &str = "(max-width:-1px)";

/// Whether readers get dark colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DarkMode {
    /// As their device asks for.
    #[default]
    Automatic,
    /// Never.
    Off,
    /// Always.
    On,
}

impl DarkMode {
    /// What the settings of a theme say. A theme without such a setting leaves it to the reader.
    #[must_use]
    pub(super) fn from_settings(chosen: &BTreeMap<&str, SettingValue>) -> Self {
        match chosen.get(SETTING) {
            Some(SettingValue::Text(word)) if word == "off" => Self::Off,
            Some(SettingValue::Text(word)) if word == "on" => Self::On,
            _ => Self::Automatic,
        }
    }

    /// A style sheet for these readers.
    #[must_use]
    pub(crate) fn apply(self, sheet: &str) -> Cow<'_, str> {
        if self == Self::Automatic || !sheet.contains(FEATURE) {
            return sheet.into();
        }
        let mut out = String::with_capacity(sheet.len());
        let mut rest = sheet;
        while let Some((before, after)) = rest.split_once(FEATURE) {
            out.push_str(before);
            let (scheme, tail) = after.split_once(')').unwrap_or((after, ""));
            let is_dark = scheme.trim() == "dark";
            out.push_str(if is_dark == (self == Self::On) { ALWAYS } else { NEVER });
            rest = tail;
        }
        out.push_str(rest);
        out.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_dark_for_everybody_or_nobody() {
        let sheet = "a{b:c}@media screen and (prefers-color-scheme: dark){a{b:d}}@media (prefers-color-scheme:light){}";
        assert_eq!(DarkMode::Automatic.apply(sheet), sheet);
        assert_eq!(
            DarkMode::Off.apply(sheet),
            "a{b:c}@media screen and (max-width:-1px){a{b:d}}@media (min-width:0){}"
        );
        assert_eq!(DarkMode::On.apply(sheet), "a{b:c}@media screen and (min-width:0){a{b:d}}@media (max-width:-1px){}");
        assert_eq!(DarkMode::On.apply("@media (prefers-color-scheme: dark"), "@media (min-width:0)");
    }
}

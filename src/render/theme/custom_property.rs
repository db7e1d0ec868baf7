//! The colours, fonts and sizes that themes can change.

use super::copy::originals;
use crate::diagnostic::RelPath;

/// A custom property of the built-in style sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CustomProperty {
    /// Its name, such as `--accent`.
    pub name: &'static str,
    pub value: &'static str,
    /// What it is for, from the comment beside it; empty if there is none.
    pub about: &'static str,
    /// Whether this is its value in dark mode.
    pub is_dark: bool,
}

/// The custom properties that are set on `:root`, in the order of the style sheets.
pub(crate) fn custom_properties() -> Vec<CustomProperty> {
    let mut properties = Vec::new();
    for sheet in originals().filter(|original| RelPath::new(original.path).extension() == "css") {
        // The condition of the block that a line is in, and, inside a block of `:root`, whether it is the one for dark mode.
        let (mut media, mut is_dark) = ("", None);
        for line in sheet.text.lines() {
            match line.trim() {
                condition if condition.starts_with("@media") => media = condition,
                // Other conditions, such as forced colours, are not for themes to set.
                ":root {" if !line.starts_with(' ') => is_dark = Some(false),
                ":root {" if media.contains("prefers-color-scheme: dark") => is_dark = Some(true),
                "}" => is_dark = None,
                declaration => {
                    let Some((name, rest)) = declaration.split_once(": ") else { continue };
                    let (value, comment) = rest.split_once(';').unwrap_or((rest, ""));
                    let about = comment.trim().trim_start_matches("/*").trim_end_matches("*/").trim();
                    if let Some(is_dark) = is_dark.filter(|_| name.starts_with("--")) {
                        properties.push(CustomProperty { name, value, about, is_dark });
                    }
                }
            }
        }
    }
    properties
}

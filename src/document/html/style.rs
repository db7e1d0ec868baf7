//! What a `style` attribute says about text, as far as it matters here.

use crate::document::left_out::LeftOutKind;
use crate::document::tree::Look;

/// The style of an element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HtmlStyle {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub underlined: Option<bool>,
    pub struck: Option<bool>,
    pub shown: ShownByStyle,
    /// Word's own marker of an item, which is in front of its text: `mso-list:Ignore`.
    pub is_list_marker: bool,
    /// How deep an item of Word's is, from 0: `mso-list:l0 level1 lfo1`.
    pub list_level: Option<usize>,
    /// Whether a list counts in letters or Roman numerals, or nothing if the style does not say.
    pub is_lettered: Option<bool>,
    /// What it is of Word's that is left out: a comment, header or footer.
    pub left_out: Option<LeftOutKind>,
}

/// What a style says on whether an element is shown, for each of the properties that can hide it: whether it shows it, and
/// whether it insists on it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ShownByStyle {
    of_property: [Option<(bool, bool)>; Self::PROPERTIES.len()],
}

impl ShownByStyle {
    pub(super) const PROPERTIES: [&'static str; 3] = ["display", "visibility", "mso-hide"];

    #[must_use]
    pub(super) fn parse(style: &str) -> Self {
        let mut parsed = Self::default();
        for declaration in style.split(';').take(200) {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let property = property.trim().to_ascii_lowercase();
            let Some(index) = Self::PROPERTIES.iter().position(|known| *known == property) else { continue };
            let value = value.to_ascii_lowercase();
            let (value, is_important) = match value.split_once('!') {
                Some((value, rest)) => (value.trim(), rest.trim() == "important"),
                None => (value.trim(), false),
            };
            let is_shown = match index {
                0 => value != "none",
                1 => value != "hidden" && value != "collapse",
                _ => value != "all",
            };
            let known = &mut parsed.of_property[index];
            if known.is_none_or(|(_, was_important)| is_important || !was_important) {
                *known = Some((is_shown, is_important));
            }
        }
        parsed
    }

    /// What is said of each property, by its number.
    pub(super) fn each(self) -> impl Iterator<Item = (usize, Option<(bool, bool)>)> {
        self.of_property.into_iter().enumerate()
    }

    /// Takes in what a style sheet says of a property, unless the element's own style counts for more.
    pub(super) fn set_below(&mut self, index: usize, is_shown: bool, is_important: bool) {
        let own = &mut self.of_property[index];
        if own.is_none_or(|(_, insists)| is_important && !insists) {
            *own = Some((is_shown, is_important));
        }
    }

    #[must_use]
    pub(super) fn is_hidden(self) -> bool {
        self.of_property.iter().flatten().any(|(is_shown, _)| !is_shown)
    }
}

impl HtmlStyle {
    #[must_use]
    pub(super) fn parse(style: &str) -> Self {
        let mut parsed = Self { shown: ShownByStyle::parse(style), ..Self::default() };
        for declaration in style.split(';').take(200) {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let value = value.trim().to_ascii_lowercase();
            match property.trim().to_ascii_lowercase().as_str() {
                "font-weight" => {
                    let is_heavy = value.parse::<u32>().is_ok_and(|weight| weight >= 600);
                    parsed.bold = Some(is_heavy || value.starts_with("bold"));
                }
                "font-style" => parsed.italic = Some(value == "italic" || value == "oblique"),
                "text-decoration" | "text-decoration-line" => {
                    parsed.underlined = Some(value.contains("underline"));
                    parsed.struck = Some(value.contains("line-through"));
                }
                "mso-list" if value.contains("ignore") => parsed.is_list_marker = true,
                "mso-list" => {
                    let level = value.split_whitespace().find_map(|word| word.strip_prefix("level"));
                    let level = level.and_then(|level| level.parse::<usize>().ok());
                    parsed.list_level = level.map(|level| level.saturating_sub(1).min(8));
                }
                "list-style-type" => {
                    parsed.is_lettered =
                        Some(["alpha", "latin", "roman", "greek"].iter().any(|counted| value.ends_with(counted)));
                }
                "mso-element" if value.contains("comment") => parsed.left_out = Some(LeftOutKind::Comment),
                "mso-element" if value == "header" => parsed.left_out = Some(LeftOutKind::Header),
                "mso-element" if value == "footer" => parsed.left_out = Some(LeftOutKind::Footer),
                "mso-special-character" if value == "comment" => parsed.left_out = Some(LeftOutKind::Comment),
                // The other properties of this name mark the words that a comment is about.
                "mso-comment-author" => parsed.left_out = Some(LeftOutKind::Comment),
                _ => {}
            }
        }
        parsed
    }

    /// A look with what the style changes.
    #[must_use]
    pub(super) fn over(self, mut look: Look) -> Look {
        let changes = [
            (Look::BOLD, self.bold),
            (Look::ITALIC, self.italic),
            (Look::UNDERLINED, self.underlined),
            (Look::STRUCK, self.struck),
        ];
        for (one, is_on) in changes {
            look = is_on.map_or(look, |is_on| look.with(one, is_on));
        }
        look
    }
}

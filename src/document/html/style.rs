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
    pub is_hidden: bool,
    /// Word's own marker of an item, which is in front of its text: `mso-list:Ignore`.
    pub is_list_marker: bool,
    /// How deep an item of Word's is, from 0: `mso-list:l0 level1 lfo1`.
    pub list_level: Option<usize>,
    /// Whether a list counts in letters or Roman numerals, or nothing if the style does not say.
    pub is_lettered: Option<bool>,
    /// What it is of Word's that is left out: a comment, header or footer.
    pub left_out: Option<LeftOutKind>,
}

impl HtmlStyle {
    #[must_use]
    pub(super) fn parse(style: &str) -> Self {
        let mut parsed = Self::default();
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
                "display" => parsed.is_hidden |= value == "none",
                "visibility" => parsed.is_hidden |= value == "hidden" || value == "collapse",
                "mso-hide" => parsed.is_hidden |= value == "all",
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

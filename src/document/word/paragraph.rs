//! The properties of a paragraph: its style, level and numbering.

use super::super::error::DocumentError;
use super::super::xml::{Vocabulary, XmlPart};
use super::run::{self, RunProperties};

/// The properties of a paragraph or of a style, as far as they are given.
#[derive(Clone, Debug, Default)]
pub(super) struct ParagraphProperties {
    pub style: Option<String>,
    /// 0 to 8 for headings, 9 for text.
    pub outline_level: Option<u8>,
    /// The id of its numbering; `0` for none.
    pub numbering: Option<String>,
    /// How deep it is in its numbering.
    pub list_level: Option<usize>,
    /// The properties of the mark at its end.
    pub mark: RunProperties,
    /// Whether a section ends with it.
    pub has_section: bool,
}

/// Reads the `w:pPr` that has just begun.
pub(super) fn read(part: &mut XmlPart<'_>) -> Result<ParagraphProperties, DocumentError> {
    let mut properties = ParagraphProperties::default();
    part.each_inside(|tag, part| {
        if tag.vocabulary != Vocabulary::Word {
            return Ok(());
        }
        let value = tag.attribute("val");
        match tag.name() {
            "rPr" => properties.mark = run::read(part)?.0,
            "pPrChange" => _ = part.skip()?,
            "sectPr" => {
                properties.has_section = true;
                part.skip()?;
            }
            "pStyle" => properties.style = value,
            "outlineLvl" => properties.outline_level = value.and_then(|level| level.parse().ok()),
            "numId" => properties.numbering = value,
            "ilvl" => properties.list_level = value.and_then(|level| level.parse().ok()),
            _ => {}
        }
        Ok(())
    })?;
    Ok(properties)
}

//! How a run of text looks: bold, hidden and so on, on its own or by its styles.

use super::super::error::DocumentError;
use super::super::tree::Look;
use super::super::xml::{Tag, Vocabulary, XmlPart};

/// The properties of a run or of a style, as far as they are given.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RunProperties {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub underlined: Option<bool>,
    pub struck: Option<bool>,
    pub capitals: Option<bool>,
    pub hidden: Option<bool>,
    /// `Some(Look::default())` is on the line.
    pub position: Option<Look>,
    /// Whether a tracked change deletes the mark at the end of the paragraph that these properties are of.
    pub is_deleted: bool,
}

impl RunProperties {
    /// These properties, and where they say nothing those of `below`.
    #[must_use]
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            underlined: self.underlined.or(below.underlined),
            struck: self.struck.or(below.struck),
            capitals: self.capitals.or(below.capitals),
            hidden: self.hidden.or(below.hidden),
            position: self.position.or(below.position),
            is_deleted: self.is_deleted,
        }
    }

    /// These properties of a run's style over those of its paragraph's: what both turn on is off, as in Word.
    #[must_use]
    pub(super) fn toggling(self, paragraph: Self) -> Self {
        let toggle = |own: Option<bool>, below: Option<bool>| match (own, below) {
            (Some(true), Some(true)) => Some(false),
            _ => own.or(below),
        };
        Self {
            bold: toggle(self.bold, paragraph.bold),
            italic: toggle(self.italic, paragraph.italic),
            capitals: toggle(self.capitals, paragraph.capitals),
            ..self.over(paragraph)
        }
    }

    /// How text with these properties looks.
    #[must_use]
    pub(super) fn look(self) -> Look {
        self.position
            .unwrap_or_default()
            .with(Look::BOLD, self.bold == Some(true))
            .with(Look::ITALIC, self.italic == Some(true))
            .with(Look::UNDERLINED, self.underlined == Some(true))
            .with(Look::STRUCK, self.struck == Some(true))
            .with(Look::CAPITALS, self.capitals == Some(true))
    }
}

/// Reads the `w:rPr` that has just begun: its properties, and the id of its character style.
pub(super) fn read(part: &mut XmlPart<'_>) -> Result<(RunProperties, Option<String>), DocumentError> {
    let mut properties = RunProperties::default();
    let mut style = None;
    part.each_inside(|tag, part| {
        match tag.name() {
            // The properties before a tracked change.
            name if name.ends_with("Change") => _ = part.skip()?,
            _ if tag.vocabulary != Vocabulary::Word => {}
            "rStyle" => style = tag.attribute("val"),
            "del" | "moveFrom" => properties.is_deleted = true,
            _ => set(&mut properties, tag),
        }
        Ok(())
    })?;
    Ok((properties, style))
}

fn set(properties: &mut RunProperties, tag: &Tag<'_>) {
    match tag.name() {
        "b" => properties.bold = Some(is_on(tag)),
        "i" => properties.italic = Some(is_on(tag)),
        "u" => properties.underlined = Some(tag.attribute("val").is_none_or(|kind| kind != "none")),
        "strike" | "dstrike" => properties.struck = Some(is_on(tag) || properties.struck == Some(true)),
        "caps" => properties.capitals = Some(is_on(tag)),
        "vanish" | "specVanish" => properties.hidden = Some(is_on(tag) || properties.hidden == Some(true)),
        "vertAlign" => {
            properties.position = Some(match tag.attribute("val").as_deref() {
                Some("superscript") => Look::RAISED,
                Some("subscript") => Look::LOWERED,
                _ => Look::default(),
            });
        }
        _ => {}
    }
}

/// Whether a property such as `<w:b/>` is on.
pub(super) fn is_on(tag: &Tag<'_>) -> bool {
    tag.attribute("val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
}

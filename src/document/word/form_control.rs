//! Content controls: the fields of a form, and other places that Word fills in.

use super::super::error::DocumentError;
use super::super::tree::FormControl;
use super::super::xml::XmlPart;

/// The properties of a content control (`w:sdtPr`).
#[derive(Clone, Debug, Default)]
pub(super) struct ControlProperties {
    pub tag: String,
    /// The choices: the text shown, and the value it means.
    pub choices: Vec<(String, String)>,
    /// Whether it still shows its hint.
    pub is_placeholder: bool,
    /// Whether its text is a property of the document, such as its author.
    pub is_property: bool,
    /// Whether it is a table of contents.
    pub is_contents: bool,
}

/// A content control that has not ended.
#[derive(Debug, Default)]
pub(super) struct OpenControl {
    pub properties: ControlProperties,
    /// Its number in the document, if its maker named it.
    pub number: Option<usize>,
}

/// The most choices of one control.
const MOST_CHOICES: usize = 1_000;

impl ControlProperties {
    /// Reads the `w:sdtPr` that has just begun.
    pub(super) fn read(part: &mut XmlPart<'_>) -> Result<Self, DocumentError> {
        let mut properties = Self::default();
        part.each_inside(|tag, _| {
            let value = || tag.attribute("val").unwrap_or_default();
            match tag.name() {
                "tag" => properties.tag = value(),
                "showingPlcHdr" => properties.is_placeholder = super::run::is_on(tag),
                "listItem" if properties.choices.len() < MOST_CHOICES => {
                    let value = tag.attribute("value").unwrap_or_default();
                    let shown = tag.attribute("displayText").unwrap_or_else(|| value.clone());
                    properties.choices.push((shown, value));
                }
                "dataBinding" => {
                    let bound = [tag.attribute("xpath"), tag.attribute("prefixMappings")];
                    let about = |text: &String| text.contains("roperties") || text.contains("CoverPageProps");
                    properties.is_property |= bound.iter().flatten().any(about);
                }
                "docPartGallery" => properties.is_contents |= value() == "Table of Contents",
                _ => {}
            }
            Ok(())
        })?;
        Ok(properties)
    }

    /// Whether a text in it is its hint. Programs that fill in forms do not always remove the mark, but a choice with
    /// a value of its own is no hint.
    #[must_use]
    pub(super) fn hints(&self, text: &str) -> bool {
        self.is_placeholder && !self.choices.iter().any(|(shown, value)| shown == text && value != shown)
    }

    /// The control, before its text is known.
    #[must_use]
    pub(super) fn control(&self) -> FormControl {
        FormControl { tag: self.tag.clone(), ..FormControl::default() }
    }

    /// The value of the choice that a control shows.
    #[must_use]
    pub(super) fn chosen(&self, text: &str) -> Option<String> {
        let shown = self.choices.iter().find(|(shown, _)| shown.trim() == text.trim());
        shown.map(|(_, value)| value.clone())
    }
}

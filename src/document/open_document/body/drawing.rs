//! Pictures, text boxes and shapes in an `OpenDocument` text.

use super::{AtOdfEnd, OdfReader};
use crate::document::error::DocumentError;
use crate::document::left_out::LeftOutKind;
use crate::document::tree::Inline;
use crate::document::xml::{Tag, XmlPart};

/// Frames, and shapes that may have text.
const SHAPES: &[&str] =
    &["frame", "custom-shape", "rect", "ellipse", "circle", "line", "polygon", "path", "connector", "caption"];

/// A frame or shape that is open.
#[derive(Default)]
pub(super) struct OdfFrame {
    pub description: String,
    picture: Option<String>,
    has_content: bool,
}

impl OdfReader<'_, '_> {
    /// Begins an element of a drawing. `None` if it has been read to its end already.
    pub(super) fn start_drawing(
        &mut self,
        tag: &Tag<'_>,
        part: &mut XmlPart<'_>,
    ) -> Result<Option<AtOdfEnd>, DocumentError> {
        let is_shape = tag.name() == "g" || SHAPES.contains(&tag.name());
        if is_shape && self.is_hidden() {
            part.skip()?;
            return Ok(None);
        }
        if is_shape && tag.attribute("display").is_some_and(|display| display == "none") {
            part.skip()?;
            self.tree.leave_out(LeftOutKind::HiddenText);
            return Ok(None);
        }
        Ok(Some(match tag.name() {
            name if SHAPES.contains(&name) => {
                self.frames.push(OdfFrame::default());
                if tag.name() == "frame" {
                    AtOdfEnd::Drawing
                } else {
                    self.tree.begin_text_box();
                    AtOdfEnd::Shape
                }
            }
            "text-box" => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.has_content = true;
                }
                self.tree.begin_text_box();
                AtOdfEnd::Frame
            }
            "image" => {
                if let Some(frame) = self.frames.last_mut() {
                    // A frame may have the same picture in several formats, the best first.
                    frame.picture = frame.picture.take().or(tag.attribute("href"));
                }
                AtOdfEnd::Nothing
            }
            "object" | "object-ole" | "plugin" | "applet" | "floating-frame" => {
                part.skip()?;
                self.tree.leave_out(LeftOutKind::EmbeddedObject);
                if let Some(frame) = self.frames.last_mut() {
                    frame.has_content = true;
                }
                return Ok(None);
            }
            _ => AtOdfEnd::Nothing,
        }))
    }

    /// Ends a drawing; one without a picture, text or object is only drawn.
    pub(super) fn end_drawing(&mut self) -> Result<(), DocumentError> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let Some(name) = frame.picture.filter(|_| !frame.has_content) else {
            if !frame.has_content {
                self.tree.leave_out(LeftOutKind::Drawing);
            }
            return Ok(());
        };
        let name = name.trim_start_matches("./").to_owned();
        match self.pictures.add(name, self.package, self.tree)? {
            Some(picture) if self.left_out.is_empty() => {
                self.tree.inline(Inline::Picture { picture, description: frame.description })?;
            }
            Some(_) => {}
            None => self.tree.leave_out(LeftOutKind::Picture),
        }
        Ok(())
    }
}

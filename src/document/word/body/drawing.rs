//! Pictures, text boxes and drawings in a Word document.

use super::BodyReader;
use crate::document::error::DocumentError;
use crate::document::left_out::LeftOutKind;
use crate::document::relationships::part_beside;
use crate::document::tree::Inline;
use crate::document::xml::{Tag, Vocabulary, XmlEvent, XmlPart};

/// A drawing that has not ended.
#[derive(Debug, Default)]
pub(super) struct OpenDrawing {
    description: String,
    /// Whether a picture, a text box or words that are noted have been found in it.
    pub has_content: bool,
    /// Whether the document hides it.
    pub is_hidden: bool,
}

impl BodyReader<'_, '_> {
    /// Begins an element of a drawing. Returns whether it is still open.
    pub(super) fn start_in_drawing(&mut self, tag: &Tag<'_>, part: &mut XmlPart<'_>) -> Result<bool, DocumentError> {
        match tag.name() {
            "docPr" | "cNvPr" | "shape" => {
                let described = ["descr", "alt", "title"].iter().filter_map(|name| tag.attribute(name));
                let description = described.into_iter().find(|text| !text.trim().is_empty());
                let is_hidden = tag.attribute("hidden").is_some_and(|value| value == "1" || value == "true")
                    || tag.attribute("style").is_some_and(|style| style.replace(' ', "").contains("visibility:hidden"));
                if let Some(drawing) = self.drawings.last_mut() {
                    if let Some(description) = description {
                        drawing.description = description;
                    }
                    if is_hidden && !drawing.is_hidden {
                        drawing.is_hidden = true;
                        self.tree.leave_out(LeftOutKind::HiddenText);
                    }
                }
            }
            "blip" | "imagedata" => {
                let id = if tag.name() == "blip" { tag.attribute("embed") } else { tag.attribute("id") };
                self.picture(id.as_deref())?;
            }
            // The words of a drawing that is no text box.
            "t" if tag.vocabulary == Vocabulary::Drawing => {
                let text = part.element_text()?;
                self.words_of_drawing(&text);
                return Ok(false);
            }
            "textpath" => {
                if let Some(text) = tag.attribute("string") {
                    self.words_of_drawing(&text);
                }
            }
            "relIds" => self.words_of_part(tag.attribute("dm").as_deref())?,
            "chart" => self.words_of_part(tag.attribute("id").as_deref())?,
            "OLEObject" => self.tree.leave_out(LeftOutKind::EmbeddedObject),
            _ => {}
        }
        Ok(true)
    }

    /// Notes words of a drawing that is no text box, unless it is hidden.
    fn words_of_drawing(&mut self, text: &str) {
        if !self.is_in_hidden_run() && !self.drawings.iter().any(|drawing| drawing.is_hidden) {
            self.tree.leave_out_text(LeftOutKind::Drawing, &format!("{text} "));
            if let Some(drawing) = self.drawings.last_mut() {
                drawing.has_content = true;
            }
        }
    }

    /// Notes the words of the diagram or chart that an id refers to: its texts, the names of its rows, and its categories.
    fn words_of_part(&mut self, id: Option<&str>) -> Result<(), DocumentError> {
        let target = id.and_then(|id| self.relationships.part(id));
        let Some(name) = target.map(|target| part_beside(&self.part_name, target)) else { return Ok(()) };
        let Some(text) = self.package.text(&name)? else { return Ok(()) };
        let mut part = XmlPart::new("a drawing", &text);
        let (mut words, mut is_in_names, mut is_word) = (String::new(), false, false);
        while let Some(event) = part.next()? {
            match event {
                XmlEvent::Start(tag) => {
                    is_in_names |= matches!(tag.name(), "strCache" | "strLit");
                    is_word = tag.name() == "t" || is_in_names && tag.name() == "v";
                }
                XmlEvent::Text(text) if is_word => words.push_str(&text),
                XmlEvent::End(tag) => {
                    is_in_names &= !matches!(tag.name(), "strCache" | "strLit");
                    if std::mem::take(&mut is_word) {
                        words.push(' ');
                    }
                }
                XmlEvent::Text(_) => {}
            }
        }
        if !words.trim().is_empty() {
            self.words_of_drawing(words.trim());
        }
        Ok(())
    }

    /// Adds the picture that an id refers to. Pictures outside the document are never fetched.
    fn picture(&mut self, id: Option<&str>) -> Result<(), DocumentError> {
        let (description, is_hidden) = match self.drawings.last_mut() {
            Some(drawing) => {
                drawing.has_content = true;
                (drawing.description.clone(), drawing.is_hidden)
            }
            None => (String::new(), false),
        };
        if is_hidden || self.is_in_hidden_run() {
            return Ok(());
        }
        let target = id.and_then(|id| self.relationships.part(id));
        let Some(name) = target.map(|target| part_beside(&self.part_name, target)) else {
            self.tree.leave_out(LeftOutKind::Picture);
            return Ok(());
        };
        let Some(picture) = self.pictures.add(name, self.package, self.tree)? else {
            self.tree.leave_out(LeftOutKind::Picture);
            return Ok(());
        };
        self.tree.inline(Inline::Picture { picture, description })
    }

    /// Ends a drawing; one without a picture or text box is a shape, chart or diagram.
    pub(super) fn end_drawing(&mut self) {
        if self.drawings.pop().is_some_and(|drawing| !drawing.has_content && !drawing.is_hidden) {
            self.tree.leave_out(LeftOutKind::Drawing);
        }
    }
}

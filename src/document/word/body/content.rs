//! The small elements of a Word document: text, breaks, references, fields and controls.

use super::{AtEnd, BodyReader, OpenRun};
use crate::document::builder::TextContext;
use crate::document::characters::symbol;
use crate::document::error::DocumentError;
use crate::document::left_out::LeftOutKind;
use crate::document::tree::Inline;
use crate::document::word::field::Field;
use crate::document::word::form_control::ControlProperties;
use crate::document::xml::{Tag, XmlPart};

impl BodyReader<'_, '_> {
    /// Adds text to the current paragraph, unless it is hidden, a code, or about the document itself.
    pub(super) fn text(&mut self, text: &str) -> Result<(), DocumentError> {
        if self.is_in_hidden_run() {
            return Ok(());
        }
        if self.drawings.iter().any(|drawing| drawing.is_hidden) || self.fields.iter().any(|field| !field.has_result) {
            return Ok(());
        }
        let is_about_the_document = self.fields.iter().any(|field| field.is_left_out)
            || self.controls.iter().any(|control| control.properties.is_property || control.properties.is_contents)
            || self.is_in_contents();
        if is_about_the_document {
            self.tree.leave_out_text(LeftOutKind::FieldText, text);
            return Ok(());
        }
        if self.controls.iter().any(|control| control.properties.hints(text)) {
            self.tree.leave_out_text(LeftOutKind::Placeholder, text);
            return Ok(());
        }
        self.note_run_heading();
        let context = self.context();
        self.tree.text(text, &context)
    }

    /// Whether the current run is hidden, which is noted once.
    pub(super) fn is_in_hidden_run(&mut self) -> bool {
        let paragraph = self.tree.paragraph();
        let Some(run) = self.runs.last_mut().filter(|run| run.is_hidden()) else { return false };
        if !run.is_noted {
            run.is_noted = true;
            self.tree.left_out.add(LeftOutKind::HiddenText, paragraph);
        }
        true
    }

    /// Whether nobody sees what is in the current run.
    fn is_unseen(&self) -> bool {
        let is_hidden = self.runs.last().is_some_and(OpenRun::is_hidden);
        is_hidden || self.fields.iter().any(|field| !field.has_result || field.is_left_out)
    }

    /// How text that comes now is shown, and what it belongs to.
    fn context(&self) -> TextContext {
        let field_link = self.fields.iter().rev().find_map(|field| field.link.as_deref());
        let link = self.links.last().and_then(Option::as_deref).or(field_link);
        TextContext {
            look: self.runs.last().map(|run| run.properties.look()).unwrap_or_default(),
            link: link.map(Into::into),
            control: self.controls.iter().rev().find_map(|control| control.number),
        }
    }

    /// Adds something that is no text to the current paragraph, unless it is hidden.
    fn inline(&mut self, inline: Inline) -> Result<(), DocumentError> {
        if self.is_unseen() { Ok(()) } else { self.tree.inline(inline) }
    }

    /// Begins one of the small elements. `None` if it has been read to its end already.
    pub(super) fn start_small(
        &mut self,
        tag: &Tag<'_>,
        part: &mut XmlPart<'_>,
    ) -> Result<Option<AtEnd>, DocumentError> {
        match tag.name() {
            "tab" | "ptab" => self.text("\t")?,
            "br" if matches!(tag.attribute("type").as_deref(), Some("page" | "column")) => {}
            "br" | "cr" => self.inline(Inline::LineBreak)?,
            "noBreakHyphen" => self.text("-")?,
            "sym" => {
                let code = tag.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                if let Some(character) = code.and_then(symbol) {
                    self.text(character.encode_utf8(&mut [0; 4]))?;
                } else {
                    self.tree.leave_out(LeftOutKind::Formatting);
                }
            }
            "footnoteReference" | "endnoteReference" if self.is_unseen() => _ = self.is_in_hidden_run(),
            "footnoteReference" | "endnoteReference" => {
                let is_endnote = tag.name() == "endnoteReference";
                let number = self.refer_to_note(is_endnote, tag.attribute("id").unwrap_or_default());
                self.inline(Inline::Footnote(number))?;
            }
            "commentReference" => self.tree.leave_out(LeftOutKind::Comment),
            "fldChar" => return self.field_character(tag, part),
            "instrText" => {
                let code = part.element_text()?;
                if let Some(field) = self.fields.last_mut().filter(|field| !field.has_result) {
                    field.code.push_str(&code);
                }
                return Ok(None);
            }
            "object" | "control" | "altChunk" | "subDoc" => {
                self.has_chunk |= tag.name() == "altChunk";
                part.skip()?;
                self.tree.leave_out(LeftOutKind::EmbeddedObject);
                return Ok(None);
            }
            "delText" | "delInstrText" | "sectPr" | "tblGrid" | "sdtEndPr" | "pPrChange" | "rPrChange" | "numPr"
            | "background" | "smartTagPr" | "customXmlPr" => {
                part.skip()?;
                return Ok(None);
            }
            _ => {}
        }
        Ok(Some(AtEnd::Nothing))
    }

    /// The beginning, middle or end of a field. A choice in an old form is text, too.
    fn field_character(&mut self, tag: &Tag<'_>, part: &mut XmlPart<'_>) -> Result<Option<AtEnd>, DocumentError> {
        match tag.attribute("fldCharType").as_deref() {
            Some("begin") => {
                let is_read = self.fields.begin();
                if !is_read {
                    self.tree.leave_out(LeftOutKind::FieldCode);
                }
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.end_code();
                }
            }
            Some("end") => {
                if let Some(mut field) = self.fields.end() {
                    field.end_code();
                    self.note_field(&field);
                    let shown = field.shown_choice();
                    if let Some(shown) = shown {
                        self.text(&shown)?;
                    }
                }
            }
            _ => {}
        }
        part.each_inside(|tag, _| {
            if let Some(field) = self.fields.last_mut() {
                field.read_form_data(tag);
            }
            Ok(())
        })?;
        Ok(None)
    }

    /// Notes that the code of a field is left out. The address of a link is kept.
    pub(super) fn note_field(&mut self, field: &Field) {
        if field.link.is_none() {
            self.tree.leave_out(LeftOutKind::FieldCode);
        }
    }

    /// Takes the properties of the control that began last.
    pub(super) fn begin_control(&mut self, properties: ControlProperties) {
        let Some(control) = self.controls.last_mut() else { return };
        if !properties.tag.is_empty() {
            control.number = Some(self.tree.control(properties.control()));
        }
        control.properties = properties;
    }

    /// Ends the control that began last.
    pub(super) fn end_control(&mut self) {
        let Some(control) = self.controls.pop() else { return };
        if let Some(number) = control.number {
            let filled = &mut self.tree.document.controls[number];
            filled.text.truncate(filled.text.trim_end().len());
            filled.chosen = control.properties.chosen(&filled.text);
        }
    }
}

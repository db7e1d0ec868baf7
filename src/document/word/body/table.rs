//! The properties of tables, rows and cells in a Word document.

use super::{AtEnd, BodyReader};
use crate::document::error::DocumentError;
use crate::document::left_out::LeftOutKind;
use crate::document::word::run;
use crate::document::xml::{ElementReader, XmlPart};

impl BodyReader<'_, '_> {
    /// Reads whether the style of the table hides text.
    pub(super) fn table_properties(&mut self, part: &mut XmlPart<'_>) -> Result<Option<AtEnd>, DocumentError> {
        let mut style = None;
        part.each_inside(|tag, part| {
            match tag.name() {
                "tblPrChange" => _ = part.skip()?,
                "tblStyle" => style = tag.attribute("val"),
                _ => {}
            }
            Ok(())
        })?;
        let hidden = style.and_then(|id| self.styles.of_run(&id)?.run.hidden);
        if let Some(table) = self.tables.last_mut() {
            *table = hidden.or(*table);
        }
        Ok(None)
    }

    /// Reads whether a row is repeated on each page, or deleted.
    pub(super) fn row_properties(&mut self, part: &mut XmlPart<'_>) -> Result<Option<AtEnd>, DocumentError> {
        let mut is_deleted = false;
        part.each_inside(|tag, _| {
            match tag.name() {
                "tblHeader" if run::is_on(tag) => self.tree.mark_heading_row(),
                "del" => is_deleted = true,
                _ => {}
            }
            Ok(())
        })?;
        self.leave_out_if(is_deleted, part)
    }

    /// Reads what a cell covers, and whether it is deleted.
    pub(super) fn cell_properties(&mut self, part: &mut XmlPart<'_>) -> Result<Option<AtEnd>, DocumentError> {
        let mut is_deleted = false;
        part.each_inside(|tag, _| {
            match tag.name() {
                "gridSpan" => {
                    let columns = tag.attribute("val").and_then(|columns| columns.parse().ok());
                    self.tree.set_columns(columns.unwrap_or(1));
                }
                "vMerge" if tag.attribute("val").is_none_or(|value| value == "continue") => {
                    self.tree.set_continues_above();
                }
                "cellDel" => is_deleted = true,
                _ => {}
            }
            Ok(())
        })?;
        self.leave_out_if(is_deleted, part)
    }

    /// Leaves out the rest of a row or cell that has been deleted.
    fn leave_out_if(&mut self, is_deleted: bool, part: &mut XmlPart<'_>) -> Result<Option<AtEnd>, DocumentError> {
        if is_deleted {
            self.tree.leave_out(LeftOutKind::TrackedDeletion);
            part.skip()?;
            self.end_last()?;
        }
        Ok(None)
    }
}

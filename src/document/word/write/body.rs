//! The text of a document as `WordprocessingML` (ECMA-376, part 1, section 17).

use std::fmt::Write;

use super::{WordBlock, WordCell, WordChoice, WordStyle, WordTable};
use crate::escape;

/// The width of the text on a page, in twentieths of a point: A4 with margins of 2 cm.
const TEXT_WIDTH: u32 = 9638;

/// `word/document.xml`.
pub(super) fn body(blocks: &[WordBlock]) -> String {
    let mut xml = BodyXml { out: include_str!("parts/document_start.xml").trim_end().to_owned(), controls: 0 };
    for block in blocks {
        match block {
            WordBlock::Paragraph(style, text) => xml.paragraph(*style, text),
            WordBlock::Labelled(style, label, text) => xml.labelled(*style, label, text),
            WordBlock::Frame { is_list } => xml.frame(*is_list),
            WordBlock::Table(table) => xml.table(table),
        }
    }
    xml.out + include_str!("parts/document_end.xml")
}

struct BodyXml {
    out: String,
    /// How many content controls there are so far. Each has a number of its own.
    controls: u32,
}

impl BodyXml {
    fn paragraph(&mut self, style: WordStyle, text: &str) {
        _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>", style.id());
        self.run("", text);
        self.out.push_str("</w:p>");
    }

    fn labelled(&mut self, style: WordStyle, label: &str, text: &str) {
        _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>", style.id());
        self.run(if style == WordStyle::Fact { "<w:rPr><w:b/></w:rPr>" } else { "" }, label);
        self.out.push_str("<w:r><w:tab/></w:r>");
        self.run("", text);
        self.out.push_str("</w:p>");
    }

    fn run(&mut self, look: &str, text: &str) {
        if !text.is_empty() {
            _ = write!(self.out, "<w:r>{look}<w:t xml:space=\"preserve\">");
            escape::text(&mut self.out, text);
            self.out.push_str("</w:t></w:r>");
        }
    }

    /// A table of one cell. Word puts two tables together that have no paragraph between them, so one follows.
    fn frame(&mut self, is_list: bool) {
        self.table_start("Frame", "", &[TEXT_WIDTH]);
        self.out.push_str("<w:tr><w:trPr><w:trHeight w:val=\"1700\" w:hRule=\"atLeast\"/></w:trPr>");
        self.cell_start(TEXT_WIDTH);
        self.paragraph(if is_list { WordStyle::Bullet } else { WordStyle::Plain }, "");
        self.out.push_str("</w:tc></w:tr></w:tbl>");
        self.paragraph(WordStyle::Plain, "");
    }

    fn table(&mut self, table: &WordTable) {
        let widths: Vec<u32> = table.widths.iter().map(|width| TEXT_WIDTH * width / 100).collect();
        self.table_start("Answers", &table.description, &widths);
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (width, text) in widths.iter().zip(&table.heading) {
            self.cell_start(*width);
            self.out.push_str("<w:p><w:pPr><w:pStyle w:val=\"TableHeading\"/></w:pPr>");
            self.run("", text);
            self.out.push_str("</w:p></w:tc>");
        }
        self.out.push_str("</w:tr>");
        for row in &table.rows {
            self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (width, cell) in widths.iter().zip(row) {
                self.cell_start(*width);
                let side = if matches!(cell, WordCell::Amount(_)) { "<w:jc w:val=\"right\"/>" } else { "" };
                _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/>{side}</w:pPr>");
                match cell {
                    WordCell::Text(text) | WordCell::Amount(text) => self.run("", text),
                    WordCell::Choice(choice) => self.choice(choice),
                    WordCell::Blank => {}
                }
                self.out.push_str("</w:p></w:tc>");
            }
            self.out.push_str("</w:tr>");
        }
        self.out.push_str("</w:tbl>");
        self.paragraph(WordStyle::Plain, "");
    }

    fn table_start(&mut self, style: &str, description: &str, widths: &[u32]) {
        _ = write!(
            self.out,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout \
             w:type=\"fixed\"/><w:tblLook w:val=\"0620\" w:firstRow=\"1\" w:noHBand=\"1\" w:noVBand=\"1\"/>",
            widths.iter().sum::<u32>()
        );
        if !description.is_empty() {
            self.out.push_str("<w:tblDescription w:val=\"");
            escape::attribute(&mut self.out, description);
            self.out.push_str("\"/>");
        }
        self.out.push_str("</w:tblPr><w:tblGrid>");
        for width in widths {
            _ = write!(self.out, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.out.push_str("</w:tblGrid>");
    }

    fn cell_start(&mut self, width: u32) {
        _ = write!(self.out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
    }

    /// A content control with a list. Programs that do not know them show its text.
    fn choice(&mut self, choice: &WordChoice) {
        self.controls += 1;
        self.out.push_str("<w:sdt><w:sdtPr><w:alias w:val=\"");
        escape::attribute(&mut self.out, &choice.title);
        self.out.push_str("\"/><w:tag w:val=\"");
        escape::attribute(&mut self.out, &choice.tag);
        // Its content can be changed, but it cannot be deleted.
        _ = write!(
            self.out,
            "\"/><w:id w:val=\"{}\"/><w:lock w:val=\"sdtLocked\"/><w:showingPlcHdr/><w:dropDownList>",
            self.controls
        );
        for (value, shown) in &choice.choices {
            self.out.push_str("<w:listItem w:displayText=\"");
            escape::attribute(&mut self.out, shown);
            self.out.push_str("\" w:value=\"");
            escape::attribute(&mut self.out, value);
            self.out.push_str("\"/>");
        }
        self.out.push_str("</w:dropDownList></w:sdtPr><w:sdtContent>");
        self.run("<w:rPr><w:rStyle w:val=\"PlaceholderText\"/></w:rPr>", &choice.hint);
        self.out.push_str("</w:sdtContent></w:sdt>");
    }
}

//! Walks over the text of a Word document, its footnotes and its endnotes.

mod content;
mod drawing;
mod table;

use self::drawing::OpenDrawing;
use crate::document::builder::{ParagraphKind, TreeBuilder};
use crate::document::error::DocumentError;
use crate::document::left_out::LeftOutKind;
use crate::document::named_pictures::NamedPictures;
use crate::document::package::Package;
use crate::document::relationships::Relationships;
use crate::document::word::field::{Field, OpenFields};
use crate::document::word::form_control::{ControlProperties, OpenControl};
use crate::document::word::numbering::{LevelFormat, Numbering};
use crate::document::word::paragraph::{self, ParagraphProperties};
use crate::document::word::run::{self, RunProperties};
use crate::document::word::styles::{StyleMeaning, Styles, heading_level, meaning_of_name};
use crate::document::xml::{ElementReader, Tag, Vocabulary, XmlPart};

/// Reads the blocks of a part into a tree.
pub(super) struct BodyReader<'a, 'b> {
    tree: &'a mut TreeBuilder,
    package: &'a mut Package<'b>,
    /// The name of the part that is being read.
    part_name: String,
    relationships: Relationships,
    styles: &'a Styles,
    numbering: Numbering,
    /// What to do at the end of each element that is open.
    open: Vec<AtEnd>,
    paragraphs: Vec<OpenParagraph>,
    runs: Vec<OpenRun>,
    pub(super) fields: OpenFields,
    /// For each table that is open, whether its style hides text.
    tables: Vec<Option<bool>>,
    controls: Vec<OpenControl>,
    links: Vec<Option<String>>,
    drawings: Vec<OpenDrawing>,
    pictures: NamedPictures,
    /// The notes that are referred to, in order: whether it is an endnote, its id, and the paragraph.
    notes: Vec<(bool, String, u32)>,
    /// Whether a part in another format, such as a page, is noted where it is put into the text.
    pub(super) has_chunk: bool,
}

/// What the end of an element means.
pub(super) enum AtEnd {
    Nothing,
    Paragraph,
    Run,
    Table(usize),
    /// A row, cell, text box or note. Here and below: how many fields were open when it began.
    Frame(usize),
    Link,
    SimpleField(usize),
    Control,
    Drawing,
    /// Whether its first choice has been read.
    Alternatives(bool),
    /// A numerator, which a line separates from what is below.
    Numerator,
}

/// A paragraph that has not ended.
struct OpenParagraph {
    properties: ParagraphProperties,
    meaning: StyleMeaning,
    /// How its style shows text.
    style: RunProperties,
    /// The level of heading that the styles of all its runs so far are named after.
    run_heading: RunHeading,
}

/// The level of heading that the character styles of a paragraph's runs are named after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum RunHeading {
    #[default]
    NoRuns,
    All(u8),
    Mixed,
}

/// A run that has not ended.
#[derive(Default)]
struct OpenRun {
    properties: RunProperties,
    heading: Option<u8>,
    /// Whether it is in a text box that is hidden.
    is_in_hidden: bool,
    /// Whether it has been noted that it is hidden.
    is_noted: bool,
}

impl OpenRun {
    fn is_hidden(&self) -> bool {
        self.is_in_hidden || self.properties.hidden == Some(true)
    }
}

impl ElementReader for BodyReader<'_, '_> {
    type AtEnd = AtEnd;

    fn open(&mut self) -> &mut Vec<AtEnd> {
        &mut self.open
    }

    fn start(&mut self, tag: &Tag<'_>, part: &mut XmlPart<'_>) -> Result<Option<AtEnd>, DocumentError> {
        Ok(Some(match tag.vocabulary {
            Vocabulary::Word => return self.start_word(tag, part),
            Vocabulary::Compatibility => match tag.name() {
                "AlternateContent" => AtEnd::Alternatives(false),
                "Choice" | "Fallback" => {
                    if let Some(AtEnd::Alternatives(is_read @ false)) = self.open.last_mut() {
                        *is_read = true;
                        AtEnd::Nothing
                    } else {
                        part.skip()?;
                        self.tree.leave_out(LeftOutKind::AlternateContent);
                        return Ok(None);
                    }
                }
                _ => AtEnd::Nothing,
            },
            Vocabulary::Math => match tag.name() {
                "r" => self.start_run(),
                "t" => {
                    let text = part.element_text()?;
                    self.text(&text)?;
                    return Ok(None);
                }
                "oMath" => {
                    self.tree.leave_out(LeftOutKind::Formula);
                    AtEnd::Nothing
                }
                "num" => AtEnd::Numerator,
                "sup" => {
                    self.text("^")?;
                    AtEnd::Nothing
                }
                _ => AtEnd::Nothing,
            },
            Vocabulary::Drawing | Vocabulary::OldDrawing => {
                if !self.start_in_drawing(tag, part)? {
                    return Ok(None);
                }
                AtEnd::Nothing
            }
            _ => AtEnd::Nothing,
        }))
    }

    fn end(&mut self, at_end: AtEnd) -> Result<(), DocumentError> {
        match at_end {
            AtEnd::Paragraph => self.end_paragraph()?,
            AtEnd::Run => {
                self.runs.pop();
            }
            AtEnd::Table(fields) => {
                self.tables.pop();
                self.fields.keep(fields);
                self.tree.end()?;
            }
            AtEnd::Frame(fields) => {
                self.fields.keep(fields);
                self.tree.end()?;
            }
            AtEnd::Link => {
                self.links.pop();
            }
            AtEnd::SimpleField(fields) => self.fields.keep(fields),
            AtEnd::Control => self.end_control(),
            AtEnd::Drawing => self.end_drawing(),
            AtEnd::Numerator => self.text("/")?,
            AtEnd::Nothing | AtEnd::Alternatives(_) => {}
        }
        Ok(())
    }

    /// Text is read where its element begins; elsewhere it is only white space.
    fn text_between(&mut self, _: &str) -> Result<(), DocumentError> {
        Ok(())
    }
}

impl<'a, 'b> BodyReader<'a, 'b> {
    pub(super) fn new(
        tree: &'a mut TreeBuilder,
        package: &'a mut Package<'b>,
        part_name: &str,
        relationships: Relationships,
        styles: &'a Styles,
        numbering: Numbering,
        fields: OpenFields,
    ) -> Self {
        Self {
            tree,
            package,
            part_name: part_name.to_owned(),
            relationships,
            styles,
            numbering,
            open: Vec::new(),
            paragraphs: Vec::new(),
            runs: Vec::new(),
            fields,
            tables: Vec::new(),
            controls: Vec::new(),
            links: Vec::new(),
            drawings: Vec::new(),
            pictures: NamedPictures::default(),
            notes: Vec::new(),
            has_chunk: false,
        }
    }

    /// Reads the footnotes and endnotes that the text refers to.
    pub(super) fn read_notes(&mut self, parts: [(&str, Option<(String, String)>); 2]) -> Result<(), DocumentError> {
        self.fields.keep(0);
        self.tree.document.footnotes.resize_with(self.notes.len(), Vec::new);
        for (name, part) in parts {
            let Some((part_name, text)) = part else { continue };
            self.relationships = Relationships::read(self.package, &part_name)?;
            self.part_name = part_name;
            self.read(XmlPart::new(name, &text))?;
            self.fields.keep(0);
        }
        Ok(())
    }

    /// Begins a run, whose properties may follow.
    fn start_run(&mut self) -> AtEnd {
        let is_in_hidden = self.runs.last().is_some_and(OpenRun::is_hidden);
        let run = self.open_run(RunProperties::default(), None);
        self.runs.push(OpenRun { is_in_hidden, ..run });
        AtEnd::Run
    }

    fn start_word(&mut self, tag: &Tag<'_>, part: &mut XmlPart<'_>) -> Result<Option<AtEnd>, DocumentError> {
        Ok(Some(match tag.name() {
            "p" => {
                self.tree.begin_paragraph();
                let paragraph = self.open_paragraph(ParagraphProperties::default());
                self.paragraphs.push(paragraph);
                AtEnd::Paragraph
            }
            "pPr" => {
                let properties = paragraph::read(part)?;
                let paragraph = self.open_paragraph(properties);
                if let Some(last) = self.paragraphs.last_mut() {
                    *last = paragraph;
                }
                return Ok(None);
            }
            "r" => self.start_run(),
            "rPr" => {
                let (properties, style) = run::read(part)?;
                let run = self.open_run(properties, style.as_deref());
                if let Some(last) = self.runs.last_mut() {
                    *last = OpenRun { is_in_hidden: last.is_in_hidden, ..run };
                }
                return Ok(None);
            }
            "t" => {
                let text = part.element_text()?;
                self.text(&text)?;
                return Ok(None);
            }
            "del" | "moveFrom" => {
                part.skip()?;
                self.tree.leave_out(LeftOutKind::TrackedDeletion);
                return Ok(None);
            }
            "ins" | "moveTo" => {
                self.tree.leave_out(LeftOutKind::TrackedInsertion);
                AtEnd::Nothing
            }
            "tbl" => {
                self.tables.push(self.tables.last().copied().flatten());
                self.tree.begin_table();
                AtEnd::Table(self.fields.count())
            }
            "tr" => {
                self.tree.begin_row();
                AtEnd::Frame(self.fields.count())
            }
            "tblPr" => return self.table_properties(part),
            "trPr" => return self.row_properties(part),
            "tc" => {
                self.tree.begin_cell();
                AtEnd::Frame(self.fields.count())
            }
            "tcPr" => return self.cell_properties(part),
            "txbxContent" => {
                if let Some(drawing) = self.drawings.last_mut() {
                    drawing.has_content = true;
                }
                self.tree.begin_text_box();
                AtEnd::Frame(self.fields.count())
            }
            "footnote" | "endnote" => return self.start_note(tag, part),
            "sdt" => {
                self.controls.push(OpenControl::default());
                AtEnd::Control
            }
            "sdtPr" => {
                let properties = ControlProperties::read(part)?;
                self.begin_control(properties);
                return Ok(None);
            }
            "hyperlink" => {
                let address = tag.attribute("id").and_then(|id| self.relationships.address(&id).map(str::to_owned));
                self.links.push(address);
                AtEnd::Link
            }
            "fldSimple" => {
                let field = Field::new(tag.attribute("instr").unwrap_or_default());
                self.note_field(&field);
                let fields = self.fields.count();
                self.fields.begin_element(field);
                AtEnd::SimpleField(fields)
            }
            "drawing" | "pict" => {
                self.drawings.push(OpenDrawing::default());
                AtEnd::Drawing
            }
            _ => return self.start_small(tag, part),
        }))
    }

    /// Begins a note; one that nothing refers to is skipped.
    fn start_note(&mut self, tag: &Tag<'_>, part: &mut XmlPart<'_>) -> Result<Option<AtEnd>, DocumentError> {
        let (is_endnote, id) = (tag.name() == "endnote", tag.attribute("id").unwrap_or_default());
        let place = self.notes.iter().position(|(endnote, known, _)| *endnote == is_endnote && *known == id);
        let Some(place) = place else {
            part.skip()?;
            return Ok(None);
        };
        self.tree.begin_footnote(place, self.notes[place].2);
        Ok(Some(AtEnd::Frame(self.fields.count())))
    }

    /// Adds a reference to a footnote or endnote.
    fn refer_to_note(&mut self, is_endnote: bool, id: String) -> usize {
        self.notes.push((is_endnote, id, self.tree.paragraph()));
        self.notes.len() - 1
    }

    fn open_paragraph(&self, properties: ParagraphProperties) -> OpenParagraph {
        let style = self.styles.of_paragraph(properties.style.as_deref());
        let id = properties.style.as_deref().unwrap_or_default();
        let by_style = style.map_or_else(|| meaning_of_name(id), |style| style.meaning(id));
        let meaning = match properties.outline_level {
            Some(level) if level < 9 => StyleMeaning::Heading(level + 1),
            Some(_) => StyleMeaning::Other,
            None => by_style,
        };
        let mut style = style.map(|style| style.run).unwrap_or_default();
        if matches!(meaning, StyleMeaning::Heading(_)) {
            // A heading is bold because it is one.
            style = RunProperties { hidden: style.hidden, ..RunProperties::default() };
        }
        style.hidden = style.hidden.or(self.tables.last().copied().flatten());
        OpenParagraph { properties, meaning, style, run_heading: RunHeading::NoRuns }
    }

    fn open_run(&self, properties: RunProperties, style: Option<&str>) -> OpenRun {
        let paragraph = self.paragraphs.last().map(|paragraph| paragraph.style).unwrap_or_default();
        let style = style.and_then(|id| self.styles.of_run(id));
        let below = style.map_or(paragraph, |style| style.run.toggling(paragraph));
        let heading = style.and_then(|style| heading_level(&style.name)).map(|level| level + 1);
        OpenRun { properties: properties.over(below), heading, ..OpenRun::default() }
    }

    /// Notes that the current run adds text to the current paragraph.
    fn note_run_heading(&mut self) {
        let heading = self.runs.last().and_then(|run| run.heading);
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.run_heading = match (paragraph.run_heading, heading) {
                (RunHeading::NoRuns, Some(level)) => RunHeading::All(level),
                (RunHeading::All(so_far), Some(level)) if so_far == level => RunHeading::All(level),
                _ => RunHeading::Mixed,
            };
        }
    }

    /// Whether the current paragraph is part of a table of contents.
    fn is_in_contents(&self) -> bool {
        self.paragraphs.last().is_some_and(|paragraph| paragraph.meaning == StyleMeaning::Contents)
    }

    fn end_paragraph(&mut self) -> Result<(), DocumentError> {
        let Some(paragraph) = self.paragraphs.pop() else { return Ok(()) };
        if let Some(control) = self.controls.last().and_then(|control| control.number) {
            self.tree.document.controls[control].text.push('\n');
        }
        if paragraph.properties.mark.is_deleted {
            // The next paragraph goes on in the same line.
            self.tree.leave_out(LeftOutKind::TrackedDeletion);
            return Ok(());
        }
        let kind = self.kind(&paragraph);
        self.tree.end_paragraph(kind)
    }

    /// What a paragraph is. Counts it if it is numbered.
    fn kind(&mut self, paragraph: &OpenParagraph) -> ParagraphKind {
        let properties = &paragraph.properties;
        let style_id = properties.style.as_deref();
        let style = self.styles.of_paragraph(style_id).map(|style| &style.paragraph);
        let numbering = properties.numbering.as_deref().or(style.and_then(|style| style.numbering.as_deref()));
        let counted = numbering.filter(|id| *id != "0").and_then(|id| {
            let of_style = || style_id.and_then(|style| self.numbering.level_of_style(id, style));
            let level = properties.list_level.or_else(of_style).or(style.and_then(|style| style.list_level));
            // `List Bullet 2` is a level below `List Bullet`, each with a numbering of its own.
            let by_name = match style_id.and_then(|id| Some(meaning_of_name(&self.styles.of_paragraph(Some(id))?.name)))
            {
                Some(StyleMeaning::Item(_, level)) => level,
                _ => 0,
            };
            let level = level.unwrap_or(0).max(by_name);
            Some((level, self.numbering.count(id, level.saturating_sub(by_name))?))
        });
        if let StyleMeaning::Heading(level) = paragraph.meaning {
            return ParagraphKind::Heading(level);
        }
        if let RunHeading::All(level) = paragraph.run_heading {
            return ParagraphKind::Heading(level);
        }
        match counted {
            Some((level, (LevelFormat::Number, number))) => return ParagraphKind::Item(level, Some(number)),
            Some((level, (LevelFormat::OtherNumber, number))) => {
                self.tree.leave_out(LeftOutKind::Numbering);
                return ParagraphKind::Item(level, Some(number));
            }
            Some((level, (LevelFormat::Bullet, _))) => return ParagraphKind::Item(level, None),
            Some((_, (LevelFormat::Blank, _))) => return ParagraphKind::Continuation,
            Some((_, (LevelFormat::Nothing, _))) => return ParagraphKind::Plain,
            None => {}
        }
        match paragraph.meaning {
            // A style for lists whose numbering is not in the document, or has been taken away.
            StyleMeaning::Item(is_numbered, level) if numbering.is_none() => {
                ParagraphKind::Item(level, is_numbered.then_some(1))
            }
            StyleMeaning::Quotation => ParagraphKind::Quotation,
            _ => ParagraphKind::Plain,
        }
    }
}

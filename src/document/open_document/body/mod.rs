//! Walks over the text of an `OpenDocument` text.

mod drawing;
mod table;

use std::collections::HashMap;
use std::sync::Arc;

use self::drawing::OdfFrame;
use self::table::OdfTable;
use super::styles::{ListLevel, OdfStyles};
use crate::document::builder::{ParagraphKind, TextContext, TreeBuilder};
use crate::document::error::DocumentError;
use crate::document::left_out::LeftOutKind;
use crate::document::named_pictures::NamedPictures;
use crate::document::package::Package;
use crate::document::tree::{Inline, Look};
use crate::document::xml::{ElementReader, Tag, Vocabulary, XmlPart};

/// The most spaces that one element may be short for.
const MOST_SPACES: usize = 63;

/// Reads the blocks of `content.xml` into a tree.
pub(super) struct OdfReader<'a, 'b> {
    tree: &'a mut TreeBuilder,
    package: &'a mut Package<'b>,
    styles: &'a OdfStyles,
    open: Vec<AtOdfEnd>,
    /// How text looks in each element that is open.
    looks: Vec<TextContext>,
    lists: Vec<OdfList>,
    /// How far the numbered lists of each style have counted.
    counted: HashMap<(String, usize), u64>,
    /// Why text is left out now.
    left_out: Vec<LeftOutKind>,
    frames: Vec<OdfFrame>,
    pictures: NamedPictures,
    is_in_paragraph: usize,
    tables: Vec<OdfTable>,
}

/// What the end of an element means.
pub(super) enum AtOdfEnd {
    Nothing,
    Paragraph(ParagraphKind, HiddenBy),
    Look,
    List,
    Item,
    Table,
    /// A row, cell, text box or footnote.
    Frame,
    /// A cell, and how often it is repeated.
    Cell(usize),
    LeftOut,
    Drawing,
    /// A shape, with the text in it.
    Shape,
}

/// What hides a paragraph.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum HiddenBy {
    Nothing,
    Style,
    /// A field in it, so that what came before the field is hidden too.
    Field,
}

/// A list that is open.
struct OdfList {
    style: String,
    next: u64,
    /// The number of the item whose first paragraph has not come yet.
    pending: Option<u64>,
    has_item: bool,
}

impl ElementReader for OdfReader<'_, '_> {
    type AtEnd = AtOdfEnd;

    fn open(&mut self) -> &mut Vec<AtOdfEnd> {
        &mut self.open
    }

    fn start(&mut self, tag: &Tag<'_>, part: &mut XmlPart<'_>) -> Result<Option<AtOdfEnd>, DocumentError> {
        match tag.vocabulary {
            Vocabulary::Text => self.start_text(tag, part),
            Vocabulary::Table => self.start_table(tag, part),
            Vocabulary::Draw => self.start_drawing(tag, part),
            Vocabulary::Office => match tag.name() {
                "annotation" | "annotation-end" => {
                    part.skip()?;
                    if tag.name() == "annotation" {
                        self.tree.leave_out(LeftOutKind::Comment);
                    }
                    Ok(None)
                }
                "automatic-styles" | "font-face-decls" | "forms" | "settings" => {
                    part.skip()?;
                    Ok(None)
                }
                "scripts" => {
                    if part.skip()? {
                        self.tree.leave_out(LeftOutKind::Macro);
                    }
                    Ok(None)
                }
                _ => Ok(Some(AtOdfEnd::Nothing)),
            },
            _ => match tag.name() {
                // The description of a drawing.
                "desc" | "title" if !self.frames.is_empty() => {
                    let text = part.element_text()?;
                    if let Some(frame) =
                        self.frames.last_mut().filter(|frame| tag.name() == "desc" || frame.description.is_empty())
                    {
                        frame.description = text;
                    }
                    Ok(None)
                }
                "event-listeners" => {
                    part.skip()?;
                    Ok(None)
                }
                _ => Ok(Some(AtOdfEnd::Nothing)),
            },
        }
    }

    fn end(&mut self, at_end: AtOdfEnd) -> Result<(), DocumentError> {
        match at_end {
            AtOdfEnd::Paragraph(kind, hidden_by) => {
                self.is_in_paragraph -= 1;
                self.looks.pop();
                match hidden_by {
                    HiddenBy::Nothing => {}
                    HiddenBy::Style => _ = self.left_out.pop(),
                    HiddenBy::Field => {
                        self.left_out.remove(0);
                        self.tree.drop_line();
                    }
                }
                self.tree.end_paragraph(kind)?;
            }
            AtOdfEnd::Look => {
                self.looks.pop();
            }
            AtOdfEnd::LeftOut => {
                self.left_out.pop();
            }
            AtOdfEnd::List => {
                if let Some(list) = self.lists.pop() {
                    self.counted.insert((list.style, self.lists.len()), list.next);
                }
            }
            AtOdfEnd::Item => {
                if let Some(list) = self.lists.last_mut() {
                    list.has_item = false;
                    list.pending = None;
                }
            }
            AtOdfEnd::Table => {
                self.tables.pop();
                self.tree.end()?;
            }
            AtOdfEnd::Frame => self.tree.end()?,
            AtOdfEnd::Shape => {
                self.tree.end()?;
                self.end_drawing()?;
            }
            AtOdfEnd::Cell(times) => {
                self.tree.end()?;
                for _ in 1..times {
                    self.tree.begin_cell();
                    self.tree.end()?;
                }
            }
            AtOdfEnd::Drawing => self.end_drawing()?,
            AtOdfEnd::Nothing => {}
        }
        Ok(())
    }

    fn text_between(&mut self, text: &str) -> Result<(), DocumentError> {
        if self.is_in_paragraph == 0 {
            return Ok(());
        }
        self.text(&text.replace(['\n', '\r', '\t'], " "))
    }
}

impl<'a, 'b> OdfReader<'a, 'b> {
    pub(super) fn new(tree: &'a mut TreeBuilder, package: &'a mut Package<'b>, styles: &'a OdfStyles) -> Self {
        Self {
            tree,
            package,
            styles,
            open: Vec::new(),
            looks: vec![TextContext::default()],
            lists: Vec::new(),
            counted: HashMap::new(),
            left_out: Vec::new(),
            frames: Vec::new(),
            pictures: NamedPictures::default(),
            is_in_paragraph: 0,
            tables: Vec::new(),
        }
    }

    /// Whether readers of the document do not see what comes now.
    fn is_hidden(&self) -> bool {
        self.left_out.contains(&LeftOutKind::HiddenText)
    }

    fn text(&mut self, text: &str) -> Result<(), DocumentError> {
        match self.left_out.last() {
            _ if self.is_hidden() => Ok(()),
            Some(kind @ LeftOutKind::FieldText) => {
                self.tree.leave_out_text(*kind, text);
                Ok(())
            }
            Some(_) => Ok(()),
            None => {
                let context = self.looks.last().cloned().unwrap_or_default();
                self.tree.text(text, &context)
            }
        }
    }

    fn start_text(&mut self, tag: &Tag<'_>, part: &mut XmlPart<'_>) -> Result<Option<AtOdfEnd>, DocumentError> {
        let style = || tag.attribute("style-name").unwrap_or_default();
        Ok(Some(match tag.name() {
            "p" | "h" => self.begin_paragraph(tag),
            "span" => {
                let style = style();
                if self.styles.is_hidden(&style) {
                    self.leave_out_hidden()
                } else {
                    let below = self.looks.last().cloned().unwrap_or_default();
                    self.looks.push(TextContext { look: self.styles.look(&style, below.look), ..below });
                    AtOdfEnd::Look
                }
            }
            "a" if self.styles.is_hidden(&style()) => self.leave_out_hidden(),
            "a" => {
                let below = self.looks.last().cloned().unwrap_or_default();
                let address = tag.attribute("href").filter(|address| !address.starts_with('#'));
                self.looks.push(TextContext { link: address.map(Arc::from), ..below });
                AtOdfEnd::Look
            }
            "s" => {
                let count = tag.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                self.text(&" ".repeat(count.min(MOST_SPACES)))?;
                AtOdfEnd::Nothing
            }
            "tab" => {
                self.text("\t")?;
                AtOdfEnd::Nothing
            }
            "line-break" => {
                if self.left_out.is_empty() {
                    self.tree.inline(Inline::LineBreak)?;
                }
                AtOdfEnd::Nothing
            }
            "list" => {
                self.begin_list(tag);
                AtOdfEnd::List
            }
            "list-item" | "list-header" => {
                if let Some(list) = self.lists.last_mut() {
                    list.has_item = true;
                    list.next = tag.attribute("start-value").and_then(|start| start.parse().ok()).unwrap_or(list.next);
                    list.pending = Some(list.next);
                    list.next = list.next.saturating_add(1);
                }
                AtOdfEnd::Item
            }
            "note" if self.is_hidden() => {
                part.skip()?;
                return Ok(None);
            }
            "note-body" => {
                let number = self.tree.document.footnotes.len();
                self.tree.document.footnotes.push(Vec::new());
                self.tree.inline(Inline::Footnote(number))?;
                let paragraph = self.tree.paragraph();
                self.tree.begin_footnote(number, paragraph);
                AtOdfEnd::Frame
            }
            "tracked-changes" => {
                self.tracked_changes(part)?;
                return Ok(None);
            }
            _ => return self.start_field(tag, part),
        }))
    }

    /// Begins a field, or anything else that the program fills in.
    fn start_field(&mut self, tag: &Tag<'_>, part: &mut XmlPart<'_>) -> Result<Option<AtOdfEnd>, DocumentError> {
        let is_shown = tag.attribute("is-hidden").is_some_and(|value| value == "false");
        let is_not_displayed = tag.attribute("display").is_some_and(|display| display == "none");
        Ok(Some(match tag.name() {
            "hidden-text" | "hidden-paragraph" if is_shown => {
                self.tree.leave_out(LeftOutKind::FieldCode);
                AtOdfEnd::Nothing
            }
            "hidden-text" => self.leave_out_hidden(),
            "hidden-paragraph" => {
                self.hide_paragraph();
                self.leave_out_hidden()
            }
            _ if is_not_displayed || tag.attribute("is-hidden").is_some_and(|value| value == "true") => {
                self.leave_out_hidden()
            }
            "section" if tag.attribute("display").is_some_and(|display| display != "true") => self.leave_out_hidden(),
            "table-of-content"
            | "alphabetical-index"
            | "table-index"
            | "illustration-index"
            | "author-name"
            | "author-initials"
            | "creator"
            | "initial-creator"
            | "file-name"
            | "template-name"
            | "title"
            | "subject"
            | "keywords"
            | "description"
            | "page-number"
            | "page-count"
            | "paragraph-count"
            | "word-count"
            | "character-count"
            | "editing-cycles"
            | "editing-duration"
            | "creation-date"
            | "creation-time"
            | "modification-date"
            | "modification-time"
            | "print-date"
            | "print-time"
            | "printed-by"
            | "sender-firstname"
            | "sender-lastname"
            | "sender-initials"
            | "sender-title"
            | "sender-position"
            | "sender-email"
            | "sender-phone-private"
            | "sender-phone-work"
            | "sender-company"
            | "sender-street"
            | "sender-city"
            | "sender-postal-code"
            | "sender-country"
            | "user-defined" => {
                if !tag.name().contains("index") && tag.name() != "table-of-content" {
                    self.tree.leave_out(LeftOutKind::FieldCode);
                }
                self.left_out.push(LeftOutKind::FieldText);
                AtOdfEnd::LeftOut
            }
            "note-citation"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "ruby-text"
            | "table-of-content-source"
            | "alphabetical-index-source"
            | "script" => {
                part.skip()?;
                return Ok(None);
            }
            "placeholder" if self.is_hidden() => {
                part.skip()?;
                return Ok(None);
            }
            "placeholder" => {
                let text = part.element_text()?;
                self.tree.leave_out_text(LeftOutKind::Placeholder, &text);
                return Ok(None);
            }
            "conditional-text" | "text-input" | "drop-down" | "expression" | "variable-set" | "variable-get"
            | "user-field-get" | "database-display" => {
                self.tree.leave_out(LeftOutKind::FieldCode);
                AtOdfEnd::Nothing
            }
            _ => AtOdfEnd::Nothing,
        }))
    }

    fn leave_out_hidden(&mut self) -> AtOdfEnd {
        self.tree.leave_out(LeftOutKind::HiddenText);
        self.left_out.push(LeftOutKind::HiddenText);
        AtOdfEnd::LeftOut
    }

    /// Hides the paragraph that is being read, also what has been read of it.
    fn hide_paragraph(&mut self) {
        let paragraph = self.open.iter_mut().rev().find_map(|open| match open {
            AtOdfEnd::Paragraph(_, hidden_by) => Some(hidden_by),
            _ => None,
        });
        if let Some(hidden_by @ HiddenBy::Nothing) = paragraph {
            *hidden_by = HiddenBy::Field;
            // Below what elements inside the paragraph have put there, which end before it does.
            self.left_out.insert(0, LeftOutKind::HiddenText);
            self.tree.hide_words();
        }
    }

    fn begin_paragraph(&mut self, tag: &Tag<'_>) -> AtOdfEnd {
        let style = tag.attribute("style-name").unwrap_or_default();
        self.tree.begin_paragraph();
        self.is_in_paragraph += 1;
        let level = match tag.name() {
            "h" => Some(tag.attribute("outline-level").and_then(|level| level.parse().ok()).unwrap_or(1)),
            _ if self.styles.is_based_on(&style, "Title") => Some(0),
            _ => self.styles.outline_level(&style).filter(|level| *level > 0),
        };
        let depth = self.lists.iter().filter(|list| list.has_item).count();
        let kind = match (level, self.lists.last_mut()) {
            (Some(level), _) => ParagraphKind::Heading(level.min(9)),
            (None, Some(list)) if depth > 0 => match list.pending.take() {
                Some(number) => {
                    let level = self.styles.list_level(&list.style, depth - 1);
                    if level == ListLevel::OtherNumber {
                        self.tree.leave_out(LeftOutKind::Numbering);
                    }
                    ParagraphKind::Item(depth - 1, (level != ListLevel::Bullet).then_some(number))
                }
                None => ParagraphKind::Continuation,
            },
            _ if self.styles.is_based_on(&style, "Quotations") => ParagraphKind::Quotation,
            _ => ParagraphKind::Plain,
        };
        let is_heading = matches!(kind, ParagraphKind::Heading(_));
        let look = if is_heading { Look::default() } else { self.styles.look(&style, Look::default()) };
        self.looks.push(TextContext { look, ..TextContext::default() });
        let is_hidden = self.styles.is_hidden(&style);
        if is_hidden {
            self.leave_out_hidden();
        }
        AtOdfEnd::Paragraph(kind, if is_hidden { HiddenBy::Style } else { HiddenBy::Nothing })
    }

    fn begin_list(&mut self, tag: &Tag<'_>) {
        let above = self.lists.last().map(|list| list.style.clone());
        let style = tag.attribute("style-name").or(above).unwrap_or_default();
        let continues = tag.attribute("continue-numbering").is_some_and(|value| value == "true")
            || tag.attribute("continue-list").is_some();
        let counted = self.counted.get(&(style.clone(), self.lists.len())).copied();
        let next = counted.filter(|_| continues).unwrap_or(1);
        self.lists.push(OdfList { style, next, pending: None, has_item: false });
    }

    /// Notes tracked changes; deleted text is kept there and nowhere else.
    fn tracked_changes(&mut self, part: &mut XmlPart<'_>) -> Result<(), DocumentError> {
        part.each_inside(|tag, _| {
            match tag.name() {
                "deletion" => self.tree.leave_out(LeftOutKind::TrackedDeletion),
                "insertion" => self.tree.leave_out(LeftOutKind::TrackedInsertion),
                _ => {}
            }
            Ok(())
        })
    }
}

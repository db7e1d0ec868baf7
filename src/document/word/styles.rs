//! The styles of a Word document: what they are called, and what text in them is.

use std::collections::HashMap;

use super::super::error::DocumentError;
use super::super::xml::{Vocabulary, XmlEvent, XmlPart};
use super::paragraph::{self, ParagraphProperties};
use super::run::{self, RunProperties};

/// How many styles may be based on each other in a row.
const LONGEST_CHAIN: usize = 20;

/// The styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    default_paragraph: Option<String>,
}

/// A style, with what it is based on taken in.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// Its name in lower case, which is English in every language of Word for the styles that Word brings.
    pub name: String,
    based_on: Option<String>,
    pub paragraph: ParagraphProperties,
    pub run: RunProperties,
}

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StyleMeaning {
    Heading(u8),
    Quotation,
    /// A table of contents.
    Contents,
    /// An item of a list: numbered or not, and how deep.
    Item(bool, usize),
    Other,
}

impl Styles {
    /// Reads `styles.xml`, if there is one.
    pub(super) fn read(text: Option<&str>) -> Result<Self, DocumentError> {
        let mut styles = Self::default();
        let Some(text) = text else { return Ok(styles) };
        let mut part = XmlPart::new("styles.xml", text);
        let mut current: Option<(String, Style)> = None;
        while let Some(event) = part.next()? {
            match event {
                XmlEvent::Start(tag) if tag.vocabulary == Vocabulary::Word => match (tag.name(), &mut current) {
                    ("style", _) => {
                        let id = tag.attribute("styleId").unwrap_or_default();
                        if tag.attribute("default").is_some_and(|value| value == "1" || value == "true")
                            && tag.attribute("type").is_none_or(|kind| kind == "paragraph")
                        {
                            styles.default_paragraph = Some(id.clone());
                        }
                        current = Some((id, Style::default()));
                    }
                    ("name", Some((_, style))) => {
                        style.name = tag.attribute("val").unwrap_or_default().to_lowercase();
                    }
                    ("basedOn", Some((_, style))) => style.based_on = tag.attribute("val"),
                    ("pPr", Some((_, style))) => style.paragraph = paragraph::read(&mut part)?,
                    ("rPr", Some((_, style))) => style.run = run::read(&mut part)?.0,
                    // What a table style says of rows and corners.
                    ("tblStylePr" | "pPr" | "rPr", _) => {
                        part.skip()?;
                    }
                    _ => {}
                },
                XmlEvent::End(tag) if tag.vocabulary == Vocabulary::Word && tag.name() == "style" => {
                    if let Some((id, style)) = current.take() {
                        styles.by_id.insert(id, style);
                    }
                }
                XmlEvent::Start(_) | XmlEvent::End(_) | XmlEvent::Text(_) => {}
            }
        }
        styles.inherit();
        Ok(styles)
    }

    /// Takes into each style what it is based on.
    fn inherit(&mut self) {
        let mut complete = HashMap::with_capacity(self.by_id.len());
        for (id, style) in &self.by_id {
            let mut style = style.clone();
            let mut below = style.based_on.as_ref().and_then(|id| self.by_id.get(id));
            for _ in 0..LONGEST_CHAIN {
                let Some(base) = below else { break };
                style.run = style.run.over(base.run);
                let own = &mut style.paragraph;
                own.outline_level = own.outline_level.or(base.paragraph.outline_level).or(heading_level(&base.name));
                own.numbering = own.numbering.take().or_else(|| base.paragraph.numbering.clone());
                own.list_level = own.list_level.or(base.paragraph.list_level);
                below = base.based_on.as_ref().and_then(|id| self.by_id.get(id));
            }
            complete.insert(id.clone(), style);
        }
        self.by_id = complete;
    }

    /// The style with an id; that of ordinary paragraphs without one.
    pub(super) fn of_paragraph(&self, id: Option<&str>) -> Option<&Style> {
        self.by_id.get(id.or(self.default_paragraph.as_deref())?)
    }

    /// The style of a run.
    pub(super) fn of_run(&self, id: &str) -> Option<&Style> {
        self.by_id.get(id)
    }
}

impl Style {
    /// What a paragraph in this style is.
    #[must_use]
    pub(super) fn meaning(&self, id: &str) -> StyleMeaning {
        if let Some(level) = self.paragraph.outline_level {
            return if level < 9 { StyleMeaning::Heading(level + 1) } else { StyleMeaning::Other };
        }
        meaning_of_name(if self.name.is_empty() { id } else { &self.name })
    }
}

/// What a style is by its name, for documents without `styles.xml` and styles without a level.
pub(super) fn meaning_of_name(name: &str) -> StyleMeaning {
    let name = name.to_lowercase();
    if let Some(level) = heading_level(&name) {
        return StyleMeaning::Heading(level + 1);
    }
    let level = |rest: &str| rest.trim().parse::<usize>().map_or(0, |level| level.saturating_sub(1));
    let spaced = name.replace(' ', "");
    if let Some(rest) = spaced.strip_prefix("listbullet") {
        return StyleMeaning::Item(false, level(rest));
    }
    if let Some(rest) = spaced.strip_prefix("listnumber") {
        return StyleMeaning::Item(true, level(rest));
    }
    match spaced.as_str() {
        "title" => StyleMeaning::Heading(0),
        "quote" | "intensequote" | "blocktext" => StyleMeaning::Quotation,
        _ if spaced.strip_prefix("toc").is_some_and(|rest| rest.parse::<u8>().is_ok() || rest == "heading") => {
            StyleMeaning::Contents
        }
        _ => StyleMeaning::Other,
    }
}

/// The outline level of a style called `heading 2` or `Heading2`: 1. For `heading 2 char` too, which a run may have.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    let rest = name.strip_prefix("heading")?.trim();
    let number = rest.strip_suffix("char").unwrap_or(rest).trim();
    number.parse::<u8>().ok().filter(|level| (1..=9).contains(level)).map(|level| level - 1)
}

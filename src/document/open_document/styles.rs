//! The styles of an `OpenDocument` text: how text looks, and which lists are numbered.

use std::collections::HashMap;

use crate::document::error::DocumentError;
use crate::document::tree::Look;
use crate::document::xml::{Tag, Vocabulary, XmlEvent, XmlPart};

/// How many styles may be based on each other in a row.
const LONGEST_CHAIN: usize = 20;
/// How many levels a list has.
const LEVELS: usize = 10;

/// The styles by their names.
#[derive(Debug, Default)]
pub(super) struct OdfStyles {
    by_name: HashMap<String, OdfStyle>,
    lists: HashMap<String, [ListLevel; LEVELS]>,
}

/// What is in front of the items of a level of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ListLevel {
    #[default]
    Bullet,
    Number,
    /// A letter, a Roman numeral, or a number of several parts such as `1.1`, none of which Markdown has.
    OtherNumber,
}

/// A style, as far as it says anything.
#[derive(Clone, Debug, Default)]
struct OdfStyle {
    parent: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    underlined: Option<bool>,
    struck: Option<bool>,
    position: Option<Look>,
    hidden: Option<bool>,
    outline_level: Option<u8>,
}

impl OdfStyles {
    /// Takes in the styles of a part.
    pub(super) fn read(&mut self, name: &str, text: &str) -> Result<(), DocumentError> {
        let mut part = XmlPart::new(name, text);
        let mut style: Option<(String, OdfStyle)> = None;
        let mut list = String::new();
        while let Some(event) = part.next()? {
            match event {
                XmlEvent::Start(tag) => match (tag.vocabulary, tag.name()) {
                    (Vocabulary::Style, "style") => {
                        let own = OdfStyle {
                            parent: tag.attribute("parent-style-name"),
                            outline_level: tag.attribute("default-outline-level").and_then(|level| level.parse().ok()),
                            ..OdfStyle::default()
                        };
                        style = tag.attribute("name").map(|name| (name, own));
                    }
                    (Vocabulary::Style, "text-properties") => {
                        if let Some((_, style)) = &mut style {
                            style.take(&tag);
                        }
                    }
                    (Vocabulary::Text, "list-style") => list = tag.attribute("name").unwrap_or_default(),
                    (Vocabulary::Text, "list-level-style-number") => {
                        let level = tag.attribute("level").and_then(|level| level.parse::<usize>().ok()).unwrap_or(1);
                        let has_parts = tag.attribute("display-levels").is_some_and(|levels| levels != "1");
                        let levels = self.lists.entry(list.clone()).or_default();
                        levels[level.clamp(1, LEVELS) - 1] = match tag.attribute("num-format").as_deref() {
                            None | Some("") => ListLevel::Bullet,
                            Some("1") if !has_parts => ListLevel::Number,
                            Some(_) => ListLevel::OtherNumber,
                        };
                    }
                    // The text itself is read afterwards.
                    (Vocabulary::Office, "body") => {
                        part.skip()?;
                    }
                    _ => {}
                },
                XmlEvent::End(tag) if tag.vocabulary == Vocabulary::Style && tag.name() == "style" => {
                    self.by_name.extend(style.take());
                }
                XmlEvent::End(_) | XmlEvent::Text(_) => {}
            }
        }
        Ok(())
    }

    /// The style and what it is based on, the nearest first.
    fn chain<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, &'a OdfStyle)> {
        let first = self.by_name.get_key_value(name);
        let next = |(_, style): &(&'a String, &'a OdfStyle)| self.by_name.get_key_value(style.parent.as_deref()?);
        std::iter::successors(first, next).take(LONGEST_CHAIN).map(|(name, style)| (name.as_str(), style))
    }

    /// The look of text in a style, above `below`.
    pub(super) fn look(&self, name: &str, below: Look) -> Look {
        let first = |get: fn(&OdfStyle) -> Option<bool>| self.chain(name).find_map(|(_, style)| get(style));
        let changes = [
            (Look::BOLD, first(|style| style.bold)),
            (Look::ITALIC, first(|style| style.italic)),
            (Look::UNDERLINED, first(|style| style.underlined)),
            (Look::STRUCK, first(|style| style.struck)),
        ];
        let look = changes.iter().fold(below, |look, (one, is_on)| is_on.map_or(look, |is_on| look.with(*one, is_on)));
        let position = self.chain(name).find_map(|(_, style)| style.position);
        position.map_or(look, |position| {
            let level = look.with(Look::RAISED, false).with(Look::LOWERED, false);
            level.with(position, position != Look::default())
        })
    }

    /// Whether text in a style is hidden.
    pub(super) fn is_hidden(&self, name: &str) -> bool {
        self.chain(name).find_map(|(_, style)| style.hidden).unwrap_or(false)
    }

    /// Whether a style is one of the named ones, or based on it: `Title`, `Quotations`.
    pub(super) fn is_based_on(&self, name: &str, base: &str) -> bool {
        name == base || self.chain(name).any(|(known, style)| known == base || style.parent.as_deref() == Some(base))
    }

    /// The outline level of a paragraph's style, if it is that of a heading.
    pub(super) fn outline_level(&self, name: &str) -> Option<u8> {
        self.chain(name).find_map(|(_, style)| style.outline_level)
    }

    /// A level of a list, from 0.
    pub(super) fn list_level(&self, list: &str, level: usize) -> ListLevel {
        self.lists.get(list).map(|levels| levels[level.min(LEVELS - 1)]).unwrap_or_default()
    }
}

impl OdfStyle {
    /// Takes in `style:text-properties`.
    fn take(&mut self, tag: &Tag<'_>) {
        self.bold = tag
            .attribute("font-weight")
            .map(|weight| weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600));
        self.italic = tag.attribute("font-style").map(|style| style != "normal");
        self.underlined = tag.attribute("text-underline-style").map(|style| style != "none");
        self.struck = tag.attribute("text-line-through-style").map(|style| style != "none");
        self.hidden = tag.attribute("display").map(|display| display != "true");
        self.position = tag.attribute("text-position").map(|position| {
            let first = position.split_whitespace().next().unwrap_or_default();
            match first {
                "super" => Look::RAISED,
                "sub" => Look::LOWERED,
                _ if first.starts_with('-') => Look::LOWERED,
                _ if first.trim_end_matches('%').parse::<f32>().is_ok_and(|raised| raised > 0.0) => Look::RAISED,
                _ => Look::default(),
            }
        });
    }
}

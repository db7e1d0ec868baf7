//! The numbering of a Word document: which paragraphs are items of lists, how deep, and with what number.

use std::collections::{HashMap, HashSet};

use super::super::error::DocumentError;
use super::super::xml::{Vocabulary, XmlEvent, XmlPart};
use super::styles::Styles;

/// How many levels a list has in Word.
const LEVELS: usize = 9;

/// The numbering definitions, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Definition>,
    instances: HashMap<String, Instance>,
    /// The last number of each level, by definition. Instances of one definition count on together.
    counters: HashMap<String, [Option<u64>; LEVELS]>,
    /// The instances and levels whose own start has been used.
    restarted: HashSet<(String, usize)>,
}

/// An abstract numbering (`w:abstractNum`).
#[derive(Clone, Debug, Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// The style that has the levels instead.
    style_link: Option<String>,
}

/// One level of a numbering.
#[derive(Clone, Debug)]
struct Level {
    format: LevelFormat,
    start: u64,
    /// The paragraph style that has this level.
    style: Option<String>,
}

/// What is in front of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LevelFormat {
    Number,
    /// A letter, a Roman numeral, or a number of several parts such as `1.1`, none of which Markdown has.
    OtherNumber,
    Bullet,
    /// A bullet without a mark: it goes on in the item before.
    Blank,
    /// Nothing: it only looks like a paragraph.
    Nothing,
}

/// A numbering that paragraphs refer to (`w:num`).
#[derive(Clone, Debug, Default)]
struct Instance {
    definition: String,
    starts: HashMap<usize, u64>,
}

impl Default for Level {
    fn default() -> Self {
        Self { format: LevelFormat::Number, start: 1, style: None }
    }
}

impl Level {
    /// Takes in the text of the level's mark. `%1` in it is the number of the first level.
    fn read_mark(&mut self, mark: &str) {
        match self.format {
            LevelFormat::Bullet if mark.trim().is_empty() => self.format = LevelFormat::Blank,
            LevelFormat::Number if mark.matches('%').count() > 1 => self.format = LevelFormat::OtherNumber,
            _ => {}
        }
    }
}

impl Numbering {
    /// Reads `numbering.xml`, if there is one.
    pub(super) fn read(text: Option<&str>, styles: &Styles) -> Result<Self, DocumentError> {
        let mut numbering = Self::default();
        let Some(text) = text else { return Ok(numbering) };
        let mut part = XmlPart::new("numbering.xml", text);
        let (mut definition, mut instance) = (String::new(), None::<String>);
        let mut level = 0;
        while let Some(event) = part.next()? {
            let tag = match event {
                XmlEvent::Start(tag) if tag.vocabulary == Vocabulary::Word => tag,
                XmlEvent::End(tag) if tag.vocabulary == Vocabulary::Word && tag.name() == "num" => {
                    instance = None;
                    continue;
                }
                _ => continue,
            };
            let number = |name: &str| tag.attribute(name).and_then(|value| value.parse::<u64>().ok());
            match tag.name() {
                "abstractNum" => {
                    definition = tag.attribute("abstractNumId").unwrap_or_default();
                    numbering.definitions.insert(definition.clone(), Definition::default());
                }
                "num" => instance = tag.attribute("numId"),
                "abstractNumId" => {
                    if let (Some(id), Some(definition)) = (&instance, tag.attribute("val")) {
                        numbering.instances.insert(id.clone(), Instance { definition, starts: HashMap::new() });
                    }
                }
                "lvl" | "lvlOverride" => {
                    level = number("ilvl").and_then(|level| usize::try_from(level).ok()).unwrap_or(0).min(LEVELS - 1);
                }
                "startOverride" => {
                    let own = instance.as_ref().and_then(|id| numbering.instances.get_mut(id));
                    if let (Some(own), Some(start)) = (own, number("val")) {
                        own.starts.insert(level, start);
                    }
                }
                // The level of an instance is used for the whole definition: other instances seldom exist then.
                _ => {
                    let own = instance.as_ref().and_then(|id| numbering.instances.get(id));
                    let owner = own.map_or(&definition, |own| &own.definition);
                    if let Some(known) = numbering.definitions.get_mut(owner) {
                        match tag.name() {
                            "start" => known.levels[level].start = number("val").unwrap_or(1),
                            "numFmt" => known.levels[level].format = format_of(tag.attribute("val").as_deref()),
                            "lvlText" => known.levels[level].read_mark(&tag.attribute("val").unwrap_or_default()),
                            "pStyle" => known.levels[level].style = tag.attribute("val"),
                            "numStyleLink" => known.style_link = tag.attribute("val"),
                            _ => {}
                        }
                    }
                }
            }
        }
        numbering.follow_style_links(styles);
        Ok(numbering)
    }

    /// Takes the levels from the style that a definition refers to.
    fn follow_style_links(&mut self, styles: &Styles) {
        let linked: Vec<(String, Definition)> = self
            .definitions
            .iter()
            .filter_map(|(id, definition)| {
                let style = styles.of_run(definition.style_link.as_ref()?)?;
                let instance = self.instances.get(style.paragraph.numbering.as_ref()?)?;
                let target = self.definitions.get(&instance.definition)?;
                Some((id.clone(), target.clone()))
            })
            .collect();
        self.definitions.extend(linked);
    }

    /// The level that a style has in a numbering.
    pub(super) fn level_of_style(&self, instance: &str, style: &str) -> Option<usize> {
        let definition = self.definitions.get(&self.instances.get(instance)?.definition)?;
        definition.levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    /// Counts an item: what is in front of it, and its number. `None` if there is no such numbering.
    pub(super) fn count(&mut self, instance: &str, level: usize) -> Option<(LevelFormat, u64)> {
        let level = level.min(LEVELS - 1);
        let own = self.instances.get(instance)?;
        let definition = self.definitions.get(&own.definition)?;
        let counters = self.counters.entry(own.definition.clone()).or_default();
        let start = own.starts.get(&level).copied();
        let restarts = start.is_some() && self.restarted.insert((instance.to_owned(), level));
        let number = match counters[level] {
            Some(last) if !restarts => last.saturating_add(1),
            _ => start.unwrap_or(definition.levels[level].start),
        };
        counters[level] = Some(number);
        counters[level + 1..].fill(None);
        Some((definition.levels[level].format, number))
    }
}

fn format_of(format: Option<&str>) -> LevelFormat {
    match format {
        Some("bullet") => LevelFormat::Bullet,
        Some("none") => LevelFormat::Nothing,
        None | Some("decimal" | "decimalZero") => LevelFormat::Number,
        Some(_) => LevelFormat::OtherNumber,
    }
}

//! Reads Word documents (`.docx`, `.docm`), and writes forms ([`write`](mod@write)).

mod body;
mod field;
mod form_control;
mod numbering;
mod paragraph;
mod run;
mod styles;
pub(crate) mod write;

use std::collections::BTreeSet;

use self::body::BodyReader;
use self::field::OpenFields;
use self::numbering::Numbering;
use self::styles::Styles;
use super::builder::TreeBuilder;
use super::error::DocumentError;
use super::left_out::LeftOutKind;
use super::package::Package;
use super::relationships::{Relationships, part_beside};
use super::tree::{Document, FORM_PROPERTY};
use super::xml::{ElementReader, Vocabulary, XmlEvent, XmlPart};

/// Reads a Word document.
///
/// # Errors
///
/// If it is damaged, encrypted or exceeds a limit.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, DocumentError> {
    let (document, without_end) = read_passing_over(bytes, &BTreeSet::new())?;
    if without_end.is_empty() {
        return Ok(document);
    }
    Ok(read_passing_over(bytes, &without_end)?.0)
}

/// Reads a document, passing over the fields with these numbers. Returns also the numbers of fields without an end.
fn read_passing_over(
    bytes: &[u8],
    passed_over: &BTreeSet<usize>,
) -> Result<(Document, BTreeSet<usize>), DocumentError> {
    let mut package = Package::new(bytes)?;
    let main = main_part(&mut package)?;
    let Some(text) = package.text(&main)? else {
        return Err(DocumentError::damaged("it has no text part, as Word documents have"));
    };
    let relationships = Relationships::read(&mut package, &main)?;
    let part = |package: &mut Package<'_>, kind: &str| -> Result<_, DocumentError> {
        let Some(name) = relationships.first_of(kind).map(|target| part_beside(&main, target)) else { return Ok(None) };
        Ok(package.text(&name)?.map(|text| (name, text)))
    };
    let styles = part(&mut package, "styles")?;
    let styles = Styles::read(styles.as_ref().map(|(_, text)| text.as_str()))?;
    let numbering = part(&mut package, "numbering")?;
    let numbering = Numbering::read(numbering.as_ref().map(|(_, text)| text.as_str()), &styles)?;
    let footnotes = part(&mut package, "footnotes")?;
    let endnotes = part(&mut package, "endnotes")?;

    let mut tree = TreeBuilder::new();
    let fields = OpenFields::new(passed_over);
    let mut reader = BodyReader::new(&mut tree, &mut package, &main, relationships, &styles, numbering, fields);
    reader.read(XmlPart::new("document.xml", &text))?;
    reader.read_notes([("footnotes.xml", footnotes), ("endnotes.xml", endnotes)])?;
    let without_end = std::mem::take(&mut reader.fields.without_end);
    let has_chunk = reader.has_chunk;
    note_other_parts(&mut tree, &mut package, has_chunk)?;
    Ok((tree.finish()?, without_end))
}

/// The name of the part with the document's text.
fn main_part(package: &mut Package<'_>) -> Result<String, DocumentError> {
    let relationships = Relationships::read(package, "")?;
    let target = relationships.first_of("officeDocument").map(|target| part_beside("", target));
    Ok(target.filter(|target| package.has(target)).unwrap_or_else(|| "word/document.xml".to_owned()))
}

/// Notes what the other parts of the document hold: headers, footers, properties, files and programs. Pages put into the text
/// may have been noted where they are.
fn note_other_parts(tree: &mut TreeBuilder, package: &mut Package<'_>, has_chunk: bool) -> Result<(), DocumentError> {
    let mut names: Vec<String> = package.names().map(str::to_owned).collect();
    names.sort_unstable();
    let mut has_properties = false;
    for name in names {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
        let is_xml = file.rsplit_once('.').is_some_and(|(_, ending)| ending == "xml");
        let kind = match folder.rsplit('/').next().unwrap_or_default() {
            "embeddings" => LeftOutKind::EmbeddedObject,
            "customxml" if file.starts_with("item") && !file.starts_with("itemprops") => LeftOutKind::Properties,
            "docprops" if is_xml => LeftOutKind::Properties,
            _ if file.starts_with("header") && is_xml => LeftOutKind::Header,
            _ if file.starts_with("footer") && is_xml => LeftOutKind::Footer,
            _ if file == "vbaproject.bin" => LeftOutKind::Macro,
            _ if file.starts_with("afchunk") && !has_chunk => LeftOutKind::EmbeddedObject,
            _ => continue,
        };
        let is_noted = match kind {
            LeftOutKind::Header | LeftOutKind::Footer | LeftOutKind::Properties => {
                let text = package.text(&name)?.unwrap_or_default();
                match file {
                    "core.xml" => read_core_properties(tree, &text)?,
                    "custom.xml" => read_custom_properties(tree, &text)?,
                    _ => {}
                }
                has_text(&text)?
            }
            _ => true,
        };
        // Properties are in several parts, but are one thing.
        if is_noted && !(kind == LeftOutKind::Properties && has_properties) {
            has_properties |= kind == LeftOutKind::Properties;
            tree.left_out.add(kind, 0);
        }
    }
    Ok(())
}

/// Whether there is any text in the elements of a part.
fn has_text(text: &str) -> Result<bool, DocumentError> {
    let mut part = XmlPart::new("another part", text);
    while let Some(event) = part.next()? {
        if matches!(event, XmlEvent::Text(text) if !text.trim().is_empty()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Takes the title and the day of the last change from the document's properties.
fn read_core_properties(tree: &mut TreeBuilder, text: &str) -> Result<(), DocumentError> {
    let mut part = XmlPart::new("core.xml", text);
    while let Some(event) = part.next()? {
        let XmlEvent::Start(tag) = event else { continue };
        match (tag.vocabulary, tag.name()) {
            (Vocabulary::DublinCore, "title") => {
                tree.document.title = Some(part.element_text()?).filter(|title| !title.trim().is_empty());
            }
            (Vocabulary::DublinCore, "modified") => tree.document.changed = super::day_of(&part.element_text()?),
            _ => {}
        }
    }
    Ok(())
}

/// Takes the property by which a form says which one it is.
fn read_custom_properties(tree: &mut TreeBuilder, text: &str) -> Result<(), DocumentError> {
    let mut part = XmlPart::new("custom.xml", text);
    let mut is_form = false;
    while let Some(event) = part.next()? {
        match event {
            XmlEvent::Start(tag) if tag.name() == "property" => {
                is_form = tag.attribute("name").as_deref() == Some(FORM_PROPERTY);
            }
            XmlEvent::Text(text) if is_form && !text.trim().is_empty() => {
                tree.document.form = Some(text.trim().to_owned());
            }
            XmlEvent::Start(_) | XmlEvent::End(_) | XmlEvent::Text(_) => {}
        }
    }
    Ok(())
}

//! Reads `OpenDocument` texts (`.odt`), as `LibreOffice` and others write them.

mod body;
mod styles;

use self::body::OdfReader;
use self::styles::OdfStyles;
use super::builder::TreeBuilder;
use super::error::DocumentError;
use super::left_out::LeftOutKind;
use super::package::Package;
use super::tree::{Document, FORM_PROPERTY};
use super::xml::{ElementReader, Vocabulary, XmlEvent, XmlPart};

/// Reads an `OpenDocument` text.
///
/// # Errors
///
/// If it is damaged, encrypted or exceeds a limit.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, DocumentError> {
    let mut package = Package::new(bytes)?;
    if package.text("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(DocumentError::Encrypted);
    }
    let Some(text) = package.text("content.xml")? else {
        return Err(DocumentError::damaged("it has no text part, as OpenDocument texts have"));
    };
    let mut tree = TreeBuilder::new();
    let mut styles = OdfStyles::default();
    if let Some(shared) = package.text("styles.xml")? {
        styles.read("styles.xml", &shared)?;
        note_page_texts(&mut tree, &shared)?;
    }
    styles.read("content.xml", &text)?;
    if let Some(meta) = package.text("meta.xml")? {
        read_properties(&mut tree, &meta)?;
    }
    let has_macros = package.names().any(|name| name.starts_with("basic/") || name.starts_with("scripts/"));
    if has_macros {
        tree.left_out.add(LeftOutKind::Macro, 0);
    }
    OdfReader::new(&mut tree, &mut package, &styles).read(XmlPart::new("content.xml", &text))?;
    tree.finish()
}

/// Notes headers and footers, which are in the styles of pages.
fn note_page_texts(tree: &mut TreeBuilder, text: &str) -> Result<(), DocumentError> {
    let mut part = XmlPart::new("styles.xml", text);
    while let Some(event) = part.next()? {
        let XmlEvent::Start(tag) = event else { continue };
        let kind = match (tag.vocabulary, tag.name()) {
            (Vocabulary::Style, "header" | "header-left" | "header-first") => LeftOutKind::Header,
            (Vocabulary::Style, "footer" | "footer-left" | "footer-first") => LeftOutKind::Footer,
            _ => continue,
        };
        if part.skip()? {
            tree.left_out.add(kind, 0);
        }
    }
    Ok(())
}

/// Takes the title, the day of the last change and which form it is from `meta.xml`, and notes that there are properties.
fn read_properties(tree: &mut TreeBuilder, text: &str) -> Result<(), DocumentError> {
    let mut part = XmlPart::new("meta.xml", text);
    let mut has_text = false;
    while let Some(event) = part.next()? {
        match event {
            XmlEvent::Start(tag) if tag.vocabulary == Vocabulary::DublinCore && tag.name() == "title" => {
                tree.document.title = Some(part.element_text()?).filter(|title| !title.trim().is_empty());
                has_text |= tree.document.title.is_some();
            }
            XmlEvent::Start(tag) if tag.vocabulary == Vocabulary::DublinCore && tag.name() == "date" => {
                tree.document.changed = super::day_of(&part.element_text()?);
            }
            XmlEvent::Start(tag) if tag.attribute("name").as_deref() == Some(FORM_PROPERTY) => {
                tree.document.form = Some(part.element_text()?).filter(|form| !form.is_empty());
            }
            XmlEvent::Text(text) => has_text |= !text.trim().is_empty(),
            XmlEvent::Start(_) | XmlEvent::End(_) => {}
        }
    }
    if has_text {
        tree.left_out.add(LeftOutKind::Properties, 0);
    }
    Ok(())
}

//! All text that is stored in a Word, Excel or `OpenDocument` file, whether readers see it or not: of headers, properties,
//! drawings, charts, links and all its other parts.

use super::error::DocumentError;
use super::package::Package;
use super::xml::{XmlEvent, XmlPart};

/// The endings of the names of parts that hold text.
const ENDINGS: [&str; 3] = [".xml", ".rels", ".vml"];
/// Attributes that hold words or addresses that people wrote.
const ATTRIBUTES: [&str; 14] = [
    "alt",
    "descr",
    "display",
    "href",
    "instr",
    "location",
    "name",
    "string-value",
    "Target",
    "text",
    "title",
    "tooltip",
    "v",
    "value",
];
/// Elements at whose end a text ends: paragraphs, cells and lines.
const TEXT_ENDS: [&str; 14] =
    ["p", "h", "c", "si", "v", "br", "cr", "tab", "line-break", "table-cell", "instrText", "pt", "s", "row"];

/// The text of one part of a file.
pub(crate) struct StoredText {
    /// The name of the part, such as `word/header1.xml`.
    pub part: String,
    /// Its text, a line for each paragraph, cell and attribute.
    pub text: String,
}

/// Reads the text of every part.
///
/// # Errors
///
/// If the file or one of its parts is damaged or exceeds a limit.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<StoredText>, DocumentError> {
    let mut package = Package::new(bytes)?;
    let mut names: Vec<String> = package.names().map(str::to_owned).collect();
    names.retain(|name| ENDINGS.iter().any(|ending| name.ends_with(ending)));
    names.sort_unstable();
    let mut parts = Vec::new();
    for part in names {
        let Some(xml) = package.text(&part)? else { continue };
        let text = text_of(&part, &xml)?;
        parts.push(StoredText { part, text });
    }
    Ok(parts)
}

fn text_of(name: &str, xml: &str) -> Result<String, DocumentError> {
    let mut text = String::new();
    let mut attributes = String::new();
    let mut part = XmlPart::new(name, xml);
    while let Some(event) = part.next()? {
        match event {
            XmlEvent::Start(tag) => {
                for value in ATTRIBUTES.iter().filter_map(|attribute| tag.attribute(attribute)) {
                    attributes.push_str(&value);
                    attributes.push('\n');
                }
            }
            XmlEvent::End(tag) if TEXT_ENDS.contains(&tag.name()) => text.push('\n'),
            XmlEvent::End(_) => {}
            XmlEvent::Text(words) => text.push_str(&words),
        }
    }
    Ok(text + "\n" + &attributes)
}

//! Reads the XML of documents event by event, with the vocabularies that the readers know.
//!
//! No entity is expanded but the five of XML, a `DOCTYPE` is refused, and depth is limited.

use std::borrow::Cow;

use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::error::DocumentError;

/// The deepest nesting of elements.
const DEEPEST: usize = 1_000;

/// Whose vocabulary an element belongs to, by its namespace. Strict and transitional documents have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// `w:`
    Word,
    /// `m:`
    Math,
    /// `mc:`
    Compatibility,
    /// `v:` and `o:`, drawings of older versions.
    OldDrawing,
    /// `a:`, `wp:`, `pic:`, `wps:` and the like.
    Drawing,
    /// `office:`
    Office,
    /// `text:`
    Text,
    /// `table:`
    Table,
    /// `style:`
    Style,
    /// `draw:`
    Draw,
    /// `dc:` and `dcterms:`
    DublinCore,
    /// Any other, or none.
    Other,
}

/// An event in a document's XML.
pub(super) enum XmlEvent<'t> {
    Start(Tag<'t>),
    End(EndTag<'t>),
    Text(Cow<'t, str>),
}

/// The start of an element.
pub(super) struct Tag<'t> {
    pub vocabulary: Vocabulary,
    start: BytesStart<'t>,
}

/// The end of an element.
pub(super) struct EndTag<'t> {
    pub vocabulary: Vocabulary,
    end: BytesEnd<'t>,
}

impl Tag<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of the attribute with this name, whatever its prefix. `None` if there is none, or it is not valid.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let mut valid = attributes.with_checks(false).flatten();
        let attribute = valid.find(|attribute| attribute.key.local_name().into_inner() == name)?;
        unescape(&attribute.value).ok().map(Cow::into_owned)
    }
}

impl EndTag<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.end.local_name().into_inner()
    }
}

/// A reader of a document's text, which is given the beginning and the end of each element.
pub(super) trait ElementReader {
    /// What the end of an element means.
    type AtEnd;

    /// What to do at the end of each element that is open.
    fn open(&mut self) -> &mut Vec<Self::AtEnd>;

    /// Begins an element. `None` if it has been read to its end already.
    fn start(&mut self, tag: &Tag<'_>, part: &mut XmlPart<'_>) -> Result<Option<Self::AtEnd>, DocumentError>;

    /// Ends an element.
    fn end(&mut self, at_end: Self::AtEnd) -> Result<(), DocumentError>;

    /// Takes in text that is directly in an element.
    fn text_between(&mut self, text: &str) -> Result<(), DocumentError>;

    /// Ends the element that began last.
    fn end_last(&mut self) -> Result<(), DocumentError> {
        match self.open().pop() {
            Some(at_end) => self.end(at_end),
            None => Ok(()),
        }
    }

    /// Reads a part to its end.
    fn read(&mut self, mut part: XmlPart<'_>) -> Result<(), DocumentError> {
        while let Some(event) = part.next()? {
            match event {
                XmlEvent::Start(tag) => {
                    if let Some(at_end) = self.start(&tag, &mut part)? {
                        self.open().push(at_end);
                    }
                }
                XmlEvent::End(_) => self.end_last()?,
                XmlEvent::Text(text) => self.text_between(&text)?,
            }
        }
        Ok(())
    }
}

/// The XML of one part of a document.
pub(super) struct XmlPart<'t> {
    reader: NsReader<&'t [u8]>,
    /// The name of the part, for errors.
    name: &'t str,
    depth: usize,
    has_root: bool,
}

impl<'t> XmlPart<'t> {
    pub(super) fn new(name: &'t str, text: &'t str) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, name, depth: 0, has_root: false }
    }

    /// The next event; `None` at the end.
    ///
    /// # Errors
    ///
    /// If the XML is not well-formed, declares entities, or is nested too deep.
    pub(super) fn next(&mut self) -> Result<Option<XmlEvent<'t>>, DocumentError> {
        loop {
            let event = self.reader.read_event().map_err(|error| self.damaged(&plain(&error)))?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    if self.depth == 0 && self.has_root {
                        return Err(self.damaged("it has a second root element"));
                    }
                    self.has_root = true;
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        let limit = format!("its elements are more than {DEEPEST} deep inside each other");
                        return Err(DocumentError::TooLarge(limit));
                    }
                    let vocabulary = vocabulary(&self.reader.resolver().resolve_element(start.name()).0);
                    XmlEvent::Start(Tag { vocabulary, start })
                }
                Event::End(end) => {
                    self.depth -= 1;
                    let vocabulary = vocabulary(&self.reader.resolver().resolve_element(end.name()).0);
                    XmlEvent::End(EndTag { vocabulary, end })
                }
                Event::Text(text) => XmlEvent::Text(text.into_inner()),
                Event::CData(text) => XmlEvent::Text(text.into_inner()),
                Event::GeneralRef(reference) => {
                    let resolved = if reference.is_char_ref() {
                        reference.resolve_char_ref().ok().flatten().map(String::from)
                    } else {
                        resolve_xml_entity(&reference).map(str::to_owned)
                    };
                    let Some(resolved) = resolved else {
                        return Err(self.damaged("it has an entity, which documents of this kind may not have"));
                    };
                    XmlEvent::Text(Cow::Owned(resolved))
                }
                Event::DocType(_) => {
                    return Err(self.damaged("it declares a document type, which documents of this kind may not"));
                }
                Event::Eof if self.depth > 0 || !self.has_root => return Err(self.damaged("it is cut off")),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }

    /// Skips the rest of the element that has just begun. Returns whether there was any text in it.
    ///
    /// # Errors
    ///
    /// As [`XmlPart::next`].
    pub(super) fn skip(&mut self) -> Result<bool, DocumentError> {
        let outside = self.depth - 1;
        let mut has_text = false;
        while self.depth > outside {
            match self.next()? {
                Some(XmlEvent::Text(text)) => has_text |= !text.trim().is_empty(),
                Some(_) => {}
                None => break,
            }
        }
        Ok(has_text)
    }

    /// Calls `visit` with every element inside the one that has just begun, however deep, and reads to its end. `visit`
    /// may read on; what it has read is not visited.
    ///
    /// # Errors
    ///
    /// As [`XmlPart::next`], and those of `visit`.
    pub(super) fn each_inside(
        &mut self,
        mut visit: impl FnMut(&Tag<'t>, &mut Self) -> Result<(), DocumentError>,
    ) -> Result<(), DocumentError> {
        let outside = self.depth - 1;
        while self.depth > outside {
            match self.next()? {
                Some(XmlEvent::Start(tag)) => visit(&tag, self)?,
                Some(_) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// The text of the element that has just begun, without that of elements in it.
    ///
    /// # Errors
    ///
    /// As [`XmlPart::next`].
    pub(super) fn element_text(&mut self) -> Result<String, DocumentError> {
        let outside = self.depth - 1;
        let mut all = String::new();
        while self.depth > outside {
            match self.next()? {
                Some(XmlEvent::Text(text)) if self.depth == outside + 1 => all.push_str(&text),
                Some(_) => {}
                None => break,
            }
        }
        Ok(all)
    }

    fn damaged(&self, why: &str) -> DocumentError {
        DocumentError::damaged(format!("its part `{}` cannot be read ({why})", self.name))
    }
}

/// The parser's message without its prefix and without what it quotes.
fn plain(error: &quick_xml::Error) -> String {
    let message = error.to_string();
    let message = message.split_once(": ").map_or(message.as_str(), |(_, detail)| detail);
    message.chars().take(120).filter(|c| !c.is_control()).collect()
}

fn vocabulary(namespace: &ResolveResult<'_>) -> Vocabulary {
    let ResolveResult::Bound(Namespace(uri)) = namespace else { return Vocabulary::Other };
    let odf = uri.strip_prefix("urn:oasis:names:tc:opendocument:xmlns:").and_then(|rest| rest.strip_suffix(":1.0"));
    if let Some(odf) = odf {
        return match odf {
            "office" => Vocabulary::Office,
            "text" => Vocabulary::Text,
            "table" => Vocabulary::Table,
            "style" => Vocabulary::Style,
            "drawing" => Vocabulary::Draw,
            _ => Vocabulary::Other,
        };
    }
    match *uri {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Vocabulary::Word,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Vocabulary::Math,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Vocabulary::Compatibility,
        "urn:schemas-microsoft-com:vml" | "urn:schemas-microsoft-com:office:office" => Vocabulary::OldDrawing,
        "http://purl.org/dc/elements/1.1/" | "http://purl.org/dc/terms/" => Vocabulary::DublinCore,
        uri if uri.contains("drawingml")
            || uri.contains("wordprocessingShape")
            || uri.contains("wordprocessingGroup")
            || uri.contains("wordprocessingCanvas") =>
        {
            Vocabulary::Drawing
        }
        _ => Vocabulary::Other,
    }
}

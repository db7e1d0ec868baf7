//! Reads the XML of an SVG node by node, with places, namespaces, and values as browsers read them.

use std::borrow::Cow;
use std::collections::HashSet;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::lists;
use crate::diagnostic::Span;

/// Maximum depth of nested elements.
const DEEPEST: usize = 256;
/// Maximum number of attributes of an element.
const MOST_ATTRIBUTES: usize = 256;

/// The namespace of an element or attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum XmlSpace {
    /// None: an ordinary attribute, or an element of a file that does not declare SVG's namespace.
    None,
    /// SVG's own.
    Svg,
    /// `xlink:`.
    Xlink,
    /// `xml:`.
    Xml,
    /// A declaration of a namespace.
    Declaration,
    /// A drawing program's or metadata, which browsers do not act on.
    Editor,
    /// Any other.
    Foreign,
}

/// A node of an XML file.
#[derive(Debug)]
pub(crate) enum XmlNode<'t> {
    /// The start of an element.
    Start(Element<'t>),
    /// The end of an element.
    End,
    /// Text between elements, part of it, or the character that a reference represents.
    Text(Cow<'t, str>, Span),
    /// The text of a comment.
    Comment(Span),
    /// `<?xml …?>`.
    Declaration(Span),
    /// The text between `<!DOCTYPE` and `>`.
    Doctype(Span),
    /// Any other `<?…?>`.
    Instruction(Span),
}

/// An element's start tag.
#[derive(Debug)]
pub(crate) struct Element<'t> {
    /// The name as written.
    pub name: &'t str,
    /// The place of the name.
    pub span: Span,
    pub space: XmlSpace,
    /// The name without its prefix.
    pub local: &'t str,
    pub attributes: Vec<Attribute<'t>>,
}

/// An attribute.
#[derive(Debug)]
pub(crate) struct Attribute<'t> {
    /// The name as written.
    pub name: &'t str,
    /// From the start of the name to the end of the value.
    pub span: Span,
    pub space: XmlSpace,
    /// The name without its prefix.
    pub local: &'t str,
    /// The value, with character references decoded.
    pub value: Cow<'t, str>,
    /// The place of the value, without quotation marks.
    pub written: Span,
}

/// Why a file is not valid XML, or exceeds a limit.
#[derive(Debug)]
pub(crate) struct XmlError {
    pub span: Span,
    /// The problem, as words that follow `this picture cannot be read as SVG: `.
    pub why: String,
}

/// Iterates over the nodes of a text, up to the first error.
pub(crate) struct XmlNodes<'t> {
    text: &'t str,
    reader: NsReader<&'t [u8]>,
    depth: usize,
    has_root: bool,
    is_over: bool,
}

impl<'t> XmlNodes<'t> {
    #[must_use]
    pub(crate) fn new(text: &'t str) -> Self {
        let mut reader = NsReader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_comments = true;
        Self { text, reader, depth: 0, has_root: false, is_over: false }
    }

    fn reached(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }

    fn step(&mut self) -> Result<Option<XmlNode<'t>>, XmlError> {
        let before = self.reached();
        let event = match self.reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let at = usize::try_from(self.reader.error_position()).unwrap_or(0).clamp(before, self.text.len());
                return Err(self.malformed(at, plain(&error)));
            }
        };
        let span = Span::new(before, self.reached());
        // The part between delimiters such as `<!--` and `-->`.
        let inner = |open: usize, close: usize| Span::new(before + open, (self.reached() - close).max(before + open));
        Ok(Some(match event {
            Event::Start(start) => XmlNode::Start(self.start(&start, before)?),
            Event::Empty(_) => return Err(self.malformed(before, "it cannot be read".to_owned())),
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                XmlNode::End
            }
            Event::Text(_) => {
                let written = span.slice(self.text);
                if self.depth == 0 && !written.trim_matches(is_xml_space).is_empty() {
                    let words = before + (written.len() - written.trim_start_matches(is_xml_space).len());
                    return Err(self.malformed(words, "there is text outside the `svg` element".to_owned()));
                }
                XmlNode::Text(Cow::Borrowed(written), span)
            }
            Event::CData(_) if self.depth > 0 => {
                let inner = inner("<![CDATA[".len(), "]]>".len());
                XmlNode::Text(Cow::Borrowed(inner.slice(self.text)), inner)
            }
            Event::GeneralRef(_) if self.depth > 0 => {
                let Some(read) = reference(inner(1, 1).slice(self.text)) else {
                    let why = format!("`{}` is not a known character code", span.slice(self.text));
                    return Err(self.malformed(before, why));
                };
                XmlNode::Text(Cow::Owned(read.to_string()), span)
            }
            Event::CData(_) | Event::GeneralRef(_) => {
                return Err(self.malformed(before, "there is text outside the `svg` element".to_owned()));
            }
            Event::Comment(_) => XmlNode::Comment(inner("<!--".len(), "-->".len())),
            Event::Decl(_) if before == 0 => XmlNode::Declaration(span),
            Event::Decl(_) | Event::PI(_) => XmlNode::Instruction(span),
            Event::DocType(_) => XmlNode::Doctype(inner("<!DOCTYPE".len(), ">".len())),
            Event::Eof if self.depth > 0 => {
                let at = self.text.len();
                return Err(self.malformed(at, "it ends before its elements are closed".to_owned()));
            }
            Event::Eof if !self.has_root => {
                return Err(self.malformed(0, "there is no `svg` element in it".to_owned()));
            }
            Event::Eof => return Ok(None),
        }))
    }

    fn malformed(&self, at: usize, why: String) -> XmlError {
        let at = (0..=at.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        XmlError { span: Span::at(at), why }
    }

    /// Reads a start tag that begins at `before`.
    fn start(&mut self, start: &BytesStart<'_>, before: usize) -> Result<Element<'t>, XmlError> {
        if self.depth == 0 && self.has_root {
            return Err(self.malformed(before, "there is a second element after the `svg` element".to_owned()));
        }
        self.has_root = true;
        self.depth += 1;
        if self.depth > DEEPEST {
            let why = format!("elements are nested more than {DEEPEST} deep");
            return Err(self.malformed(before, why));
        }
        let (resolver, name) = (self.reader.resolver(), start.name());
        let (space, local) = resolver.resolve_element(name);
        let at = before + 1;
        let undeclared = |at: usize, space: &ResolveResult<'_>| match space {
            ResolveResult::Unknown(prefix) => {
                let why = format!("the prefix `{prefix}:` is not declared with `xmlns:{prefix}=\"…\"`");
                Err(self.malformed(at, why))
            }
            _ => Ok(space_of(space)),
        };
        let space = undeclared(at, &space)?;
        let written = |start: usize, length: usize| &self.text[start..start + length];
        let qualified = written(at, name.0.len());
        let mut element = Element {
            name: qualified,
            span: Span::new(at, at + qualified.len()),
            space,
            local: &qualified[qualified.len() - local.into_inner().len()..],
            attributes: Vec::new(),
        };
        // The parser returns slices of the text, so their addresses give their places.
        let offset = |part: &str| part.as_ptr().addr().wrapping_sub(self.text.as_ptr().addr());
        let mut names = HashSet::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.malformed(at, error.to_string()))?;
            let key_at = offset(attribute.key.0);
            let (key, value_at) = (attribute.key.0, offset(&attribute.value));
            if value_at + attribute.value.len() > self.text.len() || key_at < at || value_at < key_at {
                return Err(self.malformed(at, "it cannot be read".to_owned()));
            }
            if element.attributes.len() == MOST_ATTRIBUTES {
                let why = format!("an element has more than {MOST_ATTRIBUTES} attributes");
                return Err(self.malformed(key_at, why));
            }
            let key = written(key_at, key.len());
            if !names.insert(key) {
                return Err(self.malformed(key_at, format!("an element has the attribute `{key}` twice")));
            }
            let value = written(value_at, attribute.value.len());
            let read = read_value(value).ok_or_else(|| {
                self.malformed(
                    value_at,
                    format!("the value of `{key}` contains `<`, or `&` without a known character code"),
                )
            })?;
            let space = if attribute.key.as_namespace_binding().is_some() {
                XmlSpace::Declaration
            } else {
                undeclared(key_at, &resolver.resolve_attribute(attribute.key).0)?
            };
            element.attributes.push(Attribute {
                name: key,
                span: Span::new(key_at, (value_at + value.len() + 1).min(self.text.len())),
                space,
                local: key.rsplit(':').next().unwrap_or(key),
                value: read,
                written: Span::new(value_at, value_at + value.len()),
            });
        }
        Ok(element)
    }
}

impl<'t> Iterator for XmlNodes<'t> {
    type Item = Result<XmlNode<'t>, XmlError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let step = self.step();
        self.is_over = !matches!(step, Ok(Some(_)));
        step.transpose()
    }
}

/// The parser's message without its prefix.
fn plain(error: &quick_xml::Error) -> String {
    let message = error.to_string();
    ["ill-formed document: ", "syntax error: "]
        .iter()
        .find_map(|kind| message.strip_prefix(kind))
        .unwrap_or(&message)
        .to_owned()
}

fn space_of(resolved: &ResolveResult<'_>) -> XmlSpace {
    match resolved {
        ResolveResult::Unbound => XmlSpace::None,
        ResolveResult::Bound(Namespace("http://www.w3.org/2000/svg")) => XmlSpace::Svg,
        ResolveResult::Bound(Namespace("http://www.w3.org/1999/xlink")) => XmlSpace::Xlink,
        ResolveResult::Bound(Namespace("http://www.w3.org/XML/1998/namespace")) => XmlSpace::Xml,
        ResolveResult::Bound(Namespace(uri)) if lists::is_of_an_editor(uri) => XmlSpace::Editor,
        ResolveResult::Bound(_) | ResolveResult::Unknown(_) => XmlSpace::Foreign,
    }
}

/// Whether a character is white space in XML.
#[must_use]
pub(crate) fn is_xml_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Whether XML 1.0 allows a character.
#[must_use]
pub(crate) fn is_allowed(c: char) -> bool {
    is_xml_space(c) || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// Decodes a character reference: `amp`, `#38` or `#x26`.
fn reference(name: &str) -> Option<char> {
    let number = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => name.strip_prefix('#')?,
    };
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    let is_plain = digits.chars().all(|c| c.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, radix).ok().filter(|_| is_plain)?;
    char::from_u32(code).filter(|c| is_allowed(*c))
}

/// Decodes the character references in an attribute's value. `None` if the value is not valid.
fn read_value(written: &str) -> Option<Cow<'_, str>> {
    if written.contains('<') {
        return None;
    }
    if !written.contains('&') {
        return Some(Cow::Borrowed(written));
    }
    let mut read = String::with_capacity(written.len());
    let mut parts = written.split('&');
    read.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once(';')?;
        read.push(reference(name)?);
        read.push_str(rest);
    }
    Some(Cow::Owned(read))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The nodes of a text; an error comes last, with the text from its place on.
    fn check(text: &str) -> String {
        let nodes = XmlNodes::new(text).map(|node| match node {
            Ok(XmlNode::Start(element)) => {
                let attributes = element.attributes.iter().map(|a| format!(" {:?}/{}={}", a.space, a.local, a.value));
                assert_eq!(element.span.slice(text), element.name);
                format!("<{:?}/{}{}>", element.space, element.local, attributes.collect::<String>())
            }
            Ok(XmlNode::End) => "</>".to_owned(),
            Ok(XmlNode::Text(text, _)) => format!("{text:?}"),
            Ok(XmlNode::Comment(span)) => format!("comment {:?}", span.slice(text)),
            Ok(XmlNode::Declaration(_)) => "declaration ".to_owned(),
            Ok(XmlNode::Doctype(span)) => format!("doctype {:?}", span.slice(text)),
            Ok(XmlNode::Instruction(span)) => format!("instruction {:?}", span.slice(text)),
            Err(malformed) => format!(" {} at {:?}", malformed.why, &text[malformed.span.start as usize..]),
        });
        nodes.collect()
    }

    #[test]
    fn nodes_have_their_namespaces_values_and_places() {
        let svg = "http://www.w3.org/2000/svg";
        assert_eq!(
            check(&format!("<?xml version=\"1.0\"?><!DOCTYPE svg><s:svg xmlns:s='{svg}' s:a=\"&#106;&amp;\"/>")),
            format!("declaration doctype \" svg\"<Svg/svg Declaration/s={svg} Svg/a=j&></>")
        );
        assert_eq!(check("<a>x&lt;<![CDATA[<y>]]><!-- z --></a>"), "<None/a>\"x\"\"<\"\"<y>\"comment \" z \"</>");
        assert_eq!(check("<a/><?b c?>"), "<None/a></>instruction \"<?b c?>\"");
        assert_eq!(check("<x:a xmlns:x='y'/>"), "<Foreign/a Declaration/x=y></>");
    }

    #[test]
    fn reading_stops_at_an_error() {
        for (text, why) in [
            ("<a><b></a>", "expected `</b>`"),
            ("<a>", "it ends before its elements are closed at \"\""),
            ("", "there is no `svg` element"),
            ("<a/><b/>", "a second element after the `svg` element at \"<b/>\""),
            ("<a/>x", "text outside the `svg` element at \"x\""),
            ("<a>&b;</a>", "`&b;` is not a known character code at \"&b;</a>\""),
            ("<a>&#0;</a>", "is not a known character code"),
            ("<a>&#+65;</a>", "is not a known character code"),
            ("<a b=\"<\"/>", "the value of `b`"),
            ("<a b=\"&c;\"/>", "the value of `b`"),
            ("<a b=\"1\" b=\"2\"/>", "the attribute `b` twice"),
            ("<a b=1/>", "ttribute"),
            ("<x:a/>", "the prefix `x:` is not declared"),
            ("<a xlink:href=''/>", "the prefix `xlink:` is not declared"),
            ("<a>&</a>", "reference"),
            ("<a><!-- -- --></a>", "--"),
        ] {
            let found = check(text);
            assert!(found.contains(why), "{text}: {found}");
        }
        assert!(check(&"<a>".repeat(300)).contains("nested more than 256 deep"));
        let attributes: Vec<String> = (0..300).map(|n| format!(" a{n}=''")).collect();
        assert!(check(&format!("<a{}/>", attributes.concat())).contains("more than 256 attributes"));
    }
}

//! What in an SVG may not be published, by the lists of [`super::lists`].

use super::xml::{Attribute, Element, XmlNode, XmlNodes, XmlSpace, is_allowed, is_xml_space};
use super::{css, embedded, lists};
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span};
use crate::source::picture::metadata;

/// What is said to do about a part that may not be published.
const SAVE_PLAIN: &str = "save it as plain SVG without scripts, links and outside files, or as PNG";

/// What is wrong with an SVG: parts that could run, load something or be read otherwise than they look, and XML that is
/// none.
#[must_use]
pub(crate) fn check(file: &RelPath, text: &str) -> Vec<Diagnostic> {
    let mut desk = SvgChecker { file, text, open: Vec::new(), skipped: 0, style: String::new(), found: Vec::new() };
    if let Some((at, c)) = text.char_indices().find(|(_, c)| !is_allowed(*c)) {
        let why = format!("it holds the character U+{:04X}, which XML does not allow", u32::from(c));
        desk.damaged(Span::new(at, at + c.len_utf8()), &why);
        return desk.found;
    }
    for node in XmlNodes::new(text) {
        match node {
            Ok(node) => {
                if desk.step(&node).is_none() {
                    break;
                }
            }
            Err(malformed) => {
                desk.damaged(malformed.span, &malformed.why);
                break;
            }
        }
    }
    desk.found
}

/// Whether an animation may change an attribute.
fn is_animated(name: &str) -> bool {
    lists::is_attribute(name.trim())
}

/// What an open element means for what is in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OpenElement {
    /// Nothing.
    Plain,
    /// Its text is a style sheet, which begins at this place.
    Style(Span),
}

struct SvgChecker<'a> {
    file: &'a RelPath,
    text: &'a str,
    open: Vec<OpenElement>,
    /// How many elements are open from the one on that may not be there.
    skipped: usize,
    /// The text of the style sheet that is open.
    style: String,
    found: Vec<Diagnostic>,
}

impl SvgChecker<'_> {
    fn say(&mut self, code: Code, span: Span, message: String, help: &str) {
        self.found.push(Diagnostic::new(code, Location::new(self.file, span), message).help(help));
    }

    fn unsafe_part(&mut self, span: Span, message: String) {
        self.say(Code::UnsafePicture, span, message, SAVE_PLAIN);
    }

    fn damaged(&mut self, span: Span, why: &str) {
        let message = format!("this picture cannot be read as SVG: {why}");
        self.say(Code::BadPicture, span, message, "save it again from the program that made it, or save it as PNG");
    }

    /// Looks at a node; nothing where no more is worth reading.
    fn step(&mut self, node: &XmlNode<'_>) -> Option<()> {
        match node {
            XmlNode::Start(element) if self.skipped > 0 => {
                _ = element;
                self.skipped += 1;
            }
            XmlNode::Start(element) => self.start(element)?,
            XmlNode::End if self.skipped > 0 => self.skipped -= 1,
            XmlNode::End => {
                if let Some(OpenElement::Style(span)) = self.open.pop() {
                    let style = std::mem::take(&mut self.style);
                    self.check_sheet(&style, span);
                }
            }
            XmlNode::Text(said, span) => {
                if let Some(OpenElement::Style(begins)) = self.open.last_mut()
                    && self.skipped == 0
                {
                    if self.style.is_empty() {
                        *begins = *span;
                    }
                    self.style.push_str(said);
                }
            }
            XmlNode::Comment(_) => {}
            XmlNode::Declaration(span) => self.check_encoding(*span),
            XmlNode::Doctype(span) => {
                if !lists::is_plain_doctype(span.slice(self.text)) {
                    let message =
                        "this picture declares entities or a document type of its own, which could hide a script";
                    self.unsafe_part(*span, message.to_owned());
                    // What the rest means depends on what is declared.
                    return None;
                }
            }
            XmlNode::Instruction(span) => {
                let name = span.slice(self.text).split(|c| is_xml_space(c) || c == '?').nth(1).unwrap_or_default();
                if !lists::is_instruction(name) {
                    let message =
                        format!("`<?{name}` may not be in a published picture: it could load or run something");
                    self.unsafe_part(*span, message);
                }
            }
        }
        Some(())
    }

    /// The encoding that a browser would read the file in has to be the one in which it is checked.
    fn check_encoding(&mut self, span: Span) {
        let declared = span.slice(self.text).to_ascii_lowercase();
        let mut values = declared.split("encoding").skip(1).map(|rest| {
            let value = rest.trim_start_matches(|c| is_xml_space(c) || c == '=').trim_start_matches(['"', '\'']);
            value.split(['"', '\'', '?']).next().unwrap_or_default().trim()
        });
        let is_known = |name: &str| match name {
            "utf-8" | "utf8" => true,
            "us-ascii" | "ascii" | "iso-8859-1" | "windows-1252" => self.text.is_ascii(),
            _ => false,
        };
        if let Some(name) = values.find(|name| !is_known(name)) {
            let message = format!("this picture says that it is encoded as `{name}`, but only UTF-8 can be checked");
            self.say(Code::UnsafePicture, span, message, "save it again with the encoding UTF-8");
        }
    }

    fn start(&mut self, element: &Element<'_>) -> Option<()> {
        let is_own = matches!(element.space, XmlSpace::Svg | XmlSpace::None);
        if self.open.is_empty() && !(is_own && element.local == "svg") {
            let why = format!("its first element is `{}` and not `svg`", element.name);
            self.damaged(element.span, &why);
            return None;
        }
        let in_style = matches!(self.open.last(), Some(OpenElement::Style(_)));
        let may_be = match element.space {
            XmlSpace::Svg | XmlSpace::None => lists::is_element(element.local),
            XmlSpace::Editor => true,
            _ => false,
        };
        if !may_be || in_style {
            let message =
                format!("`<{}>` may not be in a published picture: it could run or load something", element.name);
            self.unsafe_part(element.span, message);
            self.skipped = 1;
            return Some(());
        }
        // What an attribute may not be set to at all is told once.
        let is_refused = element.attributes.iter().any(|a| a.local == "attributeName" && !is_animated(&a.value));
        let is_told = |a: &Attribute<'_>| is_refused && matches!(a.local, "to" | "from" | "by" | "values");
        for attribute in element.attributes.iter().filter(|attribute| !is_told(attribute)) {
            self.check_attribute(element, attribute);
        }
        let begins_sheet = is_own && element.local == "style";
        self.open.push(if begins_sheet { OpenElement::Style(element.span) } else { OpenElement::Plain });
        Some(())
    }

    fn check_attribute(&mut self, element: &Element<'_>, attribute: &Attribute<'_>) {
        let (name, local, value) = (attribute.name, attribute.local, &*attribute.value);
        let is_own = matches!(element.space, XmlSpace::Svg | XmlSpace::None);
        let refused = format!("the attribute `{name}` may not be in a published picture");
        if attribute.space == XmlSpace::Declaration {
            return;
        }
        if lists::is_event(local) {
            self.unsafe_part(attribute.span, format!("the attribute `{name}` could run a script"));
            return;
        }
        if matches!(local, "href" | "src") {
            self.check_address(element, attribute);
            return;
        }
        match attribute.space {
            XmlSpace::Editor => {}
            XmlSpace::Xlink if matches!(local, "title" | "type" | "show" | "actuate" | "role" | "arcrole") => {}
            XmlSpace::Xml if matches!(local, "space" | "lang" | "id") => {}
            XmlSpace::None if !is_own => {}
            XmlSpace::None if local == "style" => self.check_style(attribute),
            XmlSpace::None if local == "attributeName" => {
                if !is_animated(value) {
                    let message = format!("an animation may not change `{}` in a published picture", value.trim());
                    self.unsafe_part(attribute.span, message);
                }
            }
            XmlSpace::None if local == "type" && element.local == "style" => {
                if !matches!(value.trim().to_ascii_lowercase().as_str(), "" | "text/css") {
                    self.unsafe_part(attribute.span, refused);
                }
            }
            XmlSpace::None if lists::is_words(local) => {}
            XmlSpace::None if lists::is_attribute(local) => self.check_style(attribute),
            _ => self.unsafe_part(attribute.span, refused),
        }
    }

    /// An address: of a part of the picture itself, or a picture that stands in it.
    fn check_address(&mut self, element: &Element<'_>, attribute: &Attribute<'_>) {
        let value = attribute.value.trim_matches(|c: char| is_xml_space(c));
        if value.starts_with('#') {
            return;
        }
        let may_hold =
            matches!(element.space, XmlSpace::Svg | XmlSpace::None) && matches!(element.local, "image" | "feImage");
        if may_hold && value.starts_with("data:") {
            match embedded::read(value) {
                Ok((_, inside)) => self.found.extend(metadata(Location::new(self.file, attribute.span), &inside)),
                Err(why) => {
                    let message = format!("the picture inside this one cannot be published: {why}");
                    let help = "put it in again as PNG or JPEG, or save the whole as PNG";
                    self.say(Code::UnsafePicture, attribute.span, message, help);
                }
            }
            return;
        }
        let message = format!(
            "`{}` leads out of this picture; in a published one it may name a part of it alone (`#part`)",
            attribute.name
        );
        self.unsafe_part(attribute.span, message);
    }

    /// An attribute whose value is a style, or what a style could set.
    fn check_style(&mut self, attribute: &Attribute<'_>) {
        if let Some(fault) = css::fault(&attribute.value) {
            let message =
                format!("the style in `{}` holds `{}`, which could load or run something", attribute.name, fault.what);
            self.unsafe_part(attribute.span, message);
        }
    }

    /// The text of a `style` element, whose first part stands at `span`.
    fn check_sheet(&mut self, style: &str, span: Span) {
        if let Some(fault) = css::fault(style) {
            // What stands there is what is read, unless a reference or a comment parts it.
            let at = span.start as usize + fault.at;
            let exact = Span::new(at, at + fault.what.len());
            let span = if exact.end <= span.end && exact.slice(self.text) == fault.what { exact } else { span };
            let message = format!("the style sheet holds `{}`, which could load or run something", fault.what);
            self.unsafe_part(span, message);
        }
    }
}

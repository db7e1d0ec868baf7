//! Finds content of an SVG that must not be published, using the lists in [`super::lists`].

use super::xml::{Attribute, Element, XmlNode, XmlNodes, XmlSpace, is_allowed, is_xml_space};
use super::{css, embedded, lists};
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span};
use crate::source::picture::metadata;

/// The help for a part that must not be published.
const SAVE_PLAIN: &str = "save it as plain SVG without scripts, links or outside files, or as PNG";

/// Checks an SVG for parts that could run, load something or be read differently from how they look, and for invalid
/// XML.
#[must_use]
pub(crate) fn check(file: &RelPath, text: &str) -> Vec<Diagnostic> {
    let mut checker = SvgChecker { file, text, open: Vec::new(), skipped: 0, style: String::new(), found: Vec::new() };
    if let Some((at, c)) = text.char_indices().find(|(_, c)| !is_allowed(*c)) {
        let why = format!("it contains the character U+{:04X}, which XML does not allow", u32::from(c));
        checker.damaged(Span::new(at, at + c.len_utf8()), &why);
        return checker.found;
    }
    for node in XmlNodes::new(text) {
        match node {
            Ok(node) => {
                if checker.step(&node).is_none() {
                    break;
                }
            }
            Err(malformed) => {
                checker.damaged(malformed.span, &malformed.why);
                break;
            }
        }
    }
    checker.found
}

/// Whether an animation may change an attribute.
fn is_animated(name: &str) -> bool {
    lists::is_attribute(name.trim())
}

/// How the content of an open element is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OpenElement {
    /// As elements and text.
    Plain,
    /// As a style sheet, which starts at this place.
    Style(Span),
}

struct SvgChecker<'a> {
    file: &'a RelPath,
    text: &'a str,
    open: Vec<OpenElement>,
    /// Number of open elements inside a forbidden element, including it; 0 outside.
    skipped: usize,
    /// The text of the open style sheet.
    style: String,
    found: Vec<Diagnostic>,
}

impl SvgChecker<'_> {
    fn report(&mut self, code: Code, span: Span, message: String, help: &str) {
        self.found.push(Diagnostic::new(code, Location::new(self.file, span), message).help(help));
    }

    fn unsafe_part(&mut self, span: Span, message: String) {
        self.report(Code::UnsafePicture, span, message, SAVE_PLAIN);
    }

    fn damaged(&mut self, span: Span, why: &str) {
        let message = format!("this picture cannot be read as SVG: {why}");
        self.report(
            Code::BadPicture,
            span,
            message,
            "save it again from the program that created it, or save it as PNG",
        );
    }

    /// Checks a node. Returns `None` if the rest should not be checked.
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
            XmlNode::Text(text, span) => {
                if let Some(OpenElement::Style(begins)) = self.open.last_mut()
                    && self.skipped == 0
                {
                    if self.style.is_empty() {
                        *begins = *span;
                    }
                    self.style.push_str(text);
                }
            }
            XmlNode::Comment(_) => {}
            XmlNode::Declaration(span) => self.check_encoding(*span),
            XmlNode::Doctype(span) => {
                if !lists::is_plain_doctype(span.slice(self.text)) {
                    let message = "this picture declares its own entities or document type, which could hide a script";
                    self.unsafe_part(*span, message.to_owned());
                    // The meaning of the rest depends on the declarations.
                    return None;
                }
            }
            XmlNode::Instruction(span) => {
                let name = span.slice(self.text).split(|c| is_xml_space(c) || c == '?').nth(1).unwrap_or_default();
                if !lists::is_instruction(name) {
                    let message =
                        format!("a published picture may not contain `<?{name}`, which could load or run something");
                    self.unsafe_part(*span, message);
                }
            }
        }
        Some(())
    }

    /// Checks that browsers will read the file in the same encoding as annal.
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
            let message = format!("this picture uses the encoding `{name}`, but annal can only check UTF-8");
            self.report(Code::UnsafePicture, span, message, "save it again with the encoding UTF-8");
        }
    }

    fn start(&mut self, element: &Element<'_>) -> Option<()> {
        let is_own = matches!(element.space, XmlSpace::Svg | XmlSpace::None);
        if self.open.is_empty() && !(is_own && element.local == "svg") {
            let why = format!("its first element is `{}`, not `svg`", element.name);
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
                format!("a published picture may not contain `<{}>`, which could run or load something", element.name);
            self.unsafe_part(element.span, message);
            self.skipped = 1;
            return Some(());
        }
        // If the animated attribute is forbidden, its values are not reported as well.
        let is_refused = element.attributes.iter().any(|a| a.local == "attributeName" && !is_animated(&a.value));
        let is_reported = |a: &Attribute<'_>| is_refused && matches!(a.local, "to" | "from" | "by" | "values");
        for attribute in element.attributes.iter().filter(|attribute| !is_reported(attribute)) {
            self.check_attribute(element, attribute);
        }
        let begins_sheet = is_own && element.local == "style";
        self.open.push(if begins_sheet { OpenElement::Style(element.span) } else { OpenElement::Plain });
        Some(())
    }

    fn check_attribute(&mut self, element: &Element<'_>, attribute: &Attribute<'_>) {
        let (name, local, value) = (attribute.name, attribute.local, &*attribute.value);
        let is_own = matches!(element.space, XmlSpace::Svg | XmlSpace::None);
        let refused = format!("a published picture may not contain the attribute `{name}`");
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

    /// Checks an address, which may only be a part of the picture itself or an embedded picture.
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
                    let help = "insert it again as PNG or JPEG, or save the whole picture as PNG";
                    self.report(Code::UnsafePicture, attribute.span, message, help);
                }
            }
            return;
        }
        let message =
            format!("`{}` points outside this picture, but may only point to a part of it (`#part`)", attribute.name);
        self.unsafe_part(attribute.span, message);
    }

    /// Checks an attribute whose value is a style or a style property.
    fn check_style(&mut self, attribute: &Attribute<'_>) {
        if let Some(error) = css::find_forbidden(&attribute.value) {
            let (name, what) = (attribute.name, error.what);
            let message = format!("the style in `{name}` contains `{what}`, which could load or run something");
            self.unsafe_part(attribute.span, message);
        }
    }

    /// Checks the text of a `style` element, whose first part is at `span`.
    fn check_sheet(&mut self, style: &str, span: Span) {
        if let Some(error) = css::find_forbidden(style) {
            // The place is exact unless a reference or a comment interrupts the text.
            let at = span.start as usize + error.at;
            let exact = Span::new(at, at + error.what.len());
            let span = if exact.end <= span.end && exact.slice(self.text) == error.what { exact } else { span };
            let message = format!("the style sheet contains `{}`, which could load or run something", error.what);
            self.unsafe_part(span, message);
        }
    }
}

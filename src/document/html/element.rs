//! What an element means for the text in it.

use std::sync::Arc;

use super::style::HtmlStyle;
use super::tokenizer::attribute;
use crate::document::left_out::LeftOutKind;
use crate::document::tree::Look;

/// An element that is open.
pub(super) struct OpenHtml {
    pub name: String,
    pub look: Look,
    pub link: Option<Arc<str>>,
    /// Why its text is left out, if it is.
    pub left_out: Option<LeftOutKind>,
    /// Whether a tracked change inserts its text.
    pub is_inserted: bool,
    /// Whether its text is Word's own marker of an item.
    pub is_marker: bool,
    pub is_preformatted: bool,
}

impl OpenHtml {
    /// The element of a start tag, inside of `above`.
    pub(super) fn for_tag(name: String, attributes: &str, style: HtmlStyle, above: Option<&Self>) -> Self {
        let class = attribute(attributes, "class").unwrap_or_default().to_ascii_lowercase();
        let has_class = |known: &str| class.split_ascii_whitespace().any(|class| class == known);
        let is_deleted = has_class("msodel") || name == "del" && is_tracked(attributes);
        let is_inserted = has_class("msoins") || name == "ins" && is_tracked(attributes);
        let mut look = above.map(|open| open.look).unwrap_or_default();
        match name.as_str() {
            "b" | "strong" => look = look.with(Look::BOLD, true),
            "i" | "em" | "cite" => look = look.with(Look::ITALIC, true),
            "u" => look = look.with(Look::UNDERLINED, true),
            "ins" if !is_inserted => look = look.with(Look::UNDERLINED, true),
            "s" | "strike" | "del" => look = look.with(Look::STRUCK, true),
            "sup" => look = look.with(Look::RAISED, true),
            "sub" => look = look.with(Look::LOWERED, true),
            _ => {}
        }
        let id = attribute(attributes, "id").unwrap_or_default().to_ascii_lowercase();
        let own = match () {
            () if is_hidden(attributes, style) => Some(LeftOutKind::HiddenText),
            () if style.left_out.is_some() => style.left_out,
            // Besides comments, Word has classes for their marks: `msocomanchor`, `msocomtxt`, `msocomoff`.
            () if class.contains("msocom") => Some(LeftOutKind::Comment),
            () if is_deleted => Some(LeftOutKind::TrackedDeletion),
            () if class.contains("gmail_quote") || id.contains("divrplyfwdmsg") || id == "appendonsend" => {
                Some(LeftOutKind::QuotedEmail)
            }
            () if class.contains("gmail_signature") || id == "signature" => Some(LeftOutKind::Signature),
            () => None,
        };
        let link = match name.as_str() {
            "a" => attribute(attributes, "href").filter(|address| !address.starts_with('#')).map(Into::into),
            _ => None,
        };
        Self {
            look: style.over(look),
            link: link.or(above.and_then(|open| open.link.clone())),
            left_out: above.and_then(|open| open.left_out).or(own),
            is_inserted: is_inserted || above.is_some_and(|open| open.is_inserted),
            is_marker: style.is_list_marker || above.is_some_and(|open| open.is_marker),
            is_preformatted: name == "pre" || above.is_some_and(|open| open.is_preformatted),
            name,
        }
    }
}

/// Whether an element is hidden by its style or by an attribute of its own.
pub(super) fn is_hidden(attributes: &str, style: HtmlStyle) -> bool {
    style.shown.is_hidden() || attribute(attributes, "hidden").is_some()
}

/// Whether `<ins>` or `<del>` says who made the change or when, as a tracked change does. Others only look like one.
fn is_tracked(attributes: &str) -> bool {
    ["datetime", "cite"].iter().any(|name| attribute(attributes, name).is_some())
}

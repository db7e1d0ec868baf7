//! The fields of a form in a page.

use super::tokenizer::attribute;

/// What somebody has typed or ticked in an `<input>`. `None` for a button, and for what nobody sees.
pub(super) fn text_of_input(attributes: &str) -> Option<String> {
    let kind = attribute(attributes, "type").unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "hidden" | "password" | "submit" | "button" | "reset" | "image" | "file" | "range" | "color" => None,
        "checkbox" | "radio" => {
            let is_ticked = attribute(attributes, "checked").is_some();
            Some(if is_ticked { "☒" } else { "☐" }.to_owned())
        }
        _ => attribute(attributes, "value").filter(|value| !value.trim().is_empty()),
    }
}

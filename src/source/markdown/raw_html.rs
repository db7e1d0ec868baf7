//! Raw HTML: what is reported of it, and what to write instead.

use std::collections::HashMap;
use std::ops::Range;

/// Finds the pieces of raw HTML that are worth a diagnostic each: an element is one mistake and not two, so the tag
/// that closes a reported one is passed over, and tags that touch each other are one piece.
#[derive(Default)]
pub(super) struct RawHtmlGroups {
    /// How many elements of each name were opened and not closed yet.
    open: HashMap<String, usize>,
    /// Where the last inline piece ended.
    end: Option<usize>,
}

impl RawHtmlGroups {
    /// Whether an inline tag or comment at `range` begins a new piece.
    pub(super) fn is_new_inline(&mut self, html: &str, range: &Range<usize>) -> bool {
        let touches = self.end.replace(range.end) == Some(range.start);
        self.opens_any(html) && !touches
    }

    /// Whether an HTML block is a new piece, and not the end of one that was reported.
    pub(super) fn is_new_block(&mut self, html: &str) -> bool {
        self.opens_any(html)
    }

    /// Counts the tags of some HTML, and tells whether any of them is no closing tag of one counted before.
    fn opens_any(&mut self, html: &str) -> bool {
        let mut is_new = false;
        for (start, _) in html.match_indices('<') {
            let rest = &html[start + 1..];
            let is_closing = rest.starts_with('/');
            let name = name(rest);
            if name.is_empty() {
                is_new |= rest.starts_with(['!', '?']);
            } else if is_closing {
                match self.open.get_mut(&name) {
                    Some(count) if *count > 0 => *count -= 1,
                    _ => is_new = true,
                }
            } else {
                is_new = true;
                if !is_void(&name) {
                    *self.open.entry(name).or_default() += 1;
                }
            }
        }
        is_new
    }
}

/// The name of the tag whose text after `<` is `rest`, in lower case; empty for a comment or instruction.
fn name(rest: &str) -> String {
    let name = rest.trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    name[..end].to_ascii_lowercase()
}

/// Whether elements of this name have no closing tag.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// What is wrong with a piece of HTML, and what to write instead.
pub(super) fn explain(html: &str) -> (String, String) {
    let html = html.trim_start();
    if html.starts_with("<!--") {
        let message = "an HTML comment is raw HTML, which is never put on a page".to_owned();
        return (message, "begin the line with `%%` to keep a note that is left out of the page".to_owned());
    }
    let name = name(html.strip_prefix('<').unwrap_or(html));
    let message = if name.is_empty() {
        "raw HTML is never put on a page".to_owned()
    } else {
        format!("raw HTML is never put on a page: `<{name}>`")
    };
    let help = match name.as_str() {
        "b" | "strong" => "write `**bold**`",
        "i" | "em" | "cite" => "write `*emphasis*`",
        "s" | "del" | "strike" => "write `~~struck out~~`",
        "br" => "end the line with `\\` to break it, or leave an empty line to begin a paragraph",
        "hr" => "write `---` on a line of its own",
        "a" => "write `[text](address)`",
        "img" | "picture" | "figure" => "write `![what the image shows](../media/name.png)`",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write the heading as `## Heading`",
        "ul" | "ol" | "li" => "begin each item's line with `- ` or `1. `",
        "p" => "leave an empty line between paragraphs",
        "blockquote" | "q" => "begin each line of the quotation with `> `",
        "code" | "pre" | "tt" | "kbd" => "put the text between backticks",
        "table" | "thead" | "tbody" | "tr" | "th" | "td" => "write the table with `|` between its cells",
        "script" | "style" | "iframe" | "object" | "embed" | "form" | "input" | "svg" | "video" | "audio" => {
            "take it away: nothing that runs or loads anything may stand in a report"
        }
        _ => "take the tags away and keep the text; to show a `<` write `\\<`",
    };
    (message, help.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_is_one_piece() {
        let mut pieces = RawHtmlGroups::default();
        assert!(pieces.is_new_inline("<b>", &(0..3)));
        assert!(!pieces.is_new_inline("</b>", &(4..8)));
        assert!(pieces.is_new_inline("</b>", &(9..13)), "nothing is open any more");
        assert!(pieces.is_new_inline("<br>", &(20..24)));
        assert!(!pieces.is_new_inline("<br/>", &(24..29)), "it touches the one before");
        assert!(pieces.is_new_block("<div>\n<p>x</p>\n"));
        assert!(!pieces.is_new_block("</DIV>\n"));
        assert!(pieces.is_new_block("<!-- x -->"));
    }

    #[test]
    fn remedies_fit_the_tag() {
        assert!(explain("<STRONG class=x>").1.contains("**"));
        assert!(explain("<!-- x -->").1.contains("%%"));
        assert!(explain("<br>").0.contains("`<br>`"));
        assert!(explain("<?php x ?>").0.ends_with("page"));
    }
}

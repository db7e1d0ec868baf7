//! Reports raw HTML, with the Markdown to write instead.

use std::collections::HashMap;
use std::ops::Range;

/// Groups raw HTML into pieces that are reported once each. An element is one mistake, so the closing tag of a reported
/// element is skipped, and adjacent tags are one piece.
#[derive(Default)]
pub(super) struct RawHtmlGroups {
    /// Number of open elements by name.
    open: HashMap<String, usize>,
    /// The end of the last inline piece.
    end: Option<usize>,
}

impl RawHtmlGroups {
    /// Whether an inline tag or comment at `range` starts a new piece.
    pub(super) fn is_new_inline(&mut self, html: &str, range: &Range<usize>) -> bool {
        let touches = self.end.replace(range.end) == Some(range.start);
        self.opens_any(html) && !touches
    }

    /// Whether an HTML block is a new piece, not the end of a reported one.
    pub(super) fn is_new_block(&mut self, html: &str) -> bool {
        self.opens_any(html)
    }

    /// Counts tags. Returns whether any of them is something other than the closing tag of an open element.
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

/// The lower-case name of the tag whose text after `<` is `rest`; empty for a comment or instruction.
fn name(rest: &str) -> String {
    let name = rest.trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    name[..end].to_ascii_lowercase()
}

/// Whether elements with this name have no closing tag.
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

/// The message and help for a piece of HTML.
pub(super) fn explain(html: &str) -> (String, String) {
    let html = html.trim_start();
    if html.starts_with("<!--") {
        let message = "HTML comments are raw HTML, which annal does not publish".to_owned();
        return (message, "start the line with `%%` to keep a note that is not published".to_owned());
    }
    let name = name(html.strip_prefix('<').unwrap_or(html));
    let message = if name.is_empty() {
        "annal does not publish raw HTML".to_owned()
    } else {
        format!("annal does not publish raw HTML: `<{name}>`")
    };
    let help = match name.as_str() {
        "b" | "strong" => "write `**bold**`",
        "i" | "em" | "cite" => "write `*emphasis*`",
        "s" | "del" | "strike" => "write `~~struck out~~`",
        "br" => "end the line with `\\` to break it, or leave an empty line to start a new paragraph",
        "hr" => "write `---` on a line of its own",
        "a" => "write `[text](address)`",
        "img" | "picture" | "figure" => "write `![what the image shows](../media/name.png)`",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write the heading as `## Heading`",
        "ul" | "ol" | "li" => "start each item on a new line with `- ` or `1. `",
        "p" => "paste the text as plain text, and leave an empty line between paragraphs",
        "blockquote" | "q" => "start each line of the quotation with `> `",
        "code" | "pre" | "tt" | "kbd" => "put the text between backticks",
        "table" | "thead" | "tbody" | "tr" | "th" | "td" => "write the table with `|` between its cells",
        "script" | "style" | "iframe" | "object" | "embed" | "form" | "input" | "svg" | "video" | "audio" => {
            "remove it: a report may not contain anything that runs or loads content"
        }
        _ => "remove the tags and keep the text; to show a `<`, write `\\<`",
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
    fn help_depends_on_the_tag() {
        assert!(explain("<STRONG class=x>").1.contains("**"));
        assert!(explain("<!-- x -->").1.contains("%%"));
        assert!(explain("<br>").0.contains("`<br>`"));
        assert!(explain("<?php x ?>").0.ends_with("raw HTML"));
    }
}

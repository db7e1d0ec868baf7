//! Pictures with a caption, and quotations that say whose words they are: what has been written of them becomes a figure
//! when they end.

use std::fmt::Write as _;
use std::ops::Range;

use super::ImageTarget;
use crate::escape;

/// How a paragraph begins, and how it ends.
pub(super) const PARAGRAPH: &str = "<p>";
const PARAGRAPH_END: &str = "</p>\n";

/// How wide pages show a large picture: as wide as a column of text, or as a phone's screen without its margins.
const SIZES: &str = "(min-width: 42rem) 38rem, 92vw";

/// Writes an image with its alternative text, which is HTML already, and returns its place in `out`.
pub(super) fn write_image(out: &mut String, alt: &str, image: &ImageTarget) -> Range<usize> {
    let before = out.len();
    out.push_str("<img src=\"");
    escape::address(out, &image.address);
    out.push_str("\" alt=\"");
    out.push_str(&alt.replace('"', "&quot;"));
    if let Some((width, height)) = image.size {
        if !image.smaller.is_empty() {
            out.push_str("\" srcset=\"");
            for (width, address) in &image.smaller {
                escape::address(out, address);
                let _ = write!(out, " {width}w, ");
            }
            escape::address(out, &image.address);
            let _ = write!(out, " {width}w\" sizes=\"{SIZES}");
        }
        let _ = write!(out, "\" width=\"{width}\" height=\"{height}");
    }
    out.push_str("\" loading=\"lazy\">");
    before..out.len()
}

/// Ends a paragraph that began when `out` was `before` bytes long. The last image in it with a title is given with its
/// place in `out`. If it is alone in the paragraph, it becomes a figure with the title as its caption.
pub(super) fn end_paragraph(out: &mut String, before: usize, titled: Option<(Range<usize>, impl AsRef<str>)>) {
    let Some((place, title)) = titled.filter(|(place, _)| *place == (before + PARAGRAPH.len()..out.len())) else {
        out.push_str(PARAGRAPH_END);
        return;
    };
    let image = out.split_off(place.start);
    out.truncate(before);
    out.push_str("<figure class=\"picture\">");
    out.push_str(&image);
    out.push_str("<figcaption>");
    escape::text(out, title.as_ref().trim());
    out.push_str("</figcaption></figure>\n");
}

/// Ends a quotation that began when `out` was `before` bytes long. If its last line begins with a dash, that is who said
/// it.
pub(super) fn end_quotation(out: &mut String, before: usize) {
    let Some(Attribution { kept, is_cut, who }) = attribution(&out[before..]) else {
        out.push_str("</blockquote>\n");
        return;
    };
    out.truncate(before + kept);
    if is_cut {
        out.push_str(PARAGRAPH_END);
    }
    out.insert_str(before, "<figure class=\"quotation\">");
    out.push_str("</blockquote>\n<figcaption>");
    out.push_str(&who);
    out.push_str("</figcaption></figure>\n");
}

/// The last line of a quotation, which says whose words it has.
struct Attribution {
    /// The length of what comes before it.
    kept: usize,
    /// Whether it shares its paragraph with the words.
    is_cut: bool,
    /// The line without its dash.
    who: String,
}

/// The attribution of a quotation that is written so far.
fn attribution(quoted: &str) -> Option<Attribution> {
    let last = quoted.rfind(PARAGRAPH)?;
    let paragraph = quoted.strip_suffix(PARAGRAPH_END)?.get(last + PARAGRAPH.len()..)?;
    let (words, line) = paragraph.rsplit_once('\n').map_or((None, paragraph), |(words, line)| (Some(words), line));
    let who = line.strip_prefix("— ").or_else(|| line.strip_prefix("– "))?;
    // Emphasis that begins on an earlier line must not be cut.
    if who.matches("</").count() * 2 != who.matches('<').count() {
        return None;
    }
    let kept = words.map_or(last, |words| last + PARAGRAPH.len() + words.len());
    let has_words = quoted[..kept].contains(PARAGRAPH) || quoted[..kept].contains("<li>");
    has_words.then(|| Attribution { kept, is_cut: words.is_some(), who: who.to_owned() })
}

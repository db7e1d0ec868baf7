//! Pictures with a caption, and quotations that say whose words they are: what has been written of them becomes a figure
//! when they end.

use std::fmt::Write as _;

use super::ImageTarget;
use super::gapped_html::{GappedHtml, Mark, PageGap};
use crate::escape;

/// How a paragraph begins, and how it ends.
pub(super) const PARAGRAPH: &str = "<p>";
const PARAGRAPH_END: &str = "</p>\n";

/// How wide pages show a large picture: as wide as a column of text, or as a phone's screen without its margins.
const SIZES: &str = "(min-width: 42rem) 38rem, 92vw";

/// The last image with a title in a paragraph.
pub(super) struct TitledImage<T> {
    /// Where it begins and ends.
    start: Mark,
    end: Mark,
    title: T,
}

/// Writes an image with its alternative text, which is HTML already. Returns its place and title, if it has a title.
pub(super) fn write_image<T: AsRef<str>>(
    out: &mut GappedHtml,
    alt: &str,
    image: &ImageTarget,
    title: T,
) -> Option<TitledImage<T>> {
    let start = out.end();
    out.text.push_str("<img src=\"");
    out.push_gap(PageGap::Root);
    escape::address(&mut out.text, &image.address);
    out.text.push_str("\" alt=\"");
    out.text.push_str(&alt.replace('"', "&quot;"));
    if let Some((width, height)) = image.size {
        if !image.smaller.is_empty() {
            out.text.push_str("\" srcset=\"");
            for (width, address) in &image.smaller {
                out.push_gap(PageGap::Root);
                escape::address(&mut out.text, address);
                let _ = write!(out.text, " {width}w, ");
            }
            out.push_gap(PageGap::Root);
            escape::address(&mut out.text, &image.address);
            let _ = write!(out.text, " {width}w\" sizes=\"{SIZES}");
        }
        let _ = write!(out.text, "\" width=\"{width}\" height=\"{height}");
    }
    out.text.push_str("\" loading=\"lazy\">");
    (!title.as_ref().trim().is_empty()).then(|| TitledImage { start, end: out.end(), title })
}

/// Ends a paragraph that began at `before`. If the last image in it with a title is alone in the paragraph, it becomes a
/// figure with the title as its caption.
pub(super) fn end_paragraph<T: AsRef<str>>(out: &mut GappedHtml, before: Mark, titled: Option<TitledImage<T>>) {
    let is_alone = |image: &TitledImage<T>| image.start == before.after(PARAGRAPH) && image.end == out.end();
    let Some(TitledImage { start, title, .. }) = titled.filter(is_alone) else {
        out.text.push_str(PARAGRAPH_END);
        return;
    };
    let image = out.split_off(start);
    out.split_off(before);
    out.text.push_str("<figure class=\"picture\">");
    out.push(image);
    out.text.push_str("<figcaption>");
    escape::text(&mut out.text, title.as_ref().trim());
    out.text.push_str("</figcaption></figure>\n");
}

/// Ends a quotation that began at `before`. If its last line begins with a dash, that is who said it.
pub(super) fn end_quotation(out: &mut GappedHtml, before: Mark) {
    let Some(Attribution { kept, is_cut, who }) = attribution(out, before) else {
        out.text.push_str("</blockquote>\n");
        return;
    };
    let mut who = out.split_off(who);
    who.text.truncate(who.text.len() - PARAGRAPH_END.len());
    out.split_off(kept);
    let words = out.split_off(before);
    out.text.push_str("<figure class=\"quotation\">");
    out.push(words);
    if is_cut {
        out.text.push_str(PARAGRAPH_END);
    }
    out.text.push_str("</blockquote>\n<figcaption>");
    out.push(who);
    out.text.push_str("</figcaption></figure>\n");
}

/// The last line of a quotation, which says whose words it has.
struct Attribution {
    /// The end of what comes before it.
    kept: Mark,
    /// Whether it shares its paragraph with the words.
    is_cut: bool,
    /// Where the line begins, without its dash. It ends with its paragraph.
    who: Mark,
}

/// The attribution of a quotation that began at `before` and is written so far.
fn attribution(out: &GappedHtml, before: Mark) -> Option<Attribution> {
    let quoted = &out.text[before.text..];
    let last = quoted.rfind(PARAGRAPH)?;
    let paragraph = quoted.strip_suffix(PARAGRAPH_END)?.get(last + PARAGRAPH.len()..)?;
    let (words, line) = paragraph.rsplit_once('\n').map_or((None, paragraph), |(words, line)| (Some(words), line));
    let who = line.strip_prefix("— ").or_else(|| line.strip_prefix("– "))?;
    let end = before.text + quoted.len() - PARAGRAPH_END.len();
    let start = out.mark_at(end - who.len(), false);
    // Emphasis and terms that begin on an earlier line must not be cut.
    let (mut opened, mut closed) = (who.matches('<').count(), who.matches("</").count());
    opened -= closed;
    for gap in out.gaps_between(start, out.end()) {
        opened += usize::from(matches!(gap, PageGap::TermStart(..)));
        closed += usize::from(matches!(gap, PageGap::TermEnd(..)));
    }
    if opened != closed {
        return None;
    }
    let kept = words.map_or(last, |words| last + PARAGRAPH.len() + words.len());
    let has_words = quoted[..kept].contains(PARAGRAPH) || quoted[..kept].contains("<li>");
    let kept = out.mark_at(before.text + kept, true);
    has_words.then_some(Attribution { kept, is_cut: words.is_some(), who: start })
}

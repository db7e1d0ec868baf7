//! Text widths and line breaks, computed without a font.
//!
//! Readers' systems set charts in different fonts. So a width is that of a common sans (Helvetica and Arial share these
//! metrics) with a margin for wider fonts such as `DejaVu Sans`.

use super::style::StyleClass;

/// Factor applied to widths so that text set in a wider font still fits.
const SAFETY: f64 = 1.2;

/// How much wider bold text is.
const BOLD: f64 = 1.08;

/// Line height in units of the drawing.
pub(super) const LINE: f64 = 17.0;

/// The widths of U+0020 to U+007E in thousandths of the text size.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// The width of a text in units of the drawing, with the margin for other fonts.
pub(super) fn width(text: &str, mark: StyleClass) -> f64 {
    text.chars().map(advance).sum::<f64>() * scale(mark)
}

/// Breaks a text into lines of at most `max`: at white space, after a hyphen or a slash, and within a word only if the
/// word alone is wider.
pub(super) fn wrap(text: &str, max: f64, mark: StyleClass) -> Vec<String> {
    set(&parts(text), max / scale(mark))
}

/// Like [`wrap`], but with lines as even as possible without adding one, so that no single word is left at the end.
pub(super) fn wrap_evenly(text: &str, max: f64, mark: StyleClass) -> Vec<String> {
    let parts = parts(text);
    let most = max / scale(mark);
    let (Some(lines), mut even) = (lines(&parts, most), most) else { return set(&parts, most) };
    if lines > 1 {
        let mut short = most / 2.0;
        while even - short > EVEN {
            let middle = f64::midpoint(short, even);
            if self::lines(&parts, middle) == Some(lines) {
                even = middle;
            } else {
                short = middle;
            }
        }
    }
    set(&parts, even)
}

/// How close to the narrowest lines is close enough, in thousandths of the text size.
const EVEN: f64 = 250.0;

/// A part of a text after which a line may break.
struct BreakablePart<'a> {
    text: &'a str,
    /// In thousandths of the text size.
    wide: f64,
    /// Whether a space precedes it, except at the start of a line.
    spaced: bool,
}

/// Splits a text at its possible line breaks.
fn parts(text: &str) -> Vec<BreakablePart<'_>> {
    let words = text.split(|c: char| c.is_whitespace() && c != '\u{a0}').filter(|word| !word.is_empty());
    let parts = words.flat_map(|word| word.split_inclusive(['-', '/']).enumerate());
    parts.map(|(i, text)| BreakablePart { text, wide: text.chars().map(advance).sum(), spaced: i == 0 }).collect()
}

/// The number of lines that parts need at a width. `None` if one part alone is wider.
fn lines(parts: &[BreakablePart<'_>], max: f64) -> Option<usize> {
    let (mut lines, mut wide) = (0, f64::INFINITY);
    for part in parts {
        if part.wide > max {
            return None;
        }
        let with = wide + part.wide + if part.spaced { advance(' ') } else { 0.0 };
        (lines, wide) = if with <= max { (lines, with) } else { (lines + 1, part.wide) };
    }
    Some(lines)
}

/// Breaks parts into lines of a width.
fn set(parts: &[BreakablePart<'_>], max: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut wide = 0.0;
    for part in parts {
        let space = if part.spaced && !line.is_empty() { advance(' ') } else { 0.0 };
        if wide + space + part.wide <= max {
            line.push_str(if space > 0.0 { " " } else { "" });
            line.push_str(part.text);
            wide += space + part.wide;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            wide = 0.0;
        }
        if part.wide <= max {
            line.push_str(part.text);
            wide = part.wide;
            continue;
        }
        for c in part.text.chars() {
            if wide + advance(c) > max && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                wide = 0.0;
            }
            line.push(c);
            wide += advance(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The width of the widest line.
pub(super) fn widest<'a>(lines: impl IntoIterator<Item = &'a String>, mark: StyleClass) -> f64 {
    lines.into_iter().map(|line| width(line, mark)).fold(0.0, f64::max)
}

/// Factor from thousandths of the text size to units of the drawing.
fn scale(mark: StyleClass) -> f64 {
    mark.size() / 1000.0 * SAFETY * if mark.bold() { BOLD } else { 1.0 }
}

/// A character's width in thousandths of the text size.
fn advance(c: char) -> f64 {
    let code = u32::from(c);
    let ascii = code.checked_sub(0x20).and_then(|i| usize::try_from(i).ok()).and_then(|i| ASCII.get(i));
    f64::from(match (ascii, code) {
        (Some(wide), _) => *wide,
        (None, 0xa0 | 0x2018 | 0x2019 | 0xb7) => 278,
        // Accents above the previous letter.
        (None, 0x300..=0x36f) => 0,
        (None, 0xa1..=0x24f) if c.is_lowercase() => 556,
        // Scripts whose characters fill a square, and emoji.
        (None, 0x1100..=0x11ff | 0x2e80..=0xffdc | 0x2014) => 1000,
        (None, 0x1_0000..) => 1400,
        (None, _) => 750,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, max: f64) -> String {
        let lines = wrap(text, max, StyleClass::LABEL);
        for line in &lines {
            assert!(line.chars().count() == 1 || width(line, StyleClass::LABEL) <= max, "{line:?} is wider than {max}");
        }
        lines.join("|")
    }

    #[test]
    fn breaks_at_spaces_hyphens_and_slashes() {
        assert_eq!(
            check("Milton Keynes University Hospital NHS Foundation Trust", 240.0),
            "Milton Keynes University|Hospital NHS Foundation Trust"
        );
        assert_eq!(check("MKS Independent Chair/Independent", 160.0), "MKS Independent|Chair/Independent");
        assert_eq!(check("MKS Independent Chair/Independent", 120.0), "MKS|Independent|Chair/|Independent");
        assert_eq!(check("  two   words ", 500.0), "two words");
    }

    #[test]
    fn evens_out_lines_without_adding_one() {
        let check = |text, max| wrap_evenly(text, max, StyleClass::LABEL).join("|");
        assert_eq!(check("MK Council, including public health", 240.0), "MK Council, including|public health");
        assert_eq!(check("G4S Care & Justice Service (UK)", 240.0), "G4S Care & Justice|Service (UK)");
        assert_eq!(check("Llanfairpwllgwyngyll board", 80.0), "Llanfairpw|llgwyngyll|board");
        assert_eq!(check("Short", 240.0), "Short");
    }

    #[test]
    fn breaks_within_a_word_only_if_necessary() {
        assert_eq!(check("Llanfairpwllgwyngyll", 80.0), "Llanfairpw|llgwyngyll");
        assert_eq!(check("W", 1.0), "W");
        assert_eq!(check("", 10.0), "");
        assert_eq!(check("WWW", -5.0), "W|W|W");
    }

    #[test]
    fn never_breaks_at_a_no_break_space() {
        assert_eq!(check("came to £1\u{a0}million", 90.0), "came to|£1\u{a0}million");
    }

    #[test]
    fn covers_wider_fonts_and_bold() {
        // DejaVu Sans sets this 118.5 wide at 14 units, its bold 133.8.
        assert!(width("Independent chair", StyleClass::LABEL) > 118.5);
        assert!(width("Independent chair", StyleClass::STRONG) > width("Independent chair", StyleClass::LABEL));
        assert!(width("e\u{301}", StyleClass::LABEL) <= width("é", StyleClass::LABEL));
    }
}

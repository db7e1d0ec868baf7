//! The one font that annal carries: Source Serif Pro Semibold, under the SIL Open Font License.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "coordinates of a glyph on a card are small and not negative"
)]

use std::ops::Range;
use std::sync::LazyLock;

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};

use crate::source::one_line::one_line;
use ttf_parser::{Face, GlyphId, OutlineBuilder};

static BYTES: &[u8] = include_bytes!("SourceSerifPro-Semibold.ttf");

/// The font, read once.
static FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(BYTES, 0).unwrap_or_else(|_| unreachable!("the font that annal carries can be read")));

/// Whether the font has every letter of a text.
#[must_use]
pub(super) fn has_all(text: &str) -> bool {
    // It has all of ASCII, and every page of a site asks.
    text.chars().all(|c| c.is_ascii_graphic() || c.is_whitespace() || FACE.glyph_index(c).is_some())
}

/// The advance width of a text at a size, in pixels.
#[must_use]
pub(super) fn width(text: &str, size: f32) -> f32 {
    glyphs(text).map(|(_, advance)| advance).sum::<f32>() * scale(size)
}

/// A text whose letters were measured once, in units of the font, so that its lines can be broken at any size.
pub(super) struct MeasuredText {
    /// The words, with one space between.
    text: String,
    /// For each letter and for the end: its place in `text`, and the width of what is before it.
    letters: Vec<(usize, f32)>,
}

impl MeasuredText {
    #[must_use]
    pub(super) fn new(text: &str) -> Self {
        let text = one_line(text);
        let mut before = 0.0;
        let mut letters: Vec<(usize, f32)> = Vec::with_capacity(text.len() + 1);
        for ((at, _), (_, advance)) in text.char_indices().zip(glyphs(&text)) {
            letters.push((at, before));
            before += advance;
        }
        letters.push((text.len(), before));
        Self { text, letters }
    }

    #[must_use]
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The places of its words.
    pub(super) fn words(&self) -> impl Iterator<Item = Range<usize>> {
        let mut next = 0;
        self.text.split_terminator(' ').map(move |word| {
            let start = next;
            next = start + word.len() + 1;
            start..start + word.len()
        })
    }

    /// The width of a part of the text at a size, in pixels.
    #[must_use]
    pub(super) fn width(&self, part: Range<usize>, size: f32) -> f32 {
        let before = |place: usize| self.letters[self.letters.partition_point(|(at, _)| *at < place)].1;
        (before(part.end) - before(part.start)) * scale(size)
    }
}

/// Pixels for each unit of the font.
fn scale(size: f32) -> f32 {
    size / f32::from(FACE.units_per_em())
}

/// The glyphs of a text, each with its advance in units, kerned.
fn glyphs(text: &str) -> impl Iterator<Item = (GlyphId, f32)> {
    let ids: Vec<GlyphId> = text.chars().map(|c| FACE.glyph_index(c).unwrap_or(GlyphId(0))).collect();
    (0..ids.len()).map(move |at| {
        let advance = f32::from(FACE.glyph_hor_advance(ids[at]).unwrap_or_default());
        let kerning = ids.get(at + 1).map_or(0, |next| kerning(ids[at], *next));
        (ids[at], advance + f32::from(kerning))
    })
}

/// By how many units two glyphs are moved apart, from the font's table of pairs.
fn kerning(first: GlyphId, second: GlyphId) -> i16 {
    let Some(table) = FACE.tables().gpos else { return 0 };
    let mut features = table.features.into_iter();
    let Some(kern) = features.find(|feature| feature.tag == ttf_parser::Tag::from_bytes(b"kern")) else { return 0 };
    let lookups = kern.lookup_indices.into_iter().filter_map(|index| table.lookups.get(index));
    for lookup in lookups {
        for subtable in lookup.subtables.into_iter::<PositioningSubtable<'_>>() {
            let PositioningSubtable::Pair(pairs) = subtable else { continue };
            let Some(place) = pairs.coverage().get(first) else { continue };
            let found = match pairs {
                PairAdjustment::Format1 { sets, .. } => sets.get(place).and_then(|set| set.get(second)),
                PairAdjustment::Format2 { classes, matrix, .. } => {
                    matrix.get((classes.0.get(first), classes.1.get(second)))
                }
            };
            if let Some((value, _)) = found {
                return value.x_advance;
            }
        }
    }
    0
}

/// Draws a line of text whose baseline begins at `x` and `y`: `paint` is given each pixel that it covers, and how much
/// of it, from 0 to 1.
pub(super) fn draw(text: &str, size: f32, (x, y): (f32, f32), mut paint: impl FnMut(usize, usize, f32)) {
    let scale = scale(size);
    let mut pen = x;
    for (glyph, advance) in glyphs(text) {
        if let Some(bounds) = FACE.glyph_bounding_box(glyph) {
            let left = (pen + f32::from(bounds.x_min) * scale).floor();
            let top = (y - f32::from(bounds.y_max) * scale).floor();
            let wide = (f32::from(bounds.width()) * scale).ceil() as usize + 2;
            let high = (f32::from(bounds.height()) * scale).ceil() as usize + 2;
            let mut outline = Outline {
                rasterizer: Rasterizer::new(wide, high),
                origin: point(pen - left, y - top),
                scale,
                start: Point::default(),
                last: Point::default(),
            };
            FACE.outline_glyph(glyph, &mut outline);
            let (left, top) = (left.max(0.0) as usize, top.max(0.0) as usize);
            outline.rasterizer.for_each_pixel_2d(|across, down, share| {
                paint(left + across as usize, top + down as usize, share.min(1.0));
            });
        }
        pen += advance * scale;
    }
}

/// A glyph's outline on its way to pixels.
struct Outline {
    rasterizer: Rasterizer,
    /// The place of the glyph's origin in the raster.
    origin: Point,
    scale: f32,
    start: Point,
    last: Point,
}

impl Outline {
    fn at(&self, x: f32, y: f32) -> Point {
        point(self.origin.x + x * self.scale, self.origin.y - y * self.scale)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.at(x, y);
        self.last = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.at(x, y);
        self.rasterizer.draw_line(self.last, to);
        self.last = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (control, to) = (self.at(x1, y1), self.at(x, y));
        self.rasterizer.draw_quad(self.last, control, to);
        self.last = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (first, second, to) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.rasterizer.draw_cubic(self.last, first, second, to);
        self.last = to;
    }

    fn close(&mut self) {
        self.rasterizer.draw_line(self.last, self.start);
        self.last = self.start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_all_of_ascii() {
        assert!(('!'..='~').all(|c| FACE.glyph_index(c).is_some()));
        assert!(has_all("Sa\u{fc}l\u{2019}s\u{a0}~") && !has_all("\u{4e00}") && !has_all("\u{7}"));
    }
}

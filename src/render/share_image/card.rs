//! A card: a band in the accent, and up to three texts on white.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "sizes on a card are small and not negative"
)]

use std::ops::Range;

use super::font::{self, MeasuredText};
use crate::quantity::Colour;

/// What is drawn.
#[derive(Debug, Hash)]
pub(super) struct Card {
    /// The colour of the band and of the text above. It can be read on white.
    pub accent: Colour,
    /// A line above; may be empty.
    pub above: String,
    /// The text in the middle, as large as it fits.
    pub text: String,
    /// A text below; may be empty.
    pub below: String,
}

const INK: Colour = Colour([0x14, 0x18, 0x1b]);
const MUTED: Colour = Colour([0x52, 0x5a, 0x61]);

/// The space at the left and right, and above and below, in pixels.
const MARGIN: (f32, f32) = (88.0, 76.0);
/// The width of the band at the left, in pixels.
const BAND: usize = 28;
/// The sizes of the text in the middle, and of the others, in pixels.
const SIZES: [f32; 6] = [84.0, 76.0, 68.0, 60.0, 52.0, 44.0];
const SMALL: f32 = 34.0;
/// The distance between two lines, for each pixel of the size.
const LEADING: f32 = 1.16;
/// The most lines of the text below.
const LINES_BELOW: usize = 2;

/// How many shades lie between white and each of the colours. Twenty draw smooth text, and pictures of few colours are written sooner.
const SHADES: u8 = 20;

impl Card {
    /// The card as PNG.
    #[must_use]
    pub(super) fn png(&self, (width, height): (u32, u32)) -> Vec<u8> {
        let (wide, high) = (width as usize, height as usize);
        let mut drawn = CardPixels { wide, pixels: vec![0; wide * high] };
        for row in drawn.pixels.chunks_exact_mut(wide) {
            row[..BAND].fill(shade(Ramp::Accent, 1.0));
        }
        let room = width as f32 - MARGIN.0 * 2.0;
        let above = lines(&MeasuredText::new(&self.above), SMALL, room, 1);
        let below = lines(&MeasuredText::new(&self.below), SMALL, room, LINES_BELOW);
        let text = MeasuredText::new(&self.text);
        let small = SMALL * LEADING;
        let (top, bottom) = (MARGIN.1, height as f32 - MARGIN.1);
        drawn.lines(&above, SMALL, top, Ramp::Accent);
        let foot = bottom - below.len() as f32 * small;
        drawn.lines(&below, SMALL, foot, Ramp::Muted);
        let head = top + above.len() as f32 * small + if above.is_empty() { 0.0 } else { SMALL };
        let space = foot - head - SMALL;
        let fits = |size: &f32| lines(&text, *size, room, usize::MAX).len() as f32 * size * LEADING <= space;
        let size = SIZES.into_iter().find(fits).unwrap_or(SIZES[SIZES.len() - 1]);
        let most = (space / (size * LEADING)) as usize;
        drawn.lines(&lines(&text, size, room, most), size, head, Ramp::Ink);
        encode(&drawn.pixels, (width, height), self.accent)
    }
}

/// The colours that text and bands have.
#[derive(Clone, Copy)]
enum Ramp {
    Accent,
    Ink,
    Muted,
}

/// The index of a shade: `share` of a colour on white.
fn shade(ramp: Ramp, share: f32) -> u8 {
    let step = (share * f32::from(SHADES)).round() as u8;
    if step == 0 { 0 } else { ramp as u8 * SHADES + step }
}

/// Indexed pixels, row by row. 0 is white.
struct CardPixels {
    wide: usize,
    pixels: Vec<u8>,
}

impl CardPixels {
    /// Writes lines, the first with its top at `top`.
    fn lines(&mut self, lines: &[String], size: f32, top: f32, ramp: Ramp) {
        let mut baseline = top + size * 0.8;
        for line in lines {
            let wide = self.wide;
            font::draw(line, size, (MARGIN.0, baseline.round()), |x, y, share| {
                let index = shade(ramp, share);
                if let Some(pixel) = self.pixels.get_mut(y * wide + x).filter(|pixel| x < wide && **pixel < index) {
                    *pixel = index;
                }
            });
            baseline += size * LEADING;
        }
    }
}

/// A text in lines of at most `room` pixels, at most `most` of them. A word that is longer than a line, and the last
/// line if there is more, end in `…`.
fn lines(text: &MeasuredText, size: f32, room: f32, most: usize) -> Vec<String> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for word in text.words() {
        match lines.last_mut() {
            Some(line) if text.width(line.start..word.end, size) <= room => line.end = word.end,
            _ => lines.push(word),
        }
    }
    let cut = (lines.len() > most).then(|| most.saturating_sub(1));
    lines.truncate(most);
    let drawn = lines.into_iter().enumerate().map(|(at, line)| {
        let words = &text.text()[line.clone()];
        let is_whole = cut != Some(at) && text.width(line, size) <= room;
        if is_whole { words.to_owned() } else { shortened(words, size, room) }
    });
    drawn.collect()
}

/// The beginning of a line, as much as fits with `…` after it.
fn shortened(line: &str, size: f32, room: f32) -> String {
    let mut cut = line.to_owned();
    while font::width(&format!("{cut}…"), size) > room && cut.pop().is_some() {}
    format!("{}…", cut.trim_end())
}

/// Encodes indexed pixels.
fn encode(pixels: &[u8], (width, height): (u32, u32), accent: Colour) -> Vec<u8> {
    let mut palette = Colour::WHITE.0.to_vec();
    for colour in [accent, INK, MUTED] {
        for step in 1..=u32::from(SHADES) {
            palette.extend(Colour::WHITE.mixed(colour, step * 1000 / u32::from(SHADES)).0);
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_deflate_compression(png::DeflateCompression::Level(2));
    encoder.set_filter(png::Filter::NoFilter);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(pixels)?;
        writer.finish()
    });
    debug_assert!(written.is_ok(), "writing to memory does not fail");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(text: &str) -> Vec<u8> {
        let card = Card {
            accent: Colour([0x12, 0x43, 0x6d]),
            above: "Westshire Safeguarding Partnership".to_owned(),
            text: text.to_owned(),
            below: "Annual report 2024-25".to_owned(),
        };
        card.png((1200, 630))
    }

    #[test]
    fn a_card_is_a_picture_of_the_right_size_and_always_the_same() {
        for text in ["", "Short", &"A long headline that goes on and on ".repeat(40), &"W".repeat(400), "Ŵyr a thŷ"] {
            let bytes = card(text);
            let drawn = image::load_from_memory(&bytes).unwrap();
            assert_eq!((drawn.width(), drawn.height()), (1200, 630), "{text}");
            assert!(bytes.len() < 60_000, "{} bytes", bytes.len());
            assert_eq!(bytes, card(text));
        }
    }

    #[test]
    fn nothing_is_drawn_beyond_the_margins() {
        let drawn = image::load_from_memory(&card(&"Wide words WAVE ".repeat(30))).unwrap().to_rgb8();
        let is_white = |x: u32, y: u32| drawn.get_pixel(x, y).0 == [255; 3];
        assert!((0..630).all(|y| (1120..1200).all(|x| is_white(x, y))));
        assert!((1200 - 1100..1200).all(|x| (0..60).all(|y| is_white(x, y)) && (590..630).all(|y| is_white(x, y))));
    }

    #[test]
    fn a_line_is_no_longer_than_its_room() {
        let text = "Partners stayed committed and made clear progress";
        for most in 1..4 {
            let lines = lines(&MeasuredText::new(text), 60.0, 500.0, most);
            assert!(lines.len() <= most);
            assert!(lines.iter().all(|line| font::width(line, 60.0) <= 500.0), "{lines:?}");
            assert_eq!(lines.last().unwrap().ends_with('…'), most < 4 && lines.join(" ") != text, "{lines:?}");
        }
    }
}

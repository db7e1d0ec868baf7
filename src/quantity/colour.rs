//! Colours, and whether text in one can be read on another.

use std::fmt;

/// A colour of the screen: red, green and blue, each from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Colour(pub [u8; 3]);

/// The contrast that WCAG 2.2 asks of text at any size (1.4.3, level AA).
pub(crate) const READABLE: f64 = 4.5;

impl Colour {
    pub(crate) const WHITE: Self = Self([255; 3]);
    pub(crate) const BLACK: Self = Self([0; 3]);

    /// Parses `#rrggbb` or `#rgb`.
    #[must_use]
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |from: usize, length: usize| u8::from_str_radix(digits.get(from..from + length)?, 16).ok();
        match digits.len() {
            3 => Some(Self([part(0, 1)? * 17, part(1, 1)? * 17, part(2, 1)? * 17])),
            6 => Some(Self([part(0, 2)?, part(2, 2)?, part(4, 2)?])),
            _ => None,
        }
    }

    /// The colour between this one and another: `share` thousandths of the other.
    #[must_use]
    pub(crate) fn mixed(self, other: Self, share: u32) -> Self {
        let mut mixed = [0; 3];
        for (part, (own, other)) in mixed.iter_mut().zip(self.0.into_iter().zip(other.0)) {
            let sum = u32::from(own) * (1000 - share) + u32::from(other) * share;
            *part = u8::try_from((sum + 500) / 1000).unwrap_or(u8::MAX);
        }
        Self(mixed)
    }

    /// The relative luminance as WCAG defines it: 0 for black, 1 for white.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast between two colours as WCAG defines it: from 1 to 21.
    #[must_use]
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The shade nearest to this colour that `passes`, on the way from it to `end`, which must pass.
    #[must_use]
    pub(crate) fn nearest(self, end: Self, passes: impl Fn(Self) -> bool) -> Self {
        (0..1000).map(|share| self.mixed(end, share)).find(|shade| passes(*shade)).unwrap_or(end)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_written_in_two_ways() {
        for (text, expected) in [("#ffcc00", "#ffcc00"), ("#FC0", "#ffcc00"), ("#12436d", "#12436d")] {
            assert_eq!(Colour::parse(text).unwrap().to_string(), expected);
        }
        for text in ["ffcc00", "#ffcc0", "#ggg", "red", "#", "", "#+ff", "#é1"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let of = |one: &str, other: &str| Colour::parse(one).unwrap().contrast(Colour::parse(other).unwrap());
        assert!((of("#000", "#fff") - 21.0).abs() < 1e-9);
        // The best-known pair on either side of the limit.
        assert!(of("#767676", "#fff") >= READABLE);
        assert!(of("#777777", "#fff") < READABLE);
    }

    #[test]
    fn the_nearest_shade_passes_and_the_one_before_it_does_not() {
        let passes = |shade: Colour| shade.contrast(Colour::WHITE) >= READABLE;
        let yellow = Colour::parse("#ffcc00").unwrap();
        let shade = yellow.nearest(Colour::BLACK, passes);
        assert!(passes(shade));
        let brighter = Colour(shade.0.map(|part| part.saturating_add(2)));
        assert!(!passes(brighter), "{shade}");
        assert_eq!(Colour::BLACK.nearest(Colour::WHITE, |_| true), Colour::BLACK);
    }
}

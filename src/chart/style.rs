//! What a mark or a text of a chart *is*: the class that the style sheet colours it by.
//!
//! plotters knows colours, not classes. So every mark is drawn in a reserved colour, whose red says which mark it is,
//! and the backend writes the class in its stead. Colours are then the theme's alone.

use plotters::style::RGBColor;
use plotters_backend::BackendColor;

/// How many series a chart can tell apart; further ones begin again.
pub(super) const SERIES: usize = 6;

/// The series that are plain colour; those after it bear a pattern too.
const PLAIN: u8 = 2;

/// One kind of mark or text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StyleClass(u8);

/// The classes in the style sheet: six filled series, six lines, then the rest in the order of the constants.
pub(super) const CLASSES: [&str; 36] = [
    "s1",
    "s2",
    "s3",
    "s4",
    "s5",
    "s6",
    "l1",
    "l2",
    "l3",
    "l4",
    "l5",
    "l6",
    "grid",
    "axis",
    "track",
    "present",
    "deputy",
    "apologies",
    "absent",
    "tick",
    "cross",
    "gap",
    "box",
    "edge",
    "label",
    "strong",
    "note",
    "on",
    "sum",
    "head",
    "p1",
    "p2",
    "p3",
    "p4",
    "p5",
    "p6",
];

impl StyleClass {
    /// A line of the grid.
    pub(super) const GRID: Self = Self(12);
    /// The base line of bars, and what joins the steps of a waterfall.
    pub(super) const AXIS: Self = Self(13);
    /// The whole, behind a bar that is a part of it.
    pub(super) const TRACK: Self = Self(14);
    /// A seat that its member took.
    pub(super) const PRESENT: Self = Self(15);
    /// A seat that a deputy took.
    pub(super) const DEPUTY: Self = Self(16);
    /// A seat for which apologies came.
    pub(super) const APOLOGIES: Self = Self(17);
    /// A seat left empty without a word.
    pub(super) const ABSENT: Self = Self(18);
    /// The tick on a seat that its member took.
    pub(super) const TICK: Self = Self(19);
    /// The cross on an empty seat.
    pub(super) const CROSS: Self = Self(20);
    /// The dash where there was no seat.
    pub(super) const GAP: Self = Self(21);
    /// The box around a body.
    pub(super) const BOX: Self = Self(22);
    /// A line of reporting.
    pub(super) const EDGE: Self = Self(23);
    /// Plain text.
    pub(super) const LABEL: Self = Self(24);
    /// Text that stands out.
    pub(super) const STRONG: Self = Self(25);
    /// Smaller text that stands back.
    pub(super) const NOTE: Self = Self(26);
    /// The letter on a coloured seat.
    pub(super) const ON: Self = Self(27);
    /// The bar of a sum.
    pub(super) const SUM: Self = Self(28);
    /// The head of an arrow.
    pub(super) const HEAD: Self = Self(29);

    /// The filled mark of the series numbered from 0.
    pub(super) fn series(index: usize) -> Self {
        Self(within(index))
    }

    /// The line of the series numbered from 0.
    pub(super) fn line(index: usize) -> Self {
        Self(6 + within(index))
    }

    /// The filled shape at a point of the series numbered from 0, which is never patterned.
    pub(super) fn point(index: usize) -> Self {
        Self(30 + within(index))
    }

    /// The colour that stands for the mark on its way through plotters.
    pub(super) fn colour(self) -> RGBColor {
        RGBColor(self.0, 0, 0)
    }

    /// The mark that a colour stands for.
    pub(super) fn from_color(colour: BackendColor) -> Self {
        Self(colour.rgb.0)
    }

    /// The class that the style sheet knows it by.
    pub(super) fn class(self) -> &'static str {
        CLASSES.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// The number of the pattern that tells it from the other series without colour, where it bears one.
    pub(super) fn pattern(self) -> Option<u8> {
        (PLAIN..=within(SERIES - 1)).contains(&self.0).then_some(self.0 + 1)
    }

    /// The size of its text in units of the drawing.
    pub(super) fn size(self) -> f64 {
        if self == Self::NOTE { 13.0 } else { 14.0 }
    }

    /// Whether its text is bold.
    pub(super) fn bold(self) -> bool {
        self == Self::STRONG || self == Self::ON
    }
}

/// A series' number within those that can be told apart.
fn within(index: usize) -> u8 {
    u8::try_from(index % SERIES).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_follow_their_constants() {
        assert_eq!(StyleClass::series(0).class(), "s1");
        assert_eq!(StyleClass::series(7).class(), "s2");
        assert_eq!(StyleClass::line(5).class(), "l6");
        assert_eq!(StyleClass::GRID.class(), "grid");
        assert_eq!(StyleClass::EDGE.class(), "edge");
        assert_eq!(StyleClass::point(0).class(), "p1");
        assert_eq!(StyleClass::point(11).class(), "p6");
        assert_eq!(StyleClass::HEAD.class(), "head");
    }

    #[test]
    fn two_series_are_plain_and_the_others_patterned() {
        let patterns: Vec<_> = (0..6).map(|i| StyleClass::series(i).pattern()).collect();
        assert_eq!(patterns, [None, None, Some(3), Some(4), Some(5), Some(6)]);
        assert_eq!(StyleClass::line(2).pattern(), None);
    }
}

//! What a mark or a text of a chart *is*: the class that the style sheet colours it by.
//!
//! plotters knows colours, not classes. So every mark is drawn in a reserved colour whose red channel identifies the
//! mark, and the backend writes the class instead. This leaves colours to the theme.

use plotters::style::RGBColor;
use plotters_backend::BackendColor;

/// The number of series that can be output apart; further ones repeat the styles.
pub(super) const SERIES: usize = 6;

/// The number of series with a plain colour; later ones also have a pattern.
const PLAIN: u8 = 2;

/// One kind of mark or text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StyleClass(u8);

/// The classes in the style sheet: six filled series, six lines, then the rest in the order of the constants.
pub(super) const CLASSES: [&str; 40] = [
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
    "target",
    "halo",
    "over",
    "plate",
];

impl StyleClass {
    /// A line of the grid.
    pub(super) const GRID: Self = Self(12);
    /// The base line of bars, and the lines that join the steps of a waterfall.
    pub(super) const AXIS: Self = Self(13);
    /// The whole, drawn behind a bar that is a part of it.
    pub(super) const TRACK: Self = Self(14);
    /// The member attended.
    pub(super) const PRESENT: Self = Self(15);
    /// A deputy attended.
    pub(super) const DEPUTY: Self = Self(16);
    /// Apologies were sent.
    pub(super) const APOLOGIES: Self = Self(17);
    /// Nobody attended, and no apologies were sent.
    pub(super) const ABSENT: Self = Self(18);
    /// The tick for a member who attended.
    pub(super) const TICK: Self = Self(19);
    /// The cross on an empty seat.
    pub(super) const CROSS: Self = Self(20);
    /// The dash for a meeting at which there was no seat.
    pub(super) const GAP: Self = Self(21);
    /// The box around a body.
    pub(super) const BOX: Self = Self(22);
    /// A reporting line.
    pub(super) const EDGE: Self = Self(23);
    /// Plain text.
    pub(super) const LABEL: Self = Self(24);
    /// Emphasised text.
    pub(super) const STRONG: Self = Self(25);
    /// Smaller, quieter text.
    pub(super) const NOTE: Self = Self(26);
    /// The letter on a coloured seat.
    pub(super) const ON: Self = Self(27);
    /// The bar of a total.
    pub(super) const SUM: Self = Self(28);
    /// The head of an arrow.
    pub(super) const HEAD: Self = Self(29);

    /// The line of a value to compare with.
    pub(super) const REFERENCE: Self = Self(36);
    /// What separates that line from the marks below it.
    pub(super) const HALO: Self = Self(37);
    /// A text on the first series.
    pub(super) const OVER: Self = Self(38);
    /// The ground of a text within a pattern.
    pub(super) const PLATE: Self = Self(39);

    /// The filled mark of series `index`, counted from 0.
    pub(super) fn series(index: usize) -> Self {
        Self(within(index))
    }

    /// The line of series `index`, counted from 0.
    pub(super) fn line(index: usize) -> Self {
        Self(6 + within(index))
    }

    /// The filled shape at a point of series `index`, counted from 0. It never has a pattern.
    pub(super) fn point(index: usize) -> Self {
        Self(30 + within(index))
    }

    /// The style of a text on this filled mark. On a pattern it is plain text on a plate.
    pub(super) fn text_on(self) -> Self {
        match self.0 {
            0 => Self::OVER,
            1 => Self::ON,
            _ => Self::LABEL,
        }
    }

    /// The colour that represents the mark within plotters.
    pub(super) fn colour(self) -> RGBColor {
        RGBColor(self.0, 0, 0)
    }

    /// The mark that a colour represents.
    pub(super) fn from_color(colour: BackendColor) -> Self {
        Self(colour.rgb.0)
    }

    /// Its class in the style sheet.
    pub(super) fn class(self) -> &'static str {
        CLASSES.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// The number of its pattern, if it has one, so that series differ even without colour.
    pub(super) fn pattern(self) -> Option<u8> {
        (PLAIN..=within(SERIES - 1)).contains(&self.0).then_some(self.0 + 1)
    }

    /// The size of its text in units of the drawing.
    pub(super) fn size(self) -> f64 {
        if self == Self::NOTE { 13.0 } else { 14.0 }
    }

    /// Whether its text is bold.
    pub(super) fn bold(self) -> bool {
        [Self::STRONG, Self::ON, Self::OVER].contains(&self)
    }
}

/// The style number of a series; numbers beyond the last style start again.
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
        assert_eq!(StyleClass::OVER.class(), "over");
    }

    #[test]
    fn two_series_are_plain_and_the_others_patterned() {
        let patterns: Vec<_> = (0..6).map(|i| StyleClass::series(i).pattern()).collect();
        assert_eq!(patterns, [None, None, Some(3), Some(4), Some(5), Some(6)]);
        assert_eq!(StyleClass::line(2).pattern(), None);
    }
}

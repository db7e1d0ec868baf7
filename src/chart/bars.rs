//! Data of a bar chart: rows of bars, each of one or more pieces, and the legend.

use super::legend::Swatch;
use super::style::StyleClass;

/// The width of the gap between pieces of one bar.
const SEAM: f64 = 1.5;

/// Bars by name.
#[derive(Default)]
pub(super) struct BarChart {
    /// The rows, from the top.
    pub(super) rows: Vec<BarRow>,
    pub(super) legend: Vec<(Swatch, String)>,
    /// The whole of which every bar is a part.
    pub(super) whole: Option<f64>,
    /// A value to compare with, as a line across all bars. The legend names it.
    pub(super) reference: Option<f64>,
    /// Whether each bar begins where the bar above it ends, as in a waterfall.
    pub(super) steps: bool,
}

#[derive(Clone, Default)]
pub(super) struct BarRow {
    pub(super) name: String,
    pub(super) bars: Vec<Bar>,
    /// Whether it is a total.
    pub(super) strong: bool,
}

/// A bar of one or more pieces.
#[derive(Clone)]
pub(super) struct Bar {
    pub(super) pieces: Vec<BarSegment>,
    /// The text beside it.
    pub(super) value: String,
}

/// A piece of a bar, from one value to another.
#[derive(Clone)]
pub(super) struct BarSegment {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) mark: StyleClass,
    /// The text inside it, if it fits.
    pub(super) label: String,
}

impl Bar {
    /// A single piece from zero, or none if there is no value.
    pub(super) fn single(size: Option<f64>, mark: StyleClass, value: String) -> Self {
        Self::stacked(size.map(|size| (size, mark, String::new())), value)
    }

    /// Pieces placed end to end: those above zero on one side, those below on the other. Each has its size, its mark and the
    /// text inside it.
    pub(super) fn stacked(values: impl IntoIterator<Item = (f64, StyleClass, String)>, value: String) -> Self {
        let (mut above, mut below) = (0.0, 0.0);
        let pieces = values.into_iter().filter(|(size, ..)| *size != 0.0).map(|(size, mark, label)| {
            let side = if size > 0.0 { &mut above } else { &mut below };
            let from = *side;
            *side += size;
            BarSegment { from, to: *side, mark, label }
        });
        Self { pieces: pieces.collect(), value }
    }

    /// Whether another piece follows on the same side.
    pub(super) fn goes_on(&self, piece: usize) -> bool {
        let up = |piece: &BarSegment| piece.to > piece.from;
        let Some(this) = self.pieces.get(piece) else { return false };
        self.pieces.iter().skip(piece + 1).any(|next| up(next) == up(this))
    }

    /// The texts inside its pieces. A bar of one piece has its value beside it already.
    pub(super) fn labelled(&self) -> impl Iterator<Item = &BarSegment> {
        self.pieces.iter().filter(|piece| self.pieces.len() > 1 && !piece.label.is_empty())
    }

    /// The lowest and highest value of this bar, always including zero.
    pub(super) fn reach(&self) -> (f64, f64) {
        let ends = self.pieces.iter().flat_map(|piece| [piece.from, piece.to]);
        ends.fold((0.0, 0.0), |(low, high), end| (end.min(low), end.max(high)))
    }
}

impl BarChart {
    /// The lowest and highest value of all bars, always including zero.
    pub(super) fn reach(&self) -> (f64, f64) {
        let bars = self.rows.iter().flat_map(|row| &row.bars).map(Bar::reach);
        let reference = self.reference.map(|value| (value, value));
        let all = bars.chain(reference);
        all.fold((0.0, self.whole.unwrap_or(0.0)), |(low, high), bar| (bar.0.min(low), bar.1.max(high)))
    }

    /// The marks in use, in order of appearance.
    pub(super) fn marks(&self) -> Vec<StyleClass> {
        let mut marks = Vec::new();
        for piece in self.rows.iter().flat_map(|row| &row.bars).flat_map(|bar| &bar.pieces) {
            if !marks.contains(&piece.mark) {
                marks.push(piece.mark);
            }
        }
        marks
    }
}

impl BarRow {
    /// The style of its texts.
    pub(super) fn mark(&self) -> StyleClass {
        if self.strong { StyleClass::STRONG } else { StyleClass::LABEL }
    }
}

/// The end of a piece as drawn. Even the smallest amount gets a visible sliver; if another piece follows, a gap
/// separates them.
pub(super) fn piece_end(from: f64, to: f64, goes_on: bool) -> f64 {
    let long = (to - from).abs();
    let seam = if goes_on && long > 2.0 * SEAM { SEAM } else { 0.0 };
    from + (long - seam).max(1.0).copysign(to - from)
}

//! Bars that lie: a row for each name, with its value beside the bar.
//!
//! On a wide drawing the names stand left of the bars, on a narrow one above them. The scale is the largest at which
//! every value still fits beside its bar, so nothing is clipped whatever the names and numbers are.

use super::canvas::{Canvas, Drawing, Swatch, TextAnchor, Variant, draw};
use super::number_format::count;
use super::style::StyleClass;
use super::text_metrics::{LINE, widest, width, wrap_evenly};

/// How high a bar is.
const BAR: f64 = 18.0;

/// Between a bar and its value, and between names and bars.
const GAP: f64 = 8.0;

/// White that parts pieces of one bar.
const SEAM: f64 = 1.5;

/// The least that a bar may be given of the width, however long the values are.
const LEAST: f64 = 40.0;

/// Bars by name.
#[derive(Default)]
pub(super) struct HorizontalBars {
    /// The rows, from the top.
    pub(super) rows: Vec<BarRow>,
    /// What the marks mean.
    pub(super) legend: Vec<(Swatch, String)>,
    /// The whole that every bar is a part of.
    pub(super) whole: Option<f64>,
    /// Whether each bar begins where the one above it ends, so that they are joined.
    pub(super) steps: bool,
}

/// A name and its bars.
#[derive(Clone, Default)]
pub(super) struct BarRow {
    pub(super) name: String,
    pub(super) bars: Vec<Bar>,
    /// Whether it is a sum of others.
    pub(super) strong: bool,
}

/// A bar of one or more pieces.
#[derive(Clone)]
pub(super) struct Bar {
    pub(super) pieces: Vec<BarSegment>,
    /// What is written beside it.
    pub(super) value: String,
}

/// A piece of a bar, from one value to another.
#[derive(Clone, Copy)]
pub(super) struct BarSegment {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) mark: StyleClass,
}

impl Bar {
    /// Pieces put end to end: those above zero to one side, those below to the other.
    pub(super) fn stacked(values: impl IntoIterator<Item = (f64, StyleClass)>, value: String) -> Self {
        let (mut above, mut below) = (0.0, 0.0);
        let pieces = values.into_iter().filter(|(size, _)| *size != 0.0).map(|(size, mark)| {
            let side = if size > 0.0 { &mut above } else { &mut below };
            let from = *side;
            *side += size;
            BarSegment { from, to: *side, mark }
        });
        Self { pieces: pieces.collect(), value }
    }

    /// Whether another piece follows on the same side.
    pub(super) fn goes_on(&self, piece: usize) -> bool {
        let up = |piece: &BarSegment| piece.to > piece.from;
        let Some(this) = self.pieces.get(piece) else { return false };
        self.pieces.iter().skip(piece + 1).any(|next| up(next) == up(this))
    }

    /// The lowest and highest value that it reaches, zero among them.
    pub(super) fn reach(&self) -> (f64, f64) {
        let ends = self.pieces.iter().flat_map(|piece| [piece.from, piece.to]);
        ends.fold((0.0, 0.0), |(low, high), end| (end.min(low), end.max(high)))
    }
}

impl HorizontalBars {
    /// The lowest and highest value of all, zero among them.
    pub(super) fn reach(&self) -> (f64, f64) {
        let bars = self.rows.iter().flat_map(|row| &row.bars).map(Bar::reach);
        bars.fold((0.0, self.whole.unwrap_or(0.0)), |(low, high), bar| (bar.0.min(low), bar.1.max(high)))
    }

    /// Draws them lying.
    pub(super) fn draw_rows(&self, id: &str, form: Variant) -> Drawing {
        draw(id, form, |canvas| self.draw_on(canvas, form))
    }

    fn draw_on(&self, canvas: &Canvas<'_>, form: Variant) -> (f64, f64) {
        let wide = form.width();
        let beside = form == Variant::Wide;
        let names: Vec<Vec<String>> = {
            let room = if beside { wide * 0.38 } else { wide };
            self.rows.iter().map(|row| wrap_evenly(&row.name, room, row.mark())).collect()
        };
        let left = if beside {
            self.rows.iter().zip(&names).map(|(row, lines)| widest(lines, row.mark())).fold(0.0, f64::max) + GAP
        } else {
            0.0
        };
        let (low, high) = self.reach();
        let per_value = self.per_value(wide - left, low, high);
        let scale = Canvas::scale(low..high, left..left + per_value * (high - low));
        let zero = if high > low { scale.at(0.0) } else { left };

        let top = canvas.legend(&self.legend, wide);
        let mut y = top;
        let mut middles = Vec::new();
        for (row, lines) in self.rows.iter().zip(&names) {
            let text = count(lines.len()) * LINE;
            let bars = count(row.bars.len()) * (BAR + 3.0) - 3.0;
            let first = if beside { y + (text.max(bars) - bars) / 2.0 } else { y + text + 1.0 };
            middles.push((y, first));
            y += if beside { text.max(bars) + 9.0 } else { text + bars + 12.0 };
        }
        let bottom = y - 5.0;
        for ((row, lines), (at, first)) in self.rows.iter().zip(&names).zip(&middles) {
            if beside {
                let bars = count(row.bars.len()) * (BAR + 3.0) - 3.0;
                canvas.text(lines, (left - GAP, first + bars / 2.0), TextAnchor::End, row.mark());
            } else {
                canvas.text(lines, (0.0, *at), TextAnchor::Under, row.mark());
            }
        }
        self.draw_bars(canvas, form, &scale, zero, &middles);
        let mut right = wide;
        for (row, (_, first)) in self.rows.iter().zip(&middles) {
            for (i, bar) in row.bars.iter().enumerate() {
                let end = self.whole.map_or_else(|| bar.reach().1, |whole| whole.max(bar.reach().1));
                let x = if high > low { scale.at(end) } else { zero } + GAP - 2.0;
                canvas.text(
                    &[&bar.value],
                    (x, first + count(i) * (BAR + 3.0) + BAR / 2.0),
                    TextAnchor::Start,
                    row.mark(),
                );
                right = right.max(x + width(&bar.value, row.mark()));
            }
        }
        if beside {
            canvas.line(&[(zero, top - 3.0), (zero, bottom)], StyleClass::AXIS);
        } else {
            for (row, (_, first)) in self.rows.iter().zip(&middles) {
                let bars = count(row.bars.len()) * (BAR + 3.0) - 3.0;
                canvas.line(&[(zero, first - 1.0), (zero, first + bars + 1.0)], StyleClass::AXIS);
            }
        }
        (right, bottom + 2.0)
    }

    /// Units of the drawing for each unit of value: the most with which every value fits beside its bar.
    fn per_value(&self, room: f64, low: f64, high: f64) -> f64 {
        let mut per_value = if high > low { room / (high - low) } else { 0.0 };
        for row in &self.rows {
            for bar in &row.bars {
                let end = self.whole.unwrap_or(0.0).max(bar.reach().1) - low;
                if end > 0.0 {
                    let free = (room - GAP - width(&bar.value, row.mark())).max(LEAST);
                    per_value = per_value.min(free / end);
                }
            }
        }
        per_value
    }

    fn draw_bars(
        &self,
        canvas: &Canvas<'_>,
        form: Variant,
        scale: &super::canvas::Scale,
        zero: f64,
        starts: &[(f64, f64)],
    ) {
        if let Some(whole) = self.whole {
            for (row, (_, first)) in self.rows.iter().zip(starts) {
                for i in 0..row.bars.len() {
                    let y = first + count(i) * (BAR + 3.0);
                    canvas.rect((zero, y), (scale.at(whole), y + BAR), StyleClass::TRACK);
                }
            }
        }
        // By mark, so that all pieces of a series are one element.
        for mark in self.marks() {
            for (row, (_, first)) in self.rows.iter().zip(starts) {
                for (i, bar) in row.bars.iter().enumerate() {
                    let y = first + count(i) * (BAR + 3.0);
                    for (n, piece) in bar
                        .pieces
                        .iter()
                        .enumerate()
                        .filter(|(_, piece)| piece.mark == mark && piece.from.total_cmp(&piece.to).is_ne())
                    {
                        let (from, to) = (scale.at(piece.from), scale.at(piece.to));
                        let end = piece_end(from, to, bar.goes_on(n));
                        canvas.rect((from, y), (end, y + BAR), mark);
                    }
                }
            }
        }
        // With names above the bars the joining lines would cross them.
        if self.steps && form == Variant::Wide {
            for (pair, window) in self.rows.windows(2).zip(starts.windows(2)) {
                if let ([above, ..], [(_, first), (_, next)]) = (pair, window)
                    && let Some(piece) = above.bars.first().and_then(|bar| bar.pieces.last())
                {
                    let x = scale.at(piece.to);
                    canvas.line(&[(x, first + BAR), (x, *next)], StyleClass::GRID);
                }
            }
        }
    }

    /// The marks in use, in the order in which they come.
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

/// Where a piece that goes from one place to another is drawn to. The smallest amount is still a sliver; where the
/// bar goes on, a white seam parts the pieces.
pub(super) fn piece_end(from: f64, to: f64, goes_on: bool) -> f64 {
    let long = (to - from).abs();
    let seam = if goes_on && long > 2.0 * SEAM { SEAM } else { 0.0 };
    from + (long - seam).max(1.0).copysign(to - from)
}

impl BarRow {
    /// How its texts are set.
    fn mark(&self) -> StyleClass {
        if self.strong { StyleClass::STRONG } else { StyleClass::LABEL }
    }
}

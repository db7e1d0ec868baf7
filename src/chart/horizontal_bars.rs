//! Horizontal bars: a row for each name, with the value beside the bar.
//!
//! On a wide drawing the names are to the left of the bars, on a narrow one above them. The scale is the largest at
//! which every value fits beside its bar, so long names and numbers are never clipped.

use super::bars::{BarChart, piece_end};
use super::canvas::{Canvas, Drawing, Scale, TextAnchor, Variant, draw};
use super::legend::draw_legend;
use super::number_format::count;
use super::style::StyleClass;
use super::text_metrics::{LINE, widest, width, wrap_evenly};

/// Height of a bar.
const BAR: f64 = 18.0;

/// Gap between a bar and its value, and between names and bars.
const GAP: f64 = 8.0;

/// How much wider names may be in a reader's font than in the one that they are measured in.
const WIDER: f64 = 1.08;

/// Minimum width for bars, even if the values are long.
const LEAST: f64 = 40.0;

/// Draws horizontal bars.
pub(super) fn draw_rows(chart: &BarChart, id: &str, form: Variant) -> Drawing {
    draw(id, form, |canvas| draw_on(chart, canvas, form))
}

fn draw_on(chart: &BarChart, canvas: &Canvas<'_>, form: Variant) -> (f64, f64) {
    let wide = form.width();
    let beside = form == Variant::Wide;
    let names: Vec<Vec<String>> = {
        let room = if beside { wide * 0.38 } else { wide };
        chart.rows.iter().map(|row| wrap_evenly(&row.name, room, row.mark())).collect()
    };
    let left = if beside {
        chart.rows.iter().zip(&names).map(|(row, lines)| widest(lines, row.mark()) * WIDER).fold(0.0, f64::max) + GAP
    } else {
        0.0
    };
    let (low, high) = chart.reach();
    let per_value = per_value(chart, wide - left, low, high);
    let scale = Canvas::scale(low..high, left..left + per_value * (high - low));
    let zero = if high > low { scale.at(0.0) } else { left };

    let top = draw_legend(canvas, &chart.legend, wide);
    let mut y = top;
    let mut middles = Vec::new();
    for (row, lines) in chart.rows.iter().zip(&names) {
        let text = count(lines.len()) * LINE;
        let bars = count(row.bars.len()) * (BAR + 3.0) - 3.0;
        let first = if beside { y + (text.max(bars) - bars) / 2.0 } else { y + text + 1.0 };
        middles.push((y, first));
        y += if beside { text.max(bars) + 9.0 } else { text + bars + 12.0 };
    }
    let bottom = y - 5.0;
    for ((row, lines), (at, first)) in chart.rows.iter().zip(&names).zip(&middles) {
        if beside {
            let bars = count(row.bars.len()) * (BAR + 3.0) - 3.0;
            canvas.text(lines, (left - GAP, first + bars / 2.0), TextAnchor::End, row.mark());
        } else {
            canvas.text(lines, (0.0, *at), TextAnchor::Under, row.mark());
        }
    }
    draw_bars(chart, canvas, form, &scale, zero, &middles);
    if let Some(x) = chart.reference.filter(|_| high > low).map(|value| scale.at(value)) {
        if beside {
            canvas.reference([(x, top - 3.0), (x, bottom)]);
        } else {
            // Names are between the bars, so the line is interrupted there.
            for (row, (_, first)) in chart.rows.iter().zip(&middles) {
                let bars = count(row.bars.len()) * (BAR + 3.0) - 3.0;
                canvas.reference([(x, first - 3.0), (x, first + bars + 3.0)]);
            }
        }
    }
    draw_labels(chart, canvas, &scale, &middles);
    let mut right = wide;
    for (row, (_, first)) in chart.rows.iter().zip(&middles) {
        for (i, bar) in row.bars.iter().enumerate() {
            let end = chart.whole.map_or_else(|| bar.reach().1, |whole| whole.max(bar.reach().1));
            let x = if high > low { scale.at(end) } else { zero } + GAP - 2.0;
            canvas.text(&[&bar.value], (x, first + count(i) * (BAR + 3.0) + BAR / 2.0), TextAnchor::Start, row.mark());
            right = right.max(x + width(&bar.value, row.mark()));
        }
    }
    if beside {
        canvas.line(&[(zero, top - 3.0), (zero, bottom)], StyleClass::AXIS);
    } else {
        for (row, (_, first)) in chart.rows.iter().zip(&middles) {
            let bars = count(row.bars.len()) * (BAR + 3.0) - 3.0;
            canvas.line(&[(zero, first - 1.0), (zero, first + bars + 1.0)], StyleClass::AXIS);
        }
    }
    (right, bottom + 2.0)
}

/// Units of the drawing per unit of value: the largest scale at which every value fits beside its bar.
fn per_value(chart: &BarChart, room: f64, low: f64, high: f64) -> f64 {
    let mut per_value = if high > low { room / (high - low) } else { 0.0 };
    for row in &chart.rows {
        for bar in &row.bars {
            let end = chart.whole.unwrap_or(0.0).max(bar.reach().1) - low;
            if end > 0.0 {
                let free = (room - GAP - width(&bar.value, row.mark())).max(LEAST);
                per_value = per_value.min(free / end);
            }
        }
    }
    per_value
}

/// Writes the texts that fit into their pieces, by mark, so that each style is one group.
fn draw_labels(chart: &BarChart, canvas: &Canvas<'_>, scale: &Scale, starts: &[(f64, f64)]) {
    for mark in chart.marks() {
        for (row, (_, first)) in chart.rows.iter().zip(starts) {
            for (i, bar) in row.bars.iter().enumerate() {
                let y = first + count(i) * (BAR + 3.0) + BAR / 2.0;
                for piece in bar.labelled().filter(|piece| piece.mark == mark) {
                    let (from, to) = (scale.at(piece.from), scale.at(piece.to));
                    if width(&piece.label, mark.text_on()) + 6.0 <= (to - from).abs() {
                        canvas.text_on(mark, &piece.label, (f64::midpoint(from, to), y));
                    }
                }
            }
        }
    }
}

fn draw_bars(chart: &BarChart, canvas: &Canvas<'_>, form: Variant, scale: &Scale, zero: f64, starts: &[(f64, f64)]) {
    if let Some(whole) = chart.whole {
        for (row, (_, first)) in chart.rows.iter().zip(starts) {
            for i in 0..row.bars.len() {
                let y = first + count(i) * (BAR + 3.0);
                canvas.rect((zero, y), (scale.at(whole), y + BAR), StyleClass::TRACK);
            }
        }
    }
    // By mark, so that all pieces of a series share one element.
    for mark in chart.marks() {
        for (row, (_, first)) in chart.rows.iter().zip(starts) {
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
    // If the names are above the bars, the joining lines would cross them.
    if chart.steps && form == Variant::Wide {
        for (pair, window) in chart.rows.windows(2).zip(starts.windows(2)) {
            if let ([above, ..], [(_, first), (_, next)]) = (pair, window)
                && let Some(piece) = above.bars.first().and_then(|bar| bar.pieces.last())
            {
                let x = scale.at(piece.to);
                canvas.line(&[(x, first + BAR), (x, *next)], StyleClass::GRID);
            }
        }
    }
}

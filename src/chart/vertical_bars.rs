//! Vertical bars: a column or a group of columns for each name, with the value on top.
//!
//! If a name or a value does not fit below or above its column, the same bars are drawn horizontally, which works for
//! any length. This is common on phones.

use super::bars::{Bar, BarChart, piece_end};
use super::canvas::{Canvas, Drawing, TextAnchor, Variant, draw};
use super::horizontal_bars::draw_rows;
use super::legend::draw_legend;
use super::number_format::count;
use super::style::StyleClass;
use super::text_metrics::{LINE, width, wrap_evenly};

/// Height of the highest and the deepest column together.
const HEIGHT: f64 = 240.0;

/// Maximum width of a column.
const WIDEST: f64 = 64.0;

/// Maximum lines of a name under a column.
const LINES: usize = 3;

/// Draws vertical columns, or horizontal bars if there is no room.
pub(super) fn draw_columns(chart: &BarChart, id: &str, form: Variant) -> Drawing {
    let slot = form.width() / count(chart.rows.len().max(1));
    let fits = chart.rows.iter().all(|row| {
        let each = (slot - 8.0) / count(row.bars.len().max(1));
        row.bars.iter().all(|bar| width(&bar.value, StyleClass::LABEL) <= each)
            && row.name.split_whitespace().all(|word| width(word, StyleClass::LABEL) <= slot - 8.0)
            && wrap_evenly(&row.name, slot - 8.0, StyleClass::LABEL).len() <= LINES
    });
    if !fits {
        return draw_rows(chart, id, form);
    }
    draw(id, form, |canvas| draw_standing(chart, canvas, form, slot))
}

fn draw_standing(chart: &BarChart, canvas: &Canvas<'_>, form: Variant, slot: f64) -> (f64, f64) {
    let wide = form.width();
    let top = draw_legend(canvas, &chart.legend, wide) + LINE + 3.0;
    let (low, high) = chart.reach();
    let bottom = top + if high > low { HEIGHT } else { 0.0 };
    let scale = Canvas::scale(low..high, bottom..top);
    let zero = if high > low { scale.at(0.0) } else { bottom };
    // Columns of one name stay together, only as far apart as the widest value needs.
    let values = chart.rows.iter().flat_map(|row| &row.bars).map(|bar| width(&bar.value, StyleClass::LABEL) + 8.0);
    let apart = values.fold(WIDEST * 1.1, f64::max);
    let bars: Vec<(f64, f64, &Bar)> = chart
        .rows
        .iter()
        .enumerate()
        .flat_map(|(i, row)| {
            let bars = count(row.bars.len().max(1));
            let each = ((slot - 8.0) / bars).min(apart);
            let start = (count(i) + 0.5) * slot - each * bars / 2.0;
            row.bars.iter().enumerate().map(move |(n, bar)| (start + (count(n) + 0.5) * each, each, bar))
        })
        .collect();
    for mark in chart.marks() {
        for (middle, each, bar) in &bars {
            let half = (each * 0.45).min(WIDEST / 2.0);
            for (n, piece) in bar.pieces.iter().enumerate().filter(|(_, piece)| piece.mark == mark) {
                let (from, to) = (scale.at(piece.from), scale.at(piece.to));
                let end = piece_end(from, to, bar.goes_on(n));
                canvas.rect((middle - half, from), (middle + half, end), mark);
            }
        }
    }
    canvas.line(&[(0.0, zero), (wide, zero)], StyleClass::AXIS);
    if let Some(y) = chart.reference.filter(|_| high > low).map(|value| scale.at(value)) {
        canvas.reference([(0.0, y), (wide, y)]);
    }
    for mark in chart.marks() {
        for (middle, each, bar) in &bars {
            for piece in bar.labelled().filter(|piece| piece.mark == mark) {
                let (from, to) = (scale.at(piece.from), scale.at(piece.to));
                // The margin for wider fonts is not needed where a text may reach beyond its column.
                let is_wide = width(&piece.label, mark.text_on()) * 0.85 + 2.0 <= (each * 0.9).min(WIDEST);
                if is_wide && (to - from).abs() >= LINE + 2.0 {
                    canvas.text_on(mark, &piece.label, (*middle, f64::midpoint(from, to)));
                }
            }
        }
    }
    for (middle, _, bar) in &bars {
        let over = if high > low { scale.at(bar.reach().1) } else { zero };
        canvas.text(&[&bar.value], (*middle, over - 2.0), TextAnchor::OverMiddle, StyleClass::LABEL);
    }
    let mut lines = 0;
    for (i, row) in chart.rows.iter().enumerate() {
        let name = wrap_evenly(&row.name, slot - 8.0, StyleClass::LABEL);
        lines = lines.max(name.len());
        canvas.text(&name, ((count(i) + 0.5) * slot, bottom + 5.0), TextAnchor::UnderMiddle, StyleClass::LABEL);
    }
    (wide, bottom + 8.0 + count(lines) * LINE)
}

//! The legend of a chart: a sample of each mark with its name, across the top.

use super::canvas::{Canvas, TextAnchor};
use super::number_format::count;
use super::seats::draw_seats;
use super::style::StyleClass;
use super::text_metrics::{LINE, widest, wrap};
use crate::quantity::Presence;

/// The sample beside a name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Swatch {
    /// A filled mark.
    Fill(StyleClass),
    /// The line and point of a series.
    Line(usize),
    /// The line of a value to compare with.
    Reference,
    /// A seat at a meeting.
    Seat(Presence),
}

/// Draws the legend across the top and returns its lower edge.
pub(super) fn draw_legend(canvas: &Canvas<'_>, entries: &[(Swatch, String)], wide: f64) -> f64 {
    let mut x = 0.0;
    let mut y = 0.0;
    let mut texts = Vec::new();
    for (sample, text) in entries {
        let lines = wrap(text, wide - 24.0, StyleClass::LABEL);
        let full = 24.0 + widest(&lines, StyleClass::LABEL);
        if x > 0.0 && x + full > wide {
            x = 0.0;
            y += LINE + 7.0;
        }
        let middle = y + LINE / 2.0;
        match sample {
            Swatch::Fill(mark) => canvas.rect((x, middle - 7.0), (x + 16.0, middle + 7.0), *mark),
            Swatch::Seat(presence) => {
                draw_seats(canvas, &[(*presence, (x + 9.0, middle))], (9.0, 8.5));
            }
            Swatch::Reference => canvas.line(&[(x, middle), (x + 18.0, middle)], StyleClass::REFERENCE),
            Swatch::Line(series) => {
                canvas.line(&[(x, middle), (x + 18.0, middle)], StyleClass::line(*series));
                canvas.point((x + 9.0, middle), *series);
            }
        }
        y += LINE * count(lines.len().saturating_sub(1));
        texts.push((lines, (x + 24.0, middle - LINE / 2.0)));
        x += full + 14.0;
    }
    // After the samples, so that all texts are in one group.
    for (lines, place) in &texts {
        canvas.text(lines, *place, TextAnchor::Under, StyleClass::LABEL);
    }
    if entries.is_empty() { 0.0 } else { y + LINE + 14.0 }
}

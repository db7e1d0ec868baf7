//! Lines over names in sequence, such as years.

use super::canvas::{Canvas, Drawing, TextAnchor, Variant, draw};
use super::legend::{Swatch, draw_legend};
use super::number_format::{count, whole_ticks};
use super::style::StyleClass;
use super::text_metrics::{LINE, widest, width, wrap, wrap_evenly};

/// Height of the plot.
const HEIGHT: f64 = 220.0;

/// Series over names.
pub(super) struct LineSeries<'a> {
    /// The names, in order.
    pub(super) names: Vec<String>,
    /// The series: each has a name, and a value for each of `names` if there is one.
    pub(super) series: Vec<(String, Vec<Option<f64>>)>,
    /// The highest possible value.
    pub(super) whole: Option<f64>,
    /// The places of missing values, by their position among the names, and what is written there.
    pub(super) gaps: Vec<(usize, String)>,
    /// A value to compare with, as a line across the plot, and its name.
    pub(super) reference: Option<(f64, String)>,
    /// Formats a value for its point.
    pub(super) say: &'a dyn Fn(f64) -> String,
    /// Formats a round value beside the plot.
    pub(super) tick: &'a dyn Fn(f64) -> String,
}

/// The edges of a plot.
struct PlotArea {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl LineSeries<'_> {
    /// Draws the lines.
    pub(super) fn draw_lines(&self, id: &str, form: Variant) -> Drawing {
        draw(id, form, |canvas| self.draw_on(canvas, form))
    }

    fn draw_on(&self, canvas: &Canvas<'_>, form: Variant) -> (f64, f64) {
        let wide = form.width();
        let many = self.series.len() > 1;
        let ends = if many && form == Variant::Wide { self.end_labels(wide * 0.3) } else { Vec::new() };
        let legend: Vec<_> = if many && ends.is_empty() {
            self.series.iter().enumerate().map(|(i, (name, _))| (Swatch::Line(i), name.clone())).collect()
        } else {
            Vec::new()
        };
        let top = draw_legend(canvas, &legend, wide) + LINE + 8.0;
        let (low, high) = self.reach();
        let marks = whole_ticks(low, high, 6);
        let low = marks.first().map_or(low, |first| first.min(low));
        let high = marks.last().map_or(high, |last| last.max(high));
        let names: Vec<_> = self.names.iter().map(|name| wrap_evenly(name, 96.0, StyleClass::NOTE)).collect();
        let half = names.iter().map(|lines| widest(lines, StyleClass::NOTE)).fold(0.0, f64::max) / 2.0;
        let scale_wide = marks.iter().map(|value| width(&(self.tick)(*value), StyleClass::NOTE)).fold(0.0, f64::max);
        let end_wide = ends.iter().map(|lines| widest(lines, StyleClass::LABEL) + 14.0).fold(0.0, f64::max);
        let label = self.reference.as_ref().map_or(0.0, |(_, name)| width(name, StyleClass::NOTE) + 12.0);
        let end_wide = end_wide.max(label);
        let formatted = match self.series.as_slice() {
            [(_, values)] => self.widest_value(values) / 2.0,
            _ => 0.0,
        };
        let plot = PlotArea {
            left: (scale_wide + 10.0 + formatted).max(half),
            right: wide - end_wide.max(half).max(formatted).max(8.0),
            top,
            bottom: top + HEIGHT,
        };
        let scale = Canvas::scale(low..high, plot.bottom..plot.top);
        for value in &marks {
            let y = scale.at(*value);
            let mark = if *value == 0.0 { StyleClass::AXIS } else { StyleClass::GRID };
            canvas.line(&[(scale_wide + 10.0, y), (plot.right + 6.0, y)], mark);
        }
        for value in &marks {
            canvas.text(&[(self.tick)(*value)], (scale_wide, scale.at(*value)), TextAnchor::End, StyleClass::NOTE);
        }
        let slot = (plot.right - plot.left) / count(self.names.len().saturating_sub(1).max(1));
        let x = |i: usize| {
            if self.names.len() == 1 { f64::midpoint(plot.left, plot.right) } else { plot.left + count(i) * slot }
        };
        // The last name is always shown; the others at even intervals, as many as fit.
        let every =
            (1..self.names.len()).find(|n| count(*n) * slot >= 2.0 * half + 8.0).unwrap_or(self.names.len().max(1));
        let mut deepest = 0;
        for (i, lines) in names.iter().enumerate().filter(|(i, _)| (names.len() - 1 - i) % every == 0) {
            deepest = deepest.max(lines.len());
            canvas.text(lines, (x(i), plot.bottom + 6.0), TextAnchor::UnderMiddle, StyleClass::NOTE);
        }
        for (at, text) in &self.gaps {
            canvas.text(
                std::slice::from_ref(text),
                (x(*at), plot.bottom - 4.0),
                TextAnchor::OverMiddle,
                StyleClass::STRONG,
            );
        }
        if let Some((value, name)) = &self.reference {
            let y = scale.at(*value);
            canvas.line(&[(plot.left, y), (plot.right + 6.0, y)], StyleClass::REFERENCE);
            canvas.text(std::slice::from_ref(name), (plot.right + 10.0, y), TextAnchor::Start, StyleClass::NOTE);
        }
        for (series, (_, values)) in self.series.iter().enumerate() {
            for run in runs(values) {
                let spots: Vec<_> = run.iter().map(|(i, value)| (x(*i), scale.at(*value))).collect();
                if spots.len() > 1 {
                    canvas.line(&spots, StyleClass::line(series));
                }
            }
            let alone = |i: usize| {
                let at = |i: Option<usize>| i.and_then(|i| values.get(i)).copied().flatten();
                at(i.checked_sub(1)).is_none() && at(i.checked_add(1)).is_none()
            };
            for (i, value) in values.iter().enumerate().filter_map(|(i, value)| Some((i, (*value)?))) {
                // Crowded points hide the line. The last one, and any that no line reaches, must be shown.
                if slot >= 14.0 || alone(i) || i + 1 == values.len() {
                    canvas.point((x(i), scale.at(value)), series);
                }
            }
        }
        if let [(_, values)] = self.series.as_slice() {
            self.label_points(canvas, values, slot, |i, value| (x(i), scale.at(value)));
        }
        self.label_ends(canvas, &ends, plot.right + 12.0, (plot.top - LINE, plot.bottom), |value| scale.at(value));
        (wide, plot.bottom + 8.0 + count(deepest) * LINE)
    }

    /// The lowest and highest value, including zero and the whole.
    fn reach(&self) -> (f64, f64) {
        let values = self.series.iter().flat_map(|(_, values)| values).flatten();
        let values = values.chain(self.reference.as_ref().map(|(value, _)| value));
        let (low, high) =
            values.fold((0.0_f64, self.whole.unwrap_or(0.0)), |(low, high), value| (value.min(low), value.max(high)));
        if high > low { (low, high) } else { (low, low + 1.0) }
    }

    /// The names of the series, wrapped for the ends of their lines.
    fn end_labels(&self, room: f64) -> Vec<Vec<String>> {
        self.series.iter().map(|(name, _)| wrap(name, room, StyleClass::LABEL)).collect()
    }

    /// The width of the widest value of a series.
    fn widest_value(&self, values: &[Option<f64>]) -> f64 {
        values.iter().flatten().map(|value| width(&(self.say)(*value), StyleClass::STRONG)).fold(0.0, f64::max)
    }

    /// Writes each value above its point, or only the last one if there is no room.
    fn label_points(
        &self,
        canvas: &Canvas<'_>,
        values: &[Option<f64>],
        slot: f64,
        place: impl Fn(usize, f64) -> (f64, f64),
    ) {
        let widest = self.widest_value(values);
        let last = values.iter().rposition(Option::is_some);
        for (i, value) in values.iter().enumerate().filter_map(|(i, value)| Some((i, (*value)?))) {
            if widest + 6.0 <= slot || last == Some(i) {
                let (x, y) = place(i, value);
                canvas.text(&[(self.say)(value)], (x, y - 7.0), TextAnchor::OverMiddle, StyleClass::STRONG);
            }
        }
    }

    /// Writes the names of the series beside the ends of their lines, without overlaps.
    fn label_ends(
        &self,
        canvas: &Canvas<'_>,
        ends: &[Vec<String>],
        x: f64,
        (top, bottom): (f64, f64),
        at: impl Fn(f64) -> f64,
    ) {
        let mut labels: Vec<(f64, f64, &[String])> = Vec::new();
        for (lines, (_, values)) in ends.iter().zip(&self.series) {
            let y = values.iter().rev().flatten().next().map_or(bottom, |value| at(*value));
            labels.push((y, count(lines.len()) * LINE, lines));
        }
        labels.sort_by(|a, b| a.0.total_cmp(&b.0));
        // From the top, move each one below the one before it; then from the bottom likewise.
        let mut free = top;
        for (y, high, _) in &mut labels {
            *y = y.max(free + *high / 2.0);
            free = *y + *high / 2.0;
        }
        let mut free = bottom.max(labels.iter().map(|(_, high, _)| high).sum::<f64>() + top);
        for (y, high, _) in labels.iter_mut().rev() {
            *y = y.min(free - *high / 2.0);
            free = *y - *high / 2.0;
        }
        for (y, _, lines) in labels {
            canvas.text(lines, (x, y), TextAnchor::Start, StyleClass::LABEL);
        }
    }
}

/// Runs of consecutive values, each value with its position.
fn runs(values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let mut runs = vec![Vec::new()];
    for (i, value) in values.iter().enumerate() {
        match (value, runs.last_mut()) {
            (Some(value), Some(run)) => run.push((i, *value)),
            _ => runs.push(Vec::new()),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_missing_values() {
        assert_eq!(runs(&[Some(1.0), None, Some(2.0), Some(3.0)]), vec![vec![(0, 1.0)], vec![(2, 2.0), (3, 3.0)]]);
    }
}

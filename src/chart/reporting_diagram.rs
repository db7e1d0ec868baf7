//! Diagram of which body reports to which.

use super::canvas::{Canvas, Drawing, TextAnchor, Variant, draw};
use super::figure::{ChartContext, Figure, FigureTable, write};
use super::layered_graph::GraphInput;
use super::number_format::count;
use super::style::StyleClass;
use super::text_metrics::{LINE, wrap_evenly};

/// Distance from a box's edge to its name.
const PAD: f64 = 8.0;

/// Bodies and their reporting lines.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReportingDiagram {
    /// The names of the bodies, in order.
    pub bodies: Vec<String>,
    /// Who reports to whom: indexes into `bodies`.
    pub reports: Vec<(usize, usize)>,
}

/// Draws bodies as boxes and reporting lines as arrows. `None` if no body reports to another.
#[must_use]
pub(crate) fn reporting_diagram(input: &ReportingDiagram, frame: &ChartContext<'_>) -> Option<String> {
    let mut reports: Vec<(usize, usize)> = Vec::new();
    for (from, to) in &input.reports {
        let known = *from < input.bodies.len() && *to < input.bodies.len();
        if known && from != to && !reports.contains(&(*from, *to)) {
            reports.push((*from, *to));
        }
    }
    if reports.is_empty() {
        return None;
    }
    let input = ReportingDiagram { bodies: input.bodies.clone(), reports };
    let figure = Figure {
        title: frame.say("chart.governance.title", &[("period", frame.period)]),
        headline: headline(&input, frame),
        note: Some(frame.say("chart.governance.note", &[])),
        description: describe(&input, frame),
        drawings: [Variant::Wide, Variant::Narrow].map(|form| input.draw(frame.id, form)).into(),
        table: table(&input, frame),
    };
    Some(write(frame, &figure))
}

impl ReportingDiagram {
    /// The names of the bodies that report to a body.
    fn below(&self, body: usize) -> Vec<&str> {
        self.names(self.reports.iter().filter(|(_, to)| *to == body).map(|(from, _)| *from))
    }

    /// The names of the bodies that a body reports to.
    fn above(&self, body: usize) -> Vec<&str> {
        self.names(self.reports.iter().filter(|(from, _)| *from == body).map(|(_, to)| *to))
    }

    fn names(&self, bodies: impl Iterator<Item = usize>) -> Vec<&str> {
        bodies.filter_map(|body| self.bodies.get(body)).map(String::as_str).collect()
    }

    fn draw(&self, id: &str, form: Variant) -> Drawing {
        draw(id, form, |canvas| self.draw_on(canvas, form))
    }

    fn draw_on(&self, canvas: &Canvas<'_>, form: Variant) -> (f64, f64) {
        let structure = GraphInput {
            bodies: self.bodies.len(),
            reports: &self.reports,
            room: form.width() - 2.0,
            wide: if form == Variant::Wide { 138.0 } else { 126.0 },
        };
        let room = structure.box_width() - 2.0 * PAD;
        let names: Vec<_> = self.bodies.iter().map(|name| wrap_evenly(name, room, StyleClass::LABEL)).collect();
        let layout = structure.lay_out(|body| count(names.get(body).map_or(0, Vec::len)) * LINE + 2.0 * PAD);
        // One unit inside the drawing, so that the edges of the outermost boxes are not cut off.
        let inset = |(x, y): (f64, f64)| (x + 1.0, y + 1.0);
        for (_, ends) in &layout.lines {
            canvas.line(&ends.map(inset), StyleClass::EDGE);
        }
        for arrow in &layout.arrows {
            let (x, y) = inset(*arrow);
            canvas.shape(&[(x, y + 1.0), (x + 5.0, y + 10.0), (x - 5.0, y + 10.0)], StyleClass::HEAD);
        }
        for (place, (wide, high)) in &layout.boxes {
            let (x, y) = inset(*place);
            canvas.rect((x, y), (x + wide, y + high), StyleClass::BOX);
        }
        for (name, (place, (wide, high))) in names.iter().zip(&layout.boxes) {
            let (x, y) = inset(*place);
            canvas.text(name, (x + wide / 2.0, y + high / 2.0), TextAnchor::Middle, StyleClass::LABEL);
        }
        (layout.size.0 + 2.0, layout.size.1 + 2.0)
    }
}

/// The headline: the body that most others report to.
fn headline(input: &ReportingDiagram, frame: &ChartContext<'_>) -> String {
    let reported: Vec<(usize, &String)> =
        input.bodies.iter().enumerate().map(|(i, name)| (input.below(i).len(), name)).collect();
    let most = reported.iter().map(|(below, _)| *below).max().unwrap_or(0);
    let first: Vec<&String> = reported.iter().filter(|(below, _)| *below == most).map(|(_, name)| *name).collect();
    let bodies = frame.say_count("chart.governance.bodies", input.bodies.len(), &[]);
    match first.as_slice() {
        [name] => frame.say_count("chart.governance.most", most, &[("body", name), ("bodies", &bodies)]),
        _ => frame.say_count("chart.governance.lines", input.reports.len(), &[("bodies", &bodies)]),
    }
}

/// The description: who reports to each body, one sentence a body.
fn describe(input: &ReportingDiagram, frame: &ChartContext<'_>) -> String {
    let sentences = input.bodies.iter().enumerate().filter_map(|(i, name)| {
        let below = input.below(i);
        let formatted = frame.list(&below);
        (!below.is_empty())
            .then(|| frame.say_count("chart.governance.about", below.len(), &[("below", &formatted), ("body", name)]))
    });
    sentences.collect::<Vec<_>>().join(" ")
}

fn table(input: &ReportingDiagram, frame: &ChartContext<'_>) -> FigureTable {
    let none = frame.say("chart.none", &[]);
    let rows = input.bodies.iter().enumerate().map(|(i, name)| {
        let above = input.above(i);
        vec![name.clone(), if above.is_empty() { none.clone() } else { frame.list(&above) }]
    });
    let head = ["body", "reports-to"].map(|key| frame.say(&format!("chart.governance.{key}"), &[]));
    FigureTable { head: head.into(), words: 2, rows: rows.collect(), foot: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::layout;
    use crate::chart::tests::layout::LONG;

    fn check(bodies: &[&str], reports: &[(usize, usize)]) -> String {
        let bodies = bodies.iter().map(|name| (*name).to_owned()).collect();
        let figure =
            reporting_diagram(&ReportingDiagram { bodies, reports: reports.to_vec() }, &ChartContext::english());
        layout::check(figure.as_deref()) + "\n" + &layout::description(figure.as_deref())
    }

    #[test]
    fn describes_reporting_lines() {
        insta::assert_snapshot!(check(&["Partnership", "Risk Board", "Voice Board"], &[(1, 0), (2, 0)]), @r#"
            2 of 3 bodies report to Partnership
            wide: Partnership | Risk Board | Voice Board | [edge ×4] [head ×1] [box ×3]
            narrow: Partnership | Risk Board | Voice Board | [edge ×4] [head ×1] [box ×3]
            Risk Board and Voice Board report to Partnership.
            "#);
        insta::assert_snapshot!(check(&["A", "B", "C"], &[(2, 0), (2, 1)]), @r#"
            3 bodies, 2 reporting lines
            wide: A | B | C | [edge ×6] [head ×2] [box ×3]
            narrow: A | B | C | [edge ×6] [head ×2] [box ×3]
            C reports to A. C reports to B.
            "#);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(check(&["A", "B"], &[]), "none\n");
        assert_eq!(check(&["A"], &[(0, 0), (0, 7)]), "none\n");
    }

    #[test]
    fn survives_long_names_and_a_cycle() {
        check(&[LONG, LONG, "Antidisestablishmentarianism", LONG], &[(1, 0), (2, 1), (3, 1), (3, 0)]);
        check(&["A", "B", "C"], &[(0, 1), (1, 2), (2, 0)]);
    }
}

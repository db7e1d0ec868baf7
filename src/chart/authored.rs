//! Charts written by authors in Markdown: bars, columns or lines of any numbers.

use super::bars::{Bar, BarChart, BarRow};
use super::canvas::Variant;
use super::figure::{ChartContext, Figure, FigureTable, write};
use super::horizontal_bars::draw_rows;
use super::legend::Swatch;
use super::line_chart::LineSeries;
use super::style::StyleClass;
use super::vertical_bars::draw_columns;
use crate::locale::decimal;

/// The largest number that is drawn. An `f64` holds every whole number up to here.
const LARGEST: f64 = 9e15;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum AuthoredChartKind {
    /// Horizontal bars.
    #[default]
    Bar,
    /// Vertical columns, in a meaningful order.
    Column,
    /// Lines over names in sequence, such as years.
    Line,
}

/// The contents of a chart block.
#[derive(Clone, Debug, Default)]
pub(crate) struct AuthoredChart {
    pub kind: AuthoredChartKind,
    /// The title, which is also the headline.
    pub title: String,
    /// The description for people who cannot see the chart.
    pub description: String,
    /// What the numbers count. `%` and `£` are written beside each number.
    pub unit: Option<String>,
    /// The value to reach.
    pub target: Option<f64>,
    /// The names of the series, if there are several.
    pub series: Vec<String>,
    /// The rows: a name, and for each series a number if there is one.
    pub rows: Vec<(String, Vec<Option<f64>>)>,
}

impl AuthoredChart {
    /// The number of values in a row.
    fn width(&self) -> usize {
        self.rows.iter().map(|(_, numbers)| numbers.len()).max().unwrap_or(0)
    }

    /// A row's number in a series. `None` if it is not finite or too large to draw exactly.
    fn number(numbers: &[Option<f64>], series: usize) -> Option<f64> {
        numbers.get(series).copied().flatten().filter(|number| number.abs() <= LARGEST)
    }

    fn name(&self, series: usize) -> String {
        self.series.get(series).cloned().unwrap_or_default()
    }

    /// A number with its unit.
    fn say(&self, number: f64) -> String {
        let mut text = decimal(number);
        // Pounds are shown with two decimals or none, never one.
        if self.unit.as_deref() == Some("£") && text.split_once('.').is_some_and(|(_, pence)| pence.len() == 1) {
            text.push('0');
        }
        match (self.unit.as_deref(), text.strip_prefix('−')) {
            (Some("%"), _) => format!("{text}%"),
            (Some("£"), Some(amount)) => format!("−£{amount}"),
            (Some("£"), None) => format!("£{text}"),
            _ => text,
        }
    }
}

/// Draws a block. `None` if it has no numbers.
#[must_use]
pub(crate) fn authored_chart(input: &AuthoredChart, frame: &ChartContext<'_>) -> Option<String> {
    if input.width() == 0 {
        return None;
    }
    let forms = [Variant::Wide, Variant::Narrow];
    let drawings = match input.kind {
        AuthoredChartKind::Bar => forms.map(|form| draw_rows(&bars(input, frame), frame.id, form)),
        AuthoredChartKind::Column => forms.map(|form| draw_columns(&bars(input, frame), frame.id, form)),
        AuthoredChartKind::Line => {
            let names = input.rows.iter().map(|(name, _)| name.clone()).collect();
            let series = (0..input.width()).map(|series| {
                let values = input.rows.iter().map(|(_, numbers)| AuthoredChart::number(numbers, series));
                (input.name(series), values.collect())
            });
            let say = |number: f64| input.say(number);
            let gaps = Vec::new();
            let reference = input.target.map(|target| (target, target_label(input, target, frame)));
            let series = series.collect();
            let lines = LineSeries { names, series, whole: None, gaps, reference, say: &say, tick: &say };
            forms.map(|form| lines.draw_lines(frame.id, form))
        }
    };
    let unit = input.unit.clone().filter(|unit| !matches!(unit.as_str(), "%" | "£"));
    let none = frame.say("chart.none", &[]);
    let mut head = vec![frame.say("chart.block.name", &[])];
    head.extend((0..input.width()).map(|series| match input.name(series) {
        name if !name.is_empty() => name,
        _ => unit.clone().unwrap_or_else(|| frame.say("chart.block.value", &[])),
    }));
    let rows = input.rows.iter().map(|(name, numbers)| {
        let mut row = vec![name.clone()];
        row.extend((0..input.width()).map(|series| {
            AuthoredChart::number(numbers, series).map_or_else(|| none.clone(), |number| input.say(number))
        }));
        row
    });
    let figure = Figure {
        title: input.title.clone(),
        headline: input.title.clone(),
        note: unit,
        description: input.description.clone(),
        drawings: drawings.into(),
        table: FigureTable { head, words: 1, rows: rows.collect(), foot: None },
    };
    Some(write(frame, &figure))
}

/// The name of the line at the target.
fn target_label(input: &AuthoredChart, target: f64, frame: &ChartContext<'_>) -> String {
    frame.say("chart.block.target", &[("value", &input.say(target))])
}

/// A block as bars, one for each series.
fn bars(input: &AuthoredChart, frame: &ChartContext<'_>) -> BarChart {
    let rows = input.rows.iter().map(|(name, numbers)| {
        let bars = (0..input.width()).map(|series| {
            let number = AuthoredChart::number(numbers, series);
            let value = number.map_or_else(|| frame.say("chart.none", &[]), |number| input.say(number));
            Bar::single(number, StyleClass::series(series), value)
        });
        BarRow { name: name.clone(), bars: bars.collect(), strong: false }
    });
    let legend = (0..input.width()).filter(|_| input.width() > 1);
    let legend = legend.map(|series| (Swatch::Fill(StyleClass::series(series)), input.name(series)));
    let target = input.target.map(|target| (Swatch::Reference, target_label(input, target, frame)));
    BarChart {
        rows: rows.collect(),
        legend: legend.chain(target).collect(),
        reference: input.target,
        ..BarChart::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::layout;
    use crate::chart::tests::layout::LONG;

    fn input(kind: AuthoredChartKind, unit: &str, series: &[&str], rows: &[(&str, &[f64])]) -> AuthoredChart {
        let rows = rows.iter().map(|(name, numbers)| {
            ((*name).to_owned(), numbers.iter().map(|number| number.is_finite().then_some(*number)).collect())
        });
        AuthoredChart {
            kind,
            title: "Survey".to_owned(),
            description: "More answers.".to_owned(),
            unit: Some(unit.to_owned()),
            target: None,
            series: series.iter().map(|name| (*name).to_owned()).collect(),
            rows: rows.collect(),
        }
    }

    fn check(input: &AuthoredChart) -> String {
        layout::check(authored_chart(input, &ChartContext::english()).as_deref())
    }

    #[test]
    fn draws_bars_columns_and_lines() {
        let rows: &[(&str, &[f64])] = &[("2018-19", &[1561.0, -4.5]), ("2019-20", &[2361.0, f64::NAN])];
        let output = [AuthoredChartKind::Bar, AuthoredChartKind::Column, AuthoredChartKind::Line]
            .map(|kind| check(&input(kind, "£", &["Online", "Paper"], rows)));
        insta::assert_snapshot!(output.join("\n\n"), @r#"
            Survey
            wide: Online | Paper | 2018-19 | 2019-20 | £1,561 | −£4.50 | £2,361 | – | [s1 ×1] [s2 ×1] [s1 ×2] [s2 ×1] [axis ×1]
            narrow: Online | Paper | 2018-19 | 2019-20 | £1,561 | −£4.50 | £2,361 | – | [s1 ×1] [s2 ×1] [s1 ×2] [s2 ×1] [axis ×2]

            Survey
            wide: Online | Paper | £1,561 | −£4.50 | £2,361 | – | 2018-19 | 2019-20 | [s1 ×1] [s2 ×1] [s1 ×2] [s2 ×1] [axis ×1]
            narrow: Online | Paper | £1,561 | −£4.50 | £2,361 | – | 2018-19 | 2019-20 | [s1 ×1] [s2 ×1] [s1 ×2] [s2 ×1] [axis ×1]

            Survey
            wide: −£500 | £0 | £500 | £1,000 | £1,500 | £2,000 | £2,500 | 2018-19 | 2019-20 | Online | Paper | [grid ×1] [axis ×1] [grid ×5] [l1 ×1] [p1 ×2] [p2 ×1]
            narrow: Online | Paper | −£500 | £0 | £500 | £1,000 | £1,500 | £2,000 | £2,500 | 2018-19 | 2019-20 | [l1 ×1] [p1 ×1] [l2 ×1] [p2 ×1] [grid ×1] [axis ×1] [grid ×5] [l1 ×1] [p1 ×2] [p2 ×1]
            "#);
    }

    #[test]
    fn columns_become_rows_if_they_do_not_fit() {
        let rows: Vec<(String, [f64; 1])> = (0..60).map(|i| (format!("Month {i}"), [f64::from(i) * 1000.0])).collect();
        let rows: Vec<(&str, &[f64])> = rows.iter().map(|(name, number)| (name.as_str(), &number[..])).collect();
        let (columns, bars) =
            (input(AuthoredChartKind::Column, "", &[], &rows), input(AuthoredChartKind::Bar, "", &[], &rows));
        assert_eq!(authored_chart(&columns, &ChartContext::english()), authored_chart(&bars, &ChartContext::english()));
    }

    #[test]
    fn survives_awkward_numbers_and_names() {
        let names = ["A", LONG, "C", "D", "E", "F", "G"];
        let rows: &[&[(&str, &[f64])]] = &[
            &[("only", &[0.0])],
            &[("only", &[])],
            &[("only", &[f64::NAN])],
            &[(LONG, &[1.0, 1e12, 3.0, -7.0, 0.0, 1e-9, 2.0]), ("", &[1.0]), (LONG, &[-1e12])],
            &[("a", &[-1.0]), ("b", &[-2.0])],
            &[("a", &[f64::MAX]), ("b", &[f64::MIN])],
        ];
        for rows in rows {
            for kind in [AuthoredChartKind::Bar, AuthoredChartKind::Column, AuthoredChartKind::Line] {
                check(&input(kind, "%", &names, rows));
                check(&input(kind, "visits", &[], rows));
            }
        }
        assert_eq!(check(&input(AuthoredChartKind::Bar, "", &[], &[])), "none");
    }

    #[test]
    fn sixty_points_are_a_line_with_as_many_names_as_fit() {
        let rows: Vec<(String, [f64; 1])> = (0..60).map(|i| (format!("Week {i}"), [f64::from(i % 9)])).collect();
        let rows: Vec<(&str, &[f64])> = rows.iter().map(|(name, number)| (name.as_str(), &number[..])).collect();
        let output = check(&input(AuthoredChartKind::Line, "", &[], &rows));
        assert!(output.contains(" Week 59 |") && !output.contains(" Week 58 |"), "{output}");
    }
}

//! An indicator over the years: one small chart of many on a page.

use super::canvas::Variant;
use super::figure::{ChartContext, Figure, FigureTable, write};
use super::line_chart::LineSeries;
use crate::locale::decimal;

/// The values of an indicator.
#[derive(Clone, Debug, Default)]
pub(crate) struct IndicatorSeries {
    /// Its name.
    pub name: String,
    /// The finding, as a sentence.
    pub headline: String,
    /// What the values are in; empty where each value says it.
    pub unit: String,
    /// The values of the whole, oldest first.
    pub points: Vec<IndicatorPoint>,
    /// The value to reach.
    pub target: Option<f64>,
    /// The rows of the table: the whole and its groups, each with a cell for each period.
    pub rows: Vec<Vec<String>>,
    /// The headings of the table: what the rows are, then the periods.
    pub head: Vec<String>,
    /// Whether the values are in percent.
    pub is_percent: bool,
}

/// A value of an indicator for one period.
#[derive(Clone, Debug, Default)]
pub(crate) struct IndicatorPoint {
    /// The year.
    pub period: String,
    /// The value, if readers may see it.
    pub value: Option<f64>,
    /// The value as readers see it, or what is in its place.
    pub text: String,
}

/// Draws an indicator: a line, if there are two years or more, above the table of all its values. `None` if there are no
/// values, or only one, which is said beside it.
#[must_use]
pub(crate) fn indicator(series: &IndicatorSeries, frame: &ChartContext<'_>) -> Option<String> {
    if series.rows.is_empty() || (series.rows.len() == 1 && series.points.len() < 2) {
        return None;
    }
    // A value is written beside its point as it is in the table.
    let say = |value: f64| {
        let point = series.points.iter().find(|point| point.value == Some(value));
        point.map(|point| point.text.clone()).unwrap_or_default()
    };
    let tick = |value: f64| {
        let number = decimal(value);
        if series.is_percent { frame.say("chart.percent", &[("number", &number)]) } else { number }
    };
    // Where a value is missing the chart says so in words, so that nothing depends on colour.
    let gaps = series.points.iter().enumerate().filter(|(_, point)| point.value.is_none());
    let lines = LineSeries {
        names: series.points.iter().map(|point| point.period.clone()).collect(),
        series: vec![(String::new(), series.points.iter().map(|point| point.value).collect())],
        whole: None,
        gaps: gaps.map(|(at, point)| (at, point.text.clone())).collect(),
        reference: series.target.map(|target| (target, frame.say("chart.indicator.target", &[]))),
        say: &say,
        tick: &tick,
    };
    let is_drawn = series.points.len() > 1 && series.points.iter().any(|point| point.value.is_some());
    let drawings = if is_drawn {
        [Variant::Wide, Variant::Narrow].map(|form| lines.draw_lines(frame.id, form)).into()
    } else {
        Vec::new()
    };
    let points: Vec<String> = series
        .points
        .iter()
        .map(|point| frame.say("chart.trend.point", &[("year", &point.period), ("value", &point.text)]))
        .collect();
    let figure = Figure {
        title: series.name.clone(),
        headline: series.headline.clone(),
        note: (is_drawn && !series.unit.is_empty()).then(|| series.unit.clone()),
        description: frame.say("chart.trend.about", &[("points", &frame.list(&points))]),
        drawings,
        table: FigureTable { head: series.head.clone(), words: 1, rows: series.rows.clone(), foot: None },
    };
    Some(write(frame, &figure))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::layout;

    fn series(values: &[(&str, Option<u32>)]) -> IndicatorSeries {
        let points = values.iter().map(|(year, value)| IndicatorPoint {
            period: (*year).to_owned(),
            value: value.map(f64::from),
            text: value.map_or_else(|| "c".to_owned(), |value| value.to_string()),
        });
        let points: Vec<_> = points.collect();
        IndicatorSeries {
            name: "Concerns received".to_owned(),
            headline: "Concerns rose".to_owned(),
            unit: "concerns".to_owned(),
            rows: vec![
                std::iter::once("All".to_owned()).chain(points.iter().map(|point| point.text.clone())).collect(),
            ],
            head: std::iter::once(String::new()).chain(points.iter().map(|point| point.period.clone())).collect(),
            target: Some(90.0),
            points,
            is_percent: false,
        }
    }

    #[test]
    fn what_is_suppressed_is_marked_in_words() {
        let drawn = indicator(
            &series(&[("2022-23", Some(80)), ("2023-24", None), ("2024-25", Some(95))]),
            &ChartContext::english(),
        );
        insta::assert_snapshot!(layout::check(drawn.as_deref()), @r"
        Concerns rose
        wide: 0 | 20 | 40 | 60 | 80 | 100 | 2022-23 | 2023-24 | 2024-25 | c | Target | 80 | 95 | [axis ×1] [grid ×5] [target ×1] [p1 ×2]
        narrow: 0 | 20 | 40 | 60 | 80 | 100 | 2022-23 | 2023-24 | 2024-25 | c | Target | 80 | 95 | [axis ×1] [grid ×5] [target ×1] [p1 ×2]
        ");
    }

    #[test]
    fn one_year_has_a_table_and_no_drawing() {
        let mut one = series(&[("2024-25", Some(95))]);
        assert_eq!(indicator(&one, &ChartContext::english()), None, "one value is said beside it");
        one.rows.push(vec!["65 and over".to_owned(), "40".to_owned()]);
        let html = indicator(&one, &ChartContext::english()).unwrap();
        assert!(html.contains("<table>") && !html.contains("<svg"), "{html}");
        assert_eq!(indicator(&IndicatorSeries::default(), &ChartContext::english()), None);
    }
}

//! Attendance and money over the years.

use super::bars::{Bar, BarChart, BarRow};
use super::canvas::Variant;
use super::figure::{ChartContext, Figure, FigureTable, write};
use super::legend::Swatch;
use super::line_chart::LineSeries;
use super::number_format::measure;
use super::style::StyleClass;
use super::vertical_bars::draw_columns;
use crate::locale::{PoundsFormat, decimal, pounds};
use crate::quantity::{Money, Rate};

/// Contributions by fund over the years.
#[derive(Clone, Debug, Default)]
pub(crate) struct ContributionYears {
    /// The funds of all years.
    pub funds: Vec<String>,
    /// The years, oldest first, each with the amount paid into each fund, if there was one.
    pub years: Vec<(String, Vec<Option<Money>>)>,
}

/// Income and expenditure of a year.
#[derive(Clone, Debug, Default)]
pub(crate) struct BudgetYear {
    /// The year as readers see it.
    pub year: String,
    /// Total income, if the report gives it.
    pub income: Option<Money>,
    /// Total expenditure, if the report gives it.
    pub expenditure: Option<Money>,
}

/// Draws attendance over the years as a line. `None` if there are no years.
#[must_use]
pub(crate) fn attendance_trend(years: &[(String, Rate)], frame: &ChartContext<'_>) -> Option<String> {
    let values: Vec<Option<f64>> = years
        .iter()
        .map(|(_, rate)| (rate.possible > 0).then(|| f64::from(rate.attended) / f64::from(rate.possible) * 100.0))
        .collect();
    values.iter().flatten().next()?;
    let say = |value: f64| frame.say("chart.percent", &[("number", &format!("{value:.1}"))]);
    let tick = |value: f64| frame.say("chart.percent", &[("number", &decimal(value))]);
    let title = frame.say("chart.trend.attendance.title", &[("period", frame.period)]);
    let names = years.iter().map(|(year, _)| year.clone()).collect();
    let lines = LineSeries {
        names,
        series: vec![(String::new(), values)],
        whole: Some(100.0),
        gaps: Vec::new(),
        reference: None,
        say: &say,
        tick: &tick,
    };
    let held: Vec<_> = years.iter().filter(|(_, rate)| rate.possible > 0).collect();
    let points = held
        .iter()
        .map(|(year, rate)| (year.as_str(), frame.rate(*rate), u64::from(rate.per_mille().unwrap_or_default())));
    let points: Vec<_> =
        points.map(|(year, formatted, tenths)| (year, formatted, i64::try_from(tenths).unwrap_or_default())).collect();
    let rows = years.iter().map(|(year, rate)| {
        vec![year.clone(), rate.attended.to_string(), rate.possible.to_string(), frame.rate(*rate)]
    });
    let figure = Figure {
        headline: turn(frame, "chart.trend.attendance", &points),
        note: None,
        description: year_by_year(frame, &points),
        drawings: [Variant::Wide, Variant::Narrow].map(|form| lines.draw_lines(frame.id, form)).into(),
        table: FigureTable {
            head: ["year", "came", "held", "rate"].map(|key| frame.say(&format!("chart.trend.{key}"), &[])).into(),
            words: 1,
            rows: rows.collect(),
            foot: None,
        },
        title,
    };
    Some(write(frame, &figure))
}

/// Draws contributions over the years as columns, with a piece for each fund. `None` if there are no years.
#[must_use]
pub(crate) fn contributions_trend(input: &ContributionYears, frame: &ChartContext<'_>) -> Option<String> {
    if input.years.is_empty() || input.funds.is_empty() {
        return None;
    }
    let format = PoundsFormat::for_amounts(input.years.iter().flat_map(|(_, amounts)| amounts).copied().flatten());
    let totals: Vec<Money> = input.years.iter().map(|(_, amounts)| amounts.iter().flatten().sum()).collect();
    let rows = input.years.iter().zip(&totals).map(|((year, amounts), total)| {
        let amounts = amounts.iter().map(|amount| amount.unwrap_or_default());
        let pieces =
            amounts.enumerate().map(|(i, amount)| (measure(amount), StyleClass::series(i), format.text(amount)));
        BarRow { name: year.clone(), bars: vec![Bar::stacked(pieces, format.text(*total))], strong: false }
    });
    let legend = input.funds.iter().enumerate().map(|(i, fund)| (Swatch::Fill(StyleClass::series(i)), fund.clone()));
    let bars = BarChart { rows: rows.collect(), legend: legend.collect(), ..BarChart::default() };
    let points: Vec<_> = input
        .years
        .iter()
        .zip(&totals)
        .map(|((year, _), total)| (year.as_str(), pounds(*total), total.pence))
        .collect();
    let none = frame.say("chart.none", &[]);
    let mut head = vec![frame.say("chart.trend.year", &[])];
    head.extend(input.funds.iter().cloned());
    head.push(frame.say("chart.total", &[]));
    let rows = input.years.iter().zip(&totals).map(|((year, amounts), total)| {
        let mut row = vec![year.clone()];
        let amounts = (0..input.funds.len()).map(|i| amounts.get(i).copied().flatten());
        row.extend(amounts.map(|amount| amount.map_or_else(|| none.clone(), |amount| format.text(amount))));
        row.push(format.text(*total));
        row
    });
    let figure = Figure {
        title: frame.say("chart.trend.contributions.title", &[("period", frame.period)]),
        headline: turn(frame, "chart.trend.contributions", &points),
        note: None,
        description: year_by_year(frame, &points),
        drawings: [Variant::Wide, Variant::Narrow].map(|form| draw_columns(&bars, frame.id, form)).into(),
        table: FigureTable { head, words: 1, rows: rows.collect(), foot: None },
    };
    Some(write(frame, &figure))
}

/// Draws income and expenditure over the years as pairs of columns. `None` if there are no years.
#[must_use]
pub(crate) fn budget_trend(years: &[BudgetYear], frame: &ChartContext<'_>) -> Option<String> {
    let last = years.last()?;
    let amounts = years.iter().flat_map(|year| [year.income, year.expenditure]).flatten();
    let format = PoundsFormat::for_amounts(amounts);
    let none = frame.say("chart.none", &[]);
    let formatted = |amount: Option<Money>| amount.map_or_else(|| none.clone(), |amount| format.text(amount));
    let rows = years.iter().map(|year| {
        let bar = |amount: Option<Money>, series| {
            Bar::single(amount.map(measure), StyleClass::series(series), formatted(amount))
        };
        BarRow { name: year.year.clone(), bars: vec![bar(year.income, 0), bar(year.expenditure, 1)], strong: false }
    });
    let sides = ["income", "expenditure"].map(|key| frame.say(&format!("chart.balance.{key}"), &[]));
    let legend = sides.iter().enumerate().map(|(i, side)| (Swatch::Fill(StyleClass::series(i)), side.clone()));
    let bars = BarChart { rows: rows.collect(), legend: legend.collect(), ..BarChart::default() };
    // A figure that the report does not give is unknown, not zero.
    let left = |year: &BudgetYear| Some(year.income?.saturating_sub(year.expenditure?));
    let key = match left(last).map(|left| left.pence) {
        Some(1..) => "left",
        Some(0) => "even",
        Some(_) => "overspent",
        None if last.income.is_some() => "income-only",
        None => "expenditure-only",
    };
    // A sentence reads better without `.00`.
    let said = |amount: Option<Money>| amount.map(pounds).unwrap_or_default();
    let arguments = [
        ("year", last.year.clone()),
        ("income", said(last.income)),
        ("spent", said(last.expenditure)),
        ("left", said(left(last))),
        ("over", said(left(last).map(Money::abs))),
    ];
    let arguments = arguments.each_ref().map(|(name, text)| (*name, text.as_str()));
    let sentences: Vec<String> = years
        .iter()
        .map(|year| {
            let key = match (year.income, year.expenditure) {
                (Some(_), Some(_)) => "about",
                (Some(_), None) => "about-income",
                (None, _) => "about-expenditure",
            };
            let arguments =
                [("year", &year.year), ("income", &formatted(year.income)), ("spent", &formatted(year.expenditure))];
            let arguments = arguments.map(|(name, text)| (name, text.as_str()));
            frame.say(&format!("chart.trend.budget.{key}"), &arguments)
        })
        .collect();
    let mut head = vec![frame.say("chart.trend.year", &[])];
    head.extend(sides);
    head.push(frame.say("chart.balance.balance", &[]));
    let rows = years.iter().map(|year| {
        vec![year.year.clone(), formatted(year.income), formatted(year.expenditure), formatted(left(year))]
    });
    let figure = Figure {
        title: frame.say("chart.trend.budget.title", &[("period", frame.period)]),
        headline: frame.say(&format!("chart.trend.budget.{key}"), &arguments),
        note: None,
        description: sentences.join(" "),
        drawings: [Variant::Wide, Variant::Narrow].map(|form| draw_columns(&bars, frame.id, form)).into(),
        table: FigureTable { head, words: 1, rows: rows.collect(), foot: None },
    };
    Some(write(frame, &figure))
}

/// States whether a figure rose, fell or stayed the same between the last two years, and what it was at first: a figure
/// may be higher than many years ago and still be falling.
fn turn(frame: &ChartContext<'_>, key: &str, points: &[(&str, String, i64)]) -> String {
    let Some(((to_year, to, last), before)) = points.split_last() else { return String::new() };
    let (from_year, from, how) = match before.last() {
        None => ("", "", "once"),
        Some((year, formatted, value)) => (
            *year,
            formatted.as_str(),
            match value.cmp(last) {
                std::cmp::Ordering::Less => "rose",
                std::cmp::Ordering::Greater => "fell",
                std::cmp::Ordering::Equal => "stayed",
            },
        ),
    };
    let arguments = [("from", from), ("from-year", from_year), ("to", to.as_str()), ("to-year", to_year)];
    let change = frame.say(&format!("{key}.{how}"), &arguments);
    match before {
        [(year, first, value), _, ..] if how != "stayed" || value != last => {
            frame.say(&format!("{key}.since"), &[("change", &change), ("value", first), ("year", year)])
        }
        _ => change,
    }
}

/// Lists the figure of each year.
fn year_by_year(frame: &ChartContext<'_>, points: &[(&str, String, i64)]) -> String {
    let each: Vec<String> = points
        .iter()
        .map(|(year, formatted, _)| frame.say("chart.trend.point", &[("year", year), ("value", formatted)]))
        .collect();
    frame.say("chart.trend.about", &[("points", &frame.list(&each))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::layout;

    fn rates(rates: &[(&str, u32, u32)]) -> String {
        let years: Vec<_> = rates
            .iter()
            .map(|(year, came, held)| ((*year).to_owned(), Rate { attended: *came, possible: *held }))
            .collect();
        let figure = attendance_trend(&years, &ChartContext::english());
        layout::check(figure.as_deref()).lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn attendance_rises_falls_and_stays() {
        assert_eq!(
            rates(&[("2018-19", 80, 100), ("2019-20", 82, 95)]),
            "Attendance rose to 86.3% in 2019-20 from 80.0% in 2018-19"
        );
        assert_eq!(
            rates(&[("2017-18", 9, 10), ("2018-19", 0, 0), ("2019-20", 8, 10)]),
            "Attendance fell to 80.0% in 2019-20 from 90.0% in 2017-18"
        );
        assert_eq!(
            rates(&[("2018-19", 9, 10), ("2019-20", 18, 20)]),
            "Attendance was 90.0% in 2019-20, the same as in 2018-19"
        );
        assert_eq!(rates(&[("2019-20", 1, 1)]), "Attendance was 100% in 2019-20");
        assert_eq!(rates(&[("2019-20", 0, 0)]), "none");
        assert_eq!(rates(&[]), "none");
    }

    #[test]
    fn the_latest_change_comes_first() {
        assert_eq!(
            rates(&[("2022-23", 2, 3), ("2023-24", 783, 1000), ("2024-25", 767, 1000)]),
            "Attendance fell to 76.7% in 2024-25 from 78.3% in 2023-24, and was 66.7% in 2022-23"
        );
        assert_eq!(
            rates(&[("2021-22", 9, 10), ("2022-23", 1, 10), ("2023-24", 5, 10), ("2024-25", 6, 10)]),
            "Attendance rose to 60.0% in 2024-25 from 50.0% in 2023-24, and was 90.0% in 2021-22"
        );
        assert_eq!(
            rates(&[("2022-23", 8, 10), ("2023-24", 9, 10), ("2024-25", 9, 10)]),
            "Attendance was 90.0% in 2024-25, the same as in 2023-24, and was 80.0% in 2022-23"
        );
        assert_eq!(
            rates(&[("2022-23", 9, 10), ("2023-24", 9, 10), ("2024-25", 9, 10)]),
            "Attendance was 90.0% in 2024-25, the same as in 2023-24"
        );
    }

    #[test]
    fn a_budget_with_one_side_has_no_balance() {
        let pounds = |pounds: i64| Some(Money { pence: pounds * 100 });
        let output = |income, expenditure| {
            let before = BudgetYear { year: "2018-19".to_owned(), income: pounds(9), expenditure: pounds(8) };
            let last = BudgetYear { year: "2019-20".to_owned(), income, expenditure };
            let figure = budget_trend(&[before, last], &ChartContext::english());
            layout::check(figure.as_deref()).lines().next().unwrap_or_default().to_owned()
        };
        assert_eq!(output(pounds(5), None), "The partnership received £5 in 2019-20");
        assert_eq!(output(None, pounds(5)), "The partnership spent £5 in 2019-20");
        assert_eq!(output(pounds(5), pounds(5)), "The partnership spent everything it received in 2019-20");
        assert_eq!(output(pounds(5), pounds(7)), "The partnership spent £2 more than it received in 2019-20");
        assert_eq!(output(pounds(5), pounds(0)), "The partnership spent £5 less than it received in 2019-20");
    }

    #[test]
    fn money_over_the_years() {
        let pounds = |pounds: i64| Money { pence: pounds * 100 };
        let year = |year: &str, income, spent| BudgetYear {
            year: year.to_owned(),
            income: Some(pounds(income)),
            expenditure: Some(pounds(spent)),
        };
        let output = layout::check(
            budget_trend(&[year("2018-19", 100, 120), year("2019-20", 110, 90)], &ChartContext::english()).as_deref(),
        );
        insta::assert_snapshot!(output, @r#"
            The partnership spent £20 less than it received in 2019-20
            wide: Income | Expenditure | £100 | £120 | £110 | £90 | 2018-19 | 2019-20 | [s1 ×1] [s2 ×1] [s1 ×2] [s2 ×2] [axis ×1]
            narrow: Income | Expenditure | £100 | £120 | £110 | £90 | 2018-19 | 2019-20 | [s1 ×1] [s2 ×1] [s1 ×2] [s2 ×2] [axis ×1]
            "#);
        let years = ContributionYears {
            funds: vec!["Children".to_owned(), "Adults".to_owned()],
            years: vec![
                ("2018-19".to_owned(), vec![Some(pounds(40)), None]),
                ("2019-20".to_owned(), vec![Some(pounds(30)), Some(pounds(20))]),
            ],
        };
        insta::assert_snapshot!(layout::check(contributions_trend(&years, &ChartContext::english()).as_deref()), @r#"
            Contributions rose to £50 in 2019-20 from £40 in 2018-19
            wide: Children | Adults | £30 | £20 | £40 | £50 | 2018-19 | 2019-20 | [s1 ×1] [s2 ×1] [s1 ×2] [s2 ×1] [axis ×1]
            narrow: Children | Adults | £30 | £20 | £40 | £50 | 2018-19 | 2019-20 | [s1 ×1] [s2 ×1] [s1 ×2] [s2 ×1] [axis ×1]
            "#);
        assert_eq!(contributions_trend(&ContributionYears::default(), &ChartContext::english()), None);
        assert_eq!(budget_trend(&[], &ChartContext::english()), None);
    }
}

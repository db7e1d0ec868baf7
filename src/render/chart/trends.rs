//! What became of attendance and money over the years.

use super::canvas::{Form, Sample};
use super::figure::{Figure, Frame, Table, write};
use super::lines::Lines;
use super::mark::Mark;
use super::numbers::{measure, plain, pounds, sum};
use super::rows::{Bar, Bars, Row};
use crate::report::attendance::Rate;
use crate::report::money::Money;

/// Contributions by fund over the years.
#[derive(Clone, Debug, Default)]
pub struct ContributionYears {
    /// The funds, those of all years.
    pub funds: Vec<String>,
    /// The years, oldest first: what was paid into each fund, where there was one.
    pub years: Vec<(String, Vec<Option<Money>>)>,
}

/// Income and expenditure of a year.
#[derive(Clone, Debug, Default)]
pub struct BudgetYear {
    /// The year as a reader should see it.
    pub year: String,
    /// All that came in.
    pub income: Money,
    /// All that was spent.
    pub expenditure: Money,
}

/// Draws attendance over the years as a line. Nothing where there is no year.
#[must_use]
pub fn attendance_trend(years: &[(String, Rate)], frame: &Frame<'_>) -> Option<String> {
    let values: Vec<Option<f64>> = years
        .iter()
        .map(|(_, rate)| (rate.held > 0).then(|| f64::from(rate.came) / f64::from(rate.held) * 100.0))
        .collect();
    values.iter().flatten().next()?;
    let say = |value: f64| frame.say("chart.percent", &[("number", &format!("{value:.1}"))]);
    let tick = |value: f64| frame.say("chart.percent", &[("number", &plain(value))]);
    let title = frame.say("chart.trend.attendance.title", &[("period", frame.period)]);
    let names = years.iter().map(|(year, _)| year.clone()).collect();
    let lines = Lines { names, series: vec![(String::new(), values)], whole: Some(100.0), say: &say, tick: &tick };
    let held: Vec<_> = years.iter().filter(|(_, rate)| rate.held > 0).collect();
    let points = held
        .iter()
        .map(|(year, rate)| (year.as_str(), frame.rate(*rate), u64::from(rate.per_mille().unwrap_or_default())));
    let points: Vec<_> =
        points.map(|(year, said, tenths)| (year, said, i64::try_from(tenths).unwrap_or_default())).collect();
    let rows = years
        .iter()
        .map(|(year, rate)| vec![year.clone(), rate.came.to_string(), rate.held.to_string(), frame.rate(*rate)]);
    let figure = Figure {
        headline: turn(frame, "chart.trend.attendance", &points),
        note: None,
        description: tell(frame, &points),
        drawings: [Form::Wide, Form::Narrow].map(|form| lines.draw_lines(frame.id, form)).into(),
        table: Table {
            head: ["year", "came", "held", "rate"].map(|key| frame.say(&format!("chart.trend.{key}"), &[])).into(),
            words: 1,
            rows: rows.collect(),
            foot: None,
        },
        title,
    };
    Some(write(frame, &figure))
}

/// Draws contributions over the years as columns, a piece for each fund. Nothing where there is no year.
#[must_use]
pub fn contributions_trend(input: &ContributionYears, frame: &Frame<'_>) -> Option<String> {
    if input.years.is_empty() || input.funds.is_empty() {
        return None;
    }
    let totals: Vec<Money> = input.years.iter().map(|(_, amounts)| sum(amounts.iter().flatten())).collect();
    let rows = input.years.iter().zip(&totals).map(|((year, amounts), total)| {
        let pieces =
            amounts.iter().enumerate().map(|(i, amount)| (measure(amount.unwrap_or_default()), Mark::series(i)));
        Row { name: year.clone(), bars: vec![Bar::stacked(pieces, pounds(*total))], strong: false }
    });
    let legend = input.funds.iter().enumerate().map(|(i, fund)| (Sample::Fill(Mark::series(i)), fund.clone()));
    let bars = Bars { rows: rows.collect(), legend: legend.collect(), ..Bars::default() };
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
        row.extend(amounts.map(|amount| amount.map_or_else(|| none.clone(), pounds)));
        row.push(pounds(*total));
        row
    });
    let figure = Figure {
        title: frame.say("chart.trend.contributions.title", &[("period", frame.period)]),
        headline: turn(frame, "chart.trend.contributions", &points),
        note: None,
        description: tell(frame, &points),
        drawings: [Form::Wide, Form::Narrow].map(|form| bars.draw_columns(frame.id, form)).into(),
        table: Table { head, words: 1, rows: rows.collect(), foot: None },
    };
    Some(write(frame, &figure))
}

/// Draws income and expenditure over the years as pairs of columns. Nothing where there is no year.
#[must_use]
pub fn budget_trend(years: &[BudgetYear], frame: &Frame<'_>) -> Option<String> {
    let last = years.last()?;
    let rows = years.iter().map(|year| {
        let bar = |amount: Money, series| Bar::stacked([(measure(amount), Mark::series(series))], pounds(amount));
        Row { name: year.year.clone(), bars: vec![bar(year.income, 0), bar(year.expenditure, 1)], strong: false }
    });
    let sides = ["income", "expenditure"].map(|key| frame.say(&format!("chart.balance.{key}"), &[]));
    let legend = sides.iter().enumerate().map(|(i, side)| (Sample::Fill(Mark::series(i)), side.clone()));
    let bars = Bars { rows: rows.collect(), legend: legend.collect(), ..Bars::default() };
    let left = |year: &BudgetYear| Money { pence: year.income.pence.saturating_sub(year.expenditure.pence) };
    let key = match left(last).pence {
        1.. => "left",
        0 => "even",
        _ => "overspent",
    };
    let arguments = [
        ("year", last.year.clone()),
        ("income", pounds(last.income)),
        ("spent", pounds(last.expenditure)),
        ("left", pounds(left(last))),
        ("over", pounds(Money { pence: left(last).pence.saturating_neg() })),
    ];
    let arguments = arguments.each_ref().map(|(name, text)| (*name, text.as_str()));
    let sentences: Vec<String> = years
        .iter()
        .map(|year| {
            let (income, spent) = (pounds(year.income), pounds(year.expenditure));
            frame.say("chart.trend.budget.about", &[("year", &year.year), ("income", &income), ("spent", &spent)])
        })
        .collect();
    let mut head = vec![frame.say("chart.trend.year", &[])];
    head.extend(sides);
    head.push(frame.say("chart.balance.balance", &[]));
    let rows = years
        .iter()
        .map(|year| vec![year.year.clone(), pounds(year.income), pounds(year.expenditure), pounds(left(year))]);
    let figure = Figure {
        title: frame.say("chart.trend.budget.title", &[("period", frame.period)]),
        headline: frame.say(&format!("chart.trend.budget.{key}"), &arguments),
        note: None,
        description: sentences.join(" "),
        drawings: [Form::Wide, Form::Narrow].map(|form| bars.draw_columns(frame.id, form)).into(),
        table: Table { head, words: 1, rows: rows.collect(), foot: None },
    };
    Some(write(frame, &figure))
}

/// Says whether something rose, fell or stayed from the first year to the last.
fn turn(frame: &Frame<'_>, key: &str, points: &[(&str, String, i64)]) -> String {
    let (Some((from_year, from, first)), Some((to_year, to, last))) = (points.first(), points.last()) else {
        return String::new();
    };
    let how = match (points.len(), first.cmp(last)) {
        (1, _) => "once",
        (_, std::cmp::Ordering::Less) => "rose",
        (_, std::cmp::Ordering::Greater) => "fell",
        (_, std::cmp::Ordering::Equal) => "stayed",
    };
    let arguments = [("from", from.as_str()), ("from-year", from_year), ("to", to), ("to-year", to_year)];
    frame.say(&format!("{key}.{how}"), &arguments)
}

/// Says each year's figure, and which was the highest and the lowest.
fn tell(frame: &Frame<'_>, points: &[(&str, String, i64)]) -> String {
    let each: Vec<String> = points
        .iter()
        .map(|(year, said, _)| frame.say("chart.trend.point", &[("year", year), ("value", said)]))
        .collect();
    frame.say("chart.trend.about", &[("points", &frame.list(&each))])
}

#[cfg(test)]
mod tests {
    use super::super::probe;
    use super::*;

    fn rates(rates: &[(&str, u32, u32)]) -> String {
        let years: Vec<_> =
            rates.iter().map(|(year, came, held)| ((*year).to_owned(), Rate { came: *came, held: *held })).collect();
        let figure = attendance_trend(&years, &Frame::TEST);
        probe::check(figure.as_deref()).lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn attendance_rises_falls_and_stays() {
        assert_eq!(
            rates(&[("2018-19", 80, 100), ("2019-20", 82, 95)]),
            "Attendance rose from 80.0% in 2018-19 to 86.3% in 2019-20"
        );
        assert_eq!(
            rates(&[("2018-19", 9, 10), ("x", 0, 0), ("2019-20", 8, 10)]),
            "Attendance fell from 90.0% in 2018-19 to 80.0% in 2019-20"
        );
        assert_eq!(rates(&[("2018-19", 9, 10), ("2019-20", 18, 20)]), "Attendance was 90.0% in 2019-20, as in 2018-19");
        assert_eq!(rates(&[("2019-20", 1, 1)]), "Attendance was 100.0% in 2019-20");
        assert_eq!(rates(&[("2019-20", 0, 0)]), "none");
        assert_eq!(rates(&[]), "none");
    }

    #[test]
    fn money_over_the_years() {
        let pounds = |pounds: i64| Money { pence: pounds * 100 };
        let year = |year: &str, income, spent| BudgetYear {
            year: year.to_owned(),
            income: pounds(income),
            expenditure: pounds(spent),
        };
        let told =
            probe::check(budget_trend(&[year("2018-19", 100, 120), year("2019-20", 110, 90)], &Frame::TEST).as_deref());
        insta::assert_snapshot!(told, @r#"
            In 2019-20 £20 less was spent than came in
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
        insta::assert_snapshot!(probe::check(contributions_trend(&years, &Frame::TEST).as_deref()), @r#"
            Contributions rose from £40 in 2018-19 to £50 in 2019-20
            wide: Children | Adults | £40 | £50 | 2018-19 | 2019-20 | [s1 ×1] [s2 ×1] [s1 ×2] [s2 ×1] [axis ×1]
            narrow: Children | Adults | £40 | £50 | 2018-19 | 2019-20 | [s1 ×1] [s2 ×1] [s1 ×2] [s2 ×1] [axis ×1]
            "#);
        assert_eq!(contributions_trend(&ContributionYears::default(), &Frame::TEST), None);
        assert_eq!(budget_trend(&[], &Frame::TEST), None);
    }
}

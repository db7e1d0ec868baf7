//! The outcomes of each year's commitments.

use super::bars::{Bar, BarChart, BarRow};
use super::canvas::Variant;
use super::figure::{ChartContext, Figure, FigureTable, write};
use super::legend::Swatch;
use super::number_format::count;
use super::style::StyleClass;
use super::vertical_bars::draw_columns;
use crate::locale::group_thousands;

/// The outcomes of several years' commitments.
#[derive(Clone, Debug, Default)]
pub(crate) struct CommitmentYears {
    /// The names of the outcomes, in display order. The first is "delivered".
    pub outcomes: Vec<String>,
    /// The years, oldest first.
    pub years: Vec<CommitmentYear>,
}

/// The outcomes of one year's commitments.
#[derive(Clone, Debug, Default)]
pub(crate) struct CommitmentYear {
    /// The year as readers see it.
    pub year: String,
    /// The number of commitments with each outcome.
    pub counts: Vec<usize>,
    /// The number of commitments without an update, although a later report could have given one.
    pub silent: usize,
    /// Whether a later report could give an update.
    pub is_due: bool,
}

/// Draws a column for each year, with a piece for each outcome. `None` if there are no years.
#[must_use]
pub(crate) fn commitments_trend(input: &CommitmentYears, frame: &ChartContext<'_>) -> Option<String> {
    input.years.first()?;
    // An outcome that no commitment has needs no colour in the legend and no column in the table.
    let had: Vec<usize> = (0..input.outcomes.len())
        .filter(|at| input.years.iter().any(|year| year.counts.get(*at).is_some_and(|count| *count > 0)))
        .collect();
    let made = |year: &CommitmentYear| year.counts.iter().sum::<usize>();
    let of = |year: &CommitmentYear, at: usize| year.counts.get(at).copied().unwrap_or_default();
    let rows = input.years.iter().map(|year| {
        let pieces = had.iter().map(|at| {
            let counted = of(year, *at);
            (count(counted), StyleClass::series(*at), group_thousands(counted))
        });
        BarRow { name: year.year.clone(), bars: vec![Bar::stacked(pieces, group_thousands(made(year)))], strong: false }
    });
    let legend = had.iter().map(|at| (Swatch::Fill(StyleClass::series(*at)), input.outcomes[*at].clone()));
    let bars = BarChart { rows: rows.collect(), legend: legend.collect(), ..BarChart::default() };
    let headline = if let Some(year) = input.years.iter().rev().find(|year| year.is_due) {
        kept(frame, year, made(year), of(year, 0))
    } else {
        let year = input.years.last()?;
        frame.say_count("chart.trend.commitments.made", made(year), &[("year", &year.year)])
    };
    let sentences: Vec<String> = input
        .years
        .iter()
        .map(|year| {
            let parts = had.iter().filter(|at| of(year, **at) > 0);
            let parts: Vec<String> = parts
                .map(|at| {
                    let number = group_thousands(of(year, *at));
                    let outcome = lowered(&input.outcomes[*at]);
                    frame.say("chart.trend.commitments.part", &[("number", &number), ("outcome", &outcome)])
                })
                .collect();
            let parts = frame.list(&parts);
            frame.say_count("chart.trend.commitments.about", made(year), &[("year", &year.year), ("parts", &parts)])
        })
        .collect();
    let mut columns = vec![frame.say("chart.trend.year", &[])];
    columns.extend(had.iter().map(|at| input.outcomes[*at].clone()));
    columns.push(frame.say("chart.total", &[]));
    let rows = input.years.iter().map(|year| {
        let mut row = vec![year.year.clone()];
        row.extend(had.iter().map(|at| group_thousands(of(year, *at))));
        row.push(group_thousands(made(year)));
        row
    });
    let figure = Figure {
        title: frame.say("chart.trend.commitments.title", &[("period", frame.period)]),
        headline,
        note: None,
        description: sentences.join(" "),
        drawings: [Variant::Wide, Variant::Narrow].map(|form| draw_columns(&bars, frame.id, form)).into(),
        table: FigureTable { head: columns, words: 1, rows: rows.collect(), foot: None },
    };
    Some(write(frame, &figure))
}

/// The headline of one year. A commitment without an update is never called "not delivered".
fn kept(frame: &ChartContext<'_>, year: &CommitmentYear, made: usize, delivered: usize) -> String {
    let answered = made.saturating_sub(year.silent);
    let (key, counted) = match (answered, delivered, year.silent) {
        (0, ..) => ("silent", made),
        (_, _, 0) if delivered == made => ("all", made),
        (_, 0, 0) => ("none", made),
        (_, _, 0) => ("some", delivered),
        (_, 0, _) => ("unfinished", answered),
        _ => ("partly", delivered),
    };
    let made = frame.say_count("chart.trend.commitments.count", made, &[]);
    let silent = group_thousands(year.silent);
    let arguments = [("commitments", made.as_str()), ("silent", &silent), ("year", &year.year)];
    frame.say_count(&format!("chart.trend.commitments.{key}"), counted, &arguments)
}

/// Words as they are written within a sentence.
fn lowered(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::layout;

    fn check(years: &[(&str, &[usize], bool)]) -> String {
        let outcomes = ["Delivered", "Dropped", "No update given", "Due next year"].map(str::to_owned).into();
        let years = years.iter().map(|(year, counts, is_due)| CommitmentYear {
            year: (*year).to_owned(),
            counts: counts.to_vec(),
            silent: counts[2],
            is_due: *is_due,
        });
        let input = CommitmentYears { outcomes, years: years.collect() };
        let figure = commitments_trend(&input, &ChartContext::english());
        layout::check(figure.as_deref()) + "\n" + &layout::description(figure.as_deref())
    }

    /// The headline for a year with updates or without, followed by a year that no later report covers yet.
    fn headline(delivered: usize, dropped: usize, silent: usize) -> String {
        let output = check(&[("2022-23", &[delivered, dropped, silent, 0], true), ("2023-24", &[0, 0, 0, 9], false)]);
        output.lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn commitments_over_the_years() {
        insta::assert_snapshot!(check(&[("2022-23", &[7, 0, 5, 0], true), ("2023-24", &[0, 0, 0, 9], false)]), @r#"
            7 of 12 commitments made in 2022-23 were delivered; no update on 5
            wide: Delivered | No update given | Due next year | 7 | 5 | 12 | 9 | 2022-23 | 2023-24 | [s3 ×1] [hatch ×3] [s4 ×1] [hatch ×3] [s1 ×1] [hatched ×1] [hatched ×1] [s1 ×1] [hatched ×1] [hatched ×1] [axis ×1] [plate ×1]
            narrow: Delivered | No update given | Due next year | 7 | 5 | 12 | 9 | 2022-23 | 2023-24 | [s3 ×1] [hatch ×3] [s4 ×1] [hatch ×3] [s1 ×1] [hatched ×1] [hatched ×1] [s1 ×1] [hatched ×1] [hatched ×1] [axis ×1] [plate ×1]
            Of 12 commitments made in 2022-23: delivered 7 and no update given 5. Of 9 commitments made in 2023-24: due next year 9.
            "#);
    }

    #[test]
    fn headlines_say_what_is_known() {
        assert_eq!(headline(7, 0, 5), "7 of 12 commitments made in 2022-23 were delivered; no update on 5");
        assert_eq!(headline(1, 3, 1), "One of 5 commitments made in 2022-23 was delivered; no update on 1");
        assert_eq!(headline(7, 5, 0), "7 of 12 commitments made in 2022-23 were delivered");
        assert_eq!(headline(1, 5, 0), "One of 6 commitments made in 2022-23 was delivered");
        assert_eq!(headline(12, 0, 0), "All 12 commitments made in 2022-23 were delivered");
        assert_eq!(headline(1, 0, 0), "The one commitment made in 2022-23 was delivered");
        assert_eq!(headline(0, 12, 0), "None of the 12 commitments made in 2022-23 has been delivered");
        assert_eq!(headline(0, 1, 0), "The one commitment made in 2022-23 has not been delivered");
        assert_eq!(
            headline(0, 1, 19),
            "One of 20 commitments made in 2022-23 has an update but was not delivered; no update on 19"
        );
        assert_eq!(
            headline(0, 2, 18),
            "2 of 20 commitments made in 2022-23 have updates but none was delivered; no update on 18"
        );
    }

    #[test]
    fn silence_is_not_failure() {
        assert_eq!(headline(0, 0, 137), "No update has been given on 137 commitments made in 2022-23");
        assert_eq!(headline(0, 0, 1), "No update has been given on the one commitment made in 2022-23");
        assert_eq!(check(&[]).trim(), "none");
        let made = check(&[("2022-23", &[0, 0, 0, 1], false)]);
        assert_eq!(made.lines().next(), Some("One commitment was made in 2022-23"));
    }
}

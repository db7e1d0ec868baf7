//! What became of each year's commitments.

use super::canvas::{Form, Sample};
use super::figure::{Figure, Frame, Table, write};
use super::mark::Mark;
use super::numbers::{count, plain};
use super::rows::{Bar, Bars, Row};

/// What became of the commitments of some years.
#[derive(Clone, Debug, Default)]
pub struct CommitmentYears {
    /// What can become of a commitment, in the order in which it is told. The first is what was promised.
    pub outcomes: Vec<String>,
    /// The years, oldest first: how many commitments had each outcome.
    pub years: Vec<CommitmentYear>,
}

/// What became of a year's commitments.
#[derive(Clone, Debug, Default)]
pub struct CommitmentYear {
    /// The year as a reader should see it.
    pub year: String,
    /// How many commitments had each outcome.
    pub counts: Vec<usize>,
    /// Whether a later report could answer for them.
    pub is_due: bool,
}

/// Draws the commitments of each year as a column, a piece for each outcome. Nothing where there is no year.
#[must_use]
pub fn commitments_trend(input: &CommitmentYears, frame: &Frame<'_>) -> Option<String> {
    input.years.first()?;
    // An outcome that no commitment had needs neither a colour in the legend nor a column in the table.
    let had: Vec<usize> = (0..input.outcomes.len())
        .filter(|at| input.years.iter().any(|year| year.counts.get(*at).is_some_and(|count| *count > 0)))
        .collect();
    let made = |year: &CommitmentYear| year.counts.iter().sum::<usize>();
    let of = |year: &CommitmentYear, at: usize| year.counts.get(at).copied().unwrap_or_default();
    let said = |number: usize| plain(count(number));
    let rows = input.years.iter().map(|year| {
        let pieces = had.iter().map(|at| (count(of(year, *at)), Mark::series(*at)));
        Row { name: year.year.clone(), bars: vec![Bar::stacked(pieces, said(made(year)))], strong: false }
    });
    let legend = had.iter().map(|at| (Sample::Fill(Mark::series(*at)), input.outcomes[*at].clone()));
    let bars = Bars { rows: rows.collect(), legend: legend.collect(), ..Bars::default() };
    let sentence = |key: &str, year: &CommitmentYear| {
        let done = said(of(year, 0));
        frame.say_count(key, made(year), &[("done", &done), ("year", &year.year)])
    };
    let headline = match input.years.iter().rev().find(|year| year.is_due) {
        Some(year) => sentence("chart.trend.commitments.kept", year),
        None => sentence("chart.trend.commitments.made", input.years.last()?),
    };
    let told: Vec<String> = input
        .years
        .iter()
        .map(|year| {
            let parts = had.iter().filter(|at| of(year, **at) > 0);
            let parts: Vec<String> = parts
                .map(|at| {
                    let number = said(of(year, *at));
                    let outcome = input.outcomes[*at].to_lowercase();
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
        row.extend(had.iter().map(|at| said(of(year, *at))));
        row.push(said(made(year)));
        row
    });
    let figure = Figure {
        title: frame.say("chart.trend.commitments.title", &[("period", frame.period)]),
        headline,
        note: None,
        description: told.join(" "),
        drawings: [Form::Wide, Form::Narrow].map(|form| bars.draw_columns(frame.id, form)).into(),
        table: Table { head: columns, words: 1, rows: rows.collect(), foot: None },
    };
    Some(write(frame, &figure))
}

#[cfg(test)]
mod tests {
    use super::super::probe;
    use super::*;

    fn check(years: &[(&str, &[usize], bool)]) -> String {
        let outcomes = ["Delivered", "Dropped", "Not answered", "Not due yet"].map(str::to_owned).into();
        let years = years.iter().map(|(year, counts, is_due)| CommitmentYear {
            year: (*year).to_owned(),
            counts: counts.to_vec(),
            is_due: *is_due,
        });
        let input = CommitmentYears { outcomes, years: years.collect() };
        probe::check(commitments_trend(&input, &Frame::TEST).as_deref())
    }

    #[test]
    fn commitments_over_the_years() {
        insta::assert_snapshot!(check(&[("2022-23", &[7, 0, 5, 0], true), ("2023-24", &[0, 0, 0, 9], false)]), @r#"
            7 of 12 commitments of 2022-23 were delivered a year later
            wide: Delivered | Not answered | Not due yet | 12 | 9 | 2022-23 | 2023-24 | [s3 ×1] [hatch ×3] [s4 ×1] [hatch ×3] [s1 ×1] [hatched ×1] [hatched ×1] [s1 ×1] [hatched ×1] [hatched ×1] [axis ×1]
            narrow: Delivered | Not answered | Not due yet | 12 | 9 | 2022-23 | 2023-24 | [s3 ×1] [hatch ×3] [s4 ×1] [hatch ×3] [s1 ×1] [hatched ×1] [hatched ×1] [s1 ×1] [hatched ×1] [hatched ×1] [axis ×1]
            "#);
    }

    #[test]
    fn one_commitment_and_none() {
        let headline = |told: String| told.lines().next().unwrap_or_default().to_owned();
        let one = check(&[("2022-23", &[1, 0, 0, 0], true), ("2023-24", &[0, 0, 0, 1], false)]);
        assert_eq!(headline(one), "The one commitment of 2022-23: 1 delivered a year later");
        assert_eq!(check(&[]), "none");
    }
}

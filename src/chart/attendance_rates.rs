//! Charts of attendance rates by organisation and by meeting.

use super::bars::{Bar, BarChart, BarRow};
use super::canvas::Variant;
use super::figure::{ChartContext, Figure, FigureTable, write};
use super::horizontal_bars::draw_rows;
use super::legend::Swatch;
use super::style::StyleClass;
use crate::quantity::Rate;

/// The most names in one sentence; larger groups are counted instead.
const MOST_NAMED: usize = 3;

pub(crate) type LabelledRate = (String, Rate);

/// Draws the attendance rate of each organisation, highest first, with a line at the rate of the year `before`. `None` if nobody held a seat.
#[must_use]
pub(crate) fn attendance_by_organisation(
    input: &[LabelledRate],
    before: Option<&LabelledRate>,
    frame: &ChartContext<'_>,
) -> Option<String> {
    let mut sorted: Vec<LabelledRate> = input.to_vec();
    // Compare the exact fractions: rates that round to the same percentage must still be in order.
    sorted.sort_by(|(_, a), (_, b)| {
        (u64::from(b.attended) * u64::from(a.possible.max(1)))
            .cmp(&(u64::from(a.attended) * u64::from(b.possible.max(1))))
    });
    let held: Vec<&LabelledRate> = sorted.iter().filter(|(_, rate)| rate.possible > 0).collect();
    let full = held.iter().filter(|(_, rate)| rate.attended == rate.possible).count();
    let (name, most) = held.first()?;
    let (_, least) = held.last()?;
    let (rate, who) = (frame.rate(*most), who(frame, "organisation", &held, *most));
    let headline = match (full, held.len()) {
        (_, 1) => frame.say("chart.rate.only", &[("name", name), ("rate", &rate)]),
        (full, all) if full == all => frame.say("chart.rate.all", &[]),
        (0, _) => frame.say("chart.rate.most", &[("who", &who), ("rate", &rate)]),
        (full, all) => {
            let organisations = frame.say_count("chart.rate.many-organisation", all, &[]);
            frame.say_count("chart.rate.full", full, &[("organisations", &organisations)])
        }
    };
    let mut description = frame.say("chart.rate.about-most", &[("who", &who), ("rate", &rate)]);
    if most.per_mille() != least.per_mille() {
        let who = self::who(frame, "organisation", &held, *least);
        let arguments = [("who", who.as_str()), ("rate", &frame.rate(*least))];
        description = format!("{description} {}", frame.say("chart.rate.about-least", &arguments));
    }
    Some(draw(&sorted, before, frame, ("organisation", headline, description)))
}

/// Draws the attendance rate of each meeting, in date order, with a line at the rate of the year `before`. `None` if nobody held a seat.
#[must_use]
pub(crate) fn attendance_by_meeting(
    input: &[LabelledRate],
    before: Option<&LabelledRate>,
    frame: &ChartContext<'_>,
) -> Option<String> {
    let held: Vec<&LabelledRate> = input.iter().filter(|(_, rate)| rate.possible > 0).collect();
    let (_, low) = held.iter().min_by_key(|(_, rate)| rate.per_mille())?;
    let (_, high) = held.iter().max_by_key(|(_, rate)| rate.per_mille())?;
    let [low_who, high_who] = [low, high].map(|rate| who(frame, "meeting", &held, *rate));
    let key = match (held.len(), low.per_mille() == high.per_mille()) {
        (1, _) => "single",
        (_, true) => "same",
        (_, false) => "range",
    };
    let (low, high) = (frame.rate(*low), frame.rate(*high));
    let arguments = [("low", low.as_str()), ("high", &high), ("low-who", &low_who), ("high-who", &high_who)];
    let headline = frame.say(&format!("chart.rate.{key}"), &arguments);
    let about = frame.say(&format!("chart.rate.about-{key}"), &arguments);
    Some(draw(input, before, frame, ("meeting", headline, about)))
}

/// The names that share the displayed `rate`, or their number if there are many.
fn who(frame: &ChartContext<'_>, what: &str, held: &[&LabelledRate], rate: Rate) -> String {
    let same = held.iter().filter(|(_, other)| other.per_mille() == rate.per_mille());
    let names: Vec<&str> = same.map(|(name, _)| name.as_str()).collect();
    if names.len() <= MOST_NAMED {
        frame.list(&names)
    } else {
        frame.say_count(&format!("chart.rate.many-{what}"), names.len(), &[])
    }
}

/// The share of seats that were filled, from 0 to 1.
fn part(rate: Rate) -> f64 {
    if rate.possible > 0 { f64::from(rate.attended) / f64::from(rate.possible) } else { 0.0 }
}

/// Draws rates of meetings or organisations, as `by` says.
fn draw(
    rated: &[LabelledRate],
    before: Option<&LabelledRate>,
    frame: &ChartContext<'_>,
    (by, headline, mut description): (&str, String, String),
) -> String {
    let reference =
        before.map(|(year, rate)| frame.say("chart.rate.before", &[("year", year), ("rate", &frame.rate(*rate))]));
    if let Some(reference) = &reference {
        description = format!("{description} {reference}.");
    }
    let rows = rated.iter().map(|(name, rate)| BarRow {
        name: name.clone(),
        bars: vec![Bar::single(Some(part(*rate)), StyleClass::series(0), frame.rate_of(*rate))],
        strong: false,
    });
    let bars = BarChart {
        rows: rows.collect(),
        legend: reference.into_iter().map(|label| (Swatch::Reference, label)).collect(),
        whole: Some(1.0),
        reference: before.map(|(_, rate)| part(*rate)),
        ..BarChart::default()
    };
    let rows = rated.iter().map(|(name, rate)| {
        vec![name.clone(), rate.attended.to_string(), rate.possible.to_string(), frame.rate(*rate)]
    });
    let head = vec![
        frame.say(&format!("chart.rate.{by}"), &[]),
        frame.say("chart.trend.came", &[]),
        frame.say("chart.trend.held", &[]),
        frame.say("chart.trend.rate", &[]),
    ];
    let figure = Figure {
        title: frame.say(&format!("chart.rate.by-{by}"), &[("period", frame.period)]),
        headline,
        note: None,
        description,
        drawings: [Variant::Wide, Variant::Narrow].map(|form| draw_rows(&bars, frame.id, form)).into(),
        table: FigureTable { head, words: 1, rows: rows.collect(), foot: None },
    };
    write(frame, &figure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::layout;
    use crate::chart::tests::layout::LONG;

    fn rated(rates: &[(&str, u32, u32)]) -> Vec<LabelledRate> {
        rates.iter().map(|(name, came, held)| ((*name).to_owned(), Rate { attended: *came, possible: *held })).collect()
    }

    fn check(rates: &[(&str, u32, u32)]) -> String {
        let by = [
            attendance_by_organisation(&rated(rates), None, &ChartContext::english()),
            attendance_by_meeting(&rated(rates), None, &ChartContext::english()),
        ];
        by.map(|figure| layout::check(figure.as_deref()).lines().next().unwrap_or_default().to_owned()).join(" / ")
    }

    #[test]
    fn headlines_state_the_finding() {
        assert_eq!(
            check(&[("A", 5, 6), ("B", 6, 6), ("C", 0, 0)]),
            "One of 2 organisations attended every meeting / Attendance at each meeting was between 83.3% and 100%"
        );
        assert_eq!(
            check(&[("A", 6, 6), ("B", 2, 2)]),
            "Every organisation attended every meeting / Attendance was 100% at every meeting"
        );
        assert_eq!(
            check(&[("A", 1, 6), ("B", 1, 2)]),
            "B attended most often: 50.0% of the time / Attendance at each meeting was between 16.7% and 50.0%"
        );
        assert_eq!(check(&[("A", 5, 6)]), "A attended 83.3% of the time / Attendance was 83.3% at the only meeting, A");
        assert_eq!(
            check(&[("A", 1, 2), ("B", 2, 4), ("C", 1, 3)]),
            "A and B attended most often: 50.0% of the time / Attendance at each meeting was between 33.3% and 50.0%"
        );
        let tied = [("A", 1, 2), ("B", 2, 4), ("C", 1, 2), ("D", 3, 6), ("E", 0, 2)];
        assert!(check(&tied).starts_with("4 organisations attended most often: 50.0% of the time /"));
        assert_eq!(check(&[("A", 0, 0)]), "none / none");
        assert_eq!(check(&[]), "none / none");
        check(&[(LONG, 1, 600), ("B", 400, 600), (LONG, 0, 3)]);
    }

    #[test]
    fn the_year_before_is_a_line() {
        let before = ("2018-19".to_owned(), Rate { attended: 4, possible: 5 });
        let figure =
            attendance_by_organisation(&rated(&[("A", 1, 2), ("B", 2, 2)]), Some(&before), &ChartContext::english());
        insta::assert_snapshot!(layout::check(figure.as_deref()), @r"
        One of 2 organisations attended every meeting
        wide: All of 2018-19: 80.0% | B | A | 100% · 2 of 2 | 50.0% · 1 of 2 | [target ×1] [track ×2] [s1 ×2] [halo ×1] [target ×1] [axis ×1]
        narrow: All of 2018-19: 80.0% | B | A | 100% · 2 of 2 | 50.0% · 1 of 2 | [target ×1] [track ×2] [s1 ×2] [halo ×1] [target ×1] [halo ×1] [target ×1] [axis ×2]
        ");
        let figure = figure.unwrap();
        let [_, [line, ..]] = layout::marks(&figure, "target")[..] else { panic!("{figure}") };
        let [[start, _, end, _], ..] = layout::marks(&figure, "track")[..] else { panic!("{figure}") };
        assert!((line - start - 0.8 * (end - start)).abs() < 0.2, "{line} in {start} to {end}");
    }

    #[test]
    fn organisations_are_sorted_and_meetings_are_not() {
        let input = rated(&[("A", 1, 2), ("B", 2, 2), ("C", 667, 1000), ("D", 2, 3)]);
        let names = |figure: Option<String>| -> String {
            let figure = figure.unwrap();
            figure.split("<th scope=\"row\">").skip(1).filter_map(|rest| rest.chars().next()).collect()
        };
        assert_eq!(names(attendance_by_organisation(&input, None, &ChartContext::english())), "BCDA");
        assert_eq!(names(attendance_by_meeting(&input, None, &ChartContext::english())), "ABCD");
    }
}

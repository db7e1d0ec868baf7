//! Small counts in figures that have no sentence around them: values of indicators, and the figures of key messages.

use super::Scanner;
use super::columns::{is_small, is_small_in_chart};
use super::finding::{FindingKind, diagnostic};
use super::small_count::{THINGS, counts_people, measures};
use super::text_cursor::{is_any_of, phrase_at};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::model::indicators::definition::Unit;
use crate::model::indicators::published::{PublishedSeries, PublishedValue};
use crate::model::{Archive, Report};

/// Units that are people, besides those that a heading of a table may have.
const PEOPLE_UNITS: &[&str] = &["people", "persons", "individuals", "carers", "cases of"];

impl Scanner<'_> {
    /// Checks the values of indicators that count people without saying so: nothing of them is suppressed. Each indicator
    /// is reported once, where it is defined.
    pub(super) fn check_indicators(archive: &Archive, found: &mut Vec<Diagnostic>) {
        for indicator in archive.indicators.definitions.indicators.iter().filter(|one| !one.counts_people) {
            let series = archive.reports().filter_map(|report| report.indicators.as_ref());
            let mut series =
                series.flat_map(|published| &published.series).filter(|one| one.indicator.id == indicator.id);
            if series.any(has_small_count) {
                let message = "a value of this indicator is a count so small that somebody could be recognised";
                let small = Diagnostic::new(Code::SmallCount, indicator.name_location.clone(), message);
                found.push(small.help("add `people: true`, so that small counts are published as `c`"));
            }
        }
    }

    /// Checks the figures of a report's key messages.
    pub(super) fn check_key_messages(report: &Report, found: &mut Vec<Diagnostic>) {
        for message in &report.front.key_messages {
            let small =
                message.figure.as_ref().filter(|figure| is_small(figure.trim()) && counts_people(&message.text));
            if let Some(figure) = small {
                found.push(diagnostic(FindingKind::SmallCount, Location::new(&report.file, message.span), figure));
            }
        }
    }
}

/// Whether a published value counts so few people that they could be recognised.
fn has_small_count(series: &PublishedSeries) -> bool {
    let Unit::Other(unit) = &series.indicator.unit else { return false };
    let name = series.indicator.name.as_str();
    let is_of_staff = || name.split(|c: char| !c.is_alphanumeric()).any(|word| is_any_of(word, THINGS));
    let is_people =
        PEOPLE_UNITS.iter().any(|words| phrase_at(unit, 0, words).is_some_and(|end| is_whole(unit, words, end)));
    series.cells.iter().any(|cell| match cell.value {
        PublishedValue::Shown(value) => {
            let value = value.to_string();
            let by_unit = is_people && !measures(name) && !is_of_staff() && is_small(&value);
            by_unit || is_small_in_chart(name, unit, "", "", &value)
        }
        _ => false,
    })
}

/// Whether words that end at `end` say by themselves what a unit counts: `people`, `people at risk`, `cases of children`.
fn is_whole(unit: &str, words: &str, end: usize) -> bool {
    let rest = unit[end..].trim_start();
    if words.ends_with(" of") { rest == "people" || counts_people(rest) } else { !rest.starts_with("per ") }
}

#[cfg(test)]
mod tests {
    use crate::model::assemble::assemble;
    use crate::source::SourceTree;

    /// The lines with a small count, of an indicator with this entry and value, or a report with these lines.
    fn check(entry: &str, value: &str, report: &str) -> usize {
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://a.example\n"),
            ("content/indicators.yaml", &format!("- {{id: a, {entry}, definition: d}}\n")),
            (
                "content/2024-25/report.yaml",
                &format!("title: R\nperiod: {{from: 2024-04-01, to: 2025-03-31}}\nboards: []\nagencies: []\n{report}"),
            ),
            ("content/2024-25/data/indicators.csv", &format!("indicator,period,breakdown,value\na,2024-25,,{value}\n")),
        ]);
        let archive = assemble(&tree).value;
        let mut found = Vec::new();
        super::Scanner::check_indicators(&archive, &mut found);
        archive.reports().for_each(|report| super::Scanner::check_key_messages(report, &mut found));
        found.len()
    }

    #[test]
    fn values_of_people_that_are_not_called_people_are_found() {
        for unit in ["children", "people", "adults", "cases of people", "people at risk"] {
            assert_eq!(check(&format!("name: Deaths, unit: {unit}"), "3", ""), 1, "{unit}");
            assert_eq!(check(&format!("name: Deaths, unit: {unit}"), "30", ""), 0, "{unit}");
            assert_eq!(check(&format!("name: Deaths, unit: {unit}, people: true"), "3", ""), 0, "{unit}");
        }
        for entry in
            ["name: Reviews, unit: reviews", "name: Children, unit: percent", "name: Staff trained, unit: people"]
        {
            assert_eq!(check(entry, "3", ""), 0, "{entry}");
        }
    }

    #[test]
    fn figures_of_key_messages_are_found() {
        let message = |text: &str, figure: &str| {
            check("name: A, unit: reviews", "30", &format!("key_messages: [{{text: {text}, figure: {figure}}}]\n"))
        };
        assert_eq!(message("Children who died", "3"), 1);
        assert_eq!(message("Number of victims", "two"), 1);
        assert_eq!(message("Children who died", "30"), 0);
        assert_eq!(message("Reviews of children", "3"), 0);
        assert_eq!(message("Children’s homes opened", "3"), 0);
    }
}

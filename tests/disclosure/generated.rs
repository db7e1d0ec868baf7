//! Sites with indicators of every kind, from a seed.

use std::fmt::Write;

use serde_json::Value;

use crate::figure_name;
use crate::support::numbers::Numbers;
use crate::support::site::Site;

/// The years that have a report.
const YEARS: [&str; 2] = ["2023-24", "2024-25"];

/// A site with indicators, and the counts that only its files know.
#[derive(Clone, Debug)]
pub(crate) struct GeneratedSite {
    /// `content/indicators.yaml`.
    definitions: String,
    rows: Vec<CountRow>,
}

/// A row of a year's table.
#[derive(Clone, Debug)]
struct CountRow {
    /// The year whose table it is in.
    year: &'static str,
    indicator: String,
    period: &'static str,
    /// `age: x`, or nothing for the whole.
    breakdown: String,
    value: usize,
    /// Whether the table itself has `c`.
    is_given: bool,
}

/// A breakdown: its name and how many groups it has.
type Groups = (String, usize);

impl GeneratedSite {
    /// A site with one to three counts of people, each with up to twelve breakdowns of up to twelve groups, and what is
    /// calculated from them.
    pub(crate) fn new(numbers: &mut Numbers) -> Self {
        let mut site = Self { definitions: String::new(), rows: Vec::new() };
        let counts = 1 + numbers.below(3);
        // Small and large sites are equally likely.
        let (most_breakdowns, most_groups) = numbers.one_of(&[(2, 3), (3, 5), (12, 12)]);
        let breakdowns: Vec<Groups> = (0..numbers.below(most_breakdowns + 1))
            .map(|number| (format!("split {number}"), 2 + numbers.below(most_groups - 1)))
            .collect();
        let largest = numbers.one_of(&[6, 30, 300, 3000]);
        let mut before: Vec<Vec<usize>> = Vec::new();
        for count in 0..counts {
            let id = ["concerns", "enquiries", "plans"][count];
            let overlapping = numbers.below(5) == 0;
            site.define(id, overlapping, largest, numbers);
            let whole_is_shown = numbers.below(6) != 0 || breakdowns.is_empty();
            for (place, year) in YEARS.iter().enumerate() {
                let whole = match before.get(place).and_then(|wholes| wholes.last()) {
                    Some(most) if numbers.below(2) == 0 => numbers.below(most + 1),
                    _ => numbers.below(largest + 1),
                };
                if place == before.len() {
                    before.push(Vec::new());
                }
                before[place].push(whole);
                // Indicators have most of their breakdowns in common, so that formulas have groups too.
                let own: Vec<_> = breakdowns.iter().filter(|_| numbers.below(5) != 0).cloned().collect();
                let mut rows = vec![];
                if whole_is_shown || own.is_empty() {
                    rows.push((String::new(), whole));
                }
                for (name, groups) in own {
                    let sizes = if overlapping { parts(whole, groups, numbers) } else { split(whole, groups, numbers) };
                    rows.extend(
                        sizes.into_iter().enumerate().map(|(group, size)| (format!("{name}: {}", letter(group)), size)),
                    );
                }
                for (breakdown, value) in rows {
                    let is_given = numbers.below(60) == 0;
                    site.rows.push(CountRow {
                        year,
                        indicator: id.to_owned(),
                        period: year,
                        breakdown,
                        value,
                        is_given,
                    });
                }
            }
        }
        site.calculate(counts, numbers);
        site.restate(numbers);
        site.withhold_sums(numbers);
        site
    }

    fn define(&mut self, id: &str, overlapping: bool, largest: usize, numbers: &mut Numbers) {
        _ = write!(self.definitions, "- id: {id}\n  name: Number of {id}\n  unit: {id}\n  people: true\n");
        if overlapping {
            self.definitions.push_str("  overlapping: true\n");
        }
        if numbers.below(2) == 0 {
            let better = numbers.one_of(&["up", "down", "neither"]);
            let tolerance = numbers.one_of(&["", ", tolerance: 10%", ", tolerance: 2"]);
            let target = numbers.below(largest.min(12) + 1);
            _ = write!(self.definitions, "  better: {better}\n  target: {{value: {target}{tolerance}}}\n");
        }
    }

    /// Adds indicators that are calculated from the first ones.
    fn calculate(&mut self, counts: usize, numbers: &mut Numbers) {
        if counts > 1 && numbers.below(3) != 0 {
            let target = numbers.one_of(&["", "  better: up\n  target: {value: 50}\n"]);
            self.definitions.push_str("- id: share\n  name: Share\n  unit: percent\n  formula: enquiries / concerns\n");
            self.definitions.push_str(target);
        }
        if counts > 1 && numbers.below(4) == 0 {
            self.definitions.push_str(
                "- id: both\n  name: Both\n  unit: people\n  people: true\n  formula: concerns + enquiries\n",
            );
        }
        if counts > 2 && numbers.below(4) == 0 {
            self.definitions.push_str(
                "- id: planned\n  name: Planned\n  unit: percent\n  formula: plans / (concerns + enquiries)\n",
            );
        }
        if numbers.below(4) == 0 {
            self.definitions.push_str("- id: population\n  name: Population\n  unit: people\n");
            self.definitions
                .push_str("- id: rate\n  name: Rate\n  unit: per 10,000\n  formula: concerns / population\n");
            let value = 500 + numbers.below(300_000);
            for year in YEARS {
                let row = CountRow {
                    year,
                    indicator: "population".to_owned(),
                    period: year,
                    breakdown: String::new(),
                    value,
                    is_given: false,
                };
                self.rows.push(row);
            }
        }
    }

    /// Sometimes the second report states the first year's wholes again, the same or corrected.
    fn restate(&mut self, numbers: &mut Numbers) {
        if numbers.below(3) != 0 {
            return;
        }
        let correction = numbers.one_of(&[0, 0, 3]);
        let wholes = self.rows.iter().filter(|row| row.year == YEARS[0] && row.breakdown.is_empty() && !row.is_given);
        let again: Vec<_> =
            wholes.map(|row| CountRow { year: YEARS[1], value: row.value + correction, ..row.clone() }).collect();
        let has_breakdown = |id: &str| self.rows.iter().any(|row| row.indicator == id && !row.breakdown.is_empty());
        // With its groups unchanged, a whole cannot be corrected.
        let again: Vec<_> = again.into_iter().filter(|row| correction == 0 || !has_breakdown(&row.indicator)).collect();
        self.rows.extend(again);
    }

    /// Sometimes a table gives a sum as suppressed.
    fn withhold_sums(&mut self, numbers: &mut Numbers) {
        if !self.definitions.contains("- id: both\n") || numbers.below(3) != 0 {
            return;
        }
        let concerns = self.rows.iter().filter(|row| row.indicator == "concerns" && row.period == row.year);
        let sums = concerns.filter_map(|row| {
            let is_other = |other: &&CountRow| {
                other.indicator == "enquiries"
                    && (other.year, other.period, &other.breakdown) == (row.year, row.period, &row.breakdown)
            };
            let value = row.value + self.rows.iter().find(is_other)?.value;
            Some(CountRow { indicator: "both".to_owned(), value, is_given: true, ..row.clone() })
        });
        let sums: Vec<CountRow> = sums.collect();
        if !sums.is_empty() {
            self.rows.push(sums[numbers.below(sums.len())].clone());
        }
    }

    /// The files of the site.
    pub(crate) fn files(&self) -> Site {
        let mut site = Site::from([
            ("content/site.yaml", "title: A partnership\nbase_url: https://reports.example\n"),
            ("content/indicators.yaml", &self.definitions),
        ]);
        for year in YEARS {
            let end = format!("20{}", &year[5..]);
            let report = format!(
                "title: Annual report {year}\nperiod: {{from: {}-04-01, to: {end}-03-31}}\nboards: []\nagencies: []\n",
                &year[..4]
            );
            let mut table = "indicator,period,breakdown,value,note\n".to_owned();
            for row in self.rows.iter().filter(|row| row.year == year) {
                let value = if row.is_given { "c".to_owned() } else { row.value.to_string() };
                let note = if row.period == year { "" } else { "Checked again" };
                _ = writeln!(table, "{},{},{},{value},{note}", row.indicator, row.period, row.breakdown);
            }
            site = site
                .file(&format!("content/{year}/report.yaml"), report)
                .file(&format!("content/{year}/data/indicators.csv"), table);
        }
        site
    }

    /// Whether a figure's value is one of those that an attacker names. Calculated figures count as named correctly.
    pub(crate) fn is_one_of(&self, figure: &Value, values: &Value) -> bool {
        let name = figure_name(figure);
        let rows = self.rows.iter().filter(|row| format!("{} {} {}", row.indicator, row.period, row.breakdown) == name);
        let mut values_of = rows.map(|row| row.value as u64).peekable();
        let named = |value: u64| values.as_array().is_some_and(|all| all.iter().any(|one| one.as_u64() == Some(value)));
        values_of.peek().is_none() || values_of.any(named)
    }

    /// The same site with other counts in place of some that are suppressed: one person moves from one suppressed group of a
    /// breakdown to another, or a count that is suppressed alone becomes another small number.
    pub(crate) fn with_other_suppressed(&self, shown: &[(String, String)], numbers: &mut Numbers) -> Option<Self> {
        let is_suppressed = |row: &CountRow| {
            let line = format!("{},{},{},c,", row.indicator, row.period, row.breakdown);
            let tables = shown.iter().filter(|(path, _)| path.starts_with(row.year));
            !row.is_given && tables.flat_map(|(_, table)| table.lines()).any(|shown| shown.starts_with(&line))
        };
        let places: Vec<usize> = (0..self.rows.len()).filter(|place| is_suppressed(&self.rows[*place])).collect();
        let split = |row: &CountRow| row.breakdown.split_once(':').map(|(name, _)| name.to_owned());
        let mut other = self.clone();
        let mut is_changed = false;
        for &place in &places {
            let row = &self.rows[place];
            let again = self.rows.iter().filter(|again| {
                (&again.indicator, again.period, &again.breakdown) == (&row.indicator, row.period, &row.breakdown)
            });
            let overlapping =
                self.definitions.contains(&format!("- id: {}\n", row.indicator)) && self.is_overlapping(&row.indicator);
            if again.count() > 1 || numbers.below(2) == 0 {
                continue;
            }
            if row.breakdown.is_empty() || overlapping {
                let has_groups = self.rows.iter().any(|group| {
                    group.indicator == row.indicator && group.period == row.period && !group.breakdown.is_empty()
                });
                if (1..=4).contains(&row.value) && !(has_groups && row.breakdown.is_empty()) {
                    other.rows[place].value = 1 + numbers.below(4);
                    is_changed |= other.rows[place].value != row.value;
                }
                continue;
            }
            let partner = places.iter().copied().find(|&partner| {
                let with = &self.rows[partner];
                partner > place && (&with.indicator, with.year, split(with)) == (&row.indicator, row.year, split(row))
            });
            let Some(partner) = partner else { continue };
            let (from, to) = if numbers.below(2) == 0 { (place, partner) } else { (partner, place) };
            // Zeros and large numbers stay what they are, so that the pattern has a chance to.
            if other.rows[from].value > 1 && other.rows[to].value != 4 {
                other.rows[from].value -= 1;
                other.rows[to].value += 1;
                is_changed = true;
            }
        }
        is_changed.then_some(other)
    }

    fn is_overlapping(&self, id: &str) -> bool {
        let entry = self.definitions.split("- id: ").find(|entry| entry.starts_with(&format!("{id}\n")));
        entry.is_some_and(|entry| entry.contains("overlapping: true"))
    }
}

fn letter(group: usize) -> String {
    format!("group {}", char::from(b'a' + u8::try_from(group).unwrap_or_default()))
}

/// A whole as that many groups, some of them small or empty.
fn split(whole: usize, groups: usize, numbers: &mut Numbers) -> Vec<usize> {
    let mut sizes = vec![0; groups];
    let mut rest = whole;
    for size in &mut sizes[1..] {
        let most = numbers.one_of(&[0, 1, 4, 8, whole]);
        *size = numbers.below(most.min(rest) + 1);
        rest -= *size;
    }
    sizes[0] = rest;
    sizes
}

/// Groups that may overlap, none larger than the whole.
fn parts(whole: usize, groups: usize, numbers: &mut Numbers) -> Vec<usize> {
    (0..groups).map(|_| numbers.below(whole + 1)).collect()
}

//! What the built site says of indicators: the figures and definitions of each year's report.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::formula::{self, Quotient};
use super::number::ShownNumber;
use super::table;
use crate::diagnostic::RelPath;
use crate::output::OutputTree;

/// Which figure: an indicator in a period, its whole or one group of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FigureId {
    pub indicator: String,
    pub period: String,
    /// The breakdown and its group, such as `age` and `18 to 64`; `None` for the whole.
    pub group: Option<(String, String)>,
}

impl FigureId {
    /// The same indicator and period as a whole.
    pub(super) fn whole(&self) -> Self {
        Self { group: None, ..self.clone() }
    }

    /// The same period and group of another indicator.
    pub(super) fn with_indicator(&self, indicator: &str) -> Self {
        Self { indicator: indicator.to_owned(), ..self.clone() }
    }
}

/// A figure as readers see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// `c`.
    Suppressed,
    Number(ShownNumber),
}

/// What a report says about one indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct IndicatorFacts {
    pub name: String,
    pub unit: String,
    pub formula: Option<String>,
    /// Whether its groups may overlap, so that they need not add up to the whole.
    pub overlapping: bool,
    /// Whether up or down is better.
    pub better: Option<BetterDirection>,
    pub target: Option<ShownNumber>,
    /// How far from the target is still close to it, or at it where neither direction is better.
    pub tolerance: Option<StatedTolerance>,
    /// How the latest value compares with the target, where the report says so.
    pub reached: Option<Reached>,
    /// By how much the whole changed from an earlier period, where the report says so.
    pub changes: Vec<StatedChange>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BetterDirection {
    Up,
    Down,
}

/// A tolerance, in the indicator's unit or as a share of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatedTolerance {
    Amount(ShownNumber),
    Percent(ShownNumber),
}

/// A change of a figure between two periods, as a report states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatedChange {
    pub from: String,
    pub to: String,
    pub by: ShownNumber,
}

/// One year's report in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Edition {
    /// The folder of its pages: `2024-25`, `cy/2024-25`.
    pub folder: String,
    pub figures: BTreeMap<FigureId, Shown>,
    /// The figures of earlier periods that have a note, which is how a report says that it corrected them.
    pub noted: BTreeSet<FigureId>,
    /// By the indicator's id.
    pub indicators: BTreeMap<String, IndicatorFacts>,
}

/// The table of indicators in an edition's folder.
const TABLE: &str = "data/indicators.csv";

/// The report as data.
const REPORT: &str = "data/report.json";

/// Whether a file of a site has the figures of a report.
pub(crate) fn is_of_figures(path: &str) -> bool {
    is_table(path) || folder(path, REPORT).is_some()
}

/// Whether a file of a site is the table of a report's indicators.
pub(crate) fn is_table(path: &str) -> bool {
    folder(path, TABLE).is_some()
}

/// All editions of a site that have indicators.
pub(super) fn editions(site: &OutputTree) -> Vec<Edition> {
    let tables = site.files.iter().filter_map(|(path, bytes)| Some((path, folder(path.as_str(), TABLE)?, bytes)));
    let edition = |(path, folder, bytes): (&RelPath, &str, &Arc<[u8]>)| {
        let report = site.get(&format!("{folder}/{REPORT}"));
        let report: Option<Value> = report.and_then(|bytes| serde_json::from_slice(bytes).ok());
        let mut edition = Edition {
            folder: folder.to_owned(),
            indicators: report.as_ref().map(indicators).unwrap_or_default(),
            ..Edition::default()
        };
        edition.read_figures(path, bytes);
        edition
    };
    tables.map(edition).collect()
}

/// The folder of a report, if a path is that of this file in it.
fn folder<'a>(path: &'a str, file: &str) -> Option<&'a str> {
    path.strip_suffix(file)?.strip_suffix('/')
}

/// What `report.json` says of each indicator, by its id.
fn indicators(report: &Value) -> BTreeMap<String, IndicatorFacts> {
    let list = report["indicators"].as_array().into_iter().flatten();
    list.filter_map(|indicator| {
        let text = |key: &str| indicator[key].as_str().map(str::to_owned);
        let facts = IndicatorFacts {
            name: text("name").unwrap_or_default(),
            unit: text("unit").unwrap_or_default(),
            formula: text("formula"),
            overlapping: indicator["overlapping"].as_bool().unwrap_or_default(),
            better: match indicator["better"].as_str() {
                Some("up") => Some(BetterDirection::Up),
                Some("down") => Some(BetterDirection::Down),
                _ => None,
            },
            target: ShownNumber::from_json(&indicator["target"]["value"]),
            tolerance: tolerance(&indicator["target"]["tolerance"]),
            reached: indicator["target_state"].as_str().and_then(Reached::parse),
            changes: Vec::new(),
        };
        Some((text("id")?, facts))
    })
    .collect()
}

fn tolerance(value: &Value) -> Option<StatedTolerance> {
    match value.as_str().and_then(|text| text.trim().strip_suffix('%')) {
        Some(percent) => ShownNumber::parse(percent.trim()).map(StatedTolerance::Percent),
        None => ShownNumber::from_json(value).map(StatedTolerance::Amount),
    }
}

/// How a value compares with its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reached {
    /// It reached it; where neither direction is better, it is within the tolerance.
    Met,
    /// It did not, but is within the tolerance.
    Near,
    Missed,
}

impl Reached {
    fn parse(state: &str) -> Option<Self> {
        match state {
            "met" => Some(Self::Met),
            "near" => Some(Self::Near),
            "missed" => Some(Self::Missed),
            _ => None,
        }
    }

    /// In words.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Near => "nearly met",
            Self::Missed => "missed",
        }
    }
}

impl Edition {
    /// Reads the figures of a table.
    fn read_figures(&mut self, path: &RelPath, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let columns = ["indicator", "period", "breakdown", "value", "note"];
        for [indicator, period, breakdown, value, note] in table::rows(path, &text, columns) {
            let shown = match value.as_str() {
                "c" => Shown::Suppressed,
                number => match ShownNumber::parse(number) {
                    Some(number) => Shown::Number(number),
                    None => continue,
                },
            };
            let group = (!breakdown.is_empty()).then(|| {
                let (name, group) = breakdown.split_once(':').unwrap_or((&breakdown, ""));
                (name.trim().to_owned(), group.trim().to_owned())
            });
            let figure = FigureId { indicator, period, group };
            if !note.trim().is_empty() && figure.period.as_str() < self.year() {
                self.noted.insert(figure.clone());
            }
            self.figures.insert(figure, shown);
        }
    }

    /// The year of its report.
    pub(super) fn year(&self) -> &str {
        self.folder.rsplit('/').next().unwrap_or_default()
    }

    /// The latest period that it has the whole of an indicator for.
    pub(super) fn latest_period(&self, indicator: &str) -> Option<&str> {
        let wholes = self.figures.keys().filter(|figure| figure.indicator == indicator && figure.group.is_none());
        wholes.map(|figure| figure.period.as_str()).max()
    }

    /// The address of its table.
    pub(super) fn table(&self) -> String {
        format!("/{}/{TABLE}", self.folder)
    }

    /// The address of the page with its indicators.
    pub(super) fn page(&self) -> String {
        format!("/{}/indicators/", self.folder)
    }

    /// Whether an indicator has a formula.
    pub(super) fn is_calculated(&self, indicator: &str) -> bool {
        self.indicators.get(indicator).is_some_and(|facts| facts.formula.is_some())
    }

    /// Whether an indicator counts: it has no formula, or one that only adds counts. Its unit is not asked, and an
    /// indicator that the report does not describe is taken for a count.
    pub(super) fn is_count(&self, indicator: &str) -> bool {
        let Some(facts) = self.indicators.get(indicator) else { return true };
        facts.formula.is_none() || facts.quotient(&|_| None).is_some_and(|quotient| quotient.is_count())
    }
}

impl IndicatorFacts {
    pub(super) fn quotient(&self, known: &dyn Fn(&str) -> Option<ShownNumber>) -> Option<Quotient> {
        Quotient::parse(self.formula.as_ref()?, known)
    }

    /// The ids of the indicators in the formula.
    pub(super) fn ids(&self) -> Vec<String> {
        self.formula.as_deref().map(formula::indicators).unwrap_or_default()
    }

    /// What the quotient of a formula is multiplied by to get a value in the unit.
    pub(super) fn scale(&self) -> i64 {
        match self.unit.as_str() {
            "percent" => 100,
            "per 10,000" => 10_000,
            _ => 1,
        }
    }

    /// The least and the most, in tenths, of a value that reached the target as stated. `None` if there is no target, or
    /// the values are in two ranges.
    pub(super) fn reached_range(&self, reached: Reached) -> Option<(Option<i64>, Option<i64>)> {
        let hundredths = |number: ShownNumber| number.trimmed().scaled(2);
        let target = hundredths(self.target?)?;
        let tolerance = match self.tolerance {
            None => 0,
            Some(StatedTolerance::Amount(amount)) => hundredths(amount)?,
            Some(StatedTolerance::Percent(percent)) => {
                target.checked_abs()?.checked_mul(hundredths(percent)?)?.div_euclid(10_000)
            }
        };
        // Values have one decimal: the first tenth that is not below, and the last that is not above.
        let from = |hundredths: i64| hundredths.checked_neg()?.div_euclid(10).checked_neg();
        let to = |hundredths: i64| Some(hundredths.div_euclid(10));
        let (low, high) = (target.checked_sub(tolerance)?, target.checked_add(tolerance)?);
        Some(match (self.better, reached) {
            (Some(BetterDirection::Up), Reached::Met) => (from(target), None),
            (Some(BetterDirection::Up), Reached::Near) => (from(low), to(target.checked_sub(1)?)),
            (Some(BetterDirection::Up), Reached::Missed) => (None, to(low.checked_sub(1)?)),
            (Some(BetterDirection::Down), Reached::Met) => (None, to(target)),
            (Some(BetterDirection::Down), Reached::Near) => (from(target.checked_add(1)?), to(high)),
            (Some(BetterDirection::Down), Reached::Missed) => (from(high.checked_add(1)?), None),
            (None, Reached::Met | Reached::Near) => (from(low), to(high)),
            (None, Reached::Missed) => return None,
        })
    }
}

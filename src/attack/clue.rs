//! What the published figures of a site say about those that it suppresses.

use std::collections::{BTreeMap, BTreeSet};

use super::edition::{FigureId, Reached};
use super::number::ShownNumber;

/// A figure that is thought to have one value wherever it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FigureKey {
    pub figure: FigureId,
    /// The place of the edition that it belongs to, if editions differ about it.
    pub edition: Option<usize>,
}

impl FigureKey {
    /// Its indicator and period.
    pub(super) fn restated(&self) -> (String, String) {
        (self.figure.indicator.clone(), self.figure.period.clone())
    }
}

/// Something that the site says about several figures.
#[derive(Clone, Debug)]
pub(super) struct Clue {
    pub kind: ClueKind,
    /// The address of the page or file that says it; empty for the rule.
    pub address: String,
    /// The figures that it is about. Of a computed figure, those of its formula and then itself.
    pub figures: Vec<FigureKey>,
    /// The same as sums. `None` if it is more than sums can say.
    pub rows: Option<Vec<FigureSum>>,
}

impl Clue {
    /// Its sums; none if sums cannot say it.
    pub(super) fn sums(&self) -> impl Iterator<Item = &FigureSum> {
        self.rows.iter().flatten()
    }

    /// The figures that it is about, each once.
    pub(super) fn figures_once(&self) -> impl Iterator<Item = &FigureKey> {
        self.figures.iter().enumerate().filter(|(place, key)| !self.figures[..*place].contains(key)).map(|(_, key)| key)
    }
}

/// What a clue says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ClueKind {
    /// The groups of a breakdown add up to the whole.
    Total { breakdown: String },
    /// A group is a part of the whole.
    Part,
    /// A computed figure is shown.
    Formula { formula: String },
    /// How the figure compares with its target is stated.
    Target { reached: Reached },
    /// A change between two periods is stated.
    Change { by: ShownNumber },
    /// The figure is shown elsewhere.
    Shown,
    /// Of figures that depend on each other, at least one is suppressed because it is small.
    SomeSmall,
}

/// A sum of multiples of figures, and its bounds.
#[derive(Clone, Debug)]
pub(super) struct FigureSum {
    pub terms: Vec<(FigureKey, i64)>,
    pub least: Option<i64>,
    pub most: Option<i64>,
}

/// All that a site says.
#[derive(Debug, Default)]
pub(super) struct Clues {
    pub clues: Vec<Clue>,
    /// Figures that are shown somewhere.
    pub shown: BTreeMap<FigureKey, ShownNumber>,
    /// Suppressed counts, each with the places of the editions that suppress it.
    pub suppressed: BTreeMap<FigureKey, BTreeSet<usize>>,
}

/// Indicators and their periods that editions differ about.
pub(super) type Restated = BTreeSet<(String, String)>;

impl Clues {
    /// Whether no edition shows a figure.
    pub(super) fn is_unknown(&self, key: &FigureKey) -> bool {
        !self.shown.contains_key(key)
    }

    /// A row without the figures that are shown. `None` if its numbers are too large to compute with.
    pub(super) fn known_part(&self, row: &FigureSum) -> Option<KnownPart> {
        let shown = || row.terms.iter().filter_map(|(key, factor)| Some((*self.shown.get(key)?, *factor)));
        let decimals = shown().map(|(number, _)| number.decimals).max().unwrap_or(0);
        let scale = 10_i64.checked_pow(decimals)?;
        let mut known: i64 = 0;
        for (number, factor) in shown() {
            known = known.checked_add(number.scaled(decimals)?.checked_mul(factor)?)?;
        }
        let bound = |bound: Option<i64>| match bound {
            Some(bound) => bound.checked_mul(scale)?.checked_sub(known).map(Some),
            None => Some(None),
        };
        Some(KnownPart { scale, least: bound(row.least)?, most: bound(row.most)? })
    }

    /// The indicators and periods of figures that are shown and contradict each other, such as a restated total and the
    /// groups of an earlier report.
    pub(super) fn contradictions(&self) -> Restated {
        let is_contradicted = |row: &FigureSum| {
            row.terms.iter().all(|(key, _)| !self.is_unknown(key))
                && self.known_part(row).is_some_and(|KnownPart { least, most, .. }| {
                    least.is_some_and(|least| least > 0) || most.is_some_and(|most| most < 0)
                })
        };
        let clues = self.clues.iter().filter(|clue| clue.sums().any(is_contradicted));
        clues.flat_map(|clue| &clue.figures).map(FigureKey::restated).collect()
    }
}

/// What is left of a row without the figures that are shown: the number that its factors were multiplied by so that all
/// are whole, and the bounds of what is left.
pub(super) struct KnownPart {
    pub scale: i64,
    pub least: Option<i64>,
    pub most: Option<i64>,
}

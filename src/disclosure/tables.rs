//! What is published: cells, and what links them.

use std::ops::RangeInclusive;

/// Counts of people that are small enough to recognise somebody by.
pub(crate) const SMALL: RangeInclusive<i64> = 1..=4;

/// Whether a count of people is so small.
pub(crate) fn is_small_count(count: i64) -> bool {
    SMALL.contains(&count)
}

/// The place of a cell in its [`LinkedTables`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CellId(pub(super) usize);

/// What is known of a cell before anything is suppressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellStatus {
    /// A count of people. It is suppressed if it is [`SMALL`], and may be suppressed to protect another.
    People(i64),
    /// Given as suppressed. The number is known if another edition has it.
    Withheld(Option<i64>),
    /// Another whole number, such as the result of a formula. It may be suppressed to protect a count.
    Number(i64),
    /// A whole number that is shown as suppressed because it, or what it is calculated from, is given as suppressed. It need
    /// not be small, but readers must not be able to work it out.
    WithheldResult,
    /// No number of its own: relations that are guarded by it say what readers learn from it, such as from a percentage.
    Figure,
    /// A number that is shown nowhere, such as a total that several breakdowns share and nobody states.
    Latent,
}

impl CellStatus {
    /// The number, where it is known.
    pub(super) fn number(self) -> Option<i64> {
        match self {
            Self::People(number) | Self::Number(number) => Some(number),
            Self::Withheld(number) => number,
            Self::WithheldResult | Self::Figure | Self::Latent => None,
        }
    }

    /// Whether it is suppressed for what it is.
    pub(super) fn is_primary(self) -> bool {
        self.may_be_small() || self == Self::WithheldResult
    }

    /// Whether it is suppressed as a small count, or may be.
    pub(super) fn may_be_small(self) -> bool {
        matches!(self, Self::People(number) if SMALL.contains(&number)) || matches!(self, Self::Withheld(_))
    }

    /// Whether readers are shown it unless it is suppressed, and suppressing it is possible.
    pub(super) fn is_optional(self) -> bool {
        !self.is_primary() && matches!(self, Self::People(_) | Self::Number(_) | Self::Figure)
    }
}

/// One number that is published, in however many places.
#[derive(Debug, Clone)]
pub(super) struct TableCell {
    pub(super) value: CellStatus,
    /// Among patterns with equally many cells, the one with the least sum of these is chosen.
    pub(super) reluctance: u16,
}

/// A linear relation that readers know to hold: `at_least <= sum of factor * number <= at_most`.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    /// Cells, each once, with a factor that is not zero.
    pub(super) terms: Vec<(usize, i64)>,
    pub(super) at_least: Option<i128>,
    pub(super) at_most: Option<i128>,
    /// The relation is only known while this cell is shown.
    pub(super) guard: Option<usize>,
}

impl Relation {
    /// The sum for numbers by cell.
    pub(super) fn sum(&self, numbers: &[i64]) -> i128 {
        self.terms.iter().map(|&(cell, factor)| i128::from(factor) * i128::from(numbers[cell])).sum()
    }

    /// Whether it says what the sum is, and readers know it whatever is suppressed.
    pub(super) fn is_equation(&self) -> bool {
        self.at_least == self.at_most && self.guard.is_none()
    }

    /// Whether it holds for numbers by cell.
    pub(super) fn holds(&self, numbers: &[i64]) -> bool {
        let sum = self.sum(numbers);
        self.at_least.is_none_or(|bound| sum >= bound) && self.at_most.is_none_or(|bound| sum <= bound)
    }
}

/// Tables that are published together and share cells or totals.
#[derive(Debug, Clone, Default)]
pub(crate) struct LinkedTables {
    pub(super) cells: Vec<TableCell>,
    pub(super) relations: Vec<Relation>,
}

impl LinkedTables {
    /// Adds a cell. Among patterns with equally many cells, the one with the least sum of `reluctance` is chosen: a total
    /// that readers would miss has more of it than a group.
    pub(crate) fn add(&mut self, value: CellStatus, reluctance: u16) -> CellId {
        self.cells.push(TableCell { value, reluctance });
        CellId(self.cells.len() - 1)
    }

    /// The cell is given as suppressed.
    pub(crate) fn withhold(&mut self, CellId(cell): CellId) {
        let value = &mut self.cells[cell].value;
        *value = CellStatus::Withheld(value.number());
    }

    /// Readers know that the `parts` add up to the `whole`.
    pub(crate) fn add_sum(&mut self, whole: CellId, parts: &[CellId]) {
        let parts = parts.iter().map(|&part| (part, 1));
        self.add_relation(&parts.chain([(whole, -1)]).collect::<Vec<_>>(), Some(0), Some(0), None);
    }

    /// Readers know that a `part` is not more than the `whole`.
    pub(crate) fn add_part(&mut self, whole: CellId, part: CellId) {
        self.add_relation(&[(whole, 1), (part, -1)], Some(0), None, None);
    }

    /// Readers know that the sum of `factor * number` over the `terms` is in these bounds, at least while `guard` is shown.
    pub(crate) fn add_relation(
        &mut self,
        terms: &[(CellId, i64)],
        at_least: Option<i128>,
        at_most: Option<i128>,
        guard: Option<CellId>,
    ) {
        let mut sums: Vec<(usize, i64)> = Vec::with_capacity(terms.len());
        for &(CellId(cell), factor) in terms {
            match sums.iter_mut().find(|(other, _)| *other == cell) {
                Some((_, sum)) => *sum += factor,
                None => sums.push((cell, factor)),
            }
        }
        sums.retain(|&(_, factor)| factor != 0);
        self.relations.push(Relation { terms: sums, at_least, at_most, guard: guard.map(|CellId(cell)| cell) });
    }
}

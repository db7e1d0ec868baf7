//! What a reader cannot rule out: a search for numbers that agree with everything that is published.

use super::component::Component;
use super::tables::{CellStatus, SMALL};

/// How much work the search for a pattern may be. It counts the terms of relations that are looked at and not time, so
/// that the same tables give the same pattern on every machine.
#[derive(Debug)]
pub(super) struct SearchBudget {
    left: u64,
}

impl Default for SearchBudget {
    fn default() -> Self {
        Self { left: 10_000_000 }
    }
}

impl SearchBudget {
    /// Whether nothing is left.
    pub(super) fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// Whether it is time to be content with what was found.
    pub(super) fn is_low(&self) -> bool {
        self.left < 4_000_000
    }

    /// Takes `steps` from what is left.
    pub(super) fn spend(&mut self, steps: usize) {
        self.left = self.left.saturating_sub(steps as u64);
    }
}

/// What a reader knows besides what is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Knowledge {
    /// That a count is a whole number and not below zero.
    WhatIsPublished,
    /// Also which of the suppressed counts are small, and that the others are not.
    WhichAreSmall,
}

/// The outcome of a search.
#[derive(Debug)]
pub(super) enum Found {
    /// A number for each cell.
    Numbers(Vec<i64>),
    /// There are none. These relations say so, by their place in the component.
    Impossible(Vec<usize>),
    /// The search would have taken too long.
    GaveUp,
}

impl Found {
    /// The numbers, where some were found.
    pub(super) fn numbers(self) -> Option<Vec<i64>> {
        match self {
            Self::Numbers(numbers) => Some(numbers),
            Self::Impossible(_) | Self::GaveUp => None,
        }
    }
}

/// How many terms one search may look at.
const STEPS_A_SEARCH: u64 = 50_000;

/// A change of the bounds of a cell, with the bounds before it and the relation that it follows from.
#[derive(Debug)]
struct BoundChange {
    cell: usize,
    before: (i64, i64),
    relation: Option<usize>,
}

/// A number that was tried for a cell.
#[derive(Debug)]
struct Trial {
    cell: usize,
    number: i64,
    changes_before: usize,
    is_above_tried: bool,
}

/// A relation cannot hold any more; or, where no relation is named, a cell has no number left.
struct DeadEnd(Option<usize>);

/// Depth-first search with propagation of bounds. It prefers the true numbers, so that what it finds is mostly them.
#[derive(Debug)]
pub(super) struct Search<'a> {
    component: &'a Component,
    is_active: Vec<bool>,
    bounds: Vec<(i64, i64)>,
    /// Whether a cell cannot be one of [`SMALL`].
    is_not_small: Vec<bool>,
    changes: Vec<BoundChange>,
    queue: Vec<usize>,
    is_queued: Vec<bool>,
    is_used: Vec<bool>,
    steps: u64,
}

impl<'a> Search<'a> {
    /// A search for the numbers that a reader who has this knowledge cannot rule out while the cells in `is_hidden` are
    /// hidden.
    pub(super) fn new(component: &'a Component, is_hidden: &[bool], knowledge: Knowledge) -> Self {
        let knows_small = knowledge == Knowledge::WhichAreSmall;
        let mut bounds = Vec::with_capacity(component.cells.len());
        let mut is_not_small = Vec::with_capacity(component.cells.len());
        for (index, cell) in component.cells.iter().enumerate() {
            let number = component.numbers[index];
            bounds.push(match cell.value {
                _ if !is_hidden[index] => (number, number),
                CellStatus::Figure => (number, number),
                CellStatus::Number(_) => (-component.limit, component.limit),
                CellStatus::People(_) | CellStatus::Withheld(_) if knows_small && component.is_small[index] => {
                    (*SMALL.start(), *SMALL.end())
                }
                CellStatus::People(_) | CellStatus::Withheld(_) | CellStatus::Latent => (0, component.limit),
            });
            let is_large = matches!(cell.value, CellStatus::People(_)) && !component.is_small[index];
            is_not_small.push(knows_small && is_hidden[index] && is_large);
        }
        let is_shown = |guard: Option<usize>| guard.is_none_or(|guard| !is_hidden[guard]);
        let is_active: Vec<bool> = component.relations.iter().map(|relation| is_shown(relation.guard)).collect();
        Self {
            component,
            bounds,
            is_not_small,
            changes: Vec::new(),
            queue: (0..is_active.len()).filter(|&relation| is_active[relation]).collect(),
            is_queued: is_active.clone(),
            is_used: vec![false; is_active.len()],
            is_active,
            steps: 0,
        }
    }

    /// Looks for numbers, with one cell being the number in `suppose`.
    pub(super) fn run(mut self, suppose: Option<(usize, i64)>, budget: &mut SearchBudget) -> Found {
        let found = self.search(suppose);
        budget.spend(usize::try_from(self.steps).unwrap_or(usize::MAX));
        found
    }

    fn search(&mut self, suppose: Option<(usize, i64)>) -> Found {
        if let Some((cell, number)) = suppose
            && self.tighten(cell, number, number, None).is_err()
        {
            return Found::Impossible(Vec::new());
        }
        let mut order: Vec<usize> =
            (0..self.bounds.len()).filter(|&cell| self.bounds[cell].0 < self.bounds[cell].1).collect();
        order.sort_by_key(|&cell| self.component.numbers[cell]);
        let mut trials: Vec<Trial> = Vec::new();
        loop {
            let mut outcome = self.propagate();
            while let Err(contradiction) = outcome {
                if let Some(relation) = contradiction.0 {
                    self.explain(relation);
                }
                let Some(trial) = trials.pop() else {
                    return Found::Impossible((0..self.is_used.len()).filter(|&index| self.is_used[index]).collect());
                };
                self.undo(trial.changes_before);
                self.explain_cell(trial.cell);
                outcome = self.try_next(trial, &mut trials).and_then(|()| self.propagate());
            }
            if self.steps > STEPS_A_SEARCH {
                return Found::GaveUp;
            }
            let Some(&cell) = order.iter().find(|&&cell| self.bounds[cell].0 < self.bounds[cell].1) else {
                return Found::Numbers(self.bounds.iter().map(|&(low, _)| low).collect());
            };
            let number = self.nearest(cell);
            trials.push(Trial { cell, number, changes_before: self.changes.len(), is_above_tried: false });
            // The number is within the bounds, so this cannot fail.
            let _ = self.tighten(cell, number, number, None);
        }
    }

    /// Tries what is above the number of a trial that failed, then what is below it.
    fn try_next(&mut self, trial: Trial, trials: &mut Vec<Trial>) -> Result<(), DeadEnd> {
        let Trial { cell, number, is_above_tried, .. } = trial;
        let (low, high) = self.bounds[cell];
        if is_above_tried {
            return self.tighten(cell, low, number - 1, None);
        }
        trials.push(Trial { is_above_tried: true, ..trial });
        self.tighten(cell, number + 1, high, None)
    }

    /// The number within the bounds of a cell that is nearest to the true one.
    fn nearest(&self, cell: usize) -> i64 {
        let (low, high) = self.bounds[cell];
        let number = self.component.numbers[cell].clamp(low, high);
        if self.is_not_small[cell] && SMALL.contains(&number) { high } else { number }
    }

    /// Derives bounds from relations until nothing changes.
    fn propagate(&mut self) -> Result<(), DeadEnd> {
        while let Some(relation) = self.queue.pop() {
            self.is_queued[relation] = false;
            if let Err(contradiction) = self.propagate_one(relation) {
                self.queue.drain(..).for_each(|relation| self.is_queued[relation] = false);
                return Err(contradiction);
            }
            if self.steps > STEPS_A_SEARCH {
                break;
            }
        }
        Ok(())
    }

    /// Derives bounds from one relation.
    fn propagate_one(&mut self, index: usize) -> Result<(), DeadEnd> {
        let component = self.component;
        let relation = &component.relations[index];
        self.steps += relation.terms.len() as u64;
        let (mut least, mut most) = (0i128, 0i128);
        for &(cell, factor) in &relation.terms {
            let (low, high) = self.products(cell, factor);
            least += low;
            most += high;
        }
        // What the sum may lose or gain.
        let above = relation.at_most.map(|bound| bound - least);
        let below = relation.at_least.map(|bound| most - bound);
        if above.is_some_and(|room| room < 0) || below.is_some_and(|room| room < 0) {
            return Err(DeadEnd(Some(index)));
        }
        let widest = most - least;
        if above.is_none_or(|room| room >= widest) && below.is_none_or(|room| room >= widest) {
            return Ok(());
        }
        for &(cell, factor) in &relation.terms {
            let (low, high) = self.bounds[cell];
            if low == high {
                continue;
            }
            // How far the number may be from the end of its bounds that makes the sum least, and from the other end.
            let steps = |room: Option<i128>| {
                room.map(|room| i64::try_from(room / i128::from(factor.unsigned_abs())).unwrap_or(i64::MAX))
            };
            let (from_least, from_most) = (steps(above), steps(below));
            let (from_low, from_high) = if factor > 0 { (from_least, from_most) } else { (from_most, from_least) };
            let new_high = from_low.map_or(high, |steps| low.saturating_add(steps).min(high));
            let new_low = from_high.map_or(low, |steps| high.saturating_sub(steps).max(low));
            if (new_low, new_high) != (low, high) {
                self.tighten(cell, new_low, new_high, Some(index))?;
            }
        }
        Ok(())
    }

    /// The least and the most that a term can be.
    fn products(&self, cell: usize, factor: i64) -> (i128, i128) {
        let (low, high) = self.bounds[cell];
        let (low, high) = (i128::from(low) * i128::from(factor), i128::from(high) * i128::from(factor));
        if factor > 0 { (low, high) } else { (high, low) }
    }

    /// Gives a cell new bounds, which follow from `relation`.
    fn tighten(&mut self, cell: usize, low: i64, high: i64, relation: Option<usize>) -> Result<(), DeadEnd> {
        let (mut low, mut high) = (low, high);
        if self.is_not_small[cell] {
            if SMALL.contains(&low) {
                low = SMALL.end() + 1;
            }
            if SMALL.contains(&high) {
                high = SMALL.start() - 1;
            }
        }
        if low > high {
            return Err(DeadEnd(relation));
        }
        if self.bounds[cell] != (low, high) {
            self.changes.push(BoundChange { cell, before: self.bounds[cell], relation });
            self.bounds[cell] = (low, high);
            for &other in &self.component.relations_of[cell] {
                if self.is_active[other] && !self.is_queued[other] {
                    self.is_queued[other] = true;
                    self.queue.push(other);
                }
            }
        }
        Ok(())
    }

    /// Takes changes back until only the first `count` are left.
    fn undo(&mut self, count: usize) {
        for change in self.changes.drain(count..).rev() {
            self.bounds[change.cell] = change.before;
        }
    }

    /// Notes the relations from which a contradiction in this one follows.
    fn explain(&mut self, relation: usize) {
        let mut is_seen = vec![false; self.is_used.len()];
        let mut pending = vec![relation];
        is_seen[relation] = true;
        while let Some(relation) = pending.pop() {
            self.is_used[relation] = true;
            for &(cell, _) in &self.component.relations[relation].terms {
                for reason in self.reasons(cell) {
                    if !std::mem::replace(&mut is_seen[reason], true) {
                        pending.push(reason);
                    }
                }
            }
        }
        self.steps += self.changes.len() as u64;
    }

    /// Notes the relations from which the bounds of a cell follow.
    fn explain_cell(&mut self, cell: usize) {
        for reason in self.reasons(cell) {
            self.explain(reason);
        }
    }

    /// The relations from which changes of the bounds of a cell follow.
    fn reasons(&self, cell: usize) -> Vec<usize> {
        self.changes.iter().filter(|change| change.cell == cell).filter_map(|change| change.relation).collect()
    }
}

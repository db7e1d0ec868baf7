//! A search for numbers that agree with everything that a reader knows.

use std::cmp::Reverse;
use std::ops::Range;

use super::component::Component;
use super::reader::{Found, Knowledge, SearchBudget};
use super::tables::{CellStatus, SMALL};

/// How many terms one search may look at.
const STEPS_A_SEARCH: u64 = 30_000;

/// How many of these the search near a cell may look at.
const STEPS_NEAR: u64 = 5_000;

/// A change of the bounds of a cell, with the bounds before it and the relation that it follows from.
#[derive(Debug)]
struct BoundChange {
    cell: usize,
    before: (i64, i64),
    relation: Option<usize>,
}

/// What is tried for a cell.
#[derive(Debug)]
struct Trial {
    cell: usize,
    changes_before: usize,
    /// The bounds that are left to try, last first.
    untried: Vec<(i64, i64)>,
    /// The cells whose bounds ruled out what was tried so far.
    blamed: CellSet,
}

/// Some of the cells of a component.
#[derive(Debug, Clone)]
struct CellSet(Vec<bool>);

impl CellSet {
    /// None of so many cells.
    fn new(cells: usize) -> Self {
        Self(vec![false; cells])
    }

    fn add(&mut self, cell: usize) {
        self.0[cell] = true;
    }

    fn has(&self, cell: usize) -> bool {
        self.0[cell]
    }

    fn add_all(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }
}

/// A relation cannot hold any more; or, where no relation is named, a cell has no number left.
struct DeadEnd(Option<usize>);

/// Depth-first search with propagation of bounds. It prefers the true numbers, so that what it finds is mostly them. From a
/// dead end it goes back to the last number that had a part in it (conflict-directed backjumping: P. Prosser, *Hybrid
/// Algorithms for the Constraint Satisfaction Problem*, Computational Intelligence 9, 1993).
#[derive(Debug)]
pub(super) struct Search<'a> {
    component: &'a Component,
    is_active: Vec<bool>,
    /// The terms of all relations whose cells had no certain number in the beginning, and which of them are of each relation.
    open_terms: Vec<(usize, i64)>,
    open_terms_of: Vec<Range<usize>>,
    /// The sum of the other terms of each relation.
    known_sums: Vec<i128>,
    bounds: Vec<(i64, i64)>,
    /// Whether a cell cannot be one of [`SMALL`].
    is_not_small: Vec<bool>,
    changes: Vec<BoundChange>,
    queue: Vec<usize>,
    is_queued: Vec<bool>,
    is_used: Vec<bool>,
    steps: u64,
    most_steps: u64,
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
                CellStatus::People(_) | CellStatus::Withheld(_) | CellStatus::WithheldResult | CellStatus::Latent => {
                    (0, component.limit)
                }
            });
            let is_large = matches!(cell.value, CellStatus::People(_)) && !component.is_small[index];
            is_not_small.push(knows_small && is_hidden[index] && is_large);
        }
        let is_shown = |guard: Option<usize>| guard.is_none_or(|guard| !is_hidden[guard]);
        let is_active: Vec<bool> = component.relations.iter().map(|relation| is_shown(relation.guard)).collect();
        let mut open_terms = Vec::new();
        let (mut open_terms_of, mut known_sums) = (Vec::new(), Vec::new());
        for relation in &component.relations {
            let (start, mut sum) = (open_terms.len(), 0);
            for &(cell, factor) in &relation.terms {
                match bounds[cell] {
                    (low, high) if low == high => sum += i128::from(low) * i128::from(factor),
                    _ => open_terms.push((cell, factor)),
                }
            }
            open_terms_of.push(start..open_terms.len());
            known_sums.push(sum);
        }
        Self {
            component,
            open_terms,
            open_terms_of,
            known_sums,
            bounds,
            is_not_small,
            changes: Vec::new(),
            queue: (0..is_active.len()).filter(|&relation| is_active[relation]).collect(),
            is_queued: is_active.clone(),
            is_used: vec![false; is_active.len()],
            is_active,
            steps: 0,
            most_steps: STEPS_A_SEARCH,
        }
    }

    /// Looks for numbers, with one cell being within the range in `suppose`.
    pub(super) fn run(mut self, suppose: Option<(usize, (i64, i64))>, budget: &mut SearchBudget) -> Found {
        let found = match suppose {
            Some((cell, range)) => self.search_with(cell, range),
            None => self.search(STEPS_A_SEARCH),
        };
        budget.spend(self.component.size() + usize::try_from(self.steps).unwrap_or(usize::MAX));
        match found {
            // Whatever the search did, nothing counts as possible that does not agree with what is published.
            Found::Numbers(numbers) if !self.agree(&numbers) => Found::GaveUp,
            found => found,
        }
    }

    /// Whether numbers agree with all relations that readers know.
    fn agree(&self, numbers: &[i64]) -> bool {
        let active = self.component.relations.iter().zip(&self.is_active).filter(|(_, is_active)| **is_active);
        active.into_iter().all(|(relation, _)| relation.holds(numbers))
    }

    /// Looks for numbers with a cell within these bounds.
    fn search_with(&mut self, cell: usize, (least, most): (i64, i64)) -> Found {
        let (low, high) = self.bounds[cell];
        if self.tighten(cell, least.max(low), most.min(high), None).is_err() {
            return Found::Impossible(Vec::new());
        }
        if let Err(DeadEnd(relation)) = self.propagate() {
            let mut blamed = self.blamed_for(relation);
            self.blame_reasons(&mut blamed);
            return self.impossible();
        }
        let count = self.changes.len();
        let found = self.search_near(cell);
        if matches!(found, Found::Numbers(_)) {
            return found;
        }
        self.undo(count);
        self.empty_queue();
        self.is_used.fill(false);
        self.search(STEPS_A_SEARCH)
    }

    /// Looks for numbers that differ from the true ones only for a cell and those that share a relation with it. There mostly
    /// are some, and this finds them with less work.
    fn search_near(&mut self, cell: usize) -> Found {
        let mut is_near = CellSet::new(self.bounds.len());
        for &relation in self.component.relations_of[cell].iter().filter(|&&relation| self.is_active[relation]) {
            let open = &self.open_terms[self.open_terms_of[relation].clone()];
            for &(other, _) in open {
                is_near.add(other);
            }
        }
        for other in (0..self.bounds.len()).filter(|&other| !is_near.has(other)) {
            let number = self.nearest(other);
            if other != cell && self.tighten(other, number, number, None).is_err() {
                return Found::GaveUp;
            }
        }
        self.search(self.steps + STEPS_NEAR)
    }

    /// There are no numbers, as the relations say that were used.
    fn impossible(&self) -> Found {
        Found::Impossible((0..self.is_used.len()).filter(|&relation| self.is_used[relation]).collect())
    }

    /// Depth-first search from the present bounds.
    fn search(&mut self, most_steps: u64) -> Found {
        self.most_steps = most_steps;
        let mut order: Vec<usize> =
            (0..self.bounds.len()).filter(|&cell| self.bounds[cell].0 < self.bounds[cell].1).collect();
        // Wholes and results link most: other cells follow from them.
        order.sort_by_key(|&cell| (Reverse(self.component.cells[cell].reluctance), self.component.numbers[cell]));
        let mut trials: Vec<Trial> = Vec::new();
        loop {
            let mut outcome = self.propagate();
            while let Err(DeadEnd(relation)) = outcome {
                let mut blamed = self.blamed_for(relation);
                outcome = loop {
                    self.blame_reasons(&mut blamed);
                    let Some(mut trial) = trials.pop() else {
                        return self.impossible();
                    };
                    self.undo(trial.changes_before);
                    if blamed.has(trial.cell) {
                        trial.blamed.add_all(&blamed);
                        blamed.clone_from(&trial.blamed);
                        if self.try_next(trial, &mut trials) {
                            break self.propagate();
                        }
                    }
                };
            }
            if self.steps > most_steps {
                return Found::GaveUp;
            }
            let Some(&cell) = order.iter().find(|&&cell| self.bounds[cell].0 < self.bounds[cell].1) else {
                return Found::Numbers(self.bounds.iter().map(|&(low, _)| low).collect());
            };
            let number = self.nearest(cell);
            let (low, high) = self.bounds[cell];
            let trial = Trial {
                cell,
                changes_before: self.changes.len(),
                untried: vec![(low, number - 1), (number + 1, high), (number, number)],
                blamed: CellSet::new(self.bounds.len()),
            };
            self.try_next(trial, &mut trials);
        }
    }

    /// Tries the next bounds of a trial; whether there are any.
    fn try_next(&mut self, mut trial: Trial, trials: &mut Vec<Trial>) -> bool {
        while let Some((low, high)) = trial.untried.pop() {
            if self.tighten(trial.cell, low, high, None).is_ok() {
                trials.push(trial);
                return true;
            }
        }
        false
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
                self.empty_queue();
                return Err(contradiction);
            }
            if self.steps > self.most_steps {
                break;
            }
        }
        Ok(())
    }

    fn empty_queue(&mut self) {
        self.queue.drain(..).for_each(|relation| self.is_queued[relation] = false);
    }

    /// Derives bounds from one relation.
    fn propagate_one(&mut self, index: usize) -> Result<(), DeadEnd> {
        let component = self.component;
        let relation = &component.relations[index];
        let terms = self.open_terms_of[index].clone();
        self.steps += terms.len() as u64 + 1;
        let (mut least, mut most) = (self.known_sums[index], self.known_sums[index]);
        for &(cell, factor) in &self.open_terms[terms.clone()] {
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
        for term in terms {
            let (cell, factor) = self.open_terms[term];
            let (low, high) = self.bounds[cell];
            if low == high {
                continue;
            }
            let width = i128::from(high - low) * i128::from(factor.unsigned_abs());
            // How far the number may be from the end of its bounds that makes the sum least, and from the other end.
            let steps = |room: Option<i128>| {
                let room = room.filter(|&room| room < width)?;
                // A room that is less than the width of one cell is small, and dividing small numbers is fast.
                Some(match i64::try_from(room) {
                    Ok(room) => room / i64::try_from(factor.unsigned_abs()).unwrap_or(i64::MAX),
                    Err(_) => i64::try_from(room / i128::from(factor.unsigned_abs())).unwrap_or(i64::MAX),
                })
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

    /// The cells of a relation that cannot hold any more.
    fn blamed_for(&mut self, relation: Option<usize>) -> CellSet {
        let mut blamed = CellSet::new(self.bounds.len());
        if let Some(relation) = relation {
            self.blame(relation, &mut blamed);
        }
        blamed
    }

    /// Notes that a contradiction follows from a relation and the bounds of its cells.
    fn blame(&mut self, relation: usize, blamed: &mut CellSet) {
        self.is_used[relation] = true;
        self.component.relations[relation].terms.iter().for_each(|&(cell, _)| blamed.add(cell));
    }

    /// Adds the relations and cells from which the bounds of the blamed cells follow.
    fn blame_reasons(&mut self, blamed: &mut CellSet) {
        // What a change follows from was there before it.
        for index in (0..self.changes.len()).rev() {
            let BoundChange { cell, relation, .. } = self.changes[index];
            if let Some(relation) = relation.filter(|_| blamed.has(cell)) {
                self.blame(relation, blamed);
            }
        }
        self.steps += self.changes.len() as u64;
    }
}

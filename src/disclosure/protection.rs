//! The fewest further cells that protect the suppressed counts of a component.

use super::component::Component;
use super::hitting_set::cheapest_hitting_set;
use super::reader::{Found, Knowledge, SearchBudget};
use super::search::Search;
use super::tables::{CellStatus, SMALL};

/// A reader's attempt to rule out that a cell has one of some numbers.
#[derive(Debug, Clone, Copy)]
struct Attack {
    cell: usize,
    numbers: NumberSet,
    knowledge: Knowledge,
}

/// Some of all numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberSet {
    /// This one.
    Only(i64),
    /// All but those from the first to the second.
    AllBut(i64, i64),
}

impl NumberSet {
    /// What a result that may not be worked out must be able to be, besides its number: another number, and not only small
    /// ones.
    pub(super) fn besides(number: i64) -> Self {
        if SMALL.contains(&number) { Self::AllBut(*SMALL.start(), *SMALL.end()) } else { Self::AllBut(number, number) }
    }

    /// Whether a number is one of them.
    pub(super) fn has(self, number: i64) -> bool {
        self.ranges().any(|(least, most)| (least..=most).contains(&number))
    }

    /// They are all numbers of these ranges.
    fn ranges(self) -> impl Iterator<Item = (i64, i64)> {
        let (first, second) = match self {
            Self::Only(number) => ((number, number), None),
            Self::AllBut(from, to) => ((to + 1, i64::MAX), Some((i64::MIN, from - 1))),
        };
        std::iter::once(first).chain(second)
    }
}

/// Numbers that a reader cannot rule out while the cells in `needs` are hidden.
#[derive(Debug)]
struct Witness {
    numbers: Vec<i64>,
    knowledge: Knowledge,
    needs: Vec<usize>,
}

impl Witness {
    /// Whether it shows that a reader cannot rule the numbers out while these cells are hidden.
    fn resists(&self, attack: Attack, is_hidden: &[bool]) -> bool {
        attack.numbers.has(self.numbers[attack.cell])
            && self.knowledge >= attack.knowledge
            && self.needs.iter().all(|&cell| is_hidden[cell])
    }
}

/// What a chosen cell costs before the reluctance to choose it: one cell less is worth any sum of reluctances.
const CELL: u64 = 1 << 32;

/// Which cells of a component are suppressed.
pub(super) fn protect(component: &Component) -> Vec<bool> {
    Guard::new(component).protect()
}

/// The search for the fewest further cells.
struct Guard<'a> {
    component: &'a Component,
    /// Cells that may be suppressed to protect others, in the order in which they are preferred.
    optional: Vec<usize>,
    cost: Vec<u64>,
    witnesses: Vec<Witness>,
    budget: SearchBudget,
}

impl<'a> Guard<'a> {
    fn new(component: &'a Component) -> Self {
        let cells = &component.cells;
        let mut optional: Vec<usize> = (0..cells.len()).filter(|&cell| cells[cell].value.is_optional()).collect();
        optional.sort_by_key(|&cell| (cells[cell].reluctance, cell));
        let cost = cells.iter().map(|cell| CELL + u64::from(cell.reluctance)).collect();
        Self { component, optional, cost, witnesses: Vec::new(), budget: SearchBudget::default() }
    }

    fn protect(mut self) -> Vec<bool> {
        let first = self.component.hidden_at_first();
        let all: Vec<bool> = (0..first.len()).map(|cell| first[cell] || self.optional.contains(&cell)).collect();
        let Some(attacks) = self.attacks(&all) else { return all };
        let mut pattern = self.fewest(&attacks, &first, &all);
        if pattern != all {
            self.show_unneeded(&attacks, &first, &mut pattern);
            return pattern;
        }
        // Totals and results of formulas link much. Without them the search is shorter.
        let mut without_links = first.clone();
        for &cell in &self.optional {
            without_links[cell] |= self.component.cells[cell].reluctance > 0;
        }
        self.budget = SearchBudget::default();
        let mut pattern = self.fewest(&attacks, &without_links, &all);
        self.trim(&attacks, &first, &mut pattern);
        self.show_unneeded(&attacks, &first, &mut pattern);
        pattern
    }

    /// The attacks that a pattern must resist: each number of [`SMALL`] for each suppressed count, and a second number for
    /// each result that is given as suppressed, by the reader with the most knowledge that can be resisted at all. Nothing, if
    /// there is a cell for which no reader can be.
    fn attacks(&mut self, all: &[bool]) -> Option<Vec<Attack>> {
        let component = self.component;
        let mut attacks = Vec::new();
        for cell in (0..component.cells.len()).filter(|&cell| component.cells[cell].value.is_primary()) {
            let count = attacks.len();
            let is_result = component.cells[cell].value == CellStatus::WithheldResult;
            let is_small = component.is_small[cell];
            let small = SMALL.filter(|_| !is_result).map(NumberSet::Only);
            for numbers in small.chain(is_result.then(|| NumberSet::besides(component.numbers[cell]))) {
                let readers = [Knowledge::WhichAreSmall, Knowledge::WhatIsPublished];
                let possible = readers.into_iter().skip(usize::from(!is_small && !is_result));
                let mut possible = possible.map(|knowledge| Attack { cell, numbers, knowledge });
                attacks.extend(possible.find(|&attack| self.resists(attack, all).is_ok()));
            }
            let expected = if is_small { SMALL.count() } else { 1 };
            if attacks.len() < count + expected {
                return None;
            }
        }
        Some(attacks)
    }

    /// The fewest cells, found as a hitting set. Once the budget is low, the cells chosen so far are added to until they
    /// protect everything; if that is too much work as well, everything is hidden.
    fn fewest(&mut self, attacks: &[Attack], first: &[bool], all: &[bool]) -> Vec<bool> {
        let mut best = all.to_vec();
        let mut best_cost = self.cost_of(&best);
        let mut cores: Vec<Vec<usize>> = Vec::new();
        loop {
            let (chosen, is_least) = cheapest_hitting_set(&cores, &self.cost, &mut self.budget);
            let mut is_hidden = first.to_vec();
            for &cell in &chosen {
                is_hidden[cell] = true;
            }
            let least_cost = if is_least { self.cost_of(&is_hidden) } else { 0 };
            let count = cores.len();
            for &attack in attacks {
                while let Err(used) = self.resists(attack, &is_hidden) {
                    let (core, pick) = self.core(attack, &is_hidden, used);
                    let Some(pick) = pick.filter(|_| !self.budget.is_spent()) else { return best };
                    is_hidden[pick] = true;
                    cores.push(core);
                }
            }
            if count != cores.len() || !is_least {
                self.trim(attacks, first, &mut is_hidden);
            }
            let cost = self.cost_of(&is_hidden);
            if cost < best_cost {
                (best, best_cost) = (is_hidden, cost);
            }
            if count == cores.len() || best_cost <= least_cost || self.budget.is_low() {
                return best;
            }
        }
    }

    fn cost_of(&self, is_hidden: &[bool]) -> u64 {
        self.optional.iter().filter(|&&cell| is_hidden[cell]).map(|&cell| self.cost[cell]).sum()
    }

    /// Shows again what need not be hidden.
    fn trim(&mut self, attacks: &[Attack], first: &[bool], is_hidden: &mut [bool]) {
        for cell in self.optional.clone().into_iter().rev() {
            if is_hidden[cell] && !first[cell] && !self.budget.is_spent() {
                is_hidden[cell] = false;
                is_hidden[cell] = attacks.iter().any(|&attack| self.resists(attack, is_hidden).is_err());
            }
        }
    }

    /// Shows again what no witness needs hidden, without any search. A number that readers can work out is the true one in
    /// every witness, so afterwards no cell is hidden whose number follows from what is shown.
    fn show_unneeded(&self, attacks: &[Attack], first: &[bool], is_hidden: &mut [bool]) {
        let mut is_needed = first.to_vec();
        for &attack in attacks {
            let further = |witness: &&Witness| witness.needs.iter().filter(|&&cell| !is_needed[cell]).count();
            let witnesses = self.witnesses.iter().filter(|witness| witness.resists(attack, is_hidden));
            let Some(witness) = witnesses.min_by_key(further) else { return };
            for &cell in &witness.needs {
                is_needed[cell] = true;
            }
        }
        is_hidden.copy_from_slice(&is_needed);
    }

    /// Whether a reader cannot rule the numbers out. If they can, gives the relations that say so; none where that is not
    /// known.
    fn resists(&mut self, attack: Attack, is_hidden: &[bool]) -> Result<(), Option<Vec<usize>>> {
        let Attack { cell, numbers, knowledge } = attack;
        self.budget.spend(self.witnesses.len());
        if self.witnesses.iter().any(|witness| witness.resists(attack, is_hidden)) {
            return Ok(());
        }
        let mut reasons = Some(Vec::new());
        for range in numbers.ranges() {
            let search = Search::new(self.component, is_hidden, knowledge);
            match search.run(Some((cell, range)), &mut self.budget) {
                Found::Numbers(numbers) => {
                    let needs = self.needs(&numbers);
                    self.witnesses.push(Witness { numbers, knowledge, needs });
                    return Ok(());
                }
                Found::Impossible(used) => reasons.iter_mut().for_each(|reasons| reasons.extend(&used)),
                Found::GaveUp => reasons = None,
            }
        }
        Err(reasons)
    }

    /// The cells that would give away that these are not the true numbers.
    fn needs(&self, numbers: &[i64]) -> Vec<usize> {
        let component = self.component;
        let differs = |cell: &usize| {
            component.cells[*cell].value != CellStatus::Figure && numbers[*cell] != component.numbers[*cell]
        };
        let mut needs: Vec<usize> = self.optional.iter().copied().filter(differs).collect();
        for relation in &component.relations {
            if let Some(guard) = relation.guard
                && !relation.holds(numbers)
                && !needs.contains(&guard)
            {
                needs.push(guard);
            }
        }
        needs
    }

    /// Cells of which one must be hidden in any case, and one of them to hide now: if possible, one that is enough
    /// to resist the attack.
    fn core(&mut self, attack: Attack, is_hidden: &[bool], used: Option<Vec<usize>>) -> (Vec<usize>, Option<usize>) {
        let mut is_named = vec![used.is_none(); is_hidden.len()];
        for relation in used.into_iter().flatten().map(|index| &self.component.relations[index]) {
            relation.terms.iter().for_each(|&(cell, _)| is_named[cell] = true);
            relation.guard.into_iter().for_each(|guard| is_named[guard] = true);
        }
        let mut core: Vec<usize> =
            self.optional.iter().copied().filter(|&cell| is_named[cell] && !is_hidden[cell]).collect();
        let mut pick = None;
        let mut index = 0;
        while index < core.len() && !(self.budget.is_spent() || self.budget.is_low() && pick.is_some()) {
            let cell = core[index];
            let mut with = is_hidden.to_vec();
            with[cell] = true;
            if self.resists(attack, &with).is_ok() {
                pick = pick.or(Some(cell));
                index += 1;
                continue;
            }
            let mut without = is_hidden.to_vec();
            for &other in &self.optional {
                without[other] |= other == cell || !core.contains(&other);
            }
            if !self.budget.is_low() && matches!(self.resists(attack, &without), Err(Some(_))) {
                core.remove(index);
            } else {
                index += 1;
            }
        }
        let pick = pick.or(core.first().copied());
        core.sort_unstable();
        (core, pick)
    }
}

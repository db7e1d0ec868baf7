//! Patterns of random tables, compared with what enumerating everything gives. `ANNAL_TABLES` says how many tables.

use std::collections::{BTreeMap, BTreeSet};

use super::component::Component;
use super::protect;
use super::protection::NumberSet;
use super::tables::{CellId, CellStatus, LinkedTables, Relation, SMALL, TableCell};
use super::unknown_numbers;

/// Random numbers that are the same on every machine (xorshift).
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, limit: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from((self.0 >> 11) % limit.unsigned_abs()).unwrap()
    }

    /// A cell with this count, which may be given as suppressed.
    fn cell(&mut self, tables: &mut LinkedTables, count: i64, reluctance: u16) -> CellId {
        let status = match self.below(12) {
            0 if count > 0 => CellStatus::Withheld(None),
            1 => CellStatus::Withheld(Some(count)),
            _ => CellStatus::People(count),
        };
        tables.add(status, reluctance)
    }
}

/// A percentage of two counts, in tenths and rounded.
fn add_percentage(tables: &mut LinkedTables, part: (CellId, i64), whole: (CellId, i64)) {
    if whole.1 > 0 {
        let tenths = (2_000 * part.1 + whole.1) / (2 * whole.1);
        let figure = tables.add(CellStatus::Figure, 1);
        tables.add_relation(&[(part.0, 2_000), (whole.0, 1 - 2 * tenths)], Some(0), None, Some(figure));
        tables.add_relation(&[(part.0, 2_000), (whole.0, -1 - 2 * tenths)], None, Some(-1), Some(figure));
    }
}

/// The sum of two cells: a result, which is suppressed if one of them is given as suppressed.
fn add_result(tables: &mut LinkedTables, parts: [(CellId, i64); 2], reluctance: u16) {
    let is_given = |(part, _): &(CellId, i64)| tables.cells[part.0].value == CellStatus::Withheld(None);
    let is_withheld = parts.iter().any(is_given);
    let sum = parts.iter().map(|(_, count)| count).sum();
    let status = if is_withheld { CellStatus::WithheldResult } else { CellStatus::People(sum) };
    let result = tables.add(status, reluctance);
    tables.add_sum(result, &parts.map(|(part, _)| part));
}

/// What [`small_tables`] has besides a whole with a breakdown.
const KINDS: [&str; 5] =
    ["a second breakdown", "a percentage", "a restated group", "sums with other counts", "nothing"];

/// A whole with a breakdown, and what the seed says of [`KINDS`].
fn small_tables(seed: u64) -> LinkedTables {
    let mut dice = Dice::new(seed);
    let mut tables = LinkedTables::default();
    let counts: Vec<i64> =
        (0..2 + dice.below(3)).map(|_| if dice.below(2) == 0 { dice.below(5) } else { dice.below(9) }).collect();
    let total = counts.iter().sum();
    let whole = dice.cell(&mut tables, total, 2);
    let groups: Vec<CellId> = counts.iter().map(|&count| dice.cell(&mut tables, count, 0)).collect();
    tables.add_sum(whole, &groups);
    match seed % 5 {
        0 => {
            let first = dice.below(total + 1);
            let others = [first, total - first].map(|count| dice.cell(&mut tables, count, 0));
            tables.add_sum(whole, &others);
        }
        1 => {
            let count = dice.below(total + 1);
            let part = dice.cell(&mut tables, count, 2);
            tables.add_part(whole, part);
            add_percentage(&mut tables, (part, count), (whole, total));
        }
        2 => {
            let restated = dice.below(9);
            let whole = dice.cell(&mut tables, total - counts[0] + restated, 2);
            let first = dice.cell(&mut tables, restated, 0);
            tables.add_sum(whole, &[&[first], &groups[1..]].concat());
        }
        3 => {
            let others = [0, 1].map(|_| dice.below(7));
            let [first, rest] = others.map(|count| dice.cell(&mut tables, count, 0));
            let other = tables.add(CellStatus::People(others[0] + others[1]), 2);
            tables.add_sum(other, &[first, rest]);
            add_result(&mut tables, [(groups[0], counts[0]), (first, others[0])], 1);
            add_result(&mut tables, [(whole, total), (other, others[0] + others[1])], 1);
        }
        _ => {}
    }
    tables
}

/// Which numbers each cell can be, by trying all numbers for all hidden cells.
struct Enumeration<'a> {
    component: &'a Component,
    is_hidden: &'a [bool],
    knows_small: bool,
    numbers: Vec<i64>,
    possible: Vec<BTreeSet<i64>>,
}

impl<'a> Enumeration<'a> {
    fn run(component: &'a Component, is_hidden: &'a [bool], knows_small: bool) -> Vec<BTreeSet<i64>> {
        let count = component.cells.len();
        let (numbers, possible) = (vec![0; count], vec![BTreeSet::new(); count]);
        let mut enumeration = Self { component, is_hidden, knows_small, numbers, possible };
        enumeration.try_from_cell(0);
        enumeration.possible
    }

    fn range(&self, cell: usize) -> Vec<i64> {
        let component = self.component;
        let TableCell { value, .. } = component.cells[cell];
        if !self.is_hidden[cell] || value == CellStatus::Figure {
            return vec![component.numbers[cell]];
        }
        let has_figure = component.cells.iter().any(|cell| cell.value == CellStatus::Figure);
        let most = component.numbers.iter().max().unwrap();
        let all = 0..=if has_figure { most * 4 + 9 } else { most + 7 };
        match (self.knows_small, component.is_small[cell], value) {
            (true, true, _) => SMALL.collect(),
            (true, false, CellStatus::People(_)) => all.filter(|number| !SMALL.contains(number)).collect(),
            _ => all.collect(),
        }
    }

    fn try_from_cell(&mut self, cell: usize) {
        let component = self.component;
        if cell == component.cells.len() {
            for (number, possible) in self.numbers.iter().zip(&mut self.possible) {
                possible.insert(*number);
            }
            return;
        }
        let mut range = self.range(cell);
        // The last cell of an equation can only be what the others leave.
        let leaves = |relation: &&Relation| {
            let is_last = relation.terms.iter().all(|&(other, _)| other <= cell);
            relation.is_equation() && is_last && relation.terms.contains(&(cell, 1))
        };
        if let Some(equation) = component.relations.iter().find(leaves) {
            self.numbers[cell] = 0;
            let left = equation.at_least.unwrap() - equation.sum(&self.numbers);
            range.retain(|&number| i128::from(number) == left);
        }
        'numbers: for number in range {
            self.numbers[cell] = number;
            for relation in &component.relations {
                let is_shown = relation.guard.is_none_or(|guard| !self.is_hidden[guard]);
                let is_last = relation.terms.iter().all(|&(other, _)| other <= cell);
                if is_shown
                    && is_last
                    && relation.terms.iter().any(|&(of, _)| of == cell)
                    && !relation.holds(&self.numbers)
                {
                    continue 'numbers;
                }
            }
            self.try_from_cell(cell + 1);
        }
    }
}

/// What must be possible: for a cell, one of these numbers, and whether for a reader who knows which cells are small.
type Aim = (usize, NumberSet, bool);

fn is_possible(possible: &BTreeSet<i64>, numbers: NumberSet) -> bool {
    possible.iter().any(|&number| numbers.has(number))
}

/// All aims for a component. Nothing, if they cannot be reached.
fn aims(component: &Component, all: &[bool]) -> Option<Vec<Aim>> {
    let [weak, strong] = [false, true].map(|knows_small| Enumeration::run(component, all, knows_small));
    let mut aims = Vec::new();
    for cell in (0..all.len()).filter(|&cell| component.cells[cell].value.is_primary()) {
        let is_small = component.is_small[cell];
        let is_result = component.cells[cell].value == CellStatus::WithheldResult;
        let before = aims.len();
        let wanted: Vec<NumberSet> = if is_result {
            vec![NumberSet::besides(component.numbers[cell])]
        } else {
            SMALL.map(NumberSet::Only).collect()
        };
        for numbers in wanted {
            if (is_small || is_result) && is_possible(&strong[cell], numbers) {
                aims.push((cell, numbers, true));
            } else if is_possible(&weak[cell], numbers) {
                aims.push((cell, numbers, false));
            }
        }
        if aims.len() - before < if is_small { 4 } else { 1 } {
            return None;
        }
    }
    Some(aims)
}

fn is_safe(component: &Component, is_hidden: &[bool], aims: &[Aim]) -> bool {
    let possible = [false, true].map(|knows_small| Enumeration::run(component, is_hidden, knows_small));
    aims.iter().all(|&(cell, numbers, knows_small)| is_possible(&possible[usize::from(knows_small)][cell], numbers))
}

#[test]
#[allow(clippy::disallowed_methods, reason = "how many tables are tried comes from the environment")]
fn patterns_are_safe_and_have_the_fewest_cells() {
    let count = std::env::var("ANNAL_TABLES").ok().and_then(|count| count.parse().ok()).unwrap_or(15);
    // By kind of tables: how many further cells are hidden, and the fewest that had to be.
    let mut further: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for seed in 1..=count {
        let tables = small_tables(seed);
        let pattern = protect(&tables);
        for mut component in Component::all_from(&tables) {
            unknown_numbers::fill_in(&mut component);
            let is_hidden: Vec<bool> = component.ids.iter().map(|&id| pattern.is_hidden(CellId(id))).collect();
            let first = component.hidden_at_first();
            let optional: Vec<usize> =
                (0..first.len()).filter(|&cell| component.cells[cell].value.is_optional()).collect();
            let with = |chosen: u32| {
                let mut is_hidden = first.clone();
                let chosen = optional.iter().enumerate().filter(|(bit, _)| (chosen >> bit) & 1 == 1);
                chosen.for_each(|(_, &cell)| is_hidden[cell] = true);
                is_hidden
            };
            let all = with(u32::MAX);
            let Some(aims) = aims(&component, &all) else {
                assert_eq!(is_hidden, all, "{seed}: everything is hidden that cannot be protected");
                continue;
            };
            assert!(is_safe(&component, &is_hidden, &aims), "{seed}: {tables:?} {pattern:?}");
            let count = optional.iter().filter(|&&cell| is_hidden[cell]).count();
            let mut fewer: Vec<u32> = (0..1 << optional.len()).collect();
            fewer.retain(|chosen| (chosen.count_ones() as usize) < count);
            fewer.sort_by_key(|chosen| chosen.count_ones());
            let enough = fewer.into_iter().find(|&chosen| is_safe(&component, &with(chosen), &aims));
            let fewest = enough.map_or(count, |chosen| chosen.count_ones() as usize);
            let kind = further.entry(KINDS[usize::try_from(seed % 5).unwrap()]).or_default();
            *kind = (kind.0 + count, kind.1 + fewest);
        }
    }
    println!("{count} tables: further cells that are hidden, and the fewest possible: {further:?}");
    assert_eq!(further.len(), KINDS.len());
    for (kind, (hidden, fewest)) in further {
        assert!(hidden > 0 && hidden == fewest, "{kind}: {hidden} further cells are hidden in place of {fewest}");
    }
}

/// A whole of `breakdowns` with `groups` each, and the part of each group that is half of it, with percentages.
fn large_tables(seed: u64, breakdowns: i64, groups: i64, has_percentages: bool) -> LinkedTables {
    let mut dice = Dice::new(seed);
    let mut tables = LinkedTables::default();
    let total = 60 + dice.below(if seed.is_multiple_of(2) { 200 } else { 3_000 });
    let whole = tables.add(CellStatus::People(total), 2);
    for _ in 0..breakdowns {
        let mut left = total;
        let mut cells = Vec::new();
        for group in 0..groups {
            let rest = groups - group;
            let count = match dice.below(4) {
                _ if rest == 1 => left,
                0 => dice.below(8).min(left),
                _ => dice.below((left / rest * 2).max(1) + 1).min(left),
            };
            left -= count;
            let cell = tables.add(CellStatus::People(count), 0);
            cells.push(cell);
            if has_percentages {
                add_percentage(&mut tables, (cell, count), (whole, total));
            }
        }
        tables.add_sum(whole, &cells);
    }
    tables
}

#[test]
fn large_tables_do_not_have_to_be_hidden_completely() {
    for (seed, has_percentages) in [(1, false), (2, false), (3, true)] {
        let tables = large_tables(seed, 12, 12, has_percentages);
        let pattern = protect(&tables);
        let small = tables.cells.iter().filter(|cell| cell.value.is_primary()).count();
        let hidden = pattern.is_hidden.iter().filter(|is_hidden| **is_hidden).count();
        assert!(hidden < small * 3 && hidden <= small + 60, "{seed}: {hidden} cells for {small} small ones");
        assert_eq!(protect(&tables), pattern, "the same each time");
    }
}

#[test]
fn the_choice_says_nothing_about_sizes() {
    for (first, second) in [(50, 90), (90, 50)] {
        let mut tables = LinkedTables::default();
        let whole = tables.add(CellStatus::People(143), 2);
        let groups = [3, first, second].map(|count| tables.add(CellStatus::People(count), 0));
        tables.add_sum(whole, &groups);
        assert_eq!(protect(&tables).is_hidden, [false, true, true, false]);
    }
}

#[test]
fn two_small_counts_that_could_only_be_themselves_need_a_third_cell() {
    for (others, expected) in [([2, 3], [false, true, true, false]), ([1, 1], [false, true, true, true])] {
        let mut tables = LinkedTables::default();
        let whole = tables.add(CellStatus::People(others[0] + others[1] + 80), 2);
        let groups = [others[0], others[1], 80].map(|count| tables.add(CellStatus::People(count), 0));
        tables.add_sum(whole, &groups);
        assert_eq!(protect(&tables).is_hidden, expected);
    }
}

#[test]
fn a_count_given_as_suppressed_is_protected_without_its_number() {
    let mut tables = LinkedTables::default();
    let whole = tables.add(CellStatus::People(100), 2);
    let groups = [CellStatus::Withheld(None), CellStatus::People(60), CellStatus::People(37)];
    let groups = groups.map(|status| tables.add(status, 0));
    tables.add_sum(whole, &groups);
    assert_eq!(protect(&tables).is_hidden, [false, true, true, false]);
}

#[test]
fn a_result_that_is_calculated_from_a_withheld_count_cannot_be_worked_out() {
    let mut tables = LinkedTables::default();
    let mut table = |whole: i64, first: CellStatus, others: [i64; 2]| {
        let whole = tables.add(CellStatus::People(whole), 2);
        let others = others.map(CellStatus::People);
        let groups = [first, others[0], others[1]].map(|status| tables.add(status, 0));
        tables.add_sum(whole, &groups);
        [whole, groups[0], groups[1], groups[2]]
    };
    let (one, other) = (table(100, CellStatus::Withheld(None), [60, 37]), table(50, CellStatus::People(3), [27, 20]));
    let statuses =
        [CellStatus::People(150), CellStatus::WithheldResult, CellStatus::People(87), CellStatus::People(57)];
    for ((status, one), other) in statuses.into_iter().zip(one).zip(other) {
        let result = tables.add(status, 1);
        tables.add_sum(result, &[one, other]);
    }
    let pattern = protect(&tables).is_hidden;
    // If all other results were shown, the withheld one would be what is left of their total.
    assert!(pattern[9] && [8, 10, 11].iter().any(|&result| pattern[result]), "{pattern:?}");
}

#[test]
fn tables_without_small_counts_stay_as_they_are() {
    let mut tables = LinkedTables::default();
    let whole = tables.add(CellStatus::People(60), 2);
    let groups = [0, 20, 40].map(|count| tables.add(CellStatus::People(count), 0));
    tables.add_sum(whole, &groups);
    assert_eq!(protect(&tables).is_hidden, [false; 4]);
}

//! Parts of linked tables that say nothing about each other.

use super::tables::{CellStatus, LinkedTables, Relation, TableCell};

/// Cells that are linked to each other by relations, and to no others.
#[derive(Debug)]
pub(super) struct Component {
    /// The place of each cell in the tables that it comes from.
    pub(super) ids: Vec<usize>,
    pub(super) cells: Vec<TableCell>,
    pub(super) relations: Vec<Relation>,
    /// The relations in which each cell is.
    pub(super) relations_of: Vec<Vec<usize>>,
    /// A number for each cell with which all relations hold. Where the number of a cell is known, it is that.
    pub(super) numbers: Vec<i64>,
    /// Whether a cell counts as a small count: such a count, or one that may be and is given as suppressed.
    pub(super) is_small: Vec<bool>,
    /// No reader supposes a number beyond this.
    pub(super) limit: i64,
}

impl Component {
    /// The parts of `tables` in which a cell is suppressed for what it is.
    pub(super) fn all_from(tables: &LinkedTables) -> Vec<Self> {
        let mut group: Vec<usize> = (0..tables.cells.len()).collect();
        for relation in &tables.relations {
            let mut linked = relation.terms.iter().map(|&(cell, _)| cell).chain(relation.guard);
            if let Some(first) = linked.next() {
                for other in linked {
                    let (one, other) = (root(&mut group, first), root(&mut group, other));
                    group[one.max(other)] = one.min(other);
                }
            }
        }
        let roots: Vec<usize> = (0..tables.cells.len()).map(|cell| root(&mut group, cell)).collect();
        let mut has_primary = vec![false; tables.cells.len()];
        for (cell, &top) in tables.cells.iter().zip(&roots) {
            has_primary[top] |= cell.value.is_primary();
        }
        (0..tables.cells.len()).filter(|&top| has_primary[top]).map(|top| Self::new(tables, &roots, top)).collect()
    }

    /// The part of `tables` whose cells have the root `top`.
    fn new(tables: &LinkedTables, roots: &[usize], top: usize) -> Self {
        let mut local = vec![usize::MAX; tables.cells.len()];
        let mut ids = Vec::new();
        for cell in (0..tables.cells.len()).filter(|&cell| roots[cell] == top) {
            local[cell] = ids.len();
            ids.push(cell);
        }
        let cells: Vec<TableCell> = ids.iter().map(|&id| tables.cells[id].clone()).collect();
        let is_here = |relation: &&Relation| relation.terms.first().is_some_and(|&(cell, _)| roots[cell] == top);
        let mut relations: Vec<Relation> = tables.relations.iter().filter(is_here).cloned().collect();
        for relation in &mut relations {
            relation.terms.iter_mut().for_each(|(cell, _)| *cell = local[*cell]);
            relation.guard = relation.guard.map(|guard| local[guard]);
        }
        add_differences(&mut relations);
        let mut relations_of = vec![Vec::new(); cells.len()];
        for (index, relation) in relations.iter().enumerate() {
            relation.terms.iter().for_each(|&(cell, _)| relations_of[cell].push(index));
        }
        let largest = cells.iter().filter_map(|cell| cell.value.number()).map(i64::abs).max().unwrap_or(0);
        let is_small = cells.iter().map(|cell| cell.value.may_be_small()).collect();
        let numbers = cells.iter().map(|cell| cell.value.number().unwrap_or(0)).collect();
        let limit = largest.saturating_mul(4).saturating_add(1_000);
        let mut component = Self { ids, cells, relations, relations_of, numbers, is_small, limit };
        component.hold_for_known_numbers();
        component
    }

    /// Widens relations that do not hold for the known numbers until they do: readers who know of the mistake know as much
    /// from the wrong sum as from the right one.
    fn hold_for_known_numbers(&mut self) {
        for relation in &mut self.relations {
            let is_known = |&(cell, _): &(usize, i64)| self.cells[cell].value.number().is_some();
            if !relation.terms.iter().all(is_known) || relation.holds(&self.numbers) {
                continue;
            }
            let sum = relation.sum(&self.numbers);
            if relation.at_least == relation.at_most {
                (relation.at_least, relation.at_most) = (Some(sum), Some(sum));
            } else {
                relation.at_least = relation.at_least.map(|bound| bound.min(sum));
                relation.at_most = relation.at_most.map(|bound| bound.max(sum));
            }
        }
    }

    /// How much a search has to look at before its first step: all cells and all terms.
    pub(super) fn size(&self) -> usize {
        self.cells.len() + self.relations.iter().map(|relation| relation.terms.len()).sum::<usize>()
    }

    /// The cells that are suppressed in any case, and those that no reader is shown.
    pub(super) fn hidden_at_first(&self) -> Vec<bool> {
        self.cells.iter().map(|cell| cell.value.is_primary() || cell.value == CellStatus::Latent).collect()
    }
}

/// How many relations are added at most to make searches see further.
const DIFFERENCES: usize = 400;

/// Adds what follows from two equations that have most of their cells in common, such as the totals of two editions of a
/// table in which one group was restated, and from two of these. A search looks at one relation at a time and would not
/// see it.
fn add_differences(relations: &mut Vec<Relation>) {
    let of_two = differences(relations);
    let of_four = differences(&of_two);
    relations.extend(of_two.into_iter().chain(of_four).take(DIFFERENCES));
}

/// The differences of two equations that are not longer than both.
fn differences(relations: &[Relation]) -> Vec<Relation> {
    let equations: Vec<&Relation> = relations.iter().filter(|relation| relation.is_equation()).collect();
    let mut differences = Vec::new();
    for (index, one) in equations.iter().enumerate() {
        for other in &equations[index + 1..] {
            let (Some(sum), Some(other_sum)) = (one.at_least, other.at_least) else { continue };
            let is_shared = |&&(cell, _): &&(usize, i64)| one.terms.iter().any(|&(of, _)| of == cell);
            if other.terms.iter().filter(is_shared).count() * 2 < one.terms.len().max(other.terms.len()) {
                continue;
            }
            let mut terms = one.terms.clone();
            for &(cell, factor) in &other.terms {
                match terms.iter_mut().find(|(of, _)| *of == cell) {
                    Some((_, sum)) => *sum -= factor,
                    None => terms.push((cell, -factor)),
                }
            }
            terms.retain(|&(_, factor)| factor != 0);
            if terms.len() <= one.terms.len() && !terms.is_empty() && differences.len() < DIFFERENCES {
                let sum = Some(sum - other_sum);
                differences.push(Relation { terms, at_least: sum, at_most: sum, guard: None });
            }
        }
    }
    differences
}

/// The cell that represents all cells linked to `cell`.
fn root(group: &mut [usize], cell: usize) -> usize {
    let mut top = cell;
    while group[top] != top {
        top = group[top];
    }
    let mut next = cell;
    while group[next] != top {
        next = std::mem::replace(&mut group[next], top);
    }
    top
}

//! Disclosure control: which cells of published tables to suppress so that nobody can work out a small count.
//!
//! A count of people of 1 to 4 is suppressed; that is *primary* suppression. The total and the other groups would give it
//! away, so further cells are suppressed too: *secondary* suppression, with as few cells as possible. This is the cell
//! suppression problem on linked tables, as in M. Fischetti and J. J. Salazar-González, *Solving the Cell Suppression
//! Problem on Tabular Data with Linear Constraints*, Management Science 47 (2001). It is solved as they do, by a master
//! that chooses cells and a reader that attacks the choice, with two differences. The reader looks for whole numbers and
//! not for fractions, as people are counted in whole numbers, and the master is a hitting set, as in E. Moreno-Centeno
//! and R. M. Karp, *The Implicit Hitting Set Approach*, Operations Research 61 (2013).
//!
//! **What is safe.** Take a reader who knows every number that is shown, every sum, percentage and formula, that counts
//! are whole and not negative, which of the suppressed cells are small counts, and that the others are not. For each small
//! count and each number from 1 to 4 this reader must find numbers for all cells that agree with everything they know and
//! have that number there. The result of a formula that is given as suppressed, or calculated from what is, need not be
//! small; there must be a second number for it, and not only small ones. Who knows less can rule out less. Sometimes even
//! hiding everything does not protect against this reader: if 1 and 1 add up to 2, the total cannot be 1. Then the same
//! must hold for a reader who does not know which cells are small. If that is impossible too, all cells that are linked to
//! the count are hidden.
//!
//! **Why the pattern is safe.** A number counts as possible only if a [`search`] has found numbers for all cells, the
//! *witness*. A search that takes too long counts as one that found nothing. So mistakes in judging what readers can rule
//! out lead to more hidden cells and not to fewer.
//!
//! **Why it has the fewest cells.** If a number can be ruled out, the search names shown cells that together do so, and
//! takes away cells until all that are left are needed: the *core*. Every safe pattern hides a cell of every core, since
//! hiding more never rules out more. The cheapest cells that hit all known cores therefore cost no more than the best
//! pattern. Once they are safe, they are the best. All of this works on a [budget](reader::SearchBudget) of steps. Where it
//! runs out, the best safe pattern known so far is taken; at worst, everything that is linked to a small count is hidden.
//!
//! **What the choice says.** Among patterns with equally many cells the order of the cells decides, and no number does:
//! the choice of a cell does not say that it is the largest or the smallest.

mod component;
mod hitting_set;
mod protection;
mod reader;
mod search;
mod tables;
#[cfg(test)]
mod tests;
mod unknown_numbers;

use component::Component;
pub(crate) use tables::{CellId, CellStatus, LinkedTables, is_small_count};

/// Which cells are suppressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    is_hidden: Vec<bool>,
}

impl Pattern {
    /// Whether a cell is suppressed.
    pub(crate) fn is_hidden(&self, cell: CellId) -> bool {
        self.is_hidden[cell.0]
    }
}

/// Chooses which cells of the tables are suppressed.
pub(crate) fn protect(tables: &LinkedTables) -> Pattern {
    let mut pattern = Pattern { is_hidden: vec![false; tables.cells.len()] };
    for mut component in Component::all_from(tables) {
        unknown_numbers::fill_in(&mut component);
        for (&id, is_hidden) in component.ids.iter().zip(protection::protect(&component)) {
            pattern.is_hidden[id] = is_hidden;
        }
    }
    pattern
}

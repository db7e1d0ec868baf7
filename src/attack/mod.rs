//! Tries to work out, from a built site alone, the counts that it suppresses.
//!
//! Nothing here knows how annal decides what to suppress: this room may import neither the model nor the solver, and reads
//! what everybody can download. [`edition`] reads it, [`clue`] says what it means for the suppressed counts, as sums and
//! bounds, and [`arithmetic`] finds out what whole numbers those leave possible.

mod arithmetic;
mod clue;
mod edition;
mod formula;
mod human;
mod inference;
mod json;
mod number;
mod pages;
mod report;
mod statements;
mod table;

pub(crate) use edition::{is_of_figures, is_table};
pub(crate) use human::{human, summary};
pub(crate) use json::json;
pub(crate) use report::AttackReport;

#[cfg(test)]
mod tests;

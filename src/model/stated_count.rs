//! Numbers that a file states, to be checked against what it lists.

use crate::diagnostic::{Location, Subject};

/// A stated number of seats, places or people, and the number counted.
#[derive(Clone, Debug)]
pub(crate) struct StatedCount {
    /// The body or column whose number is stated.
    pub about: Subject,
    /// The place of the statement.
    pub location: Location,
    /// What is counted, by the name of its column or key: `seats`, `places`.
    pub of: &'static str,
    /// The stated number.
    pub stated: u64,
    /// The number counted from the entries.
    pub counted: u64,
    /// Both in words, such as `` `Board` has 16 seats according to this file, but its members hold 15 ``.
    pub in_words: String,
    /// The help if the two differ.
    pub help: String,
}

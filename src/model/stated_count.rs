//! Counts that a file states beside what they are the count of.

use crate::diagnostic::Location;

/// A stated number of seats, places or people, and what was counted.
#[derive(Clone, Debug)]
pub(crate) struct StatedCount {
    /// Where it is stated.
    pub location: Location,
    /// The stated number.
    pub stated: u64,
    /// What the entries come to.
    pub counted: u64,
    /// Both in words, such as `` `Board` has 16 seats as stated, but its members hold 15 ``.
    pub in_words: String,
    /// What to do where the two differ.
    pub help: String,
}

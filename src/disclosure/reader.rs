//! What a reader knows, and how much work it may be to find out what they can rule out.

/// How much work the search for a pattern may be. It counts the terms of relations that are looked at and not time, so
/// that the same tables give the same pattern on every machine.
#[derive(Debug)]
pub(super) struct SearchBudget {
    left: u64,
}

impl Default for SearchBudget {
    fn default() -> Self {
        Self { left: 5_000_000 }
    }
}

impl SearchBudget {
    /// Whether nothing is left.
    pub(super) fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// Whether it is time to be content with what was found.
    pub(super) fn is_low(&self) -> bool {
        self.left < 2_000_000
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

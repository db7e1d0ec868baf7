//! What whole numbers can be, given what is known of their sums.
//!
//! The published figures of a site say of each hidden count that it is a whole number from 0 on, and that certain sums
//! of counts lie within certain bounds. [`System::find`] looks for counts with which all of that holds. It narrows the
//! range of each count by the bounds of each sum until nothing changes (bounds consistency, as in K. R. Apt,
//! *Principles of Constraint Programming*, 2003, chapter 6), halves the smallest range that is left, and tries both
//! halves. So every answer is certain: either there are such counts, or there are none, or the work was too much.

mod eliminate;
mod search;

use std::collections::BTreeSet;

/// The largest count that is considered. Nothing in a report counts more people.
pub(in crate::attack) const LARGEST: i64 = 1_000_000_000;

/// A sum of multiples of counts, and its bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::attack) struct Bounded {
    /// The place of each count and its factor, which is not 0. Each count is there once.
    pub terms: Vec<(usize, i64)>,
    /// The least that the sum can be.
    pub least: Option<i64>,
    /// The most that the sum can be.
    pub most: Option<i64>,
}

/// Unknown counts, and what is known of them.
#[derive(Clone, Debug, Default)]
pub(in crate::attack) struct System {
    /// How many counts there are.
    pub counts: usize,
    /// Sums of them.
    pub sums: Vec<Bounded>,
    /// Lists of counts of which at least one is a small number.
    pub some_small: Vec<Vec<usize>>,
}

/// Work is counted in looks at one term of one sum. When there is none left, nothing is certain any more.
#[derive(Debug)]
pub(in crate::attack) struct Work {
    left: u64,
}

impl Work {
    /// As much work as looking at so many terms.
    pub(in crate::attack) fn new(terms: u64) -> Self {
        Self { left: terms }
    }

    /// Does a part of it.
    fn spend(&mut self, terms: usize) -> Result<(), TooMuchWork> {
        self.left = self.left.saturating_sub(terms as u64);
        if self.left == 0 { Err(TooMuchWork) } else { Ok(()) }
    }
}

/// The search was given up before it was certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::attack) struct TooMuchWork;

/// The least and the most that a count can be.
pub(in crate::attack) type Range = (i64, i64);

/// What a count can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::attack) enum Possible {
    /// It can be anything that it could be before anything was published: all small numbers, or at least one number that
    /// is not small and another one.
    Open,
    /// It can be no other than these numbers, of which there are fewer than small numbers.
    Only(Vec<i64>),
    /// It would take too much work to find out.
    Undecided,
}

/// The counts that are suppressed because they are small.
pub(in crate::attack) const SMALL: std::ops::RangeInclusive<i64> = 1..=4;

impl System {
    /// The ranges before anything is known.
    pub(in crate::attack) fn ranges(&self) -> Vec<Range> {
        vec![(0, LARGEST); self.counts]
    }

    /// The system with the sums that follow from others of its sums.
    pub(in crate::attack) fn with_eliminated(mut self) -> Self {
        let more = eliminate::eliminate(&self.sums);
        self.sums.extend(more);
        self
    }

    /// What each of the counts `wanted` can be; `None` if what is known contradicts itself.
    ///
    /// Each count may take this much work.
    pub(in crate::attack) fn possible(&self, wanted: &[usize], work: u64) -> Option<Vec<Possible>> {
        let mut witnesses = Witnesses::new(self.counts);
        match self.find(&self.ranges(), &mut Work::new(work)) {
            Ok(None) => return None,
            Ok(Some(found)) => witnesses.add(&found),
            Err(TooMuchWork) => return Some(vec![Possible::Undecided; wanted.len()]),
        }
        Some(wanted.iter().map(|&count| self.possible_of(count, &mut witnesses, &mut Work::new(work))).collect())
    }

    fn possible_of(&self, count: usize, witnesses: &mut Witnesses, work: &mut Work) -> Possible {
        self.narrow(count, witnesses, work).unwrap_or(Possible::Undecided)
    }

    fn narrow(&self, count: usize, witnesses: &mut Witnesses, work: &mut Work) -> Result<Possible, TooMuchWork> {
        let (least, most) = (*SMALL.start(), *SMALL.end());
        for range in [(most + 1, LARGEST), (0, least - 1)] {
            if !witnesses.has_large(count) {
                self.try_range(count, range, witnesses, work)?;
            }
        }
        if let Some(large) = witnesses.large(count) {
            for range in [(0, large - 1), (large + 1, LARGEST)] {
                if witnesses.of[count].len() < 2 {
                    self.try_range(count, range, witnesses, work)?;
                }
            }
            return Ok(if witnesses.of[count].len() < 2 { Possible::Only(vec![large]) } else { Possible::Open });
        }
        for value in SMALL {
            if !witnesses.of[count].contains(&value) {
                self.try_range(count, (value, value), witnesses, work)?;
            }
        }
        let found: Vec<i64> = witnesses.of[count].iter().copied().collect();
        Ok(if found.len() == SMALL.count() { Possible::Open } else { Possible::Only(found) })
    }

    fn try_range(
        &self,
        count: usize,
        (least, most): Range,
        witnesses: &mut Witnesses,
        work: &mut Work,
    ) -> Result<(), TooMuchWork> {
        if least > most {
            return Ok(());
        }
        let mut ranges = self.ranges();
        ranges[count] = (least, most);
        if let Some(found) = self.find(&ranges, work)? {
            witnesses.add(&found);
        }
        Ok(())
    }
}

/// Numbers that each count can be, from the solutions that were found. Not all are kept: small ones, and two others.
struct Witnesses {
    of: Vec<BTreeSet<i64>>,
}

impl Witnesses {
    fn new(counts: usize) -> Self {
        Self { of: vec![BTreeSet::new(); counts] }
    }

    fn add(&mut self, solution: &[i64]) {
        for (seen, value) in self.of.iter_mut().zip(solution) {
            if SMALL.contains(value) || seen.iter().filter(|seen| !SMALL.contains(seen)).count() < 2 {
                seen.insert(*value);
            }
        }
    }

    /// A number that the count can be and that is not small.
    fn large(&self, count: usize) -> Option<i64> {
        self.of[count].iter().copied().find(|value| !SMALL.contains(value))
    }

    fn has_large(&self, count: usize) -> bool {
        self.large(count).is_some()
    }
}

#[cfg(test)]
mod tests;

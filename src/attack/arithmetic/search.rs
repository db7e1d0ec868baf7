//! Narrowing of ranges, and the search through what is left.

use std::collections::VecDeque;

use super::{Bounded, Range, SMALL, System, TooMuchWork, Work};

/// What is known contradicts itself.
struct Contradiction;

/// Why a search ends early.
enum End {
    Contradiction,
    TooMuchWork,
}

impl From<Contradiction> for End {
    fn from(_: Contradiction) -> Self {
        Self::Contradiction
    }
}

impl From<TooMuchWork> for End {
    fn from(_: TooMuchWork) -> Self {
        Self::TooMuchWork
    }
}

impl System {
    /// Counts within these ranges with which all that is known holds.
    ///
    /// # Errors
    ///
    /// If it would take more work than is left.
    pub(in crate::attack) fn find(&self, ranges: &[Range], work: &mut Work) -> Result<Option<Vec<i64>>, TooMuchWork> {
        let mut sums_of = vec![Vec::new(); self.counts];
        for (sum, bounded) in self.sums.iter().enumerate() {
            for (count, _) in &bounded.terms {
                sums_of[*count].push(sum);
            }
        }
        // A stack of its own: how many counts there are must not decide how deep the program's goes.
        let mut untried = vec![(ranges.to_vec(), None)];
        while let Some((mut ranges, changed)) = untried.pop() {
            match self.narrow_ranges(&mut ranges, changed, &sums_of, work) {
                Ok(()) => {}
                Err(End::Contradiction) => continue,
                Err(End::TooMuchWork) => return Err(TooMuchWork),
            }
            let open = (0..self.counts).filter(|&count| ranges[count].0 < ranges[count].1);
            let Some(smallest) = open.min_by_key(|&count| ranges[count].1 - ranges[count].0) else {
                return Ok(Some(ranges.into_iter().map(|(least, _)| least).collect()));
            };
            let (least, most) = ranges[smallest];
            let middle = least + (most - least) / 2;
            for half in [(middle + 1, most), (least, middle)] {
                let mut halved = ranges.clone();
                halved[smallest] = half;
                untried.push((halved, Some(smallest)));
            }
        }
        Ok(None)
    }

    /// Narrows ranges by all sums, or by those that a changed count is in, until nothing changes.
    fn narrow_ranges(
        &self,
        ranges: &mut [Range],
        changed: Option<usize>,
        sums_of: &[Vec<usize>],
        work: &mut Work,
    ) -> Result<(), End> {
        let mut is_due = vec![changed.is_none(); self.sums.len()];
        let mut due: VecDeque<usize> = match changed {
            None => (0..self.sums.len()).collect(),
            Some(count) => sums_of[count].iter().copied().collect(),
        };
        for sum in &due {
            is_due[*sum] = true;
        }
        loop {
            while let Some(sum) = due.pop_front() {
                is_due[sum] = false;
                work.spend(self.sums[sum].terms.len())?;
                for count in self.sums[sum].narrow(ranges)? {
                    for &other in &sums_of[count] {
                        if !std::mem::replace(&mut is_due[other], true) {
                            due.push_back(other);
                        }
                    }
                }
            }
            for list in &self.some_small {
                work.spend(list.len())?;
                if let Some(count) = only_small(list, ranges)? {
                    due.extend(&sums_of[count]);
                    for sum in &sums_of[count] {
                        is_due[*sum] = true;
                    }
                }
            }
            if due.is_empty() {
                return Ok(());
            }
        }
    }
}

/// Makes the only count of a list that can be small a small one. Returns it if that changed its range.
fn only_small(list: &[usize], ranges: &mut [Range]) -> Result<Option<usize>, Contradiction> {
    let clipped = |(least, most): Range| (least.max(*SMALL.start()), most.min(*SMALL.end()));
    let mut can_be = list.iter().copied().filter(|&count| clipped(ranges[count]).0 <= clipped(ranges[count]).1);
    let Some(first) = can_be.next() else { return Err(Contradiction) };
    if can_be.next().is_some() || clipped(ranges[first]) == ranges[first] {
        return Ok(None);
    }
    ranges[first] = clipped(ranges[first]);
    Ok(Some(first))
}

impl Bounded {
    /// Narrows the ranges of the counts in this sum, once. Returns those that changed.
    fn narrow(&self, ranges: &mut [Range]) -> Result<Vec<usize>, Contradiction> {
        let product = |factor: i64, value: i64| i128::from(factor) * i128::from(value);
        // The least and the most that a term adds to the sum.
        let of_term = |factor: i64, (least, most): Range| {
            if factor > 0 {
                (product(factor, least), product(factor, most))
            } else {
                (product(factor, most), product(factor, least))
            }
        };
        let (mut sum_least, mut sum_most) = (0, 0);
        for &(count, factor) in &self.terms {
            let (least, most) = of_term(factor, ranges[count]);
            sum_least += least;
            sum_most += most;
        }
        let (least, most) = (self.least.map(i128::from), self.most.map(i128::from));
        if most.is_some_and(|most| sum_least > most) || least.is_some_and(|least| sum_most < least) {
            return Err(Contradiction);
        }
        let mut changed = Vec::new();
        for &(count, factor) in &self.terms {
            let before = ranges[count];
            let (term_least, term_most) = of_term(factor, before);
            let mut range = before;
            // term <= most - others' least, and term >= least - others' most.
            if let Some(most) = most {
                let room = most - (sum_least - term_least);
                if factor > 0 {
                    range.1 = range.1.min(clamp(floor(room, factor)));
                } else {
                    range.0 = range.0.max(clamp(ceiling(room, factor)));
                }
            }
            if let Some(least) = least {
                let need = least - (sum_most - term_most);
                if factor > 0 {
                    range.0 = range.0.max(clamp(ceiling(need, factor)));
                } else {
                    range.1 = range.1.min(clamp(floor(need, factor)));
                }
            }
            if range == before {
                continue;
            }
            if range.0 > range.1 {
                return Err(Contradiction);
            }
            let (now_least, now_most) = of_term(factor, range);
            sum_least += now_least - term_least;
            sum_most += now_most - term_most;
            ranges[count] = range;
            changed.push(count);
        }
        Ok(changed)
    }
}

/// The greatest whole number that is not above `a / b`.
fn floor(a: i128, b: i64) -> i128 {
    let b = i128::from(b);
    let quotient = a / b;
    if a % b != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient }
}

/// The least whole number that is not below `a / b`.
fn ceiling(a: i128, b: i64) -> i128 {
    -floor(-a, b)
}

/// A bound that is outside every range stays outside.
fn clamp(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

//! Sums that follow from other sums, by Gaussian elimination.
//!
//! Narrowing looks at one sum at a time, so it does not see that `a + b + c = 12` and `a + b = 9` leave one number for
//! `c`. The reduced equations say so.

use super::Bounded;

/// The reduced equations that follow from those sums whose bounds are one number, and are not among them. Equations with
/// numbers too large to compute with are left out: they only save work.
pub(super) fn eliminate(sums: &[Bounded]) -> Vec<Bounded> {
    let equations = sums.iter().filter(|sum| sum.least.is_some() && sum.least == sum.most);
    let mut rows: Vec<Equation> = equations.map(Equation::new).collect();
    let mut done = 0;
    let mut pivots: Vec<usize> = rows.iter().flat_map(|row| row.factors.iter().map(|(count, _)| *count)).collect();
    pivots.sort_unstable();
    pivots.dedup();
    for pivot in pivots {
        let Some(row) = (done..rows.len()).find(|&row| rows[row].factor(pivot) != 0) else { continue };
        rows.swap(done, row);
        let by = rows[done].clone();
        for (index, row) in rows.iter_mut().enumerate() {
            if index != done && row.factor(pivot) != 0 {
                let Some(reduced) = row.without(pivot, &by) else { continue };
                *row = reduced;
            }
        }
        done += 1;
    }
    rows.iter().filter_map(Equation::to_bounded).filter(|row| !sums.contains(row)).collect()
}

/// A sum that is one number.
#[derive(Clone)]
struct Equation {
    /// Counts in ascending order, with their factors.
    factors: Vec<(usize, i128)>,
    total: i128,
}

impl Equation {
    fn new(sum: &Bounded) -> Self {
        let mut factors: Vec<_> = sum.terms.iter().map(|&(count, factor)| (count, i128::from(factor))).collect();
        factors.sort_unstable();
        Self { factors, total: sum.least.map_or(0, i128::from) }
    }

    fn factor(&self, count: usize) -> i128 {
        self.factors.iter().find(|(other, _)| *other == count).map_or(0, |(_, factor)| *factor)
    }

    /// This equation less a multiple of another, so that a count is not in it any more.
    fn without(&self, count: usize, by: &Self) -> Option<Self> {
        let (own, other) = (self.factor(count), by.factor(count));
        let mut counts: Vec<usize> = self.factors.iter().chain(&by.factors).map(|(count, _)| *count).collect();
        counts.sort_unstable();
        counts.dedup();
        let less = |a: i128, b: i128| a.checked_mul(other)?.checked_sub(b.checked_mul(own)?);
        let mut factors = Vec::new();
        for count in counts {
            let factor = less(self.factor(count), by.factor(count))?;
            if factor != 0 {
                factors.push((count, factor));
            }
        }
        let total = less(self.total, by.total)?;
        let divisor = factors.iter().fold(total, |divisor, (_, factor)| greatest_common_divisor(divisor, *factor));
        if divisor > 1 {
            factors.iter_mut().for_each(|(_, factor)| *factor /= divisor);
            return Some(Self { factors, total: total / divisor });
        }
        Some(Self { factors, total })
    }

    fn to_bounded(&self) -> Option<Bounded> {
        let total = i64::try_from(self.total).ok()?;
        let terms = self.factors.iter().map(|&(count, factor)| Some((count, i64::try_from(factor).ok()?)));
        let terms: Vec<_> = terms.collect::<Option<_>>()?;
        let is_useful = !terms.is_empty() || total != 0;
        is_useful.then_some(Bounded { terms, least: Some(total), most: Some(total) })
    }
}

fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.saturating_abs(), b.saturating_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

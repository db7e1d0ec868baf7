//! Formulas as readers can use them: a quotient of two sums.

use std::collections::BTreeMap;

use super::formula::{Formula, FormulaStep, Operator};
use crate::disclosure::CellId;
use crate::model::ids::IndicatorId;
use crate::quantity::Decimal;

/// A sum of cells with whole factors, and a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CellSum {
    factors: BTreeMap<CellId, i128>,
    pub(super) number: i128,
}

/// One sum divided by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CellQuotient {
    pub(super) above: CellSum,
    pub(super) below: CellSum,
}

/// What a formula is calculated from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operand {
    /// A number that readers have in any case.
    Number(Decimal),
    /// A number that may be suppressed.
    Cell(CellId),
}

impl CellSum {
    fn of_number(number: i128) -> Self {
        Self { factors: BTreeMap::new(), number }
    }

    /// The number, if there are no cells in it.
    pub(super) fn as_number(&self) -> Option<i128> {
        self.factors.is_empty().then_some(self.number)
    }

    /// The cells and their factors, as relations have them; nothing if a factor is too large.
    pub(super) fn terms(&self) -> Option<Vec<(CellId, i64)>> {
        self.factors.iter().map(|(&cell, &factor)| Some((cell, i64::try_from(factor).ok()?))).collect()
    }

    /// This sum times a number; nothing if that is too large, as below.
    pub(super) fn times(&self, number: i128) -> Option<Self> {
        let factors = self.factors.iter().filter(|_| number != 0);
        let factors = factors.map(|(&cell, factor)| Some((cell, factor.checked_mul(number)?)));
        Some(Self { factors: factors.collect::<Option<_>>()?, number: self.number.checked_mul(number)? })
    }

    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        let mut sum = self.clone();
        for (&cell, &factor) in &other.factors {
            let own = sum.factors.entry(cell).or_default();
            *own = own.checked_add(factor)?;
        }
        sum.factors.retain(|_, factor| *factor != 0);
        sum.number = sum.number.checked_add(other.number)?;
        Some(sum)
    }

    /// The sum, with a number for each cell.
    pub(super) fn value(&self, number: impl Fn(CellId) -> Option<i64>) -> Option<i128> {
        self.factors
            .iter()
            .try_fold(self.number, |sum, (&cell, factor)| sum.checked_add(factor.checked_mul(number(cell)?.into())?))
    }
}

impl CellQuotient {
    fn of_operand(operand: Operand) -> Self {
        match operand {
            Operand::Number(number) => Self {
                above: CellSum::of_number(number.ten_thousandths().into()),
                below: CellSum::of_number(Decimal::whole(1).ten_thousandths().into()),
            },
            Operand::Cell(cell) => Self {
                above: CellSum { factors: BTreeMap::from([(cell, 1)]), number: 0 },
                below: CellSum::of_number(1),
            },
        }
    }

    /// What a formula is calculated to; nothing if that is not one sum divided by another.
    pub(super) fn from_formula(formula: &Formula, operand: impl Fn(&IndicatorId) -> Option<Operand>) -> Option<Self> {
        let mut results: Vec<Self> = Vec::new();
        for step in &formula.steps {
            let result = match step {
                FormulaStep::Indicator(id, _) => Self::of_operand(operand(id)?),
                FormulaStep::Number(number) => Self::of_operand(Operand::Number(*number)),
                FormulaStep::Operator(operator) => {
                    let (right, left) = (results.pop()?, results.pop()?);
                    left.put_together(*operator, &right)?
                }
            };
            results.push(result);
        }
        results.pop()
    }

    fn put_together(&self, operator: Operator, other: &Self) -> Option<Self> {
        let Self { above, below } = self;
        match operator {
            Operator::Add | Operator::Subtract => {
                let sign = if operator == Operator::Add { 1 } else { -1 };
                let (own, others) = (below.as_number()?, other.below.as_number()?);
                let above = above.times(others)?.plus(&other.above.times(own)?.times(sign)?)?;
                Some(Self { above, below: CellSum::of_number(own.checked_mul(others)?) }.reduced())
            }
            Operator::Multiply => {
                Some(Self { above: product(above, &other.above)?, below: product(below, &other.below)? }.reduced())
            }
            Operator::Divide => {
                Some(Self { above: product(above, &other.below)?, below: product(below, &other.above)? }.reduced())
            }
        }
    }

    /// Divides both sums by what all their numbers can be divided by.
    fn reduced(mut self) -> Self {
        let numbers = |sum: &CellSum| sum.factors.values().copied().chain([sum.number]).collect::<Vec<_>>();
        let mut divisor: u128 = 0;
        for number in numbers(&self.above).into_iter().chain(numbers(&self.below)) {
            let mut rest = number.unsigned_abs();
            while rest > 0 {
                (divisor, rest) = (rest, divisor % rest);
            }
        }
        if let Ok(divisor) = i128::try_from(divisor)
            && divisor > 1
        {
            for sum in [&mut self.above, &mut self.below] {
                sum.factors.values_mut().for_each(|factor| *factor /= divisor);
                sum.number /= divisor;
            }
        }
        self
    }
}

/// The product of two sums of which one is a number.
fn product(left: &CellSum, right: &CellSum) -> Option<CellSum> {
    match (left.as_number(), right.as_number()) {
        (_, Some(number)) => left.times(number),
        (Some(number), _) => right.times(number),
        (None, None) => None,
    }
}

//! Numbers as measures for drawing.

use std::fmt;

use plotters::coord::ranged1d::{BoldPoints, Ranged};
use plotters::coord::types::RangedCoordf64;

use crate::quantity::Money;

/// Units of the drawing in tenths, as the backend counts.
#[allow(clippy::cast_possible_truncation, reason = "the cast saturates, and no drawing is that large")]
pub(super) fn tenths(units: f64) -> i32 {
    (units * 10.0).round() as i32
}

/// Writes tenths as units of the drawing: `12`, `-0.5`.
pub(super) fn units(tenths: i32) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        f.write_str(if tenths < 0 { "-" } else { "" })?;
        match (whole, tenth) {
            (_, 0) => write!(f, "{whole}"),
            (0, _) => write!(f, ".{tenth}"),
            _ => write!(f, "{whole}.{tenth}"),
        }
    })
}

/// A count as a measure.
pub(super) fn count(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Pence as a measure. Exact: amounts in a report are below 10^15 pence.
#[allow(clippy::cast_precision_loss, reason = "an `f64` holds every amount that a report can")]
pub(super) fn measure(money: Money) -> f64 {
    money.pence as f64
}

/// A part in whole percent, halves rounded up. `None` if a percentage is meaningless: the whole is zero, or the part is
/// negative or larger than the whole.
pub(super) fn percent(part: Money, whole: Money) -> Option<i128> {
    let (part, whole) = (i128::from(part.pence), i128::from(whole.pence));
    (whole > 0 && part >= 0 && part <= whole).then(|| (part * 200 + whole) / (whole * 2))
}

/// Round values for the marks of an axis, about `wanted` of them.
pub(super) fn ticks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    RangedCoordf64::from(low..high).key_points(BoldPoints(wanted))
}

/// Round values for an axis that begins and ends with one, so that no value is outside.
pub(super) fn whole_ticks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let marks = ticks(low, high, wanted);
    let [first, second, ..] = marks[..] else { return marks };
    let step = second - first;
    // A value on a mark must not add another one because of how it is stored.
    let (from, to) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
    std::iter::successors(Some(from), |at| Some(at + 1.0)).take_while(|at| *at <= to).map(|at| at * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_short_units() {
        let shown: Vec<_> = [0, 5, -5, 10, 123, -4200].map(|tenths| units(tenths).to_string()).into();
        assert_eq!(shown, ["0", ".5", "-.5", "1", "12.3", "-420"]);
        assert_eq!(tenths(f64::NAN), 0);
    }

    #[test]
    fn an_axis_reaches_beyond_its_values() {
        assert_eq!(whole_ticks(0.0, 1450.0, 6).last(), Some(&1500.0));
        for high in [0.7, 3.0, 9.9, 10.0, 99.5, 1450.0, 12_345.0, 1e6] {
            let marks = whole_ticks(-high / 3.0, high, 6);
            assert!(marks.first().is_some_and(|first| *first <= -high / 3.0 + 1e-6), "{high}: {marks:?}");
            assert!(marks.last().is_some_and(|last| *last >= high - 1e-6), "{high}: {marks:?}");
            assert!((3..=14).contains(&marks.len()), "{high}: {marks:?}");
        }
    }

    #[test]
    fn rounds_shares_half_up_and_only_where_they_mean_something() {
        let share = |part, whole| percent(Money { pence: part }, Money { pence: whole });
        assert_eq!(share(149_004, 269_342), Some(55));
        assert_eq!(share(1, 200), Some(1));
        assert_eq!(share(1, 201), Some(0));
        assert_eq!(share(5, 0), None);
        assert_eq!(share(-5, 10), None);
        assert_eq!(share(15, 10), None);
    }
}

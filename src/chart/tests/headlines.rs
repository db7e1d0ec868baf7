//! Headlines say what changed last, what is largest and what is left, and never call silence failure, whatever the numbers are.

use super::layout;
use crate::chart::commitments::{CommitmentYear, CommitmentYears, commitments_trend};
use crate::chart::figure::ChartContext;
use crate::chart::trends::attendance_trend;
use crate::chart::{BudgetData, ContributionData, PayerRow, budget_waterfall, contributions};
use crate::quantity::{Money, Rate};

/// The headline of a figure.
fn headline(figure: Option<&str>) -> String {
    layout::check(figure).lines().next().unwrap_or_default().to_owned()
}

/// A small number generator, so that every run tries the same numbers.
fn numbers(mut seed: u32) -> impl FnMut(u32) -> u32 {
    move |below| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % below
    }
}

#[test]
fn a_trend_is_told_by_its_last_change() {
    let mut number = numbers(7);
    for _ in 0..300 {
        let years: Vec<(String, Rate)> = (0..2 + number(6))
            .map(|at| (format!("20{:02}-{:02}", 10 + at, 11 + at), Rate { attended: number(41), possible: 40 }))
            .collect();
        let [.., (before, earlier), (last, rate)] = &years[..] else { unreachable!("there are at least two") };
        let shown = headline(attendance_trend(&years, &ChartContext::english()).as_deref());
        let change = match rate.attended.cmp(&earlier.attended) {
            std::cmp::Ordering::Greater => "rose",
            std::cmp::Ordering::Less => "fell",
            std::cmp::Ordering::Equal => "the same as",
        };
        assert!(shown.contains(change), "{years:?}: {shown}");
        assert!(shown.contains(last) && shown.contains(before), "{years:?}: {shown}");
        for other in ["rose", "fell"].into_iter().filter(|other| *other != change) {
            assert!(!shown.contains(other), "{years:?}: {shown}");
        }
    }
}

#[test]
fn silence_is_never_called_failure() {
    let mut number = numbers(11);
    for _ in 0..300 {
        let counts = [number(3), number(3), number(4)].map(|count| count as usize);
        let [delivered, dropped, silent] = counts;
        if delivered + dropped + silent == 0 {
            continue;
        }
        let outcomes = ["Delivered", "Dropped", "No update given"].map(str::to_owned).into();
        let year = CommitmentYear { year: "2022-23".to_owned(), counts: counts.to_vec(), silent, is_due: true };
        let years = CommitmentYears { outcomes, years: vec![year] };
        let shown = headline(commitments_trend(&years, &ChartContext::english()).as_deref());
        assert_eq!(shown.contains("o update"), silent > 0, "{counts:?}: {shown}");
        let is_failure = shown.contains("not been delivered") || shown.contains("None of");
        assert_eq!(is_failure, silent == 0 && delivered == 0, "{counts:?}: {shown}");
    }
}

#[test]
fn only_those_who_paid_most_are_named() {
    let mut number = numbers(23);
    for _ in 0..300 {
        let payers = (0..1 + number(5)).map(|at| PayerRow {
            name: format!("Agency {at}"),
            short: None,
            amounts: (0..2).map(|_| Some(Money { pence: i64::from(number(40)) * 100 })).collect(),
        });
        let input =
            ContributionData { funds: vec!["Children".to_owned(), "Adults".to_owned()], payers: payers.collect() };
        let paid = |payer: &PayerRow| payer.amounts.iter().flatten().map(|amount| amount.pence).sum::<i64>();
        let most = input.payers.iter().map(paid).max().unwrap_or_default();
        let shown = headline(contributions(&input, &ChartContext::english()).as_deref());
        for payer in input.payers.iter().filter(|payer| paid(payer) < most) {
            assert!(!shown.contains(&payer.name), "{input:?}: {shown}");
        }
        assert_eq!(shown == "No agency paid anything", most == 0, "{input:?}: {shown}");
    }
}

#[test]
fn a_budget_says_what_is_left_or_missing() {
    let mut number = numbers(29);
    for _ in 0..300 {
        let [income, spent] = [1 + number(30), 1 + number(30)].map(i64::from);
        let line = |pounds: i64| vec![("Line".to_owned(), Money { pence: pounds * 100 })];
        let input = BudgetData { income: line(income), expenditure: line(spent) };
        let shown = headline(budget_waterfall(&input, &ChartContext::english()).as_deref());
        let expected = match spent - income {
            ..0 => format!("leaving £{}", income - spent),
            0 => format!("All £{income}"),
            over => format!("£{over} more than was received"),
        };
        assert!(shown.contains(&expected), "{income} and {spent}: {shown}");
    }
}

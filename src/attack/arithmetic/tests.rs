//! Against enumeration of all small numbers.

use proptest::prelude::*;

use super::*;

fn sum(terms: &[(usize, i64)], least: i64, most: i64) -> Bounded {
    Bounded { terms: terms.to_vec(), least: Some(least), most: Some(most) }
}

fn only(counts: usize, sums: &[Bounded]) -> Vec<Possible> {
    let system = System { counts, sums: sums.to_vec(), some_small: Vec::new() }.with_eliminated();
    system.possible(&(0..counts).collect::<Vec<_>>(), 1_000_000).unwrap()
}

#[test]
fn one_hidden_group_is_the_rest() {
    assert_eq!(only(1, &[sum(&[(0, 1)], 3, 3)]), [Possible::Only(vec![3])]);
}

#[test]
fn two_hidden_groups_of_two_are_one_each_or_nobody() {
    // 0 and 2, 1 and 1, or 2 and 0: not certain to be small.
    assert_eq!(only(2, &[sum(&[(0, 1), (1, 1)], 2, 2)]), [Possible::Open, Possible::Open]);
}

#[test]
fn sums_of_several_are_taken_apart() {
    let sums = [sum(&[(0, 1), (1, 1), (2, 1)], 100_003, 100_003), sum(&[(0, 1), (1, 1)], 100_000, 100_000)];
    assert_eq!(only(3, &sums), [Possible::Open, Possible::Open, Possible::Only(vec![3])]);
}

#[test]
fn a_lone_count_is_small_and_a_bound_narrows_it() {
    let mut system = System { counts: 1, sums: vec![sum(&[(0, 1)], 3, LARGEST)], some_small: vec![vec![0]] };
    assert_eq!(system.possible(&[0], 1000), Some(vec![Possible::Only(vec![3, 4])]));
    system.sums.clear();
    assert_eq!(system.possible(&[0], 1000), Some(vec![Possible::Open]));
}

#[test]
fn contradictions_and_hard_systems_are_never_called_safe() {
    let contradiction =
        System { counts: 1, sums: vec![sum(&[(0, 1)], 3, 3), sum(&[(0, 2)], 8, 8)], some_small: vec![] };
    assert_eq!(contradiction.possible(&[0], 1000), None);
    let parity = (0..20).map(|count| (count, 2)).collect::<Vec<_>>();
    let hard = System { counts: 20, sums: vec![sum(&parity, 101, 101)], some_small: vec![] };
    assert_eq!(hard.possible(&[0], 1000), Some(vec![Possible::Undecided]));
}

/// Every solution with no count above `largest`.
fn enumerate(system: &System, largest: i64) -> Vec<Vec<i64>> {
    let mut found = vec![vec![]];
    for _ in 0..system.counts {
        found = found
            .into_iter()
            .flat_map(|start: Vec<i64>| (0..=largest).map(move |value| [&start[..], &[value]].concat()))
            .collect();
    }
    found.retain(|solution| {
        system.sums.iter().all(|sum| {
            let total: i64 = sum.terms.iter().map(|(count, factor)| solution[*count] * factor).sum();
            sum.least.is_none_or(|least| total >= least) && sum.most.is_none_or(|most| total <= most)
        }) && system.some_small.iter().all(|list| list.iter().any(|count| SMALL.contains(&solution[*count])))
    });
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]
    #[test]
    fn what_is_possible_is_what_enumeration_finds(
        sums in prop::collection::vec((prop::collection::vec(-3i64..=3, 4), -4i64..=12, 0i64..=6, any::<bool>()), 0..4),
        small in prop::collection::vec(prop::collection::btree_set(0usize..4, 1..4), 0..2),
    ) {
        const LARGEST_TRIED: i64 = 8;
        let mut system = System { counts: 4, sums: vec![], some_small: small.into_iter().map(|list| list.into_iter().collect()).collect() };
        for count in 0..4 {
            system.sums.push(sum(&[(count, 1)], 0, LARGEST_TRIED));
        }
        for (factors, least, width, is_exact) in sums {
            let terms: Vec<_> = factors.into_iter().enumerate().filter(|(_, factor)| *factor != 0).collect();
            system.sums.push(sum(&terms, least, if is_exact { least } else { least + width }));
        }
        let all = enumerate(&system, LARGEST_TRIED);
        let found = system.clone().with_eliminated().possible(&[0, 1, 2, 3], 1_000_000);
        if all.is_empty() {
            prop_assert_eq!(found, None);
        } else {
            for (count, possible) in found.unwrap().into_iter().enumerate() {
                let values: BTreeSet<i64> = all.iter().map(|solution| solution[count]).collect();
                let is_all_small = values.iter().all(|value| SMALL.contains(value));
                let expected = if values.len() == 1 || is_all_small && values.len() < 4 {
                    Possible::Only(values.into_iter().collect())
                } else {
                    Possible::Open
                };
                prop_assert_eq!(possible, expected);
            }
        }
    }
}

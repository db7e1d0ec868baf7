//! How long the walk takes: `cargo bench`.
//!
//! The worked example is what a partnership's site is like; the large one is its submissions many times over, in years
//! of their own. `ANNAL_YEARS` says how many years that is.

#![allow(clippy::disallowed_methods, reason = "how much is measured comes from the environment")]

use std::path::Path;

use annal::piece::{ChartContext, Locale, Money, Presence};
use annal::{BuildCache, Options, RelPath, SourceTexts, SourceTree, build_in_memory, piece, read_tree};
use divan::Bencher;

fn main() {
    divan::main();
}

/// The worked example.
fn example() -> SourceTree {
    read_tree(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the example lies beside the benchmark")
}

/// The worked example's year, again and again.
fn large() -> SourceTree {
    let years = std::env::var("ANNAL_YEARS").ok().and_then(|years| years.parse().ok()).unwrap_or(20);
    let mut tree = example();
    let year: Vec<_> = tree.files.iter().filter(|(path, _)| path.below("content/2019-20").is_some()).collect();
    let copies = (0..years).flat_map(|n| {
        let name = format!("content/{}-{:02}", 2100 + n, (2101 + n) % 100);
        let copy = |(path, file): &(&RelPath, &_)| {
            let below = path.below("content/2019-20").expect("it lies in that year");
            (RelPath::new(&format!("{name}/{below}")), annal::piece::SourceFile::clone(file))
        };
        year.iter().map(copy).collect::<Vec<_>>()
    });
    let copies: Vec<_> = copies.collect();
    tree.files.extend(copies);
    tree
}

fn options() -> Options {
    Options { force: true, ..Options::new(jiff::civil::date(2026, 1, 1)) }
}

#[divan::bench(args = ["example", "large"])]
fn check(bencher: Bencher, site: &str) {
    let tree = if site == "large" { large() } else { example() };
    bencher.bench_local(|| annal::check(&tree, &options(), &mut BuildCache::none()));
}

#[divan::bench(args = ["example", "large"])]
fn build(bencher: Bencher, site: &str) {
    let tree = if site == "large" { large() } else { example() };
    bencher.bench_local(|| build_in_memory(&tree, &options(), &mut BuildCache::none()));
}

/// After a word of one submission was changed, as the preview does it.
#[divan::bench(args = ["example", "large"])]
fn rebuild(bencher: Bencher, site: &str) {
    let mut tree = if site == "large" { large() } else { example() };
    let mut memo = BuildCache::default();
    let board = "content/2019-20/boards/risk.md";
    let text = tree.text(&RelPath::new(board)).expect("the example has a Risk Board").to_string();
    let mut edit = 0;
    drop(build_in_memory(&tree, &options(), &mut memo));
    bencher.bench_local(|| {
        edit += 1;
        tree.files.extend(SourceTree::from_texts([(board, format!("{text}\n- Edit {edit}.\n").as_str())]).files);
        build_in_memory(&tree, &options(), &mut memo)
    });
}

/// Checking a site whose indicators are as large as reports have them, most of which is choosing what to suppress.
#[divan::bench(args = ["one table", "a table and its restatement", "two tables and their quotients", "all of these"])]
fn suppress_small_counts(bencher: Bencher, tables: &str) {
    let has_quotients = tables == "two tables and their quotients" || tables == "all of these";
    let is_restated = tables == "a table and its restatement" || tables == "all of these";
    let tree = counted(has_quotients, is_restated);
    bencher.bench_local(|| annal::check(&tree, &options(), &mut BuildCache::none()));
}

/// A site with counts of people by 12 breakdowns of 12 groups. `is_restated`: the second report corrects the whole and one
/// group of each breakdown.
fn counted(has_quotients: bool, is_restated: bool) -> SourceTree {
    const LEADS: &str = "title: A report\nboards: []\nagencies: []\n";
    let report = |year: u32| format!("{LEADS}period: {{from: {year}-04-01, to: {}-03-31}}\n", year + 1);
    let mut definitions = "- {id: concerns, name: Concerns, unit: concerns, people: true}\n".to_owned();
    let mut table = "indicator,period,breakdown,value,note\n".to_owned();
    let mut again = table.clone();
    let mut add = |indicator: &str, seed: u64| {
        let sizes = |breakdown: u64| (1..12).map(move |group| (breakdown * 7 + group * 11 + seed) * 13 % 29 / 2);
        let row = |period: &str, breakdown: &str, value: u64, note: &str| {
            format!("{indicator},{period},{breakdown},{value},{note}\n")
        };
        table += &row("2023-24", "", 900, "");
        for breakdown in 0..12 {
            let rest = 900 - sizes(breakdown).sum::<u64>();
            for (group, size) in std::iter::once(rest).chain(sizes(breakdown)).enumerate() {
                table += &row("2023-24", &format!("by {breakdown}: group {group}"), size, "");
            }
            if is_restated && indicator == "concerns" {
                let group = 1 + breakdown % 11;
                let size = sizes(breakdown).nth(usize::try_from(group - 1).unwrap_or_default()).unwrap_or_default();
                again += &row("2023-24", &format!("by {breakdown}: group {group}"), size + 3, "Counted again");
            }
        }
        if is_restated && indicator == "concerns" {
            again += &row("2023-24", "", 903, "Counted again");
        }
    };
    add("concerns", 1);
    if has_quotients {
        add("enquiries", 2);
        definitions += "- {id: enquiries, name: Enquiries, unit: enquiries, people: true}\n\
                        - {id: share, name: Share, unit: percent, formula: enquiries / concerns}\n";
    }
    SourceTree::from_texts([
        ("content/site.yaml", "title: A partnership\nbase_url: https://reports.example\n"),
        ("content/indicators.yaml", &definitions),
        ("content/2023-24/report.yaml", &report(2023)),
        ("content/2023-24/data/indicators.csv", &table),
        ("content/2024-25/report.yaml", &report(2024)),
        ("content/2024-25/data/indicators.csv", &again),
    ])
}

#[divan::bench]
fn chart_of_attendance(bencher: Bencher) {
    let marks = [Presence::Present, Presence::Deputy, Presence::Apologies, Presence::Absent, Presence::NoSeat];
    let member = |n: usize| piece::MemberRow {
        role: format!("Director of quality and safeguarding {n}"),
        organisation: Some("Milton Keynes University Hospital NHS Foundation Trust".to_owned()),
        cells: (0..12).map(|at| marks[(n + at) % marks.len()]).collect(),
    };
    let input = piece::AttendanceData {
        meetings: (1..=12).map(|month| format!("{month} 2020")).collect(),
        members: (0..40).map(member).collect(),
    };
    let words = piece::carried_locale("en-GB");
    bencher.bench_local(|| piece::attendance_map(&input, &frame(&words)));
}

#[divan::bench]
fn chart_of_contributions(bencher: Bencher) {
    let payer = |n: i64| piece::PayerRow {
        name: format!("The Community Health and Care Partnership No {n}"),
        short: None,
        amounts: (1..=3).map(|fund| Some(Money { pence: n * fund * 12_345 })).collect(),
    };
    let input = piece::ContributionData {
        funds: ["children", "adults", "reviews"].map(str::to_owned).into(),
        payers: (0..40).map(payer).collect(),
    };
    let words = piece::carried_locale("en-GB");
    bencher.bench_local(|| piece::contributions(&input, &frame(&words)));
}

fn frame(words: &Locale) -> ChartContext<'_> {
    ChartContext { id: "chart", period: "2019-20", csv: None, picture: None, level: 2, source: None, words }
}

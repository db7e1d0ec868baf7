//! How much of what must not be published is found, and how seldom what is harmless is flagged.
//!
//! `tests/leaks/leaks.txt` and `tests/leaks/innocents.txt` hold sentences. What stands below the heading
//! `# Written after the rules` was not looked at when they were made. Every sentence is a page of a site that is
//! checked as any other. `cargo test --test leaks -- --nocapture` lists what is told wrongly.

mod support;

use std::collections::{BTreeMap, HashSet};

use annal::Code;
use support::options;
use support::site::Site;

/// A sentence of a list.
struct Sentence<'t> {
    /// What it gives away; nothing in a list of harmless ones.
    kind: &'t str,
    text: &'t str,
    /// Whether it was written after the rules.
    is_later: bool,
}

/// The sentences of a list; `has_kinds` says whether each begins with a kind and a bar.
fn sentences(list: &str, has_kinds: bool) -> Vec<Sentence<'_>> {
    let mut is_later = false;
    let mut sentences = Vec::new();
    for line in list.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with("# ") {
            is_later |= line == "# Written after the rules";
            continue;
        }
        let (kind, text) = if has_kinds { line.split_once(" | ").expect("a kind") } else { ("", line) };
        sentences.push(Sentence { kind, text, is_later });
    }
    sentences
}

/// For each sentence whether a page that holds it is flagged, as personal data or as a small count.
fn flagged(sentences: &[Sentence]) -> Vec<bool> {
    let pages = sentences.iter().enumerate().map(|(number, sentence)| {
        let text = format!("---\ntitle: Page\n---\nThe board reports.\n\n{}\n", sentence.text);
        (format!("content/2023-24/pages/page-{number}.md"), text)
    });
    let site: Site = pages.collect();
    let site = site
        .file("content/site.yaml", "title: T\nbase_url: https://example.org\ncontacts: [{name: C, phone: \"999\"}]\n")
        .file(
            "content/2023-24/report.yaml",
            "title: T\nperiod: {from: 2023-04-01, to: 2024-03-31}\nboards: []\nagencies: []\n",
        );
    let checked = site.check(&options("2024-12-01"));
    let found: HashSet<(String, Code)> =
        checked.into_iter().map(|d| (d.location.file.as_str().to_owned(), d.code)).collect();
    let is_flagged = |(number, sentence): (usize, &Sentence)| {
        let file = format!("content/2023-24/pages/page-{number}.md");
        let codes = match sentence.kind.trim_end_matches('*') {
            "" => &[Code::PersonalData, Code::SmallCount][..],
            "count" => &[Code::SmallCount],
            _ => &[Code::PersonalData],
        };
        codes.iter().any(|code| found.contains(&(file.clone(), *code)))
    };
    sentences.iter().enumerate().map(is_flagged).collect()
}

/// How many of how many.
#[derive(Clone, Copy, Default)]
struct Share {
    hits: usize,
    of: usize,
}

impl Share {
    fn add(&mut self, is_hit: bool) {
        self.hits += usize::from(is_hit);
        self.of += 1;
    }

    fn is_at_least(self, percent: usize) -> bool {
        self.hits * 100 >= self.of * percent
    }
}

/// Adds up a list, and says of each sentence that is told wrongly so.
fn shares<'t>(list: &[Sentence<'t>], must_be_flagged: bool) -> BTreeMap<&'t str, Share> {
    let mut shares: BTreeMap<&str, Share> = BTreeMap::new();
    for (sentence, is_flagged) in list.iter().zip(flagged(list)) {
        let later = if sentence.is_later { "later" } else { "earlier" };
        let promised = if sentence.kind.ends_with('*') { "promised" } else { "added" };
        let names = [sentence.kind.trim_end_matches('*'), later, promised, "all"];
        for name in names {
            shares.entry(name).or_default().add(is_flagged);
        }
        if is_flagged != must_be_flagged {
            println!("{later}: {} | {}", sentence.kind, sentence.text);
        }
    }
    for (name, share) in &shares {
        println!("{name}: {} of {} flagged", share.hits, share.of);
    }
    shares
}

#[test]
fn what_must_not_be_published_is_found() {
    let list = sentences(include_str!("leaks/leaks.txt"), true);
    let shares = shares(&list, true);
    assert!(shares["all"].of >= 200 && shares["later"].of * 3 >= shares["all"].of);
    assert!(shares["promised"].is_at_least(97));
    assert!(shares["all"].is_at_least(90));
    assert!(shares["later"].is_at_least(85));
}

#[test]
fn what_is_harmless_is_let_stand() {
    let list = sentences(include_str!("leaks/innocents.txt"), false);
    let shares = shares(&list, false);
    assert!(shares["all"].of >= 200 && shares["later"].of * 3 >= shares["all"].of);
    assert!(shares["all"].hits * 100 <= shares["all"].of * 3);
}

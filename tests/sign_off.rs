//! Sign-offs are bound to words: whatever word or figure of a signed text is changed, `annal check` says so, and it says
//! nothing of a change of white space, of the shape of quotation marks, or of notes.
//!
//! Every run makes the same edits, from a fixed seed; `ANNAL_EDITS=1000` says how many of each kind.

#![allow(clippy::disallowed_methods, reason = "how many edits are made is read from the environment")]

mod support;

use std::env;
use std::fs;
use std::ops::Range;

use annal::{BuildCache, Code, SourceTexts, SourceTree, read_tree};
use rayon::prelude::*;
use support::command::{annal, printed};
use support::numbers::Numbers;
use support::site::Site;
use support::{options, put};

/// How many edits of each kind are made where nothing else is said.
const COUNT: usize = 16;

const POLICE: &str = "content/2023-24/agencies/police.md";
const REPORT: &str = "content/2023-24/report.yaml";
const PAYMENTS: &str = "content/2023-24/data/contributions.csv";

const TEXT: &str = "---
# The text was agreed by telephone.
title: Northshire Police
summary: We trained 140 officers.
author: {name: Jo Bloggs, role: Chief Inspector}
submitted: 2024-05-28
follow_up:
  - commitment: train-all-officers
    outcome: delivered
    note: |
      All 140 were trained by “the Hub”.
      %% Who counted them?
priorities: [neglect]
---
%% First draft by Sam, 12 May.
The constabulary's work in a year of change.

## What we did

We trained **140 officers** in “professional curiosity”, and the board's chair said that it's
the best course in years. See [the plan](https://northshire.example/plan-2024) for more.

- Response officers, in all 4 districts
%% Ask for the fifth.
- Call handlers, who took `999` calls &amp; others
  - on nights

| District | Officers | Trained |
| --- | --- | --- |
| North | 80 | 70 |
| South | 90 | 70 |

7. The seventh of our priorities.

> \"Nobody asked me before\", said a survivor.[^note]

[^note]: From the survey of 2023.

## What will we do next?

- Train the 30 who are left. {by: 2024-11, owner: Head of Training}
- Publish an audit with the council's help.
";

/// A site in which the police and the report as a whole are signed off.
fn signed() -> SourceTree {
    let before = "## What we did\n\nMuch.\n\n## What next?\n\n- Train all officers.\n";
    let report = "title: Annual report 2022-23\nperiod: {from: 2022-04-01, to: 2023-03-31}\nboards: []\n\
        agencies: [{id: police, name: Police}]\n";
    let site = Site::open("tests/cases/_base").file(POLICE, TEXT).file("content/2022-23/report.yaml", report);
    let folder = site.file("content/2022-23/agencies/police.md", before).on_disk();
    for (name, by) in [("agencies/police", "Assistant Chief Constable"), ("report", "Independent Chair")] {
        let done = annal(folder.path(), &["sign", name, "--by", by, "--on", "2024-06-20"]);
        assert!(done.status.success(), "{}", printed(&done));
    }
    read_tree(folder.path()).unwrap()
}

/// The files whose sign-off is said to be stale.
fn stale(tree: &SourceTree, cache: &mut BuildCache) -> Vec<String> {
    let mut tree = tree.clone();
    // An error elsewhere keeps the pages from being made, which would take most of the time.
    put(&mut tree, "content/pages/empty.md", "");
    let found = annal::build_in_memory(&tree, &options("2024-12-01"), cache).diagnostics;
    let stale = found.iter().filter(|one| one.code == Code::StaleSignOff);
    stale.map(|one| one.location.file.to_string()).collect()
}

fn count() -> usize {
    env::var("ANNAL_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(COUNT)
}

/// Makes random edits, and asserts which files each makes stale.
fn each_edit(path: &str, edit: impl Fn(&str, &mut Numbers) -> String + Sync, expected: &[&str]) {
    let tree = signed();
    assert_eq!(stale(&tree, &mut BuildCache::none()), [""; 0], "nothing has changed yet");
    let old = tree.text(&annal::RelPath::new(path)).unwrap();
    let wrong: Vec<String> = (0..count())
        .into_par_iter()
        .map_init(BuildCache::default, |cache, number| {
            let mut numbers = Numbers(number as u64);
            let new = edit(&old, &mut numbers);
            let mut tree = tree.clone();
            put(&mut tree, path, &new);
            (stale(&tree, cache) != expected).then(|| format!("edit {number} of {path}:\n{new}"))
        })
        .flatten()
        .collect();
    assert!(wrong.is_empty(), "{} of {} are wrong, such as {}", wrong.len(), count(), wrong[0]);
}

/// The words and figures of a text that readers get, as ranges: none of its notes, its sign-off, its keys and comments.
fn parts(text: &str, is_part: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        let is_read = !["%%", "#", "status", "signed_off", "by:", "on:", "text:", "commitment:", "outcome:", "| ---"]
            .iter()
            .any(|no| bare.starts_with(no) && !bare.starts_with("##"));
        // Of a setting, only the value.
        let from = match line.find(": ") {
            Some(colon) if start < text.rfind("\n---\n").unwrap_or(text.len()) => colon + 1,
            _ => 0,
        };
        let mut at = from;
        while is_read && at < line.len() {
            let rest = &line[at..];
            let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            if length > 0 {
                parts.push(start + at..start + at + length);
            }
            at += length + rest[length..].chars().next().map_or(1, char::len_utf8);
        }
        start += line.len();
    }
    parts
}

/// A text with one of its words changed, left out, or put in.
fn change_a_word(text: &str, numbers: &mut Numbers) -> String {
    // Short words are in addresses, and `-` is between two.
    let words: Vec<_> = parts(text, char::is_alphabetic).into_iter().filter(|word| word.len() > 2).collect();
    let Range { start, end } = words[numbers.below(words.len())].clone();
    let word = &text[start..end];
    let new = match numbers.below(6) {
        0 => format!("{word}s"),
        1 => format!("not {word}"),
        2 => word[..word.len() - 1].to_owned(),
        3 => "nobody".to_owned(),
        4 => format!("{} {}", &word[..1], &word[1..]),
        _ if word.chars().all(char::is_lowercase) => word.to_uppercase(),
        _ => format!("un{word}"),
    };
    format!("{}{new}{}", &text[..start], &text[end..])
}

/// A text with one of its digits changed.
fn change_a_figure(text: &str, numbers: &mut Numbers) -> String {
    let figures = parts(text, |c| c.is_ascii_digit());
    let figure = &figures[numbers.below(figures.len())];
    let at = figure.start + numbers.below(figure.len());
    let digit = text[at..].chars().next().and_then(|c| c.to_digit(10)).unwrap();
    // A month or day that is not there would be left out.
    let new = if digit == 1 { 2 } else { 1 };
    format!("{}{new}{}", &text[..at], &text[at + 1..])
}

/// A text that reads the same.
fn change_nothing(text: &str, numbers: &mut Numbers) -> String {
    let body = text.rfind("\n---\n").map_or(0, |end| end + 5);
    let (front, body) = text.split_at(body);
    let kind = numbers.below(13);
    // A paragraph, where any word may begin a line.
    let prose = body.find("We trained").unwrap()..body.find("\n\n- Response").unwrap();
    let mut one = |what: &str, within: Range<usize>, new: &str| {
        let places: Vec<_> = body.match_indices(what).filter(|(at, _)| within.contains(at)).collect();
        let (at, _) = places[numbers.below(places.len())];
        format!("{front}{}{new}{}", &body[..at], &body[at + what.len()..])
    };
    let whole = || 0..body.len();
    match kind {
        0 => one(" ", prose, "  "),
        1 => one(" ", prose, "\n"),
        2 => one(" ", prose, "\u{a0}"),
        3 => one("\n\n", whole(), "\n\n\n\n"),
        4 => one("\n", whole(), " \n"),
        5 => one("“", whole(), "\""),
        6 => one("'", whole(), "’"),
        7 => one("\n\n", whole(), "\n%% A note on 17 of them.\n\n"),
        8 => text.replace('\n', "\r\n"),
        9 => text.replace(['“', '”'], "'"),
        10 => text.replace("%% First draft by Sam, 12 May.\n", ""),
        11 => text.replace("%% Ask for the fifth.", "%% They have 17 more."),
        _ => text.replace("agreed by telephone", "agreed in writing").replace("%% Who counted", "%% Who else saw"),
    }
}

#[test]
fn every_change_of_a_word_is_stale() {
    each_edit(POLICE, change_a_word, &[POLICE, REPORT]);
}

#[test]
fn every_change_of_a_figure_is_stale() {
    each_edit(POLICE, change_a_figure, &[POLICE, REPORT]);
}

#[test]
fn a_text_that_reads_the_same_is_not_stale() {
    each_edit(POLICE, change_nothing, &[]);
}

#[test]
fn tables_and_settings_count_for_the_report_as_a_whole() {
    each_edit(PAYMENTS, change_a_figure, &[REPORT]);
    each_edit(PAYMENTS, change_a_word, &[REPORT]);
    each_edit(REPORT, change_a_figure, &[REPORT]);
    let reads_the_same = |text: &str, numbers: &mut Numbers| match numbers.below(4) {
        0 => text.replace("\"10,000\"", "10000.00"),
        1 => text.replace("\"10,000\"", " £10 000 "),
        2 => text.replace('\n', "\r\n"),
        _ => text.replace("council,", "\"council\" ,"),
    };
    each_edit(PAYMENTS, reads_the_same, &[]);
    let is_worked_on = |text: &str, numbers: &mut Numbers| match numbers.below(4) {
        0 => format!("# Agreed on 3 July.\n{text}due: 2024-05-31\n"),
        1 => format!("{text}published: 2024-10-01\ndistribution: [{{to: The council, on: 2024-10-02}}]\n"),
        2 => text.replace("name: Northshire Council}", "contact: jo@council.example, name: Northshire Council}"),
        _ => text.replace("  - {id", "  -   {id"),
    };
    each_edit(REPORT, is_worked_on, &[]);
}

#[test]
fn each_language_is_signed_off_by_itself() {
    let site = Site::open("tests/sites/bilingual").on_disk();
    let (english, welsh) = ("content/2023-24/agencies/health.md", "content/2023-24/agencies/health.cy.md");
    let sign = |name: &str| {
        let done = annal(site.path(), &["sign", name, "--by", "Chief Executive"]);
        assert!(done.status.success(), "{}", printed(&done));
    };
    let page = |path: &str| {
        let built = support::build(&read_tree(site.path()).unwrap(), &options("2026-12-01"));
        support::text_of(&built.output, path).to_owned()
    };
    let welsh_page = "cy/2023-24/agencies/health/index.html";
    assert!(page(welsh_page).contains("Cymeradwywyd"), "a sign-off that is not bound speaks for both languages");
    sign("agencies/health");
    assert!(!page(welsh_page).contains("Cymeradwywyd"), "nobody has signed off the Welsh words");
    assert!(page("2023-24/agencies/health/index.html").contains("Signed off"));
    sign("agencies/health.cy");
    assert!(page(welsh_page).contains("Cymeradwywyd"));
    let edit = |path: &str| {
        let text = fs::read_to_string(site.path().join(path)).unwrap();
        fs::write(site.path().join(path), format!("{text}\n- Mwy.\n")).unwrap();
        stale(&read_tree(site.path()).unwrap(), &mut BuildCache::none())
    };
    assert_eq!(edit(welsh), [welsh]);
    assert_eq!(edit(english), [welsh, english]);
}

#[test]
fn a_report_with_errors_is_not_signed_off_and_says_where_they_are() {
    let site = Site::open("tests/cases/_base").file(POLICE, format!("{TEXT}\n<b>bold</b>\n")).on_disk();
    let refused = printed(&annal(site.path(), &["sign", "report", "--by", "Independent Chair"]));
    assert!(refused.contains("error: content/2023-24 has 2 errors\n"), "{refused}");
    assert!(refused.ends_with("--- exit status 1 ---"), "{refused}");
    let listed = printed(&annal(site.path(), &["check", "content/2023-24"]));
    assert!(listed.contains("error[raw-html]") && listed.contains("2 errors, "), "{listed}");
}

/// The hash of a text must be the same in every version of annal, or sign-offs that were written earlier would be stale. A
/// change of how it is made needs a `v2` beside it.
#[test]
fn hashes_never_change() {
    let tree = signed();
    let line = |path: &str| {
        let text = tree.text(&annal::RelPath::new(path)).unwrap();
        text.lines().find(|line| line.contains("v1:")).unwrap().trim().to_owned()
    };
    let expected = ["text: \"v1:30510dbd33b39b21d43740d1c162086e\"", "text: \"v1:cac1a82313c279cd68f596c22ee7b21d\""];
    assert_eq!([line(POLICE), line(REPORT)], expected);
}

//! `annal disclosure` as people run it.

use std::fs;
use std::path::Path;

use crate::support::command::{annal, json, printed};
use crate::support::site::Site;

const TABLE: &str = "indicator,period,breakdown,value,note
concerns,2024-25,,20,
concerns,2024-25,age: 18 to 64,12,
concerns,2024-25,age: 65 to 84,5,
concerns,2024-25,age: 85 and over,c,
";

const REPORT: &str = r#"{"indicators": [{"id": "concerns", "name": "Concerns received", "unit": "concerns"}]}"#;

/// A built site that gives a count away.
fn leaking() -> Site {
    Site::from([
        ("output/index.html", "<!doctype html>"),
        ("output/2024-25/data/indicators.csv", TABLE),
        ("output/2024-25/data/report.json", REPORT),
    ])
}

#[test]
fn a_count_that_can_be_worked_out_is_named_with_what_gives_it_away() {
    let folder = leaking().on_disk();
    insta::assert_snapshot!(printed(&annal(folder.path(), &["disclosure", "output"])), @r"
    Concerns received, 2024-25, age: 85 and over must be 3
      suppressed in /2024-25/data/indicators.csv
      given away by
        /2024-25/indicators/: the groups of “age” add up to the whole:
          20 Concerns received, 2024-25
          12 Concerns received, 2024-25, age: 18 to 64
          5 Concerns received, 2024-25, age: 65 to 84
      what to do: suppress one more of these figures: write `c` as its value in content/2024-25/data/indicators.csv

    --- standard error ---
    1 suppressed count: 1 can be worked out from what is published.
    --- exit status 1 ---
    ");
    let found = json(&annal(folder.path(), &["disclosure", "output", "--format", "json"]));
    assert_eq!(found["worked_out"][0]["values"], serde_json::json!([3]));
    assert_eq!(found["worked_out"][0]["figure"]["group"], "85 and over");
    assert_eq!(found["worked_out"][0]["given_away_by"][0]["kind"], "total");
    let other = annal(folder.path(), &["disclosure", "output", "--year", "2023-24"]);
    assert_eq!(other.status.code(), Some(0), "{}", printed(&other));
}

#[test]
fn a_safe_site_is_a_success() {
    let safe = leaking().file("output/2024-25/data/indicators.csv", TABLE.replace(",5,", ",c,")).on_disk();
    insta::assert_snapshot!(printed(&annal(safe.path(), &["disclosure", "output"])), @r"
    --- standard error ---
    2 suppressed counts: none can be worked out from what is published.
    --- exit status 0 ---
    ");
    let without = leaking().without("output/2024-25/data/indicators.csv").on_disk();
    insta::assert_snapshot!(printed(&annal(without.path(), &["disclosure", "output"])), @r"
    --- standard error ---
    No count is suppressed.
    --- exit status 0 ---
    ");
}

#[test]
fn without_a_folder_the_site_is_built_in_memory() {
    let site = Site::from([
        ("content/site.yaml", "title: A partnership\nbase_url: https://reports.example\n"),
        (
            "content/2024-25/report.yaml",
            "title: Annual report 2024-25\nperiod: {from: 2024-04-01, to: 2025-03-31}\nboards: []\nagencies: []\n",
        ),
        ("content/indicators.yaml", "- id: concerns\n  name: Concerns received\n  unit: concerns\n  people: true\n"),
        ("content/2024-25/data/indicators.csv", &TABLE.replace(",c,", ",3,")),
    ])
    .on_disk();
    let run = printed(&annal(site.path(), &["disclosure"]));
    assert!(run.contains("2 suppressed counts: none can be worked out from what is published."), "{run}");
    assert!(!Path::new(&site.path().join("output")).exists(), "nothing is written");
    let folder = site.path().to_str().unwrap();
    assert_eq!(printed(&annal(Path::new("/"), &["disclosure", folder])), run, "a site's folder is built too");
}

#[test]
fn what_is_not_a_built_site_is_refused() {
    let folder = leaking().on_disk();
    fs::remove_file(folder.path().join("output/index.html")).unwrap();
    insta::assert_snapshot!(printed(&annal(folder.path(), &["disclosure", "output"])), @r"
    --- standard error ---
    error: output is not a built site
      = help: name a folder that `annal build` wrote, or leave the folder out to build the site here in memory
    --- exit status 2 ---
    ");
}

//! Generated sites with indicators that count people: no suppressed count can be worked out from what is published, and no
//! byte of the site depends on one.
//!
//! `ANNAL_SITES=1000` generates as many, and `ANNAL_SITES_FOLDER` keeps what they publish for the checks of
//! `tests/soak disclosure`.

#![allow(clippy::disallowed_methods, reason = "these tests write sites to the disk, as people do")]

mod command;
mod figures;
mod generated;
#[path = "../support/mod.rs"]
mod support;

use std::env;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use annal::{MemoryBuild, OutputTree, Severity};
use serde_json::{Value, json};

use generated::GeneratedSite;
use support::numbers::Numbers;

/// How many sites are generated for every change.
const SITES: usize = 12;

const SEED: u64 = 25;

#[test]
fn generated_sites_give_no_suppressed_count_away() {
    let sites = env::var("ANNAL_SITES").ok().and_then(|count| count.parse().ok()).unwrap_or(SITES);
    let kept = env::var_os("ANNAL_SITES_FOLDER");
    let mut faults = Vec::new();
    let (mut suppressed, mut undecided, mut slowest) = (0, 0, Duration::ZERO);
    for number in 0..sites {
        let site = GeneratedSite::new(&mut Numbers(SEED + number as u64));
        let built = build(&site);
        let begun = Instant::now();
        let found = annal::piece::attack(&built.output);
        slowest = slowest.max(begun.elapsed());
        suppressed += found["suppressed"].as_u64().unwrap_or_default();
        for leak in found["worked_out"].as_array().into_iter().flatten() {
            let is_true = site.is_one_of(&leak["figure"], &leak["values"]);
            faults.push(format!("site {number}: {} is {}, {is_true}: {leak:#}", leak["figure"], leak["values"]));
        }
        undecided += found["not_decided"].as_array().map_or(0, Vec::len) as u64;
        if found["contradicted"] != json!([]) {
            faults.push(format!("site {number}: contradicted: {}", found["contradicted"]));
        }
        if let Some(folder) = &kept {
            keep(&built.output, &Path::new(folder).join(format!("{number:04}")));
        }
    }
    println!(
        "{sites} sites, {suppressed} suppressed counts, of which {undecided} were given up; the slowest attack took {slowest:?}"
    );
    assert!(suppressed > sites as u64, "the generated sites have small counts");
    assert!(undecided * 1000 <= suppressed, "the attack gives up for no more than one count in a thousand");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn no_byte_depends_on_a_suppressed_count() {
    let sites = env::var("ANNAL_SITES").ok().and_then(|count| count.parse().ok()).unwrap_or(SITES);
    let mut compared = 0;
    for number in 0..sites {
        let numbers = &mut Numbers(SEED + number as u64);
        let site = GeneratedSite::new(numbers);
        let built = build(&site);
        let Some(other) = site.with_other_suppressed(&shown(&built.output), numbers) else { continue };
        let again = build(&other);
        if shown(&again.output) != shown(&built.output) {
            // Other values need another pattern.
            continue;
        }
        compared += 1;
        for (path, bytes) in &built.output.files {
            let same = again.output.files.get(path).is_some_and(|other| other == bytes);
            assert!(same, "site {number}: {path} depends on a suppressed count");
        }
    }
    println!("{compared} of {sites} sites were built again with other suppressed counts");
    assert!(compared * 4 >= sites, "only {compared} of {sites} were compared");
}

fn build(site: &GeneratedSite) -> MemoryBuild {
    let built = support::build(&site.files().tree(), &support::options("2026-11-18"));
    let errors = built.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let errors: Vec<_> = errors.map(|found| format!("{}: {}", found.location.file, found.message)).collect();
    assert!(errors.is_empty(), "a generated site has errors:\n{}", errors.join("\n"));
    built
}

/// The published tables, by their paths.
fn shown(output: &OutputTree) -> Vec<(String, String)> {
    let tables = output.files.iter().filter(|(path, _)| path.as_str().ends_with("/data/indicators.csv"));
    tables.map(|(path, bytes)| (path.to_string(), String::from_utf8(bytes.to_vec()).unwrap())).collect()
}

/// Writes what an attacker needs.
fn keep(output: &OutputTree, folder: &Path) {
    for (path, bytes) in &output.files {
        let path = path.as_str();
        if path == "index.html" || path.ends_with("/indicators.csv") || path.ends_with("/data/report.json") {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
}

/// The text of a value of a figure: `a 2024-25 age: x`.
fn figure_name(figure: &Value) -> String {
    let text = |key: &str| figure[key].as_str().unwrap_or_default().to_owned();
    let breakdown = match (text("breakdown"), text("group")) {
        (breakdown, group) if !breakdown.is_empty() => format!("{breakdown}: {group}"),
        _ => String::new(),
    };
    format!("{} {} {breakdown}", text("indicator"), text("period"))
}

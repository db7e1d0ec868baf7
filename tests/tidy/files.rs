//! A file has one subject, and says which.

use crate::assert_none;
use crate::sources::SOURCES;

/// No file may have more lines: one that does has more than one subject.
const MOST_LINES: usize = 500;

/// Half of the files have fewer lines.
const MEDIAN_LINES: usize = 150;

#[test]
fn every_module_says_what_it_is_for() {
    let faults = SOURCES.iter().filter(|source| !source.text.starts_with("//! ")).map(|source| source.path.clone());
    assert_none(&faults.collect::<Vec<_>>());
}

#[test]
fn files_are_short() {
    let mut lines: Vec<_> = SOURCES.iter().map(|source| (source.text.lines().count(), &source.path)).collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2].0;
    assert!(median < MEDIAN_LINES, "half of the files have more than {median} lines");
    let faults =
        lines.iter().filter(|(lines, _)| *lines > MOST_LINES).map(|(lines, path)| format!("{path}: {lines} lines"));
    assert_none(&faults.collect::<Vec<_>>());
}

//! Small sites and what must be said of them: `tests/cases/CODE/NAME/`.
//!
//! A case is a folder with the files in which its site differs from `tests/cases/_base/`, a small site without
//! fault, and with
//!
//! - `case.txt`, written by hand: what the case is about, then a line for each diagnostic that must come,
//!   `error[code] FILE:LINE:COLUMN`, and none besides. Lines before them may change the case: `without FILE` takes a
//!   file of the base away, `large FILE BYTES` makes a file that is too large to keep, `today DATE` sets the day;
//! - `expected.txt`, written by `ANNAL_BLESS=1 cargo test --test cases`: what a person is shown. Read what it wrote.
//!
//! A new case is a new folder; nothing else changes. `ANNAL_CASE=some/name` runs those whose names hold that.

#![allow(clippy::disallowed_methods, reason = "these tests lay sites on the disk, as people do")]

use std::fs;
use std::path::{Path, PathBuf};

use annal::diagnostic::located::DiagnosticList;
use annal::diagnostic::{RelPath, human};
use annal::pipeline::{self, Options};
use annal::source::read_tree;
use rayon::prelude::*;

/// What `case.txt` says.
#[derive(Default)]
struct Case {
    /// The diagnostics that must come, as they are written there.
    diagnostics: Vec<String>,
    without: Vec<String>,
    large: Vec<(String, usize)>,
    today: String,
}

impl Case {
    /// Reads `case.txt`: a paragraph for people, then a line for each fact.
    fn read(text: &str) -> Self {
        let mut case = Self { today: "2024-12-01".to_owned(), ..Self::default() };
        let (about, facts) = text.split_once("\n\n").unwrap_or((text, ""));
        assert!(!about.trim().is_empty(), "says what it is about");
        for fact in facts.lines().map(str::trim).filter(|fact| !fact.is_empty()) {
            match fact.split(' ').collect::<Vec<_>>()[..] {
                ["without", file] => case.without.push(file.to_owned()),
                ["large", file, bytes] => case.large.push((file.to_owned(), bytes.parse().unwrap())),
                ["today", date] => date.clone_into(&mut case.today),
                [head, location] if head.ends_with(']') && location.matches(':').count() == 2 => {
                    case.diagnostics.push(fact.to_owned());
                }
                _ => panic!("no such fact: {fact}"),
            }
        }
        case.diagnostics.sort();
        case
    }

    /// Lays the case's site into `site`.
    fn lay(&self, base: &Path, folder: &Path, site: &Path) {
        copy(base, site);
        for file in &self.without {
            fs::remove_file(site.join(file)).unwrap_or_else(|error| panic!("without {file}: {error}"));
        }
        copy(folder, site);
        for (file, bytes) in &self.large {
            let path = site.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "a ".repeat(bytes.div_ceil(2))).unwrap();
        }
    }
}

/// Copies the site's files below `from` into `to`; symbolic links stay links.
fn copy(from: &Path, to: &Path) {
    for top in ["content", "themes"] {
        if !from.join(top).exists() {
            continue;
        }
        for entry in walkdir::WalkDir::new(from.join(top)).into_iter().map(Result::unwrap) {
            let target = to.join(entry.path().strip_prefix(from).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(target).unwrap();
            } else {
                _ = fs::remove_file(&target);
                if entry.path_is_symlink() {
                    #[cfg(unix)]
                    std::os::unix::fs::symlink(fs::read_link(entry.path()).unwrap(), target).unwrap();
                } else {
                    fs::copy(entry.path(), target).unwrap();
                }
            }
        }
    }
}

/// What is said of a case's site: a line for each diagnostic as in `case.txt`, and what a person is shown.
fn check(base: &Path, folder: &Path, case: &Case) -> (Vec<String>, String) {
    let site = tempfile::tempdir().unwrap();
    case.lay(base, folder, site.path());
    let read = read_tree(site.path()).unwrap();
    let options = Options::new(case.today.parse().unwrap());
    let checked = pipeline::check(&read.value, read.diagnostics, &options);
    let content = read.value.files_under("content").count();
    let listing = DiagnosticList::new(checked.diagnostics, &read.value, content);
    let mut lines: Vec<_> = listing.found.iter().map(line).collect();
    lines.sort();
    let shown = human::render(&listing, human::TerminalStyle::default());
    (lines, shown)
}

/// A diagnostic as it is written in `case.txt`.
fn line(found: &annal::diagnostic::located::LocatedDiagnostic) -> String {
    let annal::diagnostic::Diagnostic { severity, code, location, .. } = &found.diagnostic;
    format!("{severity}[{code}] {}:{}:{}", location.file, found.at.start.line, found.at.start.column)
}

/// Runs one case; says what is wrong with it.
fn run(base: &Path, folder: &Path) -> Result<(), String> {
    let text = fs::read_to_string(folder.join("case.txt")).map_err(|error| format!("case.txt: {error}\n"))?;
    let case = Case::read(&text);
    let (lines, shown) = check(base, folder, &case);
    if lines != case.diagnostics {
        return Err(format!("{}\n{shown}", difference(&case.diagnostics, &lines)));
    }
    let path = folder.join("expected.txt");
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if expected == shown {
        return Ok(());
    }
    if std::env::var_os("ANNAL_BLESS").is_some() {
        return fs::write(path, shown).map_err(|error| error.to_string());
    }
    Err(diff(&expected, &shown))
}

/// The diagnostics that must come and did not, and those that came and must not; both lists in order.
fn difference(due: &[String], told: &[String]) -> String {
    let count = |lines: &[String], line: &String| lines.iter().filter(|other| *other == line).count();
    let mut lines: Vec<_> = due.iter().chain(told).collect();
    lines.sort();
    lines.dedup();
    let mut difference = String::new();
    for line in lines {
        let (due, told) = (count(due, line), count(told, line));
        difference += &format!("- {line}\n").repeat(due.saturating_sub(told));
        difference += &format!("+ {line}\n").repeat(told.saturating_sub(due));
    }
    difference
}

/// The lines in which two texts differ.
fn diff(expected: &str, shown: &str) -> String {
    let diff = similar::TextDiff::from_lines(expected, shown);
    diff.unified_diff().context_radius(2).header("expected.txt", "shown").to_string()
}

/// Every case: a folder with a `case.txt`.
fn cases(root: &Path) -> Vec<PathBuf> {
    let wanted = std::env::var("ANNAL_CASE").unwrap_or_default();
    let files =
        walkdir::WalkDir::new(root).min_depth(2).max_depth(2).sort_by_file_name().into_iter().map(Result::unwrap);
    let folders = files.map(walkdir::DirEntry::into_path);
    let folders = folders.filter(|folder| !folder.starts_with(root.join("_base")));
    folders.filter(|folder| folder.to_string_lossy().contains(&wanted)).collect()
}

#[test]
fn every_case_says_what_it_must() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let base = root.join("_base");
    let faults: Vec<String> = cases(&root)
        .into_par_iter()
        .filter_map(|folder| {
            let name = RelPath::new(folder.strip_prefix(&root).unwrap().to_str().unwrap());
            let fault = match std::panic::catch_unwind(|| run(&base, &folder)) {
                Ok(done) => done.err()?,
                Err(_) => "panics; see above".to_owned(),
            };
            Some(format!("== {name}\n{fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}\n{} cases fail", faults.join("\n"), faults.len());
}

#[test]
fn the_base_is_without_fault() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/_base");
    let (lines, shown) = check(&base, &base, &Case::read("the base itself"));
    assert!(lines.is_empty(), "{shown}");
}

//! Small sites and what must be said of them: `tests/cases/CODE/NAME/`, each a test called `CODE/NAME`.
//!
//! A case is a folder with the files in which its site differs from `tests/cases/_base/`, a small site without
//! fault, and with
//!
//! - `case.txt`, written by hand: what the case is about, then a line for each diagnostic that must come,
//!   `error[code] FILE:LINE:COLUMN`, and none besides. Lines before them may change the case: `without FILE` takes a
//!   file of the base away, `large FILE BYTES` makes a file that is too large to keep, `today DATE` sets the day;
//! - `expected.txt`, written by `ANNAL_BLESS=1 cargo test --test cases`: what a person is shown. Read what it wrote.
//!
//! A new case is a new folder; nothing else changes.

#![allow(clippy::disallowed_methods, reason = "these tests lay sites on the disk, as people do")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use annal::format::human;
use annal::{BuildCache, DiagnosticList, scan_tree};
use libtest_mimic::{Arguments, Failed, Trial};
use support::{copy_site, diagnostic_line, expected, options};

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
                [head, place] if head.ends_with(']') && place.matches(':').count() == 2 => {
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
        copy_site(base, site);
        for file in &self.without {
            fs::remove_file(site.join(file)).unwrap_or_else(|error| panic!("without {file}: {error}"));
        }
        copy_site(folder, site);
        for (file, bytes) in &self.large {
            let path = site.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "a ".repeat(bytes.div_ceil(2))).unwrap();
        }
    }
}

/// What is said of a case's site: a line for each diagnostic as in `case.txt`, and what a person is shown.
fn check(base: &Path, folder: &Path, case: &Case) -> (Vec<String>, String) {
    let site = tempfile::tempdir().unwrap();
    case.lay(base, folder, site.path());
    let tree = scan_tree(site.path(), 0).unwrap();
    let checked = annal::check(&tree, &options(&case.today), &mut BuildCache::none());
    let content = tree.files_under("content").count();
    let listing = DiagnosticList::new(checked.diagnostics, &tree, content);
    let mut lines: Vec<_> = listing.found.iter().map(diagnostic_line).collect();
    lines.sort();
    let shown = human::render(&listing, human::TerminalStyle::default());
    (lines, shown)
}

/// Runs one case; says what is wrong with it.
fn run(base: &Path, folder: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(folder.join("case.txt")).map_err(|error| format!("case.txt: {error}"))?;
    let case = Case::read(&text);
    let (lines, shown) = check(base, folder, &case);
    if lines != case.diagnostics {
        return Err(format!("{}\n{shown}", difference(&case.diagnostics, &lines)).into());
    }
    Ok(expected::compare(&folder.join("expected.txt"), &shown)?)
}

/// The diagnostics that must come and did not, and those that came and must not; both lists in order.
fn difference(expected: &[String], actual: &[String]) -> String {
    let count = |lines: &[String], line: &String| lines.iter().filter(|other| *other == line).count();
    let mut lines: Vec<_> = expected.iter().chain(actual).collect();
    lines.sort();
    lines.dedup();
    let mut difference = String::new();
    for line in lines {
        let (expected, actual) = (count(expected, line), count(actual, line));
        difference += &format!("- {line}\n").repeat(expected.saturating_sub(actual));
        difference += &format!("+ {line}\n").repeat(actual.saturating_sub(expected));
    }
    difference
}

/// Every case: a folder in the folder of a code.
fn cases(root: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(root).min_depth(2).max_depth(2).sort_by_file_name();
    let folders = entries.into_iter().map(|entry| entry.unwrap().into_path());
    folders.filter(|folder| !folder.starts_with(root.join("_base"))).collect()
}

/// The test of a case.
fn trial(root: &Path, folder: PathBuf) -> Trial {
    let base = root.join("_base");
    let name = folder.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    Trial::test(name, move || run(&base, &folder))
}

fn main() -> ExitCode {
    let root = support::root().join("tests/cases");
    let mut trials: Vec<_> = cases(&root).into_iter().map(|folder| trial(&root, folder)).collect();
    assert!(!trials.is_empty(), "there are cases in {}", root.display());
    trials.push(Trial::test("_base", move || {
        let base = root.join("_base");
        let (lines, shown) = check(&base, &base, &Case::read("the base itself"));
        if lines.is_empty() { Ok(()) } else { Err(shown.into()) }
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

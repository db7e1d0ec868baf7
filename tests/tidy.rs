//! What the compiler does not hold: imports point one way, the disk and the clock are touched where they may be, every
//! module says what it is for, and every diagnostic code has a case that fails and one that passes.

#![allow(clippy::disallowed_methods, reason = "this test reads the sources")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use annal::diagnostic::Code;
use regex::Regex;

/// The rooms, each with what it may import. `ARCHITECTURE.md` has the same table with reasons.
const ROOMS: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("options", &[]),
    ("source", &["diagnostic"]),
    ("report", &["diagnostic", "options", "source", "memo"]),
    ("memo", &["source"]),
    ("rules", &["diagnostic", "options", "source", "memo", "report"]),
    ("render", &["diagnostic", "options", "source", "report", "memo", "output"]),
    ("output", &["diagnostic"]),
    ("pipeline", &["diagnostic", "options", "source", "report", "rules", "memo", "render", "output"]),
    ("preview", &["diagnostic", "options", "source", "output", "pipeline", "render", "report"]),
    ("cli", &["diagnostic", "options", "source", "memo", "report", "rules", "render", "output", "pipeline", "preview"]),
];

/// Where the disk, the environment and the clock may be met, and tests' own modules aside nowhere else.
const DOORS: &[&str] = &["src/source/disk.rs", "src/output/", "src/preview/", "src/cli/"];

/// No source file should need more lines than this; one that does has more than one subject.
const LINES: usize = 600;

/// A source file: its path from the repository's root, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The room that it belongs to; the crate's front page and the program belong to none.
    fn room(&self) -> Option<&str> {
        let room = self.path.strip_prefix("src/")?.split(['/', '.']).next()?;
        (!matches!(room, "lib" | "main")).then_some(room)
    }

    /// How many modules deep it is: 1 for `src/report/mod.rs`.
    fn depth(&self) -> usize {
        let parts = self.path.trim_start_matches("src/").trim_end_matches("/mod.rs").split('/');
        parts.count()
    }

    /// Its lines of code with their numbers, comments left out.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Its lines of code before its tests.
    fn code_before_tests(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code().take_while(|(_, line)| *line != "#[cfg(test)]")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let files = walkdir::WalkDir::new(root().join("src")).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "rs"));
    let sources = files.map(|file| Source {
        path: file.path().strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"),
        text: fs::read_to_string(file.path()).unwrap(),
    });
    sources.collect()
}

/// Fails with every fault at once, each on its line.
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn imports_point_one_way() {
    let mut faults = Vec::new();
    // `crate::room`, `crate::{room::…, room::…}` and `super::super::room`, wherever they stand.
    let single = Regex::new(r"\bcrate::([a-z_]+)").unwrap();
    let group = Regex::new(r"\bcrate::\{([^;]*)\}").unwrap();
    let grouped = Regex::new(r"(?:^|,)\s*([a-z_]+)").unwrap();
    let upwards = Regex::new(r"\b((?:super::)+)([a-z_]+)").unwrap();
    for source in sources() {
        let Some(room) = source.room() else { continue };
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            faults.push(format!("{}: `{room}` is no room of `ROOMS` in tests/tidy.rs", source.path));
            continue;
        };
        let code = source.code_before_tests().map(|(_, line)| line).collect::<Vec<_>>().join("\n");
        let mut imported: BTreeSet<String> = single.captures_iter(&code).map(|found| found[1].to_owned()).collect();
        for found in group.captures_iter(&code) {
            imported.extend(grouped.captures_iter(&found[1]).map(|found| found[1].to_owned()));
        }
        for found in upwards.captures_iter(&code) {
            if found[1].len() / "super::".len() >= source.depth() {
                imported.insert(found[2].to_owned());
            }
        }
        for other in imported {
            let is_room = ROOMS.iter().any(|(name, _)| *name == other);
            if is_room && other != room && !allowed.contains(&other.as_str()) {
                faults.push(format!("{}: `{room}` may not import `{other}`", source.path));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn the_disk_and_the_clock_are_met_at_the_doors() {
    let met = Regex::new(r"\b(std::(fs|env|net|process)\b|SystemTime|Instant::now|Zoned::now|Timestamp::now)").unwrap();
    let mut faults = Vec::new();
    for source in sources() {
        // `ExitCode` alone is no deed: it is what `main` returns.
        if source.path == "src/main.rs" || DOORS.iter().any(|door| source.path.starts_with(door)) {
            continue;
        }
        for (number, line) in source.code_before_tests() {
            if let Some(found) = met.find(line) {
                faults.push(format!("{}:{number}: `{}` is not for this room", source.path, found.as_str()));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn every_module_says_what_it_is_for() {
    let faults: Vec<_> =
        sources().into_iter().filter(|source| !source.text.starts_with("//! ")).map(|source| source.path).collect();
    assert_none(&faults);
}

#[test]
fn every_file_has_one_subject() {
    let faults = sources().into_iter().filter_map(|source| {
        let lines = source.text.lines().count();
        (lines > LINES).then(|| format!("{}: {lines} lines", source.path))
    });
    assert_none(&faults.collect::<Vec<_>>());
}

#[test]
fn one_module_knows_each_format() {
    // (how the crate is called, the only files that may call it)
    let only: &[(&str, &[&str])] = &[
        ("serde_yaml", &["src/source/yaml/"]),
        ("pulldown_cmark", &["src/source/markdown/", "src/render/prose"]),
        ("plotters", &["src/render/chart/"]),
        ("quick_xml", &["src/source/picture/svg/"]),
        ("tera", &["src/render/theme"]),
        ("clap", &["src/cli/"]),
    ];
    let mut faults = Vec::new();
    for source in sources() {
        for (name, files) in only {
            let uses = Regex::new(&format!(r"\b{name}(_complete)?::")).unwrap();
            if !files.iter().any(|file| source.path.starts_with(file))
                && source.code().any(|(_, line)| uses.is_match(line))
            {
                faults.push(format!("{}: `{name}` is known to {} alone", source.path, files.join(" and ")));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn every_code_has_a_case_that_fails_and_one_that_passes() {
    let mut faults = Vec::new();
    let cases = root().join("tests/cases");
    for code in Code::ALL {
        let marks = cases_of(&cases.join(code.name())).into_iter().map(|case| {
            let expected = fs::read_to_string(case.join("case.txt")).unwrap_or_default();
            expected.lines().any(|line| line.contains(&format!("[{code}]")))
        });
        let marks: BTreeSet<bool> = marks.collect();
        for (is_there, kind) in [(true, "fails"), (false, "passes")] {
            if !marks.contains(&is_there) {
                faults.push(format!("tests/cases/{code}/ has no case that {kind}"));
            }
        }
    }
    assert_none(&faults);
}

/// The cases in the folder of a code.
fn cases_of(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().map(|case| case.unwrap().path()).collect()
}

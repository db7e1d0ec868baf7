//! Every diagnostic code has a case that fails and one that passes, and leads to the files that report it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use annal::Code;
use regex::Regex;

use crate::sources::{SOURCES, root};
use crate::{assert_none, expected};

#[test]
fn every_code_has_a_case_that_fails_and_one_that_passes() {
    let mut faults = Vec::new();
    for code in Code::ALL {
        let marks = cases_of(&root().join("tests/cases").join(code.name())).into_iter().map(|case| {
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

#[test]
fn every_code_leads_to_the_files_that_report_it() {
    let mut list = "<!-- Made from the code; `ANNAL_BLESS=1 cargo test --test tidy codes` rewrites it. -->\n\
                    # Which files report which code\n\n"
        .to_owned();
    for code in Code::ALL {
        // As an argument, as what a branch gives, but not as a pattern.
        let reported = Regex::new(&format!(r"(?:\(|\{{|=>)\s*Code::{code:?}\b\s*(?:=?[^=|>\s]|$)")).unwrap();
        let files = SOURCES.iter().filter(|source| {
            let code = source.text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
            !source.is_test && reported.is_match(code)
        });
        let files: Vec<_> = files.map(|source| format!("`{}`", source.path)).collect();
        assert!(!files.is_empty(), "nothing reports `{code}`");
        writeln!(list, "- `{code}`: {}", files.join(", ")).unwrap();
    }
    let kept = expected::compare(&root().join("src/diagnostic/reported_in.md"), &list);
    kept.unwrap_or_else(|differs| panic!("run with ANNAL_BLESS=1:\n{differs}"));
}

/// The cases in the folder of a code.
fn cases_of(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().map(|case| case.unwrap().path()).collect()
}

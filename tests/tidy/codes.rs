//! Every diagnostic code has a case that fails and one that passes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use annal::Code;

use crate::assert_none;
use crate::sources::root;

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

/// The cases in the folder of a code.
fn cases_of(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().map(|case| case.unwrap().path()).collect()
}

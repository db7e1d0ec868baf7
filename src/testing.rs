//! What unit tests share: an `assert_eq!` whose failure can be read, pages of the documentation that are made from the
//! code, and how diagnostics are written in one line.

use std::env;
use std::fs;

use crate::diagnostic::{Diagnostic, LineIndex};

/// `assert_eq!` for unit tests. A text of several lines fails as a difference of lines, and not as one escaped line.
macro_rules! assert_eq {
    ($left:expr, $right:expr $(,)?) => {
        assert_eq!($left, $right, "")
    };
    ($left:expr, $right:expr, $($note:tt)+) => {
        match (&$left, &$right) {
            (left, right) => {
                if !(*left == *right) {
                    $crate::testing::differ(&format!("{left:#?}"), &format!("{right:#?}"), &format!($($note)+));
                }
            }
        }
    };
}

/// Fails with the lines in which two values differ, given as `{:#?}` writes them.
#[track_caller]
pub(crate) fn differ(left: &str, right: &str, note: &str) -> ! {
    let (left, right) = (left.replace("\\n", "\n"), right.replace("\\n", "\n"));
    let diff = similar::TextDiff::from_lines(&right, &left);
    let shown = diff.unified_diff().context_radius(3).header("expected", "actual").to_string();
    panic!("{note}\n{shown}");
}

/// Fails with what differs between a text that is made from the code and the file of the repository that keeps it. With
/// `ANNAL_BLESS` set, the file is written again.
#[track_caller]
#[allow(clippy::disallowed_methods, reason = "the page is a file in the repository")]
pub(crate) fn assert_kept(file: &str, made: &str) {
    let path = format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
    if env::var_os("ANNAL_BLESS").is_some() {
        fs::write(&path, made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    if kept != made {
        differ(made, &kept, &format!("{file} is out of date: run this test with ANNAL_BLESS=1"));
    }
}

/// Diagnostics in the file `text`: the code, place and message of each.
pub(crate) fn one_line_each(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let lines = LineIndex::new(text);
    let shown = |one: &Diagnostic| {
        let position = lines.position(one.location.span.start);
        format!("{} {}:{}: {}", one.code, position.line, position.column, one.message)
    };
    diagnostics.iter().map(shown).collect()
}

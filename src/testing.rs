//! What unit tests share: an `assert_eq!` whose failure can be read.

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

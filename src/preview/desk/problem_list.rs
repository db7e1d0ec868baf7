//! Problems as the desk lists them.

use serde::Serialize;

use crate::diagnostic::{RelPath, percent_encoded};
use crate::locale::Locale;
use crate::preview::problems::Problem;

/// A problem: what is wrong, where, and what to do.
#[derive(Serialize)]
pub(super) struct ListedProblem<'a> {
    /// `error`, `warning`, `note` or `waived`.
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    /// The reason given in its waiver.
    waived: Option<&'a str>,
    file: &'a str,
    line: usize,
    column: usize,
    /// The address of its line in the source file.
    source: String,
    /// The address of the page that shows the file.
    page: Option<&'a str>,
}

impl<'a> ListedProblem<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        Self {
            severity: if problem.waived.is_some() { "waived" } else { problem.severity.name() },
            code: problem.code.name(),
            message: &problem.message,
            help: problem.help.as_deref(),
            waived: problem.waived.as_deref(),
            file: &problem.file,
            line: problem.line,
            column: problem.column,
            source: source_address(&problem.file, problem.line),
            page: problem.page.as_deref(),
        }
    }
}

/// The address of a line on the page of a source file.
#[must_use]
pub(crate) fn source_address(file: &str, line: usize) -> String {
    format!("/_desk/file/{}#L{line}", percent_encoded(RelPath::new(file).as_str()))
}

/// The numbers of errors, warnings and notes: `2 errors, 1 note`. With `all`, severities without problems are listed
/// too. Without a problem it is `no problems`.
pub(super) fn problem_counts(words: &Locale, counts: [usize; 3], all: bool) -> String {
    if counts == [0; 3] {
        return words.text("desk.no-problems").to_owned();
    }
    let keys = ["desk.errors-count", "desk.warnings-count", "desk.notes-count"];
    let counted = keys.into_iter().zip(counts).filter(|(_, count)| all || *count > 0);
    counted.map(|(key, count)| words.count(key, count)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_lines_are_encoded() {
        assert_eq!(source_address("a b/ü.md", 3), "/_desk/file/a%20b/%C3%BC.md#L3");
    }
}

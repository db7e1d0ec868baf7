//! Problems as the desk lists them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::code::Category;
use crate::diagnostic::{Code, RelPath, Severity, explain, percent_encoded};
use crate::locale::Locale;
use crate::preview::problems::Problem;

/// A problem: what is wrong, where, and what to do.
#[derive(Serialize)]
pub(super) struct ListedProblem<'a> {
    /// `error`, `warning`, `note` or `waived`.
    severity: &'static str,
    message: Vec<MessagePart<'a>>,
    help: Vec<MessagePart<'a>>,
    /// The reason given in its waiver.
    waived: Option<&'a str>,
    file: &'a str,
    line: usize,
    /// The address of its line in the source file.
    source: String,
    /// The address of the page that shows the file.
    page: Option<&'a str>,
    /// The address that shows what can be corrected at once.
    fix: Option<&'a str>,
}

impl<'a> ListedProblem<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        Self {
            severity: shown_severity(problem),
            message: message_parts(&problem.message),
            help: problem.help.as_deref().map(message_parts).unwrap_or_default(),
            waived: problem.waived.as_deref(),
            file: problem.file.strip_prefix("content/").unwrap_or(&problem.file),
            line: problem.line,
            source: source_address(&problem.file, problem.line),
            page: problem.page.as_deref(),
            fix: problem.fix.as_deref(),
        }
    }
}

/// `error`, `warning`, `note` or `waived`.
fn shown_severity(problem: &Problem) -> &'static str {
    if problem.waived.is_some() { "waived" } else { problem.severity.name() }
}

/// The problems of one code and severity.
#[derive(Serialize)]
pub(super) struct ProblemGroup<'a> {
    severity: &'static str,
    code: &'static str,
    /// What the code means, without a full stop.
    title: &'static str,
    count: usize,
    list: Vec<ListedProblem<'a>>,
}

/// Problems by code: what must not be published first, then errors, warnings, notes, and what is waived.
pub(super) fn grouped<'a>(problems: impl IntoIterator<Item = &'a Problem>) -> Vec<ProblemGroup<'a>> {
    let mut groups: BTreeMap<(bool, bool, Severity, Code), Vec<&'a Problem>> = BTreeMap::new();
    for problem in problems {
        let is_safety = problem.code.family() == Category::Safety;
        let rank = (problem.waived.is_some(), !is_safety, problem.severity, problem.code);
        groups.entry(rank).or_default().push(problem);
    }
    let group = |((_, _, _, code), list): ((bool, bool, Severity, Code), Vec<&'a Problem>)| ProblemGroup {
        severity: shown_severity(list[0]),
        code: code.name(),
        title: explain::title(code),
        count: list.len(),
        list: list.into_iter().map(ListedProblem::new).collect(),
    };
    groups.into_iter().map(group).collect()
}

/// A piece of a message, which is either prose or something from a file.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct MessagePart<'a> {
    text: Cow<'a, str>,
    /// Whether it was in backticks.
    is_code: bool,
}

/// A message or help as a sentence begins, without its backticks.
pub(super) fn message_parts(message: &str) -> Vec<MessagePart<'_>> {
    let parts = message.split('`').enumerate().filter(|(_, text)| !text.is_empty());
    let parts = parts.map(|(place, text)| {
        let mut letters = text.chars();
        let first = letters.next().filter(|first| place == 0 && first.is_lowercase());
        let text = first
            .map_or(Cow::Borrowed(text), |first| Cow::Owned(first.to_uppercase().chain(letters).collect::<String>()));
        MessagePart { text, is_code: place % 2 == 1 }
    });
    parts.collect()
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
    fn messages_begin_with_a_capital_and_show_no_backticks() {
        let check = |message: &str| {
            let parts = message_parts(message).into_iter();
            parts
                .map(|part| if part.is_code { format!("<{}>", part.text) } else { part.text.into_owned() })
                .collect::<String>()
        };
        assert_eq!(check("write `a`, not `b`"), "Write <a>, not <b>");
        assert_eq!(check("`a` is not set"), "<a> is not set");
        assert_eq!((check(""), check("élan"), check("a ` b")), (String::new(), "Élan".into(), "A < b>".into()));
    }

    #[test]
    fn addresses_of_lines_are_encoded() {
        assert_eq!(source_address("a b/ü.md", 3), "/_desk/file/a%20b/%C3%BC.md#L3");
    }
}

//! What each code means, for `annal explain` and the reference page. Both are generated from `explain/CODE.md`.

use std::fmt::Write;

use super::{Code, Severity};

/// The title of a code's explanation: a sentence without full stop.
#[must_use]
pub(crate) fn title(code: Code) -> &'static str {
    parts(code).0
}

/// A code's explanation as Markdown, without its title: what it means, why it matters, an example and the remedy.
#[must_use]
pub(crate) fn body(code: Code) -> &'static str {
    parts(code).1
}

/// Splits an explanation into its title, without `#`, and the rest.
fn parts(code: Code) -> (&'static str, &'static str) {
    let (title, body) = code.explanation().split_once('\n').unwrap_or((code.explanation(), ""));
    (title.trim_start_matches('#').trim(), body.trim())
}

/// The first paragraph of a code's explanation, on one line.
#[must_use]
pub(crate) fn summary(code: Code) -> String {
    body(code).split("\n\n").next().unwrap_or_default().replace('\n', " ")
}

/// A code's explanation as `annal explain CODE` prints it.
#[must_use]
pub(crate) fn page(code: Code) -> String {
    format!("{}[{code}]: {}\n\n{}\n", code.severity(), title(code), body(code))
}

/// All codes with their titles, one per line, grouped by category.
#[must_use]
pub(crate) fn list() -> String {
    let mut list = String::new();
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    let mut family = None;
    for &code in Code::ALL {
        if family.replace(code.family()) != Some(code.family()) {
            let gap = if list.is_empty() { "" } else { "\n" };
            let _ = writeln!(list, "{gap}{}", code.family().name());
        }
        let _ = writeln!(list, "  {:width$}  {:7}  {}", code.name(), code.severity().name(), title(code));
    }
    list
}

/// The reference page: every code with its category, severity and explanation.
#[must_use]
pub(crate) fn reference() -> String {
    let mut page = String::from(INTRODUCTION);
    let mut family = None;
    for &code in Code::ALL {
        if family.replace(code.family()) != Some(code.family()) {
            let name = code.family().name();
            let (first, rest) = name.split_at(1);
            let _ = write!(page, "\n## {}{rest}\n", first.to_uppercase());
        }
        let severity = match code.severity() {
            Severity::Error => "An error",
            Severity::Warning => "A warning",
            Severity::Note => "A note",
        };
        let _ = write!(page, "\n### `{code}`\n\n**{}.** {severity}.\n\n{}\n", title(code), body(code));
    }
    page
}

/// The introduction of the reference page.
const INTRODUCTION: &str = "\
# What annal reports, and what to do about it

annal checks a report before it is published. An *error* stops publication until you fix it or waive it. A *warning* is
worth fixing, and a *note* is worth knowing. Every problem has a code, and a code never changes its meaning. This page
says for each code what it means, why it matters, what it looks like and how to fix it. `annal explain CODE` prints the
same.

You can change the severity of a code in `site.yaml`, as in `diagnostics: {heading-jump: error, unused-term: off}`. The
one exception is `personal-data`. To publish in spite of a known problem, add a waiver to the year's `report.yaml`; its
reason is printed in the report.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_in_a_paragraph_or_two_with_an_example_and_the_remedy() {
        for &code in Code::ALL {
            let words =
                code.explanation().split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
            assert!((80..=180).contains(&words), "{code}: {words} words");
            assert!(!title(code).is_empty() && !title(code).ends_with('.'), "{code}");
            assert!(body(code).contains("\n\nNot like this:\n\n```"), "{code}");
            assert_eq!(body(code).matches("```").count() % 2, 0, "{code}");
            assert!(summary(code).ends_with(['.', ')']), "{code}: {}", summary(code));
        }
    }

    #[test]
    fn the_reference_page_is_up_to_date() {
        crate::testing::assert_kept("docs/diagnostics.md", &reference());
    }
}

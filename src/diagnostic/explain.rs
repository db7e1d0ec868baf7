//! What each code means, for `annal explain` and the reference page: both are made of `explain/CODE.md`.

use std::fmt::Write;

use super::{Code, Severity};

/// The sentence that heads a code's explanation, without full stop.
#[must_use]
pub(crate) fn title(code: Code) -> &'static str {
    parts(code).0
}

/// What a code means, why it matters, an example and the remedy, as Markdown without its title.
#[must_use]
pub(crate) fn body(code: Code) -> &'static str {
    parts(code).1
}

/// The explanation's first line, without its `#`, and the rest.
fn parts(code: Code) -> (&'static str, &'static str) {
    let (title, body) = code.explanation().split_once('\n').unwrap_or((code.explanation(), ""));
    (title.trim_start_matches('#').trim(), body.trim())
}

/// What a code means in short: the first paragraph of its explanation, in one line.
#[must_use]
pub(crate) fn summary(code: Code) -> String {
    body(code).split("\n\n").next().unwrap_or_default().replace('\n', " ")
}

/// One code's explanation as it is printed.
#[must_use]
pub(crate) fn page(code: Code) -> String {
    format!("{}[{code}]: {}\n\n{}\n", code.severity(), title(code), body(code))
}

/// All codes with their titles, a line each, by family.
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

/// The reference page: every code with its family, severity and explanation.
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

/// What stands at the head of the reference page.
const INTRODUCTION: &str = "\
# What annal says, and what to do about it

annal checks a report before it is published. What it finds is an *error*, which stops publication until it is mended
or waived; a *warning*, which is worth mending; or a *note*. Each has a code, which never changes its meaning, and
stands here with what it means, why it matters, an example and the remedy. `annal explain CODE` prints the same.

A site can change severities in `site.yaml`, as in `diagnostics: {heading-jump: error, unused-term: off}`, save that of
`personal-data`. A known fault can be let through in the open with a waiver in the year's `report.yaml`.
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

    /// The reference page in `docs/` is this one. `ANNAL_BLESS=1 cargo test` writes it anew.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "the page lies on the disk")]
    fn the_reference_page_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/diagnostics.md");
        if std::env::var_os("ANNAL_BLESS").is_some() {
            std::fs::write(path, reference()).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        assert!(written == reference(), "docs/diagnostics.md is out of date: run `ANNAL_BLESS=1 cargo test explain`");
    }
}

//! Problems of the site, in the form that the overlay and the desk show.

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::page_urls::{FIX, page_of};
use crate::diagnostic::human::{self, TerminalStyle};
use crate::diagnostic::{Code, Diagnostic, DiagnosticList, Location, Severity, Subject, Summary, percent_encoded};
use crate::locale::Locale;
use crate::output::OutputTree;

/// The most problems that the overlay gets. People fix some before they read more.
const MOST_SHOWN: usize = 500;
/// The width of snippets, in characters.
const WIDTH: usize = 100;

/// One diagnostic with everything that is shown of it. The texts are plain: whoever shows them must escape them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Problem {
    pub code: Code,
    pub severity: Severity,
    pub message: String,
    /// The label of its location.
    #[serde(skip)]
    pub label: Option<String>,
    /// What it is about.
    #[serde(skip)]
    pub about: Vec<Subject>,
    /// The file and the byte range in it.
    #[serde(skip)]
    pub location: Location,
    /// The file's path from the site's root, with flagged words hidden.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// The source lines, with carets below the problem.
    pub snippet: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The reason given in its waiver, if it is waived.
    pub waived: Option<String>,
    /// The address of the page that shows the file, if the site has it.
    pub page: Option<String>,
    /// The address that shows what can be corrected at once, if something can be.
    pub fix: Option<String>,
}

/// Whether a diagnostic has a suggestion that nobody needs to look at before it is applied.
pub(crate) fn is_fixable(diagnostic: &Diagnostic) -> bool {
    diagnostic.waived.is_none() && diagnostic.fix.as_ref().is_some_and(|fix| fix.is_certain)
}

/// The problems of a diagnostic list, in the same order.
#[must_use]
pub(crate) fn from_list(listing: &DiagnosticList<'_>, files: &OutputTree) -> Vec<Problem> {
    let snippets = human::render_snippets(listing, TerminalStyle { color: false, width: Some(WIDTH) });
    let problems = listing.found.par_iter().zip(snippets).map(|(found, snippet)| {
        let diagnostic = &found.diagnostic;
        Problem {
            code: diagnostic.code,
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            label: diagnostic.label.clone(),
            about: diagnostic.about.clone(),
            location: diagnostic.location.clone(),
            file: listing.path(&diagnostic.location.file).into_owned(),
            line: found.at.start.line,
            column: found.at.start.column,
            snippet,
            help: diagnostic.help.clone(),
            waived: diagnostic.waived.clone(),
            page: page_of(&diagnostic.location.file, files),
            fix: is_fixable(diagnostic).then(|| {
                let file = listing.path(&diagnostic.location.file);
                format!("{FIX}{}", percent_encoded(&file))
            }),
        }
    });
    problems.collect()
}

/// The JSON for the overlay: errors before warnings, each in their own order. Notes are only shown on the desk.
#[must_use]
pub(crate) fn document(problems: &[Problem], summary: Summary) -> Vec<u8> {
    #[derive(Serialize)]
    struct ProblemsDocument<'a> {
        errors: usize,
        warnings: usize,
        #[serde(rename = "faults")]
        problems: Vec<&'a Problem>,
    }
    let of = |severity: Severity| problems.iter().filter(move |problem| problem.severity == severity);
    let document = ProblemsDocument {
        errors: summary.errors,
        warnings: summary.warnings,
        problems: of(Severity::Error).chain(of(Severity::Warning)).take(MOST_SHOWN).collect(),
    };
    serde_json::to_vec(&document).expect("texts and numbers are always JSON")
}

/// That JSON with the counts in words: `1 error, 2 warnings`, and how many problems it leaves out.
#[must_use]
pub(crate) fn in_words(document: &[u8], summary: Summary, words: &Locale) -> Vec<u8> {
    let Summary { errors, warnings, .. } = summary;
    let counts = [("desk.errors-count", errors), ("desk.warnings-count", warnings)];
    let counted = counts.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| words.count(key, count));
    let title = counted.collect::<Vec<_>>().join(", ");
    let more = match (errors + warnings).saturating_sub(MOST_SHOWN) {
        0 => String::new(),
        more => words.count("live.more", more),
    };
    let begin = format!("{{\"title\":{},\"more\":{},", Value::from(title), Value::from(more));
    [begin.as_bytes(), document.get(1..).unwrap_or_default()].concat()
}

/// The texts of the script that every page of the preview gets, as JSON.
#[must_use]
pub(crate) fn live_texts(words: &Locale) -> String {
    let texts = [
        ("gone", "live.gone"),
        ("away", "live.away"),
        ("front", "live.front"),
        ("desk", "desk.title"),
        ("inspect", "desk.inspect-this-page"),
        ("dismiss", "live.dismiss"),
        ("help", "live.help"),
        ("page", "desk.page"),
        ("error", "desk.severity-error"),
        ("warning", "desk.severity-warning"),
        ("fix", "desk.fix-short"),
    ];
    let texts = texts.into_iter().map(|(name, key)| (name.to_owned(), Value::from(words.text(key))));
    Value::Object(texts.collect()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, RelPath, Span};
    use crate::source::SourceTree;

    #[test]
    fn a_problem_has_only_its_own_snippet() {
        let file = "content/2019-20/agencies/scas.md";
        let tree = SourceTree::from_texts([(file, "= help: <b>x</b>\n--> y\n")]);
        let location = Location::new(&RelPath::new(file), Span::new(8, 11));
        let found = vec![
            Diagnostic::new(Code::RawHtml, location, "raw HTML").help("remove it"),
            Diagnostic::new(Code::StrayFile, Location::whole(&RelPath::new(file)), "a stray"),
        ];
        let problems = from_list(&DiagnosticList::new(found, &tree, 1), &OutputTree::default());
        assert_eq!(problems[1].snippet, "  |\n1 | = help: <b>x</b>\n  |         ^^^");
        assert_eq!((problems[1].line, problems[1].column, problems[1].help.as_deref()), (1, 9, Some("remove it")));
        assert_eq!(problems[0].snippet, "", "a whole file has no line to show");
        let json =
            String::from_utf8(document(&problems, Summary { errors: 1, warnings: 1, notes: 0, files: 1 })).unwrap();
        assert!(json.starts_with("{\"errors\":1,\"warnings\":1,\"faults\":[{\"code\":\"raw-html\""), "{json}");
    }
}

//! What is wrong with the site, as the overlay and the desk show it.

use rayon::prelude::*;
use serde::Serialize;

use super::page_urls::page_of;
use crate::diagnostic::human::{self, TerminalStyle};
use crate::diagnostic::{DiagnosticList, Location, Severity, Summary};
use crate::output::OutputTree;

/// How many faults are handed to the overlay; nobody reads further before mending.
const MOST_SHOWN: usize = 500;
/// The width in characters that snippets are drawn for.
const WIDTH: usize = 100;

/// One diagnostic with everything that is shown of it. Texts are plain: whoever shows them sees to their markup.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Problem {
    /// `missing-section` …
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// What is said of its place.
    #[serde(skip)]
    pub label: Option<String>,
    /// Where it is.
    #[serde(skip)]
    pub location: Location,
    /// The file, from the site's root.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// The lines that it is about, with carets.
    pub snippet: String,
    /// The remedy.
    pub help: Option<String>,
    /// The reason of the waiver that lets it through.
    pub waived: Option<String>,
    /// The address of the page that the file is about, where the site has it.
    pub page: Option<String>,
}

/// The faults of a listing, in its order.
#[must_use]
pub(crate) fn faults(listing: &DiagnosticList<'_>, files: &OutputTree) -> Vec<Problem> {
    let drawn = human::render_each(listing, TerminalStyle { color: false, width: Some(WIDTH) });
    let made = listing.found.par_iter().zip(drawn).map(|(found, drawn)| {
        let diagnostic = &found.diagnostic;
        Problem {
            code: diagnostic.code.name(),
            severity: diagnostic.severity.name(),
            message: diagnostic.message.clone(),
            label: diagnostic.label.clone(),
            location: diagnostic.location.clone(),
            file: listing.path(&diagnostic.location.file).into_owned(),
            line: found.at.start.line,
            column: found.at.start.column,
            snippet: snippet(&drawn),
            help: diagnostic.help.clone(),
            waived: diagnostic.waived.clone(),
            page: page_of(&diagnostic.location.file, files),
        }
    });
    made.collect()
}

/// The lines with carets of a drawn diagnostic, without its title, place and remedy. Every line of a file begins with
/// its number there, so that none is taken for these.
fn snippet(drawn: &str) -> String {
    let is_remedy = |line: &&str| ["= help:", "= note:"].iter().any(|mark| line.trim_start().starts_with(mark));
    let after_place = drawn.lines().skip_while(|line| !line.trim_start().starts_with("--> ")).skip(1);
    let mut lines: Vec<&str> = after_place.take_while(|line| !is_remedy(line)).collect();
    while lines.last().is_some_and(|line| matches!(line.trim(), "" | "|")) {
        lines.pop();
    }
    lines.join("\n")
}

/// What the overlay gets: errors before warnings, each in the listing's order; notes are for the desk alone.
#[must_use]
pub(crate) fn document(faults: &[Problem], summary: Summary) -> Vec<u8> {
    #[derive(Serialize)]
    struct ProblemsDocument<'a> {
        errors: usize,
        warnings: usize,
        faults: Vec<&'a Problem>,
    }
    let of = |severity: Severity| faults.iter().filter(move |fault| fault.severity == severity.name());
    let document = ProblemsDocument {
        errors: summary.errors,
        warnings: summary.warnings,
        faults: of(Severity::Error).chain(of(Severity::Warning)).take(MOST_SHOWN).collect(),
    };
    serde_json::to_vec(&document).expect("texts and numbers are always JSON")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, RelPath, Span};
    use crate::source::SourceTree;

    #[test]
    fn a_fault_has_its_snippet_alone() {
        let file = "content/2019-20/agencies/scas.md";
        let tree = SourceTree::from_texts([(file, "= help: <b>x</b>\n--> y\n")]);
        let location = Location::new(&RelPath::new(file), Span::new(8, 11));
        let found = vec![
            Diagnostic::new(Code::RawHtml, location, "raw HTML").help("take it away"),
            Diagnostic::new(Code::StrayFile, Location::whole(&RelPath::new(file)), "a stray"),
        ];
        let faults = faults(&DiagnosticList::new(found, &tree, 1), &OutputTree::default());
        assert_eq!(faults[1].snippet, "  |\n1 | = help: <b>x</b>\n  |         ^^^");
        assert_eq!((faults[1].line, faults[1].column, faults[1].help.as_deref()), (1, 9, Some("take it away")));
        assert_eq!(faults[0].snippet, "", "a whole file has no line to show");
        let json =
            String::from_utf8(document(&faults, Summary { errors: 1, warnings: 1, notes: 0, files: 1 })).unwrap();
        assert!(json.starts_with("{\"errors\":1,\"warnings\":1,\"faults\":[{\"code\":\"raw-html\""), "{json}");
    }
}

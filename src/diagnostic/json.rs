//! Diagnostics for scripts, as a single JSON object.

use std::borrow::Cow;

use serde::Serialize;

use super::located::{DiagnosticList, LocatedDiagnostic, PositionRange};
use super::{Code, Severity, Subject};

#[derive(Serialize)]
struct JsonDocument<'a> {
    diagnostics: Vec<JsonDiagnostic<'a>>,
    /// Those of what is left out of the build, which the summary does not count.
    left_out: Vec<JsonDiagnostic<'a>>,
    summary: Totals,
}

/// One diagnostic; lines and columns count from 1, and a column is one character.
#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    code: Code,
    severity: Severity,
    message: &'a str,
    file: Cow<'a, str>,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    help: Option<&'a str>,
    waived: Option<&'a str>,
    about: Vec<JsonSubject<'a>>,
    fix: Option<JsonFix<'a>>,
}

/// A change that puts the problem right.
#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    /// Whether `annal fix` makes it without being asked for this code.
    certain: bool,
    edits: Vec<JsonEdit<'a>>,
}

/// A replacement; the place is given as that of a diagnostic.
#[derive(Serialize)]
struct JsonEdit<'a> {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    replacement: &'a str,
}

/// Something that a diagnostic is about.
#[derive(Serialize)]
struct JsonSubject<'a> {
    kind: &'static str,
    id: Option<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct Totals {
    errors: usize,
    warnings: usize,
    notes: usize,
    files: usize,
}

/// Renders the diagnostics as one line of JSON.
#[must_use]
pub fn render(listing: &DiagnosticList<'_>) -> String {
    let summary = listing.summary;
    let document = JsonDocument {
        diagnostics: listing.found.iter().map(|found| entry(listing, found)).collect(),
        left_out: listing.left_out.iter().map(|found| entry(listing, found)).collect(),
        summary: Totals {
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            files: summary.files,
        },
    };
    let mut json = serde_json::to_string(&document).expect("strings and numbers can always be written as JSON");
    json.push('\n');
    json
}

fn entry<'a>(listing: &DiagnosticList<'_>, found: &'a LocatedDiagnostic) -> JsonDiagnostic<'a> {
    let diagnostic = &found.diagnostic;
    JsonDiagnostic {
        code: diagnostic.code,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        file: listing.path(&diagnostic.location.file),
        line: found.at.start.line,
        column: found.at.start.column,
        end_line: found.at.end.line,
        end_column: found.at.end.column,
        help: diagnostic.help.as_deref(),
        waived: diagnostic.waived.as_deref(),
        about: diagnostic.about.iter().map(subject).collect(),
        fix: diagnostic.fix.as_ref().map(|fix| JsonFix {
            title: &fix.title,
            certain: fix.is_certain,
            edits: fix.edits.iter().zip(&found.edits).map(|(edit, at)| json_edit(&edit.replacement, at)).collect(),
        }),
    }
}

fn json_edit<'a>(replacement: &'a str, at: &PositionRange) -> JsonEdit<'a> {
    JsonEdit {
        line: at.start.line,
        column: at.start.column,
        end_line: at.end.line,
        end_column: at.end.column,
        replacement,
    }
}

fn subject(about: &Subject) -> JsonSubject<'_> {
    JsonSubject { kind: about.kind.name(), id: about.id.as_deref(), text: &about.text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::located::StaticFiles;
    use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, SubjectKind};

    #[test]
    fn keys_keep_their_order_and_columns_count_characters() {
        let tree = StaticFiles(&[("content/a.md", "£ “x”\r\nend\r\n")]);
        let location = Location::new(&RelPath::new("content/a.md"), Span::new(6, 7));
        let diagnostic = Diagnostic::new(Code::BadCell, location, "`x` is not an amount")
            .help("write one")
            .about(SubjectKind::Row, "Levy")
            .about_id(SubjectKind::Agency, "police", "Northshire Police");
        let json = render(&DiagnosticList::new(vec![diagnostic], &tree, 1));
        assert_eq!(
            json,
            "{\"diagnostics\":[{\"code\":\"bad-cell\",\"severity\":\"error\",\"message\":\"`x` is not an amount\",\
             \"file\":\"content/a.md\",\"line\":1,\"column\":4,\"end_line\":1,\"end_column\":5,\"help\":\"write one\",\
             \"waived\":null,\"about\":[{\"kind\":\"row\",\"id\":null,\"text\":\"Levy\"},{\"kind\":\"agency\",\"id\":\"police\",\
             \"text\":\"Northshire Police\"}],\"fix\":null}],\"left_out\":[],\"summary\":{\"errors\":1,\"warnings\":0,\"notes\":0,\"files\":1}}\n"
        );
    }
}

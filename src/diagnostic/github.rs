//! Diagnostics as GitHub pull-request annotations: one workflow command per line.

use std::fmt::Write;

use super::Severity;
use super::located::{DiagnosticList, LocatedDiagnostic};
use super::printable::sanitize;

/// Renders the diagnostics as workflow commands.
#[must_use]
pub fn render(listing: &DiagnosticList<'_>) -> String {
    let mut lines = String::new();
    for found in listing.found.iter().chain(&listing.left_out) {
        write_command(listing, found, &mut lines);
    }
    lines
}

fn write_command(listing: &DiagnosticList<'_>, found: &LocatedDiagnostic, lines: &mut String) {
    let diagnostic = &found.diagnostic;
    let command = match diagnostic.severity {
        // A change must not fail for what is not published.
        _ if diagnostic.is_left_out => "notice",
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let (start, end) = (found.at.start, found.at.end);
    let mut message = diagnostic.message.clone();
    // A waived problem does not need a remedy: somebody has already decided.
    match (&diagnostic.waived, &diagnostic.help) {
        (Some(reason), _) => message = format!("{message}\nwaived: {reason}"),
        (None, Some(help)) => message = format!("{message}\nhelp: {help}"),
        (None, None) => {}
    }
    let _ = write!(
        lines,
        "::{command} file={},line={}",
        property(&sanitize(&listing.path(&diagnostic.location.file), false)),
        start.line
    );
    // GitHub accepts an end column only if the annotation is on one line.
    if start.line == end.line {
        let _ = write!(lines, ",col={},endLine={},endColumn={}", start.column, end.line, end.column);
    } else {
        let _ = write!(lines, ",col={},endLine={}", start.column, end.line);
    }
    let left_out = if diagnostic.is_left_out { " (left out of the build)" } else { "" };
    let _ = writeln!(lines, ",title={}{left_out}::{}", property(diagnostic.code.name()), text(&message));
}

/// Escapes a message as GitHub requires.
fn text(message: &str) -> String {
    message.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property's value, in which `:` and `,` are special too.
fn property(value: &str) -> String {
    text(value).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::located::StaticFiles;
    use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span};

    #[test]
    fn commands_are_escaped() {
        let tree = StaticFiles(&[("content/a,b: 5%.csv", "agency,total\nx,5\n")]);
        let location = Location::new(&RelPath::new("content/a,b: 5%.csv"), Span::new(15, 16));
        let mut diagnostic = Diagnostic::new(Code::BadCell, location, "100% wrong: really").help("write\nthis");
        let listed = render(&DiagnosticList::new(vec![diagnostic.clone()], &tree, 1));
        assert_eq!(
            listed,
            "::error file=content/a%2Cb%3A 5%25.csv,line=2,col=3,endLine=2,endColumn=4,title=bad-cell::100%25 wrong: \
             really%0Ahelp: write%0Athis\n"
        );
        diagnostic.severity = Severity::Note;
        diagnostic.waived = Some("it is known".into());
        let listed = render(&DiagnosticList::new(vec![diagnostic], &tree, 1));
        assert!(listed.starts_with("::notice ") && listed.ends_with("really%0Awaived: it is known\n"), "{listed}");
    }
}

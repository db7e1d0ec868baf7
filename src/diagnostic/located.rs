//! Diagnostics ready for output: sorted, with lines and columns, and with personal data masked.
//!
//! Output formats accept only a [`DiagnosticList`], so none of them can leak what the checks caught.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use super::redact::Redactions;
use super::{Diagnostic, LineIndex, Location, Position, RelPath, Severity, SourceText, SourceTexts};

/// The diagnostics of one run.
pub struct DiagnosticList<'a> {
    /// The diagnostics of what is built, sorted.
    pub found: Vec<LocatedDiagnostic>,
    /// The diagnostics of what is left out of the build, sorted.
    pub left_out: Vec<LocatedDiagnostic>,
    /// The number of problems in what is built by severity, and of files.
    pub summary: Summary,
    /// The texts that the locations point into.
    pub(super) texts: &'a (dyn SourceTexts + Sync),
    /// What has to be masked.
    pub(super) flagged: Redactions,
}

/// A diagnostic with its lines and columns.
#[derive(Clone, Debug)]
pub struct LocatedDiagnostic {
    /// The diagnostic, masked.
    pub diagnostic: Diagnostic,
    /// The position of its location.
    pub at: PositionRange,
    /// The positions of its related locations, in the same order.
    pub related: Vec<PositionRange>,
    /// The positions of its fix's edits, in the same order.
    pub edits: Vec<PositionRange>,
}

/// A span as lines and columns: its first character, and the one after its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PositionRange {
    /// The first character.
    pub start: Position,
    /// The character after the last.
    pub end: Position,
}

impl<'a> DiagnosticList<'a> {
    /// Sorts, masks and locates the diagnostics of a site with `files` content files.
    #[must_use]
    pub fn new(mut diagnostics: Vec<Diagnostic>, texts: &'a (dyn SourceTexts + Sync), files: usize) -> Self {
        super::sort(&mut diagnostics);
        let summary = Summary::count(&diagnostics, files);
        let flagged = Redactions::from_diagnostics(&diagnostics);
        let mut lines = FileLines::new(texts);
        let found = diagnostics.into_iter().map(|diagnostic| {
            lines.begin(&diagnostic.location.file);
            let at = lines.range(&diagnostic.location);
            let related = diagnostic.related.iter().map(|(location, _)| lines.range(location)).collect();
            let edits = diagnostic
                .fix
                .iter()
                .flat_map(|fix| &fix.edits)
                .map(|edit| lines.range(&Location::new(&diagnostic.location.file, edit.span)));
            let edits = edits.collect();
            LocatedDiagnostic { diagnostic: flagged.hide_in(diagnostic), at, related, edits }
        });
        let (left_out, found) = found.partition(|found| found.diagnostic.is_left_out);
        Self { found, left_out, summary, texts, flagged }
    }

    /// Any text with flagged words masked.
    #[must_use]
    pub fn masked<'p>(&self, text: &'p str) -> Cow<'p, str> {
        self.flagged.hide(text)
    }

    /// A file's path with flagged words masked: even a picture's name may contain somebody's number.
    #[must_use]
    pub fn path<'p>(&self, file: &'p RelPath) -> Cow<'p, str> {
        self.flagged.hide(file.as_str())
    }
}

/// Counts lines and columns in the texts of one file after another, and in those that its diagnostics lead to.
struct FileLines<'a> {
    texts: &'a (dyn SourceTexts + Sync),
    /// The file whose diagnostics are being located.
    file: Option<RelPath>,
    /// The lines of the texts that were needed for them; `None` if a file has no text.
    indices: HashMap<RelPath, Option<LineIndex<SourceText>>>,
}

impl<'a> FileLines<'a> {
    fn new(texts: &'a (dyn SourceTexts + Sync)) -> Self {
        Self { texts, file: None, indices: HashMap::new() }
    }

    /// Goes on to the diagnostics of a file, and lets the texts go that were needed for those of another.
    fn begin(&mut self, file: &RelPath) {
        if self.file.as_ref() != Some(file) {
            self.indices.clear();
            self.file = Some(file.clone());
        }
    }

    /// The lines and columns of a location; line 1, column 1 if the file has no text.
    fn range(&mut self, location: &Location) -> PositionRange {
        // `entry` would clone the path for every location, and there are many locations in few files.
        if !self.indices.contains_key(&location.file) {
            self.indices.insert(location.file.clone(), self.texts.text(&location.file).map(LineIndex::new));
        }
        match self.indices.get(&location.file) {
            Some(Some(index)) => {
                PositionRange { start: index.position(location.span.start), end: index.position(location.span.end) }
            }
            _ => PositionRange { start: Position { line: 1, column: 1 }, end: Position { line: 1, column: 1 } },
        }
    }
}

/// The number of problems by severity, and of files read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The number of errors.
    pub errors: usize,
    /// The number of warnings.
    pub warnings: usize,
    /// The number of notes, including waived problems.
    pub notes: usize,
    /// The number of content files read.
    pub files: usize,
}

impl Summary {
    /// Counts the diagnostics by severity. Those in what is left out of the build do not count.
    #[must_use]
    pub fn count(diagnostics: &[Diagnostic], files: usize) -> Self {
        let mut summary = Self { files, ..Self::default() };
        for diagnostic in diagnostics.iter().filter(|diagnostic| !diagnostic.is_left_out) {
            match diagnostic.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Note => summary.notes += 1,
            }
        }
        summary
    }

    /// `2 errors, 5 warnings, 3 notes`, or `no problems`. As soon as there is one problem, all three severities are
    /// listed, so the line looks the same from run to run.
    #[must_use]
    pub fn problems(&self) -> String {
        if self.errors + self.warnings + self.notes == 0 {
            return "no problems".to_owned();
        }
        [counted(self.errors, "error"), counted(self.warnings, "warning"), counted(self.notes, "note")].join(", ")
    }
}

/// The closing line: `2 errors, 5 warnings, 3 notes in 19 files`, or `Checked 19 files: no problems`.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (files, problems) = (counted(self.files, "file"), self.problems());
        if self.errors + self.warnings + self.notes == 0 {
            write!(f, "Checked {files}: {problems}")
        } else {
            write!(f, "{problems} in {files}")
        }
    }
}

/// `1 error`, `2 errors`.
#[must_use]
pub(crate) fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// Source files for the tests of the output formats.
#[cfg(test)]
pub(super) struct StaticFiles(pub &'static [(&'static str, &'static str)]);

#[cfg(test)]
impl SourceTexts for StaticFiles {
    fn text(&self, file: &RelPath) -> Option<SourceText> {
        self.0.iter().find(|(name, _)| *name == file.as_str()).map(|(_, text)| (*text).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_counts() {
        let summary = |errors, warnings, notes, files| Summary { errors, warnings, notes, files }.to_string();
        assert_eq!(summary(2, 5, 3, 19), "2 errors, 5 warnings, 3 notes in 19 files");
        assert_eq!(summary(1, 0, 1, 1), "1 error, 0 warnings, 1 note in 1 file");
        assert_eq!(summary(0, 0, 0, 19), "Checked 19 files: no problems");
        assert_eq!(summary(0, 0, 0, 1), "Checked 1 file: no problems");
    }
}

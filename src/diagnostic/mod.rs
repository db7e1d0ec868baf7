//! Diagnostics: each has a code, a location, a message in plain words and a remedy.
//!
//! Diagnostics are values. Every module above creates them; only [`crate::cli`] and [`crate::preview`] print them, in
//! the formats defined here.

use std::collections::HashMap;

pub(crate) mod brief;
pub(crate) mod code;
pub(crate) mod explain;
mod fix;
pub(crate) mod flagged;
pub mod github;
pub mod human;
pub mod json;
mod line_index;
pub(crate) mod located;
pub(crate) mod location;
pub(crate) mod message;
pub(crate) mod printable;
pub(crate) mod redact;
mod rel_path;
pub mod sarif;
mod source_text;
mod subject;
pub(crate) mod suggest;
pub(crate) mod visible_text;

pub(crate) use code::{Code, Severity};
pub use fix::{Fix, TextEdit};
pub use line_index::LineIndex;
pub(crate) use line_index::Position;
pub(crate) use located::{DiagnosticList, Summary};
pub use location::{Location, Span};
pub(crate) use message::{excerpt, quoted_choice, quoted_list};
pub use rel_path::RelPath;
pub(crate) use rel_path::percent_encoded;
pub(crate) use source_text::WeakText;
pub use source_text::{SourceText, SourceTexts};
pub use subject::{Subject, SubjectKind};

/// A value, and every problem found while building it.
#[derive(Clone, Debug, Default)]
pub struct WithDiagnostics<T> {
    /// The value, as complete as the problems allow.
    pub value: T,
    /// The problems, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> WithDiagnostics<T> {
    /// A value with the diagnostics from building it.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Moves the diagnostics into `all` and returns the value.
    pub fn emit_into(self, all: &mut Vec<Diagnostic>) -> T {
        all.extend(self.diagnostics);
        self.value
    }
}

/// A problem in a file: what is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What kind of problem it is.
    pub code: Code,
    /// The code's own severity, unless the site or a waiver changed it.
    pub severity: Severity,
    /// The file and span that it is about.
    pub location: Location,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// A few words shown next to the marked text.
    pub label: Option<String>,
    /// Other places that explain it, each with a label: the first of two entries, or the entry that nearly matches.
    pub related: Vec<(Location, String)>,
    /// What it is about, where the source at its location does not say so: names, ids and figures of the message.
    pub about: Vec<Subject>,
    /// What to do about it.
    pub help: Option<String>,
    /// A change that puts it right, if one is known.
    pub fix: Option<Fix>,
    /// The reason given by the waiver that covers it.
    pub waived: Option<String>,
    /// Whether it is in something that the build leaves out, so that it does not count.
    pub is_left_out: bool,
    /// Words that must not be shown: the subject of [`Code::PersonalData`], and personal data quoted by any other code.
    /// When a list is truncated, the last diagnostic listed also has the words of those left out.
    pub flagged: Vec<FlaggedText>,
}

/// Words that must not be shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FlaggedText {
    /// Where they are in the diagnostic's file, markup and escapes included.
    pub span: Span,
    /// The words as a reader sees them.
    pub words: String,
}

impl Diagnostic {
    /// A diagnostic of `code` at `location`, with the code's own severity.
    pub fn new(code: Code, location: Location, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            location,
            message: message.into(),
            label: None,
            related: Vec::new(),
            about: Vec::new(),
            help: None,
            fix: None,
            waived: None,
            is_left_out: false,
            flagged: Vec::new(),
        }
    }

    /// Adds something that it is about.
    #[must_use]
    #[allow(clippy::needless_pass_by_value, reason = "figures are passed by value, names by reference")]
    pub fn about(mut self, kind: SubjectKind, text: impl ToString) -> Self {
        self.about.push(Subject { kind, id: None, text: text.to_string() });
        self
    }

    /// Adds something with an id that it is about.
    #[must_use]
    #[allow(clippy::needless_pass_by_value, reason = "figures are passed by value, names by reference")]
    pub(crate) fn about_id(mut self, kind: SubjectKind, id: &str, text: impl ToString) -> Self {
        self.about.push(Subject { kind, id: Some(id.to_owned()), text: text.to_string() });
        self
    }

    /// The first thing of a kind that it is about.
    #[must_use]
    pub(crate) fn subject(&self, kind: SubjectKind) -> Option<&Subject> {
        self.about.iter().find(|subject| subject.kind == kind)
    }

    /// The id at `location` was already given at `first` to another entry of the same `kind`, such as a board.
    #[must_use]
    pub fn duplicate_id(location: Location, first: Location, id: &str, kind: &str) -> Self {
        Self::new(Code::DuplicateId, location, format!("a second {kind} has the id `{id}`"))
            .related(first, "first given here")
            .help("give each its own id")
    }

    /// Sets the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets a change that puts it right.
    #[must_use]
    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Flags words at the diagnostic's location that must not be shown, spelt as a reader sees them.
    #[must_use]
    pub fn flagging(mut self, words: impl Into<String>) -> Self {
        self.flagged.push(FlaggedText { span: self.location.span, words: words.into() });
        self
    }

    /// Sets the words shown next to the marked text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds another place, with a label that says how it is related.
    #[must_use]
    pub fn related(mut self, location: Location, label: impl Into<String>) -> Self {
        self.related.push((location, label.into()));
        self
    }
}

/// The most diagnostics of one code that are listed for a file; the rest are only counted.
pub(crate) const MAX_PER_CODE: usize = 1_000;

/// Keeps the first [`MAX_PER_CODE`] diagnostics of each code in a file; the last of them says how many more there are.
///
/// `diagnostics` must be sorted. Nobody reads more than that, and a file written to cause a million of them would
/// exhaust memory. Words flagged by the dropped diagnostics move to the last one kept, as they must stay hidden.
pub(crate) fn truncate(diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.len() <= MAX_PER_CODE {
        return;
    }
    // Waived diagnostics are counted separately: they may be published, and are listed elsewhere.
    let key =
        |diagnostic: &Diagnostic| (diagnostic.location.file.clone(), diagnostic.code, diagnostic.waived.is_some());
    let mut counts: HashMap<_, usize> = HashMap::new();
    for diagnostic in diagnostics.iter() {
        *counts.entry(key(diagnostic)).or_default() += 1;
    }
    counts.retain(|_, count| *count > MAX_PER_CODE);
    let mut listed: HashMap<_, usize> = HashMap::new();
    let mut rest: HashMap<_, Vec<FlaggedText>> = HashMap::new();
    diagnostics.retain_mut(|diagnostic| {
        let key = key(diagnostic);
        if !counts.contains_key(&key) {
            return true;
        }
        let number = listed.entry(key.clone()).or_default();
        *number += 1;
        if *number > MAX_PER_CODE {
            rest.entry(key).or_default().append(&mut diagnostic.flagged);
        }
        *number <= MAX_PER_CODE
    });
    for diagnostic in diagnostics.iter_mut().rev() {
        let key = key(diagnostic);
        if let Some(count) = counts.remove(&key) {
            let more = count - MAX_PER_CODE;
            diagnostic.message = format!("{} (and {more} more `{}` after this)", diagnostic.message, diagnostic.code);
            diagnostic.flagged.extend(rest.remove(&key).unwrap_or_default());
        }
    }
}

/// Sorts by file, location and code, and removes exact duplicates, so the same tree always gives the same list.
pub(crate) fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.location.file, a.location.span.start, a.code.name(), a.location.span.end, &a.message).cmp(&(
            &b.location.file,
            b.location.span.start,
            b.code.name(),
            b.location.span.end,
            &b.message,
        ))
    });
    diagnostics.dedup();
}

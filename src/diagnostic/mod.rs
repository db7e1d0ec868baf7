//! What the tool says to people: a diagnostic has a code, a place, plain words and a remedy.
//!
//! Diagnostics are values. Every room above makes them, nobody prints them but [`crate::cli`] and
//! [`crate::preview`], through the formats here.

use std::collections::HashMap;

pub(crate) mod code;
pub(crate) mod explain;
pub(crate) mod flagged;
pub mod github;
pub mod human;
pub mod json;
mod line_index;
pub(crate) mod located;
pub(crate) mod location;
pub(crate) mod message;
pub(crate) mod redact;
mod rel_path;
pub mod sarif;
pub(crate) mod suggest;
pub(crate) mod visible_text;

pub(crate) use code::{Code, Severity};
pub use line_index::LineIndex;
pub(crate) use line_index::Position;
pub(crate) use located::{DiagnosticList, Summary};
pub use location::{Location, SourceTexts, Span};
pub(crate) use message::{excerpt, quoted_list};
pub use rel_path::RelPath;

/// Something that was made, and all that was found wrong on the way.
#[derive(Clone, Debug, Default)]
pub struct WithDiagnostics<T> {
    /// What was made, as far as it could be.
    pub value: T,
    /// What was found, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> WithDiagnostics<T> {
    /// A value with the diagnostics that came of making it.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Hands the diagnostics to `all` and the value back.
    pub fn emit_into(self, all: &mut Vec<Diagnostic>) -> T {
        all.extend(self.diagnostics);
        self.value
    }
}

/// One thing that somebody should know about a file: what, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem it is.
    pub code: Code,
    /// How grave; the code's own severity unless the site or a waiver changed it.
    pub severity: Severity,
    /// Where.
    pub location: Location,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// A word or two to stand beside the marked text.
    pub label: Option<String>,
    /// Other places that explain it: the first of two, the entry that something fails to match.
    pub related: Vec<(Location, String)>,
    /// The remedy.
    pub help: Option<String>,
    /// The reason given by the waiver that lets it through.
    pub waived: Option<String>,
    /// What must not be shown: what [`Code::PersonalData`] is about, and what is personal in the words of any other. The
    /// last that is listed of very many has what the others flag too.
    pub flagged: Vec<FlaggedText>,
}

/// Words that must not be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlaggedText {
    /// Where they stand in the diagnostic's file, markup and escapes included.
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
            help: None,
            waived: None,
            flagged: Vec::new(),
        }
    }

    /// An id at `location` that was given at `first` to another of the same kind: a board, a review.
    #[must_use]
    pub fn duplicate_id(location: Location, first: Location, id: &str, kind: &str) -> Self {
        Self::new(Code::DuplicateId, location, format!("a second {kind} has the id `{id}`"))
            .related(first, "first given here")
            .help("give each its own id")
    }

    /// Adds the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the words at its place that must not be shown, as a reader sees them.
    #[must_use]
    pub fn flagging(mut self, words: impl Into<String>) -> Self {
        self.flagged.push(FlaggedText { span: self.location.span, words: words.into() });
        self
    }

    /// Adds the words beside the marked text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds another place, with what it has to do with the problem.
    #[must_use]
    pub fn related(mut self, location: Location, label: impl Into<String>) -> Self {
        self.related.push((location, label.into()));
        self
    }
}

/// How many diagnostics of one code a file may have before the rest are counted and not listed.
pub(crate) const MAX_PER_CODE: usize = 1_000;

/// Keeps the first thousand diagnostics of each code in a file; the last of them says how many more there are.
///
/// The diagnostics must be sorted. Nobody reads more, and a file that was made to give a million would fill the memory
/// of whoever lists them. What the others flag is kept with the last, since it has to be hidden all the same.
pub(crate) fn truncate(diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.len() <= MAX_PER_CODE {
        return;
    }
    // What is waived is counted apart: it may be published, and stands in another list.
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

/// Sorts by file, place and code, and drops exact repetitions: the same tree always gives the same list.
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

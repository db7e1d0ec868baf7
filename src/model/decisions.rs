//! What meetings decided, and what became of the decisions that were open at the end of the year before.

use std::collections::HashMap;

use super::meeting::Meeting;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, WithDiagnostics, excerpt};
use crate::quantity::MonthOrDate;
use crate::source::files::{DecisionAnswerEntry, DecisionEntry, DecisionState, DecisionsFile, Outcome};
use crate::source::markdown::Markdown;
use crate::source::yaml::{Prose, Spanned, Text};

/// The contents of `decisions.yaml`.
#[derive(Clone, Debug, Default)]
pub(crate) struct DecisionRecord {
    /// The decisions, in order.
    pub decisions: Vec<Decision>,
    /// What became of last year's.
    pub answers: Vec<DecisionAnswer>,
    /// Whether the whole file could be read. If not, nothing counts as missing from it.
    pub is_complete: bool,
}

/// A decision of a meeting.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    /// When the meeting was, as in the report's list of meetings if it is there.
    pub meeting: MonthOrDate,
    /// The reference in the minutes.
    pub reference: Text,
    /// What was decided.
    pub text: Markdown,
    /// Who is to carry it out.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<Spanned<MonthOrDate>>,
    pub state: DecisionState,
    pub note: Option<Markdown>,
    /// The place of its entry.
    pub location: Location,
}

/// What became of a decision of the year before.
#[derive(Clone, Debug)]
pub(crate) struct DecisionAnswer {
    /// The decision's reference, as written.
    pub reference: Text,
    pub outcome: Spanned<Outcome>,
    pub note: Option<Markdown>,
}

impl DecisionRecord {
    /// The Markdown in the file.
    pub(crate) fn prose(&self) -> impl Iterator<Item = &Markdown> {
        let decisions = self.decisions.iter().flat_map(|one| std::iter::once(&one.text).chain(&one.note));
        decisions.chain(self.answers.iter().filter_map(|answer| answer.note.as_ref()))
    }

    /// The decisions that are still to be carried out.
    pub(crate) fn open(&self) -> impl Iterator<Item = &Decision> {
        self.decisions.iter().filter(|decision| decision.state == DecisionState::Open)
    }

    /// What became of the decision with a reference.
    #[must_use]
    pub(crate) fn answer_to(&self, reference: &str) -> Option<&DecisionAnswer> {
        self.answers.iter().find(|answer| answer.reference.value == reference)
    }
}

/// Assembles `decisions.yaml`. `meetings` are those of the report; if it has none, or they could not be read whole, any
/// meeting may be meant.
#[must_use]
pub(crate) fn assemble(
    file: &RelPath,
    written: &DecisionsFile,
    meetings: &[Meeting],
) -> WithDiagnostics<DecisionRecord> {
    let mut reading = DecisionsAssembler { file, meetings, taken: HashMap::new(), diagnostics: Vec::new() };
    let decisions: Vec<Decision> =
        written.decisions.iter().flatten().filter_map(|entry| reading.decision(entry)).collect();
    reading.taken.clear();
    let answers: Vec<DecisionAnswer> =
        written.follow_up.iter().flatten().filter_map(|entry| reading.answer(entry)).collect();
    let count = |entries: usize, read: usize| entries == read;
    let is_complete = !written.has_errors
        && count(written.decisions.iter().flatten().count(), decisions.len())
        && count(written.follow_up.iter().flatten().count(), answers.len());
    WithDiagnostics::new(DecisionRecord { decisions, answers, is_complete }, reading.diagnostics)
}

/// Assembles the entries of `decisions.yaml` and collects diagnostics.
struct DecisionsAssembler<'a> {
    file: &'a RelPath,
    meetings: &'a [Meeting],
    /// The references so far.
    taken: HashMap<String, Span>,
    diagnostics: Vec<Diagnostic>,
}

impl DecisionsAssembler<'_> {
    fn prose(&mut self, written: Option<&Prose>) -> Option<Markdown> {
        written.map(|prose| Markdown::of_prose(self.file, prose).emit_into(&mut self.diagnostics))
    }

    fn decision(&mut self, entry: &DecisionEntry) -> Option<Decision> {
        let (text, note) = (self.prose(entry.decision.as_ref()), self.prose(entry.note.as_ref()));
        let meeting = entry.meeting.as_ref().map(|meeting| self.meeting(meeting));
        let reference = entry.reference.as_ref()?;
        self.report_if_taken(reference, "decision");
        Some(Decision {
            meeting: meeting?,
            reference: reference.clone(),
            text: text?,
            owner: entry.owner.as_ref().map(|owner| owner.value.clone()),
            due: entry.due.clone(),
            state: entry.state.as_ref()?.value,
            note,
            location: Location::new(self.file, entry.span),
        })
    }

    fn answer(&mut self, entry: &DecisionAnswerEntry) -> Option<DecisionAnswer> {
        let note = self.prose(entry.note.as_ref());
        let (reference, outcome) = (entry.decision.as_ref()?, entry.outcome.as_ref()?);
        self.report_if_taken(reference, "answer");
        if outcome.value == Outcome::Dropped && note.is_none() {
            let message = format!("`{}` was dropped, but there is no `note` to say why", excerpt(reference));
            let dropped = Diagnostic::new(Code::DroppedWithoutReason, Location::new(self.file, outcome.span), message);
            self.diagnostics.push(dropped.help("add `note:` with the reason"));
        }
        Some(DecisionAnswer { reference: reference.clone(), outcome: outcome.clone(), note })
    }

    /// Reports a reference that an earlier entry has.
    fn report_if_taken(&mut self, reference: &Text, what: &str) {
        if let Some(first) = self.taken.insert(reference.value.clone(), reference.span) {
            let (location, first) = (Location::new(self.file, reference.span), Location::new(self.file, first));
            let message = format!("a second {what} has the reference `{}`", excerpt(reference));
            let twice = Diagnostic::new(Code::DuplicateId, location, message).related(first, "the first is here");
            self.diagnostics.push(twice.help("give each its own, as in `SMK03/1` and `SMK03/2`"));
        }
    }

    /// The meeting that a date means: one of the report's with that date, or the only one in that month.
    fn meeting(&mut self, written: &Spanned<MonthOrDate>) -> MonthOrDate {
        let dates = || self.meetings.iter().map(|meeting| meeting.date);
        if self.meetings.is_empty() || dates().any(|date| date == written.value) {
            return written.value;
        }
        let is_same_month = |date: &MonthOrDate| (date.year, date.month) == (written.value.year, written.value.month);
        let is_month = |date: &MonthOrDate| written.value.day.is_none() || date.day.is_none();
        let mut of_month = dates().filter(|date| is_same_month(date) && is_month(date));
        if let (Some(only), None) = (of_month.next(), of_month.next()) {
            return only;
        }
        let message = format!("report.yaml has no meeting on `{}`", written.value);
        let known: Vec<String> = dates().map(|date| date.to_string()).collect();
        let near = did_you_mean(&written.value.to_string(), known.iter().map(String::as_str));
        let help = near.unwrap_or_else(|| "add it to `meetings:` in report.yaml, or correct the date".to_owned());
        let unknown = Diagnostic::new(Code::UnknownId, Location::new(self.file, written.span), message);
        self.diagnostics.push(unknown.help(help));
        written.value
    }
}

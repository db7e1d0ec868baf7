//! `content/YEAR/decisions.yaml`: what meetings decided, and what became of last year's open decisions.

use super::submission::Outcome;
use crate::quantity::MonthOrDate;
use crate::source::yaml::{Prose, RawYaml, Spanned, Text};
use crate::{choice, record};

record! {
    /// `content/YEAR/decisions.yaml`: what meetings decided, and what became of last year's open decisions.
    pub struct DecisionsFile {
        /// What the year's meetings decided, in order.
        "decisions" optional decisions: Vec<DecisionEntry>,
        /// What became of the decisions that were open at the end of the year before.
        "follow_up" optional follow_up: Vec<DecisionAnswerEntry>,
        /// Your own data, passed on to the theme's templates.
        "extra" optional extra: RawYaml,
    }
}

record! {
    /// A decision of a meeting.
    pub struct DecisionEntry {
        /// The month or day of the meeting, one of those in report.yaml.
        "meeting" required meeting: Spanned<MonthOrDate>,
        /// The reference in the minutes, such as `SMK03/4`. Each decision of the year has its own.
        "ref" required reference: Text,
        /// What was decided.
        "decision" required decision: Prose,
        /// Who is to carry it out, by role.
        "owner" optional owner: Text,
        /// The month or day by which it is to be carried out.
        "due" optional due: Spanned<MonthOrDate>,
        /// `open` until it is carried out, then `done`; `closed` if nothing more is to be done.
        "state" required state: Spanned<DecisionState>,
        /// What has become of it so far.
        "note" optional note: Prose,
    }
}

choice! {
    /// Where a decision is at the end of the year.
    pub enum DecisionState {
        /// It is still to be carried out.
        Open = "open",
        /// It has been carried out.
        Done = "done",
        /// Nothing more is to be done about it.
        Closed = "closed",
    }
}

record! {
    /// What became of a decision that was open at the end of the year before.
    pub struct DecisionAnswerEntry {
        /// The reference of the decision in last year's file.
        "decision" required decision: Text,
        /// What became of it.
        "outcome" required outcome: Spanned<Outcome>,
        /// More about it. Required if it was dropped.
        "note" optional note: Prose,
    }
}

//! What can meet a duty, in which report it is looked for, and how far a duty is met.

use super::ReportKey;
use super::fact::{Fact, StatedNothing};
use super::said::says_anything;
use crate::model::Part;
use crate::model::report::{Page, Report};
use crate::model::sections::SubmissionSection;
use crate::model::submission::Submission;
use crate::source::files::PublicationStatus;

/// Whether a duty is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum DutyStatus {
    /// It is not.
    Unmet,
    /// It cannot be told, for a reason that is diagnosed at its own place.
    Unknown,
    /// It is.
    Met,
}

/// Something that meets a duty, or helps to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Evidence<'a> {
    /// A submission that claims it.
    Submission(&'a Submission),
    /// A page that claims it.
    Page(&'a Page),
    /// A section of a submission.
    Section(&'a Submission, &'a SubmissionSection),
    /// A part of the report.
    Part(Part),
    /// That there was nothing to say.
    Nothing(Fact, StatedNothing),
    /// A key of `report.yaml`.
    Field(ReportKey),
}

/// The report that is looked at, and what of it counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CoverageScope<'a> {
    /// The report.
    pub report: &'a Report,
    /// The report of the year before, whose commitments are answered for.
    pub before: Option<&'a Report>,
    /// Whether drafts count: what is not published is evidence to nobody.
    pub drafts: bool,
}

impl CoverageScope<'_> {
    pub(super) fn counts(&self, status: PublicationStatus) -> bool {
        self.drafts || status != PublicationStatus::Draft
    }

    /// Whether readers see what was sent.
    pub(super) fn is_shown(&self, sent: &Submission) -> bool {
        self.counts(sent.status)
    }

    /// Whether something stands in a section of what was sent.
    pub(super) fn says(&self, sent: &Submission, id: &str) -> bool {
        let says =
            |section: &SubmissionSection| section.id.as_deref() == Some(id) && says_anything(&sent.body, section.text);
        self.is_shown(sent) && sent.sections.iter().any(says)
    }
}

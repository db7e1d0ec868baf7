//! What can meet a duty, which parts of a report are considered, and whether a duty is met.

use super::ReportKey;
use super::fact::StatedNothing;
use super::said::has_content;
use crate::model::Part;
use crate::model::report::{Page, Report};
use crate::model::sections::SubmissionSection;
use crate::model::submission::Submission;
use crate::source::files::PublicationStatus;

/// Whether a duty is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum DutyStatus {
    Unmet,
    /// It cannot be determined, for a reason that has a diagnostic of its own.
    Unknown,
    Met,
    /// The report says that it does not apply, and why.
    NotApplicable,
}

/// Something that meets a duty or helps to meet it.
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
    /// A statement that there was nothing to report.
    Nothing(Part, StatedNothing),
    /// A key of `report.yaml`.
    Field(ReportKey),
}

/// The report to check, and what counts in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CoverageScope<'a> {
    pub report: &'a Report,
    /// The report of the previous year, whose commitments this one follows up.
    pub before: Option<&'a Report>,
    /// Whether drafts count. In a published report they do not: nobody can see them.
    pub drafts: bool,
}

impl CoverageScope<'_> {
    pub(super) fn counts(&self, status: PublicationStatus) -> bool {
        self.drafts || status != PublicationStatus::Draft
    }

    /// Whether readers can see this submission.
    pub(super) fn is_shown(&self, sent: &Submission) -> bool {
        self.counts(sent.status)
    }

    /// Whether a submission has content in the section `id`.
    pub(super) fn says(&self, sent: &Submission, id: &str) -> bool {
        let says = |section: &SubmissionSection| has_content(&sent.body.read(), section.text);
        self.is_shown(sent) && sent.sections.iter().filter(|section| section.id.as_deref() == Some(id)).any(says)
    }
}

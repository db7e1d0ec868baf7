//! What in a report meets which duty: for the rule that warns of gaps, and for the page that shows the evidence.

use super::{Duty, DutySet, Field, MetBy, Part};
use crate::diagnostic::Code;
use crate::report::ids::Kind;
use crate::report::submission::{Section, Submission};
use crate::report::year::{Page, Report};

/// How a report stands to a duty.
#[derive(Clone, Debug)]
pub struct Coverage<'a> {
    /// The duty.
    pub duty: &'a Duty,
    /// Whether it is met.
    pub verdict: Verdict,
    /// What meets it, in the order of the ways that count.
    pub evidence: Vec<Evidence<'a>>,
}

/// Whether a duty is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is not.
    Unmet,
    /// It cannot be told, for a reason that is diagnosed at its own place.
    Unknown,
    /// It is.
    Met,
}

/// Something that meets a duty, or helps to.
#[derive(Clone, Copy, Debug)]
pub enum Evidence<'a> {
    /// A submission that claims it.
    Submission(&'a Submission),
    /// A page that claims it.
    Page(&'a Page),
    /// A section of a submission.
    Section(&'a Submission, &'a Section),
    /// A part of the report.
    Part(Part),
    /// A key of `report.yaml`.
    Field(Field),
}

/// How a report stands to each duty of a set, in the set's order.
#[must_use]
pub fn coverage<'a>(report: &'a Report, set: &'a DutySet) -> Vec<Coverage<'a>> {
    set.duties.iter().map(|duty| cover(report, duty)).collect()
}

/// How a report stands to one duty.
fn cover<'a>(report: &'a Report, duty: &'a Duty) -> Coverage<'a> {
    let mut evidence = Vec::new();
    let verdicts = duty.met_by.iter().map(|way| meets(report, duty, way, &mut evidence));
    // `Unmet < Unknown < Met`: one way is as good as the best of them, all ways as good as the worst.
    let verdict = if duty.all { verdicts.min() } else { verdicts.max() };
    Coverage { duty, verdict: verdict.unwrap_or(Verdict::Unknown), evidence }
}

/// Whether a duty is met in one way, with what meets it.
fn meets<'a>(report: &'a Report, duty: &Duty, way: &MetBy, evidence: &mut Vec<Evidence<'a>>) -> Verdict {
    let before = evidence.len();
    match way {
        MetBy::Evidence => {
            let submissions = report.submissions().filter(|submission| submission.evidence.contains(&duty.id));
            evidence.extend(submissions.map(Evidence::Submission));
            let pages = report.pages.iter().filter(|page| page.evidence.contains(&duty.id));
            evidence.extend(pages.map(Evidence::Page));
        }
        MetBy::Section(id, kind) => return meets_by_sections(report, id, *kind, evidence),
        MetBy::Part(part) => match has_part(report, *part) {
            Verdict::Met => evidence.push(Evidence::Part(*part)),
            otherwise => return otherwise,
        },
        MetBy::Field(Field::Distribution) => {
            evidence.extend((!report.distribution.is_empty()).then_some(Evidence::Field(Field::Distribution)));
        }
        // A period is due in every report, so that one without it has its diagnostic.
        MetBy::Field(Field::Period) => match report.period {
            Some(_) => evidence.push(Evidence::Field(Field::Period)),
            None => return Verdict::Unknown,
        },
    }
    if evidence.len() > before { Verdict::Met } else { Verdict::Unmet }
}

/// Whether every submission of a kind has a section. One without it is told of there, and not here as well, unless it
/// was let through with a waiver; so are boards and agencies that sent nothing.
fn meets_by_sections<'a>(report: &'a Report, id: &str, kind: Kind, evidence: &mut Vec<Evidence<'a>>) -> Verdict {
    let submissions = || report.submissions().filter(|submission| submission.kind == kind);
    let sections = submissions().filter_map(|submission| Some(Evidence::Section(submission, submission.section(id)?)));
    evidence.extend(sections);
    let mut lacking = submissions().filter(|submission| submission.section(id).is_none()).peekable();
    if lacking.peek().is_some() {
        let is_waived = |submission: &Submission| {
            let covers = |waiver: &crate::report::year::Waiver| {
                waiver.code == Code::MissingSection && waiver.file == submission.file
            };
            report.waivers.iter().any(covers)
        };
        return if lacking.any(is_waived) { Verdict::Unmet } else { Verdict::Unknown };
    }
    let is_anybody_due = match kind {
        Kind::Board => !report.boards.is_empty(),
        Kind::Agency => !report.agencies.is_empty(),
    };
    match (submissions().next(), is_anybody_due) {
        (Some(_), _) => Verdict::Met,
        (None, true) => Verdict::Unknown,
        (None, false) => Verdict::Unmet,
    }
}

/// Whether the report has a part. A file that is there and from which nothing could be read has its diagnostics.
fn has_part(report: &Report, part: Part) -> Verdict {
    let file = |has: Option<bool>| match has {
        None => Verdict::Unmet,
        Some(false) => Verdict::Unknown,
        Some(true) => Verdict::Met,
    };
    let here = |has: bool| if has { Verdict::Met } else { Verdict::Unmet };
    match part {
        Part::Boards => here(report.boards.iter().any(|board| board.submission.is_some())),
        Part::Agencies => here(report.agencies.iter().any(|agency| agency.submission.is_some())),
        Part::Priorities => here(!report.priorities.is_empty()),
        Part::Attendance => file(report.attendance.as_ref().map(|attendance| !attendance.members.is_empty())),
        Part::Contributions => file(report.contributions.as_ref().map(|contributions| !contributions.rows.is_empty())),
        Part::Budget => file(report.budget.as_ref().map(|budget| !budget.is_empty())),
        Part::Governance => file(report.governance.as_ref().map(|governance| !governance.bodies.is_empty())),
        Part::Reviews => {
            file(report.reviews.as_ref().map(|reviews| !reviews.reviews.is_empty() || !reviews.learning.is_empty()))
        }
        Part::Commitments => {
            let says =
                |submission: &Submission| !submission.commitments.is_empty() || !submission.follow_ups.is_empty();
            here(report.submissions().any(says))
        }
    }
}

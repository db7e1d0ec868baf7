//! What in a report meets which duty: for the rule that warns of gaps, and for the page that shows the evidence.

use jiff::ToSpan;
use jiff::civil::Date;

use super::said::says_anything;
use super::{Duty, DutySet, Fact, Field, MetBy, Nothing};
use crate::diagnostic::{Code, Span};
use crate::report::Part;
use crate::report::ids::Kind;
use crate::report::submission::{Section, Submission};
use crate::report::year::{Page, Report};
use crate::source::files::PublicationStatus;
use crate::source::markdown::Markdown;

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
    /// That there was nothing to say.
    Nothing(Fact, Nothing),
    /// A key of `report.yaml`.
    Field(Field),
}

/// The report that is looked at, and what of it counts.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The report.
    pub report: &'a Report,
    /// The report of the year before, whose commitments are answered for.
    pub before: Option<&'a Report>,
    /// Whether drafts count: what is not published is evidence to nobody.
    pub drafts: bool,
}

impl Scope<'_> {
    fn counts(&self, status: PublicationStatus) -> bool {
        self.drafts || status != PublicationStatus::Draft
    }

    /// Whether readers see what was sent.
    pub(super) fn is_shown(&self, sent: &Submission) -> bool {
        self.counts(sent.status)
    }

    /// Whether something stands in a section of what was sent.
    pub(super) fn says(&self, sent: &Submission, id: &str) -> bool {
        let says = |section: &Section| section.id.as_deref() == Some(id) && says_anything(&sent.body, section.text);
        self.is_shown(sent) && sent.sections.iter().any(says)
    }
}

/// How a report stands to each duty of a set, in the set's order.
#[must_use]
pub fn coverage<'a>(scope: &Scope<'a>, set: &'a DutySet) -> Vec<Coverage<'a>> {
    set.duties.iter().map(|duty| cover(scope, duty)).collect()
}

/// How a report stands to one duty.
fn cover<'a>(scope: &Scope<'a>, duty: &'a Duty) -> Coverage<'a> {
    let mut evidence = Vec::new();
    let verdicts = duty.met_by.iter().map(|way| meets(scope, duty, way, &mut evidence));
    // `Unmet < Unknown < Met`: one way is as good as the best of them, all ways as good as the worst.
    let verdict = if duty.all { verdicts.min() } else { verdicts.max() };
    Coverage { duty, verdict: verdict.unwrap_or(Verdict::Unknown), evidence }
}

/// Whether a duty is met in one way, with what meets it.
fn meets<'a>(scope: &Scope<'a>, duty: &Duty, way: &MetBy, evidence: &mut Vec<Evidence<'a>>) -> Verdict {
    let (report, before) = (scope.report, evidence.len());
    match way {
        MetBy::Evidence => {
            let claims = |sent: &&Submission| sent.evidence.contains(&duty.id) && is_text(&sent.body);
            let submissions = report.submissions().filter(claims).filter(|sent| scope.is_shown(sent));
            evidence.extend(submissions.map(Evidence::Submission));
            let claims = |page: &&Page| page.evidence.contains(&duty.id) && is_text(&page.body);
            let pages = report.pages.iter().filter(claims).filter(|page| scope.counts(page.status));
            evidence.extend(pages.map(Evidence::Page));
        }
        MetBy::Section(id, kind) => return meets_by_sections(scope, id, *kind, evidence),
        MetBy::Says(fact) => {
            let (verdict, how) = fact.check(scope);
            evidence.extend(how);
            return verdict;
        }
        MetBy::Field(Field::Distribution) => {
            evidence.extend((!report.distribution.is_empty()).then_some(Evidence::Field(Field::Distribution)));
        }
        // A period is due in every report, so that one without it has its diagnostic.
        MetBy::Field(Field::Period) => match report.period {
            Some(period) => evidence.extend(is_a_year_at_most(period).then_some(Evidence::Field(Field::Period))),
            None => return Verdict::Unknown,
        },
    }
    if evidence.len() > before { Verdict::Met } else { Verdict::Unmet }
}

/// Whether a whole text says anything.
fn is_text(body: &Markdown) -> bool {
    says_anything(body, Span::new(0, body.text().len()))
}

/// Whether a period, given by its first and last day, has no more than twelve months.
fn is_a_year_at_most((from, to): (Date, Date)) -> bool {
    from.checked_add(1.year()).is_ok_and(|after| to < after)
}

/// Whether everybody of a kind says something in a section. Who does not, or has sent nothing, is told of there, and not
/// here as well, unless that was let through with a waiver: then the report goes out without.
fn meets_by_sections<'a>(scope: &Scope<'a>, id: &str, kind: Kind, evidence: &mut Vec<Evidence<'a>>) -> Verdict {
    let report = scope.report;
    let saying = report.submissions().filter(|sent| sent.kind == kind && scope.says(sent, id));
    let before = evidence.len();
    evidence.extend(saying.filter_map(|sent| Some(Evidence::Section(sent, sent.section(id)?))));
    let parties: Vec<(&str, Option<&Submission>)> = match kind {
        Kind::Board => report.boards.iter().map(|one| (one.id.as_str(), one.submission.as_ref())).collect(),
        Kind::Agency => report.agencies.iter().map(|one| (one.id.as_str(), one.submission.as_ref())).collect(),
    };
    if parties.is_empty() {
        return Verdict::Unmet;
    }
    if evidence.len() - before == parties.len() {
        return Verdict::Met;
    }
    let is_waived = |(id, sent): &(&str, Option<&Submission>)| {
        let file = report.folder.join(&format!("{}/{id}.md", kind.folder()));
        report.waivers.iter().filter(|waiver| waiver.file == file).any(|waiver| match sent {
            None => waiver.code == Code::MissingSubmission,
            Some(_) => matches!(waiver.code, Code::MissingSection | Code::EmptySection),
        })
    };
    let mut lacking = parties.iter().filter(|(_, sent)| !sent.is_some_and(|sent| scope.says(sent, id)));
    if lacking.any(is_waived) { Verdict::Unmet } else { Verdict::Unknown }
}

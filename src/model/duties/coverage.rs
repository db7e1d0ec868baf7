//! What in a report meets which duty, for the rule that warns of gaps and for the page that shows the evidence.

use jiff::ToSpan;
use jiff::civil::Date;

use super::evidence::{CoverageScope, DutyStatus, Evidence};
use super::said::has_content;
use super::{Duty, DutySet, EvidenceRule, ReportKey, fact_checks};
use crate::diagnostic::{Code, Span};
use crate::model::Part;
use crate::model::distribution::StatutoryRecipient;
use crate::model::ids::SubmitterKind;
use crate::model::report::{NotApplicable, Page, Report};
use crate::model::submission::Submission;
use crate::source::markdown::Markdown;

/// Whether and how a report meets a duty.
#[derive(Clone, Debug)]
pub(crate) struct Coverage<'a> {
    pub duty: &'a Duty,
    pub verdict: DutyStatus,
    /// What meets it, in the order of [`Duty::met_by`].
    pub evidence: Vec<Evidence<'a>>,
    /// The entry that says that it does not apply. Nothing else is looked at then.
    pub not_applicable: Option<&'a NotApplicable>,
}

/// Whether and how a report meets each duty of a set, in the set's order.
#[must_use]
pub(crate) fn coverage<'a>(scope: &CoverageScope<'a>, set: &'a DutySet) -> Vec<Coverage<'a>> {
    set.duties.iter().map(|duty| cover(scope, duty)).collect()
}

/// Whether and how a report meets one duty.
fn cover<'a>(scope: &CoverageScope<'a>, duty: &'a Duty) -> Coverage<'a> {
    let mut evidence = Vec::new();
    if let Some(entry) = scope.report.not_applicable.iter().find(|entry| entry.duty == duty.id) {
        return Coverage { duty, verdict: DutyStatus::NotApplicable, evidence, not_applicable: Some(entry) };
    }
    let verdicts = duty.met_by.iter().map(|way| meets(scope, duty, way, &mut evidence));
    // `Unmet < Unknown < Met`: if any way is enough, the best one counts; if all are needed, the worst one does.
    let verdict = if duty.all { verdicts.min() } else { verdicts.max() };
    Coverage { duty, verdict: verdict.unwrap_or(DutyStatus::Unknown), evidence, not_applicable: None }
}

/// Whether a duty is met in one way. Adds what meets it to `evidence`.
fn meets<'a>(
    scope: &CoverageScope<'a>,
    duty: &Duty,
    way: &EvidenceRule,
    evidence: &mut Vec<Evidence<'a>>,
) -> DutyStatus {
    let (report, before) = (scope.report, evidence.len());
    match way {
        EvidenceRule::Evidence => {
            let claims = |sent: &&Submission| sent.evidence.contains(&duty.id) && is_text(&sent.body.read());
            let submissions = report.submissions().filter(claims).filter(|sent| scope.is_shown(sent));
            evidence.extend(submissions.map(Evidence::Submission));
            let claims = |page: &&Page| page.evidence.contains(&duty.id) && is_text(&page.body);
            let pages = report.pages.iter().filter(claims).filter(|page| scope.counts(page.status));
            evidence.extend(pages.map(Evidence::Page));
        }
        EvidenceRule::Section(id, kind) => return meets_by_sections(scope, id, *kind, evidence),
        EvidenceRule::Says(fact) => {
            let (verdict, how) = fact_checks::check(*fact, scope);
            evidence.extend(how);
            return verdict;
        }
        EvidenceRule::AnySection(id) => {
            let saying = report.submissions().filter(|sent| scope.says(sent, id));
            evidence.extend(saying.filter_map(|sent| Some(Evidence::Section(sent, sent.section(id)?))));
        }
        EvidenceRule::Sent { to, in_days } => {
            let is_sent = receipts(report, to, *in_days).iter().all(|(_, receipt)| receipt.is_in_time());
            evidence.extend(is_sent.then_some(Evidence::Part(Part::Distribution)));
        }
        EvidenceRule::Field(ReportKey::Published) => {
            let (Some(published), Some((_, end))) = (report.published, report.period) else {
                return if report.period.is_none() { DutyStatus::Unknown } else { DutyStatus::Unmet };
            };
            evidence.extend((published <= end_of_september(end)).then_some(Evidence::Field(ReportKey::Published)));
        }
        // Every report must have a period, so a missing one already has its own diagnostic.
        EvidenceRule::Field(ReportKey::Period) => match report.period {
            Some(period) => evidence.extend(is_a_year_at_most(period).then_some(Evidence::Field(ReportKey::Period))),
            None => return DutyStatus::Unknown,
        },
    }
    if evidence.len() > before { DutyStatus::Met } else { DutyStatus::Unmet }
}

/// What a report says of sending it to a recipient whom a duty names, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Receipt {
    /// It does not list the recipient.
    Unlisted,
    /// It lists the recipient without a date, but the duty asks for one.
    Undated,
    /// It was sent on this day, which was too late.
    Late(Date),
    /// It was sent, on this day if that is given.
    InTime(Option<Date>),
}

impl Receipt {
    /// Whether the duty is met for this recipient.
    #[must_use]
    pub(crate) fn is_in_time(self) -> bool {
        matches!(self, Self::InTime(_))
    }
}

/// What a report says of sending it to each of `to`, within so many days of its publication if the duty asks for that.
#[must_use]
pub(crate) fn receipts(
    report: &Report,
    to: &[StatutoryRecipient],
    in_days: Option<i32>,
) -> Vec<(StatutoryRecipient, Receipt)> {
    let receipt = |on: Option<Date>| match (in_days, report.published, on) {
        (Some(_), _, None) => Receipt::Undated,
        (Some(days), Some(published), Some(on)) if published.checked_add(days.days()).is_ok_and(|last| on > last) => {
            Receipt::Late(on)
        }
        // Without a date of publication only the order is unknown.
        _ => Receipt::InTime(on),
    };
    let best = |who: StatutoryRecipient| {
        let sent = report.distribution.iter().filter(|sent| sent.recipient == Some(who));
        sent.map(|sent| receipt(sent.on)).max().unwrap_or(Receipt::Unlisted)
    };
    to.iter().map(|who| (*who, best(*who))).collect()
}

/// The last day of the first September that ends on or after a date.
fn end_of_september(end: Date) -> Date {
    let this_year = jiff::civil::date(end.year(), 9, 30);
    if end <= this_year { this_year } else { this_year.saturating_add(1.year()) }
}

/// Whether a whole text has any content.
fn is_text(body: &Markdown) -> bool {
    has_content(body, Span::new(0, body.text().len()))
}

/// Whether a period, given by its first and last day, is no longer than twelve months.
fn is_a_year_at_most((from, to): (Date, Date)) -> bool {
    from.checked_add(1.year()).is_ok_and(|after| to < after)
}

/// Whether every submission of a kind says something in a section. A missing submission or section is reported at its
/// own place, so the duty is `Unknown` then, unless a waiver lets it pass: the report will go out without it, so the
/// duty is `Unmet`.
fn meets_by_sections<'a>(
    scope: &CoverageScope<'a>,
    id: &str,
    kind: SubmitterKind,
    evidence: &mut Vec<Evidence<'a>>,
) -> DutyStatus {
    let report = scope.report;
    let saying = report.submissions().filter(|sent| sent.kind == kind && scope.says(sent, id));
    let before = evidence.len();
    evidence.extend(saying.filter_map(|sent| Some(Evidence::Section(sent, sent.section(id)?))));
    let parties: Vec<_> = report.submitters_of(kind).map(|submitter| (submitter.id, submitter.submission)).collect();
    if parties.is_empty() {
        return DutyStatus::Unmet;
    }
    if evidence.len() - before == parties.len() {
        return DutyStatus::Met;
    }
    let is_waived = |(id, sent): &(&str, Option<&Submission>)| {
        let file = report.folder.join(&format!("{}/{id}.md", kind.folder()));
        report.waivers.iter().filter(|waiver| waiver.file == file).any(|waiver| match sent {
            None => waiver.code == Code::MissingSubmission,
            Some(_) => matches!(waiver.code, Code::MissingSection | Code::EmptySection),
        })
    };
    let mut lacking = parties.iter().filter(|(_, sent)| !sent.is_some_and(|sent| scope.says(sent, id)));
    if lacking.any(is_waived) { DutyStatus::Unmet } else { DutyStatus::Unknown }
}

//! The page of legal duties, with links to the evidence for each.

use crate::model::duties::{
    Coverage, CoverageScope, DutyStatus, Evidence, ReportKey, RequiredDutySet, StatedNothing, coverage,
};
use crate::model::{Part, Submission};
use crate::render::anchors::duty_anchor;
use crate::render::context::YearContext;
use crate::render::view::parts::{DutiesView, DutySetView, DutyView};
use crate::render::view::shared::LinkView;

/// The most submissions that are listed one by one as evidence; a larger number is linked as a whole.
const NAMED: usize = 12;

pub(crate) fn view(year: &YearContext<'_>) -> DutiesView {
    let before = year.before().map(|(before, _)| before);
    let scope = CoverageScope { report: year.report, before, drafts: year.site.options.drafts };
    let set = |asked: &RequiredDutySet| DutySetView {
        id: asked.set.id.clone(),
        title: asked.set.title.clone(),
        source: asked.set.source.clone(),
        is_checked: asked.set.is_checked,
        duties: coverage(&scope, asked.set).iter().map(|one| duty(year, one)).collect(),
    };
    DutiesView { sets: year.report.duties.iter().map(set).collect() }
}

fn duty(year: &YearContext<'_>, covered: &Coverage<'_>) -> DutyView {
    let duty = covered.duty;
    let id = duty.id.as_str();
    let mut evidence: Vec<LinkView> = Vec::new();
    let sections = covered.evidence.iter().filter(|one| matches!(one, Evidence::Section(..))).count();
    for one in &covered.evidence {
        let link = match one {
            Evidence::Submission(sent) => sent_link(year, sent, None),
            Evidence::Section(sent, _) if sections > NAMED => part_link(year, Part::for_submitters(sent.kind)),
            Evidence::Section(sent, section) => sent_link(year, sent, Some(&section.anchor)),
            Evidence::Page(page) => {
                let address = year.site.routes.page_of(&page.file);
                address.map(|address| LinkView::new(&page.title, address))
            }
            Evidence::Part(part) => part_link(year, *part),
            Evidence::Nothing(part, what) => nothing_link(year, *part, *what),
            Evidence::Field(field) => field_link(year, *field),
        };
        evidence.extend(
            link.filter(|link| !evidence.iter().any(|other| (&other.href, &other.title) == (&link.href, &link.title))),
        );
    }
    let reason = year.site.notices.uncovered(year.report, id);
    DutyView {
        id: duty_anchor(id),
        text: duty.text.clone(),
        source: duty.source.clone(),
        met: covered.verdict != DutyStatus::Unmet && !evidence.is_empty(),
        applies: covered.not_applicable.is_none(),
        why_not_applicable: year.prose_of(covered.not_applicable.and_then(|entry| entry.reason.as_deref())),
        reason: reason.cloned().unwrap_or_default(),
        // If a duty is not met, partial matches are not evidence for it.
        evidence: if covered.verdict == DutyStatus::Unmet { Vec::new() } else { evidence },
    }
}

fn part_link(year: &YearContext<'_>, part: Part) -> Option<LinkView> {
    let href = year.part_href(part);
    (!href.is_empty()).then(|| LinkView { title: year.site.words.text(part.name()).to_owned(), href })
}

/// The statement that there was nothing to report, with a link to the part of the report that shows it.
fn nothing_link(year: &YearContext<'_>, part: Part, what: StatedNothing) -> Option<LinkView> {
    let words = year.site.words;
    let title = match what {
        StatedNothing::NoSar => words.text("evidence_no_sar").to_owned(),
        StatedNothing::NoneConcluded => words.text("evidence_none_concluded").to_owned(),
        StatedNothing::NoneOngoing => words.text("evidence_none_ongoing").to_owned(),
        StatedNothing::NoFindings => words.text("evidence_no_findings").to_owned(),
        StatedNothing::NoneDeclined => words.text("evidence_none_declined").to_owned(),
        StatedNothing::AllDelivered(made) => words.count("evidence_all_delivered", made),
        StatedNothing::ProgressOnAll(count) => words.count("evidence_progress_on_all", count),
    };
    Some(LinkView { title, ..part_link(year, part)? })
}

/// A submission, or a section of it.
fn sent_link(year: &YearContext<'_>, sent: &Submission, section: Option<&str>) -> Option<LinkView> {
    let page = year.submission_href(sent.kind, &sent.id);
    // In the document, a section's fragment begins with its submission's fragment.
    let href = match section {
        Some(anchor) if page.contains('#') => format!("{page}-{anchor}"),
        Some(anchor) => format!("{page}#{anchor}"),
        None => page.clone(),
    };
    (!page.is_empty()).then(|| LinkView { title: sent.title.clone(), href })
}

/// The place where a key of `report.yaml` is shown.
fn field_link(year: &YearContext<'_>, field: ReportKey) -> Option<LinkView> {
    let words = year.site.words;
    let front = year.routes.front.to_string();
    match field {
        ReportKey::Period => {
            let period = year.site.period(year.report);
            let title = words.say("evidence_period", &[("period", &period)]);
            (!period.is_empty()).then_some(LinkView { title, href: front })
        }
        ReportKey::Published => {
            let published = words.date(year.report.published?);
            Some(LinkView { title: words.say("evidence_published", &[("date", &published)]), href: front })
        }
    }
}

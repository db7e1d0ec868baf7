//! Each duty of the law, with links to its evidence.

use crate::model::duties::{
    Coverage, CoverageScope, DutyStatus, Evidence, Fact, ReportKey, RequiredDutySet, StatedNothing, coverage,
};
use crate::model::{Part, Submission};
use crate::render::anchors::duty_anchor;
use crate::render::context::YearContext;
use crate::render::view::parts::{DutiesView, DutySetView, DutyView};
use crate::render::view::shared::LinkView;

/// How many submissions are named one by one where their sections are the evidence; more are named as a whole.
const NAMED: usize = 12;

pub fn view(volume: &YearContext<'_>) -> DutiesView {
    let before = volume.before().map(|(before, _)| before);
    let scope = CoverageScope { report: volume.report, before, drafts: volume.edition.options.drafts };
    let set = |asked: &RequiredDutySet| DutySetView {
        id: asked.set.id.clone(),
        title: asked.set.title.clone(),
        source: asked.set.source.clone(),
        duties: coverage(&scope, asked.set).iter().map(|one| duty(volume, one)).collect(),
    };
    DutiesView { sets: volume.report.duties.iter().map(set).collect() }
}

fn duty(volume: &YearContext<'_>, covered: &Coverage<'_>) -> DutyView {
    let duty = covered.duty;
    let id = duty.id.as_str();
    let mut evidence: Vec<LinkView> = Vec::new();
    let sections = covered.evidence.iter().filter(|one| matches!(one, Evidence::Section(..))).count();
    for one in &covered.evidence {
        let link = match one {
            Evidence::Submission(sent) => sent_link(volume, sent, None),
            Evidence::Section(sent, _) if sections > NAMED => part_link(volume, Part::for_submitters(sent.kind)),
            Evidence::Section(sent, section) => sent_link(volume, sent, Some(&section.anchor)),
            Evidence::Page(page) => {
                let address = volume.edition.routes.page_of(&page.file);
                address.map(|address| LinkView::new(&page.title, address))
            }
            Evidence::Part(part) => part_link(volume, *part),
            Evidence::Nothing(fact, what) => nothing_link(volume, *fact, *what),
            Evidence::Field(field) => field_link(volume, *field),
        };
        evidence.extend(
            link.filter(|link| !evidence.iter().any(|other| (&other.href, &other.title) == (&link.href, &link.title))),
        );
    }
    let reason = volume.edition.notices.uncovered(volume.report, id).flatten();
    DutyView {
        id: duty_anchor(id),
        text: duty.text.clone(),
        source: duty.source.clone(),
        met: covered.verdict != DutyStatus::Unmet && !evidence.is_empty(),
        reason: reason.cloned().unwrap_or_default(),
        // What is at hand of something that is not met is no evidence for it.
        evidence: if covered.verdict == DutyStatus::Unmet { Vec::new() } else { evidence },
    }
}

fn part_link(volume: &YearContext<'_>, part: Part) -> Option<LinkView> {
    let href = volume.part_href(part);
    (!href.is_empty()).then(|| LinkView { title: volume.edition.words.text(part.name()).to_owned(), href })
}

/// That there was nothing to say, with the part of the report that shows it.
fn nothing_link(volume: &YearContext<'_>, fact: Fact, what: StatedNothing) -> Option<LinkView> {
    let words = volume.edition.words;
    let title = match what {
        StatedNothing::NoneConcluded => words.text("evidence_none_concluded").to_owned(),
        StatedNothing::NoneOngoing => words.text("evidence_none_ongoing").to_owned(),
        StatedNothing::NoFindings => words.text("evidence_no_findings").to_owned(),
        StatedNothing::NoneDeclined => words.text("evidence_none_declined").to_owned(),
        StatedNothing::AllDelivered(made) => words.count("evidence_all_delivered", made),
    };
    Some(LinkView { title, ..part_link(volume, fact.part())? })
}

/// A submission, or a section of it.
fn sent_link(volume: &YearContext<'_>, sent: &Submission, section: Option<&str>) -> Option<LinkView> {
    let page = volume.submission_href(sent.kind, &sent.id);
    // In the document, a section's fragment begins with its submission's.
    let href = match section {
        Some(anchor) if page.contains('#') => format!("{page}-{anchor}"),
        Some(anchor) => format!("{page}#{anchor}"),
        None => page.clone(),
    };
    (!page.is_empty()).then(|| LinkView { title: sent.title.clone(), href })
}

/// Where a key of `report.yaml` is told.
fn field_link(volume: &YearContext<'_>, field: ReportKey) -> Option<LinkView> {
    let words = volume.edition.words;
    let front = volume.routes.front.to_string();
    match field {
        ReportKey::Period => {
            let period = volume.edition.period(volume.report);
            let title = words.say("evidence_period", &[("period", &period)]);
            (!period.is_empty()).then_some(LinkView { title, href: front })
        }
        ReportKey::Distribution => (!volume.report.distribution.is_empty())
            .then(|| LinkView { title: words.text("distribution").to_owned(), href: format!("{front}#distribution") }),
    }
}

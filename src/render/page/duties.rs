//! Each duty of the law, with links to its evidence.

use super::volume::duty_anchor;
use super::{Volume, shared};
use crate::render::route::Part;
use crate::render::view::parts::{DutiesView, DutySetView, DutyView};
use crate::render::view::shared::LinkView;
use crate::report::duties::{Duty, DutySet, MetBy};
use crate::report::{Kind, Page, Submission};

pub(super) fn view(volume: &Volume<'_>) -> DutiesView {
    let set = |set: &&'static DutySet| DutySetView {
        id: set.id.clone(),
        title: set.title.clone(),
        source: set.source.clone(),
        duties: set.duties.iter().map(|one| duty(volume, one)).collect(),
    };
    DutiesView { sets: volume.report.duties.iter().map(set).collect() }
}

fn duty(volume: &Volume<'_>, duty: &Duty) -> DutyView {
    let uncovered = volume.edition.told.uncovered(volume.report, &duty.id);
    let mut evidence = Vec::new();
    for way in &duty.met_by {
        match way {
            MetBy::Part(name) => evidence.extend(part_link(volume, name)),
            MetBy::Section(_, kind) => evidence.extend(part_link(volume, kind.folder())),
            MetBy::Field(name) => evidence.extend(field_link(volume, name)),
            MetBy::Evidence => evidence.extend(claims(volume, &duty.id)),
        }
    }
    DutyView {
        id: duty_anchor(&duty.id),
        text: duty.text.clone(),
        source: duty.source.clone(),
        met: uncovered.is_none(),
        reason: uncovered.flatten().cloned().unwrap_or_default(),
        // What is at hand of something that is not met is no evidence for it.
        evidence: if uncovered.is_some() { Vec::new() } else { evidence },
    }
}

/// A part of the report. Contributions are told with the budget.
fn part_link(volume: &Volume<'_>, name: &str) -> Option<LinkView> {
    let part =
        Part::ALL.iter().find(|part| part.name() == name || (name == "contributions" && **part == Part::Budget))?;
    let href = volume.part_href(*part);
    (!href.is_empty()).then(|| LinkView { title: volume.edition.words.text(name).to_owned(), href })
}

/// Where a key of `report.yaml` is told.
fn field_link(volume: &Volume<'_>, key: &str) -> Option<LinkView> {
    let words = volume.edition.words;
    let front = volume.routes.front.to_string();
    match key {
        "period" => {
            let period = shared::period(volume.edition, volume.report);
            let title = words.say("evidence_period", &[("period", &period)]);
            (!period.is_empty()).then_some(LinkView { title, href: front })
        }
        "distribution" if !volume.report.distribution.is_empty() => {
            Some(LinkView { title: words.text("distribution").to_owned(), href: format!("{front}#distribution") })
        }
        _ => None,
    }
}

/// The pages and submissions that say they are evidence for a duty.
fn claims(volume: &Volume<'_>, duty: &str) -> Vec<LinkView> {
    let report = volume.report;
    let edition = volume.edition;
    let page = |page: &Page| {
        let claims = page.evidence.iter().any(|claimed| claimed.as_str() == duty);
        let address = edition.routes.page_of(&page.file).filter(|_| claims)?;
        Some(LinkView::new(&page.title, address))
    };
    let sent = |name: &str, kind: Kind, sent: Option<&Submission>| {
        let sent = sent.filter(|sent| edition.is_built(sent))?;
        let claims = sent.evidence.iter().any(|claimed| claimed.as_str() == duty);
        claims.then(|| LinkView { title: name.to_owned(), href: volume.submission_href(kind, &sent.id) })
    };
    let pages = report.pages.iter().filter_map(page);
    let boards = report.boards.iter().filter_map(|one| sent(&one.name, Kind::Board, one.submission.as_ref()));
    let agencies = report.agencies.iter().filter_map(|one| sent(&one.name, Kind::Agency, one.submission.as_ref()));
    pages.chain(boards).chain(agencies).collect()
}

//! The year's priorities, and who did what towards each.

use super::{Edition, Volume};
use crate::render::view::parts::{PrioritiesView, PriorityView, TowardsView};
use crate::report::year::Priority;
use crate::report::{Kind, PriorityId, Submission};

pub(super) fn view(volume: &Volume<'_>) -> PrioritiesView {
    PrioritiesView { priorities: volume.report.priorities.iter().map(|priority| one(volume, priority)).collect() }
}

/// One priority.
pub(super) fn one(volume: &Volume<'_>, priority: &Priority) -> PriorityView {
    let report = volume.report;
    let boards = report.boards.iter().filter_map(|board| Some((board.name.as_str(), board.submission.as_ref()?)));
    let agencies =
        report.agencies.iter().filter_map(|agency| Some((agency.name.as_str(), agency.submission.as_ref()?)));
    let boards = towards(volume, Kind::Board, boards, &priority.id);
    let agencies = towards(volume, Kind::Agency, agencies, &priority.id);
    PriorityView {
        name: priority.name.clone(),
        href: volume.priority_href(priority.id.as_str()),
        summary: volume.prose_of(priority.summary.as_ref()),
        count: count(volume.edition, boards.len(), agencies.len()),
        boards,
        agencies,
    }
}

/// Those of some submissions that name the priority.
fn towards<'a>(
    volume: &Volume<'_>,
    kind: Kind,
    sent: impl Iterator<Item = (&'a str, &'a Submission)>,
    priority: &PriorityId,
) -> Vec<TowardsView> {
    let named = sent.filter(|(_, sent)| volume.edition.is_built(sent) && sent.priorities.contains(priority));
    let fragment =
        |sent: &Submission, id: &str| sent.section(id).map(|section| section.anchor.clone()).unwrap_or_default();
    named
        .map(|(name, sent)| TowardsView {
            name: name.to_owned(),
            href: volume.submission_href(kind, &sent.id),
            summary: sent.summary.as_ref().map(|summary| summary.value.clone()).unwrap_or_default(),
            done: fragment(sent, "done"),
            next: fragment(sent, "next"),
        })
        .collect()
}

/// `5 boards and 7 agencies worked towards it.`
fn count(edition: &Edition<'_>, boards: usize, agencies: usize) -> String {
    let words = edition.words;
    let told = [(boards, "boards_count"), (agencies, "agencies_count")];
    let told: Vec<String> = told.iter().filter(|(n, _)| *n > 0).map(|(n, key)| words.count(key, *n)).collect();
    if told.is_empty() { String::new() } else { words.say("worked_towards", &[("who", &words.list(&told))]) }
}

//! The year's priorities, and who did what towards each.

use crate::model::report::Priority;
use crate::model::{Submission, SubmitterKind};
use crate::render::context::{SiteContext, YearContext};
use crate::render::view::parts::{PrioritiesView, PriorityActionView, PriorityCardView, PriorityView};

pub fn view(volume: &YearContext<'_>) -> PrioritiesView {
    let cards = volume.report.priorities.iter().map(|priority| {
        let of_kind =
            |kind: SubmitterKind| volume.lookup.towards(&priority.id).filter(|sent| sent.kind == kind).count();
        PriorityCardView {
            name: priority.name.clone(),
            href: volume.priority_href(priority.id.as_str()),
            summary: volume.prose_of(priority.summary.as_ref()),
            count: count(volume.edition, of_kind(SubmitterKind::Board), of_kind(SubmitterKind::Agency)),
        }
    });
    PrioritiesView { priorities: cards.collect() }
}

/// One priority.
pub fn one(volume: &YearContext<'_>, priority: &Priority) -> PriorityView {
    let of_kind = |kind: SubmitterKind| -> Vec<PriorityActionView> {
        let sent = volume.lookup.towards(&priority.id).filter(|sent| sent.kind == kind);
        sent.map(|sent| towards(volume, sent)).collect()
    };
    let (boards, agencies) = (of_kind(SubmitterKind::Board), of_kind(SubmitterKind::Agency));
    PriorityView {
        name: priority.name.clone(),
        href: volume.priority_href(priority.id.as_str()),
        summary: volume.prose_of(priority.summary.as_ref()),
        count: count(volume.edition, boards.len(), agencies.len()),
        boards,
        agencies,
    }
}

/// What a submission has to say of the priorities that it names.
fn towards(volume: &YearContext<'_>, sent: &Submission) -> PriorityActionView {
    let fragment = |id: &str| sent.section(id).map(|section| section.anchor.clone()).unwrap_or_default();
    PriorityActionView {
        name: volume.lookup.name(sent).to_owned(),
        href: volume.submission_href(sent.kind, &sent.id),
        summary: sent.summary.as_ref().map(|summary| summary.value.clone()).unwrap_or_default(),
        done: fragment("done"),
        next: fragment("next"),
    }
}

/// `5 boards and 7 agencies worked towards it.`
fn count(edition: &SiteContext<'_>, boards: usize, agencies: usize) -> String {
    let words = edition.words;
    let told = [(boards, "boards_count"), (agencies, "agencies_count")];
    let told: Vec<String> = told.iter().filter(|(n, _)| *n > 0).map(|(n, key)| words.count(key, *n)).collect();
    if told.is_empty() { String::new() } else { words.say("worked_towards", &[("who", &words.list(&told))]) }
}

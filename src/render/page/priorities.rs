//! The year's priorities, and the work on each.

use crate::model::report::Priority;
use crate::model::{Submission, SubmitterKind};
use crate::render::context::{SiteContext, YearContext};
use crate::render::view::parts::{PrioritiesView, PriorityActionView, PriorityCardView, PriorityView, ProgressView};
use crate::source::files::ProgressState;

pub(crate) fn view(year: &YearContext<'_>) -> PrioritiesView {
    let cards = year.report.priorities.iter().map(|priority| {
        let of_kind = |kind: SubmitterKind| year.index.towards(&priority.id).filter(|sent| sent.kind == kind).count();
        PriorityCardView {
            name: priority.name.clone(),
            href: year.priority_href(priority.id.as_str()),
            summary: year.prose_of(priority.summary.as_ref()),
            count: count(year.site, of_kind(SubmitterKind::Board), of_kind(SubmitterKind::Agency)),
            progress: progress(year, priority),
        }
    });
    PrioritiesView { priorities: cards.collect() }
}

/// One priority.
pub(crate) fn one(year: &YearContext<'_>, priority: &Priority) -> PriorityView {
    let of_kind = |kind: SubmitterKind| -> Vec<PriorityActionView> {
        let sent = year.index.towards(&priority.id).filter(|sent| sent.kind == kind);
        sent.map(|sent| towards(year, sent)).collect()
    };
    let (boards, agencies) = (of_kind(SubmitterKind::Board), of_kind(SubmitterKind::Agency));
    PriorityView {
        name: priority.name.clone(),
        href: year.priority_href(priority.id.as_str()),
        summary: year.prose_of(priority.summary.as_ref()),
        count: count(year.site, boards.len(), agencies.len()),
        progress: progress(year, priority),
        boards,
        agencies,
    }
}

/// The progress on a priority.
fn progress(year: &YearContext<'_>, priority: &Priority) -> Option<ProgressView> {
    let progress = priority.progress.as_ref()?;
    let words = match progress.state {
        ProgressState::Good => "progress_good",
        ProgressState::Some => "progress_some",
        ProgressState::Little => "progress_little",
        ProgressState::None => "progress_none",
    };
    Some(ProgressView {
        state: progress.state.word(),
        state_text: year.site.words.text(words).to_owned(),
        text: year.prose_of(progress.text.as_ref()),
    })
}

/// A submission's part in the priorities it names.
fn towards(year: &YearContext<'_>, sent: &Submission) -> PriorityActionView {
    let fragment = |id: &str| sent.section(id).map(|section| section.anchor.clone()).unwrap_or_default();
    PriorityActionView {
        name: year.index.name(sent).to_owned(),
        href: year.submission_href(sent.kind, &sent.id),
        summary: sent.summary.as_ref().map(|summary| summary.value.clone()).unwrap_or_default(),
        done: fragment("done"),
        next: fragment("next"),
    }
}

/// `5 boards and 7 agencies worked on this priority.`
fn count(site: &SiteContext<'_>, boards: usize, agencies: usize) -> String {
    let words = site.words;
    let counts = [(boards, "boards_count"), (agencies, "agencies_count")];
    let counts: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, key)| words.count(key, *n)).collect();
    if counts.is_empty() { String::new() } else { words.say("worked_towards", &[("who", &words.list(&counts))]) }
}

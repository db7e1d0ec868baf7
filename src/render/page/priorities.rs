//! The year's priorities, and the work on each.

use super::shared::{indicator_value, item_facts};
use crate::model::item_facts::ItemFacts;
use crate::model::report::Priority;
use crate::model::{Commitment, IndicatorId, Submission, SubmitterKind};
use crate::render::anchors::commitment_anchor;
use crate::render::context::{SiteContext, YearContext};
use crate::render::view::parts::{
    FigureView, PrioritiesView, PriorityActionView, PriorityCardView, PriorityItemView, PriorityView, ProgressView,
};
use crate::render::view::shared::LinkView;
use crate::render::view::submission::ItemFactsView;
use crate::source::files::ProgressState;

pub(crate) fn view(year: &YearContext<'_>) -> PrioritiesView {
    let cards = year.report.priorities.iter().map(|priority| {
        let of_kind = |kind: SubmitterKind| year.index.towards(&priority.id).filter(|sent| sent.kind == kind).count();
        PriorityCardView {
            name: priority.name.clone(),
            href: year.priority_href(priority.id.as_str()),
            summary: year.prose_of(priority.summary.as_deref()),
            count: count(year.site, of_kind(SubmitterKind::Board), of_kind(SubmitterKind::Agency)),
            progress: progress(year, priority),
        }
    });
    PrioritiesView { priorities: cards.collect() }
}

/// One priority.
pub(crate) fn one(year: &YearContext<'_>, priority: &Priority) -> PriorityView {
    let (done, next) = (done_items(year, priority), next_items(year, priority));
    let has_items = |sent: &Submission| done.iter().chain(&next).any(|(owner, _)| std::ptr::eq(*owner, sent));
    let of_kind = |kind: SubmitterKind| year.index.towards(&priority.id).filter(move |sent| sent.kind == kind);
    let others = |kind: SubmitterKind| -> Vec<PriorityActionView> {
        of_kind(kind).filter(|sent| !has_items(sent)).map(|sent| towards(year, sent)).collect()
    };
    let (boards, agencies) = (others(SubmitterKind::Board), others(SubmitterKind::Agency));
    let count = count(year.site, of_kind(SubmitterKind::Board).count(), of_kind(SubmitterKind::Agency).count());
    let views = |items: Vec<OwnedItem<'_>>| items.into_iter().map(|(_, item)| item).collect();
    PriorityView {
        name: priority.name.clone(),
        href: year.priority_href(priority.id.as_str()),
        summary: year.prose_of(priority.summary.as_deref()),
        count,
        progress: progress(year, priority),
        measures: measures(year, priority),
        done: views(done),
        next: views(next),
        boards,
        agencies,
    }
}

/// An item with the submission that it is from.
type OwnedItem<'a> = (&'a Submission, PriorityItemView);

/// What was done towards a priority: the items under `done` that bear it.
fn done_items<'a>(year: &YearContext<'a>, priority: &Priority) -> Vec<OwnedItem<'a>> {
    let sent = year.report.submissions().filter(|sent| year.site.is_built(sent));
    let items = sent.flat_map(|sent| {
        let own = sent.items_with_facts.iter().filter(|item| item.section == "done");
        own.map(move |item| (sent, &item.facts, sent.body.read().text_at(item.span)))
    });
    let own = items.filter(|(_, facts, _)| facts.priority.as_ref() == Some(&priority.id));
    let place = |sent: &Submission| sent.section("done").map(|section| section.anchor.clone()).unwrap_or_default();
    own.map(|(sent, facts, text)| item(year, sent, facts, text, &place(sent))).collect()
}

/// What happens next for a priority: the commitments that bear it.
fn next_items<'a>(year: &YearContext<'a>, priority: &Priority) -> Vec<OwnedItem<'a>> {
    let sent = year.report.submissions().filter(|sent| year.site.is_built(sent));
    let made = sent.flat_map(|sent| sent.commitments.iter().map(move |commitment| (sent, commitment)));
    let own = made.filter(|(_, commitment)| commitment.facts.priority.as_ref() == Some(&priority.id));
    let view = |(sent, commitment): (&'a Submission, &Commitment)| {
        item(year, sent, &commitment.facts, commitment.text.to_string(), &commitment_anchor(&commitment.id))
    };
    own.map(view).collect()
}

/// An item of a submission, with a link to its place there.
fn item<'a>(
    year: &YearContext<'a>,
    sent: &'a Submission,
    facts: &ItemFacts,
    text: String,
    place: &str,
) -> OwnedItem<'a> {
    let href = year.submission_href(sent.kind, &sent.id);
    let facts = ItemFactsView { priority: None, ..item_facts::view(year, facts) };
    let view = PriorityItemView {
        text,
        only_in: year.site.only_in(&sent.file),
        href: if place.is_empty() { href.clone() } else { format!("{href}#{place}") },
        who: LinkView { title: year.index.name(sent).to_owned(), href },
        facts,
    };
    (sent, view)
}

/// The indicators that the report names for a priority, and those that belong to it.
fn measures(year: &YearContext<'_>, priority: &Priority) -> Vec<FigureView> {
    let mut ids: Vec<&IndicatorId> = priority.progress.iter().flat_map(|progress| &progress.measures).collect();
    for series in year.report.indicators.iter().flat_map(|published| &published.series) {
        let is_own = series.indicator.priority.as_ref().is_some_and(|id| id.value == priority.id.as_str());
        if is_own && !ids.contains(&&series.indicator.id) {
            ids.push(&series.indicator.id);
        }
    }
    ids.into_iter().filter_map(|id| indicator_value::key_figure(year, id)).collect()
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
        text: year.prose_of(progress.text.as_deref()),
    })
}

/// A submission's part in the priorities it names.
fn towards(year: &YearContext<'_>, sent: &Submission) -> PriorityActionView {
    let fragment = |id: &str| sent.section(id).map(|section| section.anchor.clone()).unwrap_or_default();
    PriorityActionView {
        name: year.index.name(sent).to_owned(),
        href: year.submission_href(sent.kind, &sent.id),
        summary: sent.summary.as_ref().map(|summary| summary.value.clone()).unwrap_or_default(),
        only_in: year.site.only_in(&sent.file),
        done: fragment("done"),
        next: fragment("next"),
    }
}

/// `5 boards and 7 agencies reported on this priority.`, or that nobody did.
fn count(site: &SiteContext<'_>, boards: usize, agencies: usize) -> String {
    let words = site.words;
    let counts = [(boards, "boards_count"), (agencies, "agencies_count")];
    let counts: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, key)| words.count(key, *n)).collect();
    if counts.is_empty() {
        return words.text("nobody_towards").to_owned();
    }
    words.say("worked_towards", &[("who", &words.list(&counts))])
}

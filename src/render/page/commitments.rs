//! The commitments page: every commitment by board and agency, and progress on last year's.

use std::collections::{HashMap, HashSet};

use super::shared::{follow_up, item_facts};
use crate::model::members::Submitter;
use crate::model::{Commitment, Report, Submission, SubmitterKind};
use crate::render::anchors::commitment_anchor;
use crate::render::context::{OutputMode, YearContext};
use crate::render::view::parts::{CommitmentGroupView, CommitmentView, CommitmentsView, OutcomeView};
use crate::render::view::shared::LinkView;
use crate::render::view::submission::FollowUpView;
use crate::source::files::Outcome;

/// The number of commitments with each outcome, keyed by the outcome's word.
type OutcomeTally = HashMap<&'static str, usize>;

pub(crate) fn view(year: &YearContext<'_>) -> CommitmentsView {
    let site = year.site;
    let commitments_of = |kind: SubmitterKind| {
        let submitters = year.report.submitters_of(kind).filter_map(|party| Some((party.name, party.submission?)));
        let own = submitters.filter(|(_, sent)| site.is_built(sent) && !sent.commitments.is_empty());
        own.map(|(name, sent)| commitments(year, name, sent)).collect::<Vec<_>>()
    };
    let mut tally = OutcomeTally::new();
    let answers: Vec<CommitmentGroupView> = parties(year)
        .into_iter()
        .filter_map(|Submitter { name, kind, id, .. }| {
            answers(year, name, year.index.sent(kind, id), (kind, id), &mut tally)
        })
        .collect();
    let outcomes = follow_up::OUTCOMES.iter().filter_map(|outcome| {
        let word = outcome.map_or("unanswered", Outcome::word);
        let count = tally.get(word).copied().unwrap_or_default();
        let text = follow_up::outcome_text(year, *outcome).to_owned();
        (count > 0).then_some(OutcomeView { outcome: word, text, count })
    });
    let outcomes = outcomes.collect();
    let answers = if year.mode == OutputMode::Pages { answers } else { Vec::new() };
    let built = year.report.submissions().filter(|sent| site.is_built(sent));
    let total: usize = built.map(|sent| sent.commitments.len()).sum();
    CommitmentsView {
        boards: commitments_of(SubmitterKind::Board),
        agencies: commitments_of(SubmitterKind::Agency),
        count: if total > 0 { site.words.count("commitments_count", total) } else { String::new() },
        before: year.before().map(|(report, routes)| LinkView::new(&report.title, &routes.front)),
        outcomes,
        answers_title: year.answers_title("last_year"),
        answers,
    }
}

/// The commitments of one board or agency. In the document, each commitment is shown in its submission and only counted
/// here.
fn commitments(year: &YearContext<'_>, name: &str, sent: &Submission) -> CommitmentGroupView {
    let href = year.submission_href(sent.kind, &sent.id);
    let view = |commitment: &Commitment| CommitmentView {
        text: commitment.text.clone(),
        href: format!("{href}#{}", commitment_anchor(&commitment.id)),
    };
    let listed = sent.commitments.iter().filter(|_| year.mode == OutputMode::Pages);
    CommitmentGroupView {
        name: name.to_owned(),
        count: year.site.words.count("commitments_count", sent.commitments.len()),
        commitments: listed.map(view).collect(),
        href,
        answers: Vec::new(),
    }
}

/// All boards and agencies of this year, the boards first, followed by those of the previous year that no longer exist.
fn parties<'a>(year: &YearContext<'a>) -> Vec<Submitter<'a>> {
    let mut known = HashSet::new();
    let earlier = year.earlier().report.into_iter().flat_map(Report::submitters);
    year.report.submitters().chain(earlier).filter(|party| known.insert((party.kind, party.id))).collect()
}

/// A board's or agency's updates on its commitments of the previous year, including commitments without a published
/// update. The outcomes are added to the tally.
fn answers(
    year: &YearContext<'_>,
    name: &str,
    sent: Option<&Submission>,
    (kind, id): (SubmitterKind, &str),
    tally: &mut OutcomeTally,
) -> Option<CommitmentGroupView> {
    let earlier = year.earlier();
    let mut views: Vec<FollowUpView> = Vec::new();
    let mut answered = HashSet::new();
    for (sent, answer) in sent.iter().flat_map(|sent| earlier.answers(sent).map(move |answer| (sent, answer))) {
        let view = follow_up::view(year, sent, answer);
        answered.extend(&answer.commitment);
        // Only updates on actual commitments of the previous year count, as in the trends over the years.
        if answer.commitment.is_some() || earlier.report.is_none() {
            *tally.entry(view.outcome).or_default() += 1;
        }
        views.push(view);
    }
    for commitment in earlier.promised(kind, id).filter(|commitment| !answered.contains(&commitment.id)) {
        let outcome = "unanswered";
        *tally.entry(outcome).or_default() += 1;
        views.push(FollowUpView {
            text: commitment.text.clone(),
            outcome,
            outcome_text: follow_up::outcome_text(year, None).to_owned(),
            facts: item_facts::of_answered(year, commitment, None),
            ..FollowUpView::default()
        });
    }
    let href = year.submission_href(kind, id);
    (!views.is_empty()).then(|| CommitmentGroupView {
        name: name.to_owned(),
        href,
        answers: views,
        ..CommitmentGroupView::default()
    })
}

//! Every commitment by board and agency, and what became of last year's.

use super::{Medium, Volume, submission};
use crate::render::route::commitment_anchor;
use crate::render::view::parts::{CommitmentsView, OutcomeView, PromiseView, PromisesView};
use crate::render::view::shared::LinkView;
use crate::render::view::submission::FollowUpView;
use crate::report::{Commitment, Kind, Report, Submission};
use crate::source::files::Outcome;

/// Every outcome, in the order of the tally; none is a commitment that nobody answered for.
const OUTCOMES: &[Option<Outcome>] =
    &[Some(Outcome::Delivered), Some(Outcome::InProgress), Some(Outcome::NotStarted), Some(Outcome::Dropped), None];

pub(super) fn view(volume: &Volume<'_>) -> CommitmentsView {
    let edition = volume.edition;
    let built = || sent_by_name(volume.report).filter(|(_, sent)| edition.is_built(sent));
    let promised = |kind: Kind| {
        let own = built().filter(|(_, sent)| sent.kind == kind && !sent.commitments.is_empty());
        own.map(|(name, sent)| promises(volume, name, sent)).collect::<Vec<_>>()
    };
    let (before, before_routes) = volume.before().unzip();
    let answers: Vec<PromisesView> = built().filter_map(|(name, sent)| answers(volume, before, name, sent)).collect();
    let all = || answers.iter().flat_map(|group| &group.answers);
    let outcomes = OUTCOMES.iter().filter_map(|outcome| {
        let word = outcome.map_or("unanswered", Outcome::word);
        let count = all().filter(|answer| answer.outcome == word).count();
        let text = submission::outcome_text(volume, *outcome).to_owned();
        (count > 0).then_some(OutcomeView { outcome: word, text, count })
    });
    let outcomes = outcomes.collect();
    let answers = if volume.medium == Medium::Pages { answers } else { Vec::new() };
    let total: usize = built().map(|(_, sent)| sent.commitments.len()).sum();
    CommitmentsView {
        boards: promised(Kind::Board),
        agencies: promised(Kind::Agency),
        count: if total > 0 { edition.words.count("commitments_count", total) } else { String::new() },
        before: before.zip(before_routes).map(|(report, routes)| LinkView::new(&report.title, &routes.front)),
        outcomes,
        answers,
    }
}

/// Every submission with the name of who sent it.
fn sent_by_name(report: &Report) -> impl Iterator<Item = (&str, &Submission)> {
    let boards = report.boards.iter().filter_map(|board| Some((board.name.as_str(), board.submission.as_ref()?)));
    boards.chain(report.agencies.iter().filter_map(|agency| Some((agency.name.as_str(), agency.submission.as_ref()?))))
}

/// What one board or agency promises. In the document each commitment stands with who makes it, and is but counted
/// here.
fn promises(volume: &Volume<'_>, name: &str, sent: &Submission) -> PromisesView {
    let href = volume.submission_href(sent.kind, &sent.id);
    let promise = |commitment: &Commitment| PromiseView {
        text: commitment.text.clone(),
        href: format!("{href}#{}", commitment_anchor(&commitment.id)),
    };
    let listed = sent.commitments.iter().filter(|_| volume.medium == Medium::Pages);
    PromisesView {
        name: name.to_owned(),
        count: volume.edition.words.count("commitments_count", sent.commitments.len()),
        commitments: listed.map(promise).collect(),
        href,
        answers: Vec::new(),
    }
}

/// How one board or agency answers for its commitments of the year before, those without an answer included.
fn answers(volume: &Volume<'_>, before: Option<&Report>, name: &str, sent: &Submission) -> Option<PromisesView> {
    let mut answers: Vec<FollowUpView> =
        sent.follow_ups.iter().map(|answer| submission::follow_up(volume, sent, answer)).collect();
    let promised = before.and_then(|before| before.submission(sent.kind, &sent.id));
    let promised = promised.filter(|promised| volume.edition.is_built(promised));
    for commitment in promised.iter().flat_map(|before| &before.commitments) {
        if !sent.follow_ups.iter().any(|answer| answer.commitment.as_ref() == Some(&commitment.id)) {
            answers.push(FollowUpView {
                text: commitment.text.clone(),
                outcome: "unanswered",
                outcome_text: submission::outcome_text(volume, None).to_owned(),
                ..FollowUpView::default()
            });
        }
    }
    let href = volume.submission_href(sent.kind, &sent.id);
    (!answers.is_empty()).then(|| PromisesView { name: name.to_owned(), href, answers, ..PromisesView::default() })
}

//! The commitments page: what became of last year's, by outcome, and this year's by board and agency.

use std::collections::{BTreeMap, HashSet};

use super::shared::follow_up::OUTCOMES;
use super::shared::outcomes::OutcomeTally;
use super::shared::{carried_over, follow_up, item_facts};
use crate::model::item_facts::ItemFacts;
use crate::model::members::Submitter;
use crate::model::{Commitment, Report, Submission, SubmitterKind};
use crate::render::anchors::{commitment_anchor, submission_anchor};
use crate::render::context::{OutputMode, YearContext};
use crate::render::view::commitments::{
    AnswerGroupView, AnsweredView, BodyOutcomesView, ChoiceView, CommitmentFiltersView, CommitmentGroupView,
    CommitmentView, CommitmentsView,
};
use crate::render::view::shared::LinkView;
use crate::render::view::submission::FollowUpView;
use crate::source::files::Outcome;

/// A list with more rows than this is folded, and a page with more of them can be filtered.
const SHORT_LIST: usize = 8;

/// The value of the filter for commitments that nobody has to report back on yet.
const NOT_DUE: &str = "due";

pub(crate) fn view(year: &YearContext<'_>) -> CommitmentsView {
    let site = year.site;
    let answered: Vec<AnsweredBody> = bodies_of_two_years(year).iter().filter_map(|body| answers(year, body)).collect();
    let mut tally = OutcomeTally::default();
    for body in &answered {
        tally.add_all(body.tally);
    }
    let bodies = answered.iter().map(|body| BodyOutcomesView {
        body: body.link.clone(),
        total: body.tally.total(),
        outcomes: body.tally.view(tally, year),
    });
    let bodies: Vec<_> = if answered.len() > 1 { bodies.collect() } else { Vec::new() };
    let total: usize = year.report.submissions().filter(|sent| site.is_built(sent)).map(|s| s.commitments.len()).sum();
    let promises = |kind: SubmitterKind| {
        let submitters = year.report.submitters_of(kind).filter_map(|party| Some((party.name, party.submission?)));
        let own = submitters.filter(|(_, sent)| site.is_built(sent) && !sent.commitments.is_empty());
        own.map(|(name, sent)| commitments(year, name, sent, total <= SHORT_LIST)).collect::<Vec<_>>()
    };
    let (boards, agencies) = (promises(SubmitterKind::Board), promises(SubmitterKind::Agency));
    let is_listed = year.mode == OutputMode::Pages;
    let is_long = is_listed && tally.total() + total > SHORT_LIST;
    let filters = is_long.then(|| filters(year, &answered, tally, [&boards, &agencies]));
    CommitmentsView {
        filters,
        boards,
        agencies,
        summary: summary(year, tally.total(), total),
        before: year.before().map(|(report, routes)| LinkView::new(&report.title, &routes.front)),
        outcomes: if tally.total() > 0 { tally.view(tally, year) } else { Vec::new() },
        bodies,
        answers_title: year.answers_title("last_year"),
        answers: if is_listed { by_outcome(year, answered) } else { Vec::new() },
    }
}

/// How many commitments of the previous year are tracked and how many were made this year, in words.
fn summary(year: &YearContext<'_>, tracked: usize, made: usize) -> String {
    let words = year.site.words;
    let (tracked, made) = [tracked, made].map(|n| (n > 0).then(|| words.count("commitments_count", n))).into();
    let before = year.before().map(|(before, _)| before.year.as_str());
    match (tracked, made, before) {
        (Some(tracked), Some(made), Some(before)) => {
            words.say("tracked_and_made", &[("tracked", &tracked), ("year", before), ("made", &made)])
        }
        (_, Some(made), _) => words.say("made_for_next", &[("made", &made)]),
        (Some(tracked), None, Some(before)) => words.say("tracked_only", &[("tracked", &tracked), ("year", before)]),
        _ => String::new(),
    }
}

/// The commitments of one board or agency. In the document, each commitment is shown in its submission and only counted
/// here.
fn commitments(year: &YearContext<'_>, name: &str, sent: &Submission, is_open: bool) -> CommitmentGroupView {
    let href = year.submission_href(sent.kind, &sent.id);
    let view = |commitment: &Commitment| CommitmentView {
        text: commitment.text.to_string(),
        only_in: year.site.only_in(&sent.file),
        href: format!("{href}#{}", commitment_anchor(&commitment.id)),
        priority_key: priority_key(&commitment.facts),
        facts: item_facts::view(year, &commitment.facts),
        carried_over: carried_over::earlier_years(year, sent, commitment),
    };
    let listed = sent.commitments.iter().filter(|_| year.mode == OutputMode::Pages);
    CommitmentGroupView {
        name: name.to_owned(),
        key: submission_anchor(sent.kind, &sent.id),
        count: year.site.words.count("commitments_count", sent.commitments.len()),
        is_open,
        commitments: listed.map(view).collect(),
        href,
    }
}

/// A board or agency that may have to report back on commitments.
struct BodyOfTwoYears<'a> {
    kind: SubmitterKind,
    name: &'a str,
    /// Its id this year; `None` if it no longer exists.
    id: Option<&'a str>,
    /// Its id of the previous year, under which it made the commitments.
    earlier_id: &'a str,
}

/// All boards and agencies of this year, the boards first, followed by those of the previous year that no longer exist.
fn bodies_of_two_years<'a>(year: &YearContext<'a>) -> Vec<BodyOfTwoYears<'a>> {
    let listed = |party: Submitter<'a>| BodyOfTwoYears {
        kind: party.kind,
        name: party.name,
        id: Some(party.id),
        earlier_id: party.earlier_id(),
    };
    let mut bodies: Vec<_> = year.report.submitters().map(listed).collect();
    let known: HashSet<_> = bodies.iter().map(|body| (body.kind, body.earlier_id)).collect();
    let earlier = year.earlier().report.into_iter().flat_map(Report::submitters);
    let gone = earlier.filter(|party| !known.contains(&(party.kind, party.id)));
    bodies.extend(gone.map(|party| BodyOfTwoYears { id: None, earlier_id: party.id, ..listed(party) }));
    bodies
}

/// What became of one board's or agency's commitments of the previous year.
struct AnsweredBody {
    /// The value of the filter for it.
    key: String,
    /// Its name and the place of its updates.
    link: LinkView,
    tally: OutcomeTally,
    /// Each update with the value of the filter for its priority.
    answers: Vec<(String, FollowUpView)>,
}

/// A board's or agency's updates on its commitments of the previous year, including commitments without a published
/// update.
fn answers(year: &YearContext<'_>, body: &BodyOfTwoYears<'_>) -> Option<AnsweredBody> {
    let kind = body.kind;
    let earlier = year.earlier();
    let maker = earlier.sent(kind, body.earlier_id);
    let made = || maker.into_iter().flat_map(|maker| &maker.commitments);
    let promised: BTreeMap<_, _> = made().map(|made| (&made.id, made)).collect();
    let priority_of = |made: Option<&&Commitment>| made.map(|made| priority_key(&made.facts)).unwrap_or_default();
    let mut tally = OutcomeTally::default();
    let mut views: Vec<(String, FollowUpView)> = Vec::new();
    let mut answered = HashSet::new();
    let sent = body.id.and_then(|id| year.index.sent(kind, id));
    for (sent, answer) in sent.iter().flat_map(|sent| earlier.answers(sent).map(move |answer| (sent, answer))) {
        let view = follow_up::view(year, sent, answer);
        answered.extend(&answer.commitment);
        // Only updates on actual commitments of the previous year count, as in the trends over the years.
        if answer.commitment.is_some() || earlier.report.is_none() {
            tally.add(view.outcome);
        }
        views.push((priority_of(answer.commitment.as_ref().and_then(|id| promised.get(id))), view));
    }
    for commitment in made().filter(|commitment| !answered.contains(&commitment.id)) {
        let view = FollowUpView {
            text: commitment.text.to_string(),
            only_in: maker.map(|maker| year.site.only_in(&maker.file)).unwrap_or_default(),
            outcome: "unanswered",
            outcome_text: follow_up::outcome_text(year, None).to_owned(),
            facts: item_facts::of_answered(year, commitment, None),
            ..FollowUpView::default()
        };
        tally.add(view.outcome);
        views.push((priority_key(&commitment.facts), view));
    }
    let mut href = body.id.map(|id| year.submission_href(kind, id)).unwrap_or_default();
    if !answered.is_empty() && year.mode == OutputMode::Pages {
        href.push_str("#last-year");
    }
    let link = LinkView { title: body.name.to_owned(), href };
    let key = submission_anchor(kind, body.id.unwrap_or(body.earlier_id));
    (!views.is_empty()).then_some(AnsweredBody { key, link, tally, answers: views })
}

/// The updates as one list for each outcome.
fn by_outcome(year: &YearContext<'_>, bodies: Vec<AnsweredBody>) -> Vec<AnswerGroupView> {
    let group = |outcome: Option<Outcome>| AnswerGroupView {
        outcome: outcome.map_or("unanswered", Outcome::word),
        text: follow_up::outcome_text(year, outcome).to_owned(),
        ..AnswerGroupView::default()
    };
    let mut groups = OUTCOMES.map(group);
    for body in bodies {
        for (priority_key, answer) in body.answers {
            let Some(group) = groups.iter_mut().find(|group| group.outcome == answer.outcome) else { continue };
            group.has_notes |= !answer.note.text.is_empty();
            group.has_dates |= !answer.facts.by.is_empty();
            group.has_owners |= !answer.facts.owner.is_empty();
            group.rows.push(AnsweredView { body: body.link.clone(), body_key: body.key.clone(), priority_key, answer });
        }
    }
    let mut groups: Vec<_> = groups.into_iter().filter(|group| !group.rows.is_empty()).collect();
    for group in &mut groups {
        group.count = year.site.words.count("commitments_count", group.rows.len());
        group.is_open = group.rows.len() <= SHORT_LIST;
    }
    groups
}

/// What the lists can be filtered by: the outcomes, bodies and priorities that they contain.
fn filters(
    year: &YearContext<'_>,
    answered: &[AnsweredBody],
    tally: OutcomeTally,
    promises: [&[CommitmentGroupView]; 2],
) -> CommitmentFiltersView {
    let choice = |key: &str, text: &str| ChoiceView { key: key.to_owned(), text: text.to_owned() };
    let mut outcomes: Vec<ChoiceView> =
        tally.view(tally, year).iter().map(|outcome| choice(outcome.outcome, &outcome.text)).collect();
    let groups = || promises.into_iter().flatten();
    if !outcomes.is_empty() && groups().next().is_some() {
        outcomes.push(choice(NOT_DUE, year.site.words.text("outcome_not_due")));
    }
    let mut known = HashSet::new();
    let of_answers = answered.iter().map(|body| (body.key.as_str(), body.link.title.as_str()));
    let of_promises = groups().map(|group| (group.key.as_str(), group.name.as_str()));
    let bodies = of_answers.chain(of_promises).filter(|(key, _)| known.insert(*key));
    let named: HashSet<&str> = answered
        .iter()
        .flat_map(|body| body.answers.iter().map(|(key, _)| key.as_str()))
        .chain(groups().flat_map(|group| group.commitments.iter().map(|one| one.priority_key.as_str())))
        .collect();
    let priorities = year.report.priorities.iter().filter(|priority| named.contains(priority.id.as_str()));
    CommitmentFiltersView {
        outcomes,
        bodies: bodies.map(|(key, name)| choice(key, name)).collect(),
        priorities: priorities.map(|priority| choice(priority.id.as_str(), &priority.name)).collect(),
    }
}

/// The value of the filter for a commitment's priority; empty if it names none.
fn priority_key(facts: &ItemFacts) -> String {
    facts.priority.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default()
}

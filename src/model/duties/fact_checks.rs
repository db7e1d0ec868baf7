//! Checks that a report really states what a duty asks for: a part that exists but says something else is not enough.

use super::evidence::{CoverageScope, DutyStatus, Evidence};
use super::fact::{Fact, StatedNothing};
use super::said::says_anything;
use crate::model::Part;
use crate::model::money::{Amount, BudgetLine};
use crate::model::report::Report;
use crate::model::reviews::{Review, ReviewFinding, ReviewRecord};
use crate::source::files::{Outcome, ProgressState, ReviewKind, ReviewStatus};
use crate::source::markdown::Markdown;

/// Whether a report states a fact, and how. Nothing counts as missing from a file that could not be read completely.
pub(super) fn check<'a>(fact: Fact, scope: &CoverageScope<'a>) -> (DutyStatus, Option<Evidence<'a>>) {
    let report = scope.report;
    let met = (DutyStatus::Met, Some(Evidence::Part(Part::of_fact(fact))));
    let stated = |nothing: Option<StatedNothing>| match nothing {
        Some(what) => (DutyStatus::Met, Some(Evidence::Nothing(Part::of_fact(fact), what))),
        None => met,
    };
    let lacking = |is_complete: bool| (if is_complete { DutyStatus::Unmet } else { DutyStatus::Unknown }, None);
    let of_reviews =
        |reviews: &ReviewRecord, is_stated: bool| if is_stated { met } else { lacking(reviews.is_complete) };
    match fact {
        Fact::PriorityWork => {
            let named = |sent: &&_| scope.is_shown(sent) && !sent.priorities.is_empty();
            let mut work = report.submissions().filter(named);
            if work.any(|sent| scope.says(sent, "done")) { met } else { lacking(true) }
        }
        Fact::Contributions => match &report.data.contributions {
            Some(table) if table.rows.iter().flat_map(|row| &row.amounts).any(is_given) => met,
            table => lacking(table.as_ref().is_none_or(|table| table.is_complete)),
        },
        Fact::Expenditure => match &report.data.budget {
            Some(budget) if budget.expenditure.iter().map(|line: &BudgetLine| &line.amount).any(is_given) => met,
            budget => lacking(budget.as_ref().is_none_or(|budget| budget.is_complete)),
        },
        Fact::Findings
        | Fact::Ongoing
        | Fact::Actions
        | Fact::Declined
        | Fact::ReviewActions
        | Fact::Learning
        | Fact::ScrutinyAnswers
        | Fact::Themes
        | Fact::IncidentLearning => {
            let Some(reviews) = &report.data.reviews else { return lacking(true) };
            match fact {
                Fact::ReviewActions => of_reviews(reviews, findings(&reviews.reviews).any(is_settled)),
                Fact::Learning => of_reviews(
                    reviews,
                    reviews.learning.iter().any(says_anything)
                        || findings(&reviews.reviews).any(|finding| says(finding.action.as_ref())),
                ),
                Fact::ScrutinyAnswers => {
                    let scrutiny = reviews.reviews.iter().filter(|review| review.kind == ReviewKind::Scrutiny);
                    of_reviews(reviews, findings(scrutiny).any(is_settled))
                }
                Fact::Themes => of_reviews(reviews, reviews.learning.iter().any(says_anything)),
                Fact::IncidentLearning => {
                    let incidents = reviews.reviews.iter().filter(|review| is_of_incident(review.kind));
                    of_reviews(reviews, findings(incidents).any(|finding| says(finding.action.as_ref())))
                }
                _ => match of_sars(fact, reviews) {
                    (DutyStatus::Met, what) => stated(what),
                    _ => lacking(reviews.is_complete),
                },
            }
        }
        Fact::DecisionsAndActions => {
            let (decisions, reviews) = (report.data.decisions.as_ref(), report.data.reviews.as_ref());
            let has_decisions = decisions.is_some_and(|record| !record.decisions.is_empty());
            let has_actions = reviews.is_some_and(|record| findings(&record.reviews).any(is_settled));
            let is_known = |is_said: bool, is_complete: Option<bool>| is_said || is_complete != Some(false);
            if has_decisions && has_actions {
                met
            } else {
                lacking(
                    is_known(has_decisions, decisions.map(|record| record.is_complete))
                        && is_known(has_actions, reviews.map(|record| record.is_complete)),
                )
            }
        }
        Fact::Shortfall => match progress(report) {
            Some(evidence) => (DutyStatus::Met, Some(evidence)),
            None => match unfinished(scope) {
                (DutyStatus::Met, what) => stated(what),
                (verdict, _) => (verdict, None),
            },
        },
    }
}

/// Whether the safeguarding adults reviews of a report state a fact, or show that there was nothing to state.
fn of_sars(fact: Fact, reviews: &ReviewRecord) -> (DutyStatus, Option<StatedNothing>) {
    let sars: Vec<&Review> = reviews.reviews.iter().filter(|review| review.kind == ReviewKind::Sar).collect();
    let (unmet, met) = ((DutyStatus::Unmet, None), (DutyStatus::Met, None));
    let met_if = |is_stated: bool| if is_stated { met } else { unmet };
    let nothing = |what: StatedNothing| (DutyStatus::Met, Some(what));
    if sars.is_empty() {
        return if reviews.none.is_some() { nothing(StatedNothing::NoSar) } else { unmet };
    }
    let with = |status: ReviewStatus| sars.iter().copied().filter(move |review| review.status == status);
    let all = || findings(sars.iter().copied());
    // A concluded review has findings: if they are missing here, nothing is known about all findings.
    let is_open = with(ReviewStatus::Concluded).any(|review| review.findings.is_empty());
    match fact {
        Fact::Ongoing if with(ReviewStatus::Ongoing).next().is_none() => nothing(StatedNothing::NoneOngoing),
        Fact::Ongoing => met,
        Fact::Findings if with(ReviewStatus::Concluded).next().is_none() => nothing(StatedNothing::NoneConcluded),
        Fact::Findings => met_if(!is_open),
        Fact::Actions if all().next().is_none() && !is_open => nothing(StatedNothing::NoFindings),
        Fact::Actions => met_if(all().any(is_settled)),
        _ if all().any(|finding| says(finding.declined.as_ref())) => met,
        // A finding with neither may have been declined.
        _ if all().all(is_settled) && !is_open => nothing(StatedNothing::NoneDeclined),
        _ => unmet,
    }
}

/// Whether an amount is given, could be read and is not zero.
fn is_given(amount: &Amount) -> bool {
    amount.value.is_some_and(|money| money.pence != 0)
}

/// The findings of some reviews.
fn findings<'a>(reviews: impl IntoIterator<Item = &'a Review>) -> impl Iterator<Item = &'a ReviewFinding> {
    reviews.into_iter().flat_map(|review| &review.findings)
}

/// Whether there is a text, and it has content.
fn says(text: Option<&Markdown>) -> bool {
    text.is_some_and(says_anything)
}

/// Whether a finding says what was done about it.
fn is_settled(finding: &ReviewFinding) -> bool {
    says(finding.action.as_ref()) || says(finding.declined.as_ref())
}

/// Whether a review is of an incident that harmed a child or could have.
fn is_of_incident(kind: ReviewKind) -> bool {
    matches!(kind, ReviewKind::Cspr | ReviewKind::RapidReview | ReviewKind::LocalLearningReview)
}

/// What the priorities' own accounts show: little or no progress on one, or progress on every one of them. An account
/// of some of them only shows nothing about the others.
fn progress<'a>(report: &Report) -> Option<Evidence<'a>> {
    let is_short = |state: ProgressState| matches!(state, ProgressState::Little | ProgressState::None);
    let states = || report.priorities.iter().map(|priority| Some(priority.progress.as_ref()?.state));
    if states().flatten().any(is_short) {
        return Some(Evidence::Part(Part::Priorities));
    }
    let is_all = !report.priorities.is_empty() && states().all(|state| state.is_some());
    is_all.then_some(Evidence::Nothing(Part::Priorities, StatedNothing::ProgressOnAll(report.priorities.len())))
}

/// Whether the follow-ups show commitments that were not delivered, or that all were. Silence shows neither.
fn unfinished(scope: &CoverageScope<'_>) -> (DutyStatus, Option<StatedNothing>) {
    let sent = || scope.report.submissions().filter(|sent| scope.is_shown(sent));
    let answers = || sent().flat_map(|sent| &sent.follow_ups);
    let known = || answers().filter(|answer| answer.commitment.is_some());
    let outcomes = || known().filter_map(|answer| answer.outcome.as_ref());
    if outcomes().any(|outcome| outcome.value != Outcome::Delivered) {
        return (DutyStatus::Met, None);
    }
    if answers().any(|answer| answer.commitment.is_none() || answer.outcome.is_none()) {
        return (DutyStatus::Unknown, None);
    }
    let answered: std::collections::HashSet<_> = known().filter_map(|answer| answer.commitment.as_ref()).collect();
    let commitments = scope.before.iter().flat_map(|before| before.submissions()).flat_map(|sent| &sent.commitments);
    let (mut total, mut silent) = (0, 0);
    for commitment in commitments {
        total += 1;
        silent += usize::from(!answered.contains(&commitment.id));
    }
    if total > 0 && silent == 0 {
        (DutyStatus::Met, Some(StatedNothing::AllDelivered(total)))
    } else {
        (DutyStatus::Unmet, None)
    }
}

//! What a report must really say for a duty to be met: a part of it that is there and says something else is not enough.

use super::coverage::{CoverageScope, DutyStatus, Evidence};
use crate::model::Part;
use crate::model::money::{Amount, BudgetLine};
use crate::model::reviews::{Review, ReviewFinding, Reviews};
use crate::source::files::{Outcome, ReviewKind, ReviewStatus};

/// Something that a report can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// What somebody did who works towards one of the year's priorities.
    PriorityWork,
    /// Who paid how much.
    Contributions,
    /// What money was spent on.
    Expenditure,
    /// What safeguarding adults reviews found that are over.
    Findings,
    /// Safeguarding adults reviews that go on.
    Ongoing,
    /// What was done about findings of safeguarding adults reviews.
    Actions,
    /// Why findings of safeguarding adults reviews were turned down.
    Declined,
    /// What was done about findings of any review, or why nothing was.
    ReviewActions,
    /// What reviews of any kind teach.
    Learning,
    /// Commitments of the year before that were not delivered.
    Unfinished,
}

/// That there was nothing to say, which the report shows as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatedNothing {
    /// No safeguarding adults review of the report is over.
    NoneConcluded,
    /// None goes on.
    NoneOngoing,
    /// None has findings to act on.
    NoFindings,
    /// None of their findings was turned down.
    NoneDeclined,
    /// Every commitment of the year before was answered for, and delivered: how many there were.
    AllDelivered(usize),
}

impl Fact {
    /// Every fact with the name that the rule sets use for it.
    const NAMES: [(&'static str, Self); 10] = [
        ("work on priorities", Self::PriorityWork),
        ("contributions", Self::Contributions),
        ("expenditure", Self::Expenditure),
        ("findings of SARs", Self::Findings),
        ("ongoing SARs", Self::Ongoing),
        ("actions of SARs", Self::Actions),
        ("declined findings of SARs", Self::Declined),
        ("actions of reviews", Self::ReviewActions),
        ("learning of reviews", Self::Learning),
        ("unfinished commitments", Self::Unfinished),
    ];

    /// The fact of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, fact)| *fact)
    }

    /// The part of the report that says it.
    #[must_use]
    pub fn part(self) -> Part {
        match self {
            Self::PriorityWork => Part::Priorities,
            Self::Contributions | Self::Expenditure => Part::Budget,
            Self::Findings | Self::Ongoing | Self::Actions | Self::Declined | Self::ReviewActions | Self::Learning => {
                Part::Reviews
            }
            Self::Unfinished => Part::Commitments,
        }
    }

    /// Whether a report says it, and how. Of a file that could not be read whole nothing can be said to be missing.
    pub(super) fn check<'a>(self, scope: &CoverageScope<'a>) -> (DutyStatus, Option<Evidence<'a>>) {
        let report = scope.report;
        let met = (DutyStatus::Met, Some(Evidence::Part(self.part())));
        let said = |nothing: Option<StatedNothing>| match nothing {
            Some(what) => (DutyStatus::Met, Some(Evidence::Nothing(self, what))),
            None => met,
        };
        let lacking = |is_complete: bool| (if is_complete { DutyStatus::Unmet } else { DutyStatus::Unknown }, None);
        let of_reviews = |reviews: &Reviews, is_said: bool| if is_said { met } else { lacking(reviews.is_complete) };
        match self {
            Self::PriorityWork => {
                let named = |sent: &&_| scope.is_shown(sent) && !sent.priorities.is_empty();
                let mut work = report.submissions().filter(named);
                if work.any(|sent| scope.says(sent, "done")) { met } else { lacking(true) }
            }
            Self::Contributions => match &report.contributions {
                Some(table) if table.rows.iter().flat_map(|row| &row.amounts).any(is_given) => met,
                table => lacking(table.as_ref().is_none_or(|table| table.is_complete)),
            },
            Self::Expenditure => match &report.budget {
                Some(budget) if budget.expenditure.iter().map(|line: &BudgetLine| &line.amount).any(is_given) => met,
                budget => lacking(budget.as_ref().is_none_or(|budget| budget.is_complete)),
            },
            Self::Findings | Self::Ongoing | Self::Actions | Self::Declined | Self::ReviewActions | Self::Learning => {
                let Some(reviews) = &report.reviews else { return lacking(true) };
                match self {
                    Self::ReviewActions => of_reviews(reviews, findings(&reviews.reviews).any(is_settled)),
                    Self::Learning => of_reviews(
                        reviews,
                        !reviews.learning.is_empty()
                            || findings(&reviews.reviews).any(|finding| finding.action.is_some()),
                    ),
                    _ => match self.of_sars(reviews) {
                        (DutyStatus::Met, what) => said(what),
                        _ => lacking(reviews.is_complete),
                    },
                }
            }
            Self::Unfinished => match unfinished(scope) {
                (DutyStatus::Met, what) => said(what),
                (verdict, _) => (verdict, None),
            },
        }
    }

    /// Whether the safeguarding adults reviews of a report say it, or show that there was nothing to say.
    fn of_sars(self, reviews: &Reviews) -> (DutyStatus, Option<StatedNothing>) {
        let sars: Vec<&Review> = reviews.reviews.iter().filter(|review| review.kind == ReviewKind::Sar).collect();
        let (unmet, met) = ((DutyStatus::Unmet, None), (DutyStatus::Met, None));
        let met_if = |is_said: bool| if is_said { met } else { unmet };
        let nothing = |what: StatedNothing| (DutyStatus::Met, Some(what));
        if sars.is_empty() {
            return unmet;
        }
        let with = |status: ReviewStatus| sars.iter().copied().filter(move |review| review.status == status);
        let all = || findings(sars.iter().copied());
        // A review that is over has findings: where they are not given, nothing can be said of all of them.
        let is_open = with(ReviewStatus::Concluded).any(|review| review.findings.is_empty());
        match self {
            Self::Ongoing if with(ReviewStatus::Ongoing).next().is_none() => nothing(StatedNothing::NoneOngoing),
            Self::Ongoing => met,
            Self::Findings if with(ReviewStatus::Concluded).next().is_none() => nothing(StatedNothing::NoneConcluded),
            Self::Findings => met_if(!is_open),
            Self::Actions if all().next().is_none() && !is_open => nothing(StatedNothing::NoFindings),
            Self::Actions => met_if(all().any(is_settled)),
            _ if all().any(|finding| finding.declined.is_some()) => met,
            // A finding that says neither may have been turned down.
            _ if all().all(is_settled) && !is_open => nothing(StatedNothing::NoneDeclined),
            _ => unmet,
        }
    }
}

/// Whether an amount is there, could be read, and is any money at all.
fn is_given(amount: &Amount) -> bool {
    amount.value.is_some_and(|money| money.pence != 0)
}

/// The findings of some reviews.
fn findings<'a>(reviews: impl IntoIterator<Item = &'a Review>) -> impl Iterator<Item = &'a ReviewFinding> {
    reviews.into_iter().flat_map(|review| &review.findings)
}

/// Whether a finding says what became of it.
fn is_settled(finding: &ReviewFinding) -> bool {
    finding.action.is_some() || finding.declined.is_some()
}

/// Whether the answers to last year's commitments show what was not delivered, or that all was. Silence shows neither.
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
    let promised = scope.before.iter().flat_map(|before| before.submissions()).flat_map(|sent| &sent.commitments);
    let (mut made, mut silent) = (0, 0);
    for commitment in promised {
        made += 1;
        silent += usize::from(!answered.contains(&commitment.id));
    }
    if made > 0 && silent == 0 {
        (DutyStatus::Met, Some(StatedNothing::AllDelivered(made)))
    } else {
        (DutyStatus::Unmet, None)
    }
}

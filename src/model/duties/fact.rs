//! What a report can be asked to say for a duty, and the ways in which it can have nothing to say.

/// Something that a report can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Fact {
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
pub(crate) enum StatedNothing {
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
}

//! What a duty can ask a report to state, and the ways in which there can be nothing to state.

/// Something that a report can state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Fact {
    /// What somebody did who works on one of the year's priorities.
    PriorityWork,
    /// Who contributed how much money.
    Contributions,
    /// What money was spent on.
    Expenditure,
    /// Findings of safeguarding adults reviews (SARs) that have concluded.
    Findings,
    /// SARs that are still going on.
    Ongoing,
    /// What was done about findings of SARs.
    Actions,
    /// Why findings of SARs were declined.
    Declined,
    /// What was done about findings of any review, or why nothing was.
    ReviewActions,
    /// Learning from reviews of any kind.
    Learning,
    /// Commitments of the previous year that were not delivered.
    Unfinished,
}

/// A reason why there was nothing to state, which the report shows too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum StatedNothing {
    /// No SAR in the report has concluded.
    NoneConcluded,
    /// No SAR is still going on.
    NoneOngoing,
    /// No SAR has findings to act on.
    NoFindings,
    /// No finding of a SAR was declined.
    NoneDeclined,
    /// Every commitment of the previous year was followed up and delivered: this many.
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

    /// The fact with this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, fact)| *fact)
    }
}

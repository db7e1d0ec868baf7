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
    /// What meetings decided, and what was done about findings of any review.
    DecisionsAndActions,
    /// Learning from reviews of any kind.
    Learning,
    /// What was done about the independent scrutineer's findings.
    ScrutinyAnswers,
    /// What reviews, scrutiny and audits teach together.
    Themes,
    /// What was done about findings of reviews of serious incidents.
    IncidentLearning,
    /// Little or no progress: by a priority's own account, or by commitments that were not delivered.
    Shortfall,
}

/// A reason why there was nothing to state, which the report shows too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum StatedNothing {
    /// The report says that there was no SAR.
    NoSar,
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
    /// There was progress on every priority: this many.
    ProgressOnAll(usize),
}

impl Fact {
    /// Every fact with the name that the rule sets use for it.
    const NAMES: [(&'static str, Self); 14] = [
        ("work on priorities", Self::PriorityWork),
        ("contributions", Self::Contributions),
        ("expenditure", Self::Expenditure),
        ("findings of SARs", Self::Findings),
        ("ongoing SARs", Self::Ongoing),
        ("actions of SARs", Self::Actions),
        ("declined findings of SARs", Self::Declined),
        ("actions of reviews", Self::ReviewActions),
        ("decisions and actions of reviews", Self::DecisionsAndActions),
        ("learning of reviews", Self::Learning),
        ("answers to scrutiny", Self::ScrutinyAnswers),
        ("themes of reviews", Self::Themes),
        ("learning from serious incidents", Self::IncidentLearning),
        ("little or no progress", Self::Shortfall),
    ];

    /// The fact with this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, fact)| *fact)
    }
}

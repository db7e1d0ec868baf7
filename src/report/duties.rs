//! What the law and its guidance say a yearly report must contain, as checkable duties.

use std::sync::LazyLock;

/// A set of duties: one act or piece of guidance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutySet {
    /// The name that `report.yaml` uses: `care-act-2014`.
    pub id: String,
    /// What kind of report it asks for.
    pub title: String,
    /// The act or guidance, and where in it.
    pub source: String,
    /// The duties, in order.
    pub duties: Vec<Duty>,
}

/// One thing that the law says the report must contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Its id: `sab-objective`.
    pub id: String,
    /// The clause to read.
    pub source: String,
    /// What must be there.
    pub text: String,
    /// What counts as evidence; any one of them is enough unless all are asked for.
    pub met_by: Vec<MetBy>,
    /// Whether all ways are asked for.
    pub all: bool,
}

/// What counts as evidence for a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MetBy {
    /// The report has that part.
    Part(String),
    /// Every submission of the kind has that section.
    Section(String, super::Kind),
    /// `report.yaml` holds that key.
    Field(String),
    /// Some submission or page claims the duty.
    Evidence,
}

/// The sets that the tool knows.
pub static DUTY_SETS: LazyLock<Vec<DutySet>> = LazyLock::new(Vec::new);

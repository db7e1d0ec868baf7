//! What a diagnostic is about, as data: nobody has to find it in the message.

/// One thing that a diagnostic is about: a duty, a commitment, a figure.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    /// What kind of thing it is.
    pub kind: SubjectKind,
    /// Its id, if it has one apart from its name: `hwb`, `sab-sent`.
    pub id: Option<String>,
    /// Its name, value or text as people know it: `Health and Wellbeing Board`, `£187,617`.
    pub text: String,
}

/// The kinds of things that diagnostics are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubjectKind {
    /// An address of the site.
    Address,
    /// An agency of the year.
    Agency,
    /// An agreement between bodies, in `governance.yaml`.
    Agreement,
    /// A board of the year.
    Board,
    /// A body in `governance.yaml`.
    Body,
    /// A column of a table.
    Column,
    /// A commitment; its id is `SUBMITTER/SLUG` and its text the slug.
    Commitment,
    /// A day or month.
    Date,
    /// A decision of a meeting, by its reference.
    Decision,
    /// A legal duty.
    Duty,
    /// A number that was stated, counted or calculated.
    Figure,
    /// A file of the site, by its path from the site's root or by its name.
    File,
    /// A key of a YAML file.
    Key,
    /// A priority of the year.
    Priority,
    /// A row or line of a table, by its name.
    Row,
    /// A section of a submission.
    Section,
    /// A term of the glossary, or an acronym.
    Term,
    /// A theme that bodies share, in `governance.yaml`.
    Theme,
    /// A reporting year.
    Year,
}

impl SubjectKind {
    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Agency => "agency",
            Self::Agreement => "agreement",
            Self::Board => "board",
            Self::Body => "body",
            Self::Column => "column",
            Self::Commitment => "commitment",
            Self::Date => "date",
            Self::Decision => "decision",
            Self::Duty => "duty",
            Self::Figure => "figure",
            Self::File => "file",
            Self::Key => "key",
            Self::Priority => "priority",
            Self::Row => "row",
            Self::Section => "section",
            Self::Term => "term",
            Self::Theme => "theme",
            Self::Year => "year",
        }
    }
}

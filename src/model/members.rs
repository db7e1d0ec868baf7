//! Who must submit: the boards and agencies of a year, each with what it sent.

use super::ids::{AgencyId, BodyId, Sponsor, SubmitterKind};
use super::submission::Submission;
use crate::diagnostic::Location;
use crate::source::markdown::Markdown;

/// A board that must submit.
#[derive(Clone, Debug)]
pub(crate) struct Board {
    /// Its id, shared with the governance body that it is.
    pub id: BodyId,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub short: Option<String>,
    /// Who answers for it.
    pub sponsor: Option<Sponsor>,
    /// What it is for.
    pub purpose: Option<Markdown>,
    /// Its entry in `report.yaml`.
    pub location: Location,
    /// What it sent.
    pub submission: Option<Submission>,
}

/// An agency that must submit.
#[derive(Clone, Debug)]
pub(crate) struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub short: Option<String>,
    /// Other names that it goes by in tables.
    pub aliases: Vec<String>,
    /// Its entry in `report.yaml`.
    pub location: Location,
    /// What it sent.
    pub submission: Option<Submission>,
}

impl Agency {
    /// Everything that it is called: id, name, short name, aliases.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let own = [self.id.as_str(), &self.name].into_iter();
        own.chain(self.short.as_deref()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// A board or an agency as somebody who must submit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Submitter<'a> {
    /// Which of the two.
    pub kind: SubmitterKind,
    /// The id, which is also the name of the file without its ending.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its short name.
    pub short: Option<&'a str>,
    /// Who answers for it, of a board whose entry says so.
    pub sponsor: Option<&'a Sponsor>,
    /// Its entry in `report.yaml`.
    pub location: &'a Location,
    /// What it sent.
    pub submission: Option<&'a Submission>,
}

impl<'a> From<&'a Board> for Submitter<'a> {
    fn from(board: &'a Board) -> Self {
        Self {
            kind: SubmitterKind::Board,
            id: board.id.as_str(),
            name: &board.name,
            short: board.short.as_deref(),
            sponsor: board.sponsor.as_ref(),
            location: &board.location,
            submission: board.submission.as_ref(),
        }
    }
}

impl<'a> From<&'a Agency> for Submitter<'a> {
    fn from(agency: &'a Agency) -> Self {
        Self {
            kind: SubmitterKind::Agency,
            id: agency.id.as_str(),
            name: &agency.name,
            short: agency.short.as_deref(),
            sponsor: None,
            location: &agency.location,
            submission: agency.submission.as_ref(),
        }
    }
}

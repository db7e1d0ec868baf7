//! The boards and agencies that must submit, each with its submission.

use super::ids::{AgencyId, BodyId, Sponsor, SubmitterKind};
use super::submission::Submission;
use crate::diagnostic::Location;
use crate::source::markdown::Markdown;
use crate::source::yaml::{Slug, Spanned};

/// A board that must submit.
#[derive(Clone, Debug)]
pub(crate) struct Board {
    /// The id, shared with the governance body of the same id.
    pub id: BodyId,
    pub name: String,
    pub short: Option<String>,
    /// Who is responsible for it.
    pub sponsor: Option<Sponsor>,
    /// What it is for.
    pub purpose: Option<Box<Markdown>>,
    /// The id that it had in the year before, if it was renamed.
    pub formerly: Option<Spanned<Slug>>,
    /// Where letters to it go. It is never published.
    pub contact: Option<String>,
    /// Its entry in `report.yaml`.
    pub location: Location,
    /// The submission, if it has sent one.
    pub submission: Option<Submission>,
}

/// An agency that must submit.
#[derive(Clone, Debug)]
pub(crate) struct Agency {
    pub id: AgencyId,
    pub name: String,
    pub short: Option<String>,
    /// Other names that tables may use for it.
    pub aliases: Vec<String>,
    /// The id that it had in the year before, if it was renamed.
    pub formerly: Option<Spanned<Slug>>,
    /// Where letters to it go. It is never published.
    pub contact: Option<String>,
    /// Its entry in `report.yaml`.
    pub location: Location,
    /// The submission, if it has sent one.
    pub submission: Option<Submission>,
}

impl Agency {
    /// All its names: id, name, short name, aliases.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let own = [self.id.as_str(), &self.name].into_iter();
        own.chain(self.short.as_deref()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// A board or an agency, as far as submitting is concerned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Submitter<'a> {
    /// Whether it is a board or an agency.
    pub kind: SubmitterKind,
    /// The id, which is also the name of its file without the ending.
    pub id: &'a str,
    pub name: &'a str,
    pub short: Option<&'a str>,
    /// Who is responsible for it, if it is a board whose entry says so.
    pub sponsor: Option<&'a Sponsor>,
    /// The id that it had in the year before, if it was renamed.
    pub formerly: Option<&'a Spanned<Slug>>,
    /// Where letters to it go. It is never published.
    pub contact: Option<&'a str>,
    /// Its entry in `report.yaml`.
    pub location: &'a Location,
    /// The submission, if it has sent one.
    pub submission: Option<&'a Submission>,
}

impl<'a> Submitter<'a> {
    /// The id that it had in the year before.
    #[must_use]
    pub(crate) fn earlier_id(&self) -> &'a str {
        self.formerly.map_or(self.id, |formerly| formerly.as_str())
    }
}

impl<'a> From<&'a Board> for Submitter<'a> {
    fn from(board: &'a Board) -> Self {
        Self {
            kind: SubmitterKind::Board,
            id: board.id.as_str(),
            name: &board.name,
            short: board.short.as_deref(),
            sponsor: board.sponsor.as_ref(),
            formerly: board.formerly.as_ref(),
            contact: board.contact.as_deref(),
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
            formerly: agency.formerly.as_ref(),
            contact: agency.contact.as_deref(),
            location: &agency.location,
            submission: agency.submission.as_ref(),
        }
    }
}

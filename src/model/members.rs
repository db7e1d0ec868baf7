//! Who must submit: the boards and agencies of a year, each with what it sent.

use super::ids::{AgencyId, BodyId, Sponsor};
use super::submission::Submission;
use crate::diagnostic::Location;
use crate::source::markdown::Markdown;

/// A board that must submit.
#[derive(Clone, Debug)]
pub struct Board {
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
pub struct Agency {
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
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let own = [self.id.as_str(), &self.name].into_iter();
        own.chain(self.short.as_deref()).chain(self.aliases.iter().map(String::as_str))
    }
}

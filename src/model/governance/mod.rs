//! Governance: bodies and their members, which documents go to whom, and shared themes.

mod agreements;
mod assemble;
mod cycles;

pub(crate) use agreements::{Agreement, Approver};
pub(crate) use assemble::{assemble, sponsor};

use super::ids::{BodyId, Sponsor};
use super::stated_count::StatedCount;
use crate::diagnostic::{Location, Subject, SubjectKind};
use crate::source::files::{Action, BodyKind};
use crate::source::markdown::Markdown;
use crate::source::yaml::{Spanned, Text};

/// The contents of `governance.yaml`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Governance {
    /// The bodies, in order, followed by boards that are only mentioned, so that every id in this model has a body.
    pub bodies: Vec<Body>,
    /// Which document goes to which bodies.
    pub reporting: Vec<Reporting>,
    pub themes: Vec<SharedTheme>,
    pub agreements: Vec<Agreement>,
}

impl Governance {
    /// The stated sizes of bodies, each with the number of seats that its members have.
    pub(crate) fn stated_counts(&self) -> impl Iterator<Item = StatedCount> {
        self.bodies.iter().filter_map(|body| {
            let stated = body.seats.as_ref().filter(|_| body.is_complete && !body.members.is_empty())?;
            let counted = body.members.iter().map(|member| u64::from(member.seats)).sum::<u64>();
            Some(StatedCount {
                about: Subject {
                    kind: SubjectKind::Body,
                    id: Some(body.id.as_str().to_owned()),
                    text: body.name.clone(),
                },
                location: Location::new(&body.location.file, stated.span),
                of: "seats",
                stated: u64::from(stated.value),
                counted,
                in_words: format!(
                    "`{}` has {} seats according to this file, but its members hold {counted}",
                    body.name, stated.value
                ),
                help:
                    "correct the number, or give members with several seats their number, as in `{name: …, seats: 2}`"
                        .to_owned(),
            })
        })
    }
}

/// A board, committee, partnership or the like.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// The board's id, if the body is a board.
    pub id: BodyId,
    pub name: String,
    pub short: Option<String>,
    /// The kind of body.
    pub kind: Option<BodyKind>,
    /// The law that it was set up under.
    pub statute: Option<String>,
    /// What it is for.
    pub purpose: Option<Markdown>,
    /// What it does.
    pub functions: Vec<Markdown>,
    pub chair: Option<String>,
    /// Who is responsible for it.
    pub sponsor: Option<Sponsor>,
    /// The number of meetings per year.
    pub meetings_per_year: Option<u32>,
    /// The stated number of seats.
    pub seats: Option<Spanned<u32>>,
    /// The members, each with its number of seats.
    pub members: Vec<Seat>,
    /// Who attends without a seat.
    pub in_attendance: Vec<String>,
    /// The bodies that it reports to. Unknown ids are left out.
    pub reports_to: Vec<BodyId>,
    /// Anybody else that it is accountable to.
    pub accountable_to: Vec<String>,
    pub location: Location,
    /// Whether the whole entry could be read. If not, nothing counts as missing from it.
    pub is_complete: bool,
}

/// A member of a body and its number of seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seat {
    /// An organisation or a role.
    pub name: Text,
    pub seats: u32,
}

/// A document that one body sends to others.
#[derive(Clone, Debug)]
pub(crate) struct Reporting {
    /// The name of the document.
    pub document: String,
    /// The body that sends it, if known.
    pub from: Option<BodyId>,
    pub to: Vec<Recipient>,
}

/// A body that receives a document.
#[derive(Clone, Debug)]
pub(crate) struct Recipient {
    pub body: BodyId,
    /// What it does with the document.
    pub action: Action,
    /// When it receives it, in words.
    pub when: Option<String>,
    pub note: Option<Markdown>,
}

/// Work that several bodies share.
#[derive(Clone, Debug)]
pub(crate) struct SharedTheme {
    pub name: Text,
    pub lead: Lead,
    /// The other bodies. Unknown ids are left out.
    pub with: Vec<BodyId>,
    /// What is done together.
    pub work: Option<Markdown>,
    /// Open questions.
    pub notes: Option<Markdown>,
}

/// Who leads a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    Body(BodyId),
    /// The entry says `tbc`.
    Undecided(Text),
    /// The entry does not say, or names a body that does not exist.
    Unknown,
}

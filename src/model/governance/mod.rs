//! Bodies, who sits on them, who reports what to whom, and the themes that they share.

mod assemble;
mod cycles;

pub(crate) use assemble::{assemble, sponsor};

use super::ids::{BodyId, Sponsor};
use super::stated_count::StatedCount;
use crate::diagnostic::Location;
use crate::source::files::{Action, BodyKind};
use crate::source::markdown::Markdown;
use crate::source::yaml::{Spanned, Text};

/// What `governance.yaml` means.
#[derive(Clone, Debug, Default)]
pub(crate) struct Governance {
    /// The bodies, in order; after them boards that are named here without an entry of their own, so that every id in
    /// this model is a body's.
    pub bodies: Vec<Body>,
    /// Which document goes to whom.
    pub reporting: Vec<Reporting>,
    /// Work that more than one body shares.
    pub themes: Vec<SharedTheme>,
}

impl Governance {
    /// The stated sizes of bodies, each with the seats that its members hold.
    pub(crate) fn stated_counts(&self) -> impl Iterator<Item = StatedCount> {
        self.bodies.iter().filter_map(|body| {
            let stated = body.seats.as_ref().filter(|_| body.is_complete && !body.members.is_empty())?;
            let counted = body.members.iter().map(|member| u64::from(member.seats)).sum::<u64>();
            Some(StatedCount {
                location: Location::new(&body.location.file, stated.span),
                stated: u64::from(stated.value),
                counted,
                in_words: format!(
                    "`{}` has {} seats as stated, but its members hold {counted}",
                    body.name, stated.value
                ),
                help: "correct the number, or give a member that holds several `seats:`, as in `{name: …, seats: 2}`"
                    .to_owned(),
            })
        })
    }
}

/// A board, a committee, a partnership …
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// Its id; a board's where it is that board.
    pub id: BodyId,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub short: Option<String>,
    /// What kind of body it is.
    pub kind: Option<BodyKind>,
    /// The law that it rests on.
    pub statute: Option<String>,
    /// What it is for.
    pub purpose: Option<Markdown>,
    /// What it does.
    pub functions: Vec<Markdown>,
    /// Who chairs it.
    pub chair: Option<String>,
    /// Who answers for it.
    pub sponsor: Option<Sponsor>,
    /// How often it meets in a year.
    pub meetings_per_year: Option<u32>,
    /// Its stated size.
    pub seats: Option<Spanned<u32>>,
    /// Its members with their seats.
    pub members: Vec<Seat>,
    /// Who comes without a seat.
    pub in_attendance: Vec<String>,
    /// The bodies that it reports to: those that there are.
    pub reports_to: Vec<BodyId>,
    /// Anyone else whom it answers to.
    pub accountable_to: Vec<String>,
    /// Where it stands.
    pub location: Location,
    /// Whether all of its entry could be read: where not, nothing can be said to be missing from it.
    pub is_complete: bool,
}

/// A member of a body and how many seats it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seat {
    /// An organisation or a role.
    pub name: Text,
    /// How many seats.
    pub seats: u32,
}

/// A document that one body gives to others.
#[derive(Clone, Debug)]
pub(crate) struct Reporting {
    /// The document.
    pub document: String,
    /// The body that it comes from.
    pub from: Option<BodyId>,
    /// Who gets it.
    pub to: Vec<Recipient>,
}

/// A body that gets a document.
#[derive(Clone, Debug)]
pub(crate) struct Recipient {
    /// The body.
    pub body: BodyId,
    /// What it does with it.
    pub action: Action,
    /// When.
    pub when: Option<String>,
    /// More about it.
    pub note: Option<Markdown>,
}

/// Work that more than one body shares.
#[derive(Clone, Debug)]
pub(crate) struct SharedTheme {
    /// Its name.
    pub name: Text,
    /// Who leads.
    pub lead: Lead,
    /// The other bodies: those that there are.
    pub with: Vec<BodyId>,
    /// What is done.
    pub work: Option<Markdown>,
    /// Open questions.
    pub notes: Option<Markdown>,
}

/// Who leads a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    /// A body.
    Body(BodyId),
    /// It says `tbc`.
    Undecided(Text),
    /// It does not say, or names a body that there is not.
    Unknown,
}

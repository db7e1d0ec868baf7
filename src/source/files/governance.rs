//! `content/YEAR/governance.yaml`: bodies, who reports what to whom, and the work that they share.

use crate::source::yaml::scalar::Count;
use crate::source::yaml::shape::{Free, TextOr};
use crate::source::yaml::{Anything, Prose, Slug, Spanned, Text};
use crate::{choice, record};

record! {
    /// `content/YEAR/governance.yaml`: bodies, who sits on them, and who reports what to whom.
    pub struct GovernanceFile {
        /// The bodies.
        "bodies" may bodies: Vec<BodyEntry>,
        /// Which document goes to whom, and for what.
        "reporting" may reporting: Vec<ReportingEntry>,
        /// Work that more than one body shares.
        "themes" may themes: Vec<ThemeEntry>,
        /// Anything, handed to templates.
        "extra" may extra: Anything,
    }
}

record! {
    /// A body: a board, a committee, a partnership …
    pub struct BodyEntry {
        /// Its id; a body with a board's id is that board.
        "id" due id: Spanned<Slug>,
        /// Its name.
        "name" due name: Text,
        /// Its short name.
        "short" may short: Text,
        /// What kind of body it is.
        "kind" may kind: Spanned<BodyKind>,
        /// The law that it rests on.
        "statute" may statute: Text,
        /// What it is for.
        "purpose" may purpose: Prose,
        /// What it does, one text each.
        "functions" may functions: Vec<Prose>,
        /// Who chairs it.
        "chair" may chair: Text,
        /// The agency that answers for it: an id, or a name.
        "sponsor" may sponsor: Text,
        /// How often it meets in a year.
        "meetings_per_year" may meetings_per_year: Spanned<Count>,
        /// Its stated size, checked against its members' seats.
        "seats" may seats: Spanned<Count>,
        /// Its members; each holds one seat unless it says otherwise.
        "members" may members: Vec<TextOr<MemberEntry>>,
        /// Who comes without a seat.
        "in_attendance" may in_attendance: Vec<Text>,
        /// The ids of the bodies that it reports to.
        "reports_to" may reports_to: Vec<Text>,
        /// Anyone else whom it answers to, as text.
        "accountable_to" may accountable_to: Vec<Text>,
    }
}

choice! {
    /// What kind of body it is.
    pub enum BodyKind {
        /// A board.
        Board = "board",
        /// A committee.
        Committee = "committee",
        /// A partnership.
        Partnership = "partnership",
        /// An executive.
        Executive = "executive",
        /// A panel.
        Panel = "panel",
    }
}

record! {
    /// A member of a body.
    pub struct MemberEntry {
        /// Who: an organisation or a role.
        "name" due name: Text,
        /// How many seats it holds; one unless given.
        "seats" may seats: Spanned<Count>,
    }
}

record! {
    /// A document that one body gives to others.
    pub struct ReportingEntry {
        /// The document.
        "document" due document: Text,
        /// The id of the body that it comes from.
        "from" due from: Text,
        /// The ids of the bodies that it goes to, with what they do with it.
        "to" due to: Free<RecipientEntry>,
    }
}

record! {
    /// What a body does with a document.
    pub struct RecipientEntry {
        /// What it does; `receive` unless given.
        "action" may action: Spanned<Action>,
        /// When.
        "when" may when: Text,
        /// More about it.
        "note" may note: Prose,
    }
}

choice! {
    /// What a body does with a document.
    pub enum Action {
        /// It is told.
        Inform = "inform",
        /// It is asked.
        Consult = "consult",
        /// It is given it.
        Receive = "receive",
        /// It decides on it.
        Approve = "approve",
    }
}

record! {
    /// Work that more than one body shares.
    pub struct ThemeEntry {
        /// Its name.
        "name" due name: Text,
        /// The body that leads: an id or short name, or `tbc`.
        "lead" may lead: Text,
        /// The other bodies: ids or short names.
        "with" may with: Vec<Text>,
        /// What is done.
        "work" may work: Prose,
        /// Open questions.
        "notes" may notes: Prose,
    }
}

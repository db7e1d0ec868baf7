//! `content/YEAR/governance.yaml`: bodies, who reports what to whom, and the work that they share.

use crate::source::yaml::from_yaml::FreeMap;
use crate::source::yaml::scalar::Count;
use crate::source::yaml::{Prose, RawYaml, Slug, Spanned, Text, TextOr};
use crate::{choice, record};

record! {
    /// `content/YEAR/governance.yaml`: bodies, who sits on them, and who reports what to whom.
    pub struct GovernanceFile {
        /// The bodies.
        "bodies" optional bodies: Vec<BodyEntry>,
        /// Which document goes to whom, and for what.
        "reporting" optional reporting: Vec<ReportingEntry>,
        /// Work that more than one body shares.
        "themes" optional themes: Vec<ThemeEntry>,
        /// Anything, handed to templates.
        "extra" optional extra: RawYaml,
    }
}

record! {
    /// A body: a board, a committee, a partnership …
    pub struct BodyEntry {
        /// Its id; a body with a board's id is that board.
        "id" required id: Spanned<Slug>,
        /// Its name.
        "name" required name: Text,
        /// Its short name.
        "short" optional short: Text,
        /// What kind of body it is.
        "kind" optional kind: Spanned<BodyKind>,
        /// The law that it rests on.
        "statute" optional statute: Text,
        /// What it is for.
        "purpose" optional purpose: Prose,
        /// What it does, one text each.
        "functions" optional functions: Vec<Prose>,
        /// Who chairs it.
        "chair" optional chair: Text,
        /// The agency that answers for it: an id, or a name.
        "sponsor" optional sponsor: Text,
        /// How often it meets in a year.
        "meetings_per_year" optional meetings_per_year: Spanned<Count>,
        /// Its stated size, checked against its members' seats.
        "seats" optional seats: Spanned<Count>,
        /// Its members; each holds one seat unless it says otherwise.
        "members" optional members: Vec<TextOr<MemberEntry>>,
        /// Who comes without a seat.
        "in_attendance" optional in_attendance: Vec<Text>,
        /// The ids of the bodies that it reports to.
        "reports_to" optional reports_to: Vec<Text>,
        /// Anyone else whom it answers to, as text.
        "accountable_to" optional accountable_to: Vec<Text>,
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
        "name" required name: Text,
        /// How many seats it holds; one unless given.
        "seats" optional seats: Spanned<Count>,
    }
}

record! {
    /// A document that one body gives to others.
    pub struct ReportingEntry {
        /// The document.
        "document" required document: Text,
        /// The id of the body that it comes from.
        "from" required from: Text,
        /// The ids of the bodies that it goes to, with what they do with it.
        "to" required to: FreeMap<RecipientEntry>,
    }
}

record! {
    /// What a body does with a document.
    pub struct RecipientEntry {
        /// What it does; `receive` unless given.
        "action" optional action: Spanned<Action>,
        /// When.
        "when" optional when: Text,
        /// More about it.
        "note" optional note: Prose,
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
        "name" required name: Text,
        /// The body that leads: an id or short name, or `tbc`.
        "lead" optional lead: Text,
        /// The other bodies: ids or short names.
        "with" optional with: Vec<Text>,
        /// What is done.
        "work" optional work: Prose,
        /// Open questions.
        "notes" optional notes: Prose,
    }
}

//! `content/YEAR/governance.yaml`: bodies, their members and reporting lines, and the work they share.

use crate::source::yaml::from_yaml::FreeMap;
use crate::source::yaml::scalar::Count;
use crate::source::yaml::{Date, Prose, RawYaml, Slug, Spanned, Text, TextOr};
use crate::{choice, record};

record! {
    /// `content/YEAR/governance.yaml`: bodies, their members and reporting lines, and the work they share.
    pub struct GovernanceFile {
        /// The bodies of the partnership: boards, committees and so on.
        "bodies" optional bodies: Vec<BodyEntry>,
        /// The documents that bodies send each other: what goes to whom, and why.
        "reporting" optional reporting: Vec<ReportingEntry>,
        /// Work that several bodies share.
        "themes" optional themes: Vec<ThemeEntry>,
        /// Agreements between bodies, such as protocols.
        "agreements" optional agreements: Vec<AgreementEntry>,
        /// Your own data, passed on to the theme's templates.
        "extra" optional extra: RawYaml,
    }
}

record! {
    /// A body, such as a board, committee or partnership.
    pub struct BodyEntry {
        /// The body's id. If a board in `report.yaml` has the same id, they are the same body.
        "id" required id: Spanned<Slug>,
        /// The body's full name.
        "name" required name: Text,
        /// A short name, such as an abbreviation.
        "short" optional short: Text,
        /// The kind of body.
        "kind" optional kind: Spanned<BodyKind>,
        /// The law under which the body is set up.
        "statute" optional statute: Text,
        /// What the body is for.
        "purpose" optional purpose: Prose,
        /// What the body does, as a list.
        "functions" optional functions: Vec<Prose>,
        /// Who chairs the body.
        "chair" optional chair: Text,
        /// The agency that is responsible for the body: an agency's id, or a name.
        "sponsor" optional sponsor: Text,
        /// How many times a year the body meets.
        "meetings_per_year" optional meetings_per_year: Spanned<Count>,
        /// The number of seats. annal checks it against the seats of `members`.
        "seats" optional seats: Spanned<Count>,
        /// The members. Each has one seat unless `seats` says otherwise.
        "members" optional members: Vec<TextOr<MemberEntry>>,
        /// Who attends without a seat.
        "in_attendance" optional in_attendance: Vec<Text>,
        /// The ids of the bodies that this body reports to.
        "reports_to" optional reports_to: Vec<Text>,
        /// Anyone else to whom the body is accountable, as text.
        "accountable_to" optional accountable_to: Vec<Text>,
    }
}

choice! {
    /// The kind of body.
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
    /// A member of a body, with more than a name.
    pub struct MemberEntry {
        /// The member: an organisation or a role.
        "name" required name: Text,
        /// The number of seats; 1 by default.
        "seats" optional seats: Spanned<Count>,
    }
}

record! {
    /// A document that one body sends to others.
    pub struct ReportingEntry {
        /// The document's name.
        "document" required document: Text,
        /// The id of the body that sends the document.
        "from" required from: Text,
        /// The bodies that receive the document, by id, and what each does with it.
        "to" required to: FreeMap<RecipientEntry>,
    }
}

record! {
    /// What a body that receives a document does with it.
    pub struct RecipientEntry {
        /// What the body does with the document; `receive` by default.
        "action" optional action: Spanned<Action>,
        /// When or how often.
        "when" optional when: Text,
        /// A note.
        "note" optional note: Prose,
    }
}

choice! {
    /// What a body that receives a document does with it.
    pub enum Action {
        /// For information.
        Inform = "inform",
        /// For comment.
        Consult = "consult",
        /// Receives it formally.
        Receive = "receive",
        /// Decides on it.
        Approve = "approve",
    }
}

record! {
    /// Work that several bodies share.
    pub struct ThemeEntry {
        /// The name of the work.
        "name" required name: Text,
        /// The lead body: an id or short name, or `tbc` if not yet decided.
        "lead" optional lead: Text,
        /// The other bodies involved: ids or short names.
        "with" optional with: Vec<Text>,
        /// What the bodies do together.
        "work" optional work: Prose,
        /// Open questions.
        "notes" optional notes: Prose,
    }
}

record! {
    /// An agreement between bodies.
    pub struct AgreementEntry {
        /// The agreement's id, used in addresses and links.
        "id" required id: Spanned<Slug>,
        /// The agreement's name.
        "name" required name: Text,
        /// The bodies that agree: ids or short names.
        "between" required between: Vec<Text>,
        /// The version, such as `V0.5`.
        "version" optional version: Text,
        /// Whether it is a `draft` or has been `agreed`.
        "state" required state: Spanned<AgreementState>,
        /// The date on which it was agreed.
        "agreed" optional agreed: Spanned<Date>,
        /// The date by which it is to be reviewed next.
        "review_due" optional review_due: Spanned<Date>,
        /// Who approved it: bodies, by id or short name, or anybody else by name.
        "approved_by" optional approved_by: Vec<Text>,
        /// What it says, in short.
        "text" optional text: Prose,
        /// Where its text is: a web address, or a document of this site such as `documents/protocol.pdf`.
        "document" optional document: Text,
    }
}

choice! {
    /// Whether an agreement has been agreed.
    pub enum AgreementState {
        /// It is being discussed.
        Draft = "draft",
        /// It has been agreed.
        Agreed = "agreed",
    }
}

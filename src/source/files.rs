//! The YAML files and the front matter as people write them: each key declared once, with its meaning.
//!
//! These declarations are the reader, the check of unknown and missing keys, and the JSON Schemas. What the
//! values mean together is decided in [`crate::report`].

use super::yaml::scalar::Count;
use super::yaml::shape::{Free, TextOr};
use super::yaml::{Anything, Date, Moment, MonthOrDate, Number, Prose, Slug, Spanned, Text, Url};
use crate::{choice, record};

record! {
    /// `content/site.yaml`: the site as a whole.
    pub struct SiteFile {
        /// The partnership's name.
        "title" due title: Text,
        /// The absolute address at which the site is published, with or without a path.
        "base_url" due base_url: Spanned<Url>,
        /// The BCP 47 tag of the text's language; `en-GB` unless given.
        "language" may language: Text,
        /// A folder in `themes/`; `civic` unless given.
        "theme" may theme: Text,
        /// One sentence for search engines.
        "description" may description: Text,
        /// Who publishes the site.
        "publisher" may publisher: NamedLink,
        /// The licence of the text.
        "licence" may licence: NamedLink,
        /// Whom to turn to. Numbers and addresses here are official and may stand anywhere.
        "contacts" may contacts: Vec<ContactEntry>,
        /// Capitals that are no acronyms.
        "acronyms" may acronyms: AcronymsEntry,
        /// Severities for this site, by code: `error`, `warning`, `note` or `off`.
        "diagnostics" may diagnostics: Free<Spanned<SeverityWord>>,
        /// Named places to publish to.
        "publish" may publish: Free<PublishEntry>,
        /// Anything, handed to templates.
        "extra" may extra: Anything,
    }
}

record! {
    /// A name with an address.
    pub struct NamedLink {
        /// The name.
        "name" due name: Text,
        /// The address.
        "url" may url: Spanned<Url>,
    }
}

record! {
    /// Somebody to turn to.
    pub struct ContactEntry {
        /// Who answers.
        "name" due name: Text,
        /// What for.
        "for" may purpose: Text,
        /// A telephone number, or several with the hours at which each is answered.
        "phone" may phone: TextOr<Vec<PhoneEntry>>,
        /// An email address.
        "email" may email: Text,
        /// A postal address.
        "address" may address: Text,
        /// When somebody answers.
        "hours" may hours: Text,
        /// A page to go to.
        "url" may url: Spanned<Url>,
        /// Whether this contact is shown first on every page.
        "urgent" may urgent: Spanned<bool>,
    }
}

record! {
    /// A telephone number and when it is answered.
    pub struct PhoneEntry {
        /// The number.
        "number" due number: Text,
        /// When it is answered.
        "hours" may hours: Text,
    }
}

record! {
    /// How acronyms are told from other capitals.
    pub struct AcronymsEntry {
        /// Capitals that are no acronyms.
        "ignore" may ignore: Vec<Text>,
    }
}

record! {
    /// A place to publish to.
    pub struct PublishEntry {
        /// Its address: `file:///srv/www/report`, `s3://bucket/prefix` …
        "to" due to: Text,
        /// The store's region, where it has any.
        "region" may region: Text,
        /// The store's own address, where it is not the provider's.
        "endpoint" may endpoint: Spanned<Url>,
    }
}

choice! {
    /// A severity as a site sets it.
    pub enum SeverityWord {
        /// Nothing is built.
        Error = "error",
        /// Worth mending.
        Warning = "warning",
        /// Worth knowing.
        Note = "note",
        /// Not said at all.
        Off = "off",
    }
}

record! {
    /// `content/YEAR/report.yaml`: one year's report, who must submit, and by what rules.
    pub struct ReportFile {
        /// The report's title.
        "title" due title: Text,
        /// The period that the report is about.
        "period" due period: PeriodEntry,
        /// The date of publication.
        "published" may published: Spanned<Date>,
        /// The date, or date and time, before which the year is neither built nor published.
        "embargo" may embargo: Spanned<Moment>,
        /// The themes that the partnership chose for the year.
        "priorities" may priorities: Vec<PriorityEntry>,
        /// The boards that must submit, in order.
        "boards" due boards: Vec<BoardEntry>,
        /// The agencies that must submit, in order.
        "agencies" due agencies: Vec<AgencyEntry>,
        /// The dated sessions that attendance is kept of, in order.
        "meetings" may meetings: Vec<MeetingEntry>,
        /// The order of the report: page ids and part names.
        "contents" may contents: Vec<Text>,
        /// Rules for the sections of submissions.
        "sections" may sections: SectionsEntry,
        /// Limits that submissions should keep to.
        "limits" may limits: LimitsEntry,
        /// The sets of duties that the report answers to.
        "duties" may duties: Vec<Text>,
        /// Who was sent the report, when, and for what.
        "distribution" may distribution: Vec<DistributionEntry>,
        /// The date by which submissions are due.
        "due" may due: Spanned<Date>,
        /// Known faults that are let through in the open.
        "waivers" may waivers: Vec<WaiverEntry>,
        /// Anything, handed to templates.
        "extra" may extra: Anything,
    }
}

record! {
    /// From when to when.
    pub struct PeriodEntry {
        /// The first day.
        "from" due from: Spanned<Date>,
        /// The last day.
        "to" due to: Spanned<Date>,
    }
}

record! {
    /// A theme that the partnership chose for the year.
    pub struct PriorityEntry {
        /// Its id.
        "id" due id: Spanned<Slug>,
        /// Its name.
        "name" due name: Text,
        /// What it is about.
        "summary" may summary: Prose,
    }
}

record! {
    /// A board that must submit.
    pub struct BoardEntry {
        /// Its id, which is its file's name.
        "id" due id: Spanned<Slug>,
        /// Its name.
        "name" due name: Text,
        /// Its short name.
        "short" may short: Text,
        /// The agency that answers for it: an id, or a name.
        "sponsor" may sponsor: Text,
        /// What it is for.
        "purpose" may purpose: Prose,
    }
}

record! {
    /// An agency that must submit.
    pub struct AgencyEntry {
        /// Its id, which is its file's name.
        "id" due id: Spanned<Slug>,
        /// Its name.
        "name" due name: Text,
        /// Its short name.
        "short" may short: Text,
        /// Other names that it goes by in tables.
        "aliases" may aliases: Vec<Text>,
    }
}

record! {
    /// A dated session.
    pub struct MeetingEntry {
        /// Its month or day.
        "date" due date: Spanned<MonthOrDate>,
        /// What its column is headed with.
        "label" may label: Text,
        /// A note, printed under the attendance table.
        "note" may note: Prose,
    }
}

record! {
    /// Rules for the sections of submissions.
    pub struct SectionsEntry {
        /// Of boards.
        "board" may board: Vec<SectionRule>,
        /// Of agencies.
        "agency" may agency: Vec<SectionRule>,
    }
}

record! {
    /// A section that submissions have.
    pub struct SectionRule {
        /// Its id: `done`, `next`, or another.
        "id" due id: Spanned<Slug>,
        /// What the page shows.
        "title" due title: Text,
        /// Headings that open it besides its title and the built-in ones.
        "headings" may headings: Vec<Text>,
        /// Whether every submission must have it.
        "required" may required: Spanned<bool>,
    }
}

record! {
    /// Limits that submissions should keep to.
    pub struct LimitsEntry {
        /// The most words of a submission.
        "words" may words: Spanned<Count>,
    }
}

record! {
    /// Somebody who was sent the report.
    pub struct DistributionEntry {
        /// Who.
        "to" due to: Text,
        /// When.
        "on" may on: Spanned<Date>,
        /// For what.
        "for" may purpose: Text,
    }
}

record! {
    /// A known fault that is let through in the open.
    pub struct WaiverEntry {
        /// The code of the diagnostics that it covers.
        "code" due code: Text,
        /// The file that they are about, from the year's folder.
        "file" due file: Text,
        /// Words that their place or message must hold.
        "text" may text: Text,
        /// Why, as it is printed on the page.
        "reason" due reason: Prose,
    }
}

record! {
    /// The front matter of a board's or agency's submission.
    pub struct SubmissionFront {
        /// The page's title; the name in `report.yaml` unless given.
        "title" may title: Text,
        /// One or two sentences for cards, search engines and feeds.
        "summary" may summary: Text,
        /// Of boards: the agency that answers for it, an id or a name.
        "sponsor" may sponsor: Text,
        /// Who wrote it; the email is never published.
        "author" may author: AuthorEntry,
        /// When it was submitted.
        "submitted" may submitted: Spanned<Date>,
        /// How far it is; `submitted` unless given.
        "status" may status: Spanned<Status>,
        /// Who signed it off, and when.
        "signed_off" may signed_off: SignedOffEntry,
        /// The priorities that it is about: ids from `report.yaml`.
        "priorities" may priorities: Vec<Text>,
        /// The duties that it is evidence for.
        "evidence" may evidence: Vec<Text>,
        /// What became of last year's commitments.
        "follow_up" may follow_up: Vec<FollowUpEntry>,
        /// Earlier addresses that must lead here.
        "aliases" may aliases: Vec<Text>,
        /// Anything, handed to templates.
        "extra" may extra: Anything,
    }
}

record! {
    /// Who wrote a submission.
    pub struct AuthorEntry {
        /// The name.
        "name" may name: Text,
        /// The role.
        "role" may role: Text,
        /// The email address, which is never published.
        "email" may email: Text,
    }
}

record! {
    /// Who signed a submission off, and when.
    pub struct SignedOffEntry {
        /// Who.
        "by" may by: Text,
        /// When.
        "on" may on: Spanned<Date>,
    }
}

record! {
    /// What became of a commitment of the year before.
    pub struct FollowUpEntry {
        /// The commitment's slug, or its id with the submission's.
        "commitment" due commitment: Text,
        /// What became of it.
        "outcome" due outcome: Spanned<Outcome>,
        /// More about it; due where the commitment was dropped.
        "note" may note: Prose,
    }
}

choice! {
    /// What became of a commitment.
    pub enum Outcome {
        /// It was done.
        Delivered = "delivered",
        /// It is being done.
        InProgress = "in-progress",
        /// Nothing was done yet.
        NotStarted = "not-started",
        /// It will not be done.
        Dropped = "dropped",
    }
}

choice! {
    /// How far a submission or page is.
    pub enum Status {
        /// Not to be built unless asked for.
        Draft = "draft",
        /// Sent in.
        Submitted = "submitted",
        /// Signed off by who answers for it.
        SignedOff = "signed-off",
    }
}

record! {
    /// The front matter of a page.
    pub struct PageFront {
        /// The page's title.
        "title" due title: Text,
        /// One or two sentences for cards, search engines and feeds.
        "summary" may summary: Text,
        /// Its place among the pages: the smallest number first.
        "order" may order: Spanned<Number>,
        /// The duties that it is evidence for.
        "evidence" may evidence: Vec<Text>,
        /// Earlier addresses that must lead here.
        "aliases" may aliases: Vec<Text>,
        /// How far it is; `submitted` unless given.
        "status" may status: Spanned<Status>,
        /// Who signed it, for a foreword.
        "signed_by" may signed_by: SignedByEntry,
        /// Anything, handed to templates.
        "extra" may extra: Anything,
    }
}

record! {
    /// Who signed a page.
    pub struct SignedByEntry {
        /// The name.
        "name" due name: Text,
        /// The role.
        "role" may role: Text,
    }
}

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

record! {
    /// `content/YEAR/reviews.yaml`: reviews, their findings and what became of them.
    pub struct ReviewsFile {
        /// The reviews.
        "reviews" may reviews: Vec<ReviewEntry>,
        /// What all of them teach, one text each.
        "learning" may learning: Vec<Prose>,
        /// Anything, handed to templates.
        "extra" may extra: Anything,
    }
}

record! {
    /// A review.
    pub struct ReviewEntry {
        /// Its id.
        "id" due id: Spanned<Slug>,
        /// What kind of review it is.
        "kind" due kind: Spanned<ReviewKind>,
        /// Whether it is over.
        "status" due status: Spanned<ReviewStatus>,
        /// Where it is published.
        "published" may published: Spanned<Url>,
        /// What it found.
        "findings" may findings: Vec<FindingEntry>,
    }
}

choice! {
    /// What kind of review it is.
    pub enum ReviewKind {
        /// A safeguarding adults review.
        Sar = "SAR",
        /// A child safeguarding practice review.
        Cspr = "CSPR",
        /// A domestic homicide review.
        Dhr = "DHR",
        /// A rapid review.
        RapidReview = "rapid-review",
        /// A local learning review.
        LocalLearningReview = "local-learning-review",
        /// A child death review.
        ChildDeath = "child-death",
    }
}

choice! {
    /// Whether a review is over.
    pub enum ReviewStatus {
        /// Still going on at the end of the year.
        Ongoing = "ongoing",
        /// Over.
        Concluded = "concluded",
    }
}

record! {
    /// What a review found.
    pub struct FindingEntry {
        /// The finding.
        "finding" due finding: Prose,
        /// What was or will be done about it.
        "action" may action: Prose,
        /// Why nothing will be done about it.
        "declined" may declined: Prose,
    }
}

record! {
    /// A term of `content/glossary.yaml` with more than its meaning.
    pub struct TermEntry {
        /// What it means.
        "meaning" due meaning: Text,
        /// Where to read more.
        "link" may link: Text,
    }
}

/// `content/glossary.yaml`: terms and what they mean.
pub type GlossaryFile = Free<TextOr<TermEntry>>;

record! {
    /// The YAML of a `chart` block.
    pub struct ChartFile {
        /// The kind of chart; `bar` unless given.
        "kind" may kind: Spanned<ChartKind>,
        /// The headline, which says the finding.
        "title" due title: Text,
        /// What somebody hears who cannot see the chart.
        "description" due description: Text,
        /// What the numbers count.
        "unit" may unit: Text,
        /// The names of the series, where a row has several numbers.
        "series" may series: Vec<Text>,
        /// The rows: a label with a number, or with a number for each series.
        "rows" due rows: Free<NumberOr<Vec<Spanned<Number>>>>,
    }
}

choice! {
    /// The kind of a chart.
    pub enum ChartKind {
        /// Bars from left to right.
        Bar = "bar",
        /// Bars from bottom to top.
        Column = "column",
        /// A line.
        Line = "line",
    }
}

/// One number, or several.
pub type NumberOr<T> = super::yaml::shape::OneOr<Spanned<Number>, T>;

//! One year's report, and the people and pages in it.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};

use super::duties::RequiredDutySet;
use super::ids::{DutyId, PriorityId, SubmitterKind, Year};
use super::meeting::Meeting;
use super::members::{Agency, Board, Submitter};
use super::sections::SectionRules;
use super::submission::Submission;
use super::year_data::YearData;
use crate::diagnostic::{Code, Location, RelPath};
use crate::options::Options;
use crate::source::digest::Digest;
use crate::source::files::PublicationStatus;
use crate::source::markdown::Markdown;
use crate::source::yaml::{RawYaml, Text};

/// Whether the year before a report's is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PreviousYear {
    /// It is.
    #[default]
    There,
    /// It has files, but no `report.yaml`, which is told.
    Lost,
    /// There is nothing of it.
    Gone,
}

/// One year's validated whole.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// The hash of everything that it was made of: where it is the same, so is the report.
    pub input_hash: Digest,
    /// The year that its folder names.
    pub year: Year,
    /// Its folder, `content/YEAR`.
    pub folder: RelPath,
    /// Its `report.yaml`.
    pub file: RelPath,
    /// The report's title.
    pub title: String,
    /// The first and the last day.
    pub period: Option<(Date, Date)>,
    /// The date of publication.
    pub published: Option<Date>,
    /// Until when it is neither built nor published.
    pub embargo: Embargo,
    /// The date by which submissions are due.
    pub due: Option<Date>,
    /// What the partnership chose for the year.
    pub priorities: Vec<Priority>,
    /// The boards that must submit, in order.
    pub boards: Vec<Board>,
    /// The agencies that must submit, in order.
    pub agencies: Vec<Agency>,
    /// The dated sessions, in order.
    pub meetings: Vec<Meeting>,
    /// Its files that could not be read, or are no YAML, which is told: what they say is unknown.
    pub unreadable: BTreeSet<RelPath>,
    /// Whose list of those who must submit could not be read whole, which is told.
    pub unreadable_lists: Vec<SubmitterKind>,
    /// Whether the year before is there, by whose commitments its answers go.
    pub before: PreviousYear,
    /// The order of the report: page ids and parts, as written.
    pub contents: Vec<Text>,
    /// The sections of submissions: the boards' and the agencies'.
    pub section_rules: Vec<SectionRules>,
    /// The most words that a submission should have.
    pub word_limit: Option<u32>,
    /// The rule sets that the report answers to.
    pub duties: Vec<RequiredDutySet>,
    /// Who was sent the report.
    pub distribution: Vec<Distribution>,
    /// Known faults let through in the open.
    pub waivers: Vec<Waiver>,
    /// The narrative pages, in their order.
    pub pages: Vec<Page>,
    /// What its other files of data say.
    pub data: YearData,
    /// Images that pages use: the files below `media/`.
    pub media: Vec<RelPath>,
    /// Free data for templates.
    pub extra: Option<RawYaml>,
}

impl Report {
    /// Everybody who must submit, the boards first, each group in its order.
    pub(crate) fn submitters(&self) -> impl Iterator<Item = Submitter<'_>> {
        self.boards.iter().map(Submitter::from).chain(self.agencies.iter().map(Submitter::from))
    }

    /// Everybody of a kind who must submit, in order.
    pub(crate) fn submitters_of(&self, kind: SubmitterKind) -> impl Iterator<Item = Submitter<'_>> {
        self.submitters().filter(move |submitter| submitter.kind == kind)
    }

    /// A board or agency that must submit.
    #[must_use]
    pub(crate) fn submitter(&self, kind: SubmitterKind, id: &str) -> Option<Submitter<'_>> {
        self.submitters_of(kind).find(|submitter| submitter.id == id)
    }

    /// Every submission that came in, the boards' first, each group in its order.
    pub(crate) fn submissions(&self) -> impl Iterator<Item = &Submission> {
        self.submitters().filter_map(|submitter| submitter.submission)
    }

    /// The same to be completed, by what other years and languages say.
    pub(super) fn submissions_mut(&mut self) -> impl Iterator<Item = &mut Submission> {
        let boards = self.boards.iter_mut().filter_map(|board| board.submission.as_mut());
        boards.chain(self.agencies.iter_mut().filter_map(|agency| agency.submission.as_mut()))
    }

    /// The sections that submissions of a kind have.
    #[must_use]
    pub(crate) fn rules_of(&self, kind: SubmitterKind) -> Option<&SectionRules> {
        self.section_rules.iter().find(|rules| rules.kind() == kind)
    }

    /// Whether a board or agency has a file for the year that could not be read: what it sent is unknown, and not missing.
    #[must_use]
    pub(crate) fn lost_content(&self, kind: SubmitterKind, id: &str) -> bool {
        self.unreadable.contains(format!("{}/{}/{id}.md", self.folder, kind.folder()).as_str())
    }

    /// What a board or agency sent.
    #[must_use]
    pub(crate) fn submission(&self, kind: SubmitterKind, id: &str) -> Option<&Submission> {
        self.submitter(kind, id)?.submission
    }

    /// The Markdown in the year's own YAML files, as against submissions and pages.
    pub(crate) fn prose(&self) -> impl Iterator<Item = &Markdown> {
        let priorities = self.priorities.iter().filter_map(|priority| priority.summary.as_ref());
        let boards = self.boards.iter().filter_map(|board| board.purpose.as_ref());
        let meetings = self.meetings.iter().filter_map(|meeting| meeting.note.as_ref());
        let waivers = self.waivers.iter().filter_map(|waiver| waiver.reason.as_ref());
        priorities.chain(boards).chain(meetings).chain(waivers).chain(self.data.prose())
    }

    /// Every Markdown text of the year.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Markdown> {
        let pages = self.pages.iter().map(|page| &page.body);
        let submissions = self.submissions().flat_map(|submission| {
            let notes = submission.follow_ups.iter().filter_map(|answer| answer.note.as_ref());
            std::iter::once(&submission.body).chain(notes)
        });
        self.prose().chain(pages).chain(submissions)
    }

    /// Whether the year is left out of what is built, since it may not be seen yet.
    #[must_use]
    pub(crate) fn is_embargoed(&self, options: &Options) -> bool {
        let holds = match self.embargo {
            Embargo::None => false,
            Embargo::Until(moment) => moment > options.today.at(0, 0, 0, 0),
            Embargo::Unreadable => true,
        };
        holds && !options.embargoed
    }

    /// The priority with an id.
    #[must_use]
    pub(crate) fn priority(&self, id: &PriorityId) -> Option<&Priority> {
        self.priorities.iter().find(|priority| priority.id == *id)
    }
}

/// Until when a year is left out of what is built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Embargo {
    /// It may be seen now.
    #[default]
    None,
    /// It may be seen from this moment on.
    Until(DateTime),
    /// Something may be written that could not be read, so that the year is held back until it can.
    Unreadable,
}

/// Something that the partnership chose for the year.
#[derive(Clone, Debug)]
pub(crate) struct Priority {
    /// Its id.
    pub id: PriorityId,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub summary: Option<Markdown>,
}

/// Somebody who was sent the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Distribution {
    /// Who.
    pub to: String,
    /// When.
    pub on: Option<Date>,
    /// For what.
    pub purpose: Option<String>,
}

/// A known fault that is let through in the open.
#[derive(Clone, Debug)]
pub(crate) struct Waiver {
    /// What it covers.
    pub code: Code,
    /// The file that the fault is in, from the site's root.
    pub file: RelPath,
    /// Words that the fault's place or message must hold.
    pub text: Option<Text>,
    /// Why; nothing where that is not written, which is diagnosed.
    pub reason: Option<Markdown>,
    /// Its entry in `report.yaml`.
    pub location: Location,
}

/// A narrative page, of a year or of the site.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// Its id: the file's name.
    pub id: String,
    /// Its file.
    pub file: RelPath,
    /// Its title.
    pub title: Text,
    /// One or two sentences about it.
    pub summary: Option<Text>,
    /// Its place among the pages.
    pub order: Option<f64>,
    /// The duties that it is evidence for.
    pub evidence: Vec<DutyId>,
    /// Earlier addresses.
    pub aliases: Vec<Text>,
    /// How far it is; a draft where that could not be read.
    pub status: PublicationStatus,
    /// Whether how far it is could be read.
    pub is_status_known: bool,
    /// Who signed it: name and role.
    pub signed_by: Option<(String, Option<String>)>,
    /// Its text.
    pub body: Markdown,
    /// Free data for templates.
    pub extra: Option<RawYaml>,
}

//! The report of one year, its priorities, waivers and pages.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use super::corrections::Correction;
use super::cover::CoverRequest;
use super::distribution::Distribution;
use super::documents::PublishedDocument;
use super::duties::RequiredDutySet;
use super::front_page::FrontPage;
use super::ids::{DutyId, IndicatorId, PriorityId, SubmitterKind, Year};
use super::indicators::published::PublishedYear;
use super::meeting::Meeting;
use super::members::{Agency, Board, Submitter};
use super::sections::SectionRules;
use super::sign_off::SignOff;
use super::submission::Submission;
use super::year_data::YearData;
use crate::diagnostic::{Code, Location, RelPath, Span};
use crate::options::Options;
use crate::source::digest::Digest;
use crate::source::files::{ProgressState, PublicationStatus};
use crate::source::markdown::{HeldMarkdown, LinkedText, Markdown};
use crate::source::yaml::{RawYaml, Text};

/// Whether the previous year exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum PreviousYear {
    /// It has a report.
    #[default]
    There,
    /// It has files but no `report.yaml`, which is reported.
    Lost,
    /// It has no files.
    Gone,
}

/// Everything about one year.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// The hash of everything that the report was built from: equal hashes mean equal reports.
    pub input_hash: Digest,
    /// The year in the name of its folder.
    pub year: Year,
    /// Its folder, `content/YEAR`.
    pub folder: RelPath,
    /// Its `report.yaml`.
    pub file: RelPath,
    pub title: String,
    /// The language, if it is a translation.
    pub translated_into: Option<String>,
    /// The first and the last day that it covers.
    pub period: Option<(Date, Date)>,
    /// The date of publication.
    pub published: Option<Date>,
    /// Whether it is in preparation, and so not built yet.
    pub is_preparing: bool,
    /// How long it is neither built nor published.
    pub embargo: Embargo,
    /// The date by which submissions are due.
    pub due: Option<Date>,
    /// What its front page opens with.
    pub front: FrontPage,
    /// The priorities that the partnership chose for the year.
    pub priorities: Vec<Priority>,
    /// The boards that must submit, in order.
    pub boards: Vec<Board>,
    /// The agencies that must submit, in order.
    pub agencies: Vec<Agency>,
    /// The meetings, in order.
    pub meetings: Vec<Meeting>,
    /// Files that could not be read or are not valid YAML, which is reported. What they say is unknown.
    pub unreadable: BTreeSet<RelPath>,
    /// The kinds of submitter whose list could not be read completely, which is reported.
    pub unreadable_lists: Vec<SubmitterKind>,
    /// Whether the previous year exists, whose commitments this one follows up.
    pub before: PreviousYear,
    /// The order of the report: page ids and parts, as written.
    pub contents: Vec<Text>,
    /// The section rules for the submissions of boards and of agencies.
    pub section_rules: Vec<SectionRules>,
    /// The most words that a submission should have.
    pub word_limit: Option<u32>,
    /// The rule sets that the report must follow.
    pub duties: Vec<RequiredDutySet>,
    /// The duties of those sets that do not apply.
    pub not_applicable: Vec<NotApplicable>,
    /// Who received the report.
    pub distribution: Vec<Distribution>,
    /// Who signed it off as a whole, when, and which words.
    pub signed_off: Option<SignOff>,
    /// What was wrong when it was first published, the latest correction first.
    pub corrections: Vec<Correction>,
    /// Accepted problems, each published with its reason.
    pub waivers: Vec<Waiver>,
    /// The narrative pages, in their order.
    pub pages: Vec<Page>,
    /// The contents of its data files.
    pub data: YearData,
    /// What is published of its indicators, if it has values for any.
    pub indicators: Option<Arc<PublishedYear>>,
    /// Images that pages may use: the files below `media/`.
    pub media: Vec<RelPath>,
    /// Those of its pictures and documents that only texts lead to which are not built.
    pub held_files: BTreeSet<RelPath>,
    /// The documents that are published beside its pages: the files in `documents/`.
    pub documents: Vec<PublishedDocument>,
    /// The hash of the files that its PDF is made from.
    pub text_hash: Digest,
    /// Free data for templates.
    pub extra: Option<RawYaml>,
}

impl Report {
    /// Whether any of its commitments was made in the year before already and not delivered.
    #[must_use]
    pub(crate) fn carries_over(&self) -> bool {
        self.submissions().any(|sent| sent.commitments.iter().any(|commitment| commitment.is_carried_over))
    }

    /// Everybody who must submit: the boards, then the agencies, each in the order of `report.yaml`.
    pub(crate) fn submitters(&self) -> impl Iterator<Item = Submitter<'_>> {
        self.boards.iter().map(Submitter::from).chain(self.agencies.iter().map(Submitter::from))
    }

    /// Everybody of one kind who must submit, in order.
    pub(crate) fn submitters_of(&self, kind: SubmitterKind) -> impl Iterator<Item = Submitter<'_>> {
        self.submitters().filter(move |submitter| submitter.kind == kind)
    }

    /// The board or agency with this id, if it must submit.
    #[must_use]
    pub(crate) fn submitter(&self, kind: SubmitterKind, id: &str) -> Option<Submitter<'_>> {
        self.submitters_of(kind).find(|submitter| submitter.id == id)
    }

    /// Every submission received: those of boards, then those of agencies, each in order.
    pub(crate) fn submissions(&self) -> impl Iterator<Item = &Submission> {
        self.submitters().filter_map(|submitter| submitter.submission)
    }

    /// What each board and agency says of its year in a sentence, with its title: its summary, or else the first thing that it has
    /// done. Drafts are left out.
    pub(crate) fn highlights(&self) -> impl Iterator<Item = (&str, String)> {
        let published = self.submissions().filter(|sent| sent.status != PublicationStatus::Draft);
        published.filter_map(|sent| {
            let summary = sent.summary.as_ref().map(|summary| summary.value.clone());
            Some((sent.title.as_str(), summary.or_else(|| sent.first_achievement())?))
        })
    }

    /// The submissions, to be completed with what other years and languages say.
    pub(super) fn submissions_mut(&mut self) -> impl Iterator<Item = &mut Submission> {
        let boards = self.boards.iter_mut().filter_map(|board| board.submission.as_mut());
        boards.chain(self.agencies.iter_mut().filter_map(|agency| agency.submission.as_mut()))
    }

    /// Drops the submissions for which `is_dropped` says so.
    pub(super) fn drop_submissions(&mut self, is_dropped: impl Fn(&Submission) -> bool) {
        let boards = self.boards.iter_mut().map(|board| &mut board.submission);
        for sent in boards.chain(self.agencies.iter_mut().map(|agency| &mut agency.submission)) {
            sent.take_if(|sent| is_dropped(sent));
        }
    }

    /// The section rules for one kind of submission.
    #[must_use]
    pub(crate) fn rules_of(&self, kind: SubmitterKind) -> Option<&SectionRules> {
        self.section_rules.iter().find(|rules| rules.kind() == kind)
    }

    /// Whether a board or agency has a file that could not be read: its submission is then unknown, not missing.
    #[must_use]
    pub(crate) fn lost_content(&self, kind: SubmitterKind, id: &str) -> bool {
        self.unreadable.contains(format!("{}/{}/{id}.md", self.folder, kind.folder()).as_str())
    }

    /// The submission of a board or agency, if it has sent one.
    #[must_use]
    pub(crate) fn submission(&self, kind: SubmitterKind, id: &str) -> Option<&Submission> {
        self.submitter(kind, id)?.submission
    }

    /// The Markdown of the reports to committees, which is in no page of the site.
    pub(crate) fn cover_prose(&self) -> impl Iterator<Item = &Markdown> {
        self.distribution.iter().filter_map(|sent| sent.cover.as_ref()).flat_map(CoverRequest::prose)
    }

    /// The Markdown in the year's own YAML files that is shown on pages, without submissions and pages of text.
    pub(crate) fn prose(&self) -> impl Iterator<Item = &Markdown> {
        let priorities = self.priorities.iter().flat_map(Priority::prose);
        let boards = self.boards.iter().filter_map(|board| board.purpose.as_deref());
        let meetings = self.meetings.iter().filter_map(|meeting| meeting.note.as_deref());
        let waivers = self.waivers.iter().filter_map(|waiver| waiver.reason.as_deref());
        let reasons = self.not_applicable.iter().filter_map(|duty| duty.reason.as_deref());
        let resolutions = self.distribution.iter().filter_map(|sent| sent.resolved.as_ref());
        let corrections = self.corrections.iter().map(|correction| &correction.what);
        let others = reasons.chain(resolutions).chain(corrections);
        priorities.chain(others).chain(boards).chain(meetings).chain(waivers).chain(self.data.prose())
    }

    /// The links of every Markdown text of the year.
    pub(crate) fn linked_texts(&self) -> impl Iterator<Item = &LinkedText> {
        let pages = self.pages.iter().map(|page| &page.body.linked);
        let submissions = self.submissions().flat_map(|submission| {
            let notes = submission.follow_ups.iter().filter_map(|answer| answer.note.as_ref());
            std::iter::once(&submission.body.linked).chain(notes.map(|note| &note.linked))
        });
        self.prose().map(|text| &text.linked).chain(pages).chain(submissions)
    }

    /// Reads the words of all submissions. While the result is kept, nobody else reads them again.
    #[must_use]
    pub(crate) fn read_submissions(&self) -> Vec<HeldMarkdown> {
        self.submissions().map(|sent| sent.body.read()).collect()
    }

    /// The links that are values of keys in the year's own YAML files, each with its file.
    pub(crate) fn written_links(&self) -> impl Iterator<Item = (&RelPath, &Text)> {
        let front = self.front.links().map(|link| (&self.file, link));
        let agreements = self.data.governance.iter().flat_map(|governance| &governance.agreements);
        front.chain(agreements.filter_map(|one| Some((&one.location.file, one.document.as_ref()?))))
    }

    /// Why readers may not see the year yet; `None` if they may.
    #[must_use]
    pub(crate) fn hold(&self, options: &Options) -> Option<YearHold> {
        match self.embargo {
            _ if self.is_preparing && !options.preparing => Some(YearHold::Preparing),
            _ if options.embargoed => None,
            Embargo::None => None,
            Embargo::Until(moment) => (moment > options.today.at(0, 0, 0, 0)).then_some(YearHold::Until(moment)),
            Embargo::Unreadable => Some(YearHold::Unreadable),
        }
    }

    /// Whether the year is built: readers may see it, and no other year alone is asked for.
    #[must_use]
    pub(crate) fn is_built(&self, options: &Options) -> bool {
        let name = self.year.as_str();
        let is_asked_for = options.year.as_deref().is_none_or(|year| year == name || options.kept_years.contains(name));
        is_asked_for && self.hold(options).is_none()
    }

    /// The priority with this id.
    #[must_use]
    pub(crate) fn priority(&self, id: &PriorityId) -> Option<&Priority> {
        self.priorities.iter().find(|priority| priority.id == *id)
    }
}

/// How long a year is left out of the build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Embargo {
    /// It may be seen now.
    #[default]
    None,
    /// It may be seen from this moment on.
    Until(DateTime),
    /// There may be an embargo that could not be read, so the year is held back until it can be.
    Unreadable,
}

/// Why readers may not see a year yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearHold {
    /// It is in preparation.
    Preparing,
    /// It is under embargo until this moment.
    Until(DateTime),
    /// It may be either, which could not be read.
    Unreadable,
}

impl YearHold {
    /// The reason in a few words.
    #[must_use]
    pub(crate) fn reason(self) -> String {
        match self {
            Self::Preparing => "in preparation".to_owned(),
            Self::Until(moment) => format!("under embargo until {}", in_words(moment)),
            Self::Unreadable => "held back: its embargo or state could not be read".to_owned(),
        }
    }
}

/// A moment in words: `15 January 2027`, or `09:30 on 15 January 2027` if it is not the start of the day.
fn in_words(moment: DateTime) -> String {
    let date = moment.strftime("%-d %B %Y");
    if moment.time() == jiff::civil::Time::midnight() {
        date.to_string()
    } else {
        format!("{} on {date}", moment.strftime("%H:%M"))
    }
}

/// A priority that the partnership chose for the year.
#[derive(Clone, Debug)]
pub(crate) struct Priority {
    pub id: PriorityId,
    pub name: String,
    /// What it is about.
    pub summary: Option<Box<Markdown>>,
    /// How much progress was made on it.
    pub progress: Option<PriorityProgress>,
}

impl Priority {
    /// Its texts.
    fn prose(&self) -> impl Iterator<Item = &Markdown> {
        self.summary.as_deref().into_iter().chain(self.progress.iter().filter_map(|progress| progress.text.as_deref()))
    }
}

/// How much progress was made on a priority, in the partnership's own judgement.
#[derive(Clone, Debug)]
pub(crate) struct PriorityProgress {
    pub state: ProgressState,
    /// The place of its state in the report's file.
    pub span: Span,
    /// What was achieved, or why not more was.
    pub text: Option<Box<Markdown>>,
    /// The indicators that show it.
    pub measures: Vec<IndicatorId>,
}

/// A duty that does not apply to the partnership.
#[derive(Clone, Debug)]
pub(crate) struct NotApplicable {
    pub duty: DutyId,
    /// The reason; `None` if it is missing, which is reported.
    pub reason: Option<Box<Markdown>>,
}

/// An accepted problem: its diagnostic is let through, and published with a reason.
#[derive(Clone, Debug)]
pub(crate) struct Waiver {
    /// The code of the diagnostic.
    pub code: Code,
    /// The file with the problem, from the site's root.
    pub file: RelPath,
    /// Words that the text at the place, or what the diagnostic is about, must contain.
    pub text: Option<Text>,
    /// The reason; `None` if it is missing, which is reported.
    pub reason: Option<Box<Markdown>>,
    /// Its entry in `report.yaml`.
    pub location: Location,
}

/// A narrative page, of a year or of the site.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The name of its file without the ending.
    pub id: String,
    pub file: RelPath,
    pub title: Text,
    /// One or two sentences about it.
    pub summary: Option<Text>,
    /// Its position among the pages.
    pub order: Option<f64>,
    /// The duties that it is evidence for.
    pub evidence: Vec<DutyId>,
    /// Earlier addresses.
    pub aliases: Vec<Text>,
    /// The publication status; a draft if it could not be read.
    pub status: PublicationStatus,
    /// Whether the status could be read.
    pub is_status_known: bool,
    /// Who signed it: name and role.
    pub signed_by: Option<(String, Option<String>)>,
    pub body: Markdown,
    /// The theme's template for it, if it is not that of all pages.
    pub template: Option<Text>,
    /// Free data for templates.
    pub extra: Option<RawYaml>,
}

/// Whether something of this status is built.
#[must_use]
pub(crate) fn is_built(status: PublicationStatus, options: &Options) -> bool {
    status != PublicationStatus::Draft || options.drafts
}

//! One year's report as it is made into pages, or into one document.

use super::page_list::PageKind;
use super::prose::ProsePlacement;
use super::year_index::YearIndex;
use super::{
    SiteContext, attendance, budget, commitments, duties, governance, narrative, print, priorities, report_index,
    reviews, submission, submitters,
};
use crate::diagnostic::Span;
use crate::model::duties as law;
use crate::model::ids::Sponsor;
use crate::model::terms::TermIndex;
use crate::model::{Agency, AgencyId, BodyId, Part, PreviousReport, Report, SubmitterKind, Year};
use crate::render::route::YearRoutes;
use crate::render::theme::{self, Value};
use crate::render::view::Html;
use crate::render::view::shared::{LinkView, NoticeView};
use crate::source::markdown::Markdown;

/// What a report is made into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputMode {
    /// Pages that link to each other.
    Pages,
    /// One document, whose links stay in it.
    Document,
}

/// One year's report as it is made into pages, or into one document.
#[derive(Clone, Copy)]
pub struct YearContext<'a> {
    /// The building that it is part of.
    pub edition: &'a SiteContext<'a>,
    /// The year's index in the routes.
    pub index: usize,
    /// The year's addresses.
    pub routes: &'a YearRoutes,
    /// The report.
    pub report: &'a Report,
    /// What was looked up of it.
    pub lookup: &'a YearIndex<'a>,
    /// What it is made into.
    pub medium: OutputMode,
}

impl<'a> YearContext<'a> {
    /// A year as it is made into pages.
    #[must_use]
    pub fn new(edition: &'a SiteContext<'a>, lookup: &'a YearIndex<'a>, index: usize) -> Self {
        let routes = &edition.routes.years[index];
        Self { edition, index, routes, report: edition.report(routes), lookup, medium: OutputMode::Pages }
    }

    /// The report of the year before and its addresses, where it is built.
    #[must_use]
    pub fn before(&self) -> Option<(&'a Report, &'a YearRoutes)> {
        let before = self.routes.report.checked_sub(1)?;
        let routes = self.edition.routes.years.get(self.index + 1).filter(|routes| routes.report == before)?;
        Some((self.edition.archive.reports.get(before)?, routes))
    }

    /// What readers may see of the year before.
    #[must_use]
    pub fn earlier(&self) -> PreviousReport<'a> {
        let before = self.routes.report.checked_sub(1).and_then(|at| self.edition.archive.reports.get(at));
        PreviousReport::new(self.report, before.map(AsRef::as_ref), self.edition.options)
    }

    /// What stands above answers to the commitments of the report before: the words of `key`, which call its year the
    /// last one. Where a year or more has no report between the two, the year is named.
    #[must_use]
    pub fn answers_title(&self, key: &str) -> String {
        let words = self.edition.words;
        match self.skipped_to() {
            Some(year) => words.say("follow_ups_of", &[("year", year.as_str())]),
            None => words.text(key).to_owned(),
        }
    }

    /// The year of the report before, where it is not the year right before.
    fn skipped_to(&self) -> Option<&'a Year> {
        let before = self.before().map(|(before, _)| &before.year);
        before.filter(|before| before.first() + 1 < self.report.year.first())
    }

    /// The terms to mark up. In the document a reader would meet them again and again.
    #[must_use]
    pub fn terms(&self) -> Option<&'a TermIndex> {
        (self.medium == OutputMode::Pages).then_some(&self.lookup.terms)
    }

    /// The same report as one document.
    #[must_use]
    pub fn as_document(self) -> Self {
        Self { medium: OutputMode::Document, ..self }
    }

    /// The template and the view of a page, and what search engines are told of it.
    pub(super) fn view_of(&self, subject: PageKind) -> (&'static str, Value, String) {
        let report = &self.report.title;
        let of_part = |part: Part| format!("{}: {report}", self.edition.words.text(part.name()));
        let or_title =
            |text: &str, title: &str| if text.is_empty() { format!("{title}: {report}") } else { text.to_owned() };
        match subject {
            PageKind::Narrative(at) => {
                let view = narrative::view(self, &self.report.pages[at]);
                let description = or_title(&view.summary, &view.title);
                ("page.html", theme::value_of(&view), description)
            }
            PageKind::Members(kind) => {
                ("members.html", theme::value_of(&submitters::view(self, kind)), of_part(Part::for_submitters(kind)))
            }
            PageKind::Submission(kind, at) => {
                let view = submission::view(self, kind, at);
                let description = or_title(&view.summary, &view.name);
                ("submission.html", theme::value_of(&view), description)
            }
            PageKind::Priority(at) => {
                let view = priorities::one(self, &self.report.priorities[at]);
                let description = format!("{}: {report}", view.name);
                ("priority.html", theme::value_of(&view), description)
            }
            PageKind::Part(part) => {
                let (template, view) = match part {
                    Part::Attendance => ("attendance.html", theme::value_of(&attendance::view(self))),
                    Part::Budget => ("budget.html", theme::value_of(&budget::view(self))),
                    Part::Governance => ("governance.html", theme::value_of(&governance::view(self))),
                    Part::Reviews => ("reviews.html", theme::value_of(&reviews::view(self))),
                    Part::Commitments => ("commitments.html", theme::value_of(&commitments::view(self))),
                    Part::Duties => ("duties.html", theme::value_of(&duties::view(self))),
                    Part::Priorities => ("priorities.html", theme::value_of(&priorities::view(self))),
                    Part::Boards | Part::Agencies => {
                        ("members.html", theme::value_of(&submitters::view(self, SubmitterKind::Board)))
                    }
                };
                (template, view, of_part(part))
            }
            PageKind::Print => {
                let view = print::view(&self.as_document());
                ("print.html", theme::value_of(&view), or_title("", self.edition.words.text("print")))
            }
            _ => {
                let site = &self.edition.archive.site;
                let view = report_index::view(self);
                let about =
                    self.report.pages.iter().find(|page| page.id == "foreword").and_then(|page| page.summary.as_ref());
                let description =
                    about.map_or_else(|| format!("{report}, {}", site.title), |summary| summary.value.clone());
                ("front.html", theme::value_of(&view), description)
            }
        }
    }

    /// A place in the document.
    fn in_document(&self, anchor: &str) -> String {
        format!("{}#{anchor}", self.routes.print())
    }

    /// Where what a board or agency sent is read; empty where it sent nothing that is built.
    #[must_use]
    pub fn submission_href(&self, kind: SubmitterKind, id: &str) -> String {
        self.lookup.sent(kind, id).map_or_else(String::new, |_| match self.medium {
            OutputMode::Pages => self.routes.submission(kind, id).to_string(),
            OutputMode::Document => self.in_document(&submission_anchor(kind, id)),
        })
    }

    /// Where a part is read; empty where the report has no such part.
    #[must_use]
    pub fn part_href(&self, part: Part) -> String {
        self.routes.part(part).map_or_else(String::new, |address| match self.medium {
            OutputMode::Pages => address.to_string(),
            OutputMode::Document => self.in_document(part.name()),
        })
    }

    /// Where a priority is read.
    #[must_use]
    pub fn priority_href(&self, id: &str) -> String {
        match self.medium {
            OutputMode::Pages => self.routes.priority(id).to_string(),
            OutputMode::Document => self.in_document(Part::Priorities.name()),
        }
    }

    /// A place on the page of a part; empty where the report has no such part.
    #[must_use]
    pub fn in_part(&self, part: Part, anchor: &str) -> String {
        self.routes.part(part).map_or_else(String::new, |address| match self.medium {
            OutputMode::Pages => format!("{address}#{anchor}"),
            OutputMode::Document => self.in_document(anchor),
        })
    }

    /// An agency by name, with a link to what it sent.
    #[must_use]
    pub fn agency_link(&self, id: &AgencyId) -> LinkView {
        let name = self.lookup.agency(id).map_or(id.as_str(), |agency| &agency.name);
        LinkView { title: name.to_owned(), href: self.submission_href(SubmitterKind::Agency, id.as_str()) }
    }

    /// A name as readers see it, with a link to what the agency sent that it means.
    #[must_use]
    pub fn written_link(&self, written: &str, id: Option<&AgencyId>) -> LinkView {
        let href = id.map(|id| self.submission_href(SubmitterKind::Agency, id.as_str())).unwrap_or_default();
        LinkView { title: written.to_owned(), href }
    }

    /// Who answers for a board.
    #[must_use]
    pub fn sponsor_link(&self, sponsor: &Sponsor) -> LinkView {
        match sponsor {
            Sponsor::Agency(id) => self.agency_link(id),
            Sponsor::Other(name) => LinkView { title: name.clone(), href: String::new() },
        }
    }

    /// A body by name, with a link to where governance tells of it.
    #[must_use]
    pub fn body_link(&self, id: &BodyId) -> LinkView {
        let body = self.lookup.body(id);
        let board = self.lookup.board(id);
        let name = body.map(|body| &body.name).or_else(|| board.map(|board| &board.name));
        let title = name.map_or_else(|| id.to_string(), Clone::clone);
        let href = match body {
            Some(_) => self.in_part(Part::Governance, &body_anchor(id)),
            None => self.submission_href(SubmitterKind::Board, id.as_str()),
        };
        LinkView { title, href }
    }

    /// A duty by what it asks for, with a link to where the duties are listed.
    #[must_use]
    pub fn duty_link(&self, id: &str) -> LinkView {
        let is_asked = self.report.duties.iter().flat_map(|asked| &asked.set.duties).any(|duty| duty.id.as_str() == id);
        let href = if is_asked { self.in_part(Part::Duties, &duty_anchor(id)) } else { String::new() };
        LinkView { title: law::text_of(id).to_owned(), href }
    }

    /// Reasons for known faults of what stands at a place on the page of a part.
    #[must_use]
    pub fn notices_at(&self, part: Part, anchor: &str) -> Vec<NoticeView> {
        let page = self.routes.part(part);
        page.map(|page| self.edition.told.at(&page, anchor)).unwrap_or_default()
    }

    /// The agencies with what they sent, as far as it is built.
    pub fn sent_agencies(&self) -> impl Iterator<Item = &'a Agency> {
        let edition = self.edition;
        self.report
            .agencies
            .iter()
            .filter(move |agency| agency.submission.as_ref().is_some_and(|sent| edition.is_built(sent)))
    }

    /// A short text of the report: a purpose, a note. It stands on the page of a part, or in the document.
    #[must_use]
    pub fn prose(&self, markdown: &Markdown) -> Html {
        // Texts that stand beside each other must not share ids; no two begin at one place of a file.
        let prefix = format!("{}-{}-", markdown.file.stem(), markdown.location(Span::at(0)).span.start);
        let below = self.routes.front.join("part/");
        let address = if self.medium == OutputMode::Document { self.routes.print() } else { below };
        self.edition.text(
            markdown,
            ProsePlacement { address: &address, prefix: &prefix, shift: 2, document: Some(self), terms: None },
        )
    }

    /// A short text of the report, where there is one.
    #[must_use]
    pub fn prose_of(&self, markdown: Option<&Markdown>) -> Html {
        markdown.map(|markdown| self.prose(markdown)).unwrap_or_default()
    }
}

/// The fragment of what a board or agency sent, in the document.
#[must_use]
pub fn submission_anchor(kind: SubmitterKind, id: &str) -> String {
    format!("{}-{id}", kind.folder())
}

/// The fragment of a body on the page of governance.
#[must_use]
pub fn body_anchor(id: &BodyId) -> String {
    format!("body-{id}")
}

/// The fragment of a duty on the page of duties.
#[must_use]
pub fn duty_anchor(id: &str) -> String {
    format!("duty-{id}")
}

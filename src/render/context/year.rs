//! One year's report as it is made into pages, or into one document.

use super::charts::ReportCharts;
use super::prose::ProsePlacement;
use super::site::SiteContext;
use super::year_index::YearIndex;
use crate::diagnostic::Span;
use crate::model::duties as law;
use crate::model::ids::Sponsor;
use crate::model::terms::TermIndex;
use crate::model::{AgencyId, BodyId, Part, PreviousReport, Report, SubmitterKind, Year};
use crate::render::anchors::{body_anchor, duty_anchor, submission_anchor};
use crate::render::route::{ContentsEntry, YearRoutes};
use crate::render::view::Html;
use crate::render::view::shared::{LinkView, NoticeView};
use crate::source::markdown::Markdown;

/// What a report is made into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OutputMode {
    /// Pages that link to each other.
    Pages,
    /// One document, whose links stay in it.
    Document,
}

/// One year's report as it is made into pages, or into one document.
#[derive(Clone, Copy)]
pub(crate) struct YearContext<'a> {
    /// The site that it is part of.
    pub site: &'a SiteContext<'a>,
    /// Its position in the routes.
    pub position: usize,
    /// The year's addresses.
    pub routes: &'a YearRoutes,
    /// The report.
    pub report: &'a Report,
    /// What pages look up of it again and again.
    pub index: &'a YearIndex<'a>,
    /// What it is made into.
    pub mode: OutputMode,
}

impl<'a> YearContext<'a> {
    /// A year as it is made into pages.
    #[must_use]
    pub(crate) fn new(site: &'a SiteContext<'a>, index: &'a YearIndex<'a>, position: usize) -> Self {
        let routes = &site.routes.years[position];
        Self { site, position, routes, report: site.report(routes), index, mode: OutputMode::Pages }
    }

    /// The report of the year before and its addresses, where it is built.
    #[must_use]
    pub(crate) fn before(&self) -> Option<(&'a Report, &'a YearRoutes)> {
        let before = self.routes.report.checked_sub(1)?;
        let routes = self.site.routes.years.get(self.position + 1).filter(|routes| routes.report == before)?;
        Some((self.site.archive.reports.get(before)?, routes))
    }

    /// What readers may see of the year before.
    #[must_use]
    pub(crate) fn earlier(&self) -> PreviousReport<'a> {
        let before = self.routes.report.checked_sub(1).and_then(|at| self.site.archive.reports.get(at));
        PreviousReport::new(self.report, before.map(AsRef::as_ref), self.site.options)
    }

    /// What stands above answers to the commitments of the report before: the words of `key`, which call its year the
    /// last one. Where a year or more has no report between the two, the year is named.
    #[must_use]
    pub(crate) fn answers_title(&self, key: &str) -> String {
        let words = self.site.words;
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
    pub(crate) fn terms(&self) -> Option<&'a TermIndex> {
        (self.mode == OutputMode::Pages).then_some(&self.index.terms)
    }

    /// The report, where it is made into one document.
    #[must_use]
    pub(crate) fn document(&self) -> Option<&'a Report> {
        (self.mode == OutputMode::Document).then_some(self.report)
    }

    /// The report's charts. The document shows them as the pages do, so that they are drawn once.
    #[must_use]
    pub(crate) fn charts(&self) -> &'a ReportCharts {
        self.index.charts(self.report, self.site.words)
    }

    /// The number of the chapter in which the document has what the boards or the agencies sent.
    #[must_use]
    pub(crate) fn chapter_of(&self, kind: SubmitterKind) -> usize {
        let part = ContentsEntry::Part(Part::for_submitters(kind));
        self.routes.contents().iter().take_while(|entry| **entry != part).count() + 1
    }

    /// The same report as one document.
    #[must_use]
    pub(crate) fn as_document(self) -> Self {
        Self { mode: OutputMode::Document, ..self }
    }

    /// A place in the document.
    fn in_document(&self, anchor: &str) -> String {
        format!("{}#{anchor}", self.routes.print())
    }

    /// Where what a board or agency sent is read; empty where it sent nothing that is built.
    #[must_use]
    pub(crate) fn submission_href(&self, kind: SubmitterKind, id: &str) -> String {
        self.index.sent(kind, id).map_or_else(String::new, |_| match self.mode {
            OutputMode::Pages => self.routes.submission(kind, id).to_string(),
            OutputMode::Document => self.in_document(&submission_anchor(kind, id)),
        })
    }

    /// Where a part is read; empty where the report has no such part.
    #[must_use]
    pub(crate) fn part_href(&self, part: Part) -> String {
        self.routes.part(part).map_or_else(String::new, |address| match self.mode {
            OutputMode::Pages => address.to_string(),
            OutputMode::Document => self.in_document(part.name()),
        })
    }

    /// Where a priority is read.
    #[must_use]
    pub(crate) fn priority_href(&self, id: &str) -> String {
        match self.mode {
            OutputMode::Pages => self.routes.priority(id).to_string(),
            OutputMode::Document => self.in_document(Part::Priorities.name()),
        }
    }

    /// A place on the page of a part; empty where the report has no such part.
    #[must_use]
    pub(crate) fn in_part(&self, part: Part, anchor: &str) -> String {
        self.routes.part(part).map_or_else(String::new, |address| match self.mode {
            OutputMode::Pages => format!("{address}#{anchor}"),
            OutputMode::Document => self.in_document(anchor),
        })
    }

    /// An agency by name, with a link to what it sent.
    #[must_use]
    pub(crate) fn agency_link(&self, id: &AgencyId) -> LinkView {
        let name = self.index.agency(id).map_or(id.as_str(), |agency| &agency.name);
        LinkView { title: name.to_owned(), href: self.submission_href(SubmitterKind::Agency, id.as_str()) }
    }

    /// A name as readers see it, with a link to what the agency sent that it means.
    #[must_use]
    pub(crate) fn written_link(&self, written: &str, id: Option<&AgencyId>) -> LinkView {
        let href = id.map(|id| self.submission_href(SubmitterKind::Agency, id.as_str())).unwrap_or_default();
        LinkView { title: written.to_owned(), href }
    }

    /// Who answers for a board.
    #[must_use]
    pub(crate) fn sponsor_link(&self, sponsor: &Sponsor) -> LinkView {
        match sponsor {
            Sponsor::Agency(id) => self.agency_link(id),
            Sponsor::Other(name) => LinkView { title: name.clone(), href: String::new() },
        }
    }

    /// A body by name, with a link to where governance tells of it.
    #[must_use]
    pub(crate) fn body_link(&self, id: &BodyId) -> LinkView {
        let body = self.index.body(id);
        let board = self.index.board(id);
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
    pub(crate) fn duty_link(&self, id: &str) -> LinkView {
        let is_asked = self.report.duties.iter().flat_map(|asked| &asked.set.duties).any(|duty| duty.id.as_str() == id);
        let href = if is_asked { self.in_part(Part::Duties, &duty_anchor(id)) } else { String::new() };
        LinkView { title: law::text_of(id).to_owned(), href }
    }

    /// Reasons for known faults of what stands at a place on the page of a part.
    #[must_use]
    pub(crate) fn notices_at(&self, part: Part, anchor: &str) -> Vec<NoticeView> {
        let page = self.routes.part(part);
        page.map(|page| self.site.notices.at(&page, anchor)).unwrap_or_default()
    }

    /// A short text of the report: a purpose, a note. It stands on the page of a part, or in the document.
    #[must_use]
    pub(crate) fn prose(&self, markdown: &Markdown) -> Html {
        // Texts that stand beside each other must not share ids; no two begin at one place of a file.
        let prefix = format!("{}-{}-", markdown.file.stem(), markdown.location(Span::at(0)).span.start);
        let below = self.routes.front.join("part/");
        let address = if self.mode == OutputMode::Document { self.routes.print() } else { below };
        self.site.prose.text(
            markdown,
            ProsePlacement { address: &address, prefix: &prefix, shift: 2, document: self.document(), terms: None },
        )
    }

    /// A short text of the report, where there is one.
    #[must_use]
    pub(crate) fn prose_of(&self, markdown: Option<&Markdown>) -> Html {
        markdown.map(|markdown| self.prose(markdown)).unwrap_or_default()
    }
}

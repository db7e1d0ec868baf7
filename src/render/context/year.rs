//! One year's report as it is turned into pages, or into one document.

use super::charts::ReportCharts;
use super::prose::ProsePlacement;
use super::site::SiteContext;
use super::year_index::YearIndex;
use crate::diagnostic::{RelPath, Span};
use crate::model::duties as law;
use crate::model::ids::Sponsor;
use crate::model::{AgencyId, BodyId, Part, PreviousReport, Report, SubmitterKind, Year};
use crate::render::anchors::{body_anchor, duty_anchor, submission_anchor};
use crate::render::route::{Address, ContentsEntry, YearRoutes};
use crate::render::view::Html;
use crate::render::view::shared::{LinkView, NoticeView};
use crate::source::markdown::Markdown;

/// The output format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OutputMode {
    /// Pages that link to each other.
    Pages,
    /// One document, with links that stay within it.
    Document,
}

/// One year's report as it is turned into pages, or into one document.
#[derive(Clone, Copy)]
pub(crate) struct YearContext<'a> {
    /// The site it belongs to.
    pub site: &'a SiteContext<'a>,
    /// Its position in the routes.
    pub position: usize,
    /// The year's addresses.
    pub routes: &'a YearRoutes,
    pub report: &'a Report,
    /// What pages look up repeatedly.
    pub index: &'a YearIndex<'a>,
    pub mode: OutputMode,
}

impl<'a> YearContext<'a> {
    /// A year as pages.
    #[must_use]
    pub(crate) fn new(site: &'a SiteContext<'a>, index: &'a YearIndex<'a>, position: usize) -> Self {
        let routes = &site.routes.years[position];
        Self { site, position, routes, report: site.report(routes), index, mode: OutputMode::Pages }
    }

    /// The previous year's report and its addresses, if it is built.
    #[must_use]
    pub(crate) fn before(&self) -> Option<(&'a Report, &'a YearRoutes)> {
        let before = self.routes.report.checked_sub(1)?;
        let routes = self.site.routes.years.get(self.position + 1).filter(|routes| routes.report == before)?;
        Some((self.site.archive.reports.get(before)?, routes))
    }

    /// What readers may see of the previous year.
    #[must_use]
    pub(crate) fn earlier(&self) -> PreviousReport<'a> {
        let before = self.routes.report.checked_sub(1).and_then(|at| self.site.archive.reports.get(at));
        PreviousReport::new(self.report, before.map(AsRef::as_ref), self.site.options)
    }

    /// The heading above updates on the previous report's commitments: the text of `key`, which calls that year the
    /// last one. If there is a gap of a year or more between the reports, the heading names the year instead.
    #[must_use]
    pub(crate) fn answers_title(&self, key: &str) -> String {
        let words = self.site.words;
        match self.skipped_to() {
            Some(year) => words.say("follow_ups_of", &[("year", year.as_str())]),
            None => words.text(key).to_owned(),
        }
    }

    /// The year of the previous report, if it is not directly before this one.
    fn skipped_to(&self) -> Option<&'a Year> {
        let before = self.before().map(|(before, _)| &before.year);
        before.filter(|before| before.first() + 1 < self.report.year.first())
    }

    /// Whether terms are marked. Not in the document, where a reader would meet the same terms repeatedly.
    #[must_use]
    pub(crate) fn marks_terms(&self) -> bool {
        self.mode == OutputMode::Pages
    }

    /// The report, if it is turned into one document.
    #[must_use]
    pub(crate) fn document(&self) -> Option<&'a Report> {
        (self.mode == OutputMode::Document).then_some(self.report)
    }

    /// The report's charts. The document shows the same ones as the pages, so they are drawn once.
    #[must_use]
    pub(crate) fn charts(&self) -> &'a ReportCharts {
        self.index.charts(self.report, self.before().map(|(before, _)| before), self.site.words)
    }

    /// The number of the document's chapter with the boards' or the agencies' submissions.
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

    /// The address of a board's or agency's submission; empty if there is none that is built.
    #[must_use]
    pub(crate) fn submission_href(&self, kind: SubmitterKind, id: &str) -> String {
        self.index.sent(kind, id).map_or_else(String::new, |_| match self.mode {
            OutputMode::Pages => self.routes.submission(kind, id).to_string(),
            OutputMode::Document => self.in_document(&submission_anchor(kind, id)),
        })
    }

    /// The address of a part; empty if the report has no such part.
    #[must_use]
    pub(crate) fn part_href(&self, part: Part) -> String {
        self.routes.part(part).map_or_else(String::new, |address| match self.mode {
            OutputMode::Pages => address.to_string(),
            OutputMode::Document => self.in_document(part.name()),
        })
    }

    /// The address of a priority.
    #[must_use]
    pub(crate) fn priority_href(&self, id: &str) -> String {
        match self.mode {
            OutputMode::Pages => self.routes.priority(id).to_string(),
            OutputMode::Document => self.in_document(Part::Priorities.name()),
        }
    }

    /// A place on the page of a part; empty if the report has no such part.
    #[must_use]
    pub(crate) fn in_part(&self, part: Part, anchor: &str) -> String {
        self.routes.part(part).map_or_else(String::new, |address| match self.mode {
            OutputMode::Pages => format!("{address}#{anchor}"),
            OutputMode::Document => self.in_document(anchor),
        })
    }

    /// An agency by name, with a link to its submission.
    #[must_use]
    pub(crate) fn agency_link(&self, id: &AgencyId) -> LinkView {
        let name = self.index.agency(id).map_or(id.as_str(), |agency| &agency.name);
        LinkView { title: name.to_owned(), href: self.submission_href(SubmitterKind::Agency, id.as_str()) }
    }

    /// A name as readers see it, with a link to the submission of the agency it refers to.
    #[must_use]
    pub(crate) fn written_link(&self, written: &str, id: Option<&AgencyId>) -> LinkView {
        let href = id.map(|id| self.submission_href(SubmitterKind::Agency, id.as_str())).unwrap_or_default();
        LinkView { title: written.to_owned(), href }
    }

    /// The sponsor of a board.
    #[must_use]
    pub(crate) fn sponsor_link(&self, sponsor: &Sponsor) -> LinkView {
        match sponsor {
            Sponsor::Agency(id) => self.agency_link(id),
            Sponsor::Other(name) => LinkView { title: name.clone(), href: String::new() },
        }
    }

    /// A body by name, with a link to its place on the governance page.
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

    /// A duty by its text, with a link to its place in the list of duties.
    #[must_use]
    pub(crate) fn duty_link(&self, id: &str) -> LinkView {
        let is_asked = self.report.duties.iter().flat_map(|asked| &asked.set.duties).any(|duty| duty.id.as_str() == id);
        let href = if is_asked { self.in_part(Part::Duties, &duty_anchor(id)) } else { String::new() };
        LinkView { title: law::text_of(id).to_owned(), href }
    }

    /// Waiver reasons for a place on the page of a part.
    #[must_use]
    pub(crate) fn notices_at(&self, part: Part, anchor: &str) -> Vec<NoticeView> {
        let page = self.routes.part(part);
        page.map(|page| self.site.notices.at(&page, anchor)).unwrap_or_default()
    }

    /// A short text of the report, such as a purpose or a note. It is shown on the page of a part, or in the document.
    #[must_use]
    pub(crate) fn prose(&self, markdown: &Markdown) -> Html {
        // Texts on one page must not share ids. Within a file, no two texts begin at the same byte.
        let prefix = format!("{}-{}-", markdown.linked.file.stem(), markdown.location(Span::at(0)).span.start);
        self.site.prose.text(
            markdown,
            ProsePlacement {
                address: &self.part_or_document(),
                prefix: &prefix,
                shift: 2,
                document: self.document(),
                marks_terms: false,
            },
        )
    }

    /// An address at the depth of a part's page, or that of the document.
    fn part_or_document(&self) -> Address {
        if self.mode == OutputMode::Document { self.routes.print() } else { self.routes.front.join("part/") }
    }

    /// The address of a link that is the value of a key in `file`, as seen from the page of a part or from the document, and
    /// what kind of file it is if it is a document. Both are empty if it leads nowhere.
    #[must_use]
    pub(crate) fn href_and_facts(&self, file: &RelPath, target: &str) -> (String, String) {
        self.site.prose.href_and_facts(file, target, &self.part_or_document())
    }

    /// A short text of the report, if there is one.
    #[must_use]
    pub(crate) fn prose_of(&self, markdown: Option<&Markdown>) -> Html {
        markdown.map(|markdown| self.prose(markdown)).unwrap_or_default()
    }
}

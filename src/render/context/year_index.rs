//! Values that the pages of a year look up repeatedly, computed once.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::charts::ReportCharts;
use super::shared_picture::SharedPicture;
use super::site::SiteContext;
use crate::diagnostic::RelPath;
use crate::locale::Locale;
use crate::model::terms::TermIndex;
use crate::model::{Agency, AgencyId, Board, Body, BodyId, PriorityId, Report, Submission, SubmitterKind};
use crate::quantity::{Money, Rate};
use crate::render::prose::UnplacedProse;

/// The index of one year.
pub(crate) struct YearIndex<'a> {
    /// The submissions that are built.
    sent: HashMap<(SubmitterKind, &'a str), &'a Submission>,
    /// The submissions that name each priority, for themselves or for an item, the boards' first.
    towards: HashMap<&'a PriorityId, Vec<&'a Submission>>,
    agencies: HashMap<&'a AgencyId, &'a Agency>,
    boards: HashMap<&'a BodyId, &'a Board>,
    bodies: HashMap<&'a BodyId, &'a Body>,
    /// Each agency's contribution, and its attendance.
    paid: HashMap<&'a AgencyId, Money>,
    came: HashMap<&'a AgencyId, Rate>,
    /// The terms to mark.
    pub terms: TermIndex,
    /// The report's charts, drawn when a page first shows them.
    charts: OnceLock<ReportCharts>,
    /// The picture for links to the year's pages, chosen when a page first needs it.
    pub shared_picture: OnceLock<SharedPicture>,
    /// The texts of the pages and submissions by their files, written when a page first shows them.
    prose: HashMap<&'a RelPath, OnceLock<UnplacedProse>>,
}

impl<'a> YearIndex<'a> {
    /// Indexes a year's report.
    #[must_use]
    pub(crate) fn new(site: &SiteContext<'a>, report: &'a Report) -> Self {
        let sent = report.submissions().filter(|sent| site.is_built(sent));
        let mut towards: HashMap<&PriorityId, Vec<&Submission>> = HashMap::new();
        for sent in report.submissions().filter(|sent| site.is_built(sent)) {
            let done = sent.items_with_facts.iter().filter(|item| item.section == "done");
            let of_items = done.map(|item| &item.facts).chain(sent.commitments.iter().map(|made| &made.facts));
            for priority in sent.priorities.iter().chain(of_items.filter_map(|facts| facts.priority.as_ref())) {
                let named = towards.entry(priority).or_default();
                // A submission may name a priority more than once.
                if named.last().is_none_or(|last| !std::ptr::eq(*last, sent)) {
                    named.push(sent);
                }
            }
        }
        let mut paid: HashMap<&AgencyId, Money> = HashMap::new();
        for row in report.data.contributions.iter().flat_map(|table| &table.rows) {
            if let Some(id) = &row.id {
                paid.entry(id).or_default().pence += row.total().pence;
            }
        }
        let mut came: HashMap<&AgencyId, Rate> = HashMap::new();
        for member in report.data.attendance.iter().flat_map(|table| &table.members) {
            if let Some(id) = &member.agency {
                *came.entry(id).or_default() += member.rate();
            }
        }
        let pages = report.pages.iter().map(|page| &page.file);
        let files = pages.chain(report.submissions().map(|sent| &sent.file));
        Self {
            sent: sent.map(|sent| ((sent.kind, sent.id.as_str()), sent)).collect(),
            agencies: report.agencies.iter().map(|agency| (&agency.id, agency)).collect(),
            towards,
            boards: report.boards.iter().map(|board| (&board.id, board)).collect(),
            bodies: report.data.governance.iter().flat_map(|one| &one.bodies).map(|body| (&body.id, body)).collect(),
            paid,
            came,
            terms: TermIndex::new(site.archive, Some(report)),
            charts: OnceLock::new(),
            shared_picture: OnceLock::new(),
            prose: files.map(|file| (file, OnceLock::new())).collect(),
        }
    }

    /// The text of a page or submission of this year, which `write` writes the first time.
    #[must_use]
    pub(crate) fn prose(&self, file: &RelPath, write: impl FnOnce() -> UnplacedProse) -> &UnplacedProse {
        self.prose[file].get_or_init(write)
    }

    /// A board's or agency's submission, if it is built.
    #[must_use]
    pub(crate) fn sent(&self, kind: SubmitterKind, id: &str) -> Option<&'a Submission> {
        self.sent.get(&(kind, id)).copied()
    }

    #[must_use]
    pub(crate) fn charts(&self, report: &Report, before: Option<&Report>, words: &Locale) -> &ReportCharts {
        self.charts.get_or_init(|| ReportCharts::draw(report, before, &self.agencies, words))
    }

    /// The submissions that name a priority, the boards' first.
    pub(crate) fn towards(&self, priority: &PriorityId) -> impl Iterator<Item = &'a Submission> {
        self.towards.get(priority).into_iter().flatten().copied()
    }

    /// The name of the board or agency that sent a submission.
    #[must_use]
    pub(crate) fn name(&self, sent: &'a Submission) -> &'a str {
        let name = match sent.kind {
            SubmitterKind::Board => self.boards.get(&BodyId::new(&sent.id)).map(|board| &board.name),
            SubmitterKind::Agency => self.agencies.get(&AgencyId::new(&sent.id)).map(|agency| &agency.name),
        };
        name.unwrap_or(&sent.title)
    }

    #[must_use]
    pub(crate) fn agency(&self, id: &AgencyId) -> Option<&'a Agency> {
        self.agencies.get(id).copied()
    }

    #[must_use]
    pub(crate) fn board(&self, id: &BodyId) -> Option<&'a Board> {
        self.boards.get(id).copied()
    }

    /// A body from the governance file.
    #[must_use]
    pub(crate) fn body(&self, id: &BodyId) -> Option<&'a Body> {
        self.bodies.get(id).copied()
    }

    /// An agency's contribution for the year, if the report gives it.
    #[must_use]
    pub(crate) fn paid(&self, id: &AgencyId) -> Option<Money> {
        self.paid.get(id).copied()
    }

    /// An agency's attendance, if the report gives it.
    #[must_use]
    pub(crate) fn attended(&self, id: &AgencyId) -> Option<Rate> {
        self.came.get(id).copied()
    }
}

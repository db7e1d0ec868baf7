//! What has to be said on which page: reasons for known faults, and the faults of a site built in spite of them.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, LineIndex, RelPath, Severity, Texts};
use crate::render::route::{Address, Routes, YearRoutes};
use crate::render::view::Html;
use crate::render::view::shared::{FaultView, NoticeView};
use crate::report::Part;
use crate::report::year::Waiver;
use crate::report::{Archive, Kind, Report, glossary};
use crate::source::SourceTree;

/// What is said on one page.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Reasons for known faults.
    pub notices: Vec<NoticeView>,
    /// Faults.
    pub faults: Vec<FaultView>,
}

/// What is said on which page.
#[derive(Clone, Debug, Default)]
pub struct Told {
    on: HashMap<Address, Said>,
    /// The reasons of waived `uncovered-duty` diagnostics, which stand beside their duties: message and reason, by the
    /// report's file.
    uncovered: HashMap<RelPath, Vec<(String, Option<Html>)>>,
}

impl Told {
    /// Sorts diagnostics by the pages that they concern. Faults are told where the site is built in spite of them.
    #[must_use]
    pub fn of(
        archive: &Archive,
        tree: &SourceTree,
        routes: &Routes,
        diagnostics: &[Diagnostic],
        tells_faults: bool,
        prose: impl Fn(&Waiver) -> Html,
    ) -> Self {
        let mut told = Self::default();
        let mut lines = HashMap::new();
        let reports = routes.years.iter().map(|year| (archive.reports[year.report].as_ref(), year));
        let years: HashMap<&str, (&Report, &YearRoutes)> = reports.map(|year| (year.0.year.as_str(), year)).collect();
        for diagnostic in diagnostics {
            let folder = diagnostic.place.file.below("content").and_then(|below| below.split('/').next());
            let year = folder.and_then(|folder| years.get(folder)).copied();
            let reason = diagnostic.waived.as_deref().map(|reason| {
                let waivers = year.map(|(report, _)| report.waivers.as_slice()).unwrap_or_default();
                let waiver = waivers.iter().find(|one| {
                    let is_reason = one.reason.as_ref().is_some_and(|own| own.text().trim() == reason);
                    one.code == diagnostic.code && is_reason
                });
                waiver.map_or_else(|| Html(format!("<p>{}</p>", Html::of_text(reason).0)), &prose)
            });
            if diagnostic.code == Code::UncoveredDuty {
                let of_report = told.uncovered.entry(diagnostic.place.file.clone()).or_default();
                of_report.push((diagnostic.message.clone(), reason));
                continue;
            }
            let page = || page_of(archive, routes, year, diagnostic);
            if let Some(reason) = reason {
                let notices = &mut told.on.entry(page()).or_default().notices;
                if !notices.iter().any(|notice| notice.reason == reason) {
                    notices.push(NoticeView { code: diagnostic.code.name(), reason });
                }
            } else if tells_faults && diagnostic.severity == Severity::Error {
                told.on.entry(page()).or_default().faults.push(fault(tree, diagnostic, &mut lines));
            }
        }
        told
    }

    /// What is said on a page.
    #[must_use]
    pub fn on(&self, page: &Address) -> Option<&Said> {
        self.on.get(page)
    }

    /// Whether a duty is without evidence, and why, where a waiver says so.
    #[must_use]
    pub fn uncovered(&self, report: &Report, duty: &str) -> Option<Option<&Html>> {
        let name = format!("`{duty}`");
        let mut of_report = self.uncovered.get(&report.file).into_iter().flatten();
        of_report.find(|(message, _)| message.contains(&name)).map(|(_, reason)| reason.as_ref())
    }
}

/// A fault as a page shows it. The message masks what must not be published. `lines` knows the lines of the files that
/// were asked for before.
fn fault<'t>(
    tree: &'t SourceTree,
    diagnostic: &'t Diagnostic,
    lines: &mut HashMap<&'t RelPath, LineIndex<'t>>,
) -> FaultView {
    let place = &diagnostic.place;
    let index = || LineIndex::new(tree.text(&place.file).unwrap_or_default());
    let at = lines.entry(&place.file).or_insert_with(index).position(place.span.start);
    FaultView {
        code: diagnostic.code.name(),
        message: diagnostic.message.clone(),
        place: format!("{}:{}:{}", place.file, at.line, at.column),
        help: diagnostic.help.clone().unwrap_or_default(),
    }
}

/// The page that a diagnostic concerns: the one made of its file, or else the year's or the site's front page.
fn page_of(
    archive: &Archive,
    routes: &Routes,
    year: Option<(&Report, &YearRoutes)>,
    diagnostic: &Diagnostic,
) -> Address {
    let file = &diagnostic.place.file;
    if let Some(page) = routes.page_of(file) {
        return page.clone();
    }
    let Some((report, year)) = year else {
        let is_glossary = file.as_str() == glossary::FILE && routes.has_glossary;
        return if is_glossary { crate::render::route::glossary() } else { Address::home() };
    };
    let below = file.below(report.folder.as_str()).unwrap_or_default();
    let part = match below {
        "data/attendance.csv" => Some(Part::Attendance),
        "data/contributions.csv" | "data/budget.csv" => Some(Part::Budget),
        "governance.yaml" => Some(Part::Governance),
        "reviews.yaml" => Some(Part::Reviews),
        _ if diagnostic.code == Code::MissingSubmission => {
            let is_board = report.boards.iter().any(|board| board.place.span.start <= diagnostic.place.span.start)
                && !report.agencies.iter().any(|agency| agency.place.span == diagnostic.place.span);
            Some(Part::of(if is_board { Kind::Board } else { Kind::Agency }))
        }
        _ => None,
    };
    part.and_then(|part| year.part(part)).unwrap_or_else(|| {
        debug_assert!(!archive.reports.is_empty(), "a year is one of the archive's");
        year.front.clone()
    })
}

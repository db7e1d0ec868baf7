//! The pages: one file for each kind, which makes a view of the model. Nothing here writes HTML but what prose gives.

mod attendance;
mod budget;
pub mod cache_key;
mod charts;
pub mod chrome;
mod commitments;
mod contacts;
mod duties;
mod glossary;
mod governance;
mod narrative;
pub mod notices;
pub mod page_list;
mod print;
mod priorities;
mod problem_subject;
pub mod prose;
pub mod render_year;
pub mod renderer;
mod report_index;
pub mod resolved_links;
mod reviews;
pub mod sample;
mod search;
pub mod shared;
mod site_index;
mod submission;
mod submitters;
mod trends;
mod year_context;
mod year_index;

use self::notices::Notices;
use self::page_list::{PageKind, PlannedPage};
use self::prose::ProsePlacement;
pub use self::year_context::{OutputMode, YearContext};
use super::languages::Languages;
use super::redact::Redactor;
use super::route::{Address, Routes, YearRoutes};
use super::theme::{self, Locale, Value};
use super::view::shared::{LinkView, PageView};
use super::view::{Html, View, data, parts, print as print_view, submission as submission_view};
use crate::diagnostic::RelPath;
use crate::model::links::LinkResolver;
use crate::model::report::Waiver;
use crate::model::terms::TermIndex;
use crate::model::{Archive, Report, Submission, SubmitterKind};
use crate::options::Options;

/// Every template that makes a page, the view that it is given, and what the page is.
pub const TEMPLATES: &[(&str, &str, &str)] = &[
    ("home.html", parts::SiteIndexView::NAME, "the site's front page"),
    ("front.html", parts::ReportIndexView::NAME, "a report's front page"),
    ("page.html", parts::NarrativeView::NAME, "a page that somebody wrote, of a year or of the site"),
    ("members.html", parts::SubmittersView::NAME, "the boards, or the agencies"),
    ("submission.html", submission_view::SubmissionView::NAME, "what one board or agency sent"),
    ("priorities.html", parts::PrioritiesView::NAME, "the year's priorities"),
    ("priority.html", parts::PriorityView::NAME, "a priority, and who did what towards it"),
    ("attendance.html", data::AttendanceView::NAME, "who came to which meeting"),
    ("budget.html", data::BudgetView::NAME, "contributions, income and expenditure"),
    ("governance.html", data::GovernanceView::NAME, "who sits where, and who reports what to whom"),
    ("reviews.html", parts::ReviewsView::NAME, "reviews, and what became of them"),
    ("commitments.html", parts::CommitmentsView::NAME, "every commitment, and what became of last year's"),
    ("duties.html", parts::DutiesView::NAME, "each duty of the law with its evidence"),
    ("print.html", print_view::PrintView::NAME, "the whole report as one document"),
    ("trends.html", data::TrendsView::NAME, "attendance, money and commitments over the years"),
    ("glossary.html", parts::GlossaryView::NAME, "the terms from A to Z"),
    ("contacts.html", parts::ContactsView::NAME, "whom to turn to"),
    ("search.html", parts::SearchView::NAME, "the search, and everything from A to Z"),
    ("top.html", "", "the top of every page; its `page` is a PlaceView"),
    ("contents.html", "", "the contents of a report, beside its pages; its `page` is a PlaceView"),
    ("foot.html", "", "the foot of every page; its `page` is a PlaceView"),
    ("redirect.html", parts::RedirectView::NAME, "an earlier address of a page"),
    ("not-found.html", "", "what stands where there is no page"),
];

/// How many boards, agencies or priorities are listed below their part in the contents beside each page.
const LISTED_IN_CONTENTS: usize = 40;

/// One building of the site: the model and everything that pages are made with.
pub struct SiteContext<'a> {
    /// The model.
    pub archive: &'a Archive,
    /// Every address.
    pub routes: &'a Routes,
    /// What links of texts can lead to.
    pub targets: &'a LinkResolver<'a>,
    /// The terms of the site's own pages.
    pub terms: &'a TermIndex,
    /// The words of the interface.
    pub words: &'a Locale,
    /// What the build was asked for.
    pub options: &'a Options,
    /// The absolute address of the site, without a `/` at its end.
    pub base_url: &'a str,
    /// What has to be said on which page.
    pub told: &'a Notices,
    /// The words that must not be published.
    pub withheld: &'a Redactor,
    /// The languages of the site.
    pub tongues: &'a Languages,
    /// What prose says besides its own words.
    pub prose_words: &'a crate::render::prose::ProseWords,
}

/// A page's inputs: everything that its bytes depend on, besides the template set and what all pages share.
pub struct PageInput {
    /// The template.
    pub template: &'static str,
    /// What the page says of itself.
    pub page: PageView,
    /// What is its own.
    pub view: Value,
}

impl<'a> SiteContext<'a> {
    /// The report of a year that is built.
    fn report(&self, routes: &YearRoutes) -> &'a Report {
        &self.archive.reports[routes.report]
    }

    /// Whether a submission is built.
    #[must_use]
    pub fn is_built(&self, sent: &Submission) -> bool {
        crate::model::is_built(sent.status, self.options)
    }

    /// A page's inputs. Its neighbours in the plan are those before and after it.
    #[must_use]
    pub fn compose(&self, plan: &[PlannedPage], at: usize, volume: Option<&YearContext<'_>>) -> PageInput {
        let planned = &plan[at];
        let (template, view, description) = match volume {
            Some(volume) => volume.view_of(planned.subject),
            None => self.view_of(planned.subject),
        };
        let mut page = self.page_view(planned, volume, template, description);
        if volume.is_some() && planned.subject != PageKind::Print {
            let in_order = |other: &&PlannedPage| other.subject != PageKind::Print;
            page.previous =
                at.checked_sub(1).and_then(|before| plan.get(before)).filter(in_order).map(PlannedPage::link);
            page.next = plan.get(at + 1).filter(in_order).map(PlannedPage::link);
        }
        PageInput { template, page, view }
    }

    /// The template and the view of a page of the site itself, and what search engines are told of it.
    fn view_of(&self, subject: PageKind) -> (&'static str, Value, String) {
        let site = &self.archive.site;
        let described = || site.description.clone().unwrap_or_else(|| site.title.clone());
        let named = |key: &str| format!("{}: {}", self.words.text(key), site.title);
        match subject {
            PageKind::Home => ("home.html", theme::value_of(&site_index::view(self)), described()),
            PageKind::SitePage(at) => {
                let view = narrative::of_site(self, &self.archive.pages[at]);
                let description = if view.summary.is_empty() { described() } else { view.summary.clone() };
                ("page.html", theme::value_of(&view), description)
            }
            PageKind::Glossary => ("glossary.html", theme::value_of(&glossary::view(self)), named("glossary")),
            PageKind::Trends => ("trends.html", theme::value_of(&trends::view(self)), named("trends")),
            PageKind::Search => ("search.html", theme::value_of(&search::view(self)), named("search")),
            PageKind::Contacts => ("contacts.html", theme::value_of(&contacts::view(self)), named("contacts")),
            _ => ("not-found.html", Value::none(), self.words.text("not_found").to_owned()),
        }
    }

    /// What a page says of itself, without its neighbours.
    fn page_view(
        &self,
        planned: &PlannedPage,
        volume: Option<&YearContext<'_>>,
        template: &'static str,
        description: String,
    ) -> PageView {
        let address = &planned.address;
        let mut breadcrumbs = Vec::new();
        if !matches!(planned.subject, PageKind::Home | PageKind::NotFound) {
            breadcrumbs.push(LinkView::new(self.words.text("reports"), &Address::home()));
        }
        if let Some(volume) = volume.filter(|volume| volume.routes.front != *address) {
            breadcrumbs.push(LinkView::new(volume.report.year.as_str(), &volume.routes.front));
        }
        if let Some((part, above)) = planned.above() {
            breadcrumbs.push(LinkView::new(self.words.text(part.name()), above));
        }
        let said = self.told.on(address);
        let mut page = PageView {
            title: planned.title.clone(),
            description,
            href: address.to_string(),
            root: self.root_from(planned),
            canonical: format!("{}/{address}", self.base_url),
            kind: template.trim_end_matches(".html"),
            current: planned.current.as_ref().map(|(_, entry)| entry.to_string()).unwrap_or_default(),
            breadcrumbs,
            notices: said.map(|said| said.notices.clone()).unwrap_or_default(),
            faults: said.map(|said| said.faults.clone()).unwrap_or_default(),
            ..PageView::default()
        };
        if planned.is_in_all_languages() {
            page.languages = self.tongues.views(address, self.base_url);
        }
        if let Some(tag) = self.tongues.untranslated(self.file_of(planned, volume)) {
            tag.clone_into(&mut page.only_in);
            page.canonical = page.languages.first().map_or(page.canonical, |own| own.url.clone());
        }
        if let Some(volume) = volume.filter(|volume| volume.routes.front == *address) {
            page.json_ld = self.json_ld(volume.report, &page);
        }
        page
    }

    /// The file whose text a page shows, where it shows one.
    fn file_of(&self, planned: &PlannedPage, volume: Option<&YearContext<'_>>) -> Option<&'a RelPath> {
        match (planned.subject, volume) {
            (PageKind::SitePage(at), _) => Some(&self.archive.pages[at].file),
            (PageKind::Narrative(at), Some(volume)) => Some(&self.archive.reports[volume.routes.report].pages[at].file),
            (PageKind::Submission(kind, at), Some(volume)) => {
                let report = &self.archive.reports[volume.routes.report];
                let sent = match kind {
                    SubmitterKind::Board => report.boards[at].submission.as_ref(),
                    SubmitterKind::Agency => report.agencies[at].submission.as_ref(),
                };
                sent.map(|sent| &sent.file)
            }
            _ => None,
        }
    }

    /// The way from a page to the site's root. The page that stands where there is none is shown at any address, so
    /// that its links count from the site's own.
    fn root_from(&self, planned: &PlannedPage) -> String {
        match planned.subject {
            PageKind::NotFound => format!("{}/", path_of(self.base_url)),
            _ => planned.address.root(),
        }
    }

    /// What a report's front page tells search engines.
    fn json_ld(&self, report: &Report, page: &PageView) -> Html {
        let site = &self.archive.site;
        let publisher = site.publisher.as_ref();
        let mut data = serde_json::json!({
            "@context": "https://schema.org",
            "@type": "Report",
            "name": report.title,
            "description": page.description,
            "url": page.canonical,
            "inLanguage": site.language,
            "publisher": {
                "@type": "Organization",
                "name": publisher.map_or(&site.title, |publisher| &publisher.name),
                "url": publisher.and_then(|publisher| publisher.url.clone()).unwrap_or_else(|| format!("{}/", self.base_url)),
            },
        });
        if let Some(published) = report.published {
            data["datePublished"] = published.to_string().into();
        }
        if let Some((from, to)) = report.period {
            data["temporalCoverage"] = format!("{from}/{to}").into();
        }
        if let Some(url) = site.licence.as_ref().and_then(|licence| licence.url.as_deref()) {
            data["license"] = url.into();
        }
        // Inside `script` nothing is decoded, so that what could end it is written as escapes of JSON.
        Html(data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
    }

    /// The redirect that stands at an earlier address.
    #[must_use]
    pub fn redirect(&self, old: &Address, now: &Address, title: &str) -> PageInput {
        let page = PageView {
            title: title.to_owned(),
            href: old.to_string(),
            root: old.root(),
            canonical: format!("{}/{now}", self.base_url),
            kind: "redirect",
            ..PageView::default()
        };
        let view = theme::value_of(&parts::RedirectView { href: now.to_string() });
        PageInput { template: "redirect.html", page, view }
    }
}

/// The path part of an absolute address, without a `/` at its end.
fn path_of(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.find('/').map_or("", |slash| rest[slash..].trim_end_matches('/'))
}

impl SiteContext<'_> {
    /// The reason of a waiver.
    #[must_use]
    pub fn waiver(&self, waiver: &Waiver) -> Html {
        let prefix = format!("w{}-", waiver.location.span.start);
        let Some(reason) = &waiver.reason else { return Html::default() };
        let stand =
            ProsePlacement { address: &Address::home(), prefix: &prefix, shift: 1, document: None, terms: None };
        self.text(reason, stand)
    }
}

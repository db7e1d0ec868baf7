//! The pages: one file for each kind, which makes a view of the model. Nothing here writes HTML but what prose gives.

mod attendance;
mod budget;
mod charts;
mod commitments;
mod contacts;
mod duties;
mod front;
mod glossary;
mod governance;
mod home;
mod members;
mod narrative;
mod print;
mod priorities;
mod reviews;
pub mod shared;
mod submission;
pub mod text;
pub mod told;
mod volume;

use rayon::prelude::*;

use self::text::{Flagged, Stand};
use self::told::Told;
pub use self::volume::{Medium, Volume};
use super::route::{self, Address, Entry, Part, Routes, YearRoutes};
use super::theme::{self, Theme, Value, Words};
use super::view::shared::{LinkView, PageView};
use super::view::{Html, View, data, parts, print as print_view, submission as submission_view};
use crate::options::Options;
use crate::report::links::Targets;
use crate::report::terms::Terms;
use crate::report::year::Waiver;
use crate::report::{Archive, Kind, Report};

/// Every template that makes a page, the view that it is given, and what the page is.
pub const TEMPLATES: &[(&str, &str, &str)] = &[
    ("home.html", parts::HomeView::NAME, "the site's front page"),
    ("front.html", parts::FrontView::NAME, "a report's front page"),
    ("page.html", parts::NarrativeView::NAME, "a page that somebody wrote, of a year or of the site"),
    ("members.html", parts::MembersView::NAME, "the boards, or the agencies"),
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
    ("glossary.html", parts::GlossaryView::NAME, "the terms from A to Z"),
    ("contacts.html", parts::ContactsView::NAME, "whom to turn to"),
    ("redirect.html", parts::RedirectView::NAME, "an earlier address of a page"),
    ("not-found.html", "", "what stands where there is no page"),
];

/// How many boards, agencies or priorities are listed below their part in the contents beside each page.
const LISTED_IN_CONTENTS: usize = 40;

/// One building of the site: the model and everything that pages are made with.
pub struct Edition<'a> {
    /// The model.
    pub archive: &'a Archive,
    /// Every address.
    pub routes: &'a Routes,
    /// What links of texts can lead to.
    pub targets: &'a Targets<'a>,
    /// The terms of each year, as in [`Routes::years`], and last those of the site itself.
    pub terms: &'a [Terms],
    /// The words of the interface.
    pub words: &'a Words,
    /// What the build was asked for.
    pub options: &'a Options,
    /// The absolute address of the site, without a `/` at its end.
    pub base_url: &'a str,
    /// What has to be said on which page.
    pub told: &'a Told,
    /// The places that must not be published.
    pub flagged: &'a Flagged,
    /// What prose says besides its own words.
    pub prose_words: &'a crate::render::prose::Words,
}

/// What a page is about.
#[derive(Clone, Copy)]
enum Subject {
    Home,
    Front,
    Narrative(usize),
    SitePage(usize),
    Members(Kind),
    /// A board or an agency, by its index among them.
    Submission(Kind, usize),
    Part(Part),
    /// A priority, by its index.
    Priority(usize),
    Print,
    Glossary,
    Contacts,
    NotFound,
}

/// A page that will be made.
pub struct Planned {
    /// Where it stands.
    pub address: Address,
    /// Its year: an index in [`Routes::years`].
    year: Option<usize>,
    subject: Subject,
    title: String,
    /// The entry of the contents that it belongs to.
    current: Option<Address>,
}

/// A page's inputs: everything that its bytes depend on, besides the template set and what all pages share.
pub struct Sheet {
    /// The template.
    pub template: &'static str,
    /// Its year: an index in [`Routes::years`].
    pub year: Option<usize>,
    /// What the page says of itself.
    pub page: PageView,
    /// What is its own.
    pub view: Value,
}

impl<'a> Edition<'a> {
    /// A year as it is made into pages.
    #[must_use]
    pub fn volume(&'a self, year: usize) -> Volume<'a> {
        let routes = &self.routes.years[year];
        let report = &self.archive.reports[routes.report];
        Volume { edition: self, routes, report, medium: Medium::Pages, terms: self.terms.get(year) }
    }

    /// The report of a year that is built.
    fn report(&self, routes: &YearRoutes) -> &'a Report {
        &self.archive.reports[routes.report]
    }

    /// Every page of the site, in reading order.
    #[must_use]
    pub fn plan(&self) -> Vec<Planned> {
        let words = self.words;
        let shared = |address: Address, subject: Subject, title: &str| Planned {
            address,
            year: None,
            subject,
            title: title.to_owned(),
            current: None,
        };
        let mut pages = vec![shared(Address::home(), Subject::Home, &self.archive.site.title)];
        for (index, year) in self.routes.years.iter().enumerate() {
            self.plan_year(index, year, &mut pages);
        }
        for (index, page) in self.archive.pages.iter().enumerate() {
            if let Some(address) = self.routes.page_of(&page.file) {
                pages.push(shared(address.clone(), Subject::SitePage(index), &page.title));
            }
        }
        if self.routes.has_glossary {
            pages.push(shared(route::glossary(), Subject::Glossary, words.text("glossary")));
        }
        if self.routes.has_contacts {
            pages.push(shared(route::contacts(), Subject::Contacts, words.text("contacts")));
        }
        pages.push(shared(Address::new("404.html"), Subject::NotFound, words.text("not_found_title")));
        pages
    }

    fn plan_year(&self, index: usize, year: &YearRoutes, pages: &mut Vec<Planned>) {
        let report = self.report(year);
        let mut add = |address: Address, subject: Subject, title: &str, current: Option<&Address>| {
            let current = current.cloned();
            pages.push(Planned { address, year: Some(index), subject, title: title.to_owned(), current });
        };
        add(year.front.clone(), Subject::Front, &report.title, None);
        for entry in &year.contents {
            let part = match entry {
                Entry::Page(at) => {
                    let page = &report.pages[*at];
                    if let Some(address) = self.routes.page_of(&page.file) {
                        add(address.clone(), Subject::Narrative(*at), &page.title, Some(address));
                    }
                    continue;
                }
                Entry::Part(part) => *part,
            };
            let Some(address) = year.part(part) else { continue };
            let subject = match part {
                Part::Boards => Subject::Members(Kind::Board),
                Part::Agencies => Subject::Members(Kind::Agency),
                _ => Subject::Part(part),
            };
            add(address.clone(), subject, self.words.text(part.name()), Some(&address));
            match part {
                Part::Boards => {
                    for (at, board) in report.boards.iter().enumerate() {
                        if let Some(sent) = board.submission.as_ref().filter(|sent| self.is_built(sent)) {
                            let page = year.submission(Kind::Board, board.id.as_str());
                            add(page, Subject::Submission(Kind::Board, at), &sent.title, Some(&address));
                        }
                    }
                }
                Part::Agencies => {
                    for (at, agency) in report.agencies.iter().enumerate() {
                        if let Some(sent) = agency.submission.as_ref().filter(|sent| self.is_built(sent)) {
                            let page = year.submission(Kind::Agency, agency.id.as_str());
                            add(page, Subject::Submission(Kind::Agency, at), &sent.title, Some(&address));
                        }
                    }
                }
                Part::Priorities => {
                    for (at, priority) in report.priorities.iter().enumerate() {
                        let page = year.priority(priority.id.as_str());
                        add(page, Subject::Priority(at), &priority.name, Some(&address));
                    }
                }
                _ => {}
            }
        }
        add(year.print(), Subject::Print, &report.title, None);
    }

    /// Whether a submission is built.
    #[must_use]
    pub fn is_built(&self, sent: &crate::report::Submission) -> bool {
        route::is_built(sent.status, self.options)
    }

    /// A page's inputs. Its neighbours in the plan are those before and after it of the same year.
    #[must_use]
    pub fn compose(&self, plan: &[Planned], at: usize) -> Sheet {
        let planned = &plan[at];
        let in_order = |other: &&Planned| {
            other.year == planned.year && planned.year.is_some() && !matches!(other.subject, Subject::Print)
        };
        let turns = !matches!(planned.subject, Subject::Print);
        let previous = at.checked_sub(1).and_then(|before| plan.get(before)).filter(in_order).filter(|_| turns);
        let next = plan.get(at + 1).filter(in_order).filter(|_| turns);
        let (template, view, description) = self.view_of(planned);
        let mut page = self.page_view(planned, template, description);
        page.previous = previous.map(Planned::link);
        page.next = next.map(Planned::link);
        Sheet { template, year: planned.year, page, view }
    }

    /// The template and the view of a page, and what search engines are told of it.
    fn view_of(&self, planned: &Planned) -> (&'static str, Value, String) {
        let site = &self.archive.site;
        if let Some(year) = planned.year {
            return self.volume(year).view_of(planned.subject);
        }
        let described = || site.description.clone().unwrap_or_else(|| site.title.clone());
        match planned.subject {
            Subject::Home => ("home.html", theme::value_of(&home::view(self)), described()),
            Subject::SitePage(at) => {
                let page = &self.archive.pages[at];
                let view = narrative::of_site(self, page);
                let description = if view.summary.is_empty() { described() } else { view.summary.clone() };
                ("page.html", theme::value_of(&view), description)
            }
            Subject::Glossary => {
                let description = format!("{}: {}", self.words.text("glossary"), site.title);
                ("glossary.html", theme::value_of(&glossary::view(self)), description)
            }
            Subject::Contacts => {
                let description = format!("{}: {}", self.words.text("contacts"), site.title);
                ("contacts.html", theme::value_of(&contacts::view(self)), description)
            }
            _ => ("not-found.html", theme::value_of(&()), self.words.text("not_found").to_owned()),
        }
    }

    /// What a page says of itself, without its neighbours.
    fn page_view(&self, planned: &Planned, template: &'static str, description: String) -> PageView {
        let address = &planned.address;
        let year = planned.year.map(|year| &self.routes.years[year]);
        let mut breadcrumbs = Vec::new();
        if !matches!(planned.subject, Subject::Home | Subject::NotFound) {
            breadcrumbs.push(LinkView::new(self.words.text("reports"), &Address::home()));
        }
        if let Some(year) = year.filter(|year| year.front != *address) {
            breadcrumbs.push(LinkView::new(self.report(year).year.as_str(), &year.front));
        }
        if let Some(current) = planned.current.as_ref().filter(|current| *current != address) {
            let part = Part::ALL.iter().find(|part| current.as_str().ends_with(&format!("/{}/", part.name())));
            breadcrumbs.extend(part.map(|part| LinkView::new(self.words.text(part.name()), current)));
        }
        let said = self.told.on(address);
        let mut page = PageView {
            title: planned.title.clone(),
            description,
            href: address.to_string(),
            // The server shows this page at any address, so its links count from the site's own.
            root: match planned.subject {
                Subject::NotFound => format!("{}/", path_of(self.base_url)),
                _ => address.root(),
            },
            canonical: format!("{}/{address}", self.base_url),
            kind: template.trim_end_matches(".html"),
            current: planned.current.as_ref().map(ToString::to_string).unwrap_or_default(),
            breadcrumbs,
            notices: said.map(|said| said.notices.clone()).unwrap_or_default(),
            faults: said.map(|said| said.faults.clone()).unwrap_or_default(),
            ..PageView::default()
        };
        if let Some(year) = year.filter(|year| year.front == *address) {
            page.json_ld = self.json_ld(year, &page);
        }
        page
    }

    /// What a report's front page tells search engines.
    fn json_ld(&self, year: &YearRoutes, page: &PageView) -> Html {
        let report = self.report(year);
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
    pub fn redirect(&self, old: &Address, now: &Address, title: &str) -> Sheet {
        let page = PageView {
            title: title.to_owned(),
            href: old.to_string(),
            root: old.root(),
            canonical: format!("{}/{now}", self.base_url),
            kind: "redirect",
            ..PageView::default()
        };
        let view = theme::value_of(&parts::RedirectView { href: now.to_string() });
        Sheet { template: "redirect.html", year: None, page, view }
    }
}

impl Planned {
    /// A link to the page.
    fn link(&self) -> LinkView {
        LinkView::new(&self.title, &self.address)
    }

    /// The page's title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whether search engines should know of the page.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        !matches!(self.subject, Subject::NotFound | Subject::Print)
    }
}

/// The path part of an absolute address, without a `/` at its end.
fn path_of(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.find('/').map_or("", |slash| rest[slash..].trim_end_matches('/'))
}

/// Renders pages in parallel: what came of each, in their order.
#[must_use]
pub fn render_all(
    edition: &Edition<'_>,
    theme: &Theme,
    years: &[Value],
    plan: &[Planned],
) -> Vec<Result<Vec<u8>, theme::Failure>> {
    (0..plan.len()).into_par_iter().map(|at| edition.compose(plan, at).render(theme, years)).collect()
}

impl Sheet {
    /// The page's bytes.
    ///
    /// # Errors
    ///
    /// Where its template fails.
    pub fn render(self, theme: &Theme, years: &[Value]) -> Result<Vec<u8>, theme::Failure> {
        let year = self.year.and_then(|year| years.get(year)).cloned().unwrap_or_else(Value::none);
        theme.render(self.template, [("page", theme::value_of(&self.page)), ("year", year), ("view", self.view)])
    }
}

impl Edition<'_> {
    /// The reason of a waiver.
    #[must_use]
    pub fn waiver(&self, waiver: &Waiver) -> Html {
        let prefix = format!("w{}-", waiver.place.span.start);
        let Some(reason) = &waiver.reason else { return Html::default() };
        let stand = Stand { address: &Address::home(), prefix: &prefix, shift: 1, document: None, terms: None };
        self.text(reason, stand)
    }
}

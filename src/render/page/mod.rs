//! The pages: one file for each kind, which makes a view of the model. Nothing here writes HTML but what prose gives.

mod attendance;
mod budget;
mod charts;
mod commitments;
mod contacts;
mod duties;
pub mod frame;
mod front;
mod glossary;
mod governance;
mod home;
pub mod key;
pub mod leads;
mod lookup;
mod members;
mod narrative;
pub mod plan;
pub mod press;
mod print;
mod priorities;
mod reviews;
pub mod sample;
mod search;
pub mod shared;
mod subject;
mod submission;
pub mod text;
pub mod told;
mod trends;
mod volume;
pub mod year;

use self::plan::{Planned, Subject};
use self::text::Stand;
use self::told::Told;
pub use self::volume::{Medium, Volume};
use super::route::{Address, Routes, YearRoutes};
use super::theme::{self, Value, Words};
use super::tongues::Tongues;
use super::view::shared::{LinkView, PageView};
use super::view::{Html, View, data, parts, print as print_view, submission as submission_view};
use super::withheld::Withheld;
use crate::diagnostic::RelPath;
use crate::model::links::LinkResolver;
use crate::model::report::Waiver;
use crate::model::terms::TermIndex;
use crate::model::{Archive, Report, Submission, SubmitterKind};
use crate::options::Options;

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
pub struct Edition<'a> {
    /// The model.
    pub archive: &'a Archive,
    /// Every address.
    pub routes: &'a Routes,
    /// What links of texts can lead to.
    pub targets: &'a LinkResolver<'a>,
    /// The terms of the site's own pages.
    pub terms: &'a TermIndex,
    /// The words of the interface.
    pub words: &'a Words,
    /// What the build was asked for.
    pub options: &'a Options,
    /// The absolute address of the site, without a `/` at its end.
    pub base_url: &'a str,
    /// What has to be said on which page.
    pub told: &'a Told,
    /// The words that must not be published.
    pub withheld: &'a Withheld,
    /// The languages of the site.
    pub tongues: &'a Tongues,
    /// What prose says besides its own words.
    pub prose_words: &'a crate::render::prose::Words,
}

/// A page's inputs: everything that its bytes depend on, besides the template set and what all pages share.
pub struct Sheet {
    /// The template.
    pub template: &'static str,
    /// What the page says of itself.
    pub page: PageView,
    /// What is its own.
    pub view: Value,
}

impl<'a> Edition<'a> {
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
    pub fn compose(&self, plan: &[Planned], at: usize, volume: Option<&Volume<'_>>) -> Sheet {
        let planned = &plan[at];
        let (template, view, description) = match volume {
            Some(volume) => volume.view_of(planned.subject),
            None => self.view_of(planned.subject),
        };
        let mut page = self.page_view(planned, volume, template, description);
        if volume.is_some() && planned.subject != Subject::Print {
            let in_order = |other: &&Planned| other.subject != Subject::Print;
            page.previous = at.checked_sub(1).and_then(|before| plan.get(before)).filter(in_order).map(Planned::link);
            page.next = plan.get(at + 1).filter(in_order).map(Planned::link);
        }
        Sheet { template, page, view }
    }

    /// The template and the view of a page of the site itself, and what search engines are told of it.
    fn view_of(&self, subject: Subject) -> (&'static str, Value, String) {
        let site = &self.archive.site;
        let described = || site.description.clone().unwrap_or_else(|| site.title.clone());
        let named = |key: &str| format!("{}: {}", self.words.text(key), site.title);
        match subject {
            Subject::Home => ("home.html", theme::value_of(&home::view(self)), described()),
            Subject::SitePage(at) => {
                let view = narrative::of_site(self, &self.archive.pages[at]);
                let description = if view.summary.is_empty() { described() } else { view.summary.clone() };
                ("page.html", theme::value_of(&view), description)
            }
            Subject::Glossary => ("glossary.html", theme::value_of(&glossary::view(self)), named("glossary")),
            Subject::Trends => ("trends.html", theme::value_of(&trends::view(self)), named("trends")),
            Subject::Search => ("search.html", theme::value_of(&search::view(self)), named("search")),
            Subject::Contacts => ("contacts.html", theme::value_of(&contacts::view(self)), named("contacts")),
            _ => ("not-found.html", Value::none(), self.words.text("not_found").to_owned()),
        }
    }

    /// What a page says of itself, without its neighbours.
    fn page_view(
        &self,
        planned: &Planned,
        volume: Option<&Volume<'_>>,
        template: &'static str,
        description: String,
    ) -> PageView {
        let address = &planned.address;
        let mut breadcrumbs = Vec::new();
        if !matches!(planned.subject, Subject::Home | Subject::NotFound) {
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
    fn file_of(&self, planned: &Planned, volume: Option<&Volume<'_>>) -> Option<&'a RelPath> {
        match (planned.subject, volume) {
            (Subject::SitePage(at), _) => Some(&self.archive.pages[at].file),
            (Subject::Narrative(at), Some(volume)) => Some(&self.archive.reports[volume.routes.report].pages[at].file),
            (Subject::Submission(kind, at), Some(volume)) => {
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
    fn root_from(&self, planned: &Planned) -> String {
        match planned.subject {
            Subject::NotFound => format!("{}/", path_of(self.base_url)),
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
        Sheet { template: "redirect.html", page, view }
    }
}

/// The path part of an absolute address, without a `/` at its end.
fn path_of(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.find('/').map_or("", |slash| rest[slash..].trim_end_matches('/'))
}

impl Edition<'_> {
    /// The reason of a waiver.
    #[must_use]
    pub fn waiver(&self, waiver: &Waiver) -> Html {
        let prefix = format!("w{}-", waiver.location.span.start);
        let Some(reason) = &waiver.reason else { return Html::default() };
        let stand = Stand { address: &Address::home(), prefix: &prefix, shift: 1, document: None, terms: None };
        self.text(reason, stand)
    }
}

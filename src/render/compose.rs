//! The template, view and search scope of each kind of page. Only this module knows all three.

use std::borrow::Cow;

use serde::Serialize;

use super::context::{SharedPicture, SiteContext, YearContext};
use super::page::page_list::{PageKind, PlannedPage, SitePage, YearPage};
use super::page::{
    contacts, documents, glossary, linked_data, narrative, part_page, print, priorities, report_index, same_page,
    search, site_index, submission, trends,
};
use super::route::{Address, ContentsEntry, YearRoutes};
use super::search::SearchScope;
use super::share_image;
use super::theme::{self, Value};
use super::view::part::PartView;
use super::view::parts::RedirectView;
use super::view::shared::{LinkView, PageView};
use super::view::template::PageInput;
use super::view::{Html, ViewContent};
use crate::diagnostic::RelPath;
use crate::model::{Page, SubmitterKind};

/// Composes the inputs of pages: those of a year, or those of the site itself.
pub(crate) trait Composer: Sync {
    /// The kinds of page it composes.
    type Kind: PageKind;

    /// The inputs of the page at an index in the plan. Its neighbours in the plan may become its previous and next
    /// page.
    fn compose(&self, plan: &[PlannedPage<Self::Kind>], at: usize) -> PageInput;

    /// What the search index includes of a page.
    fn search_scope(kind: Self::Kind) -> SearchScope;
}

/// The parts of a page that depend on its kind.
struct PageBody<'a> {
    template: Cow<'static, str>,
    view: Value,
    /// The number of charts in the view.
    charts: usize,
    /// The description for search engines.
    description: String,
    /// The file whose text it shows, if it shows one.
    file: Option<&'a RelPath>,
}

impl Composer for SiteContext<'_> {
    type Kind = SitePage;

    fn compose(&self, plan: &[PlannedPage<SitePage>], at: usize) -> PageInput {
        let planned = &plan[at];
        let body = site_page(self, planned.kind);
        let picture = self.shared_picture.get_or_init(|| share_image::shared(self, None));
        let mut page = page_view(self, planned, &body, picture);
        if !matches!(planned.kind, SitePage::Index | SitePage::NotFound) {
            page.breadcrumbs.push(link_to_reports(self));
        }
        PageInput { template: body.template, page, view: body.view, charts: body.charts }
    }

    fn search_scope(kind: SitePage) -> SearchScope {
        match kind {
            SitePage::Index | SitePage::Trends => SearchScope::Title,
            SitePage::Narrative(_) | SitePage::Documents | SitePage::Glossary | SitePage::Contacts => SearchScope::Text,
            SitePage::Search | SitePage::NotFound => SearchScope::Nothing,
        }
    }
}

impl Composer for YearContext<'_> {
    type Kind = YearPage;

    fn compose(&self, plan: &[PlannedPage<YearPage>], at: usize) -> PageInput {
        let planned = &plan[at];
        let body = year_page(self, planned.kind);
        let picture = self.index.shared_picture.get_or_init(|| share_image::shared(self.site, Some(self.routes)));
        let mut page = page_view(self.site, planned, &body, picture);
        page.breadcrumbs.push(link_to_reports(self.site));
        if planned.kind != YearPage::Index {
            page.breadcrumbs.push(LinkView::new(self.report.year.as_str(), &self.routes.front));
        }
        if let Some((part, above)) = planned.above() {
            page.breadcrumbs.push(LinkView::new(self.site.words.text(part.name()), above));
        }
        page.json_ld = match planned.kind {
            YearPage::Index => linked_data::report(self, &page),
            YearPage::Part(part) => linked_data::dataset(self, &page, part),
            _ => Html::default(),
        };
        if planned.kind != YearPage::Print {
            let neighbour = |at: usize| plan.get(at).filter(|other| other.kind != YearPage::Print);
            page.previous = at.checked_sub(1).and_then(neighbour).map(PlannedPage::link);
            page.next = neighbour(at + 1).map(PlannedPage::link);
        }
        let years = &self.site.routes.years;
        let in_year = |other: Option<&YearRoutes>, is_earlier| {
            let other = other?;
            let address = same_page::in_year(self.site, self.report, planned.kind, other, is_earlier)?;
            Some(LinkView::new(other.name(), &address))
        };
        page.earlier = in_year(years.get(self.position + 1), true);
        page.later = in_year(self.position.checked_sub(1).map(|later| &years[later]), false);
        PageInput { template: body.template, page, view: body.view, charts: body.charts }
    }

    fn search_scope(kind: YearPage) -> SearchScope {
        match kind {
            YearPage::Index => SearchScope::Title,
            YearPage::Part(part) => part_page(part).search,
            YearPage::Narrative(_) | YearPage::Submission(..) | YearPage::Priority(_) => SearchScope::Text,
            YearPage::Print => SearchScope::Nothing,
        }
    }
}

/// A page of the site itself.
fn site_page<'a>(context: &SiteContext<'a>, kind: SitePage) -> PageBody<'a> {
    let site = &context.archive.site;
    let described = || site.description.clone().unwrap_or_else(|| site.title.clone());
    let named = |key: &str| format!("{}: {}", context.words.text(key), site.title);
    let (template, (view, charts), description) = match kind {
        SitePage::Index => ("home.html", content(&site_index::view(context)), described()),
        SitePage::Narrative(at) => {
            let page = &context.archive.pages[at];
            let view = narrative::of_site(context, page);
            let description = if view.summary.is_empty() { described() } else { view.summary.clone() };
            let (view, charts) = content(&view);
            return PageBody { template: page_template(page), view, charts, description, file: Some(&page.file) };
        }
        SitePage::Trends => ("trends.html", content(&trends::view(context)), named("trends")),
        SitePage::Documents => ("documents.html", content(&documents::of_site(context)), named("documents")),
        SitePage::Glossary => ("glossary.html", content(&glossary::view(context)), named("glossary")),
        SitePage::Contacts => ("contacts.html", content(&contacts::view(context)), named("contacts")),
        SitePage::Search => ("search.html", content(&search::view(context)), named("search")),
        SitePage::NotFound => ("not-found.html", (Value::none(), 0), context.words.text("not_found").to_owned()),
    };
    PageBody { template: template.into(), view, charts, description, file: None }
}

/// The template of a page of text.
fn page_template(page: &Page) -> Cow<'static, str> {
    page.template.as_ref().map_or("page.html".into(), |template| template.value.clone().into())
}

/// A page of a year.
fn year_page<'a>(context: &YearContext<'a>, kind: YearPage) -> PageBody<'a> {
    let (report, words) = (context.report, context.site.words);
    let named = |name: &str| format!("{name}: {}", report.title);
    let described = |summary: &str, name: &str| if summary.is_empty() { named(name) } else { summary.to_owned() };
    let (template, (view, charts), description, file) = match kind {
        YearPage::Index => {
            let view = report_index::view(context);
            // What changed, as the front page opens with it.
            let opening = [&view.front.headline, &view.front.summary].into_iter().find(|text| !text.is_empty());
            let named = || format!("{}, {}", report.title, context.site.archive.site.title);
            let description = opening.cloned().unwrap_or_else(named);
            ("front.html", content(&view), description, None)
        }
        YearPage::Narrative(at) => {
            let page = &report.pages[at];
            let view = narrative::view(context, page);
            let description = described(&view.summary, &view.title);
            let (view, charts) = content(&view);
            return PageBody { template: page_template(page), view, charts, description, file: Some(&page.file) };
        }
        YearPage::Part(part) => {
            let page = part_page(part);
            let view = (page.view)(context);
            (page.template, (view.to_value(), view.charts()), named(words.text(part.name())), None)
        }
        YearPage::Submission(kind, at) => {
            let sent = match kind {
                SubmitterKind::Board => report.boards[at].submission.as_ref(),
                SubmitterKind::Agency => report.agencies[at].submission.as_ref(),
            };
            let view = submission::view(context, kind, at);
            let description = described(&view.summary, &view.name);
            ("submission.html", content(&view), description, sent.map(|sent| &sent.file))
        }
        YearPage::Priority(at) => {
            let view = priorities::one(context, &report.priorities[at]);
            let description = named(&view.name);
            ("priority.html", content(&view), description, None)
        }
        YearPage::Print => {
            // The document repeats the charts of the other pages, so they do not count again.
            let document = context.as_document();
            let view = print::view(&document, |entry| chapter(&document, entry));
            ("print.html", (theme::value_of(&view), 0), named(words.text("print")), None)
        }
    };
    PageBody { template: template.into(), view, charts, description, file }
}

/// A view as a template value, and the number of charts in it.
fn content(view: &(impl Serialize + ViewContent)) -> (Value, usize) {
    (theme::value_of(view), view.charts())
}

/// What a chapter of the document shows.
fn chapter(document: &YearContext<'_>, entry: ContentsEntry) -> PartView {
    match entry {
        ContentsEntry::Page(at) => PartView::Narrative(Box::new(narrative::view(document, &document.report.pages[at]))),
        ContentsEntry::Part(part) => (part_page(part).view)(document),
    }
}

/// The data common to all pages, without breadcrumbs and neighbours.
fn page_view<K>(
    context: &SiteContext<'_>,
    planned: &PlannedPage<K>,
    body: &PageBody<'_>,
    picture: &SharedPicture,
) -> PageView {
    let (address, base_url) = (&planned.address, context.base_url);
    let notices = context.notices.on(address);
    let mut page = PageView {
        title: planned.title.clone(),
        description: body.description.clone(),
        href: address.to_string(),
        root: planned.root(base_url),
        canonical: format!("{base_url}/{address}"),
        image: picture.url.clone(),
        image_alt: picture.alt.clone(),
        kind: match body.template {
            Cow::Borrowed(template) => template.trim_end_matches(".html"),
            // A page of text with a template of the theme's own.
            Cow::Owned(_) => "page",
        },
        current: planned.current.as_ref().map(|(_, entry)| entry.to_string()).unwrap_or_default(),
        notices: notices.map(|notices| notices.notices.clone()).unwrap_or_default(),
        corrections: notices.map(|notices| notices.corrections.clone()).unwrap_or_default(),
        faults: notices.map(|notices| notices.faults.clone()).unwrap_or_default(),
        warnings: notices.map(|notices| notices.warnings.clone()).unwrap_or_default(),
        ..PageView::default()
    };
    if planned.is_in_all_languages() {
        page.languages = context.languages.views(address, base_url);
    }
    if let Some(tag) = context.languages.untranslated(body.file) {
        tag.clone_into(&mut page.only_in);
        page.canonical = page.languages.first().map_or(page.canonical, |own| own.url.clone());
    }
    page
}

fn link_to_reports(context: &SiteContext<'_>) -> LinkView {
    LinkView::new(context.words.text("reports"), &Address::home())
}

/// The redirect at an earlier address.
#[must_use]
pub(crate) fn redirect(context: &SiteContext<'_>, old: &Address, now: &Address, title: &str) -> PageInput {
    let page = PageView {
        title: title.to_owned(),
        href: old.to_string(),
        root: old.root(),
        canonical: format!("{}/{now}", context.base_url),
        kind: "redirect",
        ..PageView::default()
    };
    PageInput {
        template: "redirect.html".into(),
        page,
        view: theme::value_of(&RedirectView { href: now.to_string() }),
        charts: 0,
    }
}

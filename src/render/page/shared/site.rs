//! What all pages are given of the site.

use super::contact;
use crate::model::site::NamedAddress;
use crate::render::context::SiteContext;
use crate::render::route;
use crate::render::view::Extra;
use crate::render::view::shared::{LinkView, SiteView};

/// What all pages are told of the site.
#[must_use]
pub fn view(edition: &SiteContext<'_>) -> SiteView {
    let site = &edition.archive.site;
    let named =
        |named: &NamedAddress| LinkView { title: named.name.clone(), href: named.url.clone().unwrap_or_default() };
    let words = edition.words;
    let pages = edition.archive.pages.iter();
    SiteView {
        title: site.title.clone(),
        description: site.description.clone().unwrap_or_default(),
        language: site.language.clone(),
        publisher: site.publisher.as_ref().map(named),
        licence: site.licence.as_ref().map(named),
        urgent: site.contacts.iter().filter(|contact| contact.urgent).map(contact::view).collect(),
        pages: pages.filter_map(|page| Some(LinkView::new(&page.title, edition.routes.page_of(&page.file)?))).collect(),
        newest: edition.routes.years.first().map(|year| LinkView::new(&edition.report(year).title, &year.front)),
        glossary: edition.routes.has_glossary.then(|| LinkView::new(words.text("glossary"), &route::glossary())),
        contacts: edition.routes.has_contacts.then(|| LinkView::new(words.text("contacts"), &route::contacts())),
        trends: (!edition.routes.trends.is_empty()).then(|| LinkView::new(words.text("trends"), &route::trends())),
        search: LinkView::new(words.text("search"), &route::search()),
        feed: "atom.xml".to_owned(),
        extra: Extra::from_yaml(site.extra.as_ref()),
    }
}

//! The `site` that all pages receive.

use super::{brand, contact};
use crate::model::site::NamedAddress;
use crate::render::context::SiteContext;
use crate::render::route;
use crate::render::view::Extra;
use crate::render::view::shared::{LinkView, SiteView};

/// The `site` that all pages receive.
#[must_use]
pub(crate) fn view(site: &SiteContext<'_>) -> SiteView {
    let info = &site.archive.site;
    let named =
        |named: &NamedAddress| LinkView { title: named.name.clone(), href: named.url.clone().unwrap_or_default() };
    let words = site.words;
    let pages = site.archive.pages.iter();
    SiteView {
        title: info.title.clone(),
        description: info.description.clone().unwrap_or_default(),
        language: info.language.clone(),
        publisher: info.publisher.as_ref().map(named),
        licence: info.licence.as_ref().map(named),
        urgent: info.contacts.iter().filter(|contact| contact.urgent).map(contact::view).collect(),
        pages: pages.filter_map(|page| Some(LinkView::new(&page.title, site.routes.page_of(&page.file)?))).collect(),
        newest: site.routes.years.first().map(|year| LinkView::new(&site.report(year).title, &year.front)),
        glossary: site.routes.has_glossary.then(|| LinkView::new(words.text("glossary"), &route::glossary())),
        documents: site.routes.has_documents.then(|| LinkView::new(words.text("documents"), &route::documents())),
        contacts: site.routes.has_contacts.then(|| LinkView::new(words.text("contacts"), &route::contacts())),
        trends: (!site.routes.trends.is_empty()).then(|| LinkView::new(words.text("trends"), &route::trends())),
        search: LinkView::new(words.text("search"), &route::search()),
        feed: "atom.xml".to_owned(),
        brand: brand::view(&info.brand, site.dark_mode),
        extra: Extra::from_yaml(info.extra.as_ref()),
    }
}

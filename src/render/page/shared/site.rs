//! The `site` that all pages receive.

use super::{brand, contact};
use crate::model::site::NamedAddress;
use crate::render::context::SiteContext;
use crate::render::route;
use crate::render::view::Extra;
use crate::render::view::shared::{LinkView, SiteView};

/// A language as Open Graph writes it, always with a region. Languages of the United Kingdom have it where none is given.
fn open_graph_locale(tag: &str) -> String {
    let region = tag.split('-').skip(1).find(|part| part.len() == 2);
    let language = tag.split('-').next().unwrap_or_default().to_lowercase();
    let is_of_uk = matches!(language.as_str(), "en" | "cy" | "gd" | "kw");
    let region = region.map(str::to_uppercase).or(is_of_uk.then(|| "GB".to_owned()));
    region.map(|region| format!("{language}_{region}")).unwrap_or_default()
}

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
        locale: open_graph_locale(&info.language),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_has_a_region() {
        for (tag, locale) in
            [("en-GB", "en_GB"), ("en", "en_GB"), ("cy", "cy_GB"), ("pt-br", "pt_BR"), ("sr-Latn-RS", "sr_RS")]
        {
            assert_eq!(open_graph_locale(tag), locale);
        }
        assert_eq!(open_graph_locale("pl"), "", "its region is not known");
    }
}

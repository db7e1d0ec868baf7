//! The picture shown where somebody shares a link: the partnership's name, the year's headline and the report's title,
//! drawn with a font that annal carries, so that the bytes are the same everywhere.

mod card;
mod font;

use std::sync::Arc;

use super::context::{SharedPicture, SiteContext};
use super::route::{self, Address, YearRoutes};
use crate::cache::Cache;
use crate::model::Report;
use crate::model::palette::Palette;
use crate::model::site::SHARE_IMAGE_SIZE;
use crate::output::OutputFile;
use crate::quantity::Colour;
use crate::source::digest::{Digest, hash128};

use self::card::Card;

/// Drawn pictures, keyed by what is drawn.
pub(crate) type ShareImageCache = Cache<Arc<[u8]>>;

/// The accent of the built-in theme.
const ACCENT: Colour = Colour([0x12, 0x43, 0x6d]);

/// The picture that is shown with links to the pages of the site, or of a year. A year without a headline shares the site's.
/// The words in a picture of the partnership's own are not known, so it is called by the site's name.
#[must_use]
pub(crate) fn shared(site: &SiteContext<'_>, year: Option<&YearRoutes>) -> SharedPicture {
    let info = &site.archive.site;
    let of_site = || Address::new(route::SHARE_IMAGE);
    let of_year = year.and_then(|year| Some((year.share_image(), texts_of_year(site, site.report(year))?)));
    let (address, alt) = match (of_year, &info.brand.share_image) {
        (Some((address, texts)), _) => (address, in_words(&texts)),
        (None, Some(own)) => (route::media(&own.file).unwrap_or_else(of_site), info.title.clone()),
        (None, None) => (of_site(), in_words(&texts_of_site(site))),
    };
    SharedPicture { url: format!("{}/{address}", site.base_url), alt }
}

/// The texts of a picture in one.
fn in_words(texts: &[String; 3]) -> String {
    texts.iter().filter(|text| !text.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" – ")
}

/// The headline of a year, unless it has withheld words or letters that the font does not have.
fn headline<'a>(site: &SiteContext<'_>, report: &'a Report) -> Option<&'a str> {
    let headline = report.front.headline.as_deref()?;
    let texts = [headline, &report.title];
    let is_shown = texts.iter().all(|text| font::has_all(text) && !site.redactor.is_in(text));
    is_shown.then_some(headline)
}

/// The texts above, in the middle and below of a year's picture, if it has one.
fn texts_of_year(site: &SiteContext<'_>, report: &Report) -> Option<[String; 3]> {
    Some([only_shown(site, &site.archive.site.title), headline(site, report)?.to_owned(), report.title.clone()])
}

/// The same of the site's picture.
fn texts_of_site(site: &SiteContext<'_>) -> [String; 3] {
    let info = &site.archive.site;
    [String::new(), only_shown(site, &info.title), only_shown(site, info.description.as_deref().unwrap_or_default())]
}

/// A text, unless it has withheld words or letters that the font does not have.
fn only_shown(site: &SiteContext<'_>, text: &str) -> String {
    let is_shown = font::has_all(text) && !site.redactor.is_in(text);
    if is_shown { text.to_owned() } else { String::new() }
}

/// The pictures of the site and of its years that annal draws, to be put at their addresses.
#[must_use]
pub(crate) fn files(site: &SiteContext<'_>, memo: &ShareImageCache) -> Vec<OutputFile> {
    let info = &site.archive.site;
    let accent = info.brand.accent.map_or(ACCENT, |accent| Palette::new(accent).light.accent);
    let card = |[above, text, below]: [String; 3]| Card { accent, above, text, below };
    let of_year = |year: &YearRoutes| Some((year.share_image(), card(texts_of_year(site, site.report(year))?)));
    let own = info.brand.share_image.is_some();
    let of_site = (!own).then(|| (Address::new(route::SHARE_IMAGE), card(texts_of_site(site))));
    let cards = site.routes.years.iter().filter_map(of_year).chain(of_site);
    let drawn = cards.map(|(address, card)| {
        let key: Digest = hash128(&card);
        OutputFile::new(address.file(), memo.get_or_make(key, || card.png(SHARE_IMAGE_SIZE).into()))
    });
    drawn.collect()
}

#[cfg(test)]
mod tests {
    use crate::options::Options;
    use crate::pipeline::{BuildCache, build_in_memory};
    use crate::source::SourceTree;

    /// What is said where somebody shares a link to the page `page`: its description and the words in the picture. `site` and
    /// `report` are added to their files.
    fn shared(site: &str, report: &str, page: &str) -> String {
        let site = format!("title: Safer Westshire\nbase_url: https://s.example\ndescription: Our reports.\n{site}");
        let report =
            format!("title: R\nperiod: {{from: 2023-04-01, to: 2024-03-31}}\nboards: []\nagencies: []\n{report}");
        let tree = SourceTree::from_texts([
            ("content/site.yaml", site.as_str()),
            ("content/2023-24/report.yaml", &report),
            ("content/2023-24/pages/foreword.md", "---\ntitle: Foreword\nsummary: From the chair.\n---\nWords.\n"),
        ]);
        let options = Options { force: true, ..Options::new(jiff::civil::date(2025, 9, 1)) };
        let built = build_in_memory(&tree, &options, &mut BuildCache::none());
        let html = built.output.files.iter().find(|(file, _)| file.as_str() == page).expect("the page is built").1;
        let html = String::from_utf8(html.to_vec()).unwrap();
        let property =
            |name: &str| html.split_once(&format!("=\"{name}\" content=\"")).unwrap().1.split_once('"').unwrap().0;
        assert_eq!(property("og:locale"), "en_GB");
        assert_eq!(property("description"), property("og:description"));
        format!("{} | {}", property("description"), property("og:image:alt"))
    }

    #[test]
    fn links_are_shared_with_what_changed() {
        let front = "2023-24/index.html";
        assert_eq!(
            shared("", "headline: Fewer children waited.\n", front),
            "Fewer children waited. | Safer Westshire – Fewer children waited. – R"
        );
        assert_eq!(shared("", "", front), "From the chair. | Safer Westshire – Our reports.");
        assert_eq!(shared("", "headline: Up.\n", "index.html"), "Our reports. | Safer Westshire – Our reports.");
        let withheld = shared("", "headline: The patient 943 476 5919 waited.\n", front);
        assert!(!withheld.contains("5919") && withheld.ends_with("| Safer Westshire – Our reports."), "{withheld}");
    }
}

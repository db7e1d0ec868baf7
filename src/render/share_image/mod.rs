//! The picture shown where somebody shares a link: the partnership's name, the year's headline and the report's title,
//! drawn with a font that annal carries, so that the bytes are the same everywhere.

mod card;
mod font;

use std::sync::Arc;

use super::context::SiteContext;
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

/// The address of the picture for the pages of the site, or of a year. A year without a headline shares the site's.
#[must_use]
pub(crate) fn address(site: &SiteContext<'_>, year: Option<&YearRoutes>) -> Address {
    if let Some(year) = year.filter(|year| headline(site, site.report(year)).is_some()) {
        return year.share_image();
    }
    let own = site.archive.site.brand.share_image.as_ref().and_then(|picture| route::media(&picture.file));
    own.unwrap_or_else(|| Address::new(route::SHARE_IMAGE))
}

/// The headline of a year, unless it has withheld words or letters that the font does not have.
fn headline<'a>(site: &SiteContext<'_>, report: &'a Report) -> Option<&'a str> {
    let headline = report.front.headline.as_deref()?;
    let texts = [headline, &report.title];
    let is_shown = texts.iter().all(|text| font::has_all(text) && !site.redactor.is_in(text));
    is_shown.then_some(headline)
}

/// The pictures of the site and of its years that annal draws, to be put at their addresses.
#[must_use]
pub(crate) fn files(site: &SiteContext<'_>, memo: &ShareImageCache) -> Vec<OutputFile> {
    let info = &site.archive.site;
    let accent = info.brand.accent.map_or(ACCENT, |accent| Palette::new(accent).light.accent);
    let shown = |text: &str| font::has_all(text) && !site.redactor.is_in(text);
    let only_shown = |text: &str| if shown(text) { text.to_owned() } else { String::new() };
    let of_year = |year: &YearRoutes| {
        let report = site.report(year);
        let headline = headline(site, report)?;
        let card =
            Card { accent, above: only_shown(&info.title), text: headline.to_owned(), below: report.title.clone() };
        Some((year.share_image(), card))
    };
    let of_site = info.brand.share_image.is_none().then(|| {
        let below = only_shown(info.description.as_deref().unwrap_or_default());
        let card = Card { accent, above: String::new(), text: only_shown(&info.title), below };
        (Address::new(route::SHARE_IMAGE), card)
    });
    let cards = site.routes.years.iter().filter_map(of_year).chain(of_site);
    let drawn = cards.map(|(address, card)| {
        let key: Digest = hash128(&card);
        OutputFile::new(address.file(), memo.get_or_make(key, || card.png(SHARE_IMAGE_SIZE).into()))
    });
    drawn.collect()
}

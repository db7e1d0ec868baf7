//! Pages that somebody wrote, of a year or of the site.

use super::shared::narrative::{about, plain};
use crate::model::Page;
use crate::render::anchors::page_anchor;
use crate::render::context::prose::ProsePlacement;
use crate::render::context::{OutputMode, SiteContext, YearContext};
use crate::render::route::Address;
use crate::render::view::parts::NarrativeView;

/// A page of a year.
pub fn view(volume: &YearContext<'_>, page: &Page) -> NarrativeView {
    let (print, prefix) = (volume.routes.print(), format!("{}-", page_anchor(page)));
    let own = volume.edition.routes.page_of(&page.file).unwrap_or(&volume.routes.front);
    let stand = match volume.medium {
        OutputMode::Pages => {
            ProsePlacement { address: own, prefix: "", shift: 0, document: None, terms: volume.terms() }
        }
        OutputMode::Document => {
            ProsePlacement { address: &print, prefix: &prefix, shift: 1, document: volume.document(), terms: None }
        }
    };
    let html = volume.edition.prose.text(&page.body, stand);
    NarrativeView { html, ..about(volume, page) }
}

/// A page of the site.
pub fn of_site(edition: &SiteContext<'_>, page: &Page) -> NarrativeView {
    let home = Address::home();
    let address = edition.routes.page_of(&page.file).unwrap_or(&home);
    let html = edition.prose.text(
        &page.body,
        ProsePlacement { address, prefix: "", shift: 0, document: None, terms: Some(&edition.terms) },
    );
    NarrativeView { html, ..plain(page) }
}

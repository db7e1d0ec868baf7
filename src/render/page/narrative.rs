//! Pages of text, of a year or of the site.

use super::shared::narrative::{about, plain};
use crate::model::Page;
use crate::render::anchors::page_anchor;
use crate::render::context::prose::ProsePlacement;
use crate::render::context::{OutputMode, SiteContext, YearContext};
use crate::render::route::Address;
use crate::render::view::parts::NarrativeView;

/// A page of a year.
pub(crate) fn view(year: &YearContext<'_>, page: &Page) -> NarrativeView {
    let (print, prefix) = (year.routes.print(), format!("{}-", page_anchor(page)));
    let own = year.site.routes.page_of(&page.file).unwrap_or(&year.routes.front);
    let marks_terms = year.marks_terms();
    let placement = match year.mode {
        OutputMode::Pages => ProsePlacement { address: own, prefix: "", shift: 0, document: None, marks_terms },
        OutputMode::Document => {
            ProsePlacement { address: &print, prefix: &prefix, shift: 1, document: year.document(), marks_terms }
        }
    };
    let prose = &year.site.prose;
    let written = year.index.prose(&page.file, || prose.write_whole(&page.body, Some(&year.index.terms)));
    let html = prose.place_whole(&page.body, written, placement);
    NarrativeView { html, only_in: year.site.only_in(&page.file), ..about(year, page) }
}

/// A page of the site.
pub(crate) fn of_site(site: &SiteContext<'_>, page: &Page) -> NarrativeView {
    let home = Address::home();
    let address = site.routes.page_of(&page.file).unwrap_or(&home);
    let placement = ProsePlacement { address, prefix: "", shift: 0, document: None, marks_terms: true };
    let written = site.prose.write_whole(&page.body, Some(&site.terms));
    let html = site.prose.place_whole(&page.body, &written, placement);
    NarrativeView { html, only_in: site.only_in(&page.file), ..plain(page) }
}

//! Pages that somebody wrote, of a year or of the site.

use super::prose::ProsePlacement;
use super::{OutputMode, SiteContext, YearContext};
use crate::model::Page;
use crate::render::route::Address;
use crate::render::view::parts::NarrativeView;
use crate::render::view::{Extra, Html};

/// A page of a year.
pub(super) fn view(volume: &YearContext<'_>, page: &Page) -> NarrativeView {
    let (print, prefix) = (volume.routes.print(), format!("{}-", anchor(page)));
    let own = volume.edition.routes.page_of(&page.file).unwrap_or(&volume.routes.front);
    let stand = match volume.medium {
        OutputMode::Pages => {
            ProsePlacement { address: own, prefix: "", shift: 0, document: None, terms: volume.terms() }
        }
        OutputMode::Document => {
            ProsePlacement { address: &print, prefix: &prefix, shift: 1, document: Some(volume), terms: None }
        }
    };
    let html = volume.edition.text(&page.body, stand);
    NarrativeView { html, ..about(volume, page) }
}

/// A page of a year without its text.
pub(super) fn about(volume: &YearContext<'_>, page: &Page) -> NarrativeView {
    let evidence = page.evidence.iter().map(|duty| volume.duty_link(duty.as_str())).collect();
    NarrativeView { evidence, ..plain(page) }
}

/// A page of the site.
pub(super) fn of_site(edition: &SiteContext<'_>, page: &Page) -> NarrativeView {
    let home = Address::home();
    let address = edition.routes.page_of(&page.file).unwrap_or(&home);
    let html = edition
        .text(&page.body, ProsePlacement { address, prefix: "", shift: 0, document: None, terms: Some(edition.terms) });
    NarrativeView { html, ..plain(page) }
}

/// The fragment of a page in the document.
pub(super) fn anchor(page: &Page) -> String {
    format!("page-{}", crate::source::slug::slug(&page.id))
}

fn plain(page: &Page) -> NarrativeView {
    let (signed_by, signed_role) = page.signed_by.clone().unzip();
    NarrativeView {
        title: page.title.value.clone(),
        summary: page.summary.as_ref().map(|summary| summary.value.clone()).unwrap_or_default(),
        html: Html::default(),
        signed_by: signed_by.unwrap_or_default(),
        signed_role: signed_role.flatten().unwrap_or_default(),
        evidence: Vec::new(),
        extra: Extra::from_yaml(page.extra.as_ref()),
    }
}

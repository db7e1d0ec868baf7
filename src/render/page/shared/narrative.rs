//! Pages of text, without their content.

use crate::model::Page;
use crate::render::context::YearContext;
use crate::render::view::parts::NarrativeView;
use crate::render::view::{Extra, Html};

/// A page of a year.
#[must_use]
pub(crate) fn about(year: &YearContext<'_>, page: &Page) -> NarrativeView {
    let evidence = page.evidence.iter().map(|duty| year.duty_link(duty.as_str())).collect();
    NarrativeView { evidence, ..plain(page) }
}

/// What pages of a year and of the site have in common.
#[must_use]
pub(crate) fn plain(page: &Page) -> NarrativeView {
    let (signed_by, signed_role) = page.signed_by.clone().unzip();
    NarrativeView {
        title: page.title.value.clone(),
        summary: page.summary.as_ref().map(|summary| summary.value.clone()).unwrap_or_default(),
        html: Html::default(),
        only_in: String::new(),
        signed_by: signed_by.unwrap_or_default(),
        signed_role: signed_role.flatten().unwrap_or_default(),
        evidence: Vec::new(),
        extra: Extra::from_yaml(page.extra.as_ref()),
    }
}

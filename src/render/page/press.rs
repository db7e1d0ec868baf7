//! From a page's inputs to its bytes.

use std::sync::Arc;

use super::{Edition, Sheet};
use crate::render::theme::{self, Failure, Theme, Value};
use crate::render::view::shared::FrameView;

/// Renders the pages that share a year, or those that have none.
#[derive(Clone, Copy)]
pub struct Press<'a> {
    /// The building that the pages are part of.
    pub edition: &'a Edition<'a>,
    /// The theme.
    pub theme: &'a Theme,
    /// What pages of a year are told of it.
    pub year: Option<&'a Value>,
}

impl Press<'_> {
    /// A page's bytes, without what must not be published.
    ///
    /// # Errors
    ///
    /// Where its template fails.
    pub fn render(&self, sheet: Sheet, frame: &FrameView) -> Result<Arc<[u8]>, Failure> {
        let given = [
            ("page", theme::value_of(&sheet.page)),
            ("frame", theme::value_of(frame)),
            ("year", self.year.cloned().unwrap_or_else(Value::none)),
            ("view", sheet.view),
        ];
        self.theme.render(sheet.template, given).map(|bytes| self.edition.withheld.sweep("index.html", bytes).into())
    }
}

//! From a page's inputs to its bytes, unless the same inputs gave them before.

use std::sync::Arc;

use super::{Edition, Sheet};
use crate::memo::Cache;
use crate::render::theme::{self, Failure, Theme, Value};
use crate::render::view::shared::FrameView;
use crate::source::tree::Hash;

/// Renders the pages that share a year, or those that have none.
pub struct Press<'a> {
    edition: &'a Edition<'a>,
    theme: &'a Theme,
    pages: &'a Cache<Arc<[u8]>>,
    year: Option<&'a Value>,
    /// The hash of all that the pages share.
    shared: Hash,
}

impl<'a> Press<'a> {
    /// What renders the pages of `year`, and remembers them in `pages`.
    #[must_use]
    pub fn of(
        edition: &'a Edition<'a>,
        theme: &'a Theme,
        pages: &'a Cache<Arc<[u8]>>,
        year: Option<&'a Value>,
    ) -> Self {
        let withheld: Vec<&[u8]> = edition.withheld.words().collect();
        let shared = theme::hash_of(&(theme.fingerprint().to_le_bytes(), withheld, year));
        Self { edition, theme, pages, year, shared }
    }

    /// A page's bytes, without what must not be published.
    ///
    /// # Errors
    ///
    /// Where its template fails.
    pub fn render(&self, sheet: Sheet, frame: &FrameView) -> Result<Arc<[u8]>, Failure> {
        let key = theme::hash_of(&(self.shared.to_le_bytes(), sheet.template, &sheet.page, frame, &sheet.view));
        self.pages.get_or_make(key, || {
            let given = [
                ("page", theme::value_of(&sheet.page)),
                ("frame", theme::value_of(frame)),
                ("year", self.year.cloned().unwrap_or_else(Value::none)),
                ("view", sheet.view),
            ];
            self.theme.render(sheet.template, given).map(|bytes| self.edition.withheld.sweep(bytes).into())
        })
    }
}

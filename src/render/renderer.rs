//! From a page's inputs to its bytes.

use std::sync::Arc;

use super::context::SiteContext;
use super::view::template::PageInput;
use crate::render::theme::{self, RenderError, Theme, Value};
use crate::render::view::shared::ChromeView;

/// Renders the pages that share a year, or those that have none.
#[derive(Clone, Copy)]
pub(crate) struct PageRenderer<'a> {
    /// The site that the pages are part of.
    pub site: &'a SiteContext<'a>,
    /// The theme.
    pub theme: &'a Theme,
    /// The `year` of templates.
    pub year: Option<&'a Value>,
}

impl PageRenderer<'_> {
    /// A page's bytes, without what must not be published.
    ///
    /// # Errors
    ///
    /// Where its template fails.
    pub(crate) fn render(&self, input: PageInput, frame: &ChromeView) -> Result<Arc<[u8]>, RenderError> {
        let given = [
            ("page", theme::value_of(&input.page)),
            ("frame", theme::value_of(frame)),
            ("year", self.year.cloned().unwrap_or_else(Value::none)),
            ("view", input.view),
        ];
        self.theme.render(input.template, given).map(|bytes| self.site.redactor.sweep("index.html", bytes).into())
    }
}

//! Renders a page's inputs to bytes.

use std::sync::Arc;

use super::context::SiteContext;
use super::view::template::PageInput;
use crate::render::theme::{self, RenderError, Theme, Value};
use crate::render::view::shared::ChromeView;

/// Renders the pages of one year, or the site's own pages.
#[derive(Clone, Copy)]
pub(crate) struct PageRenderer<'a> {
    /// The site that the pages belong to.
    pub site: &'a SiteContext<'a>,
    pub theme: &'a Theme,
    /// The `year` that templates receive.
    pub year: Option<&'a Value>,
}

impl PageRenderer<'_> {
    /// A page's bytes, without text that must not be published.
    ///
    /// # Errors
    ///
    /// If its template fails.
    pub(crate) fn render(&self, input: PageInput, frame: &ChromeView) -> Result<Arc<[u8]>, RenderError> {
        let given = [
            ("page", theme::value_of(&input.page)),
            ("frame", theme::value_of(frame)),
            ("year", self.year.cloned().unwrap_or_else(Value::none)),
            ("view", input.view),
        ];
        // A template that the theme does not have has been reported.
        let template = Some(&*input.template).filter(|name| self.theme.has_template(name)).unwrap_or("page.html");
        self.theme.render(template, given).map(|bytes| self.site.redactor.sweep("index.html", bytes).into())
    }
}

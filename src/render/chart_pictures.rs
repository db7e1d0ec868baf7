//! The charts on finished pages as pictures to download, each beside its page.

use super::outlet::{PutFile, SinkClosed};
use super::renderer::PageRenderer;
use super::route::Address;
use crate::chart::{self, PictureStyle};
use crate::output::OutputFile;

/// What the pictures of all pages of a year share.
pub(crate) struct ChartPictures<'a> {
    renderer: PageRenderer<'a>,
    style: PictureStyle,
}

impl<'a> ChartPictures<'a> {
    /// Pictures in the colours of the theme.
    #[must_use]
    pub(crate) fn new(renderer: PageRenderer<'a>) -> Self {
        let sheet = renderer.theme.asset("charts.css").unwrap_or_default();
        Self { renderer, style: PictureStyle::from_css(&String::from_utf8_lossy(sheet)) }
    }

    /// Puts the charts on a page, without text that must not be published.
    ///
    /// # Errors
    ///
    /// If the sink takes no more files.
    pub(crate) fn put(&self, page: &Address, html: &[u8], put: &PutFile<'_>) -> Result<(), SinkClosed> {
        let site = self.renderer.site;
        let html = String::from_utf8_lossy(html);
        let folder = page.file().parent();
        for (name, svg) in chart::pictures(&html, &site.archive.site.title, &self.style) {
            let path = folder.join(&name);
            let bytes = site.redactor.sweep(path.as_str(), svg.into_bytes());
            put(OutputFile::new(path, bytes))?;
        }
        Ok(())
    }
}

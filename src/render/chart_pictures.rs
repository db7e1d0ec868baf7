//! The charts on finished pages as pictures to download, each beside its page.

use super::outlet::{PutFile, SinkClosed};
use super::renderer::PageRenderer;
use super::route::Address;
use crate::chart;
use crate::output::OutputFile;

/// Puts the charts on a page in the colours of the theme, without text that must not be published.
///
/// # Errors
///
/// If the sink takes no more files.
pub(crate) fn put_charts(
    renderer: PageRenderer<'_>,
    page: &Address,
    html: &[u8],
    put: &PutFile<'_>,
) -> Result<(), SinkClosed> {
    let PageRenderer { site, theme, .. } = renderer;
    let html = String::from_utf8_lossy(html);
    let folder = page.file().parent();
    for (name, svg) in chart::pictures(&html, &site.archive.site.title, &theme.chart_style) {
        let path = folder.join(&name);
        let bytes = site.redactor.sweep(path.as_str(), svg.into_bytes());
        put(OutputFile::new(path, bytes))?;
    }
    Ok(())
}

//! The documents of the site and of the years, which are published byte for byte.

use super::context::SiteContext;
use super::outlet::{Outlet, SinkClosed};
use super::route;
use crate::model::held_files::{published_of_site, published_of_year};
use crate::output::{OutputContent, OutputFile, UnreadFile};
use crate::source::{FileContent, SourceTree};

/// Puts the documents without reading them, except those held back. If the site is built in spite of an error that flags
/// words, none is put: nobody can remove the words from them.
///
/// # Errors
///
/// If the sink cannot take one.
pub(crate) fn put(site: &SiteContext<'_>, tree: &SourceTree, outlet: &Outlet<'_>) -> Result<(), SinkClosed> {
    if site.redactor.is_needed() {
        return Ok(());
    }
    let of_years = site.routes.years.iter().flat_map(|year| published_of_year(site.report(year)));
    for document in published_of_site(site.archive).chain(of_years) {
        let file = &document.file;
        let (Some(address), Some(read)) = (route::media(file), tree.files.get(file)) else { continue };
        let content = match &read.content {
            FileContent::OnDisk(disk) => OutputContent::Unread(UnreadFile::Fixed(disk.clone())),
            FileContent::Bytes(bytes) => OutputContent::Bytes(bytes.clone()),
            text => OutputContent::Bytes(text.text().unwrap_or_default().as_bytes().into()),
        };
        outlet.put(OutputFile { path: address.file(), content })?;
    }
    Ok(())
}

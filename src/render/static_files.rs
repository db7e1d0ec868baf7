//! The site's own fixed files, `content/static/`, which are published as they are: `CNAME`, `.well-known/security.txt`,
//! a search engine's verification file, favicons.

use std::sync::Arc;

use super::redact::Redactor;
use super::route::Address;
use crate::diagnostic::RelPath;
use crate::output::OutputFile;
use crate::source::disk::STATIC_DIR;
use crate::source::{FileContent, SourceTree};

/// The addresses of the fixed files, each with its file.
pub(crate) fn addresses(tree: &SourceTree) -> impl Iterator<Item = (Address, RelPath)> {
    tree.files_under(STATIC_DIR).map(|(file, below, _)| {
        // A page's address is its folder's, so that a page of annal's at the same place is found.
        let folder = below.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        (Address::new(folder.unwrap_or(below)), file.clone())
    })
}

/// The fixed files as published: byte for byte, unless the site is built in spite of an error that flags words in them.
pub(crate) fn published(tree: &SourceTree, redactor: &Redactor) -> impl Iterator<Item = OutputFile> {
    tree.files_under(STATIC_DIR).map(|(_, below, file)| {
        let bytes: Arc<[u8]> = match &file.content {
            FileContent::Text(text) => text.as_bytes().into(),
            FileContent::Bytes(bytes) => Arc::clone(bytes),
        };
        OutputFile { path: RelPath::new(below), bytes: redactor.sweep(below, bytes.to_vec()).into() }
    })
}

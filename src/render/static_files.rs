//! The site's own fixed files, `content/static/`, which are published as they are: `CNAME`, `.well-known/security.txt`,
//! a search engine's verification file, favicons.

use super::redact::Redactor;
use super::route::Address;
use crate::diagnostic::RelPath;
use crate::output::{OutputContent, OutputFile};
use crate::source::SourceTree;
use crate::source::disk::TEXT_LIMIT;
use crate::source::picture::PublishedPicture;
use crate::source::tree::{STATIC_DIR, SourceFile};

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
    tree.files_under(STATIC_DIR).filter_map(|(path, below, file)| {
        let address = RelPath::new(below);
        Some(match without_flagged_words(below, file, redactor) {
            Some(bytes) => OutputFile::new(address, bytes),
            None => OutputFile { path: address, content: OutputContent::Picture(PublishedPicture::new(path, file)?) },
        })
    })
}

/// The bytes of a text without the words that errors flag; `None` if it has none.
fn without_flagged_words(below: &str, file: &SourceFile, redactor: &Redactor) -> Option<Vec<u8>> {
    let bytes = file.content.bytes().ok().filter(|bytes| bytes.len() as u64 <= TEXT_LIMIT)?;
    let swept = redactor.sweep(below, bytes.to_vec());
    (swept != *bytes).then_some(swept)
}

//! The site's own fixed files, `content/static/`, which are published as they are: `CNAME`, `.well-known/security.txt`,
//! a search engine's verification file, favicons.

use super::outlet::{Outlet, SinkClosed};
use super::redact::Redactor;
use super::route::Address;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath};
use crate::output::{OutputContent, OutputFile, UnreadFile};
use crate::source::tree::STATIC_DIR;
use crate::source::{FileContent, SourceTree};

/// The addresses of the fixed files, each with its file.
pub(crate) fn addresses(tree: &SourceTree) -> impl Iterator<Item = (Address, RelPath)> {
    tree.files_under(STATIC_DIR).map(|(file, below, _)| {
        // A page's address is its folder's, so that a page of annal's at the same place is found.
        let folder = below.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        (Address::new(folder.unwrap_or(below)), file.clone())
    })
}

/// Puts the fixed files: byte for byte, unless the site is built in spite of an error that flags words in them. Returns
/// `unreadable-file` for those that cannot be read any more.
///
/// # Errors
///
/// If the sink cannot take one.
pub(crate) fn put(tree: &SourceTree, redactor: &Redactor, outlet: &Outlet<'_>) -> Result<Vec<Diagnostic>, SinkClosed> {
    let mut found = Vec::new();
    for (file, below, read) in tree.files_under(STATIC_DIR) {
        let path = RelPath::new(below);
        if let FileContent::OnDisk(file) = &read.content
            && !redactor.is_needed()
        {
            outlet.put(OutputFile { path, content: OutputContent::Unread(UnreadFile::Fixed(file.clone())) })?;
            continue;
        }
        match read.content.bytes() {
            Ok(bytes) => outlet.put(OutputFile::new(path, redactor.sweep(below, bytes.into_owned())))?,
            Err(error) => {
                let message = format!("this file cannot be read: {error}");
                found.push(Diagnostic::new(Code::UnreadableFile, Location::whole(file), message));
            }
        }
    }
    Ok(found)
}

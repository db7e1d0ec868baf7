//! The text of each submission as it was taken in last, kept in `intake/` beside `content/`.
//!
//! A submission whose text still equals this copy may be replaced by a newer document; if it differs, an editor has changed
//! it. It is a file of its own, so that nothing is added to what editors write, and any tool can compare the two.

#![allow(clippy::disallowed_methods, reason = "this file reads what annal keeps beside the site's content")]

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::diagnostic::RelPath;

/// The folder beside `content/`.
pub(super) const FOLDER: &str = "intake";

/// The most bytes that are read; a submission may have no more.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// Where the text of a submission as taken in is kept: `intake/2024-25/agencies/police.md`.
#[must_use]
pub(crate) fn path(submission: &RelPath) -> RelPath {
    RelPath::new(&format!("{FOLDER}/{}", submission.below("content").unwrap_or_default()))
}

/// The body of a submission as it was taken in last. `None` if it never was, or its copy cannot be read.
#[must_use]
pub(crate) fn read(root: &Path, submission: &RelPath) -> Option<String> {
    let file = File::open(root.join(path(submission).as_str())).ok()?;
    let mut text = String::new();
    file.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}

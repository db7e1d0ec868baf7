//! Finds the site that the current folder belongs to.

use std::path::{Path, PathBuf};
use std::{env, io};

/// The file that identifies a folder as a site.
pub(crate) const MARK: &str = "content/site.yaml";

/// The nearest folder at or above the current one that is a site.
///
/// # Errors
///
/// If the current folder cannot be found.
pub(crate) fn nearest_site() -> io::Result<Option<PathBuf>> {
    let here = env::current_dir()?;
    Ok(here.ancestors().find(|folder| folder.join(MARK).is_file()).map(Path::to_path_buf))
}

//! Whether suppressed counts can be worked out from what would be published.

use crate::attack::{AttackReport, is_of_figures, is_table};
use crate::cli::disclosure;
use crate::cli::error::CliError;
use crate::diagnostic::RelPath;
use crate::publish::{BuiltSite, Publisher};

/// The names of the suppressed counts that readers could work out from a site beside the years that stay live as they are.
pub(super) fn worked_out(site: &BuiltSite, publisher: &Publisher) -> Result<Vec<String>, CliError> {
    if !site.paths().any(is_table) {
        return Ok(Vec::new());
    }
    let mut files = disclosure::read(site.folder())?;
    for (path, bytes) in publisher.kept_files(site, is_of_figures)? {
        files.insert(RelPath::new(&path), bytes);
    }
    Ok(AttackReport::new(&files).worked_out())
}

//! Writes what an intake gives, for the command and the desk alike.

use std::path::Path;

use super::sheet::SheetIntake;
use super::{Intake, IntakeFile, IntakeRefusal};
use crate::diagnostic::RelPath;
use crate::edit::taken_in;
use crate::edit::write::{Expected, write};
use crate::source::SourceTree;
use crate::source::digest::hash;

/// Writes the files of an intake to the site at `root`, the submission last, and keeps its text as taken in.
///
/// # Errors
///
/// If a file has changed since `tree` was read, or the disk fails.
pub(crate) fn save(root: &Path, tree: &SourceTree, intake: &Intake) -> Result<(), IntakeRefusal> {
    for IntakeFile { path, bytes } in &intake.files {
        put(root, tree, path, bytes)?;
    }
    let copy = taken_in::path(&intake.path);
    let before = taken_in::read(root, &intake.path);
    if intake.is_kept && before.as_deref() != Some(&intake.body) {
        let known = before.map_or(Expected::Nothing, |before| Expected::File(hash(before.as_bytes())));
        write(root, &copy, known, intake.body.as_bytes()).map_err(|error| IntakeRefusal::NotWritten(copy, error))?;
    }
    Ok(())
}

/// Writes a table to the site at `root`, unless it has exactly this table already.
///
/// # Errors
///
/// As [`save`].
pub(crate) fn save_table(root: &Path, tree: &SourceTree, table: &SheetIntake) -> Result<(), IntakeRefusal> {
    if table.is_known { Ok(()) } else { put(root, tree, &table.path, table.text.text.as_bytes()) }
}

/// Writes a file that is as it was read, or that was not there.
fn put(root: &Path, tree: &SourceTree, path: &RelPath, bytes: &[u8]) -> Result<(), IntakeRefusal> {
    let known = tree.files.get(path).map_or(Expected::Nothing, |file| Expected::File(file.hash));
    write(root, path, known, bytes).map_err(|error| IntakeRefusal::NotWritten(path.clone(), error))
}

//! Applies the suggestions that are certain to one file, as `annal fix` does.

use super::ActionReply;
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, RelPath, SourceTexts};
use crate::edit::difference::changed_lines;
use crate::edit::fix::FixedSite;
use crate::edit::write::{Expected, write};
use crate::pipeline::{self, BuildCache, Options};
use crate::preview::desk::file_at;
use crate::preview::problems::is_fixable;
use crate::preview::snapshot::Snapshot;
use crate::source::SourceTree;
use crate::source::digest::{Digest, hash128};

/// What the suggestions would change in a file.
pub(crate) struct PlannedFix {
    pub file: RelPath,
    /// How many suggestions would be applied.
    pub applied: usize,
    /// The lines that differ, with flagged words hidden.
    pub difference: String,
    /// The hash of the file as it is and as it would be.
    pub shown: Digest,
    new: String,
}

impl PlannedFix {
    /// Works out the changes to the file at a path. `None` if there is no such file, or nothing to change in it.
    pub(crate) fn new(snapshot: &Snapshot, path: &str) -> Option<Self> {
        let file = file_at(&snapshot.tree, &Redactions::from_diagnostics(&snapshot.diagnostics), path)?;
        // Most files have nothing to fix, and checking a site takes a while.
        let is_here = |diagnostic: &Diagnostic| diagnostic.location.file == *file && is_fixable(diagnostic);
        snapshot.diagnostics.iter().find(|diagnostic| is_here(diagnostic))?;
        let options = Options { drafts: true, embargoed: true, preparing: true, ..Options::new(snapshot.today) };
        let check = |tree: &SourceTree| pipeline::check(tree, &options, &mut BuildCache::none()).diagnostics;
        let mut fixed = FixedSite::new(&snapshot.tree, check, |diagnostic, _| is_here(diagnostic));
        let (old, new) = (snapshot.tree.text(file)?, fixed.files.remove(file)?);
        let difference = Redactions::from_diagnostics(&fixed.found).hide(&changed_lines(&old, &new)).into_owned();
        let shown = hash128(&(snapshot.tree.files.get(file)?.hash, new.as_str()));
        (*old != *new).then(|| Self { file: file.clone(), applied: fixed.applied, difference, shown, new })
    }
}

/// Writes what the suggestions change in the file at a path, if it is what the user was shown.
pub(super) fn apply(snapshot: &Snapshot, path: &str, shown: Option<Digest>) -> ActionReply {
    let words = &snapshot.templates().words;
    let changed = || ActionReply::conflict(words.say("desk.file-changed", &[("file", path)]));
    let Some(planned) = PlannedFix::new(snapshot, path) else { return changed() };
    let Some(file) = snapshot.tree.files.get(&planned.file).filter(|_| shown == Some(planned.shown)) else {
        return changed();
    };
    match write(&snapshot.root, &planned.file, Expected::File(file.hash), planned.new.as_bytes()) {
        Ok(()) => ActionReply::done(words.count_with("desk.fixed", planned.applied, &[("file", path)])),
        Err(error) => ActionReply::not_written(&path, &error, words),
    }
}

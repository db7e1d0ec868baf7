//! The preview's second thread: waits for changes, reads, builds, and hands the new edition over.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use jiff::civil::Date;

use super::Say;
use super::desk::LastChanges;
use super::edition::Edition;
use super::watch::Watcher;
use crate::diagnostic::listing::counted;
use crate::diagnostic::{Checked, Diagnostic};
use crate::pipeline::Built;
use crate::source::tree::{Content, SourceFile};
use crate::source::{SourceTree, read_tree};

/// Builds the site at `root` as it is `today`, now and after each change, until the watcher is told to stop.
pub fn work(
    (root, today): (&Path, Date),
    mut watcher: Watcher,
    mut build: impl FnMut(&SourceTree, Vec<Diagnostic>) -> Built,
    publish: impl Fn(Arc<Edition>),
    say: &Say,
) {
    let mut newest: Option<Arc<Edition>> = None;
    let mut read_before: Vec<Diagnostic> = Vec::new();
    loop {
        let started = Instant::now();
        match read(root, newest.as_deref(), &mut watcher) {
            Ok(Checked { value: tree, diagnostics })
                if newest.as_ref().is_none_or(|newest| !is_same(&newest.tree, &tree) || read_before != diagnostics) =>
            {
                read_before.clone_from(&diagnostics);
                // A fault of this tool must not end the preview: the next change may well be fine.
                let made = catch_unwind(AssertUnwindSafe(|| {
                    let whole = build(&tree, diagnostics);
                    let last_changes = LastChanges::of(root, &whole.archive);
                    Arc::new(Edition::after(newest.as_deref(), tree, whole, last_changes, today))
                }));
                if let Ok(edition) = made {
                    say(&tell(&edition, started));
                    newest = Some(Arc::clone(&edition));
                    publish(edition);
                } else {
                    say("annal failed at this change, which is a fault of annal's; the last good pages stay");
                }
            }
            Ok(_) => {}
            Err(error) => say(&format!("the site cannot be read: {error}")),
        }
        if !watcher.wait() {
            return;
        }
    }
}

/// Reads the site. A file that is gone or empty all of a sudden is likely being saved, so that it gets a moment more.
fn read(root: &Path, newest: Option<&Edition>, watcher: &mut Watcher) -> std::io::Result<Checked<SourceTree>> {
    let read = read_tree(root)?;
    let is_there = |file: &SourceFile| match &file.content {
        Content::Text(text) => !text.is_empty(),
        Content::Bytes(bytes) => !bytes.is_empty(),
    };
    let is_lost = newest.is_some_and(|newest| {
        let mut were_there = newest.tree.files.iter().filter(|(_, file)| is_there(file));
        were_there.any(|(path, _)| !read.value.files.get(path).is_some_and(is_there))
    });
    if !is_lost {
        return Ok(read);
    }
    watcher.linger();
    read_tree(root)
}

/// Whether two trees hold the same files.
fn is_same(a: &SourceTree, b: &SourceTree) -> bool {
    let files = |tree: &SourceTree| tree.files.iter().map(|(path, file)| (path.clone(), file.hash)).collect::<Vec<_>>();
    a.files.len() == b.files.len() && a.unread == b.unread && files(a) == files(b)
}

/// What is said of an edition: `built in 12 ms: 3 pages changed; 1 error, 0 warnings, 2 notes`.
fn tell(edition: &Edition, started: Instant) -> String {
    let (took, changed) = (started.elapsed().as_millis(), counted(edition.changed, "page"));
    let verb = if edition.number == 1 { "made" } else { "changed" };
    format!("built in {took} ms: {changed} {verb}; {}", edition.summary.problems())
}

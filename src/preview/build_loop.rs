//! The preview's second thread: waits for changes, reads, builds, and hands the new edition over.

use std::collections::BTreeSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use jiff::civil::Date;

use super::LogSink;
use super::snapshot::Snapshot;
use super::watch::Watcher;
use crate::diagnostic::located::counted;
use crate::diagnostic::{Diagnostic, RelPath};
use crate::pipeline::BuildOutput;
use crate::source::SourceTree;
use crate::source::disk::SiteReader;

/// Builds the site at `root` as it is `today`, now and after each change, until the watcher is told to stop.
pub(crate) fn work(
    (root, today): (&Path, Date),
    mut watcher: Watcher,
    mut build: impl FnMut(&SourceTree, Vec<Diagnostic>) -> BuildOutput,
    publish: impl Fn(Arc<Snapshot>),
    say: &LogSink,
) {
    let mut newest: Option<Arc<Snapshot>> = None;
    let mut reading: Option<SiteReader> = None;
    let mut changed = BTreeSet::new();
    loop {
        let started = Instant::now();
        match read(root, &mut reading, changed, &mut watcher) {
            Ok(Some(SiteReader { tree, diagnostics, .. })) => {
                // A fault of this tool must not end the preview: the next change may well be fine.
                let made = catch_unwind(AssertUnwindSafe(|| {
                    let whole = build(&tree, diagnostics);
                    Arc::new(Snapshot::after(newest.as_deref(), root, tree, whole, today))
                }));
                if let Ok(edition) = made {
                    say(&tell(&edition, started));
                    publish(Arc::clone(&edition));
                    newest = Some(edition);
                } else {
                    say("annal failed at this change, which is a fault of annal's; the last good pages stay");
                }
            }
            Ok(None) => {}
            Err(error) => {
                say(&format!("the site cannot be read: {error}"));
                reading = None;
            }
        }
        let Some(told) = watcher.wait() else { return };
        changed = told;
    }
}

/// Reads the site, where it was read before only what has changed; nothing where that is as it was. A file that is gone
/// or empty all of a sudden is likely being saved, so that it gets a moment more.
fn read(
    root: &Path,
    reading: &mut Option<SiteReader>,
    mut changed: BTreeSet<RelPath>,
    watcher: &mut Watcher,
) -> io::Result<Option<SiteReader>> {
    let Some(reading) = reading else {
        return Ok(Some(reading.insert(SiteReader::new(root)?).clone()));
    };
    let before = reading.clone();
    reading.reload(&mut changed)?;
    if reading.lost_content(&before, &changed) {
        changed.extend(watcher.linger());
        reading.reload(&mut changed)?;
    }
    Ok(reading.differs(&before, &changed).then(|| reading.clone()))
}

/// What is said of an edition: `built in 12 ms: 3 pages changed; 1 error, 0 warnings, 2 notes`.
fn tell(edition: &Snapshot, started: Instant) -> String {
    let (took, changed) = (started.elapsed().as_millis(), counted(edition.changed, "page"));
    let verb = if edition.number == 1 { "made" } else { "changed" };
    format!("built in {took} ms: {changed} {verb}; {}", edition.summary.problems())
}

//! The preview's build thread: waits for changes, reads the files, builds the site, and publishes the new snapshot.

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
use crate::diagnostic::RelPath;
use crate::diagnostic::located::counted;
use crate::pipeline::MemoryBuild;
use crate::source::SourceTree;
use crate::source::disk::SiteReader;

/// Builds the site at `root` for the date `today`, now and after each change, until the watcher stops.
pub(crate) fn work(
    (root, today): (&Path, Date),
    mut watcher: Watcher,
    mut build: impl FnMut(&SourceTree) -> MemoryBuild,
    publish: impl Fn(Arc<Snapshot>),
    say: &LogSink,
) {
    let mut newest: Option<Arc<Snapshot>> = None;
    let mut reading: Option<SiteReader> = None;
    let mut changed = BTreeSet::new();
    loop {
        let started = Instant::now();
        match read(root, &mut reading, changed, &mut watcher) {
            Ok(Some(SiteReader { tree, .. })) => {
                // A bug in annal must not end the preview: the next change may well build.
                let snapshot = catch_unwind(AssertUnwindSafe(|| {
                    let whole = build(&tree);
                    Arc::new(Snapshot::after(newest.as_deref(), root, tree, whole, today))
                }));
                if let Ok(snapshot) = snapshot {
                    say(&log_line(&snapshot, started));
                    publish(Arc::clone(&snapshot));
                    newest = Some(snapshot);
                } else {
                    say(
                        "annal failed to build this change, which is a bug in annal; the earlier pages are still shown",
                    );
                }
            }
            Ok(None) => {}
            Err(error) => {
                say(&format!("cannot read the site: {error}"));
                reading = None;
            }
        }
        let Some(paths) = watcher.wait() else { return };
        changed = paths;
    }
}

/// Reads the site, or only the `changed` files if it has been read before. Returns `None` if the content is the same.
/// A file that suddenly disappears or becomes empty is probably being saved, so it is read again a moment later.
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

/// The log line for a snapshot: `built in 12 ms: 3 pages changed; 1 error, 0 warnings, 2 notes`.
fn log_line(snapshot: &Snapshot, started: Instant) -> String {
    let (took, changed) = (started.elapsed().as_millis(), counted(snapshot.changed, "page"));
    let verb = if snapshot.number == 1 { "created" } else { "changed" };
    format!("built in {took} ms: {changed} {verb}; {}", snapshot.summary.problems())
}

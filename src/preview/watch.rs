//! Watches the site for changes: the system reports them, and the files are also checked at intervals.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use walkdir::WalkDir;

use super::LogSink;
use crate::diagnostic::RelPath;
use crate::source::disk::SOURCE_DIRS;
use crate::source::skipped_files::is_skipped;
use crate::source::tree::files_at;

/// How long there must be no change before a save counts as finished: a text editor makes several changes.
const QUIET: Duration = Duration::from_millis(8);
/// The same after many changes, which come from something larger than a save.
const QUIET_AFTER_MANY: Duration = Duration::from_millis(50);
/// How many changes count as many.
const MANY: usize = 12;
/// The longest wait for changes that follow each other without a pause.
const LONGEST: Duration = Duration::from_secs(2);
/// How often the files are checked if the system does not report changes.
const POLL: Duration = Duration::from_millis(250);
/// How often the files are checked if it does, in case it missed a change.
const SAFETY: Duration = Duration::from_secs(2);
/// The time between two checks is at least this many times the duration of a check.
const SHARE: u32 = 20;
/// How many files are checked before looking for reported changes again.
const LOOKED_AT_ONCE: usize = 64;
/// The age at which git's lock counts as abandoned.
const STALE: Duration = Duration::from_secs(10);

/// A signal to the watcher.
pub(crate) enum WatchSignal {
    /// A file or folder has changed. The path is relative to the site's root; an empty path means anything may have.
    Changed(RelPath),
    /// The preview stops.
    Stop,
}

/// The result of waiting for a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WaitResult {
    Change,
    Nothing,
    Stop,
}

/// The size and modification time of a file. They show whether it has changed, without reading it.
type FileStamp = (u64, Option<SystemTime>);

/// Waits for changes below `content/` and `themes/`.
pub(crate) struct Watcher {
    root: PathBuf,
    signals: Receiver<WatchSignal>,
    /// The system's own watcher, if it works.
    native: Option<RecommendedWatcher>,
    /// The stamps of all files at the last check.
    seen: BTreeMap<RelPath, FileStamp>,
    /// How long the last check took.
    took: Duration,
    /// The changes that have not been collected yet.
    changed: BTreeSet<RelPath>,
    /// The lock file that git keeps while it changes other files.
    git_lock: Option<PathBuf>,
    is_stopped: bool,
}

impl Watcher {
    /// Watches the site at `root`. If `poll` is set or the system cannot report changes, the files are only checked at
    /// intervals. The returned sender can stop the watcher.
    pub(crate) fn new(root: &Path, poll: bool, say: &LogSink) -> (Self, Sender<WatchSignal>) {
        let (sender, signals) = channel();
        let git_lock = root.ancestors().map(|folder| folder.join(".git")).find(|git| git.is_dir());
        let mut watcher = Self {
            root: root.to_owned(),
            signals,
            native: None,
            seen: BTreeMap::new(),
            took: Duration::ZERO,
            changed: BTreeSet::new(),
            git_lock: git_lock.map(|git| git.join("index.lock")),
            is_stopped: false,
        };
        if !poll {
            match watch(root, sender.clone()) {
                Ok(native) => watcher.native = Some(native),
                Err(error) => say(&format!("the system does not report changes ({error}); checking for them instead")),
            }
        }
        watcher.look();
        watcher.changed.clear();
        (watcher, sender)
    }

    /// Waits until something has changed and no more changes follow. Returns the changed paths, relative to the site's
    /// root; an empty path means that anything may have changed. Returns `None` when the preview stops.
    pub(crate) fn wait(&mut self) -> Option<BTreeSet<RelPath>> {
        loop {
            let every = if self.native.is_some() { SAFETY } else { POLL };
            match self.hear(every.max(self.took * SHARE)) {
                WaitResult::Change => break,
                WaitResult::Stop => return None,
                WaitResult::Nothing => match self.look() {
                    WaitResult::Change => {
                        // A folder that was replaced is no longer watched.
                        self.watch_tops();
                        break;
                    }
                    WaitResult::Stop => return None,
                    WaitResult::Nothing => {}
                },
            }
        }
        self.settle();
        (!self.is_stopped).then(|| self.take_changed())
    }

    /// Waits a little longer for more changes, and returns them.
    pub(crate) fn linger(&mut self) -> BTreeSet<RelPath> {
        if self.hear(QUIET_AFTER_MANY) == WaitResult::Change {
            self.settle();
        }
        self.take_changed()
    }

    /// Collects the reported changes, and records their stamps so that the next check does not report them again.
    fn take_changed(&mut self) -> BTreeSet<RelPath> {
        let changed = std::mem::take(&mut self.changed);
        let is_anywhere = changed.iter().any(is_top);
        for path in changed.iter().filter(|_| !is_anywhere) {
            let gone: Vec<RelPath> = files_at(&self.seen, path).map(|(file, _)| file.clone()).collect();
            for file in gone {
                self.seen.remove(&file);
            }
            self.seen.extend(stamps(&self.root, path.as_str()));
        }
        changed
    }

    /// Waits until there has been no change for a moment, but no longer than two seconds.
    fn settle(&mut self) {
        let deadline = Instant::now() + LONGEST;
        let mut changes = 1;
        loop {
            let quiet = if changes < MANY { QUIET } else { QUIET_AFTER_MANY };
            let left = deadline.saturating_duration_since(Instant::now());
            match self.hear(quiet.min(left)) {
                _ if left.is_zero() => return,
                WaitResult::Change => changes += 1,
                WaitResult::Nothing if self.git_is_at_work() => {}
                WaitResult::Nothing | WaitResult::Stop => return,
            }
        }
    }

    /// Waits for a signal, at most for the time `within`.
    fn hear(&mut self, within: Duration) -> WaitResult {
        if self.is_stopped {
            return WaitResult::Stop;
        }
        match self.signals.recv_timeout(within) {
            Ok(WatchSignal::Changed(path)) => {
                if is_top(&path) {
                    self.watch_tops();
                }
                self.changed.insert(path);
                WaitResult::Change
            }
            Ok(WatchSignal::Stop) | Err(RecvTimeoutError::Disconnected) => {
                self.is_stopped = true;
                WaitResult::Stop
            }
            Err(RecvTimeoutError::Timeout) => WaitResult::Nothing,
        }
    }

    /// Whether git is changing files now, which it shows by its lock file.
    fn git_is_at_work(&self) -> bool {
        let lock = self.git_lock.as_ref().and_then(|lock| lock.metadata().ok());
        lock.and_then(|lock| lock.modified().ok()?.elapsed().ok()).is_some_and(|age| age < STALE)
    }

    /// Watches the source folders that exist. Needed again when one has been replaced.
    fn watch_tops(&mut self) {
        if let Some(native) = &mut self.native {
            for top in SOURCE_DIRS {
                let top = self.root.join(top);
                _ = native.unwatch(&top);
                if top.exists() {
                    _ = native.watch(&top, RecursiveMode::Recursive);
                }
            }
        }
    }

    /// Checks all files for changes since the last check. A reported change ends the check early, so that people who
    /// save a file meanwhile do not have to wait for it.
    fn look(&mut self) -> WaitResult {
        let (started, root) = (Instant::now(), self.root.clone());
        let mut seen = BTreeMap::new();
        for (count, stamp) in SOURCE_DIRS.iter().flat_map(|top| stamps(&root, top)).enumerate() {
            seen.extend([stamp]);
            if count % LOOKED_AT_ONCE == 0 {
                match self.hear(Duration::ZERO) {
                    WaitResult::Nothing => {}
                    signal => return signal,
                }
            }
        }
        self.took = started.elapsed();
        let is_other = |(file, stamp): &(&RelPath, &FileStamp)| self.seen.get(*file) != Some(*stamp);
        let written = seen.iter().filter(is_other).map(|(file, _)| file.clone());
        let removed = self.seen.keys().filter(|file| !seen.contains_key(*file)).cloned();
        let changed: BTreeSet<RelPath> = written.chain(removed).collect();
        self.seen = seen;
        if changed.is_empty() {
            return WaitResult::Nothing;
        }
        self.changed.extend(changed);
        WaitResult::Change
    }
}

/// The files at a path and below it, with their stamps.
fn stamps(root: &Path, path: &str) -> impl Iterator<Item = (RelPath, FileStamp)> {
    let walk = WalkDir::new(root.join(path)).follow_links(true).into_iter();
    let kept = walk.filter_entry(move |entry| {
        entry.depth() == 0 || !is_skipped(entry.path().strip_prefix(root).unwrap_or(entry.path()))
    });
    kept.flatten().filter(|entry| !entry.file_type().is_dir()).map(move |entry| {
        let metadata = entry.metadata().ok();
        let written = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
        let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
        (path_of(below), (metadata.map_or(0, |metadata| metadata.len()), written))
    })
}

/// Asks the system to report changes in the source folders and to the source folders themselves.
fn watch(root: &Path, sender: Sender<WatchSignal>) -> notify::Result<RecommendedWatcher> {
    let own_root = root.to_owned();
    let mut native = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // If the system lost an event, anything may have changed. Sending fails only after the preview has stopped.
        let Ok(event) = event else {
            _ = sender.send(WatchSignal::Changed(RelPath::new("")));
            return;
        };
        // Reading a file is reported too. Reacting to that would never end.
        if event.kind.is_access() {
            return;
        }
        let meant = event.paths.iter().filter_map(|path| what_changed(&own_root, path));
        let anywhere = event.need_rescan().then(|| RelPath::new(""));
        meant.chain(anywhere).for_each(|path| _ = sender.send(WatchSignal::Changed(path)));
    })?;
    native.watch(root, RecursiveMode::NonRecursive)?;
    for top in SOURCE_DIRS.map(|top| root.join(top)).iter().filter(|top| top.exists()) {
        native.watch(top, RecursiveMode::Recursive)?;
    }
    Ok(native)
}

/// Whether a path is a source folder itself, or empty.
fn is_top(path: &RelPath) -> bool {
    !path.as_str().contains('/')
}

/// The path relative to the site's root, if it is a source folder or inside one. `None` for paths that are never read.
fn what_changed(root: &Path, path: &Path) -> Option<RelPath> {
    let below = path.strip_prefix(root).ok()?;
    let mut parts = below.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    parts.next().filter(|top| SOURCE_DIRS.contains(&&**top))?;
    (!below.ancestors().any(is_skipped)).then(|| path_of(below))
}

/// A disk path relative to the site's root as a [`RelPath`]. If the name cannot be written as one, this is the empty
/// path, which means that anything may have changed.
fn path_of(below: &Path) -> RelPath {
    let path = RelPath::new(below.to_str().unwrap_or_default());
    if Path::new(path.as_str()) == below { path } else { RelPath::new("") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_changes_to_source_files_count() {
        let check = |path: &str| what_changed(Path::new("/site"), Path::new(path)).map(|path| path.to_string());
        for path in ["content", "content/2019-20/boards/risk.md", "themes/civic/assets/a.css"] {
            assert_eq!(check(&format!("/site/{path}")).as_deref(), Some(path));
        }
        if cfg!(unix) {
            assert_eq!(check("/site/content/a\\b.md").as_deref(), Some(""), "a RelPath cannot have this name");
        }
        for path in ["/site/output/index.html", "/site/content/.risk.md.swp", "/site/content/a.md~", "/site", "/else"] {
            assert_eq!(check(path), None, "{path}");
        }
    }
}

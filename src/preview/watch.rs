//! When to look at the site again: what the system tells of changes, and a look of our own where it tells nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use walkdir::WalkDir;

use super::LogSink;
use crate::diagnostic::RelPath;
use crate::source::disk::{SOURCE_DIRS, is_ignored};
use crate::source::tree::files_at;

/// How long it must be quiet after a change or two before it counts as done: an editor's save is several.
const QUIET: Duration = Duration::from_millis(8);
/// The same after many changes, which something larger makes.
const QUIET_AFTER_MANY: Duration = Duration::from_millis(50);
/// How many changes are many.
const MANY: usize = 12;
/// The longest that changes without a pause are waited for.
const LONGEST: Duration = Duration::from_secs(2);
/// How often the files are looked over where the system tells nothing.
const POLL: Duration = Duration::from_millis(250);
/// How often they are looked over where it does, in case it missed something.
const SAFETY: Duration = Duration::from_secs(2);
/// A look at the files may take this part of the time between two looks.
const SHARE: u32 = 20;
/// How many files are looked at before it is asked whether something was told.
const LOOKED_AT_ONCE: usize = 64;
/// How old git's lock may be before it counts as left behind.
const STALE: Duration = Duration::from_secs(10);

/// What a watcher is told.
pub(crate) enum WatchSignal {
    /// What lies at a path from the site's root changed, or anything at all where the path is empty.
    Changed(RelPath),
    /// The preview stops.
    Stop,
}

/// What a watcher heard while it waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WaitResult {
    Change,
    Nothing,
    Stop,
}

/// What tells a version of a file from others without reading it: how large it is, and when it was written.
type FileStamp = (u64, Option<SystemTime>);

/// Waits for changes below `content/` and `themes/`.
pub(crate) struct Watcher {
    root: PathBuf,
    signals: Receiver<WatchSignal>,
    /// What the system tells, unless it cannot.
    native: Option<RecommendedWatcher>,
    /// The files' sizes and times as they were last looked over.
    seen: BTreeMap<RelPath, FileStamp>,
    /// How long that took.
    took: Duration,
    /// What was told since it was last asked for.
    changed: BTreeSet<RelPath>,
    /// The file that git holds while it changes many others.
    git_lock: Option<PathBuf>,
    is_stopped: bool,
}

impl Watcher {
    /// Watches the site at `root`, by looking at the files again and again if `poll` says so or nothing else works.
    /// The sender tells it to stop.
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
                Err(error) => say(&format!("the system does not tell of changes ({error}); looking for them instead")),
            }
        }
        watcher.look();
        watcher.changed.clear();
        (watcher, sender)
    }

    /// Waits until something has changed and come to rest, and says where, as paths from the site's root; the empty path
    /// stands for anywhere. Nothing once the preview stops.
    pub(crate) fn wait(&mut self) -> Option<BTreeSet<RelPath>> {
        loop {
            let every = if self.native.is_some() { SAFETY } else { POLL };
            match self.hear(every.max(self.took * SHARE)) {
                WaitResult::Change => break,
                WaitResult::Stop => return None,
                WaitResult::Nothing => match self.look() {
                    WaitResult::Change => {
                        // A folder that was exchanged is watched no longer.
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

    /// Waits a moment longer than usual, and then until it is quiet; says what else has changed meanwhile.
    pub(crate) fn linger(&mut self) -> BTreeSet<RelPath> {
        if self.hear(QUIET_AFTER_MANY) == WaitResult::Change {
            self.settle();
        }
        self.take_changed()
    }

    /// What was told, which is no news any more when the files are looked over the next time.
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

    /// Waits until it has been quiet for a moment, two seconds at the most.
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

    /// What is told within a time.
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

    /// Whether git is changing files now: it holds its lock for as long.
    fn git_is_at_work(&self) -> bool {
        let lock = self.git_lock.as_ref().and_then(|lock| lock.metadata().ok());
        lock.and_then(|lock| lock.modified().ok()?.elapsed().ok()).is_some_and(|age| age < STALE)
    }

    /// Watches the tops that are there, again where they were exchanged.
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

    /// Looks the files over for what came, went or was written since the last look. Whoever saves a file meanwhile does
    /// not wait for that: what is told ends it.
    fn look(&mut self) -> WaitResult {
        let (started, root) = (Instant::now(), self.root.clone());
        let mut seen = BTreeMap::new();
        for (count, stamp) in SOURCE_DIRS.iter().flat_map(|top| stamps(&root, top)).enumerate() {
            seen.extend([stamp]);
            if count % LOOKED_AT_ONCE == 0 {
                match self.hear(Duration::ZERO) {
                    WaitResult::Nothing => {}
                    told => return told,
                }
            }
        }
        self.took = started.elapsed();
        let is_other = |(file, stamp): &(&RelPath, &FileStamp)| self.seen.get(*file) != Some(*stamp);
        let came = seen.iter().filter(is_other).map(|(file, _)| file.clone());
        let went = self.seen.keys().filter(|file| !seen.contains_key(*file)).cloned();
        let changed: BTreeSet<RelPath> = came.chain(went).collect();
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
    let kept = walk.filter_entry(|entry| entry.depth() == 0 || !is_ignored(&entry.file_name().to_string_lossy()));
    kept.flatten().filter(|entry| !entry.file_type().is_dir()).map(move |entry| {
        let metadata = entry.metadata().ok();
        let written = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
        let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
        (path_of(below), (metadata.map_or(0, |metadata| metadata.len()), written))
    })
}

/// Asks the system to tell of changes: of all below the tops, and of the tops themselves.
fn watch(root: &Path, sender: Sender<WatchSignal>) -> notify::Result<RecommendedWatcher> {
    let own_root = root.to_owned();
    let mut native = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // What the system failed to tell is a change as well. Nobody listens any more once the preview stops.
        let Ok(event) = event else {
            _ = sender.send(WatchSignal::Changed(RelPath::new("")));
            return;
        };
        // Reading a file is told of too; to look again for that would never end.
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

/// Whether a path is one of the tops, or above them.
fn is_top(path: &RelPath) -> bool {
    !path.as_str().contains('/')
}

/// What a path is from the site's root, where it is one of the tops or lies below one; nothing where it is not read at
/// all.
fn what_changed(root: &Path, path: &Path) -> Option<RelPath> {
    let below = path.strip_prefix(root).ok()?;
    let mut parts = below.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    parts.next().filter(|top| SOURCE_DIRS.contains(&&**top))?;
    (!parts.any(|part| is_ignored(&part))).then(|| path_of(below))
}

/// The path from the site's root of what lies there on the disk; the empty one, for anything, where its name is none
/// that a path can have.
fn path_of(below: &Path) -> RelPath {
    let path = RelPath::new(below.to_str().unwrap_or_default());
    if Path::new(path.as_str()) == below { path } else { RelPath::new("") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_no_change() {
        let check = |path: &str| what_changed(Path::new("/site"), Path::new(path)).map(|path| path.to_string());
        for path in ["content", "content/2019-20/boards/risk.md", "themes/civic/assets/a.css"] {
            assert_eq!(check(&format!("/site/{path}")).as_deref(), Some(path));
        }
        if cfg!(unix) {
            assert_eq!(check("/site/content/a\\b.md").as_deref(), Some(""), "its path is not what it is called");
        }
        for path in ["/site/output/index.html", "/site/content/.risk.md.swp", "/site/content/a.md~", "/site", "/else"] {
            assert_eq!(check(path), None, "{path}");
        }
    }
}

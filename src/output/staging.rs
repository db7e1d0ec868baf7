//! The hidden folder next to the output folder (the target) where a new site is written before it replaces the old
//! one. It also contains the lock that stops two builds from writing at the same time.
//!
//! ```text
//! site/
//! ├── output/            the target
//! └── .output.annal/     only while a build writes
//!     ├── lock           held by the build
//!     ├── turn           held by the build that is next, while it waits for the lock
//!     ├── new/           the new site while it is written; after the exchange, the old site until it is removed
//!     └── old/           the old site, if it had to be moved away before the new one came (see `exchange`)
//! ```
//!
//! A killed build leaves this folder behind, and the next build clears it. Files are not synced to the disk one by one:
//! that would take longer than the build. A file that a power cut damages has the wrong SHA-256 and is built again.

#![allow(clippy::disallowed_methods, reason = "this room is what writes to the disk")]

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use super::WriteError;
use super::error::DiskError;
use crate::platform;

/// How long to wait for another build before saying so.
const PATIENCE: Duration = Duration::from_millis(300);

/// The locked folder next to the target. Dropping this removes the folder.
pub(super) struct Staging {
    target: PathBuf,
    folder: PathBuf,
    /// Kept open because closing it would release the lock.
    _lock: File,
}

impl Staging {
    /// Creates the folder next to `target` and locks it. Calls `waiting` if another build keeps the lock for longer
    /// than a moment. Clears up after a killed build, and undoes a half-finished exchange.
    pub(crate) fn beside(target: &Path, waiting: impl FnOnce() + Send) -> Result<Self, WriteError> {
        let mut name = std::ffi::OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(".annal");
        let folder = target.with_file_name(name);
        let lock = acquire(&folder, waiting)?;
        let staging = Self { target: target.to_owned(), folder, _lock: lock };
        staging.recover()?;
        Ok(staging)
    }

    /// The folder that the new site is written to.
    pub(crate) fn new_site(&self) -> PathBuf {
        self.folder.join("new")
    }

    /// The folder that the old site is moved to if the two cannot be exchanged in one step.
    fn old_site(&self) -> PathBuf {
        self.folder.join("old")
    }

    /// Undoes what a killed build began: puts an old site that was moved away back, and clears the rest.
    fn recover(&self) -> Result<(), WriteError> {
        let old = self.old_site();
        if old.symlink_metadata().is_ok() {
            if self.has_site()? {
                // The new site came, and the build was killed before it removed the old one.
                clear(&old)?;
            } else {
                // An empty folder may be in the way. The old site is the only one: if it cannot be put back, it stays.
                _ = fs::remove_dir(&self.target);
                fs::rename(&old, &self.target).map_err(DiskError::new("put the site back into", &self.target))?;
            }
        }
        clear(&self.new_site())
    }

    /// Whether there is anything in the target.
    fn has_site(&self) -> Result<bool, WriteError> {
        match fs::read_dir(&self.target) {
            Ok(mut entries) => Ok(entries.next().is_some()),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
            Err(error) => Err(DiskError::new("read", &self.target)(error).into()),
        }
    }

    /// Replaces the target with the new site. When this returns, the old site has been removed.
    ///
    /// The two are exchanged in one step if the system can do that. If not, the old site is moved away first; if the
    /// build is killed at that point, the next build puts the old site back.
    pub(crate) fn exchange(&self, target_exists: bool, remove_files: impl FnOnce(&Path)) -> Result<(), WriteError> {
        let (new, target) = (self.new_site(), &self.target);
        let replace = DiskError::new("replace", target);
        if !target_exists {
            return Ok(fs::rename(new, target).map_err(replace)?);
        }
        match platform::exchange(&new, target) {
            Ok(()) => remove_files(&new),
            Err(error) if is_unsupported(&error) => self.replace_in_two_steps().map_err(replace)?,
            Err(error) => return Err(replace(error).into()),
        }
        clear(&self.old_site())?;
        clear(&new)
    }

    /// Moves the old site away and the new one to its place, or the old one back if that fails.
    fn replace_in_two_steps(&self) -> io::Result<()> {
        let old = self.old_site();
        fs::rename(&self.target, &old)?;
        fs::rename(self.new_site(), &self.target).inspect_err(|_| {
            // If this fails as well, the next build tries again.
            _ = fs::rename(&old, &self.target);
        })
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Anything that cannot be removed here is cleared by the next build.
        _ = clear(&self.new_site());
        // If another build is waiting, it needs the lock files. The last build removes them while it holds both.
        let turn = self.folder.join("turn");
        let Ok(held) = open(&turn) else { return };
        if platform::REMOVES_OPEN_FILES && held.try_lock().is_ok() && platform::is_still_at(&held, &turn) {
            _ = fs::remove_file(self.folder.join("lock"));
            _ = fs::remove_file(turn);
            _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Creates `folder` and the file `lock` in it, and locks the file. Calls `waiting` if that takes longer than a moment.
fn acquire(folder: &Path, waiting: impl FnOnce() + Send) -> Result<File, WriteError> {
    std::thread::scope(|scope| {
        let (locked, is_locked) = std::sync::mpsc::channel::<()>();
        scope.spawn(move || {
            if is_locked.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                waiting();
            }
        });
        let lock = take_turn(folder);
        drop(locked);
        lock
    })
}

/// Waits for the lock in order of arrival.
///
/// A build takes the turn first, and gives it back when it has the lock. A build that ends and starts again at once
/// therefore queues after the one that is waiting, and nobody waits for ever.
fn take_turn(folder: &Path) -> Result<File, WriteError> {
    let path = folder.join("turn");
    let _turn = loop {
        match fs::create_dir_all(folder) {
            // The build that held the lock has removed the folder just after it was found to be there.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && !is_something_else(folder) => continue,
            created => created.map_err(DiskError::new("create", folder))?,
        }
        let turn = match open(&path) {
            Ok(turn) => turn,
            // The build that held the lock has just removed the folder.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(DiskError::new("lock", &path)(error).into()),
        };
        wait_for(&turn).map_err(DiskError::new("lock", &path))?;
        if platform::is_still_at(&turn, &path) {
            break turn;
        }
    };
    // This file is only removed by a build that holds the turn.
    let path = folder.join("lock");
    let lock = open(&path).map_err(DiskError::new("lock", &path))?;
    wait_for(&lock).map_err(DiskError::new("lock", &path))?;
    Ok(lock)
}

/// Whether something that is no folder is at a path.
fn is_something_else(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|there| !there.is_dir())
}

/// Opens a lock file, and creates it if needed.
fn open(path: &Path) -> io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(path)
}

/// Waits until nobody else holds the lock on a file, and locks it.
fn wait_for(file: &File) -> io::Result<()> {
    match file.lock() {
        // Some network file systems do not support locks. Builds must still work there.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
        locked => locked,
    }
}

/// Whether the error means that the system or the file system cannot exchange two folders.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Removes a folder and everything in it, if it exists.
fn clear(folder: &Path) -> Result<(), WriteError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(DiskError::new("clear", folder)(error).into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(path: &Path, text: &str) {
        fs::create_dir_all(path).unwrap();
        fs::write(path.join("a"), text).unwrap();
    }

    #[test]
    fn an_old_site_that_was_moved_away_is_put_back() {
        let site = tempfile::tempdir().unwrap();
        let target = site.path().join("output");
        folder_with(&site.path().join(".output.annal/old"), "old");
        folder_with(&site.path().join(".output.annal/new"), "new");
        drop(Staging::beside(&target, || panic!("no other build holds the lock")).unwrap());
        assert_eq!(fs::read_to_string(target.join("a")).unwrap(), "old");
        assert!(!site.path().join(".output.annal").exists());
    }

    #[test]
    fn a_new_site_already_in_place_is_kept() {
        let site = tempfile::tempdir().unwrap();
        let target = site.path().join("output");
        folder_with(&target, "new");
        folder_with(&site.path().join(".output.annal/old"), "old");
        drop(Staging::beside(&target, || ()).unwrap());
        assert_eq!(fs::read_to_string(target.join("a")).unwrap(), "new");
    }

    #[test]
    fn the_only_copy_of_a_site_is_never_cleared() {
        let site = tempfile::tempdir().unwrap();
        let target = site.path().join("output");
        let old = site.path().join(".output.annal/old");
        folder_with(&old, "old");
        // Whatever keeps the site from being put back: here a file.
        fs::write(&target, "in the way").unwrap();
        let error = Staging::beside(&target, || ()).map(drop).unwrap_err().to_string();
        assert!(error.starts_with("cannot put the site back into `"), "{error}");
        assert_eq!(fs::read_to_string(old.join("a")).unwrap(), "old");
        fs::remove_file(&target).unwrap();
        fs::create_dir(&target).unwrap();
        drop(Staging::beside(&target, || ()).unwrap());
        assert_eq!(fs::read_to_string(target.join("a")).unwrap(), "old", "an empty folder is not in the way");
    }

    #[test]
    fn sites_are_exchanged() {
        let site = tempfile::tempdir().unwrap();
        let target = site.path().join("output");
        for (round, exists) in [("first", false), ("second", true)] {
            let staging = Staging::beside(&target, || ()).unwrap();
            folder_with(&staging.new_site(), round);
            staging.exchange(exists, |_| ()).unwrap();
            assert_eq!(fs::read_to_string(target.join("a")).unwrap(), round);
        }
        assert_eq!(fs::read_dir(site.path()).unwrap().count(), 1, "nothing is left next to the target");
    }

    #[test]
    fn a_site_is_replaced_where_folders_cannot_be_exchanged() {
        let site = tempfile::tempdir().unwrap();
        let target = site.path().join("output");
        folder_with(&target, "old");
        let staging = Staging::beside(&target, || ()).unwrap();
        staging.replace_in_two_steps().unwrap_err();
        assert_eq!(fs::read_to_string(target.join("a")).unwrap(), "old", "there is no new site, so the old one stays");
        folder_with(&staging.new_site(), "new");
        staging.replace_in_two_steps().unwrap();
        assert_eq!(fs::read_to_string(target.join("a")).unwrap(), "new");
        assert_eq!(fs::read_to_string(staging.old_site().join("a")).unwrap(), "old");
        drop(staging);
        assert_eq!(fs::read_to_string(target.join("a")).unwrap(), "new");
    }

    #[test]
    fn a_waiting_build_says_so() {
        let site = tempfile::tempdir().unwrap();
        let target = site.path().join("output");
        let held = Staging::beside(&target, || ()).unwrap();
        std::thread::scope(|scope| {
            let (sender, receiver) = std::sync::mpsc::channel();
            let second = scope.spawn({
                let target = &target;
                move || Staging::beside(target, || sender.send(()).unwrap()).map(drop)
            });
            receiver.recv().unwrap();
            drop(held);
            second.join().unwrap().unwrap();
        });
        assert_eq!(fs::read_dir(site.path()).unwrap().count(), 0);
    }
}

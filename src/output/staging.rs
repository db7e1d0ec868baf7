//! Where a new site is made before it takes the old one's place: a hidden folder beside the target, which also holds
//! the lock that keeps two builds apart.
//!
//! ```text
//! site/
//! ├── output/            the target
//! └── .output.annal/     only while a build writes
//!     ├── lock           held by the build
//!     ├── turn           held by who is next, while it waits for the lock
//!     ├── new/           the site in the making; after the exchange, the old site on its way out
//!     └── old/           the old site, where it had to be moved aside before the new one came (see `exchange`)
//! ```
//!
//! A killed build leaves this folder behind, and the next one clears it. Nothing is synced to the disk file by file:
//! that would cost more than the build, and what a power cut spoils is found by its SHA-256 and built again.

#![allow(clippy::disallowed_methods, reason = "this room is what writes to the disk")]

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use super::WriteError;
use super::error::DiskError;

/// For how long another build may hold the lock before anybody is told of it.
const PATIENCE: Duration = Duration::from_millis(300);

/// The folder beside the target, locked. Dropping it clears it away.
pub(super) struct Staging {
    target: PathBuf,
    folder: PathBuf,
    /// Held open for the lock on it.
    _lock: File,
}

impl Staging {
    /// Makes the folder beside `target` and locks it; calls `waiting` where another build holds it for longer than a
    /// moment. What a killed build left is cleared, or mended where it was killed between two renames.
    pub(crate) fn beside(target: &Path, waiting: impl FnOnce() + Send) -> Result<Self, WriteError> {
        let mut name = std::ffi::OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(".annal");
        let folder = target.with_file_name(name);
        let lock = acquire(&folder, waiting)?;
        let staging = Self { target: target.to_owned(), folder, _lock: lock };
        staging.mend()?;
        Ok(staging)
    }

    /// Where the new site is made.
    pub(crate) fn new_site(&self) -> PathBuf {
        self.folder.join("new")
    }

    /// Where the old site is moved aside where the two cannot be exchanged in one step.
    fn old_site(&self) -> PathBuf {
        self.folder.join("old")
    }

    /// Undoes what a killed build began: puts an old site that was moved aside back, and clears the rest.
    fn mend(&self) -> Result<(), WriteError> {
        let old = self.old_site();
        // Fails where there is none, and where the target is no empty folder since the new site has arrived.
        if fs::rename(&old, &self.target).is_err() {
            clear(&old)?;
        }
        clear(&self.new_site())
    }

    /// Puts the new site in the target's place. The old site, where there was one, is gone when this returns.
    ///
    /// Where the system can, the two are exchanged in one step. Where it cannot, the old site is moved aside first;
    /// a build killed just then leaves it there, and the next one puts it back.
    pub(crate) fn exchange(&self, target_exists: bool, remove_files: impl FnOnce(&Path)) -> Result<(), WriteError> {
        let (new, target) = (self.new_site(), &self.target);
        let replace = DiskError::new("replace", target);
        if !target_exists {
            return Ok(fs::rename(new, target).map_err(replace)?);
        }
        match exchange_in_one_step(&new, target) {
            Ok(()) => remove_files(&new),
            Err(error) if is_unsupported(&error) => {
                let old = self.old_site();
                fs::rename(target, &old).map_err(replace)?;
                if let Err(error) = fs::rename(&new, target) {
                    // Nothing more can be done should this fail as well; the next build tries again.
                    _ = fs::rename(&old, target);
                    return Err(DiskError::new("replace", target)(error).into());
                }
            }
            Err(error) => return Err(replace(error).into()),
        }
        clear(&self.old_site())?;
        clear(&new)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Whatever fails here is cleared by the next build.
        _ = clear(&self.new_site());
        // Where somebody waits, the locks are theirs; who is the last clears them away, holding both.
        let turn = self.folder.join("turn");
        let Ok(held) = open(&turn) else { return };
        if cfg!(unix) && held.try_lock().is_ok() && is_still_at(&held, &turn) {
            _ = fs::remove_file(self.folder.join("lock"));
            _ = fs::remove_file(turn);
            _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Locks the file `lock` in `folder`, making both; calls `waiting` where that takes longer than a moment.
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

/// Waits for the lock behind those who came before.
///
/// Whoever wants the lock takes the turn first and gives it back once it has the lock. So a build that ends and begins
/// anew at once stands behind the one that waits, and nobody waits for ever.
fn take_turn(folder: &Path) -> Result<File, WriteError> {
    let path = folder.join("turn");
    let _turn = loop {
        fs::create_dir_all(folder).map_err(DiskError::new("create", folder))?;
        let turn = match open(&path) {
            Ok(turn) => turn,
            // The build that held the lock cleared the folder away just now.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(DiskError::new("lock", &path)(error).into()),
        };
        wait_for(&turn).map_err(DiskError::new("lock", &path))?;
        if is_still_at(&turn, &path) {
            break turn;
        }
    };
    // Nobody removes this file but with the turn in hand.
    let path = folder.join("lock");
    let lock = open(&path).map_err(DiskError::new("lock", &path))?;
    wait_for(&lock).map_err(DiskError::new("lock", &path))?;
    Ok(lock)
}

/// Opens a file to be locked, making it.
fn open(path: &Path) -> io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(path)
}

/// Locks a file once nobody else holds it.
fn wait_for(file: &File) -> io::Result<()> {
    match file.lock() {
        // Some network file systems know no locks; a build there must not fail for that.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
        locked => locked,
    }
}

/// Whether `file`, once locked, is still the one at `path`: the build that held the lock before may have removed it.
#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Elsewhere the file is never removed.
#[cfg(not(unix))]
fn is_still_at(_: &File, _: &Path) -> bool {
    true
}

/// Exchanges two folders of one file system so that nobody ever sees either name without a folder.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_in_one_step(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Elsewhere there is no such call.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_in_one_step(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether the system or the file system does not know how to exchange two folders.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Removes a folder with all that is in it, where there is one.
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
    fn an_old_site_that_was_moved_aside_is_put_back() {
        let site = tempfile::tempdir().unwrap();
        let target = site.path().join("output");
        folder_with(&site.path().join(".output.annal/old"), "old");
        folder_with(&site.path().join(".output.annal/new"), "new");
        drop(Staging::beside(&target, || panic!("nobody holds the lock")).unwrap());
        assert_eq!(fs::read_to_string(target.join("a")).unwrap(), "old");
        assert!(!site.path().join(".output.annal").exists());
    }

    #[test]
    fn a_new_site_that_has_arrived_stays() {
        let site = tempfile::tempdir().unwrap();
        let target = site.path().join("output");
        folder_with(&target, "new");
        folder_with(&site.path().join(".output.annal/old"), "old");
        drop(Staging::beside(&target, || ()).unwrap());
        assert_eq!(fs::read_to_string(target.join("a")).unwrap(), "new");
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
        assert_eq!(fs::read_dir(site.path()).unwrap().count(), 1, "nothing is left beside the target");
    }

    #[test]
    fn who_waits_is_told() {
        let site = tempfile::tempdir().unwrap();
        let target = site.path().join("output");
        let held = Staging::beside(&target, || ()).unwrap();
        std::thread::scope(|scope| {
            let (told, hears) = std::sync::mpsc::channel();
            let second = scope.spawn({
                let target = &target;
                move || Staging::beside(target, || told.send(()).unwrap()).map(drop)
            });
            hears.recv().unwrap();
            drop(held);
            second.join().unwrap().unwrap();
        });
        assert_eq!(fs::read_dir(site.path()).unwrap().count(), 0);
    }
}

//! Two runs from the same folder, and a run after one that was cut off.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::error::PublishError;
use crate::platform;

/// The folder in the site's folder that is there while a run publishes.
const FOLDER: &str = ".publish.annal";

/// How often to create the folder again that a run which finishes removes.
const ATTEMPTS: usize = 100;

/// A locked file in the site's folder that holds the token of the run. A run that is cut off leaves it behind, so that
/// the next one knows that a claim in the target is nobody else's, and need not wait for it to expire.
#[derive(Debug)]
pub(super) struct LocalLock {
    path: PathBuf,
    file: Option<File>,
    /// The token of the run that was cut off.
    pub left_behind: Option<String>,
    /// Whether the file holds the token of a run that has not finished, this one or the one that was cut off.
    is_needed: bool,
}

impl LocalLock {
    /// Locks the file for a target, which `name` identifies.
    ///
    /// # Errors
    ///
    /// If another run from this folder is at work. A folder that cannot be written to is no error: then only the target
    /// knows who publishes.
    pub(super) fn take(site: &Path, name: &str) -> Result<Self, PublishError> {
        let (folder, path) = (site.join(FOLDER), site.join(FOLDER).join(name));
        let mut attempts = 0;
        let mut file = loop {
            attempts += 1;
            let created = fs::create_dir_all(&folder);
            let opened =
                created.and_then(|()| File::options().create(true).truncate(false).read(true).write(true).open(&path));
            let file = match opened {
                Ok(file) => file,
                // A run that has just finished has removed the folder.
                Err(error) if is_gone(&error) && attempts < ATTEMPTS => continue,
                Err(_) => return Ok(Self { path, file: None, left_behind: None, is_needed: false }),
            };
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => {
                    return Err(PublishError {
                        is_refusal: true,
                        ..PublishError::new("another `annal publish` from this folder is at work")
                            .help("wait until it has finished, then publish again")
                    });
                }
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            // A run that finished after this one opened the file has removed it: then its lock keeps nobody out.
            if platform::is_still_at(&file, &path) {
                break file;
            }
        };
        let mut token = String::new();
        let is_needed = file.read_to_string(&mut token).is_ok() && !token.is_empty();
        Ok(Self { path, file: Some(file), left_behind: is_needed.then_some(token), is_needed })
    }

    /// Notes the token of this run, before the target does.
    pub(super) fn note(&mut self, token: &str) {
        if let Some(file) = &mut self.file {
            // If this fails, the run after one that is cut off has to wait for a minute.
            let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(token.as_bytes()));
            self.is_needed = true;
        }
    }

    /// Removes the file: the run has finished.
    pub(super) fn finish(mut self) {
        self.is_needed = false;
    }
}

impl Drop for LocalLock {
    fn drop(&mut self) {
        let Some(file) = self.file.take() else { return };
        if self.is_needed {
            return;
        }
        // Removed while it is locked: a run that locks it between the two would lose its file.
        let held = platform::REMOVES_OPEN_FILES.then_some(file);
        _ = fs::remove_file(&self.path);
        _ = self.path.parent().map(fs::remove_dir);
        drop(held);
    }
}

/// Whether the folder is not there any more: when a file in it was opened, or when it had just been found to be there.
fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn two_runs_never_have_the_lock_at_once() {
        let site = tempfile::tempdir().unwrap();
        let (holders, most, taken) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..2_000 {
                        let Ok(lock) = LocalLock::take(site.path(), "a") else { continue };
                        assert!(lock.file.is_some(), "the folder can be written to");
                        most.fetch_max(holders.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::yield_now();
                        taken.fetch_add(1, Ordering::SeqCst);
                        holders.fetch_sub(1, Ordering::SeqCst);
                        lock.finish();
                    }
                });
            }
        });
        assert_eq!(most.into_inner(), 1);
        assert!(taken.into_inner() > 1);
        assert!(!site.path().join(FOLDER).exists(), "nothing is left behind");
    }
}

//! Two runs from the same folder, and a run after one that was cut off.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::error::PublishError;

/// The folder in the site's folder that is there while a run publishes.
const FOLDER: &str = ".publish.annal";

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
        let path = site.join(FOLDER).join(name);
        let opened = fs::create_dir_all(site.join(FOLDER))
            .and_then(|()| File::options().create(true).truncate(false).read(true).write(true).open(&path));
        let Ok(mut file) = opened else { return Ok(Self { path, file: None, left_behind: None, is_needed: false }) };
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
        let was_locked = self.file.take().is_some();
        if was_locked && !self.is_needed {
            _ = fs::remove_file(&self.path);
            _ = self.path.parent().map(fs::remove_dir);
        }
    }
}

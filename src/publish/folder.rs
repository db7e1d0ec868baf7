//! Publishes to a folder of this machine or of a mounted drive.
//!
//! ```text
//! /srv/www/report/
//! ├── current → releases/ID    what the web server shows: exchanged in one step
//! ├── releases/ID/             the files of a release; those that did not change are hard links
//! ├── releases/ID.json         its record
//! └── .annal/manifest.json
//! ```

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

use super::HEARTBEAT_SECONDS;
use super::error::PublishError;
use super::manifest::{MANIFEST_PATH, OWN_FOLDER, TargetManifest};
use super::release::{ReleaseId, ReleaseRecord};
use super::target::{CURRENT, Change, KeptState, RELEASES, Target};
use crate::platform::link_folder;

/// A folder that releases are published to.
pub(super) struct FolderTarget {
    root: PathBuf,
    /// The manifest as it was last read or written.
    kept: Option<Vec<u8>>,
}

/// The manifest in a folder, without any request to the network. `None` if nothing was published there.
pub(super) fn manifest_in(root: &Path) -> Option<TargetManifest> {
    TargetManifest::parse(&fs::read(root.join(MANIFEST_PATH)).ok()?).ok()
}

impl FolderTarget {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root, kept: None }
    }

    fn release(&self, release: &ReleaseId) -> PathBuf {
        self.root.join(RELEASES).join(release.as_str())
    }

    /// Writes a manifest if the one in the folder is still the one that this run knows.
    fn exchange_manifest(&mut self, manifest: &TargetManifest) -> Result<(), PublishError> {
        let own = self.root.join(OWN_FOLDER);
        fs::create_dir_all(&own).map_err(PublishError::disk("create", &own))?;
        let path = own.join("lock");
        // Held for this comparison alone. The system releases it if the run is killed.
        let lock = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(PublishError::disk("lock", &path))?;
        match lock.lock() {
            // Some network drives have no locks. The claim in the manifest still holds there, save for a moment.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            locked => locked.map_err(PublishError::disk("lock", &path))?,
        }
        if read(&self.root.join(MANIFEST_PATH))? != self.kept {
            return Err(PublishError::overtaken());
        }
        let bytes = manifest.to_bytes();
        replace(&self.root.join(MANIFEST_PATH), &bytes)?;
        self.kept = Some(bytes);
        Ok(())
    }

    /// Creates the folder of a release beside the others, and gives it its name once it is whole.
    fn make_release(&self, change: &Change<'_>) -> Result<(), PublishError> {
        let target = self.release(&change.plan.release);
        if target.exists() {
            return Ok(());
        }
        let new = self.root.join(RELEASES).join(format!(".{}.new", change.plan.release));
        clear(&new)?;
        let done = std::sync::atomic::AtomicUsize::new(0);
        change.plan.files.par_iter().try_for_each(|(path, hash)| {
            let to = new.join(path);
            let above = to.parent().unwrap_or(&new);
            fs::create_dir_all(above).map_err(PublishError::disk("create", above))?;
            let before = change.old.live().filter(|_| change.old.files.get(path) == Some(hash));
            let before = before.map(|live| self.release(&live.release).join(path));
            if before.as_ref().is_none_or(|before| fs::hard_link(before, &to).is_err()) {
                let from = change.site.filter(|site| site.holds(path)).map(|site| site.path(path)).or(before);
                let from = from.ok_or_else(|| PublishError::new(format!("`{path}` is nowhere to copy from")))?;
                fs::copy(&from, &to).map_err(PublishError::disk("write", &to))?;
            }
            let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            (change.progress)(done, change.plan.files.len());
            Ok(())
        })?;
        fs::rename(&new, &target).map_err(PublishError::disk("create", &target))
    }

    /// Gives the release the assets that went out of use a short time ago, for readers who still have an old page open.
    fn keep_assets(&self, change: &Change<'_>) {
        let Some(before) = change.old.live().map(|live| self.release(&live.release)) else { return };
        let target = self.release(&change.plan.release);
        for path in change.new.unused_assets.keys() {
            let to = target.join(path);
            if to.exists() {
                // It may be a link to the same file, which copying would empty.
                continue;
            }
            _ = to.parent().map(fs::create_dir_all);
            // An asset that is not there any more is no fault.
            _ = fs::hard_link(before.join(path), &to).or_else(|_| fs::copy(before.join(path), &to).map(drop));
        }
    }

    /// Lets the link lead to a release, in one step.
    fn exchange_link(&self, release: &ReleaseId) -> Result<(), PublishError> {
        let (link, new) = (self.root.join(CURRENT), self.root.join(".current.new"));
        if link.exists() && !link.is_symlink() {
            return Err(PublishError::new(format!("`{}` is there, and is not a link", link.display()))
                .help("move it away: annal makes a link of that name, which leads to the release that is live"));
        }
        _ = fs::remove_file(&new);
        link_folder(&Path::new(RELEASES).join(release.as_str()), &new).map_err(|error| {
            PublishError::disk("create the link", &link)(error)
                .help("on Windows, turn on Developer Mode, or publish to a zip and unpack that")
        })?;
        fs::rename(&new, &link).map_err(PublishError::disk("exchange", &link))
    }
}

impl Target for FolderTarget {
    fn read(&mut self) -> Result<KeptState, PublishError> {
        self.kept = read(&self.root.join(MANIFEST_PATH))?;
        let Some(bytes) = &self.kept else { return Ok(KeptState::default()) };
        let modified = fs::metadata(self.root.join(MANIFEST_PATH)).and_then(|metadata| metadata.modified()).ok();
        // A time stamp in the future is of a clock that goes wrong, and nothing to wait for.
        let age = modified.map(|modified| SystemTime::now().duration_since(modified).map_or(0, |age| age.as_secs()));
        Ok(KeptState { manifest: TargetManifest::parse(bytes)?, claim_age: age })
    }

    fn live_files(&self, paths: &[&str]) -> Result<Vec<Option<Vec<u8>>>, PublishError> {
        paths.iter().map(|path| read(&self.root.join(CURRENT).join(path))).collect()
    }

    fn files(&self, release: &ReleaseId, files: &[(&str, &str)]) -> Result<Vec<Option<Vec<u8>>>, PublishError> {
        files.iter().map(|(path, _)| read(&self.release(release).join(path))).collect()
    }

    fn record(&self, release: &ReleaseId) -> Result<Option<Vec<u8>>, PublishError> {
        read(&self.root.join(RELEASES).join(ReleaseRecord::file(release)))
    }

    fn claim(&mut self, claimed: &TargetManifest) -> Result<(), PublishError> {
        fs::create_dir_all(self.root.join(RELEASES)).map_err(PublishError::disk("create", &self.root))?;
        self.exchange_manifest(claimed)
    }

    fn apply(&mut self, change: &Change<'_>) -> Result<(), PublishError> {
        let manifest = self.root.join(MANIFEST_PATH);
        let (finished, heart) = std::sync::mpsc::channel::<()>();
        std::thread::scope(|scope| {
            // The manifest's time stamp is the sign of life.
            scope.spawn(move || {
                let beat = std::time::Duration::from_secs(HEARTBEAT_SECONDS);
                while heart.recv_timeout(beat) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                    let open = File::options().append(true).open(&manifest);
                    _ = open.and_then(|file| file.set_modified(SystemTime::now()));
                }
            });
            let made = self.make_release(change);
            drop(finished);
            made
        })?;
        self.keep_assets(change);
        if let Some(record) = &change.record {
            replace(&self.root.join(RELEASES).join(ReleaseRecord::file(&change.plan.release)), record)?;
        }
        self.exchange_link(&change.plan.release)
    }

    fn commit(&mut self, manifest: &TargetManifest) -> Result<(), PublishError> {
        self.exchange_manifest(manifest)?;
        // What is no longer kept goes last. What a killed run leaves of it, the next run removes.
        let kept = manifest.kept();
        let releases = self.root.join(RELEASES);
        for entry in fs::read_dir(&releases).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let id = name.trim_start_matches('.').split('.').next().and_then(ReleaseId::parse);
            if id.is_some_and(|id| name.starts_with('.') || !kept.contains(&&id)) {
                _ = fs::remove_file(entry.path()).or_else(|_| fs::remove_dir_all(entry.path()));
            }
        }
        Ok(())
    }
}

/// The bytes of a file, or `None` if there is no such file.
fn read(path: &Path) -> Result<Option<Vec<u8>>, PublishError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(PublishError::disk("read", path)(error)),
    }
}

/// Writes a file in one step.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(name);
    fs::write(&new, bytes).and_then(|()| fs::rename(&new, path)).map_err(PublishError::disk("write", path))
}

/// Removes a folder and everything in it, if it exists.
fn clear(folder: &Path) -> Result<(), PublishError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(PublishError::disk("clear", folder)(error)),
        _ => Ok(()),
    }
}

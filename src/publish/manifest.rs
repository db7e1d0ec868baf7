//! What a target keeps about itself: which files are live, and which releases there were.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::error::PublishError;
use super::release::{FileHashes, HistoryEntry, RELEASES_KEPT, ReleaseId};

/// The folder of a target in which annal keeps its own files.
pub(super) const OWN_FOLDER: &str = ".annal";

/// The manifest's path in a target.
pub(crate) const MANIFEST_PATH: &str = ".annal/manifest.json";

/// How many days an asset stays after the last release that used it, for readers who still have an old page open.
const ASSET_DAYS: i32 = 30;

/// The version of the format. A manifest of another version is refused.
const FORMAT: u32 = 1;

/// The hashes that differ between two releases: `None` where the other release has no such file.
pub(super) type Differences = BTreeMap<String, Option<String>>;

/// The manifest of a target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TargetManifest {
    pub(super) format: u32,
    /// What was made live, newest first. The first entry is live.
    pub releases: Vec<HistoryEntry>,
    /// The live files.
    pub files: FileHashes,
    /// How the release before differs, so that a rollback needs no further read.
    pub(super) before: Differences,
    /// Assets that the live release does not use any more, with the day on which they went out of use.
    pub(super) unused_assets: BTreeMap<String, jiff::civil::Date>,
    /// The run that is changing the site, if it has not finished.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) run: Option<Claim>,
}

/// A run that is changing the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claim {
    /// A random word that only this run knows.
    pub token: String,
    /// Who publishes, as given with `--by`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The last sign of life, in seconds since 1970 by the publisher's clock.
    pub seen: i64,
    /// The release that is being made live.
    pub release: ReleaseId,
    /// How it differs from [`TargetManifest::files`]: any of these files may be old or new.
    pub differs: Differences,
}

impl TargetManifest {
    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// If it is not one of this version.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, PublishError> {
        let manifest: Self =
            serde_json::from_slice(bytes).map_err(|error| PublishError::unreadable(MANIFEST_PATH, &error))?;
        if manifest.format != FORMAT {
            return Err(PublishError::unreadable(MANIFEST_PATH, &format!("it has the format {}", manifest.format)));
        }
        Ok(manifest)
    }

    /// The manifest as it is kept.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(&Self { format: FORMAT, ..self.clone() }).expect("texts and dates are always JSON")
    }

    /// What is live.
    pub(crate) fn live(&self) -> Option<&HistoryEntry> {
        self.releases.first()
    }

    /// The release that was live before the one that is.
    pub(super) fn previous(&self) -> Option<&ReleaseId> {
        let live = &self.live()?.release;
        self.releases.iter().map(|entry| &entry.release).find(|release| *release != live)
    }

    /// The files of the release before.
    pub(super) fn previous_files(&self) -> FileHashes {
        apply(&self.files, &self.before)
    }

    /// Whether a run has begun to change the site and did not finish.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.run.is_some()
    }

    /// The releases that can be made live again, newest first, each once.
    pub(crate) fn kept(&self) -> Vec<&ReleaseId> {
        let mut kept: Vec<&ReleaseId> = Vec::new();
        for entry in &self.releases {
            if !kept.contains(&&entry.release) {
                kept.push(&entry.release);
            }
        }
        kept.truncate(RELEASES_KEPT);
        kept
    }

    /// The releases that stop being kept when `release` is made live.
    pub(super) fn dropped_by(&self, release: &ReleaseId) -> Vec<ReleaseId> {
        let kept = self.kept();
        let mut kept_after = kept.clone();
        kept_after.retain(|kept| *kept != release);
        let dropped = kept_after.split_off(kept_after.len().min(RELEASES_KEPT - 1));
        dropped.into_iter().cloned().collect()
    }

    /// The manifest once `entry` is live with `files`.
    pub(super) fn after(&self, entry: HistoryEntry, files: &FileHashes, today: jiff::civil::Date) -> Self {
        let dropped = self.dropped_by(&entry.release);
        let mut releases = self.releases.clone();
        releases.retain(|entry| !dropped.contains(&entry.release));
        // Going back and forth between two releases does not make the list grow for ever.
        releases.truncate(5 * RELEASES_KEPT);
        // A release that is published again after a run was cut off has the same release before it.
        let before = if self.live().is_some_and(|live| live.release == entry.release) {
            self.before.clone()
        } else {
            differences(files, &self.files)
        };
        releases.insert(0, entry);
        let mut unused_assets = self.unused_assets.clone();
        let left = self.files.keys().filter(|path| super::stage::is_asset(path));
        unused_assets.extend(left.map(|path| (path.clone(), today)));
        unused_assets.retain(|path, _| !files.contains_key(path));
        Self { format: FORMAT, releases, files: files.clone(), before, unused_assets, run: None }
    }

    /// The assets that have been out of use for long enough to be removed.
    pub(super) fn expired_assets(&self, today: jiff::civil::Date) -> Vec<String> {
        let is_expired = |since: &jiff::civil::Date| since.until(today).is_ok_and(|span| span.get_days() >= ASSET_DAYS);
        self.unused_assets.iter().filter(|(_, since)| is_expired(since)).map(|(path, _)| path.clone()).collect()
    }
}

/// The hashes that turn `from` into `to`.
pub(super) fn differences(from: &FileHashes, to: &FileHashes) -> Differences {
    let added = to.iter().filter(|(path, hash)| from.get(*path) != Some(hash));
    let removed = from.keys().filter(|path| !to.contains_key(*path));
    added
        .map(|(path, hash)| (path.clone(), Some(hash.clone())))
        .chain(removed.map(|path| (path.clone(), None)))
        .collect()
}

/// The files that `differences` turn `from` into.
fn apply(from: &FileHashes, differences: &Differences) -> FileHashes {
    let mut files = from.clone();
    for (path, hash) in differences {
        match hash {
            Some(hash) => _ = files.insert(path.clone(), hash.clone()),
            None => _ = files.remove(path),
        }
    }
    files
}

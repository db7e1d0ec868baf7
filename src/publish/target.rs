//! What every kind of target can do.

use super::error::PublishError;
use super::manifest::TargetManifest;
use super::plan::Plan;
use super::release::ReleaseId;
use super::site::BuiltSite;

/// The folder of the releases, for targets that keep each in a folder of its own.
pub(super) const RELEASES: &str = "releases";

/// The link to the release that is live, for the same targets.
pub(super) const CURRENT: &str = "current";

/// What was read from a target.
#[derive(Debug, Default)]
pub(super) struct KeptState {
    pub manifest: TargetManifest,
    /// How many seconds ago the run that is named in the manifest gave a sign of life, if that is known.
    pub claim_age: Option<u64>,
}

/// What a publication changes, and everything that a target needs for it.
pub(super) struct Change<'a> {
    pub plan: &'a Plan,
    /// The manifest as it was read.
    pub old: &'a TargetManifest,
    /// The manifest as it will be when all is done.
    pub new: &'a TargetManifest,
    /// The built site. `None` for a rollback, for which the target has every file.
    pub site: Option<&'a BuiltSite>,
    /// The record of the release, unless the target has it.
    pub record: Option<Vec<u8>>,
    /// Releases that are no longer kept.
    pub dropped: &'a [ReleaseId],
    /// Files that no release needs any more, of a target whose releases share their files.
    pub orphans: &'a Orphans,
    /// Called with the number of files that are done, and of all.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// Files of a target that no release needs any more.
#[derive(Debug, Default)]
pub(super) struct Orphans {
    /// Assets, by their paths.
    pub assets: Vec<String>,
    /// The contents of other files, by their hashes.
    pub contents: Vec<String>,
}

/// A place that a site can be published to.
pub(super) trait Target {
    /// Reads the manifest. A target without one has the default manifest; one that cannot be read is an error.
    fn read(&mut self) -> Result<KeptState, PublishError>;

    /// The bytes of some files of the live site. `None` for one that is not there.
    fn live_files(&self, paths: &[&str]) -> Result<Vec<Option<Vec<u8>>>, PublishError>;

    /// The bytes of some files of a release that is kept, given by their paths and hashes. `None` for one that is not there.
    fn files(&self, release: &ReleaseId, files: &[(&str, &str)]) -> Result<Vec<Option<Vec<u8>>>, PublishError>;

    /// The record of a release.
    fn record(&self, release: &ReleaseId) -> Result<Option<Vec<u8>>, PublishError>;

    /// Writes a manifest with a claim, if the one in the target is still the one that was read.
    fn claim(&mut self, claimed: &TargetManifest) -> Result<(), PublishError>;

    /// Makes the change visible to readers, in an order in which no page is without its parts.
    fn apply(&mut self, change: &Change<'_>) -> Result<(), PublishError>;

    /// Writes the manifest without the claim, if the claim is still this run's.
    fn commit(&mut self, manifest: &TargetManifest) -> Result<(), PublishError>;

    /// Whether a file that is in several releases is kept once for all of them.
    fn shares_files(&self) -> bool {
        false
    }

    /// Whether earlier releases can be made live again.
    fn keeps_releases(&self) -> bool {
        true
    }
}

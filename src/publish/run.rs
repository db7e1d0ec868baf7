//! The steps of a publication, whatever the target.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::CLAIM_SECONDS;
use super::environment::NetworkEnvironment;
use super::error::PublishError;
use super::folder::FolderTarget;
use super::local_lock::LocalLock;
use super::manifest::{Claim, TargetManifest};
use super::plan::{Plan, is_page, pages};
use super::release::{FileHashes, HistoryEntry, ReleaseId, ReleaseRecord};
use super::settings::Settings;
use super::site::{BuiltSite, years};
use super::stage::year_of;
use super::target::{Change, KeptState, Orphans, Target};
use super::titles::{PageTitles, search_indexes};
use super::zip::ZipTarget;
use crate::compare::{PublishedSite, is_compared, years_shown_otherwise};
use crate::output::{MANIFEST, Manifest, Sha256};
use crate::source::files::TargetAddress;

/// When a release is made live, and by whom.
#[derive(Clone, Debug)]
pub(crate) struct Occasion {
    /// The moment, for the record and for how long assets stay.
    pub now: Timestamp,
    /// Who publishes, as given with `--by`.
    pub by: Option<String>,
}

/// Leave to publish: nobody else does from this folder, or did in the target when it was read.
#[derive(Debug)]
pub(crate) struct Turn(LocalLock);

/// A target that has been read.
pub(crate) struct Publisher {
    target: Box<dyn Target>,
    state: KeptState,
    /// The site's folder, which holds the lock of this machine.
    root: PathBuf,
    /// Tells the locks of several targets apart.
    lock_name: String,
}

impl Publisher {
    /// Opens a target and reads what is live there. `base_url` is the site's address.
    ///
    /// # Errors
    ///
    /// If the target's settings do not do, or it cannot be read.
    pub(crate) fn open(
        settings: &Settings,
        environment: NetworkEnvironment,
        base_url: &str,
        root: &Path,
    ) -> Result<Self, PublishError> {
        let mut target = open_target(settings, environment, base_url)?;
        let state = target.read()?;
        let lock_name = Sha256::new(settings.address.to_string().as_bytes()).to_string()[..16].to_owned();
        Ok(Self { target, state, root: root.to_owned(), lock_name })
    }

    /// The target's manifest as it was read.
    pub(crate) fn manifest(&self) -> &TargetManifest {
        &self.state.manifest
    }

    /// Replaces all years of a built site except `year` by what is live.
    ///
    /// # Errors
    ///
    /// If the live site's own manifest cannot be read.
    pub(crate) fn keep_other_years(&self, site: &mut BuiltSite, year: &str) -> Result<(), PublishError> {
        let live = self.target.live_files(&[MANIFEST])?.pop().flatten();
        let live = live.as_deref().and_then(Manifest::parse).unwrap_or_default();
        site.keep_other_years(year, live)
    }

    /// The years other than `year` that have changed since they were published in what pages of all years show of them. Those
    /// pages are published with `year`.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub(crate) fn years_shown_otherwise(&self, site: &BuiltSite, year: &str) -> Result<Vec<String>, PublishError> {
        let live = &self.state.manifest.files;
        let changed = |path: &&String| live.get(*path).is_some_and(|hash| site.files.get(*path) != Some(hash));
        let others = live.keys().filter(|path| year_of(path).is_some_and(|other| other != year));
        let live = self.data_of(others.filter(changed))?;
        if live.is_empty() {
            return Ok(Vec::new());
        }
        Ok(years_shown_otherwise(&site.data()?, &live).into_iter().map(str::to_owned).collect())
    }

    /// The years that are live.
    pub(crate) fn live_years(&self) -> BTreeSet<&str> {
        years(&self.state.manifest.files)
    }

    /// What publishing a site would change.
    #[must_use]
    pub(crate) fn plan(&self, site: &BuiltSite) -> Plan {
        Plan::new(&self.state.manifest, site.files.clone())
    }

    /// What making an earlier release live again would change: `release`, or the one before the live one.
    ///
    /// # Errors
    ///
    /// If there is no such release, or its record cannot be read.
    pub(crate) fn plan_rollback(&self, release: Option<&ReleaseId>) -> Result<Plan, PublishError> {
        let manifest = &self.state.manifest;
        if !self.target.keeps_releases() {
            return Err(PublishError::new("a zip keeps no earlier release")
                .help("go back to the earlier content, and publish that"));
        }
        let Some(live) = manifest.live() else {
            return Err(PublishError::new("nothing has been published there yet").help("run `annal publish` first"));
        };
        let wanted = match release {
            None => manifest.previous().ok_or_else(|| {
                PublishError::new("there is no release before the one that is live")
                    .help("`annal publish --status` lists the releases")
            })?,
            Some(wanted) => find(manifest, wanted)?,
        };
        if *wanted == live.release && !manifest.is_unfinished() {
            return Err(PublishError::new(format!("release {wanted} is live already"))
                .help("`annal publish --status` lists the others"));
        }
        Ok(Plan::new(manifest, self.release_files(wanted)?))
    }

    /// The files of a release that is kept.
    fn release_files(&self, release: &ReleaseId) -> Result<FileHashes, PublishError> {
        let manifest = &self.state.manifest;
        if manifest.live().is_some_and(|live| live.release == *release) {
            return Ok(manifest.files.clone());
        }
        if manifest.previous() == Some(release) {
            return Ok(manifest.previous_files());
        }
        Ok(self.release_record(release)?.files)
    }

    /// The record of a release that is kept.
    fn release_record(&self, release: &ReleaseId) -> Result<ReleaseRecord, PublishError> {
        let name = ReleaseRecord::file(release);
        let record = self.target.record(release)?;
        let record = record.ok_or_else(|| PublishError::unreadable(&name, &"it is not there"))?;
        serde_json::from_slice(&record).map_err(|error| PublishError::unreadable(&name, &error))
    }

    /// What the pages of what is live say.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub(crate) fn live_data(&self) -> Result<PublishedSite, PublishError> {
        self.data_of(self.state.manifest.files.keys())
    }

    /// What the pages say now that `plan` would change.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub(crate) fn changed_data(&self, plan: &Plan) -> Result<PublishedSite, PublishError> {
        self.data_of(plan.changed.iter())
    }

    /// Those live files that a site keeps as they are and that `is_wanted`, by their paths.
    ///
    /// # Errors
    ///
    /// If one cannot be read.
    pub(crate) fn kept_files(
        &self,
        site: &BuiltSite,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<Vec<(String, Vec<u8>)>, PublishError> {
        let kept: Vec<&str> =
            site.files.keys().map(String::as_str).filter(|path| is_wanted(path) && !site.holds(path)).collect();
        let read = kept.iter().zip(self.target.live_files(&kept)?);
        Ok(read.filter_map(|(path, bytes)| Some(((*path).to_owned(), bytes?))).collect())
    }

    fn data_of<'a>(&self, files: impl Iterator<Item = &'a String>) -> Result<PublishedSite, PublishError> {
        let paths: Vec<&str> = files.map(String::as_str).filter(|path| is_compared(path)).collect();
        let mut live = PublishedSite::default();
        for (path, bytes) in paths.iter().zip(self.target.live_files(&paths)?) {
            if let Some(bytes) = bytes {
                live.add(path, &bytes);
            }
        }
        Ok(live)
    }

    /// What the pages of a release said, and its full id. `wanted` may be its first digits.
    ///
    /// # Errors
    ///
    /// If there is no such release, or its record cannot be read.
    pub(crate) fn release_data(&self, wanted: &ReleaseId) -> Result<(PublishedSite, &ReleaseId), PublishError> {
        let release = find(&self.state.manifest, wanted)?;
        if self.state.manifest.live().is_some_and(|live| live.release == *release) {
            return Ok((self.live_data()?, release));
        }
        let mut site = PublishedSite::default();
        for (path, value) in self.release_record(release)?.data {
            site.add_value(&path, value);
        }
        Ok((site, release))
    }

    /// The titles of the pages that a plan removes; of a rollback, for which there is no built site, of all that it changes.
    ///
    /// # Errors
    ///
    /// If the target cannot be read.
    pub(crate) fn titles(&self, plan: &Plan, is_rollback: bool) -> Result<PageTitles, PublishError> {
        let mut titles = PageTitles::default();
        let changed = if is_rollback { plan.changed.as_slice() } else { &[] };
        let manifest = &self.state.manifest;
        if let Some(live) = manifest.live() {
            let pages = pages(&plan.removed).chain(pages(changed));
            self.add_titles(&live.release, &manifest.files, pages, &mut titles)?;
        }
        if is_rollback {
            self.add_titles(&plan.release, &plan.files, pages(&plan.added), &mut titles)?;
        }
        Ok(titles)
    }

    /// Adds the titles of some pages of a release with `files`.
    fn add_titles<'p>(
        &self,
        release: &ReleaseId,
        files: &FileHashes,
        pages: impl Iterator<Item = &'p str>,
        titles: &mut PageTitles,
    ) -> Result<(), PublishError> {
        let indexes = search_indexes(pages, files);
        let wanted: Vec<(&str, &str)> = indexes.iter().map(|file| (file.as_str(), files[file].as_str())).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        for (file, bytes) in indexes.iter().zip(self.target.files(release, &wanted)?) {
            titles.add(file, &bytes.unwrap_or_default());
        }
        Ok(())
    }

    /// Makes it this run's turn to publish.
    ///
    /// # Errors
    ///
    /// If somebody else publishes.
    pub(crate) fn take_turn(&self) -> Result<Turn, PublishError> {
        let lock = LocalLock::take(&self.root, &self.lock_name)?;
        self.check_claim(&lock)?;
        Ok(Turn(lock))
    }

    /// Carries out a plan. `site` is `None` for a rollback. `progress` is called with the number of files that are done
    /// and of all.
    ///
    /// # Errors
    ///
    /// If somebody else began to publish, or the target cannot be reached or written to. What is live is whole, and the
    /// next run finishes.
    pub(crate) fn carry_out(
        &mut self,
        Turn(mut lock): Turn,
        plan: &Plan,
        site: Option<&BuiltSite>,
        occasion: &Occasion,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<(), PublishError> {
        let old = &self.state.manifest;
        let token = token(&self.root);
        let pages = plan.files.keys().filter(|path| is_page(path)).count();
        let entry = HistoryEntry {
            release: plan.release.clone(),
            date: occasion.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            by: occasion.by.clone(),
            annal: env!("CARGO_PKG_VERSION").to_owned(),
            pages,
            rollback: site.is_none(),
        };
        let record = self.record(plan, site, &entry)?;
        let today = occasion.now.to_zoned(TimeZone::UTC).date();
        let mut new = old.after(entry, &plan.files, today);
        let dropped = old.dropped_by(&plan.release);
        let orphans = self.orphans(&new, &dropped, today)?;
        for asset in &orphans.assets {
            new.unused_assets.remove(asset);
        }
        let mut claimed = old.clone();
        claimed.releases.retain(|entry| !dropped.contains(&entry.release));
        claimed.run = Some(Claim {
            token: token.clone(),
            by: occasion.by.clone(),
            seen: Timestamp::now().as_second(),
            release: plan.release.clone(),
            differs: plan.differences(old),
        });
        lock.note(&token);
        let claim = self.target.claim(&claimed);
        if claim.as_ref().is_err_and(|error| error.is_refusal) {
            lock.finish();
            return claim;
        }
        claim?;
        let change = Change { plan, old, new: &new, site, record, dropped: &dropped, orphans: &orphans, progress };
        self.target.apply(&change)?;
        self.target.commit(&new)?;
        lock.finish();
        Ok(())
    }

    /// Whether somebody else is at work. A run from this folder that was cut off is nobody else.
    fn check_claim(&self, lock: &LocalLock) -> Result<(), PublishError> {
        let Some(run) = &self.state.manifest.run else { return Ok(()) };
        let since_seen = Timestamp::now().as_second().saturating_sub(run.seen).unsigned_abs();
        let age = self.state.claim_age.unwrap_or(since_seen);
        if lock.left_behind.as_ref() == Some(&run.token) || age >= CLAIM_SECONDS {
            return Ok(());
        }
        Err(PublishError::busy(run.by.as_deref().unwrap_or("somebody else"), age))
    }

    /// The record of a release, unless the target has it already.
    fn record(
        &self,
        plan: &Plan,
        site: Option<&BuiltSite>,
        entry: &HistoryEntry,
    ) -> Result<Option<Vec<u8>>, PublishError> {
        let Some(site) = site else { return Ok(None) };
        if !self.target.keeps_releases() || self.state.manifest.kept().contains(&&plan.release) {
            return Ok(None);
        }
        let mut data = BTreeMap::new();
        let mut add = |path: &str, bytes: &[u8]| {
            let value: Option<Value> = serde_json::from_slice(bytes).ok();
            data.extend(value.map(|value| (path.to_owned(), value)));
        };
        let compared = plan.files.keys().map(String::as_str).filter(|path| is_compared(path));
        let (built, kept): (Vec<&str>, Vec<&str>) = compared.partition(|path| site.holds(path));
        for path in built {
            add(path, &site.read(path)?);
        }
        for (path, bytes) in kept.iter().zip(self.target.live_files(&kept)?) {
            add(path, &bytes.unwrap_or_default());
        }
        let record = ReleaseRecord { first: entry.clone(), data, files: plan.files.clone() };
        Ok(Some(serde_json::to_vec(&record).expect("texts and numbers are always JSON")))
    }

    /// What no release needs any more once `new` is live.
    fn orphans(
        &self,
        new: &TargetManifest,
        dropped: &[ReleaseId],
        today: jiff::civil::Date,
    ) -> Result<Orphans, PublishError> {
        let expired = new.expired_assets(today);
        if !self.target.shares_files() || (expired.is_empty() && dropped.is_empty()) {
            return Ok(Orphans { assets: expired, contents: Vec::new() });
        }
        let mut needed = new.files.clone();
        let mut hashes: BTreeSet<String> = new.files.values().cloned().collect();
        for release in new.kept().into_iter().skip(1) {
            let files = self.release_files(release)?;
            hashes.extend(files.values().cloned());
            needed.extend(files);
        }
        let assets = expired.into_iter().filter(|asset| !needed.contains_key(asset)).collect();
        let mut contents = BTreeSet::new();
        for release in dropped {
            contents.extend(self.release_files(release)?.into_values().filter(|hash| !hashes.contains(hash)));
        }
        Ok(Orphans { assets, contents: contents.into_iter().collect() })
    }
}

/// The kept release that `wanted` names.
fn find<'a>(manifest: &'a TargetManifest, wanted: &ReleaseId) -> Result<&'a ReleaseId, PublishError> {
    let kept = manifest.kept();
    let found: Vec<_> = kept.iter().filter(|release| wanted.begins(release)).collect();
    match found[..] {
        [one] => Ok(one),
        [] => Err(PublishError::new(format!("there is no release {wanted}"))
            .help("`annal publish --status` lists the releases")),
        _ => Err(PublishError::new(format!("several releases begin with `{wanted}`")).help("write more of the id")),
    }
}

/// A word that no other run has.
fn token(root: &Path) -> String {
    let seed = format!("{} {} {}", Timestamp::now().as_nanosecond(), std::process::id(), root.display());
    Sha256::new(seed.as_bytes()).to_string()[..16].to_owned()
}

/// The target that some settings describe.
#[cfg_attr(not(feature = "network"), allow(unused_variables, clippy::needless_pass_by_value))]
fn open_target(
    settings: &Settings,
    environment: NetworkEnvironment,
    base_url: &str,
) -> Result<Box<dyn Target>, PublishError> {
    match &settings.address {
        TargetAddress::Folder(path) => Ok(Box::new(FolderTarget::new(path.clone()))),
        TargetAddress::Zip(path) => Ok(Box::new(ZipTarget::new(path.clone()))),
        #[cfg(feature = "network")]
        TargetAddress::S3 { bucket, prefix } => {
            Ok(Box::new(super::s3::S3Target::new(settings, bucket, prefix, environment, base_url)?))
        }
        #[cfg(feature = "network")]
        TargetAddress::Sftp { host, port, folder } => {
            Ok(Box::new(super::sftp::SftpTarget::new(host.clone(), *port, folder.clone())))
        }
        #[cfg(not(feature = "network"))]
        address => {
            Err(PublishError::new(format!("this annal was built without network targets, and {address} is one"))
                .help("publish to a folder or a zip, or use an annal that was built with the feature `network`"))
        }
    }
}

//! Publishes to a folder of another machine, laid out like that of `file:` (see [`super::folder`]).
//!
//! `sftp` cannot compare and write in one step, but it can create a link that must not be there yet. So the claim is also
//! such a link, `.annal/lock`, to a file with a sign of life.

mod batch;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use self::batch::{Batch, Connection, listed};
use super::HEARTBEAT_SECONDS;
use super::error::PublishError;
use super::manifest::{Claim, Differences, MANIFEST_PATH, OWN_FOLDER, TargetManifest};
use super::release::{FileHashes, ReleaseId, ReleaseRecord};
use super::retry::{Fault, Patience, for_each};
use super::target::{CURRENT, Change, KeptState, RELEASES, Target};

/// How many connections are open at once.
const CONNECTIONS: usize = 4;

/// How many files are sent over one connection. If it breaks, these are sent again.
const PORTION: usize = 250;

/// The link that says that somebody publishes.
const LOCK: &str = ".annal/lock";

/// A folder of another machine.
pub(super) struct SftpTarget {
    connection: Connection,
    folder: String,
    patience: Patience,
    /// Whether there was a lock when the target was read. It has expired, or is this folder's own.
    is_locked: bool,
    /// The lock of this run, and when it last gave a sign of life.
    lock: Option<Lock>,
    beat: Mutex<Instant>,
}

/// What the lock says.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Lock {
    token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// The last sign of life, in seconds since 1970 by the publisher's clock.
    seen: i64,
}

impl SftpTarget {
    pub(super) fn new(host: String, port: Option<u16>, folder: String) -> Self {
        Self {
            connection: Connection { host, port },
            folder,
            patience: Patience::new(),
            is_locked: false,
            lock: None,
            beat: Mutex::new(Instant::now()),
        }
    }

    /// The path of something in the folder.
    fn path(&self, below: &str) -> String {
        format!("{}/{below}", self.folder)
    }

    fn release(&self, release: &ReleaseId) -> String {
        self.path(&format!("{RELEASES}/{release}"))
    }

    fn run(&self, batch: &Batch) -> Result<(), PublishError> {
        self.patience.retry(|| self.connection.run(batch))
    }

    /// Runs a batch. Inside, why a command failed that will fail again.
    fn attempt(&self, batch: &Batch) -> Result<Result<(), PublishError>, PublishError> {
        self.patience.retry(|| match self.connection.run(batch) {
            Err(Fault::Final(error)) => Ok(Err(error)),
            done => done.map(Ok),
        })
    }

    /// The file at a path of the folder. `None` if it is not there.
    fn fetch(&self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        Ok(self.fetch_all(&[path])?.pop().flatten())
    }

    /// The same for any number of paths, most of which are there: as long as all are, with one connection for many.
    fn fetch_all(&self, paths: &[&str]) -> Result<Vec<Option<Vec<u8>>>, PublishError> {
        let fetched = paths.chunks(PORTION).map(|portion| self.fetch_those(portion, vec![true; portion.len()]));
        Ok(fetched.collect::<Result<Vec<_>, _>>()?.concat())
    }

    /// The files at those paths that are `there`. Only what the server lists nowhere is not there: what it lists and does not
    /// give is an error, since nobody must take a site for nothing because it could not be read.
    fn fetch_those(&self, paths: &[&str], mut there: Vec<bool>) -> Result<Vec<Option<Vec<u8>>>, PublishError> {
        let here = Workspace::new()?;
        let name = |index: usize| index.to_string();
        loop {
            let mut batch = Batch::default();
            let wanted = || (0..paths.len()).filter(|index| there[*index]);
            for index in wanted() {
                batch.run("get", &[&self.path(paths[index]), &here.name(&name(index))]);
            }
            let Err(error) = (if wanted().next().is_some() { self.attempt(&batch)? } else { Ok(()) }) else { break };
            let left: Vec<bool> =
                there.iter().zip(self.list(paths)?).map(|(there, is_listed)| *there && is_listed).collect();
            if left == there {
                return Err(error);
            }
            there = left;
        }
        let read = |index: usize| there[index].then(|| here.read(&name(index))).transpose();
        (0..paths.len()).map(read).collect()
    }

    /// Which of some paths of the folder are there.
    fn list(&self, paths: &[&str]) -> Result<Vec<bool>, PublishError> {
        let mut batch = Batch::default();
        for path in paths {
            batch.try_run("ls -1a", &[&self.path(path)]);
        }
        let said = self.patience.retry(|| self.connection.ask(&batch))?;
        // What cannot be understood proves nothing.
        Ok(listed(&said, paths.len()).unwrap_or_else(|| vec![true; paths.len()]))
    }

    /// Adds the commands that write a file in one step.
    fn replace(&self, batch: &mut Batch, here: &Workspace, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let name = path.replace('/', "-");
        here.write(&name, bytes)?;
        let new = self.path(&format!("{path}.new"));
        batch.run("put", &[&here.name(&name), &new]).run("rename", &[&new, &self.path(path)]);
        Ok(())
    }

    /// Where the lock of a run is, which [`LOCK`] links to.
    fn lock_file(token: &str) -> String {
        format!("{OWN_FOLDER}/lock-{token}")
    }

    /// Gives a sign of life if the last one is some time ago.
    fn keep_claim(&self) -> Result<(), PublishError> {
        let mut beat = self.beat.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let Some(lock) = self.lock.as_ref().filter(|_| beat.elapsed().as_secs() >= HEARTBEAT_SECONDS) else {
            return Ok(());
        };
        let lock = Lock { seen: Timestamp::now().as_second(), ..lock.clone() };
        let (mut batch, here) = (Batch::default(), Workspace::new()?);
        self.replace(&mut batch, &here, &Self::lock_file(&lock.token), &json(&lock))?;
        self.run(&batch)?;
        *beat = Instant::now();
        Ok(())
    }

    /// Whether the claim is still this run's.
    fn check_claim(&self) -> Result<(), PublishError> {
        let lock = self.fetch(LOCK)?;
        let there: Option<Lock> = lock.and_then(|lock| serde_json::from_slice(&lock).ok());
        let is_own = there.zip(self.lock.as_ref()).is_some_and(|(there, own)| there.token == own.token);
        if is_own { Ok(()) } else { Err(PublishError::overtaken()) }
    }

    /// Creates the folder of a release beside the others, and gives it its name once it is whole.
    fn make_release(&self, change: &Change<'_>) -> Result<(), PublishError> {
        let release = &change.plan.release;
        let (target, new) = (self.release(release), self.path(&format!("{RELEASES}/.{release}.new")));
        let files: Vec<(&String, &String)> = change.plan.files.iter().collect();
        let mut batch = Batch::default();
        batch.try_run("mkdir", &[&new]);
        for folder in folders(&change.plan.files) {
            batch.try_run("mkdir", &[&format!("{new}/{folder}")]);
        }
        self.run(&batch)?;
        let portions: Vec<_> = files.chunks(PORTION).collect();
        let work = |portion: &&[(&String, &String)]| {
            self.patience.retry(|| {
                let linked = self.connection.run(&self.portion(change, portion, &new, true));
                match linked {
                    // A server may not know hard links, or the release before may have lost a file.
                    Err(Fault::Final(_)) if change.site.is_some() => {
                        self.connection.run(&self.portion(change, portion, &new, false))
                    }
                    done => done,
                }
            })
        };
        for_each(&portions, CONNECTIONS, work, |done| {
            (change.progress)((done * PORTION).min(files.len()), files.len());
            self.keep_claim()
        })?;
        let mut batch = Batch::default();
        batch.run("rename", &[&new, &target]);
        self.run(&batch)
    }

    /// The commands that put some files of a release into the folder `new`.
    fn portion(&self, change: &Change<'_>, files: &[(&String, &String)], new: &str, may_link: bool) -> Batch {
        let mut batch = Batch::default();
        for (path, hash) in files {
            let to = format!("{new}/{path}");
            let before = change.old.live().filter(|_| change.old.files.get(*path) == Some(*hash));
            let here = change.site.filter(|site| site.holds(path)).map(|site| site.path(path));
            match (before, here) {
                (Some(before), here) if may_link || here.is_none() => {
                    // An earlier attempt may have got as far as this.
                    batch.try_run("rm", &[&to]).run("ln", &[&format!("{}/{path}", self.release(&before.release)), &to]);
                }
                (_, Some(here)) => _ = batch.run("put", &[&here.display().to_string(), &to]),
                (_, None) => {}
            }
        }
        batch
    }

    /// Whether the folder of a release is there, which it is only if it is whole.
    fn has_release(&self, release: &ReleaseId) -> Result<bool, PublishError> {
        let mut batch = Batch::default();
        batch.run("cd", &[&self.release(release)]);
        Ok(self.attempt(&batch)?.is_ok())
    }

    /// Adds the commands that remove the folder of a release.
    fn remove(batch: &mut Batch, folder: &str, files: &FileHashes) {
        for path in files.keys() {
            batch.try_run("rm", &[&format!("{folder}/{path}")]);
        }
        for below in folders(files).iter().rev() {
            batch.try_run("rmdir", &[&format!("{folder}/{below}")]);
        }
        batch.try_run("rmdir", &[folder]);
    }
}

/// The folders that some files are in, each after the one that it is in.
fn folders(files: &FileHashes) -> BTreeSet<&str> {
    let above = |path| std::iter::successors(Some(path), |path: &&str| path.rsplit_once('/').map(|(above, _)| above));
    files.keys().flat_map(|path| above(path.as_str()).skip(1)).collect()
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("texts and numbers are always JSON")
}

impl Target for SftpTarget {
    fn read(&mut self) -> Result<KeptState, PublishError> {
        let paths = [MANIFEST_PATH, LOCK];
        let mut found = self.fetch_those(&paths, self.list(&paths)?)?.into_iter();
        let (manifest, lock) = (found.next().flatten(), found.next().flatten());
        let mut manifest =
            manifest.map_or_else(|| Ok(TargetManifest::default()), |bytes| TargetManifest::parse(&bytes))?;
        let lock: Option<Lock> = lock.and_then(|lock| serde_json::from_slice(&lock).ok());
        self.is_locked = lock.is_some() || manifest.run.is_some();
        let Some(lock) = lock else { return Ok(KeptState { manifest, claim_age: None }) };
        let age = Timestamp::now().as_second() - lock.seen;
        if manifest.run.as_ref().is_none_or(|run| run.token != lock.token) {
            // A run was cut off, or is, between its lock and its claim.
            let release = ReleaseId::from_files(&manifest.files);
            let Lock { token, by, seen } = lock;
            manifest.run = Some(Claim { token, by, seen, release, differs: Differences::new() });
        }
        // A sign of life in the future is of a clock that goes wrong: it cannot be younger than now.
        Ok(KeptState { manifest, claim_age: Some(u64::try_from(age).unwrap_or(0)) })
    }

    fn live_files(&self, paths: &[&str]) -> Result<Vec<Option<Vec<u8>>>, PublishError> {
        let paths: Vec<String> = paths.iter().map(|path| format!("{CURRENT}/{path}")).collect();
        self.fetch_all(&paths.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn files(&self, release: &ReleaseId, files: &[(&str, &str)]) -> Result<Vec<Option<Vec<u8>>>, PublishError> {
        let paths: Vec<String> = files.iter().map(|(path, _)| format!("{RELEASES}/{release}/{path}")).collect();
        self.fetch_all(&paths.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn record(&self, release: &ReleaseId) -> Result<Option<Vec<u8>>, PublishError> {
        self.fetch(&format!("{RELEASES}/{}", ReleaseRecord::file(release)))
    }

    fn claim(&mut self, claimed: &TargetManifest) -> Result<(), PublishError> {
        let Some(run) = &claimed.run else { return Ok(()) };
        let lock = Lock { token: run.token.clone(), by: run.by.clone(), seen: Timestamp::now().as_second() };
        let (mut batch, here) = (Batch::default(), Workspace::new()?);
        for folder in ["", OWN_FOLDER, RELEASES] {
            batch.try_run("mkdir", &[self.path(folder).trim_end_matches('/')]);
        }
        self.replace(&mut batch, &here, &Self::lock_file(&lock.token), &json(&lock))?;
        if self.is_locked {
            batch.try_run("rm", &[&self.path(LOCK)]);
        }
        // This fails if the lock is there, and of two who do it at once for one.
        let name = format!("lock-{}", lock.token);
        batch.try_run("symlink", &[&name, &self.path(LOCK)]);
        self.run(&batch)?;
        self.lock = Some(lock);
        *self.beat.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner) = Instant::now();
        if let Err(error) = self.check_claim() {
            let mut batch = Batch::default();
            batch.try_run("rm", &[&self.path(&Self::lock_file(&run.token))]);
            self.run(&batch)?;
            let is_busy = error.is_refusal;
            return Err(if is_busy { PublishError::busy("somebody else", 0) } else { error });
        }
        let mut batch = Batch::default();
        self.replace(&mut batch, &here, MANIFEST_PATH, &claimed.to_bytes())?;
        self.run(&batch)
    }

    fn apply(&mut self, change: &Change<'_>) -> Result<(), PublishError> {
        let release = &change.plan.release;
        // A run that was cut off may have made it already.
        let is_there =
            change.old.kept().contains(&release) || (change.old.is_unfinished() && self.has_release(release)?);
        if !is_there {
            self.make_release(change)?;
        }
        self.check_claim()?;
        let (mut batch, here) = (Batch::default(), Workspace::new()?);
        let target = self.release(release);
        if let Some(before) = change.old.live().map(|live| self.release(&live.release)) {
            // For readers who still have an old page open.
            for path in change.new.unused_assets.keys() {
                let (from, to) = (format!("{before}/{path}"), format!("{target}/{path}"));
                let above = to.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
                batch.try_run("mkdir", &[&above]).try_run("ln", &[&from, &to]);
            }
        }
        if let Some(record) = &change.record {
            self.replace(&mut batch, &here, &format!("{RELEASES}/{}", ReleaseRecord::file(release)), record)?;
        }
        let (link, new) = (self.path(CURRENT), self.path(".current.new"));
        batch
            .try_run("rm", &[&new])
            .run("symlink", &[&format!("{RELEASES}/{release}"), &new])
            .run("rename", &[&new, &link]);
        self.run(&batch).map_err(|error| {
            if error.message.contains("rename") {
                error.help(format!("`{link}` must be a link that can be replaced; if it is a folder, move it away"))
            } else {
                error
            }
        })?;
        let mut batch = Batch::default();
        for dropped in change.dropped {
            let record = self.record(dropped)?.and_then(|record| serde_json::from_slice::<ReleaseRecord>(&record).ok());
            let Some(record) = record else { continue };
            let mut files = record.files;
            // What it was lent for old pages goes with it.
            files.extend(change.new.unused_assets.keys().map(|path| (path.clone(), String::new())));
            Self::remove(&mut batch, &self.release(dropped), &files);
            batch.try_run("rm", &[&self.path(&format!("{RELEASES}/{}", ReleaseRecord::file(dropped)))]);
        }
        if let Some(run) = change.old.run.as_ref().filter(|run| run.release != *release) {
            let mut files = change.old.files.clone();
            files.extend(run.differs.keys().map(|path| (path.clone(), String::new())));
            Self::remove(&mut batch, &self.path(&format!("{RELEASES}/.{}.new", run.release)), &files);
            batch.try_run("rm", &[&self.path(&Self::lock_file(&run.token))]);
        }
        self.run(&batch)
    }

    fn commit(&mut self, manifest: &TargetManifest) -> Result<(), PublishError> {
        self.check_claim()?;
        let (mut batch, here) = (Batch::default(), Workspace::new()?);
        self.replace(&mut batch, &here, MANIFEST_PATH, &manifest.to_bytes())?;
        batch.try_run("rm", &[&self.path(LOCK)]);
        if let Some(lock) = &self.lock {
            batch.try_run("rm", &[&self.path(&Self::lock_file(&lock.token))]);
        }
        self.run(&batch)
    }
}

/// A folder of this machine for what is sent and fetched besides the site.
struct Workspace(TempDir);

impl Workspace {
    fn new() -> Result<Self, PublishError> {
        TempDir::new()
            .map(Self)
            .map_err(|error| PublishError::new(format!("cannot create a temporary folder: {error}")))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, PublishError> {
        let path: &Path = &self.path(name);
        fs::read(path).map_err(PublishError::disk("read", path))
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let path: &Path = &self.path(name);
        fs::write(path, bytes).map_err(PublishError::disk("write", path))
    }
}

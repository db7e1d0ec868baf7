//! Publishes to an object store.
//!
//! ```text
//! bucket/prefix/
//! ├── index.html …             what readers see
//! └── .annal/
//!     ├── manifest.json        the conditional write that stops a second publisher
//!     ├── objects/SHA256       the content of every file of the releases that are kept
//!     └── releases/ID.json     their records
//! ```
//!
//! New content goes to `objects/` first, where no reader looks, and is copied to its address from there. So a rollback
//! sends nothing. Assets are kept at their addresses alone, since these change with their content.

mod client;
mod cloudfront;
mod sign;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use self::client::{Answer, Client, Payload, Service, ServiceRequest, encoded};
use self::cloudfront::CdnDistribution;
use self::sign::Header;
use super::content_type::content_type;
use super::environment::NetworkEnvironment;
use super::error::PublishError;
use super::manifest::{MANIFEST_PATH, TargetManifest};
use super::plan::is_page;
use super::redirects::redirect;
use super::release::{ReleaseId, ReleaseRecord};
use super::retry::for_each;
use super::settings::Settings;
use super::site::BuiltSite;
use super::stage::{Stage, cache_control, is_asset};
use super::target::{Change, KeptState, Target};

/// How many requests are sent at once.
const CONNECTIONS: usize = 16;

/// The region where nobody names one, for services that have none.
const NO_REGION: &str = "us-east-1";

const JSON: &str = "application/json; charset=utf-8";

/// A bucket, or a folder of one.
pub(super) struct S3Target {
    client: Client,
    service: Service,
    bucket: String,
    prefix: String,
    base_url: String,
    cdn: Option<CdnDistribution>,
    kept: Mutex<KeptManifest>,
}

/// The manifest in the bucket as this run knows it.
struct KeptManifest {
    /// Its version, by which the next write is conditional. `None` if there is none.
    etag: Option<String>,
    /// The manifest with the claim of this run, which is written again as a sign of life.
    claimed: Vec<u8>,
    /// When it was last written.
    beat: Instant,
}

impl S3Target {
    pub(super) fn new(
        settings: &Settings,
        bucket: &str,
        prefix: &str,
        environment: NetworkEnvironment,
        base_url: &str,
    ) -> Result<Self, PublishError> {
        let credentials = environment.credentials.ok_or_else(|| {
            PublishError::new("publishing to `s3:` needs keys, and there are none").help(
                "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; they must never be written into a file of the site",
            )
        })?;
        let endpoint = settings.endpoint.clone().or(environment.s3_endpoint);
        let region = settings.region.clone().or(environment.region);
        let region = match (&endpoint, region) {
            (_, Some(region)) => region,
            (Some(_), None) => NO_REGION.to_owned(),
            (None, None) => {
                return Err(PublishError::new("the bucket's region is not known")
                    .help("write it into site.yaml, for example `region: eu-west-2`"));
            }
        };
        let path_style = format!("/{bucket}");
        let service = match &endpoint {
            Some(endpoint) => Service::new(endpoint, &path_style, region, "s3")?,
            // A dot in the name would not fit the certificate.
            None if bucket.contains('.') => {
                Service::new(&format!("https://s3.{region}.amazonaws.com"), &path_style, region, "s3")?
            }
            None => Service::new(&format!("https://{bucket}.s3.{region}.amazonaws.com"), "", region, "s3")?,
        };
        let cdn = settings.distribution.clone().map(|id| {
            let address = environment.cloudfront_endpoint.or_else(|| {
                // A service of one's own that imitates S3 imitates CloudFront too, if anything does.
                endpoint.filter(|endpoint| !endpoint.contains(".amazonaws.com"))
            });
            CdnDistribution::new(id, address.as_deref(), base_url)
        });
        Ok(Self {
            client: Client::new(credentials, CONNECTIONS),
            service,
            bucket: bucket.to_owned(),
            prefix: if prefix.is_empty() { String::new() } else { format!("/{prefix}") },
            base_url: base_url.trim_end_matches('/').to_owned(),
            cdn: cdn.transpose()?,
            kept: Mutex::new(KeptManifest { etag: None, claimed: Vec::new(), beat: Instant::now() }),
        })
    }

    fn get(&self, path: &str) -> Result<Option<Answer>, PublishError> {
        let answer = self.send("GET", path, &[], Payload::None)?;
        if answer.status == 404 { Ok(None) } else { succeeded(answer).map(Some) }
    }

    fn put(&self, path: &str, headers: &[Header], payload: Payload<'_>) -> Result<Answer, PublishError> {
        self.send("PUT", path, headers, payload)
    }

    fn delete(&self, path: &str) -> Result<(), PublishError> {
        // What is not there any more was deleted by an attempt whose answer was lost.
        self.send("DELETE", path, &[], Payload::None).map(drop)
    }

    fn send(
        &self,
        method: &'static str,
        path: &str,
        headers: &[Header],
        payload: Payload<'_>,
    ) -> Result<Answer, PublishError> {
        let key = &format!("{}/{path}", self.prefix);
        self.client.send(&ServiceRequest { service: &self.service, method, key, headers, payload })
    }

    fn kept(&self) -> MutexGuard<'_, KeptManifest> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the manifest if it is still the one that this run knows.
    fn put_manifest(&self, kept: &mut KeptManifest, bytes: &[u8]) -> Result<(), PublishError> {
        let condition = match &kept.etag {
            Some(etag) => ("if-match", etag.clone()),
            None => ("if-none-match", "*".to_owned()),
        };
        let headers = [condition, ("content-type", JSON.to_owned()), ("cache-control", "no-store".to_owned())];
        let answer = self.put(MANIFEST_PATH, &headers, Payload::Bytes(bytes))?;
        let answer = if matches!(answer.status, 404 | 412) {
            // Either somebody else was quicker, or an earlier attempt succeeded and its answer was lost.
            let there = self.get(MANIFEST_PATH)?.ok_or_else(PublishError::overtaken)?;
            if there.body != bytes {
                let run = TargetManifest::parse(&there.body).ok().and_then(|manifest| manifest.run);
                return Err(run.map_or_else(PublishError::overtaken, |run| {
                    PublishError::busy(run.by.as_deref().unwrap_or("somebody else"), there.age.unwrap_or(0))
                }));
            }
            there
        } else {
            succeeded(answer)?
        };
        kept.etag = answer.etag;
        kept.beat = Instant::now();
        Ok(())
    }

    /// Gives a sign of life if the last one is some time ago. A machine that slept for too long may have lost its claim:
    /// then the condition is not met.
    fn keep_claim(&self) -> Result<(), PublishError> {
        let mut kept = self.kept();
        if kept.beat.elapsed() < Duration::from_secs(super::HEARTBEAT_SECONDS) {
            return Ok(());
        }
        let claimed = std::mem::take(&mut kept.claimed);
        let written = self.put_manifest(&mut kept, &claimed);
        kept.claimed = claimed;
        written
    }

    /// Does something for each of `items`, many at once, and gives signs of life meanwhile. `done` counts what is done.
    fn for_each<T: Sync>(
        &self,
        items: &[T],
        done: &mut usize,
        change: &Change<'_>,
        work: impl Fn(&T) -> Result<(), PublishError> + Sync,
    ) -> Result<(), PublishError> {
        // A claim that may have expired is confirmed before anything is changed on its strength.
        self.keep_claim()?;
        let (before, total) = (*done, change.plan.len());
        *done += items.len();
        for_each(items, CONNECTIONS, work, |count| {
            (change.progress)((before + count).min(total), total);
            self.keep_claim()
        })
    }

    /// Puts content into the store, or an asset at its address.
    fn store(&self, site: &BuiltSite, path: &str, hash: &str) -> Result<(), PublishError> {
        let to = if is_asset(path) { path.to_owned() } else { object(hash) };
        let file = site.path(path);
        succeeded(self.put(&to, &headers(path), Payload::File(&file, hash))?).map(drop)
    }

    /// Copies content from the store to an address.
    fn place(&self, site: Option<&BuiltSite>, path: &str, hash: &str) -> Result<(), PublishError> {
        let site = site.filter(|site| site.holds(path));
        let source = format!("/{}{}/{}", self.bucket, self.prefix, object(hash));
        let mut headers = headers(path);
        headers.push(("x-amz-copy-source", encoded(&source)));
        headers.push(("x-amz-metadata-directive", "REPLACE".to_owned()));
        let lead = site.filter(|_| is_page(path)).map(|site| site.read(path)).transpose()?;
        let lead = lead.and_then(|html| redirect(path, &html));
        let plain = headers.clone();
        headers
            .extend(lead.map(|to| ("x-amz-website-redirect-location", format!("{}/{}", self.base_url, encoded(&to)))));
        let mut answer = self.put(path, &headers, Payload::Bytes(b""))?;
        if answer.status == 501 && plain.len() < headers.len() {
            // Not every service can redirect; the page does it by itself.
            answer = self.put(path, &plain, Payload::Bytes(b""))?;
        }
        if answer.status != 404 {
            return succeeded(answer).map(drop);
        }
        // Somebody has removed the stored content by hand.
        let Some(site) = site else {
            return Err(PublishError::new(format!("the target has lost the content of `{path}`"))
                .help("publish the current content with `annal publish`"));
        };
        self.store(site, path, hash)?;
        succeeded(self.put(path, &plain, Payload::Bytes(b""))?).map(drop)
    }
}

/// The headers of a file.
fn headers(path: &str) -> Vec<Header> {
    vec![("content-type", content_type(path).to_owned()), ("cache-control", cache_control(path).to_owned())]
}

/// The content to send: what is not in the store, and assets. The same content at two addresses is sent once.
fn missing<'a>(site: &BuiltSite, change: &'a Change<'_>) -> Vec<(&'a str, &'a str)> {
    let previous = change.old.previous_files();
    let stored: BTreeSet<&str> = change.old.files.values().chain(previous.values()).map(String::as_str).collect();
    let sent = change.plan.stages().flat_map(|(_, files)| files);
    let missing = sent.filter(|(path, hash)| site.holds(path) && (is_asset(path) || !stored.contains(hash)));
    let missing: BTreeMap<_, _> =
        missing.map(|(path, hash)| if is_asset(path) { (path, (path, hash)) } else { (hash, (path, hash)) }).collect();
    missing.into_values().collect()
}

/// The path of a release's record.
fn record_path(release: &ReleaseId) -> String {
    format!(".annal/releases/{}", ReleaseRecord::file(release))
}

/// The path of content in the store.
fn object(hash: &str) -> String {
    format!(".annal/objects/{hash}")
}

/// The answer, if it is none of those that callers judge for themselves.
fn succeeded(answer: Answer) -> Result<Answer, PublishError> {
    if answer.is_success() {
        return Ok(answer);
    }
    Err(PublishError::new(format!("the storage service cannot do what annal needs (status {})", answer.status))
        .help("it must know conditional writes (`If-Match`) and copies; see docs/publishing.md"))
}

impl Target for S3Target {
    fn read(&mut self) -> Result<KeptState, PublishError> {
        let Some(answer) = self.get(MANIFEST_PATH)? else { return Ok(KeptState::default()) };
        self.kept().etag = answer.etag;
        Ok(KeptState { manifest: TargetManifest::parse(&answer.body)?, claim_age: answer.age })
    }

    fn live_files(&self, paths: &[&str]) -> Result<Vec<Option<Vec<u8>>>, PublishError> {
        let found: Vec<_> = paths.iter().map(|path| (*path, OnceLock::new())).collect();
        let work = |(path, body): &(&str, OnceLock<Option<Vec<u8>>>)| {
            // Each is given to one thread alone.
            _ = body.set(self.get(path)?.map(|answer| answer.body));
            Ok(())
        };
        for_each(&found, CONNECTIONS, work, |_| Ok(()))?;
        Ok(found.into_iter().map(|(_, body)| body.into_inner().flatten()).collect())
    }

    fn files(&self, _: &ReleaseId, files: &[(&str, &str)]) -> Result<Vec<Option<Vec<u8>>>, PublishError> {
        let objects: Vec<String> = files.iter().map(|(_, hash)| object(hash)).collect();
        self.live_files(&objects.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn record(&self, release: &ReleaseId) -> Result<Option<Vec<u8>>, PublishError> {
        Ok(self.get(&record_path(release))?.map(|answer| answer.body))
    }

    fn claim(&mut self, claimed: &TargetManifest) -> Result<(), PublishError> {
        let mut kept = self.kept();
        kept.claimed = claimed.to_bytes();
        let bytes = kept.claimed.clone();
        self.put_manifest(&mut kept, &bytes)
    }

    fn apply(&mut self, change: &Change<'_>) -> Result<(), PublishError> {
        let (plan, site) = (change.plan, change.site);
        if let Some(site) = site {
            let missing = missing(site, change);
            self.for_each(&missing, &mut 0, change, |(path, hash)| self.store(site, path, hash))?;
        }
        let mut done = 0;
        // Assets are at their addresses now, where no page names them yet.
        for (_, files) in plan.stages().filter(|(stage, _)| *stage != Stage::Assets) {
            self.for_each(&files, &mut done, change, |(path, hash)| self.place(site, path, hash))?;
        }
        if let Some(record) = &change.record {
            let headers = [("content-type", JSON.to_owned()), ("cache-control", "no-store".to_owned())];
            succeeded(self.put(&record_path(&plan.release), &headers, Payload::Bytes(record))?)?;
        }
        let removals = plan.removals().chain(change.orphans.assets.iter().map(String::as_str)).map(str::to_owned);
        let removals = removals.chain(change.dropped.iter().map(record_path));
        let removals: Vec<_> = removals.chain(change.orphans.contents.iter().map(|hash| object(hash))).collect();
        self.for_each(&removals, &mut done, change, |path| self.delete(path))?;
        self.cdn.as_ref().map_or(Ok(()), |cdn| cdn.invalidate(&self.client, plan))
    }

    fn commit(&mut self, manifest: &TargetManifest) -> Result<(), PublishError> {
        self.put_manifest(&mut self.kept(), &manifest.to_bytes())
    }

    fn shares_files(&self) -> bool {
        true
    }
}

//! Tells the CDN which of its copies are out of date.

use std::collections::BTreeSet;

use super::client::{Client, Payload, Service, ServiceRequest, encoded};
use crate::escape;
use crate::output::Sha256;
use crate::publish::error::PublishError;
use crate::publish::plan::Plan;
use crate::publish::stage::is_asset;

/// Up to this many paths are named one by one. If more have changed, all are out of date, which costs no more.
const MOST_PATHS: usize = 30;

/// A distribution of `CloudFront`.
pub(super) struct CdnDistribution {
    id: String,
    service: Service,
    /// What the site's paths begin with: `/report`, or nothing.
    base: String,
}

impl CdnDistribution {
    /// A distribution, at the provider's address or another.
    pub(super) fn new(id: String, address: Option<&str>, base_url: &str) -> Result<Self, PublishError> {
        // CloudFront is one service for all regions, and signs for this one.
        let service = Service::new(
            address.unwrap_or("https://cloudfront.amazonaws.com"),
            "",
            "us-east-1".to_owned(),
            "cloudfront",
        )?;
        let after_scheme = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
        let base = after_scheme.trim_end_matches('/').split_once('/').map(|(_, path)| format!("/{path}"));
        Ok(Self { id, service, base: base.unwrap_or_default() })
    }

    /// Declares the copies of what a plan changes out of date.
    pub(super) fn invalidate(&self, client: &Client, plan: &Plan) -> Result<(), PublishError> {
        let paths = self.paths(plan);
        if paths.is_empty() {
            return Ok(());
        }
        let mut items = String::new();
        for path in &paths {
            items.push_str("<Path>");
            escape::text(&mut items, path);
            items.push_str("</Path>");
        }
        // Another one each time, and the same where a request is repeated because its answer was lost.
        let reference =
            &Sha256::new(format!("{} {}", plan.release, jiff::Timestamp::now()).as_bytes()).to_string()[..32];
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><InvalidationBatch \
             xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Paths><Quantity>{}</Quantity><Items>{items}</Items>\
             </Paths><CallerReference>annal-{reference}</CallerReference></InvalidationBatch>",
            paths.len(),
        );
        let key = format!("/2020-05-31/distribution/{}/invalidation", self.id);
        let headers = [("content-type", "application/xml".to_owned())];
        let payload = Payload::Bytes(body.as_bytes());
        let request = ServiceRequest { service: &self.service, method: "POST", key: &key, headers: &headers, payload };
        let answer = client.send(&request)?;
        if answer.is_success() {
            return Ok(());
        }
        Err(PublishError::new(format!("CloudFront has no distribution {}", self.id))
            .help("correct `invalidate` in site.yaml, then publish again"))
    }

    /// The paths of what a plan changes, as readers ask for them.
    fn paths(&self, plan: &Plan) -> BTreeSet<String> {
        let sent = plan.stages().flat_map(|(_, files)| files).map(|(path, _)| path);
        let mut paths = BTreeSet::new();
        for path in sent.chain(plan.removals()).filter(|path| !is_asset(path)) {
            paths.insert(format!("{}/{}", self.base, encoded(path)));
            if let Some(folder) = path.strip_suffix("index.html") {
                paths.insert(format!("{}/{}", self.base, encoded(folder)));
            }
        }
        if paths.len() > MOST_PATHS { BTreeSet::from([format!("{}/*", self.base)]) } else { paths }
    }
}

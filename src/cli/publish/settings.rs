//! Which target is meant, and what the environment has for it.

use std::env;
use std::path::Path;

use crate::cli::error::CliError;
use crate::cli::open_site::OpenSite;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{RelPath, SourceTexts, Span};
use crate::publish::{Credentials, NetworkEnvironment, PublishError, Settings, TargetAddress, parse_invalidate};
use crate::source::files::{PublishEntry, SiteFile};
use crate::source::yaml::read_document;

/// What `site.yaml` says about publishing. Nothing of this is in the model that pages are made from.
pub(super) struct SiteSettings {
    /// The address at which readers find the site.
    pub base_url: String,
    targets: Vec<(String, PublishEntry)>,
}

impl SiteSettings {
    /// Reads the settings of a site. What is wrong in them, the build reports.
    pub(super) fn new(site: &OpenSite) -> Self {
        let file = RelPath::new("content/site.yaml");
        let text = site.tree.text(&file).unwrap_or_default();
        let written = read_document::<SiteFile>(&file, text, Span::new(0, text.len())).value;
        let targets = written.publish.map(|targets| targets.0).unwrap_or_default();
        Self {
            base_url: written.base_url.map(|url| url.value.0).unwrap_or_default(),
            targets: targets.into_iter().map(|(name, entry)| (name.value, entry)).collect(),
        }
    }

    /// The target that is meant: by its name, by its address, or the only one.
    ///
    /// # Errors
    ///
    /// If there is none, or it cannot be told which.
    pub(super) fn choose(&self, wanted: Option<&str>, root: &Path) -> Result<Settings, CliError> {
        let names: Vec<&str> = self.targets.iter().map(|(name, _)| name.as_str()).collect();
        let Some(wanted) = wanted else {
            return match &self.targets[..] {
                [(name, entry)] => read_entry(name, entry, root),
                [] => Err(CliError::new("this site has no place to publish to").help(EXAMPLE)),
                _ => Err(CliError::new("this site has several places to publish to")
                    .help(format!("name one of them: {}", names.join(", ")))),
            };
        };
        if let Some((name, entry)) = self.targets.iter().find(|(name, _)| name == wanted) {
            return read_entry(name, entry, root);
        }
        if wanted.contains(':') {
            let here = env::current_dir().map_err(|error| CliError::disk("find the current folder", root, &error))?;
            return Ok(Settings::from_address(wanted, &here)?);
        }
        let help = did_you_mean(wanted, names.iter().copied()).unwrap_or_else(|| match &names[..] {
            [] => EXAMPLE.to_owned(),
            names => format!("the places are: {}", names.join(", ")),
        });
        Err(CliError::new(format!("site.yaml has no place to publish to called `{wanted}`")).help(help))
    }
}

/// How to name a place.
const EXAMPLE: &str = "add one to content/site.yaml, for example `publish: {live: {to: \"file:///srv/www/report\"}}`, or name \
                       an address: `annal publish zip:report.zip`";

fn read_entry(name: &str, entry: &PublishEntry, root: &Path) -> Result<Settings, CliError> {
    let to = entry.to.as_ref().map(|to| to.value.as_str()).unwrap_or_default();
    let text = |text: &Option<crate::source::yaml::Text>| text.as_ref().map(|text| text.value.clone());
    Ok(Settings {
        name: name.to_owned(),
        address: TargetAddress::parse(to, root)?,
        region: text(&entry.region),
        endpoint: entry.endpoint.as_ref().map(|url| url.value.0.clone()),
        base_url: entry.base_url.as_ref().map(|url| url.value.0.clone()),
        distribution: text(&entry.invalidate).map(|text| parse_invalidate(&text)).transpose()?,
    })
}

/// What network targets need from the environment. The names are those that AWS's own tools use.
pub(super) fn environment() -> NetworkEnvironment {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let keys = variable("AWS_ACCESS_KEY_ID").zip(variable("AWS_SECRET_ACCESS_KEY"));
    let any = |names: [&str; 2]| names.into_iter().find_map(variable);
    NetworkEnvironment {
        credentials: keys.map(|(access_key, secret_key)| Credentials {
            access_key,
            secret_key,
            session_token: variable("AWS_SESSION_TOKEN"),
        }),
        region: any(["AWS_REGION", "AWS_DEFAULT_REGION"]),
        s3_endpoint: any(["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]),
        cloudfront_endpoint: any(["AWS_ENDPOINT_URL_CLOUDFRONT", "AWS_ENDPOINT_URL"]),
    }
}

impl From<PublishError> for CliError {
    fn from(error: PublishError) -> Self {
        Self { status: if error.is_refusal { 1 } else { 2 }, message: error.message, help: error.help }
    }
}

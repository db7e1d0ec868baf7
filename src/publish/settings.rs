//! Where to publish: what `site.yaml` says about it, and addresses on the command line.

use std::path::Path;

use super::error::PublishError;
use super::folder::manifest_in;
use super::manifest::TargetManifest;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{RelPath, SourceTexts, Span};
use crate::source::SourceTree;
use crate::source::files::{PublishEntry, SiteFile, TargetAddress};
use crate::source::yaml::read_document;
use crate::source::yaml::scalar::{Scalar, ScalarError};

/// A target with its settings.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Its name in `site.yaml`, or its address as somebody gave it.
    pub name: String,
    pub address: TargetAddress,
    /// The region of the storage service.
    pub region: Option<String>,
    /// The web address of the storage service.
    pub endpoint: Option<String>,
    /// The address at which readers find the site, if it is not the one in `site.yaml`.
    pub base_url: Option<String>,
    /// The distribution of `CloudFront` to tell about changes.
    pub distribution: Option<String>,
}

impl Settings {
    /// Settings for an address without any. A path in it is relative to `here`.
    ///
    /// # Errors
    ///
    /// If annal cannot publish to it, or it holds a password.
    fn from_address(address: &str, here: &Path) -> Result<Self, PublishError> {
        let parsed = TargetAddress::parse(address).map_err(|error| match error {
            ScalarError::Value { message, help, .. } => PublishError::new(format!("the address {message}")).help(help),
            ScalarError::Type => PublishError::new("this is not an address"),
        })?;
        let (name, address) = (address.to_owned(), parsed.relative_to(here));
        Ok(Self { name, address, region: None, endpoint: None, base_url: None, distribution: None })
    }

    /// The settings of a place in `site.yaml`, in which paths are relative to `root`.
    ///
    /// # Errors
    ///
    /// If the address could not be read, which is a diagnostic of its own.
    fn from_entry(name: &str, entry: &PublishEntry, root: &Path) -> Result<Self, PublishError> {
        let Some(to) = &entry.to else {
            return Err(PublishError::new(format!("content/site.yaml has no valid address for `{name}`"))
                .help("`annal check` says what is wrong with it"));
        };
        Ok(Self {
            name: name.to_owned(),
            address: to.value.clone().relative_to(root),
            region: entry.region.as_ref().map(|region| region.value.clone()),
            endpoint: entry.endpoint.as_ref().map(|url| url.value.0.clone()),
            base_url: entry.base_url.as_ref().map(|url| url.value.0.clone()),
            distribution: entry.invalidate.as_ref().map(|cdn| cdn.value.distribution.clone()),
        })
    }
}

/// What `site.yaml` says about publishing. Nothing of this is in the model that pages are made from.
pub(crate) struct SiteSettings {
    /// The address at which readers find the site.
    pub base_url: String,
    targets: Vec<(String, PublishEntry)>,
}

impl SiteSettings {
    /// Reads the settings of a site. What is wrong in them, the build reports.
    pub(crate) fn from_tree(tree: &SourceTree) -> Self {
        let file = RelPath::new("content/site.yaml");
        let text = tree.text(&file).unwrap_or_default();
        let written = read_document::<SiteFile>(&file, &text, Span::new(0, text.len())).value;
        let targets = written.publish.map(|targets| targets.0).unwrap_or_default();
        Self {
            base_url: written.base_url.map(|url| url.value.0).unwrap_or_default(),
            targets: targets.into_iter().map(|(name, entry)| (name.value, entry)).collect(),
        }
    }

    /// The target that is meant: by its name, by its address, or the only one. Paths in `site.yaml` are relative to the
    /// site's `root`, those in an address to `here`.
    ///
    /// # Errors
    ///
    /// If there is none, or it is not clear which.
    pub(crate) fn choose(&self, wanted: Option<&str>, root: &Path, here: &Path) -> Result<Settings, PublishError> {
        let names: Vec<&str> = self.targets.iter().map(|(name, _)| name.as_str()).collect();
        let Some(wanted) = wanted else {
            return match &self.targets[..] {
                [(name, entry)] => Settings::from_entry(name, entry, root),
                [] => Err(PublishError::new("this site has no place to publish to").help(EXAMPLE)),
                _ => Err(PublishError::new("this site has several places to publish to")
                    .help(format!("name one of them: {}", names.join(", ")))),
            };
        };
        if let Some((name, entry)) = self.targets.iter().find(|(name, _)| name == wanted) {
            return Settings::from_entry(name, entry, root);
        }
        if wanted.contains(':') {
            return Settings::from_address(wanted, here);
        }
        let help = did_you_mean(wanted, names.iter().copied()).unwrap_or_else(|| match &names[..] {
            [] => EXAMPLE.to_owned(),
            names => format!("the places are: {}", names.join(", ")),
        });
        Err(PublishError::new(format!("site.yaml has no place to publish to called `{wanted}`")).help(help))
    }

    /// Whether a place to publish to is called that.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.targets.iter().any(|(other, _)| other == name)
    }

    /// What is live in the folders of this machine: the name of each target, and its manifest if there is one. Other targets
    /// are not asked, since that takes a network.
    pub(crate) fn live_folders(&self, root: &Path) -> Vec<(&str, Option<TargetManifest>)> {
        let folders = self.targets.iter().filter_map(|(name, entry)| {
            match Settings::from_entry(name, entry, root).ok()?.address {
                TargetAddress::Folder(folder) => Some((name.as_str(), manifest_in(&folder))),
                _ => None,
            }
        });
        folders.collect()
    }
}

/// How to name a place.
const EXAMPLE: &str = "add one to content/site.yaml, for example `publish: {live: {to: \"file:///srv/www/report\"}}`, or name \
                       an address: `annal publish zip:report.zip`";

//! What `site.yaml` says about publishing.

use std::path::Path;

use super::address::{Settings, TargetAddress, parse_invalidate};
use super::error::PublishError;
use super::folder::manifest_in;
use super::manifest::TargetManifest;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{RelPath, SourceTexts, Span};
use crate::source::SourceTree;
use crate::source::files::{PublishEntry, SiteFile};
use crate::source::yaml::{Text, read_document};

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
        let written = read_document::<SiteFile>(&file, text, Span::new(0, text.len())).value;
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
                [(name, entry)] => read_entry(name, entry, root),
                [] => Err(PublishError::new("this site has no place to publish to").help(EXAMPLE)),
                _ => Err(PublishError::new("this site has several places to publish to")
                    .help(format!("name one of them: {}", names.join(", ")))),
            };
        };
        if let Some((name, entry)) = self.targets.iter().find(|(name, _)| name == wanted) {
            return read_entry(name, entry, root);
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

    /// What is live in the folders of this machine: the name of each target, and its manifest if there is one. Other targets
    /// are not asked, since that takes a network.
    pub(crate) fn live_folders(&self, root: &Path) -> Vec<(&str, Option<TargetManifest>)> {
        let folders =
            self.targets.iter().filter_map(|(name, entry)| match read_entry(name, entry, root).ok()?.address {
                TargetAddress::Folder(folder) => Some((name.as_str(), manifest_in(&folder))),
                _ => None,
            });
        folders.collect()
    }
}

/// How to name a place.
const EXAMPLE: &str = "add one to content/site.yaml, for example `publish: {live: {to: \"file:///srv/www/report\"}}`, or name \
                       an address: `annal publish zip:report.zip`";

fn read_entry(name: &str, entry: &PublishEntry, root: &Path) -> Result<Settings, PublishError> {
    let to = entry.to.as_ref().map(|to| to.value.as_str()).unwrap_or_default();
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    Ok(Settings {
        name: name.to_owned(),
        address: TargetAddress::parse(to, root)?,
        region: text(&entry.region),
        endpoint: entry.endpoint.as_ref().map(|url| url.value.0.clone()),
        base_url: entry.base_url.as_ref().map(|url| url.value.0.clone()),
        distribution: text(&entry.invalidate).map(|text| parse_invalidate(&text)).transpose()?,
    })
}

//! A theme's assets and their published addresses.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::files::ThemeFiles;
use super::{minify_css, rewrite_urls};
use crate::diagnostic::RelPath;
use crate::render::route::Address;
use crate::source::FileContent;
use crate::source::digest::hash;

/// A theme's assets.
pub(super) struct Assets {
    /// Their bytes, keyed by published address.
    pub(super) files: BTreeMap<Address, Arc<[u8]>>,
    /// The theme's own files that they are made from.
    pub(super) sources: Vec<(Address, RelPath)>,
    /// Their published addresses, keyed by path in `assets/`.
    pub(super) addresses: BTreeMap<String, String>,
}

impl Assets {
    /// The assets of a chain of themes, the site's own first. The first theme with a file wins.
    pub(super) fn new(themes: &[ThemeFiles]) -> Self {
        let mut winning: BTreeMap<&str, (&RelPath, Arc<[u8]>)> = BTreeMap::new();
        for (path, file) in themes.iter().flatten() {
            let Some(asset) = path.strip_prefix("assets/") else { continue };
            winning.entry(asset).or_insert_with(|| {
                let bytes = match &file.content {
                    FileContent::Text(text) if file.path.extension() == "css" => {
                        minify_css::squeeze(text).as_bytes().into()
                    }
                    FileContent::Text(text) => text.as_bytes().into(),
                    FileContent::Bytes(bytes) => bytes.clone(),
                    FileContent::OnDisk(_) => unreachable!("only files below `content/` are left on the disk"),
                };
                (&file.path, bytes)
            });
        }
        let mut assets = Self { files: BTreeMap::new(), sources: Vec::new(), addresses: BTreeMap::new() };
        // Style sheets come last, because they contain the published addresses of other files.
        let (sheets, others): (Vec<_>, Vec<_>) =
            winning.into_iter().partition(|(path, _)| RelPath::new(path).extension() == "css");
        for (path, (file, mut bytes)) in others.into_iter().chain(sheets) {
            if RelPath::new(path).extension() == "css" {
                bytes = rewrite_urls::point(&bytes, path, &assets.addresses);
            }
            let address = fingerprinted(path, &bytes);
            assets.addresses.insert(path.to_owned(), address.to_string());
            assets.sources.push((address.clone(), file.clone()));
            assets.files.insert(address, bytes);
        }
        assets
    }
}

/// The published address of an asset. Its name contains a hash of the content, so browsers may cache it for ever.
fn fingerprinted(path: &str, bytes: &[u8]) -> Address {
    let print = format!("{:032x}", hash(bytes));
    let print = &print[..8];
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(_, name)| (&path[..path.len() - name.len()], name));
    match name.rsplit_once('.') {
        Some((stem, ending)) => Address::new(&format!("assets/{folder}{stem}.{print}.{ending}")),
        None => Address::new(&format!("assets/{folder}{name}.{print}")),
    }
}

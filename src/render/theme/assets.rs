//! A theme's assets and their published addresses.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::dark_mode::DarkMode;
use super::files::ThemeFiles;
use super::{minify_css, rewrite_urls};
use crate::diagnostic::{Code, Diagnostic, RelPath};
use crate::render::route::Address;
use crate::render::view::shared::{PictureCopyView, PictureView};
use crate::source::FileContent;
use crate::source::digest::{Digest, hash};
use crate::source::picture::{self, PictureFacts};

/// A theme's assets.
#[derive(Default)]
pub(super) struct Assets {
    /// Their bytes, keyed by published address.
    pub(super) files: BTreeMap<Address, Arc<[u8]>>,
    /// The theme's own files that they are made from.
    pub(super) sources: Vec<(Address, RelPath)>,
    /// Their published addresses, keyed by path in `assets/`.
    pub(super) addresses: BTreeMap<String, String>,
    /// The pictures among them as the template function `image` gives them, keyed by path in `assets/`.
    pub(super) pictures: BTreeMap<String, PictureView>,
    /// The pictures that have smaller copies.
    pub(super) copies: Vec<AssetCopies>,
}

/// The smaller copies of a picture, to be drawn when the site is put.
pub(crate) struct AssetCopies {
    /// The theme's file.
    pub file: RelPath,
    pub picture: Arc<[u8]>,
    pub digest: Digest,
    /// Their addresses, narrowest first.
    pub copies: Vec<Address>,
}

impl Assets {
    /// The assets of a chain of themes, the site's own first, with dark colours as `dark_mode` says. The first theme with a
    /// file wins. The pictures among them are only looked at if `has_images`: a template asks for one.
    pub(super) fn new(themes: &[ThemeFiles], dark_mode: DarkMode, has_images: bool) -> Self {
        let mut winning: BTreeMap<&str, (&RelPath, Arc<[u8]>)> = BTreeMap::new();
        let mut facts = BTreeMap::new();
        for (path, file) in themes.iter().flatten() {
            let Some(asset) = path.strip_prefix("assets/") else { continue };
            winning.entry(asset).or_insert_with(|| {
                if has_images {
                    facts.insert(asset, PictureFacts::read(&file.path, &file.content));
                }
                let bytes = match &file.content {
                    FileContent::Text(text) if file.path.extension() == "css" => {
                        dark_mode.apply(&minify_css::squeeze(text)).as_bytes().into()
                    }
                    FileContent::Text(text) => text.as_bytes().into(),
                    FileContent::Bytes(bytes) => bytes.clone(),
                    FileContent::OnDisk(_) | FileContent::TextOnDisk(_) => {
                        unreachable!("only files below `content/` are left on the disk")
                    }
                };
                (&file.path, bytes)
            });
        }
        let mut assets = Self::default();
        // Style sheets come last, because they contain the published addresses of other files.
        let (sheets, others): (Vec<_>, Vec<_>) =
            winning.into_iter().partition(|(path, _)| RelPath::new(path).extension() == "css");
        for (path, (file, mut bytes)) in others.into_iter().chain(sheets) {
            if RelPath::new(path).extension() == "css" {
                bytes = rewrite_urls::point(&bytes, path, &assets.addresses);
            }
            let digest = hash(&bytes);
            let address = fingerprinted(path, digest);
            assets.addresses.insert(path.to_owned(), address.to_string());
            if let Some(PictureFacts { size: Some((width, height)), smaller: widths }) = facts.remove(path) {
                let copies = copies_of(path, digest, &widths);
                let smaller =
                    copies.iter().map(|(width, copy)| PictureCopyView { href: copy.to_string(), width: *width });
                let picture = PictureView { href: address.to_string(), width, height, smaller: smaller.collect() };
                assets.pictures.insert(path.to_owned(), picture);
                if !copies.is_empty() {
                    let (file, picture) = (file.clone(), Arc::clone(&bytes));
                    let copies = copies.into_iter().map(|(_, address)| address).collect();
                    assets.copies.push(AssetCopies { file, picture, digest, copies });
                }
            }
            assets.sources.push((address.clone(), file.clone()));
            assets.files.insert(address, bytes);
        }
        assets
    }

    /// The text of a file as it is published. Empty if there is none.
    pub(super) fn text(&self, path: &str) -> Cow<'_, str> {
        let bytes = self.addresses.get(path).and_then(|address| self.files.get(&Address::new(address)));
        bytes.map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default()
    }
}

/// The paths in `assets/` of the style sheets of a chain of themes, as pages load them: a theme's own after those that it
/// takes or replaces.
pub(super) fn sheets(themes: &[ThemeFiles]) -> Vec<&str> {
    let assets = themes.iter().rev().flat_map(ThemeFiles::keys).filter_map(|path| path.strip_prefix("assets/"));
    let mut known = BTreeSet::new();
    assets.filter(|path| RelPath::new(path).extension() == "css" && known.insert(*path)).collect()
}

/// The addresses of the copies of a picture: `hero.480.jpg` beside `hero.jpg`.
fn copies_of(path: &str, digest: Digest, widths: &[u32]) -> Vec<(u32, Address)> {
    let Some((stem, ending)) = path.rsplit_once('.') else { return Vec::new() };
    widths.iter().map(|width| (*width, fingerprinted(&format!("{stem}.{width}.{ending}"), digest))).collect()
}

/// Reports the pictures in the site's own themes that are larger than a page needs.
pub(super) fn check_pictures(themes: &[ThemeFiles]) -> Vec<Diagnostic> {
    let own = themes.iter().flatten().filter(|(path, file)| file.is_own && path.starts_with("assets/"));
    let found = own.flat_map(|(_, file)| picture::check(&file.path, &file.content));
    found.filter(|found| found.code == Code::LargePicture).collect()
}

/// The published address of an asset. Its name contains a hash of the content, so browsers may cache it for ever.
fn fingerprinted(path: &str, digest: Digest) -> Address {
    let print = format!("{digest:032x}");
    let print = &print[..8];
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(_, name)| (&path[..path.len() - name.len()], name));
    match name.rsplit_once('.') {
        Some((stem, ending)) => Address::new(&format!("assets/{folder}{stem}.{print}.{ending}")),
        None => Address::new(&format!("assets/{folder}{name}.{print}")),
    }
}

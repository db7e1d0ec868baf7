//! The pictures of a document: their names in the year's `media/`, and their bytes without metadata.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::RelPath;
use crate::document::Picture;
use crate::source::SourceTree;
use crate::source::digest::hash;
use crate::source::picture;
use crate::source::picture::format::PictureFormat;

/// A picture to store.
pub(super) struct StoredPicture {
    /// Where it belongs in the site.
    pub path: RelPath,
    pub bytes: Arc<[u8]>,
    /// Whether the site has it already.
    pub is_there: bool,
}

/// Names the pictures that can be shown, by their numbers in the document. `folder` is the year's, and `owner` the id of the
/// board or agency. Their descriptions are no part of the names, since they can name people. The same picture, also one that
/// is in the folder already, is stored once.
pub(super) fn name_pictures(
    tree: &SourceTree,
    folder: &str,
    owner: &str,
    pictures: &[Picture],
) -> BTreeMap<usize, StoredPicture> {
    let mut stored: BTreeMap<usize, StoredPicture> = BTreeMap::new();
    for (number, picture) in pictures.iter().enumerate() {
        let Some((format, bytes)) = shown(picture) else { continue };
        let same = stored.values().find(|other| other.bytes == bytes).map(|other| other.path.clone());
        let there = || existing(tree, folder, &bytes);
        if let Some(path) = same.or_else(there) {
            stored.insert(number, StoredPicture { path, bytes, is_there: true });
            continue;
        }
        let is_free =
            |path: &RelPath| !tree.files.contains_key(path) && !stored.values().any(|other| other.path == *path);
        let path = (1..).map(|count| {
            let suffix = if count == 1 { String::new() } else { format!("-{count}") };
            RelPath::new(&format!("{folder}/media/{owner}-picture-{}{suffix}.{}", number + 1, format.ending()))
        });
        if let Some(path) = path.take(1_000).find(is_free) {
            stored.insert(number, StoredPicture { path, bytes, is_there: false });
        }
    }
    stored
}

/// The format and published bytes of a picture. `None` if browsers cannot show it, or its metadata cannot be removed.
fn shown(picture: &Picture) -> Option<(PictureFormat, Arc<[u8]>)> {
    let format = PictureFormat::detect(&picture.bytes)?;
    let name = RelPath::new(&format!("picture.{}", format.ending()));
    Some((format, picture::published_bytes(&name, &picture.bytes)?.into()))
}

/// The file in the year's media folder with these bytes.
fn existing(tree: &SourceTree, folder: &str, bytes: &[u8]) -> Option<RelPath> {
    let media = format!("{folder}/media");
    let hash = hash(bytes);
    tree.files_under(&media).find(|(_, _, file)| file.hash == hash).map(|(path, _, _)| path.clone())
}

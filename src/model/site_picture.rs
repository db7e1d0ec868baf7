//! A picture of the site as pages show it.

use crate::diagnostic::RelPath;
use crate::source::SourceTree;
use crate::source::picture::{self, PictureFacts};

/// A picture in a `media/` folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SitePicture {
    pub file: RelPath,
    /// Its width and height in pixels, or in units if it is an SVG that gives them.
    pub size: Option<(u32, u32)>,
    /// Its smaller copies, narrowest first: their widths in pixels, and the files beside it that they would be.
    pub smaller: Vec<(u32, RelPath)>,
}

impl SitePicture {
    /// The picture in `file`. Its size and copies are unknown if there is no such file, or it is damaged.
    #[must_use]
    pub(crate) fn new(tree: &SourceTree, file: &RelPath) -> Self {
        let facts = tree.files.get(file).map(|read| PictureFacts::read(file, &read.content));
        let PictureFacts { size, smaller } = facts.unwrap_or_default();
        let copy = |width| Some((width, picture::copy_file(tree, file, width)?));
        Self { size, smaller: smaller.into_iter().filter_map(copy).collect(), file: file.clone() }
    }
}

//! A site's files as a value: the whole input of a build.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Bound;
use std::sync::Arc;

use super::digest::{Digest, hash};
use super::disk_file::DiskFile;
use super::text_on_disk::{ChangedTexts, TextOnDisk, without_mark};
use crate::diagnostic::{Diagnostic, RelPath, SourceText, SourceTexts};

/// The folder of files that are published as they are.
pub(crate) const STATIC_DIR: &str = "content/static";

/// One file of a site.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its content.
    pub content: FileContent,
    /// A hash of its bytes.
    pub hash: Digest,
}

impl SourceFile {
    /// Its length in bytes. A text has lost its byte-order mark.
    #[must_use]
    pub fn length(&self) -> u64 {
        match &self.content {
            FileContent::Text(text) => text.len() as u64,
            FileContent::Bytes(bytes) => bytes.len() as u64,
            FileContent::OnDisk(file) => file.length,
            FileContent::TextOnDisk(text) => text.length(),
        }
    }
}

/// The content of a file.
#[derive(Clone, Debug)]
pub enum FileContent {
    /// UTF-8 text without a byte-order mark. Line ends are unchanged.
    Text(SourceText),
    /// Bytes of a theme's file that is not text, such as a font.
    Bytes(Arc<[u8]>),
    /// A picture or another file below `content/` that is not text. It is not kept in memory.
    OnDisk(DiskFile),
    /// The same of a text, such as a submission, if whoever read the site asked for that.
    TextOnDisk(TextOnDisk),
}

impl FileContent {
    /// The bytes. A text has lost its byte-order mark.
    ///
    /// # Errors
    ///
    /// If the file is on the disk and no text, and cannot be read or has been changed. A text of which that is true is
    /// blank, and is noted as changed.
    pub fn bytes(&self) -> io::Result<Cow<'_, [u8]>> {
        match self {
            Self::Text(text) => Ok(Cow::Borrowed(text.as_bytes())),
            Self::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Self::OnDisk(file) => file.read().map(Cow::Owned),
            Self::TextOnDisk(text) => Ok(Cow::Owned(text.read().as_bytes().to_owned())),
        }
    }

    /// The text; `None` if it is not text. If it is on the disk, it is read now.
    #[must_use]
    pub fn text(&self) -> Option<SourceText> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::TextOnDisk(text) => Some(text.read()),
            Self::Bytes(_) | Self::OnDisk(_) => None,
        }
    }

    /// Whether it is text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text(_) | Self::TextOnDisk(_))
    }
}

/// The files of a site below `content/` and `themes/`, by their paths relative to the site's root.
#[derive(Clone, Debug, Default)]
pub struct SourceTree {
    /// The files that could be read.
    pub files: BTreeMap<RelPath, SourceFile>,
    /// The files that exist but could not be read, so that they are not reported as missing.
    pub unreadable: BTreeSet<RelPath>,
    /// What was wrong in reading, such as why those files could not be read.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts on the disk that have been changed since.
    pub changed: ChangedTexts,
}

/// The entries at a path and below it, in order; all entries if the path is empty.
pub(crate) fn files_at<'a, V>(
    files: &'a BTreeMap<RelPath, V>,
    path: &'a RelPath,
) -> impl Iterator<Item = (&'a RelPath, &'a V)> {
    let from_here = files.range(path.clone()..).take_while(|(file, _)| file.as_str().starts_with(path.as_str()));
    from_here.filter(|(file, _)| file.is_at(path))
}

/// A direct child of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirEntry<'a> {
    /// A file.
    File(&'a RelPath),
    /// A folder that contains files: its path relative to the site's root, and its name.
    Folder(&'a str, &'a str),
}

impl SourceTree {
    /// A tree of texts, for tests and for the theme in the binary.
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files = texts.into_iter().map(|(path, text)| {
            let text = without_mark(text);
            (RelPath::new(path), SourceFile { content: FileContent::Text(text.into()), hash: hash(text.as_bytes()) })
        });
        Self { files: files.collect(), ..Self::default() }
    }

    /// The files at a path and below it, in order; all files if the path is empty.
    pub fn files_at<'a>(&'a self, path: &'a RelPath) -> impl Iterator<Item = (&'a RelPath, &'a SourceFile)> {
        files_at(&self.files, path)
    }

    /// The files below a folder, in order, with their paths relative to the folder.
    pub fn files_under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a RelPath, &'a str, &'a SourceFile)> {
        let start = RelPath::new(&format!("{folder}/"));
        self.files
            .range(start..)
            .take_while(move |(path, _)| path.as_str().starts_with(folder))
            .filter_map(move |(path, file)| Some((path, path.below(folder)?, file)))
    }

    /// The direct children of a folder, in order: files, and folders that contain files.
    pub fn children<'a>(&'a self, above: &'a str) -> impl Iterator<Item = DirEntry<'a>> {
        let mut from = Bound::Included(RelPath::new(above));
        std::iter::from_fn(move || {
            loop {
                let (path, _) = self.files.range((from.clone(), Bound::Unbounded)).next()?;
                let below = path.below(above);
                if let Some((name, _)) = below.and_then(|below| below.split_once('/')) {
                    let folder = &path.as_str()[..above.len() + 1 + name.len()];
                    // Skips everything in the folder in one step: `0` is the character after `/`.
                    from = Bound::Included(RelPath::new(&format!("{folder}0")));
                    return Some(DirEntry::Folder(folder, name));
                }
                from = Bound::Excluded(path.clone());
                match below {
                    Some(_) => return Some(DirEntry::File(path)),
                    None if path.as_str().starts_with(above) => {}
                    None => return None,
                }
            }
        })
    }

    /// The direct subfolders of a folder, in order: the path and name of each.
    pub fn folders<'a>(&'a self, above: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.children(above).filter_map(|below| match below {
            DirEntry::Folder(path, name) => Some((path, name)),
            DirEntry::File(_) => None,
        })
    }

    /// Whether a file exists and is text.
    #[must_use]
    pub fn has_text(&self, file: &RelPath) -> bool {
        self.files.get(file).is_some_and(|file| file.content.is_text())
    }
}

impl SourceTexts for SourceTree {
    fn text(&self, file: &RelPath) -> Option<SourceText> {
        self.files.get(file)?.content.text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_under_lists_one_folder() {
        let tree = SourceTree::from_texts([("content/a/x.md", ""), ("content/ab/y.md", ""), ("content/a/z/w.md", "")]);
        let found: Vec<_> = tree.files_under("content/a").map(|(_, rest, _)| rest.to_owned()).collect();
        assert_eq!(found, ["x.md", "z/w.md"]);
    }

    #[test]
    fn folders_are_named_once() {
        let files = [
            "content.md",
            "content/a-b/x.md",
            "content/a/x.md",
            "content/a/y.md",
            "content/a0.md",
            "content/b/z/w.md",
            "content/c.md",
            "d/e/f.md",
        ];
        let tree = SourceTree::from_texts(files.map(|file| (file, "")));
        let found: Vec<_> = tree.folders("content").collect();
        assert_eq!(found, [("content/a-b", "a-b"), ("content/a", "a"), ("content/b", "b")]);
        assert_eq!(tree.folders("none").next(), None);
    }
}

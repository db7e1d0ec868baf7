//! The disk as a value: every file of a site that a build may look at.

#![allow(clippy::disallowed_methods, reason = "this file is what reads the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::diagnostic::{Checked, Code, Diagnostic, Place, RelPath, Texts};

/// The most bytes of text that a file may hold.
pub const TEXT_LIMIT: u64 = 4 * 1024 * 1024;

/// The endings of files that are read as text; every other file is carried as the bytes it is.
const TEXT_ENDINGS: &[&str] = &["md", "yaml", "yml", "csv", "html", "htm", "xml", "svg", "txt", "css", "js", "json"];

/// A stable 128-bit hash of some bytes.
pub type Hash = u128;

/// The first 128 bits of the BLAKE3 hash of `bytes`.
#[must_use]
pub fn hash(bytes: &[u8]) -> Hash {
    first_half(&blake3::hash(bytes))
}

fn first_half(digest: &blake3::Hash) -> Hash {
    let mut first = [0; 16];
    first.copy_from_slice(&digest.as_bytes()[..16]);
    Hash::from_le_bytes(first)
}

/// The hash of some parts in their order.
#[must_use]
pub fn hash_of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Hash {
    let mut hasher = Hasher::default();
    parts.into_iter().for_each(|part| hasher.add(part));
    hasher.finish()
}

/// The hash of some hashes in their order.
#[must_use]
pub fn hash_of_hashes(hashes: &[Hash]) -> Hash {
    let mut all = blake3::Hasher::new();
    for one in hashes {
        all.update(&one.to_le_bytes());
    }
    first_half(&all.finalize())
}

/// A hash in the making, of parts one after the other.
#[derive(Clone, Debug, Default)]
pub struct Hasher(blake3::Hasher);

impl Hasher {
    /// Adds a part, so that it is told from the one before it and the one after.
    pub fn add(&mut self, part: &[u8]) {
        self.0.update(&part.len().to_le_bytes());
        self.0.update(part);
    }

    /// Adds a file by its path and the hash of its bytes.
    pub fn add_file(&mut self, path: &RelPath, file: &SourceFile) {
        self.add(path.as_str().as_bytes());
        self.add(&file.hash.to_le_bytes());
    }

    /// The hash of all that was added.
    #[must_use]
    pub fn finish(&self) -> Hash {
        first_half(&self.0.finalize())
    }
}

/// The hash of pairs that come in any order: each is hashed by itself, and the hashes are added up.
#[must_use]
pub fn hash_of_set<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Hash {
    pairs.fold(0, |sum, (one, other)| sum.wrapping_add(hash_of_parts([one.as_bytes(), other.as_bytes()])))
}

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// What is in it.
    pub content: Content,
    /// The hash of its bytes.
    pub hash: Hash,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// Text in UTF-8, without a byte-order mark; line ends as they were written.
    Text(Arc<str>),
    /// Bytes: images and whatever else is no text.
    Bytes(Arc<[u8]>),
}

/// The files of a site below `content/` and `themes/`, by their paths from the site's root.
#[derive(Clone, Debug, Default)]
pub struct SourceTree {
    /// The files that could be read.
    pub files: BTreeMap<RelPath, SourceFile>,
    /// The files that are there but could not be read, so that nobody takes them for missing.
    pub unread: BTreeSet<RelPath>,
}

/// What lies right below a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Below<'a> {
    /// A file.
    File(&'a RelPath),
    /// A folder that files lie in: its path from the site's root, and its name.
    Folder(&'a str, &'a str),
}

impl SourceTree {
    /// A tree of texts, for tests and for themes carried in the binary.
    pub fn of_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files = texts.into_iter().map(|(path, text)| {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            (RelPath::new(path), SourceFile { content: Content::Text(text.into()), hash: hash(text.as_bytes()) })
        });
        Self { files: files.collect(), unread: BTreeSet::new() }
    }

    /// The files below a folder, in order, with what is left of their paths.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a RelPath, &'a str, &'a SourceFile)> {
        let start = RelPath::new(&format!("{folder}/"));
        self.files
            .range(start..)
            .take_while(move |(path, _)| path.as_str().starts_with(folder))
            .filter_map(move |(path, file)| Some((path, path.below(folder)?, file)))
    }

    /// What lies right below a folder, in order: files, and folders that files lie in.
    pub fn right_below<'a>(&'a self, above: &'a str) -> impl Iterator<Item = Below<'a>> {
        let mut from = Bound::Included(RelPath::new(above));
        std::iter::from_fn(move || {
            loop {
                let (path, _) = self.files.range((from.clone(), Bound::Unbounded)).next()?;
                let below = path.below(above);
                if let Some((name, _)) = below.and_then(|below| below.split_once('/')) {
                    let folder = &path.as_str()[..above.len() + 1 + name.len()];
                    // All that lies in the folder is passed over in one step: `0` comes right after `/`.
                    from = Bound::Included(RelPath::new(&format!("{folder}0")));
                    return Some(Below::Folder(folder, name));
                }
                from = Bound::Excluded(path.clone());
                match below {
                    Some(_) => return Some(Below::File(path)),
                    None if path.as_str().starts_with(above) => {}
                    None => return None,
                }
            }
        })
    }

    /// The folders right below a folder that files lie in, in order: the path of each, and its name.
    pub fn folders<'a>(&'a self, above: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.right_below(above).filter_map(|below| match below {
            Below::Folder(path, name) => Some((path, name)),
            Below::File(_) => None,
        })
    }

    /// A file's text, where there is such a file and it is text.
    #[must_use]
    pub fn shared_text(&self, file: &str) -> Option<&Arc<str>> {
        match &self.files.get(file)?.content {
            Content::Text(text) => Some(text),
            Content::Bytes(_) => None,
        }
    }
}

impl Texts for SourceTree {
    fn text(&self, file: &RelPath) -> Option<&str> {
        self.shared_text(file.as_str()).map(|text| &**text)
    }
}

/// Reads the files below `content/` and `themes/` of the site at `root`.
///
/// What cannot be read is a diagnostic, and what is hidden or an editor's leftover is passed over.
///
/// # Errors
///
/// Where `root` itself cannot be looked into.
pub fn read_tree(root: &Path) -> io::Result<Checked<SourceTree>> {
    let root = root.canonicalize()?;
    let mut diagnostics = Vec::new();
    let mut folders = Vec::new();
    for top in ["content", "themes"].map(|top| root.join(top)).into_iter().filter(|top| top.exists()) {
        // The folders one below are years and themes: enough of them to be listed side by side.
        folders.extend(
            WalkDir::new(&top).min_depth(1).max_depth(1).into_iter().flatten().map(walkdir::DirEntry::into_path),
        );
    }
    let listed: Vec<_> = folders.par_iter().map(|folder| list(&root, folder, false)).collect();
    let found: Vec<_> = listed.into_iter().flat_map(|listed| listed.collect_into(&mut diagnostics)).collect();
    let read: Vec<_> = found
        .into_par_iter()
        .map(|(path, on_disk)| match read_file(&path, &on_disk) {
            Ok(file) => Ok((path, file)),
            Err(diagnostic) => Err(diagnostic),
        })
        .collect();
    let mut tree = SourceTree::default();
    tree.unread.extend(diagnostics.iter().map(|diagnostic| diagnostic.place.file.clone()));
    for file in read {
        match file {
            Ok((path, file)) => _ = tree.files.insert(path, file),
            Err(diagnostic) => {
                tree.unread.insert(diagnostic.place.file.clone());
                diagnostics.push(*diagnostic);
            }
        }
    }
    Ok(Checked::new(tree, diagnostics))
}

/// Whether a file or folder of this name is passed over: hidden, set aside with `_`, or an editor's leftover.
#[must_use]
pub fn is_passed_over(name: &str) -> bool {
    let has_ending = |ending: &str| name.len() > ending.len() && name.ends_with(ending);
    name.starts_with(['.', '_'])
        || name.ends_with('~')
        || has_ending(".swp")
        || name.starts_with("~$")
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
}

/// Lists the files at and below `top`. Symbolic links are followed inside the site and diagnosed where they leave it;
/// since links are rare, a walk does not look each file up for one, and begins anew (`follow`) where it meets one.
fn list(root: &Path, top: &Path, follow: bool) -> Checked<Vec<(RelPath, PathBuf)>> {
    let mut listed = Checked::<Vec<(RelPath, PathBuf)>>::default();
    let walk = WalkDir::new(top).follow_links(follow).into_iter();
    // Folders that a link leads out of the site, so that one link is one diagnostic.
    let mut outside: Vec<PathBuf> = Vec::new();
    for entry in walk.filter_entry(|entry| !is_passed_over(&entry.file_name().to_string_lossy())) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(top);
                let why = if error.loop_ancestor().is_some() {
                    LEADS_BACK.to_owned()
                } else {
                    error.io_error().map_or_else(|| error.to_string(), describe)
                };
                listed.diagnostics.push(unreadable(Place::whole(&rel_path(root, path)), &why));
                continue;
            }
        };
        if outside.iter().any(|folder| entry.path().starts_with(folder)) {
            continue;
        }
        let path = rel_path(root, entry.path());
        let leads_back = || entry.path().canonicalize().is_ok_and(|target| entry.path().starts_with(target));
        if entry.path_is_symlink() && leads_back() {
            listed.diagnostics.push(unreadable(Place::whole(&path), LEADS_BACK));
            outside.push(entry.into_path());
        } else if entry.path_is_symlink() && !follow {
            let below = list(root, entry.path(), true);
            let found = below.collect_into(&mut listed.diagnostics);
            listed.value.extend(found);
        } else if entry.path_is_symlink() && !entry.path().canonicalize().is_ok_and(|target| target.starts_with(root)) {
            listed.diagnostics.push(unreadable(Place::whole(&path), "this symbolic link leaves the site"));
            outside.push(entry.into_path());
        } else if entry.file_type().is_file() {
            if entry.path().to_str().is_some() {
                listed.value.push((path, entry.into_path()));
            } else {
                listed.diagnostics.push(unreadable(Place::whole(&path), "the file's name is not UTF-8"));
            }
        } else if !entry.file_type().is_dir() {
            listed.diagnostics.push(unreadable(Place::whole(&path), "this is neither a file nor a folder"));
        }
    }
    listed
}

/// What is wrong with a link that would be followed for ever.
const LEADS_BACK: &str = "this symbolic link leads back to a folder that holds it";

/// The path of a file from the site's root.
fn rel_path(root: &Path, path: &Path) -> RelPath {
    RelPath::new(&path.strip_prefix(root).unwrap_or(path).to_string_lossy())
}

/// A diagnostic of a file that cannot be read, and why.
fn unreadable(place: Place, why: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, place, format!("this file cannot be read: {why}"))
        .help("mend the file or its permissions, or move it out of the site")
}

/// Why a file could not be read, in plain words.
fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "you do not have permission to read it".to_owned(),
        io::ErrorKind::NotFound => "it is a symbolic link to a file that is not there".to_owned(),
        _ => error.to_string(),
    }
}

/// Reads one file, as text where its ending says so.
fn read_file(path: &RelPath, on_disk: &Path) -> Result<SourceFile, Box<Diagnostic>> {
    let is_text = TEXT_ENDINGS.iter().any(|ending| path.extension().eq_ignore_ascii_case(ending));
    let place = || Place::whole(path);
    let bytes = read_bytes(on_disk, is_text).map_err(|error| Box::new(unreadable(place(), &describe(&error))))?;
    if is_text && bytes.len() as u64 > TEXT_LIMIT {
        let diagnostic = Diagnostic::new(Code::TooLarge, place(), "this file holds more than 4 MiB of text");
        return Err(Box::new(diagnostic.help("split it, or leave out what no reader needs")));
    }
    let hash = hash(&bytes);
    if !is_text {
        return Ok(SourceFile { content: Content::Bytes(bytes.into()), hash });
    }
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
            let diagnostic = unreadable(place(), &format!("its text is not UTF-8 (first seen in line {line})"));
            return Err(Box::new(diagnostic.help("save it again with the encoding UTF-8")));
        }
    };
    Ok(SourceFile { content: Content::Text(text.strip_prefix('\u{feff}').unwrap_or(text).into()), hash })
}

/// The bytes of a file; of a text no more than tell that it is too large.
fn read_bytes(on_disk: &Path, is_text: bool) -> io::Result<Vec<u8>> {
    let mut file = fs::File::open(on_disk)?;
    let mut bytes = Vec::new();
    if is_text {
        file.take(TEXT_LIMIT + 4).read_to_end(&mut bytes)?;
    } else {
        file.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_are_passed_over() {
        for name in [".git", "_drafts", "a.md~", ".a.md.swp", "#a.md#", "~$report.csv", ".#a.md"] {
            assert!(is_passed_over(name), "{name}");
        }
        for name in ["a.md", "report.yaml", "a_b", "#"] {
            assert!(!is_passed_over(name), "{name}");
        }
    }

    #[test]
    fn below_lists_one_folder() {
        let tree = SourceTree::of_texts([("content/a/x.md", ""), ("content/ab/y.md", ""), ("content/a/z/w.md", "")]);
        let found: Vec<_> = tree.below("content/a").map(|(_, rest, _)| rest.to_owned()).collect();
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
        let tree = SourceTree::of_texts(files.map(|file| (file, "")));
        let found: Vec<_> = tree.folders("content").collect();
        assert_eq!(found, [("content/a-b", "a-b"), ("content/a", "a"), ("content/b", "b")]);
        assert_eq!(tree.folders("none").next(), None);
    }
}

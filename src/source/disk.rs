//! Reads a site's files from the disk.

#![allow(clippy::disallowed_methods, reason = "this module is the one that reads the disk")]

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::iter::Either;
use rayon::prelude::*;
use walkdir::WalkDir;

use super::digest::{Digest, hash};
use super::disk_file::DiskFile;
use super::picture::is_picture;
use super::published_document::is_in_documents;
use super::skipped_files::is_skipped;
use super::text_on_disk::{TextOnDisk, without_mark};
use super::tree::{FileContent, STATIC_DIR, SourceFile, SourceTree};
use super::unreadable::{LEADS_BACK, kind_of, not_given, text_help, unreadable, unreadable_link, utf8_help};
use crate::charset;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, WithDiagnostics, sort};

/// The folders of a site that are read.
pub(crate) const SOURCE_DIRS: [&str; 2] = ["content", "themes"];

/// Up to this many changed paths are read one by one. If more have changed, the whole site is read in parallel.
const FULL_RELOAD_THRESHOLD: usize = 500;

/// Maximum size of a text file, in bytes.
pub(crate) const TEXT_LIMIT: u64 = 4 * 1024 * 1024;

/// Maximum size of a picture, in bytes: while it is checked and while it is published, all of it is in memory.
const PICTURE_LIMIT: u64 = 64 * 1024 * 1024;

/// Up to this size in bytes, texts may stay on the disk. A larger one would be read again for each problem in it.
const LARGEST_ON_DISK: u64 = 64 * 1024;

/// Extensions of files that are read as text. Others are only looked at when they are needed, except those of themes.
const TEXT_ENDINGS: &[&str] = &["md", "yaml", "yml", "csv", "html", "htm", "xml", "svg", "txt", "css", "js", "json"];

/// Reads the files below `content/` and `themes/` of the site at `root`.
///
/// A file that cannot be read is a diagnostic of the tree. Hidden files and editors' temporary files are skipped.
///
/// # Errors
///
/// If `root` itself cannot be opened.
pub fn read_tree(root: &Path) -> io::Result<SourceTree> {
    Ok(Arc::unwrap_or_clone(SiteReader::new(root)?.tree))
}

/// Like [`read_tree`], but keeps no more than some `kept` bytes of submissions and pages in memory, and leaves the others on the
/// disk, to be read again when they are needed: for a single build. If one is changed in the meantime, nothing is built
/// ([`SourceTree::changed`]).
///
/// # Errors
///
/// If `root` itself cannot be opened.
pub fn scan_tree(root: &Path, kept: u64) -> io::Result<SourceTree> {
    Ok(Arc::unwrap_or_clone(SiteReader::read_site(root, kept)?.tree))
}

/// A site's files as last read, which can be reloaded when they change.
#[derive(Clone, Debug)]
pub(crate) struct SiteReader {
    root: PathBuf,
    /// The files, with one diagnostic for each that could not be read.
    pub tree: Arc<SourceTree>,
    /// Whether there are symbolic links. The file watcher does not report changes of their targets.
    has_links: bool,
    /// How many bytes of submissions and pages are kept in memory.
    kept: u64,
}

impl SiteReader {
    /// Reads the site at `root`; see [`read_tree`].
    ///
    /// # Errors
    ///
    /// If `root` itself cannot be opened.
    pub(crate) fn new(root: &Path) -> io::Result<Self> {
        Self::read_site(root, u64::MAX)
    }

    fn read_site(root: &Path, kept: u64) -> io::Result<Self> {
        let root = root.canonicalize()?;
        let mut reader = Self { root, tree: Arc::default(), has_links: false, kept };
        let mut folders = Vec::new();
        for top in SOURCE_DIRS.map(|top| reader.root.join(top)) {
            // The folders one level below are years and themes, which are listed in parallel.
            match fs::read_dir(&top).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
                Ok(below) => folders.extend(below.into_iter().map(|entry| entry.path())),
                Err(error) if error.kind() == io::ErrorKind::NotFound && !top.is_symlink() => {}
                Err(error) => reader.report(&[not_given(&rel_path(&reader.root, &top), &error)]),
            }
            reader.has_links |= top.is_symlink();
        }
        let root = &reader.root;
        let listed: Vec<_> = folders.par_iter().map(|folder| list(root, folder, false)).collect();
        for listed in &listed {
            reader.report(&listed.diagnostics);
            reader.has_links |= listed.value.has_links;
        }
        reader.read(listed.into_iter().flat_map(|listed| listed.value.files).collect());
        sort(&mut Arc::make_mut(&mut reader.tree).diagnostics);
        Ok(reader)
    }

    /// Reloads some paths and everything below them. The empty path means the whole site; it is added to `changed` if
    /// the whole site had to be read.
    ///
    /// # Errors
    ///
    /// If the site's folder cannot be opened.
    pub(crate) fn reload(&mut self, changed: &mut BTreeSet<RelPath>) -> io::Result<()> {
        let is_much = changed.len() > FULL_RELOAD_THRESHOLD || changed.iter().any(|path| !path.as_str().contains('/'));
        if self.has_links || is_much || !changed.iter().all(|path| self.read_at(path)) {
            *self = Self::read_site(&self.root, self.kept)?;
            changed.insert(RelPath::new(""));
        }
        sort(&mut Arc::make_mut(&mut self.tree).diagnostics);
        Ok(())
    }

    /// Reloads one path. Returns `false` if it found a symbolic link, so that the whole site must be read.
    fn read_at(&mut self, path: &RelPath) -> bool {
        let tree = Arc::make_mut(&mut self.tree);
        let gone: Vec<RelPath> = tree.files_at(path).map(|(file, _)| file.clone()).collect();
        for file in gone {
            tree.files.remove(&file);
        }
        tree.unreadable.retain(|file| !file.is_at(path));
        tree.diagnostics.retain(|diagnostic| !diagnostic.location.file.is_at(path));
        let on_disk = self.root.join(path.as_str());
        match on_disk.symlink_metadata() {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return true;
            }
            Ok(metadata) if metadata.is_symlink() => return false,
            _ => {}
        }
        let WithDiagnostics { value: listed, diagnostics } = list(&self.root, &on_disk, false);
        self.report(&diagnostics);
        self.read(listed.files);
        !listed.has_links
    }

    /// Reads listed files in parallel.
    fn read(&mut self, files: Vec<(RelPath, PathBuf)>) {
        let (seen, changed) = (AtomicU64::new(0), &self.tree.changed);
        let (read, errors): (Vec<_>, Vec<_>) =
            files.into_par_iter().partition_map(|(path, on_disk)| match read_file(&path, &on_disk) {
                Ok(mut file) => {
                    if may_stay_on_disk(&path, &file) && seen.fetch_add(file.length(), Ordering::Relaxed) >= self.kept {
                        let on_disk = DiskFile::new(&on_disk, file.length(), file.hash);
                        file.content = FileContent::TextOnDisk(TextOnDisk::new(on_disk, &path, changed));
                    }
                    Either::Left((path, file))
                }
                Err(error) => Either::Right(*error),
            });
        let files = &mut Arc::make_mut(&mut self.tree).files;
        if files.is_empty() {
            // Made at once, a map takes half the memory of one that grew.
            *files = read.into_iter().collect();
        } else {
            files.extend(read);
        }
        self.report(&errors);
    }

    /// Adds diagnostics, and marks their files as unreadable.
    fn report(&mut self, errors: &[Diagnostic]) {
        let tree = Arc::make_mut(&mut self.tree);
        tree.unreadable.extend(errors.iter().map(|error| error.location.file.clone()));
        tree.diagnostics.extend_from_slice(errors);
    }

    /// Whether anything at the changed paths differs from an earlier state.
    #[must_use]
    pub(crate) fn differs(&self, before: &Self, changed: &BTreeSet<RelPath>) -> bool {
        let hashes = |reader: &Self, path| -> Vec<(RelPath, Digest)> {
            reader.tree.files_at(path).map(|(file, read)| (file.clone(), read.hash)).collect()
        };
        let is_reported_otherwise = self.tree.diagnostics != before.tree.diagnostics;
        is_reported_otherwise || changed.iter().any(|path| hashes(self, path) != hashes(before, path))
    }

    /// Whether a file at the changed paths that had content before is now missing or empty.
    #[must_use]
    pub(crate) fn lost_content(&self, before: &Self, changed: &BTreeSet<RelPath>) -> bool {
        let mut had_content =
            changed.iter().flat_map(|path| before.tree.files_at(path)).filter(|(_, file)| file.length() > 0);
        had_content.any(|(path, _)| self.tree.files.get(path).is_none_or(|file| file.length() == 0))
    }
}

/// Files by their paths from the site's root, with their paths on the disk.
#[derive(Default)]
struct FileListing {
    files: Vec<(RelPath, PathBuf)>,
    /// Whether any of them is a symbolic link or was reached through one.
    has_links: bool,
}

/// Lists the files at and below `top`. Symbolic links are followed within the site, and reported if they leave it.
///
/// Links are rare, so the first walk does not check every file for them. When it finds one, a second walk starts there
/// that follows links (`follow`).
fn list(root: &Path, top: &Path, follow: bool) -> WithDiagnostics<FileListing> {
    let mut listed = WithDiagnostics::<FileListing>::default();
    listed.value.has_links = follow;
    let walk = WalkDir::new(top).follow_links(follow).into_iter();
    // Links that leave the site. Files below them are skipped, so that each link is one diagnostic.
    let mut outside: Vec<PathBuf> = Vec::new();
    let is_read = |entry: &walkdir::DirEntry| !is_skipped(entry.path().strip_prefix(root).unwrap_or(entry.path()));
    for entry in walk.filter_entry(is_read) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(top);
                let file = &rel_path(root, path);
                listed.diagnostics.push(match error.io_error() {
                    _ if error.loop_ancestor().is_some() => unreadable_link(file, LEADS_BACK),
                    Some(error) => not_given(file, error),
                    None => unreadable(file, &error.to_string()),
                });
                continue;
            }
        };
        if outside.iter().any(|folder| entry.path().starts_with(folder)) {
            continue;
        }
        let path = rel_path(root, entry.path());
        listed.value.has_links |= entry.path_is_symlink();
        let leads_back = || entry.path().canonicalize().is_ok_and(|target| entry.path().starts_with(target));
        if entry.path_is_symlink() && leads_back() {
            listed.diagnostics.push(unreadable_link(&path, LEADS_BACK));
            outside.push(entry.into_path());
        } else if entry.path_is_symlink() && !follow {
            let below = list(root, entry.path(), true);
            let found = below.emit_into(&mut listed.diagnostics);
            listed.value.files.extend(found.files);
        } else if entry.path_is_symlink() && !entry.path().canonicalize().is_ok_and(|target| target.starts_with(root)) {
            listed.diagnostics.push(unreadable_link(&path, "to a place outside the site"));
            outside.push(entry.into_path());
        } else if entry.file_type().is_file() {
            match unnamed(root, entry.path()) {
                Some(why) => listed.diagnostics.push(unreadable(&path, why)),
                None => listed.value.files.push((path, entry.into_path())),
            }
        } else if !entry.file_type().is_dir() {
            listed.diagnostics.push(unreadable(&path, "it is neither a file nor a folder"));
        }
    }
    listed
}

/// Why annal has no path for a file, if it has none. With a `\` in its name, it could pass for a file of another folder.
fn unnamed(root: &Path, path: &Path) -> Option<&'static str> {
    let mut names = path.strip_prefix(root).unwrap_or(path).iter();
    let has_two_meanings = names.any(|name| name.to_string_lossy().contains('\\'));
    let why = has_two_meanings.then_some("its path has a `\\` in a name");
    why.or_else(|| path.to_str().is_none().then_some("its name is not UTF-8"))
}

/// The path of a file relative to the site's root.
fn rel_path(root: &Path, path: &Path) -> RelPath {
    RelPath::new(&path.strip_prefix(root).unwrap_or(path).to_string_lossy())
}

/// Reads one file: as text if its extension is one of [`TEXT_ENDINGS`].
fn read_file(path: &RelPath, on_disk: &Path) -> Result<SourceFile, Box<Diagnostic>> {
    let is_static = path.below(STATIC_DIR).is_some();
    let is_text = !is_static
        && !is_in_documents(path)
        && TEXT_ENDINGS.iter().any(|ending| path.extension().eq_ignore_ascii_case(ending));
    let location = || Location::whole(path);
    let cannot = |error| Box::new(not_given(path, &error));
    if !is_text && path.below("content").is_some() {
        let file = DiskFile::open(on_disk).map_err(cannot)?;
        if is_picture(path) && file.length > PICTURE_LIMIT {
            let diagnostic = Diagnostic::new(Code::TooLarge, location(), "this picture has more than 64 MiB");
            return Err(Box::new(diagnostic.help("save a smaller copy: at most 2,000 pixels wide and under 1 MiB")));
        }
        return Ok(SourceFile { hash: file.hash, content: FileContent::OnDisk(file) });
    }
    let bytes = read_bytes(on_disk, is_text).map_err(cannot)?;
    if is_text && bytes.len() as u64 > TEXT_LIMIT {
        let diagnostic = Diagnostic::new(Code::TooLarge, location(), "this file has more than 4 MiB of text");
        return Err(Box::new(diagnostic.help("split it, or remove what readers do not need")));
    }
    let hash = hash(&bytes);
    if !is_text {
        return Ok(SourceFile { content: FileContent::Bytes(bytes.into()), hash });
    }
    if let Some(kind) = kind_of(&bytes) {
        let diagnostic = unreadable(path, &format!("it is {kind}, despite its name"));
        return Err(Box::new(diagnostic.help(text_help(path))));
    }
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => Cow::Borrowed(text),
        // Excel's plain CSV is in the encoding of Windows.
        Err(_) if path.extension().eq_ignore_ascii_case("csv") && charset::may_be_windows_1252(&bytes) => {
            charset::decode(&bytes)
        }
        Err(error) => {
            let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
            let diagnostic = unreadable(path, &format!("its text is not UTF-8 (first seen on line {line})"));
            return Err(Box::new(diagnostic.help(utf8_help(path))));
        }
    };
    Ok(SourceFile { content: FileContent::Text(without_mark(&text).into()), hash })
}

/// Whether a file that was read may stay on the disk: a submission's or a page's text, if it is not much larger than people
/// write them.
fn may_stay_on_disk(path: &RelPath, read: &SourceFile) -> bool {
    let is_text = matches!(read.content, FileContent::Text(_)) && path.extension() == "md";
    is_text && path.below("content").is_some() && read.length() <= LARGEST_ON_DISK
}

/// Reads the bytes of a file. Reads only just beyond the limit of a text file, which is enough to reject it.
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
    use crate::diagnostic::SourceTexts;

    #[test]
    fn pictures_stay_on_the_disk() {
        let site = tempfile::tempdir().unwrap();
        let sparse = |path: &str, length| {
            write(site.path(), path, "");
            fs::File::options().write(true).open(site.path().join(path)).unwrap().set_len(length).unwrap();
        };
        sparse("content/a/media/large.jpg", PICTURE_LIMIT);
        sparse("content/a/media/larger.jpg", PICTURE_LIMIT + 1);
        sparse("content/a/media/film.mp4", PICTURE_LIMIT + 1);
        write(site.path(), "content/a/media/b.png", "picture");
        let tree = read_tree(site.path()).unwrap();
        let codes: Vec<String> =
            tree.diagnostics.iter().map(|one| format!("{} {}", one.code, one.location.file)).collect();
        assert_eq!(codes, ["too-large content/a/media/larger.jpg"]);
        assert!(tree.files.values().all(|file| matches!(file.content, FileContent::OnDisk(_))));

        let picture = &tree.files["content/a/media/b.png"];
        assert_eq!((&*picture.content.bytes().unwrap(), picture.hash), (&b"picture"[..], hash(b"picture")));
        write(site.path(), "content/a/media/b.png", "another");
        let error = picture.content.bytes().unwrap_err();
        assert_eq!(error.to_string(), "it has just been changed", "what has not been checked is not published");
    }

    #[test]
    fn a_folder_that_cannot_be_listed_is_not_taken_for_empty() {
        let site = tempfile::tempdir().unwrap();
        write(site.path(), "content/site.yaml", "title: T");
        let said = || {
            let tree = read_tree(site.path()).unwrap();
            let said = tree.diagnostics.iter().map(|one| format!("{}: {}", one.location.file, one.message));
            said.collect::<Vec<_>>()
        };
        assert_eq!(said(), Vec::<String>::new(), "a site need not have themes");
        write(site.path(), "themes", "not a folder");
        assert_eq!(said(), ["themes: this file cannot be read: it must be a folder"]);
        #[cfg(unix)]
        {
            fs::remove_file(site.path().join("themes")).unwrap();
            std::os::unix::fs::symlink("nowhere", site.path().join("themes")).unwrap();
            let expected = "themes: this file cannot be read: it is a symbolic link to a file that does not exist";
            assert_eq!(said(), [expected]);
        }
    }

    /// A name, a change to the site, the path reported as changed, and whether the change loses content.
    type Change = (&'static str, fn(&Path), &'static str, bool);

    const CHANGES: &[Change] = &[
        ("a changed file", |site| write(site, "content/a/x.md", "other"), "content/a/x.md", false),
        ("a new file", |site| write(site, "content/a/y.md", "y"), "content/a/y.md", false),
        ("a new file at the top", |site| write(site, "content/b.md", "b"), "content/b.md", false),
        ("an emptied file", |site| write(site, "content/a/y.md", ""), "content/a/y.md", true),
        ("a deleted file", |site| fs::remove_file(site.join("content/a/x.md")).unwrap(), "content/a/x.md", true),
        (
            "a file that is no longer text",
            |site| fs::write(site.join("content/a/y.md"), [0xff]).unwrap(),
            "content/a/y.md",
            false,
        ),
        ("another one", |site| fs::write(site.join("content/ab/x.md"), [0xff]).unwrap(), "content/ab", true),
        ("no change to a file that is not text", |_| (), "content/a/y.md", false),
        ("text again", |site| write(site, "content/a/y.md", "y"), "content/a/y.md", false),
        ("a new folder", |site| write(site, "content/c/d/z.md", "z"), "content/c", false),
        ("a deleted folder", |site| fs::remove_dir_all(site.join("content/c")).unwrap(), "content/c", true),
        ("a file in place of a folder", |site| write(site, "content/c", "not a folder"), "content/c", false),
        (
            "a folder in place of a file",
            |site| {
                fs::remove_file(site.join("content/c")).unwrap();
                write(site, "content/c/z.md", "z");
            },
            "content/c",
            true,
        ),
        ("a leftover", |site| write(site, "content/a/.y.md.swp", ""), "content/a", false),
        ("a theme", |site| write(site, "themes/civic/assets/a.css", "a"), "themes", false),
        ("the whole site", |site| write(site, "content/a/w.md", "w"), "", false),
    ];

    fn write(site: &Path, path: &str, text: &str) {
        let path = site.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The state of a reader as text.
    fn show(reader: &SiteReader) -> String {
        let files = reader.tree.files.iter().map(|(path, file)| format!("{path} {:x}", file.hash));
        let unread = reader.tree.unreadable.iter().map(|path| format!("{path} unread"));
        let errors = reader.tree.diagnostics.iter().map(|error| error.message.clone());
        files.chain(unread).chain(errors).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn reloading_gives_the_same_as_reading_from_scratch() {
        let site = tempfile::tempdir().unwrap();
        write(site.path(), "content/a/x.md", "x");
        write(site.path(), "content/ab/x.md", "x");
        let mut reader = SiteReader::new(site.path()).unwrap();
        for (what, change, path, is_lost) in CHANGES {
            change(site.path());
            let mut changed = BTreeSet::from([RelPath::new(path)]);
            let before = reader.clone();
            reader.reload(&mut changed).unwrap();
            let fresh = SiteReader::new(site.path()).unwrap();
            assert_eq!(show(&reader), show(&fresh), "{what}");
            assert_eq!(reader.lost_content(&before, &changed), *is_lost, "{what}");
            let differs = show(&reader) != show(&before);
            assert_eq!(reader.differs(&before, &changed), differs, "{what}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_file_passes_for_one_of_another_folder() {
        let site = tempfile::tempdir().unwrap();
        write(site.path(), "content/static/..\\site.yaml", "");
        let found = read_tree(site.path()).unwrap().diagnostics;
        assert_eq!(found[0].message, "this file cannot be read: its path has a `\\` in a name");
    }

    #[cfg(unix)]
    #[test]
    fn a_site_with_links_is_always_read_as_a_whole() {
        use std::os::unix::fs::symlink;
        let site = tempfile::tempdir().unwrap();
        write(site.path(), "content/a/x.md", "x");
        let mut reader = SiteReader::new(site.path()).unwrap();
        let mut reload = |path: &str| {
            let (before, mut changed) = (reader.clone(), BTreeSet::from([RelPath::new(path)]));
            reader.reload(&mut changed).unwrap();
            assert!(reader.differs(&before, &changed), "everything that was read is compared");
        };
        symlink("x.md", site.path().join("content/a/y.md")).unwrap();
        reload("content/a/y.md");
        write(site.path(), "content/a/x.md", "other");
        // Another file is reported first.
        reload("content/a/z.md");
        let text = |file: &str| reader.tree.text(&RelPath::new(file)).unwrap().to_string();
        assert_eq!((text("content/a/x.md"), text("content/a/y.md")), ("other".to_owned(), "other".to_owned()));
    }
}

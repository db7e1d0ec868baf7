//! Reads a site from the disk.

#![allow(clippy::disallowed_methods, reason = "this file is what reads the disk")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::iter::Either;
use rayon::prelude::*;
use walkdir::WalkDir;

use super::digest::{Digest, hash};
use super::tree::{FileContent, SourceFile, SourceTree};
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, WithDiagnostics, sort};

/// The folders that a site is read from.
pub(crate) const SOURCE_DIRS: [&str; 2] = ["content", "themes"];

/// How many paths are read one after the other; where more have changed, everything is read side by side.
const FULL_RELOAD_THRESHOLD: usize = 500;

/// The most bytes of text that a file may hold.
pub(crate) const TEXT_LIMIT: u64 = 4 * 1024 * 1024;

/// The endings of files that are read as text; every other file is carried as the bytes it is.
const TEXT_ENDINGS: &[&str] = &["md", "yaml", "yml", "csv", "html", "htm", "xml", "svg", "txt", "css", "js", "json"];

/// What Windows leaves in folders.
const LEFTOVERS: &[&str] = &["Thumbs.db", "ehthumbs.db", "desktop.ini"];

/// Reads the files below `content/` and `themes/` of the site at `root`.
///
/// What cannot be read is a diagnostic, and what is hidden or an editor's leftover is passed over.
///
/// # Errors
///
/// Where `root` itself cannot be looked into.
pub fn read_tree(root: &Path) -> io::Result<WithDiagnostics<SourceTree>> {
    let SiteReader { tree, diagnostics, .. } = SiteReader::new(root)?;
    Ok(WithDiagnostics::new(Arc::unwrap_or_clone(tree), diagnostics))
}

/// A site as it was last read, to be read again where it has changed.
#[derive(Clone, Debug)]
pub(crate) struct SiteReader {
    root: PathBuf,
    /// The files.
    pub tree: Arc<SourceTree>,
    /// What is wrong with those that could not be read.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether there are symbolic links: when what they lead to changes, nobody tells of them.
    has_links: bool,
}

impl SiteReader {
    /// Reads the site at `root`: see [`read_tree`].
    ///
    /// # Errors
    ///
    /// Where `root` itself cannot be looked into.
    pub(crate) fn new(root: &Path) -> io::Result<Self> {
        let root = root.canonicalize()?;
        let mut folders = Vec::new();
        for top in SOURCE_DIRS.map(|top| root.join(top)).into_iter().filter(|top| top.exists()) {
            // The folders one below are years and themes: enough of them to be listed side by side.
            folders.extend(
                WalkDir::new(&top).min_depth(1).max_depth(1).into_iter().flatten().map(walkdir::DirEntry::into_path),
            );
        }
        let listed: Vec<_> = folders.par_iter().map(|folder| list(&root, folder, false)).collect();
        let mut reading = Self { root, tree: Arc::default(), diagnostics: Vec::new(), has_links: false };
        for listed in &listed {
            reading.tell(&listed.diagnostics);
            reading.has_links |= listed.value.has_links;
        }
        reading.read(listed.into_iter().flat_map(|listed| listed.value.files).collect());
        sort(&mut reading.diagnostics);
        Ok(reading)
    }

    /// Reads again what lies at some paths and below them; the empty path stands for all, and is added where all had to
    /// be read.
    ///
    /// # Errors
    ///
    /// Where the site's folder cannot be looked into.
    pub(crate) fn reload(&mut self, changed: &mut BTreeSet<RelPath>) -> io::Result<()> {
        let is_much = changed.len() > FULL_RELOAD_THRESHOLD || changed.iter().any(|path| !path.as_str().contains('/'));
        if self.has_links || is_much || !changed.iter().all(|path| self.read_at(path)) {
            *self = Self::new(&self.root)?;
            changed.insert(RelPath::new(""));
        }
        sort(&mut self.diagnostics);
        Ok(())
    }

    /// Reads again what lies at one path; `false` where there is a symbolic link, so that all must be read.
    fn read_at(&mut self, path: &RelPath) -> bool {
        let tree = Arc::make_mut(&mut self.tree);
        let gone: Vec<RelPath> = tree.files_at(path).map(|(file, _)| file.clone()).collect();
        for file in gone {
            tree.files.remove(&file);
        }
        tree.unreadable.retain(|file| !file.is_at(path));
        self.diagnostics.retain(|told| !told.location.file.is_at(path));
        let on_disk = self.root.join(path.as_str());
        match on_disk.symlink_metadata() {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return true;
            }
            Ok(there) if there.is_symlink() => return false,
            _ => {}
        }
        let WithDiagnostics { value: listed, diagnostics } = list(&self.root, &on_disk, false);
        self.tell(&diagnostics);
        self.read(listed.files);
        !listed.has_links
    }

    /// Reads files that were listed.
    fn read(&mut self, files: Vec<(RelPath, PathBuf)>) {
        let (read, faults): (Vec<_>, Vec<_>) =
            files.into_par_iter().partition_map(|(path, on_disk)| match read_file(&path, &on_disk) {
                Ok(file) => Either::Left((path, file)),
                Err(fault) => Either::Right(*fault),
            });
        Arc::make_mut(&mut self.tree).files.extend(read);
        self.tell(&faults);
    }

    /// Takes in what is wrong with files that could not be read.
    fn tell(&mut self, faults: &[Diagnostic]) {
        let files = faults.iter().map(|fault| fault.location.file.clone());
        Arc::make_mut(&mut self.tree).unreadable.extend(files);
        self.diagnostics.extend_from_slice(faults);
    }

    /// Whether anything at some paths is other than it was before.
    #[must_use]
    pub(crate) fn differs(&self, before: &Self, changed: &BTreeSet<RelPath>) -> bool {
        let hashes = |reading: &Self, path| -> Vec<(RelPath, Digest)> {
            reading.tree.files_at(path).map(|(file, read)| (file.clone(), read.hash)).collect()
        };
        self.diagnostics != before.diagnostics || changed.iter().any(|path| hashes(self, path) != hashes(before, path))
    }

    /// Whether a file at some paths that was there before is gone, or empty now.
    #[must_use]
    pub(crate) fn lost_content(&self, before: &Self, changed: &BTreeSet<RelPath>) -> bool {
        let mut were_there =
            changed.iter().flat_map(|path| before.tree.files_at(path)).filter(|(_, file)| !file.is_empty());
        were_there.any(|(path, _)| self.tree.files.get(path).is_none_or(SourceFile::is_empty))
    }
}

/// Whether a file or folder of this name is passed over: hidden, set aside with `_`, or a leftover of an editor or of
/// Windows.
#[must_use]
pub(crate) fn is_ignored(name: &str) -> bool {
    let has_ending = |ending: &str| name.len() > ending.len() && name.ends_with(ending);
    name.starts_with(['.', '_'])
        || name.ends_with('~')
        || has_ending(".swp")
        || LEFTOVERS.iter().any(|leftover| name.eq_ignore_ascii_case(leftover))
        || name.starts_with("~$")
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
}

/// What was listed: files by their paths from the site's root, and where they are on the disk.
#[derive(Default)]
struct FileListing {
    files: Vec<(RelPath, PathBuf)>,
    /// Whether symbolic links are among them, or lead to them.
    has_links: bool,
}

/// Lists the files at and below `top`. Symbolic links are followed inside the site and diagnosed where they leave it;
/// since links are rare, a walk does not look each file up for one, and begins anew (`follow`) where it meets one.
fn list(root: &Path, top: &Path, follow: bool) -> WithDiagnostics<FileListing> {
    let mut listed = WithDiagnostics::<FileListing>::default();
    listed.value.has_links = follow;
    let walk = WalkDir::new(top).follow_links(follow).into_iter();
    // Folders that a link leads out of the site, so that one link is one diagnostic.
    let mut outside: Vec<PathBuf> = Vec::new();
    for entry in walk.filter_entry(|entry| !is_ignored(&entry.file_name().to_string_lossy())) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(top);
                let why = if error.loop_ancestor().is_some() {
                    LEADS_BACK.to_owned()
                } else {
                    error.io_error().map_or_else(|| error.to_string(), describe)
                };
                listed.diagnostics.push(unreadable(Location::whole(&rel_path(root, path)), &why));
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
            listed.diagnostics.push(unreadable(Location::whole(&path), LEADS_BACK));
            outside.push(entry.into_path());
        } else if entry.path_is_symlink() && !follow {
            let below = list(root, entry.path(), true);
            let found = below.emit_into(&mut listed.diagnostics);
            listed.value.files.extend(found.files);
        } else if entry.path_is_symlink() && !entry.path().canonicalize().is_ok_and(|target| target.starts_with(root)) {
            listed.diagnostics.push(unreadable(Location::whole(&path), "this symbolic link leaves the site"));
            outside.push(entry.into_path());
        } else if entry.file_type().is_file() {
            if entry.path().to_str().is_some() {
                listed.value.files.push((path, entry.into_path()));
            } else {
                listed.diagnostics.push(unreadable(Location::whole(&path), "the file's name is not UTF-8"));
            }
        } else if !entry.file_type().is_dir() {
            listed.diagnostics.push(unreadable(Location::whole(&path), "this is neither a file nor a folder"));
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
fn unreadable(location: Location, why: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, location, format!("this file cannot be read: {why}"))
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
    let location = || Location::whole(path);
    let bytes = read_bytes(on_disk, is_text).map_err(|error| Box::new(unreadable(location(), &describe(&error))))?;
    if is_text && bytes.len() as u64 > TEXT_LIMIT {
        let diagnostic = Diagnostic::new(Code::TooLarge, location(), "this file holds more than 4 MiB of text");
        return Err(Box::new(diagnostic.help("split it, or leave out what no reader needs")));
    }
    let hash = hash(&bytes);
    if !is_text {
        return Ok(SourceFile { content: FileContent::Bytes(bytes.into()), hash });
    }
    if let Some(kind) = kind_of(&bytes) {
        let diagnostic = unreadable(location(), &format!("this is {kind}, whatever its name says"));
        return Err(Box::new(diagnostic.help(text_help(path))));
    }
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
            let diagnostic = unreadable(location(), &format!("its text is not UTF-8 (first seen in line {line})"));
            return Err(Box::new(diagnostic.help(utf8_help(path))));
        }
    };
    Ok(SourceFile { content: FileContent::Text(text.strip_prefix('\u{feff}').unwrap_or(text).into()), hash })
}

/// What a file is by its first bytes that somebody gave the name of a text.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 3] = [
        (b"PK\x03\x04", "a Word, Excel or zip file"),
        (b"%PDF-", "a PDF file"),
        (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

/// How to make a text of a file that is none.
fn text_help(path: &RelPath) -> String {
    if path.extension().eq_ignore_ascii_case("csv") {
        return "another ending does not change what it is: in Excel, save it as \"CSV UTF-8 (Comma delimited)\""
            .to_owned();
    }
    format!(
        "another ending does not change what it is: open it in the program that it was made with, copy its text into a \
         new file in Notepad, and save that as `{}` with the encoding UTF-8",
        path.name()
    )
}

/// How to save a file so that its text is UTF-8.
fn utf8_help(path: &RelPath) -> &'static str {
    if path.extension().eq_ignore_ascii_case("csv") {
        "save it again with the encoding UTF-8: in Excel, File › Save As › \"CSV UTF-8 (Comma delimited)\""
    } else {
        "save it again with the encoding UTF-8: in Notepad, File › Save As › Encoding: UTF-8; in Word, File › Save As › \
         Plain Text › Other encoding › Unicode (UTF-8)"
    }
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
        for name in
            [".git", "_drafts", "a.md~", ".a.md.swp", "#a.md#", "~$report.csv", ".#a.md", "Thumbs.db", "desktop.ini"]
        {
            assert!(is_ignored(name), "{name}");
        }
        for name in ["a.md", "report.yaml", "a_b", "#", "thumbs.md"] {
            assert!(!is_ignored(name), "{name}");
        }
    }

    /// A change of a site, the path that is told of it, and whether a file that held something is lost by it.
    type Change = (&'static str, fn(&Path), &'static str, bool);

    const CHANGES: &[Change] = &[
        ("a file written", |site| write(site, "content/a/x.md", "other"), "content/a/x.md", false),
        ("a file more", |site| write(site, "content/a/y.md", "y"), "content/a/y.md", false),
        ("a file at the top", |site| write(site, "content/b.md", "b"), "content/b.md", false),
        ("a file emptied", |site| write(site, "content/a/y.md", ""), "content/a/y.md", true),
        ("a file gone", |site| fs::remove_file(site.join("content/a/x.md")).unwrap(), "content/a/x.md", true),
        ("no text any more", |site| fs::write(site.join("content/a/y.md"), [0xff]).unwrap(), "content/a/y.md", false),
        ("another that is none", |site| fs::write(site.join("content/ab/x.md"), [0xff]).unwrap(), "content/ab", true),
        ("what is no text as it was", |_| (), "content/a/y.md", false),
        ("text again", |site| write(site, "content/a/y.md", "y"), "content/a/y.md", false),
        ("a folder more", |site| write(site, "content/c/d/z.md", "z"), "content/c", false),
        ("a folder gone", |site| fs::remove_dir_all(site.join("content/c")).unwrap(), "content/c", true),
        ("a file in a folder's place", |site| write(site, "content/c", "no folder"), "content/c", false),
        (
            "a folder in its place",
            |site| {
                fs::remove_file(site.join("content/c")).unwrap();
                write(site, "content/c/z.md", "z");
            },
            "content/c",
            true,
        ),
        ("a leftover", |site| write(site, "content/a/.y.md.swp", ""), "content/a", false),
        ("a theme", |site| write(site, "themes/civic/assets/a.css", "a"), "themes", false),
        ("anything", |site| write(site, "content/a/w.md", "w"), "", false),
    ];

    fn write(site: &Path, path: &str, text: &str) {
        let path = site.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What a reading holds, in words.
    fn told(reading: &SiteReader) -> String {
        let files = reading.tree.files.iter().map(|(path, file)| format!("{path} {:x}", file.hash));
        let unread = reading.tree.unreadable.iter().map(|path| format!("{path} unread"));
        let faults = reading.diagnostics.iter().map(|fault| fault.message.clone());
        files.chain(unread).chain(faults).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn reading_again_gives_what_reading_anew_does() {
        let site = tempfile::tempdir().unwrap();
        write(site.path(), "content/a/x.md", "x");
        write(site.path(), "content/ab/x.md", "x");
        let mut reading = SiteReader::new(site.path()).unwrap();
        for (what, change, path, is_lost) in CHANGES {
            change(site.path());
            let mut changed = BTreeSet::from([RelPath::new(path)]);
            let before = reading.clone();
            reading.reload(&mut changed).unwrap();
            let anew = SiteReader::new(site.path()).unwrap();
            assert_eq!(told(&reading), told(&anew), "{what}");
            assert_eq!(reading.lost_content(&before, &changed), *is_lost, "{what}");
            let differs = told(&reading) != told(&before);
            assert_eq!(reading.differs(&before, &changed), differs, "{what}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn where_there_are_links_all_is_read_again() {
        use std::os::unix::fs::symlink;
        let site = tempfile::tempdir().unwrap();
        write(site.path(), "content/a/x.md", "x");
        let mut reading = SiteReader::new(site.path()).unwrap();
        let mut read_again = |path: &str| {
            let (before, mut changed) = (reading.clone(), BTreeSet::from([RelPath::new(path)]));
            reading.reload(&mut changed).unwrap();
            assert!(reading.differs(&before, &changed), "all that was read is compared");
        };
        symlink("x.md", site.path().join("content/a/y.md")).unwrap();
        read_again("content/a/y.md");
        write(site.path(), "content/a/x.md", "other");
        // Somebody tells of another file first.
        read_again("content/a/z.md");
        let text = |file: &str| reading.tree.shared_text(file).unwrap().to_string();
        assert_eq!((text("content/a/x.md"), text("content/a/y.md")), ("other".to_owned(), "other".to_owned()));
    }
}

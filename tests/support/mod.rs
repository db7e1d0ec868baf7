//! What the integration tests share.

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::disallowed_methods, reason = "tests read and write sites on the disk")]

pub(crate) mod command;
pub(crate) mod expected;
pub(crate) mod numbers;
pub(crate) mod server;
pub(crate) mod site;

use std::fs;
use std::path::Path;

use annal::{
    BuildCache, Diagnostic, LocatedDiagnostic, MemoryBuild, Options, OutputTree, RelPath, SourceTexts, SourceTree,
    read_tree,
};

/// The repository, which is the worked example itself.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The site in a folder of the repository.
pub(crate) fn read_site(folder: &str) -> SourceTree {
    read_tree(&root().join(folder)).unwrap()
}

/// The options of a build on a day.
pub(crate) fn options(today: &str) -> Options {
    Options::new(today.parse().unwrap())
}

/// The options of a build on a day that errors do not stop.
pub(crate) fn forced(today: &str) -> Options {
    Options { force: true, ..options(today) }
}

/// Builds a site from nothing, with its pictures.
pub(crate) fn build(tree: &SourceTree, options: &Options) -> MemoryBuild {
    with_pictures(annal::build_in_memory(tree, options, &mut BuildCache::none()))
}

/// Reads the files of a built site that are not in memory, such as pictures, so that they are files like all others.
pub(crate) fn with_pictures(mut built: MemoryBuild) -> MemoryBuild {
    for (path, file) in std::mem::take(&mut built.output.unread) {
        built.output.insert(path, file.bytes().unwrap());
    }
    built
}

/// Adds a file to a tree, or replaces it, as reading it would.
pub(crate) fn put(tree: &mut SourceTree, path: &str, text: &str) {
    tree.files.extend(SourceTree::from_texts([(path, text)]).files);
}

/// The text of a file of a built site.
pub(crate) fn text_of<'a>(output: &'a OutputTree, path: &str) -> &'a str {
    let bytes = output.get(path).unwrap_or_else(|| panic!("the site has no {path}"));
    std::str::from_utf8(bytes).unwrap()
}

/// The pages of a built site: their paths and texts.
pub(crate) fn pages(output: &OutputTree) -> impl Iterator<Item = (&RelPath, &str)> {
    let pages = output.files.iter().filter(|(path, _)| path.extension() == "html");
    pages.map(|(path, bytes)| (path, std::str::from_utf8(bytes).unwrap()))
}

/// A diagnostic as the cases write it: `error[code] FILE:LINE:COLUMN`.
pub(crate) fn diagnostic_line(found: &LocatedDiagnostic) -> String {
    let Diagnostic { severity, code, location, .. } = &found.diagnostic;
    format!("{severity}[{code}] {}:{}:{}", location.file, found.at.start.line, found.at.start.column)
}

/// Asserts that every location that the diagnostics name lies in its file.
pub(crate) fn assert_locations_exist(tree: &SourceTree, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        let related = diagnostic.related.iter().map(|(location, _)| location);
        for location in [&diagnostic.location].into_iter().chain(related) {
            let text = tree.text(&location.file).unwrap_or_default();
            assert!(text.get(location.span.range()).is_some(), "{location:?} is outside its file: {diagnostic:?}");
        }
    }
}

/// Copies a folder over another; symbolic links stay links.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
            continue;
        }
        _ = fs::remove_file(&target);
        if entry.path_is_symlink() {
            #[cfg(unix)]
            std::os::unix::fs::symlink(fs::read_link(entry.path()).unwrap(), target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Copies a site's own folders; without those that it does not have.
pub(crate) fn copy_site(from: &Path, to: &Path) {
    for folder in ["content", "themes"] {
        if from.join(folder).exists() {
            copy_folder(&from.join(folder), &to.join(folder));
        }
    }
}

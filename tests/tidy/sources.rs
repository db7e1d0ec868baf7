//! The files of `src/`, as text and as what they declare and name.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use rayon::prelude::*;

use crate::syntax::{self, Syntax};

/// A file of `src/`.
pub(crate) struct Source {
    /// From the repository's root: `src/model/mod.rs`.
    pub path: String,
    /// What it holds.
    pub text: String,
    /// What it declares and names.
    pub syntax: Syntax,
    /// Whether only tests see it.
    pub is_test: bool,
}

/// Every file of `src/`, in the order of their paths.
pub(crate) static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let files = walkdir::WalkDir::new(root().join("src")).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "rs"));
    let texts = files.map(|file| {
        let path = file.path().strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        (path, fs::read_to_string(file.path()).unwrap())
    });
    parse(texts.collect())
});

/// Parses all files of a crate.
pub(crate) fn parse(texts: Vec<(String, String)>) -> Vec<Source> {
    let parsed = texts.into_par_iter().map(|(path, text)| {
        let syntax = syntax::read(&module(&path), &text).unwrap_or_else(|error| panic!("{path}: {error}"));
        Source { path, text, syntax, is_test: false }
    });
    let mut sources: Vec<_> = parsed.collect();
    let hidden: BTreeSet<_> = sources.iter_mut().flat_map(|source| source.syntax.test_modules.drain(..)).collect();
    for source in &mut sources {
        source.is_test = hidden.contains(&module(&source.path));
    }
    sources
}

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The module that a file is: `crate::model` for `src/model/mod.rs`.
pub(crate) fn module(path: &str) -> String {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    match path {
        "lib" => "crate".to_owned(),
        // The program is a crate of its own, and sees the library from outside.
        "main" => "main".to_owned(),
        path => format!("crate::{}", path.replace('/', "::")),
    }
}

/// The room that a file belongs to: the first folder or file below `src/`. The crate's front page and the program belong
/// to none.
pub(crate) fn room(path: &str) -> Option<&str> {
    let room = path.strip_prefix("src/")?.split(['/', '.']).next()?;
    (!matches!(room, "lib" | "main")).then_some(room)
}

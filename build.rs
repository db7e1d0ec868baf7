//! Lists the files in `themes/civic/`, the theme that is built into the binary. A new file there needs no other change.

#![allow(clippy::disallowed_methods, reason = "a build script reads the disk and the environment")]

use std::path::{Path, PathBuf};
use std::{env, fs, io};

const THEME: &str = "themes/civic";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={THEME}");
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join(THEME);
    let mut files = Vec::new();
    list(&root, &mut files)?;
    files.sort();
    let entries = files.iter().map(|file| {
        let path = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let file = file.display().to_string();
        format!("    ({path:?}, include_str!({file:?})),\n")
    });
    let list = format!("&[\n{}]\n", entries.collect::<String>());
    let target = Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("carried_theme.rs");
    fs::write(target, list)
}

/// Adds all files in a folder and its subfolders.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { list(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

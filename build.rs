//! What the program carries: the files of the theme `civic`, and the version that `annal --version` prints.

#![allow(clippy::disallowed_methods, reason = "a build script reads the disk and the environment")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

const THEME: &str = "themes/civic";

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let version = env::var("CARGO_PKG_VERSION").map_err(io::Error::other)?;
    let commit = commit(&root).map(|commit| format!(" ({commit})")).unwrap_or_default();
    println!("cargo::rustc-env=ANNAL_VERSION={version}{commit}");
    list_theme(&root.join(THEME))
}

/// The commit that is built and its date, such as `3041e7c 2026-11-28`. Whoever builds without git sets `ANNAL_COMMIT`.
fn commit(root: &Path) -> Option<String> {
    println!("cargo::rerun-if-env-changed=ANNAL_COMMIT");
    if let Ok(commit) = env::var("ANNAL_COMMIT") {
        return Some(commit).filter(|commit| !commit.is_empty());
    }
    // Without this, sources unpacked inside another project's checkout would be given that project's commit.
    if !root.join(".git").exists() {
        return None;
    }
    // Git adds a line to this file with every commit and every change of branch.
    let log = git(root, &["rev-parse", "--git-path", "logs/HEAD"])?;
    println!("cargo::rerun-if-changed={log}");
    git(root, &["log", "-1", "--abbrev=9", "--format=%h %cs"])
}

/// What a git command prints, without the end of the line. Nothing if there is no git or the command fails.
fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).current_dir(root).output().ok()?;
    let printed = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !printed.is_empty()).then_some(printed)
}

/// Lists the theme's files for `render/theme/embedded.rs`. A new file there needs no other change.
fn list_theme(root: &Path) -> io::Result<()> {
    println!("cargo::rerun-if-changed={THEME}");
    let mut files = Vec::new();
    list(root, &mut files)?;
    files.sort();
    let entries = files.iter().map(|file| {
        let path = file.strip_prefix(root).unwrap_or(file).to_string_lossy().replace('\\', "/");
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

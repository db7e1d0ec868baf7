//! Reads an earlier state of a site from Git. annal needs Git for nothing else, so it runs the program that is there.

use std::io;
use std::path::Path;
use std::process::{Command, Output};

use crate::cli::error::CliError;
use crate::source::disk::SOURCE_DIRS;

/// Writes the files of the site at `root` as they were at `revision` into the empty folder `target`. Returns the first
/// digits of the commit. Git's own index and the working tree stay as they are.
///
/// # Errors
///
/// If Git is not installed, the site is in no repository, or it was not there at that revision.
pub(super) fn export(root: &Path, revision: &str, target: &Path) -> Result<String, CliError> {
    let git = |args: &[&str]| run(root, target, args);
    let top = git(&["rev-parse", "--show-toplevel"])?;
    let Some(top) = printed(&top) else {
        return Err(CliError::new(format!("`{revision}` is neither a folder nor a place to publish to"))
            .help("the site is not in a Git repository, so it cannot be a revision either"));
    };
    let below_top = printed(&git(&["rev-parse", "--show-prefix"])?).unwrap_or_default();
    let commit = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])?;
    let Some(commit) = printed(&commit) else {
        return Err(CliError::new(format!("`{revision}` is not a folder, a place to publish to, or a revision of Git"))
            .help("`git log --oneline` lists revisions; `annal publish --status` lists releases, which are written TARGET@RELEASE"));
    };
    // In the top folder, Git writes all files and not only those below the folder that it is run in.
    let git = |args: &[&str]| run(Path::new(&top), target, args);
    let mut has_content = false;
    for folder in SOURCE_DIRS {
        let tree = format!("{commit}:{below_top}{folder}");
        if git(&["cat-file", "-e", &tree])?.status.success() {
            done(&git(&["read-tree", "--no-sparse-checkout", &format!("--prefix={folder}/"), &tree])?)?;
            has_content |= folder == SOURCE_DIRS[0];
        }
    }
    let short = commit.get(..10).unwrap_or(&commit);
    if !has_content {
        return Err(CliError::new(format!("the site was not there at `{revision}` ({short})"))
            .help("name a later revision; `git log --oneline -- content` lists those that changed the site"));
    }
    let mut prefix = target.as_os_str().to_owned();
    prefix.push("/");
    let prefix = prefix.to_string_lossy();
    done(&git(&["checkout-index", "--all", "--force", &format!("--prefix={prefix}")])?)?;
    Ok(short.to_owned())
}

/// Runs Git in a folder, with an index of its own in `target`.
fn run(folder: &Path, target: &Path, args: &[&str]) -> Result<Output, CliError> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(args).env("GIT_INDEX_FILE", target.join(".index"));
    command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => CliError::new("Git is not installed, so annal cannot read a revision")
            .help("install Git, or name a folder or a place to publish to"),
        _ => CliError::new(format!("cannot run Git: {error}")),
    })
}

/// What Git printed, without the line end; `None` if it failed.
fn printed(output: &Output) -> Option<String> {
    let text = String::from_utf8_lossy(&output.stdout).trim_end_matches(['\n', '\r']).to_owned();
    output.status.success().then_some(text)
}

/// An error if Git failed.
fn done(output: &Output) -> Result<(), CliError> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(CliError::new(format!("Git could not read the revision: {}", said.trim())))
}

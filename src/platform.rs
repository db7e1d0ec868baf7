//! What differs between Windows, macOS and Linux. Everything else in annal is the same on all of them.

#![allow(clippy::disallowed_methods, reason = "this file does for other rooms what each system does in its own way")]

use std::fs::File;
use std::io;
use std::path::Path;
#[cfg(unix)]
use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
};

/// The program that opens an address in the default browser, and what its arguments begin with.
pub(crate) const OPENER: (&str, &[&str]) = if cfg!(target_os = "macos") {
    ("open", &[])
} else if cfg!(windows) {
    ("rundll32", &["url.dll,FileProtocolHandler"])
} else {
    ("xdg-open", &[])
};

/// Whether a file that is open can be removed, so that its name is free at once.
pub(crate) const REMOVES_OPEN_FILES: bool = cfg!(unix);

/// Whether the open `file` is still the one at `path`. Where open files cannot be removed, it always is.
#[cfg(unix)]
pub(crate) fn is_still_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Whether the open `file` is still the one at `path`. Where open files cannot be removed, it always is.
#[cfg(not(unix))]
pub(crate) fn is_still_at(_: &File, _: &Path) -> bool {
    true
}

/// Exchanges two folders on the same file system in one step: both paths exist at every moment.
///
/// # Errors
///
/// `Unsupported` where the system has no such call, or the reason why it failed.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(crate) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Exchanges two folders on the same file system in one step: both paths exist at every moment.
///
/// # Errors
///
/// `Unsupported` where the system has no such call, or the reason why it failed.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(crate) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Makes `link` lead to the folder `to`.
///
/// # Errors
///
/// If it is there already, or the system does not allow it: Windows may ask for the rights of a developer.
pub(crate) fn link_folder(to: &Path, link: &Path) -> io::Result<()> {
    #[cfg(unix)]
    return std::os::unix::fs::symlink(to, link);
    #[cfg(windows)]
    return std::os::windows::fs::symlink_dir(to, link);
}

/// Lets everybody read a file who may read its folder, as against the owner alone. Windows takes a file's rights from its
/// folder.
///
/// # Errors
///
/// If the system does not allow it.
#[cfg_attr(not(unix), allow(clippy::unnecessary_wraps, reason = "the same on all systems"))]
pub(crate) fn let_all_read(file: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(file, fs::Permissions::from_mode(0o644))?;
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// Gives a temporary file the rights that any other new file has: a temporary one is for its owner alone.
pub(crate) fn with_usual_rights<'a, 'b, 'c>(
    builder: &'c mut tempfile::Builder<'a, 'b>,
) -> &'c mut tempfile::Builder<'a, 'b> {
    #[cfg(unix)]
    let builder = builder.permissions(fs::Permissions::from_mode(0o666));
    builder
}

/// Waits until the process is interrupted, or asked to end.
pub(crate) async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // If signals cannot be caught, the system ends the process in its own way.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

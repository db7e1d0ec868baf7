//! Errors of writing a site to disk, with what to do about them.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a site was not written. The output folder has not changed.
#[derive(Debug)]
pub enum WriteError {
    /// The folder contains files that annal did not write.
    Foreign {
        /// The output folder.
        folder: PathBuf,
        /// The first of the files, relative to the folder.
        file: PathBuf,
        /// How many more such files there are.
        others: usize,
    },
    /// Files in the folder have changed since annal wrote them.
    Edited {
        /// The output folder.
        folder: PathBuf,
        /// The first of the files, relative to the folder.
        file: PathBuf,
        /// How many more such files there are.
        others: usize,
    },
    /// The path can never be an output folder.
    BadTarget {
        /// The path.
        folder: PathBuf,
        /// The reason, as the rest of a sentence that begins with the path.
        why: &'static str,
    },
    /// An operation on the disk failed.
    Disk(DiskError),
}

/// An operation on the disk failed.
#[derive(Debug)]
pub struct DiskError {
    /// The operation, as a verb: `write`, `read`, `lock` …
    doing: &'static str,
    /// The file or folder.
    path: PathBuf,
    /// The error from the system.
    source: io::Error,
}

impl DiskError {
    /// For `map_err`: turns an I/O error into an error about `path`.
    pub(super) fn new(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self { doing, path: path.to_owned(), source }
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.doing, self.path.display(), self.source)
    }
}

impl From<DiskError> for WriteError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

impl WriteError {
    /// What to do about it, unless the message already makes that clear.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Self::Foreign { folder, .. } => {
                format!(
                    "move or delete what annal did not write in `{}`, or choose another folder with `--output`",
                    folder.display()
                )
            }
            Self::Edited { file, folder, .. } => format!(
                "make the change in the content or the theme instead, then delete `{}` and build again",
                folder.join(file).display()
            ),
            Self::BadTarget { .. } => "choose another folder with `--output`".to_owned(),
            Self::Disk(error) => match error.source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "free some space: annal writes the new site next to the old one before replacing it".to_owned()
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    "annal writes the new site next to the output folder, so it must be allowed to write there too; or \
                     choose another folder with `--output`"
                        .to_owned()
                }
                io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => {
                    "a mounted folder cannot be replaced in one step: choose a folder inside it with `--output`"
                        .to_owned()
                }
                _ => return None,
            },
        };
        Some(help)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign { folder, file, others } => {
                write!(
                    f,
                    "`{}` contains `{}`{}, which annal did not write",
                    folder.display(),
                    file.display(),
                    and(*others)
                )
            }
            Self::Edited { folder, file, others } => {
                let (have, them) = if *others == 0 { ("has", "it") } else { ("have", "them") };
                let (file, folder) = (file.display(), folder.display());
                write!(f, "`{file}`{} in `{folder}` {have} been changed since annal wrote {them}", and(*others))
            }
            Self::BadTarget { folder, why } => write!(f, "`{}` {why}", folder.display()),
            Self::Disk(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk(error) => Some(&error.source),
            _ => None,
        }
    }
}

/// ` and 3 other files`, or nothing if there are none.
fn and(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => " and another file".to_owned(),
        _ => format!(" and {others} other files"),
    }
}

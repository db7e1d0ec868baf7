//! Why a site could not be put on disk, and what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a site was not written. The folder then holds what it held before.
#[derive(Debug)]
pub enum WriteError {
    /// The folder holds files that this tool did not write.
    Foreign {
        /// The folder that the site was to be written to.
        folder: PathBuf,
        /// The first of the files, from the folder.
        file: PathBuf,
        /// How many there are besides.
        others: usize,
    },
    /// A file in the folder is no longer what this tool wrote.
    Edited {
        /// The folder that the site was to be written to.
        folder: PathBuf,
        /// The first such file, from the folder.
        file: PathBuf,
        /// How many there are besides.
        others: usize,
    },
    /// A site cannot be put there whatever the disk says.
    BadTarget {
        /// The folder that the site was to be written to.
        folder: PathBuf,
        /// Why not, to follow the folder's name.
        why: &'static str,
    },
    /// The disk refused.
    Disk(DiskError),
}

/// The disk refused.
#[derive(Debug)]
pub struct DiskError {
    /// What was being done: `write`, `read`, `lock` …
    doing: &'static str,
    /// To what.
    path: PathBuf,
    /// What the system says.
    source: io::Error,
}

impl DiskError {
    /// For `map_err`: the disk refused what was being done to `path`.
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
    /// What to do about it, where there is more to say than that the fault be mended.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Self::Foreign { folder, .. } => {
                format!("move what you want to keep out of `{}`, or name another folder with `--output`", folder.display())
            }
            Self::Edited { file, folder, .. } => format!(
                "make the change in the content or the theme instead, then delete `{}` and build again",
                folder.join(file).display()
            ),
            Self::BadTarget { .. } => "name a folder of its own with `--output`".to_owned(),
            Self::Disk(error) => match error.source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "make room: the new site is written beside the old one before it takes its place".to_owned()
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    "the site is made beside the output folder, so the folder that holds it must be writable too; or name \
                     another with `--output`"
                        .to_owned()
                }
                io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => {
                    "a mounted folder cannot be exchanged in one step: name a folder below it with `--output`".to_owned()
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
                    "`{}` holds `{}`{}, which annal did not write",
                    folder.display(),
                    file.display(),
                    and(*others)
                )
            }
            Self::Edited { folder, file, others } => {
                let changed = if *others == 0 { "was changed" } else { "were changed" };
                let file = file.display();
                write!(f, "`{file}`{} in `{}` {changed} since annal wrote it", and(*others), folder.display())
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

/// ` and 3 others`, where there are any.
fn and(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => " and another file".to_owned(),
        _ => format!(" and {others} other files"),
    }
}

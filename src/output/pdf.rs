//! The report as a PDF: one page of a built site, printed by a Chromium or Chrome of the machine.
//!
//! The browser gets a folder of its own with the page and what it loads, a profile that is thrown away, and no network.
//! It tags the PDF, takes title and language from the page, and makes an outline of its headings.

#![allow(clippy::disallowed_methods, reason = "this room is what writes to the disk")]

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::OutputTree;
use super::error::DiskError;
use crate::diagnostic::RelPath;

/// How long the browser may take.
const PATIENCE: Duration = Duration::from_mins(3);
/// How long to wait before looking again whether it is done.
const PAUSE: Duration = Duration::from_millis(20);
/// What the browsers that can print are called, where the system looks for programs.
const PROGRAMS: &[&str] =
    &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];
/// Where they are that the system does not look for.
const PLACES: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

/// Why there is no PDF. What stood in its place still does.
#[derive(Debug)]
pub(crate) enum PdfError {
    /// The browser cannot be run.
    Browser {
        /// The program.
        program: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The browser ran and left no PDF.
    Nothing {
        /// The program.
        program: PathBuf,
        /// The last that it said.
        said: String,
    },
    /// The browser did not end.
    Slow {
        /// The program.
        program: PathBuf,
    },
    /// The disk refused.
    Disk(DiskError),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Browser { program, source } => write!(f, "cannot run `{}`: {source}", program.display()),
            Self::Nothing { program, said } if said.is_empty() => write!(f, "`{}` made no PDF", program.display()),
            Self::Nothing { program, said } => write!(f, "`{}` made no PDF: {said}", program.display()),
            Self::Slow { program } => {
                write!(f, "`{}` was not done after {} seconds", program.display(), PATIENCE.as_secs())
            }
            Self::Disk(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PdfError {}

impl From<DiskError> for PdfError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

/// A browser of the machine that can print, looked for in the folders of `path` (the environment's `PATH`) first.
#[must_use]
pub(crate) fn browser(path: &std::ffi::OsStr) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(path).collect();
    let named = PROGRAMS.iter().flat_map(|name| {
        folders.iter().map(move |folder| folder.join(name).with_extension(std::env::consts::EXE_EXTENSION))
    });
    named.chain(PLACES.iter().map(PathBuf::from)).find(|program| program.is_file())
}

/// Prints the page `page` of a site to the file `target`, which appears whole or not at all.
///
/// # Errors
///
/// Where the browser does not print it, or the disk refuses.
pub(crate) fn print(site: &OutputTree, page: &RelPath, browser: &Path, target: &Path) -> Result<(), PdfError> {
    let folder = tempfile::Builder::new().prefix("annal-pdf-").tempdir();
    let folder = folder.map_err(DiskError::new("make a folder in", &std::env::temp_dir()))?;
    let (files, made) = (folder.path().join("site"), folder.path().join("report.pdf"));
    for (path, bytes) in site.files.iter().filter(|(path, _)| *path == page || path.extension() != "html") {
        let file = files.join(path.as_str());
        let parent = file.parent().unwrap_or(&files);
        fs::create_dir_all(parent).map_err(DiskError::new("make", parent))?;
        fs::write(&file, bytes).map_err(DiskError::new("write", &file))?;
    }
    let profile = folder.path().join("profile");
    let address = format!("file://{}", files.join(page.as_str()).display());
    if let Err(said) = run(browser, &address, &made, &profile, &[])? {
        // In a container, or as the superuser, the browser can shut nothing in. The page is ours, and runs no scripts.
        if !said.contains("sandbox") {
            return Err(PdfError::Nothing { program: browser.to_owned(), said: last_line(&said) });
        }
        if let Err(said) = run(browser, &address, &made, &profile, &["--no-sandbox"])? {
            return Err(PdfError::Nothing { program: browser.to_owned(), said: last_line(&said) });
        }
    }
    put(&made, target)
}

/// Runs the browser once: what it said, where it made no PDF.
fn run(
    browser: &Path,
    address: &str,
    made: &Path,
    profile: &Path,
    more: &[&str],
) -> Result<Result<(), String>, PdfError> {
    let log = profile.with_extension("log");
    let told = fs::File::create(&log).map_err(DiskError::new("write", &log))?;
    let mut child = Command::new(browser)
        .args(["--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-dev-shm-usage"])
        .args(["--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline"])
        .args(["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--print-to-pdf={}", made.display()))
        .args(more)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(told)
        .spawn()
        .map_err(|source| PdfError::Browser { program: browser.to_owned(), source })?;
    let begin = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(_)) => break,
            Ok(None) if begin.elapsed() < PATIENCE => thread::sleep(PAUSE),
            Ok(None) => {
                // It may end by itself between these lines, which comes to the same.
                let _ = child.kill();
                let _ = child.wait();
                return Err(PdfError::Slow { program: browser.to_owned() });
            }
            Err(source) => return Err(PdfError::Browser { program: browser.to_owned(), source }),
        }
    }
    let is_pdf =
        fs::read(made).is_ok_and(|bytes| bytes.starts_with(b"%PDF-") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
    Ok(if is_pdf { Ok(()) } else { Err(String::from_utf8_lossy(&fs::read(&log).unwrap_or_default()).into_owned()) })
}

/// The last line that says something.
fn last_line(said: &str) -> String {
    said.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned()
}

/// Puts the finished PDF in its place in one step.
fn put(made: &Path, target: &Path) -> Result<(), PdfError> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(DiskError::new("make", folder))?;
    let beside = tempfile::Builder::new().prefix(".annal-").suffix(".pdf").tempfile_in(folder);
    let beside = beside.map_err(DiskError::new("write to", folder))?;
    fs::copy(made, beside.path()).map_err(DiskError::new("write", target))?;
    #[cfg(unix)]
    {
        // A temporary file is its owner's alone; a report is for everybody.
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(beside.path(), fs::Permissions::from_mode(0o644))
            .map_err(DiskError::new("write", target))?;
    }
    beside.persist(target).map_err(|error| DiskError::new("write", target)(error.error))?;
    Ok(())
}

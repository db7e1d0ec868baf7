//! The report as a PDF: one page of a built site, printed by a Chromium-based browser on this computer.
//!
//! The browser gets a temporary folder with the page and the files it loads, a temporary profile, and no network. It
//! tags the PDF, takes the title and language from the page, and builds an outline from the headings.

#![allow(clippy::disallowed_methods, reason = "this room is what writes to the disk")]

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::OutputTree;
use super::error::DiskError;
use super::page_numbers::{number_contents, pages_of_places};
use crate::diagnostic::RelPath;
use crate::platform::let_all_read;

/// How long the browser may take before it is stopped.
const PATIENCE: Duration = Duration::from_mins(3);
/// How long to wait before checking again whether the browser has finished.
const PAUSE: Duration = Duration::from_millis(20);
/// The names of suitable browsers in the folders of `PATH`.
const PROGRAMS: &[&str] =
    &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];
/// The usual paths of browsers that are not in `PATH`.
const PLACES: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

/// Why no PDF was written. An earlier PDF at the same path has not changed.
#[derive(Debug)]
pub(crate) enum PdfError {
    /// The browser cannot be run.
    Browser {
        /// The browser's path.
        program: PathBuf,
        /// The error from the system.
        source: io::Error,
    },
    /// The browser ran, but did not make a PDF.
    Nothing {
        /// The browser's path.
        program: PathBuf,
        /// The last line that it printed to standard error.
        said: String,
    },
    /// The browser did not finish in time.
    Slow {
        /// The browser's path.
        program: PathBuf,
    },
    /// An operation on the disk failed.
    Disk(DiskError),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Browser { program, source } => write!(f, "cannot run `{}`: {source}", program.display()),
            Self::Nothing { program, said } if said.is_empty() => {
                write!(f, "`{}` did not make a PDF", program.display())
            }
            Self::Nothing { program, said } => write!(f, "`{}` did not make a PDF: {said}", program.display()),
            Self::Slow { program } => {
                write!(f, "`{}` had not finished after {} seconds", program.display(), PATIENCE.as_secs())
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

/// Finds a browser that can print: first in the folders of `path` (the environment's `PATH`), then at the usual paths.
#[must_use]
pub(crate) fn browser(path: &std::ffi::OsStr) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(path).collect();
    let named = PROGRAMS.iter().flat_map(|name| {
        folders.iter().map(move |folder| folder.join(name).with_extension(std::env::consts::EXE_EXTENSION))
    });
    named.chain(PLACES.iter().map(PathBuf::from)).find(|program| program.is_file())
}

/// Prints the page `page` of a site to the file `target`, which ends with the comment `end`. The file is written completely or not at all.
///
/// # Errors
///
/// If the browser does not make a PDF, or an operation on the disk fails.
pub(crate) fn print(
    site: &OutputTree,
    page: &RelPath,
    browser: &Path,
    end: &str,
    target: &Path,
) -> Result<(), PdfError> {
    let folder = tempfile::Builder::new().prefix("annal-pdf-").tempdir();
    let folder = folder.map_err(DiskError::new("create a folder in", &std::env::temp_dir()))?;
    let (files, printed) = (folder.path().join("site"), folder.path().join("report.pdf"));
    let pages = site.files.iter().filter(|(path, _)| *path == page || path.extension() != "html");
    let pages = pages.map(|(path, bytes)| (path, Ok(Arc::clone(bytes))));
    let unread = site.unread.iter().filter(|(path, _)| path.extension() != "html");
    let unread = unread.map(|(path, file)| (path, file.bytes()));
    for (path, bytes) in pages.chain(unread) {
        let file = files.join(path.as_str());
        let parent = file.parent().unwrap_or(&files);
        fs::create_dir_all(parent).map_err(DiskError::new("create", parent))?;
        let bytes = bytes.map_err(DiskError::new("read", Path::new(path.as_str())))?;
        fs::write(&file, bytes).map_err(DiskError::new("write", &file))?;
    }
    let profile = folder.path().join("profile");
    let file = files.join(page.as_str());
    let address = file_url(&file);
    print_once(browser, &address, &printed, &profile)?;
    let first = fs::read(&printed).map_err(DiskError::new("read", &printed))?;
    let html = fs::read_to_string(&file).map_err(DiskError::new("read", &file))?;
    if let Some(numbered) = number_contents(&html, &pages_of_places(&first)).filter(|numbered| *numbered != html) {
        fs::write(&file, numbered).map_err(DiskError::new("write", &file))?;
        // Otherwise a browser that fails would seem to have made it.
        fs::remove_file(&printed).map_err(DiskError::new("remove", &printed))?;
        print_once(browser, &address, &printed, &profile)?;
    }
    let mut file = fs::File::options().append(true).open(&printed).map_err(DiskError::new("open", &printed))?;
    file.write_all(end.as_bytes()).map_err(DiskError::new("write", &printed))?;
    put(&printed, target)
}

/// Prints once, without the browser's sandbox if need be, which does not work in some containers or as root. The page is
/// our own and runs no scripts, so that is safe.
fn print_once(browser: &Path, address: &str, printed: &Path, profile: &Path) -> Result<(), PdfError> {
    let nothing = |said: String| PdfError::Nothing { program: browser.to_owned(), said: last_line(&said) };
    match run(browser, address, printed, profile, &[])? {
        Err(said) if said.contains("sandbox") => {
            run(browser, address, printed, profile, &["--no-sandbox"])?.map_err(nothing)
        }
        other => other.map_err(nothing),
    }
}

/// The address at which a browser finds a file of this computer: `file:///tmp/a%20b/print.html`, `file:///C:/a/print.html`.
fn file_url(path: &Path) -> String {
    /// What means something else in an address, or may not be in one.
    const ENCODED: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'\\');
    let path = path.to_string_lossy();
    // Windows writes the real path of a file in this way, and the parts of a path with `\`.
    let drive = path.strip_prefix(r"\\?\").unwrap_or(&path);
    let is_windows = drive.as_bytes().get(1) == Some(&b':');
    let path = if is_windows { format!("/{}", drive.replace('\\', "/")) } else { path.into_owned() };
    format!("file://{}", utf8_percent_encode(&path, ENCODED))
}

/// Runs the browser once. The inner error is what it printed if it did not make a PDF.
fn run(
    browser: &Path,
    address: &str,
    printed: &Path,
    profile: &Path,
    more: &[&str],
) -> Result<Result<(), String>, PdfError> {
    let log = profile.with_extension("log");
    let log_file = fs::File::create(&log).map_err(DiskError::new("write", &log))?;
    let mut child = Command::new(browser)
        .args(["--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-dev-shm-usage"])
        .args(["--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline"])
        .args(["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--print-to-pdf={}", printed.display()))
        .args(more)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log_file)
        .spawn()
        .map_err(|source| PdfError::Browser { program: browser.to_owned(), source })?;
    let begin = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(_)) => break,
            Ok(None) if begin.elapsed() < PATIENCE => thread::sleep(PAUSE),
            Ok(None) => {
                // The browser may also end by itself just now, so these calls may fail.
                let _ = child.kill();
                let _ = child.wait();
                return Err(PdfError::Slow { program: browser.to_owned() });
            }
            Err(source) => return Err(PdfError::Browser { program: browser.to_owned(), source }),
        }
    }
    let is_pdf =
        fs::read(printed).is_ok_and(|bytes| bytes.starts_with(b"%PDF-") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
    Ok(if is_pdf { Ok(()) } else { Err(String::from_utf8_lossy(&fs::read(&log).unwrap_or_default()).into_owned()) })
}

/// The last line that is not blank.
fn last_line(said: &str) -> String {
    said.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned()
}

/// Moves the finished PDF to its place in one step.
fn put(printed: &Path, target: &Path) -> Result<(), PdfError> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(DiskError::new("create", folder))?;
    let temporary = tempfile::Builder::new().prefix(".annal-").suffix(".pdf").tempfile_in(folder);
    let temporary = temporary.map_err(DiskError::new("write to", folder))?;
    fs::copy(printed, temporary.path()).map_err(DiskError::new("write", target))?;
    // Only the owner can read a temporary file, but everybody may read a report.
    let_all_read(temporary.path()).map_err(DiskError::new("write", target))?;
    temporary.persist(target).map_err(|error| DiskError::new("write", target)(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_any_characters_is_an_address() {
        for (path, url) in [
            ("/tmp/annal-pdf-x/site/print.html", "file:///tmp/annal-pdf-x/site/print.html"),
            ("/tmp/my files #1/50%?/a.html", "file:///tmp/my%20files%20%231/50%25%3F/a.html"),
            ("/tmp/Gwyn\u{ea}dd/a\\b.html", "file:///tmp/Gwyn%C3%AAdd/a%5Cb.html"),
            (r"C:\Users\Jo Bloggs\AppData\a.html", "file:///C:/Users/Jo%20Bloggs/AppData/a.html"),
            (r"\\?\C:\Users\jo\a.html", "file:///C:/Users/jo/a.html"),
        ] {
            assert_eq!(file_url(Path::new(path)), url);
        }
    }
}

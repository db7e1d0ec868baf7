//! Finds and reads the site for a command, and picks the year to work on.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use super::args::GlobalArgs;
use super::clock::today;
use super::error::CliError;
use super::find_site::{MARK, nearest_site};
use super::progress::Progress;
use super::shell::quoted;
use crate::diagnostic::suggest::{did_you_mean, nearest};
use crate::diagnostic::{Diagnostic, DiagnosticList, RelPath, SubjectKind};
use crate::model::{Archive, Report, Year};
use crate::source::{SourceTree, read_tree, scan_tree};

/// How many bytes of submissions and pages a single build keeps in memory: some two thousand, which it reads only once then.
const KEPT: u64 = 6 << 20;

/// A site that has been read from disk.
pub(crate) struct OpenSite {
    pub root: PathBuf,
    pub tree: SourceTree,
}

impl OpenSite {
    /// Reads the site that the options name.
    ///
    /// # Errors
    ///
    /// If there is no such site or year, or the disk cannot be read.
    pub(crate) fn open(global: &GlobalArgs, progress: &Progress) -> Result<Self, CliError> {
        Self::open_with(global, progress, read_tree)
    }

    /// Like [`OpenSite::open`], for commands that build once and write nothing into the site: most texts of large sites are left
    /// on the disk.
    ///
    /// # Errors
    ///
    /// The same as those of [`OpenSite::open`].
    pub(crate) fn scan(global: &GlobalArgs, progress: &Progress) -> Result<Self, CliError> {
        Self::open_with(global, progress, |root| scan_tree(root, KEPT))
    }

    fn open_with(
        global: &GlobalArgs,
        progress: &Progress,
        read: impl Fn(&Path) -> io::Result<SourceTree>,
    ) -> Result<Self, CliError> {
        let root = find(global)?;
        progress.step("reading");
        let tree = read(&root).map_err(|error| CliError::disk("read", &root, &error))?;
        let site = Self { root, tree };
        if let Some(year) = &global.year
            && site.tree.files_under(&folder_of(year)).next().is_none()
        {
            return Err(no_such_year(year, &site.years()));
        }
        Ok(site)
    }

    /// The diagnostics of a year and of the files that all years share, or all of them.
    pub(crate) fn listing(&self, diagnostics: Vec<Diagnostic>, year: Option<&Year>) -> DiagnosticList<'_> {
        self.listing_in(diagnostics, year, &[])
    }

    /// The same, in some files and folders only, if `within` names any. What is about a file
    /// that is not there belongs to that file.
    pub(crate) fn listing_in(
        &self,
        mut diagnostics: Vec<Diagnostic>,
        year: Option<&Year>,
        within: &[RelPath],
    ) -> DiagnosticList<'_> {
        let is_in = |file: &RelPath| {
            is_about(year, file) && (within.is_empty() || within.iter().any(|place| file.is_at(place)))
        };
        diagnostics.retain(|found| {
            let mut subjects = found.about.iter().filter(|subject| subject.kind == SubjectKind::File);
            is_in(&found.location.file) || (!within.is_empty() && subjects.any(|file| is_in(&RelPath::new(&file.text))))
        });
        let files = self.tree.files_under("content").filter(|(path, _, _)| is_in(path)).count();
        DiagnosticList::new(diagnostics, &self.tree, files)
    }

    /// What to do where errors stopped a build. `forced` is the command that would not let itself be stopped.
    pub(crate) fn remedy(&self, forced: &str) -> String {
        if self.tree.changed.files().is_empty() {
            format!("Fix the errors, waive them in report.yaml, or run `{forced}`.")
        } else {
            "Files were changed while annal was reading them: run the command again.".to_owned()
        }
    }

    /// The paths from the site's root of files and folders that somebody named, from the current folder.
    ///
    /// # Errors
    ///
    /// If one is not in the site.
    pub(crate) fn named(&self, paths: &[PathBuf]) -> Result<Vec<RelPath>, CliError> {
        paths.iter().map(|path| self.named_path(path)).collect()
    }

    /// Whether annal reads any file at a path or below it.
    pub(crate) fn reads(&self, path: &RelPath) -> bool {
        self.tree.files_at(path).next().is_some() || self.tree.unreadable.iter().any(|file| file.is_at(path))
    }

    fn named_path(&self, path: &Path) -> Result<RelPath, CliError> {
        let root = self.root.canonicalize().map_err(|error| CliError::disk("read", &self.root, &error))?;
        let below_root = |path: &Path| Some(path.canonicalize().ok()?.strip_prefix(&root).ok()?.to_owned());
        // A path from the site's root, as diagnostics print it, works from everywhere.
        let Some(below) = below_root(path).or_else(|| below_root(&root.join(path))) else {
            let known = self.tree.files.keys().map(RelPath::as_str);
            let near = did_you_mean(&path.to_string_lossy(), known);
            let help = near.unwrap_or_else(|| {
                "write the path from the folder that you are in, or from the site's folder".to_owned()
            });
            return Err(CliError::new(format!("the site has no file {}", path.display())).help(help));
        };
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        Ok(RelPath::new(&parts.join("/")))
    }

    /// The years that have a folder, oldest first.
    fn years(&self) -> Vec<Year> {
        let mut years: Vec<Year> = self.tree.files.keys().filter_map(Year::of_file).collect();
        years.dedup();
        years
    }
}

/// The site's folder: the one given with `--root`, or the nearest at or above the current folder.
pub(crate) fn find(global: &GlobalArgs) -> Result<PathBuf, CliError> {
    if let Some(root) = &global.root {
        // A missing `site.yaml` is reported as a diagnostic later.
        return if root.join("content").is_dir() {
            Ok(root.clone())
        } else {
            Err(CliError::new(format!("{} is not an annal site: it has no `content` folder", root.display()))
                .help(format!("to create a site there, run `annal new site {}`", quoted(&root.display().to_string()))))
        };
    }
    let nearest = nearest_site().map_err(|error| CliError::disk("find the current folder", Path::new("."), &error))?;
    nearest.ok_or_else(|| {
        CliError::new(format!("no site found: neither this folder nor any folder above it has {MARK}"))
            .help("go to the site's folder, name it with `--root DIR`, or create a site with `annal new site DIR`")
    })
}

/// A path relative to the current folder, if it is below it.
pub(crate) fn shown(path: &Path) -> &Path {
    env::current_dir().ok().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path)
}

/// A folder relative to the current folder, with a slash at its end.
pub(crate) fn shown_folder(path: &Path) -> String {
    let path = shown(path).display().to_string();
    if path.ends_with(['/', '\\']) { path } else { format!("{path}/") }
}

/// The report of `year`, or the newest report.
pub(crate) fn report<'a>(archive: &'a Archive, year: Option<&Year>) -> Result<&'a Report, CliError> {
    let Some(year) = year else {
        return archive.reports().next_back().ok_or_else(no_report);
    };
    let known = || archive.reports.iter().map(|report| report.year.clone()).collect::<Vec<_>>();
    archive.reports().find(|report| report.year == *year).ok_or_else(|| no_such_year(year, &known()))
}

/// The error for a year whose `report.yaml` cannot be read, so that it is unknown whom it lists.
pub(crate) fn unreadable(report: &Report) -> CliError {
    CliError::new(format!("{} cannot be read", report.file))
        .help(format!("run `annal check {}` to see why", report.file))
}

/// Whether a file belongs to `year` or is shared by all years. Always true without a year.
pub(crate) fn is_about(year: Option<&Year>, path: &RelPath) -> bool {
    year.is_none_or(|year| Year::of_file(path).is_none_or(|other| other == *year))
}

fn folder_of(year: &Year) -> String {
    format!("content/{year}")
}

/// The year whose report is due: the last complete financial year, April to March.
pub(crate) fn year_due() -> String {
    let today = today(None).unwrap_or_default();
    let ended = today.year() - i16::from(today.month() < 4);
    format!("{:04}-{:02}", ended - 1, ended.rem_euclid(100))
}

/// The error for a site without a year.
pub(crate) fn no_report() -> CliError {
    CliError::new("this site has no report yet").help(format!("create one with `annal new year {}`", year_due()))
}

fn no_such_year(year: &Year, known: &[Year]) -> CliError {
    let names: Vec<&str> = known.iter().map(Year::as_str).collect();
    // Somebody may type a calendar year where years run from April to March, or the other way round. If two years are
    // equally near, suggest the later one: `2024` means 2024-25.
    let distance = |other: &&Year| year.first().abs_diff(other.first());
    let has_other_form = |other: &&Year| other.as_str().len() != year.as_str().len();
    let likely = known.iter().rev().filter(has_other_form).min_by_key(distance).filter(|other| distance(other) <= 1);
    let suggestion = likely.map(Year::as_str).or_else(|| nearest(year.as_str(), names.iter().copied()));
    let help = match (suggestion, &names[..]) {
        (Some(suggestion), _) => format!("did you mean `{suggestion}`?"),
        (None, []) => format!("create it with `annal new year {year}`"),
        (None, [only]) => format!("the only year is {only}"),
        (None, _) => format!("the years are {}", names.join(", ")),
    };
    CliError::new(format!("this site has no year {year}")).help(help)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::diagnostic::SourceTexts;

    #[test]
    fn what_changed_meanwhile_needs_no_force() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("content/a.md");
        fs::create_dir(folder.path().join("content")).unwrap();
        fs::write(&file, "a").unwrap();
        let site = OpenSite { root: folder.path().to_owned(), tree: scan_tree(folder.path(), 0).unwrap() };
        assert!(site.remedy("annal build --force").ends_with("or run `annal build --force`."));
        fs::write(&file, "b").unwrap();
        assert_eq!(site.tree.text(&RelPath::new("content/a.md")).as_deref(), Some(" "));
        assert!(site.remedy("annal build --force").ends_with("run the command again."));
    }
}

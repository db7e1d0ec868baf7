//! The site that a command is about: where it is, what is in it, and which of its years is meant.

use std::env;
use std::path::{Path, PathBuf};

use super::args::GlobalArgs;
use super::clock::today;
use super::error::CliError;
use super::progress::Progress;
use super::shell::quoted;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, RelPath};
use crate::model::{Archive, Report, Year};
use crate::source::{SourceTree, read_tree};

/// The file that makes a folder a site.
const MARK: &str = "content/site.yaml";

/// A site as it was read.
pub(crate) struct OpenSite {
    /// Its folder.
    pub root: PathBuf,
    /// Its files.
    pub tree: SourceTree,
    /// What was found wrong while they were read.
    pub read: Vec<Diagnostic>,
}

impl OpenSite {
    /// Reads the site that the options mean.
    pub(crate) fn open(global: &GlobalArgs, progress: &Progress) -> Result<Self, CliError> {
        let root = find(global)?;
        progress.step("reading");
        let read = read_tree(&root).map_err(|error| CliError::disk("read", &root, &error))?;
        let site = Self { root, tree: read.value, read: read.diagnostics };
        if let Some(year) = &global.year
            && site.tree.files_under(&folder_of(year)).next().is_none()
        {
            return Err(no_such_year(year, &site.years()));
        }
        Ok(site)
    }

    /// How many content files a run is about.
    pub(crate) fn files(&self, year: Option<&Year>) -> usize {
        self.tree.files_under("content").filter(|(path, _, _)| is_about(year, path)).count()
    }

    /// The years that have a folder, oldest first.
    fn years(&self) -> Vec<Year> {
        let mut years: Vec<Year> = self.tree.files.keys().filter_map(year_of).collect();
        years.dedup();
        years
    }
}

/// The folder of the site: the one that was named, or the nearest upwards.
pub(crate) fn find(global: &GlobalArgs) -> Result<PathBuf, CliError> {
    if let Some(root) = &global.root {
        // A site whose `site.yaml` is missing is told so by a diagnostic.
        return if root.join("content").is_dir() {
            Ok(root.clone())
        } else {
            Err(CliError::new(format!("{} is no site: it has no folder `content`", root.display()))
                .help(format!("`annal new site {}` begins one", quoted(&root.display().to_string()))))
        };
    }
    let here = env::current_dir().map_err(|error| CliError::disk("look into", Path::new("."), &error))?;
    here.ancestors().find(|folder| folder.join(MARK).is_file()).map(Path::to_path_buf).ok_or_else(|| {
        CliError::new(format!("there is no site here: neither this folder nor one above it holds {MARK}"))
            .help("go to the site's folder, name it with `--root DIR`, or begin one with `annal new site DIR`")
    })
}

/// A path as people see it from where they are.
pub(crate) fn shown(path: &Path) -> &Path {
    env::current_dir().ok().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path)
}

/// The report of the year that is meant: the one that was named, or the newest.
pub(crate) fn report<'a>(archive: &'a Archive, year: Option<&Year>) -> Result<&'a Report, CliError> {
    let Some(year) = year else {
        return archive.reports().next_back().ok_or_else(no_report);
    };
    let known = || archive.reports.iter().map(|report| report.year.clone()).collect::<Vec<_>>();
    archive.reports().find(|report| report.year == *year).ok_or_else(|| no_such_year(year, &known()))
}

/// Whether a run that is limited to a year is about a file: one of that year, or one that all years share.
pub(crate) fn is_about(year: Option<&Year>, path: &RelPath) -> bool {
    year.is_none_or(|year| year_of(path).is_none_or(|other| other == *year))
}

/// The year whose folder a file lies in.
fn year_of(path: &RelPath) -> Option<Year> {
    Year::parse(path.below("content")?.split_once('/')?.0)
}

fn folder_of(year: &Year) -> String {
    format!("content/{year}")
}

/// The report that is due: that of the last financial year that is over, April to March.
pub(crate) fn year_due() -> String {
    let today = today(None).unwrap_or_default();
    let ended = today.year() - i16::from(today.month() < 4);
    format!("{:04}-{:02}", ended - 1, ended.rem_euclid(100))
}

fn no_report() -> CliError {
    CliError::new("this site has no report yet").help(format!("`annal new year {}` begins one", year_due()))
}

fn no_such_year(year: &Year, known: &[Year]) -> CliError {
    let names: Vec<&str> = known.iter().map(Year::as_str).collect();
    // A calendar year is asked for where years go from April to March, or the other way about: of two that are equally
    // near the later is meant, 2024-25 of `2024`.
    let apart = |other: &&Year| year.first().abs_diff(other.first());
    let is_of_other_form = |other: &&Year| other.as_str().len() != year.as_str().len();
    let near = known.iter().rev().filter(is_of_other_form).min_by_key(apart).filter(|other| apart(other) <= 1);
    let near = near.map(Year::as_str).or_else(|| nearest(year.as_str(), names.iter().copied()));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => format!("`annal new year {year}` begins it"),
        None => format!("there is {}", names.join(", ")),
    };
    CliError::new(format!("this site has no year {year}")).help(help)
}

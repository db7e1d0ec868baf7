//! What a shell can complete: the years, ids and codes that exist. A shell asks while somebody types, so only what is
//! needed is read, and whatever cannot be read gives no candidates.

use std::fs;
use std::path::{Path, PathBuf};

use clap_complete::engine::CompletionCandidate;

use super::find_site::nearest_site;
use crate::diagnostic::{Code, RelPath, Span, explain};
use crate::model::Year;
use crate::model::year_data::YearFile;
use crate::render::theme::copy::originals;
use crate::source::files::ReportFile;
use crate::source::yaml::read_document;

/// The years of the site, the newest first.
pub(crate) fn years() -> Vec<CompletionCandidate> {
    let years = nearest_site().ok().flatten().map(|site| years_of(&site)).unwrap_or_default();
    years.iter().rev().map(|year| CompletionCandidate::new(year.as_str())).collect()
}

/// The boards of the newest year, with their names.
pub(crate) fn boards() -> Vec<CompletionCandidate> {
    let entries = newest_report().and_then(|report| report.boards).unwrap_or_default();
    entries.into_iter().filter_map(|entry| Some(candidate(entry.id?.as_str(), entry.name?.as_str()))).collect()
}

/// The agencies of the newest year, with their names.
pub(crate) fn agencies() -> Vec<CompletionCandidate> {
    let entries = newest_report().and_then(|report| report.agencies).unwrap_or_default();
    entries.into_iter().filter_map(|entry| Some(candidate(entry.id?.as_str(), entry.name?.as_str()))).collect()
}

/// The codes of diagnostics, with what they mean.
pub(crate) fn codes() -> Vec<CompletionCandidate> {
    Code::ALL.iter().map(|code| candidate(code.name(), explain::title(*code))).collect()
}

/// The files of the built-in theme that can be copied.
pub(crate) fn theme_files() -> Vec<CompletionCandidate> {
    originals().map(|original| CompletionCandidate::new(original.path)).collect()
}

fn candidate(word: &str, help: &str) -> CompletionCandidate {
    CompletionCandidate::new(word).help(Some(help.to_owned().into()))
}

/// The years that have a folder, oldest first.
fn years_of(site: &Path) -> Vec<Year> {
    let entries = fs::read_dir(site.join("content")).into_iter().flatten().flatten();
    let mut years: Vec<Year> = entries.filter_map(|entry| Year::parse(entry.file_name().to_str()?)).collect();
    years.sort();
    years
}

/// What the `report.yaml` of the newest year says.
fn newest_report() -> Option<ReportFile> {
    let site: PathBuf = nearest_site().ok()??;
    let name = format!("content/{}/{}", years_of(&site).last()?, YearFile::Report.name());
    let text = fs::read_to_string(site.join(&name)).ok()?;
    Some(read_document::<ReportFile>(&RelPath::new(&name), &text, Span::new(0, text.len())).value)
}

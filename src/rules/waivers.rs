//! Applies waivers, and the severities that the site sets.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::diagnostic::visible_text::VisibleLetters;
use crate::diagnostic::{Code, Diagnostic, RelPath, Severity, SourceTexts, Subject, SubjectKind, quoted_list};
use crate::model::normalize::normalize_name;
use crate::model::report::Waiver;
use crate::model::{Archive, Report, SiteInfo, SubmitterKind};

/// The most files or codes named in a help.
const NAMED: usize = 4;

/// Sets the site's severities, turns waived diagnostics into notes with their reason, drops codes that are switched off,
/// and adds a warning for each waiver without effect.
pub(crate) fn apply(archive: &Archive, texts: &dyn SourceTexts, diagnostics: &mut Vec<Diagnostic>) {
    if archive.reports.iter().any(|report| !report.waivers.is_empty()) {
        apply_waivers(archive, texts, diagnostics);
    }
    set_severities(&archive.site, diagnostics);
}

fn apply_waivers(archive: &Archive, texts: &dyn SourceTexts, diagnostics: &mut Vec<Diagnostic>) {
    let mut index = WaivableDiagnostics::new(archive, diagnostics);
    for report in &archive.reports {
        for waiver in &report.waivers {
            let covered = index.about(waiver.code, &waiver.file);
            let covered: Vec<usize> = covered.filter(|at| covers(waiver, report, &diagnostics[*at], texts)).collect();
            let Some(reason) = &waiver.reason else {
                // The missing reason has its own diagnostic, so the waived problem is not reported too. Personal data
                // stays, because it must be masked wherever it would be shown.
                if waiver.code != Code::PersonalData {
                    index.dropped.extend(covered);
                }
                continue;
            };
            let mut is_used = false;
            // A waiver of personal data covers one text only, however often it occurs.
            let mut only: Option<Vec<String>> = None;
            for at in covered {
                let diagnostic = &mut diagnostics[at];
                if diagnostic.code == Code::PersonalData {
                    let flagged = flagged_letters(diagnostic);
                    if *only.get_or_insert_with(|| flagged.clone()) != flagged {
                        continue;
                    }
                }
                is_used = true;
                diagnostic.waived.get_or_insert_with(|| reason.text().trim().to_owned());
            }
            if !is_used && !is_in_doubt(report, waiver) {
                let unused = unused(waiver, report, diagnostics, &index);
                index.add(unused.code, &unused.location.file, diagnostics.len());
                diagnostics.push(unused);
            }
        }
    }
    let mut at = 0..;
    diagnostics.retain(|_| at.next().is_none_or(|at| !index.dropped.contains(&at)));
}

/// The positions of diagnostics by what a waiver names, so that it meets only those that it may cover.
struct WaivableDiagnostics {
    /// Those of a code that are in a file, or about a file that is missing.
    places: BTreeMap<Code, BTreeMap<RelPath, Vec<usize>>>,
    /// Those that are not to be reported.
    dropped: HashSet<usize>,
}

impl WaivableDiagnostics {
    fn new(archive: &Archive, diagnostics: &[Diagnostic]) -> Self {
        let reports: HashMap<&RelPath, &Report> =
            archive.reports.iter().map(|report| (&report.file, &**report)).collect();
        let mut index = Self { places: BTreeMap::new(), dropped: HashSet::new() };
        for (at, diagnostic) in diagnostics.iter().enumerate() {
            let file = &diagnostic.location.file;
            index.add(diagnostic.code, file, at);
            if let Some(missing) = reports.get(file).and_then(|report| missing_file(report, diagnostic)) {
                index.add(diagnostic.code, &missing, at);
            }
        }
        index
    }

    fn add(&mut self, code: Code, file: &RelPath, at: usize) {
        self.places.entry(code).or_default().entry(file.clone()).or_default().push(at);
    }

    /// Those of a code in a file or about it, in order.
    fn about(&self, code: Code, file: &RelPath) -> impl Iterator<Item = usize> {
        let places = self.places.get(&code).and_then(|files| files.get(file));
        places.into_iter().flatten().copied().filter(|at| !self.dropped.contains(at))
    }

    /// The files in a folder that diagnostics of a code are in or about.
    fn files(&self, code: Code, folder: &RelPath) -> impl Iterator<Item = &RelPath> {
        let files = self.places.get(&code).into_iter().flat_map(move |files| files.range(folder.clone()..));
        files.map(|(file, _)| file).take_while(move |file| file.as_str().starts_with(folder.as_str()))
    }
}

/// Whether a diagnostic of a year will be shown, or may be covered by one of the year's waivers. If the site switches a
/// code off, there may be thousands of others.
#[must_use]
pub(crate) fn is_enabled(archive: &Archive, report: &Report, diagnostic: &Diagnostic) -> bool {
    let is_off = archive.site.severities.get(&diagnostic.code) == Some(&None);
    !is_off || report.waivers.iter().any(|waiver| waiver.code == diagnostic.code)
}

/// Gives diagnostics the severities that the site sets, and drops codes that it switches off.
pub(crate) fn set_severities(site: &SiteInfo, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.retain_mut(|diagnostic| set_severity(site, diagnostic));
}

/// Whether a waiver covers a diagnostic. A missing submission is reported at its entry in `report.yaml`, but its waiver
/// may name the missing file.
fn covers(waiver: &Waiver, report: &Report, diagnostic: &Diagnostic, texts: &dyn SourceTexts) -> bool {
    let is_its_file =
        || diagnostic.location.file == waiver.file || missing_file(report, diagnostic).as_ref() == Some(&waiver.file);
    if diagnostic.code != waiver.code || !is_its_file() {
        return false;
    }
    let Some(words) = &waiver.text else { return diagnostic.code != Code::PersonalData };
    if diagnostic.code == Code::PersonalData {
        // The waiver must quote everything that was flagged, or it could hide the next leak.
        let named = VisibleLetters::new(words);
        let flagged = flagged_letters(diagnostic);
        return !flagged.is_empty()
            && flagged.iter().all(|flagged| !flagged.is_empty() && named.text().contains(flagged.as_str()));
    }
    let text = texts.text(&diagnostic.location.file).unwrap_or_default();
    let written = diagnostic.location.span.slice(&text);
    normalize_name(written).contains(&normalize_name(words))
        || diagnostic.about.iter().any(|subject| is_named(subject, words))
}

/// Whether words name what a diagnostic is about. A figure must be the whole figure, so that `15` does not waive 150.
fn is_named(subject: &Subject, words: &str) -> bool {
    if subject.kind == SubjectKind::Figure {
        return figure(words) == figure(&subject.text);
    }
    let words = normalize_name(words);
    subject.id.iter().chain([&subject.text]).any(|name| normalize_name(name).contains(&words))
}

/// A figure without its currency, separators of thousands and empty pence: `187617` for `£187,617.00`.
fn figure(text: &str) -> String {
    let digits: String = text.chars().filter(|c| !matches!(c, '£' | ',') && !c.is_whitespace()).collect();
    digits.strip_suffix(".00").map_or(digits.clone(), str::to_owned)
}

/// The letters and digits of the words that a diagnostic flags.
fn flagged_letters(diagnostic: &Diagnostic) -> Vec<String> {
    diagnostic.flagged.iter().map(|flagged| VisibleLetters::new(&flagged.words).text().to_owned()).collect()
}

/// Whether `report.yaml` lists a board or agency whose submission is `file`.
fn is_expected(report: &Report, file: &RelPath) -> bool {
    report.submitters().any(|submitter| submission_file(report, submitter.kind, submitter.id) == *file)
}

/// The file for the submission of a board or agency.
fn submission_file(report: &Report, kind: SubmitterKind, id: &str) -> RelPath {
    report.folder.join(kind.folder()).join(&format!("{id}.md"))
}

/// The file that a diagnostic of the report says is missing.
fn missing_file(report: &Report, diagnostic: &Diagnostic) -> Option<RelPath> {
    if diagnostic.code != Code::MissingSubmission || diagnostic.location.file != report.file {
        return None;
    }
    [SubmitterKind::Board, SubmitterKind::Agency].into_iter().find_map(|kind| {
        let id = diagnostic.subject(kind.subject())?.id.as_ref()?;
        Some(submission_file(report, kind, id))
    })
}

/// Whether the waiver may still have an effect: its file, or the list with the file's owner, could not be read.
fn is_in_doubt(report: &Report, waiver: &Waiver) -> bool {
    let folder = waiver.file.below(report.folder.as_str()).and_then(|below| below.split('/').next());
    report.unreadable.contains(&waiver.file)
        || report.unreadable_lists.iter().any(|kind| {
            (folder == Some(kind.folder()) && !is_expected(report, &waiver.file))
                || waiver.code == Code::MissingSubmission
        })
}

/// Sets a diagnostic's severity; `false` if its code is switched off.
fn set_severity(site: &SiteInfo, diagnostic: &mut Diagnostic) -> bool {
    match site.severities.get(&diagnostic.code) {
        Some(None) => return false,
        Some(Some(severity)) => diagnostic.severity = *severity,
        None => {}
    }
    if diagnostic.waived.is_some() {
        diagnostic.severity = Severity::Note;
    }
    true
}

/// The warning for a waiver without effect.
fn unused(waiver: &Waiver, report: &Report, found: &[Diagnostic], index: &WaivableDiagnostics) -> Diagnostic {
    let folder = &report.folder;
    let narrowed = if waiver.text.is_some() { " with this `text`" } else { "" };
    let message = format!("this waiver has no effect: `{}` has no `{}`{narrowed}", waiver.file, waiver.code);
    let help = match from_folder(&waiver.file, folder) {
        Some(file) => format!("write `file: {file}`: the path starts from the year's folder, `{folder}`"),
        None => arrived(waiver, report)
            .or_else(|| elsewhere(waiver, report, found, index))
            .unwrap_or_else(|| format!("remove this waiver: there is no `{}` in `{folder}` any more", waiver.code)),
    };
    Diagnostic::new(Code::UnusedWaiver, waiver.location.clone(), message).help(help)
}

/// The help for the waiver of a missing submission that has come in since.
fn arrived(waiver: &Waiver, report: &Report) -> Option<String> {
    let is_there = waiver.code == Code::MissingSubmission && report.submissions().any(|sent| sent.file == waiver.file);
    let file = waiver.file.below(report.folder.as_str()).filter(|_| is_there)?;
    Some(format!("remove this waiver: `{file}` is there now"))
}

/// The help for a waiver whose code, file or text nearly matches a problem of the year.
fn elsewhere(waiver: &Waiver, report: &Report, found: &[Diagnostic], index: &WaivableDiagnostics) -> Option<String> {
    let named = waiver.file.below(report.folder.as_str())?;
    // A missing submission is reported at its entry in `report.yaml`, but is about the missing file.
    let is_about = |file: &RelPath, one: &Diagnostic| match missing_file(report, one) {
        Some(missing) => missing == *file,
        None => one.location.file == *file,
    };
    let is_open = |code: Code, file: &RelPath| {
        index.about(code, file).map(|at| &found[at]).any(|one| one.waived.is_none() && is_about(file, one))
    };
    if is_open(waiver.code, &waiver.file) {
        return Some(format!("correct `text`: that file has a `{}`, but it does not contain these words", waiver.code));
    }
    let files = index.files(waiver.code, &report.folder).filter(|file| is_open(waiver.code, file));
    let files: BTreeSet<&str> = files.filter_map(|file| file.below(report.folder.as_str())).collect();
    // The file may be given as an id only, or without its extension.
    let is_meant = |file: &&&str| {
        let stem = file.rsplit_once('.').map_or(**file, |(stem, _)| stem);
        stem == named || stem.rsplit('/').next() == Some(named)
    };
    if let Some(meant) = files.iter().find(is_meant) {
        return Some(format!("write `file: {meant}`"));
    }
    let codes = index.places.keys().filter(|code| is_open(**code, &waiver.file));
    let codes: BTreeSet<&str> = codes.map(|code| code.name()).collect();
    let listed = |names: BTreeSet<&str>| quoted_list(&names.into_iter().take(NAMED).collect::<Vec<_>>());
    if !files.is_empty() {
        return Some(format!("correct `file`: `{}` was found in {}", waiver.code, listed(files)));
    }
    (!codes.is_empty()).then(|| format!("correct `code`: that file has {}", listed(codes)))
}

/// The path that was meant, if a waiver's file is written from the site's root or begins with the year. `file` is the
/// written path below the year's folder.
fn from_folder<'a>(file: &'a RelPath, folder: &RelPath) -> Option<&'a str> {
    let written = file.as_str().strip_prefix(folder.as_str())?.strip_prefix('/')?;
    let meant = written.strip_prefix(folder.as_str()).or_else(|| written.strip_prefix(folder.name()))?;
    meant.strip_prefix('/').filter(|meant| !meant.is_empty())
}

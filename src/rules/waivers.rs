//! Applies waivers, and the severities that the site sets.

use std::collections::BTreeSet;

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
    for report in &archive.reports {
        for waiver in &report.waivers {
            let covers = |diagnostic: &Diagnostic| covers(waiver, report, diagnostic, texts);
            let Some(reason) = &waiver.reason else {
                // The missing reason has its own diagnostic, so the waived problem is not reported too. Personal data
                // stays, because it must be masked wherever it would be shown.
                diagnostics.retain(|diagnostic| diagnostic.code == Code::PersonalData || !covers(diagnostic));
                continue;
            };
            let mut is_used = false;
            // A waiver of personal data covers one text only, however often it occurs.
            let mut only: Option<Vec<String>> = None;
            for diagnostic in diagnostics.iter_mut().filter(|diagnostic| covers(diagnostic)) {
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
                diagnostics.push(unused(waiver, report, diagnostics));
            }
        }
    }
    set_severities(&archive.site, diagnostics);
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
fn unused(waiver: &Waiver, report: &Report, found: &[Diagnostic]) -> Diagnostic {
    let folder = &report.folder;
    let narrowed = if waiver.text.is_some() { " with this `text`" } else { "" };
    let message = format!("this waiver has no effect: `{}` has no `{}`{narrowed}", waiver.file, waiver.code);
    let help = match from_folder(&waiver.file, folder) {
        Some(file) => format!("write `file: {file}`: the path starts from the year's folder, `{folder}`"),
        None => arrived(waiver, report)
            .or_else(|| elsewhere(waiver, report, found))
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

/// The file that a diagnostic is about, relative to the year's folder. A missing submission is reported at its entry in
/// `report.yaml`, but is about the missing file.
fn file_of(report: &Report, diagnostic: &Diagnostic) -> Option<String> {
    let file = missing_file(report, diagnostic);
    file.as_ref().unwrap_or(&diagnostic.location.file).below(report.folder.as_str()).map(str::to_owned)
}

/// The help for a waiver whose code, file or text nearly matches a problem of the year.
fn elsewhere(waiver: &Waiver, report: &Report, found: &[Diagnostic]) -> Option<String> {
    let named = waiver.file.below(report.folder.as_str())?;
    let open = found.iter().filter(|diagnostic| diagnostic.waived.is_none());
    let open: Vec<(Code, String)> = open.filter_map(|found| Some((found.code, file_of(report, found)?))).collect();
    let here = || open.iter().filter(|(_, file)| file == named).map(|(code, _)| *code);
    if here().any(|code| code == waiver.code) {
        return Some(format!("correct `text`: that file has a `{}`, but it does not contain these words", waiver.code));
    }
    let files: BTreeSet<&str> =
        open.iter().filter(|(code, _)| *code == waiver.code).map(|(_, file)| file.as_str()).collect();
    // The file may be given as an id only, or without its extension.
    let is_meant = |file: &&&str| {
        let stem = file.rsplit_once('.').map_or(**file, |(stem, _)| stem);
        stem == named || stem.rsplit('/').next() == Some(named)
    };
    if let Some(meant) = files.iter().find(is_meant) {
        return Some(format!("write `file: {meant}`"));
    }
    let codes: BTreeSet<&str> = here().map(Code::name).collect();
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

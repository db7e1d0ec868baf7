//! Severities that the site sets, and known faults let through in the open.

use crate::diagnostic::seen::Letters;
use crate::diagnostic::{Code, Diagnostic, RelPath, Severity, Texts};
use crate::report::names::fold;
use crate::report::year::Waiver;
use crate::report::{Archive, Report, Site};

/// Sets the site's severities, lets waived diagnostics through as notes with their reason, drops what is switched
/// off, and adds a warning for each waiver that covers nothing.
pub fn apply(archive: &Archive, texts: &dyn Texts, diagnostics: &mut Vec<Diagnostic>) {
    for report in &archive.reports {
        for waiver in &report.waivers {
            let Some(reason) = &waiver.reason else {
                // That it gives no reason is the one thing to be said of it. Personal data stays flagged wherever it
                // would be shown.
                diagnostics
                    .retain(|diagnostic| diagnostic.code == Code::PersonalData || !covers(waiver, diagnostic, texts));
                continue;
            };
            let mut is_used = false;
            for diagnostic in diagnostics.iter_mut().filter(|diagnostic| covers(waiver, diagnostic, texts)) {
                is_used = true;
                diagnostic.waived.get_or_insert_with(|| reason.text().trim().to_owned());
            }
            if !is_used {
                diagnostics.push(unused(waiver, &report.folder));
            }
        }
    }
    set_severities(&archive.site, diagnostics);
}

/// Whether a diagnostic of a year will be told, or a waiver of the year may cover it: where a site switches a code off,
/// there may be thousands that are neither.
#[must_use]
pub fn is_of_use(archive: &Archive, report: &Report, diagnostic: &Diagnostic) -> bool {
    let is_off = archive.site.severities.get(&diagnostic.code) == Some(&None);
    !is_off || report.waivers.iter().any(|waiver| waiver.code == diagnostic.code)
}

/// Gives diagnostics the severities that the site sets, and drops what it switches off.
pub fn set_severities(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.retain_mut(|diagnostic| set_severity(site, diagnostic));
}

/// Whether a waiver covers a diagnostic.
fn covers(waiver: &Waiver, diagnostic: &Diagnostic, texts: &dyn Texts) -> bool {
    if diagnostic.code != waiver.code || diagnostic.place.file != waiver.file {
        return false;
    }
    let Some(words) = &waiver.text else { return diagnostic.code != Code::PersonalData };
    if diagnostic.code == Code::PersonalData {
        // The whole of what was flagged must be named, so that a waiver cannot hide the next leak.
        let named = Letters::of(words);
        let flagged = diagnostic.flagged.iter().map(|flagged| Letters::of(&flagged.words));
        return flagged.into_iter().all(|flagged| named.text().contains(flagged.text()));
    }
    let words = fold(words);
    let place = fold(diagnostic.place.span.of(texts.text(&diagnostic.place.file).unwrap_or_default()));
    place.contains(&words) || fold(&diagnostic.message).contains(&words)
}

/// Gives a diagnostic its severity; `false` where it is not to be said at all.
fn set_severity(site: &Site, diagnostic: &mut Diagnostic) -> bool {
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

/// A waiver that covers nothing, in the year whose folder is given.
fn unused(waiver: &Waiver, folder: &RelPath) -> Diagnostic {
    let narrowed = if waiver.text.is_some() { " with these words" } else { "" };
    let message = format!("this waiver covers nothing: `{}` has no `{}`{narrowed}", waiver.file, waiver.code);
    let help = match from_folder(&waiver.file, folder) {
        Some(file) => format!("`file` is relative to the year's folder, `{folder}`: write `file: {file}`"),
        None => "take it away: the fault was mended, or its code, file or text is another".to_owned(),
    };
    Diagnostic::new(Code::UnusedWaiver, waiver.place.clone(), message).help(help)
}

/// The path from the year's folder that was meant, where a waiver's file is written from the site's root or begins
/// with the year: what was written stands below the folder in `file`.
fn from_folder<'a>(file: &'a RelPath, folder: &RelPath) -> Option<&'a str> {
    let written = file.as_str().strip_prefix(folder.as_str())?.strip_prefix('/')?;
    let meant = written.strip_prefix(folder.as_str()).or_else(|| written.strip_prefix(folder.name()))?;
    meant.strip_prefix('/').filter(|meant| !meant.is_empty())
}

//! Severities that the site sets, and known faults let through in the open.

use crate::diagnostic::{Code, Diagnostic, Severity, Texts};
use crate::report::names::fold;
use crate::report::year::Waiver;
use crate::report::{Archive, Site};

/// Sets the site's severities, lets waived diagnostics through as notes with their reason, drops what is switched
/// off, and adds a warning for each waiver that covers nothing.
pub fn apply(archive: &Archive, texts: &dyn Texts, diagnostics: &mut Vec<Diagnostic>) {
    for report in &archive.reports {
        for waiver in &report.waivers {
            let mut is_used = false;
            for diagnostic in diagnostics.iter_mut().filter(|diagnostic| covers(waiver, diagnostic, texts)) {
                is_used = true;
                diagnostic.waived.get_or_insert_with(|| waiver.reason.text().trim().to_owned());
            }
            if !is_used {
                diagnostics.push(unused(waiver));
            }
        }
    }
    set_severities(&archive.site, diagnostics);
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
    let words = fold(words);
    let place = fold(diagnostic.place.span.of(texts.text(&diagnostic.place.file).unwrap_or_default()));
    if diagnostic.code == Code::PersonalData {
        // The whole of what was flagged must be named, so that a waiver cannot hide the next leak.
        return !place.is_empty() && words.contains(&place);
    }
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

/// A waiver that covers nothing.
fn unused(waiver: &Waiver) -> Diagnostic {
    let narrowed = if waiver.text.is_some() { " with these words" } else { "" };
    let message = format!("this waiver covers nothing: `{}` has no `{}`{narrowed}", waiver.file, waiver.code);
    let help = "take it away: the fault was mended, or its code, file or text is another";
    Diagnostic::new(Code::UnusedWaiver, waiver.place.clone(), message).help(help)
}

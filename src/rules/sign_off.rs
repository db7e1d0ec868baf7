//! Sign-offs of texts that have changed since.

use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SubjectKind};
use crate::model::signed_text::{name_of_report, name_of_submission};
use crate::model::{Report, SignOff};

/// `stale-sign-off` of one year.
#[must_use]
pub(crate) fn check(report: &Report) -> Vec<Diagnostic> {
    let of_submissions = report.submissions().filter(|sent| sent.has_changed_since_sign_off()).filter_map(|sent| {
        let signed = sent.signed_off.as_ref()?;
        let what = format!("the text of `{}`", sent.title);
        let found = stale(&sent.file, signed, &what, &name_of_submission(report, sent), report)?;
        Some(found.about_id(sent.kind.subject(), &sent.id, &sent.title))
    });
    let whole = report.signed_off.as_ref().filter(|signed| signed.is_stale);
    let of_report =
        whole.and_then(|signed| stale(&report.file, signed, "this report", &name_of_report(report), report));
    of_submissions.chain(of_report).collect()
}

fn stale(file: &RelPath, signed: &SignOff, what: &str, name: &str, report: &Report) -> Option<Diagnostic> {
    let text = signed.text.as_ref()?;
    let on = signed.on.map(|on| format!(" on {on}")).unwrap_or_default();
    let by = signed.by.as_deref().unwrap_or("somebody");
    let again = format!("sign it again with `annal sign {name} --year {} --by \"…\"`", report.year);
    let (message, help) = if text.value.is_comparable() {
        let message = format!("{what} has changed since {by} signed it off{on}");
        (message, format!("ask them to approve the text as it is now, then {again}"))
    } else {
        let message = format!(
            "a newer version of annal wrote that {by} signed off {what}{on}, so this one cannot tell whether it has changed"
        );
        (message, format!("update annal, or {again}"))
    };
    let mut diagnostic = Diagnostic::new(Code::StaleSignOff, Location::new(file, text.span), message).help(help);
    if let Some(on) = signed.on {
        diagnostic = diagnostic.about(SubjectKind::Date, on);
    }
    Some(diagnostic)
}

//! Checks that agreements between bodies are reviewed in time.

use jiff::civil::Date;

use super::waivers;
use crate::diagnostic::{Code, Diagnostic, Location, SubjectKind};
use crate::model::Archive;

/// `overdue-review`: agreements whose review was due before the end of their report's period, or before today if it has
/// not ended. The dates of a translation are those of its original, where they are reported.
#[must_use]
pub(crate) fn overdue(archive: &Archive, today: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for report in archive.reports().filter(|report| report.translated_into.is_none()) {
        let (Some((_, end)), Some(governance)) = (report.period, &report.data.governance) else { continue };
        let late = governance.agreements.iter().filter_map(|agreement| {
            let due = agreement.review_due.as_ref().filter(|due| due.value < end.min(today))?;
            let message = format!("the agreement `{}` was due for review by {}", agreement.name, due.value);
            let location = Location::new(&agreement.location.file, due.span);
            let help = "once it has been reviewed, set `review_due:` to the date of the next review";
            let late = Diagnostic::new(Code::OverdueReview, location, message).help(help);
            let late = late.about_id(SubjectKind::Agreement, &agreement.id, &agreement.name);
            Some(late.about(SubjectKind::Date, due.value))
        });
        found.extend(late.filter(|one| waivers::is_enabled(archive, report, one)));
    }
    found
}

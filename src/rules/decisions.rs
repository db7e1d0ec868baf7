//! Checks that decisions are carried out in time, and that the year after says what became of those that were not.

use jiff::civil::Date;

use super::waivers;
use crate::diagnostic::suggest::{did_you_mean, nearest};
use crate::diagnostic::{Code, Diagnostic, Location, SubjectKind};
use crate::model::decisions::{Decision, DecisionRecord};
use crate::model::report::PreviousYear;
use crate::model::year_data::YearFile;
use crate::model::{Archive, Report};

/// `unanswered-decision`, and answers to decisions that last year's report has not, of one year.
#[must_use]
pub(crate) fn check(archive: &Archive, report: &Report) -> Vec<Diagnostic> {
    let own = report.data.decisions.as_ref();
    let Some(before) = archive.before(report) else {
        let answers = own.iter().flat_map(|own| &own.answers);
        let unknown = answers.filter(|_| report.before == PreviousYear::Gone).map(|answer| {
            let message =
                format!("this site has no earlier year, so there is no decision `{}`", answer.reference.value);
            let location = Location::new(&file_of(report), answer.reference.span);
            Diagnostic::new(Code::UnknownId, location, message).help("remove this entry")
        });
        return unknown.collect();
    };
    let earlier = before.data.decisions.as_ref();
    if earlier.is_some_and(|earlier| !earlier.is_complete) || before.unreadable.contains(&file_of(before)) {
        return Vec::new();
    }
    let known = || earlier.iter().flat_map(|earlier| &earlier.decisions);
    let references = || known().map(|decision| decision.reference.value.as_str());
    let mut found = Vec::new();
    let mut meant = Vec::new();
    for answer in own.iter().flat_map(|own| &own.answers) {
        if references().any(|reference| reference == answer.reference.value) {
            continue;
        }
        meant.extend(nearest(&answer.reference, references()));
        let message = format!("{} has no decision `{}`", before.year, answer.reference.value);
        let help = did_you_mean(&answer.reference, references())
            .unwrap_or_else(|| format!("write the `ref` of a decision in {}", file_of(before)));
        let location = Location::new(&file_of(report), answer.reference.span);
        found.push(Diagnostic::new(Code::UnknownId, location, message).help(help));
    }
    if own.is_some_and(|own| !own.is_complete) || report.unreadable.contains(&file_of(report)) {
        return found;
    }
    let is_answered = |decision: &&Decision| {
        let reference = decision.reference.value.as_str();
        meant.contains(&reference) || own.is_some_and(|own| own.answer_to(reference).is_some())
    };
    let open = earlier.into_iter().flat_map(DecisionRecord::open);
    found.extend(open.filter(|decision| !is_answered(decision)).map(|decision| unanswered(report, before, decision)));
    found
}

/// The diagnostic for an open decision of the year before about which this report says nothing.
fn unanswered(report: &Report, before: &Report, decision: &Decision) -> Diagnostic {
    let reference = &decision.reference.value;
    let message = format!("this report does not say what became of the decision `{reference}` of {}", before.year);
    // The file may not exist yet, so the place is the report's own.
    let location = Location::whole(&report.file);
    Diagnostic::new(Code::UnansweredDecision, location, message)
        .related(decision.location.clone(), "the decision is here")
        .help(format!(
            "add `- {{decision: {reference}, outcome: in-progress}}` to `follow_up:` in {}, with the right outcome",
            file_of(report)
        ))
        .about(SubjectKind::Decision, reference)
        .about(SubjectKind::Year, &before.year)
}

/// `overdue-decision`: open decisions that were due before the end of their report's period, or before today if it has not
/// ended. The dates of a translation are those of its original, where they are reported.
#[must_use]
pub(crate) fn overdue(archive: &Archive, today: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for report in archive.reports().filter(|report| report.translated_into.is_none()) {
        let Some((_, end)) = report.period else { continue };
        let day = end.min(today);
        let open = report.data.decisions.iter().flat_map(DecisionRecord::open);
        let late = open.filter_map(|decision| {
            let due = decision.due.as_ref().filter(|due| due.value.is_before(day))?;
            let reference = &decision.reference.value;
            let message =
                format!("the decision `{reference}` was to be carried out by {}, and is still open", due.value);
            let location = Location::new(&file_of(report), due.span);
            let help = "set `state: done` or `state: closed`, or say in `note:` why it is late and waive this warning";
            let late = Diagnostic::new(Code::OverdueDecision, location, message).help(help);
            Some(late.about(SubjectKind::Decision, reference).about(SubjectKind::Date, due.value))
        });
        found.extend(late.filter(|one| waivers::is_enabled(archive, report, one)));
    }
    found
}

/// The year's file of decisions.
fn file_of(report: &Report) -> crate::diagnostic::RelPath {
    report.folder.join(YearFile::Decisions.name())
}

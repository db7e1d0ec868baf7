//! What a translation takes from its original: everything except prose.

use std::sync::Arc;

use super::report::{Page, Priority, PriorityProgress, Report};
use super::sign_off::SignOff;
use super::submission::Submission;
use super::translated_entries::TranslatedFile;
use super::translated_facts::{adopt_facts, shown_date};
use crate::diagnostic::located::counted;
use crate::diagnostic::{Code, Diagnostic, Location, Severity, Span, SubjectKind, quoted_list};
use crate::source::files::PublicationStatus;
use crate::source::yaml::Spanned;

/// Makes a translated report agree with the original in everything that readers of either may rely on: statuses,
/// evidence, ids of commitments, and follow-ups. A translation need not repeat the front matter; if it does, the
/// original's counts. What cannot be reconciled is reported.
pub(super) fn adopt(report: &mut Report, original: &Report, language: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    report.translated_into = Some(language.to_owned());
    // Neither may be seen before the other, or while the embargo of either cannot be read.
    report.embargo = report.embargo.max(original.embargo);
    report.is_preparing |= original.is_preparing;
    adopt_facts(report, original, &mut found);
    adopt_pages(&mut report.pages, &original.pages);
    adopt_priorities(report, original, &mut found);
    adopt_distribution(report, original, &mut found);
    adopt_not_applicable(report, original);
    adopt_front(report, original, &mut found);
    report.drop_submissions(|sent| {
        // Nothing can be translated of a form that nobody has filled in.
        original.submission(sent.kind, &sent.id).is_none() && !original.lost_content(sent.kind, &sent.id)
    });
    for sent in report.submissions_mut() {
        if let Some(own) = original.submission(sent.kind, &sent.id) {
            adopt_submission(sent, own, &mut found);
        }
    }
    found
}

/// Adds the priorities that a translated `report.yaml` lacks, in the original's language, and reports them.
fn adopt_priorities(report: &mut Report, original: &Report, found: &mut Vec<Diagnostic>) {
    if report.unreadable.contains(&report.file) {
        return;
    }
    for (at, priority) in original.priorities.iter().enumerate() {
        if let Some(own) = report.priorities.iter_mut().find(|own| own.id == priority.id) {
            adopt_progress(own, priority, &mut TranslatedFile { file: &report.file, found });
            continue;
        }
        let message = format!("this translation lacks the priority `{}`, so it is shown untranslated", priority.id);
        let mut lacking = Diagnostic::new(Code::BadValue, Location::whole(&report.file), message);
        lacking.severity = Severity::Warning;
        let help = format!("add `- {{id: {}, name: …}}` under `priorities:`", priority.id);
        found.push(lacking.help(help).about(SubjectKind::Priority, &priority.id));
        report.priorities.insert(at.min(report.priorities.len()), priority.clone());
    }
}

/// Gives a translation the recipients of the original, each with its own words, if both list as many. Days that it states
/// otherwise are reported.
fn adopt_distribution(report: &mut Report, original: &Report, found: &mut Vec<Diagnostic>) {
    if report.distribution.len() != original.distribution.len() {
        report.distribution.clone_from(&original.distribution);
    }
    let mut file = TranslatedFile { file: &report.file, found };
    let place = file.whole();
    for (sent, own) in report.distribution.iter_mut().zip(&original.distribution) {
        let of = |key: &str| format!("`{key}` of `{}`", sent.to);
        file.take(&mut sent.on, &own.on, |date| shown_date(*date), &of("on"), &place);
        file.take(&mut sent.considered, &own.considered, |date| shown_date(*date), &of("considered"), &place);
        sent.recipient = own.recipient;
        sent.body.clone_from(&own.body);
        sent.minute.clone_from(&own.minute);
        // Committees get a report in the site's own language.
        sent.cover = None;
    }
}

/// Gives a translation the duties that do not apply according to the original, each with its own reason if it has one.
fn adopt_not_applicable(report: &mut Report, original: &Report) {
    let own = std::mem::replace(&mut report.not_applicable, original.not_applicable.clone());
    for translated in own {
        if let Some(entry) = report.not_applicable.iter_mut().find(|entry| entry.duty == translated.duty) {
            entry.reason = translated.reason.or(entry.reason.take());
        }
    }
}

/// Gives a translated priority the original's progress, with its own text. Another state is reported.
fn adopt_progress(priority: &mut Priority, original: &Priority, file: &mut TranslatedFile<'_>) {
    if let Some((progress, own)) = priority.progress.as_mut().zip(original.progress.as_ref()) {
        let name = format!("the progress of `{}`", priority.id);
        let place = Location::new(file.file, progress.span);
        file.take(&mut progress.state, &own.state, |state| Some(state.word().to_owned()), &name, &place);
    }
    let text = priority.progress.take().and_then(|progress| progress.text);
    priority.progress =
        original.progress.clone().map(|progress| PriorityProgress { text: text.or(progress.text), ..progress });
}

/// Adds what a translated `report.yaml` lacks of the front page, in the original's language, and reports it once.
fn adopt_front(report: &mut Report, original: &Report, found: &mut Vec<Diagnostic>) {
    if report.unreadable.contains(&report.file) {
        return;
    }
    let (front, own) = (&mut report.front, &original.front);
    front.figures.clone_from(&own.figures);
    let mut lacks = Vec::new();
    if front.headline.is_none() && own.headline.is_some() {
        front.headline.clone_from(&own.headline);
        lacks.push("headline");
    }
    if front.key_messages.is_empty() && !own.key_messages.is_empty() {
        front.key_messages.clone_from(&own.key_messages);
        lacks.push("key_messages");
    }
    if front.quotations.is_empty() && !own.quotations.is_empty() {
        front.quotations.clone_from(&own.quotations);
        lacks.push("quotations");
    }
    if report.corrections.is_empty() && !original.corrections.is_empty() {
        report.corrections.clone_from(&original.corrections);
        lacks.push("corrections");
    }
    if lacks.is_empty() {
        return;
    }
    let keys = quoted_list(&lacks);
    let message = format!("this translation lacks {keys}, so the front page shows the original's words");
    let mut lacking = Diagnostic::new(Code::BadValue, Location::whole(&report.file), message);
    lacking.severity = Severity::Warning;
    found.push(lacking.help(format!("translate {keys} from `{}`", original.file)));
}

/// Does the same for pages of a year or of the site.
pub(super) fn adopt_pages(pages: &mut [Page], originals: &[Page]) {
    for page in pages {
        adopt_page(page, originals);
    }
}

fn adopt_page(page: &mut Page, originals: &[Page]) {
    let Some(own) = originals.iter().find(|own| own.file == page.file) else { return };
    if page.is_status_known {
        (page.status, page.is_status_known) = (own.status, own.is_status_known);
    }
    page.order = own.order;
    page.evidence.clone_from(&own.evidence);
    // A template that no theme has is reported at the original, so the translation's has no place.
    let template = || own.template.as_ref().map(|template| Spanned::new(template.value.clone(), Span::at(0)));
    page.template = page.template.take().or_else(template);
    page.extra = page.extra.take().or_else(|| own.extra.clone());
    page.aliases.clear();
}

fn adopt_submission(sent: &mut Submission, own: &Submission, found: &mut Vec<Diagnostic>) {
    adopt_status(sent, own);
    sent.sponsor.clone_from(&own.sponsor);
    sent.author = sent.author.take().or_else(|| own.author.clone());
    sent.submitted.clone_from(&own.submitted);
    sent.priorities.clone_from(&own.priorities);
    sent.evidence.clone_from(&own.evidence);
    sent.aliases.clear();
    adopt_commitments(sent, own, found);
    adopt_answers(sent, own, found);
}

/// Gives a translation the status of its original. Each of the two texts is signed off by itself, unless the sign-off of the
/// original is not bound to its words: then it speaks for both.
fn adopt_status(sent: &mut Submission, own: &Submission) {
    let is_signed = sent.is_status_known && sent.status == PublicationStatus::SignedOff && sent.signed_off.is_some();
    if sent.is_status_known {
        (sent.status, sent.is_status_known) = (own.status, own.is_status_known);
    }
    let is_bound = own.signed_off.as_ref().is_some_and(SignOff::is_bound);
    if sent.status == PublicationStatus::Draft {
        sent.signed_off = None;
    } else if is_signed {
        sent.status = PublicationStatus::SignedOff;
    } else if is_bound {
        sent.signed_off = None;
        sent.status = PublicationStatus::Submitted;
    } else {
        sent.signed_off.clone_from(&own.signed_off);
    }
}

/// Gives the commitments of a translation the ids and facts of the original's, each with its translated owner. They are
/// matched by position, so both texts must have the same number.
fn adopt_commitments(sent: &mut Submission, own: &Submission, found: &mut Vec<Diagnostic>) {
    let (here, there) = (sent.commitments.len(), own.commitments.len());
    // A text without the section has a diagnostic of its own.
    if here > 0 && here != there && sent.knows_commitments && own.knows_commitments {
        let message = format!("this translation lists {}; the original lists {there}", counted(here, "commitment"));
        let location = match sent.commitments.get(there) {
            Some(extra) => sent.body.linked.location(extra.span),
            None => Location::whole(&sent.file),
        };
        let help = format!("translate every item of `{}`, in the same order", own.file);
        found.push(Diagnostic::new(Code::BadValue, location, message).help(help));
    }
    for (commitment, original) in sent.commitments.iter_mut().zip(&own.commitments) {
        commitment.id = original.id.clone();
        commitment.is_carried_over = original.is_carried_over;
        let owner = commitment.facts.owner.clone();
        commitment.facts.clone_from(&original.facts);
        if owner.is_some() {
            Arc::make_mut(&mut commitment.facts).owner = owner;
        }
    }
    sent.commitments.truncate(there);
}

/// Gives a translation the follow-ups of the original, each with its translated note. Notes are matched by the
/// commitment that they name.
fn adopt_answers(sent: &mut Submission, own: &Submission, found: &mut Vec<Diagnostic>) {
    let translations = std::mem::replace(&mut sent.follow_ups, own.follow_ups.clone());
    for translated in translations {
        let mut add = |code, span, message: String, help: &str| {
            found.push(Diagnostic::new(code, Location::new(&sent.file, span), message).help(help));
        };
        let id = translated.named(own);
        let Some(answer) = sent.follow_ups.iter_mut().find(|answer| answer.named(own) == id) else {
            let message =
                format!("`{}` does not report back on the commitment `{}`", own.file, translated.written.value);
            if !own.knows_answers {
                continue;
            }
            add(Code::UnknownId, translated.written.span, message, "write the commitment's id as in the original");
            continue;
        };
        if let (Some(here), Some(there)) = (&translated.outcome, &answer.outcome)
            && here.value != there.value
        {
            let message = format!("the outcome is `{}` here, but `{}` in `{}`", here.word(), there.word(), own.file);
            add(Code::BadValue, here.span, message, "give the same outcome in both files");
        }
        if translated.note.is_some() {
            answer.note = translated.note;
        }
    }
}

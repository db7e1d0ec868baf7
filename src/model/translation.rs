//! What a translation has of its original: all that is no text.

use super::report::{Page, Report};
use super::submission::Submission;
use crate::diagnostic::{Code, Diagnostic, Location, Severity};

/// Makes a translated report agree with the original in everything that readers of either may rely on: how far a
/// text is and what it is evidence for, commitments' ids, and what became of last year's. Front matter need not be
/// repeated in a translation, and where it is, the original's holds. What cannot be brought together is told.
pub(super) fn adopt(report: &mut Report, original: &Report) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // Neither may be seen before the other, nor while either cannot be read.
    report.embargo = report.embargo.max(original.embargo);
    adopt_pages(&mut report.pages, &original.pages);
    adopt_priorities(report, original, &mut found);
    for sent in report.submissions_mut() {
        if let Some(own) = original.submission(sent.kind, &sent.id) {
            adopt_submission(sent, own, &mut found);
        }
    }
    found
}

/// Takes over the priorities that a translated `report.yaml` lacks, in the original's language, and says so.
fn adopt_priorities(report: &mut Report, original: &Report, found: &mut Vec<Diagnostic>) {
    if report.unreadable.contains(&report.file) {
        return;
    }
    for (at, priority) in original.priorities.iter().enumerate() {
        if report.priority(&priority.id).is_some() {
            continue;
        }
        let message = format!("this translation lacks the priority `{}`, so it is shown untranslated", priority.id);
        let mut lacking = Diagnostic::new(Code::BadValue, Location::whole(&report.file), message);
        lacking.severity = Severity::Warning;
        found.push(lacking.help(format!("add `- {{id: {}, name: …}}` under `priorities:`", priority.id)));
        report.priorities.insert(at.min(report.priorities.len()), priority.clone());
    }
}

/// The same for pages, of a year or of the site.
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
    page.aliases.clear();
}

fn adopt_submission(sent: &mut Submission, own: &Submission, found: &mut Vec<Diagnostic>) {
    if sent.is_status_known {
        (sent.status, sent.is_status_known) = (own.status, own.is_status_known);
    }
    sent.sponsor.clone_from(&own.sponsor);
    sent.author = sent.author.take().or_else(|| own.author.clone());
    sent.submitted.clone_from(&own.submitted);
    sent.signed_off.clone_from(&own.signed_off);
    sent.priorities.clone_from(&own.priorities);
    sent.evidence.clone_from(&own.evidence);
    sent.aliases.clear();
    adopt_commitments(sent, own, found);
    adopt_answers(sent, own, found);
}

/// Gives the commitments of a translation the ids of the original's: the first of the one text is the first of the
/// other, so that there must be as many.
fn adopt_commitments(sent: &mut Submission, own: &Submission, found: &mut Vec<Diagnostic>) {
    let (here, there) = (sent.commitments.len(), own.commitments.len());
    // A text without the section is told to lack that.
    if here > 0 && here != there && sent.knows_commitments && own.knows_commitments {
        let commitments = if here == 1 { "commitment" } else { "commitments" };
        let message = format!("this translation lists {here} {commitments}; the original lists {there}");
        let location = match sent.commitments.get(there) {
            Some(surplus) => sent.body.location(surplus.span),
            None => Location::whole(&sent.file),
        };
        let help = format!("translate every item of `{}`, in the same order", own.file);
        found.push(Diagnostic::new(Code::BadValue, location, message).help(help));
    }
    for (commitment, original) in sent.commitments.iter_mut().zip(&own.commitments) {
        commitment.id = original.id.clone();
    }
    sent.commitments.truncate(there);
}

/// Gives a translation the original's answers for last year's commitments, each with its translated note, which is
/// found by the commitment that both name.
fn adopt_answers(sent: &mut Submission, own: &Submission, found: &mut Vec<Diagnostic>) {
    let told = std::mem::replace(&mut sent.follow_ups, own.follow_ups.clone());
    for translated in told {
        let mut tell = |code, span, message: String, help: &str| {
            found.push(Diagnostic::new(code, Location::new(&sent.file, span), message).help(help));
        };
        let id = translated.named(&own.id);
        let Some(answer) = sent.follow_ups.iter_mut().find(|answer| answer.named(&own.id) == id) else {
            let message = format!("`{}` has no answer for `{}`", own.file, translated.written.value);
            if !own.knows_answers {
                continue;
            }
            tell(Code::UnknownId, translated.written.span, message, "name the commitment as the original does");
            continue;
        };
        if let (Some(here), Some(there)) = (&translated.outcome, &answer.outcome)
            && here.value != there.value
        {
            let message = format!("this is `{}` here, and `{}` in `{}`", here.word(), there.word(), own.file);
            tell(Code::BadValue, here.span, message, "let both say what became of it");
        }
        if translated.note.is_some() {
            answer.note = translated.note;
        }
    }
}

//! What a translation has of its original: all that is no text.

use super::Archive;
use super::submission::Submission;
use super::year::Page;

impl Archive {
    /// Makes a translated site agree with the original in everything that readers of either may rely on: how far a
    /// text is and what it is evidence for, commitments' ids, and what became of last year's. Front matter need not be
    /// repeated in a translation, and where it is, the original's holds.
    pub fn adopt(&mut self, original: &Self) {
        for page in &mut self.pages {
            adopt_page(page, &original.pages);
        }
        for report in &mut self.reports {
            let Some(own) = original.reports.iter().find(|own| own.year == report.year) else { continue };
            for page in &mut report.pages {
                adopt_page(page, &own.pages);
            }
            let boards = report.boards.iter_mut().filter_map(|board| board.submission.as_mut());
            let agencies = report.agencies.iter_mut().filter_map(|agency| agency.submission.as_mut());
            for sent in boards.chain(agencies) {
                if let Some(own) = own.submission(sent.kind, &sent.id) {
                    adopt_submission(sent, own);
                }
            }
        }
    }
}

fn adopt_page(page: &mut Page, originals: &[Page]) {
    let Some(own) = originals.iter().find(|own| own.file == page.file) else { return };
    page.status = own.status;
    page.order = own.order;
    page.evidence.clone_from(&own.evidence);
    page.aliases.clear();
}

fn adopt_submission(sent: &mut Submission, own: &Submission) {
    sent.status = own.status;
    sent.sponsor.clone_from(&own.sponsor);
    sent.author = sent.author.take().or_else(|| own.author.clone());
    sent.submitted.clone_from(&own.submitted);
    sent.signed_off.clone_from(&own.signed_off);
    sent.priorities.clone_from(&own.priorities);
    sent.evidence.clone_from(&own.evidence);
    sent.aliases.clear();
    // A commitment is the same in every language: the first of the one text is the first of the other.
    for (commitment, original) in sent.commitments.iter_mut().zip(&own.commitments) {
        commitment.id = original.id.clone();
    }
    let mut told = std::mem::take(&mut sent.follow_ups).into_iter();
    sent.follow_ups.clone_from(&own.follow_ups);
    for answer in &mut sent.follow_ups {
        if let Some(note) = told.next().and_then(|translated| translated.note) {
            answer.note = Some(note);
        }
    }
}

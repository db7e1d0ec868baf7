//! Reviews, their findings, and what was done about them.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Location, RelPath, WithDiagnostics};
use crate::source::files::{FindingEntry, ReviewEntry, ReviewKind, ReviewStatus, ReviewsFile};
use crate::source::markdown::Markdown;
use crate::source::yaml::Prose;

/// The contents of `reviews.yaml`.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReviewRecord {
    pub reviews: Vec<Review>,
    /// The statement that there was no safeguarding adults review.
    pub none: Option<Markdown>,
    /// Learning from all reviews together.
    pub learning: Vec<Markdown>,
    /// Whether the whole file could be read. If not, nothing counts as missing from it.
    pub is_complete: bool,
}

/// A review.
#[derive(Clone, Debug)]
pub(crate) struct Review {
    pub id: String,
    pub kind: ReviewKind,
    /// Whether it has concluded.
    pub status: ReviewStatus,
    /// The web address where it is published.
    pub published: Option<String>,
    pub findings: Vec<ReviewFinding>,
    /// The place of its entry.
    pub location: Location,
}

/// A finding of a review, and what was done about it.
#[derive(Clone, Debug)]
pub(crate) struct ReviewFinding {
    pub finding: Markdown,
    /// What was or will be done.
    pub action: Option<Markdown>,
    /// Why nothing will be done.
    pub declined: Option<Markdown>,
}

/// The name of a review for readers: its id in words, each with a capital, and abbreviations such as SAR in capitals.
#[must_use]
pub(crate) fn name(id: &str) -> String {
    let word = |word: &str| {
        let is_abbreviation = |kind: &&&str| kind.bytes().all(|byte| byte.is_ascii_uppercase());
        let kind = ReviewKind::WORDS.iter().filter(is_abbreviation).find(|kind| kind.eq_ignore_ascii_case(word));
        kind.map_or_else(|| crate::model::ids::in_words(word), |kind| (*kind).to_owned())
    };
    id.split('-').map(word).collect::<Vec<_>>().join(" ")
}

/// The fragment of a review on the page of reviews.
#[must_use]
pub(crate) fn anchor(id: &str) -> String {
    format!("review-{id}")
}

/// Assembles `reviews.yaml`. A review whose kind or status could not be read has been reported, and is left out.
#[must_use]
pub(crate) fn assemble(file: &RelPath, written: &ReviewsFile) -> WithDiagnostics<ReviewRecord> {
    let mut reading = ReviewsAssembler { file, diagnostics: Vec::new() };
    let mut taken = HashMap::new();
    let mut reviews = Vec::new();
    for entry in written.reviews.iter().flatten() {
        if let Some(id) = &entry.id
            && let Some(first) = taken.insert(id.as_str(), id.span)
        {
            let (location, first) = (Location::new(file, id.span), Location::new(file, first));
            reading.diagnostics.push(Diagnostic::duplicate_id(location, first, id.as_str(), "review"));
        }
        reviews.extend(reading.review(entry));
    }
    let learning = written.learning.iter().flatten().filter_map(|text| reading.prose(Some(text))).collect();
    let none = reading.none(written, &reviews);
    let is_complete = !written.has_errors && reviews.len() == written.reviews.iter().flatten().count();
    WithDiagnostics::new(ReviewRecord { reviews, none, learning, is_complete }, reading.diagnostics)
}

/// Assembles the entries of `reviews.yaml` and collects diagnostics.
struct ReviewsAssembler<'a> {
    file: &'a RelPath,
    diagnostics: Vec<Diagnostic>,
}

impl ReviewsAssembler<'_> {
    fn prose(&mut self, written: Option<&Prose>) -> Option<Markdown> {
        written.map(|prose| Markdown::of_prose(self.file, prose).emit_into(&mut self.diagnostics))
    }

    fn review(&mut self, entry: &ReviewEntry) -> Option<Review> {
        let status = entry.status.as_ref().map(|status| status.value);
        let kind = entry.kind.as_ref().map(|kind| kind.value);
        let owed = match (kind, status) {
            (Some(ReviewKind::Scrutiny), _) => Some("of the independent scrutineer"),
            (_, Some(ReviewStatus::Concluded)) => Some("of a concluded review"),
            _ => None,
        };
        let findings = entry.findings.iter().flatten().filter_map(|finding| self.finding(finding, owed)).collect();
        Some(Review {
            id: entry.id.as_ref()?.to_string(),
            kind: kind?,
            status: status?,
            published: entry.published.as_ref().map(|url| url.value.0.clone()),
            findings,
            location: Location::new(self.file, entry.span),
        })
    }

    /// The statement that there was no safeguarding adults review. It may not contradict the list.
    fn none(&mut self, written: &ReviewsFile, reviews: &[Review]) -> Option<Markdown> {
        let written = written.none.as_ref()?;
        if let Some(review) = reviews.iter().find(|review| review.kind == ReviewKind::Sar) {
            let message =
                format!("`none` says that there was no safeguarding adults review, but `{}` is one", review.id);
            let contradiction = Diagnostic::new(Code::BadValue, Location::new(self.file, written.span), message);
            let help = "remove `none:`, or correct the `kind` of the review";
            self.diagnostics.push(contradiction.related(review.location.clone(), "this review").help(help));
        }
        self.prose(Some(written))
    }

    /// Assembles a finding. If whose it is is given, it must say what was done about it.
    fn finding(&mut self, entry: &FindingEntry, owed: Option<&str>) -> Option<ReviewFinding> {
        if let Some(whose) = owed
            && !entry.has_errors
            && entry.action.is_none()
            && entry.declined.is_none()
        {
            let message = format!("this finding {whose} has neither `action` nor `declined`");
            let missing = Diagnostic::new(Code::MissingKey, Location::new(self.file, entry.span), message);
            let help = "add `action:` with what was or will be done, or `declined:` with why it will not be";
            self.diagnostics.push(missing.help(help));
        }
        let (action, declined) = (self.prose(entry.action.as_ref()), self.prose(entry.declined.as_ref()));
        Some(ReviewFinding { finding: self.prose(entry.finding.as_ref())?, action, declined })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{LineIndex, Span};
    use crate::source::yaml::read_document;

    fn check(text: &str) -> String {
        let file = RelPath::new("reviews.yaml");
        let mut diagnostics = Vec::new();
        let written: ReviewsFile = read_document(&file, text, Span::new(0, text.len())).emit_into(&mut diagnostics);
        let reviews = assemble(&file, &written).emit_into(&mut diagnostics);
        let lines = LineIndex::new(text);
        let shown = reviews.reviews.iter().map(|review| format!("{} {}", review.id, review.findings.len()));
        let reported = diagnostics.iter().map(|d| {
            let position = lines.position(d.location.span.start);
            format!("{} {}:{}: {}", d.code, position.line, position.column, d.message)
        });
        shown.chain(reported).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn findings_of_concluded_reviews_need_an_outcome() {
        let head = "reviews:\n  - id: a\n    kind: SAR\n    status: concluded\n    findings:\n";
        assert_eq!(
            check(&format!("{head}      - {{finding: x, action: y}}\n      - {{finding: x, declined: y}}\n")),
            "a 2"
        );
        let reported = "missing-key 6:9: this finding of a concluded review has neither `action` nor `declined`";
        assert_eq!(check(&format!("{head}      - finding: x\n")), format!("a 1\n{reported}"));
        assert_eq!(check(&format!("{head}      - finding: x\n        action:\n")), format!("a 1\n{reported}"));
        assert_eq!(check(&format!("{head}      - {{finding: x, actoin: y}}\n")).lines().count(), 2, "reported once");
        assert_eq!(check(&format!("{}      - finding: x\n", head.replace("concluded", "ongoing"))), "a 1");
    }

    #[test]
    fn repeated_ids_are_reported() {
        let review = |id| format!("  - {{id: {id}, kind: DHR, status: ongoing}}\n");
        assert_eq!(
            check(&format!("reviews:\n{}{}", review("a"), review("a"))),
            "a 0\na 0\nduplicate-id 3:10: a second review has the id `a`"
        );
    }
}

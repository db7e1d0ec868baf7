//! What a letter asks its reader to put right.
//!
//! The people who get a letter have never seen the editor's files. So a letter does not quote the message or help of a
//! diagnostic. Instead, this module decides for each code what to ask them, if anything.

use super::submissions::SubmissionRow;
use crate::diagnostic::{Code, Severity, SourceTexts, SubjectKind};
use crate::locale::Locale;
use crate::model::Report;
use crate::preview::problems::Problem;
use crate::source::SourceTree;
use crate::source::files::Outcome;
use crate::source::markdown::link_target::is_on_a_computer;
use crate::source::one_line::one_line;

/// The most characters that a letter quotes from a text.
const MOST_QUOTED: usize = 80;

/// The corrections that only the sender of a submission can make, each in one or two sentences.
pub(super) fn asked(report: &Report, row: &SubmissionRow<'_>, tree: &SourceTree, words: &Locale) -> Vec<String> {
    let mut asked: Vec<String> = Vec::new();
    for problem in row.problems.iter().filter(|problem| problem.severity == Severity::Error && problem.waived.is_none())
    {
        for sentence in ask(problem, report, row, tree, words) {
            if !asked.contains(&sentence) {
                asked.push(sentence);
            }
        }
    }
    asked
}

/// What to ask the sender about a problem. Empty if only the editor can do something about it.
pub(super) fn ask(
    problem: &Problem,
    report: &Report,
    row: &SubmissionRow<'_>,
    tree: &SourceTree,
    words: &Locale,
) -> Vec<String> {
    let quote = quoted(problem.location.span.slice(&tree.text(&problem.location.file).unwrap_or_default()));
    let one = |key| vec![words.say(key, &[("quote", &quote)])];
    match problem.code {
        Code::MissingSection => missing(problem, words),
        Code::EmptySection => one("letter.ask-empty-section"),
        Code::DuplicateSection => one("letter.ask-duplicate-section"),
        Code::OverLength => match report.word_limit {
            Some(limit) => vec![words.count("letter.ask-over-limit", limit as usize)],
            None => one("letter.ask-over-length"),
        },
        Code::BrokenImage if quote.rsplit_once("](").is_some_and(|(_, address)| is_on_a_computer(address)) => {
            one("letter.ask-picture")
        }
        Code::DroppedWithoutReason => dropped(row, words),
        Code::UnsafeLink => one("letter.ask-link"),
        Code::RemoteImage => one("letter.ask-remote-image"),
        Code::MissingAltText => one("letter.ask-alt-text"),
        Code::UndefinedAcronym => one("letter.ask-acronym"),
        Code::PersonalData => one("letter.ask-personal-data"),
        Code::SmallCount => one("letter.ask-small-count"),
        Code::Placeholder => one("letter.ask-placeholder"),
        // These are for the editor: how files are written and stored, or decisions that the sender cannot make.
        Code::StrayFile
        | Code::OverdueDecision
        | Code::UnansweredDecision
        | Code::OverdueReview
        | Code::MissingFile
        | Code::UnreadableFile
        | Code::TooLarge
        | Code::BadDocument
        | Code::StalePdf
        | Code::UncheckedDocument
        | Code::DocumentMetadata
        | Code::BadPicture
        | Code::LargePicture
        | Code::UnsafePicture
        | Code::PictureMetadata
        | Code::BadYaml
        | Code::MissingFrontMatter
        | Code::UnclosedFrontMatter
        | Code::UnknownKey
        | Code::DuplicateKey
        | Code::MissingKey
        | Code::WrongType
        | Code::BadValue
        | Code::LowContrast
        | Code::UnknownId
        | Code::DuplicateId
        | Code::DuplicateAddress
        | Code::MissingSubmission
        | Code::UnexpectedSubmission
        | Code::LateSubmission
        | Code::StaleSignOff
        | Code::UnknownCommitment
        | Code::OverdueCommitment
        | Code::UnansweredCommitment
        | Code::RawHtml
        | Code::BrokenLink
        | Code::BadChart
        | Code::HeadingJump
        | Code::TypedList
        | Code::TypedTable
        | Code::EmailText
        | Code::ExtraTitle
        | Code::BrokenImage
        | Code::BadCsv
        | Code::MissingColumn
        | Code::UnknownColumn
        | Code::BadCell
        | Code::DuplicateRow
        | Code::MixedSigns
        | Code::TotalMismatch
        | Code::RestatedFigure
        | Code::BlankCell
        | Code::UnmatchedName
        | Code::UndecidedLead
        | Code::ConflictingTerm
        | Code::StarterText
        | Code::UnusedTerm
        | Code::UncoveredDuty
        | Code::UnusedWaiver
        | Code::TemplateError
        | Code::UnknownTheme
        | Code::ThemeCycle
        | Code::BadStyleSheet
        | Code::BrokenAsset
        | Code::BlockedContent
        | Code::NewerAnnalNeeded
        | Code::OutdatedCopy
        | Code::UnusedOverride
        | Code::MissingText => Vec::new(),
    }
}

/// Asks for a missing part. If the problem has a label, a line has the words of the heading but not its form: the part
/// was sent, and the editor only has to make that line a heading.
fn missing(problem: &Problem, words: &Locale) -> Vec<String> {
    let section = problem.about.iter().find(|about| about.kind == SubjectKind::Section && problem.label.is_none());
    section.map(|section| words.say("letter.ask-missing-section", &[("title", &section.text)])).into_iter().collect()
}

/// Asks why commitments were dropped, if the submission does not say. Commitments that were never made are for the
/// editor to look into.
fn dropped(row: &SubmissionRow<'_>, words: &Locale) -> Vec<String> {
    let answers = row.submission().into_iter().flat_map(|sent| &sent.follow_ups);
    let unexplained = answers.filter(|answer| {
        let is_dropped = answer.outcome.as_ref().is_some_and(|outcome| outcome.value == Outcome::Dropped);
        is_dropped && answer.note.as_ref().is_none_or(|note| note.text().trim().is_empty())
    });
    let asked = unexplained.filter_map(|answer| {
        let id = answer.named(row.submission()?);
        let made = row.earlier?.commitments.iter().find(|made| made.id == id)?;
        Some(words.say("letter.ask-dropped", &[("commitment", &made.text)]))
    });
    asked.collect()
}

/// A quotation for a letter: the first line with text, without Markdown characters and where links lead, and not too
/// long.
fn quoted(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let line = line.split("](").next().unwrap_or_default();
    let plain: String = line.chars().filter(|c| !matches!(c, '#' | '*' | '_' | '`' | '[' | ']' | '<' | '>')).collect();
    let plain = one_line(&plain);
    match plain.char_indices().nth(MOST_QUOTED) {
        Some((end, _)) => format!("“{} …”", plain[..end].trim_end()),
        None => format!("“{plain}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_short_and_plain() {
        assert_eq!(quoted("\n## What *next*?\nMore"), "“What next?”");
        assert_eq!(quoted("[Our plan](C:\\Users\\jo\\plan.docx)"), "“Our plan”");
        assert!(quoted(&"long ".repeat(99)).chars().count() < MOST_QUOTED + 5);
    }
}

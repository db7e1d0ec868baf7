//! Letters from an editor to boards and agencies, ready to copy: to those that have sent nothing, whose text has
//! problems that only they can correct, or that have not reported back on last year's commitments.
//!
//! The people who get a letter have never seen the editor's files. So a letter does not quote the message or help of a
//! diagnostic. Instead, this module decides for each code what to ask them, if anything.

use std::fmt::Write;

use super::submissions::{SubmissionRow, SubmissionsTable};
use crate::diagnostic::located::counted;
use crate::diagnostic::{Code, SourceTexts, SubjectKind};
use crate::model::Report;
use crate::model::sections::SectionRules;
use crate::preview::problems::Problem;
use crate::source::SourceTree;
use crate::source::files::{Outcome, PublicationStatus};

/// The most characters that a letter quotes from a text.
const MOST_QUOTED: usize = 80;

/// A letter to a board or agency.
pub(crate) struct Reminder {
    /// The reason for the letter, in a few words.
    pub why: String,
    /// The letter, with its subject in the first line.
    pub text: String,
}

/// The letter to a board or agency. `None` if there is nothing to ask for.
pub(crate) fn letter(
    report: &Report,
    matrix: &SubmissionsTable<'_>,
    row: &SubmissionRow<'_>,
    tree: &SourceTree,
) -> Option<Reminder> {
    let title = if report.title.is_empty() { "the annual report" } else { &report.title };
    let name = row.progress.name;
    let mut why = Vec::new();
    let mut text = format!("Subject: {title}: {name}\n\nDear colleagues,\n\n");
    match row.submission() {
        None if row.progress.is_unreadable => {
            why.push("could not be read".to_owned());
            _ = writeln!(
                text,
                "Thank you for {} submission to “{title}”. We could not read it. Please send it again.",
                possessive(name)
            );
        }
        // A waiver says that they do not have to send anything this year.
        None if row.is_let_through() => return None,
        None => {
            why.push("not received".to_owned());
            _ = write!(text, "We have not yet received {} submission to “{title}”.", possessive(name));
            if let Some(due) = report.due {
                let was = if row.progress.is_late { "was" } else { "is" };
                _ = write!(text, " It {was} due on {}.", due.strftime("%-d %B %Y"));
            }
            text.push_str("\n\nA page or two will do. Please write under these headings:\n\n");
            for (_, heading) in report.rules_of(row.progress.kind).into_iter().flat_map(SectionRules::required) {
                _ = writeln!(text, "- {heading}");
            }
        }
        Some(sent) => {
            _ = writeln!(text, "Thank you for {} submission to “{title}”.", possessive(name));
            let asked = asked(report, row, tree);
            if !asked.is_empty() {
                why.push(counted(asked.len(), "question"));
                text.push_str("\nBefore we can publish it, we need your help with the following:\n\n");
                for (i, one) in asked.iter().enumerate() {
                    _ = writeln!(text, "{}. {one}", i + 1);
                }
            }
            if sent.status == PublicationStatus::Draft && row.progress.is_late {
                why.push("still a draft".to_owned());
                text.push_str(
                    "\nWhat we have is a draft. Please let us know when it is final, or send the final text.\n",
                );
            }
        }
    }
    if !row.unanswered.is_empty() {
        let commitments = counted(row.unanswered.len(), "commitment");
        why.push(format!("no update on {commitments}"));
        let made = matrix.before.map_or_else(|| "last year".to_owned(), |year| format!("in {year}"));
        let please = if row.unanswered.len() == 1 { "Please" } else { "For each one, please" };
        _ = writeln!(
            text,
            "\nWe have no update yet on {commitments} made {made}. {please} tell us whether it has been delivered, is \
             in progress, has not started or has been dropped. If it has been dropped, please say why.\n"
        );
        for commitment in &row.unanswered {
            _ = writeln!(text, "- {}", commitment.text);
        }
    }
    text.push_str("\nThank you.\n");
    (!why.is_empty()).then(|| Reminder { why: why.join(", "), text })
}

/// The possessive form of a name: `Northmere Council’s`, `Northmere Hospitals’`.
fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}’") } else { format!("{name}’s") }
}

/// The corrections that only the sender of a submission can make, each in one or two sentences.
fn asked(report: &Report, row: &SubmissionRow<'_>, tree: &SourceTree) -> Vec<String> {
    let mut asked: Vec<String> = Vec::new();
    for problem in row.problems.iter().filter(|problem| problem.severity == "error" && problem.waived.is_none()) {
        let Ok(code) = problem.code.parse::<Code>() else { continue };
        for sentence in ask(code, problem, report, row, tree) {
            if !asked.contains(&sentence) {
                asked.push(sentence);
            }
        }
    }
    asked
}

/// What to ask the sender about a problem. Empty if only the editor can do something about it.
fn ask(code: Code, problem: &Problem, report: &Report, row: &SubmissionRow<'_>, tree: &SourceTree) -> Vec<String> {
    let quote = || quoted(tree.text(&problem.location.file).map_or("", |text| problem.location.span.slice(text)));
    let one = |sentence: &str| vec![sentence.to_owned()];
    match code {
        Code::MissingSection => missing(problem),
        Code::EmptySection => {
            vec![format!("There is no text under the heading {}. Please send us that part.", quote())]
        }
        Code::DuplicateSection => {
            vec![format!("The heading {} appears twice. Please send us one text for it.", quote())]
        }
        Code::OverLength => match report.word_limit {
            Some(limit) => vec![format!("The text is longer than {limit} words. Please shorten it.")],
            None => one("The text is too long. Please shorten it."),
        },
        Code::DroppedWithoutReason => dropped(row),
        Code::UnsafeLink if quote().starts_with("“!") => {
            one("A picture is missing. Please send us the picture itself.")
        }
        Code::UnsafeLink => {
            vec![format!("We cannot publish this link: {}. Please send the full web address.", quote())]
        }
        Code::RemoteImage => one("A picture is on another website. Please send us the picture itself."),
        Code::MissingAltText => one("Please say in a sentence what the picture shows, for people who cannot see it."),
        Code::UndefinedAcronym => vec![format!("Please tell us what {} is short for.", quote())],
        Code::PersonalData => one(
            "Readers may be able to recognise someone from the text, or it may give private contact details. Please \
             check it for people’s names, initials, dates of birth, phone numbers and addresses, and send it to us \
             again without them.",
        ),
        Code::SmallCount => vec![format!(
            "A number is so small that readers could recognise someone: {}. Please write “fewer than five”, or leave \
             it out.",
            quote()
        )],
        Code::Placeholder => vec![format!("Please replace {} with your own words.", quote())],
        // These are for the editor: how files are written and stored, or decisions that the sender cannot make.
        Code::StrayFile
        | Code::MissingFile
        | Code::UnreadableFile
        | Code::TooLarge
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
        | Code::UnknownId
        | Code::DuplicateId
        | Code::DuplicateAddress
        | Code::MissingSubmission
        | Code::UnexpectedSubmission
        | Code::LateSubmission
        | Code::UnknownCommitment
        | Code::UnansweredCommitment
        | Code::RawHtml
        | Code::BrokenLink
        | Code::BadChart
        | Code::HeadingJump
        | Code::BadCsv
        | Code::MissingColumn
        | Code::UnknownColumn
        | Code::BadCell
        | Code::DuplicateRow
        | Code::MixedSigns
        | Code::TotalMismatch
        | Code::BlankCell
        | Code::UnmatchedName
        | Code::UndecidedLead
        | Code::ConflictingTerm
        | Code::UnusedTerm
        | Code::UncoveredDuty
        | Code::UnusedWaiver
        | Code::TemplateError
        | Code::UnknownTheme
        | Code::ThemeCycle => Vec::new(),
    }
}

/// Asks for a missing part. If the problem has a label, a line has the words of the heading but not its form: the part
/// was sent, and the editor only has to make that line a heading.
fn missing(problem: &Problem) -> Vec<String> {
    let section = problem.about.iter().find(|about| about.kind == SubjectKind::Section && problem.label.is_none());
    section.map(|section| format!("Please send us a part headed “{}”.", section.text)).into_iter().collect()
}

/// Asks why commitments were dropped, if the submission does not say. Commitments that were never made are for the
/// editor to look into.
fn dropped(row: &SubmissionRow<'_>) -> Vec<String> {
    let answers = row.submission().into_iter().flat_map(|sent| &sent.follow_ups);
    let unexplained = answers.filter(|answer| {
        let is_dropped = answer.outcome.as_ref().is_some_and(|outcome| outcome.value == Outcome::Dropped);
        is_dropped && answer.note.as_ref().is_none_or(|note| note.text().trim().is_empty())
    });
    let asked = unexplained.filter_map(|answer| {
        let id = answer.named(row.submission()?);
        let made = row.earlier?.commitments.iter().find(|made| made.id == id)?;
        Some(format!("Please say why this commitment was dropped: “{}”", made.text))
    });
    asked.collect()
}

/// A quotation for a letter: the first line with text, without Markdown characters, and not too long.
fn quoted(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let plain: String = line.chars().filter(|c| !matches!(c, '#' | '*' | '_' | '`' | '[' | ']' | '<' | '>')).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    match plain.char_indices().nth(MOST_QUOTED) {
        Some((end, _)) => format!("“{} …”", plain[..end].trim_end()),
        None => format!("“{plain}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::DiagnosticList;
    use crate::options::Options;
    use crate::output::OutputTree;
    use crate::pipeline;
    use crate::preview::problems::from_list;

    /// The letters for the newer of two years, each with its reason.
    fn letters(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let roster = "boards: [{id: risk, name: Risk Board}]\nagencies: [{id: police, name: Northshire Police}, {id: trust, name: Northshire Hospitals}]\n";
        let year = |year: i16| {
            let period = format!("period: {{from: {year}-04-01, to: {}-03-31}}", year + 1);
            format!("title: Annual report\n{period}\ndue: {}-07-01\n{roster}", year + 1)
        };
        let reports = [year(2022), year(2023)];
        let site = [
            ("content/site.yaml", "title: S\nbase_url: https://s.example.org\n"),
            ("content/2022-23/report.yaml", reports[0].as_str()),
            ("content/2023-24/report.yaml", reports[1].as_str()),
        ];
        let tree = SourceTree::from_texts(site.into_iter().chain(files.iter().copied()));
        let today = jiff::civil::date(2024, 8, 1);
        let checked = pipeline::check(&tree, Vec::new(), &Options::new(today));
        let shown = from_list(&DiagnosticList::new(checked.diagnostics.clone(), &tree, 1), &OutputTree::default());
        let report = checked.value.reports.last().unwrap();
        let matrix = SubmissionsTable::new(&checked.value, report, (&checked.diagnostics, &shown), today);
        let letters = matrix.rows.iter().filter_map(|row| letter(report, &matrix, row, &tree));
        letters.map(|letter| (letter.why, letter.text)).collect()
    }

    const GOOD: &str = "## What we did\n\n- Much.\n\n## What next?\n\n- Train all officers.\n- Hire two nurses.\n";

    #[test]
    fn letters_only_mention_what_their_readers_know() {
        let bad = "---\nauhtor: x\nfollow_up:\n  - {commitment: hire-two-nurses, outcome: dropped}\n---\n\
            # Title\n\n## What we did\n\nSee <b>x</b> and ![](../media/a.png). Write to jo.bloggs@police.example.\n";
        let letters = letters(&[
            ("content/2022-23/agencies/police.md", GOOD),
            ("content/2023-24/agencies/police.md", bad),
            ("content/2023-24/boards/risk.md", GOOD),
        ]);
        let [(why, police), (_, trust)] = letters.as_slice() else { panic!("{letters:?}") };
        assert_eq!(why, "4 questions, no update on 1 commitment");
        assert_eq!(police.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count(), 4, "{police}");
        for part in [
            "Thank you for Northshire Police’s submission to “Annual report”.",
            "Please send us a part headed “What will we do next?”.",
            "Please say why this commitment was dropped: “Hire two nurses.”",
            "Please say in a sentence what the picture shows",
            "We have no update yet on 1 commitment made in 2022-23. Please tell us whether it has been delivered,",
            "- Train all officers.",
        ] {
            assert!(police.contains(part), "{part}: {police}");
        }
        assert!(trust.contains(
            "We have not yet received Northshire Hospitals’ submission to “Annual report”. It was due on 1 July 2024."
        ));
        for letter in [police, trust] {
            let lower = letter.to_lowercase();
            for word in ["`", "yaml", "waive", "line ", "front matter", "auhtor", "bloggs", "##", ".md"] {
                assert!(!lower.contains(word), "{word}: {letter}");
            }
        }
    }

    #[test]
    fn missing_updates_alone_get_a_letter_too() {
        let letters = letters(&[
            ("content/2022-23/boards/risk.md", GOOD),
            ("content/2022-23/agencies/police.md", GOOD),
            ("content/2023-24/boards/risk.md", GOOD),
            (
                "content/2023-24/agencies/police.md",
                &format!(
                    "---\nfollow_up: [{{commitment: train-all-officers, outcome: delivered}}, {{commitment: hire-two-nurses, outcome: not-started}}]\n---\n{GOOD}"
                ),
            ),
            ("content/2023-24/agencies/trust.md", &format!("---\nstatus: draft\n---\n{GOOD}")),
        ]);
        let [(owing, risk), (draft, trust)] = letters.as_slice() else { panic!("{letters:?}") };
        assert_eq!((owing.as_str(), draft.as_str()), ("no update on 2 commitments", "still a draft"));
        assert_eq!(
            risk,
            "Subject: Annual report: Risk Board\n\nDear colleagues,\n\n\
             Thank you for Risk Board’s submission to “Annual report”.\n\n\
             We have no update yet on 2 commitments made in 2022-23. For each one, please tell us whether it has been \
             delivered, is in progress, has not started or has been dropped. If it has been dropped, please say why.\n\n\
             - Train all officers.\n- Hire two nurses.\n\nThank you.\n"
        );
        assert!(trust.contains("What we have is a draft."), "{trust}");
    }

    #[test]
    fn a_follow_up_without_an_outcome_does_not_count() {
        let blank = format!("---\nfollow_up:\n  - commitment: train-all-officers\n    outcome:\n---\n{GOOD}");
        let letters = letters(&[
            ("content/2022-23/boards/risk.md", GOOD),
            ("content/2023-24/boards/risk.md", &blank),
            ("content/2023-24/agencies/police.md", GOOD),
            ("content/2023-24/agencies/trust.md", GOOD),
        ]);
        assert_eq!(letters.iter().map(|(why, _)| why.as_str()).collect::<Vec<_>>(), ["no update on 2 commitments"]);
    }

    #[test]
    fn nobody_is_asked_for_what_is_there_or_waived() {
        let done = "## What we did\n\n- Much.\n\n";
        for heading in ["**What next?**", "# What next?", "### What next?", "1. What next?", "What next?"] {
            let text = format!("{done}{heading}\n\nWe will train all officers.\n");
            let good = [("content/2023-24/boards/risk.md", GOOD), ("content/2023-24/agencies/trust.md", GOOD)];
            let letters = letters(&[good[0], good[1], ("content/2023-24/agencies/police.md", &text)]);
            assert!(letters.is_empty(), "{heading}: {letters:?}");
        }
        let unknown = format!("---\nfollow_up:\n  - {{commitment: buy-a-boat, outcome: dropped}}\n---\n{GOOD}");
        let report = "title: Annual report\nperiod: {from: 2023-04-01, to: 2024-03-31}\nboards: []\n\
            agencies: [{id: police, name: Northshire Police}, {id: trust, name: Northshire Hospitals}]\n\
            waivers: [{code: missing-submission, file: agencies/trust.md, reason: It closed.}]\n";
        let letters = letters(&[
            ("content/2022-23/agencies/trust.md", GOOD),
            ("content/2023-24/report.yaml", report),
            ("content/2023-24/agencies/police.md", &unknown),
        ]);
        assert!(letters.is_empty(), "{letters:?}");
    }

    #[test]
    fn quotations_are_short_and_plain() {
        assert_eq!(quoted("\n## What *next*?\nMore"), "“What next?”");
        assert!(quoted(&"long ".repeat(99)).chars().count() < MOST_QUOTED + 5);
    }
}

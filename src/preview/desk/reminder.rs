//! Letters from an editor to boards and agencies, ready to copy: to those that have sent nothing, whose text has
//! problems that only they can correct, or that have not reported back on last year's commitments.
//!
//! The people who get a letter have never seen the editor's files. So a letter does not quote the message or help of a
//! diagnostic. Instead, this module decides for each code what to ask them, if anything.

use std::fmt::Write;

use super::submissions::{SubmissionRow, SubmissionsTable};
use crate::diagnostic::{Code, Severity, SourceTexts, SubjectKind, percent_encoded};
use crate::locale::Locale;
use crate::model::Report;
use crate::model::sections::SectionRules;
use crate::preview::problems::Problem;
use crate::source::SourceTree;
use crate::source::files::{Outcome, PublicationStatus};
use crate::source::markdown::link_target::is_on_a_computer;

/// The most characters that a letter quotes from a text.
const MOST_QUOTED: usize = 80;

/// A letter to a board or agency.
pub(crate) struct Reminder {
    /// The reason for the letter, in a few words.
    pub why: String,
    subject: String,
    body: String,
}

impl Reminder {
    /// The letter as it is copied, with its subject in the first line.
    #[must_use]
    pub(crate) fn text(&self, words: &Locale) -> String {
        format!("{}\n\n{}", words.say("letter.subject", &[("subject", &self.subject)]), self.body)
    }

    /// The address that opens the letter to `contact` in a mail program: `name@example.org`, or with a name before it
    /// as in `Sam Carter <sam@example.org>`. `None` if that is no email address.
    #[must_use]
    pub(crate) fn mail_to(&self, contact: &str) -> Option<String> {
        let address = match contact.split_once('<') {
            Some((_, rest)) => rest.trim_end().strip_suffix('>')?,
            None => contact,
        };
        let (name, host) = address.trim().split_once('@')?;
        let is_plain = |part: &str| !part.is_empty() && !part.contains(['@', ' ', '?', '&', '#', '<', '>']);
        (is_plain(name) && is_plain(host)).then(|| {
            let (subject, body) = (percent_encoded(&self.subject), percent_encoded(&self.body.replace('\n', "\r\n")));
            format!("mailto:{}@{}?subject={subject}&body={body}", percent_encoded(name), percent_encoded(host))
        })
    }
}

/// The letter to a board or agency. `None` if there is nothing to ask for.
pub(crate) fn letter(
    report: &Report,
    matrix: &SubmissionsTable<'_>,
    row: &SubmissionRow<'_>,
    tree: &SourceTree,
    words: &Locale,
) -> Option<Reminder> {
    let title = if report.title.is_empty() { words.text("letter.report") } else { &report.title };
    let name = row.progress.name;
    let owner = words.say(if name.ends_with('s') { "letter.owner-s" } else { "letter.owner" }, &[("name", name)]);
    let say = |key| words.say(key, &[("report", title), ("name", name), ("owner", &owner)]);
    let mut why = Vec::new();
    let mut text = format!("{}\n\n", say("letter.greeting"));
    match row.submission().filter(|sent| sent.says_anything()) {
        None if row.progress.is_unreadable => {
            why.push(words.text("letter.why-unreadable").to_owned());
            _ = writeln!(text, "{} {}", say("letter.thanks"), say("letter.unreadable"));
        }
        // A waiver says that they do not have to send anything this year.
        None if row.is_let_through() => return None,
        None => {
            why.push(words.text("letter.why-missing").to_owned());
            if row.progress.is_late {
                _ = write!(text, "{} ", say("letter.reminder"));
            }
            text.push_str(&say("letter.not-received"));
            if let Some(due) = report.due {
                let key = if row.progress.is_late { "letter.was-due" } else { "letter.is-due" };
                _ = write!(text, " {}", words.say(key, &[("date", &words.date(due))]));
            }
            _ = write!(text, "\n\n{}\n\n", say("letter.headings"));
            for (_, heading) in report.rules_of(row.progress.kind).into_iter().flat_map(SectionRules::required) {
                _ = writeln!(text, "- {heading}");
            }
        }
        Some(sent) => {
            _ = writeln!(text, "{}", say("letter.thanks"));
            let asked = asked(report, row, tree, words);
            if !asked.is_empty() {
                why.push(words.count("letter.why-questions", asked.len()));
                _ = write!(text, "\n{}\n\n", say("letter.questions"));
                for (i, one) in asked.iter().enumerate() {
                    _ = writeln!(text, "{}. {one}", i + 1);
                }
            }
            if sent.status == PublicationStatus::Draft && row.progress.is_late {
                why.push(words.text("letter.why-draft").to_owned());
                _ = write!(text, "\n{}\n", say("letter.draft"));
            }
        }
    }
    if !row.unanswered.is_empty() {
        let commitments = words.count("commitments_count", row.unanswered.len());
        let when = match matrix.before {
            Some(year) => words.say("letter.in-year", &[("year", year.as_str())]),
            None => words.text("letter.last-year").to_owned(),
        };
        why.push(words.say("letter.why-no-update", &[("commitments", &commitments)]));
        let no_update = words.say("letter.no-update", &[("commitments", &commitments), ("when", &when)]);
        _ = write!(text, "\n{no_update} {}\n\n", words.count("letter.tell-us", row.unanswered.len()));
        for commitment in &row.unanswered {
            _ = writeln!(text, "- {}", commitment.text);
        }
    }
    _ = write!(text, "\n{}\n", say("letter.close"));
    (!why.is_empty()).then(|| Reminder { why: why.join(", "), subject: format!("{title}: {name}"), body: text })
}

/// The corrections that only the sender of a submission can make, each in one or two sentences.
fn asked(report: &Report, row: &SubmissionRow<'_>, tree: &SourceTree, words: &Locale) -> Vec<String> {
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
fn ask(problem: &Problem, report: &Report, row: &SubmissionRow<'_>, tree: &SourceTree, words: &Locale) -> Vec<String> {
    let quote = quoted(tree.text(&problem.location.file).map_or("", |text| problem.location.span.slice(text)));
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
        | Code::LowContrast
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
        | Code::ThemeCycle => Vec::new(),
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
    use crate::pipeline::{self, BuildCache};
    use crate::preview::problems::from_list;
    use crate::render::theme::site_locale;

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
        let checked = pipeline::check(&tree, &Options::new(today), &mut BuildCache::none());
        let shown = from_list(&DiagnosticList::new(checked.diagnostics.clone(), &tree, 1), &OutputTree::default());
        let report = checked.value.reports.last().unwrap();
        let matrix = SubmissionsTable::new(&checked.value, report, (&checked.diagnostics, &shown), today);
        let words = site_locale(&tree, &checked.value.site);
        let letters = matrix.rows.iter().filter_map(|row| letter(report, &matrix, row, &tree, &words));
        letters.map(|letter| (letter.why.clone(), letter.text(&words))).collect()
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
            "This is a reminder. We have not yet received Northshire Hospitals’ submission to “Annual report”. It was due on \
             1 July 2024."
        ));
        for letter in [police, trust] {
            let lower = letter.to_lowercase();
            for word in ["`", "yaml", "waive", "line ", "front matter", "auhtor", "bloggs", "##", ".md"] {
                assert!(!lower.contains(word), "{word}: {letter}");
            }
        }
    }

    #[test]
    fn nobody_is_thanked_for_an_empty_form() {
        let form = "---\nstatus: draft\nfollow_up:\n  - commitment: train-all-officers\n    outcome:\n    note:\n---\n\
            %% A note.\n\n## What have we done?\n\n## What will we do next?\n";
        let letters = letters(&[
            ("content/2022-23/agencies/police.md", GOOD),
            ("content/2023-24/boards/risk.md", GOOD),
            ("content/2023-24/agencies/police.md", form),
            ("content/2023-24/agencies/trust.md", GOOD),
        ]);
        let [(why, police)] = letters.as_slice() else { panic!("{letters:?}") };
        assert_eq!(why, "not received, no update on 2 commitments");
        assert_eq!(
            police,
            "Subject: Annual report: Northshire Police\n\nDear colleagues,\n\n\
             This is a reminder. We have not yet received Northshire Police’s submission to “Annual report”. It was due \
             on 1 July 2024.\n\nA page or two will do. Please write under these headings:\n\n\
             - What have we done?\n- What will we do next?\n\n\
             We have no update yet on 2 commitments made in 2022-23. For each one, please tell us whether it has been \
             delivered, is in progress, has not started or has been dropped. If it has been dropped, please say why.\n\n\
             - Train all officers.\n- Hire two nurses.\n\nThank you.\n"
        );
    }

    #[test]
    fn nobody_is_thanked_for_an_empty_file() {
        let letters = letters(&[
            ("content/2023-24/boards/risk.md", GOOD),
            ("content/2023-24/agencies/police.md", ""),
            ("content/2023-24/agencies/trust.md", GOOD),
        ]);
        let [(why, police)] = letters.as_slice() else { panic!("{letters:?}") };
        assert_eq!(why, "not received");
        assert!(police.contains("We have not yet received"), "{police}");
    }

    #[test]
    fn a_letter_opens_in_the_mail_program() {
        let letter = Reminder { why: String::new(), subject: "A & B".to_owned(), body: "Dear all,\nHi?".to_owned() };
        let opened = "mailto:sam@example.org?subject=A%20%26%20B&body=Dear%20all%2C%0D%0AHi%3F";
        for contact in ["sam@example.org", " Sam Carter <sam@example.org> "] {
            assert_eq!(letter.mail_to(contact).as_deref(), Some(opened));
        }
        for contact in ["", "Sam Carter", "a@b@c", "a@b?cc=d@e", "<a@b> x", "javascript:x"] {
            assert_eq!(letter.mail_to(contact), None, "{contact}");
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
        assert_eq!(quoted("[Our plan](C:\\Users\\jo\\plan.docx)"), "“Our plan”");
        assert!(quoted(&"long ".repeat(99)).chars().count() < MOST_QUOTED + 5);
    }
}

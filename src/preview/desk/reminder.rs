//! Letters from an editor to boards and agencies, ready to copy or send: to those that have sent nothing, whose text has
//! problems that only they can correct, or that have not reported back on last year's commitments.
//!
//! They are written for people who have never seen a file of the site, or heard of annal.

use std::fmt::Write;

use jiff::civil::Date;

use super::asks::asked;
use super::submissions::{SubmissionRow, SubmissionsTable};
use crate::diagnostic::percent_encoded;
use crate::diagnostic::redact::Redactions;
use crate::edit::chase_log::ChaseReason;
use crate::locale::Locale;
use crate::model::Report;
use crate::model::sections::SectionRules;
use crate::source::SourceTree;
use crate::source::files::PublicationStatus;

/// A letter to a board or agency.
pub(crate) struct Reminder {
    /// What it asks for, each in a few words.
    pub reasons: Vec<(ChaseReason, String)>,
    subject: String,
    body: String,
}

/// What letters depend on besides the row of their reader.
#[derive(Clone, Copy)]
pub(crate) struct LetterContext<'a> {
    pub report: &'a Report,
    pub table: &'a SubmissionsTable<'a>,
    pub tree: &'a SourceTree,
    /// Where submissions are to be sent, if the site says so.
    pub return_to: Option<&'a str>,
    pub today: Date,
    pub words: &'a Locale,
}

impl Reminder {
    /// The reason for the letter, in a few words.
    #[must_use]
    pub(crate) fn why(&self) -> String {
        self.reasons.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The same letter with flagged words masked, also where it is written in an address.
    #[must_use]
    pub(crate) fn hiding(mut self, flagged: &Redactions) -> Self {
        self.subject = flagged.hide(&self.subject).into_owned();
        self.body = flagged.hide(&self.body).into_owned();
        self
    }

    /// Its paragraphs and lists, without the greeting and the closing words.
    #[must_use]
    pub(crate) fn paragraphs(&self) -> Vec<String> {
        let all: Vec<&str> = self.body.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).collect();
        let inner = all.get(1..all.len().saturating_sub(1)).unwrap_or_default();
        inner.iter().map(|paragraph| (*paragraph).to_owned()).collect()
    }

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

/// The letter to a board or agency, which was last written to on the day `last`. `None` if there is nothing to ask for.
pub(crate) fn letter(context: LetterContext<'_>, row: &SubmissionRow<'_>, last: Option<Date>) -> Option<Reminder> {
    let LetterContext { report, words, .. } = context;
    let title = if report.title.is_empty() { words.text("letter.report") } else { &report.title };
    let name = row.progress.name;
    let owner = words.say(if name.ends_with('s') { "letter.owner-s" } else { "letter.owner" }, &[("name", name)]);
    let say = |key| words.say(key, &[("report", title), ("name", name), ("owner", &owner)]);
    let mut reasons = Vec::new();
    let mut text = format!("{}\n\n", say("letter.greeting"));
    if let Some(last) = last {
        _ = write!(text, "{} ", words.say("letter.reminder-of", &[("date", &words.date(last))]));
    }
    match row.submission().filter(|sent| sent.says_anything()) {
        None if row.progress.is_unreadable => {
            reasons.push((ChaseReason::Unreadable, words.text("letter.why-unreadable").to_owned()));
            _ = writeln!(text, "{} {}", say("letter.thanks"), say("letter.unreadable"));
        }
        // A waiver says that they do not have to send anything this year.
        None if row.is_let_through() => return None,
        None => {
            reasons.push((ChaseReason::Submission, words.text("letter.why-missing").to_owned()));
            if row.progress.is_late && last.is_none() {
                _ = write!(text, "{} ", say("letter.reminder"));
            }
            text.push_str(&say("letter.not-received"));
            if let Some(due) = report.due {
                let key = if row.progress.is_late { "letter.was-due" } else { "letter.is-due" };
                _ = write!(text, " {}", words.say(key, &[("date", &words.date(due))]));
            }
            if let Some(address) = context.return_to {
                _ = write!(text, " {}", words.say("letter.return-to", &[("address", address)]));
            }
            _ = write!(text, "\n\n{}\n\n", say("letter.headings"));
            for (_, heading) in report.rules_of(row.progress.kind).into_iter().flat_map(SectionRules::required) {
                _ = writeln!(text, "- {heading}");
            }
        }
        Some(sent) => {
            _ = writeln!(text, "{}", say("letter.thanks"));
            let asked = asked(report, row, context.tree, words);
            if !asked.is_empty() {
                reasons.push((ChaseReason::Questions, words.count("letter.why-questions", asked.len())));
                _ = write!(text, "\n{}\n\n", say("letter.questions"));
                for (i, one) in asked.iter().enumerate() {
                    _ = writeln!(text, "{}. {one}", i + 1);
                }
            }
            if sent.status == PublicationStatus::Draft && row.progress.is_late {
                reasons.push((ChaseReason::FinalText, words.text("letter.why-draft").to_owned()));
                _ = write!(text, "\n{}\n", say("letter.draft"));
            }
        }
    }
    if !row.unanswered.is_empty() {
        let (reason, paragraph) = no_update(context, row);
        reasons.push((ChaseReason::Commitments, reason));
        text.push_str(&paragraph);
    }
    // Nobody is given a day that has passed, and the letter to those who have sent nothing has it above.
    if let Some(due) = report.due.filter(|due| *due > context.today && row.progress.is_received()) {
        _ = write!(text, "\n{}\n", words.say("letter.reply-by", &[("date", &words.date(due))]));
    }
    _ = write!(text, "\n{}\n", say("letter.close"));
    (!reasons.is_empty()).then(|| Reminder { reasons, subject: format!("{title}: {name}"), body: text })
}

/// Asks what became of last year's commitments, in their own words: the reason in short, and the paragraph.
fn no_update(context: LetterContext<'_>, row: &SubmissionRow<'_>) -> (String, String) {
    let LetterContext { table, words, .. } = context;
    let commitments = words.count("commitments_count", row.unanswered.len());
    let when = match table.before {
        Some(year) => words.say("letter.in-year", &[("year", year.as_str())]),
        None => words.text("letter.last-year").to_owned(),
    };
    let asks = words.say("letter.no-update", &[("commitments", &commitments), ("when", &when)]);
    let mut text = format!("\n{asks} {}\n\n", words.count("letter.tell-us", row.unanswered.len()));
    for commitment in &row.unanswered {
        _ = writeln!(text, "- {}", commitment.text);
    }
    (words.say("letter.why-no-update", &[("commitments", &commitments)]), text)
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::diagnostic::{Code, Diagnostic, DiagnosticList, Location, RelPath, Severity, Span, SubjectKind};
    use crate::options::Options;
    use crate::output::OutputTree;
    use crate::pipeline;
    use crate::preview::problems::from_list;
    use crate::render::theme::site_locale;
    use crate::source::disk::read_tree;

    /// The letters for the newer of two years, each with its reason.
    fn letters(files: &[(&str, &str)]) -> Vec<(String, String)> {
        letters_on("2024-08-01", None, files)
    }

    /// The same on another day, after earlier letters on the day `last`.
    fn letters_on(today: &str, last: Option<Date>, files: &[(&str, &str)]) -> Vec<(String, String)> {
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
        letters_in(&tree, today.parse().unwrap(), last)
    }

    /// The letters for the newest year of a site, each with its reason.
    fn letters_in(tree: &SourceTree, today: Date, last: Option<Date>) -> Vec<(String, String)> {
        let read = pipeline::read(tree, &Options::new(today));
        let shown = from_list(&DiagnosticList::new(read.diagnostics.clone(), tree, 1), &OutputTree::default());
        let Some(report) = read.value.reports.last() else { return Vec::new() };
        let table = SubmissionsTable::new(&read.value, report, (&read.diagnostics, &shown), today);
        let words = site_locale(tree, &read.value.site);
        let return_to = read.value.site.return_to.as_deref();
        let context = LetterContext { report, table: &table, tree, return_to, today, words: &words };
        let letters = table.rows.iter().filter_map(|row| letter(context, row, last));
        letters.map(|letter| (letter.why(), letter.text(&words))).collect()
    }

    /// The files of a folder of this repository.
    fn tree_of(folder: &Path) -> SourceTree {
        read_tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap()
    }

    #[test]
    fn no_letter_of_any_test_site_has_a_word_that_its_reader_does_not_know() {
        let folders = |parent: &Path| -> Vec<PathBuf> {
            let all =
                walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(parent)).min_depth(1).max_depth(1);
            all.into_iter().map(|entry| entry.unwrap().into_path()).filter(|path| path.is_dir()).collect()
        };
        let base = tree_of(Path::new("tests/cases/_base"));
        // Letters are about submissions.
        let is_asked = |(_, case): &(PathBuf, SourceTree)| {
            case.files.keys().any(|file| file.as_str().contains("/agencies/") || file.as_str().contains("/boards/"))
        };
        let all = folders(Path::new("tests/cases")).into_iter().flat_map(|code| folders(&code));
        let cases = all.map(|case| (case.clone(), tree_of(&case))).filter(is_asked).map(|(case, own)| {
            let mut tree = base.clone();
            tree.files.extend(own.files);
            (case, tree)
        });
        let sites = folders(Path::new("tests/sites")).into_iter().chain([PathBuf::new()]);
        let sites = sites.map(|site| (site.clone(), tree_of(&site)));
        let mut read = 0;
        for (site, tree) in cases.chain(sites) {
            for (_, letter) in letters_in(&tree, jiff::civil::date(2026, 7, 2), None) {
                read += 1;
                let own: Vec<&str> = letter.lines().filter(|line| !line.contains(['“', '‘'])).collect();
                let own = own.join("\n").to_lowercase();
                let names = Code::ALL.iter().map(|code| code.name());
                let known = [".yaml", "yaml", ".md", ".csv", "content/", "`", "annal check"];
                for word in names.chain(known) {
                    assert!(!own.contains(word), "{}: {word}: {letter}", site.display());
                }
                let words: Vec<&str> = own.split_whitespace().collect();
                let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
                let is_place = |pair: &[&str]| matches!(pair[0], "line" | "column") && is_number(pair[1]);
                assert!(!words.windows(2).any(is_place), "{}: {letter}", site.display());
            }
        }
        assert!(read > 20, "{read} letters");
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
    fn no_letter_quotes_a_diagnostic_whatever_its_code() {
        let file = "content/2023-24/agencies/police.md";
        let report = "title: Annual report\nperiod: {from: 2023-04-01, to: 2024-03-31}\nboards: []\n\
            agencies: [{id: police, name: Northshire Police}]\n";
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: S\nbase_url: https://s.example.org\n"),
            ("content/2023-24/report.yaml", report),
            (
                file,
                "---\nstatus: submitted\n---\n## What we did\n\n[Much](../media/a.png) was done.\n\n## What next?\n\n- More.\n",
            ),
        ]);
        let today = jiff::civil::date(2024, 8, 1);
        let checked = pipeline::read(&tree, &Options::new(today));
        let words = site_locale(&tree, &checked.value.site);
        let report = checked.value.reports.last().unwrap();
        let mut asked = 0;
        for code in Code::ALL {
            let location = Location::new(&RelPath::new(file), Span::new(45, 66));
            let mut found = Diagnostic::new(*code, location, "in `report.yaml:7`, run `annal fix`")
                .help("edit content/2023-24/report.yaml")
                .about(SubjectKind::Section, "What next?");
            found.severity = Severity::Error;
            let shown = from_list(&DiagnosticList::new(vec![found], &tree, 1), &OutputTree::default());
            let table = SubmissionsTable::new(&checked.value, report, (&[], &shown), today);
            let context = LetterContext { report, table: &table, tree: &tree, return_to: None, today, words: &words };
            let Some(letter) = letter(context, &table.rows[0], None) else { continue };
            asked += 1;
            let text = letter.text(&words);
            for word in ["yaml", code.name(), "`", "annal ", "content/", "media/", ".md", "line 7", "7", "front matter"]
            {
                let is_plain_word = !code.name().contains('-') && word == code.name();
                assert!(is_plain_word || !text.contains(word), "{word}: {text}");
            }
        }
        assert!(asked > 8, "{asked} codes lead to a letter");
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
    fn later_letters_mention_the_last_one_and_the_day() {
        let last = Some(jiff::civil::date(2024, 6, 3));
        let sent = "---\nstatus: submitted\n---\n## What we did\n\n- Much.\n";
        let letters = letters_on(
            "2024-06-10",
            last,
            &[("content/2023-24/boards/risk.md", GOOD), ("content/2023-24/agencies/police.md", sent)],
        );
        let police = &letters.iter().find(|(_, text)| text.contains("Police")).unwrap().1;
        let trust = &letters.iter().find(|(_, text)| text.contains("Hospitals")).unwrap().1;
        assert!(police.contains("We last wrote to you about this on 3 June 2024. Thank you for"), "{police}");
        assert!(police.contains("Please reply by 1 July 2024.\n\nThank you."), "{police}");
        assert!(trust.contains("We last wrote to you about this on 3 June 2024. We have not yet received"), "{trust}");
        assert!(trust.contains("It is due on 1 July 2024.") && !trust.contains("reply by"), "{trust}");
    }

    #[test]
    fn a_letter_opens_in_the_mail_program() {
        let letter = Reminder { reasons: Vec::new(), subject: "A & B".to_owned(), body: "Dear all,\nHi?".to_owned() };
        let opened = "mailto:sam@example.org?subject=A%20%26%20B&body=Dear%20all%2C%0D%0AHi%3F";
        for contact in ["sam@example.org", " Sam Carter <sam@example.org> "] {
            assert_eq!(letter.mail_to(contact).as_deref(), Some(opened));
        }
        let flagged =
            Diagnostic::new(Code::PersonalData, Location::whole(&RelPath::new("a.md")), "").flagging("Dear all");
        let hidden = letter.hiding(&Redactions::from_diagnostics(&[flagged]));
        assert!(!hidden.mail_to("sam@example.org").unwrap().contains("Dear%20all"));
        let letter = hidden;
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
}

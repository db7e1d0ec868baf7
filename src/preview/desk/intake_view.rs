//! Shows what a document that was dropped or pasted would become: its text, what was left out, the problems in it, and the
//! difference to what is there.

use serde::Serialize;

use super::fix_view::{ChangedLine, lines_of};
use super::problem_list::ListedProblem;
use super::templates::{INTAKE, PageTemplates};
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{RelPath, SourceTexts};
use crate::document::sheet::SheetNote;
use crate::document::{LeftOut, LeftOutKind};
use crate::edit::difference::changed_lines;
use crate::intake::sheet::{SheetIntake, SheetRefusal};
use crate::intake::{Intake, IntakeRefusal, OwnerError, Versions, shortened};
use crate::locale::Locale;
use crate::model::Report;
use crate::model::year_data::YearFile;
use crate::preview::problems::Problem;
use crate::source::SourceTree;

/// What would be written for a file, as far as it can be.
pub(crate) struct IntakePage<'a> {
    pub report: &'a Report,
    /// The documents in it by name.
    pub documents: Vec<(&'a str, Result<&'a Intake, &'a IntakeRefusal>)>,
    /// The spreadsheets in it by name.
    pub sheets: Vec<(&'a str, Result<&'a [SheetIntake], &'a SheetRefusal>)>,
    /// What an email has besides.
    pub left_out: &'a [LeftOut],
    /// The site as it is, and as it would be.
    pub trees: (&'a SourceTree, &'a SourceTree),
    /// The problems in what would be written.
    pub problems: &'a [Problem],
    /// The hash of what would be written; `None` if there is nothing to write.
    pub shown: Option<String>,
}

/// What the page shows.
#[derive(Serialize)]
struct IntakeView<'a> {
    items: Vec<IntakeItem<'a>>,
    /// What an email has besides.
    left_out: Vec<LeftOutGroup>,
    shown: Option<&'a str>,
}

/// A document or table.
#[derive(Serialize)]
struct IntakeItem<'a> {
    /// The name of its file.
    file: String,
    /// Whose it is, or which table; empty if that is not known.
    name: String,
    /// What became of it, in a sentence.
    message: String,
    /// Whether nothing is written.
    is_refused: bool,
    /// The text as it would be.
    text: Option<String>,
    /// How the text that is there would change.
    difference: Vec<ChangedLine>,
    /// What an editor has changed since the text was last taken in.
    edits: Vec<ChangedLine>,
    left_out: Vec<LeftOutGroup>,
    problems: Vec<ListedProblem<'a>>,
    /// The question that its user has to answer first: the parameter, its words, and the choices.
    question: Option<IntakeQuestion>,
    /// Whether what is there can be replaced.
    can_replace: bool,
}

/// A question about a document.
#[derive(Serialize)]
struct IntakeQuestion {
    parameter: &'static str,
    label: String,
    choices: Vec<IntakeChoice>,
}

/// A possible reply to a question.
#[derive(Serialize)]
struct IntakeChoice {
    value: String,
    name: String,
}

/// What was left out for one reason.
#[derive(Serialize)]
struct LeftOutGroup {
    why: String,
    entries: Vec<String>,
}

impl<'a> IntakeItem<'a> {
    fn new(file: &str, words: &Locale) -> Self {
        Self {
            file: if file.is_empty() { words.text("desk.pasted").to_owned() } else { file.to_owned() },
            name: String::new(),
            message: String::new(),
            is_refused: false,
            text: None,
            difference: Vec::new(),
            edits: Vec::new(),
            left_out: Vec::new(),
            problems: Vec::new(),
            question: None,
            can_replace: false,
        }
    }

    /// Shows the file at `path` as it would be.
    fn showing(mut self, path: &RelPath, page: &IntakePage<'a>, words: &Locale) -> Self {
        let (old, new) = page.trees;
        let text = new.text(path).unwrap_or_default();
        match old.text(path) {
            Some(before) => {
                words.text("desk.take-in-changes").clone_into(&mut self.message);
                self.difference = lines_of(&changed_lines(&before, &text));
            }
            None => words.text("desk.take-in-new").clone_into(&mut self.message),
        }
        self.text = Some(text.to_string());
        let here = page.problems.iter().filter(|problem| problem.location.file == *path);
        self.problems = here.map(|problem| ListedProblem::new(problem).without_links()).collect();
        self
    }

    fn refused(mut self, message: String) -> Self {
        (self.message, self.is_refused) = (message, true);
        self
    }

    fn of_document(
        file: &str,
        taken: Result<&'a Intake, &'a IntakeRefusal>,
        page: &IntakePage<'a>,
        words: &Locale,
    ) -> Self {
        let mut item = Self::new(file, words);
        let intake = match taken {
            Ok(intake) => intake,
            Err(refusal) => return item.of_refusal(refusal, page.report, words),
        };
        item.name.clone_from(&intake.owner.name);
        item.left_out = left_out_groups(&intake.left_out, words);
        if intake.files.is_empty() {
            words.text("desk.take-in-same").clone_into(&mut item.message);
            return item;
        }
        item.showing(&intake.path, page, words)
    }

    fn of_refusal(mut self, refusal: &IntakeRefusal, report: &Report, words: &Locale) -> Self {
        match refusal {
            IntakeRefusal::Owner(error) => {
                let choice = |path: String, name: &str| IntakeChoice { value: path, name: name.to_owned() };
                let choices = match error {
                    OwnerError::Several(owners) => owners.iter().map(|one| choice(one.path(), &one.name)).collect(),
                    OwnerError::Nobody | OwnerError::Unknown(..) => {
                        let all = report.submitters();
                        all.map(|one| choice(format!("{}/{}", one.kind.folder(), one.id), one.name)).collect()
                    }
                };
                let label = words.text("desk.take-in-whose").to_owned();
                self.question = Some(IntakeQuestion { parameter: "as", label, choices });
                self.refused(words.text("desk.take-in-nobody").to_owned())
            }
            IntakeRefusal::Edited(versions) => {
                let Versions { taken_in, now, document, .. } = &**versions;
                self.edits = taken_in.as_deref().map(|known| lines_of(&changed_lines(known, now))).unwrap_or_default();
                self.difference = lines_of(&changed_lines(now, document));
                self.can_replace = true;
                let key = if taken_in.is_some() { "desk.take-in-edited" } else { "desk.take-in-written" };
                self.refused(words.text(key).to_owned())
            }
            IntakeRefusal::Document(error) => {
                let message = words.say("desk.take-in-unread", &[("file", &self.file), ("reason", &error.to_string())]);
                self.refused(message)
            }
            IntakeRefusal::Empty => self.refused(words.text("desk.take-in-empty").to_owned()),
            IntakeRefusal::NotFilledIn => self.refused(words.text("desk.take-in-blank").to_owned()),
            IntakeRefusal::OtherYear(year) => {
                let choices = vec![IntakeChoice { value: year.to_string(), name: year.to_string() }];
                let label = words.text("desk.take-in-which-year").to_owned();
                self.question = Some(IntakeQuestion { parameter: "year", label, choices });
                self.refused(words.say("desk.take-in-other-year", &[("year", year.as_str())]))
            }
            IntakeRefusal::OtherForm(owners) => {
                let (of_form, said) = &**owners;
                let choices = vec![IntakeChoice { value: of_form.path(), name: of_form.name.clone() }];
                let label = words.text("desk.take-in-whose").to_owned();
                self.question = Some(IntakeQuestion { parameter: "as", label, choices });
                self.refused(words.say("desk.take-in-other-form", &[("name", &of_form.name), ("other", &said.name)]))
            }
            IntakeRefusal::Two(owners) => {
                let (first, second) = &**owners;
                self.refused(words.say("desk.take-in-two", &[("name", &first.name), ("other", &second.name)]))
            }
            IntakeRefusal::AnotherDocument(first, owner) => {
                self.refused(words.say("desk.take-in-another", &[("name", &owner.name), ("other", first)]))
            }
            // The last two are reported where spreadsheets and writing are.
            IntakeRefusal::Unreadable(_) | IntakeRefusal::Sheet(_) | IntakeRefusal::NotWritten(..) => {
                self.refused(words.text("desk.take-in-unreadable").to_owned())
            }
        }
    }

    fn of_table(file: &str, table: &SheetIntake, page: &IntakePage<'a>, words: &Locale) -> Self {
        let mut item = Self::new(file, words);
        table.path.name().clone_into(&mut item.name);
        item.left_out = sheet_groups(&table.notes, words);
        if table.is_known {
            words.text("desk.take-in-same").clone_into(&mut item.message);
            return item;
        }
        item.showing(&table.path, page, words)
    }

    fn of_sheet_refusal(file: &str, refusal: &SheetRefusal, words: &Locale) -> Self {
        let mut item = Self::new(file, words);
        let choices = |names: &mut dyn Iterator<Item = &str>| {
            names.map(|name| IntakeChoice { value: name.to_owned(), name: name.to_owned() }).collect()
        };
        match refusal {
            SheetRefusal::Document(error) => {
                let message = words.say("desk.take-in-unread", &[("file", &item.file), ("reason", &error.to_string())]);
                item.refused(message)
            }
            SheetRefusal::NoTable(_) | SheetRefusal::UnknownTable(..) => {
                let label = words.text("desk.take-in-which-table").to_owned();
                let choices = choices(&mut YearFile::sheets());
                item.question = Some(IntakeQuestion { parameter: "table", label, choices });
                item.refused(words.text("desk.take-in-no-table").to_owned())
            }
            SheetRefusal::Several(_, sheets) | SheetRefusal::UnknownSheet(_, sheets) => {
                let label = words.text("desk.take-in-which-sheet").to_owned();
                let choices = choices(&mut sheets.iter().map(String::as_str));
                item.question = Some(IntakeQuestion { parameter: "sheet", label, choices });
                item.refused(words.text("desk.take-in-sheets").to_owned())
            }
            SheetRefusal::Unreadable(_) => item.refused(words.text("desk.take-in-unreadable").to_owned()),
            SheetRefusal::Differs(path, now, new) | SheetRefusal::ChangesEntries(path, now, new) => {
                path.name().clone_into(&mut item.name);
                item.difference = lines_of(&changed_lines(now, new));
                item.can_replace = true;
                let is_list = matches!(refusal, SheetRefusal::ChangesEntries(..));
                let reason = if is_list { "desk.take-in-list-there" } else { "desk.take-in-table-there" };
                item.refused(words.text(reason).to_owned())
            }
        }
    }
}

/// Why something of a document is not in its text.
fn reason(kind: LeftOutKind) -> &'static str {
    match kind {
        LeftOutKind::Comment
        | LeftOutKind::TrackedDeletion
        | LeftOutKind::HiddenText
        | LeftOutKind::Header
        | LeftOutKind::Footer
        | LeftOutKind::Properties
        | LeftOutKind::FieldCode
        | LeftOutKind::EmbeddedObject
        | LeftOutKind::Macro
        | LeftOutKind::AlternateContent
        | LeftOutKind::PageCode => "desk.left-private",
        LeftOutKind::Greeting
        | LeftOutKind::Signature
        | LeftOutKind::Disclaimer
        | LeftOutKind::QuotedEmail
        | LeftOutKind::CoverNote => "desk.left-email",
        LeftOutKind::Drawing | LeftOutKind::Picture | LeftOutKind::Attachment => "desk.left-unread",
        LeftOutKind::EarlierDay => "desk.left-day",
        _ => "desk.left-form",
    }
}

/// What was left out, by reason.
fn left_out_groups(left_out: &[LeftOut], words: &Locale) -> Vec<LeftOutGroup> {
    let mut groups: Vec<LeftOutGroup> = Vec::new();
    for key in ["desk.left-private", "desk.left-email", "desk.left-unread", "desk.left-form"] {
        let entries: Vec<String> = left_out.iter().filter(|one| reason(one.kind) == key).map(left_out_words).collect();
        if !entries.is_empty() {
            groups.push(LeftOutGroup { why: words.text(key).to_owned(), entries });
        }
    }
    groups
}

/// `paragraph 3: 2 comments`.
fn left_out_words(one: &LeftOut) -> String {
    let (single, several) = one.kind.words();
    let what = if one.count == 1 { single } else { several };
    let place = if one.paragraph == 0 { String::new() } else { format!("paragraph {}: ", one.paragraph) };
    let quote = one.text.as_deref().map(|text| format!(" (“{}”)", shortened(text))).unwrap_or_default();
    format!("{place}{} {what}{quote}", one.count)
}

/// What is not in a table as it was in its sheet.
fn sheet_groups(notes: &[SheetNote], words: &Locale) -> Vec<LeftOutGroup> {
    let entries: Vec<String> = notes.iter().map(|note| format!("{}: {}", note.place, note.kind.words())).collect();
    let why = words.text("desk.left-form").to_owned();
    if entries.is_empty() { Vec::new() } else { vec![LeftOutGroup { why, entries }] }
}

/// The page that shows what would be written for a file. Words that `flagged` knows are masked.
#[must_use]
pub(crate) fn intake_page(templates: &PageTemplates, page: &IntakePage<'_>, flagged: &Redactions) -> String {
    let words = &*templates.words;
    let mut items: Vec<IntakeItem<'_>> =
        page.documents.iter().map(|(name, taken)| IntakeItem::of_document(name, *taken, page, words)).collect();
    for (name, taken) in &page.sheets {
        match taken {
            Ok(tables) => items.extend(tables.iter().map(|table| IntakeItem::of_table(name, table, page, words))),
            Err(refusal) => items.push(IntakeItem::of_sheet_refusal(name, refusal, words)),
        }
    }
    let view = IntakeView { items, left_out: left_out_groups(page.left_out, words), shown: page.shown.as_deref() };
    templates.render(INTAKE, &view, flagged)
}

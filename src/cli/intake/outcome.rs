//! What became of the files, in words and as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::cli::terminal::Terminal;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Diagnostic, DiagnosticList, RelPath, SourceTexts, human, json as json_format};
use crate::document::LeftOut;
use crate::edit::difference::changed_lines;
use crate::intake::sheet::{SheetIntake, SheetRefusal};
use crate::intake::{Intake, IntakeRefusal, OwnerError, Versions, shortened};
use crate::source::SourceTree;

/// A document that was taken in.
pub(super) struct TakenIn {
    /// The name of its file.
    pub name: String,
    pub intake: Intake,
}

/// What became of all files.
#[derive(Default)]
pub(super) struct IntakeOutcome {
    pub taken_in: Vec<TakenIn>,
    /// The tables that were taken in, each with the name of its file.
    pub tables: Vec<(String, SheetIntake)>,
    /// The files that were not taken in, with the reason.
    pub refused: Vec<(String, IntakeRefusal)>,
}

impl IntakeOutcome {
    fn files(&self) -> impl Iterator<Item = &RelPath> {
        let texts = self.taken_in.iter().flat_map(|taken| &taken.intake.files).map(|file| &file.path);
        texts.chain(self.tables.iter().map(|(_, table)| table).filter(|table| !table.is_known).map(|table| &table.path))
    }

    /// Names the cell of the spreadsheet that a diagnostic about a table is about.
    pub(super) fn name_cell(&self, diagnostic: &mut Diagnostic) {
        let table = self.tables.iter().find(|(_, table)| table.path == diagnostic.location.file);
        if let Some(place) = table.and_then(|(_, table)| table.text.place_of(diagnostic.location.span)) {
            diagnostic.message = format!("{} ({place} of the spreadsheet)", diagnostic.message);
        }
    }

    pub(super) fn has_written(&self) -> bool {
        self.files().next().is_some()
    }

    pub(super) fn wrote(&self, path: &RelPath) -> bool {
        self.files().any(|written| written == path)
    }

    /// How many files were written.
    pub(super) fn written(&self) -> usize {
        self.files().count()
    }

    /// 0 if all is well, 2 if nothing was written because of a refusal, else 1.
    pub(super) fn status(&self, errors: usize) -> u8 {
        match (self.refused.is_empty(), self.taken_in.is_empty() && self.tables.is_empty()) {
            (false, true) => 2,
            (false, false) => 1,
            (true, _) => u8::from(errors > 0),
        }
    }

    /// One JSON object.
    pub(super) fn json(&self, listing: &DiagnosticList<'_>, is_dry: bool) -> String {
        let left_out =
            self.taken_in.iter().flat_map(|taken| taken.intake.left_out.iter().map(move |entry| (taken, entry)));
        let left_out = left_out.map(|(taken, entry)| {
            json!({
                "kind": entry.kind.name(),
                "where": place(entry),
                "count": entry.count,
                "text": entry.text.as_deref().map(|text| listing.masked(text)),
                "file": taken.name,
            })
        });
        let of_tables = self.tables.iter().flat_map(|(name, table)| {
            table.notes.iter().map(move |note| {
                json!({"kind": note.kind.name(), "where": note.place, "count": 1, "text": null, "file": name})
            })
        });
        let left_out: Vec<Value> = left_out.chain(of_tables).collect();
        let refused = self.refused.iter().map(|(name, refusal)| {
            let (message, help) = explained(name, refusal);
            let versions = match refusal {
                IntakeRefusal::Edited(versions) => json!({
                    "taken_in": versions.taken_in,
                    "now": versions.now,
                    "document": versions.document,
                }),
                _ => Value::Null,
            };
            json!({"file": name, "message": message, "help": help, "versions": versions})
        });
        let same = self.taken_in.iter().filter(|taken| taken.intake.files.is_empty());
        let same_tables = self.tables.iter().filter(|(_, table)| table.is_known);
        let nothing_new = same.map(|taken| taken.intake.path.as_str());
        let nothing_new = nothing_new.chain(same_tables.map(|(_, table)| table.path.as_str()));
        let checked: Value = serde_json::from_str(&json_format::render(listing)).unwrap_or_default();
        let files: Vec<&str> = self.files().map(RelPath::as_str).collect();
        let document = json!({
            "wrote": if is_dry { &[][..] } else { &files },
            "would_write": if is_dry { &files } else { &[][..] },
            "nothing_new": nothing_new.collect::<Vec<_>>(),
            "left_out": left_out,
            "refused": refused.collect::<Vec<_>>(),
            "diagnostics": checked["diagnostics"],
            "summary": checked["summary"],
        });
        format!("{document}\n")
    }

    /// For people: what was written, what was left out, what is wrong.
    pub(super) fn human(
        &self,
        listing: &DiagnosticList<'_>,
        tree: &SourceTree,
        is_dry: bool,
        terminal: Terminal,
    ) -> String {
        let mut text = String::new();
        for TakenIn { name, intake } in &self.taken_in {
            let _ = writeln!(text, "{name}: {}", intake.owner.name);
            if intake.files.is_empty() {
                let _ = writeln!(text, "  nothing new: {} has this text, or your changes to it", intake.path);
                continue;
            }
            for file in &intake.files {
                let _ = writeln!(text, "  {} {}", if is_dry { "would write" } else { "wrote" }, file.path);
            }
            if is_dry && let Some(written) = tree.text(&intake.path).filter(|_| !intake.files.is_empty()) {
                written.lines().for_each(|line| {
                    let _ = writeln!(text, "{}", format!("  | {}", listing.masked(line)).trim_end());
                });
            }
            if !intake.left_out.is_empty() {
                text.push_str("  left out or changed:\n");
            }
            // What is of one kind in several paragraphs in a row is one line.
            for entries in intake.left_out.chunk_by(|entry, next| entry.kind == next.kind) {
                let count: u32 = entries.iter().map(|entry| entry.count).sum();
                let (one, several) = entries[0].kind.words();
                let what = if count == 1 { one } else { several };
                let _ = write!(text, "    {}: {count} {what}", places(entries));
                let words: Vec<&str> = entries.iter().filter_map(|entry| entry.text.as_deref()).collect();
                if !words.is_empty() {
                    let _ = write!(text, ": {}", listing.masked(&format!("“{}”", shortened(&words.join(" ")))));
                }
                text.push('\n');
            }
        }
        for (name, table) in &self.tables {
            let sheet = if table.sheet.is_empty() { String::new() } else { format!(", sheet {}", table.sheet) };
            let _ = writeln!(text, "{}", listing.masked(&format!("{name}{sheet}: {}", table.path.name())));
            if table.is_known {
                let _ = writeln!(text, "  nothing new: {} is the same", table.path);
            } else {
                let _ = writeln!(text, "  {} {}", if is_dry { "would write" } else { "wrote" }, table.path);
            }
            if is_dry && !table.is_known {
                for line in table.text.text.lines() {
                    let _ = writeln!(text, "{}", format!("  | {}", listing.masked(line)).trim_end());
                }
            }
            if !table.notes.is_empty() {
                text.push_str("  left out or changed:\n");
            }
            for note in &table.notes {
                let _ = writeln!(text, "    {}: {}", listing.masked(&note.place), note.kind.words());
            }
        }
        for (name, refusal) in &self.refused {
            let (message, help) = explained(name, refusal);
            let _ = writeln!(text, "error: {message}\n  = help: {help}");
            if let IntakeRefusal::Edited(versions) = refusal {
                text.push_str(&listing.masked(&differences(versions)));
            }
            if let IntakeRefusal::Sheet(
                SheetRefusal::Differs(_, now, new) | SheetRefusal::ChangesEntries(_, now, new),
            ) = refusal
            {
                let changes = indented_difference(now, new);
                text.push_str(&listing.masked(&format!("  what the spreadsheet would change:\n{changes}")));
            }
        }
        if self.has_written() {
            text.push_str(&human::render(listing, terminal.look()));
            if !terminal.is_quiet {
                let _ = writeln!(text, "{}", listing.summary);
            }
        }
        text
    }
}

/// Where something was.
fn place(entry: &LeftOut) -> String {
    match entry.paragraph {
        0 => "document".to_owned(),
        paragraph => format!("paragraph {paragraph}"),
    }
}

/// Where several things of one kind were.
fn places(entries: &[LeftOut]) -> String {
    match entries {
        [first, .., last] if first.paragraph > 0 && first.paragraph < last.paragraph => {
            format!("paragraphs {} to {}", first.paragraph, last.paragraph)
        }
        _ => entries.first().map(place).unwrap_or_default(),
    }
}

/// Why a file was not taken in, and what to do.
fn explained(name: &str, refusal: &IntakeRefusal) -> (String, String) {
    match refusal {
        IntakeRefusal::Document(error) => (format!("{name} {error}"), error.help().to_owned()),
        IntakeRefusal::Empty => (format!("{name} has no text"), "check that it is the right file".to_owned()),
        IntakeRefusal::NotFilledIn => (
            format!("{name} is the form as it was sent: nobody has filled it in"),
            "ask for the form that they have filled in".to_owned(),
        ),
        IntakeRefusal::OtherYear(year) => (
            format!("{name} is a form of {year}"),
            format!("use `--year {year}` to take it in there, or ask for this year's form"),
        ),
        IntakeRefusal::OtherForm(owners) => (
            format!("{name} is the form of {}, not of {}", owners.0.name, owners.1.name),
            format!("use `--as {}` if they have filled it in, or ask for the right form", owners.0.path()),
        ),
        IntakeRefusal::Two(owners) => (
            format!("{name} has the submissions of {} and of {} below each other", owners.0.name, owners.1.name),
            "save each as a document of its own, and take both in".to_owned(),
        ),
        IntakeRefusal::AnotherDocument(first, owner) => (
            format!("{name} and {first} are both for {}, so only {first} was taken in", owner.name),
            "find out which of them to use, and take it in alone".to_owned(),
        ),
        IntakeRefusal::Owner(OwnerError::Nobody) => (
            format!("{name} does not say whose submission it is"),
            "say whose it is, for example `--as agencies/ID`, with an id from report.yaml".to_owned(),
        ),
        IntakeRefusal::Owner(OwnerError::Several(owners)) => {
            let names: Vec<String> =
                owners.iter().map(|owner| format!("{} (`--as {}`)", owner.name, owner.path())).collect();
            (format!("{name} may belong to {}", names.join(" or ")), "say whose it is with `--as`".to_owned())
        }
        IntakeRefusal::Owner(OwnerError::Unknown(written, known)) => (
            format!("report.yaml lists nobody as `{written}`"),
            did_you_mean(written, known.iter().map(String::as_str))
                .unwrap_or_else(|| format!("use one of {}", known.join(", "))),
        ),
        IntakeRefusal::Edited(versions) => {
            let message = match versions.taken_in {
                Some(_) => format!(
                    "{} has been edited since it was taken in, so {name} was not written over it",
                    versions.path
                ),
                None => format!("somebody has written {} already, so {name} was not written over it", versions.path),
            };
            (message, "copy what you need from the document, or use `--replace` to replace the text".to_owned())
        }
        IntakeRefusal::Unreadable(path) => explained_unreadable(name, path),
        IntakeRefusal::Sheet(refusal) => explained_sheet(name, refusal),
        IntakeRefusal::NotWritten(path, error) => (format!("{path} {error}"), "run the command again".to_owned()),
    }
}

/// Why nothing was taken in where the file that it would change cannot be read.
fn explained_unreadable(name: &str, path: &RelPath) -> (String, String) {
    let message = format!("{path} cannot be read, so {name} was not taken in");
    (message, "run `annal check` and fix that file first".to_owned())
}

/// Why a spreadsheet was not taken in, and what to do.
fn explained_sheet(name: &str, refusal: &SheetRefusal) -> (String, String) {
    let listed = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match refusal {
        SheetRefusal::Document(error) => (format!("{name} {error}"), error.help().to_owned()),
        SheetRefusal::NoTable(sheets) => (
            match &sheets[..] {
                [] => format!("{name} has no sheet with text that is not hidden"),
                [sheet] if sheet.is_empty() => {
                    format!("{name} does not have the columns of any of the report's tables or lists")
                }
                _ => format!("{name} has no sheet with the columns of one of the report's tables or lists: {}", listed(sheets)),
            },
            "say which table or list it is, for example `--table attendance`, and name the columns as in the documentation"
                .to_owned(),
        ),
        SheetRefusal::Several(table, sheets) => (
            format!("{name} has several sheets that could be {table}: {}", listed(sheets)),
            "say which one to take with `--sheet`".to_owned(),
        ),
        SheetRefusal::UnknownSheet(sheet, known) => (
            format!("{name} has no sheet `{sheet}`"),
            did_you_mean(sheet, known.iter().map(String::as_str))
                .unwrap_or_else(|| format!("its sheets are {}", listed(known))),
        ),
        SheetRefusal::UnknownTable(table, known) => (
            format!("annal has no table or list `{table}`"),
            did_you_mean(table, known.iter().copied()).unwrap_or_else(|| format!("use one of {}", known.join(", "))),
        ),
        SheetRefusal::Differs(path, _, _) => (
            format!("{path} is there already and differs, so {name} was not written over it"),
            "use `--replace` to make these changes".to_owned(),
        ),
        SheetRefusal::ChangesEntries(path, _, _) => (
            format!("{name} would change entries that {path} already has, so nothing was written"),
            "use `--replace` to make these changes".to_owned(),
        ),
        SheetRefusal::Unreadable(path) => explained_unreadable(name, path),
    }
}

/// The lines in which two texts differ.
fn indented_difference(old: &str, new: &str) -> String {
    let whole = |text: &str| format!("{}\n", text.trim());
    changed_lines(&whole(old), &whole(new)).lines().fold(String::new(), |text, line| text + "  | " + line + "\n")
}

/// The three versions of a text, as two lists of differences.
fn differences(versions: &Versions) -> String {
    match &versions.taken_in {
        Some(taken_in) => format!(
            "  what has been edited since:\n{}  what the document changes:\n{}",
            indented_difference(taken_in, &versions.now),
            indented_difference(taken_in, &versions.document)
        ),
        None => {
            format!("  what the document would change:\n{}", indented_difference(&versions.now, &versions.document))
        }
    }
}

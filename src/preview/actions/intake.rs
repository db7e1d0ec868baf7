//! Takes in what is dropped or pasted: shows what would be written, and writes it if that is what its user has seen.

use hyper::StatusCode;
use jiff::civil::Date;
use percent_encoding::percent_decode_str;

use super::ActionReply;
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, DiagnosticList, RelPath};
use crate::document::{DocumentError, DocumentKind, LeftOut};
use crate::edit::taken_in;
use crate::intake::sheet::{SheetIntake, SheetOptions, SheetRefusal, take_in_sheets};
use crate::intake::{
    Intake, IntakeOptions, IntakeRefusal, IntakeYear, arrive, not_over_another, save, save_table, take_in,
};
use crate::model::Report;
use crate::pipeline::{self, BuildCache, Options};
use crate::preview::desk::{IntakePage, intake_page};
use crate::preview::problems::from_list;
use crate::preview::snapshot::Snapshot;
use crate::source::SourceTree;
use crate::source::digest::{Digest, hash, hash128};

/// What is asked about a document, in the query of the address.
#[derive(Debug, Default)]
struct IntakeQuery {
    /// The name of its file; empty if it was pasted.
    name: String,
    /// The day of the file's last change.
    changed: Option<Date>,
    /// Which year it is for; the latest if it is not said.
    year: Option<String>,
    /// Whose it is: `agencies/police`.
    owner: Option<String>,
    /// Which table it is: `attendance`.
    table: Option<String>,
    /// Which sheet to take.
    sheet: Option<String>,
    /// Whether a text or table that is there already may be replaced.
    replaces: bool,
    /// Whether to write what was shown.
    saves: bool,
}

impl IntakeQuery {
    fn parse(query: &str) -> Self {
        let mut parsed = Self::default();
        for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
            let some = (!value.is_empty()).then(|| value.clone());
            match key {
                "name" => parsed.name = value,
                "changed" => parsed.changed = value.parse().ok(),
                "year" => parsed.year = some,
                "as" => parsed.owner = some,
                "table" => parsed.table = some,
                "sheet" => parsed.sheet = some,
                "replace" => parsed.replaces = some.is_some(),
                "save" => parsed.saves = some.is_some(),
                _ => {}
            }
        }
        parsed
    }
}

/// What would be written for a file.
#[derive(Default)]
struct PlannedIntake {
    /// Its documents by name.
    documents: Vec<(String, Result<Intake, IntakeRefusal>)>,
    /// Its spreadsheets by name.
    sheets: Vec<(String, Result<Vec<SheetIntake>, SheetRefusal>)>,
    /// What an email has besides.
    left_out: Vec<LeftOut>,
}

impl PlannedIntake {
    /// Works out what to write for a file, as `annal intake` does, and adds it to `tree`.
    fn new(
        snapshot: &Snapshot,
        report: &Report,
        query: &IntakeQuery,
        bytes: &[u8],
        tree: &mut SourceTree,
    ) -> Result<Self, DocumentError> {
        let words = &snapshot.templates().words;
        let year = IntakeYear { archive: &snapshot.archive, report, words };
        let arrivals = arrive(&query.name, bytes.to_vec())?;
        let options = IntakeOptions { owner: query.owner.as_deref(), replaces: query.replaces };
        let mut planned = Self { left_out: arrivals.left_out, ..Self::default() };
        for mut arrival in arrivals.documents {
            let name = arrival.name.clone();
            // Texts and pages do not say when they were changed, so their files do.
            let kind = DocumentKind::detect(&name, b"a");
            if name == query.name && matches!(kind, Ok(DocumentKind::Text | DocumentKind::Html)) {
                arrival.document.changed = arrival.document.changed.or(query.changed);
            }
            let before = |path: &RelPath| taken_in::read(&snapshot.root, path);
            let earlier =
                planned.documents.iter().filter_map(|(name, taken)| Some((name.as_str(), taken.as_ref().ok()?)));
            let taken = not_over_another(take_in(tree, year, arrival, options, &before), earlier);
            if let Ok(intake) = &taken {
                intake.add_to(tree);
            }
            planned.documents.push((name, taken));
        }
        let options =
            SheetOptions { table: query.table.as_deref(), sheet: query.sheet.as_deref(), replaces: query.replaces };
        for (name, bytes) in arrivals.sheets {
            let taken = take_in_sheets(tree, report, &bytes, options);
            for table in taken.iter().flatten().filter(|table| !table.is_known) {
                let text = [(table.path.as_str(), table.text.text.as_str())];
                tree.files.extend(SourceTree::from_texts(text).files);
            }
            planned.sheets.push((name, taken));
        }
        Ok(planned)
    }

    /// The files that would be written, each with the hash of its new content.
    fn files(&self) -> impl Iterator<Item = (&RelPath, Digest)> {
        let documents = self.documents.iter().filter_map(|(_, taken)| taken.as_ref().ok());
        let files = documents.flat_map(|intake| &intake.files).map(|file| (&file.path, hash(&file.bytes)));
        let tables = self.sheets.iter().flat_map(|(_, taken)| taken.iter().flatten());
        let tables = tables.filter(|table| !table.is_known);
        files.chain(tables.map(|table| (&table.path, hash(table.text.text.as_bytes()))))
    }

    /// The hash of what would be written, and of what is there now.
    fn shown(&self, tree: &SourceTree) -> Digest {
        let files = self.files().map(|(path, new)| (path.as_str(), tree.files.get(path).map(|file| file.hash), new));
        hash128(&files.collect::<Vec<_>>())
    }
}

/// Shows what would be written for a file, or writes it if it is what `shown` is the hash of.
pub(super) fn answer(snapshot: &Snapshot, query: &str, bytes: &[u8], shown: Option<Digest>) -> ActionReply {
    let words = &snapshot.templates().words;
    let query = IntakeQuery::parse(query);
    let reports = &snapshot.archive.reports;
    let report = match &query.year {
        Some(year) => reports.iter().find(|report| report.year.as_str() == year),
        None => reports.last(),
    };
    let Some(report) = report else { return ActionReply::gone(words) };
    let mut tree = (*snapshot.tree).clone();
    let planned = match PlannedIntake::new(snapshot, report, &query, bytes, &mut tree) {
        Ok(planned) => planned,
        Err(error) => {
            let name = if query.name.is_empty() { words.text("desk.pasted") } else { &query.name };
            let text = format!("{name} {error}. {}", sentence(error.help()));
            return ActionReply::new(StatusCode::UNPROCESSABLE_ENTITY, text);
        }
    };
    let hash = planned.shown(&snapshot.tree);
    if query.saves {
        return if shown == Some(hash) {
            write(snapshot, &planned)
        } else {
            ActionReply::conflict(words.text("desk.take-in-changed"))
        };
    }
    let written: Vec<&RelPath> = planned.files().map(|(path, _)| path).collect();
    let options = Options { drafts: true, preparing: true, embargoed: true, ..Options::new(snapshot.today) };
    let found = pipeline::check(&tree, &options, &mut BuildCache::none()).diagnostics;
    let flagged = Redactions::from_diagnostics(&found);
    let found: Vec<Diagnostic> = found.into_iter().filter(|one| written.contains(&&one.location.file)).collect();
    let problems = from_list(&DiagnosticList::new(found, &tree, written.len()), &snapshot.files);
    let page = IntakePage {
        report,
        documents: planned.documents.iter().map(|(name, taken)| (name.as_str(), taken.as_ref())).collect(),
        sheets: planned.sheets.iter().map(|(name, taken)| (name.as_str(), taken.as_deref())).collect(),
        left_out: &planned.left_out,
        trees: (&snapshot.tree, &tree),
        problems: &problems,
        shown: (!written.is_empty()).then(|| format!("{hash:032x}")),
    };
    ActionReply::page(intake_page(snapshot.templates(), &page, &flagged))
}

/// Writes what was shown.
fn write(snapshot: &Snapshot, planned: &PlannedIntake) -> ActionReply {
    let words = &snapshot.templates().words;
    let (root, tree) = (&snapshot.root, &*snapshot.tree);
    let documents = planned.documents.iter().filter_map(|(_, taken)| taken.as_ref().ok());
    let tables = planned.sheets.iter().flat_map(|(_, taken)| taken.iter().flatten());
    let saved = documents.clone().try_for_each(|intake| save(root, tree, intake));
    let saved = saved.and_then(|()| tables.clone().try_for_each(|table| save_table(root, tree, table)));
    match saved {
        Ok(()) => {
            let names = documents.map(|intake| intake.owner.name.clone());
            let names: Vec<String> = names.chain(tables.map(|table| table.path.name().to_owned())).collect();
            ActionReply::done(words.say("desk.taken-in", &[("name", &words.list(&names))]))
        }
        Err(IntakeRefusal::NotWritten(path, error)) => ActionReply::not_written(&path, &error, words),
        Err(_) => ActionReply::conflict(words.text("desk.take-in-changed")),
    }
}

/// A help as a sentence.
fn sentence(help: &str) -> String {
    let mut letters = help.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

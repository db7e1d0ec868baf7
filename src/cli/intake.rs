//! `annal intake`: takes in what people send, and says what was left out.

mod outcome;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use self::outcome::{IntakeOutcome, TakenIn};
use super::args::{GlobalArgs, IntakeArgs, ListFormat};
use super::clock;
use super::error::CliError;
use super::open_site::{OpenSite, report};
use super::progress::Progress;
use super::terminal::{Terminal, print};
use crate::diagnostic::{DiagnosticList, RelPath};
use crate::document::package::MOST_BYTES;
use crate::document::{DocumentError, DocumentKind};
use crate::edit::taken_in;
use crate::intake::sheet::{SheetOptions, take_in_sheets};
use crate::intake::{
    Arrivals, IntakeOptions, IntakeRefusal, IntakeYear, arrive, not_over_another, save, save_table, take_in,
};
use crate::model::assemble::assemble;
use crate::options::Options;
use crate::pipeline::{self, BuildCache};
use crate::render::theme::site_locale;
use crate::source::SourceTree;

/// The most files that are taken in at once.
const MOST_FILES: usize = 1_000;
/// How deep folders may be inside each other.
const DEEPEST: usize = 4;

/// Takes in the files, and prints what was written, what was left out and what is wrong with it.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &IntakeArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let mut site = OpenSite::open(global, &progress)?;
    let archive = assemble(&site.tree).value;
    let words = site_locale(&site.tree, &archive.site);
    let report = report(&archive, global.year.as_ref())?;
    let year = IntakeYear { archive: &archive, report, words: &words };
    let mut outcome = IntakeOutcome::default();
    for file in listed(&args.files)? {
        let name = shown_name(&file);
        progress.step("reading");
        let opened = read(&file).and_then(|(bytes, changed)| {
            // Pasted text has no name that could say what it is, or whose.
            let arrivals = arrive(if is_pasted(&file) { "" } else { &name }, bytes);
            Ok((arrivals.map_err(IntakeRefusal::Document)?, changed))
        });
        match opened {
            Ok((arrivals, changed)) => take_in_all(&mut site, year, args, &name, arrivals, changed, &mut outcome),
            Err(refusal) => outcome.refused.push((name, refusal)),
        }
    }
    let options = Options { drafts: true, preparing: true, embargoed: true, ..Options::new(clock::today(None)?) };
    let diagnostics = if outcome.has_written() {
        let mut diagnostics = pipeline::check(&site.tree, &options, &mut BuildCache::none()).diagnostics;
        diagnostics.retain(|diagnostic| outcome.wrote(&diagnostic.location.file));
        for diagnostic in &mut diagnostics {
            outcome.name_cell(diagnostic);
        }
        diagnostics
    } else {
        Vec::new()
    };
    let listing = DiagnosticList::new(diagnostics, &site.tree, outcome.written());
    drop(progress);
    match args.format {
        ListFormat::Json => print(&outcome.json(&listing, args.dry_run))?,
        ListFormat::Human => print(&outcome.human(&listing, &site.tree, args.dry_run, terminal))?,
    }
    Ok(ExitCode::from(outcome.status(listing.summary.errors)))
}

/// The files to take in: those named, and those in the folders named, in order. `-` stays as it is.
fn listed(named: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    let mut files = Vec::new();
    let mut open: Vec<(PathBuf, usize)> = named.iter().rev().map(|path| (path.clone(), 0)).collect();
    while let Some((path, depth)) = open.pop() {
        if !path.is_dir() {
            files.push(path);
        } else if depth < DEEPEST {
            let entries = fs::read_dir(&path).map_err(|error| CliError::disk("read", &path, &error))?;
            let mut below: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
            below.retain(|path| !is_hidden(path));
            below.sort_unstable();
            open.extend(below.into_iter().rev().map(|path| (path, depth + 1)));
        }
        if files.len() > MOST_FILES {
            return Err(
                CliError::new(format!("there are more than {MOST_FILES} files")).help("take in fewer at a time")
            );
        }
    }
    if files.is_empty() {
        return Err(CliError::new("there are no files in this folder").help("name a Word document, an email or a text"));
    }
    Ok(files)
}

/// Whether a file in a folder is not meant to be seen: a system's, or what Word keeps while a document is open.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with(['.', '~']) || name.eq_ignore_ascii_case("thumbs.db") || name.eq_ignore_ascii_case("desktop.ini")
}

/// Whether text on standard input is meant instead of a file.
fn is_pasted(file: &Path) -> bool {
    file == Path::new("-")
}

fn shown_name(file: &Path) -> String {
    if is_pasted(file) {
        return "the pasted text".to_owned();
    }
    file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Reads a file, or standard input for `-`, and the day of its last change.
fn read(file: &Path) -> Result<(Vec<u8>, Option<Date>), IntakeRefusal> {
    let mut bytes = Vec::new();
    let unreadable = |error: io::Error| {
        IntakeRefusal::Document(match error.kind() {
            io::ErrorKind::NotFound => DocumentError::NotFound,
            _ => DocumentError::Unreadable(error.to_string()),
        })
    };
    let most = MOST_BYTES as u64 + 1;
    if is_pasted(file) {
        io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(unreadable)?;
        return Ok((bytes, None));
    }
    let opened = fs::File::open(file).map_err(unreadable)?;
    let changed = opened.metadata().and_then(|about| about.modified()).ok();
    opened.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    let changed = changed.and_then(|changed| jiff::Timestamp::try_from(changed).ok());
    Ok((bytes, changed.map(|changed| changed.to_zoned(TimeZone::system()).date())))
}

/// Takes in what a file holds, one document after the other.
fn take_in_all(
    site: &mut OpenSite,
    year: IntakeYear<'_>,
    args: &IntakeArgs,
    name: &str,
    arrivals: Arrivals,
    changed: Option<Date>,
    outcome: &mut IntakeOutcome,
) {
    let options = IntakeOptions { owner: args.owner.as_deref(), replaces: args.replace };
    let mut of_email = arrivals.left_out;
    for mut arrival in arrivals.documents {
        // Texts and pages do not say when they were changed, so their files do.
        let is_plain = matches!(DocumentKind::detect(&arrival.name, b"a"), Ok(DocumentKind::Text | DocumentKind::Html));
        if is_plain && arrival.name == name {
            arrival.document.changed = arrival.document.changed.or(changed);
        }
        let arrived = if arrival.name.is_empty() { name.to_owned() } else { arrival.name.clone() };
        let before = |path: &RelPath| taken_in::read(&site.root, path);
        let taken = take_in(&site.tree, year, arrival, options, &before);
        let earlier = outcome.taken_in.iter().map(|taken| (taken.name.as_str(), &taken.intake));
        let taken = not_over_another(taken, earlier).and_then(|intake| {
            if !args.dry_run {
                save(&site.root, &site.tree, &intake)?;
            }
            Ok(intake)
        });
        match taken {
            Ok(mut intake) => {
                intake.left_out.splice(0..0, std::mem::take(&mut of_email));
                intake.add_to(&mut site.tree);
                outcome.taken_in.push(TakenIn { name: arrived, intake });
            }
            Err(refusal) => outcome.refused.push((arrived, refusal)),
        }
    }
    let options = SheetOptions { table: args.table.as_deref(), sheet: args.sheet.as_deref(), replaces: args.replace };
    for (name, bytes) in arrivals.sheets {
        let taken = take_in_sheets(&site.tree, year.report, &bytes, options).map_err(IntakeRefusal::Sheet);
        let taken = taken.and_then(|tables| {
            if !args.dry_run {
                tables.iter().try_for_each(|table| save_table(&site.root, &site.tree, table))?;
            }
            Ok(tables)
        });
        match taken {
            Ok(tables) => {
                for table in tables {
                    let text = table.text.text.as_str();
                    site.tree.files.extend(SourceTree::from_texts([(table.path.as_str(), text)]).files);
                    outcome.tables.push((name.clone(), table));
                }
            }
            Err(refusal) => outcome.refused.push((name, refusal)),
        }
    }
}

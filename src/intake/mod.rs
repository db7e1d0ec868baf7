//! Takes in what people send: a document becomes a submission in the content format, and what is left out is listed.
//!
//! [`arrive`] reads a file, and [`take_in`] works out what to write. The command and the desk show the result, and write it
//! with [`save()`] or [`save_table`]. [`Intake::add_to`] puts it into a tree that has been read, so that it can be checked.

mod answers;
pub(crate) mod form;
mod form_table;
mod markdown;
mod merge;
mod opened_email;
mod owner;
mod pictures;
mod plan_columns;
mod plan_table;
mod save;
mod second_submission;
mod sections;
pub(crate) mod sheet;
mod sheet_list;
mod sheet_text;
mod signature;
mod signed_block;
mod typed_lists;

use std::sync::Arc;

use self::answers::CommitmentAnswer;
use self::form::Form;
use self::form::returned::{FormAnswer, ReturnedForm};
use self::form_table::without_frames;
pub(crate) use self::merge::{IntakeRefusal, Versions};
pub(crate) use self::owner::{Owner, OwnerError};
use self::pictures::name_pictures;
use self::plan_table::{FactsByParagraph, plans_as_lists};
pub(crate) use self::save::{save, save_table};
use crate::diagnostic::RelPath;
use crate::document::left_out::LeftOutLog;
use crate::document::package::check_size;
use crate::document::tree::{all_text, plain_text};
use crate::document::{
    BlockContent, Document, DocumentError, DocumentKind, LeftOut, email, html, open_document, text, word,
};
use crate::locale::Locale;
use crate::model::{Archive, Report, Year};
use crate::source::digest::hash;
use crate::source::one_line::one_line;
use crate::source::tree::SourceFile;
use crate::source::{FileContent, SourceTree};

/// A document that has arrived, on its own or in an email.
#[derive(Debug)]
pub(crate) struct Arrival {
    /// The name of its file.
    pub name: String,
    pub document: Document,
    /// The subject of the email that it came with.
    pub subject: Option<String>,
}

/// What a file holds: usually one document; an email may have several attached.
#[derive(Debug, Default)]
pub(crate) struct Arrivals {
    pub documents: Vec<Arrival>,
    /// Spreadsheets, by name.
    pub sheets: Vec<(String, Vec<u8>)>,
    /// What an email has besides.
    pub left_out: Vec<LeftOut>,
}

/// What is written for one document.
#[derive(Debug)]
pub(crate) struct Intake {
    pub owner: Owner,
    /// The file of the submission.
    pub path: RelPath,
    /// The files to write: the submission and its pictures. None if there is nothing new.
    pub files: Vec<IntakeFile>,
    /// The submission as the document has it, its answers and its body, which is kept to recognise what an editor changes.
    pub taken_in: String,
    /// Whether it is to be kept as the one taken in last.
    pub is_kept: bool,
    /// What is not in the files, in the order of the document.
    pub left_out: Vec<LeftOut>,
}

/// A file to write.
#[derive(Debug)]
pub(crate) struct IntakeFile {
    pub path: RelPath,
    pub bytes: Arc<[u8]>,
}

impl Intake {
    /// Puts the files into the tree that the site was read into, as if they had been read with it.
    pub(crate) fn add_to(&self, tree: &mut SourceTree) {
        for IntakeFile { path, bytes } in &self.files {
            let content = match str::from_utf8(bytes) {
                Ok(text) => FileContent::Text(text.into()),
                Err(_) => FileContent::Bytes(Arc::clone(bytes)),
            };
            tree.files.insert(path.clone(), SourceFile { content, hash: hash(bytes) });
        }
    }
}

/// The year that documents are taken in for.
#[derive(Clone, Copy)]
pub(crate) struct IntakeYear<'a> {
    pub archive: &'a Archive,
    pub report: &'a Report,
    /// The words of the site's language, which its forms are written in.
    pub words: &'a Locale,
}

/// How a document is to be taken in.
#[derive(Clone, Copy, Default)]
pub(crate) struct IntakeOptions<'a> {
    /// Whose it is, as written after `--as`.
    pub owner: Option<&'a str>,
    /// Whether a submission that somebody has written may be replaced.
    pub replaces: bool,
}

/// Reads a file by its kind.
///
/// # Errors
///
/// If it cannot be read, or is of a kind that annal does not read.
pub(crate) fn arrive(name: &str, bytes: Vec<u8>) -> Result<Arrivals, DocumentError> {
    let kind = DocumentKind::detect(name, &bytes)?;
    check_size(&bytes)?;
    let one = |document| Arrivals {
        documents: vec![Arrival { name: name.to_owned(), document, subject: None }],
        ..Arrivals::default()
    };
    Ok(match kind {
        DocumentKind::Word => one(word::read(&bytes)?),
        DocumentKind::OpenDocument => one(open_document::read(&bytes)?),
        DocumentKind::Html => one(html::read(&bytes)?),
        DocumentKind::Text => one(text::read(&bytes)?),
        DocumentKind::Sheet => Arrivals { sheets: vec![(name.to_owned(), bytes)], ..Arrivals::default() },
        DocumentKind::Email => opened_email::open(name, email::read(&bytes)?)?,
    })
}

/// The Markdown of all documents in a file, and the text of all cells of a spreadsheet, for tests and fuzzing.
pub(crate) fn read_text(name: &str, bytes: Vec<u8>) -> Result<String, DocumentError> {
    let arrivals = arrive(name, bytes)?;
    let mut log = LeftOutLog::default();
    let text = arrivals.documents.iter().map(|arrival| {
        let blocks = signature::leave_out_email_parts(arrival.document.blocks.clone(), None, &mut log);
        let blocks = typed_lists::typed_lists(blocks, &mut log);
        let address = |_| Some("picture.png".to_owned());
        markdown::write(&arrival.document, &blocks, &address, FactsByParagraph::new(), &mut log).text
    });
    let mut text: String = text.collect();
    for (_, bytes) in arrivals.sheets {
        let cells =
            crate::document::sheet::read(&bytes)?.into_iter().flat_map(|sheet| sheet.rows).flat_map(|row| row.cells);
        cells.for_each(|cell| text.push_str(&cell.text));
    }
    Ok(text)
}

/// Works out what to write for a document.
///
/// `taken_in` is the body that the last intake of the same submission gave, by the path of the submission.
///
/// # Errors
///
/// If it is not known whose document it is, or a text that somebody wrote would be replaced.
pub(crate) fn take_in(
    tree: &SourceTree,
    year: IntakeYear<'_>,
    arrival: Arrival,
    options: IntakeOptions<'_>,
    taken_in: &dyn Fn(&RelPath) -> Option<String>,
) -> Result<Intake, IntakeRefusal> {
    let report = year.report;
    let Arrival { name, mut document, subject } = arrival;
    let owner = owner_of(report, &name, &document, subject.clone(), options)?;
    let path = RelPath::new(&format!("{}/{}/{}.md", report.folder, owner.kind.folder(), owner.id));
    let mut left_out = LeftOutLog::default();
    let blocks = without_frames(std::mem::take(&mut document.blocks));
    let form = report
        .submitter(owner.kind, &owner.id)
        .map(|submitter| Form::new(year.archive, report, submitter, year.words))
        .and_then(|form| ReturnedForm::read(&form, &mut document, &blocks, &mut left_out));
    let (blocks, answered) = match form {
        Some(form) if !form.is_filled_in => return Err(IntakeRefusal::NotFilledIn),
        Some(form) => (form.blocks, form.answers),
        None => (blocks, Vec::new()),
    };
    let rules = report.rules_of(owner.kind);
    let blocks = match rules {
        Some(rules) => sections::arrange(blocks, rules, &owner::names(report, &owner), &mut left_out),
        None => blocks,
    };
    let blocks = signature::leave_out_email_parts(blocks, subject.as_deref(), &mut left_out);
    if let Some(other) = rules.and_then(|rules| second_submission::find(report, &owner, rules, &blocks)) {
        return Err(IntakeRefusal::Two(Box::new((owner, other))));
    }
    let blocks = typed_lists::typed_lists(blocks, &mut left_out);
    let (blocks, facts) = match rules {
        Some(rules) => plans_as_lists(blocks, rules, &mut left_out),
        None => (blocks, FactsByParagraph::new()),
    };

    let pictures = name_pictures(tree, report.folder.as_str(), &owner.id, &document.pictures);
    let address = |number: usize| pictures.get(&number).map(|picture| format!("../media/{}", picture.path.name()));
    let written = markdown::write(&document, &blocks, &address, facts, &mut left_out);
    let mut answer = |FormAnswer { commitment, outcome, note }| {
        let note = typed_lists::typed_lists(note, &mut left_out);
        let note = markdown::write(&document, &note, &|_| None, FactsByParagraph::new(), &mut left_out).text;
        CommitmentAnswer::new(commitment, outcome, note.trim_end().to_owned())
    };
    let answers: Vec<CommitmentAnswer> = answered.into_iter().map(&mut answer).collect();

    let mut listed = document.left_out;
    listed.extend(left_out.into_list());
    listed.sort_by_key(|entry| (entry.paragraph, entry.kind));
    let known = taken_in(&path);
    let text = (written.text.as_str(), answers.as_slice());
    let merged = merge::merge(tree, &path, text, document.changed, options.replaces, known.as_deref())?;
    listed.extend(merged.earlier_day.map(LeftOut::earlier_day));
    let mut files = Vec::new();
    if let Some(text) = merged.text {
        let shown = pictures.into_iter().filter(|(number, _)| written.pictures.contains_key(number));
        let new = shown.filter(|(_, picture)| !picture.is_there);
        files.extend(new.map(|(_, picture)| IntakeFile { path: picture.path, bytes: picture.bytes }));
        files.push(IntakeFile { path: path.clone(), bytes: text.into_bytes().into() });
    }
    Ok(Intake { owner, path, files, taken_in: merged.taken_in, is_kept: merged.is_kept, left_out: listed })
}

/// The first words of a text that was left out, to list it by.
#[must_use]
pub(crate) fn shortened(text: &str) -> String {
    const LONGEST: usize = 100;
    let words = one_line(text);
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// Refuses a document that would replace what another one has just given, so that no text is lost without a word.
///
/// `earlier` are those that were taken in with it, by name.
///
/// # Errors
///
/// If one of them is for the same board or agency, and says something else.
pub(crate) fn not_over_another<'a>(
    taken: Result<Intake, IntakeRefusal>,
    mut earlier: impl Iterator<Item = (&'a str, &'a Intake)>,
) -> Result<Intake, IntakeRefusal> {
    let path = match &taken {
        Ok(intake) if !intake.files.is_empty() => &intake.path,
        Err(IntakeRefusal::Edited(versions)) => &versions.path,
        _ => return taken,
    };
    match earlier.find(|(_, intake)| intake.path == *path) {
        Some((name, intake)) => Err(IntakeRefusal::AnotherDocument(name.to_owned(), intake.owner.clone())),
        None => taken,
    }
}

/// Whose document it is: a form says so itself; else as somebody said, or as the document's texts do.
fn owner_of(
    report: &Report,
    name: &str,
    document: &Document,
    subject: Option<String>,
    options: IntakeOptions<'_>,
) -> Result<Owner, IntakeRefusal> {
    let said = options.owner.map(|written| owner::named(report, written)).transpose();
    let said = said.map_err(IntakeRefusal::Owner)?;
    let form = document.form.as_deref().and_then(|form| form.split_once('/'));
    if let Some((year, of_form)) = form.and_then(|(year, owner)| Some((Year::parse(year)?, owner))) {
        if year != report.year {
            return Err(IntakeRefusal::OtherYear(year));
        }
        let of_form = owner::named(report, of_form).map_err(IntakeRefusal::Owner)?;
        return match said.filter(|said| *said != of_form) {
            Some(said) => Err(IntakeRefusal::OtherForm(Box::new((of_form, said)))),
            None => Ok(of_form),
        };
    }
    if let Some(said) = said {
        return Ok(said);
    }
    let heading = first_heading(document);
    let texts = naming_texts(name, document, heading.clone(), subject);
    owner::find(report, &texts, heading.as_deref()).map_err(IntakeRefusal::Owner)
}

/// The words of a document's first heading.
fn first_heading(document: &Document) -> Option<String> {
    document.blocks.iter().find_map(|block| match &block.content {
        BlockContent::Heading { text, .. } => Some(plain_text(text)),
        _ => None,
    })
}

/// The texts that may name the owner of a document: file name, title, first heading, first lines, and the email's subject.
fn naming_texts(name: &str, document: &Document, heading: Option<String>, subject: Option<String>) -> Vec<String> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let first = document.blocks.iter().take(3).filter_map(|block| match &block.content {
        BlockContent::Paragraph(text) => Some(plain_text(text)).filter(|text| text.len() < 120),
        BlockContent::Table(_) => Some(all_text(std::slice::from_ref(block))).filter(|text| text.len() < 400),
        _ => None,
    });
    let texts = [Some(stem), document.title.clone()].into_iter().flatten();
    texts.chain(heading).chain(first).chain(subject).collect()
}

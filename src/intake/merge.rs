//! Puts the text of a document into the submission that is there, and overwrites nothing that an editor has written.

use jiff::civil::Date;

use super::answers::{AnswerChanges, CommitmentAnswer, answers_in, with_answers};
use super::owner::{Owner, OwnerError};
use super::sheet::SheetRefusal;
use crate::diagnostic::{RelPath, SourceTexts};
use crate::document::DocumentError;
use crate::edit::front_matter::{remove, replace_body, set};
use crate::edit::write::EditError;
use crate::edit::yaml_content::{YamlContent, YamlStep};
use crate::model::Year;
use crate::source::SourceTree;
use crate::source::front_matter::split;
use crate::source::markdown::comments::is_note;

/// Why nothing is written.
#[derive(Debug)]
pub(crate) enum IntakeRefusal {
    /// The document cannot be read.
    Document(DocumentError),
    Owner(OwnerError),
    /// Somebody has written or changed the text that is there.
    Edited(Box<Versions>),
    /// The file that is there cannot be read, or its front matter cannot be changed.
    Unreadable(RelPath),
    /// The document has no text.
    Empty,
    /// The document is a form that nobody has filled in.
    NotFilledIn,
    /// The document is a form of this other year.
    OtherYear(Year),
    /// The document is the form of somebody else: of the first, and not of the second.
    OtherForm(Box<(Owner, Owner)>),
    /// The document has the submissions of two boards or agencies, below each other.
    Two(Box<(Owner, Owner)>),
    /// Another document, of this name, was taken in together with it, for the same board or agency.
    AnotherDocument(String, Owner),
    /// A spreadsheet cannot be taken in.
    Sheet(SheetRefusal),
    /// A file could not be written.
    NotWritten(RelPath, EditError),
}

/// The three versions of a text that an editor has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Versions {
    pub path: RelPath,
    /// The text as it was taken in last; `None` if it never was.
    pub taken_in: Option<String>,
    /// The text as it is now.
    pub now: String,
    /// The text as the new document has it.
    pub document: String,
}

/// What to write.
pub(super) struct Merged {
    /// The new text of the file. `None` if there is nothing new.
    pub text: Option<String>,
    /// The document's answers and body, to recognise later what an editor changes.
    pub taken_in: String,
    /// Whether the document's text is what was taken in last from now on.
    pub is_kept: bool,
    /// The day of submission that the file had and loses, since the document does not say when it was changed.
    pub earlier_day: Option<String>,
}

/// Works out the new text of a submission.
///
/// Front matter stays byte for byte, apart from `submitted`, `status` and the answers that the document gives.
pub(super) fn merge(
    tree: &SourceTree,
    path: &RelPath,
    (body, answers): (&str, &[CommitmentAnswer]),
    changed: Option<Date>,
    replaces: bool,
    taken_in: Option<&str>,
) -> Result<Merged, IntakeRefusal> {
    if body.trim().is_empty() && answers.is_empty() {
        return Err(IntakeRefusal::Empty);
    }
    let unreadable = || IntakeRefusal::Unreadable(path.clone());
    if tree.unreadable.contains(path) {
        return Err(unreadable());
    }
    let old = &*tree.text(path).unwrap_or_default();
    let front = split(path, old).value;
    if front.is_unclosed {
        return Err(unreadable());
    }
    let now = front.body.slice(old);
    let document = with_answers(body, answers).ok_or_else(unreadable)?;
    let known = taken_in.map(|text| split(path, text).value.body.slice(text));
    let is = |known: &str, other: &str| comparable(known) == comparable(other);
    let is_same_text = known.is_some_and(|known| is(known, body)) || is(now, body);
    // A form may have nothing but answers.
    let keeps_body = !old.is_empty() && !replaces && !is_untouched(now) && (is_same_text || is_untouched(body));
    let found = AnswerChanges::find(answers, &answers_in(old), &taken_in.map(answers_in).unwrap_or_default());
    let is_as_taken_in = known.is_some_and(|known| is(known, now));
    let is_free = keeps_body || is_untouched(now) || is_as_taken_in;
    if !replaces && (!is_free || found.has_conflict) {
        let now = now.trim_start_matches(['\r', '\n']);
        let answers_now = if answers.is_empty() { Vec::new() } else { answers_in(old) };
        let with_front = with_answers(now, &answers_now);
        return Err(IntakeRefusal::Edited(Box::new(Versions {
            path: path.clone(),
            taken_in: taken_in.map(str::to_owned),
            now: with_front.unwrap_or_else(|| now.to_owned()),
            document,
        })));
    }
    if keeps_body && found.changes.is_empty() {
        // Its text may have come in some other way; from now on it is known where from.
        return Ok(Merged { text: None, taken_in: document, is_kept: is(now, body), earlier_day: None });
    }
    let mut text = match (keeps_body, old) {
        (true, _) => old.to_owned(),
        // Front matter comes above it.
        (false, "") => format!("\n{body}"),
        (false, _) => replace_body(old, body).ok_or_else(unreadable)?,
    };
    let write = |text: &str, key, value: String| set(text, &[YamlStep::Key(key)], &YamlContent::Text(value));
    text = write(&text, "status", "submitted".to_owned()).ok_or_else(unreadable)?;
    // The day of an earlier text says nothing about this one.
    let (text, earlier_day) = match changed {
        Some(changed) => (write(&text, "submitted", changed.to_string()).ok_or_else(unreadable)?, None),
        None => remove(&text, "submitted").ok_or_else(unreadable)?,
    };
    let text = found.apply(&text).ok_or_else(unreadable)?;
    Ok(Merged { text: (text != old).then_some(text), taken_in: document, is_kept: true, earlier_day })
}

/// A body for comparison: its lines without spaces at their ends, and without empty lines at its ends.
fn comparable(body: &str) -> String {
    body.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Whether nobody has written anything below the headings of a form.
fn is_untouched(body: &str) -> bool {
    body.lines().all(|line| line.trim().is_empty() || line.starts_with('#') || is_note(line))
}

//! Signs off a submission, or a report as a whole, as `annal sign` does.

use hyper::StatusCode;

use super::ActionReply;
use crate::edit::sign_off::{NewSignOff, SignOffRefusal, SignedSite, sign_off};
use crate::edit::write::{Expected, write};
use crate::pipeline::{self, Options};
use crate::preview::snapshot::Snapshot;
use crate::source::digest::Digest;
use crate::source::one_line::one_line;

/// The most characters that the name of whoever approves a text may have.
const MOST_CHARACTERS: usize = 200;

/// Signs off `2024-25/agencies/police` or `2024-25/report` today, in the name of `by`, if its file is the one that `shown` is
/// the hash of.
pub(super) fn sign(snapshot: &Snapshot, what: &str, by: &[u8], shown: Option<Digest>) -> ActionReply {
    let words = &snapshot.templates().words;
    let by = String::from_utf8_lossy(by);
    let by = one_line(&by);
    if by.is_empty() || by.chars().count() > MOST_CHARACTERS {
        return ActionReply::new(StatusCode::UNPROCESSABLE_ENTITY, words.text("desk.sign-nobody"));
    }
    let Some((year, name)) = what.split_once('/') else { return ActionReply::gone(words) };
    // What is not published yet is signed off too.
    let options = Options { drafts: true, embargoed: true, preparing: true, ..Options::new(snapshot.today) };
    let read = pipeline::read(&snapshot.tree, &options);
    let Some(report) = read.value.reports().find(|report| report.year.as_str() == year) else {
        return ActionReply::gone(words);
    };
    let site = SignedSite { tree: &snapshot.tree, archive: &read.value, diagnostics: &read.diagnostics };
    let new = NewSignOff { name, by: &by, on: snapshot.today, today: snapshot.today };
    let signed = match sign_off(&site, report, &new) {
        Ok(signed) => signed,
        Err(SignOffRefusal::UnknownName(_) | SignOffRefusal::NotTranslated(_)) => return ActionReply::gone(words),
        Err(_) => return ActionReply::conflict(words.text("desk.sign-not-ready")),
    };
    let is_shown = |expected: &Expected| matches!(expected, Expected::File(hash) if shown == Some(*hash));
    if !is_shown(&signed.expected) {
        return ActionReply::conflict(words.say("desk.file-changed", &[("file", signed.path.as_str())]));
    }
    match write(&snapshot.root, &signed.path, signed.expected, signed.text.as_bytes()) {
        Ok(()) => {
            let given = [("name", signed.title.as_str()), ("by", &by), ("date", &words.date(snapshot.today))];
            ActionReply::done(words.say("desk.signed", &given))
        }
        Err(error) => ActionReply::not_written(&signed.path, &error, words),
    }
}

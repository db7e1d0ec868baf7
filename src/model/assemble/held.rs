//! What is held back since it cannot be told whether it may be seen: in doubt a year is under embargo, and a text a draft.
//!
//! A fault keeps a site from being built, unless it is built in spite of faults. Then nothing must be shown that
//! somebody meant to keep for later, and wrote so in a way that cannot be read: with a key that is misspelt or in the
//! wrong place, with a value that is none, or in a file that is no YAML.

use jiff::civil::DateTime;

use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span};
use crate::model::report::Embargo;
use crate::source::files::PublicationStatus;
use crate::source::front_matter::FrontMatter;

/// Until when a year is held back, by the text of its `report.yaml` and by what was read there.
pub(super) fn embargo(text: Option<&str>, read: Option<DateTime>, is_faultless: bool) -> Embargo {
    let Some(text) = text else { return Embargo::Unreadable };
    match read {
        _ if !is_faultless && keys_like(text, "embargo") > usize::from(read.is_some()) => Embargo::Unreadable,
        // A year has no status, but somebody who gave it one meant to hold it back.
        _ if !is_faultless && keys_like(text, "status") > 0 => Embargo::Unreadable,
        None if empty(text, "embargo").is_some() => Embargo::Unreadable,
        Some(moment) => Embargo::Until(moment),
        None => Embargo::None,
    }
}

/// How far a submission or page is, by its text and by what was read in its front matter; nothing where that cannot be
/// told.
pub(super) fn status(
    text: &str,
    front: &FrontMatter,
    read: Option<PublicationStatus>,
    is_faultless: bool,
) -> Option<PublicationStatus> {
    if !is_faultless {
        // Front matter that is never closed may end anywhere.
        let written = front.yaml.map_or(text, |yaml| yaml.slice(text));
        let before_body = &text[..front.body.start as usize];
        let says_draft = read != Some(PublicationStatus::Draft) && words(before_body).any(|(word, _)| word == "draft");
        let is_hidden = HIDING.iter().any(|key| words(written).any(|(word, is_key)| is_key && word == *key));
        let has_embargo = keys_like(written, "embargo") > 0;
        if keys_like(written, "status") > usize::from(read.is_some()) || says_draft || is_hidden || has_embargo {
            return None;
        }
    }
    if read.is_none() && front.yaml.is_some_and(|yaml| empty(yaml.slice(text), "status").is_some()) {
        return None;
    }
    Some(read.unwrap_or(PublicationStatus::Submitted))
}

/// Keys that other programs know for what is not to be shown.
const HIDING: &[&str] = &["publish", "published", "hidden", "draft", "private", "unlisted"];

/// Where a key at the top of some YAML stands that was given no value: its first byte and the one after its last.
pub(super) fn empty(yaml: &str, key: &str) -> Option<(usize, usize)> {
    let mut start = 0;
    for line in yaml.split_inclusive('\n') {
        let value = line.strip_prefix(key).and_then(|rest| rest.trim_start().strip_prefix(':'));
        if value.is_some_and(|value| matches!(without_comment(value).trim(), "" | "~" | "null")) {
            return Some((start, start + key.len()));
        }
        start += line.len();
    }
    None
}

/// What is said of a `status` without a value.
pub(super) fn no_status(
    file: &RelPath,
    text: &str,
    front: &FrontMatter,
    read: Option<PublicationStatus>,
) -> Option<Diagnostic> {
    let yaml = front.yaml.filter(|_| read.is_none())?;
    let (start, end) = empty(yaml.slice(text), "status")?;
    let at = (yaml.start as usize + start, yaml.start as usize + end);
    Some(told(file, at, "status", "`draft`, `submitted` or `signed-off`"))
}

/// What is said of a key of that kind.
pub(super) fn told(file: &RelPath, (start, end): (usize, usize), key: &str, instead: &str) -> Diagnostic {
    let location = Location::new(file, Span::new(start, end));
    Diagnostic::new(Code::BadValue, location, format!("`{key}` has no value"))
        .help(format!("write {instead}, or remove the line"))
}

/// How many keys of some YAML are called like `key`, whether it can be read or not.
fn keys_like(yaml: &str, key: &str) -> usize {
    let is_like = |word: &str| word.contains(key) || nearest(word, [key]).is_some();
    words(yaml).filter(|(word, is_key)| *is_key && is_like(word)).count()
}

/// The words outside comments in small letters, each with whether it may be a key.
fn words(yaml: &str) -> impl Iterator<Item = (String, bool)> {
    yaml.lines().flat_map(|line| {
        let line = without_comment(line);
        let mut rest = line;
        // A key may be of several words, or hold characters that nobody sees.
        let mut is_first = line.contains(':');
        let mut is_explicit_key = false;
        std::iter::from_fn(move || {
            let start = rest.find(|c: char| c.is_alphabetic())?;
            is_explicit_key |= rest[..start].contains('?');
            let word = &rest[start..];
            let end = word.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-')).unwrap_or(word.len());
            rest = &word[end..];
            let after = rest.trim_start_matches(['"', '\'', ' ', '\t']);
            let is_key = std::mem::take(&mut is_first) || is_explicit_key || after.starts_with([':', '=', '：']);
            Some((word[..end].to_lowercase(), is_key))
        })
    })
}

/// A line without its comment. Where quotation marks stand before a `#` it may be part of a text, and is kept.
fn without_comment(line: &str) -> &str {
    let begins = |(at, _): &(usize, &str)| line[..*at].ends_with([' ', '\t']) || *at == 0;
    match line.match_indices('#').find(begins) {
        Some((at, _)) if !line[..at].contains(['"', '\'']) => &line[..at],
        _ => line,
    }
}

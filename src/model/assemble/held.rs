//! Holds back what readers may not be meant to see yet: in doubt, a year counts as embargoed and a text as a draft.
//!
//! An error normally stops the build, but a site can be built in spite of errors. Even then nothing must appear that
//! somebody meant to keep for later and marked in a way that cannot be read: with a misspelt or misplaced key, an
//! invalid value, or in a file that is not valid YAML.

use jiff::civil::DateTime;

use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span};
use crate::model::report::Embargo;
use crate::source::files::{PublicationStatus, YearState};
use crate::source::front_matter::FrontMatter;

/// The embargo of a year, from the text of its `report.yaml` and the values that were read there. A `state` that cannot
/// be read counts as an embargo that cannot be read: either way the year is held back until somebody corrects it.
pub(super) fn embargo(text: Option<&str>, read: Option<DateTime>, state: Option<YearState>, is_clean: bool) -> Embargo {
    let Some(text) = text else { return Embargo::Unreadable };
    match read {
        _ if !is_clean && keys_like(text, "embargo") > usize::from(read.is_some()) => Embargo::Unreadable,
        // A year has no status; whoever gave it one meant to hold it back. `state`, which it has, resembles it.
        _ if !is_clean && keys_like(text, "status") > keys(text, "state") => Embargo::Unreadable,
        _ if !is_clean && possible_states(text) > usize::from(state.is_some()) => Embargo::Unreadable,
        None if ["embargo", "state"].iter().any(|key| empty(text, key).is_some()) => Embargo::Unreadable,
        Some(moment) => Embargo::Until(moment),
        None => Embargo::None,
    }
}

/// Counts what may be meant as a year's `state`: the key, one at the start of a line that resembles it, and its value.
fn possible_states(text: &str) -> usize {
    let is_near = |line: &&str| {
        let key = line.split([':', '=']).next().unwrap_or_default().trim_end().to_lowercase();
        line.starts_with(|c: char| c.is_alphabetic()) && key != "state" && nearest(&key, ["state"]).is_some()
    };
    let values = words(text).filter(|(word, is_key)| !is_key && word == YearState::Preparing.word()).count();
    keys(text, "state").max(values) + text.lines().filter(is_near).count()
}

/// Counts the keys that are exactly `key`.
fn keys(yaml: &str, key: &str) -> usize {
    words(yaml).filter(|(word, is_key)| *is_key && word == key).count()
}

/// The status of a submission or page, from its text and the value that was read in its front matter. `None` if it
/// cannot be determined.
pub(super) fn status(
    text: &str,
    front: &FrontMatter,
    read: Option<PublicationStatus>,
    is_clean: bool,
) -> Option<PublicationStatus> {
    if !is_clean {
        // Front matter without a closing line may end anywhere.
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

/// Keys that hide content in other programs.
const HIDING: &[&str] = &["publish", "published", "hidden", "draft", "private", "unlisted"];

/// The byte range of a top-level key that has no value.
fn empty(yaml: &str, key: &str) -> Option<(usize, usize)> {
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

/// The diagnostics for an `embargo` and a `state` of a year without a value; a key that has one is left out.
pub(super) fn blank_keys(
    file: &RelPath,
    text: &str,
    has_embargo: bool,
    has_state: bool,
) -> impl Iterator<Item = Diagnostic> {
    let day = "the first date on which the year may be seen, such as `2027-01-15`";
    let keys = [("embargo", has_embargo, day), ("state", has_state, "`preparing`")];
    let blank = keys.into_iter().filter(|(_, has_value, _)| !has_value);
    blank.filter_map(move |(key, _, instead)| Some(no_value(file, empty(text, key)?, key, instead)))
}

/// The diagnostic for a `status` without a value.
pub(super) fn no_status(
    file: &RelPath,
    text: &str,
    front: &FrontMatter,
    read: Option<PublicationStatus>,
) -> Option<Diagnostic> {
    let yaml = front.yaml.filter(|_| read.is_none())?;
    let (start, end) = empty(yaml.slice(text), "status")?;
    let at = (yaml.start as usize + start, yaml.start as usize + end);
    Some(no_value(file, at, "status", "`draft`, `submitted` or `signed-off`"))
}

/// The diagnostic for a key without a value. `instead` completes "write …" in the help.
fn no_value(file: &RelPath, (start, end): (usize, usize), key: &str, instead: &str) -> Diagnostic {
    let location = Location::new(file, Span::new(start, end));
    Diagnostic::new(Code::BadValue, location, format!("`{key}` has no value"))
        .help(format!("write {instead}, or remove the line"))
}

/// Counts the keys that contain or resemble `key`, whether or not the YAML can be read.
fn keys_like(yaml: &str, key: &str) -> usize {
    let is_like = |word: &str| word.contains(key) || nearest(word, [key]).is_some();
    words(yaml).filter(|(word, is_key)| *is_key && is_like(word)).count()
}

/// The words outside comments in lower case, each with whether it may be a key.
fn words(yaml: &str) -> impl Iterator<Item = (String, bool)> {
    yaml.lines().flat_map(|line| {
        let line = without_comment(line);
        let mut rest = line;
        // A key may have several words or contain invisible characters.
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

/// A line without its comment. If quotation marks come before the `#`, it may be part of a text, and the line is kept.
fn without_comment(line: &str) -> &str {
    let begins = |(at, _): &(usize, &str)| line[..*at].ends_with([' ', '\t']) || *at == 0;
    match line.match_indices('#').find(begins) {
        Some((at, _)) if !line[..at].contains(['"', '\'']) => &line[..at],
        _ => line,
    }
}

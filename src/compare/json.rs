//! A comparison for scripts.

use serde_json::{Map, Value, json};

use super::change::{ChangeKind, Difference, ReaderChange, SiteChanges};
use super::words::WordRun;

/// The changes, with the names of what was compared, and how many there are of each kind.
#[must_use]
pub(crate) fn json(changes: &SiteChanges, old: &str, new: &str) -> Value {
    let count = |kind: ChangeKind| changes.list.iter().filter(|change| change.kind == kind).count();
    let counts: Map<_, _> = ChangeKind::ALL.iter().map(|kind| (kind.name().to_owned(), json!(count(*kind)))).collect();
    json!({
        "old": old,
        "new": new,
        "changes": changes.list.iter().map(one).collect::<Value>(),
        "summary": {"changes": changes.list.len(), "kinds": counts},
        "not_compared": changes.unknown,
    })
}

fn one(change: &ReaderChange) -> Value {
    let (how, was, is, by, words) = match &change.difference {
        Difference::Added(text) => ("added", Value::Null, json!(text), Value::Null, Value::Null),
        Difference::Removed(text) => ("removed", json!(text), Value::Null, Value::Null, Value::Null),
        Difference::Value { was, is, by } => ("changed", json!(was), json!(is), json!(by), Value::Null),
        Difference::Reworded(pieces) => {
            let words = pieces.iter().map(|piece| match piece {
                WordRun::Same(words) => json!({"same": words}),
                WordRun::Removed(words) => json!({"removed": words}),
                WordRun::Added(words) => json!({"added": words}),
            });
            let (was, is) = (side(pieces, false), side(pieces, true));
            ("reworded", json!(was), json!(is), Value::Null, words.collect())
        }
    };
    let language = change.report.as_ref().map(|report| &report.language).filter(|language| !language.is_empty());
    json!({
        "year": change.year(),
        "language": language,
        "kind": change.kind.name(),
        "change": how,
        "subject": change.subject,
        "what": Some(&change.what).filter(|what| !what.is_empty()),
        "was": was,
        "is": is,
        "difference": by,
        "words": words,
        "page": change.address,
    })
}

/// The words of one of two texts.
fn side(pieces: &[WordRun], is_new: bool) -> String {
    let words = pieces.iter().filter_map(|piece| match piece {
        WordRun::Same(words) => Some(words.as_str()),
        WordRun::Removed(words) => (!is_new).then_some(words.as_str()),
        WordRun::Added(words) => is_new.then_some(words.as_str()),
    });
    words.collect::<Vec<_>>().join(" ")
}

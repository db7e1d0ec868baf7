//! Compares everything that a report states besides its submissions and pages: whatever is in `report.json`, so that a new
//! table needs no code here.

use serde_json::{Map, Value};

use super::{Comparison, Place, aligned, figure, items, labels, texts, value};
use crate::compare::change::{ChangeKind, Difference};
use crate::compare::words::fold;

/// What is compared elsewhere, or says nothing to readers.
const NOT_FACTS: &[&str] = &["$schema", "version", "year", "boards", "agencies", "pages"];

/// What names the edition, or follows from the rest of the report.
const ABOUT_EDITION: &[&str] =
    &["title", "partnership", "language", "publisher", "licence", "published", "corrections", "duties"];

/// Figures that are written as texts, and which way they went.
const WRITTEN_FIGURES: &[&str] = &["figure", "direction"];

/// Lists of texts that are the blocks of one text.
const PROSE: &[&str] = &[
    "action",
    "comment",
    "declined",
    "definition",
    "finding",
    "learning",
    "none",
    "note",
    "opening",
    "purpose",
    "reason",
    "response",
    "resolved",
    "summary",
    "text",
    "what",
];

/// From this many characters on, a text that replaced another is compared word by word.
const LONG: usize = 40;

impl Comparison<'_> {
    /// Everything at the top of a report but its submissions and pages.
    pub(super) fn facts_of_report(&mut self, old: &Value, new: &Value) {
        let (old, new) = (with_names(old), with_names(new));
        for key in self.keys(&old, &new, NOT_FACTS) {
            let (old, new) = (&old[&key], &new[&key]);
            let page = labels::page(&key);
            let address = self.address(&page);
            let name = labels::key(&key);
            let (subject, what) =
                if page.is_empty() { ("Report".to_owned(), name) } else { (labels::in_words(&name), String::new()) };
            let is_about_edition = ABOUT_EDITION.contains(&key.as_str());
            let place = Place { subject, what, address, is_about_edition };
            let is_part = |value: &Value| value.is_object() || value.as_array().is_some_and(|list| !list.is_empty());
            match (is_part(old), is_part(new)) {
                (false, true) if old.is_null() => {
                    self.push(ChangeKind::Page, &place, Difference::Added(place.subject.clone()));
                }
                (true, false) if new.is_null() => {
                    self.push(ChangeKind::Page, &place, Difference::Removed(place.subject.clone()));
                }
                _ => self.facts(kind_of_part(&key), &key, &place, old, new),
            }
        }
    }

    /// The keys that both have. Others are unknown to one of them, since another version of annal published it.
    pub(super) fn keys(&mut self, old: &Value, new: &Value, without: &[&str]) -> Vec<String> {
        let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else { return Vec::new() };
        let is_wanted = |key: &&String| !without.contains(&key.as_str());
        let only = |one: &Map<String, Value>, other: &Map<String, Value>| -> Vec<String> {
            one.keys().filter(is_wanted).filter(|key| !other.contains_key(*key)).cloned().collect()
        };
        self.changes.unknown.extend(only(old, new).into_iter().chain(only(new, old)));
        new.keys().filter(is_wanted).filter(|key| old.contains_key(*key)).cloned().collect()
    }

    /// Whatever differs between two values of the key `key`.
    pub(super) fn facts(&mut self, kind: ChangeKind, key: &str, place: &Place, old: &Value, new: &Value) {
        if old == new {
            return;
        }
        if figure::is_figure(old) || figure::is_figure(new) {
            return self.push(ChangeKind::Figure, place, figure::difference(old, new));
        }
        if WRITTEN_FIGURES.contains(&key) {
            return self.push(ChangeKind::Figure, place, figure::written_difference(old, new));
        }
        match (old, new) {
            (Value::Object(_), Value::Object(_)) => {
                for key in self.keys(old, new, &["id"]) {
                    self.facts(kind, &key, &place.part(&labels::key(&key)), &old[&key], &new[&key]);
                }
            }
            (Value::Array(_), _) | (_, Value::Array(_)) if PROSE.contains(&key) => {
                self.blocks(text_kind(kind), place, &texts(old), &texts(new));
            }
            (Value::Array(_), _) | (_, Value::Array(_)) => self.list(kind, key, place, old, new),
            (Value::String(was), Value::String(is)) if fold(was) == fold(is) => {}
            (Value::String(was), Value::String(is)) if was.len().max(is.len()) >= LONG => {
                self.text(text_kind(kind), place, old, new);
            }
            (Value::Object(_), _) => self.push(kind, place, Difference::Removed(labels::item_with_figure(old))),
            (_, Value::Object(_)) => self.push(kind, place, Difference::Added(labels::item_with_figure(new))),
            _ => self.push(kind, place, value(word(old).as_deref(), word(new).as_deref())),
        }
    }

    fn list(&mut self, kind: ChangeKind, key: &str, place: &Place, old: &Value, new: &Value) {
        let mut pairs = aligned::by_identity(items(old), items(new));
        if key == "finding_texts" {
            pairs = aligned::join_alike(pairs, labels::item);
        }
        for (old, new) in pairs {
            match (old, new) {
                (Some(old), Some(new)) if old.is_object() => {
                    let place = place.part(&labels::item(new));
                    let page = if key == "priorities" { new["id"].as_str() } else { None };
                    let address = page.map(|id| format!("{}{id}/", place.address));
                    let place = Place { address: address.unwrap_or_else(|| place.address.clone()), ..place };
                    self.facts(kind, key, &place, old, new);
                }
                (None, Some(new)) => self.push(kind, place, Difference::Added(labels::item_with_figure(new))),
                (Some(old), None) => self.push(kind, place, Difference::Removed(labels::item_with_figure(old))),
                _ => {}
            }
        }
    }
}

/// What the changes of a part of the report are about.
fn kind_of_part(key: &str) -> ChangeKind {
    match key {
        "attendance" | "contributions" | "budget" | "training" | "indicators" => ChangeKind::Figure,
        "reviews" | "learning" => ChangeKind::Finding,
        "headline" | "key_messages" | "quotations" => ChangeKind::Text,
        _ => ChangeKind::Fact,
    }
}

/// What the changes of a text in a part are about.
fn text_kind(kind: ChangeKind) -> ChangeKind {
    if kind == ChangeKind::Finding { kind } else { ChangeKind::Text }
}

/// A value that is neither a figure nor a list, as readers see it.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(word) => Some(labels::word(word)),
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        _ => None,
    }
}

/// A report in which the cells of tables have the names of their columns, so that a new column moves none.
fn with_names(report: &Value) -> Value {
    let mut named = report.clone();
    let columns = |list: &Value, key: &str| -> Vec<String> {
        items(list).map(|column| column[key].as_str().unwrap_or_default().to_owned()).collect()
    };
    let funds = columns(&report["contributions"]["funds"], "name");
    name_cells(&mut named["contributions"], "rows", "amounts", &funds);
    let meetings = columns(&report["attendance"]["meetings"], "date");
    name_cells(&mut named["attendance"], "members", "presence", &meetings);
    named
}

/// Turns the list `cells` of each item of the list `rows` into an object whose keys are `names`.
fn name_cells(table: &mut Value, rows: &str, cells: &str, names: &[String]) {
    for row in table.get_mut(rows).and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(row) = row.get_mut(cells)
            && let Value::Array(list) = row.take()
        {
            *row = names.iter().cloned().zip(list).collect::<Map<_, _>>().into();
        }
    }
}

//! Names that readers know for keys and items of `report.json`.

use serde_json::Value;

use super::{figure, texts};

/// Keys whose name in words is not the key itself.
const NAMES: &[(&str, &str)] = &[
    ("amounts", ""),
    ("changed_practice", "changed their practice"),
    ("duties", "legal duties"),
    ("evidence", "evidence for duties"),
    ("expenditure", "spending"),
    ("finding_texts", ""),
    ("funds", ""),
    ("meetings", ""),
    ("members", ""),
    ("presence", ""),
    ("rows", ""),
    ("sessions", ""),
    ("taken", "places taken"),
    ("text", ""),
    ("verdict", ""),
    ("with_action", "with an action"),
];

/// Parts whose page has another name than their key in `report.json`.
const PAGES: &[(&str, &str)] = &[("contributions", "budget"), ("learning", "reviews")];

/// Keys that are shown on the front page.
const FRONT: &[&str] = &[
    "title",
    "partnership",
    "language",
    "publisher",
    "licence",
    "period",
    "published",
    "headline",
    "key_messages",
    "quotations",
    "corrections",
];

/// The name of a key in words: `total_income` is `total income`. Empty if it adds nothing to the name of what it is in.
pub(super) fn key(key: &str) -> String {
    let named = NAMES.iter().find(|(name, _)| *name == key);
    named.map_or_else(|| key.replace('_', " "), |(_, words)| (*words).to_owned())
}

/// The page of a part of the report, relative to the year's front page.
pub(super) fn page(part: &str) -> String {
    if FRONT.contains(&part) {
        return String::new();
    }
    let page = PAGES.iter().find(|(key, _)| *key == part).map_or(part, |(_, page)| page);
    format!("{page}/")
}

/// An id, or a name of a key, as words with a capital.
pub(super) fn in_words(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The name of an item of a list: a row, a member, a session.
pub(super) fn item(item: &Value) -> String {
    let text = |key: &str| item[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let with = |name: Option<String>, more: &str| {
        name.map(|name| text(more).map_or_else(|| name.clone(), |more| format!("{name}, {more}")))
    };
    let keys = ["name", "title", "line", "document", "label", "text", "to", "decision"];
    let id = || ["id", "set", "body"].into_iter().find_map(text).map(|id| in_words(&id));
    let named = keys.into_iter().find_map(text);
    let named = named.or_else(|| with(text("role"), "organisation")).or_else(|| with(text("course"), "date"));
    let named = named.or_else(id).or_else(|| text("date")).or_else(|| item.as_str().map(str::to_owned));
    named.unwrap_or_else(|| first_text(item))
}

/// An item of a list with its most telling figure: `Fire service (£1,200)`.
pub(super) fn item_with_figure(value: &Value) -> String {
    let figure =
        ["total", "amount", "rate", "value", "attended"].into_iter().find_map(|key| figure::shown(&value[key]));
    let name = item(value);
    figure.map_or_else(|| name.clone(), |figure| format!("{name} ({figure})"))
}

/// The first text that an item has.
fn first_text(item: &Value) -> String {
    let values = item.as_object().into_iter().flat_map(|object| object.values());
    values.map(texts).find(|text| !text.is_empty()).map(|text| text.join(" ")).unwrap_or_default()
}

/// A word for a value, as readers see it: `in-progress` is `in progress`.
pub(super) fn word(word: &str) -> String {
    let is_word = |c: char| c.is_ascii_lowercase() || c == '-';
    if word.chars().all(is_word) { word.replace('-', " ") } else { word.to_owned() }
}

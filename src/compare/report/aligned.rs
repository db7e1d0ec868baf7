//! Finds the same item in two lists.

use std::collections::HashMap;

use serde_json::Value;

use super::texts;
use crate::compare::words::fold;

/// The keys that say which item of a list it is, if it has no id. Those that an item has are joined.
const IDENTITY: &[&str] = &[
    "commitment",
    "set",
    "ref",
    "name",
    "line",
    "document",
    "role",
    "organisation",
    "course",
    "agency",
    "meeting",
    "indicator",
    "breakdown",
    "group",
    "date",
    "period",
    "to",
    "body",
    "on",
    "duty",
    "url",
    "label",
    "title",
];

/// Which item of its list it is.
fn identity(item: &Value) -> String {
    if let Some(id) = item["id"].as_str() {
        return id.to_owned();
    }
    let named = IDENTITY.iter().filter_map(|key| item[*key].as_str());
    let name = named.collect::<Vec<_>>().join("\n");
    if !name.is_empty() {
        return name;
    }
    let Some(object) = item.as_object() else { return item.as_str().unwrap_or_default().to_owned() };
    object.values().map(texts).find(|text| !text.is_empty()).map(|text| fold(&text.join(" "))).unwrap_or_default()
}

/// The items of two lists, each with the one of the same identity. The order is that of the new list, with what is gone
/// at the end.
pub(super) fn by_identity<'a>(
    old: impl Iterator<Item = &'a Value>,
    new: impl Iterator<Item = &'a Value>,
) -> Vec<(Option<&'a Value>, Option<&'a Value>)> {
    by_key(old, new, identity)
}

/// The same, by a key of each item. Items with the same key are paired in their order.
pub(super) fn by_key<'a>(
    old: impl Iterator<Item = &'a Value>,
    new: impl Iterator<Item = &'a Value>,
    key: impl Fn(&Value) -> String,
) -> Vec<(Option<&'a Value>, Option<&'a Value>)> {
    let numbered = |items: &mut dyn Iterator<Item = &'a Value>| {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut numbered = Vec::new();
        for item in items {
            let key = key(item);
            let number = seen.entry(key.clone()).or_default();
            *number += 1;
            numbered.push(((key, *number), item));
        }
        numbered
    };
    let (mut old, mut new) = (old, new);
    let old = numbered(&mut old);
    let mut there: HashMap<_, _> = old.iter().map(|(key, item)| (key.clone(), *item)).collect();
    let mut pairs: Vec<_> =
        numbered(&mut new).into_iter().map(|(key, item)| (there.remove(&key), Some(item))).collect();
    let gone = old.into_iter().filter(|(key, _)| there.contains_key(key));
    pairs.extend(gone.map(|(_, item)| (Some(item), None)));
    pairs
}

/// Pairs that were found by likeness among those that nothing else paired: `text` is what an item says.
pub(super) fn join_alike<'a>(
    pairs: Vec<(Option<&'a Value>, Option<&'a Value>)>,
    text: impl Fn(&'a Value) -> String,
) -> Vec<(Option<&'a Value>, Option<&'a Value>)> {
    let mut gone: Vec<(&Value, String)> =
        pairs.iter().filter(|pair| pair.1.is_none()).filter_map(|pair| Some((pair.0?, text(pair.0?)))).collect();
    let added = pairs.iter().filter(|pair| pair.0.is_none()).count();
    if gone.len() * added > 10_000 {
        return pairs;
    }
    let mut joined = Vec::with_capacity(pairs.len());
    for pair in pairs {
        match pair {
            (None, Some(new)) => {
                let words = text(new);
                let like = |(_, old): &(&Value, String)| crate::compare::words::is_alike(old, &words);
                let found = gone.iter().position(like).map(|at| gone.remove(at).0);
                joined.push((found, Some(new)));
            }
            (Some(_), None) => {}
            both => joined.push(both),
        }
    }
    joined.extend(gone.into_iter().map(|(old, _)| (Some(old), None)));
    joined
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn items_are_paired_by_what_names_them() {
        let old = [json!({"name": "a", "n": 1}), json!({"name": "a", "n": 2}), json!({"id": "x", "name": "gone"})];
        let new = [json!({"name": "b"}), json!({"name": "a", "n": 3}), json!({"name": "a", "n": 4})];
        let shown = |item: Option<&Value>| item.map(ToString::to_string).unwrap_or_default();
        let pairs: Vec<_> =
            by_identity(old.iter(), new.iter()).into_iter().map(|(a, b)| (shown(a), shown(b))).collect();
        let text = |value: &Value| value.to_string();
        assert_eq!(
            pairs,
            [
                (String::new(), text(&new[0])),
                (text(&old[0]), text(&new[1])),
                (text(&old[1]), text(&new[2])),
                (text(&old[2]), String::new())
            ]
        );
    }
}

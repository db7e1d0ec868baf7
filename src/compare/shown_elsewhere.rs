//! What the pages of all years show of one of them: its title and findings on the front page and in the feed, its figures in
//! the trends, its names in the lists of the search.

use serde_json::{Value, json};

use super::PublishedSite;

/// The facts of a report that pages of all years show as they are.
const FACTS: &[&str] = &[
    "title",
    "period",
    "published",
    "headline",
    "key_messages",
    "quotations",
    "attendance",
    "contributions",
    "budget",
    "training",
    "indicators",
    "corrections",
];
/// Its lists of which they show the names and the number of commitments, and what became of those.
const LISTS: &[&str] = &["priorities", "pages", "boards", "agencies"];

/// The years that two sites have and that pages of all years would show in different ways, in order.
#[must_use]
pub(crate) fn years_shown_otherwise<'a>(site: &'a PublishedSite, other: &PublishedSite) -> Vec<&'a str> {
    let pairs = site.reports.iter().filter_map(|(id, report)| Some((id, report, other.reports.get(id)?)));
    let mut years: Vec<&str> =
        pairs.filter(|(_, own, others)| differ(own, others)).map(|(id, ..)| id.year.as_str()).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// Whether pages of all years would show two states of a report in different ways. What an earlier annal did not write cannot
/// differ.
fn differ(a: &Value, b: &Value) -> bool {
    let facts = FACTS.iter().filter_map(|key| Some((a.get(key)?, b.get(key)?)));
    let lists = LISTS.iter().filter_map(|key| Some((a.get(key)?.as_array()?, b.get(key)?.as_array()?)));
    facts.into_iter().any(|(a, b)| a != b)
        || lists.into_iter().any(|(a, b)| !a.iter().map(entry).eq(b.iter().map(entry)))
}

/// What is shown of an entry of a list.
fn entry(one: &Value) -> Value {
    let sent = &one["submission"];
    let outcomes: Vec<&Value> =
        sent["follow_ups"].as_array().into_iter().flatten().map(|answer| &answer["outcome"]).collect();
    let commitments = sent["commitments"].as_array().map(Vec::len);
    json!([one["id"], one["name"], one["title"], one["progress"], sent.is_null(), commitments, outcomes])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let report = json!({
            "title": "T",
            "budget": null,
            "priorities": [{"id": "p", "name": "P", "summary": ["x"], "progress": null}],
            "boards": [{"id": "b", "name": "B", "submission": {
                "sections": [{"title": "S", "text": ["x"]}],
                "commitments": [{"text": "x"}],
                "follow_ups": [{"outcome": "delivered", "note": ["x"]}],
            }}],
        });
        let mut changed = report.clone();
        change(&mut changed);
        let [mut before, mut after] = [PublishedSite::default(), PublishedSite::default()];
        before.add_value("2023-24/data/report.json", report);
        after.add_value("2023-24/data/report.json", changed.clone());
        after.add_value("2024-25/data/report.json", changed);
        years_shown_otherwise(&after, &before).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn what_only_its_own_pages_show_may_differ() {
        assert!(check(|_| ()).is_empty());
        assert!(check(|report| report["boards"][0]["submission"]["sections"][0]["text"] = json!(["y"])).is_empty());
        assert!(check(|report| report["boards"][0]["submission"]["commitments"][0]["text"] = json!("y")).is_empty());
        assert!(check(|report| report["indicators"] = json!([])).is_empty(), "an earlier annal did not write it");
        assert_eq!(check(|report| report["title"] = json!("U")), ["2023-24"]);
        assert_eq!(check(|report| report["budget"] = json!({"total_income": 1})), ["2023-24"]);
        assert_eq!(check(|report| report["boards"][0]["name"] = json!("C")), ["2023-24"]);
        assert_eq!(check(|report| report["boards"][0]["submission"] = Value::Null), ["2023-24"]);
        let outcome =
            |report: &mut Value| report["boards"][0]["submission"]["follow_ups"][0]["outcome"] = json!("dropped");
        assert_eq!(check(outcome), ["2023-24"]);
        assert_eq!(check(|report| report["priorities"] = json!([])), ["2023-24"]);
    }
}

//! The facts of items: by when, who, and for which priority.

use super::indicator_value;
use crate::escape;
use crate::model::Commitment;
use crate::model::item_facts::ItemFacts;
use crate::render::context::YearContext;
use crate::render::view::Html;
use crate::render::view::shared::LinkView;
use crate::render::view::submission::ItemFactsView;
use crate::source::files::Outcome;

/// The facts of an item of a year's report. Only what the newest report still waits for can be overdue.
#[must_use]
pub(crate) fn view(year: &YearContext<'_>, facts: &ItemFacts) -> ItemFactsView {
    let priority = facts.priority.as_ref().and_then(|id| year.report.priority(id));
    ItemFactsView {
        by: facts.by.as_ref().map(|by| year.site.words.month_or_date(by.value)).unwrap_or_default(),
        is_overdue: year.position == 0 && facts.is_past(year.site.options.today),
        owner: facts.owner.as_ref().map(|owner| owner.value.clone()).unwrap_or_default(),
        priority: priority
            .map(|priority| LinkView { title: priority.name.clone(), href: year.priority_href(priority.id.as_str()) }),
        measure: facts.measure.as_ref().and_then(|id| indicator_value::link(year, id)),
    }
}

/// The facts of a commitment of the previous year with this outcome. What was delivered or dropped is not overdue.
#[must_use]
pub(crate) fn of_answered(year: &YearContext<'_>, made: &Commitment, outcome: Option<Outcome>) -> ItemFactsView {
    let is_closed = matches!(outcome, Some(Outcome::Delivered | Outcome::Dropped));
    let facts = view(year, &made.facts);
    ItemFactsView { is_overdue: facts.is_overdue && !is_closed, ..facts }
}

/// The facts of an item as they follow its words, on a page with this root; empty if there are none.
#[must_use]
pub(crate) fn html(year: &YearContext<'_>, facts: &ItemFacts, root: &str) -> Html {
    let words = year.site.words;
    let ItemFactsView { by, is_overdue, owner, priority, measure } = view(year, facts);
    let mut parts = Vec::new();
    if !by.is_empty() {
        let mut part = String::from(if is_overdue { "<b class=\"overdue\">" } else { "<b>" });
        escape::text(&mut part, &words.say(if is_overdue { "overdue_since" } else { "due_by" }, &[("date", &by)]));
        part.push_str("</b>");
        parts.push(part);
    }
    if !owner.is_empty() {
        parts.push(Html::of_text(&words.say("responsible", &[("name", &owner)])).text);
    }
    let links = [("for_priority", priority), ("measured_by", measure)];
    for (label, link) in links.into_iter().filter_map(|(label, link)| Some((label, link?))) {
        let mut part = Html::of_text(words.text(label)).text;
        part.push_str(" <a href=\"");
        escape::address(&mut part, root);
        escape::address(&mut part, &link.href);
        part.push_str("\">");
        escape::text(&mut part, &link.title);
        part.push_str("</a>");
        parts.push(part);
    }
    if parts.is_empty() {
        return Html::default();
    }
    Html::new(format!(" <span class=\"item-facts\">{}</span>", parts.join(" · ")))
}

//! What an attack on a site found.

use super::clue::{Clue, ClueKind, Clues, FigureKey};
use super::edition::{self, Edition};
use super::inference::{Inference, Leak, infer};
use super::pages;
use crate::output::OutputTree;

/// What can be worked out of a site's suppressed counts.
#[derive(Debug)]
pub(crate) struct AttackReport {
    pub(super) editions: Vec<Edition>,
    pub(super) clues: Clues,
    pub(super) inference: Inference,
}

impl AttackReport {
    /// Attacks a built site. It needs the site's tables and `report.json` of each year; other files may be missing.
    #[must_use]
    pub(crate) fn new(site: &OutputTree) -> Self {
        let mut editions = edition::editions(site);
        let sightings = pages::sightings(site, &mut editions);
        let (clues, inference) = infer(&editions, &sightings);
        Self { editions, clues, inference }
    }

    /// Leaves out what does not concern the reports of one year.
    pub(crate) fn only_year(&mut self, year: &str) {
        let editions = &self.editions;
        let is_of_year = |place: &usize| editions.get(*place).is_some_and(|edition| edition.year() == year);
        self.inference.leaks.retain(|leak| leak.suppressed_in.iter().any(is_of_year));
        let suppressed = &self.clues.suppressed;
        let concerns = |key: &FigureKey| suppressed.get(key).is_some_and(|places| places.iter().any(is_of_year));
        self.inference.undecided.retain(concerns);
        self.inference.contradicted.retain(concerns);
        self.inference.suppressed = suppressed.keys().filter(|key| concerns(key)).count();
    }

    /// Whether a suppressed count was worked out or narrowed.
    #[must_use]
    pub(crate) fn succeeds(&self) -> bool {
        !self.inference.leaks.is_empty()
    }

    /// The names of the counts that were worked out or narrowed.
    pub(crate) fn worked_out(&self) -> Vec<String> {
        self.inference.leaks.iter().map(|leak| self.name(&leak.figure)).collect()
    }

    /// A figure as readers know it: `Concerns received, 2024-25, age: 18 to 64`.
    pub(super) fn name(&self, key: &FigureKey) -> String {
        let figure = &key.figure;
        let group = figure.group.as_ref().map(|(breakdown, group)| format!(", {breakdown}: {group}"));
        format!("{}, {}{}", self.indicator_name(&figure.indicator), figure.period, group.unwrap_or_default())
    }

    /// The name of an indicator, or its id if no report has a name for it.
    pub(super) fn indicator_name<'a>(&'a self, id: &'a str) -> &'a str {
        let mut named = self.editions.iter().filter_map(|edition| edition.indicators.get(id));
        named.next_back().map(|facts| facts.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(id)
    }

    /// The addresses of the tables that suppress a figure.
    pub(super) fn tables<'a>(&'a self, leak: &'a Leak) -> impl Iterator<Item = String> + 'a {
        leak.suppressed_in.iter().filter_map(|place| self.editions.get(*place)).map(Edition::table)
    }

    /// The figures that a clue is about and that are shown, each with its number.
    pub(super) fn shown<'a>(&self, clue: &'a Clue) -> Vec<(&'a FigureKey, String)> {
        // It may be only this edition that suppresses the figure which another shows.
        let mut shown: Vec<_> =
            clue.figures_once().filter_map(|key| Some((key, self.clues.shown.get(key)?.to_string()))).collect();
        shown.sort_by_key(|(key, _)| key.figure.group.is_some());
        shown
    }

    /// What a clue says, in a few words.
    pub(super) fn words(&self, clue: &Clue) -> String {
        match &clue.kind {
            ClueKind::Total { breakdown } => format!("the groups of “{breakdown}” add up to the whole"),
            ClueKind::Part => "a group cannot be larger than the whole".to_owned(),
            ClueKind::Formula { formula } => {
                let computed = clue.figures.last().map(|key| self.indicator_name(&key.figure.indicator));
                format!("“{}” is calculated as {formula}", computed.unwrap_or_default())
            }
            ClueKind::Target { reached } => format!("the target is published as {}", reached.as_str()),
            ClueKind::Change { by } => format!("the change is published as {by}"),
            ClueKind::Shown => "it is shown here".to_owned(),
            ClueKind::SomeSmall => {
                "a count is suppressed if it is 1 to 4, or to protect one that is, and nothing else here can be 1 to 4"
                    .to_owned()
            }
        }
    }

    /// What to do about a leak.
    pub(super) fn help(&self, leak: &Leak) -> String {
        let year = leak.suppressed_in.iter().next_back().and_then(|place| self.editions.get(*place));
        let table = year.map_or_else(String::new, |edition| format!("content/{}/data/indicators.csv", edition.year()));
        if leak.clues.iter().any(|clue| clue.kind == ClueKind::Shown) {
            return format!("remove it from there; in other years' tables write `c` as its value, as in {table}");
        }
        let is_shown = |clue: &Clue| !self.shown(clue).is_empty();
        if leak.clues.iter().any(is_shown) {
            return format!("suppress one more of these figures: write `c` as its value in {table}");
        }
        format!("remove what is said about it, or the whole indicator from {table}")
    }
}

//! Compares the reports of two sites.

mod aligned;
mod facts;
mod figure;
mod labels;
mod shared_pages;
mod submissions;

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use self::submissions::Submitters;
use super::change::{ChangeKind, Difference, ReaderChange, SiteChanges};
use super::published::{PublishedSite, ReportId};
use super::words::{self, BlockChange, WordRun};

/// What readers of `new` see that readers of `old` did not, and the other way round.
#[must_use]
pub(crate) fn compare(old: &PublishedSite, new: &PublishedSite) -> SiteChanges {
    let mut changes = SiteChanges::default();
    let mut commitments = CommitmentTexts::new(old, new);
    // Oldest first, so that what became of commitments is compared after the commitments.
    let keys: BTreeSet<&ReportId> = old.reports.keys().chain(new.reports.keys()).collect();
    for key in keys {
        let mut comparison = Comparison { key, commitments: &mut commitments, changes: &mut changes };
        match (old.reports.get(key), new.reports.get(key)) {
            (Some(old), Some(new)) => comparison.reports(old, new),
            (None, Some(new)) => comparison.whole_report(Difference::Added(title(new))),
            (Some(old), None) => comparison.whole_report(Difference::Removed(title(old))),
            (None, None) => {}
        }
    }
    shared_pages::compare(old, new, &mut changes);
    changes.sort();
    changes
}

fn title(report: &Value) -> String {
    report["title"].as_str().unwrap_or_default().to_owned()
}

/// The words of all commitments, and which of them were reworded. An id is made of a commitment's first words, so it
/// changes with them.
struct CommitmentTexts {
    texts: HashMap<String, String>,
    reworded: HashMap<(String, String), String>,
}

impl CommitmentTexts {
    fn new(old: &PublishedSite, new: &PublishedSite) -> Self {
        let mut texts = HashMap::new();
        for report in old.reports.values().chain(new.reports.values()) {
            let submitters = ["boards", "agencies"].iter().flat_map(|kind| items(&report[*kind]));
            for commitment in submitters.flat_map(|submitter| items(&submitter["submission"]["commitments"])) {
                if let (Some(id), Some(text)) = (commitment["id"].as_str(), commitment["text"].as_str()) {
                    texts.insert(id.to_owned(), text.to_owned());
                }
            }
        }
        Self { texts, reworded: HashMap::new() }
    }

    /// The id that a commitment has in the new site.
    fn new_id<'a>(&'a self, language: &str, id: &'a str) -> &'a str {
        self.reworded.get(&(language.to_owned(), id.to_owned())).map_or(id, String::as_str)
    }

    /// The words of a commitment, or its id as words if it is in no report.
    fn text(&self, id: &str) -> String {
        let in_words = || labels::in_words(id.rsplit('/').next().unwrap_or(id));
        self.texts.get(id).cloned().unwrap_or_else(in_words)
    }
}

/// The items of a list; none if it is not one.
fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The texts in a list of texts.
fn texts(value: &Value) -> Vec<&str> {
    items(value).filter_map(Value::as_str).collect()
}

/// Where in a report something is, in readers' words.
#[derive(Clone, Debug, Default)]
struct Place {
    subject: String,
    what: String,
    /// The page, from the root of the site.
    address: String,
    /// Whether it is about the edition, and not about what the report says.
    is_about_edition: bool,
}

impl Place {
    /// A part of it, or of the part of it that this is.
    fn part(&self, name: &str) -> Self {
        let what = match (self.what.as_str(), name) {
            ("", name) => name.to_owned(),
            (what, "") => what.to_owned(),
            (what, name) => format!("{what} · {name}"),
        };
        Self { what, ..self.clone() }
    }
}

/// The comparison of one report with its other version.
struct Comparison<'a> {
    key: &'a ReportId,
    commitments: &'a mut CommitmentTexts,
    changes: &'a mut SiteChanges,
}

impl Comparison<'_> {
    fn whole_report(&mut self, difference: Difference) {
        let place = Place { subject: self.key.heading(), address: self.address(""), ..Place::default() };
        self.push(ChangeKind::Report, &place, difference);
    }

    fn reports(&mut self, old: &Value, new: &Value) {
        for kind in [Submitters::Boards, Submitters::Agencies] {
            self.submitters(kind, &old[kind.key()], &new[kind.key()]);
        }
        self.pages(&old["pages"], &new["pages"]);
        self.facts_of_report(old, new);
    }

    /// The pages of text: those that came and went, and the words of the others.
    fn pages(&mut self, old: &Value, new: &Value) {
        for (old, new) in aligned::by_identity(items(old), items(new)) {
            let either = new.or(old).unwrap_or(&Value::Null);
            let title = either["title"].as_str().unwrap_or_default();
            let address = self.address(&format!("{}/", either["id"].as_str().unwrap_or_default()));
            let place = Place { subject: title.to_owned(), address, ..Place::default() };
            let (Some(old), Some(new)) = (old, new) else {
                let page = if new.is_some() { Difference::Added } else { Difference::Removed };
                self.push(ChangeKind::Page, &place, page(title.to_owned()));
                continue;
            };
            self.text(ChangeKind::Text, &place.part("title"), &old["title"], &new["title"]);
            self.text(ChangeKind::Text, &place.part("summary"), &old["summary"], &new["summary"]);
            self.text(ChangeKind::Text, &place, &old["text"], &new["text"]);
        }
    }

    /// A text, or its blocks. A key that only one of them has is unknown to the other, and not compared.
    fn text(&mut self, kind: ChangeKind, place: &Place, old: &Value, new: &Value) {
        if let (Value::Array(_), Value::Array(_)) = (old, new) {
            self.blocks(kind, place, &texts(old), &texts(new));
            return;
        }
        let (old, new) = (old.as_str().unwrap_or_default(), new.as_str().unwrap_or_default());
        if words::fold(old) == words::fold(new) {
            return;
        }
        let difference = match (old, new) {
            ("", new) => Difference::Added(new.to_owned()),
            (old, "") => Difference::Removed(old.to_owned()),
            (old, new) => Difference::Reworded(words::words(old, new)),
        };
        self.push(kind, place, difference);
    }

    fn blocks(&mut self, kind: ChangeKind, place: &Place, old: &[&str], new: &[&str]) {
        for change in words::blocks(old, new) {
            self.push(kind, place, change.into());
        }
    }

    fn push(&mut self, kind: ChangeKind, place: &Place, difference: Difference) {
        let Place { subject, what, address, is_about_edition } = place.clone();
        self.changes.list.push(ReaderChange {
            report: Some(self.key.clone()),
            kind,
            subject,
            what,
            address,
            difference,
            is_about_edition,
        });
    }

    /// The address of a page of the report.
    fn address(&self, page: &str) -> String {
        let language = if self.key.language.is_empty() { String::new() } else { format!("{}/", self.key.language) };
        format!("{language}{}/{page}", self.key.year)
    }
}

impl From<BlockChange> for Difference {
    fn from(change: BlockChange) -> Self {
        match change {
            BlockChange::Added(text) => Self::Added(text),
            BlockChange::Removed(text) => Self::Removed(text),
            BlockChange::Reworded(pieces) => Self::Reworded(pieces),
        }
    }
}

/// A value that replaced another, as words of one text.
fn value(was: Option<&str>, is: Option<&str>) -> Difference {
    Difference::Value { was: was.map(str::to_owned), is: is.map(str::to_owned), by: None }
}

/// Whether all words are the same.
fn is_same(pieces: &[WordRun]) -> bool {
    pieces.iter().all(|piece| matches!(piece, WordRun::Same(_)))
}

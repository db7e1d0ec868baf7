//! Compares what boards and agencies submitted.

use std::collections::HashSet;

use serde_json::Value;

use super::{Comparison, Place, aligned, is_same, items, labels, texts, value};
use crate::compare::change::{ChangeKind, Difference, NOT_LISTED, NOTHING_PUBLISHED};
use crate::compare::words::{self, fold};

/// The boards or the agencies of a report.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Submitters {
    Boards,
    Agencies,
}

impl Submitters {
    /// Their key in `report.json`, which is also in the addresses of their pages.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Boards => "boards",
            Self::Agencies => "agencies",
        }
    }
}

/// What is compared by its own rules, or follows from it.
const OWN_RULES: &[&str] = &["status", "words", "sections", "commitments", "follow_ups", "opening", "title", "summary"];

/// What says when and for which duty a submission was sent, and not what is in it.
const ABOUT_SENDING: &[&str] = &["submitted", "signed_off", "evidence"];

impl Comparison<'_> {
    pub(super) fn submitters(&mut self, kind: Submitters, old: &Value, new: &Value) {
        for (old, new) in aligned::by_identity(items(old), items(new)) {
            let either = new.or(old).unwrap_or(&Value::Null);
            let id = either["id"].as_str().unwrap_or_default();
            let address = self.address(&format!("{}/{id}/", kind.key()));
            let place = Place { subject: labels::item(either), address, ..Place::default() };
            let nothing = Value::Null;
            let sent = |submitter: Option<&'_ Value>| submitter.map_or(&Value::Null, |one| &one["submission"]).clone();
            let (old_sent, new_sent) = (sent(old), sent(new));
            let state = |submitter: Option<&Value>, sent: &Value| match (submitter, sent["status"].as_str()) {
                (None, _) => NOT_LISTED.to_owned(),
                (_, None) => NOTHING_PUBLISHED.to_owned(),
                (_, Some(status)) => labels::word(status),
            };
            let (was, is) = (state(old, &old_sent), state(new, &new_sent));
            if was != is {
                self.push(ChangeKind::State, &place, value(Some(&was), Some(&is)));
            }
            if let (Some(old), Some(new)) = (old, new) {
                for key in self.keys(old, new, &["id", "submission"]) {
                    self.facts(ChangeKind::Fact, &key, &place.part(&labels::key(&key)), &old[&key], &new[&key]);
                }
            }
            if old_sent != new_sent {
                if old_sent != nothing && new_sent != nothing {
                    self.submission(&place, &old_sent, &new_sent);
                }
                self.commitments(&place, &old_sent["commitments"], &new_sent["commitments"]);
                self.follow_ups(&place, &old_sent["follow_ups"], &new_sent["follow_ups"]);
            }
        }
    }

    /// The texts of a submission, and what it states besides commitments and outcomes.
    fn submission(&mut self, place: &Place, old: &Value, new: &Value) {
        self.text(ChangeKind::Text, &place.part("title"), &old["title"], &new["title"]);
        self.text(ChangeKind::Text, &place.part("summary"), &old["summary"], &new["summary"]);
        self.text(ChangeKind::Text, place, &old["opening"], &new["opening"]);
        // Commitments are named as such, and not as words of the text that they are in.
        let promised: HashSet<String> = [old, new]
            .into_iter()
            .flat_map(|sent| items(&sent["commitments"]))
            .filter_map(|commitment| commitment["text"].as_str().map(fold))
            .collect();
        let name =
            |section: &Value| section["id"].as_str().or(section["title"].as_str()).unwrap_or_default().to_owned();
        let pairs = aligned::by_key(items(&old["sections"]), items(&new["sections"]), name);
        for (old, new) in aligned::join_alike(pairs, labels::item) {
            let title = labels::item(new.or(old).unwrap_or(&Value::Null));
            let (Some(old), Some(new)) = (old, new) else {
                let section = if new.is_some() { Difference::Added } else { Difference::Removed };
                self.push(ChangeKind::Section, place, section(title));
                continue;
            };
            self.text(ChangeKind::Section, place, &old["title"], &new["title"]);
            if old["text"].is_array() && new["text"].is_array() {
                let own = |section| -> Vec<&str> {
                    texts(section).into_iter().filter(|block| !promised.contains(&fold(block))).collect()
                };
                self.blocks(ChangeKind::Text, &place.part(&title), &own(&old["text"]), &own(&new["text"]));
            }
        }
        for key in self.keys(old, new, OWN_RULES) {
            let is_about_edition = ABOUT_SENDING.contains(&key.as_str());
            let place = Place { is_about_edition, ..place.part(&labels::key(&key)) };
            self.facts(ChangeKind::Fact, &key, &place, &old[&key], &new[&key]);
        }
    }

    fn commitments(&mut self, place: &Place, old: &Value, new: &Value) {
        let text = |commitment: &Value| commitment["text"].as_str().unwrap_or_default().to_owned();
        let pairs = aligned::join_alike(aligned::by_identity(items(old), items(new)), text);
        for (old, new) in pairs {
            let (Some(old), Some(new)) = (old, new) else {
                let only = if new.is_some() { Difference::Added } else { Difference::Removed };
                self.push(ChangeKind::Commitment, place, only(text(new.or(old).unwrap_or(&Value::Null))));
                continue;
            };
            let ids = old["id"].as_str().zip(new["id"].as_str());
            if let Some((old, new)) = ids.filter(|(old, new)| old != new) {
                let old = (self.key.language.clone(), old.to_owned());
                self.commitments.reworded.insert(old, new.to_owned());
            }
            let words = words::words(&text(old), &text(new));
            if !is_same(&words) {
                self.push(ChangeKind::Commitment, place, Difference::Reworded(words));
            }
            for key in self.keys(old, new, &["id", "text"]) {
                let of = place.part(&text(new)).part(&labels::key(&key));
                self.facts(ChangeKind::Commitment, &key, &of, &old[&key], &new[&key]);
            }
        }
    }

    /// What became of last year's commitments.
    fn follow_ups(&mut self, place: &Place, old: &Value, new: &Value) {
        let language = &self.key.language;
        let new_id = |answer: &Value| {
            let id = answer["commitment"].as_str().unwrap_or_default();
            self.commitments.new_id(language, id).to_owned()
        };
        for (old, new) in aligned::by_key(items(old), items(new), new_id) {
            let either = new.or(old).unwrap_or(&Value::Null);
            let commitment = either["commitment"].as_str().map(|id| self.commitments.text(id)).unwrap_or_default();
            let place = place.part(&commitment);
            let outcome = |answer: Option<&Value>| {
                answer.map(|answer| answer["outcome"].as_str().map_or_else(|| "no outcome".to_owned(), labels::word))
            };
            let (was, is) = (outcome(old), outcome(new));
            if was != is {
                self.push(ChangeKind::Outcome, &place, value(was.as_deref(), is.as_deref()));
            }
            let nothing = Value::Array(Vec::new());
            let note = |answer: Option<&Value>| answer.map_or(&nothing, |answer| &answer["note"]).clone();
            let (old, new) = (note(old), note(new));
            if old.is_array() && new.is_array() {
                self.text(ChangeKind::Outcome, &place, &old, &new);
            }
        }
    }
}

//! What submissions say about last year's commitments, in front matter: the versions of a form, of its last intake and of the
//! file are put together commitment by commitment.

use crate::diagnostic::RelPath;
use crate::edit::front_matter::set;
use crate::edit::yaml_content::{YamlContent, YamlStep};
use crate::source::files::Outcome;
use crate::source::front_matter::split;
use crate::source::yaml::YamlValue;
use crate::source::yaml::node::parse;

const LIST: YamlStep<'_> = YamlStep::Key("follow_up");

/// What is said about a commitment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CommitmentAnswer {
    /// The id of the commitment, without that of the submission.
    pub commitment: String,
    /// Its outcome, as files write it; empty if there is none.
    pub outcome: String,
    /// A note, in Markdown; empty if there is none.
    pub note: String,
}

impl CommitmentAnswer {
    pub(super) fn new(commitment: String, outcome: Option<Outcome>, note: String) -> Self {
        Self { commitment, outcome: outcome.map_or("", Outcome::word).to_owned(), note }
    }

    fn values(&self) -> [(&'static str, &str); 2] {
        [("outcome", &self.outcome), ("note", &self.note)]
    }

    fn to_yaml(&self) -> YamlContent {
        let mut entries = vec![("commitment".to_owned(), YamlContent::Text(self.commitment.clone()))];
        let given = self.values().into_iter().filter(|(_, value)| !value.is_empty());
        entries.extend(given.map(|(key, value)| (key.to_owned(), YamlContent::Text(value.to_owned()))));
        YamlContent::Map(entries)
    }
}

/// The answers in a text's front matter, each at its place in the list. What is no answer has an empty commitment.
pub(super) fn answers_in(text: &str) -> Vec<CommitmentAnswer> {
    let file = RelPath::new("");
    let Some(yaml) = split(&file, text).value.yaml else { return Vec::new() };
    let Some(YamlValue::Map(entries)) = parse(&file, yaml.slice(text), 0).value.map(|root| root.value) else {
        return Vec::new();
    };
    let list = entries.into_iter().find(|(key, _)| key.text == "follow_up").map(|(_, list)| list.value);
    let Some(YamlValue::List(items)) = list else { return Vec::new() };
    let answer = |value: YamlValue| {
        let mut answer = CommitmentAnswer::default();
        let YamlValue::Map(entries) = value else { return answer };
        for (key, value) in entries {
            let YamlValue::Text(text) = value.value else { continue };
            match key.text.as_str() {
                // With or without the id of the submission.
                "commitment" => text.rsplit('/').next().unwrap_or_default().trim().clone_into(&mut answer.commitment),
                "outcome" => answer.outcome = text,
                "note" => text.trim_end().clone_into(&mut answer.note),
                _ => {}
            }
        }
        answer
    };
    items.into_iter().map(|item| answer(item.value)).collect()
}

/// A text whose front matter has these answers and nothing else, above a body. Without answers it is the body.
pub(super) fn with_answers(body: &str, answers: &[CommitmentAnswer]) -> Option<String> {
    if answers.is_empty() {
        return Some(body.to_owned());
    }
    let text = if body.is_empty() { String::new() } else { format!("\n{body}") };
    set(&text, &[LIST], &YamlContent::List(answers.iter().map(CommitmentAnswer::to_yaml).collect()))
}

/// The changes that bring a document's answers into a text, and whether somebody else has changed the same answers since
/// the last intake.
#[derive(Debug, Default)]
pub(super) struct AnswerChanges {
    pub changes: Vec<AnswerChange>,
    pub has_conflict: bool,
}

/// One change.
#[derive(Debug)]
pub(super) enum AnswerChange {
    /// Sets a value of the answer at a place of the list.
    Set(usize, &'static str, String),
    /// Adds an answer below the others.
    Added(CommitmentAnswer),
}

impl AnswerChanges {
    /// Compares the answers of a document with those in the text now, and those of the last intake.
    #[must_use]
    pub(super) fn find(document: &[CommitmentAnswer], now: &[CommitmentAnswer], taken_in: &[CommitmentAnswer]) -> Self {
        let mut found = Self::default();
        let of =
            |all: &[CommitmentAnswer], commitment: &str| all.iter().position(|answer| answer.commitment == commitment);
        for answer in document {
            let Some(place) = of(now, &answer.commitment) else {
                found.changes.push(AnswerChange::Added(answer.clone()));
                continue;
            };
            let before = of(taken_in, &answer.commitment).map(|place| taken_in[place].values());
            for (index, (key, value)) in answer.values().into_iter().enumerate() {
                let (_, current) = now[place].values()[index];
                let before = before.map_or("", |before| before[index].1);
                if value.is_empty() || value == current || value == before {
                    continue;
                }
                found.has_conflict |= !current.is_empty() && current != before;
                found.changes.push(AnswerChange::Set(place, key, value.to_owned()));
            }
        }
        found
    }

    /// The text with the changes. `None` if its front matter cannot be changed.
    #[must_use]
    pub(super) fn apply(&self, text: &str) -> Option<String> {
        let mut count = answers_in(text).len();
        let mut text = text.to_owned();
        for change in &self.changes {
            text = match change {
                AnswerChange::Set(place, key, value) => {
                    let path = [LIST, YamlStep::Item(*place), YamlStep::Key(key)];
                    set(&text, &path, &YamlContent::Text(value.clone()))?
                }
                AnswerChange::Added(answer) => {
                    count += 1;
                    match count {
                        1 => set(&text, &[LIST], &YamlContent::List(vec![answer.to_yaml()]))?,
                        _ => set(&text, &[LIST, YamlStep::Item(count - 1)], &answer.to_yaml())?,
                    }
                }
            };
        }
        Some(text)
    }
}

//! Finds whose document it is: which board or agency of the year.

use crate::model::report::Report;
use crate::model::{SubmitterKind, members::Submitter};

/// A board or agency that a document may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    pub kind: SubmitterKind,
    pub id: String,
    pub name: String,
}

impl Owner {
    /// How it is written after `--as`: `agencies/police`.
    #[must_use]
    pub(crate) fn path(&self) -> String {
        format!("{}/{}", self.kind.folder(), self.id)
    }
}

/// Why it is not known whose document it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OwnerError {
    /// Nobody of this name; those of the year, as they are written after `--as`.
    Unknown(String, Vec<String>),
    /// These may be meant.
    Several(Vec<Owner>),
    /// Nothing in the document names any of the year's boards and agencies.
    Nobody,
}

/// A board or agency with its names as words.
struct Candidate {
    owner: Owner,
    /// Its id, name, short name and aliases.
    names: Vec<String>,
}

/// The owner that somebody named: `agencies/police`, or only `police` if no board has that id.
pub(super) fn named(report: &Report, written: &str) -> Result<Owner, OwnerError> {
    let written = written.trim().trim_matches('/').trim_end_matches(".md");
    let all = candidates(report);
    let is_meant = |candidate: &&Candidate| candidate.owner.path() == written || candidate.owner.id == written;
    let mut found = all.iter().filter(is_meant).map(|candidate| candidate.owner.clone());
    match (found.next(), found.next()) {
        (Some(first), None) => Ok(first),
        (Some(first), Some(second)) => Err(OwnerError::Several(vec![first, second])),
        (None, _) => {
            Err(OwnerError::Unknown(written.to_owned(), all.iter().map(|candidate| candidate.owner.path()).collect()))
        }
    }
}

/// The owner that the texts name: the first text that names anybody decides. They are the document's file name, title,
/// headings and first lines, in this order.
///
/// Where `heading`, the first one of the document, names only others of the same kind, both may be meant: a file may have
/// been saved under the wrong name. (An agency's document may well be headed with the board that it is written for.)
pub(super) fn find(report: &Report, texts: &[String], heading: Option<&str>) -> Result<Owner, OwnerError> {
    let all = candidates(report);
    for text in texts {
        let mut found = named_in(&all, text);
        if let [one] = &found[..] {
            let mut headed = heading.map(|heading| named_in(&all, heading)).unwrap_or_default();
            headed.retain(|other| other.kind == one.kind);
            if !headed.contains(one) {
                found.extend(headed);
            }
        }
        match found.len() {
            0 => {}
            1 => return Ok(found.remove(0)),
            _ => return Err(OwnerError::Several(found)),
        }
    }
    // `Police return.docx` names Westmarch Police if no other name has that word.
    for text in texts {
        let words = words_of(text);
        let has_own_word = |candidate: &&Candidate| own_words(&all, candidate).iter().any(|word| words.contains(word));
        let mut found: Vec<Owner> = all.iter().filter(has_own_word).map(|candidate| candidate.owner.clone()).collect();
        match found.len() {
            0 => {}
            1 => return Ok(found.remove(0)),
            _ => return Err(OwnerError::Several(found)),
        }
    }
    Err(OwnerError::Nobody)
}

/// The names of an owner, as words in lower case.
pub(super) fn names(report: &Report, owner: &Owner) -> Vec<String> {
    candidates(report)
        .into_iter()
        .find(|candidate| candidate.owner == *owner)
        .map_or_else(Vec::new, |known| known.names)
}

/// Everybody else who may submit something, each with their names in the same form.
pub(super) fn others(report: &Report, owner: &Owner) -> Vec<(Owner, Vec<String>)> {
    let others = candidates(report).into_iter().filter(|candidate| candidate.owner != *owner);
    others.map(|candidate| (candidate.owner, candidate.names)).collect()
}

fn candidates(report: &Report) -> Vec<Candidate> {
    let with_names = |submitter: Submitter<'_>| {
        let owner = Owner { kind: submitter.kind, id: submitter.id.to_owned(), name: submitter.name.to_owned() };
        let aliases = report
            .agencies
            .iter()
            .filter(|agency| submitter.kind == SubmitterKind::Agency && agency.id.as_str() == submitter.id);
        let aliases = aliases.flat_map(|agency| agency.aliases.iter().map(String::as_str));
        let names = [submitter.id, submitter.name].into_iter().chain(submitter.short).chain(aliases);
        let names = names.map(|name| words_of(name).join(" ")).filter(|name| !name.is_empty()).collect();
        Candidate { owner, names }
    };
    report.submitters().map(with_names).collect()
}

/// The owners that a text names. A name inside a longer one, such as *police* in *Westmarch Police*, does not count.
fn named_in(all: &[Candidate], text: &str) -> Vec<Owner> {
    let text = format!(" {} ", words_of(text).join(" "));
    let mut found: Vec<(usize, usize, &Candidate)> = Vec::new();
    for candidate in all {
        for name in &candidate.names {
            let padded = format!(" {name} ");
            found.extend(text.match_indices(&padded).map(|(at, _)| (at, at + padded.len(), candidate)));
        }
    }
    let is_inside = |(start, end, own): &(usize, usize, &Candidate)| {
        found.iter().any(|(other_start, other_end, other)| {
            other.owner != own.owner
                && other_start <= start
                && end <= other_end
                && other_end - other_start > end - start
        })
    };
    let mut owners: Vec<Owner> = Vec::new();
    for place in found.iter().filter(|place| !is_inside(place)) {
        if !owners.contains(&place.2.owner) {
            owners.push(place.2.owner.clone());
        }
    }
    owners
}

/// The words that only one candidate's names have.
fn own_words(all: &[Candidate], candidate: &Candidate) -> Vec<String> {
    let has = |other: &Candidate, word: &str| other.names.iter().any(|name| name.split(' ').any(|known| known == word));
    let words = candidate.names.iter().flat_map(|name| name.split(' ')).filter(|word| word.len() > 3);
    let is_own = |word: &&str| all.iter().filter(|other| has(other, word)).count() == 1;
    words.filter(is_own).filter(|word| !GENERAL.contains(word)).map(str::to_owned).collect()
}

/// Words that documents of anybody have.
const GENERAL: &[&str] = &[
    "annual",
    "board",
    "group",
    "partnership",
    "report",
    "return",
    "safeguarding",
    "service",
    "services",
    "submission",
    "sub-group",
    "subgroup",
    "team",
    "trust",
    "with",
    "from",
    "draft",
    "final",
    "version",
    "adults",
    "children",
];

/// The words of a text in lower case: `WestmarchPolice_FINAL-v2` has four.
fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in text.replace('&', " and ").chars() {
        if matches!(c, '\'' | '’') {
            continue;
        }
        let begins = !before.is_alphanumeric() || before.is_lowercase() && c.is_uppercase();
        if c.is_alphanumeric() {
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        before = c;
    }
    words
}

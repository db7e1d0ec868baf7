//! Who was asked for what, and when: `desk.yaml` beside `content/`, which the editor's desk keeps.
//!
//! It is in no folder that annal reads for a build, so nothing in it can be published.

#![allow(clippy::disallowed_methods, reason = "this file reads what annal keeps beside the site's content")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use jiff::civil::Date;

use super::write::{DESK_FILE, EditError, Expected, write};
use super::yaml_content::YamlContent;
use crate::diagnostic::RelPath;
use crate::model::Year;
use crate::source::digest::hash;
use crate::source::yaml::node::parse;
use crate::source::yaml::{YamlNode, YamlValue};

/// The most bytes that are read: some ten thousand letters.
const MOST_BYTES: u64 = 1024 * 1024;

/// The first line of the file, for people who open it.
const EXPLANATION: &str =
    "# The editor's desk keeps this list of who was asked for what, and when. It is never published.\n";

/// What a letter asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ChaseReason {
    /// The submission, of which nothing has come.
    Submission,
    /// The submission again, since it could not be read.
    Unreadable,
    /// Corrections that only the sender can make.
    Questions,
    /// The final text, in place of a draft.
    FinalText,
    /// What became of last year's commitments.
    Commitments,
}

impl ChaseReason {
    const ALL: [Self; 5] = [Self::Submission, Self::Unreadable, Self::Questions, Self::FinalText, Self::Commitments];

    /// The name in the file.
    fn name(self) -> &'static str {
        match self {
            Self::Submission => "submission",
            Self::Unreadable => "unreadable",
            Self::Questions => "questions",
            Self::FinalText => "final-text",
            Self::Commitments => "commitments",
        }
    }
}

/// The letters to one board or agency: their dates, each with what was asked for.
type ChaseDates = BTreeMap<Date, BTreeSet<ChaseReason>>;

/// Who was asked for what, and when: by year, then by `boards/ID` or `agencies/ID`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ChaseLog(BTreeMap<String, BTreeMap<String, ChaseDates>>);

/// Why `desk.yaml` was not read or written.
#[derive(Debug)]
pub(crate) enum ChaseLogError {
    /// Somebody has changed it so that it cannot be understood. It is never overwritten then.
    NotUnderstood,
    NotWritten(EditError),
}

impl ChaseLog {
    /// Reads the file of the site at `root`, and says what must still be there when it is written. A site without the file
    /// has an empty log.
    ///
    /// # Errors
    ///
    /// If it cannot be read or understood.
    pub(crate) fn read(root: &Path) -> Result<(Self, Expected), ChaseLogError> {
        let mut text = String::new();
        match File::open(root.join(DESK_FILE)).and_then(|file| file.take(MOST_BYTES).read_to_string(&mut text)) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Self::default(), Expected::Nothing)),
            Err(_) => return Err(ChaseLogError::NotUnderstood),
        }
        let log = Self::parse(&text).ok_or(ChaseLogError::NotUnderstood)?;
        Ok((log, Expected::File(hash(text.as_bytes()))))
    }

    /// Adds a letter of the day `on` to the file of the site at `root`.
    ///
    /// # Errors
    ///
    /// If the file cannot be understood, or could not be written. It has not changed then.
    pub(crate) fn record(
        root: &Path,
        year: &Year,
        submitter: &str,
        on: Date,
        reasons: impl IntoIterator<Item = ChaseReason>,
    ) -> Result<(), ChaseLogError> {
        let (mut log, expected) = Self::read(root)?;
        let dates = log.0.entry(year.as_str().to_owned()).or_default().entry(submitter.to_owned()).or_default();
        dates.entry(on).or_default().extend(reasons);
        let written = write(root, &RelPath::new(DESK_FILE), expected, log.to_yaml().as_bytes());
        written.map_err(ChaseLogError::NotWritten)
    }

    /// The day of the last letter to a board or agency.
    #[must_use]
    pub(crate) fn last(&self, year: &Year, submitter: &str) -> Option<Date> {
        self.0.get(year.as_str())?.get(submitter)?.last_key_value().map(|(on, _)| *on)
    }

    fn parse(text: &str) -> Option<Self> {
        let parsed = parse(&RelPath::new(DESK_FILE), text, 0);
        if !parsed.diagnostics.is_empty() {
            return None;
        }
        let Some(root) = parsed.value else { return Some(Self::default()) };
        let [("chased", years)] = entries(&root)?[..] else { return None };
        let dates = |node: &YamlNode| {
            let YamlValue::List(items) = &node.value else { return None };
            items.iter().map(letter).collect::<Option<ChaseDates>>()
        };
        let submitters = |node: &YamlNode| {
            let all = entries(node)?.into_iter().map(|(name, node)| Some((name.to_owned(), dates(node)?)));
            all.collect::<Option<BTreeMap<_, _>>>()
        };
        let years = entries(years)?.into_iter().map(|(year, node)| Some((year.to_owned(), submitters(node)?)));
        years.collect::<Option<_>>().map(Self)
    }

    /// The file: sorted, so that equal logs are equal files and changes are small.
    fn to_yaml(&self) -> String {
        let list = |dates: &ChaseDates| {
            let letters = dates.iter().map(|(on, reasons)| {
                let about = reasons.iter().map(|reason| reason.name().into()).collect();
                YamlContent::Map(vec![
                    ("on".to_owned(), on.to_string().as_str().into()),
                    ("about".to_owned(), YamlContent::List(about)),
                ])
            });
            YamlContent::List(letters.collect())
        };
        let submitters = |all: &BTreeMap<String, ChaseDates>| {
            YamlContent::Map(all.iter().map(|(name, dates)| (name.clone(), list(dates))).collect())
        };
        let years = self.0.iter().map(|(year, all)| (year.clone(), submitters(all))).collect();
        let root = YamlContent::Map(vec![("chased".to_owned(), YamlContent::Map(years))]);
        format!("{EXPLANATION}{}\n", root.block(0))
    }
}

/// The entries of a mapping.
fn entries(node: &YamlNode) -> Option<Vec<(&str, &YamlNode)>> {
    let YamlValue::Map(entries) = &node.value else { return None };
    Some(entries.iter().map(|(key, node)| (key.text.as_str(), node)).collect())
}

/// A letter: its day, and what it asked for.
fn letter(node: &YamlNode) -> Option<(Date, BTreeSet<ChaseReason>)> {
    let [("on", on), ("about", about)] = entries(node)?[..] else { return None };
    let (YamlValue::Text(on), YamlValue::List(about)) = (&on.value, &about.value) else { return None };
    let reason = |node: &YamlNode| {
        let YamlValue::Text(name) = &node.value else { return None };
        ChaseReason::ALL.into_iter().find(|reason| reason.name() == name)
    };
    Some((on.parse().ok()?, about.iter().map(reason).collect::<Option<_>>()?))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn record(
        root: &Path,
        year: &str,
        submitter: &str,
        on: &str,
        reasons: &[ChaseReason],
    ) -> Result<(), ChaseLogError> {
        ChaseLog::record(root, &Year::parse(year).unwrap(), submitter, on.parse().unwrap(), reasons.iter().copied())
    }

    #[test]
    fn letters_are_kept_sorted_and_readable() {
        let site = tempfile::tempdir().unwrap();
        let police = "agencies/police";
        record(site.path(), "2024-25", police, "2025-07-16", &[ChaseReason::Questions]).unwrap();
        record(site.path(), "2024-25", police, "2025-07-02", &[ChaseReason::Submission]).unwrap();
        record(site.path(), "2024-25", "agencies/fire", "2025-07-02", &[ChaseReason::Submission]).unwrap();
        record(site.path(), "2023-24", "boards/risk", "2024-07-02", &[ChaseReason::FinalText]).unwrap();
        // Twice on one day is one entry.
        record(site.path(), "2024-25", police, "2025-07-16", &[ChaseReason::Commitments]).unwrap();
        let text = fs::read_to_string(site.path().join(DESK_FILE)).unwrap();
        assert_eq!(
            text.strip_prefix(EXPLANATION).unwrap(),
            "chased:\n  2023-24:\n    boards/risk:\n      - on: 2024-07-02\n        about:\n          - final-text\n  \
             2024-25:\n    agencies/fire:\n      - on: 2025-07-02\n        about:\n          - submission\n    \
             agencies/police:\n      - on: 2025-07-02\n        about:\n          - submission\n      - on: 2025-07-16\n        \
             about:\n          - questions\n          - commitments\n"
        );
        let (log, _) = ChaseLog::read(site.path()).unwrap();
        assert_eq!(log.last(&Year::parse("2024-25").unwrap(), police), Some(jiff::civil::date(2025, 7, 16)));
        assert_eq!(log.last(&Year::parse("2023-24").unwrap(), police), None);
    }

    #[test]
    fn what_is_not_understood_is_never_overwritten() {
        let site = tempfile::tempdir().unwrap();
        for text in ["chased: [", "other: {}", "chased: {2024-25: {agencies/a: [{on: soon, about: []}]}}", "- a"] {
            fs::write(site.path().join(DESK_FILE), text).unwrap();
            let refused = record(site.path(), "2024-25", "agencies/police", "2025-07-16", &[]);
            assert!(matches!(refused, Err(ChaseLogError::NotUnderstood)), "{text}");
            assert_eq!(fs::read_to_string(site.path().join(DESK_FILE)).unwrap(), text);
        }
        fs::write(site.path().join(DESK_FILE), "# nothing yet\n").unwrap();
        assert!(record(site.path(), "2024-25", "agencies/police", "2025-07-16", &[]).is_ok());
    }
}

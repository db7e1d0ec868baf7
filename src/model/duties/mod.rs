//! What the law and its guidance say an annual report must contain, as duties that can be checked.

mod coverage;
mod evidence;
mod fact;
mod fact_checks;
mod said;

use std::sync::LazyLock;

use super::distribution::StatutoryRecipient;
use super::ids::{DutyId, SubmitterKind};
use crate::diagnostic::suggest::{did_you_mean, nearest};
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, WithDiagnostics, excerpt, quoted_list};
use crate::record;
use crate::source::yaml::{FreeMap, Spanned, Text, read_document};
pub(crate) use coverage::{Coverage, Receipt, coverage, receipts};
pub(crate) use evidence::{CoverageScope, DutyStatus, Evidence};
pub(crate) use fact::{Fact, StatedNothing};

/// The duties as a YAML file: their wording, clauses and evidence.
const DUTIES: &str = include_str!("duties.yaml");

/// A set of duties: one act or piece of guidance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DutySet {
    /// The name that `report.yaml` uses, such as `care-act-2014`.
    pub id: String,
    /// The kind of report that it asks for.
    pub title: String,
    /// The act or guidance, and the place in it.
    pub source: String,
    /// Whether somebody has compared the duties with the text of the act or guidance.
    pub is_checked: bool,
    pub duties: Vec<Duty>,
}

/// One thing that a report must contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Duty {
    /// Such as `sab-objective`.
    pub id: DutyId,
    /// The clause to read.
    pub source: String,
    /// What the report must contain.
    pub text: String,
    /// What counts as evidence. Any one of them is enough unless `all` is set.
    pub met_by: Vec<EvidenceRule>,
    /// Whether all of `met_by` are needed.
    pub all: bool,
}

/// One kind of evidence for a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EvidenceRule {
    /// The report states this fact.
    Says(Fact),
    /// Every submission of this kind has the section with this id.
    Section(String, SubmitterKind),
    /// Some submission has the section with this id.
    AnySection(String),
    /// `report.yaml` has this key, with a value that is as required.
    Field(ReportKey),
    /// The report was sent to all of these, if `in_days` is given within so many days of its publication.
    Sent { to: Vec<StatutoryRecipient>, in_days: Option<i32> },
    /// Some submission or page claims the duty.
    Evidence,
}

/// A key of `report.yaml` that can be evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ReportKey {
    /// The first and last day that the report covers, no more than twelve months apart.
    Period,
    /// The date of publication, before October follows the end of the period.
    Published,
}

impl EvidenceRule {
    /// Parses `says:expenditure`, `section:done of boards`, `section:impact`, `field:period`, `sent:leader, healthwatch`,
    /// `sent in 7 days:csprp` or `evidence`.
    fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            None => (text == "evidence").then_some(Self::Evidence),
            Some(("says", name)) => Fact::named(name).map(Self::Says),
            Some(("section", of)) => {
                let Some((id, kind)) = of.split_once(" of ") else { return Some(Self::AnySection(of.to_owned())) };
                let kind =
                    [SubmitterKind::Board, SubmitterKind::Agency].into_iter().find(|known| known.folder() == kind)?;
                Some(Self::Section(id.to_owned(), kind))
            }
            Some(("field", "period")) => Some(Self::Field(ReportKey::Period)),
            Some(("field", "published")) => Some(Self::Field(ReportKey::Published)),
            Some((sent, to)) => {
                let when = sent.strip_prefix("sent")?;
                let days = when.strip_prefix(" in ").and_then(|when| when.strip_suffix(" days"));
                let in_days = days.map(str::parse).transpose().ok()?;
                let to: Option<Vec<_>> = to.split(',').map(StatutoryRecipient::with_name).collect();
                Some(Self::Sent { to: to?, in_days })
            }
        }
    }
}

/// A rule set that a report must follow, and where `report.yaml` says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequiredDutySet {
    pub set: &'static DutySet,
    /// Its name in `report.yaml`.
    pub location: Location,
}

record! {
    /// A set of duties as it is written in `duties.yaml`.
    pub struct DutySetEntry {
        /// The kind of report that it asks for.
        "title" required title: Text,
        /// The act or guidance.
        "source" required source: Text,
        /// Whether the duties were compared with its text; true by default.
        "checked" optional checked: Spanned<bool>,
        /// The duties.
        "duties" required duties: Vec<DutyEntry>,
    }
}

record! {
    /// A duty as it is written in `duties.yaml`.
    pub struct DutyEntry {
        /// Its id.
        "id" required id: Text,
        /// The clause to read.
        "source" required source: Text,
        /// What the report must contain.
        "text" required text: Text,
        /// What counts as evidence.
        "met_by" required met_by: Vec<Text>,
        /// Whether all of `met_by` are needed.
        "all" optional all: Spanned<bool>,
    }
}

/// The built-in sets, in order. A test checks that they are read without diagnostics.
pub(crate) static DUTY_SETS: LazyLock<Vec<DutySet>> = LazyLock::new(|| read().value);

/// Reads the built-in sets.
fn read() -> WithDiagnostics<Vec<DutySet>> {
    let file = RelPath::new("duties.yaml");
    let written = read_document::<FreeMap<DutySetEntry>>(&file, DUTIES, Span::new(0, DUTIES.len()));
    let text = |text: Option<Text>| text.map(|text| text.value).unwrap_or_default();
    let duty = |entry: DutyEntry| Duty {
        id: DutyId::new(&text(entry.id)),
        source: text(entry.source),
        text: text(entry.text),
        met_by: entry.met_by.into_iter().flatten().filter_map(|way| EvidenceRule::parse(&way)).collect(),
        all: entry.all.is_some_and(|all| all.value),
    };
    let set = |(id, entry): (Text, DutySetEntry)| DutySet {
        id: id.value,
        title: text(entry.title),
        source: text(entry.source),
        is_checked: entry.checked.is_none_or(|checked| checked.value),
        duties: entry.duties.into_iter().flatten().map(duty).collect(),
    };
    WithDiagnostics::new(written.value.0.into_iter().map(set).collect(), written.diagnostics)
}

/// The rule set with this name.
#[must_use]
pub(crate) fn find(name: &str) -> Option<&'static DutySet> {
    DUTY_SETS.iter().find(|set| set.id == name)
}

/// The names of the rule sets.
pub(crate) fn set_ids() -> impl Iterator<Item = &'static str> + Clone {
    DUTY_SETS.iter().map(|set| set.id.as_str())
}

/// The ids of all duties of all sets.
pub(crate) fn all_ids() -> impl Iterator<Item = &'static str> + Clone {
    DUTY_SETS.iter().flat_map(|set| &set.duties).map(|duty| duty.id.as_str())
}

/// The text of the duty with this id; empty if there is none.
#[must_use]
pub(crate) fn text_of(id: &str) -> &'static str {
    let mut duties = DUTY_SETS.iter().flat_map(|set| &set.duties);
    duties.find(|duty| duty.id.as_str() == id).map_or("", |duty| &duty.text)
}

/// The rule sets that a report lists under `duties`. Unknown names are reported.
#[must_use]
pub(crate) fn asked(file: &RelPath, written: Option<Vec<Text>>) -> WithDiagnostics<Vec<RequiredDutySet>> {
    let (mut asked, mut diagnostics): (Vec<RequiredDutySet>, _) = (Vec::new(), Vec::new());
    for name in written.into_iter().flatten() {
        let location = Location::new(file, name.span);
        let Some(set) = find(&name) else {
            let message = format!("there is no rule set `{}`", excerpt(&name));
            let known: Vec<&str> = set_ids().collect();
            let help = did_you_mean(&name, set_ids()).unwrap_or_else(|| format!("choose from {}", quoted_list(&known)));
            diagnostics.push(Diagnostic::new(Code::UnknownId, location, message).help(help));
            continue;
        };
        if let Some(first) = asked.iter().find(|earlier| earlier.set.id == set.id) {
            let message = format!("`{}` is listed twice in `duties`", name.value);
            let twice = Diagnostic::new(Code::DuplicateId, location, message);
            diagnostics.push(twice.related(first.location.clone(), "first listed here").help("keep one of the two"));
        } else {
            asked.push(RequiredDutySet { set, location });
        }
    }
    WithDiagnostics::new(asked, diagnostics)
}

/// The duties that a submission or page claims to be evidence for. An unknown id is reported, and the closest duty is
/// used for it, so that the same mistake does not leave that duty uncovered as well.
#[must_use]
pub(crate) fn claimed(file: &RelPath, written: Option<Vec<Text>>) -> WithDiagnostics<Vec<DutyId>> {
    let (mut claimed, mut diagnostics) = (Vec::new(), Vec::new());
    for id in written.into_iter().flatten() {
        let exact = all_ids().find(|known| *known == id.value);
        if exact.is_none() {
            let message = format!("there is no duty `{}`", excerpt(&id));
            let help = did_you_mean(&id, all_ids())
                .unwrap_or_else(|| "use an id from the duties page of the built report".to_owned());
            diagnostics.push(Diagnostic::new(Code::UnknownId, Location::new(file, id.span), message).help(help));
        }
        claimed.extend(exact.or_else(|| nearest(&id, all_ids())).map(DutyId::new));
    }
    claimed.sort_unstable();
    claimed.dedup();
    WithDiagnostics::new(claimed, diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_sets_are_read_without_diagnostics() {
        let read = read();
        assert_eq!(read.diagnostics, []);
        let ids: Vec<(&str, usize)> = read.value.iter().map(|set| (set.id.as_str(), set.duties.len())).collect();
        assert_eq!(ids, [("care-act-2014", 8), ("working-together-2018", 7), ("working-together-2023", 18)]);
        // A misspelt way would be left out of the count.
        let ways: usize = read.value.iter().flat_map(|set| &set.duties).map(|duty| duty.met_by.len()).sum();
        assert_eq!(ways, 49);
        let all: Vec<&str> =
            read.value.iter().flat_map(|s| &s.duties).filter(|d| d.all).map(|d| d.id.as_str()).collect();
        assert_eq!(all, ["wt23-funding"]);
        let mut ids: Vec<&str> = all_ids().collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 33, "ids are unique");
    }

    #[test]
    fn unknown_names_are_reported_with_the_nearest() {
        let file = RelPath::new("report.yaml");
        let text = |text: &str| Spanned::new(text.to_owned(), Span::default());
        let asked = asked(&file, Some(vec![text("care-act-2014"), text("care-act-2015"), text("care-act-2014")]));
        assert_eq!(asked.value.len(), 1);
        let reported: Vec<_> = asked.diagnostics.iter().map(|d| (d.code.name(), d.message.as_str())).collect();
        let expected = [
            ("unknown-id", "there is no rule set `care-act-2015`"),
            ("duplicate-id", "`care-act-2014` is listed twice in `duties`"),
        ];
        assert_eq!(reported, expected);
        let claimed = claimed(&file, Some(vec![text("sab-strategy"), text("sab-membrs"), text("something else")]));
        assert_eq!(claimed.value, [DutyId::new("sab-members"), DutyId::new("sab-strategy")]);
        assert_eq!(claimed.diagnostics.len(), 2);
        assert_eq!(claimed.diagnostics[0].help.as_deref(), Some("did you mean `sab-members`?"));
    }
}

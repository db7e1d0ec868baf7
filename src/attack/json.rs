//! What an attack found, for scripts.

use serde_json::{Value, json};

use super::clue::{Clue, ClueKind, FigureKey};
use super::inference::Leak;
use super::report::AttackReport;

/// The suppressed counts that can be worked out, each with what gives it away, and those that could not be decided.
#[must_use]
pub(crate) fn json(report: &AttackReport) -> Value {
    let inference = &report.inference;
    let figures = |keys: &[FigureKey]| keys.iter().map(|key| figure(report, key)).collect::<Value>();
    json!({
        "version": 1,
        "suppressed": inference.suppressed,
        "worked_out": inference.leaks.iter().map(|leak| one(report, leak)).collect::<Value>(),
        "not_decided": figures(&inference.undecided),
        "contradicted": figures(&inference.contradicted),
    })
}

fn one(report: &AttackReport, leak: &Leak) -> Value {
    json!({
        "figure": figure(report, &leak.figure),
        "values": leak.values,
        "suppressed_in": report.tables(leak).collect::<Value>(),
        "given_away_by": leak.clues.iter().map(|found| clue(report, found)).collect::<Value>(),
        "help": report.help(leak),
    })
}

fn figure(report: &AttackReport, key: &FigureKey) -> Value {
    let (breakdown, group) = key.figure.group.clone().unzip();
    json!({
        "indicator": key.figure.indicator,
        "name": report.indicator_name(&key.figure.indicator),
        "period": key.figure.period,
        "breakdown": breakdown,
        "group": group,
    })
}

fn clue(report: &AttackReport, clue: &Clue) -> Value {
    let kind = match clue.kind {
        ClueKind::Total { .. } => "total",
        ClueKind::Part => "part",
        ClueKind::Formula { .. } => "formula",
        ClueKind::Target { .. } => "target",
        ClueKind::Change { .. } => "change",
        ClueKind::Shown => "shown",
        ClueKind::SomeSmall => "rule",
    };
    let figures = report.shown(clue).into_iter().map(|(key, number)| {
        let mut shown = figure(report, key);
        shown["value"] = json!(number);
        shown
    });
    json!({
        "kind": kind,
        "page": (!clue.address.is_empty()).then_some(&clue.address),
        "text": report.words(clue),
        "figures": figures.collect::<Value>(),
    })
}

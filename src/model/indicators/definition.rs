//! `content/indicators.yaml`: what is counted, from which source, and towards which target.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::formula::{Formula, NoResult};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, WithDiagnostics, excerpt};
use crate::model::ids::IndicatorId;
use crate::model::site::NamedAddress;
use crate::quantity::{Decimal, Fraction};
use crate::source::files::{Better, FormulaText, IndicatorEntry, TargetEntry};
use crate::source::markdown::Markdown;
use crate::source::yaml::Text;

/// Everything that a site counts, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct IndicatorSet {
    /// The indicators.
    pub indicators: Vec<Arc<Indicator>>,
    /// Whether all entries of the file could be read. If not, an unknown id may be one of theirs.
    pub is_complete: bool,
}

/// Something that is counted or measured every year.
#[derive(Clone, Debug)]
pub(crate) struct Indicator {
    /// Its id.
    pub id: IndicatorId,
    /// Its name for readers.
    pub name: String,
    /// The place of its name; of its id if it has no other name.
    pub name_location: Location,
    /// What is counted.
    pub unit: Unit,
    /// The heading that it is under.
    pub group: Option<String>,
    /// Which direction is better.
    pub better: Better,
    /// Whether it counts people, so that small numbers are suppressed.
    pub counts_people: bool,
    /// Whether somebody can be in two groups of a breakdown.
    pub is_overlapping: bool,
    /// What the partnership wants to reach.
    pub target: Option<IndicatorTarget>,
    /// Where the values come from.
    pub source: Option<NamedAddress>,
    /// What counts and what does not.
    pub definition: Option<Markdown>,
    /// The priority that it belongs to, as written.
    pub priority: Option<Text>,
    /// How it is calculated.
    pub formula: Option<Formula>,
    /// Whether part of the entry could not be read: then it is unknown what may be published, so nothing is.
    pub is_in_doubt: bool,
    /// The place of its id.
    pub location: Location,
}

/// What an indicator's values are in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Percent,
    Days,
    PerTenThousand,
    /// Anything else that is counted, such as `concerns`.
    Other(String),
}

/// What an indicator is to reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IndicatorTarget {
    /// The value to reach.
    pub value: Decimal,
    /// How far off still counts as close.
    pub tolerance: Option<Tolerance>,
}

/// How far off a target still counts as close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tolerance {
    /// So many percent of the target.
    Percent(Decimal),
    /// So many of the indicator's unit.
    Units(Decimal),
}

/// How a value compares with its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TargetState {
    /// The target was reached. Where neither direction is better: the value is within the tolerance.
    Met,
    /// It was not reached, but the value is within the tolerance.
    Near,
    /// Neither.
    Missed,
}

impl TargetState {
    /// The state's name in data and style sheets.
    #[must_use]
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Near => "near",
            Self::Missed => "missed",
        }
    }
}

impl Unit {
    fn parse(written: &str) -> Self {
        match written.to_lowercase().as_str() {
            "percent" | "per cent" | "%" => Self::Percent,
            "days" => Self::Days,
            "per 10,000" | "per 10000" => Self::PerTenThousand,
            _ => Self::Other(written.to_owned()),
        }
    }

    /// The unit as it is written in files.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Percent => "percent",
            Self::Days => "days",
            Self::PerTenThousand => "per 10,000",
            Self::Other(unit) => unit,
        }
    }

    /// What the result of a formula is multiplied by.
    #[must_use]
    pub(crate) fn factor(&self) -> Decimal {
        match self {
            Self::Percent => Decimal::whole(100),
            Self::PerTenThousand => Decimal::whole(10_000),
            Self::Days | Self::Other(_) => Decimal::whole(1),
        }
    }
}

impl Indicator {
    /// How many decimals its values have at least: the results of a division have one.
    #[must_use]
    pub(crate) fn decimals(&self) -> usize {
        usize::from(self.formula.as_ref().is_some_and(Formula::divides))
    }

    /// Whether the groups of a breakdown add up to the whole: they do for counts, and not for shares, rates and averages.
    #[must_use]
    pub(crate) fn adds_up(&self) -> bool {
        !self.is_overlapping && self.formula.is_none() && matches!(self.unit, Unit::Other(_))
    }
}

impl IndicatorTarget {
    /// How a value compares with the target.
    #[must_use]
    pub(crate) fn state(&self, value: Decimal, better: Better) -> TargetState {
        let is_met = match better {
            Better::Up => value >= self.value,
            Better::Down => value <= self.value,
            Better::Neither => self.is_close(value),
        };
        match is_met {
            true => TargetState::Met,
            false if self.is_close(value) => TargetState::Near,
            false => TargetState::Missed,
        }
    }

    /// Whether a value is within the tolerance, if only that of zero.
    fn is_close(&self, value: Decimal) -> bool {
        let off = Fraction::from(value.minus(self.value).abs());
        let most = match self.tolerance {
            None => Some(Fraction::from(Decimal::default())),
            Some(Tolerance::Units(units)) => Some(units.into()),
            Some(Tolerance::Percent(percent)) => Fraction::from(self.value.abs())
                .times(percent.into())
                .and_then(|most| most.divided_by(Decimal::whole(100).into())),
        };
        most.and_then(|most| most.minus(off)).is_some_and(|rest| !rest.is_negative())
    }
}

impl IndicatorSet {
    /// The indicator with an id.
    #[must_use]
    pub(crate) fn get(&self, id: &IndicatorId) -> Option<&Indicator> {
        self.indicators.iter().map(Arc::as_ref).find(|indicator| indicator.id == *id)
    }

    /// The indicator that a text of `file` names by its id. One that does not exist is reported, with the nearest id or
    /// one of the `others` that may be written there, unless the definitions could not be read completely.
    pub(crate) fn find<'a>(
        &'a self,
        file: &RelPath,
        written: &Text,
        others: impl Iterator<Item = &'a str>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<IndicatorId> {
        let id = IndicatorId::new(&written.value);
        if self.get(&id).is_some() {
            return Some(id);
        }
        if self.is_complete {
            let message = format!("there is no indicator `{}`", excerpt(&written.value));
            let known = self.indicators.iter().map(|known| known.id.as_str()).chain(others);
            let help = did_you_mean(&written.value, known)
                .unwrap_or_else(|| format!("add it to {}, or correct the id", super::FILE));
            diagnostics.push(Diagnostic::new(Code::UnknownId, Location::new(file, written.span), message).help(help));
        }
        None
    }

    /// The positions of the indicators, by id.
    #[must_use]
    pub(crate) fn positions(&self) -> HashMap<&str, usize> {
        self.indicators.iter().enumerate().map(|(at, indicator)| (indicator.id.as_str(), at)).collect()
    }

    /// The positions of the indicators with a formula, so that each comes after those that it is calculated from.
    #[must_use]
    pub(crate) fn calculation_order(&self) -> Vec<usize> {
        let positions = self.positions();
        let mut order = Vec::new();
        let mut is_known: Vec<bool> = self.indicators.iter().map(|indicator| indicator.formula.is_none()).collect();
        // Each round takes those that need nothing more. A formula that needs itself is not among them.
        loop {
            let before = order.len();
            for (at, indicator) in self.indicators.iter().enumerate() {
                let is_ready = |formula: &Formula| {
                    formula
                        .indicators()
                        .all(|(id, _)| positions.get(id.as_str()).is_none_or(|needed| is_known[*needed]))
                };
                if !is_known[at] && indicator.formula.as_ref().is_some_and(is_ready) {
                    is_known[at] = true;
                    order.push(at);
                }
            }
            if order.len() == before {
                return order;
            }
        }
    }

    /// The Markdown in the file.
    pub(crate) fn prose(&self) -> impl Iterator<Item = &Markdown> {
        self.indicators.iter().filter_map(|indicator| indicator.definition.as_ref())
    }

    /// Whether the formula of an indicator, or those of its operands, name another one.
    fn reaches(&self, from: usize, to: usize) -> bool {
        let positions = self.positions();
        let mut seen = BTreeSet::new();
        let mut next = vec![from];
        while let Some(at) = next.pop() {
            let operands = self.indicators[at].formula.iter().flat_map(Formula::indicators);
            for needed in operands.filter_map(|(id, _)| positions.get(id.as_str()).copied()) {
                if needed == to {
                    return true;
                }
                if seen.insert(needed) {
                    next.push(needed);
                }
            }
        }
        false
    }

    /// Gives a translated set everything of the original except words, so that both publish the same values.
    pub(crate) fn adopt(&mut self, original: &Self) {
        let translated = std::mem::replace(self, original.clone());
        let mut by_id: BTreeMap<IndicatorId, Indicator> = translated
            .indicators
            .into_iter()
            .map(|indicator| (indicator.id.clone(), Arc::unwrap_or_clone(indicator)))
            .collect();
        for own in &mut self.indicators {
            let own = Arc::make_mut(own);
            let Some(words) = by_id.remove(&own.id) else { continue };
            own.name = words.name;
            own.group = words.group.or(own.group.take());
            own.definition = words.definition.or(own.definition.take());
            let url = own.source.take().and_then(|source| source.url);
            own.source = words.source.map(|source| NamedAddress { url: source.url.or(url), ..source });
            if matches!((&own.unit, &words.unit), (Unit::Other(_), Unit::Other(_))) {
                own.unit = words.unit;
            }
        }
    }
}

/// Assembles the entries of `content/indicators.yaml`.
#[must_use]
pub(crate) fn assemble(file: &RelPath, written: Vec<IndicatorEntry>, was_read: bool) -> WithDiagnostics<IndicatorSet> {
    let mut reading = DefinitionAssembler { file, diagnostics: Vec::new() };
    let mut set = IndicatorSet { indicators: Vec::new(), is_complete: was_read };
    let mut taken: BTreeMap<String, Span> = BTreeMap::new();
    let mut formulas: Vec<(usize, FormulaText)> = Vec::new();
    for entry in written {
        set.is_complete &= !entry.has_errors;
        let formula = entry.formula.clone();
        let Some(indicator) = reading.indicator(entry) else { continue };
        let place = indicator.location.clone();
        if let Some(first) = taken.get(indicator.id.as_str()) {
            let first = Location::new(file, *first);
            reading.diagnostics.push(Diagnostic::duplicate_id(place, first, indicator.id.as_str(), "indicator"));
            set.is_complete = false;
            continue;
        }
        taken.insert(indicator.id.as_str().to_owned(), place.span);
        formulas.extend(formula.filter(|_| indicator.formula.is_some()).map(|formula| (set.indicators.len(), formula)));
        set.indicators.push(Arc::new(indicator));
    }
    for (at, written) in &formulas {
        if !reading.operands(&set, *at, written) {
            Arc::make_mut(&mut set.indicators[*at]).is_in_doubt = true;
        }
    }
    WithDiagnostics::new(set, reading.diagnostics)
}

/// Assembles entries and collects diagnostics.
struct DefinitionAssembler<'a> {
    file: &'a RelPath,
    diagnostics: Vec<Diagnostic>,
}

impl DefinitionAssembler<'_> {
    fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, Location::new(self.file, span), message).help(help));
    }

    fn indicator(&mut self, entry: IndicatorEntry) -> Option<Indicator> {
        let definition =
            entry.definition.map(|prose| Markdown::of_prose(self.file, &prose).emit_into(&mut self.diagnostics));
        let target = entry.target.and_then(|target| self.target(target));
        let unit = entry.unit.map_or_else(|| Unit::Other(String::new()), |unit| Unit::parse(&unit));
        let has_formula = entry.formula.is_some();
        let formula = entry.formula.and_then(|formula| self.formula(&formula, &unit));
        let people = entry.people.filter(|people| people.value);
        if let Some(people) = people.as_ref().filter(|_| !matches!(unit, Unit::Other(_))) {
            let message = format!("this indicator counts people, but its unit is `{}`", unit.as_str());
            let help = "remove `people`, or make an indicator of the count and another with a `formula` for the rate";
            self.report(Code::BadValue, people.span, message, help);
        }
        let id = entry.id?;
        let name_span = entry.name.as_ref().map_or(id.span, |name| name.span);
        Some(Indicator {
            name_location: Location::new(self.file, name_span),
            name: entry.name.map_or_else(|| id.to_string(), |name| name.value),
            unit,
            group: entry.group.map(|group| group.value),
            better: entry.better.map_or(Better::Neither, |better| better.value),
            counts_people: people.is_some(),
            is_overlapping: entry.overlapping.is_some_and(|overlapping| overlapping.value),
            target,
            source: entry.source.and_then(|source| {
                Some(NamedAddress { name: source.name?.value, url: source.url.map(|url| url.value.0) })
            }),
            definition,
            priority: entry.priority,
            is_in_doubt: entry.has_errors || has_formula != formula.is_some(),
            formula,
            location: Location::new(self.file, id.span),
            id: IndicatorId::new(id.as_str()),
        })
    }

    fn target(&mut self, entry: TargetEntry) -> Option<IndicatorTarget> {
        let tolerance = entry.tolerance.and_then(|written| {
            let tolerance = match written.strip_suffix('%') {
                Some(share) => share.parse().map(Tolerance::Percent),
                None => written.parse().map(Tolerance::Units),
            };
            let is_positive = |tolerance: &Tolerance| {
                let (Tolerance::Percent(number) | Tolerance::Units(number)) = *tolerance;
                !number.is_negative()
            };
            let tolerance = tolerance.ok().filter(is_positive);
            if tolerance.is_none() {
                let message = format!("`tolerance` must be a share or a number, but is `{}`", excerpt(&written));
                self.report(Code::BadValue, written.span, message, "write a share such as `5%`, or a number");
            }
            tolerance
        });
        Some(IndicatorTarget { value: entry.value?.value, tolerance })
    }

    /// Reports ids in a formula that do not exist, and a formula that needs its own result. Returns whether it can be
    /// calculated.
    fn operands(&mut self, set: &IndicatorSet, at: usize, written: &FormulaText) -> bool {
        let indicator = &set.indicators[at];
        let operands: Vec<_> = indicator.formula.iter().flat_map(Formula::indicators).collect();
        let mut are_known = true;
        for (id, span) in &operands {
            if set.get(id).is_none() {
                are_known = false;
                let others = set.indicators.iter().filter(|other| other.id != indicator.id);
                let help = did_you_mean(id.as_str(), others.map(|other| other.id.as_str()))
                    .unwrap_or_else(|| "add it to this file, or correct the formula".to_owned());
                if set.is_complete {
                    let message = format!("there is no indicator `{id}`");
                    self.report(Code::UnknownId, written.0.place_of(*span), message, help);
                }
            }
        }
        let is_circular = set.reaches(at, at);
        if is_circular {
            let message = format!("the formula of `{}` needs its own result", indicator.id);
            self.report(Code::BadValue, written.0.span, message, "calculate it from other indicators only");
        }
        are_known && !is_circular
    }

    fn formula(&mut self, written: &FormulaText, unit: &Unit) -> Option<Formula> {
        let prose = &written.0;
        let formula = match Formula::parse(&prose.text) {
            Ok(formula) => formula,
            Err(error) => {
                self.report(Code::BadValue, prose.place_of(error.span), error.message, error.help);
                return None;
            }
        };
        // Whatever is counted, these numbers are not what it is divided by.
        let operands: Vec<&IndicatorId> = formula.indicators().map(|(id, _)| id).collect();
        let number = |id: &IndicatorId| {
            let at = u32::try_from(operands.iter().position(|operand| *operand == id)?).ok()?;
            Some(Fraction::from(Decimal::whole(at.checked_mul(7_919)?.checked_add(104_729)?)))
        };
        // Other values may give a number that can be held where these give none.
        if formula.calculate(number) == Err(NoResult::DivisionByZero) {
            let help = "divide by an indicator, or by a number that is not 0";
            self.report(Code::BadValue, prose.span, "this formula divides by zero", help);
            return None;
        }
        let factor = unit.factor();
        if factor != Decimal::whole(1) && formula.has_number(factor) {
            let message = format!("this formula has the number {} in it", factor.grouped());
            let help = format!(
                "remove it: the result of a formula in `{}` is multiplied by {} already",
                unit.as_str(),
                factor.grouped()
            );
            self.report(Code::BadValue, prose.span, message, help);
        }
        Some(formula)
    }
}

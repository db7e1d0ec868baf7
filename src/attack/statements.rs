//! What one year's report says about suppressed figures: in totals, calculated figures, targets and changes.

use std::collections::{BTreeMap, BTreeSet};

use super::clue::{Clue, ClueKind, Clues, FigureKey, FigureSum, Restated};
use super::edition::{Edition, FigureId, IndicatorFacts, Shown, StatedChange};
use super::formula::{Quotient, WeightedSum};
use super::number::ShownNumber;

/// What `editions` say, if the figures in `restated` belong to one edition each.
pub(super) fn clues(editions: &[Edition], restated: &Restated) -> Clues {
    let mut numbers: BTreeMap<&FigureId, BTreeSet<ShownNumber>> = BTreeMap::new();
    for (figure, shown) in editions.iter().flat_map(|edition| &edition.figures) {
        if let Shown::Number(number) = shown {
            numbers.entry(figure).or_default().insert(number.trimmed());
        }
    }
    let differs = |figure: &FigureId| {
        restated.contains(&(figure.indicator.clone(), figure.period.clone()))
            || numbers.get(figure).is_some_and(|numbers| numbers.len() > 1)
    };
    let mut clues = Clues::default();
    for (place, edition) in editions.iter().enumerate() {
        let key = |figure: &FigureId| FigureKey { figure: figure.clone(), edition: differs(figure).then_some(place) };
        for (figure, shown) in &edition.figures {
            match shown {
                Shown::Number(number) => _ = clues.shown.insert(key(figure), *number),
                Shown::Suppressed if edition.is_count(&figure.indicator) => {
                    clues.suppressed.entry(key(figure)).or_default().insert(place);
                }
                Shown::Suppressed => {}
            }
        }
    }
    for (place, edition) in editions.iter().enumerate() {
        let (shown, suppressed) = (&clues.shown, &clues.suppressed);
        let said = EditionClues { edition, place, differs: &differs, shown, suppressed }.all();
        clues.list.extend(said);
    }
    clues
}

/// The indicators and periods that a report corrects: it has a figure with a note that an earlier report shows
/// and it suppresses, or the other way round. An equal number would have been suppressed in both. What is calculated from
/// such figures is new with them.
pub(super) fn restated(editions: &[Edition]) -> Restated {
    let is_suppressed =
        |edition: &Edition, figure: &FigureId| edition.figures.get(figure).map(|shown| *shown == Shown::Suppressed);
    let is_restated = |edition: &Edition, figure: &FigureId| {
        let mut earlier = editions.iter().filter(|other| other.year() < edition.year());
        earlier.any(|other| {
            is_suppressed(other, figure).is_some_and(|before| Some(before) != is_suppressed(edition, figure))
        })
    };
    let noted = editions.iter().flat_map(|edition| edition.noted.iter().map(move |figure| (edition, figure)));
    let restated = noted.filter(|(edition, figure)| is_restated(edition, figure));
    let mut all: Restated = restated.map(|(_, figure)| (figure.indicator.clone(), figure.period.clone())).collect();
    let formulas = editions.iter().flat_map(|edition| &edition.indicators);
    let formulas: Vec<_> = formulas.map(|(id, facts)| (id, facts.ids())).filter(|(_, ids)| !ids.is_empty()).collect();
    loop {
        let is_of = |ids: &[String], (id, _): &&(String, String)| ids.contains(id);
        let calculated = formulas.iter().flat_map(|(id, ids)| {
            let periods = all.iter().filter(move |one| is_of(ids, one)).map(|(_, period)| period);
            periods.map(|period| ((*id).clone(), period.clone()))
        });
        let further: Vec<_> = calculated.filter(|one| !all.contains(one)).collect();
        if further.is_empty() {
            return all;
        }
        all.extend(further);
    }
}

/// What one edition says.
struct EditionClues<'a> {
    edition: &'a Edition,
    /// Its place among all editions.
    place: usize,
    /// Whether editions differ about a figure.
    differs: &'a dyn Fn(&FigureId) -> bool,
    /// The figures of all editions.
    shown: &'a BTreeMap<FigureKey, ShownNumber>,
    suppressed: &'a BTreeMap<FigureKey, BTreeSet<usize>>,
}

impl EditionClues<'_> {
    /// All that it says.
    fn all(&self) -> Vec<Clue> {
        [self.totals(), self.computed(), self.stated(), self.shown_here()].concat()
    }

    fn key(&self, figure: &FigureId) -> FigureKey {
        FigureKey { figure: figure.clone(), edition: (self.differs)(figure).then_some(self.place) }
    }

    fn clue(&self, kind: ClueKind, rows: Vec<FigureSum>) -> Clue {
        let figures: BTreeSet<&FigureKey> = rows.iter().flat_map(|row| row.terms.iter().map(|(key, _)| key)).collect();
        Clue { kind, address: self.edition.page(), figures: figures.into_iter().cloned().collect(), rows: Some(rows) }
    }

    /// A clue about a computed figure, which is about the figures in its formula too.
    fn computed_clue(
        &self,
        kind: ClueKind,
        figure: &FigureId,
        facts: &IndicatorFacts,
        rows: Option<Vec<FigureSum>>,
    ) -> Clue {
        let mut figures: Vec<FigureKey> = facts.ids().iter().map(|id| self.key(&figure.with_indicator(id))).collect();
        figures.push(self.key(figure));
        Clue { kind, address: self.edition.page(), figures, rows }
    }

    /// Figures that this edition shows and another suppresses.
    fn shown_here(&self) -> Vec<Clue> {
        let shown = self.edition.figures.iter().filter(|(_, shown)| **shown != Shown::Suppressed);
        let keys = shown.map(|(figure, _)| self.key(figure)).filter(|key| self.suppressed.contains_key(key));
        let clue = |key| Clue {
            kind: ClueKind::Shown,
            address: self.edition.table(),
            figures: vec![key],
            rows: Some(Vec::new()),
        };
        keys.map(clue).collect()
    }

    /// The whole that groups are of. One that only another edition has is not taken from there: that edition may have
    /// other groups.
    fn whole(&self, figure: &FigureId) -> FigureKey {
        let key = self.key(figure);
        let is_elsewhere = self.shown.contains_key(&key) || self.suppressed.contains_key(&key);
        if is_elsewhere && !self.edition.figures.contains_key(figure) {
            return FigureKey { edition: Some(self.place), ..key };
        }
        key
    }

    /// Groups of a breakdown add up to the whole, or each is a part of it.
    fn totals(&self) -> Vec<Clue> {
        let mut breakdowns: BTreeMap<(FigureId, &str), Vec<&FigureId>> = BTreeMap::new();
        // Whether calculated figures add up depends on those that they are calculated from, which say so themselves.
        for figure in self.edition.figures.keys().filter(|figure| !self.edition.is_calculated(&figure.indicator)) {
            if let Some((breakdown, _)) = &figure.group {
                breakdowns.entry((figure.whole(), breakdown)).or_default().push(figure);
            }
        }
        let mut clues = Vec::new();
        for ((whole, breakdown), groups) in breakdowns {
            let whole = self.whole(&whole);
            let facts = self.edition.indicators.get(&whole.figure.indicator);
            if facts.is_some_and(|facts| facts.overlapping) {
                for group in groups {
                    let terms = vec![(whole.clone(), 1), (self.key(group), -1)];
                    clues.push(self.clue(ClueKind::Part, vec![FigureSum { terms, least: Some(0), most: None }]));
                }
                continue;
            }
            let mut terms: Vec<_> = groups.into_iter().map(|group| (self.key(group), 1)).collect();
            terms.push((whole, -1));
            let kind = ClueKind::Total { breakdown: breakdown.to_owned() };
            clues.push(self.clue(kind, vec![FigureSum { terms, least: Some(0), most: Some(0) }]));
        }
        clues
    }

    /// What computed figures say that are shown, or are counts.
    fn computed(&self) -> Vec<Clue> {
        let mut clues = Vec::new();
        for (figure, shown) in &self.edition.figures {
            let Some(facts) = self.edition.indicators.get(&figure.indicator) else { continue };
            let Some(formula) = &facts.formula else { continue };
            let rows = match shown {
                Shown::Number(number) => {
                    let tenths = number.trimmed().scaled(1);
                    tenths.and_then(|tenths| self.between(figure, facts, Some(tenths), Some(tenths)))
                }
                Shown::Suppressed if self.edition.is_count(&figure.indicator) => self.suppressed_sum(figure, facts),
                Shown::Suppressed => continue,
            };
            let kind = ClueKind::Formula { formula: formula.clone() };
            clues.push(self.computed_clue(kind, figure, facts, rows));
        }
        clues
    }

    /// What it means that a suppressed figure is a sum of others.
    fn suppressed_sum(&self, figure: &FigureId, facts: &IndicatorFacts) -> Option<Vec<FigureSum>> {
        let sum = facts.quotient(&|_| None)?.top;
        let mut terms = self.terms(figure, &sum, 1)?;
        terms.push((self.key(figure), -1));
        let total = sum.constant.checked_neg();
        Some(vec![FigureSum { terms, least: total, most: total }])
    }

    /// What a year's report says in words: whether targets were met, and changes.
    fn stated(&self) -> Vec<Clue> {
        let mut clues = Vec::new();
        for (id, facts) in &self.edition.indicators {
            let whole = |period: &str| FigureId { indicator: id.clone(), period: period.to_owned(), group: None };
            let Some(latest) = self.edition.latest_period(id) else { continue };
            let figure = whole(latest);
            // Where the figure is shown, readers can see for themselves.
            if let Some(reached) = facts.reached.filter(|_| !self.is_shown(&figure)) {
                let range = facts.reached_range(reached);
                let rows = range.and_then(|(least, most)| self.between(&figure, facts, least, most));
                clues.push(self.computed_clue(ClueKind::Target { reached }, &figure, facts, rows));
            }
            for StatedChange { from, to, by } in &facts.changes {
                let (from, to) = (whole(from), whole(to));
                if self.is_shown(&from) && self.is_shown(&to) {
                    continue;
                }
                let rows = self.change(&from, &to, facts, *by);
                let mut clue = self.computed_clue(ClueKind::Change { by: *by }, &to, facts, rows);
                clue.figures.push(self.key(&from));
                clues.push(clue);
            }
        }
        clues
    }

    fn is_shown(&self, figure: &FigureId) -> bool {
        self.shown.contains_key(&self.key(figure))
    }

    /// What it means that a figure changed by so much.
    fn change(
        &self,
        from: &FigureId,
        to: &FigureId,
        facts: &IndicatorFacts,
        by: ShownNumber,
    ) -> Option<Vec<FigureSum>> {
        let tenths = by.trimmed().scaled(1)?;
        let known = |figure| self.shown.get(&self.key(figure)).and_then(|number| number.trimmed().scaled(1));
        match (known(from), known(to)) {
            (Some(before), None) => self.between(to, facts, before.checked_add(tenths), before.checked_add(tenths)),
            (None, Some(after)) => self.between(from, facts, after.checked_sub(tenths), after.checked_sub(tenths)),
            (None, None) if facts.formula.is_none() => {
                let terms = vec![(self.key(to), 10), (self.key(from), -10)];
                Some(vec![FigureSum { terms, least: Some(tenths), most: Some(tenths) }])
            }
            (None, None) => None,
            (Some(_), Some(_)) => Some(Vec::new()),
        }
    }

    /// What it means for the counts behind a figure that its value is between two numbers of tenths. A computed figure is
    /// rounded to one decimal, halves up. `None` if sums cannot say it.
    fn between(
        &self,
        figure: &FigureId,
        facts: &IndicatorFacts,
        least: Option<i64>,
        most: Option<i64>,
    ) -> Option<Vec<FigureSum>> {
        if facts.formula.is_none() {
            return Some(vec![FigureSum { terms: vec![(self.key(figure), 10)], least, most }]);
        }
        let known = |id: &str| self.shown.get(&self.key(&figure.with_indicator(id))).copied();
        let Quotient { top, bottom } = facts.quotient(&known)?;
        // Whether it is above or below 0 must not depend on what is suppressed.
        if !bottom.is_constant() && (bottom.constant < 0 || bottom.factors.values().any(|factor| *factor < 0)) {
            return None;
        }
        let scale = facts.scale().checked_mul(20)?;
        // limit <= scale * top / bottom, times the bottom.
        let above = |limit: i64| -> Option<(Vec<(FigureKey, i64)>, i64)> {
            let sum = top.times(scale)?.plus(&bottom.times(limit.checked_neg()?)?)?;
            Some((self.terms(figure, &sum, 1)?, sum.constant.checked_neg()?))
        };
        let mut rows = Vec::new();
        // least/10 - 1/20 <= value < most/10 + 1/20, times 20.
        if let Some(least) = least {
            let (terms, limit) = above(least.checked_mul(2)?.checked_sub(1)?)?;
            rows.push(FigureSum { terms, least: Some(limit), most: None });
        }
        if let Some(most) = most {
            let (terms, limit) = above(most.checked_mul(2)?.checked_add(1)?)?;
            rows.push(FigureSum { terms, least: None, most: Some(limit.checked_sub(1)?) });
        }
        if !bottom.is_constant() {
            let least = Some(1_i64.checked_sub(bottom.constant)?);
            rows.push(FigureSum { terms: self.terms(figure, &bottom, 1)?, least, most: None });
        }
        Some(rows)
    }

    /// The figures of the same period and group that a sum is of.
    fn terms(&self, figure: &FigureId, sum: &WeightedSum, times: i64) -> Option<Vec<(FigureKey, i64)>> {
        sum.factors
            .iter()
            .map(|(id, factor)| Some((self.key(&figure.with_indicator(id)), factor.checked_mul(times)?)))
            .collect()
    }
}

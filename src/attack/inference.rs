//! What the clues of a site leave possible for each suppressed count, and which of them say so.

use std::collections::{BTreeMap, BTreeSet};

use super::arithmetic::{Bounded, LARGEST, Possible, System, TooMuchWork, Work};
use super::clue::{Clue, ClueKind, Clues, FigureKey, FigureSum, KnownPart};
use super::edition::Edition;
use super::pages::Sighting;
use super::statements;

/// How much work is done for a count before it is given up: some seconds.
const WORK: u64 = 20_000_000;

/// A suppressed count that can be worked out, or narrowed within the small numbers.
#[derive(Clone, Debug)]
pub(super) struct Leak {
    pub figure: FigureKey,
    /// The editions that suppress it.
    pub suppressed_in: BTreeSet<usize>,
    /// What it can be: one number, or fewer than all small ones.
    pub values: Vec<i64>,
    /// What gives it away: each of these is needed.
    pub clues: Vec<Clue>,
}

/// What is known of all suppressed counts of a site.
#[derive(Debug, Default)]
pub(super) struct Inference {
    pub suppressed: usize,
    pub leaks: Vec<Leak>,
    /// Counts for which it would take too much work to be certain.
    pub undecided: Vec<FigureKey>,
    /// Counts about which published figures contradict each other.
    pub contradicted: Vec<FigureKey>,
}

/// Works out what it can.
pub(super) fn infer(editions: &[Edition], sightings: &[Sighting]) -> (Clues, Inference) {
    let mut restated = statements::restated(editions);
    // Other figures agree, until they turn out to contradict each other.
    loop {
        let clues = statements::clues(editions, &restated);
        let mut inference = Inference { suppressed: clues.suppressed.len(), ..Inference::default() };
        inference.leaks.extend(shown_elsewhere(&clues));
        inference.leaks.extend(sighted(&clues, sightings));
        let mut contradicted = clues.contradictions();
        for linked in linked(&clues) {
            let Some((leaks, undecided)) = linked.attack() else {
                contradicted.extend(linked.unknown.iter().map(FigureKey::restated));
                inference.contradicted.extend(linked.suppressed().cloned());
                continue;
            };
            let is_seen = |leak: &Leak| inference.leaks.iter().any(|seen| seen.figure == leak.figure);
            let leaks: Vec<_> = leaks.into_iter().filter(|leak| !is_seen(leak)).collect();
            inference.leaks.extend(leaks);
            inference.undecided.extend(undecided);
        }
        let before = restated.len();
        restated.extend(contradicted);
        if restated.len() == before || editions.len() < 2 {
            return (clues, inference);
        }
    }
}

/// Unknown counts that depend on each other, and what is said about them.
struct Linked<'a> {
    all: &'a Clues,
    unknown: Vec<FigureKey>,
    clues: Vec<&'a Clue>,
    /// That at least one of the suppressed ones is small.
    some_small: Clue,
}

/// Suppressed counts that another edition shows.
fn shown_elsewhere(all: &Clues) -> impl Iterator<Item = Leak> + '_ {
    all.suppressed.iter().filter_map(|(figure, suppressed_in)| {
        let values = vec![all.shown.get(figure)?.scaled(0)?];
        let shows = |clue: &&Clue| clue.kind == ClueKind::Shown && clue.figures.contains(figure);
        let clues = all.list.iter().filter(shows).cloned().collect();
        Some(Leak { figure: figure.clone(), suppressed_in: suppressed_in.clone(), values, clues })
    })
}

/// Suppressed counts that pages or other files show, each with all numbers that were seen for it.
fn sighted(all: &Clues, sightings: &[Sighting]) -> Vec<Leak> {
    let mut leaks = Vec::new();
    // Where a figure was restated, pages that all years share may have the number of the report that shows it.
    let is_shown_of_another = |seen: &Sighting| {
        let mut others = all.shown.iter().filter(|(key, _)| key.figure == seen.figure && key.edition.is_some());
        others.any(|(_, number)| number.trimmed() == seen.number.trimmed())
    };
    for (figure, suppressed_in) in all.suppressed.iter().filter(|(figure, _)| all.is_unknown(figure)) {
        let is_of = |seen: &&Sighting| {
            seen.figure == figure.figure && suppressed_in.contains(&seen.edition) && !is_shown_of_another(seen)
        };
        let seen: Vec<&Sighting> = sightings.iter().filter(is_of).collect();
        let values: BTreeSet<i64> = seen.iter().map(|seen| seen.number.digits).collect();
        let clue = |seen: &Sighting| {
            let address = seen.address.clone();
            Clue { kind: ClueKind::Shown, address, figures: vec![figure.clone()], rows: Some(Vec::new()) }
        };
        let clues: Vec<Clue> = seen.into_iter().map(clue).collect();
        if !clues.is_empty() {
            let (figure, suppressed_in) = (figure.clone(), suppressed_in.clone());
            leaks.push(Leak { figure, suppressed_in, values: values.into_iter().collect(), clues });
        }
    }
    leaks
}

/// The unknown counts, taken apart into those that depend on each other.
fn linked(all: &Clues) -> Vec<Linked<'_>> {
    let mut group_of: BTreeMap<&FigureKey, usize> = BTreeMap::new();
    let mut groups: Vec<BTreeSet<&FigureKey>> = Vec::new();
    let alone = all.suppressed.keys().filter(|key| all.is_unknown(key)).map(|key| vec![key]);
    let together = all.list.iter().map(|clue| {
        let keys = clue.figures.iter().chain(clue.sums().flat_map(|row| &row.terms).map(|(key, _)| key));
        keys.filter(|key| all.is_unknown(key)).collect::<Vec<_>>()
    });
    for keys in alone.chain(together) {
        let Some(first) = keys.first() else { continue };
        let target = *group_of.entry(first).or_insert_with(|| {
            groups.push(BTreeSet::new());
            groups.len() - 1
        });
        groups[target].insert(first);
        for key in &keys[1..] {
            match group_of.get(key).copied() {
                Some(other) if other != target => {
                    let moved = std::mem::take(&mut groups[other]);
                    for key in moved {
                        group_of.insert(key, target);
                        groups[target].insert(key);
                    }
                }
                Some(_) => {}
                None => {
                    group_of.insert(key, target);
                    groups[target].insert(key);
                }
            }
        }
    }
    let mut clues_of: Vec<Vec<&Clue>> = vec![Vec::new(); groups.len()];
    for clue in &all.list {
        if let Some(group) = clue.figures.iter().find_map(|key| group_of.get(key)) {
            clues_of[*group].push(clue);
        }
    }
    let groups = groups.into_iter().zip(clues_of);
    let has_suppressed = |keys: &BTreeSet<&FigureKey>| keys.iter().any(|key| all.suppressed.contains_key(*key));
    groups
        .filter(|(keys, _)| has_suppressed(keys))
        .map(|(keys, clues)| {
            let unknown: Vec<FigureKey> = keys.into_iter().cloned().collect();
            let figures = unknown.iter().filter(|key| all.suppressed.contains_key(*key)).cloned().collect();
            let some_small =
                Clue { kind: ClueKind::SomeSmall, address: String::new(), figures, rows: Some(Vec::new()) };
            Linked { all, unknown, clues, some_small }
        })
        .collect()
}

impl<'a> Linked<'a> {
    fn suppressed(&self) -> impl Iterator<Item = &FigureKey> {
        self.some_small.figures.iter()
    }

    /// The leaks and the counts that are not decided; `None` if the clues contradict each other.
    fn attack(&'a self) -> Option<(Vec<Leak>, Vec<FigureKey>)> {
        let places: Vec<usize> = self.suppressed().filter_map(|key| self.place(key)).collect();
        let with_rule: Vec<&Clue> = self.clues.iter().copied().chain([&self.some_small]).collect();
        // A count that somebody else suppressed may be large, and then the rule does not hold.
        let (clues, possible) = [with_rule, self.clues.clone()].into_iter().find_map(|clues| {
            let possible = self.system(&clues).possible(&places, WORK)?;
            Some((clues, possible))
        })?;
        let is_all_used = clues.iter().all(|clue| clue.rows.is_some());
        let (mut leaks, mut undecided) = (Vec::new(), Vec::new());
        for (key, possible) in self.suppressed().zip(possible) {
            match possible {
                Possible::Open if is_all_used => {}
                Possible::Open | Possible::Undecided => undecided.push(key.clone()),
                Possible::Only(values) => {
                    let needed = self.needed(key, &values, &clues).into_iter().cloned().collect();
                    let suppressed_in = self.all.suppressed[key].clone();
                    leaks.push(Leak { figure: key.clone(), suppressed_in, values, clues: needed });
                }
            }
        }
        Some((leaks, undecided))
    }

    fn place(&self, key: &FigureKey) -> Option<usize> {
        self.unknown.binary_search(key).ok()
    }

    /// The clues as sums of unknown counts.
    fn system(&self, clues: &[&Clue]) -> System {
        let sums = clues.iter().flat_map(|clue| clue.sums()).filter_map(|row| self.bounded(row)).collect();
        let some_small = clues.iter().filter(|clue| clue.kind == ClueKind::SomeSmall);
        let some_small =
            some_small.map(|clue| clue.figures.iter().filter_map(|key| self.place(key)).collect()).collect();
        System { counts: self.unknown.len(), sums, some_small }.with_eliminated()
    }

    /// A row with the numbers of the figures that are shown put in. `None` if it is about no unknown count, or its numbers
    /// are too large to compute with.
    fn bounded(&self, row: &FigureSum) -> Option<Bounded> {
        let KnownPart { scale, least, most } = self.all.known_part(row)?;
        let mut factors: BTreeMap<usize, i64> = BTreeMap::new();
        for (key, factor) in &row.terms {
            if let Some(place) = self.place(key) {
                let sum = factors.entry(place).or_default();
                *sum = sum.checked_add(factor.checked_mul(scale)?)?;
            }
        }
        factors.retain(|_, factor| *factor != 0);
        (!factors.is_empty()).then(|| Bounded { terms: factors.into_iter().collect(), least, most })
    }

    /// The fewest of the clues, in the sense that each is needed, with which a count can only be one of `values`.
    fn needed(&self, key: &FigureKey, values: &[i64], clues: &[&'a Clue]) -> Vec<&'a Clue> {
        let mut needed = clues.to_vec();
        // The last clue is the rule: it is better not to need it.
        for clue in clues.iter().rev() {
            let without: Vec<&Clue> = needed.iter().copied().filter(|other| !std::ptr::eq(*other, *clue)).collect();
            if self.is_certain(key, values, &without) {
                needed = without;
            }
        }
        needed
    }

    /// Whether clues leave a count no other value.
    fn is_certain(&self, key: &FigureKey, values: &[i64], clues: &[&Clue]) -> bool {
        let Some(place) = self.place(key) else { return false };
        let system = self.system(clues);
        let mut work = Work::new(WORK / 10);
        let mut begin = 0;
        let gaps = values.iter().copied().chain([LARGEST + 1]).filter_map(|value| {
            let gap = (begin, value - 1);
            begin = value + 1;
            (gap.0 <= gap.1).then_some(gap)
        });
        let none_in = |gap| {
            let mut ranges = system.ranges();
            ranges[place] = gap;
            match system.find(&ranges, &mut work) {
                Ok(found) => found.is_none(),
                Err(TooMuchWork) => false,
            }
        };
        gaps.collect::<Vec<_>>().into_iter().all(none_in)
    }
}

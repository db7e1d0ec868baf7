//! Whom a name in a table means: one of the year's agencies, a likely misspelling of one, or somebody new.

use std::collections::HashMap;

use super::ids::AgencyId;
use super::members::Agency;
use super::normalize::normalize_name;
use crate::diagnostic::{Code, Diagnostic, Location, excerpt};

/// The year's agencies by everything that they are called.
#[derive(Debug)]
pub(crate) struct AgencyIndex<'a> {
    by_name: HashMap<String, &'a Agency>,
    /// The same by their names as [`plain`] makes them; nothing where two agencies share one.
    by_plain: HashMap<String, Option<&'a Agency>>,
    /// The same by their names as [`core()`] makes them.
    by_core: HashMap<String, Option<&'a Agency>>,
    /// The same names by the numbers in them, in the order of `report.yaml`, to look for near ones.
    by_numbers: HashMap<String, Vec<KnownName<'a>>>,
    ids: Vec<&'a str>,
    knows_all: bool,
}

/// A name that an agency goes by.
#[derive(Debug)]
struct KnownName<'a> {
    written: &'a str,
    folded: String,
    length: usize,
    letters: u64,
    agency: &'a Agency,
}

/// What a name was found to mean.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AgencyMatch<'a> {
    /// One of the year's agencies.
    Agency(&'a Agency),
    /// A likely misspelling of a name that this agency goes by.
    Misspelling(&'a str, &'a Agency),
    /// Somebody whose name has this agency's in it: perhaps the agency, perhaps a part of it or another.
    Alike(&'a Agency),
    /// Somebody else.
    New,
}

impl<'a> AgencyIndex<'a> {
    /// The agencies of a year by their ids, names, short names and aliases; of two with one name the first has it.
    #[must_use]
    pub(crate) fn new(agencies: &'a [Agency]) -> Self {
        let mut by_name = HashMap::new();
        let mut by_numbers: HashMap<String, Vec<KnownName<'a>>> = HashMap::new();
        let (mut by_plain, mut by_core) = (HashMap::new(), HashMap::new());
        for agency in agencies {
            for written in agency.names() {
                let folded = normalize_name(written);
                let (length, letters) = (folded.chars().count(), letters(&folded));
                by_name.entry(folded.clone()).or_insert(agency);
                take(&mut by_plain, plain(&folded), agency);
                take(&mut by_core, core(&folded), agency);
                let known = KnownName { written, folded, length, letters, agency };
                by_numbers.entry(numbers(&known.folded)).or_default().push(known);
            }
        }
        let ids = agencies.iter().map(|agency| agency.id.as_str()).collect();
        Self { by_name, by_plain, by_core, by_numbers, ids, knows_all: false }
    }

    /// The same, where it is known whether these are all of the year's agencies.
    #[must_use]
    pub(crate) fn knowing_all(self, knows_all: bool) -> Self {
        Self { knows_all, ..self }
    }

    /// Whether these are known to be all of the year's agencies.
    #[must_use]
    pub(crate) fn are_all(&self) -> bool {
        self.knows_all
    }

    /// The agencies' ids, in order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.ids.iter().copied()
    }

    /// The agency of a name, without regard to case.
    #[must_use]
    pub(crate) fn called(&self, name: &str) -> Option<&'a Agency> {
        self.by_name.get(&normalize_name(name)).copied()
    }

    /// Whom a name means, without regard to case.
    #[must_use]
    pub(crate) fn meaning(&self, name: &str) -> AgencyMatch<'a> {
        let folded = normalize_name(name);
        if let Some(agency) = self.by_name.get(&folded).or_else(|| self.by_plain.get(&plain(&folded))?.as_ref()) {
            return AgencyMatch::Agency(agency);
        }
        let (length, letters) = (folded.chars().count(), letters(&folded));
        // Names with other numbers are others.
        let alike = self.by_numbers.get(&numbers(&folded)).into_iter().flatten();
        let near = alike.filter(|known| {
            // Two edits change the length by two at the most, and which letters there are by four.
            known.length.abs_diff(length) <= 2 && (known.letters ^ letters).count_ones() <= 4
        });
        let near = near.filter_map(|known| Some((edits_of_misspelling(&folded, &known.folded)?, known)));
        match near.min_by_key(|(edits, _)| *edits) {
            Some((_, known)) => AgencyMatch::Misspelling(known.written, known.agency),
            None => match self.by_core.get(&core(&folded)) {
                Some(Some(agency)) => AgencyMatch::Alike(agency),
                _ => AgencyMatch::New,
            },
        }
    }
}

/// Finds the agencies that the cells of a table name.
#[derive(Debug)]
pub(crate) struct AgencyResolver<'a> {
    organisations: AgencyIndex<'a>,
    /// Names that have an agency's in them, each with where it first stands.
    alike: Vec<(String, Location, &'a Agency)>,
}

impl<'a> AgencyResolver<'a> {
    /// A resolver of the names of a year's agencies.
    #[must_use]
    pub(crate) fn new(agencies: &'a [Agency]) -> Self {
        Self { organisations: AgencyIndex::new(agencies), alike: Vec::new() }
    }

    /// The agency that a cell names. A likely misspelling is reported, and names nobody.
    pub(crate) fn resolve(
        &mut self,
        name: &str,
        location: &Location,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<AgencyId> {
        match self.organisations.meaning(name) {
            AgencyMatch::Agency(agency) => Some(agency.id.clone()),
            AgencyMatch::New => None,
            AgencyMatch::Alike(agency) => {
                let is_known = self.alike.len() >= NAMED
                    || self.alike.iter().any(|(known, ..)| normalize_name(known) == normalize_name(name));
                if !is_known {
                    self.alike.push((name.to_owned(), location.clone(), agency));
                }
                None
            }
            AgencyMatch::Misspelling(near, agency) => {
                let message = format!("`{}` is none of the year's agencies, but is nearly `{near}`", excerpt(name));
                let help = format!("did you mean `{near}`? If both names are right, list this one under `aliases`");
                let misspelt = Diagnostic::new(Code::UnknownId, location.clone(), message);
                diagnostics.push(misspelt.related(agency.location.clone(), "this agency").help(help));
                None
            }
        }
    }

    /// One note of all names that may be an agency's and are taken for somebody else's.
    #[must_use]
    pub(crate) fn unmatched(self) -> Option<Diagnostic> {
        let (first, rest) = self.alike.split_first()?;
        let (name, location, agency) = first;
        let said = |(name, _, agency): &(String, Location, &Agency)| {
            format!("`{}` (the agency `{}`?)", excerpt(name), agency.name)
        };
        let others: Vec<String> = rest.iter().map(said).collect();
        let others = match others.len() {
            0 => String::new(),
            1 => format!("; so is {}", others.concat()),
            _ => format!("; so are {}", others.join(", ")),
        };
        let message = format!(
            "`{}` is counted as an organisation of its own, not as the agency `{}`{others}",
            excerpt(name),
            agency.name
        );
        let help = format!(
            "if it is that agency, add the name in report.yaml: `aliases: [\"{}\"]` under `{}`; else leave it",
            name.replace(['\\', '"'], ""),
            agency.id
        );
        let mut note = Diagnostic::new(Code::UnmatchedName, location.clone(), message);
        note = note.related(agency.location.clone(), "this agency");
        Some(note.help(help))
    }
}

/// How many names one note tells of.
const NAMED: usize = 12;

/// Gives an agency a name, which nobody has where two would.
fn take<'a>(names: &mut HashMap<String, Option<&'a Agency>>, name: String, agency: &'a Agency) {
    if !name.is_empty() {
        let owner = names.entry(name).or_insert(Some(agency));
        *owner = owner.filter(|owner| owner.id == agency.id);
    }
}

/// A folded name without what punctuation may do to it: `n.g.h.` is `ngh`, `fire & rescue` is `fire and rescue`.
fn plain(folded: &str) -> String {
    let parted = folded.replace('&', " and ").replace(['-', '–', '‑', '/'], " ");
    let kept: String =
        parted.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '(' | ')' | '+')).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a folded name is about: without remarks in brackets, and without the words that organisations' full names have
/// and their usual ones have not.
fn core(folded: &str) -> String {
    let mut outside = String::with_capacity(folded.len());
    let mut depth = 0_usize;
    for c in folded.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let plain = plain(&outside);
    let words =
        plain.split(' ').filter(|word| !matches!(*word, "nhs" | "the" | "foundation" | "trust" | "ltd" | "limited"));
    words.collect::<Vec<_>>().join(" ")
}

/// Which letters a text has, a bit for each, so that unlike names are told apart at once.
fn letters(text: &str) -> u64 {
    text.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 64))
}

/// How many edits make one folded name of another, where they are so few that the one is likely a slip for the
/// other: one, or two in a longer name.
///
/// Names that are near without being slips are common here, and are let be: `TVP` and `TVB`, `Ward 1` and `Ward 2`,
/// `North Central` and `South Central`, `BFRS` and `CFRS`. So short names need to agree, and so do the initials of the
/// words, unless the initial itself slipped (`hTames`, `hames`); names with other numbers are not looked at.
fn edits_of_misspelling(a: &str, b: &str) -> Option<usize> {
    let (shorter, longer) = {
        let (a, b) = (a.chars().count(), b.chars().count());
        (a.min(b), a.max(b))
    };
    let allowed = match (shorter, longer) {
        (8.., _) => 2,
        (4.., 5..) => 1,
        _ => return None,
    };
    // The distance is by far the dearest to know, so it is asked for last.
    have_same_initials(a, b).then(|| strsim::osa_distance(a, b)).filter(|edits| *edits <= allowed)
}

/// The numbers in a text, one after the other.
fn numbers(text: &str) -> String {
    text.split(|c: char| !c.is_numeric()).filter(|number| !number.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether the words of two names begin alike. Names with different numbers of words have a slip between words,
/// which says nothing about their initials.
fn have_same_initials(a: &str, b: &str) -> bool {
    let words = |text| str::split(text, |c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words(a).count() != words(b).count() || words(a).zip(words(b)).all(|(a, b)| begin_alike(a, b))
}

/// Whether two words have one initial, or one has lost it, or has it in the second place.
fn begin_alike(a: &str, b: &str) -> bool {
    let (mut of_a, mut of_b) = (a.chars(), b.chars());
    let (first_a, first_b) = (of_a.next(), of_b.next());
    let (rest_a, rest_b) = (of_a.as_str(), of_b.as_str());
    first_a == first_b || rest_a == b || rest_b == a || (of_a.next() == first_b && of_b.next() == first_a)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::diagnostic::RelPath;

    /// An agency with an id, a name, a short name and aliases, for the tests of this room.
    pub(crate) fn agency(id: &str, name: &str, short: &str, aliases: &[&str]) -> Agency {
        Agency {
            id: AgencyId::new(id),
            name: name.to_owned(),
            short: (!short.is_empty()).then(|| short.to_owned()),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            location: Location::whole(&RelPath::new("report.yaml")),
            submission: None,
        }
    }

    /// Some agencies of the worked example.
    pub(crate) fn agencies() -> Vec<Agency> {
        vec![
            agency("tvp", "Thames Valley Police", "TVP", &["TV Police"]),
            agency("mkccg", "Milton Keynes Clinical Commissioning Group", "MKCCG", &["MK CCG"]),
            agency("mkc-asc", "Milton Keynes Council Adult Social Care", "MKC ASC", &[]),
            agency("bfrs", "Buckinghamshire Fire & Rescue Service", "Bucks Fire & Rescue", &[]),
            agency("scas", "South Central Ambulance Service", "SCAS", &[]),
            agency("oakhill", "Oakhill Secure Training Centre", "Oakhill", &["Ward 12 Trust"]),
        ]
    }

    fn check(name: &str) -> String {
        let agencies = agencies();
        match AgencyIndex::new(&agencies).meaning(name) {
            AgencyMatch::Agency(agency) => agency.id.to_string(),
            AgencyMatch::Misspelling(near, agency) => format!("{near}? ({})", agency.id),
            AgencyMatch::Alike(agency) => format!("like {}", agency.id),
            AgencyMatch::New => "new".to_owned(),
        }
    }

    #[test]
    fn agencies_are_found_by_all_their_names() {
        for name in ["tvp", "TVP", "thames valley police", "  Thames  Valley Police ", "tv police"] {
            assert_eq!(check(name), "tvp");
        }
    }

    #[test]
    fn punctuation_makes_no_other_name() {
        for name in ["T.V.P.", "t v p", "Thames-Valley Police", "TV-Police"] {
            assert_eq!(check(name), if name == "t v p" { "new" } else { "tvp" }, "{name}");
        }
        assert_eq!(check("Bucks Fire and Rescue"), "bfrs");
    }

    #[test]
    fn names_that_have_an_agencys_in_them_are_told() {
        for name in ["NHS MKCCG", "TV Police (including a gift)", "The Thames Valley Police", "TVP NHS Trust"] {
            assert!(check(name).starts_with("like "), "{name}: {}", check(name));
        }
        assert_eq!(check("(TVP)"), "new");
    }

    #[test]
    fn slips_are_told_from_others() {
        assert_eq!(check("Thames Valey Police"), "Thames Valley Police? (tvp)");
        assert_eq!(check("Thmaes Valley Polcie"), "Thames Valley Police? (tvp)");
        assert_eq!(check("hames Valley Police"), "Thames Valley Police? (tvp)");
        assert_eq!(check("ThamesValley Police"), "Thames Valley Police? (tvp)");
        assert_eq!(check("mkcg"), "mkccg? (mkccg)");
        assert_eq!(check("Oakhil"), "oakhill? (oakhill)");
        assert_eq!(
            check("Milton Keynes Council Adults Social Care"),
            "Milton Keynes Council Adult Social Care? (mkc-asc)"
        );
        for other in [
            "TVB",
            "TCP",
            "MKC",
            "SCAB",
            "CFRS",
            "North Central Ambulance Service",
            "MKC CSC",
            "Ward 13 Trust",
            "Healthwatch",
            "Milton Keynes Council",
            "Police",
            "x",
            "",
            "Thames Valley Probation",
            "BFRSA!",
        ] {
            assert_eq!(check(other), "new", "{other}");
        }
    }
}

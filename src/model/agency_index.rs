//! Matches a name in a table to one of the year's agencies, to a likely misspelling of one, or to nobody known.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::ids::AgencyId;
use super::members::Agency;
use super::normalize::normalize_name;
use crate::diagnostic::{Code, Diagnostic, Location, SubjectKind, excerpt};
use crate::source::one_line::one_line;

/// The year's agencies, indexed by every name they have.
#[derive(Debug)]
pub(crate) struct AgencyIndex<'a> {
    agencies: &'a [Agency],
    by_name: HashMap<String, &'a Agency>,
    /// For names that are none of theirs. Most tables have no such name.
    near: OnceLock<NearNames<'a>>,
    knows_all: bool,
}

/// The agencies, indexed by what is left of their names when they are simplified.
#[derive(Debug)]
struct NearNames<'a> {
    /// Keyed by the name as simplified by [`plain`]; `None` if two agencies share it.
    by_plain: HashMap<String, Option<&'a Agency>>,
    /// Keyed by the name as simplified by [`core()`]; `None` if two agencies share it.
    by_core: HashMap<String, Option<&'a Agency>>,
    /// The same names grouped by the numbers in them, in the order of `report.yaml`, to search for near matches.
    numbered: HashMap<String, Vec<KnownName<'a>>>,
}

/// One of an agency's names.
#[derive(Debug)]
struct KnownName<'a> {
    written: &'a str,
    folded: String,
    length: usize,
    letters: u64,
    agency: &'a Agency,
}

/// The result of matching a name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AgencyMatch<'a> {
    /// One of the year's agencies.
    Agency(&'a Agency),
    /// A likely misspelling of this name, which belongs to this agency.
    Misspelling(&'a str, &'a Agency),
    /// A name that contains this agency's name: it may mean the agency, a part of it, or another organisation.
    Alike(&'a Agency),
    /// Any other organisation.
    New,
}

impl<'a> AgencyIndex<'a> {
    /// Indexes a year's agencies by id, name, short name and alias. If two agencies share a name, the first keeps it.
    #[must_use]
    pub(crate) fn new(agencies: &'a [Agency]) -> Self {
        let mut by_name = HashMap::new();
        for agency in agencies {
            for written in agency.names() {
                by_name.entry(normalize_name(written)).or_insert(agency);
            }
        }
        Self { agencies, by_name, near: OnceLock::new(), knows_all: false }
    }

    /// Sets whether the index holds all of the year's agencies; some are missing if the list could not be read.
    #[must_use]
    pub(crate) fn knowing_all(self, knows_all: bool) -> Self {
        Self { knows_all, ..self }
    }

    /// Whether the index is known to hold all of the year's agencies.
    #[must_use]
    pub(crate) fn are_all(&self) -> bool {
        self.knows_all
    }

    /// The ids of the agencies, in the order of `report.yaml`.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.agencies.iter().map(|agency| agency.id.as_str())
    }

    /// The agency with this name, ignoring case.
    #[must_use]
    pub(crate) fn called(&self, name: &str) -> Option<&'a Agency> {
        self.by_name.get(&normalize_name(name)).copied()
    }

    /// Matches a name, ignoring case.
    #[must_use]
    pub(crate) fn meaning(&self, name: &str) -> AgencyMatch<'a> {
        let folded = normalize_name(name);
        match self.by_name.get(&folded) {
            Some(agency) => AgencyMatch::Agency(agency),
            None => self.near.get_or_init(|| NearNames::new(self.agencies)).meaning(&folded),
        }
    }
}

impl<'a> NearNames<'a> {
    fn new(agencies: &'a [Agency]) -> Self {
        let (mut by_plain, mut by_core) = (HashMap::new(), HashMap::new());
        let mut numbered: HashMap<String, Vec<KnownName<'a>>> = HashMap::new();
        for agency in agencies {
            for written in agency.names() {
                let folded = normalize_name(written);
                let (length, letters) = (folded.chars().count(), letters(&folded));
                take(&mut by_plain, plain(&folded), agency);
                take(&mut by_core, core(&folded), agency);
                let known = KnownName { written, folded, length, letters, agency };
                numbered.entry(numbers(&known.folded)).or_default().push(known);
            }
        }
        Self { by_plain, by_core, numbered }
    }

    /// Matches a name in lower case that no agency has as it is.
    fn meaning(&self, folded: &str) -> AgencyMatch<'a> {
        if let Some(Some(agency)) = self.by_plain.get(&plain(folded)) {
            return AgencyMatch::Agency(agency);
        }
        let (length, letters) = (folded.chars().count(), letters(folded));
        // Names with different numbers are different organisations.
        let alike = self.numbered.get(&numbers(folded)).into_iter().flatten();
        let near = alike.filter(|known| {
            // Two edits change the length by at most two, and the set of letters by at most four.
            known.length.abs_diff(length) <= 2 && (known.letters ^ letters).count_ones() <= 4
        });
        let near = near.filter_map(|known| Some((edits_of_misspelling(folded, &known.folded)?, known)));
        match near.min_by_key(|(edits, _)| *edits) {
            Some((_, known)) => AgencyMatch::Misspelling(known.written, known.agency),
            None => match self.by_core.get(&core(folded)) {
                Some(Some(agency)) => AgencyMatch::Alike(agency),
                _ => AgencyMatch::New,
            },
        }
    }
}

/// Resolves agency names in the cells of one table.
#[derive(Debug)]
pub(crate) struct AgencyResolver<'a> {
    organisations: AgencyIndex<'a>,
    /// Names that contain an agency's name, each with its first place.
    alike: Vec<(String, Location, &'a Agency)>,
}

impl<'a> AgencyResolver<'a> {
    /// A resolver for the agencies of one year.
    #[must_use]
    pub(crate) fn new(agencies: &'a [Agency]) -> Self {
        Self { organisations: AgencyIndex::new(agencies), alike: Vec::new() }
    }

    /// The agency that a cell names. A likely misspelling is reported and gives `None`.
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
            AgencyMatch::Misspelling(suggestion, agency) => {
                let message =
                    format!("`{}` is not one of the year's agencies, but is close to `{suggestion}`", excerpt(name));
                let help = format!(
                    "did you mean `{suggestion}`? If both names are right, add this one to `aliases` in report.yaml"
                );
                let misspelt = Diagnostic::new(Code::UnknownId, location.clone(), message);
                diagnostics.push(
                    misspelt
                        .related(agency.location.clone(), "this agency")
                        .help(help)
                        .about_id(SubjectKind::Agency, agency.id.as_str(), &agency.name)
                        .about(SubjectKind::Agency, suggestion),
                );
                None
            }
        }
    }

    /// One note that lists every name that contains an agency's name but counts as another organisation.
    #[must_use]
    pub(crate) fn unmatched(self) -> Option<Diagnostic> {
        let (first, rest) = self.alike.split_first()?;
        let (name, location, agency) = first;
        let describe = |(name, _, agency): &(String, Location, &Agency)| {
            format!("`{}` (the agency `{}`?)", excerpt(name), agency.name)
        };
        let others: Vec<String> = rest.iter().map(describe).collect();
        let others = match others.len() {
            0 => String::new(),
            1 => format!("; so is {}", others.concat()),
            _ => format!("; so are {}", others.join(", ")),
        };
        let message = format!(
            "`{}` is counted as a separate organisation, not as the agency `{}`{others}",
            excerpt(name),
            agency.name
        );
        let help = format!(
            "if it is that agency, add `aliases: [\"{}\"]` under `{}` in report.yaml; otherwise leave it as it is",
            name.replace(['\\', '"'], ""),
            agency.id
        );
        let mut note = Diagnostic::new(Code::UnmatchedName, location.clone(), message);
        note = note.related(agency.location.clone(), "this agency");
        for (name, _, agency) in &self.alike {
            note =
                note.about(SubjectKind::Agency, name).about_id(SubjectKind::Agency, agency.id.as_str(), &agency.name);
        }
        Some(note.help(help))
    }
}

/// The most names that one note lists.
const NAMED: usize = 12;

/// Assigns a name to an agency; a name that two agencies share becomes `None`.
fn take<'a>(names: &mut HashMap<String, Option<&'a Agency>>, name: String, agency: &'a Agency) {
    if !name.is_empty() {
        let owner = names.entry(name).or_insert(Some(agency));
        *owner = owner.filter(|owner| owner.id == agency.id);
    }
}

/// A folded name with punctuation removed or spelled out: `n.g.h.` is `ngh`, `fire & rescue` is `fire and rescue`.
fn plain(folded: &str) -> String {
    let spaced = folded.replace('&', " and ").replace(['-', '–', '‑', '/'], " ");
    let kept: String =
        spaced.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '(' | ')' | '+')).collect();
    one_line(&kept)
}

/// The distinctive part of a folded name: without remarks in brackets, and without words such as `trust` that official
/// names contain and everyday names leave out.
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

/// The set of letters in a text, one bit each, to rule out names that are not alike quickly.
fn letters(text: &str) -> u64 {
    text.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 64))
}

/// The number of edits between two folded names, if there are few enough for a likely slip: one, or two in longer
/// names.
///
/// Many different organisations have similar names, which must not match: `TVP` and `TVB`, `Ward 1` and `Ward 2`,
/// `North Central` and `South Central`, `BFRS` and `CFRS`. Short names must therefore agree exactly, and so must the
/// initials of all words, unless the slip is in the initial (`hTames`, `hames`). Callers never compare names with
/// different numbers.
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
    // Computing the distance is by far the slowest check, so it comes last.
    have_same_initials(a, b).then(|| strsim::osa_distance(a, b)).filter(|edits| *edits <= allowed)
}

/// The numbers in a text, separated by spaces.
fn numbers(text: &str) -> String {
    text.split(|c: char| !c.is_numeric()).filter(|number| !number.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether the words of two names have the same initials. Names with different numbers of words pass: their slip is
/// between words, so the initials cannot be compared.
fn have_same_initials(a: &str, b: &str) -> bool {
    let words = |text| str::split(text, |c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words(a).count() != words(b).count() || words(a).zip(words(b)).all(|(a, b)| begin_alike(a, b))
}

/// Whether two words share an initial, or one of them lost it or has it second.
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

    /// An agency for the tests of this folder.
    pub(crate) fn agency(id: &str, name: &str, short: &str, aliases: &[&str]) -> Agency {
        Agency {
            id: AgencyId::new(id),
            name: name.to_owned(),
            short: (!short.is_empty()).then(|| short.to_owned()),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            formerly: None,
            contact: None,
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
            AgencyMatch::Misspelling(name, agency) => format!("{name}? ({})", agency.id),
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
    fn punctuation_does_not_change_a_name() {
        for name in ["T.V.P.", "t v p", "Thames-Valley Police", "TV-Police"] {
            assert_eq!(check(name), if name == "t v p" { "new" } else { "tvp" }, "{name}");
        }
        assert_eq!(check("Bucks Fire and Rescue"), "bfrs");
    }

    #[test]
    fn names_that_contain_an_agencys_name_are_recognised() {
        for name in ["NHS MKCCG", "TV Police (including a gift)", "The Thames Valley Police", "TVP NHS Trust"] {
            assert!(check(name).starts_with("like "), "{name}: {}", check(name));
        }
        assert_eq!(check("(TVP)"), "new");
    }

    #[test]
    fn slips_are_distinguished_from_other_names() {
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

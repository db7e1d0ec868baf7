//! Findings in tables and charts that depend on a heading or label: a date under `DOB`, a `3` under `Children`.
//!
//! Each heading is read once with [`ColumnMeaning::from_heading`], then each cell of its column.

use super::finding::{Finding, FindingKind};
use super::scan::Scan;
use super::small_count::{SMALL, counts_people, measures};
use super::text_cursor::{digits_at, ends_word, is_any_of, is_hyphen, skip_space, word_at};
use super::wording::MONTHS;
use super::{birth_date, initials, nhs_number};

/// Headings under which every cell of the right form is flagged, as letters and digits in lower case.
#[rustfmt::skip] // One heading per line would take pages.
const HEADINGS: &[(FindingKind, &[&str])] = &[
    (FindingKind::BirthDate, &[
        "dob", "dateofbirth", "born", "birthdate", "birthday", "dobs", "datesofbirth", "born on", "dateofbirthdob",
        "dyddiadgeni",
    ]),
    (FindingKind::NhsNumber, &["nhs", "nhsno", "nhsnumber", "nhsnumbers", "nhsid", "gig", "rhifgig"]),
    (FindingKind::NationalInsurance, &["ni", "nino", "nino", "nationalinsurance", "nationalinsurancenumber", "ninumber"]),
    (FindingKind::Telephone, &[
        "phone", "phonenumber", "phoneno", "tel", "telno", "telephone", "telephonenumber", "mobile", "mobilenumber",
        "mobileno", "contactnumber", "mob", "landline", "ffôn", "rhifffôn",
    ]),
    (FindingKind::PupilNumber, &["upn", "pupilnumber", "uniquepupilnumber", "upnnumber", "uln"]),
    (FindingKind::Reference, &[
        "passport", "passportnumber", "passportno", "crimereference", "crimenumber", "crimeref", "crimeno", "casenumber",
        "caseid", "caseno", "mosaicid", "lcsid", "hospitalnumber", "patientid", "clientid",
    ]),
    (FindingKind::Initials, &["initials", "childinitials", "childsinitials", "patientinitials", "initialsofchild"]),
    (FindingKind::Name, &[
        "childname", "childsname", "nameofchild", "patientname", "victimname", "victimsname", "pupilname", "nameofpatient",
        "nameofvictim", "realname", "nameofpupil", "fullname", "surname", "forename", "firstname", "childsfullname",
    ]),
    (FindingKind::Address, &["homeaddress", "address", "childsaddress", "patientaddress"]),
];
/// Headings of columns that count whatever the row's label names.
#[rustfmt::skip] // One word per line would take pages.
const NEUTRAL: &[&str] = &[
    "number", "numbers", "no", "total", "totals", "count", "counts", "n", "year", "this", "last", "previous", "current",
    "to", "in", "q", "quarter", "male", "female", "males", "females", "boys", "girls", "under", "over", "and", "of",
    "people", "value", "figure", "figures", "end", "mid", "year-end", "at", "as", "fy",
];

/// What a column's heading or a row's label says about its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnMeaning {
    /// Each cell in the form of this kind is one.
    Personal(FindingKind),
    /// The cells count people.
    People,
    /// The cells count whatever the other one, heading or label, names: `2023/24`, `Total`.
    Neutral,
    /// The cells are something else.
    Other,
}

impl ColumnMeaning {
    /// The meaning of a heading or a row's label.
    #[must_use]
    pub(crate) fn from_heading(heading: &str) -> Self {
        let letters: String = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let listed = HEADINGS.iter().find(|(_, headings)| headings.contains(&letters.as_str()));
        if let Some((kind, _)) = listed {
            return Self::Personal(*kind);
        }
        if counts_people(heading) {
            return Self::People;
        }
        let is_neutral = |word: &str| {
            let is_year = word.chars().all(|c| c.is_ascii_digit() || is_hyphen(c)) || is_quarter(word);
            let is_month = MONTHS.iter().any(|month| {
                word.len() > 2
                    && month.get(..3).is_some_and(|short| word.get(..3).is_some_and(|w| w.eq_ignore_ascii_case(short)))
            });
            is_year || is_month || is_any_of(word, NEUTRAL)
        };
        let is_measure = heading.contains(['%', '£', '€', '$']);
        let mut words = heading.split(|c: char| !c.is_alphanumeric() && !is_hyphen(c)).filter(|word| !word.is_empty());
        if !is_measure && words.all(is_neutral) { Self::Neutral } else { Self::Other }
    }

    /// The finding in a cell, given its column's heading and its row's label. The range is relative to the cell.
    ///
    /// Findings that do not depend on heading or label come from [`Scan`], not from here.
    #[must_use]
    pub(crate) fn finding(heading: Self, label: Self, cell: &str) -> Option<Finding> {
        let start = cell.len() - cell.trim_start().len();
        let whole = |kind| Finding { kind, range: start..start + cell.trim().len() };
        match (heading, label) {
            (Self::Personal(kind), _) => in_cell(kind, cell, start).then(|| whole(kind)),
            (Self::People, Self::Other | Self::Neutral | Self::People) | (Self::Neutral, Self::People) => {
                is_small(cell.trim()).then(|| whole(FindingKind::SmallCount))
            }
            // A table whose rows are `Date of birth | 12/03/2011`.
            (_, Self::Personal(kind)) => {
                (kind != FindingKind::Address && in_cell(kind, cell, start)).then(|| whole(kind))
            }
            _ => None,
        }
    }
}

/// Whether a chart's value counts so few people that they could be recognised. The row's label, the series, the unit or
/// the title says what is counted; any of them may show that it is a rate or an amount.
#[must_use]
pub(crate) fn is_small_in_chart(title: &str, unit: &str, series: &str, label: &str, value: &str) -> bool {
    let says = [label, series, unit, title];
    let is_measure = says.iter().any(|text| measures(text));
    let is_of_something = !unit.trim().is_empty() && !counts_people(unit);
    !is_measure && !is_of_something && is_small(value.trim()) && says.iter().any(|text| counts_people(text))
}

/// Whether a word names a quarter: `Q1`.
fn is_quarter(word: &str) -> bool {
    word.len() == 2 && word.starts_with(['Q', 'q']) && digits_at(word, 1) == 1
}

/// Whether a cell contains a number from one to four, or says that it is below one of them: `3`, `two`, `<4`, `3 (10%)`.
pub(super) fn is_small(cell: &str) -> bool {
    let number = cell.trim_start_matches(['<', ' ']);
    let is_bound = number.len() < cell.len();
    if is_any_of(number, SMALL) {
        return true;
    }
    let digits = digits_at(number, 0);
    let is_complete = number.get(digits..).unwrap_or_default().trim_start_matches(".0").trim_end_matches('*').trim();
    let is_alone = is_complete.is_empty() || (is_complete.starts_with('(') && is_complete.ends_with(')'));
    let value: u32 = number.get(..digits).and_then(|digits| digits.parse().ok()).unwrap_or_default();
    is_alone && (1..=4).contains(&value) && !(is_bound && value == 1)
}

/// Whether a cell under a heading of `kind` contains one.
fn in_cell(kind: FindingKind, cell: &str, start: usize) -> bool {
    let text = cell.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_number =
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '/' | '(' | ')' | '+') || is_hyphen(c));
    match kind {
        FindingKind::BirthDate => birth_date::is_date(cell, start),
        FindingKind::NhsNumber => is_number && (digits == 10 || nhs_number::is_valid(text)),
        FindingKind::Telephone => is_number && (5..=15).contains(&digits),
        FindingKind::NationalInsurance => {
            digits == 6 && text.len() < 16 && text.bytes().take(2).all(|b| b.is_ascii_alphabetic())
        }
        FindingKind::PupilNumber => digits >= 9 && !text.contains(' '),
        FindingKind::Reference => digits >= 4 && !text.contains(char::is_lowercase),
        FindingKind::Initials => is_initials(text),
        FindingKind::Name => is_name(text),
        FindingKind::Address => {
            digits > 0 && text.split_whitespace().count() > 2 && text.starts_with(|c: char| c.is_alphanumeric())
        }
        _ => false,
    }
}

/// Whether a cell contains two to four capitals, with or without full stops.
fn is_initials(text: &str) -> bool {
    let letters: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    (2..=4).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a cell under `Child's name` contains a name and not a pseudonym.
fn is_name(text: &str) -> bool {
    let word = word_at(text, 0);
    let after = skip_space(text, word.len());
    let is_pseudonym = word.chars().count() < 3
        || (is_any_of(word, initials::PEOPLE) && ends_word(text, word_at(text, after).len() + after));
    let is_withheld = is_any_of(word, &["withheld", "redacted", "none", "unknown", "not", "anonymous", "tbc"]);
    word.starts_with(char::is_uppercase) && !is_pseudonym && !is_withheld && Scan::new(text).next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(heading: &str, label: &str, cell: &str) -> Option<FindingKind> {
        let finding =
            ColumnMeaning::finding(ColumnMeaning::from_heading(heading), ColumnMeaning::from_heading(label), cell);
        finding.inspect(|finding| assert_eq!(&cell[finding.range.clone()], cell.trim())).map(|finding| finding.kind)
    }

    #[test]
    fn headings_say_what_cells_contain() {
        for (heading, cell, kind) in [
            ("DOB", "12/03/2011", FindingKind::BirthDate),
            ("D.O.B.", " 12 Mar 2011 ", FindingKind::BirthDate),
            ("Date of birth", "2011-03-12", FindingKind::BirthDate),
            ("Birthday", "12 March", FindingKind::BirthDate),
            ("Born", "12032011", FindingKind::BirthDate),
            ("NHS No.", "943 476 5918", FindingKind::NhsNumber),
            ("NI number", "QQ 12 34 56", FindingKind::NationalInsurance),
            ("Phone", "960 123", FindingKind::Telephone),
            ("UPN", "A123456789012", FindingKind::PupilNumber),
            ("Crime ref.", "43/12345/19", FindingKind::Reference),
            ("Initials", "J.S.", FindingKind::Initials),
            ("Child's name", "John Smith", FindingKind::Name),
            ("Home address", "14 Acacia Avenue", FindingKind::Address),
            ("Children", "3", FindingKind::SmallCount),
            ("Number of adults", "two", FindingKind::SmallCount),
            ("No. of victims", " 4 ", FindingKind::SmallCount),
            ("Young people in care", "2 (5%)", FindingKind::SmallCount),
            ("Victims (n)", "<3", FindingKind::SmallCount),
        ] {
            assert_eq!(check(heading, "Total", cell), Some(kind), "{heading}: {cell}");
        }
        for heading in ["2023/24", "Number", "Total", "Q1", "Apr 2019", "March 2020", "Female"] {
            assert_eq!(check(heading, "Children in care", "3"), Some(FindingKind::SmallCount), "{heading}");
        }
        assert_eq!(check("Detail", "Date of birth", "12/03/2011"), Some(FindingKind::BirthDate));
    }

    #[test]
    fn other_cells_are_allowed() {
        for (heading, label, cell) in [
            ("Date", "Meeting", "12/03/2011"),
            ("DOB", "", "not known"),
            ("Born", "", "2011"),
            ("NHS", "Trust", "12"),
            ("Phone", "", "see page 12"),
            ("Initials", "", "JOHNS"),
            ("Child's name", "", "Child A"),
            ("Child's name", "", "withheld"),
            ("Children", "", "5"),
            ("Children", "", "12"),
            ("Children", "", "0"),
            ("Children", "", "3.5"),
            ("Children", "", "£3"),
            ("Children", "", "3%"),
            ("Children (%)", "", "3"),
            ("Children per 10,000", "", "3"),
            ("Children's homes", "", "3"),
            ("Children's reviews", "", "3"),
            ("Reviews of children", "", "3"),
            ("Safeguarding adults", "", "3"),
            ("Rank", "Children in care", "3"),
            ("Meetings", "Children", "3"),
            ("Adults (£)", "", "3"),
            ("Year", "2019", "3"),
        ] {
            assert_eq!(check(heading, label, cell), None, "{heading}, {label}: {cell}");
        }
    }

    #[test]
    fn charts_count_people_too() {
        assert!(is_small_in_chart("Children on plans", "", "2023", "Neglect", "3"));
        assert!(is_small_in_chart("By area", "children", "", "North", "2"));
        assert!(is_small_in_chart("Who was harmed", "", "Victims", "North", "2"));
        assert!(is_small_in_chart("Who was harmed", "", "", "Adults", "1"));
        assert!(!is_small_in_chart("Children on plans", "%", "", "Neglect", "3"));
        assert!(!is_small_in_chart("Children on plans", "reviews", "", "Neglect", "3"));
        assert!(!is_small_in_chart("Children on plans", "", "", "Neglect", "5"));
        assert!(!is_small_in_chart("Reviews begun", "", "", "Neglect", "3"));
    }
}

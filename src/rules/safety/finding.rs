//! The kinds of findings, each with its code, message and remedy.

use std::ops::Range;

use crate::diagnostic::redact::mask;
use crate::diagnostic::{Code, Diagnostic, Location, excerpt};

/// What a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FindingKind {
    NhsNumber,
    NationalInsurance,
    BirthDate,
    Telephone,
    Email,
    Postcode,
    /// A person's initials.
    Initials,
    /// A name next to a pseudonym.
    Name,
    /// A house number and street.
    Address,
    /// A named school next to one pupil's age or pseudonym.
    School,
    PupilNumber,
    /// The number of a passport, crime or case.
    Reference,
    /// Coordinates to within a few metres.
    Coordinates,
    /// A count of people from one to four.
    SmallCount,
    /// Words that should have been replaced.
    Placeholder,
}

/// Something that must not be published, in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub kind: FindingKind,
    /// The range of the flagged words in the text.
    pub range: Range<usize>,
}

#[must_use]
pub(crate) fn code_of(kind: FindingKind) -> Code {
    match kind {
        FindingKind::SmallCount => Code::SmallCount,
        FindingKind::Placeholder => Code::Placeholder,
        _ => Code::PersonalData,
    }
}

/// The diagnostic for flagged words. Personal data and small counts are masked.
#[must_use]
pub(crate) fn diagnostic(kind: FindingKind, location: Location, words: &str) -> Diagnostic {
    let masked = mask(words);
    let waive = "or waive it in report.yaml with all of the flagged words as `text`";
    let official = format!("remove it, add it to `contacts` in site.yaml if it is official, {waive}");
    let (message, help) = match kind {
        FindingKind::NhsNumber => (format!("`{masked}` is an NHS number"), format!("remove it, {waive}")),
        FindingKind::NationalInsurance => {
            (format!("`{masked}` is a National Insurance number"), format!("remove it, {waive}"))
        }
        FindingKind::BirthDate => {
            (format!("`{masked}` is somebody's date of birth"), format!("give an age or a year instead, {waive}"))
        }
        FindingKind::Telephone => {
            (format!("the telephone number `{masked}` is not one of the site's contacts"), official)
        }
        FindingKind::Email => (format!("the email address `{masked}` is not one of the site's contacts"), official),
        FindingKind::Postcode => (format!("the postcode `{masked}` is not one of the site's contacts"), official),
        FindingKind::Initials => (
            format!("`{masked}` identifies somebody by their initials"),
            format!("use a pseudonym that has nothing to do with the name, such as `Child A`, {waive}"),
        ),
        FindingKind::Name => (
            format!("`{masked}` gives away the name of somebody who has a pseudonym"),
            format!("keep only the pseudonym, {waive}"),
        ),
        FindingKind::Address => (
            format!("`{masked}` may be somebody's home address"),
            format!("name only the town or area, add it to `contacts` in site.yaml if it is official, {waive}"),
        ),
        FindingKind::School => (
            format!("`{masked}` links one person's age or pseudonym to a named school"),
            format!("remove the school or the age, {waive}"),
        ),
        FindingKind::PupilNumber => (format!("`{masked}` is a unique pupil number"), format!("remove it, {waive}")),
        FindingKind::Reference => {
            (format!("`{masked}` is the number of one person's document or case"), format!("remove it, {waive}"))
        }
        FindingKind::Coordinates => (
            format!("`{masked}` gives a location to within a few metres"),
            format!("name the town or area instead, {waive}"),
        ),
        FindingKind::SmallCount => (
            format!("`{masked}` is a count so small that somebody could be recognised"),
            "write `fewer than five`, or leave out the number".to_owned(),
        ),
        FindingKind::Placeholder => (
            format!("`{}` looks like a placeholder", excerpt(words.trim())),
            "write what belongs here, or remove it".to_owned(),
        ),
    };
    Diagnostic::new(code_of(kind), location, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;

    #[test]
    fn messages_do_not_give_away_what_they_are_about() {
        for (kind, words) in [
            (FindingKind::NhsNumber, "943 476 5919"),
            (FindingKind::NationalInsurance, "AB123456C"),
            (FindingKind::BirthDate, "12 March 2011"),
            (FindingKind::Telephone, "01908 253772"),
            (FindingKind::Email, "jane@example.org"),
            (FindingKind::Postcode, "MK9 3EJ"),
            (FindingKind::Initials, "Child J.S."),
            (FindingKind::SmallCount, "three children"),
            (FindingKind::Name, "Child A (John"),
            (FindingKind::Address, "14 Acacia Avenue"),
            (FindingKind::School, "aged 9, at Hilltop School"),
            (FindingKind::PupilNumber, "Y952882001826"),
            (FindingKind::Reference, "crime number 43/12345/19"),
            (FindingKind::Coordinates, "52.04172, -0.75583"),
        ] {
            let built = diagnostic(kind, Location::whole(&RelPath::new("a.md")), words);
            assert!(built.message.contains("****"), "{}", built.message);
            assert!(!built.message.contains(words) && !built.help.unwrap().contains(words));
        }
    }
}

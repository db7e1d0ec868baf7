//! What is said of a finding: its code, its message, and what to do about it.

use super::scan::Kind;
use crate::diagnostic::redact::mask;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::source::yaml::record::excerpt;

/// The code of a finding.
#[must_use]
pub fn code_of(kind: Kind) -> Code {
    match kind {
        Kind::SmallCount => Code::SmallCount,
        Kind::Placeholder => Code::Placeholder,
        _ => Code::PersonalData,
    }
}

/// What is said of flagged words. Personal data and small counts are masked.
#[must_use]
pub fn diagnostic(kind: Kind, location: Location, words: &str) -> Diagnostic {
    let masked = mask(words);
    let waive = "or waive it in report.yaml, with the flagged words in full as `text`";
    let official = format!("take it out; add it to `contacts` in site.yaml if it is official, {waive}");
    let (message, help) = match kind {
        Kind::NhsNumber => (format!("`{masked}` is an NHS number"), format!("take it out, {waive}")),
        Kind::NationalInsurance => {
            (format!("`{masked}` is a National Insurance number"), format!("take it out, {waive}"))
        }
        Kind::BirthDate => {
            (format!("`{masked}` is somebody's date of birth"), format!("give an age or a year instead, {waive}"))
        }
        Kind::Telephone => (format!("the telephone number `{masked}` is not among the site's contacts"), official),
        Kind::Email => (format!("the email address `{masked}` is not among the site's contacts"), official),
        Kind::Postcode => (format!("the postcode `{masked}` is not among the site's contacts"), official),
        Kind::Initials => (
            format!("`{masked}` names somebody by their initials"),
            format!("use a pseudonym that does not come from the name, such as `Child A`, {waive}"),
        ),
        Kind::Name => (
            format!("`{masked}` gives the name of somebody who has a pseudonym"),
            format!("keep the pseudonym alone, {waive}"),
        ),
        Kind::Address => (
            format!("`{masked}` is an address where somebody may live"),
            format!("name the town or area instead; {official}"),
        ),
        Kind::School => (
            format!("`{masked}` tells the age or the pseudonym of somebody at a school that is named"),
            format!("leave out the school or the age, {waive}"),
        ),
        Kind::PupilNumber => (format!("`{masked}` is a pupil's number"), format!("take it out, {waive}")),
        Kind::Reference => {
            (format!("`{masked}` is the number of a person's document or file"), format!("take it out, {waive}"))
        }
        Kind::Coordinates => (
            format!("`{masked}` gives a place to within a few metres"),
            format!("name the town or area instead, {waive}"),
        ),
        Kind::SmallCount => (
            format!("`{masked}` is a count so small that somebody could be recognised"),
            "write `fewer than five`, or leave the number out".to_owned(),
        ),
        Kind::Placeholder => (
            format!("`{}` was to be replaced before publication", excerpt(words.trim())),
            "write what belongs here, or take it out".to_owned(),
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
            (Kind::NhsNumber, "943 476 5919"),
            (Kind::NationalInsurance, "AB123456C"),
            (Kind::BirthDate, "12 March 2011"),
            (Kind::Telephone, "01908 253772"),
            (Kind::Email, "jane@example.org"),
            (Kind::Postcode, "MK9 3EJ"),
            (Kind::Initials, "Child J.S."),
            (Kind::SmallCount, "three children"),
            (Kind::Name, "Child A (John"),
            (Kind::Address, "14 Acacia Avenue"),
            (Kind::School, "aged 9, at Hilltop School"),
            (Kind::PupilNumber, "Y952882001826"),
            (Kind::Reference, "crime number 43/12345/19"),
            (Kind::Coordinates, "52.04172, -0.75583"),
        ] {
            let said = diagnostic(kind, Location::whole(&RelPath::new("a.md")), words);
            assert!(said.message.contains("****"), "{}", said.message);
            assert!(!said.message.contains(words) && !said.help.unwrap().contains(words));
        }
    }
}

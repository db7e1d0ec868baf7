//! The site's own contacts: like national helplines, these numbers and addresses are allowed anywhere.

use std::collections::HashSet;

use super::address;
use super::finding::FindingKind;
use super::helplines::is_helpline;
use super::scan::Scan;
use super::telephone;
use super::text_cursor::words_back;
use crate::diagnostic::RelPath;
use crate::source::yaml::node::{self, YamlNode, YamlValue};

/// The numbers and addresses from `contacts` in `site.yaml`, normalised for comparison.
#[derive(Clone, Debug, Default)]
pub(crate) struct AllowedContacts {
    /// Telephone numbers as digits.
    phones: HashSet<String>,
    /// Email addresses in small letters.
    emails: HashSet<String>,
    /// Postcodes without spaces, in capitals.
    postcodes: HashSet<String>,
    /// House numbers with streets, in small letters.
    streets: HashSet<String>,
}

/// The fewest digits of a number without area code.
const SHORTEST_LOCAL: usize = 5;

impl AllowedContacts {
    /// The contacts of a site whose `site.yaml` contains `text`.
    ///
    /// If a contact cannot be read, all its strings count; if the file is not valid YAML, all of its text counts. Such
    /// an error has its own diagnostic, and must not make every helpline in the report look like a leak.
    #[must_use]
    pub(crate) fn new(file: &RelPath, text: &str) -> Self {
        let mut contacts = Self::default();
        match node::parse(file, text, 0).value.map(|node| node.value) {
            Some(YamlValue::Map(entries)) => {
                let given = entries.iter().filter(|(key, _)| key.text == "contacts");
                given.for_each(|(_, value)| contacts.add_all(value));
            }
            _ => contacts.add(text),
        }
        contacts
    }

    /// The contacts in some texts.
    #[must_use]
    pub(super) fn from_texts(texts: &[&str]) -> Self {
        let mut contacts = Self::default();
        for text in texts {
            contacts.add(text);
        }
        contacts
    }

    /// Allows every number and address in the strings of a value. Recursion is bounded by the parser's depth limit.
    fn add_all(&mut self, node: &YamlNode) {
        match &node.value {
            YamlValue::Nothing => {}
            YamlValue::Text(text) => self.add(text),
            YamlValue::List(items) => items.iter().for_each(|item| self.add_all(item)),
            YamlValue::Map(entries) => entries.iter().for_each(|(_, value)| self.add_all(value)),
        }
    }

    /// Allows every number and address in a text.
    pub(crate) fn add(&mut self, text: &str) {
        self.streets.extend(address::houses(text).map(street));
        for finding in Scan::new(text) {
            let words = &text[finding.range.clone()];
            match finding.kind {
                FindingKind::Telephone => self.phones.extend(numbers(words)),
                FindingKind::Email => _ = self.emails.insert(words.to_lowercase()),
                FindingKind::Postcode => _ = self.postcodes.insert(postcode(words)),
                _ => {}
            }
        }
    }

    /// Whether flagged words belong to the site's contacts or a national helpline.
    #[must_use]
    pub(crate) fn is_allowed(&self, kind: FindingKind, words: &str) -> bool {
        match kind {
            FindingKind::Telephone => {
                let numbers = numbers(words);
                let is_known =
                    |number: &String| self.phones.contains(number) || is_helpline(number) || self.ends_a_phone(number);
                !numbers.is_empty() && numbers.iter().all(is_known)
            }
            FindingKind::Email => self.emails.contains(&words.to_lowercase()),
            FindingKind::Postcode => self.postcodes.contains(&postcode(words)),
            FindingKind::Address => self.streets.contains(&street(words)),
            _ => false,
        }
    }

    /// Whether a number is one of the site's numbers without its area code.
    fn ends_a_phone(&self, number: &str) -> bool {
        let is_local = !number.starts_with(['0', '+']) && number.len() >= SHORTEST_LOCAL;
        is_local && self.phones.iter().any(|phone| phone.ends_with(number))
    }
}

/// The telephone numbers in some words, normalised for comparison; if they are not a complete number, only their
/// digits.
fn numbers(words: &str) -> Vec<String> {
    let start = words.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | 'O' | 'o')).unwrap_or_default();
    let whole = telephone::number_at(words, start).map(|telephone| telephone.numbers);
    whole.unwrap_or_else(|| vec![words.chars().filter(char::is_ascii_digit).collect()])
}

/// A house number and street, normalised for comparison.
fn street(words: &str) -> String {
    words_back(words).map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// A postcode, normalised for comparison.
fn postcode(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_allowed_however_they_are_written() {
        let mut contacts = AllowedContacts::default();
        contacts.add("01908 253169/70, Access.Team@Milton-Keynes.gov.uk, 1 Saxon Gate East,\nMK9 3EJ");
        for number in ["01908 253169", "01908253170", "+44 (0)1908 253169", "01908 253169/70", "(01908) 253 170"] {
            assert!(contacts.is_allowed(FindingKind::Telephone, number), "{number}");
        }
        for number in ["01908 253171", "01908 253169/71"] {
            assert!(!contacts.is_allowed(FindingKind::Telephone, number), "{number}");
        }
        assert!(contacts.is_allowed(FindingKind::Email, "access.team@milton-keynes.gov.uk"));
        assert!(!contacts.is_allowed(FindingKind::Email, "team@milton-keynes.gov.uk"));
        assert!(contacts.is_allowed(FindingKind::Postcode, "mk93ej"));
        assert!(!contacts.is_allowed(FindingKind::Postcode, "MK9 3EK"));
        assert!(!contacts.is_allowed(FindingKind::NhsNumber, "9434765919"));
        assert!(
            contacts.is_allowed(FindingKind::Telephone, "253 169")
                && !contacts.is_allowed(FindingKind::Telephone, "253 171")
        );
        assert!(contacts.is_allowed(FindingKind::Address, "1 Saxon  Gate East"));
        assert!(!contacts.is_allowed(FindingKind::Address, "2 Saxon Gate East"));
    }

    #[test]
    fn helplines_are_allowed_everywhere() {
        let contacts = AllowedContacts::default();
        for number in ["0800 1111", "0808 800 5000", "+44 808 800 5000", "116 123", "08000 121 700"] {
            assert!(contacts.is_allowed(FindingKind::Telephone, number), "{number}");
        }
        assert!(!contacts.is_allowed(FindingKind::Telephone, "01632 960123"));
    }
}

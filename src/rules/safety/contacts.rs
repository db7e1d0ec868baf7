//! The numbers and addresses that a site gives out itself: they may stand anywhere.

use std::collections::HashSet;

use super::scan::{Kind, Scan};
use super::telephone;
use crate::diagnostic::RelPath;
use crate::source::yaml::node::{self, Node, Value};

/// What `contacts` in `site.yaml` gives out, each in one form however it was written.
#[derive(Clone, Debug, Default)]
pub struct Contacts {
    /// Telephone numbers as digits.
    phones: HashSet<String>,
    /// Email addresses in small letters.
    emails: HashSet<String>,
    /// Postcodes without spaces, in capitals.
    postcodes: HashSet<String>,
}

impl Contacts {
    /// The contacts of a site, whose `site.yaml` holds `text`.
    ///
    /// Where a contact cannot be read, its texts are taken as they stand, and those of the whole file where that is no
    /// YAML: a fault in the file is a diagnostic of its own, and must not make every helpline in the report look like a
    /// leak.
    #[must_use]
    pub fn of(file: &RelPath, text: &str) -> Self {
        let mut contacts = Self::default();
        match node::parse(file, text, 0).value.map(|node| node.value) {
            Some(Value::Map(entries)) => {
                let given = entries.iter().filter(|(key, _)| key.text == "contacts");
                given.for_each(|(_, value)| contacts.add_all(value));
            }
            _ => contacts.add(text),
        }
        contacts
    }

    /// Lets stand whatever the texts of a value give out. Values are at most as deep as the parser lets them be.
    fn add_all(&mut self, node: &Node) {
        match &node.value {
            Value::Nothing => {}
            Value::Text(text) => self.add(text),
            Value::List(items) => items.iter().for_each(|item| self.add_all(item)),
            Value::Map(entries) => entries.iter().for_each(|(_, value)| self.add_all(value)),
        }
    }

    /// Lets stand whatever a text gives out.
    pub fn add(&mut self, text: &str) {
        for finding in Scan::of(text) {
            let words = &text[finding.range.clone()];
            match finding.kind {
                Kind::Telephone => self.phones.extend(numbers(words)),
                Kind::Email => _ = self.emails.insert(words.to_lowercase()),
                Kind::Postcode => _ = self.postcodes.insert(postcode(words)),
                _ => {}
            }
        }
    }

    /// Whether flagged words are the site's own.
    #[must_use]
    pub fn let_stand(&self, kind: Kind, words: &str) -> bool {
        match kind {
            Kind::Telephone => {
                let mut numbers = numbers(words).peekable();
                numbers.peek().is_some() && numbers.all(|number| self.phones.contains(&number))
            }
            Kind::Email => self.emails.contains(&words.to_lowercase()),
            Kind::Postcode => self.postcodes.contains(&postcode(words)),
            _ => false,
        }
    }
}

/// The telephone numbers that some words give.
fn numbers(words: &str) -> impl Iterator<Item = String> {
    let start = words.find(['0', '+']).unwrap_or_default();
    telephone::at(words, start).into_iter().flat_map(|telephone| telephone.numbers)
}

/// A postcode in the one form in which it is compared.
fn postcode(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_stand_however_they_are_written() {
        let mut contacts = Contacts::default();
        contacts.add("01908 253169/70, Access.Team@Milton-Keynes.gov.uk, 1 Saxon Gate East,\nMK9 3EJ");
        for number in ["01908 253169", "01908253170", "+44 (0)1908 253169", "01908 253169/70", "(01908) 253 170"] {
            assert!(contacts.let_stand(Kind::Telephone, number), "{number}");
        }
        for number in ["01908 253171", "01908 253169/71"] {
            assert!(!contacts.let_stand(Kind::Telephone, number), "{number}");
        }
        assert!(contacts.let_stand(Kind::Email, "access.team@milton-keynes.gov.uk"));
        assert!(!contacts.let_stand(Kind::Email, "team@milton-keynes.gov.uk"));
        assert!(contacts.let_stand(Kind::Postcode, "mk93ej"));
        assert!(!contacts.let_stand(Kind::Postcode, "MK9 3EK"));
        assert!(!contacts.let_stand(Kind::NhsNumber, "9434765919"));
    }
}

//! Email addresses.

use std::ops::Range;

use super::around::char_at;

/// The address around the `@` at `at`.
pub fn around(text: &str, at: usize) -> Option<Range<usize>> {
    let is_local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'' | '’' | '&' | '=');
    let before = text.get(..at)?;
    let local = before.char_indices().rev().take_while(|(_, c)| is_local(*c)).last()?.0;
    // What stands before an address, such as a quotation mark, is no part of it.
    let start = at - before[local..].trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let rest = &text[at + 1..];
    let is_domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let domain = &rest[..rest.find(|c| !is_domain(c)).unwrap_or(rest.len())];
    let domain = domain.trim_end_matches(['.', '-']);
    let labels: Vec<&str> = domain.split('.').collect();
    let is_address = start < at
        && labels.len() > 1
        && labels.iter().all(|label| !label.is_empty())
        && labels.last().is_some_and(|last| last.chars().count() > 1 && last.chars().all(char::is_alphabetic));
    let end = at + 1 + domain.len();
    (is_address && char_at(text, end) != Some('@')).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::Kind::Email)
    }

    #[test]
    fn addresses_are_found_without_what_stands_around_them() {
        assert_eq!(check("Write to jane.doe@example.org."), "jane.doe@example.org");
        assert_eq!(check("'o'neil@nhs.net'"), "o'neil@nhs.net");
        assert_eq!(check("<Jane_Doe+x@Milton-Keynes.gov.uk>"), "Jane_Doe+x@Milton-Keynes.gov.uk");
        assert_eq!(check("mailto:a@b.org?subject=x"), "a@b.org");
        assert_eq!(check("a@b.org,c@d.org"), "a@b.org|c@d.org");
        assert_eq!(check("zoë@example.org"), "zoë@example.org");
    }

    #[test]
    fn other_at_signs_are_none() {
        for text in
            ["@mktogether", "a @ b.org", "a@b", "5@£3.50", "x@.org", "a@b..org", "maps/@52.04,-0.75", "@", "a@b.1"]
        {
            assert_eq!(check(text), "", "{text}");
        }
    }
}

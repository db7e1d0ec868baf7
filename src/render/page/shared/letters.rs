//! A to Z lists.

/// The letter for a slug. Slugs that do not begin with a letter are grouped together.
#[must_use]
pub(crate) fn letter(slug: &str) -> String {
    let first = slug.chars().next().filter(char::is_ascii_alphabetic);
    first.map_or_else(|| "0-9".to_owned(), |first| first.to_ascii_uppercase().to_string())
}

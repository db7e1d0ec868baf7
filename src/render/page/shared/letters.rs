//! Lists from A to Z.

/// The letter under which something with a slug stands; all that begins with none stands together.
#[must_use]
pub(crate) fn letter(slug: &str) -> String {
    let first = slug.chars().next().filter(char::is_ascii_alphabetic);
    first.map_or_else(|| "0-9".to_owned(), |first| first.to_ascii_uppercase().to_string())
}

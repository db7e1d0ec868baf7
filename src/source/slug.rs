//! Slugs: text in a form for ids and addresses.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The slug of a text: lower case, without accents and apostrophes. Every other run of characters that are not letters
/// or digits becomes one `-`, except at the ends. Empty if the text has no letter or digit.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        // Most characters are ASCII, and need not be decomposed into letters and accents.
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if c.is_ascii() {
            add(&mut slug, c);
        } else {
            c.nfd().for_each(|c| add(&mut slug, c));
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Adds a decomposed character: a letter, an accent or a separator.
fn add(slug: &mut String, c: char) {
    if c.is_alphanumeric() {
        slug.extend(c.to_lowercase());
    } else if !is_dropped(c) && !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

/// Whether a character is dropped without a `-` in its place: accents and apostrophes.
fn is_dropped(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// The first `parts` words of a slug: three of `embed-the-new-varm-procedures` are `embed-the-new`.
#[must_use]
pub(crate) fn first_parts(slug: &str, parts: usize) -> &str {
    slug.match_indices('-').nth(parts.saturating_sub(1)).map_or(slug, |(end, _)| &slug[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_letters_and_digits() {
        for (text, expected) in [
            ("Embed the new VARM procedures.", "embed-the-new-varm-procedures"),
            ("Children’s & adults' £5", "childrens-adults-5"),
            ("  Café — Tŷ  ", "cafe-ty"),
            ("!!!", ""),
        ] {
            assert_eq!(slug(text), expected);
            assert_eq!(slug(expected), expected, "a slug is its own slug");
        }
    }

    #[test]
    fn first_parts_are_counted() {
        assert_eq!(first_parts("a-b-c", 2), "a-b");
        assert_eq!(first_parts("a-b-c", 6), "a-b-c");
        assert_eq!(first_parts("", 6), "");
    }
}

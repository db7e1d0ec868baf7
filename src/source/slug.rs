//! Text made fit for ids and addresses.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The slug of a text: lower case, accents and apostrophes dropped, every other run of characters that are no
/// letter or digit one `-`, none at the ends. Empty where the text holds no letter or digit.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        // ASCII, which most characters are, needs no parting into letters and accents.
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

/// Adds a character that may be a letter, an accent or a gap.
fn add(slug: &mut String, c: char) {
    if c.is_alphanumeric() {
        slug.extend(c.to_lowercase());
    } else if !is_dropped(c) && !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

/// Whether a character leaves no gap: accents and apostrophes.
fn is_dropped(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// The first `parts` of a slug: `embed-the-new` of `embed-the-new-varm-procedures` for three.
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

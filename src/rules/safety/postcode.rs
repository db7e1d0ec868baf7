//! UK postcodes, which can lead to a home: the existing areas, in the formats that Royal Mail uses.

use super::text_cursor::{char_at, ends_word, is_hyphen, single_space_end};

/// The postcode areas, sorted.
const AREAS: &[&str] = &[
    "AB", "AL", "B", "BA", "BB", "BD", "BF", "BH", "BL", "BN", "BR", "BS", "BT", "BX", "CA", "CB", "CF", "CH", "CM",
    "CO", "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E", "EC", "EH", "EN", "EX",
    "FK", "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG", "HP", "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE",
    "KA", "KT", "KW", "KY", "L", "LA", "LD", "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG",
    "NN", "NP", "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG",
    "SK", "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR", "TS", "TW",
    "UB", "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE",
];
/// Letters that do not occur in the second half of a postcode.
const NEVER_INWARD: &[char] = &['C', 'I', 'K', 'M', 'O', 'V'];
/// Words in an address, which distinguish a postcode in small letters from other words.
const ADDRESS_WORDS: &[&str] = &[
    "address", "postcode", "road", "street", "avenue", "lane", "close", "drive", "court", "crescent", "gardens",
    "place", "way", "house", "flat", "lives at", "live at", "lived at",
];
/// How many bytes before a postcode are searched for words of an address.
const ADDRESS_LENGTH: usize = 80;

/// The end of a postcode at `start`, which is the start of a word.
pub(crate) fn at(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let first = run(rest);
    let hyphen = char_at(rest, first.len()).filter(|c| is_hyphen(*c)).map(|c| first.len() + c.len_utf8());
    let space = single_space_end(rest, first.len()).or(hyphen).filter(|_| first.len() < 5);
    let (outward, inward, end) = if let Some(inward_start) = space {
        let inward = run(&rest[inward_start..]);
        (first, inward, start + inward_start + inward.len())
    } else {
        let split = first.len().checked_sub(3)?;
        (&first[..split], &first[split..], start + first.len())
    };
    let is_postcode =
        is_inward(inward) && is_outward(outward) && ends_word(text, end) && char_at(text, end) != Some('@');
    // Other codes contain hyphens too: `Form B1-2AA`.
    let is_clear = hyphen.is_none() || has_long_area(outward) || follows_address(text, start);
    (is_postcode && is_clear && is_written_as_one(text, start, outward, inward, space.is_some())).then_some(end)
}

/// The ASCII letters and digits at the start of a text.
fn run(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_alphanumeric).count()]
}

/// Whether a text is the second half of a postcode: a digit and two letters.
fn is_inward(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_digit())
        && text.len() == 3
        && chars.all(|c| c.is_ascii_alphabetic() && !NEVER_INWARD.contains(&c.to_ascii_uppercase()))
}

/// Whether a text is the first half of a postcode: an area, a digit, and perhaps another digit or a letter.
fn is_outward(text: &str) -> bool {
    if text.eq_ignore_ascii_case("GIR") {
        return true;
    }
    let Some(digit) = text.find(|c: char| c.is_ascii_digit()) else { return false };
    let (area, district) = text.split_at(digit);
    let second = district.chars().nth(1);
    let fits = district.len() < 3 && second.is_none_or(|c| c.is_ascii_digit() || !matches!(c, 'I' | 'O' | 'i' | 'o'));
    fits && area.len() < 3 && AREAS.binary_search(&area.to_ascii_uppercase().as_str()).is_ok()
}

/// Whether letters and digits that could be a postcode are written like one, and not like other words.
fn is_written_as_one(text: &str, start: usize, outward: &str, inward: &str, is_separated: bool) -> bool {
    if inward.eq_ignore_ascii_case("0AA") && outward.eq_ignore_ascii_case("GIR") {
        return true;
    }
    if outward.eq_ignore_ascii_case("GIR") {
        return false;
    }
    if !outward.chars().chain(inward.chars()).any(|c| c.is_ascii_lowercase()) {
        return true;
    }
    // `Year 7 W1 2nd` ends in an ordinal number.
    let is_ordinal = ["1st", "2nd", "3rd"].contains(&inward) || (inward.ends_with("th"));
    !is_ordinal && ((is_separated && has_long_area(outward)) || follows_address(text, start))
}

/// Whether the first half begins with two letters.
fn has_long_area(outward: &str) -> bool {
    outward.find(|c: char| c.is_ascii_digit()) == Some(2)
}

/// Whether there are words of an address shortly before.
fn follows_address(text: &str, start: usize) -> bool {
    let mut from = start.saturating_sub(ADDRESS_LENGTH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text[from..start].to_ascii_lowercase();
    ADDRESS_WORDS.iter().any(|word| before.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::FindingKind::Postcode)
    }

    #[test]
    fn areas_are_in_order() {
        assert!(super::AREAS.is_sorted());
    }

    #[test]
    fn postcodes_are_found() {
        for text in
            ["MK9 3EJ", "MK93EJ", "M1 1AE", "EC1A 1BB", "W1A 0AX", "CR2 6XH", "DN55 1PT", "GIR 0AA", "SW1A\u{a0}2AA"]
        {
            assert_eq!(check(text), text);
            assert_eq!(check(&format!("1 High Street, Bletchley, {text}.")), text);
        }
        assert_eq!(check("mk9 3ej"), "mk9 3ej");
        assert_eq!(check("4 Elm Road, m1 1ae"), "m1 1ae");
        assert_eq!(check("postcode mk93ej"), "mk93ej");
    }

    #[test]
    fn other_words_are_allowed() {
        for text in [
            "A1 2BC",
            "MK9",
            "MK9 3",
            "MK9 3E",
            "MK9 3EJX",
            "MK9 3CJ",
            "XMK9 3EJ",
            "Q1 1AA",
            "at e1 2nd",
            "se1 2nd",
            "e1 1ae",
            "Year 7",
            "M1 junction",
            "A421",
            "S47 enquiries",
            "CO2 4th",
            "COVID-19",
            "mk93ej",
            "MK93E",
            "H1N1",
            "GIR 1AA",
            "MK999 3EJ",
            "MK9  3EJ",
            "MK",
            "",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }
}

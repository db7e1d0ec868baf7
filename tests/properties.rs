//! What must hold whatever people write: money never rounds, slugs are stable, and whatever is said of a file is said
//! of a place in it.

mod support;

use std::sync::LazyLock;

use annal::piece::{Money, slug};
use annal::{RelPath, SourceTexts, SourceTree};
use proptest::prelude::*;
use support::{assert_locations_exist, build, forced, put, read_site};

/// An amount as a spreadsheet or a person may write it, with the pence that it is.
fn amounts() -> impl Strategy<Value = (String, i64)> {
    let whole = 0_i64..1_000_000_000;
    (whole, prop::option::of(0_i64..100), any::<(bool, bool)>(), 0..4_usize).prop_map(
        |(pounds, pence, (is_grouped, has_sign), negative)| {
            let mut digits = pounds.to_string();
            if is_grouped {
                let mut at = digits.len();
                while at > 3 {
                    at -= 3;
                    digits.insert(at, ',');
                }
            }
            let rest = pence.map(|pence| format!(".{pence:02}")).unwrap_or_default();
            let sign = if has_sign { "£" } else { "" };
            let (text, factor) = match negative {
                1 => (format!("-{sign}{digits}{rest}"), -1),
                2 => (format!("({sign}{digits}{rest})"), -1),
                3 => (format!("\u{2212}{sign}{digits}{rest}"), -1),
                _ => (format!("{sign}{digits}{rest}"), 1),
            };
            (text, factor * (pounds * 100 + pence.unwrap_or_default()))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn money_is_what_was_written_to_the_penny((text, pence) in amounts()) {
        prop_assert_eq!(text.parse::<Money>().ok(), Some(Money { pence }), "{}", text);
    }

    #[test]
    fn money_never_rounds(pounds in 0_i64..1_000_000, rest in "[0-9]{1,6}") {
        let text = format!("{pounds}.{rest}");
        // More than two decimals are refused, and not cut.
        let pence = (rest.len() <= 2).then(|| pounds * 100 + format!("{rest:0<2}").parse::<i64>().unwrap());
        prop_assert_eq!(text.parse::<Money>().ok().map(|money| money.pence), pence, "{}", text);
    }

    #[test]
    fn money_that_is_shown_is_read_again(pence in -99_999_999_999_999_i64..=99_999_999_999_999) {
        let money = Money { pence };
        prop_assert_eq!(money.to_string().parse::<Money>().ok(), Some(money));
    }

    #[test]
    fn slugs_are_stable(text in any::<String>()) {
        let made = slug(&text);
        prop_assert_eq!(&slug(&made), &made, "a slug of a slug is itself");
        let is_plain = made.chars().all(|c| c == '-' || (c.is_alphanumeric() && c.to_lowercase().eq([c])));
        prop_assert!(is_plain && !made.starts_with('-') && !made.ends_with('-') && !made.contains("--"), "{}", made);
    }
}

/// The sites that are spoilt.
static SITES: LazyLock<[SourceTree; 3]> =
    LazyLock::new(|| ["tests/sites/two-years", "tests/sites/bilingual", "tests/cases/_base"].map(read_site));

/// What spoils a file: something put in at a place, or some of it taken away.
#[derive(Clone, Debug)]
enum Spoil {
    Insert(prop::sample::Index, String),
    Remove(prop::sample::Index, usize),
}

fn spoils() -> impl Strategy<Value = Spoil> {
    let odd = prop::sample::select(vec![
        "é",
        "\u{feff}",
        "\r\n",
        "\r",
        "\t",
        "---\n",
        "\n---\n",
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "|",
        "`",
        "```\n",
        "```chart\n",
        "# ",
        "## ",
        "<script>",
        "](",
        "[^1]",
        "&#x0;",
        "\u{202e}",
        "🎉",
        "%%",
        "£",
        ",",
        ",,\n",
        "Total",
        "943 476 5919",
        "\u{0}",
        "&a ",
        "*a",
        "!!int ",
        "? ",
        "NaN",
        "-0",
        "1e9",
        "2019-13-45",
        "tbc",
    ]);
    prop_oneof![
        (any::<prop::sample::Index>(), odd.prop_map(str::to_owned)).prop_map(|(at, text)| Spoil::Insert(at, text)),
        (any::<prop::sample::Index>(), any::<String>()).prop_map(|(at, text)| Spoil::Insert(at, text)),
        (any::<prop::sample::Index>(), 1_usize..40).prop_map(|(at, count)| Spoil::Remove(at, count)),
    ]
}

/// The text with its faults.
fn spoilt(text: &str, faults: &[Spoil]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for fault in faults {
        match fault {
            Spoil::Insert(at, new) => {
                let at = at.index(characters.len() + 1);
                characters.splice(at..at, new.chars());
            }
            Spoil::Remove(at, count) if !characters.is_empty() => {
                let at = at.index(characters.len());
                let end = (at + count).min(characters.len());
                characters.drain(at..end);
            }
            Spoil::Remove(..) => {}
        }
    }
    characters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn places_lie_in_their_files(
        site in any::<prop::sample::Index>(),
        file in any::<prop::sample::Index>(),
        faults in prop::collection::vec(spoils(), 1..6),
    ) {
        let mut tree = site.get(&*SITES).clone();
        let texts: Vec<RelPath> = tree.files.keys().filter(|file| tree.text(file).is_some()).cloned().collect();
        let file = file.get(&texts).clone();
        let text = spoilt(&tree.text(&file).unwrap(), &faults);
        put(&mut tree, file.as_str(), &text);
        assert_locations_exist(&tree, &build(&tree, &forced("2024-12-01")).diagnostics);
    }
}

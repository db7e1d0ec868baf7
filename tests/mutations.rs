//! Sites that went wrong in ways that nobody thought of: whatever is done to a site's files, checking and building it
//! ends, without a panic, and says where in the files it found what it says.
//!
//! Every run makes the same sites, from a fixed seed; `ANNAL_MUTATIONS=2000` says how many, and `ANNAL_MUTATION=17` makes
//! one of them alone.

#![allow(clippy::disallowed_methods, reason = "how many sites are made is read from the environment")]

mod support;

use std::collections::BTreeMap;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use annal::format::{human, json};
use annal::{BuildCache, DiagnosticList, Options, SourceTree};
use rayon::prelude::*;
use support::numbers::Numbers;
use support::site::Site;
use support::{assert_locations_exist, build, options};

/// How many sites are made where nothing else is said.
const COUNT: u64 = 60;

/// Texts that files are spoilt with.
const ODD: &[&str] = &[
    "\u{0}",
    "\u{7f}",
    "\u{feff}",
    "\u{202e}",
    "\u{2028}",
    "\u{a0}",
    "\u{301}",
    "\u{200d}",
    "\u{10ffff}",
    "\u{1f600}",
    "–",
    "“",
    "’",
    "\t",
    "\r",
    "\r\n",
    "\n\n",
    "---\n",
    "...\n",
    "```",
    "```chart\n",
    "%%",
    "%% ",
    "<script>",
    "<!--",
    "]]>",
    "&amp;",
    "&#0;",
    "&#xD800;",
    "{{ x }}",
    "{% x %}",
    "![",
    "](",
    "[^1]",
    "|",
    "||||\n|-|\n",
    "> > > ",
    "- - - - ",
    "* ",
    "# ",
    "###### ",
    "{#id}",
    "&a ",
    "*a",
    "!!binary ",
    "? ",
    ": ",
    " #",
    "'",
    "\"",
    "[",
    "{",
    "]",
    "}",
    ",",
    ";",
    "\\",
    "\\x",
    "99999999999999999999",
    "-1",
    "0",
    "1e999",
    "NaN",
    "null",
    "~",
    "2023-02-30",
    "9999-12-31",
    "0000-00-00",
    "-9999-01-01",
    "999999999999.99",
    "£",
    "٣",
    "٠٧٧٠٠ ٩٠٠٩٨٢",
    "943 476 5919",
    "AB 12 34 56 C",
    "born 1 April 2010",
    "../../../../etc/passwd",
    "/2023-24/",
    "C:\\x",
    "javascript:x",
    "https://[",
    "mailto:a@b.example",
    "\u{1e}",
    "\u{fffc}",
    "\u{e000}",
    "ß",
    "İ",
    "ǅ",
    "𝟎𝟕𝟕𝟎𝟎",
    "Child A (John)",
];

type Files = BTreeMap<String, String>;

/// Does one thing to a site's files.
fn spoil(files: &mut Files, numbers: &mut Numbers) {
    let names: Vec<String> = files.keys().cloned().collect();
    let Some(name) = names.get(numbers.below(names.len())).cloned() else { return };
    let other = names[numbers.below(names.len())].clone();
    match numbers.below(20) {
        0 => _ = files.remove(&name),
        1 => {
            let (one, two) = (files[&name].clone(), files[&other].clone());
            files.insert(name, two);
            files.insert(other, one);
        }
        2 => {
            let text = files.remove(&name).unwrap_or_default();
            files.insert(rename(&name, numbers), text);
        }
        3 => {
            let text = files[&name].clone();
            files.insert(rename(&name, numbers), text);
        }
        _ => {
            let text = files.get_mut(&name).expect("it was listed");
            *text = spoil_text(text, numbers);
        }
    }
}

/// Another name for a file.
fn rename(name: &str, numbers: &mut Numbers) -> String {
    let odd = numbers.one_of(ODD).replace(['/', '\0', '\\'], "_");
    match numbers.below(6) {
        0 => name.to_uppercase().replacen("CONTENT", "content", 1),
        1 => name.replace("2023-24", "2022-23"),
        2 => name.replacen('.', ".cy.", 1),
        3 => name.replace(".md", ".yaml"),
        4 => name.replacen('.', &format!("{odd}."), 1),
        _ => name.replacen('/', &format!("/{odd}/"), 1),
    }
}

/// A text with something done to it.
fn spoil_text(text: &str, numbers: &mut Numbers) -> String {
    let at = text.floor_char_boundary(numbers.below(text.len() + 1));
    let odd = numbers.one_of(ODD);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (line, other) = (numbers.below(lines.len()), numbers.below(lines.len()));
    let with_lines = |lines: &[&str]| lines.concat();
    match numbers.below(14) {
        // A byte that is changed; what is no text any more becomes text again.
        0 | 1 => {
            let mut bytes = text.as_bytes().to_vec();
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << numbers.below(8);
            }
            String::from_utf8_lossy(&bytes).into_owned()
        }
        2 => text[..at].to_owned(),
        3 => text[at..].to_owned(),
        4 if !lines.is_empty() => with_lines(&[&lines[..line], &lines[line + 1..]].concat()),
        5 if !lines.is_empty() => with_lines(&[&lines[..=line], &lines[line..]].concat()),
        6 if !lines.is_empty() => {
            let mut lines = lines;
            lines.swap(line, other);
            with_lines(&lines)
        }
        // A line that is indented otherwise, or is no line of its own.
        7 if !lines.is_empty() => {
            let moved = format!("{}{}", " ".repeat(numbers.below(7)), lines[line].trim_start());
            with_lines(&[&lines[..line], &[moved.as_str()], &lines[line + 1..]].concat())
        }
        8 if !lines.is_empty() => {
            let joined = lines[line].trim_end();
            with_lines(&[&lines[..line], &[joined], &lines[line + 1..]].concat())
        }
        // A word that is another everywhere: keys and ids among them.
        9 => {
            let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            if words.is_empty() { odd.to_owned() } else { text.replace(numbers.one_of(&words), odd) }
        }
        // Something huge.
        10 => {
            let times = numbers.one_of(&[100, 1_000, 20_000]);
            format!("{}{}{}", &text[..at], odd.repeat(times), &text[at..])
        }
        11 if !lines.is_empty() => {
            let many = lines[line].repeat(numbers.one_of(&[10, 100, 2_000]));
            with_lines(&[&lines[..line], &[many.as_str()], &lines[line..]].concat())
        }
        12 => format!("{}{}", &text[..at], &text[text.floor_char_boundary(numbers.below(text.len() + 1))..]),
        _ => format!("{}{odd}{}", &text[..at], &text[at..]),
    }
}

/// The site of a number: one of the small ones, with one to six things done to it.
fn site(bases: &[Site], number: u64) -> SourceTree {
    let mut numbers = Numbers(number);
    let mut site = bases[numbers.below(bases.len())].clone();
    for _ in 0..=numbers.below(6) {
        spoil(&mut site.files, &mut numbers);
    }
    site.tree()
}

/// Checks and builds a site in each way.
fn check(tree: &SourceTree) {
    let today = options("2024-12-01");
    let checked = annal::check(tree, &today, &mut BuildCache::none());
    assert_locations_exist(tree, &checked.diagnostics);
    let listing = DiagnosticList::new(checked.diagnostics, tree, 1);
    assert!(human::render(&listing, human::TerminalStyle::default()).is_empty() == listing.found.is_empty());
    let json: serde_json::Value = serde_json::from_str(&json::render(&listing)).expect("JSON");
    assert!(json["diagnostics"].is_array());
    let forced = Options { force: true, drafts: true, embargoed: true, ..today.clone() };
    for options in [today, forced] {
        let built = build(tree, &options);
        assert!(
            !options.force || !built.output.files.is_empty() || tree.files.is_empty(),
            "a forced build gives a site"
        );
        for (path, bytes) in built.output.files.iter().filter(|(path, _)| path.extension() == "json") {
            serde_json::from_slice::<serde_json::Value>(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
}

#[test]
fn whatever_is_done_to_a_site_is_told_of() {
    let bases = ["tests/cases/_base", "tests/sites/bilingual", "tests/sites/two-years"].map(Site::open);
    let number = |name: &str| env::var(name).ok().and_then(|count| count.parse::<u64>().ok());
    let all = match number("ANNAL_MUTATION") {
        Some(one) => one..one + 1,
        None => 0..number("ANNAL_MUTATIONS").unwrap_or(COUNT),
    };
    let faults: Vec<String> = all
        .into_par_iter()
        .filter_map(|number| {
            let begun = Instant::now();
            let done = catch_unwind(AssertUnwindSafe(|| check(&site(&bases, number))));
            let seconds = begun.elapsed().as_secs();
            if seconds >= 5 {
                eprintln!("site {number} took {seconds} s");
            }
            done.err().map(|why| {
                let why = why.downcast_ref::<String>().map_or("panics", String::as_str);
                format!("ANNAL_MUTATION={number}: {}", why.chars().take(300).collect::<String>())
            })
        })
        .collect();
    assert!(faults.is_empty(), "\n{}\n{} sites fail", faults.join("\n"), faults.len());
}

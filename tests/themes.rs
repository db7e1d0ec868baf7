//! Themes of a site's own, which build upon the one that is carried.

#![allow(clippy::disallowed_methods, reason = "the carried theme is read from the disk")]

mod support;

use regex::Regex;
use support::{build, options, pages, put, read_site, text_of};

#[test]
fn a_second_theme_builds_upon_the_first() {
    let mut tree = read_site(".");
    let about = "content/site.yaml";
    let text = tree.shared_text(about).unwrap().replace("theme: civic\n", "");
    put(&mut tree, about, &format!("theme: plum\n{text}"));
    let output = build(&tree, &options("2024-12-01")).output;
    let sheet = Regex::new(r#"<link rel="stylesheet" href="[./]*assets/plum\.[0-9a-f]{8}\.css">"#).unwrap();
    for (path, text) in pages(&output).filter(|(_, text)| !text.contains("http-equiv=\"refresh\"")) {
        assert!(sheet.is_match(text), "{path} is without the theme's own style sheet");
        assert!(text.contains(">Annual reports<") && text.contains(">Words explained<"), "{path} has civic's words");
        assert!(text.contains(">Contacts<"), "{path} lacks the words that are not overridden");
    }
    let search = text_of(&output, "search/index.html");
    assert!(search.contains("assets/search."), "civic's templates are rendered with the overridden frame");
}

#[test]
fn a_copied_table_template_goes_on_working_when_the_report_gains_a_part() {
    // A site that changed its tables before annal knew training has a copy without that part.
    let tables = "themes/civic/templates/tables.html";
    let copied = std::fs::read_to_string(support::root().join(tables)).unwrap();
    assert!(!copied.contains("component training"), "a new part has its components in a file of its own");
    let mut tree = read_site("tests/sites/two-years");
    put(&mut tree, tables, &copied.replace("{{ words.voting }}", "Voting rights"));
    let built = build(&tree, &options("2024-12-01"));
    assert!(text_of(&built.output, "2023-24/training/index.html").contains("Recognising neglect"));
}

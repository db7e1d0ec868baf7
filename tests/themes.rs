//! Themes of a site's own, which build upon the one that is carried.

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

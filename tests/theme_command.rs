//! `annal theme`: themes that somebody begins, copies of the built-in theme's files, and settings.

#![allow(clippy::disallowed_methods, reason = "commands are run in folders on the disk")]

mod support;

use std::fs;
use std::path::Path;

use support::command::{annal, json, printed};
use tempfile::TempDir;

/// A new site with a year, and a theme of its own called `county`.
fn site() -> TempDir {
    let folder = TempDir::new().unwrap();
    for arguments in [&["new", "site", "."][..], &["new", "year", "2024-25"], &["theme", "new", "county"]] {
        let output = annal(folder.path(), arguments);
        assert!(output.status.success(), "{}", printed(&output));
    }
    let settings = folder.path().join("content/site.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("theme: county\n{text}")).unwrap();
    folder
}

/// What a command prints, and whether it succeeds.
fn run(site: &Path, arguments: &str) -> (bool, String) {
    let output = annal(site, &arguments.split(' ').collect::<Vec<_>>());
    (output.status.success(), printed(&output))
}

#[test]
fn a_new_theme_changes_what_its_style_sheet_says() {
    let site = site();
    assert!(run(site.path(), "build").0);
    let sheet = site.path().join("themes/county/assets/county.css");
    let text = fs::read_to_string(&sheet).unwrap();
    assert!(text.contains("/* --accent: #12436d; */") && text.contains("/* --chart-1: "), "{text}");
    assert!(!text.contains("CanvasText"), "forced colours are not for themes");
    fs::write(&sheet, text.replacen("/* --accent: #12436d; */", "--accent: #5d2a52;", 1)).unwrap();
    assert!(run(site.path(), "build").0);
    let assets = fs::read_dir(site.path().join("output/assets")).unwrap().flatten();
    let built = assets.map(|entry| entry.path()).find(|path| path.to_string_lossy().contains("/county."));
    assert!(fs::read_to_string(built.unwrap()).unwrap().contains("--accent:#5d2a52"));
    for (name, help) in [("My Theme", "annal theme new my-theme"), ("county", "choose another name")] {
        let output = annal(site.path(), &["theme", "new", name]);
        assert_eq!(output.status.code(), Some(2));
        assert!(printed(&output).contains(help), "{}", printed(&output));
    }
}

#[test]
fn every_file_of_the_built_in_theme_can_be_copied() {
    let site = site();
    assert!(run(site.path(), "build").0);
    let before = fs::read(site.path().join("output/manifest.json")).unwrap();
    let files = run(site.path(), "theme eject").1;
    let files: Vec<&str> =
        files.lines().filter(|line| line.starts_with(['a', 'l', 't']) && line.contains('/')).collect();
    assert!(files.contains(&"templates/top.html") && files.contains(&"assets/search.js"), "{files:?}");
    // The new theme has its own page frame already.
    let others: Vec<&str> = files.into_iter().filter(|file| *file != "templates/base.html").collect();
    let (is_done, said) = run(site.path(), &format!("theme eject {}", others.join(" ")));
    assert!(is_done, "{said}");
    let (is_built, said) = run(site.path(), "build");
    assert!(is_built && !said.contains("outdated-copy"), "{said}");
    assert!(run(site.path(), "theme diff").1.contains("no original has changed since"));
    // Comments in templates and styles change no page; a copied picture or script has a comment more.
    let after = fs::read_to_string(site.path().join("output/manifest.json")).unwrap();
    let pages = |manifest: &str| manifest.matches("index.html").count();
    assert_eq!(pages(&after), pages(&String::from_utf8(before).unwrap()));
    let (is_done, said) = run(site.path(), "theme eject templates/top.html");
    assert!(!is_done && said.contains("already exists and has not been changed"), "{said}");
    let (is_done, said) = run(site.path(), "theme eject top.html");
    assert!(!is_done && said.contains("did you mean `templates/top.html`?"), "{said}");
}

#[test]
fn a_copy_says_when_its_original_has_moved_on() {
    let site = site();
    assert!(run(site.path(), "theme eject templates/top.html").0);
    let copy = site.path().join("themes/county/templates/top.html");
    let text = fs::read_to_string(&copy).unwrap();
    let (mark, rest) = text.split_once('\n').unwrap();
    let (before, _) = mark.split_once(" (").unwrap();
    let older = format!("{before} (0123456789abcdef) -#}}\n{}", rest.replacen("masthead", "mast", 1));
    fs::write(&copy, &older).unwrap();
    let check = run(site.path(), "check").1;
    assert!(check.contains("note[outdated-copy]") && check.contains("themes/county/templates/top.html:1:"), "{check}");
    assert!(run(site.path(), "build").0, "the site is built with the copy");
    let difference = run(site.path(), "theme diff themes/county/templates/top.html").1;
    for line in ["the original has changed since", "-<header class=\"masthead\">", "+<header class=\"mast\">"] {
        assert!(difference.contains(line), "{difference}");
    }
    assert!(!difference.contains("0123456789abcdef"), "the mark itself is no difference: {difference}");
    assert!(run(site.path(), "theme diff --seen").1.contains("Marked 1 copied file as seen"));
    assert!(!run(site.path(), "check").1.contains("outdated-copy"));
    assert!(fs::read_to_string(&copy).unwrap().ends_with(older.split_once('\n').unwrap().1), "the copy is unchanged");
}

#[test]
fn settings_reach_templates_and_are_listed() {
    let site = site();
    let theme = site.path().join("themes/county");
    let about = fs::read_to_string(theme.join("theme.yaml")).unwrap();
    let settings = "settings:\n  tagline: {type: text, about: A line below the title., default: Safer together}\n  \
                    columns: {type: number, about: How many columns the footer has., default: 2}\n";
    fs::write(theme.join("theme.yaml"), format!("{about}{settings}")).unwrap();
    let base = fs::read_to_string(theme.join("templates/base.html")).unwrap();
    let block = "{% block turn %}<p>{{ settings.tagline }} in {{ settings.columns }}</p>{% endblock %}";
    fs::write(theme.join("templates/base.html"), format!("{base}{block}\n")).unwrap();
    let page = || {
        assert!(run(site.path(), "build").0);
        fs::read_to_string(site.path().join("output/privacy/index.html")).unwrap()
    };
    assert!(page().contains("<p>Safer together in 2</p>"), "{}", page());
    let file = site.path().join("content/site.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}theme_settings:\n  tagline: \"<b>\"\n  columns: 3\n")).unwrap();
    assert!(page().contains("<p>&lt;b&gt; in 3</p>"), "a setting is escaped like every text");
    let listed = json(&annal(site.path(), &["theme", "settings", "--format", "json"]));
    let found = listed["settings"].as_array().unwrap().iter().find(|setting| setting["name"] == "columns").unwrap();
    assert_eq!((&found["default"], &found["value"], &found["type"]), (&2.into(), &3.into(), &"number".into()));
    assert!(run(site.path(), "theme settings").1.contains("tagline: A line below the title."));
}

#[test]
fn the_schema_of_a_site_has_the_settings_of_its_theme() {
    let site = site();
    let about = site.path().join("themes/county/theme.yaml");
    let text = fs::read_to_string(&about).unwrap();
    fs::write(&about, format!("{text}settings:\n  tagline: {{type: text, about: A line below the title.}}\n")).unwrap();
    let settings = |folder: &Path| json(&annal(folder, &["schema", "site"]))["properties"]["theme_settings"].clone();
    let here = settings(site.path());
    assert_eq!(here["properties"]["tagline"]["description"], "A line below the title.");
    assert_eq!(here["properties"]["dark_mode"]["enum"], serde_json::json!(["automatic", "off", "on"]));
    assert_eq!(here["additionalProperties"], false, "a misspelt setting is marked while it is typed");
    let elsewhere = settings(TempDir::new().unwrap().path());
    assert_eq!(elsewhere["properties"]["hero"]["default"], "plain");
    assert_eq!(elsewhere["additionalProperties"], true, "the theme is not known");
}

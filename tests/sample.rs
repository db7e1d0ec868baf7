//! `check` finds what keeps a site from being built, since it renders pages of every kind.

#![allow(clippy::disallowed_methods, reason = "sites lie on the disk")]

mod support;

use std::path::Path;

use annal::{BuildCache, Code, Diagnostic, Options, SourceTree};
use rayon::prelude::*;
use support::{build, put, read_site, root};

/// A fault that only rendering shows.
const FAULT: &str = "{{ site.title | abs }}";

fn options() -> Options {
    support::options("2026-01-01")
}

fn faults(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.into_iter().filter(|found| found.code == Code::TemplateError).collect()
}

/// What `check` and `build` find in a site some of whose theme's templates are others.
fn both(tree: &SourceTree, template: &str, text: &str) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut tree = tree.clone();
    put(&mut tree, &format!("themes/civic/templates/{template}"), text);
    let checked = annal::check(&tree, &options(), &mut BuildCache::none()).diagnostics;
    let built = build(&tree, &options()).diagnostics;
    (faults(checked), faults(built))
}

/// The templates of the carried theme, with their texts.
fn templates() -> Vec<(String, String)> {
    let folder = std::fs::read_dir(root().join("themes/civic/templates")).unwrap();
    let read =
        |path: &Path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path).unwrap());
    let mut templates: Vec<_> = folder.map(|entry| read(&entry.unwrap().path())).collect();
    templates.sort();
    templates
}

/// Where something may stand in a template: behind each tag that opens a block or a component, a condition or a loop.
fn places(template: &str) -> Vec<usize> {
    let opens = ["block ", "component ", "if ", "elif ", "else", "for "];
    let tags = template.match_indices("{%").filter(|(at, _)| {
        let word = template[at + 2..].trim_start_matches('-').trim_start();
        opens.iter().any(|opens| word.starts_with(opens))
    });
    tags.map(|(at, _)| at + template[at..].find("%}").unwrap() + 2).collect()
}

/// Compares what is found of a fault at some of the places where one can be.
fn compare(folder: &str, picks: impl Fn(usize) -> bool) -> usize {
    let tree = read_site(folder);
    let spoilt: Vec<(String, String)> = templates()
        .iter()
        .flat_map(|(name, text)| {
            let spoil = |at| (name.clone(), [&text[..at], FAULT, &text[at..]].concat());
            places(text).into_iter().map(spoil).collect::<Vec<_>>()
        })
        .enumerate()
        .filter(|(at, _)| picks(*at))
        .map(|(_, spoilt)| spoilt)
        .collect();
    let missed: Vec<String> = spoilt
        .par_iter()
        .filter_map(|(name, text)| {
            let (checked, built) = both(&tree, name, text);
            let at = text.find(FAULT).unwrap();
            (checked != built).then(|| format!("{name}: {:?}", &text[at.saturating_sub(60)..at]))
        })
        .collect();
    assert!(missed.is_empty(), "{folder}: check and build differ with a fault after {missed:#?}");
    spoilt.len()
}

#[test]
fn check_finds_what_build_finds() {
    // All of them take minutes: `ANNAL_FAULTS=1` tries every one.
    let step = std::env::var("ANNAL_FAULTS").map_or(41, |step| step.parse().unwrap());
    for (offset, folder) in [".", "tests/sites/two-years", "tests/sites/bilingual"].into_iter().enumerate() {
        assert!(compare(folder, |at| at % step == offset % step) > 0);
    }
}

#[test]
fn an_asset_that_is_not_there_is_found() {
    let (checked, built) = both(&read_site("."), "foot.html", "{{ asset(path=\"lgo.svg\") }}");
    assert_eq!(checked, built);
    assert!(checked[0].message.contains("lgo.svg"), "{checked:?}");
}

#[test]
fn a_fault_in_one_language_is_found() {
    let faulty = "{% if site.language == \"cy\" %}{{ site.title | abs }}{% endif %}";
    let (checked, built) = both(&read_site("tests/sites/bilingual"), "foot.html", faulty);
    assert_eq!(checked, built);
    assert!(checked[0].message.contains("on the page `/cy/"), "{checked:?}");
    let (_, whole) = both(&read_site("tests/sites/bilingual"), "foot.html", FAULT);
    assert_eq!(whole.len(), 1, "one fault is told once: {whole:?}");
}

#[test]
fn a_theme_of_ones_own_makes_the_same_pages() {
    // Templates that are not the carried ones are counted as they run, which must not show.
    let tree = read_site("tests/sites/two-years");
    let mut counted = tree.clone();
    for (name, text) in templates() {
        put(&mut counted, &format!("themes/civic/templates/{name}"), &format!("{text}{{# mine #}}"));
    }
    let build = |tree: &SourceTree| {
        let built = build(tree, &options());
        assert_eq!(faults(built.diagnostics), []);
        built.output
    };
    assert!(build(&tree) == build(&counted));
}

#[test]
fn a_theme_that_runs_on_is_one_fault_of_check_and_build() {
    let endless = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}";
    for template in ["foot.html", "page.html"] {
        let (checked, built) = both(&read_site("tests/sites/two-years"), template, endless);
        assert_eq!(checked, built);
        assert_eq!(checked.len(), 1, "{checked:?}");
        assert_eq!(checked[0].location.span.start, 32, "{checked:?}");
    }
}

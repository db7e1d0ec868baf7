//! What the documents show works when it is pasted, and what they name and link to is there.

#![allow(clippy::disallowed_methods, reason = "the documents lie on the disk")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use annal::format::human;
use annal::{BuildCache, DiagnosticList, Options, SourceTree};
use regex::Regex;
use support::root;

fn document(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap().replace("\r\n", "\n")
}

/// The blocks of a document that follow a line such as "`content/site.yaml`:", by those paths.
fn files(document: &str) -> Vec<(&str, &str)> {
    let block = Regex::new(r"(?m)^`(content/\S+)`[^\n]*:\n\n```[a-z]+\n").unwrap();
    let blocks = block.captures_iter(document).map(|begin| {
        let text = &document[begin.get(0).unwrap().end()..];
        let end = text.find("\n```\n").expect("a block ends");
        (begin.get(1).unwrap().as_str(), &text[..=end])
    });
    blocks.collect()
}

#[test]
fn the_examples_of_the_content_format_are_a_site_without_fault() {
    let document = document("docs/content-format.md");
    let tree = SourceTree::from_texts(files(&document));
    assert!(tree.files.len() > 9, "the examples name their files");
    let checked = annal::check(&tree, &Options::new("2025-10-01".parse().unwrap()), &mut BuildCache::none());
    let listing = DiagnosticList::new(checked.diagnostics, &tree, tree.files.len());
    assert_eq!(human::render(&listing, human::TerminalStyle::default()), "");
}

/// A document without its blocks of code.
fn without_blocks(document: &str) -> String {
    let mut fence = None;
    let mut kept = String::new();
    for line in document.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            None if ticks >= 3 => fence = Some(ticks),
            Some(open) if ticks >= open && line.len() == ticks => fence = None,
            None => kept.extend([line, "\n"]),
            Some(_) => {}
        }
    }
    kept
}

/// A heading's anchor, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let kept = heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .collect::<String>();
    kept.replace(' ', "-")
}

fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|its| its == ending)
}

/// The paths of all documents: those at the root, and the reference in `docs/`.
fn documents() -> Vec<String> {
    let folders = ["", "docs/"].into_iter().flat_map(|folder| {
        let files = fs::read_dir(root().join(folder)).unwrap();
        files.map(move |file| format!("{folder}{}", file.unwrap().file_name().to_str().unwrap()))
    });
    folders.filter(|path| has_ending(path, "md")).collect()
}

#[test]
fn links_between_documents_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)#:]*)(#[^)]*)?\)").unwrap();
    let code = Regex::new(r"`[^`]*`").unwrap();
    let heading = Regex::new(r"(?m)^#+ (.*)$").unwrap();
    let mut faults = Vec::new();
    for path in documents() {
        for found in link.captures_iter(&code.replace_all(&without_blocks(&document(&path)), "")) {
            // The forge's own page, outside the repository.
            if found[1].ends_with("../../releases/latest") {
                continue;
            }
            let folder = Path::new(&path).parent().unwrap();
            let target = if found[1].is_empty() { path.clone().into() } else { folder.join(&found[1]) };
            let there = root().join(&target);
            let Some(fragment) = found.get(2) else {
                if !there.exists() {
                    faults.push(format!("{path} links to {}", target.display()));
                }
                continue;
            };
            let there = fs::read_to_string(there).unwrap_or_default();
            let mut anchors = heading.captures_iter(&there).map(|heading| anchor(&heading[1]));
            if !anchors.any(|anchor| anchor == fragment.as_str()[1..]) {
                faults.push(format!("{path} links to {}{}", target.display(), fragment.as_str()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// Everything in the folders that documents name by their paths. `content/` is not among them: in a document it is
/// the reader's own.
fn repository() -> BTreeSet<String> {
    let folders = ["src", "tests", "themes", "docs", "fuzz", "benches", "packaging"];
    let entries = folders.into_iter().flat_map(|folder| walkdir::WalkDir::new(root().join(folder)));
    let paths = entries.map(|entry| entry.unwrap().path().strip_prefix(root()).unwrap().to_owned());
    paths.map(|path| path.to_str().unwrap().replace('\\', "/")).collect()
}

/// Whether a path has the form of another, in which `NAME` stands for any one.
fn has_form(path: &str, form: &str) -> bool {
    let is_same = |(part, form): (&str, &str)| {
        let (name, ending) = form.split_once('.').map_or((form, ""), |(name, ending)| (name, ending));
        part == form || !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase()) && part.ends_with(ending)
    };
    path.split('/').count() == form.split('/').count() && path.split('/').zip(form.split('/')).all(is_same)
}

#[test]
fn the_files_that_documents_name_are_there() {
    let quoted = Regex::new(r"`([\w.-]+(?:/[\w.-]+)*/?)`").unwrap();
    let repository = repository();
    let is_folder = |path: &str| repository.contains(path);
    let mut faults = Vec::new();
    for path in documents().into_iter().chain(["clippy.toml".to_owned()]) {
        // Those who read of the code say `model/report.rs`, and what users read of is not in `src/`.
        let is_of_code = !path.starts_with("docs/") && path != "README.md" && path != "CHANGELOG.md";
        for found in quoted.captures_iter(&without_blocks(&document(&path))) {
            let form = found[1].trim_end_matches('/');
            let first = form.split('/').next().unwrap();
            let is_below_src = is_of_code && found[1].contains('/') && is_folder(&format!("src/{first}"));
            if !(has_ending(form, "rs") || is_folder(first) || is_below_src) {
                continue;
            }
            let is_there = repository.iter().any(|there| {
                has_form(there, form)
                    || is_of_code && there.match_indices('/').any(|(at, _)| has_form(&there[at + 1..], form))
            });
            if !is_there {
                faults.push(format!("{path} names `{}`", &found[1]));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_code_that_documents_name_is_there() {
    let quoted = Regex::new(r"`([A-Za-z_]+(?:::[A-Za-z_]+)*)(?:<\w+>)?`").unwrap();
    let (mut words, mut declared) = (BTreeSet::new(), BTreeSet::new());
    for path in repository().into_iter().filter(|path| has_ending(path, "rs")) {
        let text = document(&path);
        let mut before = "";
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()) {
            if matches!(before, "fn" | "mod" | "const" | "static" | "pub" | "crate") {
                declared.insert(word.to_owned());
            }
            words.insert(word.to_owned());
            before = word;
        }
    }
    let is_lower = |part: &str| part.starts_with(|c: char| c.is_ascii_lowercase());
    let mut faults = Vec::new();
    for path in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        for found in quoted.captures_iter(&without_blocks(&document(path))) {
            let name = &found[1];
            let is_there = if name.contains("::") {
                // Modules and functions are called by common words, which are in the code anyhow.
                name.split("::").all(|part| if is_lower(part) { declared.contains(part) } else { words.contains(part) })
            } else {
                words.contains(name) || is_lower(name) && !name.contains('_')
            };
            if !is_there {
                faults.push(format!("{path} names `{name}`"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

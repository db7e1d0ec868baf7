//! What the documents show works when it is pasted.

#![allow(clippy::disallowed_methods, reason = "the documents lie on the disk")]

use std::fs;
use std::path::Path;

use annal::diagnostic::{DiagnosticList, human};
use annal::pipeline::{self, Options};
use annal::source::SourceTree;
use regex::Regex;

fn document(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap().replace("\r\n", "\n")
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
    let checked = pipeline::check(&tree, Vec::new(), &Options::new("2025-10-01".parse().unwrap()));
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

#[test]
fn links_between_documents_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)#:]*)(#[^)]*)?\)").unwrap();
    let code = Regex::new(r"`[^`]*`").unwrap();
    let heading = Regex::new(r"(?m)^#+ (.*)$").unwrap();
    for path in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/content-format.md",
        "docs/continuous-checking.md",
    ] {
        let text = document(path);
        for found in link.captures_iter(&code.replace_all(&without_blocks(&text), "")) {
            let folder = Path::new(path).parent().unwrap();
            let target = if found[1].is_empty() { path.into() } else { folder.join(&found[1]) };
            let there = Path::new(env!("CARGO_MANIFEST_DIR")).join(&target);
            assert!(there.is_file(), "{path} links to {}", target.display());
            if let Some(fragment) = found.get(2) {
                let there = fs::read_to_string(there).unwrap();
                let anchors = heading.captures_iter(&there).map(|heading| anchor(&heading[1]));
                assert!(
                    anchors.into_iter().any(|anchor| anchor == fragment.as_str()[1..]),
                    "{path}: {}",
                    fragment.as_str()
                );
            }
        }
    }
}

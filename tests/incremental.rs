//! A warm build gives what a cold one would: after every edit, to the byte, diagnostics included.

#![allow(clippy::disallowed_methods, reason = "the site that is edited lies on the disk")]

use std::path::Path;

use annal::diagnostic::RelPath;
use annal::pipeline::{self, Memo, Options};
use annal::source::{Content, SourceTree, read_tree};

/// An edit of a site: what it is, and what it does.
type Edit = (&'static str, fn(&mut SourceTree));

/// The text of a file.
fn text(tree: &SourceTree, path: &str) -> String {
    tree.shared_text(path).unwrap_or_else(|| panic!("there is {path}")).to_string()
}

/// Puts a text into a tree, as reading it would.
fn put(tree: &mut SourceTree, path: &str, text: &str) {
    let read = SourceTree::of_texts([(path, text)]);
    tree.files.extend(read.files);
}

/// Replaces words of a file.
fn replace(tree: &mut SourceTree, path: &str, from: &str, to: &str) {
    let before = text(tree, path);
    assert!(before.contains(from), "{path} holds {from:?}");
    put(tree, path, &before.replace(from, to));
}

const POLICE: &str = "content/2023-24/agencies/police.md";
const REPORT: &str = "content/2023-24/report.yaml";

/// What editors do in the course of a day, each on top of what was done before.
const EDITS: &[Edit] = &[
    ("nothing", |_| ()),
    ("a word of a submission", |tree| replace(tree, POLICE, "response officers", "neighbourhood officers")),
    ("a commitment, which last year's page and this year's list show", |tree| {
        replace(tree, POLICE, "Train the call handlers", "Train the dispatchers");
    }),
    ("a name that many pages show", |tree| {
        replace(tree, REPORT, "name: Northshire Police", "name: Northshire Constabulary");
    }),
    ("a term of the glossary", |tree| put(tree, "content/glossary.yaml", "MASH: The hub of all agencies\n")),
    ("a heading that others link to", |tree| replace(tree, POLICE, "## What we did", "## What have we done?")),
    ("a section misspelt, so that nothing is built", |tree| replace(tree, POLICE, "## What next", "## What nxt")),
    ("the section mended", |tree| replace(tree, POLICE, "## What nxt", "## What next")),
    ("a page more", |tree| put(tree, "content/2023-24/pages/thanks.md", "---\ntitle: Thanks\n---\nTo all.\n")),
    ("the page renamed", |tree| {
        let page = tree.files.remove("content/2023-24/pages/thanks.md").expect("it was made");
        tree.files.insert(RelPath::new("content/2023-24/pages/thank-you.md"), page);
    }),
    ("a cell of a table", |tree| replace(tree, "content/2023-24/data/attendance.csv", "Police,a,yes", "Police,x,yes")),
    ("a picture", |tree| {
        let picture = tree.files.get_mut("content/2023-24/media/centre.png").expect("the site has one");
        picture.content = Content::Bytes(b"another".as_slice().into());
        picture.hash = annal::source::tree::hash(b"another");
    }),
    ("a draft", |tree| replace(tree, POLICE, "---\nfollow_up", "---\nstatus: draft\nfollow_up")),
    ("the title of the site", |tree| replace(tree, "content/site.yaml", "title: Northshire", "title: Southshire")),
    ("last year taken away", |tree| tree.files.retain(|path, _| !path.as_str().starts_with("content/2022-23/"))),
];

const HEALTH: &str = "content/2023-24/agencies/health";

/// The same for a site in two languages, of which one shows what the other says.
const BILINGUAL: &[Edit] = &[
    ("nothing", |_| ()),
    ("a word of a translation", |tree| replace(tree, &format!("{HEALTH}.cy.md"), "porthorion", "gweithwyr")),
    ("who signed the original off", |tree| replace(tree, &format!("{HEALTH}.md"), "Chief Executive", "Chair")),
    ("an outcome, which the translation's page shows", |tree| {
        replace(tree, &format!("{HEALTH}.md"), "in-progress", "dropped, note: Too dear.");
    }),
    ("a promise of the year before", |tree| {
        replace(tree, "content/2022-23/agencies/health.cy.md", "Hyfforddi holl staff", "Dysgu holl staff");
    }),
    ("the original made a draft", |tree| replace(tree, &format!("{HEALTH}.md"), "status: signed-off", "status: draft")),
    ("the name of a board in one language", |tree| {
        replace(tree, "content/2023-24/report.cy.yaml", "Bwrdd y Plant", "Bwrdd Plant a Phobl Ifanc");
    }),
    ("a translation taken away", |tree| {
        tree.files.remove("content/2022-23/agencies/health.cy.md").expect("there is one");
    }),
    ("every translation taken away", |tree| tree.files.retain(|path, _| !path.as_str().contains(".cy."))),
];

/// Makes edits one after the other, and compares what a memo that lives on gives with what an empty one does.
fn check(site: &str, edits: &[Edit]) {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(site);
    let mut tree = read_tree(&site).unwrap().value;
    let mut memo = Memo::default();
    for force in [false, true] {
        let options = Options { force, ..Options::on("2024-12-01".parse().unwrap()) };
        for (what, edit) in edits.iter().filter(|_| !force).chain(&edits[..1]) {
            edit(&mut tree);
            let warm = pipeline::build(&tree, Vec::new(), &options, &mut memo);
            let cold = pipeline::build(&tree, Vec::new(), &options, &mut Memo::default());
            assert_eq!(warm.diagnostics, cold.diagnostics, "after {what}");
            for (path, bytes) in &cold.output.files {
                assert!(warm.output.get(path.as_str()) == Some(bytes), "{path} differs after {what}");
            }
            assert_eq!(warm.output.files.len(), cold.output.files.len(), "after {what}");
        }
    }
}

#[test]
fn a_warm_build_equals_a_cold_one() {
    check("two-years", EDITS);
}

#[test]
fn so_it_does_in_two_languages() {
    check("bilingual", BILINGUAL);
}

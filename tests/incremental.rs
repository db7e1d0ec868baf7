//! A warm build gives what a cold one would: after every edit, to the byte, diagnostics included.

#![allow(clippy::disallowed_methods, reason = "the site that is edited lies on the disk")]

use std::path::Path;

use annal::diagnostic::RelPath;
use annal::pipeline::{self, BuildCache, Options};
use annal::source::{FileContent, SourceTree, read_tree};

/// An edit of a site: what it is, and what it does.
type Edit = (&'static str, fn(&mut SourceTree));

/// The text of a file.
fn text(tree: &SourceTree, path: &str) -> String {
    tree.shared_text(path).unwrap_or_else(|| panic!("there is {path}")).to_string()
}

/// Puts a text into a tree, as reading it would.
fn put(tree: &mut SourceTree, path: &str, text: &str) {
    let read = SourceTree::from_texts([(path, text)]);
    tree.files.extend(read.files);
}

/// Changes the bytes of the site's picture.
fn change_picture(tree: &mut SourceTree, change: impl FnOnce(&mut Vec<u8>)) {
    let picture = tree.files.get_mut("content/2023-24/media/centre.png").expect("the site has one");
    let FileContent::Bytes(bytes) = &picture.content else { panic!("a picture is no text") };
    let mut bytes = bytes.to_vec();
    change(&mut bytes);
    picture.hash = annal::source::digest::hash(&bytes);
    picture.content = FileContent::Bytes(bytes.into());
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
    ("a picture with somebody's name", |tree| {
        change_picture(tree, |picture| _ = picture.splice(33..33, *b"\0\0\0\x08tEXtAuthor\0Jcrc."));
    }),
    ("a picture that is none", |tree| change_picture(tree, |picture| picture.truncate(50))),
    ("a picture mended", |tree| {
        let whole = b"\0\0\0\0IDATcrc.\0\0\0\0IENDcrc.";
        change_picture(tree, |picture| _ = picture.splice(33.., *whole));
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

/// Six years, of which the first leads into the third, as do a page and a term of the site.
fn linked_years() -> SourceTree {
    let year = |title: &str| {
        format!(
            "title: {title}\nperiod: {{from: 2021-04-01, to: 2022-03-31}}\npublished: 2022-06-01\nboards: []\n\
             agencies: [{{id: council, name: Council}}, {{id: police, name: Police}}]\n"
        )
    };
    let sent = |did: &str, next: &str| format!("## What we did\n\nMuch. {did}\n\n## What next\n\n- Train {next}.\n");
    let mut texts: Vec<(String, String)> = Vec::new();
    for name in ["2018-19", "2019-20", "2020-21", "2021-22", "2022-23", "2023-24"] {
        texts.push((format!("content/{name}/report.yaml"), year(name)));
        for agency in ["council", "police"] {
            texts.push((format!("content/{name}/agencies/{agency}.md"), sent("", "all")));
        }
    }
    let mut put = |path: &str, text: &str| texts.push((path.to_owned(), text.to_owned()));
    put("content/site.yaml", "title: S\nbase_url: https://s.example\ncontacts: [{name: Us, phone: 01908 253772}]\n");
    put("content/glossary.yaml", "MASH: {meaning: A hub, link: 2020-21/pages/thanks.md}\n");
    put(ABOUT, "---\ntitle: About\n---\nThe HBX and [then](@/2020-21/agencies/council.md#done).\n");
    let leads = "[Led](@/2020-21/agencies/council.md#done) [More](@/2020-21/agencies/council.md#more)";
    put(FIRST, &sent(&format!("{leads} [Us](/contacts/) 01908 253772"), "all"));
    put("content/2018-19/agencies/police.md", &sent("[Nobody](@/2020-21/agencies/stranger.md)", "all"));
    put("content/2018-19/media/then.svg", "<svg/>");
    let answers = "---\nfollow_up: [{commitment: train-all, outcome: delivered}]\n---\n";
    put(THIRD, &format!("{answers}{}", sent("\n\n### More\n\nThe MASH.", "all")));
    put("content/2020-21/governance.yaml", "bodies: [{id: hub, name: The hub, short: HBX}]\n");
    put("content/2020-21/agencies/stranger.md", "## What we did\n");
    put("content/2020-21/pages/thanks.md", "---\ntitle: Thanks\n---\nTo all.\n");
    put(LONG, "---\ntitle: Long\n---\n## Alpha\n\n## Beta\n");
    put("content/2021-22/agencies/police.md", &sent("![Then](../../2018-19/media/then.svg)", "all"));
    put(
        "content/2022-23/agencies/council.md",
        &sent("[Slip](@/2020-21/agencies/thank.md) [None](@/2020-21/pages/long.md#zzzzzz)", "all"),
    );
    put(CAME, "member,organisation,2023-06\nChief,Police,y\n");
    SourceTree::from_texts(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

const ABOUT: &str = "content/pages/about.md";
const FIRST: &str = "content/2018-19/agencies/council.md";
const THIRD: &str = "content/2020-21/agencies/council.md";
const LONG: &str = "content/2020-21/pages/long.md";
const CAME: &str = "content/2023-24/data/attendance.csv";

/// What is done in one place and shows in another, one thing at a time.
const LINKED: &[Edit] = &[
    ("nothing", |_| ()),
    ("the heading of a section that another year leads to", |tree| {
        replace(tree, THIRD, "## What we did", "## What have we done?");
    }),
    ("a heading that another year leads to", |tree| replace(tree, THIRD, "### More", "### Mores")),
    ("the heading by its old name", |tree| replace(tree, THIRD, "### Mores", "### More")),
    ("two headings in another order, of which a slip is told", |tree| {
        replace(tree, LONG, "## Alpha\n\n## Beta", "## Beta\n\n## Alpha");
    }),
    ("ids of their own for two headings", |tree| {
        replace(tree, THIRD, "What have we done?", "What have we done? {#a}");
        replace(tree, THIRD, "### More", "### More {#b}");
    }),
    ("the ids exchanged", |tree| {
        replace(tree, THIRD, "{#a}", "{#c}");
        replace(tree, THIRD, "{#b}", "{#a}");
        replace(tree, THIRD, "{#c}", "{#b}");
    }),
    ("a word on a page of the site", |tree| replace(tree, ABOUT, "The HBX", "Our HBX")),
    ("what a short name on a page of the site means", |tree| {
        replace(tree, "content/2020-21/governance.yaml", "The hub", "Our hub");
    }),
    ("a title in the list of everything", |tree| {
        replace(tree, THIRD, "follow_up:", "title: The old council\nfollow_up:");
    }),
    ("when a report was published", |tree| {
        replace(tree, "content/2020-21/report.yaml", "published: 2022-06-01", "published: 2022-07-01");
    }),
    ("what became of a commitment", |tree| replace(tree, THIRD, "outcome: delivered", "outcome: in-progress")),
    ("who came to the newest year's meeting", |tree| replace(tree, CAME, "Police,y", "Police,a")),
    ("a year without a report", |tree| put(tree, "content/2010-11/agencies/council.md", "## What we did\n")),
    ("the year taken away", |tree| _ = tree.files.remove("content/2010-11/agencies/council.md")),
    ("a telephone number that is nobody's any more", |tree| {
        replace(tree, "content/site.yaml", "01908 253772", "01908 253773");
    }),
    ("no contacts, which another year leads to", |tree| {
        replace(tree, "content/site.yaml", "contacts: [{name: Us, phone: 01908 253773}]\n", "");
    }),
    ("a file of nobody taken away, which another year leads to", |tree| {
        tree.files.remove("content/2020-21/agencies/stranger.md").expect("there is one");
    }),
    ("a page that a slip is near to", |tree| {
        put(tree, "content/2019-20/pages/thank.md", "---\ntitle: Thank\n---\nTo all.\n");
    }),
    ("a page that a term leads to made a draft", |tree| {
        replace(tree, "content/2020-21/pages/thanks.md", "title: Thanks", "title: Thanks\nstatus: draft");
    }),
    ("a picture that only a draft shows", |tree| {
        replace(
            tree,
            "content/2021-22/agencies/police.md",
            "## What we did",
            "---\nstatus: draft\n---\n## What we did",
        );
    }),
    ("the picture in another year as well", |tree| {
        replace(tree, "content/2022-23/agencies/police.md", "Much.", "![Then](../../2018-19/media/then.svg)");
    }),
    ("earlier addresses that are taken", |tree| {
        replace(tree, THIRD, "title:", "aliases: [/about/, /2022-23/agencies/council/, /then/]\ntitle:");
    }),
    ("a code switched off", |tree| {
        replace(tree, "content/site.yaml", "title: S", "title: S\nseverity: {unanswered-commitment: off}");
    }),
    ("and a waiver for it", |tree| {
        let report = "content/2021-22/report.yaml";
        let waiver = "waivers: [{code: unanswered-commitment, file: agencies/council.md, reason: Late.}]\n";
        let text = text(tree, report);
        put(tree, report, &format!("{text}{waiver}"));
    }),
    ("a year under embargo", |tree| {
        replace(tree, "content/2023-24/report.yaml", "boards: []", "boards: []\nembargo: 2030-01-01");
    }),
    ("a year whose report is lost", |tree| _ = tree.files.remove("content/2019-20/report.yaml")),
    ("a year that could not be read", |tree| {
        tree.files.remove("content/2018-19/report.yaml");
        tree.unreadable.insert(RelPath::new("content/2018-19/report.yaml"));
    }),
];

/// Makes edits one after the other, and compares what a memo that lives on gives with what an empty one does.
fn check(mut tree: SourceTree, edits: &[Edit]) {
    let mut memos = [false, true].map(|force| (force, BuildCache::default()));
    for (what, edit) in edits {
        edit(&mut tree);
        for (force, memo) in &mut memos {
            let options = Options { force: *force, ..Options::new("2024-12-01".parse().unwrap()) };
            let warm = pipeline::build(&tree, Vec::new(), &options, memo);
            let cold = pipeline::build(&tree, Vec::new(), &options, &mut BuildCache::default());
            assert_eq!(warm.diagnostics, cold.diagnostics, "after {what}");
            for (path, bytes) in &cold.output.files {
                assert!(warm.output.get(path.as_str()) == Some(bytes), "{path} differs after {what}");
            }
            assert_eq!(warm.output.files.len(), cold.output.files.len(), "after {what}");
        }
    }
}

/// The files of a site of the tests.
fn site(name: &str) -> SourceTree {
    read_tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name)).unwrap().value
}

#[test]
fn a_warm_build_equals_a_cold_one() {
    check(site("two-years"), EDITS);
}

#[test]
fn so_it_does_in_two_languages() {
    check(site("bilingual"), BILINGUAL);
}

#[test]
fn so_it_does_where_years_lead_into_each_other() {
    check(linked_years(), LINKED);
}

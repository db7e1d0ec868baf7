//! A warm build gives what a cold one would: after every edit, to the byte, diagnostics included.

mod support;

use annal::{BuildCache, FileContent, RelPath, SourceTexts, SourceTree};
use support::site::Site;
use support::{build, forced, options, put, read_site, with_pictures};

/// An edit of a site: what it is, what must come of it, and what it does.
type Edit = (&'static str, Outcome, fn(&mut SourceTree));

/// What comes of an edit.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    /// The same pages and diagnostics as before.
    Same,
    /// Other pages or diagnostics.
    Built,
    /// Errors, so that a site is built only when it is forced.
    Refused,
}

use Outcome::{Built, Refused, Same};

/// The text of a file.
fn text(tree: &SourceTree, path: &str) -> String {
    tree.text(&RelPath::new(path)).unwrap_or_else(|| panic!("there is {path}")).to_string()
}

/// Changes the bytes of the site's picture.
fn change_picture(tree: &mut SourceTree, change: impl FnOnce(&mut Vec<u8>)) {
    let picture = tree.files.get_mut("content/2023-24/media/centre.png").expect("the site has one");
    let mut bytes = picture.content.bytes().unwrap().into_owned();
    change(&mut bytes);
    picture.hash = annal::piece::hash(&bytes);
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
    ("nothing", Same, |_| ()),
    ("a word of a submission", Built, |tree| replace(tree, POLICE, "response officers", "neighbourhood officers")),
    ("a commitment, which last year's page and this year's list show", Built, |tree| {
        replace(tree, POLICE, "Train the call handlers", "Train the dispatchers");
    }),
    ("a name that many pages show", Built, |tree| {
        replace(tree, REPORT, "name: Northshire Police", "name: Northshire Constabulary");
    }),
    ("a term of the glossary", Built, |tree| put(tree, "content/glossary.yaml", "MASH: The hub of all agencies\n")),
    ("a heading that others link to", Built, |tree| replace(tree, POLICE, "## What we did", "## What have we done?")),
    ("a section misspelt, so that nothing is built", Refused, |tree| {
        replace(tree, POLICE, "## What next", "## What nxt");
    }),
    ("the section mended", Built, |tree| replace(tree, POLICE, "## What nxt", "## What next")),
    ("a page more", Built, |tree| put(tree, "content/2023-24/pages/thanks.md", "---\ntitle: Thanks\n---\nTo all.\n")),
    ("the page renamed", Built, |tree| {
        let page = tree.files.remove("content/2023-24/pages/thanks.md").expect("it was made");
        tree.files.insert(RelPath::new("content/2023-24/pages/thank-you.md"), page);
    }),
    ("a cell of a table", Built, |tree| {
        replace(tree, "content/2023-24/data/attendance.csv", "Police,a,yes", "Police,x,yes");
    }),
    ("a picture with somebody's name", Built, |tree| {
        change_picture(tree, |picture| _ = picture.splice(33..33, *b"\0\0\0\x08tEXtAuthor\0Jcrc."));
    }),
    ("a picture that is none", Refused, |tree| change_picture(tree, |picture| picture.truncate(50))),
    ("a picture mended", Built, |tree| {
        let whole = b"\0\0\0\0IDATcrc.\0\0\0\0IENDcrc.";
        change_picture(tree, |picture| _ = picture.splice(33.., *whole));
    }),
    ("a draft", Refused, |tree| replace(tree, POLICE, "---\nfollow_up", "---\nstatus: draft\nfollow_up")),
    ("the draft finished", Built, |tree| replace(tree, POLICE, "status: draft", "status: signed-off")),
    ("the title of the site", Built, |tree| {
        replace(tree, "content/site.yaml", "title: Northshire", "title: Southshire");
    }),
    ("last year taken away", Refused, |tree| {
        tree.files.retain(|path, _| !path.as_str().starts_with("content/2022-23/"));
    }),
];

const HEALTH: &str = "content/2023-24/agencies/health";

/// The same for a site in two languages, of which one shows what the other says.
const BILINGUAL: &[Edit] = &[
    ("nothing", Same, |_| ()),
    ("a word of a translation", Built, |tree| replace(tree, &format!("{HEALTH}.cy.md"), "porthorion", "gweithwyr")),
    ("who signed the original off", Built, |tree| replace(tree, &format!("{HEALTH}.md"), "Chief Executive", "Chair")),
    ("an outcome, which the translation's page shows", Built, |tree| {
        replace(tree, &format!("{HEALTH}.md"), "in-progress", "dropped, note: Too dear.");
    }),
    ("a promise of the year before", Built, |tree| {
        replace(tree, "content/2022-23/agencies/health.cy.md", "Hyfforddi holl staff", "Dysgu holl staff");
    }),
    ("the original made a draft", Built, |tree| {
        replace(tree, &format!("{HEALTH}.md"), "status: signed-off", "status: draft");
    }),
    ("the name of a board in one language", Built, |tree| {
        replace(tree, "content/2023-24/report.cy.yaml", "Bwrdd y Plant", "Bwrdd Plant a Phobl Ifanc");
    }),
    ("a translation taken away", Built, |tree| {
        tree.files.remove("content/2022-23/agencies/health.cy.md").expect("there is one");
    }),
    ("every translation taken away", Built, |tree| tree.files.retain(|path, _| !path.as_str().contains(".cy."))),
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
    // Links that lead nowhere and submissions of nobody are there from the beginning, and must not keep it from being built.
    put(
        "content/site.yaml",
        "title: S\nbase_url: https://s.example\ncontacts: [{name: Us, phone: 01908 253772}]\n\
         diagnostics: {broken-link: warning, unexpected-submission: warning}\n",
    );
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
    texts.into_iter().collect::<Site>().tree()
}

const ABOUT: &str = "content/pages/about.md";
const FIRST: &str = "content/2018-19/agencies/council.md";
const THIRD: &str = "content/2020-21/agencies/council.md";
const LONG: &str = "content/2020-21/pages/long.md";
const CAME: &str = "content/2023-24/data/attendance.csv";

/// What is done in one place and shows in another, one thing at a time.
const LINKED: &[Edit] = &[
    ("nothing", Same, |_| ()),
    ("the heading of a section that another year leads to", Built, |tree| {
        replace(tree, THIRD, "## What we did", "## What have we done?");
    }),
    ("a heading that another year leads to", Built, |tree| replace(tree, THIRD, "### More", "### Mores")),
    ("the heading by its old name", Built, |tree| replace(tree, THIRD, "### Mores", "### More")),
    ("two headings in another order, of which a slip is told", Built, |tree| {
        replace(tree, LONG, "## Alpha\n\n## Beta", "## Beta\n\n## Alpha");
    }),
    ("ids of their own for two headings", Built, |tree| {
        replace(tree, THIRD, "What have we done?", "What have we done? {#a}");
        replace(tree, THIRD, "### More", "### More {#b}");
    }),
    ("the ids exchanged", Built, |tree| {
        replace(tree, THIRD, "{#a}", "{#c}");
        replace(tree, THIRD, "{#b}", "{#a}");
        replace(tree, THIRD, "{#c}", "{#b}");
    }),
    ("a word on a page of the site", Built, |tree| replace(tree, ABOUT, "The HBX", "Our HBX")),
    ("what a short name on a page of the site means", Built, |tree| {
        replace(tree, "content/2020-21/governance.yaml", "The hub", "Our hub");
    }),
    ("a title in the list of everything", Built, |tree| {
        replace(tree, THIRD, "follow_up:", "title: The old council\nfollow_up:");
    }),
    ("when a report was published", Built, |tree| {
        replace(tree, "content/2020-21/report.yaml", "published: 2022-06-01", "published: 2022-07-01");
    }),
    ("what became of a commitment", Built, |tree| replace(tree, THIRD, "outcome: delivered", "outcome: in-progress")),
    ("who came to the newest year's meeting", Built, |tree| replace(tree, CAME, "Police,y", "Police,a")),
    ("a year without a report", Refused, |tree| put(tree, "content/2010-11/agencies/council.md", "## What we did\n")),
    ("the year taken away", Built, |tree| _ = tree.files.remove("content/2010-11/agencies/council.md")),
    ("a telephone number that is nobody's any more", Refused, |tree| {
        replace(tree, "content/site.yaml", "01908 253772", "01908 253773");
    }),
    ("the number taken out of the text", Built, |tree| replace(tree, FIRST, " 01908 253772", "")),
    ("no contacts, which another year leads to", Built, |tree| {
        replace(tree, "content/site.yaml", "contacts: [{name: Us, phone: 01908 253773}]\n", "");
    }),
    ("a file of nobody taken away, which another year leads to", Built, |tree| {
        tree.files.remove("content/2020-21/agencies/stranger.md").expect("there is one");
    }),
    ("a page that a slip is near to", Built, |tree| {
        put(tree, "content/2019-20/pages/thank.md", "---\ntitle: Thank\n---\nTo all.\n");
    }),
    ("a page that a term leads to made a draft", Built, |tree| {
        replace(tree, "content/2020-21/pages/thanks.md", "title: Thanks", "title: Thanks\nstatus: draft");
    }),
    ("a picture that only a draft shows", Built, |tree| {
        replace(
            tree,
            "content/2021-22/agencies/police.md",
            "## What we did",
            "---\nstatus: draft\n---\n## What we did",
        );
    }),
    ("the picture in another year as well", Built, |tree| {
        replace(tree, "content/2022-23/agencies/police.md", "Much.", "![Then](../../2018-19/media/then.svg)");
    }),
    ("earlier addresses that are taken", Refused, |tree| {
        replace(tree, THIRD, "title:", "aliases: [/about/, /2022-23/agencies/council/, /then/]\ntitle:");
    }),
    ("an earlier address that is free", Built, |tree| {
        replace(tree, THIRD, "[/about/, /2022-23/agencies/council/, /then/]", "[/then/]");
    }),
    ("a code switched off", Built, |tree| {
        replace(tree, "content/site.yaml", "diagnostics: {", "diagnostics: {unanswered-commitment: off, ");
    }),
    ("and a waiver for it", Same, |tree| {
        let report = "content/2021-22/report.yaml";
        let waiver = "waivers: [{code: unanswered-commitment, file: agencies/council.md, reason: Late.}]\n";
        let text = text(tree, report);
        put(tree, report, &format!("{text}{waiver}"));
    }),
    ("the code switched on again", Built, |tree| {
        replace(tree, "content/site.yaml", "unanswered-commitment: off, ", "");
    }),
    ("a year under embargo", Built, |tree| {
        replace(tree, "content/2023-24/report.yaml", "boards: []", "boards: []\nembargo: 2030-01-01");
    }),
    ("a year whose report is lost", Refused, |tree| _ = tree.files.remove("content/2019-20/report.yaml")),
    ("a year that could not be read", Refused, |tree| {
        tree.files.remove("content/2018-19/report.yaml");
        tree.unreadable.insert(RelPath::new("content/2018-19/report.yaml"));
    }),
];

/// Makes edits one after the other, and compares what a cache that lives on gives with what an empty one does.
fn check(mut tree: SourceTree, edits: &[Edit]) {
    let mut before = build(&tree, &forced("2024-12-01"));
    let mut caches = [options("2024-12-01"), forced("2024-12-01")].map(|options| (options, BuildCache::default()));
    for (what, outcome, edit) in edits {
        edit(&mut tree);
        for (options, cache) in &mut caches {
            let warm = with_pictures(annal::build_in_memory(&tree, options, cache));
            let cold = build(&tree, options);
            assert_eq!(warm.diagnostics, cold.diagnostics, "after {what}");
            for (path, bytes) in &cold.output.files {
                assert!(warm.output.get(path.as_str()) == Some(bytes), "{path} differs after {what}");
            }
            assert_eq!(warm.output.files.len(), cold.output.files.len(), "after {what}");
            if options.force {
                let is_same = cold.output == before.output && cold.diagnostics == before.diagnostics;
                assert_eq!(is_same, *outcome == Same, "whether anything comes of {what}");
                before = cold;
            } else {
                assert_eq!(cold.output.files.is_empty(), *outcome == Refused, "whether {what} is an error");
            }
        }
    }
}

#[test]
fn a_warm_build_equals_a_cold_one() {
    check(read_site("tests/sites/two-years"), EDITS);
}

#[test]
fn so_it_does_in_two_languages() {
    check(read_site("tests/sites/bilingual"), BILINGUAL);
}

#[test]
fn so_it_does_where_years_lead_into_each_other() {
    check(linked_years(), LINKED);
}

//! What beginners get wrong, and that each mistake is one diagnostic, in its line, with a help that names the remedy.
//!
//! A row of the table makes one mistake in the small site of `tests/cases/_base/`. Mistakes that need a disk (another
//! encoding, a file that may not be read) are cases in `tests/cases/`.

mod support;

use std::sync::LazyLock;

use annal::{LineIndex, SourceTexts};
use support::options;
use support::site::Site;

/// The site in which the mistakes are made.
static BASE: LazyLock<Site> = LazyLock::new(|| Site::open("tests/cases/_base"));

const REPORT: &str = "content/2023-24/report.yaml";
const COUNCIL: &str = "content/2023-24/agencies/council.md";
const CHILDREN: &str = "content/2023-24/boards/children.md";
const ATTENDANCE: &str = "content/2023-24/data/attendance.csv";
const CONTRIBUTIONS: &str = "content/2023-24/data/contributions.csv";
const BUDGET: &str = "content/2023-24/data/budget.csv";

/// What somebody did to a file of the base.
#[derive(Clone, Copy)]
enum Did {
    /// Wrote the second text where the first stands.
    Wrote(&'static str, &'static str, &'static str),
    /// Added a file.
    Added(&'static str, &'static str),
    /// Gave a file another name.
    Renamed(&'static str, &'static str),
}

use Did::{Added, Renamed, Wrote};

/// A mistake, the code and line that it must be told with, and words that the message, label or help must hold.
type Row = (Did, &'static str, usize, &'static str);

const TITLE: &str = "title: Annual report 2023-24\n";
const BOARDS: &str =
    "boards:\n  - {id: children, name: Children's Board, sponsor: council}\n  - {id: adults, name: Adults' Board}\n";
const AGENCY: &str = "  - {id: council, name: Northshire Council}\n";

/// Mistakes in the syntax of YAML.
const YAML: &[Row] = &[
    (Wrote(REPORT, TITLE, "title: Annual report: 2023-24\n"), "bad-yaml", 1, "`title: \"Annual report: 2023-24\"`"),
    (Wrote(REPORT, TITLE, "title: \"Annual report 2023-24\n"), "bad-yaml", 1, "quotation mark"),
    (Wrote(REPORT, TITLE, "title: “Annual report: 2023-24”\n"), "bad-yaml", 1, "straight"),
    (Wrote(REPORT, TITLE, "title:Annual report 2023-24\n"), "bad-yaml", 1, "`title: Annual report 2023-24`"),
    (Wrote(REPORT, TITLE, "title Annual report 2023-24\n"), "bad-yaml", 1, "colon"),
    (Wrote(REPORT, TITLE, "title = Annual report 2023-24\n"), "bad-yaml", 1, "colon"),
    (Wrote(REPORT, TITLE, " title: Annual report 2023-24\n"), "bad-yaml", 1, "space"),
    (Wrote(REPORT, TITLE, "title: Annual report 2023-24\n---\n"), "bad-yaml", 2, "one document"),
    (Wrote(REPORT, "meetings:", " meetings:"), "bad-yaml", 12, "1 space"),
    (Wrote(REPORT, "\n  - {id: adults", "\n\t- {id: adults"), "bad-yaml", 8, "tab"),
    (Wrote(REPORT, "\n  - {id: adults", "\n   - {id: adults"), "bad-yaml", 8, "3 spaces"),
    (Wrote(REPORT, "\n  - {id: adults", "\n - {id: adults"), "bad-yaml", 8, "1 space"),
    (Wrote(REPORT, "\n  - {id: adults", "\n  – {id: adults"), "bad-yaml", 8, "hyphen"),
    (Wrote(REPORT, "\n  - {id: adults", "\n  • {id: adults"), "bad-yaml", 8, "hyphen"),
    (Wrote(REPORT, "\n  - {id: adults", "\n  * {id: adults"), "bad-yaml", 8, "hyphen"),
    (Wrote(REPORT, "\n  - {id: adults", "\n  -{id: adults"), "bad-yaml", 8, "space after the hyphen"),
    (Wrote(REPORT, "\n  - {id: adults", "\n\u{a0}\u{a0}- {id: adults"), "bad-yaml", 8, "ordinary spaces"),
    (Wrote(REPORT, "Adults' Board}", "Adults' Board"), "bad-yaml", 8, "`}`"),
    (Wrote(REPORT, "aliases: [The Constabulary]", "aliases: [The Constabulary"), "bad-yaml", 11, "`]`"),
    (Wrote(REPORT, "{id: council, name", "{id: council name"), "bad-yaml", 10, "comma"),
    (Wrote(REPORT, "Children's Board, s", "'Children's Board', s"), "bad-yaml", 7, "double quotation marks"),
    (Wrote(REPORT, "Northshire Council}", "\"Northshire\" Council}"), "bad-yaml", 10, "quotation mark"),
    (Wrote(REPORT, TITLE, "title: @Annual report\n"), "bad-yaml", 1, "`title: \"@Annual report\"`"),
    (Wrote(REPORT, TITLE, "title: *Annual* report\n"), "bad-yaml", 1, "`title: \"*Annual* report\"`"),
    (Wrote(REPORT, TITLE, "title: `Annual` report\n"), "bad-yaml", 1, "quotation marks"),
    (Wrote(REPORT, TITLE, "title: \"Reports\\Annual\"\n"), "bad-yaml", 1, "backslash"),
    (Wrote(REPORT, BOARDS, "boards: - {id: children, name: C}\n"), "bad-yaml", 6, "line of its own"),
    (
        Wrote(REPORT, BOARDS, "boards: []\n  - {id: children, name: Children's Board}\n"),
        "bad-yaml",
        6,
        "remove the `[]`",
    ),
    (Wrote(REPORT, BOARDS, "boards: []\n- {id: children, name: Children's Board}\n"), "bad-yaml", 6, "remove the `[]`"),
    (Wrote(REPORT, BOARDS, "boards:\n  – id: children\n    name: Children's Board\n"), "bad-yaml", 7, "hyphen"),
    (
        Wrote(REPORT, BOARDS, "boards:\n  - id: children\n     name: Children's Board\n  - {id: adults, name: A}\n"),
        "bad-yaml",
        8,
        "5 spaces",
    ),
    (
        Wrote(REPORT, BOARDS, "boards:\n  - id: children\n   name: Children's Board\n  - {id: adults, name: A}\n"),
        "bad-yaml",
        8,
        "3 spaces",
    ),
    (Wrote(CHILDREN, "priorities: [neglect]", "priorities:[neglect]"), "wrong-type", 2, "space after the colon"),
    (Wrote(CHILDREN, "priorities: [neglect]", "priorities: [neglect"), "bad-yaml", 2, "`]`"),
    (Wrote(CHILDREN, "priorities: [neglect]", "priorities: neglect: x"), "bad-yaml", 2, "colon"),
];

/// Values and keys that YAML takes, and annal does not.
const VALUES: &[Row] = &[
    (Wrote(REPORT, "from: 2023-04-01", "from: 01/04/2023"), "bad-value", 2, "write it as `2023-04-01`"),
    (Wrote(REPORT, "from: 2023-04-01", "from: 1/4/23"), "bad-value", 2, "write it as `2023-04-01`"),
    (Wrote(REPORT, "from: 2023-04-01", "from: 1.4.2023"), "bad-value", 2, "write it as `2023-04-01`"),
    (Wrote(REPORT, "from: 2023-04-01", "from: 2023‑04‑01"), "bad-value", 2, "write it as `2023-04-01`"),
    (Wrote(REPORT, "from: 2023-04-01", "from: 2023–04–01"), "bad-value", 2, "write it as `2023-04-01`"),
    (Wrote(REPORT, "from: 2023-04-01", "from: 2023/04/01"), "bad-value", 2, "write it as `2023-04-01`"),
    (Wrote(REPORT, "from: 2023-04-01", "from: 2023-4-1"), "bad-value", 2, "write it as `2023-04-01`"),
    (Wrote(REPORT, "from: 2023-04-01", "from: 20230401"), "bad-value", 2, "write it as `2023-04-01`"),
    (Wrote(REPORT, "from: 2023-04-01", "from: “2023-04-01”"), "bad-value", 2, "write `2023-04-01`"),
    (Wrote(REPORT, "to: 2024-03-31", "to: 31 March 2024"), "bad-value", 2, "write it as `2024-03-31`"),
    (Wrote(REPORT, "to: 2024-03-31", "to: 31st March 2024"), "bad-value", 2, "write it as `2024-03-31`"),
    (Wrote(REPORT, "to: 2024-03-31", "to: Sunday 31 Mar 2024"), "bad-value", 2, "write it as `2024-03-31`"),
    (Wrote(REPORT, "to: 2024-03-31", "to: 31-Mar-24"), "bad-value", 2, "write it as `2024-03-31`"),
    (Wrote(REPORT, "to: 2024-03-31", "to: 2024-03-32"), "bad-value", 2, "a day that exists"),
    (Wrote(REPORT, "to: 2024-03-31", "to: March 2024"), "bad-value", 2, "year, month and day"),
    (Wrote(REPORT, TITLE, "title: T\npublished: TBC\n"), "bad-value", 2, "as in `2020-09-14`"),
    (Wrote(REPORT, TITLE, "title: T\ndue: end of June\n"), "bad-value", 2, "as in `2020-09-14`"),
    (Wrote(REPORT, "date: 2023-06}", "date: June 2023}"), "bad-value", 13, "write it as `2023-06`"),
    (Wrote(REPORT, "date: 2023-06}", "date: 06/2023}"), "bad-value", 13, "write it as `2023-06`"),
    (Wrote(REPORT, "{date: 2023-06}", "2023-06"), "wrong-type", 13, "`- {date: 2023-06}`"),
    (
        Wrote(REPORT, AGENCY, "  - Northshire Council\n"),
        "wrong-type",
        10,
        "`- {id: northshire-council, name: Northshire Council}`",
    ),
    (Wrote(REPORT, AGENCY, "  - id:council\n"), "wrong-type", 10, "space after the colon"),
    (
        Wrote(REPORT, "{id: council, name: Northshire Council}", "{id:council, name: Northshire Council}"),
        "unknown-key",
        10,
        "`id: council`",
    ),
    (Wrote(REPORT, "agencies:", "agency:"), "unknown-key", 9, "did you mean `agencies`?"),
    (Wrote(REPORT, "title:", "Title:"), "unknown-key", 1, "did you mean `title`?"),
    (Wrote(REPORT, "boards:", "borads:"), "unknown-key", 6, "did you mean `boards`?"),
    (Wrote(REPORT, TITLE, "title: T\ntitle: U\n"), "duplicate-key", 2, "keep one"),
    (Wrote(REPORT, TITLE, "title:\n"), "missing-key", 1, "after `title:`"),
    (Wrote(REPORT, TITLE, "title: #1 for safety\n"), "missing-key", 1, "`#` begins a comment"),
    (Wrote(REPORT, TITLE, ""), "missing-key", 1, "add `title:`"),
    (Wrote(REPORT, ", name: Neglect}", "}"), "missing-key", 4, "add `name:`"),
    (Wrote(REPORT, "{id: council,", "{id: Northshire Council,"), "bad-value", 10, "write `northshire-council`"),
    (Wrote(REPORT, "{id: council,", "{id: “council”,"), "bad-value", 10, "write `council`"),
    (Wrote(REPORT, "{id: police,", "{id: council,"), "duplicate-id", 11, "its own id"),
    (Wrote(REPORT, "sponsor: council", "sponsor: counsil"), "unknown-id", 7, "did you mean `council`?"),
    (
        Wrote(REPORT, BOARDS, "boards: Children's Board\n"),
        "wrong-type",
        6,
        "- {id: childrens-board, name: Children's Board}",
    ),
    (Wrote(REPORT, BOARDS, "boards:\n  – {id: children}\n"), "wrong-type", 7, "hyphen"),
    (Wrote(REPORT, BOARDS, "boards:\n  – children\n"), "wrong-type", 7, "hyphen"),
    (Wrote(REPORT, TITLE, "title: T\nlimits: {words: about 500}\n"), "wrong-type", 2, "a number"),
    (Wrote(REPORT, TITLE, "title: T\nlimits:\n  words: 1,000\n"), "wrong-type", 3, "`1000`"),
    (Wrote(REPORT, TITLE, "title: T\nsummary: All of it\n"), "unknown-key", 2, "use one of"),
    (Wrote(REPORT, TITLE, "title: T\ncontents: [forward]\n"), "unknown-id", 2, "choose from"),
    (Wrote(CHILDREN, "[neglect]", "[negelct]"), "unknown-id", 2, "did you mean `neglect`?"),
    (Wrote(CHILDREN, "[neglect]", "neglect"), "wrong-type", 2, "`[neglect]`"),
    (Wrote(CHILDREN, "priorities: [neglect]", "status: finished"), "bad-value", 2, "write `draft`"),
    (Wrote(CHILDREN, "priorities: [neglect]", "status: “draft”"), "bad-value", 2, "`draft`"),
    (Wrote(CHILDREN, "[neglect]\n---", "[neglect]"), "unclosed-front-matter", 1, "`---`"),
    (
        Wrote("content/site.yaml", "https://example.org/report", "www.example.org"),
        "bad-value",
        2,
        "`https://www.example.org`",
    ),
    (Wrote("content/site.yaml", "urgent: true", "urgent: maybe"), "wrong-type", 9, "`true` or `false`"),
];

/// What is pasted or typed into submissions.
const MARKDOWN: &[Row] = &[
    (Wrote(COUNCIL, "## What we did", "**What we did**"), "missing-section", 1, "bold"),
    (Wrote(COUNCIL, "## What we did", "### What we did"), "missing-section", 1, "not at level 2"),
    (Wrote(COUNCIL, "## What we did", "##What we did"), "missing-section", 1, "space after the `#`"),
    (Wrote(COUNCIL, "## What we did", "What we did"), "missing-section", 1, "not a heading"),
    (Wrote(COUNCIL, "## What we did", "1. What we did"), "missing-section", 1, "numbered"),
    (Wrote(COUNCIL, "## What we did", "1\\. What we did"), "missing-section", 1, "not a heading"),
    (Wrote(COUNCIL, "## What we did", "- What we did"), "missing-section", 1, "list"),
    (Wrote(COUNCIL, "## What we did", "2) **What we did**"), "missing-section", 1, "numbered"),
    (Wrote(COUNCIL, "## What we did", "## What we’ve done"), "missing-section", 1, "close to one"),
    (Wrote(COUNCIL, "## What next\n\n- Open a third.\n", ""), "missing-section", 4, "What will we do next?"),
    (Wrote(COUNCIL, "- Open a third.\n", ""), "empty-section", 5, "at least one"),
    (
        Wrote(COUNCIL, "- Open a third.\n", "- Open a third.\n\n## What next\n\n- More.\n"),
        "duplicate-section",
        9,
        "one heading",
    ),
    (Wrote(COUNCIL, "Open a third.", "Open a third.<br>"), "raw-html", 7, ""),
    (Wrote(COUNCIL, "Open a third.", "<p class=\"MsoNormal\">Open a third.</p>"), "raw-html", 7, ""),
    (Wrote(COUNCIL, "Open a third.", "See [this](centre.md)."), "broken-link", 7, ""),
    (Wrote(COUNCIL, "Open a third.", "See [this](C:\\Users\\me\\plan.docx)."), "unsafe-link", 7, ""),
    (Wrote(COUNCIL, "Open a third.", "![A house](../media/a.png)"), "broken-link", 7, "`media/`"),
    (Wrote(COUNCIL, "Open a third.", "TBC"), "placeholder", 7, ""),
    (Wrote(COUNCIL, "Open a third.", "Work with the LDU team."), "undefined-acronym", 7, "glossary.yaml"),
    (Wrote(COUNCIL, "- Open a third.", "#### Plans\n\n- Open a third."), "heading-jump", 7, ""),
];

/// Files with another name, or in another place.
const NAMES: &[Row] = &[
    (Added("content/2023-24/agencies/Police Return.docx", ""), "stray-file", 1, "annal intake"),
    (Added("content/2023-24/agencies/police.txt", ""), "stray-file", 1, "police.md"),
    (Added("content/2023-24/agencies/police.md.txt", ""), "stray-file", 1, "police.md"),
    (Added("content/2023-24/data/budget.xlsx", ""), "stray-file", 1, "annal intake"),
    (Added("content/2023-24/boards/return.pdf", ""), "stray-file", 1, "PDF"),
    (Added("content/2023-24/agencies/Police.md", "x"), "unexpected-submission", 1, "already exists"),
    (Added("content/2023-24/agencies/Northshire Police FINAL v2.md", "x"), "unexpected-submission", 1, "`police.md`"),
    (Added("content/2023-24/agencies/police (1).md", "x"), "unexpected-submission", 1, "`police.md`"),
    (Added("content/2023-24/agencies/Copy of council.md", "x"), "unexpected-submission", 1, "`council.md`"),
    (Added("content/2023-24/agencies/fire.md", "x"), "unexpected-submission", 1, "add the agency"),
    (Added("content/2023-24/boards/council.md", "x"), "unexpected-submission", 1, "agencies"),
    (Added("content/2023-24/council.md", "x"), "stray-file", 1, "agencies/"),
    (Added("content/2023-24/notes.doc", ""), "stray-file", 1, "save"),
    (Added("content/2022-2023/report.yaml", ""), "stray-file", 1, "`2022-23`"),
    (Added("content/22-23/report.yaml", ""), "stray-file", 1, "`2022-23`"),
    (Added("content/glossary.yml", ""), "stray-file", 1, "`glossary.yaml`"),
    (Added("content/2023-24/governance.yml", ""), "stray-file", 1, "`governance.yaml`"),
    (Added("content/2023-24/data/attendence.csv", ""), "stray-file", 1, "`attendance.csv`"),
    (Added("content/2023-24/data/governance.yaml", ""), "stray-file", 1, "governance.yaml"),
    (Added("content/2023-24/agency/fire.md", ""), "stray-file", 1, "`agencies`"),
    (Added("content/2023-24/media/video.mp4", ""), "stray-file", 1, "picture"),
    (Renamed(BUDGET, "content/2023-24/data/budgets.csv"), "stray-file", 1, "`budget.csv`"),
];

/// Tables as they come out of spreadsheets.
const TABLES: &[Row] = &[
    (Wrote(BUDGET, "kind,line,amount\n", ""), "missing-column", 1, "kind,line,amount"),
    (Wrote(CONTRIBUTIONS, "agency,children,adults,total\n", ""), "missing-column", 1, "agency,"),
    (
        Wrote(ATTENDANCE, "member,organisation,2023-06,2023-11\n", ""),
        "missing-column",
        1,
        "must name the columns: `member,organisation,2023-06",
    ),
    (Wrote(BUDGET, "kind,line,amount\n", "Budget 2023-24\nkind,line,amount\n"), "bad-csv", 1, "begins with"),
    (Wrote(BUDGET, "kind,line,amount", "kind,lines,amount"), "unknown-column", 1, "`line`"),
    (Wrote(BUDGET, "kind,line,amount", "type,line,amount"), "missing-column", 1, "`type`"),
    (Wrote(BUDGET, "income,C", "incomes,C"), "bad-cell", 2, "`income`"),
    (Wrote(BUDGET, "expenditure,S", ",S"), "bad-cell", 3, "`expenditure`"),
    (Wrote(BUDGET, "\"17,500\"", "£17.5k"), "bad-cell", 3, "number"),
    (Wrote(BUDGET, "\"17,500\"", "c. £17500"), "bad-cell", 3, "number"),
    (Wrote(BUDGET, "\"17,500\"", "17,500"), "bad-csv", 3, "quotation marks"),
    (Wrote(BUDGET, "\"17,500\"", "\"17,500"), "bad-csv", 3, "quotation mark"),
    (Wrote(BUDGET, "\"17,500\"", "\"17,600\""), "total-mismatch", 4, ""),
    (Wrote(BUDGET, "balance,", "income,Contributions,1\nbalance,"), "duplicate-row", 4, "combine the two rows"),
    (Wrote(CONTRIBUTIONS, "\"2,000\"", "\"-2,000\""), "mixed-signs", 3, "positive"),
    (Wrote(CONTRIBUTIONS, "\"15,000\"", "\"16,000\""), "total-mismatch", 2, ""),
    (Wrote(CONTRIBUTIONS, "police,", "polcie,"), "unknown-id", 3, "did you mean"),
    (Wrote(CONTRIBUTIONS, "police,", "NHS Northshire Police,"), "unmatched-name", 3, "aliases"),
    (Wrote(CONTRIBUTIONS, "police,", "Northshire Police (with an extra gift),"), "unmatched-name", 3, "aliases"),
    (Wrote(ATTENDANCE, "a,yes\n", "a,yep\n"), "bad-cell", 4, "`yes`"),
    (Wrote(ATTENDANCE, "a,yes\n", "a,maybe\n"), "bad-cell", 4, "`✓` or `yes`"),
    (Wrote(ATTENDANCE, "a,yes\n", "Apols,yes\n"), "bad-cell", 4, "`a`"),
    (Wrote(ATTENDANCE, "a,yes\n", "a,yes\nTotal,,2,3\n"), "bad-cell", 5, "totals row"),
    (Wrote(ATTENDANCE, ",2023-06,", ",2023-05,"), "unknown-column", 1, "`2023-06`"),
    (Wrote(ATTENDANCE, "member,", "role,"), "missing-column", 1, "`role`"),
    (Wrote(ATTENDANCE, "a,yes\n", "a,yes\nTotal,,0,1\n"), "bad-cell", 5, "totals row"),
    (Wrote(ATTENDANCE, ",2023-11\n", ",2023-11,Total\n"), "unknown-column", 1, "remove this column"),
];

/// What is wrong with how a mistake is told; nothing where it is told well.
fn check(row: &Row) -> Option<String> {
    let (did, code, line, words) = *row;
    let Site { mut files } = BASE.clone();
    let what = match did {
        Wrote(file, old, new) => {
            let text = files.get_mut(file).expect("a file of the base");
            assert!(text.contains(old), "{file} holds {old:?}");
            *text = text.replacen(old, new, 1);
            format!("{file}: {new:?}")
        }
        Added(file, text) => {
            files.insert(file.to_owned(), text.to_owned());
            format!("added {file}")
        }
        Renamed(file, to) => {
            let text = files.remove(file).expect("a file of the base");
            files.insert(to.to_owned(), text);
            format!("renamed to {to}")
        }
    };
    let site = Site { files };
    let tree = site.tree();
    let checked = site.check(&options("2024-12-01"));
    let told = checked.iter().map(|told| {
        let text = tree.text(&told.location.file).unwrap_or_default();
        let at = LineIndex::new(text).position(told.location.span.start).line;
        let label = told.label.as_deref().unwrap_or_default();
        let help = told.help.as_deref().unwrap_or_default();
        (told.code.name(), at, format!("{}\n      {label}\n      {help}", told.message))
    });
    let told: Vec<_> = told.collect();
    let is_well = matches!(&told[..], [(found, at, said)] if *found == code && *at == line && said.contains(words));
    (!is_well).then(|| {
        let told: Vec<String> = told.iter().map(|(code, line, said)| format!("    {code}:{line} {said}")).collect();
        format!("{what}\n  due {code}:{line} {words}\n{}", told.join("\n"))
    })
}

/// Checks a table.
fn check_all(rows: &[Row]) {
    let bad: Vec<String> = rows.iter().filter_map(check).collect();
    assert!(bad.is_empty(), "\n{}\n{} of {} are not told well", bad.join("\n\n"), bad.len(), rows.len());
}

#[test]
fn the_base_is_without_fault() {
    assert_eq!(BASE.check(&options("2024-12-01")), []);
}

#[test]
fn faults_of_yaml_name_their_cause() {
    check_all(YAML);
}

#[test]
fn values_are_shown_as_they_must_be_written() {
    check_all(VALUES);
}

#[test]
fn what_is_pasted_into_submissions_is_told() {
    check_all(MARKDOWN);
}

#[test]
fn files_of_other_names_are_told_what_to_be_called() {
    check_all(NAMES);
}

#[test]
fn tables_of_spreadsheets_are_told_what_they_lack() {
    check_all(TABLES);
}
/// Mistakes that were written after the rules.
const LATER: &[Row] = &[
    (Wrote(REPORT, BOARDS, "boards: [ ]\n  - {id: children, name: C}\n"), "bad-yaml", 6, "remove the"),
    (Wrote(REPORT, BOARDS, "boards: {}\n  - {id: children, name: C}\n"), "bad-yaml", 6, "remove the"),
    (Wrote(REPORT, BOARDS, "boards: none\n  - {id: children, name: C}\n"), "bad-yaml", 6, "remove"),
    (Wrote(REPORT, BOARDS, "boards: TBC\n"), "wrong-type", 6, ""),
    (Wrote(REPORT, BOARDS, "boards: [] # none yet\n  - {id: children, name: C}\n"), "bad-yaml", 6, "remove the"),
    (Wrote(REPORT, BOARDS, "boards:\n  id: children\n  name: Children's Board\n"), "wrong-type", 7, "`- id: …`"),
    (Wrote(REPORT, BOARDS, "boards:\n  children: Children's Board\n"), "wrong-type", 7, "hyphen"),
    (
        Wrote(REPORT, BOARDS, "boards:\n  - children: Children's Board\n  - {id: adults, name: A}\n"),
        "unknown-key",
        7,
        "`- {id: children, name: Children's Board}`",
    ),
    (
        Wrote(
            REPORT,
            BOARDS,
            "boards:\n  - {id: children, name: Children's Board, sponsor: }\n  - {id: adults, name: \"Adults: Board\"\n",
        ),
        "bad-yaml",
        8,
        "`}`",
    ),
    (Wrote(REPORT, BOARDS, "boards:\n  - {id: children, name: Children: Board}\n"), "bad-yaml", 7, "quot"),
    (
        Wrote(REPORT, BOARDS, "boards:\n  - {id: children, name: Board, for Children}\n  - {id: adults, name: A}\n"),
        "unknown-key",
        7,
        "quot",
    ),
    (Wrote(REPORT, BOARDS, "boards:\n  - {id: 'children', name: 'Children's Board'}\n"), "bad-yaml", 7, "double"),
    (Wrote(REPORT, BOARDS, "boards:\n  - {id: children, name: \"Children’s Board}\n"), "bad-yaml", 7, "`\"`"),
    (Wrote(REPORT, BOARDS, "boards:\n  - id: children,\n    name: Children's Board,\n"), "bad-value", 7, "`children`"),
    (Wrote(REPORT, TITLE, "title: Report: 2023-24: Ours\n"), "bad-yaml", 1, "in quotation marks"),
    (Wrote(REPORT, TITLE, "title: 'Ours: \"a\" report\n"), "bad-yaml", 1, "quotation"),
    (Wrote(REPORT, TITLE, "title: [Annual] report\n"), "bad-yaml", 1, "quotation"),
    (Wrote(REPORT, TITLE, "title: {Annual} report\n"), "bad-yaml", 1, "quotation"),
    (Wrote(REPORT, TITLE, "title: % of children\n"), "bad-yaml", 1, "quotation"),
    (Wrote(REPORT, TITLE, "title: & more\n"), "bad-yaml", 1, "quotation"),
    (Wrote(REPORT, TITLE, "title:\tAnnual report\n  more: x\n"), "bad-yaml", 2, ""),
    (Wrote(REPORT, TITLE, "\ttitle: Annual report\n"), "bad-yaml", 1, "tab"),
    (Wrote(REPORT, TITLE, "title： Annual report\n"), "bad-yaml", 1, "colon"),
    (Wrote(REPORT, TITLE, "“title”: Annual report\n"), "unknown-key", 1, "`title`"),
    (Wrote(REPORT, TITLE, "- title: Annual report\n"), "bad-yaml", 1, ""),
    (Wrote(REPORT, TITLE, "title; Annual report\n"), "bad-yaml", 1, "colon"),
    (
        Wrote(REPORT, "period: {from: 2023-04-01, to: 2024-03-31}", "period: 2023-04-01 to 2024-03-31"),
        "wrong-type",
        2,
        "from",
    ),
    (
        Wrote(REPORT, "period: {from: 2023-04-01, to: 2024-03-31}", "period: {from: 2024-04-01, to: 2023-03-31}"),
        "bad-value",
        2,
        "",
    ),
    (
        Wrote(REPORT, "period: {from: 2023-04-01, to: 2024-03-31}", "period:\n  from: 2023-04-01\n to: 2024-03-31"),
        "bad-yaml",
        4,
        "space",
    ),
    (
        Wrote(REPORT, "period: {from: 2023-04-01, to: 2024-03-31}", "period:\nfrom: 2023-04-01\nto: 2024-03-31"),
        "missing-key",
        2,
        "",
    ),
    (Wrote(CHILDREN, "priorities: [neglect]", "author: Jane Smith"), "wrong-type", 2, "`{name: Jane Smith"),
    (Wrote(CHILDREN, "priorities: [neglect]", "signed_off: {by: The Chair on: 2024-06-20}"), "bad-yaml", 2, "comma"),
    (Wrote(CHILDREN, "priorities: [neglect]", "submitted: 20 June 2024"), "bad-value", 2, "`2024-06-20`"),
    (Wrote(CHILDREN, "priorities: [neglect]", "status: Draft"), "bad-value", 2, "`draft`"),
    (Wrote(CHILDREN, "priorities: [neglect]", "status: draft;"), "bad-value", 2, "`draft`"),
    (
        Wrote(CHILDREN, "priorities: [neglect]", "priorities: neglect, hidden-harm"),
        "wrong-type",
        2,
        "`[neglect, hidden-harm]`",
    ),
    (Wrote(CHILDREN, "priorities: [neglect]", "priorities:\n– neglect"), "bad-yaml", 3, "hyphen"),
    (Wrote(CHILDREN, "priorities: [neglect]", "priorities: [Neglect]"), "unknown-id", 2, "`neglect`"),
    (Wrote(CHILDREN, "---\npriorities: [neglect]\n---\n", "status: draft\n---\n"), "unclosed-front-matter", 1, "`---`"),
    (
        Wrote(CHILDREN, "---\npriorities: [neglect]\n---\n", "—\nstatus: draft\n—\n"),
        "unclosed-front-matter",
        1,
        "`---`",
    ),
    (
        Wrote(CHILDREN, "---\npriorities: [neglect]\n---\n", "--\nstatus: draft\n--\n"),
        "unclosed-front-matter",
        1,
        "`---`",
    ),
    (
        Wrote(CHILDREN, "---\npriorities: [neglect]\n---\n", "----\nstatus: draft\n----\n"),
        "unclosed-front-matter",
        1,
        "`---`",
    ),
    (
        Wrote(CHILDREN, "---\npriorities: [neglect]\n---\n", "---\nstatus: draft\n—\n"),
        "unclosed-front-matter",
        1,
        "`---`",
    ),
    (Wrote(COUNCIL, "## What we did", "WHAT WE DID"), "missing-section", 1, "not a heading"),
    (Wrote(COUNCIL, "## What we did\n\n", "What we did:\n"), "missing-section", 1, "not a heading"),
    (Wrote(COUNCIL, "## What we did", "> What we did"), "missing-section", 7, ""),
    (Wrote(COUNCIL, "## What we did", "## Achievements"), "missing-section", 7, ""),
    (Wrote(COUNCIL, "## What we did", "\\## What we did"), "missing-section", 1, ""),
    (Wrote(COUNCIL, "## What we did", "* **What we did**"), "missing-section", 1, "list"),
    (Added("content/site.yaml.txt", ""), "stray-file", 1, "`site.yaml`"),
    (Added("content/2023-24/data/budget.csv.txt", ""), "stray-file", 1, "`budget.csv`"),
    (Added("content/2023_24/notes.md", ""), "stray-file", 1, "`2023-24`"),
    (Added("content/2023-24/Agencies/fire.md", ""), "stray-file", 1, "`agencies`"),
    (Added("content/2023-24/data/Attendance 2023.csv", ""), "stray-file", 1, "`attendance.csv`"),
    (Added("content/2023-24/agencies/police_submission.md", "x"), "unexpected-submission", 1, "`police.md`"),
    (Added("content/2023-24/pages/foreword.docx", ""), "stray-file", 1, "foreword.md"),
    (Added("content/2023-24/reviews.csv", ""), "stray-file", 1, ""),
    (Added("content/agencies/police.md", ""), "stray-file", 1, ""),
    (Added("content/report.yaml", ""), "stray-file", 1, "year"),
    (Wrote(CONTRIBUTIONS, "agency,", "Organisation,"), "missing-column", 1, "`Organisation`"),
    (Wrote(CONTRIBUTIONS, "\"2,000\"", "nil"), "bad-cell", 3, ""),
    (Wrote(CONTRIBUTIONS, "\"2,000\"", "TBC"), "bad-cell", 3, ""),
    (Wrote(CONTRIBUTIONS, "\"2,000\"", "2.000.00"), "bad-cell", 3, ""),
    (Wrote(CONTRIBUTIONS, "police,", ","), "bad-cell", 3, ""),
    (Wrote(ATTENDANCE, "2023-06", "June"), "unknown-column", 1, "`2023-06`"),
    (Wrote(ATTENDANCE, "Chief Constable,", ","), "bad-cell", 4, ""),
    (Wrote(ATTENDANCE, "a,yes\n", "a,yes\nTOTAL ATTENDED,,67%,100%\n"), "bad-cell", 5, "totals row"),
    (Wrote(ATTENDANCE, "a,yes\n", "a,yes\n,,2,3\n"), "bad-cell", 5, "totals row"),
    (Wrote(BUDGET, "balance,Balance,500", "balance,Balance,£500 (est.)"), "bad-cell", 4, ""),
    (Added("content/2023-24/data/budget 2023-24.csv", ""), "stray-file", 1, "rename it to `budget.csv`"),
    (Added("content/2023-24/report 2023-24.yaml", ""), "stray-file", 1, "move it"),
    (Added("content/2023-24/agencies/Police 2023-24.docx", ""), "stray-file", 1, "annal intake"),
    (Added("content/2023-24.zip", ""), "stray-file", 1, "copy the text"),
    (Added("content/2023-24/media/photos 2023-24.zip", ""), "stray-file", 1, "copy the text"),
    (Added("content/2023-24 - Copy/report.yaml", ""), "stray-file", 1, "`2023-24` already exists"),
    (Added("content/2023-24/2023-24/report.yaml", ""), "stray-file", 1, "directly in the year's folder"),
    (Added("content/2021-2022/report.yaml", ""), "stray-file", 1, "rename the folder to `2021-22`"),
    (Added("content/2023-24/agencies/police-cy.md", "x"), "unexpected-submission", 1, "`police.cy.md`"),
    (Added("content/2023-24/agencies/police.CY.md", "x"), "unexpected-submission", 1, "`police.cy.md`"),
    (Added("content/2023-24/agencies/police.welsh.md", "x"), "unexpected-submission", 1, "`police.cy.md`"),
    (Added("content/2023-24/media/IMG_1.HEIC", "x"), "stray-file", 1, "JPEG"),
    (Wrote(REPORT, "boards:\n", "boards\n"), "bad-yaml", 6, "`boards:`"),
    (Wrote(CHILDREN, "---\npri", "---\nsubmitted 2024-06-12\npri"), "bad-yaml", 2, "`submitted: 2024-06-12`"),
    (Wrote(CHILDREN, "---\npri", "---\nsubmitted = 2024-06-12\npri"), "bad-yaml", 2, "`submitted: 2024-06-12`"),
    (Wrote(CHILDREN, "---\npri", "---\nsubmitted：2024-06-12\npri"), "bad-yaml", 2, "`submitted: 2024-06-12`"),
    (Wrote(REPORT, "title: ", "title："), "bad-yaml", 1, "`title: Annual report 2023-24`"),
    (Wrote(REPORT, TITLE, "<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> b\n"), "bad-yaml", 1, "two versions"),
    (Wrote(REPORT, "  - {id: adults", "  {id: adults"), "bad-yaml", 8, "`- {id: adults, name: Adults' Board}`"),
    (Wrote(REPORT, "  - {id: adults", "    {id: adults"), "bad-yaml", 8, "start it with `- `"),
    (
        Wrote(REPORT, "- {date: 2023-06}", "- date: 2023-06\n    date: 2023-06"),
        "duplicate-key",
        14,
        "start this line with `- `",
    ),
    (
        Added("content/glossary.yaml", "PAN: Panel\nSAR – Safeguarding adult review\n"),
        "bad-yaml",
        2,
        "`SAR: Safeguarding adult review`",
    ),
    (
        Added("content/glossary.yaml", "SAR – Safeguarding adult review\nMASH – Multi-agency hub\n"),
        "wrong-type",
        1,
        "`SAR: Safeguarding adult review`",
    ),
    (
        Added("content/glossary.yaml", "- SAR: Safeguarding adult review\n"),
        "wrong-type",
        1,
        "`SAR: Safeguarding adult review`",
    ),
    (
        Wrote(ATTENDANCE, "member,organisation,2023-06,2023-11\n", ""),
        "missing-column",
        1,
        "`member,organisation,2023-06,2023-11`",
    ),
    (Wrote(BUDGET, "balance,Balance,500", "balance,Balance,500\nTotal,,\"17,500\""), "bad-cell", 5, "`income,Total`"),
];

#[test]
fn what_was_thought_of_later_is_told_as_well() {
    check_all(LATER);
}

/// Windows and macOS cannot store two names that differ in capital letters alone. So wherever a site is written, both are
/// reported. They cannot be files of this repository, for the same reason.
#[test]
fn two_names_that_differ_in_capital_letters_alone_are_one_mistake() {
    const SUBMISSION: &str = "## What we did\n\n- Trained officers.\n\n## What next\n\n- Train the others.\n";
    const PAGE: &str = "---\ntitle: About\n---\nWho we are.\n";
    const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>";
    let year = "content/2023-24";
    for (first, second, text, code, remedy) in [
        (
            "agencies/police.md",
            "agencies/Police.md",
            SUBMISSION,
            "unexpected-submission",
            "combine the two in `police.md`",
        ),
        ("pages/About.md", "pages/about.md", PAGE, "duplicate-address", "rename one of the two"),
        ("media/Map.svg", "media/map.svg", PICTURE, "duplicate-address", "rename one"),
        ("documents/Plan.csv", "documents/plan.csv", "a,b\n", "duplicate-address", "rename one"),
        ("data/budget.csv", "data/Budget.csv", "kind,line,amount\n", "stray-file", "`budget.csv` already exists"),
    ] {
        let [first, second] = [first, second].map(|path| format!("{year}/{path}"));
        let mut site = BASE.clone();
        if !BASE.files.contains_key(&first) {
            site = site.file(&first, text);
        }
        let shows = format!("{PAGE}\n![A map](../media/Map.svg) ![A map](../media/map.svg)\n");
        if code == "duplicate-address" && second.ends_with("svg") {
            site = site.file(&format!("{year}/pages/maps.md"), shows);
        }
        let found = site.file(&second, text).check(&options("2024-09-01"));
        let found: Vec<_> = found.iter().filter(|one| one.severity != annal::Severity::Note).collect();
        assert_eq!(found.len(), 1, "{second}: {found:#?}");
        assert_eq!((found[0].code.name(), found[0].location.file.as_str()), (code, second.as_str()));
        assert!(found[0].help.as_deref().is_some_and(|help| help.contains(remedy)), "{:#?}", found[0]);
    }
}

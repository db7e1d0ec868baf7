//! `annal intake` of spreadsheets, with the files that `tests/intake/sheets.py` makes.

#![allow(clippy::disallowed_methods, reason = "these tests write sites to the disk, as people do")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use support::site::Site;
use support::{copy_folder, root};
use tempfile::TempDir;

const DATA: &str = "content/2019-20/data";
const TABLES: [&str; 3] = ["attendance.csv", "budget.csv", "contributions.csv"];

/// The worked example without its tables.
fn example() -> TempDir {
    let site = tempfile::tempdir().unwrap();
    copy_folder(&root().join("content"), &site.path().join("content"));
    for table in TABLES {
        fs::remove_file(site.path().join(DATA).join(table)).unwrap();
    }
    site
}

/// A site of one year with two agencies.
fn small() -> TempDir {
    Site::from([
        ("content/site.yaml", "title: A partnership\nbase_url: https://westshire.example\n"),
        (
            "content/2019-20/report.yaml",
            "title: Annual report 2019-20\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\n\
             agencies:\n  - {id: police, name: Westshire Police}\n  - {id: council, name: Westshire Council}\n",
        ),
    ])
    .on_disk()
}

fn sheet(name: &str) -> PathBuf {
    root().join("tests/intake/sheets").join(name)
}

/// Takes in a file: the exit status, and what was printed as JSON.
fn take_in(site: &Path, file: &Path, more: &[&str]) -> (i32, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
    command.env("SOURCE_DATE_EPOCH", "1795000000").current_dir(site);
    let output = command.args(["intake", file.to_str().unwrap(), "--format", "json"]).args(more).output().unwrap();
    let json = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}: {}", file.display(), String::from_utf8_lossy(&output.stderr)));
    (output.status.code().unwrap(), json)
}

/// What was left out: kind and place.
fn left_out(json: &Value) -> Vec<String> {
    let entries = json["left_out"].as_array().unwrap();
    entries.iter().map(|entry| format!("{} {}", entry["kind"], entry["where"]).replace('"', "")).collect()
}

fn table(site: &Path, name: &str) -> String {
    fs::read_to_string(site.join(DATA).join(name)).unwrap()
}

#[test]
fn the_example_goes_to_excel_and_open_document_and_back() {
    for name in ["example.xlsx", "example.ods"] {
        let site = example();
        let (status, json) = take_in(site.path(), &sheet(name), &[]);
        assert_eq!((status, json["wrote"].as_array().unwrap().len()), (0, 3), "{json:#}");
        for name in TABLES {
            assert_eq!(table(site.path(), name), fs::read_to_string(root().join(DATA).join(name)).unwrap());
        }
        let (status, json) = take_in(site.path(), &sheet(name), &[]);
        assert_eq!((status, json["nothing_new"].as_array().unwrap().len()), (0, 3), "{json:#}");
        assert_eq!(json["wrote"].as_array().unwrap().len(), 0);
    }
}

#[test]
fn what_is_hidden_is_left_out_and_noted() {
    let site = small();
    let (status, json) = take_in(site.path(), &sheet("traps.xlsx"), &[]);
    assert_eq!(status, 1, "{json:#}");
    assert_eq!(left_out(&json), ["formula C7", "hidden-row row 5", "hidden-column column D", "comment C4", "title A1"]);
    assert_eq!(
        table(site.path(), "attendance.csv"),
        "Member,Organisation,2019-06-12,2019-09-11\nChair,,yes,✓\nChief Nurse,Clinical Commissioning Group,✓,x\n\
         Director,Council,,maybe\n"
    );
    let bad = json["diagnostics"].as_array().unwrap().iter().find(|one| one["code"] == "bad-cell").unwrap();
    assert!(bad["message"].as_str().unwrap().ends_with("(cell E7 of the spreadsheet)"), "{bad}");

    let (_, json) = take_in(site.path(), &sheet("traps.ods"), &[]);
    let notes = ["hidden-sheet sheet Secret", "comment B2", "formula C4", "hidden-row row 3"];
    assert_eq!(left_out(&json)[..4], notes);
    assert_eq!(left_out(&json)[4..], ["hidden-column column D", "filled-down A4"]);
    assert_eq!(table(site.path(), "budget.csv"), "kind,line,amount\nincome,Grant,1000.5\nincome,Fees,\n");
    assert!(!json.to_string().contains("CANARY"));
}

#[test]
fn indicators_are_taken_in_and_what_is_not_understood_is_said() {
    let csv = "Indicator;Period;Breakdown;Value;Note\nconcerns;2018-19;;1905;\nconcerns;2019-20;;1,985;Late returns were \
               added\nconcerns;2019-20;age: 18 to 64;[C];\nconcerns;2019-20;age: 65 and over;c;\nconcerns;2019-20;age: not \
               known;0;\nconversion;2019-20;;40.2%;\nwaiting;2019-04-01;;4.5;\nwaiting;2019/20;;about 5;\n";
    let definitions = "- {id: concerns, name: Concerns, unit: concerns, people: true}\n\
                       - {id: conversion, name: Concerns that became enquiries, unit: percent}\n\
                       - {id: waiting, name: Days until the first visit, unit: days}\n";
    let values = [
        "Indicator,Period,Breakdown,Value,Note",
        "concerns,2018-19,,1905,",
        "concerns,2019-20,,\"1,985\",Late returns were added",
        "concerns,2019-20,age: 18 to 64,[c],",
        "concerns,2019-20,age: 65 and over,c,",
        "concerns,2019-20,age: not known,0,",
    ];
    for name in ["indicators.xlsx", "indicators.ods", "indicators.csv"] {
        let site = small();
        fs::write(site.path().join("content/indicators.yaml"), definitions).unwrap();
        fs::write(site.path().join(name), csv).unwrap();
        let own = site.path().join(name);
        let file = if name.ends_with("csv") { own } else { sheet(name) };
        let (status, json) = take_in(site.path(), &file, &[]);
        assert_eq!(status, 1, "{json:#}");
        let taken = table(site.path(), "indicators.csv").replace("[C]", "[c]");
        assert_eq!(taken.lines().take(values.len()).collect::<Vec<_>>(), values, "{name}");
        let bad = json["diagnostics"].as_array().unwrap().iter().filter(|one| one["code"] == "bad-cell");
        let said: Vec<String> = bad
            .map(|one| format!("{}; {}", one["message"].as_str().unwrap(), one["help"].as_str().unwrap()))
            .map(|said| said.replace(" of the spreadsheet", ""))
            .collect();
        // The workbook has a title above its table.
        let first = if name == "indicators.xlsx" { 8 } else { 7 };
        let expected = [
            format!("this value has a `%` in it (cell D{first}); leave it out: the unit is in indicators.yaml"),
            format!("`2019-04-01` is not a period (cell B{}); write a year such as `2019-20`", first + 1),
            format!("`2019/20` is not a period (cell B{}); write a year such as `2019-20`", first + 2),
            format!(
                "this value is not a number (cell D{}); write a number such as `1905`, or `c` if it is suppressed",
                first + 2
            ),
        ];
        assert_eq!(said, expected, "{name}");
    }
}

#[test]
fn a_table_that_is_there_is_replaced_only_if_asked() {
    let site = small();
    let old = "kind,line,amount\nincome,Grant,1\n";
    fs::create_dir_all(site.path().join(DATA)).unwrap();
    fs::write(site.path().join(DATA).join("budget.csv"), old).unwrap();
    let (status, json) = take_in(site.path(), &sheet("traps.ods"), &[]);
    assert_eq!((status, json["wrote"].as_array().unwrap().len()), (2, 0), "{json:#}");
    assert_eq!(table(site.path(), "budget.csv"), old);
    take_in(site.path(), &sheet("traps.ods"), &["--replace"]);
    assert!(table(site.path(), "budget.csv").contains("1000.5"));
}

#[test]
fn sheets_and_tables_can_be_named() {
    let site = example();
    let (status, json) = take_in(site.path(), &sheet("example.xlsx"), &["--sheet", "Budget"]);
    assert_eq!((status, json["wrote"].as_array().unwrap().len()), (0, 1), "{json:#}");
    assert!(left_out(&json).contains(&"other-sheet sheet Attendance".to_owned()));
    for (more, said) in [
        (["--sheet", "Budgit"], "has no sheet `Budgit`"),
        (["--table", "budgit"], "annal has no table or list `budgit`"),
        (["--sheet", "Workings"], "has no sheet"),
    ] {
        let (status, json) = take_in(site.path(), &sheet("example.xlsx"), &more);
        let message = json["refused"][0]["message"].as_str().unwrap();
        assert!(status == 2 && message.contains(said), "{message}");
    }
    let csv = site.path().join("money.csv");
    fs::write(&csv, b"Agency;children;adults\r\nTV Police;\xa3500;\xa35,000\r\n").unwrap();
    let (_, json) = take_in(site.path(), &csv, &[]);
    assert_eq!(json["wrote"][0], "content/2019-20/data/contributions.csv", "{json:#}");
    assert_eq!(table(site.path(), "contributions.csv"), "Agency,children,adults\nTV Police,£500,\"£5,000\"\n");
}

fn year_file(site: &Path, name: &str) -> String {
    fs::read_to_string(site.join("content/2019-20").join(name)).unwrap()
}

const DECISIONS: &str = r#"decisions:
  - meeting: 2019-06-12
    ref: TB/1
    decision: Agree the terms of reference.
    owner: Chair
    state: done
  - meeting: 2019-06-12
    ref: TB/2
    decision: "Ask the \\*rehabilitation company\\* for its figures."
    owner: Head of Community Safety
    due: 2019-09-30
    state: open
    note: Asked twice.
  - meeting: 2019-06-12
    ref: TB/3
    decision: |-
      Publish the survey:
      - on the council's site
      - at libraries
    state: closed
  - meeting: 2019-09-11
    ref: TB/4
    decision: Look at the plan again.
    owner: Business Manager
    due: 2020-01-01
    state: Perhaps
"#;

const AUDITS: &str = "  - id: section-11
    kind: audit
    status: concluded
    findings:
      - finding: Two agencies had no named lead.
        action: Both have named one.
      - finding: Records were kept late.
        declined: It is the law's own time limit.
  - id: scrutiny-2019
    kind: scrutiny
    status: ongoing
    findings:
      - finding: Thresholds are read in different ways.
        action: A new guide.
      - finding: Children are not asked often enough.
        action: A panel of young people.
";

const AGREEMENTS: &str = "agreements:
  - id: protocol
    name: Joint protocol of the boards
    between:
      - police
      - council
    version: V0.5
    state: agreed
    agreed: 2019-05-01
    review_due: 2019-11-01
    approved_by:
      - Chief executives
";

#[test]
fn decisions_audits_agreements_and_training_come_as_spreadsheets() {
    let site = small();
    let (status, json) = take_in(site.path(), &sheet("lists.xlsx"), &[]);
    assert_eq!((status, json["wrote"].as_array().unwrap().len()), (1, 3), "{json:#}");
    assert_eq!(left_out(&json), ["filled-down A3", "filled-down A4", "title A1", "other-column column I"]);
    assert_eq!(year_file(site.path(), "decisions.yaml"), DECISIONS);
    assert_eq!(year_file(site.path(), "reviews.yaml"), format!("reviews:\n{AUDITS}"));
    assert_eq!(year_file(site.path(), "governance.yaml"), AGREEMENTS);
    let bad = json["diagnostics"].as_array().unwrap().iter().find(|one| one["code"] == "bad-value").unwrap();
    assert!(bad["message"].as_str().unwrap().ends_with("(cell F5 of the spreadsheet)"), "{bad}");

    let (status, json) = take_in(site.path(), &sheet("lists.xlsx"), &[]);
    assert_eq!((status, json["nothing_new"].as_array().unwrap().len()), (0, 3), "{json:#}");

    let (status, json) = take_in(site.path(), &sheet("training.xlsx"), &[]);
    assert_eq!((status, &json["wrote"][0]), (0, &Value::from("content/2019-20/data/training.csv")), "{json:#}");
    assert_eq!(
        table(site.path(), "training.csv"),
        "Course,Date,Agency,Places,Attended,Evaluated\nWorking with families,2019-10-03,,20,18,50%\n\
         Working with families,2019-10-03,police,,7,\nDomestic abuse awareness,2019-07-18,,30,26,\n"
    );
    let with_dates = small();
    take_in(with_dates.path(), &sheet("lists.ods"), &[]);
    assert_eq!(year_file(with_dates.path(), "reviews.yaml"), format!("reviews:\n{AUDITS}"));
    assert_eq!(year_file(with_dates.path(), "governance.yaml"), AGREEMENTS);
}

#[test]
fn entries_are_added_to_a_list_and_nothing_else_of_its_file_changes() {
    let site = small();
    let own = "# Ours.\nreviews:   # as published\n  - {id: adult-a, kind: SAR, status: ongoing}\n  - id: section-11\n    kind: audit\n\
               \x20   status: concluded\n    published: https://audit.example/\n\nlearning:\n  - Ask.\n";
    let write = |name: &str, text: &str| fs::write(site.path().join("content/2019-20").join(name), text).unwrap();
    write("reviews.yaml", own);
    take_in(site.path(), &sheet("lists.ods"), &[]);
    let (first, second) = AUDITS.split_once("  - id: scrutiny").unwrap();
    let added = first.split_once("    findings").unwrap().1;
    let expected = own.replace("example/\n", &format!("example/\n    findings{added}  - id: scrutiny{second}"));
    assert_eq!(year_file(site.path(), "reviews.yaml"), expected);

    // What a cell says otherwise than the file is written only if that is asked for.
    let csv = site.path().join("actions.csv");
    write("decisions.yaml", &DECISIONS.replace('\n', "\r\n"));
    fs::write(
        &csv,
        "ref,meeting,decision,state\nTB/4,2019-09-11,Look at the plan again.,done\n,2019-09-11,Meet.,open\n",
    )
    .unwrap();
    let (status, json) = take_in(site.path(), &csv, &[]);
    assert_eq!((status, json["wrote"].as_array().unwrap().len()), (2, 0), "{json:#}");
    assert!(
        json["refused"][0]["message"]
            .as_str()
            .unwrap()
            .contains("would change entries that content/2019-20/decisions.yaml already has"),
        "{json:#}"
    );
    let (_, json) = take_in(site.path(), &csv, &["--replace"]);
    let changed =
        DECISIONS.replace("Perhaps", "done") + "  - meeting: 2019-09-11\n    decision: Meet.\n    state: open\n";
    assert_eq!(year_file(site.path(), "decisions.yaml"), changed.replace('\n', "\r\n"));
    let messages: Vec<&str> =
        json["diagnostics"].as_array().unwrap().iter().filter_map(|one| one["message"].as_str()).collect();
    assert!(
        messages.contains(&"`ref` is missing from this entry under `decisions` (row 3 of the spreadsheet)"),
        "{messages:?}"
    );
    let (_, json) = take_in(site.path(), &csv, &[]);
    assert_eq!(json["nothing_new"].as_array().unwrap().len(), 1, "{json:#}");

    write("decisions.yaml", "decisions: [\n");
    let (status, json) = take_in(site.path(), &csv, &["--replace"]);
    assert_eq!(status, 2);
    assert!(json["refused"][0]["message"].as_str().unwrap().contains("decisions.yaml cannot be read"), "{json:#}");
}

#[test]
fn what_annal_wrote_to_be_replaced_is_replaced() {
    let site = small();
    let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
    assert!(command.args(["new", "decisions"]).current_dir(site.path()).output().unwrap().status.success());
    let (_, json) = take_in(site.path(), &sheet("lists.xlsx"), &["--sheet", "Action log"]);
    assert_eq!(json["wrote"][0], "content/2019-20/decisions.yaml", "{json:#}");
    let (head, list) = DECISIONS.split_once('\n').unwrap();
    let written = year_file(site.path(), "decisions.yaml");
    assert!(written.starts_with('#') && written.ends_with(&format!("\n{head}\n{list}")), "{written}");
    assert!(!written.contains("[fill in"), "{written}");
}

#[test]
fn an_entry_that_somebody_began_to_fill_in_is_kept() {
    let site = small();
    let half = |text: &str| {
        let csv = site.path().join("actions.csv");
        fs::write(&csv, "ref,meeting,decision,state\nTB/4,2019-09-11,Look again.,done\n").unwrap();
        fs::write(site.path().join("content/2019-20/decisions.yaml"), format!("decisions:\n{text}")).unwrap();
        take_in(site.path(), &csv, &[]);
        year_file(site.path(), "decisions.yaml")
    };
    let begun = [
        "  - meeting: 2019-06-12\n    ref: TB/1\n    decision: \"[fill in: what was decided]\"\n    state: open\n",
        "  - meeting: 2019-06-12\n    ref: \"[fill in: its reference]\"\n    decision: Meet.\n    state: open\n",
        "  - meeting: 2019-06-12\n    ref: \"[fill in]\"\n    decision: \"[fill in]\"\n    owner: Chair\n    state: open\n",
    ];
    for begun in begun {
        let text = half(begun);
        assert!(text.starts_with(&format!("decisions:\n{begun}")) && text.contains("ref: TB/4"), "{text}");
    }
    let untouched =
        "  - meeting: 2019-06-12\n    ref: \"[fill in]\"\n    decision: \"[fill in: what]\"\n    state: open\n";
    let text = half(untouched);
    assert!(!text.contains("[fill in") && text.contains("ref: TB/4"), "{text}");

    let reviews = |id: &str| {
        let csv = site.path().join("reviews.csv");
        fs::write(&csv, "id,kind,status\naudit,audit,ongoing\n").unwrap();
        let entry = format!(
            "  - id: {id}\n    kind: SAR\n    status: concluded\n    findings:\n      - finding: \"[fill in: what]\"\n        action: \"[fill in]\"\n"
        );
        fs::write(site.path().join("content/2019-20/reviews.yaml"), format!("reviews:\n{entry}")).unwrap();
        take_in(site.path(), &csv, &[]);
        year_file(site.path(), "reviews.yaml").contains(&entry)
    };
    assert_eq!((reviews("first-review"), reviews("adult-a")), (false, true));
}

#[test]
fn two_rows_of_one_name_stay_two() {
    let site = small();
    let csv = site.path().join("actions.csv");
    let rows = "ref,meeting,decision,state\nA,2019-09-11,One.,done\nA,2019-09-11,Two.,done\n";
    fs::write(&csv, rows).unwrap();
    let (_, json) = take_in(site.path(), &csv, &["--table", "decisions"]);
    let twice = json["diagnostics"].as_array().unwrap().iter().find(|one| one["code"] == "duplicate-id").unwrap();
    assert!(twice["message"].as_str().unwrap().ends_with("(cell A3 of the spreadsheet)"), "{twice}");
    let (_, json) = take_in(site.path(), &csv, &[]);
    assert_eq!(json["nothing_new"].as_array().unwrap().len(), 1, "{json:#}");
}

#[test]
fn hostile_sheets_are_one_plain_error() {
    let far = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let many = r#"<row><c t="s"><v>0</v></c></row>"#.repeat(40_000);
    let merges = r#"<mergeCell ref="A1:A1048576"/>"#.repeat(20_000);
    let text = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1_000_000));
    let repeated = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    let ods = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><table:table table:name=\"x\">{repeated}\
         </table:table></office:document-content>"
    );
    let site = small();
    let book = |name: &str, sheet: &str, texts: &str| workbook(site.path().join(name), sheet, texts);
    let spread = site.path().join("repeated.ods");
    zipped(&spread, &[("content.xml", &ods)]);
    for (file, said) in [
        (book("far.xlsx", far, "<sst/>"), "has no sheet with the columns"),
        (book("many.xlsx", &many, &text), "is too large"),
        (book("merges.xlsx", &(many.replace("t=\"s\"", "") + &merges), "<sst/>"), "is too large"),
        (book("entity.xlsx", "<!DOCTYPE x [<!ENTITY a \"b\">]>", "<sst/>"), "is damaged"),
        (spread, "is too large"),
    ] {
        let (status, json) = take_in(site.path(), &file, &[]);
        let message = json["refused"][0]["message"].as_str().unwrap_or_default();
        assert!(status == 2 && message.contains(said), "{}: {json:#}", file.display());
    }
}

#[test]
fn formulas_without_stored_values_are_no_blank_amounts() {
    let row = |number: u32, cells: [&str; 3]| {
        let cells = cells.map(|cell| match cell.strip_prefix('=') {
            Some(formula) => format!("<c><f>{formula}</f></c>"),
            None => format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
        });
        format!("<row r=\"{number}\">{}</row>", cells.concat())
    };
    let names = row(1, ["kind", "line", "amount"]);
    let site = small();
    let (lost, partly) = (row(2, ["income", "Grant", "=1+1"]), row(3, ["income", "Fees", "5"]));
    let budget = workbook(site.path().join("budget.xlsx"), &format!("{names}{lost}"), "<sst/>");
    for more in [&[][..], &["--table", "budget"]] {
        let (status, json) = take_in(site.path(), &budget, more);
        let message = json["refused"][0]["message"].as_str().unwrap_or_default();
        assert_eq!((status, json["wrote"].as_array().unwrap().len()), (2, 0), "{json:#}");
        assert_eq!(message, "budget.xlsx has formulas without stored values, the first in cell C2");
    }
    let budget = workbook(site.path().join("budget.xlsx"), &format!("{names}{lost}{partly}"), "<sst/>");
    let (_, json) = take_in(site.path(), &budget, &[]);
    assert_eq!(json["wrote"].as_array().unwrap().len(), 1, "{json:#}");
    assert!(left_out(&json).iter().any(|note| note.contains("formula")), "{json:#}");
}

/// Writes a workbook of one sheet, given its rows and the part with the texts that cells share.
fn workbook(path: PathBuf, sheet: &str, texts: &str) -> PathBuf {
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{relations}/{kind}\" Target=\"{target}\"/>")
    };
    let all = relation("a", "worksheet", "sheet1.xml") + &relation("b", "sharedStrings", "texts.xml");
    zipped(
        &path,
        &[
            (
                "_rels/.rels",
                &format!("<Relationships>{}</Relationships>", relation("a", "officeDocument", "xl/workbook.xml")),
            ),
            ("xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" id=\"a\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", &format!("<Relationships>{all}</Relationships>")),
            ("xl/sheet1.xml", &format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>")),
            ("xl/texts.xml", texts),
        ],
    );
    path
}

/// Writes an archive.
fn zipped(path: &Path, parts: &[(&str, &str)]) {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, text) in parts {
        // Stored, so that nothing else than the sheet itself is refused.
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(*name, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
}

//! Word forms: `annal new … --word` creates them, people fill them in, and `annal intake` reads them.

#![allow(clippy::disallowed_methods, reason = "these tests write sites to the disk, as people do")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use support::site::Site;
use support::{copy_folder, root};
use tempfile::TempDir;

/// A board has the same id.
const FORM: &str = "forms/2020-21/police-agency.docx";
const SUBMISSION: &str = "content/2020-21/agencies/police.md";

/// A site of two years. In the first, the police made two commitments.
fn site() -> TempDir {
    Site::from([
        (
            "content/site.yaml",
            "title: A partnership\nbase_url: https://westshire.example\nreturn_to: forms@westshire.example\n",
        ),
        (
            "content/2019-20/report.yaml",
            "title: Annual report 2019-20\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\nagencies:\n  \
             - {id: police, name: Westshire Police}\n",
        ),
        (
            "content/2019-20/agencies/police.md",
            "## What we did\n\nWe listened.\n\n## What next\n\n- Train *all* officers.\n- Publish results.\n",
        ),
        (
            "content/2020-21/report.yaml",
            "title: Annual report 2020-21\nperiod: {from: 2020-04-01, to: 2021-03-31}\ndue: 2021-06-30\n\
             limits: {words: 500}\npriorities:\n  - {id: homes, name: Safe homes}\n\
             boards:\n  - {id: police, name: Police Board}\nagencies:\n  - {id: police, name: Westshire Police}\n  \
             - {id: fire, name: Westshire Fire and Rescue}\nsections:\n  agency:\n    \
             - {id: learning, title: What have we learnt?}\n",
        ),
    ])
    .on_disk()
}

fn annal(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
    command.env("SOURCE_DATE_EPOCH", "1795000000").env("NO_COLOR", "1");
    command.args(args).current_dir(folder).output().unwrap()
}

/// Creates the forms of all agencies.
fn create(site: &Path) {
    let created = annal(site, &["new", "agency", "--all", "--word"]);
    assert!(created.status.success(), "{}", String::from_utf8_lossy(&created.stderr));
}

/// Takes in a file: the exit status, and what was printed as JSON.
fn take_in(site: &Path, file: &str, more: &[&str]) -> (i32, Value) {
    let output = annal(site, &[&["intake", file, "--format", "json"], more].concat());
    let json = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    (output.status.code().unwrap(), json)
}

fn read(site: &Path, file: &str) -> String {
    fs::read_to_string(site.join(file)).unwrap()
}

/// Writes a copy of a Word document with changed XML in one of its parts. Without any, the part is left out.
fn change(from: &Path, to: &Path, part: &str, changed: impl Fn(String) -> Option<String>) {
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(from).unwrap())).unwrap();
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        let Some(text) = (if name == part { changed(text) } else { Some(text) }) else { continue };
        written.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        written.write_all(text.as_bytes()).unwrap();
    }
    fs::write(to, written.finish().unwrap().into_inner()).unwrap();
}

/// A paragraph as Word writes it.
fn paragraph(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// Fills in a form as Word does: chooses outcomes in turn, and writes into the empty cells in turn.
fn fill_in(xml: &str, outcomes: &[&str], cells: &[&str]) -> String {
    let hint = "Choose an outcome";
    let mut filled = xml.to_owned();
    for outcome in outcomes {
        let at = filled.find(&format!(">{hint}<")).unwrap();
        let mark = filled[..at].rfind("<w:showingPlcHdr/>").unwrap();
        filled.replace_range(at + 1..=at + hint.len(), outcome);
        filled.replace_range(mark..mark + "<w:showingPlcHdr/>".len(), "");
    }
    let mut at = 0;
    let empty = regex::Regex::new(r#"<w:p><w:pPr><w:pStyle w:val="\w+"/></w:pPr></w:p></w:tc>"#).unwrap();
    for cell in cells {
        let found = empty.find_at(&filled, at).unwrap();
        let (start, end) = (found.start(), found.end() - "</w:tc>".len());
        filled.replace_range(start..end, cell);
        at = start + cell.len();
    }
    filled
}

/// The form of the police, filled in and saved under another name.
fn filled_in(site: &Path, name: &str, outcomes: &[&str], cells: &[&str]) {
    change(&site.join(FORM), &site.join(name), "word/document.xml", |xml| Some(fill_in(&xml, outcomes, cells)));
}

/// The cells of a form: two notes, what was done, what is planned, what was learnt. Two sections are left blank.
fn cells<'a>(notes: [&'a str; 2], done: &'a str, next: &'a str, learnt: &'a str) -> Vec<&'a str> {
    vec![notes[0], notes[1], done, "", "", next, learnt]
}

#[test]
fn a_form_that_is_filled_in_becomes_a_submission() {
    let site = site();
    create(site.path());
    let note = paragraph("TableText", "All 40 of them.") + &paragraph("ListBullet", "Also 5*5 recruits");
    let done = paragraph("ListBullet", "Courses") + &paragraph("ListBullet", "Visits");
    let next = paragraph("ListBullet", "Write a guide.");
    filled_in(site.path(), "returned.docx", &["Delivered", "Dropped"], &cells([&note, ""], &done, &next, ""));
    let (status, json) = take_in(site.path(), "returned.docx", &[]);
    assert_eq!(json["wrote"], serde_json::json!([SUBMISSION]), "{status} {json:#}");
    assert_eq!(
        read(site.path(), SUBMISSION),
        "---\n\
         status: submitted\n\
         follow_up:\n  \
           - commitment: train-all-officers\n    outcome: delivered\n    note: |-\n      All 40 of them.\n\n      - Also 5\\*5 recruits\n  \
           - commitment: publish-results\n    outcome: dropped\n\
         ---\n\n\
         ## What have we done?\n\n- Courses\n- Visits\n\n## What will we do next?\n\n- Write a guide.\n"
    );
    let kinds: Vec<&str> =
        json["left_out"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["properties", "form-text"], "{json:#}");
    assert_eq!(take_in(site.path(), "returned.docx", &[]).1["nothing_new"], serde_json::json!([SUBMISSION]));
}

#[test]
fn the_form_says_what_is_asked_when_and_where() {
    let site = site();
    create(site.path());
    let mut archive = zip::ZipArchive::new(fs::File::open(site.path().join(FORM)).unwrap()).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    for words in [
        "Annual report 2020-21",
        "Westshire Police",
        "Please return this form by 30 June 2021 to forms@westshire.example.",
        "Safe homes",
        "no more than 500 words",
        "In your part of the report for 2019-20",
        "Train all officers.",
        "w:displayText=\"In progress\" w:value=\"in-progress\"",
        "What have we done?",
        "What have people told us?",
        "What will we do next?",
        "What have we learnt?",
    ] {
        assert!(xml.contains(words), "{words}: {xml}");
    }
    for jargon in ["YAML", "Markdown", "annal", ".md", "front matter", "agencies/"] {
        assert!(!xml.contains(jargon), "{jargon}");
    }
    let again = fs::read(site.path().join(FORM)).unwrap();
    fs::remove_dir_all(site.path().join("forms")).unwrap();
    create(site.path());
    assert_eq!(fs::read(site.path().join(FORM)).unwrap(), again, "the same form has the same bytes");
}

#[test]
fn forms_are_created_for_those_who_have_sent_nothing() {
    let site = site();
    fs::create_dir_all(site.path().join("content/2020-21/agencies")).unwrap();
    fs::write(site.path().join("content/2020-21/agencies/fire.md"), "## What we did\n\nx\n\n## What next\n\n- y\n")
        .unwrap();
    create(site.path());
    assert!(site.path().join(FORM).exists() && !site.path().join("forms/2020-21/fire.docx").exists());
    let again = annal(site.path(), &["new", "agency", "--all", "--word"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("Every agency in 2020-21 already has a form or a file"));
    let again = annal(site.path(), &["new", "agency", "police", "--word"]);
    assert_eq!(again.status.code(), Some(2), "a form is never overwritten");
    assert!(annal(site.path(), &["new", "board", "police", "--word"]).status.success());
    assert!(site.path().join("forms/2020-21/police-board.docx").exists());
    assert!(annal(site.path(), &["check"]).status.code() != Some(2), "forms are no content");
}

#[test]
fn untouched_and_foreign_forms_are_refused() {
    let site = site();
    create(site.path());
    let refused = |file: &str, more: &[&str], words: &str| {
        let (status, json) = take_in(site.path(), file, more);
        assert_eq!((status, json["wrote"].as_array().unwrap().len()), (2, 0), "{json:#}");
        assert!(json["refused"][0]["message"].as_str().unwrap().contains(words), "{json:#}");
    };
    refused(FORM, &[], "nobody has filled it in");
    filled_in(site.path(), "fire.docx", &["Delivered"], &[]);
    refused(
        "fire.docx",
        &["--as", "agencies/fire"],
        "is the form of Westshire Police, not of Westshire Fire and Rescue",
    );
    refused("fire.docx", &["--year", "2019-20"], "is a form of 2020-21");
    // Its name says fire, but the form says police.
    assert_eq!(take_in(site.path(), "fire.docx", &[]).1["wrote"], serde_json::json!([SUBMISSION]));
    assert!(read(site.path(), SUBMISSION).contains("outcome: delivered"));
}

#[test]
fn an_editors_corrections_to_answers_survive() {
    let site = site();
    create(site.path());
    let (done, next) = (paragraph("Normal", "We met."), paragraph("ListBullet", "Meet again."));
    let form = |name: &str, outcomes: &[&str], note: &str| {
        let note = paragraph("TableText", note);
        filled_in(site.path(), name, outcomes, &cells([&note, ""], &done, &next, ""));
    };
    form("first.docx", &["Delivered", "Not started"], "In may.");
    assert!(take_in(site.path(), "first.docx", &[]).0 < 2);
    let edited = read(site.path(), SUBMISSION).replace("In may.", "In May.").replace("status:", "# Checked.\nstatus:");
    fs::write(site.path().join(SUBMISSION), &edited).unwrap();
    assert_eq!(take_in(site.path(), "first.docx", &[]).1["nothing_new"], serde_json::json!([SUBMISSION]));

    form("second.docx", &["Delivered", "In progress"], "In may.");
    assert_eq!(take_in(site.path(), "second.docx", &[]).1["wrote"], serde_json::json!([SUBMISSION]));
    let expected = edited.replace("outcome: not-started", "outcome: in-progress");
    assert_eq!(read(site.path(), SUBMISSION), expected, "only the answer that changed is changed");

    form("third.docx", &["Delivered", "In progress"], "In June.");
    let (status, json) = take_in(site.path(), "third.docx", &[]);
    assert_eq!(status, 2, "{json:#}");
    let versions = &json["refused"][0]["versions"];
    for (version, words) in [("taken_in", "In may."), ("now", "In May."), ("document", "In June.")] {
        assert!(versions[version].as_str().unwrap().contains(words), "{version}: {versions:#}");
    }
    assert_eq!(read(site.path(), SUBMISSION), expected);
}

#[test]
fn answers_go_to_their_places_in_a_form_of_the_editors() {
    let site = site();
    create(site.path());
    assert!(annal(site.path(), &["new", "agency", "police"]).status.success());
    let before = read(site.path(), SUBMISSION);
    filled_in(site.path(), "returned.docx", &["Delivered", "In progress"], &[]);
    take_in(site.path(), "returned.docx", &[]);
    let front = |text: &str| text.split("\n---\n").next().unwrap().to_owned();
    let expected = front(&before)
        .replace("status: draft", "status: submitted")
        .replacen("outcome:\n", "outcome: delivered\n", 1)
        .replacen("outcome:\n", "outcome: in-progress\n", 1);
    assert_eq!(front(&read(site.path(), SUBMISSION)), expected);
}

#[test]
fn a_form_is_known_by_its_words_where_a_program_keeps_nothing_else() {
    let site = site();
    create(site.path());
    let plain = |xml: String| {
        let control = regex::Regex::new("(?s)<w:sdt>.*?<w:sdtContent>|</w:sdtContent></w:sdt>").unwrap();
        let (done, next) = (paragraph("Normal", "We met."), paragraph("Normal", "Meet again."));
        let note = paragraph("Normal", "Soon.");
        let xml = fill_in(&xml, &["Delivered", "Nearly done"], &cells(["", &note], &done, &next, ""));
        Some(control.replace_all(&xml, "").replace("Publish results.", "Publish results. DONE"))
    };
    change(&site.path().join(FORM), &site.path().join("a.docx"), "word/document.xml", plain);
    change(&site.path().join("a.docx"), &site.path().join("Police.docx"), "docProps/custom.xml", |_| None);
    let (_, json) = take_in(site.path(), "Police.docx", &["--as", "agencies/police"]);
    let text = read(site.path(), SUBMISSION);
    assert!(text.contains("follow_up:\n  - commitment: train-all-officers\n    outcome: delivered\n---"), "{text}");
    assert!(
        text.ends_with("---\n\n## What have we done?\n\nWe met.\n\n## What will we do next?\n\nMeet again.\n"),
        "{text}"
    );
    // What cannot be told is not guessed, and is not lost.
    let noted = |kind: &str| {
        json["left_out"].as_array().unwrap().iter().find(|one| one["kind"] == kind).unwrap()["text"].clone()
    };
    assert_eq!(noted("form-row"), "Publish results. DONE\nNearly done\nSoon.");
}

#[test]
fn the_forms_of_the_example_come_back_with_the_same_answers() {
    let site = tempfile::tempdir().unwrap();
    copy_folder(&root().join("content"), &site.path().join("content"));
    assert!(annal(site.path(), &["new", "year", "2020-21"]).status.success());
    for kind in ["board", "agency"] {
        assert!(annal(site.path(), &["new", kind, "--all", "--word"]).status.success());
    }
    let commitments: Value =
        serde_json::from_slice(&annal(site.path(), &["commitments", "--year", "2019-20", "--format", "json"]).stdout)
            .unwrap();
    let all = commitments["commitments"].as_array().unwrap();
    assert!(all.len() > 50, "{commitments:#}");
    let forms: Vec<_> =
        fs::read_dir(site.path().join("forms/2020-21")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(forms.len(), 17);
    for form in &forms {
        let choose = |xml: String| {
            let count = xml.matches("Choose an outcome").count();
            let outcomes = ["Delivered", "In progress", "Not started", "Dropped"];
            let outcomes: Vec<&str> = outcomes.into_iter().cycle().take(count).collect();
            let mut cells: Vec<String> = (0..count).map(|at| paragraph("TableText", &format!("Note {at}"))).collect();
            let (done, next) = (paragraph("ListBullet", "We met."), paragraph("ListBullet", "Meet again."));
            cells.extend([done, String::new(), String::new(), next]);
            Some(fill_in(&xml, &outcomes, &cells.iter().map(String::as_str).collect::<Vec<_>>()))
        };
        change(form, &site.path().join("returned.docx"), "word/document.xml", choose);
        let (_, json) = take_in(site.path(), "returned.docx", &["--year", "2020-21"]);
        let path = json["wrote"][0].as_str().unwrap_or_else(|| panic!("{}: {json:#}", form.display())).to_owned();
        let owner = path.trim_start_matches("content/2020-21/").trim_end_matches(".md");
        let mut expected = String::new();
        let own = all.iter().filter(|one| one["file"] == format!("content/2019-20/{owner}.md"));
        for (at, one) in own.enumerate() {
            let outcome = ["delivered", "in-progress", "not-started", "dropped"][at % 4];
            let slug = one["id"].as_str().unwrap().split_once('/').unwrap().1;
            write!(expected, "  - commitment: {slug}\n    outcome: {outcome}\n    note: Note {at}\n").unwrap();
        }
        let text = read(site.path(), &path);
        let key = if expected.is_empty() { "" } else { "follow_up:\n" };
        assert!(text.starts_with(&format!("---\nstatus: submitted\n{key}{expected}---\n")), "{path}: {text}");
        assert!(text.contains("\n- We met.\n\n") && text.ends_with("\n- Meet again.\n"), "{path}: {text}");
    }
}

//! `annal intake`, with the documents that `tests/intake/make.py` makes.

#![allow(clippy::disallowed_methods, reason = "these tests write sites to the disk, as people do")]

mod support;

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use support::expected;
use support::site::Site;
use support::{copy_folder, root};
use tempfile::TempDir;
use walkdir::WalkDir;

const SUBMISSION: &str = "content/2019-20/agencies/police.md";

/// A site of one year with three agencies and a board, none of which has sent anything.
fn site() -> TempDir {
    Site::from([
        ("content/site.yaml", "title: A partnership\nbase_url: https://westshire.example\n"),
        (
            "content/2019-20/report.yaml",
            "title: Annual report 2019-20\nperiod: {from: 2019-04-01, to: 2020-03-31}\n\
             boards:\n  - {id: risk, name: Risk Board}\nagencies:\n  - {id: police, name: Westshire Police}\n  \
             - {id: fire, name: Westshire Fire and Rescue}\n  - {id: council, name: Westshire Council, aliases: [the Council]}\n",
        ),
    ])
    .on_disk()
}

fn annal(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
    command.env("SOURCE_DATE_EPOCH", "1795000000").env("NO_COLOR", "1");
    command.args(args).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

/// Takes in a file for the police: the exit status, and what was printed as JSON.
fn take_in(site: &Path, file: &Path, more: &[&str]) -> (i32, Value) {
    let mut args = vec!["intake", file.to_str().unwrap(), "--format", "json"];
    args.extend(more);
    let output = annal(site, &args);
    let json = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}: {}", file.display(), String::from_utf8_lossy(&output.stderr)));
    (output.status.code().unwrap(), json)
}

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let files = WalkDir::new(root().join("tests/intake").join(folder)).sort_by_file_name().into_iter();
    let files = files.map(|entry| entry.unwrap().into_path()).filter(|path| path.is_file());
    let files: Vec<PathBuf> = files.filter(|path| path.extension().is_none_or(|ending| ending != "expected")).collect();
    assert!(!files.is_empty(), "{folder}");
    files
}

fn read(site: &Path, file: &str) -> String {
    fs::read_to_string(site.join(file)).unwrap()
}

/// Letters and digits alone, to compare texts whatever marks and spaces are in them.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The texts of the runs of a Word document that are neither deleted nor hidden, found without its reader.
fn visible_runs(file: &Path) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(fs::File::open(file).unwrap()).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let unseen = "(?s)<mc:Fallback>.*?</mc:Fallback>|<w:moveFrom .*?</w:moveFrom>";
    let visible = regex::Regex::new(unseen).unwrap().replace_all(&xml, "").into_owned();
    let run = regex::Regex::new("(?s)<w:r>(.*?)</w:r>").unwrap();
    let text = regex::Regex::new("<w:t[^>]*>([^<]*)</w:t>").unwrap();
    let shown = run.captures_iter(&visible).filter(|run| !run[1].contains("<w:vanish/>"));
    let texts = shown.flat_map(|run| {
        text.captures_iter(run.get(1).unwrap().as_str()).map(|text| text[1].to_owned()).collect::<Vec<_>>()
    });
    texts.map(|text| text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).collect()
}

#[test]
fn documents_as_people_make_them_become_submissions() {
    for file in fixtures("people") {
        let site = site();
        let (status, json) = take_in(site.path(), &file, &["--as", "police"]);
        assert_eq!(status, 0, "{}: {json:#}", file.display());
        // Texts and pages have no date of their own: theirs is that of the file, which differs from copy to copy.
        let ending = file.extension().unwrap();
        let is_dated = ending != "html" && ending != "txt";
        let is_kept = |line: &&str| is_dated || !line.starts_with("submitted: ");
        let submission: String = read(site.path(), SUBMISSION).split_inclusive('\n').filter(is_kept).collect();
        let left_out = json["left_out"].as_array().unwrap().iter().map(|entry| {
            let text = entry["text"].as_str().map(|text| format!(" {text:?}")).unwrap_or_default();
            format!(
                "{}, {}: {}{text}\n",
                entry["kind"].as_str().unwrap(),
                entry["where"].as_str().unwrap(),
                entry["count"]
            )
        });
        let result = format!("{submission}\nleft out\n{}", left_out.collect::<String>());
        let expected = file.with_extension(format!("{}.expected", file.extension().unwrap().to_str().unwrap()));
        expected::compare(&expected, &result).unwrap_or_else(|difference| panic!("{difference}"));

        if file.extension().is_some_and(|ending| ending == "docx") {
            let notes = json["left_out"].as_array().unwrap().iter().filter_map(|entry| entry["text"].as_str());
            let all = letters(&(submission + &notes.collect::<String>()));
            for run in visible_runs(&file) {
                // A typed number is noted by itself.
                let is_kept = |text: &str| all.contains(&letters(text));
                let (marker, rest) = run.split_once(' ').unwrap_or((&run, ""));
                let (name, is_kept) = (file.display(), is_kept(&run) || is_kept(marker) && is_kept(rest));
                assert!(is_kept, "{name}: {run:?} is neither in the file nor in a note");
            }
        }
    }
}

#[test]
fn nothing_that_readers_do_not_see_is_written() {
    let files = fixtures("canaries");
    assert!(files.len() >= 40, "{} documents", files.len());
    for file in files {
        let site = site();
        let args = ["intake", file.to_str().unwrap(), "--as", "agencies/police", "--format", "json"];
        let output = annal(site.path(), &args);
        let printed = String::from_utf8(output.stdout).unwrap() + &String::from_utf8_lossy(&output.stderr);
        assert!(!printed.contains("CANARY"), "{}: {printed}", file.display());
        let json: Value = serde_json::from_str(&printed).unwrap();
        let kind = file.file_name().unwrap().to_str().unwrap().split("--").next().unwrap();
        let noted = json["left_out"].as_array().unwrap().iter().find(|entry| entry["kind"] == kind);
        assert!(noted.is_some(), "{}: {json:#}", file.display());
        for entry in WalkDir::new(site.path()).into_iter().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
            let bytes = fs::read(entry.path()).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("CANARY"), "{}: {}", file.display(), entry.path().display());
        }
        assert!(read(site.path(), SUBMISSION).contains("VISIBLE"), "{}", file.display());
    }
}

#[test]
fn hostile_and_broken_documents_are_one_plain_error() {
    for file in fixtures("hostile") {
        let site = site();
        let (status, json) = take_in(site.path(), &file, &["--as", "police"]);
        let name = file.file_name().unwrap().to_str().unwrap();
        if name == "paths.docx" {
            // Names of parts are never paths, so they do no harm.
            assert_eq!((status, json["wrote"].as_array().unwrap().len()), (1, 1), "{json:#}");
            continue;
        }
        assert_eq!(status, 2, "{name}: {json:#}");
        assert_eq!(json["wrote"].as_array().unwrap().len(), 0, "{name}");
        let [refused] = json["refused"].as_array().unwrap().as_slice() else { panic!("{name}: {json:#}") };
        let (message, help) = (refused["message"].as_str().unwrap(), refused["help"].as_str().unwrap());
        assert!(!message.contains('\n') && message.len() < 200 && !help.is_empty(), "{message}");
        let word = match name {
            "bomb.docx" => "unpacks to more than 250 times",
            "deep.docx" => "more than 1000 deep",
            "entities.docx" | "external-entity.docx" => "declares a document type",
            "encrypted.docx" | "encrypted-parts.docx" | "locked.odt" => "protected by a password",
            "old.doc" => "old Word file",
            "rich.rtf" | "rich-inside.docx" => "Rich Text",
            "scan.pdf" => "is a PDF",
            "mac.pages" => "Pages document",
            "message.msg" => "Outlook message",
            _ => "is damaged",
        };
        assert!(message.contains(word), "{name}: {message}");
    }
}

#[test]
fn the_example_goes_to_word_and_back() {
    let site = tempfile::tempdir().unwrap();
    copy_folder(&root().join("content"), &site.path().join("content"));
    let commitments =
        |site: &Path| String::from_utf8(annal(site, &["commitments", "--format", "json"]).stdout).unwrap();
    let headings = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.starts_with("##"));
        lines.map(|line| letters(line.split("{#").next().unwrap())).collect()
    };
    let before = commitments(site.path());
    assert!(before.contains("\"commitments\":[{"), "{before}");
    let files = fixtures("example");
    assert_eq!(files.len(), 17);
    for file in &files {
        let kind = file.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let owner = format!("{kind}/{}", file.file_stem().unwrap().to_str().unwrap());
        let path = format!("content/2019-20/{owner}.md");
        let written = read(site.path(), &path);
        let front = written.split("\n---\n").next().unwrap().to_owned();
        let (status, json) = take_in(site.path(), file, &["--as", &owner, "--replace"]);
        assert!(status < 2, "{owner}: {json:#}");
        let again = read(site.path(), &path);
        assert_eq!(
            headings(&again),
            headings(&written),
            "{owner}: run tests/intake/make.py if the example has changed"
        );
        let keys = front.lines().filter(|line| !line.starts_with("status:") && !line.starts_with("submitted:"));
        keys.for_each(|line| assert!(again.contains(line), "{owner}: {line}"));
    }
    assert_eq!(commitments(site.path()), before);
}

#[test]
fn the_owner_is_found_or_asked_for() {
    let word = root().join("tests/intake/people/signature-alone.docx");
    for (name, status, path) in [
        ("Westshire Police FINAL v2.docx", 0, SUBMISSION),
        ("fire_return.docx", 0, "content/2019-20/agencies/fire.md"),
        ("RiskBoard.docx", 0, "content/2019-20/boards/risk.md"),
        ("the Council 2019-20.docx", 0, "content/2019-20/agencies/council.md"),
        ("Police and Fire.docx", 2, ""),
        ("Return.docx", 2, ""),
    ] {
        let site = site();
        let file = site.path().join(name);
        fs::copy(&word, &file).unwrap();
        let (found, json) = take_in(site.path(), &file, &[]);
        assert_eq!(found, status, "{name}: {json:#}");
        if status == 0 {
            assert_eq!(json["wrote"], serde_json::json!([path]), "{name}");
        } else {
            assert!(!site.path().join("content/2019-20/agencies").exists(), "{name}");
        }
        if name.contains(" and ") {
            let message = json["refused"][0]["message"].as_str().unwrap();
            assert!(message.contains("--as agencies/police") && message.contains("--as agencies/fire"), "{message}");
        }
    }
    let site = site();
    let (status, json) = take_in(site.path(), &word, &["--as", "agencies/polize"]);
    assert_eq!(status, 2);
    assert!(json["refused"][0]["help"].as_str().unwrap().contains("agencies/police"), "{json:#}");
}

#[test]
fn the_title_of_a_page_names_its_owner() {
    let site = site();
    let page = |head: &str| format!("{head}<h2>What we did</h2><p>Drills.</p><h2>What next</h2><p>More.</p>");
    for (head, status) in [
        ("<html><head><style>a<b</style><meta charset=utf-8><TITLE>\nWestshire&nbsp;Police </TITLE></head>", 0),
        ("<title>Return of the Westshire Police</title>", 0),
        ("<head><!-- <title>Westshire Police</title> --><title></title></head>", 2),
    ] {
        let file = site.path().join("page.html");
        fs::write(&file, page(head)).unwrap();
        let (found, json) = take_in(site.path(), &file, &["--replace"]);
        assert_eq!(found, status, "{head}: {json:#}");
        if status == 0 {
            assert!(!read(site.path(), SUBMISSION).contains("Westshire"), "{head}");
        }
    }
}

#[test]
fn a_difference_has_no_line_twice_that_is_the_same() {
    let site = site();
    let page = |plans: &str| format!("<h2>What we did</h2><p>Drills.</p><h2>What next</h2><ul>{plans}</ul>");
    let file = site.path().join("police.html");
    fs::write(&file, page("<li>Plan one<li>Plan two")).unwrap();
    assert_eq!(take_in(site.path(), &file, &[]).0, 0);
    let edited = read(site.path(), SUBMISSION).replace("Drills", "Many drills");
    fs::write(site.path().join(SUBMISSION), edited).unwrap();
    fs::write(&file, page("<li>Plan one<li>Plan two<li>Plan three")).unwrap();
    let output = annal(site.path(), &["intake", file.to_str().unwrap()]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(2), "{printed}");
    assert!(printed.contains("|  - Plan two\n  | +- Plan three\n"), "{printed}");
}

#[test]
fn two_documents_for_one_agency_are_not_written_over_each_other() {
    let site = site();
    let people = root().join("tests/intake/people");
    let returned = site.path().join("returned");
    fs::create_dir(&returned).unwrap();
    fs::copy(people.join("headings.docx"), returned.join("Police 1.docx")).unwrap();
    fs::copy(people.join("typed-bullets.docx"), returned.join("Police 2.docx")).unwrap();
    for wrote in [1, 0] {
        for is_dry in [true, false] {
            let more: &[&str] = if is_dry { &["--dry-run"] } else { &[] };
            let (status, json) = take_in(site.path(), &returned, more);
            let written = &json[if is_dry { "would_write" } else { "wrote" }];
            assert_eq!((status, written.as_array().unwrap().len()), (1, wrote), "{json:#}");
            let message = json["refused"][0]["message"].as_str().unwrap();
            assert_eq!(
                message,
                "Police 2.docx and Police 1.docx are both for Westshire Police, so only Police 1.docx was taken in"
            );
        }
        assert!(read(site.path(), SUBMISSION).contains("Courses"));
    }
}

#[test]
fn a_file_whose_name_and_heading_disagree_is_asked_about() {
    let site = site();
    for (name, heading, status) in [
        ("Westshire Police.html", "Westshire Fire and Rescue: annual return", 2),
        ("Westshire Police.html", "Westshire Police and Westshire Fire and Rescue", 0),
        ("Westshire Police.html", "Return to the Risk Board", 0),
    ] {
        let file = site.path().join(name);
        fs::write(&file, format!("<h1>{heading}</h1><h2>What we did</h2><p>Drills.</p><h2>What next</h2><p>More.</p>"))
            .unwrap();
        let (found, json) = take_in(site.path(), &file, &["--replace"]);
        assert_eq!(found, status, "{heading}: {json:#}");
        if status == 2 {
            let message = json["refused"][0]["message"].as_str().unwrap();
            assert!(message.contains("--as agencies/police") && message.contains("--as agencies/fire"), "{message}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_named_for_what_it_is() {
    let site = site();
    for (name, content, message) in [
        ("none.docx", None, "none.docx does not exist"),
        ("Report.pages", Some(""), "Report.pages is a Pages document, which annal does not read"),
        ("notes.py", Some("x = 1"), "notes.py is a kind of file that annal does not read"),
    ] {
        let file = site.path().join(name);
        if let Some(content) = content {
            fs::write(&file, content).unwrap();
        }
        let (status, json) = take_in(site.path(), &file, &["--as", "police"]);
        assert_eq!((status, json["refused"][0]["message"].as_str().unwrap()), (2, message));
    }
}

#[test]
fn two_submissions_in_one_document_are_refused() {
    let site = site();
    let document = root().join("tests/intake/two-submissions.docx");
    let (status, json) = take_in(site.path(), &document, &["--as", "police"]);
    assert_eq!((status, json["wrote"].as_array().unwrap().len()), (2, 0), "{json:#}");
    let message = json["refused"][0]["message"].as_str().unwrap();
    assert!(message.contains("Westshire Police and of Westshire Fire and Rescue"), "{message}");
}

#[test]
fn what_an_editor_changes_is_never_overwritten() {
    let site = site();
    let folder = root().join("tests/intake/people");
    let (first, second) = (folder.join("headings.docx"), folder.join("typed-bullets.docx"));
    let take = |file: &Path, more: &[&str]| {
        let args = [&["--as", "police"], more].concat();
        take_in(site.path(), file, &args)
    };
    let at = site.path().join(SUBMISSION);
    fs::create_dir_all(at.parent().unwrap()).unwrap();
    fs::write(
        &at,
        "---\n# For Sam.\nstatus: draft     # later\nevidence: [x]\n---\n%% A note.\n\n## What have we done?\n",
    )
    .unwrap();

    assert_eq!(take(&first, &["--dry-run"]).0, 1);
    assert!(!read(site.path(), SUBMISSION).contains("Courses"), "a dry run writes nothing");
    let (_, json) = take(&first, &[]);
    assert_eq!(json["wrote"], serde_json::json!([SUBMISSION]), "an untouched form is filled in");
    let taken_in = read(site.path(), SUBMISSION);
    assert!(
        taken_in
            .starts_with("---\n# For Sam.\nstatus: submitted     # later\nevidence: [x]\nsubmitted: 2025-06-12\n---\n"),
        "{taken_in}"
    );

    let (status, json) = take(&first, &[]);
    assert_eq!((status, &json["nothing_new"]), (0, &serde_json::json!([SUBMISSION])), "the same document twice");
    assert_eq!(read(site.path(), SUBMISSION), taken_in);

    let (_, json) = take(&second, &[]);
    assert_eq!(json["wrote"], serde_json::json!([SUBMISSION]), "a newer document replaces what nobody has changed");
    let (_, json) = take(&first, &[]);
    assert_eq!(json["wrote"], serde_json::json!([SUBMISSION]));

    let edited = taken_in.replace("Courses", "Courses for all");
    fs::write(&at, &edited).unwrap();
    assert_eq!(take(&first, &[]).0, 0, "the same document has nothing new for an edited text");
    let (status, json) = take(&second, &[]);
    assert_eq!(status, 2);
    let versions = &json["refused"][0]["versions"];
    for (version, words) in [("taken_in", "- Courses\n"), ("now", "Courses for all"), ("document", "helpline")] {
        assert!(versions[version].as_str().unwrap().contains(words), "{version}: {versions:#}");
    }
    assert_eq!(read(site.path(), SUBMISSION), edited);
    assert_eq!(take(&second, &["--replace"]).1["wrote"], serde_json::json!([SUBMISSION]));

    fs::remove_dir_all(site.path().join("intake")).unwrap();
    let (status, json) = take(&first, &[]);
    assert_eq!(
        (status, &json["refused"][0]["versions"]["taken_in"]),
        (2, &Value::Null),
        "a text of unknown origin is kept"
    );
}

#[test]
fn the_day_of_an_earlier_text_is_not_said_of_a_later_one() {
    let site = site();
    let email = |name: &str, date: &str, words: &str| {
        let file = site.path().join(name);
        let head = format!("From: ann@westshire.example\nSubject: Westshire Police\n{date}");
        let text = format!("What we did\n\n- {words}\n\nWhat next\n\n- More of it.\n");
        fs::write(&file, format!("{head}Content-Type: text/plain; charset=utf-8\n\n{text}")).unwrap();
        let (status, json) = take_in(site.path(), &file, &["--as", "agencies/police"]);
        let days: Vec<Value> = json["left_out"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["kind"] == "earlier-day")
            .cloned()
            .collect();
        (status, days)
    };
    assert_eq!(email("one.eml", "Date: Tue, 5 May 2020 10:00:00 +0000\n", "Visited homes."), (0, Vec::new()));
    assert!(read(site.path(), SUBMISSION).contains("submitted: 2020-05-05\n"));
    let (status, days) = email("two.eml", "", "Visited schools.");
    assert_eq!((status, days.len()), (0, 1));
    assert_eq!((&days[0]["text"], &days[0]["where"]), (&"2020-05-05".into(), &"document".into()));
    let text = read(site.path(), SUBMISSION);
    assert!(text.contains("Visited schools.") && !text.contains("submitted:"), "{text}");
    // The same once more is nothing new, and a day that an editor has written stays.
    let dated = text.replacen("status: submitted\n", "status: submitted\nsubmitted: 2020-05-09\n", 1);
    fs::write(site.path().join(SUBMISSION), &dated).unwrap();
    assert_eq!(email("two.eml", "", "Visited schools."), (0, Vec::new()));
    assert_eq!(read(site.path(), SUBMISSION), dated);
}

#[test]
fn text_can_be_pasted_on_standard_input() {
    for (name, words) in
        [("pasted.txt", "- Opened a drop-in centre"), ("word-clipboard.html", "- Trained officers’ teams")]
    {
        let site = site();
        let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
        command.args(["intake", "-", "--as", "agencies/police"]).current_dir(site.path()).stdin(Stdio::piped());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let pasted = fs::read(root().join("tests/intake/people").join(name)).unwrap();
        child.stdin.take().unwrap().write_all(&pasted).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{name}");
        assert!(String::from_utf8_lossy(&output.stdout).starts_with("the pasted text: Westshire Police\n"), "{name}");
        assert!(read(site.path(), SUBMISSION).contains(words), "{name}");
    }
}

/// Numbers from a fixed seed.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap()
    }

    /// Bytes with a few of them changed, left out, repeated or exchanged.
    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.next(4) {
            let (at, length) = (self.next(bytes.len()), 1 + self.next(60));
            let end = (at + length).min(bytes.len());
            match self.next(5) {
                0 => bytes[at..end].iter_mut().for_each(|byte| *byte ^= 1 << (length % 8)),
                1 => drop(bytes.drain(at..end)),
                2 => bytes.extend_from_within(at..end),
                3 => {
                    let piece = bytes[at..end].to_vec();
                    let to = self.next(bytes.len());
                    bytes.splice(to..to, piece);
                }
                _ => bytes.truncate(at.max(1)),
            }
        }
    }
}

/// A document with something changed: in its bytes, or in the text of one of its parts.
fn mutated(seeded: &mut Seeded, file: &Path) -> Vec<u8> {
    let mut bytes = fs::read(file).unwrap();
    let is_archive = bytes.starts_with(b"PK");
    if !is_archive || seeded.next(4) == 0 {
        seeded.mutate(&mut bytes);
        return bytes;
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let spoilt = seeded.next(archive.len());
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if (index == spoilt || name.ends_with("document.xml") || name.contains("/sheet")) && !content.is_empty() {
            seeded.mutate(&mut content);
        }
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        written.start_file(name, options).unwrap();
        written.write_all(&content).unwrap();
    }
    written.finish().unwrap().into_inner()
}

/// `ANNAL_MUTATIONS=10000` makes more of them, and prints how long the slowest took.
#[test]
fn mutated_documents_are_read_or_refused() {
    let count = std::env::var("ANNAL_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(300);
    let files: Vec<PathBuf> = [fixtures("people"), fixtures("canaries"), fixtures("sheets")].concat();
    let mut seeded = Seeded(0x5eed_0018);
    let (mut refused, mut slowest) = (0, std::time::Duration::ZERO);
    for _ in 0..count {
        let file = &files[seeded.next(files.len())];
        let name = file.file_name().unwrap().to_str().unwrap();
        let bytes = mutated(&mut seeded, file);
        let begun = std::time::Instant::now();
        if let Err(why) = annal::piece::document_text(name, bytes) {
            assert!(!why.is_empty() && !why.contains('\n') && why.len() < 300, "{name}: {why}");
            refused += 1;
        }
        slowest = slowest.max(begun.elapsed());
    }
    assert!(refused > count / 20 && refused < count, "{refused} of {count} were refused");
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim();
    println!("{count} mutated documents, {refused} refused; the slowest took {slowest:?}; most memory {memory}");
}

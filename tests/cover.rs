//! `annal cover`: reports to committees have all headings in order and amounts to the penny, and are never published.

#![allow(clippy::disallowed_methods, reason = "these tests write sites to the disk, as people do")]

mod support;

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::{Command, Output};

use support::site::Site;
use tempfile::TempDir;

const MERTON: [&str; 12] = [
    "Purpose of report and executive summary",
    "Details",
    "Alternative options",
    "Consultation undertaken or proposed",
    "Timetable",
    "Financial, resource and property implications",
    "Legal and statutory implications",
    "Human rights, equalities and community cohesion implications",
    "Crime and disorder implications",
    "Risk management and health and safety implications",
    "Appendices – documents published with this report, and part of it",
    "Background papers",
];

const SAFERMK: [&str; 7] = [
    "Purpose of report",
    "Recommendations",
    "Comments from the Scrutiny Management Committee",
    "Background",
    "Implications to SaferMK Partnership",
    "Other considerations / Key Partnership Involvement",
    "Attachments/Background Papers",
];

const REPORT: &str = r"title: Annual report 2019-20
period: {from: 2019-04-01, to: 2020-03-31}
published: 2020-09-01
headline: More families were helped early.
key_messages:
  - {text: Referrals to early help rose <by a third>., figure: 33%, direction: up}
priorities:
  - {id: homes, name: Safe homes, summary: Every child has a safe home., progress: {state: good, text: Two refuges opened.}}
boards: []
agencies:
  - {id: police, name: Westshire Police}
duties: [care-act-2014]
distribution:
  - to: health-board
    on: 2020-09-14
    considered: 2020-10-06
    for: For decision
    cover: merton
    lead_officer: Director of Children, Schools and Families
    recommendations:
      - That the board **notes** the annual report.
      - That all partners share information as the report asks.
    implications:
      crime: Better safeguarding reduces crime & disorder.
      legal: |
        The report is a duty of the partners:

        - to publish it;
        - to send it.
  - to: SaferMK Partnership
    cover: safermk
    recommendations: [That the agreement be reviewed yearly by both chairs.]
";

/// A site with the headings of both committees, made by the commands that editors use.
fn site() -> TempDir {
    let site = Site::from([
        (
            "content/site.yaml",
            "title: A partnership\nbase_url: https://westshire.example\ndiagnostics: {uncovered-duty: off}\n",
        ),
        ("content/2019-20/report.yaml", REPORT),
        (
            "content/2019-20/governance.yaml",
            "bodies:\n  - {id: health-board, name: Health and Wellbeing Board, kind: board}\n",
        ),
        (
            "content/2019-20/data/budget.csv",
            "kind,line,amount\nincome,Council,\"120,000.45\"\nincome,Police,30000.05\nexpenditure,Staff,100000.10\n\
             balance,Balance,50000.40\n",
        ),
        (
            "content/2019-20/agencies/police.md",
            "## What we did\n\n- We listened.\n\n## What next\n\n- Train all officers.\n",
        ),
    ])
    .on_disk();
    for skeleton in ["merton", "safermk"] {
        let created = annal(site.path(), &["new", "cover", skeleton]);
        assert!(created.status.success(), "{created:?}");
    }
    site
}

fn annal(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
    command.env("SOURCE_DATE_EPOCH", "1795000000").env("NO_COLOR", "1");
    command.args(args).current_dir(folder).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The texts of the paragraphs of a Word document, with their styles.
fn paragraphs(document: &Path) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(document).unwrap())).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let paragraph = |paragraph: &str| {
        let style = paragraph.split_once("<w:pStyle w:val=\"").unwrap().1.split_once('"').unwrap().0;
        let runs = paragraph.replace("<w:tab/>", " ");
        let mut text = String::new();
        for piece in runs.split('<') {
            text.push_str(piece.split_once('>').map_or("", |(_, words)| words));
        }
        (style.to_owned(), text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    };
    xml.split("<w:p>").skip(1).map(|rest| paragraph(rest.split_once("</w:p>").unwrap().0)).collect()
}

/// The texts of a page's headings of level 2.
fn headings(html: &str) -> Vec<String> {
    html.split("<h2>").skip(1).map(|rest| rest.split_once("</h2>").unwrap().0.to_owned()).collect()
}

#[test]
fn both_files_have_all_headings_in_order() {
    let site = site();
    let written = annal(site.path(), &["cover"]);
    assert!(written.status.success(), "{}", stderr(&written));
    let printed = String::from_utf8(written.stdout).unwrap();
    assert_eq!(
        printed.replace('\\', "/"),
        "Wrote covers/2019-20/health-board.html\nWrote covers/2019-20/health-board.docx\n\
         Wrote covers/2019-20/safermk-partnership.html\nWrote covers/2019-20/safermk-partnership.docx\n"
    );
    let numbered = |titles: &[&str]| -> Vec<String> {
        titles.iter().enumerate().map(|(index, title)| format!("{}. {title}", index + 1)).collect()
    };
    let merton = [vec!["Recommendations".to_owned()], numbered(&MERTON)].concat();
    for (name, expected) in [("health-board", merton), ("safermk-partnership", numbered(&SAFERMK))] {
        let path = site.path().join("covers/2019-20").join(name);
        let html = fs::read_to_string(path.with_extension("html")).unwrap();
        assert_eq!(headings(&html), expected);
        assert_eq!((html.matches("<main>").count(), html.matches("</main>").count()), (1, 1));
        let written = paragraphs(&path.with_extension("docx"));
        let in_word = written.into_iter().filter(|(style, _)| style == "Heading1").map(|(_, text)| text);
        assert_eq!(in_word.collect::<Vec<_>>(), expected);
    }
}

#[test]
fn what_the_report_and_the_entry_say_is_under_the_headings() {
    let site = site();
    assert!(annal(site.path(), &["cover", "--to", "health and wellbeing board"]).status.success());
    let path = site.path().join("covers/2019-20/health-board.docx");
    assert!(!path.with_file_name("safermk-partnership.docx").exists(), "only the one that was asked for");
    let word: Vec<String> = paragraphs(&path).into_iter().map(|(_, text)| text).collect();
    let after = |heading: &str| {
        let at = word.iter().position(|text| text.ends_with(heading)).unwrap();
        word[at + 1..].iter().map(String::as_str)
    };
    let facts = [
        "Committee Health and Wellbeing Board",
        "Date of meeting 6 October 2020",
        "Date sent 14 September 2020",
        "Subject Annual report 2019-20",
        "Reason for report For decision",
        "Lead officer Director of Children, Schools and Families",
    ];
    assert_eq!(word[1..7], facts);
    assert!(after("Recommendations").take(2).eq([
        "A That the board notes the annual report.",
        "B That all partners share information as the report asks."
    ]));
    assert!(
        after(MERTON[0])
            .take(2)
            .eq(["1.1 More families were helped early.", "33%: Referrals to early help rose <by a third>."])
    );
    assert!(after(MERTON[1]).take(2).eq(["2.1 Safe homes: Good progress.", "Two refuges opened."]));
    assert!(after(MERTON[2]).take(1).eq(["3.1 None arising."]));
    let money = "6.1 Income was £150,000.50 and expenditure £100,000.10, which leaves £50,000.40.";
    let income = ["Income", "Amount", "Council", "£120,000.45", "Police", "£30,000.05", "Total", "£150,000.50"];
    assert!(after(MERTON[5]).take(9).eq([money].into_iter().chain(income)));
    let legal: Vec<&str> = after(MERTON[6]).take_while(|text| !text.ends_with(MERTON[7])).collect();
    assert!(legal[0].starts_with("7.1 The report covers "), "{legal:?}");
    assert!(
        legal.ends_with(&["7.3 The report is a duty of the partners:", "to publish it;", "to send it."]),
        "{legal:?}"
    );
    assert!(after(MERTON[8]).take(1).eq(["9.1 Better safeguarding reduces crime & disorder."]));
    assert!(after(MERTON[10]).take(1).eq(["11.1 Appendix 1: Annual report 2019-20 (report.pdf)"]));
    let html = fs::read_to_string(path.with_extension("html")).unwrap();
    for shown in [
        "<td>£120,000.45</td>",
        "<td>£150,000.50</td>",
        "rose &lt;by a third&gt;.",
        "crime &amp; disorder",
        "report.pdf",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
}

#[test]
fn without_progress_the_highlights_are_what_boards_and_agencies_say_of_their_year() {
    let site = site();
    let write = |path: &str, text: &str| fs::write(site.path().join("content/2019-20").join(path), text).unwrap();
    write("report.yaml", &REPORT.replace(", progress: {state: good, text: Two refuges opened.}", ""));
    let details = |summary: &str| {
        let done = "## What we did\n\nThe year in figures.\n\n- We *listened* to all. {priority: homes}\n- We acted.\n\n## What next\n\n- Train all officers.\n";
        write("agencies/police.md", &format!("{summary}{done}"));
        assert!(annal(site.path(), &["cover", "--replace"]).status.success());
        let word = paragraphs(&site.path().join("covers/2019-20/health-board.docx"));
        let at = word.iter().position(|(_, text)| text.ends_with(MERTON[1])).unwrap();
        word[at + 1].1.clone()
    };
    assert_eq!(details("---\nsummary: Officers came sooner.\n---\n"), "Westshire Police: Officers came sooner.");
    assert_eq!(details(""), "Westshire Police: We listened to all.");
}

#[test]
fn the_same_report_gives_the_same_bytes_and_changes_made_by_people_are_kept() {
    let (site, other) = (site(), site());
    assert!(annal(site.path(), &["cover"]).status.success());
    // By id, by name, and by the name of the file.
    for to in ["health-board", "SAFERMK Partnership", "safermk-partnership"] {
        assert!(annal(other.path(), &["cover", "--to", to]).status.success(), "{to}");
    }
    for name in ["health-board.html", "health-board.docx", "safermk-partnership.html", "safermk-partnership.docx"] {
        let read = |site: &TempDir| fs::read(site.path().join("covers/2019-20").join(name)).unwrap();
        assert_eq!(read(&site), read(&other), "{name}");
    }
    assert!(annal(site.path(), &["cover"]).status.success(), "nothing has changed");
    let edited = site.path().join("covers/2019-20/health-board.docx");
    fs::write(&edited, "what the clerk wrote").unwrap();
    let refused = annal(site.path(), &["cover"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("covers/2019-20/health-board.docx already exists"), "{}", stderr(&refused));
    assert_eq!(fs::read_to_string(&edited).unwrap(), "what the clerk wrote");
    assert!(annal(site.path(), &["cover", "--replace"]).status.success());
    assert_eq!(fs::read(&edited).unwrap(), fs::read(other.path().join("covers/2019-20/health-board.docx")).unwrap());
}

#[test]
fn nothing_of_it_is_published() {
    let site = site();
    assert!(annal(site.path(), &["cover"]).status.success());
    let built = annal(site.path(), &["build"]);
    assert!(built.status.success(), "{}", stderr(&built));
    let output = site.path().join("output");
    let mut files = 0;
    for entry in walk(&output) {
        let name = entry.strip_prefix(&output).unwrap().display().to_string();
        assert!(!name.contains("cover"), "{name}");
        let bytes = fs::read(&entry).unwrap();
        files += 1;
        for words in [
            "Director of Children",
            "share information as the report asks",
            "Alternative options",
            "crime &amp; disorder",
            "reviewed yearly",
        ] {
            assert!(!bytes.windows(words.len()).any(|window| window == words.as_bytes()), "{words} in {name}");
        }
    }
    assert!(files > 10);
}

/// All files of a folder.
fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn what_stops_it_says_what_to_do() {
    let empty = TempDir::new().unwrap();
    let run = annal(empty.path(), &["cover"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("no site found"), "{}", stderr(&run));
    let site = site();
    let run = annal(site.path(), &["cover", "--to", "mayor"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("it has reports to `health-board` and `SaferMK Partnership`"), "{}", stderr(&run));
    let report = site.path().join("content/2019-20/report.yaml");
    fs::write(&report, REPORT.replace("considered: 2020-10-06", "considered: 2020-08-06")).unwrap();
    let run = annal(site.path(), &["cover"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(stderr(&run).contains("annal check --year 2019-20"), "{}", stderr(&run));
    assert!(!site.path().join("covers").exists());
    fs::write(&report, REPORT.split("distribution:").next().unwrap()).unwrap();
    let run = annal(site.path(), &["cover"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("annal new cover merton"), "{}", stderr(&run));
}

/// A copy of one of the sites of real documents.
fn site_of_document(name: &str) -> TempDir {
    let (from, to) = (support::root().join("tests/sites").join(name), TempDir::new().unwrap());
    for file in walk(&from.join("content")) {
        let target = to.path().join(file.strip_prefix(&from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&file, target).unwrap();
    }
    to
}

/// Merton's report of 23 June 2015 and `SaferMK`'s decision report: the site, the headings, and the name of the report.
const DOCUMENTS: [(&str, &str, &str, &[&str]); 2] = [
    ("merton-2015", "merton", "covers/2015-16/hwb", &MERTON),
    ("safermk-2016", "safermk", "covers/2016-17/safermk", &SAFERMK),
];

#[test]
fn the_reports_of_real_committees_have_their_headings_and_facts() {
    for (name, skeleton, written, titles) in DOCUMENTS {
        let (site, empty) = (site_of_document(name), site());
        let headings = format!("content/covers/{skeleton}.yaml");
        let read = |folder: &TempDir| fs::read_to_string(folder.path().join(&headings)).unwrap();
        assert_eq!(read(&site), read(&empty), "{name} has the headings that annal carries");
        let run = annal(site.path(), &["cover"]);
        assert!(run.status.success(), "{}", stderr(&run));
        let word = paragraphs(&site.path().join(written).with_extension("docx"));
        let in_word: Vec<_> = word.iter().filter(|(style, _)| style == "Heading1").map(|(_, text)| text).collect();
        let numbered = titles.iter().enumerate().map(|(index, title)| format!("{}. {title}", index + 1));
        assert!(numbered.clone().eq(in_word[in_word.len() - titles.len()..].iter().map(ToString::to_string)));
        let text: Vec<&str> = word.iter().map(|(_, text)| text.as_str()).collect();
        let facts: &[&str] = match skeleton {
            "merton" => &[
                "Committee Health and Wellbeing Board",
                "Date of meeting 23 June 2015",
                "Lead officer Director of Children, Schools and Families",
                "A That everyone on the Merton Partnership's board and sub boards goes on making sure that their agencies keep to \
                 the law and to good practice.",
                "3.1 None arising.",
                "4.1 None arising.",
                "5.1 None arising.",
                "6.1 None arising.",
                "11.1 Appendix 1: Sharing information to keep children safe (report.pdf)",
                "11.2 Appendix 2: The ministers' letter of 3 March 2015, and the answer of 6 March 2015 by the director and the \
                 chair of the MSCB.",
                "12.1 None arising.",
            ],
            _ => &[
                "Lead officer Head of Community Safety",
                "2.1 That what was presented on areas of common interest is noted.",
                "2.2 That the agreement with the Safeguarding Children Board is agreed.",
                "2.3 That both chairs review it each year.",
                "3.1 None arising.",
                "7.2 Annex: the agreement between the two boards.",
            ],
        };
        let mut rest = text.iter();
        for fact in facts {
            assert!(rest.any(|line| line == fact), "{fact} is not in {text:#?}");
        }
    }
}

/// Run by `tests/soak covers`.
#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_shows_all_headings_in_order() {
    for (name, _, written, titles) in DOCUMENTS {
        let site = site_of_document(name);
        assert!(annal(site.path(), &["cover"]).status.success());
        let document = site.path().join(written).with_extension("docx");
        let profile = format!("-env:UserInstallation=file://{}", site.path().join("profile").display());
        let mut soffice = Command::new("soffice");
        soffice.args([&*profile, "--headless", "--convert-to", "pdf", "--outdir"]).arg(site.path()).arg(&document);
        assert!(soffice.output().unwrap().status.success());
        let pdf = site.path().join(document.file_stem().unwrap()).with_extension("pdf");
        let shown =
            Command::new("pdftotext").args(["-layout".as_ref(), pdf.as_os_str(), "-".as_ref()]).output().unwrap();
        let shown = String::from_utf8(shown.stdout).unwrap();
        let words: Vec<&str> = shown.split_whitespace().collect();
        let shown = words.join(" ");
        let mut rest = shown.as_str();
        for (index, title) in titles.iter().enumerate() {
            let heading = format!("{}. {title}", index + 1);
            rest = rest.split_once(&heading).unwrap_or_else(|| panic!("{heading} is not shown in order:\n{shown}")).1;
        }
        println!("{name}: {} headings in order", titles.len());
    }
}

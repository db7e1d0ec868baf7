//! One year at a time: what is being written stops nothing that is published, and the other way round.

#![allow(clippy::disallowed_methods, reason = "these tests write sites to the disk, as people do")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use support::command::{annal, json, printed};
use support::site::Site;

const YEAR: &str = "period: {from: 2023-04-01, to: 2024-03-31}\nboards: [{id: risk, name: Risk Board}]\n\
    agencies: [{id: police, name: Northshire Police}, {id: fire, name: Fire Service}]\n";
const TEXT: &str = "## What have we done?\n\nWork.\n\n## What will we do next?\n\n- Train all officers.\n";
const ANSWER: &str = "---\nfollow_up: [{commitment: train-all-officers, outcome: delivered}]\n---\n";
/// A text with faults in it, for a place that is not published yet.
const FAULTY: &str =
    "## What have we done?\n\n[x](nowhere.md) <b>x</b> 943 476 5919 and the XYZ.\n\nCall 07700 900123.\n";

/// Two years that are published, without fault.
fn live() -> Site {
    let mut site = Site::from([("content/site.yaml", "title: A partnership\nbase_url: https://example.org\n")]);
    for (year, front) in [("2022-23", ""), ("2023-24", ANSWER)] {
        site = site.file(&format!("content/{year}/report.yaml"), format!("title: Annual report {year}\n{YEAR}"));
        for who in ["boards/risk", "agencies/police", "agencies/fire"] {
            site = site.file(&format!("content/{year}/{who}.md"), format!("{front}{TEXT}"));
        }
    }
    site
}

/// The same site with an embargoed year and a year in preparation beside them, both full of faults.
fn with_faults() -> Site {
    let mut site = live();
    for (year, held) in [("2024-25", "embargo: 2027-01-15\n"), ("2025-26", "state: preparing\n")] {
        let report = format!("title: Annual report {year}\n{YEAR}{held}nonsense: true\ncontents: [nothing]\n");
        site = site
            .file(&format!("content/{year}/report.yaml"), report)
            .file(&format!("content/{year}/boards/nobody.md"), TEXT)
            .file(&format!("content/{year}/agencies/police.md"), FAULTY)
            .file(&format!("content/{year}/data/budget.csv"), "kind,line\nincome,x\n");
    }
    site
}

/// The files below a folder, by their paths.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn a_new_year_with_all_its_forms_changes_nothing_that_is_published() {
    let site = live().on_disk();
    let run = |args: &[&str]| annal(site.path(), args);
    let built = printed(&run(&["build"]));
    assert!(built.ends_with("output/\n--- exit status 0 ---"), "{built}");
    let before = files(&site.path().join("output"));
    for args in [&["new", "year", "2025-26"][..], &["new", "agency", "--all"], &["new", "board", "--all"]] {
        assert_eq!(run(args).status.code(), Some(0), "{args:?}");
    }
    let status = json(&run(&["status", "--format", "json"]));
    let of =
        |key: &str| status["submissions"].as_array().unwrap().iter().map(|sent| sent[key].clone()).collect::<Vec<_>>();
    assert_eq!(of("state"), ["not-begun", "not-begun", "not-begun"]);
    assert_eq!(of("received"), [false, false, false]);
    assert_eq!(status["summary"]["missing"], 3);
    let checked = run(&["check", "--format", "json"]);
    assert_eq!(checked.status.code(), Some(0));
    let checked = json(&checked);
    assert_eq!(checked["diagnostics"], Value::Array(Vec::new()));
    let codes: Vec<_> = checked["left_out"].as_array().unwrap().iter().map(|found| found["code"].clone()).collect();
    assert_eq!(codes, ["missing-submission"; 3], "one for each form, and nothing else");
    let built = printed(&run(&["build"]));
    assert!(built.ends_with("\nLeft out: 2025-26 (in preparation)\n--- exit status 0 ---"), "{built}");
    assert!(files(&site.path().join("output")) == before, "the built site is the same to the byte");
    assert!(printed(&run(&["status"])).contains("Left out of the build: 2025-26 (in preparation)"));
}

#[test]
fn what_is_not_built_does_not_block() {
    let (alone, beside) = (live().on_disk(), with_faults().on_disk());
    for site in [&alone, &beside] {
        let built = annal(site.path(), &["build"]);
        assert_eq!(built.status.code(), Some(0), "{}", printed(&built));
    }
    assert!(files(&alone.path().join("output")) == files(&beside.path().join("output")));
    let check = |site: &Path, args: &[&str]| {
        let checked = annal(site, &[&["check", "--format", "json"], args].concat());
        (checked.status.code(), json(&checked))
    };
    let (status, found) = check(beside.path(), &["--deny", "warnings"]);
    assert_eq!((status, &found["diagnostics"]), (Some(0), &check(alone.path(), &[]).1["diagnostics"]));
    assert_eq!(found["summary"]["errors"], 0);
    let left_out = found["left_out"].as_array().unwrap();
    for year in ["2024-25", "2025-26"] {
        for code in [
            "personal-data",
            "raw-html",
            "unknown-key",
            "missing-submission",
            "unexpected-submission",
            "missing-column",
        ] {
            let is_meant = |one: &&Value| one["code"] == code && one["file"].as_str().unwrap().contains(year);
            assert!(left_out.iter().any(|one| is_meant(&one)), "{year} {code}");
        }
    }
    let human = printed(&annal(beside.path(), &["check"]));
    assert!(
        human.starts_with(
            "Problems in what the build leaves out: 2024-25 (under embargo until 15 January 2027), 2025-26 (in \
             preparation). They do not stop it.\n"
        ),
        "{human}"
    );
    assert!(human.ends_with("no problems\n--- exit status 0 ---"), "{human}");
    let github = printed(&annal(beside.path(), &["check", "--format", "github"]));
    assert!(github.contains("::notice ") && !github.contains("::error "), "{github}");
    for year in ["2024-25", "2025-26"] {
        assert_eq!(check(beside.path(), &["--year", year]).0, Some(1), "whoever names a year wants it judged");
    }
    assert_eq!(check(beside.path(), &["--year", "2023-24"]).0, Some(0));
    assert_eq!(check(beside.path(), &["content/2025-26/agencies/police.md"]).0, Some(1));
}

#[cfg(unix)]
#[test]
fn a_live_year_is_printed_whatever_the_others_are_like() {
    let site = with_faults().on_disk();
    let browser = support::command::browser(site.path(), "printf '%%PDF-1.4 whole %%%%EOF' > \"$pdf\"");
    let print = |year: &[&str]| printed(&annal(site.path(), &[&["pdf", "--browser", &browser], year].concat()));
    for year in [&["--year", "2023-24"][..], &["--year", "2022-23"], &[]] {
        let done = print(year);
        assert!(done.contains("Saved ") && done.ends_with("--- exit status 0 ---"), "{done}");
    }
    let refused = print(&["--year", "2025-26"]);
    assert!(refused.contains("`--drafts`") && refused.ends_with("--- exit status 1 ---"), "{refused}");
}

#[test]
fn a_year_that_is_held_back_is_refused_with_every_way_to_see_it() {
    let site = with_faults()
        .file("content/site.yaml", "title: A partnership\nbase_url: https://westshire.example\n")
        .on_disk();
    let run = |args: &[&str]| printed(&annal(site.path(), args));
    // That output/ has other years is not what the year is refused for.
    run(&["build"]);
    for year in ["2024-25", "2025-26"] {
        for command in [&["build"][..], &["pdf"], &["publish", "file:www"]] {
            let refused = run(&[command, &["--year", year]].concat());
            assert!(refused.ends_with("--- exit status 1 ---"), "{command:?} {year}: {refused}");
            for option in ["--proof", "--drafts", "--embargoed"] {
                assert!(refused.contains(option), "{command:?} {year} {option}: {refused}");
            }
        }
    }
    let alone = run(&["build", "--year", "2023-24"]);
    assert!(alone.contains("output/ holds 2022-23 too") && alone.ends_with("--- exit status 2 ---"), "{alone}");
}

#[test]
fn drafts_do_not_block_but_what_may_be_one_does() {
    let draft =
        |status: &str| live().file("content/2023-24/agencies/fire.md", format!("---\nstatus: {status}\n---\n{FAULTY}"));
    let check = |site: Site| {
        let site = site.on_disk();
        annal(site.path(), &["check", "-q"]).status.code()
    };
    assert_eq!(check(draft("draft")), Some(0));
    assert_eq!(check(draft("submitted")), Some(1));
    assert_eq!(check(draft("drfat")), Some(1));
    let year = |held: &str| {
        live().file("content/2024-25/report.yaml", format!("title: Annual report\n{YEAR}{held}\nnonsense: true\n"))
    };
    assert_eq!(check(year("state: preparing")), Some(0));
    for held in ["", "state: prepared", "state:", "embargo: soon", "stat: preparing"] {
        assert_eq!(check(year(held)), Some(1), "{held}");
    }
}

#[test]
fn an_acronym_counts_where_it_is_published() {
    let with = |text: &str| format!("{text}\nThe QXZ met.\n");
    let in_draft = live().file("content/2022-23/agencies/fire.md", with("---\nstatus: draft\n---\n## What we did\n"));
    let site = in_draft.clone().on_disk();
    let found = json(&annal(site.path(), &["check", "--format", "json"]));
    assert_eq!(found["summary"]["warnings"], 0, "{found}");
    let site = in_draft.file("content/2023-24/agencies/police.md", with(&format!("{ANSWER}{TEXT}"))).on_disk();
    let found = json(&annal(site.path(), &["check", "--format", "json"]));
    let places: Vec<_> = found["diagnostics"].as_array().unwrap().iter().map(|one| one["file"].clone()).collect();
    assert_eq!(places, ["content/2023-24/agencies/police.md"], "{found}");
}

#[test]
fn one_year_is_built_alone() {
    let broken = live().file("content/2022-23/agencies/fire.md", FAULTY).on_disk();
    let run = |args: &[&str]| annal(broken.path(), args);
    assert_eq!(run(&["build"]).status.code(), Some(1));
    let built = run(&["build", "--year", "2023-24", "--output", "one"]);
    assert_eq!(built.status.code(), Some(0), "{}", printed(&built));
    let one = broken.path().join("one");
    assert!(one.join("2023-24/index.html").exists() && !one.join("2022-23").exists());
    let answered = fs::read_to_string(one.join("2023-24/agencies/police/index.html")).unwrap();
    assert!(answered.contains("Train all officers"), "it reports back on the year before in its words");
    // The year before is not there, so nothing may lead to it.
    for (path, bytes) in
        files(&one).iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|its| its == "html"))
    {
        assert!(!String::from_utf8_lossy(bytes).contains("href=\"/2022-23/"), "{path}");
    }
    let whole = live().on_disk();
    assert_eq!(annal(whole.path(), &["build"]).status.code(), Some(0));
    let refused = printed(&annal(whole.path(), &["build", "--year", "2023-24"]));
    assert!(refused.contains("`--output DIR`") && refused.ends_with("--- exit status 2 ---"), "{refused}");
    assert!(whole.path().join("output/2022-23/index.html").exists());
}

#[test]
fn a_year_that_is_not_ready_is_refused_with_the_way_to_see_it() {
    let site = with_faults().on_disk();
    for (year, way) in [("2024-25", "`--embargoed`"), ("2025-26", "`--drafts`")] {
        let refused = printed(&annal(site.path(), &["build", "--year", year]));
        assert!(refused.contains(way) && refused.ends_with("--- exit status 1 ---"), "{refused}");
        assert!(!site.path().join("output").exists());
    }
    let site = live()
        .file(
            "content/2024-25/report.yaml",
            "title: T\nperiod: {from: 2024-04-01, to: 2025-03-31}\nboards: []\nagencies: []\nstate: preparing\n",
        )
        .on_disk();
    let built = annal(site.path(), &["build", "--year", "2024-25", "--drafts"]);
    assert_eq!(built.status.code(), Some(0), "{}", printed(&built));
    assert!(site.path().join("output/2024-25/index.html").exists());
}

#[test]
fn a_contact_is_in_no_output() {
    let report = YEAR
        .replace("name: Risk Board", "name: Risk Board, contact: zebra@risk.example")
        .replace("name: Fire Service", "name: Fire Service, contact: Zoe Zebra <zebra@fire.example>");
    let site = live().file("content/2023-24/report.yaml", format!("title: T\n{report}")).on_disk();
    let built = annal(site.path(), &["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", printed(&built));
    for (path, bytes) in files(&site.path().join("output")) {
        assert!(!String::from_utf8_lossy(&bytes).to_lowercase().contains("zebra"), "{path}");
    }
}

#[test]
fn who_was_renamed_still_answers_for_last_year() {
    let report = |formerly: &str| {
        YEAR.replace(
            "{id: police, name: Northshire Police}",
            &format!("{{id: force, name: The Force, formerly: {formerly}}}"),
        )
    };
    let renamed = |formerly: &str| {
        live()
            .without("content/2023-24/agencies/police.md")
            .file("content/2023-24/agencies/force.md", format!("{ANSWER}{TEXT}"))
            .file("content/2023-24/report.yaml", format!("title: T\n{}", report(formerly)))
            .on_disk()
    };
    let site = renamed("police");
    assert_eq!(printed(&annal(site.path(), &["check", "-q", "--deny", "warnings"])), "--- exit status 0 ---");
    let listed = printed(&annal(site.path(), &["commitments", "--year", "2022-23"]));
    assert!(listed.contains("police/train-all-officers\n    Train all officers.\n    -> delivered"), "{listed}");
    annal(site.path(), &["build"]);
    let page = fs::read_to_string(site.path().join("output/2023-24/agencies/force/index.html")).unwrap();
    assert!(page.contains("/2022-23/agencies/police/#"), "the answer leads to what was promised");
    let page = fs::read_to_string(site.path().join("output/2023-24/commitments/index.html")).unwrap();
    assert!(page.contains("The Force"), "{page}");
    let is_twice = page.contains("Northshire Police") || page.contains("No update given");
    assert!(!is_twice, "what it answered is listed under its old name too, as unanswered: {page}");
    fs::remove_file(site.path().join("content/2023-24/agencies/force.md")).unwrap();
    annal(site.path(), &["new", "agency", "force"]);
    let form = fs::read_to_string(site.path().join("content/2023-24/agencies/force.md")).unwrap();
    assert!(form.contains("commitment: train-all-officers"), "{form}");
    let unknown = printed(&annal(renamed("polcie").path(), &["check"]));
    assert!(unknown.contains("error[unknown-id]: 2022-23 has no agency with the id `polcie`"), "{unknown}");
    assert!(unknown.contains("did you mean `police`?"), "{unknown}");
}

#[test]
fn checking_a_file_shows_that_file_alone() {
    let site = live()
        .file("content/2023-24/agencies/fire.md", "## What have we done?\n\n## What will we do next?\n")
        .file("content/2023-24/agencies/police.md", format!("{ANSWER}{FAULTY}"))
        .on_disk();
    let codes = |folder: &str, args: &[&str]| {
        let checked = annal(&site.path().join(folder), &[&["check", "--format", "json"], args].concat());
        let found = json(&checked);
        let found: Vec<_> = found["diagnostics"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
        (checked.status.code(), found)
    };
    assert_eq!(codes("", &["content/2022-23"]), (Some(0), Vec::new()));
    assert_eq!(codes("content/2023-24", &["agencies/fire.md"]), (Some(1), vec!["missing-submission".into()]));
    assert!(codes("", &["content/2023-24/agencies/police.md"]).1.len() > 3);
    let unknown = printed(&annal(site.path(), &["check", "content/2023-24/agencies/polcie.md"]));
    assert!(unknown.contains("did you mean `content/2023-24/agencies/police.md`?"), "{unknown}");
    assert!(unknown.ends_with("--- exit status 2 ---"), "{unknown}");
}

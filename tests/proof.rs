//! A proof says on every page that it is one, has everything, and no byte of it can be in the site.

#![allow(clippy::disallowed_methods, reason = "these tests build sites on the disk")]

mod support;

use std::fs;
use std::path::Path;

use support::command::{annal, printed};
use support::site::Site;
use tempfile::TempDir;

const DRAFT: &str =
    "---\nstatus: draft\n---\n## What we did\n\nWe *trained* the heron wardens.\n\n## What next\n\n- Train more.\n";

/// A site with a draft, an error, and a year in preparation that is also under embargo.
fn site() -> TempDir {
    let year = "title: Annual report 2024-25\nperiod: {from: 2024-04-01, to: 2025-03-31}\nstate: preparing\nembargo: 2099-01-01\n\
        due: 2024-05-01\nboards: []\nagencies: [{id: council, name: Northshire Council}, {id: police, name: Northshire Police}]\n";
    Site::open("tests/cases/_base")
        .file("content/2024-25/report.yaml", year)
        .file("content/2024-25/agencies/police.md", DRAFT)
        .file("content/2023-24/agencies/council.md", "## What we did\n\nWe met.\n")
        .on_disk()
}

/// The texts of a folder and all below it, by their paths.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let text = |path: &Path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
    files.map(|entry| (entry.path().strip_prefix(folder).unwrap().display().to_string(), text(entry.path()))).collect()
}

#[test]
fn every_page_of_a_proof_says_that_it_is_one() {
    let site = site();
    let built = annal(site.path(), &["build", "--proof"]);
    assert!(printed(&built).contains("This is a proof"), "{}", printed(&built));
    let texts = texts(&site.path().join("proof"));
    let pages =
        || texts.iter().filter(|(path, _)| Path::new(path.as_str()).extension().is_some_and(|ending| ending == "html"));
    assert!(pages().count() > 20);
    for (path, page) in pages() {
        assert!(page.contains("of 18 November 2026. Not for publication."), "{path}");
        assert!(page.contains("<meta name=\"robots\" content=\"noindex, nofollow\">"), "{path}");
        let root = "../".repeat(path.matches('/').count());
        assert!(page.contains(&format!("<link rel=\"stylesheet\" href=\"{root}proof.css\">")), "{path}");
    }
    let text = |name: &str| &texts.iter().find(|(path, _)| path == name).unwrap_or_else(|| panic!("{name}")).1;
    assert_eq!(text("robots.txt"), "User-agent: *\nDisallow: /\n");
    assert!(text("_headers").contains("X-Robots-Tag: noindex"));
    let police = text("2024-25/agencies/police/index.html");
    assert!(police.contains("heron wardens") && police.contains("id=\"paragraph-2\">2</span>"), "{police}");
    assert!(
        text("2023-24/agencies/council/index.html").contains("does not say what happens next"),
        "errors are in their places"
    );
}

#[test]
fn a_proof_says_what_is_needed_of_whom() {
    let site = site();
    annal(site.path(), &["build", "--proof", "--year", "2024-25"]);
    let page = |name: &str| fs::read_to_string(site.path().join("proof").join(name)).unwrap();
    let list = page("needs.html");
    for name in ["needs-2024-25-agency-council.html", "needs-2024-25-agency-police.html"] {
        assert!(list.contains(name), "{list}");
    }
    let council = page("needs-2024-25-agency-council.html");
    assert!(council.contains("We have not received a text yet."), "{council}");
    // Last year's text had no plans, so nothing is asked of that.
    let police = page("needs-2024-25-agency-police.html");
    assert!(police.contains("What we have is a draft"), "{police}");
    assert!(police.contains("Train the call handlers."), "the commitment of last year without an update: {police}");
    for page in [&council, &police] {
        let main = &page[page.find("<main").unwrap()..page.find("</main>").unwrap()];
        for word in ["yaml", ".md", "`", "missing-", "line "] {
            assert!(!main.contains(word), "{word}: {main}");
        }
    }
}

#[test]
fn nothing_of_a_proof_is_in_the_site() {
    let site = site();
    fs::write(site.path().join("content/2023-24/agencies/council.md"), DRAFT.replace("draft", "submitted")).unwrap();
    let build = |args: &[&str]| annal(site.path(), &[&["build"], args].concat());
    // The year in preparation has errors, which stop no proof.
    assert_eq!(build(&["--proof"]).status.code(), Some(1));
    assert!(site.path().join("proof/needs.html").exists());
    assert!(build(&[]).status.success());
    let output = site.path().join("output");
    let before = texts(&output);
    for (path, text) in &before {
        for word in ["proof", "paragraph-", "Not for publication", "noindex"] {
            assert!(!text.contains(word), "{word} is in {path}");
        }
    }
    fs::rename(&output, site.path().join("site")).unwrap();
    for folder in ["output", "site"] {
        let refused = build(&["--proof", "--output", folder]);
        assert_eq!(refused.status.code(), Some(2), "{}", printed(&refused));
        assert!(printed(&refused).contains("a proof must not be"), "{}", printed(&refused));
    }
    assert!(!output.exists());
    assert_eq!(texts(&site.path().join("site")), before);
    assert!(printed(&build(&["--proof"])).contains("This is a proof"), "a proof takes the place of an earlier one");
}

#[test]
fn each_language_and_each_open_year_has_its_list_of_what_is_needed() {
    let site = Site::open("tests/sites/bilingual").on_disk();
    let report = site.path().join("content/2022-23/report.yaml");
    fs::write(&report, fs::read_to_string(&report).unwrap() + "\nstate: preparing\n").unwrap();
    annal(site.path(), &["build", "--proof"]);
    let page = |name: &str| fs::read_to_string(site.path().join("proof").join(name)).unwrap();
    for folder in ["", "cy/"] {
        let list = page(&format!("{folder}needs.html"));
        for year in ["2022-23", "2023-24"] {
            let name = format!("needs-{year}-agency-health.html");
            assert!(list.contains(&format!("href=\"{name}\"")), "{list}");
            assert!(page(&format!("{folder}{name}")).contains(&format!("href=\"{year}/agencies/health/\"")));
        }
    }
    assert!(page("cy/needs.html").contains("Yr hyn sydd ei angen arnom gennych"));
    assert!(page("cy/2023-24/index.html").contains("href=\"../../cy/needs.html\""), "the banner leads to it");
}

#[test]
fn warnings_are_in_their_places_in_a_proof_alone() {
    let site = Site::open("tests/cases/_base")
        .file("content/2023-24/agencies/police.md", "## What we did\n\nTBC.\n\n## What next\n\n- Train more.\n")
        .on_disk();
    annal(site.path(), &["build", "--proof"]);
    annal(site.path(), &["build"]);
    let page = |folder: &str| fs::read_to_string(site.path().join(folder).join("2023-24/agencies/police/index.html"));
    let proof = page("proof").unwrap();
    assert!(proof.contains("There is 1 warning about this page") && proof.contains("TBC"), "{proof}");
    assert!(!page("output").unwrap().contains("warning about this page"));
}

/// Errors do not stop a proof, so names and titles may hold what must not be published.
#[test]
fn what_is_needed_is_said_without_personal_data() {
    let year = "title: Annual report of Jane, 07700 900123\nperiod: {from: 2024-04-01, to: 2025-03-31}\nstate: preparing\n\
        boards: []\nagencies: [{id: fire-07700900124, name: \"Fire Service (Jane, 07700 900125)\"}]\n";
    let site = Site::open("tests/cases/_base").file("content/2024-25/report.yaml", year).on_disk();
    annal(site.path(), &["build", "--proof"]);
    let texts = texts(&site.path().join("proof"));
    let needs: Vec<_> = texts.iter().filter(|(path, _)| path.starts_with("needs")).collect();
    assert_eq!(needs.len(), 2, "{:?}", texts.iter().map(|(path, _)| path).collect::<Vec<_>>());
    for (path, page) in needs {
        assert!(page.contains("Fire Service (Jane, [withheld])"), "{path}: {page}");
        for number in ["900123", "900124", "900125"] {
            assert!(!page.contains(number) && !path.contains(number), "{path}: {page}");
        }
    }
}

//! Publishing to a folder and to a zip.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::reader::walk;
use crate::westshire::{Files, Westshire, assert_titles_of_a_rollback, everything, files_in};

/// A site that publishes to a folder, and that folder.
fn folder_site() -> (Westshire, tempfile::TempDir) {
    let target = tempfile::tempdir().unwrap();
    (Westshire::new(&format!("{{to: \"file://{}/www\"}}", target.path().display())), target)
}

/// The files of a site that are not shown as they should be.
fn missing<'a>(shown: &Files, site: &'a Files) -> Vec<&'a String> {
    site.iter().filter(|(path, bytes)| shown.get(*path) != Some(bytes)).map(|(path, _)| path).collect()
}

/// What the web server shows.
fn live(target: &Path) -> Files {
    files_in(&fs::canonicalize(target.join("www/current")).unwrap())
}

#[test]
fn a_folder_holds_releases_and_a_link_to_the_live_one() {
    let (site, target) = folder_site();
    let one = site.built();
    assert!(one.contains_key(".well-known/security.txt"), "fixed files are published");
    let said = site.published(&["--by", "Jo Bloggs"]);
    assert!(said.contains("Published to live: https://reports.westshire.example/annual\n"), "{said}");
    assert!(said.contains("  added    Police – 2023-24 · 2023-24/agencies/police/\n"), "{said}");
    assert_eq!(live(target.path()), one);
    let link = fs::read_link(target.path().join("www/current")).unwrap();
    let record = fs::read_to_string(target.path().join("www").join(&link).with_extension("json")).unwrap();
    assert!(record.contains("\"by\":\"Jo Bloggs\"") && record.contains("We visited homes."), "{record}");

    site.two();
    let two = site.built();
    let json = site.published_json(&[]);
    assert_eq!(json["published"], true);
    assert_eq!(json["pages"]["added"], serde_json::json!(["2024-25/agencies/nps/"]));
    assert_eq!(json["pages"]["removed"], serde_json::json!(["2024-25/agencies/fire/"]));
    let there = live(target.path());
    let old_assets = one.keys().filter(|path| path.starts_with("assets/") && !two.contains_key(*path));
    assert!(old_assets.clone().count() > 0);
    assert!(old_assets.clone().all(|path| there.contains_key(path)), "assets stay for readers of old pages");
    assert!(!there.contains_key("2024-25/agencies/fire/index.html"));
    assert!(two.iter().all(|(path, bytes)| there.get(path) == Some(bytes)));

    // The release is named by its content alone.
    site.one();
    let said = site.published(&["--allow-removals"]);
    assert!(said.contains("  removed  Probation – 2024-25 · 2024-25/agencies/nps/\n"), "{said}");
    assert_eq!(fs::read_link(target.path().join("www/current")).unwrap(), link);
}

#[test]
fn an_unchanged_site_touches_nothing() {
    let (site, target) = folder_site();
    site.published(&[]);
    let times = || -> Vec<(std::path::PathBuf, SystemTime)> {
        let entries = walkdir::WalkDir::new(target.path()).into_iter().map(Result::unwrap);
        entries.map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().modified().unwrap())).collect()
    };
    let before = times();
    let said = site.published(&[]);
    assert!(said.starts_with("live is up to date: it has release "), "{said}");
    assert_eq!(times(), before);
    assert!(!site.root().join(".publish.annal").exists());
}

#[test]
fn other_bytes_of_the_same_size_and_time_are_published() {
    let (site, target) = folder_site();
    let file = site.root().join("content/static/a.txt");
    let stamp = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    for text in ["one", "two"] {
        fs::write(&file, text).unwrap();
        fs::File::options().write(true).open(&file).unwrap().set_modified(stamp).unwrap();
        site.published(&[]);
        assert_eq!(live(target.path())["a.txt"], text.as_bytes());
    }
}

#[test]
fn a_rollback_makes_the_release_before_live_again_and_is_a_release_itself() {
    let (site, target) = folder_site();
    let one = site.built();
    site.published(&[]);
    let first = site.published_json(&["--status"])["live"]["release"].clone();
    site.two();
    let two = site.built();
    site.published(&[]);
    let second = site.published_json(&["--status"])["live"]["release"].clone();
    let shows = |files: &Files| missing(&live(target.path()), files).is_empty();

    // A rollback needs no site that can be built.
    site.write("content/2024-25/report.yaml", "title: [\n");
    let dry = site.published_json(&["--rollback", "--dry-run"]);
    assert_eq!((&dry["release"], &dry["published"]), (&first, &false.into()));
    assert!(shows(&two));
    let said = site.published(&["--rollback"]);
    assert_eq!(missing(&live(target.path()), &one), [""; 0]);
    assert_titles_of_a_rollback(&said);
    // What was live before the rollback is now the release before.
    site.published(&["--rollback"]);
    assert!(shows(&two));
    site.published(&["--rollback", "--release", &first.as_str().unwrap()[..6], "--by", "Jo"]);
    assert!(shows(&one));
    let status = site.published_json(&["--status"]);
    assert_eq!(status["live"]["by"], "Jo");
    assert_eq!(status["live"]["rollback"], true);
    assert_eq!(status["releases"][1]["release"], second);
    let refused = site.publish(&["--rollback", "--release", first.as_str().unwrap()]);
    assert!(everything(&refused).contains("is live already"), "{}", everything(&refused));
}

#[test]
fn ten_releases_are_kept() {
    let (site, target) = folder_site();
    let mut ids = Vec::new();
    for number in 0..12 {
        site.write("content/static/number.txt", &number.to_string());
        ids.push(site.published_json(&[])["release"].as_str().unwrap().to_owned());
    }
    let names = fs::read_dir(target.path().join("www/releases")).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let mut expected: Vec<_> = ids[2..].iter().flat_map(|id| [id.clone(), format!("{id}.json")]).collect();
    expected.sort();
    assert_eq!(names, expected);
    site.published(&["--rollback", "--release", &ids[2]]);
    assert_eq!(live(target.path())["number.txt"], b"2");
    assert_eq!(site.publish(&["--rollback", "--release", &ids[1]]).status.code(), Some(2));
}

#[test]
fn assets_go_after_thirty_days() {
    let (site, target) = folder_site();
    let one = site.built();
    site.published(&["--at", "2026-01-01"]);
    site.two();
    let two = site.built();
    site.published(&["--at", "2026-01-02"]);
    let old = one.keys().find(|path| path.starts_with("assets/civic.") && !two.contains_key(*path)).unwrap();
    for (day, is_there) in [("2026-01-31", true), ("2026-02-01", false)] {
        site.write("content/static/day.txt", day);
        site.published(&["--at", day]);
        assert_eq!(live(target.path()).contains_key(old), is_there, "{day}");
    }
}

#[test]
fn a_run_that_is_killed_leaves_one_whole_site_and_the_next_one_finishes() {
    let (site, target) = folder_site();
    let versions = [site.built(), {
        site.two();
        site.built()
    }];
    site.one();
    site.published(&[]);
    let mut interrupted = 0;
    for round in 0..12 {
        site.version_of(round);
        let mut child = site.start_publishing();
        std::thread::sleep(Duration::from_millis(40 + 13 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        interrupted += usize::from(site.root().join(".publish.annal").exists());
        let shown = fs::canonicalize(target.path().join("www/current")).unwrap();
        let seen = walk(|path| fs::read(shown.join(path)).ok(), &[&versions[0], &versions[1]]);
        assert!(seen.is_ok_and(|seen| seen > 20));
        // Nobody waits for a run of their own that was cut off.
        site.published(&["--allow-removals"]);
        let now = &versions[usize::from(round % 2 == 0)];
        assert_eq!(missing(&live(target.path()), now), [""; 0]);
        assert!(!site.root().join(".publish.annal").exists());
    }
    println!("{interrupted} of 12 runs were killed at work");
}

#[test]
fn somebody_elses_claim_is_respected_for_a_minute() {
    let (site, target) = folder_site();
    site.published(&[]);
    let file = target.path().join("www/.annal/manifest.json");
    let mut manifest: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    manifest["run"] =
        serde_json::json!({"token": "theirs", "by": "Sam", "seen": 0, "release": "0123456789abcdef", "differs": {}});
    fs::write(&file, manifest.to_string()).unwrap();
    site.two();
    let refused = site.publish(&[]);
    assert_eq!(refused.status.code(), Some(1), "{}", everything(&refused));
    assert!(everything(&refused).contains("error: Sam is publishing to this place now"), "{}", everything(&refused));
    fs::File::options()
        .write(true)
        .open(&file)
        .unwrap()
        .set_modified(SystemTime::now() - Duration::from_secs(61))
        .unwrap();
    site.published(&[]);
}

#[test]
fn a_zip_holds_the_site_and_nothing_else() {
    let site = Westshire::new("{to: \"zip:report.zip\"}");
    let file = site.root().join("report.zip");
    site.published(&[]);
    let first = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    site.published(&["--at", "2030-01-01"]);
    assert_eq!(fs::read(&file).unwrap(), first, "the same site gives the same bytes");

    let mut archive = zip::ZipArchive::new(fs::File::open(&file).unwrap()).unwrap();
    let mut files = Files::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        files.insert(entry.name().unwrap().into_owned(), bytes);
    }
    assert_eq!(files, site.built());
    assert!(site.published(&[]).contains("is up to date"));
    assert_eq!(site.publish(&["--rollback"]).status.code(), Some(2));
}

#[test]
fn one_year_is_replaced_and_the_others_stay_as_they_are() {
    let (site, target) = folder_site();
    site.published(&[]);
    let before = live(target.path());
    site.one_changed();
    site.write(
        "content/2023-24/agencies/police.md",
        "## What have we done?\n\nNot this yet.\n\n## What will we do next?\n\n- A.\n",
    );
    // Another year is not ready, which does not matter.
    site.write("content/2025-26/report.yaml", "title: [\n");
    site.published(&["--year", "2024-25"]);
    let after = live(target.path());
    let of = |files: &Files, year: &str| -> Files {
        files
            .iter()
            .filter(|(path, _)| path.starts_with(year))
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect()
    };
    assert_eq!(of(&after, "2023-24/"), of(&before, "2023-24/"));
    assert!(String::from_utf8_lossy(&after["2024-25/agencies/fire/index.html"]).contains("We visited farms."));
    let current = fs::canonicalize(target.path().join("www/current")).unwrap();
    walk(|path| fs::read(current.join(path)).ok(), &[&after]).unwrap();
    // Its own manifest lists what is there.
    let manifest: serde_json::Value = serde_json::from_slice(&after["manifest.json"]).unwrap();
    let listed: Vec<_> = manifest["files"].as_object().unwrap().keys().collect();
    assert!(after.keys().filter(|path| *path != "manifest.json").eq(listed));
}

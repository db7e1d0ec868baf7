//! However a site is edited, what the preview shows is what a cold build makes: byte for byte, after each edit.
//!
//! `ANNAL_EDITS=1000` makes a thousand edits; without it there are as many as fit a test that is run often.

#![allow(clippy::disallowed_methods, reason = "sites are edited on the disk")]

mod support;

use std::fs;
use std::sync::{Arc, Mutex};

use annal::{BuildCache, Category, Diagnostic, MemoryBuild, Severity, build_in_memory, read_tree};
use support::server::{TestServer, body_of, small_site, status_of, submission};
use support::{copy_folder, forced, root};

/// How many edits are made where nothing else is said.
const EDITS: usize = 48;

#[test]
fn warm_pages_are_cold_pages() {
    let edits = std::env::var("ANNAL_EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(EDITS);
    let folder = small_site().on_disk();
    copy_folder(&root().join("themes"), &folder.path().join("themes"));
    let options = forced("2020-01-01");
    let (warm, mut cache) = (options.clone(), BuildCache::default());
    let site = TestServer::open_with(folder, |_| {}, move |tree| build_in_memory(tree, &warm, &mut cache));
    // What was ever served, and whether it was there at the last look.
    let known: Arc<Mutex<Vec<String>>> = Arc::default();
    let mut early = None;
    for edit in 0..edits {
        make(&site, edit);
        let tree = read_tree(site.root()).unwrap();
        let cold = build_in_memory(&tree, &options, &mut BuildCache::none());
        site.wait_until(&format!("edit {edit} is shown as a cold build makes it"), || is_shown(&site, &cold));
        let mut known = known.lock().unwrap();
        known.extend(cold.output.files.keys().map(|path| path.as_str().to_owned()));
        known.sort_unstable();
        known.dedup();
        if !keeps_last_good(&cold.diagnostics) {
            for gone in known.iter().filter(|path| !cold.output.files.contains_key(path.as_str())) {
                assert_eq!(status_of(&site.get(&address(gone))), 404, "{gone} is gone after edit {edit}");
            }
            known.retain(|path| cold.output.files.contains_key(path.as_str()));
            let list = site.get("/manifest.json");
            assert!(body_of(&list) == annal::manifest(&cold.output), "the manifest lists edit {edit}");
        }
        if edit == edits / 4 {
            early = resident();
        }
    }
    if let (Some(early), Some(late)) = (early, resident()) {
        println!("{edits} edits: {early} KiB resident after a quarter, {late} KiB at the end");
        assert!(late < early + 48 * 1024, "memory grows: {early} KiB, then {late} KiB");
    }
}

const RISK: &str = "content/2019-20/boards/risk.md";
const POLICE: &str = "content/2019-20/agencies/police.md";
const REPORT: &str = "content/2019-20/report.yaml";
const BASE: &str = "themes/civic/templates/base.html";

/// One of the things that people do to a site; twice the same round breaks and mends.
fn make(site: &TestServer, edit: usize) {
    let (kind, round) = (edit % 16, edit / 16);
    let path = |path: &str| site.root().join(path);
    let write = |path: &str, text: &str| site.write(path, text);
    let change = |name: &str, change: &dyn Fn(String) -> String| {
        let text = fs::read_to_string(path(name)).unwrap();
        write(name, &change(text));
    };
    match kind {
        0 => write(RISK, &submission(&format!("Text of round {round}."))),
        1 => write(RISK, &format!("---\nsummary: Round {round}.\n---\n{}", submission("With a summary."))),
        2 => write(RISK, "---\nsummary: [\n---\n## What have we done?\n"),
        3 => write(RISK, &submission("Mended.")),
        4 => {
            let cells = if round % 2 == 0 { "yes,no" } else { "d,a" };
            let attendance = format!("member,organisation,2019-06,2019-09\nChair,The police,{cells}\n");
            write("content/2019-20/data/attendance.csv", &attendance);
        }
        5 => change(BASE, &|text| format!("{text}<!-- {round} -->")),
        6 => change(BASE, &|text| format!("{text}{{% if %}}")),
        7 => change(BASE, &|text| text.replace("{% if %}", "")),
        8 => fs::rename(path("content/2019-20/pages/foreword.md"), path("content/2019-20/pages/welcome.md")).unwrap(),
        9 => fs::rename(path("content/2019-20/pages/welcome.md"), path("content/2019-20/pages/foreword.md")).unwrap(),
        10 => fs::remove_file(path(POLICE)).unwrap(),
        11 => {
            write(POLICE, &submission(&format!("Back in round {round}. See [the board](../boards/risk.md).")));
        }
        12 => change(REPORT, &|text| text.replace("title: Annual", "title: [Annual")),
        13 => change(REPORT, &|text| text.replace("title: [Annual", "title: Annual")),
        14 => change("themes/civic/assets/civic.css", &|text| format!("{text}\n/* {round} */")),
        _ => {
            let folder = path("content/2018-19");
            if folder.exists() {
                fs::remove_dir_all(folder).unwrap();
            } else {
                write(
                    "content/2018-19/report.yaml",
                    &fs::read_to_string(path(REPORT)).unwrap().replace("2019", "2018"),
                );
                write("content/2018-19/boards/risk.md", &submission("A year earlier."));
            }
        }
    }
}

/// Whether every file of a cold build is served as it is.
fn is_shown(site: &TestServer, cold: &MemoryBuild) -> bool {
    cold.output.files.iter().all(|(path, bytes)| {
        let shown = site.bytes_of(&address(path.as_str()));
        match str::from_utf8(&shown) {
            Ok(page) => without_script(page).as_bytes() == &**bytes,
            Err(_) => shown == **bytes,
        }
    })
}

/// A page without what the preview adds to it.
fn without_script(page: &str) -> String {
    let Some(start) = page.find("<script src=\"/_annal/live.js\"") else { return page.to_owned() };
    let end = start + page[start..].find("</script>").unwrap() + "</script>".len();
    format!("{}{}", &page[..start], &page[end..])
}

/// The address of a file.
fn address(path: &str) -> String {
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path))
}

/// Whether a fault may keep pages from being made, so that the last good ones stay.
fn keeps_last_good(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| {
        diagnostic.severity == Severity::Error
            && matches!(diagnostic.code.family(), Category::Theme | Category::Yaml | Category::Files)
    })
}

/// How much memory the process holds, in KiB, where the system tells.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().trim_end_matches(" kB").parse().ok()
}

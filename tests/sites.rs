//! Whole sites: `tests/sites/NAME/`, the worked example, and the base of the cases.
//!
//! What holds for every site is checked of every page: links lead somewhere, ids are unique, nothing runs. What one
//! site looks like is kept beside it in `expected/`: the list of its files, and those of them that are small and
//! tell much. `ANNAL_BLESS=1 cargo test --test sites` writes those anew; read what it wrote.

#![allow(clippy::disallowed_methods, reason = "sites lie on the disk")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use annal::diagnostic::{Diagnostic, LineIndex, RelPath, SourceTexts};
use annal::output::OutputTree;
use annal::pipeline::{self, BuildCache, BuildOutput, Options};
use annal::source::{SourceTree, read_tree};
use regex::{Captures, Regex};

/// The files of a site that are kept whole, where it has them.
const KEPT: &[&str] = &[
    "robots.txt",
    "sitemap.xml",
    "atom.xml",
    "2023-24/data/report.json",
    "2023-24/data/attendance.csv",
    "2016-17/data/attendance.csv",
    "2016-17/data/report.json",
    "2015-16/data/report.json",
    "trends/attendance.csv",
    "trends/contributions.csv",
    "trends/budget.csv",
    "trends/commitments.csv",
    "cy/sitemap.xml",
    "cy/trends/commitments.csv",
    "cy/2023-24/agencies/health/index.html",
    "cy/2023-24/boards/children/index.html",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every site that there is.
fn sites() -> Vec<PathBuf> {
    let own = fs::read_dir(root().join("tests/sites")).unwrap().map(|site| site.unwrap().path());
    let mut sites: Vec<_> = own.filter(|site| site.is_dir()).collect();
    sites.sort();
    sites.extend([root().to_owned(), root().join("tests/cases/_base")]);
    sites
}

/// Builds the site in a folder, in spite of errors where its real documents have such.
fn build(site: &Path) -> BuildOutput {
    let read = read_tree(site).unwrap();
    let options = Options { force: true, ..Options::new("2024-12-01".parse().unwrap()) };
    let built = pipeline::build(&read.value, read.diagnostics, &options, &mut BuildCache::default());
    let errors: Vec<_> = built.diagnostics.iter().filter(|found| found.severity.name() == "error").collect();
    assert!(errors.is_empty() || site.join("expected/diagnostics.txt").exists(), "{}: {errors:#?}", site.display());
    built
}

/// All that is said of a site, a line for each.
fn told(site: &Path, found: &[Diagnostic]) -> String {
    let tree = read_tree(site).unwrap().value;
    let line = |one: &Diagnostic| {
        let text = tree.text(&one.location.file).unwrap_or_default();
        let at = LineIndex::new(text).position(one.location.span.start);
        let (severity, code, file) = (one.severity.name(), one.code.name(), &one.location.file);
        format!("{severity}[{code}] {file}:{}:{} {}\n", at.line, at.column, one.message)
    };
    found.iter().map(line).collect()
}

/// The pages of a site: their paths and texts.
fn pages(output: &OutputTree) -> impl Iterator<Item = (&RelPath, &str)> {
    let pages = output.files.iter().filter(|(path, _)| path.extension() == "html");
    pages.map(|(path, bytes)| (path, std::str::from_utf8(bytes).unwrap()))
}

#[test]
fn two_builds_give_the_same_bytes() {
    for site in sites() {
        let (first, second) = (build(&site).output, build(&site).output);
        for (path, bytes) in &first.files {
            assert!(second.get(path.as_str()) == Some(bytes), "{} differs in {}", path, site.display());
        }
        assert_eq!(first.files.len(), second.files.len());
    }
}

#[test]
fn every_page_is_whole() {
    let once = |text: &str, part: &str| text.matches(part).count() == 1;
    let empty_title = Regex::new(r"<title>\s*</title>").unwrap();
    let ids = Regex::new(r#"\sid="([^"]*)""#).unwrap();
    for site in sites() {
        let built = build(&site);
        for (path, text) in pages(&built.output) {
            let name = format!("{path} of {}", site.display());
            assert!(text.starts_with("<!doctype html>\n<html lang=\""), "{name}: begins otherwise");
            assert!(once(text, "</html>") && once(text, "<title>") && !empty_title.is_match(text), "{name}: title");
            if !text.contains("http-equiv=\"refresh\"") {
                assert!(once(text, "<h1") && once(text, "<main"), "{name}: one `h1`, one `main`");
            }
            let mut seen = BTreeSet::new();
            for id in ids.captures_iter(text).map(|found| found[1].to_owned()) {
                assert!(!id.is_empty() && seen.insert(id.clone()), "{name}: the id `{id}` is empty or stands twice");
            }
        }
    }
}

#[test]
fn nothing_on_a_page_runs_or_tracks() {
    let forbidden = Regex::new(r#"(?i)<script>|<script [^>]*>[^<]*[a-z]\(|\son[a-z]+="|\sstyle="|javascript:|src="(https?:)?//|<(iframe|object|embed|form action="http)"#).unwrap();
    let data_block = Regex::new(r#"(?s)<script type="application/ld\+json">.*?</script>"#).unwrap();
    for site in sites() {
        for (path, text) in pages(&build(&site).output) {
            let text = data_block.replace_all(text, "");
            let found = forbidden.find(&text).map(|found| found.as_str().to_owned());
            assert_eq!(found, None, "{path} of {}", site.display());
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    let links = Regex::new(r#"\s(?:href|src)="([^"]*)""#).unwrap();
    let mut broken = Vec::new();
    for site in sites() {
        let output = build(&site).output;
        for (path, text) in pages(&output) {
            // The page of errors is shown at any depth, so that its addresses begin at the root of the host.
            let here = if path.as_str() == "404.html" { None } else { Some(path.parent()) };
            for link in links.captures_iter(text).map(|found| found[1].replace("&amp;", "&")) {
                if link.contains(':') || link.starts_with("//") {
                    continue;
                }
                if !leads_somewhere(&output, here.as_ref(), path, &link) {
                    broken.push(format!("{path} of {}: {link}", site.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// Whether a link from the page `page` leads to a file of the site, and to an id on it where it names one.
fn leads_somewhere(output: &OutputTree, here: Option<&RelPath>, page: &RelPath, link: &str) -> bool {
    let (address, fragment) = link.split_once('#').unwrap_or((link, ""));
    let address = address.split('?').next().unwrap_or_default();
    let target = match here {
        _ if address.is_empty() => page.clone(),
        Some(here) => {
            // A path that climbs out of the site would work in no folder but this one.
            let climbs = address.split('/').take_while(|part| *part == "..").count();
            let depth = if here.as_str().is_empty() { 0 } else { here.as_str().split('/').count() };
            if climbs > depth || address.starts_with('/') {
                return false;
            }
            let joined = RelPath::new(&format!("{here}/{address}"));
            if address.ends_with('/') || address.ends_with("..") { joined.join("index.html") } else { joined }
        }
        // Below the path of `base_url`, which the sites here have as `/report` or not at all.
        None => {
            let below = RelPath::new(address.strip_prefix("/report").unwrap_or(address));
            if address.ends_with('/') { below.join("index.html") } else { below }
        }
    };
    let Some(bytes) = output.get(target.as_str()) else { return false };
    let text = String::from_utf8_lossy(bytes);
    fragment.is_empty() || text.contains(&format!("id=\"{fragment}\""))
}

#[test]
fn sites_are_as_expected() {
    let fingerprint = Regex::new(r"\.[0-9a-f]{8}\.").unwrap();
    let mut faults = Vec::new();
    for site in sites().into_iter().filter(|site| site.starts_with(root().join("tests/sites"))) {
        let BuildOutput { output, diagnostics, .. } = build(&site);
        let output = output.with_manifest();
        let list = output
            .files
            .keys()
            .map(|path| format!("{}\n", fingerprint.replace(path.as_str(), |_: &Captures| ".FINGERPRINT.")));
        let mut expected = vec![("files.txt".to_owned(), list.collect::<String>())];
        if site.join("expected/diagnostics.txt").exists() {
            expected.push(("diagnostics.txt".to_owned(), told(&site, &diagnostics)));
        }
        for path in KEPT.iter().filter_map(|path| output.files.get_key_value(*path)) {
            expected.push((path.0.as_str().to_owned(), String::from_utf8(path.1.to_vec()).unwrap()));
        }
        for (name, made) in expected {
            let file = site.join("expected").join(&name);
            if fs::read_to_string(&file).unwrap_or_default() == made {
                continue;
            }
            if std::env::var_os("ANNAL_BLESS").is_some() {
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(&file, made).unwrap();
                continue;
            }
            let kept = fs::read_to_string(&file).unwrap_or_default();
            let diff = similar::TextDiff::from_lines(&kept, &made).unified_diff().context_radius(2).to_string();
            faults.push(format!("== {} of {}\n{diff}", name, site.display()));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_second_theme_builds_upon_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path();
    for file in walkdir::WalkDir::new(root()).into_iter().filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() != 1 || matches!(&*name, "content" | "themes")
    }) {
        let file = file.unwrap();
        let target = site.join(file.path().strip_prefix(root()).unwrap());
        if file.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(file.path(), target).unwrap();
        }
    }
    let about = site.join("content/site.yaml");
    let text = fs::read_to_string(&about).unwrap();
    fs::write(&about, format!("theme: plum\n{}", text.replace("theme: civic\n", ""))).unwrap();
    let output = build(site).output;
    let sheet = Regex::new(r#"<link rel="stylesheet" href="[./]*assets/plum\.[0-9a-f]{8}\.css">"#).unwrap();
    for (path, text) in pages(&output).filter(|(_, text)| !text.contains("http-equiv=\"refresh\"")) {
        assert!(sheet.is_match(text), "{path} is without the theme's own style sheet");
        assert!(text.contains(">Annual reports<") && text.contains(">Words explained<"), "{path} has civic's words");
        assert!(text.contains(">Contacts<"), "{path} lacks the words that are not overridden");
    }
    let search = String::from_utf8(output.get("search/index.html").unwrap().to_vec()).unwrap();
    assert!(search.contains("assets/search."), "civic's templates are rendered with the overridden frame");
}

#[test]
fn what_must_not_be_published_is_in_no_file() {
    let mut tree = read_tree(&root().join("tests/sites/bilingual")).unwrap().value;
    let secret = |path: &str, text: &str| SourceTree::from_texts([(path, text)]).files;
    let told = "## What we did\n\n- Rang 07700 900123 {#rang}.\n\n### 07700 900123\n\n## What next\n\n- See 07700 900123 again.\n";
    let titled = "---\ntitle: Call 07700 900456\nsummary: Or 07700 900456\naliases: [/call-07700900456/]\n---\n\
                  x 07700 900456\n\n## Jo {#jo-07700900456}\n\nx 07700\u{200b}900456\n";
    tree.files.extend(secret("content/2023-24/agencies/health.md", told));
    tree.files.extend(secret("content/2023-24/agencies/health.cy.md", told));
    tree.files.extend(secret("content/2023-24/pages/call.md", titled));
    tree.files.extend(secret("content/pages/privacy.md", &titled.replace("/call-", "/ring-")));
    tree.files.extend(secret("content/2023-24/media/a.svg", "<svg><text>07700 900456</text></svg>"));
    let options = Options { force: true, ..Options::new("2024-12-01".parse().unwrap()) };
    let built = pipeline::build(&tree, Vec::new(), &options, &mut BuildCache::default());
    assert!(built.diagnostics.iter().any(|found| found.code.name() == "personal-data"));
    for (path, bytes) in &built.output.files {
        let text = String::from_utf8_lossy(bytes);
        for number in ["07700 900123", "07700-900123", "07700 900456", "07700-900456", "07700900456", "0\u{200b}9"] {
            assert!(!text.contains(number) && !path.as_str().contains(number), "{path} holds {number}");
        }
    }
    assert!(built.output.files.contains_key("cy/2023-24/call/index.html"), "the pages are there");
}

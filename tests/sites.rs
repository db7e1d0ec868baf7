//! Whole sites: `tests/sites/NAME/`, the worked example, and the base of the cases. What is checked of each is a test of
//! its own, such as `two-years/links`.
//!
//! What holds for every site is checked of every page: links lead somewhere, ids are unique, nothing runs. What one
//! site looks like is kept beside it in `expected/`: `files.txt` lists its files, `diagnostics.txt` what is wrong with a
//! site of real documents, and any other file there is one of the site's own, kept whole. To keep one more, put an empty
//! file there. `facts.txt` beside `content/` lists what its documents say, as `PAGE: words`; each must be on its page.
//! `ANNAL_BLESS=1 cargo test --test sites` writes the expected files anew; read what it wrote.

#![allow(clippy::disallowed_methods, reason = "sites lie on the disk")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use annal::{
    BuildCache, DiagnosticList, MemoryBuild, OutputTree, RelPath, Severity, SourceTree, manifest, read_tree, scan_tree,
};
use libtest_mimic::{Arguments, Failed, Trial};
use regex::{Captures, Regex};
use support::{copy_site, diagnostic_line, expected, forced, pages, root, with_pictures};

/// What is checked of a site: the name of the test, and the faults that it finds.
type Check = (&'static str, fn(&Path) -> Vec<String>);

/// What holds for every site.
const CHECKS: &[Check] = &[
    ("same-bytes", two_builds_give_the_same_bytes),
    ("pages", every_page_is_whole),
    ("scripts", nothing_on_a_page_runs_or_tracks),
    ("links", every_link_leads_somewhere),
    ("facts", every_fact_is_on_its_page),
    ("line-ends", line_ends_make_no_difference),
];

/// Builds the site in a folder, in spite of errors where its real documents have such.
fn build(site: &Path) -> MemoryBuild {
    let built = with_pictures(build_in_spite_of_errors(site));
    let errors: Vec<_> = built.diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
    assert!(errors.is_empty() || diagnostics_file(site).exists(), "{errors:#?}");
    built
}

fn build_in_spite_of_errors(site: &Path) -> MemoryBuild {
    build_from(&read_tree(site).unwrap())
}

fn build_from(tree: &SourceTree) -> MemoryBuild {
    annal::build_in_memory(tree, &forced("2024-12-01"), &mut BuildCache::none())
}

/// Where the diagnostics of a site with errors are kept.
fn diagnostics_file(site: &Path) -> PathBuf {
    site.join("expected/diagnostics.txt")
}

fn two_builds_give_the_same_bytes(site: &Path) -> Vec<String> {
    // `serve` keeps the texts in memory, and `build` reads each when it is needed.
    let (first, second) = (build(site), with_pictures(build_from(&scan_tree(site, 0).unwrap())));
    let (first, second) = (first.output.files, second.output.files);
    let paths: BTreeSet<_> = first.keys().chain(second.keys()).collect();
    let differing = paths.into_iter().filter(|path| first.get(*path) != second.get(*path));
    differing.map(|path| format!("{path} differs")).collect()
}

/// Windows ends lines with two characters. The same site gives the same bytes.
fn line_ends_make_no_difference(site: &Path) -> Vec<String> {
    let copy = tempfile::tempdir().unwrap();
    copy_site(site, copy.path());
    for entry in walkdir::WalkDir::new(copy.path().join("content")).into_iter().map(Result::unwrap) {
        // Documents are published as they are.
        let is_document = entry.path().components().any(|part| part.as_os_str() == "documents");
        if !is_document
            && entry.path().extension().is_some_and(|ending| ["md", "yaml", "csv"].iter().any(|text| ending == *text))
        {
            let text = fs::read_to_string(entry.path()).unwrap();
            fs::write(entry.path(), text.replace("\r\n", "\n").replace('\n', "\r\n")).unwrap();
        }
    }
    let built = with_pictures(build_in_spite_of_errors(copy.path()));
    let (expected, files) = (build(site).output.files, built.output.files);
    let paths: BTreeSet<_> = expected.keys().chain(files.keys()).collect();
    let differing = paths.into_iter().filter(|path| expected.get(*path) != files.get(*path));
    differing.map(|path| format!("{path} differs")).collect()
}

fn every_page_is_whole(site: &Path) -> Vec<String> {
    let empty_title = Regex::new(r"<title>\s*</title>").unwrap();
    let ids = Regex::new(r#"\sid="([^"]*)""#).unwrap();
    let once = |text: &str, part: &str| text.matches(part).count() == 1;
    let mut faults = Vec::new();
    for (path, text) in pages(&build(site).output) {
        if !text.starts_with("<!doctype html>\n<html lang=\"") {
            faults.push(format!("{path} begins otherwise"));
        }
        let mut parts = vec!["</html>", "<title>"];
        if !text.contains("http-equiv=\"refresh\"") {
            parts.extend(["<h1", "<main"]);
        }
        for part in parts.into_iter().filter(|part| !once(text, part)) {
            faults.push(format!("{path} does not have one `{part}`"));
        }
        if empty_title.is_match(text) {
            faults.push(format!("{path} has an empty title"));
        }
        let mut seen = BTreeSet::new();
        for [id] in ids.captures_iter(text).map(|found| found.extract().1) {
            if id.is_empty() || !seen.insert(id) {
                faults.push(format!("{path} has the id `{id}` twice, or empty"));
            }
        }
    }
    faults
}

fn nothing_on_a_page_runs_or_tracks(site: &Path) -> Vec<String> {
    let forbidden = Regex::new(r#"(?i)<script>|<script [^>]*>[^<]*[a-z]\(|\son[a-z]+="|\sstyle="|javascript:|src="(https?:)?//|<(iframe|object|embed|form action="http)"#).unwrap();
    let data_block = Regex::new(r#"(?s)<script type="application/ld\+json">.*?</script>"#).unwrap();
    let built = build(site);
    let faults = pages(&built.output).filter_map(|(path, text)| {
        let text = data_block.replace_all(text, "");
        Some(format!("{path} holds {}", forbidden.find(&text)?.as_str()))
    });
    faults.collect()
}

fn every_link_leads_somewhere(site: &Path) -> Vec<String> {
    let links = Regex::new(r#"\s(?:href|src)="([^"]*)""#).unwrap();
    let output = build(site).output;
    let mut broken = Vec::new();
    for (path, text) in pages(&output) {
        // The page of errors is shown at any depth, so that its addresses begin at the root of the host.
        let here = if path.as_str() == "404.html" { None } else { Some(path.parent()) };
        for link in links.captures_iter(text).map(|found| found[1].replace("&amp;", "&")) {
            if link.contains(':') || link.starts_with("//") {
                continue;
            }
            if !leads_somewhere(&output, here.as_ref(), path, &link) {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    broken
}

/// Looks for the lines of `facts.txt`, `PAGE: words`, in the text of the pages as readers see it. In words, ` … ` means that
/// the rest comes later on the page.
fn every_fact_is_on_its_page(site: &Path) -> Vec<String> {
    let Ok(facts) = fs::read_to_string(site.join("facts.txt")) else { return Vec::new() };
    let tags = Regex::new(r"<[^>]*>").unwrap();
    let output = build(site).output;
    let text_of = |page: &str| {
        let html = String::from_utf8_lossy(output.get(&format!("{page}index.html"))?).into_owned();
        let text = tags.replace_all(&html, " ").replace("&amp;", "&").replace("&#39;", "'").replace('’', "'");
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let missing = |line: &&str| {
        let Some((page, words)) = line.split_once(": ") else { return true };
        let Some(text) = text_of(page) else { return true };
        let mut rest = text.as_str();
        words.split(" … ").any(|part| match rest.split_once(part) {
            Some((_, after)) => {
                rest = after;
                false
            }
            None => true,
        })
    };
    let lines = facts.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter(missing).map(|line| format!("not on its page: {line}")).collect()
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

/// Compares a site with what is kept of it.
fn site_is_as_expected(site: &Path) -> Vec<String> {
    let fingerprint = Regex::new(r"\.[0-9a-f]{8}\.").unwrap();
    let folder = site.join("expected");
    let MemoryBuild { output, diagnostics, .. } = build(site);
    let mut output = output;
    output.insert_text(RelPath::new("manifest.json"), manifest(&output));
    let list = output
        .files
        .keys()
        .map(|path| format!("{}\n", fingerprint.replace(path.as_str(), |_: &Captures| ".FINGERPRINT.")));
    let mut results = vec![expected::compare(&folder.join("files.txt"), &list.collect::<String>())];
    for name in kept(&folder) {
        let file = folder.join(&name);
        results.push(match name.as_str() {
            "files.txt" => continue,
            "diagnostics.txt" => {
                let tree = read_tree(site).unwrap();
                let found = DiagnosticList::new(diagnostics.clone(), &tree, 0).found;
                let line = |found| format!("{} {}\n", diagnostic_line(found), found.diagnostic.message);
                expected::compare(&file, &found.iter().map(line).collect::<String>())
            }
            path => match output.get(path) {
                Some(bytes) => expected::compare(&file, std::str::from_utf8(bytes).unwrap()),
                None => Err(format!("expected/{path} is kept, and the site has no such file")),
            },
        });
    }
    results.into_iter().filter_map(Result::err).collect()
}

/// The paths of the files that are kept of a site.
fn kept(folder: &Path) -> Vec<String> {
    if !folder.exists() {
        return Vec::new();
    }
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let path =
        |entry: walkdir::DirEntry| entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(path).collect()
}

/// The test of one thing of one site.
fn trial(site: &Path, (name, check): Check) -> Trial {
    let site = site.to_owned();
    let folder = if site == root() { "example" } else { site.file_name().unwrap().to_str().unwrap() };
    Trial::test(format!("{folder}/{name}"), move || {
        let faults = check(&site);
        if faults.is_empty() { Ok(()) } else { Err(Failed::from(faults.join("\n"))) }
    })
}

fn main() -> ExitCode {
    let entries = fs::read_dir(root().join("tests/sites")).unwrap().map(|entry| entry.unwrap().path());
    let mut sites: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    assert!(!sites.is_empty(), "there are sites in tests/sites");
    sites.sort();
    let mut trials: Vec<_> = sites.iter().map(|site| trial(site, ("expected", site_is_as_expected))).collect();
    sites.extend([root().to_owned(), root().join("tests/cases/_base")]);
    trials.extend(sites.iter().flat_map(|site| CHECKS.iter().map(|check| trial(site, *check))));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

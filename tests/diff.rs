//! What `annal diff` says: nothing where readers see no difference, and everything that was planted.
//!
//! The edits come from a fixed seed; `ANNAL_REBUILDS=200` says how many sites are made, as `tests/soak diff` does.

#![allow(clippy::disallowed_methods, reason = "how many sites are made is read from the environment")]

mod support;

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use annal::MemoryBuild;
use serde_json::Value;
use support::command::{annal, json, printed};
use support::site::Site;
use support::{copy_folder, forced};

/// How many sites each test makes unless told otherwise.
fn rounds() -> u64 {
    env::var("ANNAL_REBUILDS").ok().and_then(|count| count.parse().ok()).unwrap_or(12)
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap()
    }

    /// One of some places.
    fn choose<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

/// Two years with all that can change.
fn site() -> Site {
    Site::open("tests/sites/two-years")
}

fn built(site: &Site) -> MemoryBuild {
    site.build(&forced("2026-11-18"))
}

fn changes(old: &MemoryBuild, new: &MemoryBuild) -> Vec<Value> {
    let changed = annal::piece::what_changed(&old.output, &new.output);
    changed["changes"].as_array().unwrap().clone()
}

/// The front matter and the body of a text.
fn parts(text: &str) -> (&str, &str) {
    let end = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n")).map_or(0, |at| at + 9);
    text.split_at(end)
}

/// Marks of links, emphasis and the like, inside which a line cannot be broken.
const MARKS: &[char] = &['[', '|', '`', '<', '{', '*', '_', '&'];

/// The lines of a body that are prose without some marks: no headings, tables, charts or pictures.
fn prose_lines(body: &str, without: &[char]) -> Vec<usize> {
    let mut in_code = false;
    let mut lines = Vec::new();
    for (at, line) in body.lines().enumerate() {
        in_code ^= line.starts_with("```");
        let is_prose = line.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '-') && !line.starts_with("---");
        if is_prose && !in_code && !line.contains(without) {
            lines.push(at);
        }
    }
    lines
}

/// Replaces a line.
fn with_line(text: &str, at: usize, line: &str) -> String {
    text.lines().enumerate().map(|(n, old)| if n == at { line } else { old }).collect::<Vec<_>>().join("\n") + "\n"
}

/// An edit that changes nothing for readers.
fn edit_without_change(site: &mut Site, dice: &mut Dice) {
    let files: Vec<String> = site.files.keys().cloned().collect();
    let file = &files[dice.roll(files.len())];
    let text = site.files.get_mut(file).unwrap();
    let ending = file.rsplit('.').next().unwrap_or_default();
    let is_text = ending == "md";
    *text = match dice.roll(5) {
        0 if ending == "yaml" => format!("# a comment\n{text}"),
        1 if is_text => format!("{text}\n%% a note for the editor\n"),
        2 if is_text => {
            let (front, body) = parts(text);
            format!("{front}{}", body.replace('\'', "’").replace("\n\n", "\n\n\n"))
        }
        3 if is_text => {
            // Bullets of another shape.
            let (front, body) = parts(text);
            let bullet = |line: &str| line.strip_prefix("- ").map_or(line.to_owned(), |rest| format!("* {rest}"));
            format!("{front}{}\n", body.lines().map(bullet).collect::<Vec<_>>().join("\n"))
        }
        4 if is_text => {
            // A paragraph that breaks elsewhere.
            let (front, body) = parts(text);
            match &prose_lines(body, MARKS)[..] {
                [] => text.clone(),
                lines => {
                    let at = dice.choose(lines);
                    let line = body.lines().nth(at).unwrap().trim_end();
                    let indent = if line.starts_with("- ") { "\n  " } else { "\n" };
                    let broken = line
                        .rfind(' ')
                        .filter(|at| *at > 2 && !line[at + 1..].starts_with(|c: char| !c.is_alphabetic()));
                    let broken =
                        broken.map_or(line.to_owned(), |at| format!("{}{indent}{}", &line[..at], &line[at + 1..]));
                    format!("{front}{}", with_line(body, at, &broken))
                }
            }
        }
        _ => text.clone(),
    };
}

#[test]
fn rebuilding_says_nothing() {
    let first = built(&site());
    let mut dice = Dice(0x5eed);
    let mut edited = site();
    for round in 0..rounds() {
        edit_without_change(&mut edited, &mut dice);
        let found = changes(&first, &built(&edited));
        assert!(found.is_empty(), "round {round}: {found:#?}");
    }
}

/// Plants a change, and says which kind it is and which words must be named.
fn plant(site: &mut Site, dice: &mut Dice, round: u64) -> (&'static str, String) {
    let word = format!("planted{round}");
    let edit = |site: &mut Site, file: &str, change: &dyn Fn(&str) -> String| {
        let text = site.files.get_mut(file).unwrap_or_else(|| panic!("{file}"));
        let new = change(text);
        assert!(*text != new, "{file} changes in round {round}");
        *text = new;
    };
    match dice.roll(7) {
        0 => {
            let texts = [
                "2022-23/agencies/council.md",
                "2023-24/boards/adults.md",
                "2023-24/pages/foreword.md",
                "pages/accessibility.md",
            ];
            let file = format!("content/{}", dice.choose(&texts));
            let text = site.files[&file].clone();
            let (front, body) = parts(&text);
            let before_next = body.rfind("## ").unwrap_or(body.len());
            let lines = prose_lines(&body[..before_next], &['|', '`', '<']);
            let at = dice.choose(&lines);
            let line = format!("{} {word}", body.lines().nth(at).unwrap().trim_end());
            let new = format!("{front}{}", with_line(body, at, &line));
            edit(site, &file, &|_| new.clone());
            ("text", word)
        }
        1 => {
            let file = format!("content/{}.md", dice.choose(&["2022-23/boards/adults", "2023-24/agencies/police"]));
            let (number, line) = (dice.roll(2), format!("- Do {word} well."));
            edit(site, &file, &|text| {
                let at = text.rfind("\n- ").unwrap();
                match number {
                    // A new one, or the last one reworded.
                    0 => format!("{}\n{line}{}", &text[..at], &text[at..]),
                    _ => format!("{} {word}\n", text.trim_end()),
                }
            });
            ("commitment", word)
        }
        2 => {
            edit(site, "content/2023-24/reviews.yaml", &|text| {
                text.replacen("the neighbours", &format!("the {word} neighbours"), 1)
            });
            ("finding", word)
        }
        3 => {
            let amount = 1_000_000 + dice.roll(800_000);
            let files = [("budget", "\"17,500\""), ("contributions", "\"2,000\""), ("contributions", "\"18,000\"")];
            let (table, cell) = dice.choose(&files);
            let file = format!("content/2023-24/data/{table}.csv");
            edit(site, &file, &|text| text.replacen(cell, &amount.to_string(), 1));
            let shown = format!("£{},{:03},{:03}", amount / 1_000_000, amount / 1000 % 1000, amount % 1000);
            ("figure", shown)
        }
        4 => {
            let file = "content/2023-24/data/training.csv";
            let places = 100_000 + dice.roll(900_000);
            let cell = |text: &str| -> String {
                let column = text.lines().next().unwrap().split(',').position(|name| name == "places").unwrap();
                let mut cells: Vec<String> = text.lines().nth(1).unwrap().split(',').map(str::to_owned).collect();
                cells[column] = places.to_string();
                with_line(text, 1, &cells.join(","))
            };
            edit(site, file, &cell);
            ("figure", places.to_string())
        }
        5 => {
            let words = ["delivered", "in-progress", "not-started"];
            let file = [
                "content/2023-24/boards/adults.md",
                "content/2023-24/agencies/police.md",
                "content/2023-24/agencies/council.md",
                "content/2023-24/boards/children.md",
            ]
            .into_iter()
            .find(|file| words.iter().any(|word| site.files[*file].contains(&format!("outcome: {word}"))))
            .expect("somebody reports back");
            let old = words.into_iter().find(|word| site.files[file].contains(&format!("outcome: {word}"))).unwrap();
            let new = words.into_iter().find(|word| *word != old).unwrap();
            edit(site, file, &|text| text.replacen(&format!("outcome: {old}"), &format!("outcome: {new}"), 1));
            ("outcome", new.replace('-', " "))
        }
        _ => {
            edit(site, "content/2023-24/report.yaml", &|text| {
                text.replacen("Northshire Police", &format!("Northshire Police {word}"), 1)
            });
            ("fact", word)
        }
    }
}

#[test]
fn everything_that_was_planted_is_named() {
    let first = built(&site());
    let mut dice = Dice(0xd1ce);
    for round in 0..rounds() {
        let mut edited = site();
        let (kind, words) = plant(&mut edited, &mut dice, round);
        let second = built(&edited);
        let names = |change: &Value, key: &str| change[key].as_str().is_some_and(|text| text.contains(&words));
        for (found, key) in [(changes(&first, &second), "is"), (changes(&second, &first), "was")] {
            let is_named = found.iter().any(|change| change["kind"] == kind && names(change, key));
            assert!(is_named, "round {round}: {kind} `{words}` in {found:#?}");
        }
    }
}

fn git(folder: &Path, args: &[&str]) {
    let run = Command::new("git")
        .args(["-c", "user.name=Jo", "-c", "user.email=jo@example.org", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(folder)
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .unwrap();
    assert!(run.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&run.stderr));
}

/// A site in a folder of its own, in a repository that it does not fill.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("report");
    site().write_to(&root);
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "One"]);
    folder
}

/// Changes a file of a site on the disk.
fn replace(root: &Path, file: &str, old: &str, new: &str) {
    let text = fs::read_to_string(root.join(file)).unwrap();
    assert!(text.contains(old), "{file} has `{old}`");
    fs::write(root.join(file), text.replacen(old, new, 1)).unwrap();
}

#[test]
fn a_revision_is_compared_with_the_site_here() {
    let folder = repository();
    let root = folder.path().join("report");
    let run = annal(&root, &["diff", "HEAD"]);
    assert!(printed(&run).starts_with("Readers see no difference between HEAD ("), "{}", printed(&run));
    replace(&root, "content/2023-24/reviews.yaml", "the neighbours", "any neighbours");
    let run = annal(&root, &["diff", "HEAD", "--exit-code"]);
    let said = printed(&run);
    assert!(said.contains("Nobody asked [-the-] {+any+} neighbours.") && said.ends_with("exit status 1 ---"), "{said}");
    let found = json(&annal(&root, &["diff", "HEAD", "--format", "json"]));
    assert_eq!(found["summary"]["changes"], 1);
    assert_eq!(found["changes"][0]["page"], "2023-24/reviews/");
    let index = fs::read(folder.path().join(".git/index")).unwrap();
    annal(&root, &["diff", "HEAD"]);
    assert_eq!(index, fs::read(folder.path().join(".git/index")).unwrap(), "Git's index stays as it is");
    git(folder.path(), &["commit", "--quiet", "--all", "--message", "Two"]);
    assert!(printed(&annal(&root, &["diff", "HEAD~1", "HEAD"])).contains("1 finding"), "two revisions");
    assert!(printed(&annal(&root, &["diff", "HEAD~1", "--year", "2022-23"])).starts_with("Readers see no difference"));
}

#[test]
fn a_side_that_is_named_twice_is_said_to_be() {
    let folder = repository();
    let root = folder.path().join("report");
    copy_folder(&root.join("content"), &folder.path().join("copy/content"));
    for (args, what) in [
        (&["diff", "."][..], "the same folder"),
        (&["diff", ".", "."], "the same folder"),
        (&["diff", "../report/", "."], "the same folder"),
        (&["diff", "HEAD", "HEAD"], "HEAD ("),
    ] {
        let said = printed(&annal(&root, args));
        assert!(said.starts_with(&format!("There is nothing to compare: both sides are {what}")), "{args:?} {said}");
        assert!(said.ends_with("exit status 0 ---"), "{said}");
    }
    let said = printed(&annal(&root, &["diff", "../copy", "."]));
    assert!(said.starts_with("Readers see no difference between the folder ../copy and this folder\n"), "{said}");
}

#[test]
fn what_cannot_be_compared_is_refused_with_a_remedy() {
    let folder = repository();
    let root = folder.path().join("report");
    let check = |args: &[&str], words: &str| {
        let run = annal(&root, args);
        let said = printed(&run);
        assert!(said.contains(words) && said.ends_with("exit status 2 ---"), "{args:?}: {said}");
    };
    check(&["diff", "no-such-thing"], "`no-such-thing` is not a folder, a place to publish to, or a revision of Git");
    check(&["diff"], "this site has no place to publish to");
    check(&["diff", "content/pages"], "neither a site nor a built site");
    check(&["diff", "content/site.yaml"], "is a file");
    check(&["diff", "HEAD", "--year", "1999"], "neither site has published 1999");
    check(&["diff", "--", "--output"], "is not a folder, a place to publish to, or a revision of Git");
    fs::remove_dir_all(folder.path().join(".git")).unwrap();
    check(&["diff", "HEAD"], "not in a Git repository");
}

#[test]
fn live_releases_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let (root, web) = (folder.path().join("report"), folder.path().join("web"));
    copy_folder(&support::root().join("tests/sites/two-years/content"), &root.join("content"));
    let target = format!("publish: {{live: {{to: \"file://{}\"}}}}\n", web.to_str().unwrap());
    let settings = fs::read_to_string(root.join("content/site.yaml")).unwrap();
    // annal refuses to publish to the address that it once wrote as an example.
    let settings = settings.replace("https://example.org/report", "https://northshire.example") + &target;
    fs::write(root.join("content/site.yaml"), settings).unwrap();
    assert!(printed(&annal(&root, &["diff"])).contains("nothing has been published to live yet"));
    let publish = || {
        let run = annal(&root, &["publish", "--format", "json"]);
        json(&run)["release"].as_str().unwrap_or_else(|| panic!("{}", printed(&run))).to_owned()
    };
    let first = publish();
    assert!(printed(&annal(&root, &["diff"])).starts_with("Readers see no difference between live"));
    replace(&root, "content/2023-24/reviews.yaml", "the neighbours", "any neighbours");
    let said = printed(&annal(&root, &["diff"]));
    assert!(said.contains("[-the-] {+any+}"), "{said}");
    let run = json(&annal(&root, &["publish", "--format", "json", "--dry-run"]));
    let owed = &run["corrections_owed"][0];
    assert_eq!((&owed["year"], &owed["pages"][0]), (&"2023-24".into(), &"reviews".into()), "{run:#}");
    let said = printed(&annal(&root, &["publish", "--dry-run"]));
    let note = "note: the published report of 2023-24 has changed (1 finding), and no correction says so";
    assert!(said.contains(note) && said.contains("    where: reviews\n"), "{said}");
    let report = fs::read_to_string(root.join("content/2023-24/report.yaml")).unwrap();
    let correction =
        owed["yaml"].as_str().unwrap().replace("[fill in: what was wrong, and what is right]", "They were.");
    fs::write(root.join("content/2023-24/report.yaml"), report + &correction).unwrap();
    let run = json(&annal(&root, &["publish", "--format", "json", "--dry-run"]));
    assert_eq!(run["corrections_owed"], serde_json::json!([]), "the lines can be pasted: {run:#}");
    publish();
    let release = format!("live@{first}");
    let said = printed(&annal(&root, &["diff", &release, "live"]));
    assert!(said.contains(&format!("From release {first} of live")) && said.contains("[-the-] {+any+}"), "{said}");
    let said = printed(&annal(&root, &["diff", web.join("current").to_str().unwrap(), &release[..12]]));
    assert!(said.contains("[-any-] {+the+}"), "a built folder, and an id's first digits: {said}");
}

#[test]
fn the_page_needs_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    site().write_to(&old);
    site().write_to(&new);
    replace(&new, "content/2023-24/reviews.yaml", "the neighbours", "<b>any</b> & all");
    let run = annal(folder.path(), &["diff", "old", "new", "--format", "html", "--output", "changes.html"]);
    assert_eq!(run.status.code(), Some(0), "{}", printed(&run));
    let page = fs::read_to_string(folder.path().join("changes.html")).unwrap();
    assert!(page.contains("<del>") && page.contains("<ins>") && page.starts_with("<!doctype html>"), "{page}");
    for foreign in ["<script", "src=", "href=", "url(", "@import", "<b>"] {
        assert!(!page.contains(foreign), "the page has {foreign}");
    }
}

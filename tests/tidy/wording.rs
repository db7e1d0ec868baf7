//! Words and turns that made annal's English hard to read may not come back.

use std::fs;
use std::path::Path;

use regex::Regex;

use crate::assert_none;
use crate::sources::{SOURCES, root};

/// What may not be written, and what to write instead. Looked for in comments, in texts of the code, in documentation and
/// in the texts of the theme.
const FORBIDDEN: &[(&str, &str)] = &[
    (r"told", "say `reported`, `said`, or name who is told"),
    (r"stands?|stood", "say `is`, `is written`, `is at`"),
    (r"lies", "say `is in`"),
    (r"mend(?:s|ed|ing)?", "say `fix`"),
    (r"parted", "say `separated`"),
    (r"nought", "say `nothing` or `zero`"),
    (r"anew", "say `again`"),
    (r"but for", "say `except`"),
    (r"for want of", "say `because there is no`"),
    (r"sees to it", "say `makes sure`"),
    (r"whatever else", "say what it is"),
    (
        r"is no (?:key|date|number|amount|address|heading|code|column|page|year|language|such) (?:of|that)",
        "say `is not a`",
    ),
    (r"no date that there is", "say `is not a date`"),
    (r"answers? for", "say `reports back on` or `is responsible for`"),
    (r"tongues?", "say `language`"),
];

/// Lists of English words that the rules look for, which are not prose.
const WORD_LISTS: &[&str] = &["src/rules/safety/", "src/model/terms/", "src/model/section_headings.rs"];

/// Words in headings that people write themselves.
const WRITTEN: &str = r"(?i)\bpeople (?:have )?told\b";

#[test]
fn odd_turns_do_not_come_back() {
    let forbidden: Vec<(Regex, &str)> = FORBIDDEN
        .iter()
        .map(|(words, instead)| (Regex::new(&format!(r"(?i)\b(?:{words})\b")).unwrap(), *instead))
        .collect();
    let mut faults = Vec::new();
    let all = FORBIDDEN.iter().map(|(words, _)| *words).collect::<Vec<_>>().join("|");
    let any = Regex::new(&format!(r"(?i)\b(?:{all})\b")).unwrap();
    let written = Regex::new(WRITTEN).unwrap();
    let mut look = |path: &str, number: usize, text: &str| {
        let text = &written.replace_all(text, "");
        if !any.is_match(text) {
            return;
        }
        for (words, instead) in &forbidden {
            if let Some(found) = words.find(text) {
                faults.push(format!("{path}:{number}: `{}`: {instead}", found.as_str()));
            }
        }
    };
    let text = Regex::new(r#""(?:[^"\\]|\\.)*""#).unwrap();
    for source in SOURCES.iter() {
        let is_list = WORD_LISTS.iter().any(|folder| source.path.starts_with(folder));
        for (index, line) in source.text.lines().enumerate() {
            let (code, comment) = line.split_once("//").unwrap_or((line, ""));
            look(&source.path, index + 1, comment);
            let texts = text.find_iter(code).map(|found| found.as_str()).filter(|found| found.contains(' '));
            texts.filter(|_| !is_list).for_each(|found| look(&source.path, index + 1, found));
        }
    }
    for path in documents() {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        let mut is_code = false;
        for (index, line) in text.lines().enumerate() {
            is_code ^= line.starts_with("```");
            if !is_code {
                look(&path, index + 1, line);
            }
        }
    }
    assert_none(&faults);
}

/// The documents that are prose: at the root, in `docs/`, the explanations of codes, and the theme's English texts.
fn documents() -> Vec<String> {
    let folders = ["", "docs", "src/diagnostic/explain", "themes/civic/locales"];
    let mut documents = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let is_prose = Path::new(&name).extension().is_some_and(|ending| ending == "md") || name == "en-GB.yaml";
            if is_prose {
                documents.push(if folder.is_empty() { name } else { format!("{folder}/{name}") });
            }
        }
    }
    documents.sort();
    documents
}

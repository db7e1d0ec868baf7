//! `annal fix`: what it changes, what it leaves, and that it changes nothing the second time.

#![allow(clippy::disallowed_methods, reason = "these tests write sites to the disk, as people do")]

mod support;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use support::site::Site;

const PASTED: &str = "Dear all,\n\n# What have we done?\n\n![The desk](../media/The desk.png)\n\nDay\tCalls\nMonday\t41\n\n\
                      ## What will we do next?\n\n• Train the call handlers.\n• Open a second desk.\n\nKind regards,\nSam\n";

/// Runs `annal` in a site: what it prints, standard error below, and its exit status.
fn annal(site: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
    command.env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", "1795000000");
    let output = command.args(args).current_dir(site).output().expect("the program was built");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{out}--- standard error ---\n{err}--- exit status {} ---", output.status.code().unwrap_or(-1))
}

/// A site with one year and an agency for each text.
fn site(texts: &[String]) -> tempfile::TempDir {
    let mut report =
        "title: Annual report\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\nagencies:\n".to_owned();
    for index in 0..texts.len() {
        _ = writeln!(report, "  - {{id: a{index}, name: Agency {index}}}");
    }
    let mut files = vec![
        ("content/site.yaml".to_owned(), "title: A partnership\nbase_url: https://example.org\n".to_owned()),
        ("content/2019-20/report.yaml".to_owned(), report),
    ];
    files.extend(texts.iter().enumerate().map(|(index, text)| (agency(index), text.clone())));
    Site::from_iter(files.iter().map(|(path, text)| (path.as_str(), text.as_str()))).on_disk()
}

fn agency(index: usize) -> String {
    format!("content/2019-20/agencies/a{index}.md")
}

#[test]
fn certain_suggestions_are_applied_and_the_difference_is_shown() {
    let site = site(&[PASTED.to_owned()]);
    let dry = annal(site.path(), &["fix", "--dry-run"]);
    assert_eq!(fs::read_to_string(site.path().join(agency(0))).unwrap(), PASTED);
    let done = annal(site.path(), &["fix"]);
    assert_eq!(dry.replace("Would fix 4 problems in 1 file; nothing was written", "Fixed 4 problems in 1 file"), done);
    insta::assert_snapshot!(done, @r"
    --- content/2019-20/agencies/a0.md (now)
    +++ content/2019-20/agencies/a0.md (fixed)
    @@ -2,8 +2,9 @@
     
    -# What have we done?
    +## What have we done?
     
    -![The desk](../media/The desk.png)
    +![The desk](<../media/The desk.png>)
     
    -Day Calls
    -Monday 41
    +| Day | Calls |
    +|---|---|
    +| Monday | 41 |
     
    @@ -11,4 +12,4 @@
     
    -• Train the call handlers.
    -• Open a second desk.
    +- Train the call handlers.
    +- Open a second desk.
     
    --- standard error ---
    Fixed 4 problems in 1 file
    Suggestions for `email-text` remove text or may not be what you mean. Look at them with `annal check`, then apply them with `annal fix email-text`.
    --- exit status 0 ---
    ");
    let fixed = fs::read_to_string(site.path().join(agency(0))).unwrap();
    let again = annal(site.path(), &["fix"]);
    assert!(again.starts_with("--- standard error ---\nNothing to fix\n"), "{again}");
    assert_eq!(fs::read_to_string(site.path().join(agency(0))).unwrap(), fixed);
}

#[test]
fn text_is_removed_only_if_its_code_is_named() {
    let site = site(&[PASTED.to_owned()]);
    insta::assert_snapshot!(annal(site.path(), &["fix", "email-text", "-q"]), @r"
    --- content/2019-20/agencies/a0.md (now)
    +++ content/2019-20/agencies/a0.md (fixed)
    @@ -1,2 +1 @@
    -Dear all,
     
    @@ -14,3 +13 @@
     
    -Kind regards,
    -Sam
    --- standard error ---
    --- exit status 0 ---
    ");
    let left = annal(site.path(), &["check"]);
    assert!(!left.contains("email-text") && left.contains("typed-list"), "{left}");
}

#[test]
fn flagged_words_are_masked_in_the_difference() {
    let site =
        site(
            &["## What have we done?\n\nx\n\n## What will we do next?\n\n• Call 01908 253772.\n• Train.\n".to_owned()],
        );
    let done = annal(site.path(), &["fix"]);
    assert!(done.contains("+- Call 01") && !done.contains("253772"), "{done}");
}

#[test]
fn json_and_sarif_say_how() {
    let site = site(&[PASTED.to_owned()]);
    let parsed = |format: &str| -> serde_json::Value {
        let out = annal(site.path(), &["check", "--format", format]);
        serde_json::from_str(out.lines().next().unwrap()).unwrap()
    };
    let json = parsed("json");
    let found = json["diagnostics"].as_array().unwrap().iter().find(|one| one["code"] == "typed-list").unwrap();
    let edit = |line: u8| serde_json::json!({"line": line, "column": 1, "end_line": line, "end_column": 3, "replacement": "- "});
    let fix =
        serde_json::json!({"title": "write these lines as a list", "certain": true, "edits": [edit(12), edit(13)]});
    assert_eq!(found["fix"], fix);
    let sarif = parsed("sarif");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let found = results.iter().find(|one| one["ruleId"] == "typed-list").unwrap();
    let changes = &found["fixes"][0]["artifactChanges"][0];
    assert_eq!(changes["artifactLocation"]["uri"], "content/2019-20/agencies/a0.md");
    assert_eq!(changes["replacements"].as_array().unwrap().len(), 2);
    let region = serde_json::json!({"startLine": 13, "startColumn": 1, "endLine": 13, "endColumn": 3});
    let replacement = serde_json::json!({"deletedRegion": region, "insertedContent": {"text": "- "}});
    assert_eq!(changes["replacements"][1], replacement);
    assert!(json["diagnostics"].as_array().unwrap().iter().any(|one| one["fix"]["certain"] == false));
}

/// A line that somebody may have pasted.
fn line() -> impl Strategy<Value = String> {
    const STARTS: &[&str] = &[
        "", "• ", "•\t", "– ", "o\t", "1) ", "2. ", "1.1 ", "1.2 ", "a) ", "b) ", "- ", "  • ", "\t• ", "    ", "> ",
        "# ", "## ", "===", "Dear ",
    ];
    const ENDS: &[&str] = &["", ":", ",", " • more", "\tcell\tcell", "\n", " ![pic](a b.png)", " |x|", "\r"];
    (prop::sample::select(STARTS), "[a-z]{3,6}", prop::sample::select(ENDS))
        .prop_map(|(start, word, end)| format!("{start}{word} text{end}\n"))
}

/// The words of a text, without bullets, numbers and the hyphens below headings.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 2 && !word.starts_with(|c: char| c.is_ascii_digit()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_changes_and_nothing_changes_twice(
        texts in prop::collection::vec(prop::collection::vec(line(), 1..14).prop_map(|lines| lines.concat()), 60)
    ) {
        let site = site(&texts);
        annal(site.path(), &["fix"]);
        let read = || (0..texts.len()).map(|index| fs::read_to_string(site.path().join(agency(index))).unwrap()).collect::<Vec<_>>();
        let fixed = read();
        for (text, fixed) in texts.iter().zip(&fixed) {
            prop_assert_eq!(words(text), words(fixed), "{:?} became {:?}", text, fixed);
        }
        let again = annal(site.path(), &["fix"]);
        prop_assert!(again.contains("Nothing to fix"), "{}", again);
        prop_assert_eq!(read(), fixed);
    }
}

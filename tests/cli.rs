//! Tests of the program as people and scripts use it: what it prints, and its exit status.

#![allow(clippy::disallowed_methods, reason = "these tests write sites to the disk, as people do")]

mod support;

use std::fs;
use std::process::{Command, Stdio};

#[cfg(unix)]
use support::command::browser;
use support::command::{annal, printed};
use support::site::Site;
use tempfile::TempDir;

/// A site with one year. One agency has sent its submission, the other has not.
fn site() -> TempDir {
    Site::from([
        ("content/site.yaml", "title: A partnership\nbase_url: https://example.org\n"),
        (
            "content/2019-20/report.yaml",
            "title: Annual report 2019-20\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\nagencies:\n  \
             - {id: police, name: Police}\n  - {id: fire, name: Fire and Rescue}\nlimits: {words: 10}\n",
        ),
        (
            "content/2019-20/agencies/police.md",
            "## What have we done?\n\nWe trained all staff.\n\n## What will we do next?\n\n- Train volunteers.\n",
        ),
    ])
    .on_disk()
}

/// The output and exit status of a run in an empty folder.
fn check(args: &[&str]) -> String {
    printed(&annal(Site::new().on_disk().path(), args))
}

#[test]
fn without_a_command_help_is_printed() {
    assert_eq!(check(&[]), check(&["--help"]));
    insta::assert_snapshot!(check(&["--help"]), @r#"
    Build a safeguarding partnership's annual report as a website, and check it

    Usage: annal [OPTIONS] [COMMAND]

    Commands:
      build        Build the site into output/
      check        Check the whole site without building it
      serve        Preview the site and the editor's desk, updated as you save
      status       Show which submissions have arrived, and their problems
      intake       Take in Word documents, emails and pasted text as submissions
      new          Create a site, year, form, page or table
      commitments  List a year's commitments, with their ids and outcomes
      pdf          Save a year's report as a tagged (accessible) PDF
      sign         Write down who signed off a submission or the report, and notice later changes
      cover        Write the reports that go to committees with the annual report, as HTML and as Word
      fix          Apply the suggestions that are certain, and show the difference
      diff         Show what readers would notice: commitments, figures, findings, words
      disclosure   Try to work out suppressed counts from a built site
      publish      Put the site where the public reads it
      theme        Create and change themes
      explain      Explain what a problem means and how to fix it
      schema       Print JSON Schemas of the YAML files and front matter, for text editors
      completions  Print tab completions for a shell
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help
      -V, --version  Print version

    Options for every command:
          --root <DIR>    The site's folder [default: this folder or the nearest one above it that has
                          content/site.yaml]
          --year <YEAR>   Work on this year alone, for example 2019-20
          --color <WHEN>  When to use colour [default: auto] [possible values: auto, always, never]
      -q, --quiet         Hide the summary and progress
      -v, --verbose       Show each step

    Exit status: 0 no errors, 1 errors found, 2 the command could not run.
    --- exit status 0 ---
    "#);
    assert!(check(&["--version"]).starts_with("annal "));
}

#[test]
fn misspelt_words_get_a_suggestion() {
    for (written, meant) in [("chek", "check"), ("buidl", "build"), ("scema", "schema"), ("comitments", "commitments")]
    {
        let said = check(&[written]);
        assert!(said.contains(&format!("a similar subcommand exists: '{meant}'\n")), "{written}: {said}");
    }
    assert!(!check(&["zebra"]).contains("tip"), "nothing is near");
    insta::assert_snapshot!(check(&["explian"]), @r#"
    --- standard error ---
    error: unrecognized subcommand 'explian'

      tip: a similar subcommand exists: 'explain'

    Usage: annal [OPTIONS] [COMMAND]

    For more information, try '--help'.
    --- exit status 2 ---
    "#);
    insta::assert_snapshot!(check(&["explain", "missing-secton"]), @r#"
    --- standard error ---
    error: invalid value 'missing-secton' for '[CODE]...': did you mean `missing-section`?

    For more information, try '--help'.
    --- exit status 2 ---
    "#);
    insta::assert_snapshot!(check(&["--year", "2019-21", "explain"]), @r#"
    --- standard error ---
    error: invalid value '2019-21' for '--year <YEAR>': write a year like 2019-20, or 2019 for a calendar year

    For more information, try '--help'.
    --- exit status 2 ---
    "#);
    insta::assert_snapshot!(check(&["schema", "reprot"]), @r#"
    --- standard error ---
    error: invalid value 'reprot' for '[NAME]'
      [possible values: site, report, governance, decisions, reviews, cover, glossary, indicators, submission, page, theme, chart]

      tip: a similar value exists: 'report'

    For more information, try '--help'.
    --- exit status 2 ---
    "#);
}

#[test]
fn codes_are_explained() {
    insta::assert_snapshot!(check(&["explain", "missing-alt-text"]), @r#"
    error[missing-alt-text]: An image has no description

    The description of an image goes between its square brackets. Here they are empty.

    A blind reader hears only "image". The law requires public bodies to describe every picture that carries
    meaning in words that say the same.

    Not like this:

    ```markdown
    ![](../media/survey.png)
    ```

    Write one sentence on what the picture shows and why it is here. Do not begin with "picture of". For a
    diagram, describe the result that it shows; better still, make it a chart, which comes with its own table.
    If a picture adds nothing to the text, remove it.

    ```markdown
    ![Most of the 2,361 people who answered felt safer than in the year before](../media/survey.png)
    ```
    --- exit status 0 ---
    "#);
    let list = check(&["explain"]);
    assert!(list.contains("personal-data") && list.ends_with("--- exit status 0 ---"), "{list}");
    assert!(check(&["explain", "--all"]).starts_with("# What annal reports"));
}

#[test]
fn schemas_are_printed_and_written() {
    insta::assert_snapshot!(check(&["schema"]), @r#"
    site        content/site.yaml
    report      content/*/report.yaml
    governance  content/*/governance.yaml
    decisions   content/*/decisions.yaml
    reviews     content/*/reviews.yaml
    cover       content/covers/*.yaml
    glossary    content/glossary.yaml
    indicators  content/indicators.yaml
    submission  front matter of boards/*.md and agencies/*.md
    page        front matter of pages/*.md
    theme       themes/*/theme.yaml
    chart       chart blocks

    Run `annal schema NAME` to print one, or `annal schema --output DIR` to write all of them.
    --- exit status 0 ---
    "#);
    assert!(check(&["schema", "report"]).starts_with("{\n  \"$schema\""));
    let folder = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(printed(&annal(folder.path(), &["schema", "--output", "schemas"])), @r#"
    --- standard error ---
    Wrote 12 schemas to schemas/
    --- exit status 0 ---
    "#);
    assert!(folder.path().join("schemas/report.schema.json").is_file());
}

#[test]
fn shells_complete_years_ids_and_codes() {
    let site = site();
    let complete = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
        let index = (words.len() - 1).to_string();
        command.env("ANNAL_COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", index).env("_CLAP_IFS", "\n");
        let output = command.arg("--").args(words).current_dir(site.path()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(complete(&["annal", "check", "--year", ""]), "2019-20");
    assert_eq!(complete(&["annal", "new", "agency", "p"]), "police");
    assert_eq!(complete(&["annal", "explain", "missing-sub"]), "missing-submission");
    assert_eq!(complete(&["annal", "new", "table", "att"]), "attendance");
}

#[test]
fn every_command_has_a_manual_page() {
    let place = Site::new().on_disk();
    assert!(printed(&annal(place.path(), &["man", "man1"])).ends_with("--- exit status 0 ---"));
    for name in ["annal", "annal-check", "annal-new", "annal-new-year"] {
        let page = fs::read_to_string(place.path().join(format!("man1/{name}.1"))).unwrap();
        assert!(page.contains(&format!(".TH {name} 1")), "{page}");
    }
}

#[test]
fn shells_get_their_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "PowerShell", "elvish"] {
        let script = check(&["completions", shell]);
        assert!(script.contains("explain") && script.ends_with("--- exit status 0 ---"), "{shell}");
    }
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_annal"))
        .args(["explain", "--all"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn checking_prints_the_problems() {
    let site = site();
    insta::assert_snapshot!(printed(&annal(site.path(), &["check"])), @r#"
    warning[over-length]: this submission has 15 words, 5 more than the 10 allowed
     --> content/2019-20/agencies/police.md:1:1
      |
    1 | ## What have we done?
      | ^
      |
      = help: shorten it, or move some of the detail to a page of its own

    error[missing-submission]: the agency `Fire and Rescue` has not sent anything yet: there is no `content/2019-20/agencies/fire.md`
     --> content/2019-20/report.yaml:6:5
      |
    6 |   - {id: fire, name: Fire and Rescue}
      |     ^
      |
      = help: chase them; or accept it in report.yaml with `- {code: missing-submission, file: agencies/fire.md, reason: …}` under `waivers:`; or remove the entry if they need not submit

    1 error, 1 warning, 0 notes in 3 files
    --- exit status 1 ---
    "#);
    insta::assert_snapshot!(printed(&annal(site.path(), &["check", "--format", "json"])), @r#"
    {"diagnostics":[{"code":"over-length","severity":"warning","message":"this submission has 15 words, 5 more than the 10 allowed","file":"content/2019-20/agencies/police.md","line":1,"column":1,"end_line":1,"end_column":1,"help":"shorten it, or move some of the detail to a page of its own","waived":null,"about":[{"kind":"figure","id":null,"text":"15"},{"kind":"figure","id":null,"text":"10"}],"fix":null},{"code":"missing-submission","severity":"error","message":"the agency `Fire and Rescue` has not sent anything yet: there is no `content/2019-20/agencies/fire.md`","file":"content/2019-20/report.yaml","line":6,"column":5,"end_line":6,"end_column":6,"help":"chase them; or accept it in report.yaml with `- {code: missing-submission, file: agencies/fire.md, reason: …}` under `waivers:`; or remove the entry if they need not submit","waived":null,"about":[{"kind":"agency","id":"fire","text":"Fire and Rescue"},{"kind":"file","id":null,"text":"content/2019-20/agencies/fire.md"}],"fix":null}],"left_out":[],"summary":{"errors":1,"warnings":1,"notes":0,"files":3}}
    --- exit status 1 ---
    "#);
    insta::assert_snapshot!(printed(&annal(site.path(), &["check", "--format", "github"])), @r#"
    ::warning file=content/2019-20/agencies/police.md,line=1,col=1,endLine=1,endColumn=1,title=over-length::this submission has 15 words, 5 more than the 10 allowed%0Ahelp: shorten it, or move some of the detail to a page of its own
    ::error file=content/2019-20/report.yaml,line=6,col=5,endLine=6,endColumn=6,title=missing-submission::the agency `Fire and Rescue` has not sent anything yet: there is no `content/2019-20/agencies/fire.md`%0Ahelp: chase them; or accept it in report.yaml with `- {code: missing-submission, file: agencies/fire.md, reason: …}` under `waivers:`; or remove the entry if they need not submit
    1 error, 1 warning, 0 notes in 3 files
    --- exit status 1 ---
    "#);
    let sarif = printed(&annal(site.path(), &["check", "--format", "sarif"]));
    assert!(sarif.contains("\"ruleId\":\"missing-submission\"") && sarif.ends_with("--- exit status 1 ---"), "{sarif}");
    assert!(!printed(&annal(site.path(), &["check", "-q"])).contains("Checked"));
}

#[test]
fn warnings_can_be_denied() {
    let site = site();
    fs::write(
        site.path().join("content/2019-20/agencies/fire.md"),
        "## What we did\n\nDrills.\n\n## What next\n\nMore.\n",
    )
    .unwrap();
    let checked = printed(&annal(site.path(), &["check"]));
    assert!(checked.contains("0 errors, 1 warning, 0 notes in 4 files\n--- exit status 0 ---"), "{checked}");
    let denied = printed(&annal(site.path(), &["check", "--deny", "warnings"]));
    assert!(denied.ends_with("--- exit status 1 ---"), "{denied}");
}

#[test]
fn the_site_is_the_nearest_at_or_above_the_folder() {
    let site = site();
    let below = site.path().join("content/2019-20/agencies");
    assert_eq!(printed(&annal(&below, &["check"])), printed(&annal(site.path(), &["check"])));
    let named = ["check", "--root", site.path().to_str().unwrap()];
    assert_eq!(printed(&annal(Site::new().on_disk().path(), &named)), printed(&annal(site.path(), &["check"])));
    insta::assert_snapshot!(check(&["check"]), @r#"
    --- standard error ---
    error: no site found: neither this folder nor any folder above it has content/site.yaml
      = help: go to the site's folder, name it with `--root DIR`, or create a site with `annal new site DIR`
    --- exit status 2 ---
    "#);
    insta::assert_snapshot!(check(&["check", "--root", "elsewhere"]), @r#"
    --- standard error ---
    error: elsewhere is not an annal site: it has no `content` folder
      = help: to create a site there, run `annal new site elsewhere`
    --- exit status 2 ---
    "#);
    insta::assert_snapshot!(printed(&annal(site.path(), &["check", "--year", "2018-19"])), @r#"
    --- standard error ---
    error: this site has no year 2018-19
      = help: the only year is 2019-20
    --- exit status 2 ---
    "#);
}

#[test]
fn the_date_is_an_option_or_in_the_environment() {
    let site = site();
    insta::assert_snapshot!(printed(&annal(site.path(), &["check", "--at", "yesterday"])), @r#"
    --- standard error ---
    error: invalid value 'yesterday' for '--at <DATE>': write a date like 2020-09-14

    For more information, try '--help'.
    --- exit status 2 ---
    "#);
    let run = Command::new(env!("CARGO_BIN_EXE_annal"))
        .arg("check")
        .env("SOURCE_DATE_EPOCH", "soon")
        .current_dir(site.path())
        .output();
    insta::assert_snapshot!(printed(&run.unwrap()), @r#"
    --- standard error ---
    error: SOURCE_DATE_EPOCH must be a number of seconds, not `soon`
      = help: set it to the seconds since 1 January 1970, or unset it
    --- exit status 2 ---
    "#);
}

#[test]
fn colour_is_optional() {
    let site = site();
    assert!(!printed(&annal(site.path(), &["check"])).contains('\u{1b}'));
    assert!(printed(&annal(site.path(), &["check", "--color", "always"])).contains('\u{1b}'));
}

#[test]
fn suggested_commands_can_be_pasted() {
    let place = Site::new().on_disk();
    let next = printed(&annal(place.path(), &["new", "site", "Our Report's $1 2024"]));
    assert!(next.contains(r"  cd 'Our Report'\''s $1 2024'"), "{next}");
    let site = site();
    let run = |args: &[&str]| printed(&annal(site.path(), args));
    let suggestion = run(&["check", "--year", "2019"]);
    assert!(suggestion.contains("did you mean `2019-20`?"), "{suggestion}");
    let suggestion = run(&["check", "--year", "2019-2020"]);
    assert!(suggestion.contains("did you mean `2019-20`?"), "{suggestion}");
    let none = run(&["new", "board", "--all"]);
    assert!(none.contains("content/2019-20/report.yaml lists no boards yet"), "{none}");
    let gap = run(&["new", "year", "2030-31"]);
    assert!(gap.contains("there is no report for 2029-30: the year before 2030-31 is 2019-20"), "{gap}");
    let overlap = run(&["new", "year", "2019"]);
    assert!(overlap.contains("2019 and 2019-20 share some months"), "{overlap}");
    for made in ["2030-31", "2019"] {
        fs::remove_dir_all(site.path().join("content").join(made)).unwrap();
    }
    let other = run(&["new", "board", "police"]);
    assert!(other.contains("`annal new agency police`"), "{other}");
    assert!(!run(&["new", "agency", "--all"]).contains("already"));
    let all = run(&["new", "agency", "--all"]);
    assert!(all.contains("Every agency in 2019-20 already has a file"), "{all}");
}

#[test]
fn what_is_outside_the_site_is_not_called_sound() {
    let site = site();
    let run = |args: &[&str]| printed(&annal(site.path(), args));
    for outside in ["/", "..", "content/../.."] {
        let refused = run(&["check", outside]);
        assert!(refused.contains(&format!("error: the site has no file {outside}\n")), "{refused}");
        assert!(refused.contains("write the path from the folder that you are in"), "{refused}");
        assert!(refused.ends_with("--- exit status 2 ---"), "{refused}");
    }
    fs::write(site.path().join("README.md"), "Ours").unwrap();
    let ignored = run(&["check", "README.md"]);
    assert!(ignored.contains("warning: annal does not check README.md\n"), "{ignored}");
    assert!(!run(&["check", "."]).contains("does not check"));
}

#[test]
fn a_year_that_cannot_be_read_is_not_called_empty() {
    let site = site();
    let run = |args: &[&str]| printed(&annal(site.path(), args));
    fs::write(site.path().join("content/2019-20/report.yaml"), "agencies: [\n").unwrap();
    let form = run(&["new", "agency", "--all"]);
    assert!(form.contains("error: content/2019-20/report.yaml cannot be read\n"), "{form}");
    assert!(form.contains("run `annal check content/2019-20/report.yaml` to see why"), "{form}");
    let status = run(&["status"]);
    assert!(status.contains("content/2019-20/report.yaml cannot be read. Run `annal check"), "{status}");
    assert!(!status.contains("lists nobody"), "{status}");
}

#[test]
fn the_status_names_what_is_overdue() {
    let site = site();
    let decisions = "decisions:\n  - {meeting: 2019-06, ref: A/1, decision: Meet again., due: 2019-09, state: open}\n\
                     \x20 - {meeting: 2019-06, ref: A/2, decision: Meet twice., due: 2019-09, state: done}\n";
    fs::write(site.path().join("content/2019-20/decisions.yaml"), decisions).unwrap();
    let police = site.path().join("content/2019-20/agencies/police.md");
    let text = fs::read_to_string(&police).unwrap().replace("- Train volunteers.", "- Train volunteers. {by: 2020-01}");
    fs::write(&police, text).unwrap();
    let status = printed(&annal(site.path(), &["status"]));
    let overdue = "Overdue:\n  the commitment `train-volunteers` was due by 2020-01 (content/2019-20/agencies/police.md)\n  \
                   the decision `A/1` was to be carried out by 2019-09, and is still open (content/2019-20/decisions.yaml)\n";
    assert!(status.contains(overdue), "{status}");
    let json = annal(site.path(), &["status", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let named = json["overdue"].as_array().unwrap();
    assert_eq!(named.len(), 2, "{json:#}");
    assert_eq!(
        (&named[1]["kind"], &named[1]["id"], &named[1]["due"]),
        (&"decision".into(), &"A/1".into(), &"2019-09".into())
    );
    assert_eq!(
        (&named[0]["kind"], &named[0]["id"], &named[0]["due"]),
        (&"commitment".into(), &"police/train-volunteers".into(), &"2020-01".into())
    );
}

#[test]
fn a_site_is_created_from_nothing() {
    let place = Site::new().on_disk();
    insta::assert_snapshot!(printed(&annal(place.path(), &["new", "site", "ours"])), @r#"
    Wrote ours/content/site.yaml
    Wrote ours/content/pages/accessibility.md
    Wrote ours/content/pages/privacy.md
    Wrote ours/.gitignore
    --- standard error ---
    Next, create the first report:
      cd ours
      annal new year 2025-26
    Before you publish, replace what is marked [fill in: …] in these files. `annal check` lists what is left.
    --- exit status 0 ---
    "#);
    let ours = place.path().join("ours");
    let run = |args: &[&str]| printed(&annal(&ours, args));
    insta::assert_snapshot!(run(&["check", "--format", "github"]).replace("::warning", "\n::warning").replace("%0A", "\n"), @r#"

    ::warning file=content/pages/accessibility.md,line=8,col=71,endLine=8,endColumn=98,title=starter-text::`[fill in: the organisation]` and 6 more places still have to be filled in
    help: replace each, square brackets included, or remove the sentence

    ::warning file=content/pages/privacy.md,line=8,col=1,endLine=8,endColumn=28,title=starter-text::`[fill in: the organisation]` and 3 more places still have to be filled in
    help: replace each, square brackets included, or remove the sentence

    ::warning file=content/site.yaml,line=2,col=9,endLine=2,endColumn=42,title=starter-text::`[fill in: the partnership's name]` and 6 more places still have to be filled in
    help: replace each, square brackets included, or remove the entry
    0 errors, 3 warnings, 0 notes in 3 files
    --- exit status 0 ---
    "#);
    insta::assert_snapshot!(run(&["new", "agency", "police"]), @r#"
    --- standard error ---
    error: this site has no report yet
      = help: create one with `annal new year 2025-26`
    --- exit status 2 ---
    "#);
    insta::assert_snapshot!(run(&["new", "year", "2019-20"]), @r#"
    Wrote content/2019-20/report.yaml
    --- standard error ---
    Next, list who must send something. In content/2019-20/report.yaml, replace `boards: []` and `agencies: []` with lines like these:

    boards:
      - {id: children, name: Children's Safeguarding Board}
    agencies:
      - {id: council, name: Westshire Council}
      - {id: police, name: Westshire Police, short: WP}

    Then create their forms:
      annal new board --all --year 2019-20
      annal new agency --all --year 2019-20
    Add `--word` for Word documents that you can send out.
    --- exit status 0 ---
    "#);
    assert!(run(&["check"]).ends_with("0 errors, 3 warnings, 0 notes in 4 files\n--- exit status 0 ---"));
    insta::assert_snapshot!(run(&["new", "year", "2019-20"]), @r#"
    --- standard error ---
    error: content/2019-20/report.yaml already exists and has not been changed
      = help: edit it, or move it somewhere else first
    --- exit status 2 ---
    "#);
    insta::assert_snapshot!(run(&["new", "page", "what-is-safeguarding"]), @r#"
    Wrote content/2019-20/pages/what-is-safeguarding.md
    --- standard error ---
    Next, fill it in, then check it:
      annal check content/2019-20/pages/what-is-safeguarding.md
    --- exit status 0 ---
    "#);
    insta::assert_snapshot!(run(&["new", "page", "Über uns"]), @r#"
    --- standard error ---
    error: `Über uns` cannot be a page's id: only a-z, 0-9 and - are allowed
      = help: use `annal new page uber-uns`
    --- exit status 2 ---
    "#);
    insta::assert_snapshot!(run(&["new", "page", "about", "--site", "--title", "About: us"]), @r#"
    Wrote content/pages/about.md
    --- standard error ---
    Next, fill it in, then check it:
      annal check content/pages/about.md
    --- exit status 0 ---
    "#);
    for name in ["attendance", "contributions", "budget", "training"] {
        assert!(run(&["new", "table", name]).contains(&format!("annal check content/2019-20/data/{name}.csv\n")));
    }
    for name in ["governance", "decisions", "reviews"] {
        assert!(run(&["new", name]).contains(&format!("Wrote content/2019-20/{name}.yaml")));
    }
    assert!(run(&["new", "glossary"]).contains("Wrote content/glossary.yaml"));
    let judged = run(&["check", "--year", "2019-20"]);
    assert!(judged.ends_with("0 errors, 6 warnings, 0 notes in 14 files\n--- exit status 0 ---"), "{judged}");
}

#[test]
fn a_year_follows_another_with_its_commitments() {
    let site = site();
    let root = site.path();
    let run = |args: &[&str]| printed(&annal(root, args));
    insta::assert_snapshot!(run(&["new", "year", "2020-21"]), @r#"
    Wrote content/2020-21/report.yaml
    --- standard error ---
    Next, see whether the boards and agencies in content/2020-21/report.yaml are still right, then create their forms:
      annal new agency --all --year 2020-21
    Add `--word` for Word documents that you can send out.
    --- exit status 0 ---
    "#);
    insta::assert_snapshot!(run(&["new", "agency", "polise"]), @r#"
    --- standard error ---
    error: content/2020-21/report.yaml does not list the agency `polise`
      = help: did you mean `police`?
    --- exit status 2 ---
    "#);
    insta::assert_snapshot!(run(&["new", "agency", "police"]), @r#"
    Wrote content/2020-21/agencies/police.md
    --- standard error ---
    Next, see the report in your browser while it is written:
      annal serve --drafts --open --year 2020-21
    --- exit status 0 ---
    "#);
    insta::assert_snapshot!(fs::read_to_string(root.join("content/2020-21/agencies/police.md")).unwrap(), @r#"
    ---
    status: draft     # `draft`, `submitted` or `signed-off`
    # author: {name: , role: }
    # submitted: YYYY-MM-DD

    # Report back on last year's commitments. The outcomes are `delivered`, `in-progress`, `not-started` and `dropped`.
    follow_up:
      # Train volunteers.
      - commitment: train-volunteers
        outcome:
        note:
    ---
    %% Lines that begin with %% are notes to you and are not published.

    ## What have we done?

    ## What will we do next?
    "#);
    insta::assert_snapshot!(run(&["new", "agency", "--all"]), @r#"
    Wrote content/2020-21/agencies/fire.md
    --- standard error ---
    Next, see the report in your browser while it is written:
      annal serve --drafts --open --year 2020-21
    --- exit status 0 ---
    "#);
    insta::assert_snapshot!(run(&["new", "agency", "police", "fire"]), @r#"
    --- standard error ---
    error: content/2020-21/agencies/police.md already exists and has not been changed
      = help: edit it, or move it somewhere else first
    --- exit status 2 ---
    "#);
    let lacks = run(&["check", "--year", "2020-21", "--format", "github"]);
    let lacks: Vec<_> = lacks.lines().filter_map(|line| line.split_once("title=")?.1.split("::").next()).collect();
    assert_eq!(lacks, ["missing-submission", "missing-submission"]);
    insta::assert_snapshot!(run(&["status"]), @r#"
    2020-21: Annual report 2020-21

    agency           status     sent on  words  errors  warnings
    Police           not begun                       1         0
    Fire and Rescue  not begun                       1         0

    0 of 2 received, 0 in draft, 0 signed off, 2 missing, 0 late
    Left out of the build: 2020-21 (in preparation)
    --- exit status 0 ---
    "#);
}

#[test]
fn commitments_are_listed_with_their_outcomes() {
    let site = site();
    let root = site.path();
    let run = |args: &[&str]| printed(&annal(root, args));
    insta::assert_snapshot!(run(&["commitments"]), @r#"
    2019-20: Annual report 2019-20

    Police
      police/train-volunteers
        Train volunteers.

    1 commitment, outcomes due in the next report
    --- exit status 0 ---
    "#);
    run(&["new", "year", "2020-21"]);
    run(&["new", "agency", "police"]);
    let path = root.join("content/2020-21/agencies/police.md");
    let answered = fs::read_to_string(&path)
        .unwrap()
        .replace("outcome:", "outcome: delivered")
        .replace("note:", "note: All of them.");
    fs::write(path, answered).unwrap();
    insta::assert_snapshot!(run(&["commitments", "--year", "2019-20"]), @r#"
    2019-20: Annual report 2019-20

    Police
      police/train-volunteers
        Train volunteers.
        -> delivered: All of them.

    1 commitment, 1 with an outcome in 2020-21
    --- exit status 0 ---
    "#);
    insta::assert_snapshot!(run(&["commitments", "--year", "2019-20", "--format", "json"]), @r#"
    {"year":"2019-20","answered_in":"2020-21","commitments":[{"id":"police/train-volunteers","kind":"agency","submission":"police","text":"Train volunteers.","by":null,"owner":null,"priority":null,"file":"content/2019-20/agencies/police.md","answer":{"outcome":"delivered","note":"All of them."}}]}
    --- exit status 0 ---
    "#);
}

/// A site without errors.
fn sound_site() -> TempDir {
    let site = site();
    let path = site.path().join("content/2019-20/agencies/fire.md");
    fs::write(path, "## What we did\n\nDrills.\n\n## What next\n\nMore.\n").unwrap();
    site
}

#[test]
fn a_site_without_errors_is_built() {
    let site = sound_site();
    let run = |args: &[&str]| printed(&annal(site.path(), args));
    let built = run(&["build"]);
    let closing = built.lines().rev().nth(1).unwrap();
    assert!(built.contains("\n0 errors, 1 warning, 0 notes in 4 files\nBuilt "), "{built}");
    assert!(closing.contains(" pages and 0 charts in ") && closing.ends_with(" s: output/"), "{built}");
    assert!(built.ends_with("--- exit status 0 ---"), "{built}");
    assert!(site.path().join("output/2019-20/agencies/police/index.html").is_file());
    run(&["build", "-o", "elsewhere", "--base-url", "https://example.org/report"]);
    assert!(site.path().join("elsewhere/index.html").is_file());

    fs::write(site.path().join("elsewhere/index.html"), "mine").unwrap();
    let refused = run(&["build", "-q", "-o", "elsewhere", "--format", "github"]);
    insta::assert_snapshot!(refused.replace(site.path().canonicalize().unwrap().to_str().unwrap(), "SITE"), @r#"
    ::warning file=content/2019-20/agencies/police.md,line=1,col=1,endLine=1,endColumn=1,title=over-length::this submission has 15 words, 5 more than the 10 allowed%0Ahelp: shorten it, or move some of the detail to a page of its own
    --- standard error ---
    error: `index.html` in `SITE/elsewhere` has been changed since annal wrote it
      = help: make the change in the content or the theme instead, then delete `SITE/elsewhere/index.html` and build again
    --- exit status 2 ---
    "#);
}

#[test]
fn errors_leave_the_last_good_site_unchanged() {
    let site = sound_site();
    let run = |args: &[&str]| printed(&annal(site.path(), args));
    run(&["build"]);
    fs::remove_file(site.path().join("content/2019-20/agencies/fire.md")).unwrap();
    insta::assert_snapshot!(run(&["build", "--format", "github"]), @r#"
    ::warning file=content/2019-20/agencies/police.md,line=1,col=1,endLine=1,endColumn=1,title=over-length::this submission has 15 words, 5 more than the 10 allowed%0Ahelp: shorten it, or move some of the detail to a page of its own
    ::error file=content/2019-20/report.yaml,line=6,col=5,endLine=6,endColumn=6,title=missing-submission::the agency `Fire and Rescue` has not sent anything yet: there is no `content/2019-20/agencies/fire.md`%0Ahelp: chase them; or accept it in report.yaml with `- {code: missing-submission, file: agencies/fire.md, reason: …}` under `waivers:`; or remove the entry if they need not submit
    1 error, 1 warning, 0 notes in 3 files
    --- standard error ---
    Nothing was built and output/ has not changed. Fix the errors, waive them in report.yaml, or run `annal build --force`.
    --- exit status 1 ---
    "#);
    assert!(site.path().join("output/2019-20/agencies/fire/index.html").is_file());
    let forced = run(&["build", "--force"]);
    assert!(forced.ends_with("--- exit status 1 ---") && !forced.contains("Nothing was built"), "{forced}");
    assert!(!site.path().join("output/2019-20/agencies/fire/index.html").exists());
}

#[cfg(unix)]
#[test]
fn a_pdf_is_written_completely_or_not_at_all() {
    let site = site();
    fs::write(site.path().join("2019-20.pdf"), "the old one").unwrap();
    let print = |command: &str, more: &[&str]| {
        let browser = browser(site.path(), command);
        let output = annal(site.path(), &[&["pdf", "-q", "--browser", &browser], more].concat());
        let errors = String::from_utf8(output.stderr).unwrap().replace(&browser, "BROWSER");
        (output.status.code(), errors, fs::read_to_string(site.path().join("2019-20.pdf")).unwrap())
    };
    let old = "the old one".to_owned();
    assert_eq!(print("exit 1", &[]), (Some(1), String::new(), old.clone()), "a site with errors is not printed");
    let failed = |why: &str| (Some(2), format!("error: `BROWSER` did not make a PDF{why}\n"), old.clone());
    assert_eq!(print("echo no screen >&2; exit 1", &["--force"]), failed(": no screen"));
    assert_eq!(print("echo %PDF-1.4 > $pdf", &["--force"]), failed(""), "an incomplete PDF is not a PDF");
    let sandboxed = "test $free || { echo try --no-sandbox >&2; exit 1; }; printf '%%PDF-1.4 new %%%%EOF' > $pdf";
    assert_eq!(print(sandboxed, &["--force"]), (Some(1), String::new(), "%PDF-1.4 new %%EOF".to_owned()));
}

#[cfg(unix)]
#[test]
fn a_pdf_is_offered_by_the_next_build_until_the_text_changes() {
    let site = site();
    let report =
        "title: R\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\nagencies: [{id: police, name: P}]\n";
    let report_file = site.path().join("content/2019-20/report.yaml");
    fs::write(&report_file, report).unwrap();
    let browser = browser(site.path(), "printf '%%PDF-1.4 whole %%%%EOF' > $pdf");
    let run = |args: &[&str]| printed(&annal(site.path(), args));
    let saved = run(&["pdf", "--browser", &browser]);
    assert!(saved.contains("Saved content/2019-20/documents/report.pdf"), "{saved}");
    assert!(!run(&["build"]).contains("documents"));
    let built = |path: &str| fs::read_to_string(site.path().join("output/2019-20").join(path)).unwrap();
    assert!(built("documents/report.pdf").starts_with("%PDF-1.4 whole %%EOF"));
    assert!(
        built("index.html")
            .contains("documents/report.pdf\">Full report as a PDF<span class=\"file-facts\"> (PDF, 1 KB)")
    );
    fs::write(&report_file, report.replace("title: R", "title: Q")).unwrap();
    assert!(run(&["check"]).contains("warning[stale-pdf]"));
    let refused = run(&["pdf", "--drafts", "--browser", &browser, "-o", "content/2019-20/documents/report.pdf"]);
    assert!(refused.contains("has content that is not public"), "{refused}");
}

#[test]
fn without_a_browser_a_pdf_says_what_to_install() {
    let site = site();
    let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
    let output = command.arg("pdf").current_dir(site.path()).env("PATH", site.path()).output().unwrap();
    if output.status.code() == Some(2) {
        assert!(String::from_utf8_lossy(&output.stderr).contains("help: install one"));
    }
    let output = annal(site.path(), &["pdf", "--force", "--browser", "nowhere/chrome"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot run `nowhere/chrome`"));
    assert!(!site.path().join("2019-20.pdf").exists());
}

#[test]
fn new_forms_do_not_count_as_answers() {
    let site = site();
    let run = |args: &[&str]| printed(&annal(site.path(), args));
    run(&["new", "year", "2020-21"]);
    run(&["new", "agency", "police", "--year", "2020-21"]);
    let listed = run(&["commitments", "--year", "2019-20"]);
    assert!(listed.contains("-> no outcome yet") && listed.contains("0 with an outcome in 2020-21"), "{listed}");
    for page in ["boards", "print"] {
        let refused = run(&["new", "page", page, "--year", "2019-20"]);
        assert!(refused.contains(&format!("another page already uses the address of `{page}`")), "{refused}");
    }
    assert!(!site.path().join("content/2019-20/pages").exists());
}

#[test]
fn a_year_is_not_begun_with_what_cannot_be_read() {
    let site = site();
    fs::write(site.path().join("content/2019-20/report.yaml"), "title: [\n").expect("there is room");
    let refused = annal(site.path(), &["new", "year", "2020-21"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        printed(&refused).contains("2020-21 copies its lists from content/2019-20/report.yaml, which cannot be read"),
        "{}",
        printed(&refused)
    );
    assert!(!site.path().join("content/2020-21").exists());
}

#[test]
fn a_pdf_that_was_not_made_is_not_named() {
    let site = site();
    let report =
        "title: R\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\nagencies: [{id: police, name: P}]\n";
    fs::write(site.path().join("content/2019-20/report.yaml"), report).expect("there is room");
    let failed = printed(&annal(site.path(), &["pdf", "--browser", "/nowhere/at/all"]));
    assert!(failed.ends_with("--- exit status 2 ---") && !failed.contains("report.pdf"), "{failed}");
    assert!(!site.path().join("content/2019-20/documents").exists());
}

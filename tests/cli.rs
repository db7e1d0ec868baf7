//! The program as people and scripts meet it: what it prints, and its exit status.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs `annal` with some arguments in a folder, without the colours and the clock of this machine.
fn annal(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "SOURCE_DATE_EPOCH", "COLUMNS"] {
        command.env_remove(name);
    }
    command.args(args).current_dir(folder).output().expect("the program was built")
}

/// What a run in an empty folder says, with its exit status.
fn check(args: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    tell(&annal(folder.path(), args))
}

/// Everything that a run said.
fn tell(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let err = if err.is_empty() { String::new() } else { format!("--- standard error ---\n{err}") };
    format!("{out}{err}--- exit status {} ---", output.status.code().unwrap_or(-1))
}

#[test]
fn the_name_alone_gives_help() {
    assert_eq!(check(&[]), check(&["--help"]));
    insta::assert_snapshot!(check(&["--help"]), @r#"
    Build a safeguarding partnership's annual report as a website, and check it

    Usage: annal [OPTIONS] [COMMAND]

    Commands:
      explain      Tell what a diagnostic means and how to mend it
      schema       Print JSON Schemas of the YAML files and front matter, for editors
      completions  Print completions for a shell
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help
      -V, --version  Print version

    Options of every command:
          --root <DIR>    The site's folder [default: the nearest one upwards that holds
                          content/site.yaml]
          --year <YEAR>   Look at this year alone, such as 2019-20
          --color <WHEN>  When to use colour [default: auto] [possible values: auto, always, never]
      -q, --quiet         Leave out closing lines and progress
      -v, --verbose       Tell each step

    Exit status: 0 nothing is wrong, 1 errors were found, 2 the command could not run.
    --- exit status 0 ---
    "#);
    assert!(check(&["--version"]).starts_with("annal "));
}

#[test]
fn wrong_words_get_the_nearest() {
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
    error: invalid value '2019-21' for '--year <YEAR>': a year is written as 2019-20, or as 2019 where it is a calendar year

    For more information, try '--help'.
    --- exit status 2 ---
    "#);
    insta::assert_snapshot!(check(&["schema", "reprot"]), @r#"
    --- standard error ---
    error: invalid value 'reprot' for '[NAME]'
      [possible values: site, report, governance, reviews, glossary, submission, page, chart]

      tip: a similar value exists: 'report'

    For more information, try '--help'.
    --- exit status 2 ---
    "#);
}

#[test]
fn codes_are_explained() {
    insta::assert_snapshot!(check(&["explain", "missing-alt-text"]), @r#"
    error[missing-alt-text]: An image has no words for those who cannot see it

    Between the square brackets of an image stands its description. Here there is nothing.

    A blind reader hears only "image". Public bodies are bound by law to give every picture that carries
    meaning a text that says the same.

    Not like this:

    ```markdown
    ![](../media/survey.png)
    ```

    Say in a sentence what the picture shows and why it is there. Do not begin with "picture of".
    Describe the finding of a diagram; better still, make it a chart, which comes with its own table. A
    picture that says nothing is best left out.

    ```markdown
    ![Most of the 2,361 people who answered felt safer than in the year before](../media/survey.png)
    ```
    --- exit status 0 ---
    "#);
    let list = check(&["explain"]);
    assert!(list.contains("personal-data") && list.ends_with("--- exit status 0 ---"), "{list}");
    assert!(check(&["explain", "--all"]).starts_with("# What annal says"));
}

#[test]
fn schemas_are_printed_and_written() {
    insta::assert_snapshot!(check(&["schema"]), @r#"
    site        content/site.yaml
    report      content/*/report.yaml
    governance  content/*/governance.yaml
    reviews     content/*/reviews.yaml
    glossary    content/glossary.yaml
    submission  front matter of boards/*.md and agencies/*.md
    page        front matter of pages/*.md
    chart       chart blocks

    `annal schema NAME` prints one; `annal schema --output DIR` writes all of them.
    --- exit status 0 ---
    "#);
    assert!(check(&["schema", "report"]).starts_with("{\n  \"$schema\""));
    let folder = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(tell(&annal(folder.path(), &["schema", "--output", "schemas"])), @r#"
    --- standard error ---
    8 schemas in schemas
    --- exit status 0 ---
    "#);
    assert!(folder.path().join("schemas/report.schema.json").is_file());
}

#[test]
fn shells_get_their_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = check(&["completions", shell]);
        assert!(script.contains("explain") && script.ends_with("--- exit status 0 ---"), "{shell}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
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

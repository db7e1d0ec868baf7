//! The `report.yaml` of a new year. Boards, agencies, priorities and meeting months are copied from the year before.

use std::collections::BTreeSet;
use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::Date;

use super::year_title::next_title;
use super::{NewFile, quoted};
use crate::cli::error::CliError;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{RelPath, SourceTexts};
use crate::edit::remove_key::remove_key;
use crate::edit::yaml_content::YamlStep;
use crate::model::{Archive, Report, Year};
use crate::source::SourceTree;
use crate::source::yaml::YamlValue;
use crate::source::yaml::node::parse;

/// The keys that are copied from the year before exactly as written.
const CARRIED: [&str; 6] = ["priorities", "boards", "agencies", "sections", "limits", "duties"];

/// What in them is about the year before, or about the one before that: it is not copied.
const LEFT_BEHIND: [(&str, &str); 3] = [("priorities", "progress"), ("boards", "formerly"), ("agencies", "formerly")];

/// Keeps the year out of what is built.
const STATE: &str = "
# The year can be seen with `annal serve`, but is not built yet. Remove the next line to publish it.
state: preparing
";

/// What is above the lists of boards and agencies while they are empty.
const ROSTER: &str = "\
# Who must submit, in the order of the report. Replace `[]` with lines like this:
#   - {id: risk, name: Risk Board}
";

/// The `report.yaml` of a new year.
pub(super) fn draft(tree: &SourceTree, archive: &Archive, year: &Year) -> NewFile {
    let before = report_before(archive, year);
    let text = before.and_then(|before| Some((before, tree.text(&before.file)?)));
    let text = match text {
        Some((before, text)) => next(before, &text, year),
        None => first(year),
    };
    NewFile::new(&format!("content/{year}/report.yaml"), text)
}

/// The report before a new year.
fn report_before<'a>(archive: &'a Archive, year: &Year) -> Option<&'a Report> {
    archive.reports().rfind(|report| report.year < *year)
}

/// Refuses a year whose lists would be copied from a file that cannot be read: they would be empty.
pub(super) fn check_earlier(archive: &Archive, year: &Year) -> Result<(), CliError> {
    match report_before(archive, year).filter(|before| before.unreadable.contains(&before.file)) {
        Some(before) => {
            Err(CliError::new(format!("{year} copies its lists from {}, which cannot be read", before.file))
                .help(format!("run `annal check {}` to see where, and fix it first", before.file)))
        }
        None => Ok(()),
    }
}

/// Warns if a year does not follow directly on another, or shares months with one.
pub(super) fn warn_of_gap(terminal: Terminal, archive: &Archive, year: &Year) {
    let earlier = report_before(archive, year).map(|report| &report.year);
    let overlap = archive.reports().map(|report| &report.year).find(|other| {
        *other != year && other.as_str().len() != year.as_str().len() && other.first().abs_diff(year.first()) <= 1
    });
    if let Some(other) = overlap {
        terminal.warn(
            &format!("{year} and {other} share some months"),
            "use either calendar years (2025) or years from April to March (2025-26) for all reports",
        );
    } else if let (Some(earlier), Some(before)) = (earlier, year.before())
        && *earlier != before
    {
        terminal.warn(
            &format!("there is no report for {before}: the year before {year} is {earlier}"),
            "delete the new folder if you meant another year",
        );
    }
}

/// The file of a site's first year.
fn first(year: &Year) -> String {
    let (from, to) = usual_period(year);
    format!(
        "title: {}\nperiod: {{from: {from}, to: {to}}}\n{}{STATE}\n{ROSTER}boards: []\nagencies: []\n",
        quoted(&format!("Safeguarding annual report {year}")),
        due(year),
    )
}

/// The day by which submissions are due, as a comment.
fn due(year: &Year) -> String {
    format!(
        "# The day by which everybody must send their part. Forms and letters name it. Remove the `# ` to use it.\n\
         # due: {:04}-06-30\n",
        year.first().saturating_add(1)
    )
}

/// From April to March, or from January to December for a calendar year.
fn usual_period(year: &Year) -> (String, String) {
    let first = year.first();
    if year.as_str().contains('-') {
        (format!("{first:04}-04-01"), format!("{:04}-03-31", first + 1))
    } else {
        (format!("{first:04}-01-01"), format!("{first:04}-12-31"))
    }
}

/// The file of a year that follows another.
fn next(before: &Report, text: &str, year: &Year) -> String {
    let years = year.first().cast_signed().saturating_sub(before.year.first().cast_signed());
    let later = |date: Date| date.saturating_add(i32::from(years).years());
    let title = next_title(&before.title, &before.year, year);
    let mut new = format!("title: {}\n", quoted(&title));
    let period = before.period.map(|(from, to)| (later(from).to_string(), later(to).to_string()));
    let (from, to) = period.unwrap_or_else(|| usual_period(year));
    let _ = writeln!(new, "period: {{from: {from}, to: {to}}}");
    match before.due {
        Some(due) => _ = writeln!(new, "due: {}", later(due)),
        None => new.push_str(&self::due(year)),
    }
    new.push_str(STATE);
    let text = without_answers(&before.file, text);
    let blocks = blocks(&before.file, &text);
    let block = |key: &str| blocks.iter().find(|(known, _)| known == key).map(|(_, block)| *block);
    for key in CARRIED {
        match (block(key), key) {
            (Some(block), _) => _ = write!(new, "\n{}\n", block.trim_start_matches(ROSTER).trim_end()),
            (None, "boards" | "agencies") => _ = write!(new, "\n{key}: []\n"),
            (None, _) => {}
        }
    }
    // Two meetings in one month become one entry: their days are not known yet.
    let months: BTreeSet<String> = before
        .meetings
        .iter()
        .map(|meeting| format!("{:04}-{:02}", meeting.date.year.saturating_add(years), meeting.date.month))
        .collect();
    if !months.is_empty() {
        let _ = write!(
            new,
            "\n# The months of the meetings in {}. Add the days when you know them.\nmeetings:\n",
            before.year
        );
        for month in months {
            let _ = writeln!(new, "  - date: {month}");
        }
    }
    // The new year does not have these pages yet, so the list is a comment.
    if let Some(block) = block("contents") {
        new.push_str("\n# The order of the report. Remove the `# ` from these lines when its pages exist:\n");
        for line in block.trim_end().lines() {
            let _ = writeln!(new, "# {line}");
        }
    }
    new
}

/// The text without what is about the year before. A list in which it cannot be removed alone goes whole.
fn without_answers(file: &RelPath, text: &str) -> String {
    let mut new = text.to_owned();
    let Some(YamlValue::Map(entries)) = parse(file, text, 0).value.map(|node| node.value) else { return new };
    for (list, key) in LEFT_BEHIND {
        let items = entries.iter().find(|(name, _)| name.text == list).map(|(_, node)| &node.value);
        let Some(YamlValue::List(items)) = items else { continue };
        for (at, item) in items.iter().enumerate() {
            let YamlValue::Map(keys) = &item.value else { continue };
            if keys.iter().any(|(name, _)| name.text == key) {
                let path = [YamlStep::Key(list), YamlStep::Item(at), YamlStep::Key(key)];
                let Some(without) = remove_key(&new, &path).or_else(|| remove_key(&new, &path[..1])) else { continue };
                new = without;
            }
        }
    }
    new
}

/// The top-level keys of a YAML file, each with its lines and the comments directly above it.
fn blocks<'t>(file: &RelPath, text: &'t str) -> Vec<(String, &'t str)> {
    let Some(YamlValue::Map(entries)) = parse(file, text, 0).value.map(|node| node.value) else { return Vec::new() };
    let starts: Vec<(String, usize)> = entries
        .into_iter()
        .map(|(key, _)| (key.text, key.span.start as usize))
        .filter(|(_, start)| *start == 0 || text[..*start].ends_with('\n'))
        .map(|(key, start)| (key, with_comments(text, start)))
        .collect();
    let ends = starts.iter().skip(1).map(|(_, start)| *start).chain([text.len()]);
    starts.iter().zip(ends).map(|((key, start), end)| (key.clone(), &text[*start..end])).collect()
}

/// The start of the comments directly above the line that begins at byte `line`, or `line` without comments.
fn with_comments(text: &str, line: usize) -> usize {
    let mut start = line;
    while let Some(above) = text[..start].strip_suffix('\n') {
        let begin = above.rfind('\n').map_or(0, |newline| newline + 1);
        if !above[begin..].starts_with('#') {
            break;
        }
        start = begin;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assemble::assemble;

    fn check(year: &str, report: &str) -> String {
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://example.org\n"),
            ("content/2019-20/report.yaml", report),
        ]);
        String::from_utf8(draft(&tree, &assemble(&tree).value, &Year::parse(year).unwrap()).bytes).unwrap()
    }

    #[test]
    fn a_year_copies_what_stays_the_same() {
        let report = "\
# Ours.
title: Annual report 2019-20
period: {from: 2019-04-01, to: 2020-02-29}
published: 2020-11-01
due: 2020-09-30

# Chosen in March.
priorities:
  - {id: hate-crime, name: Hate crime}   # again
boards: []
agencies:
  - id: police
    name: Police

meetings:
  - {date: 2019-06-04, note: Cold.}
  - {date: 2019-06-25}
  - date: 2019-12
contents: [foreword, agencies]
waivers:
  - {code: missing-submission, file: report.yaml, reason: Known.}
";
        insta::assert_snapshot!(check("2020-21", report), @r#"
        title: "Annual report 2020-21"
        period: {from: 2020-04-01, to: 2021-02-28}
        due: 2021-09-30

        # The year can be seen with `annal serve`, but is not built yet. Remove the next line to publish it.
        state: preparing

        # Chosen in March.
        priorities:
          - {id: hate-crime, name: Hate crime}   # again

        boards: []

        agencies:
          - id: police
            name: Police

        # The months of the meetings in 2019-20. Add the days when you know them.
        meetings:
          - date: 2020-06
          - date: 2020-12

        # The order of the report. Remove the `# ` from these lines when its pages exist:
        # contents: [foreword, agencies]
        "#);
        assert_eq!(check("2018-19", report), check("2018-19", ""), "a year earlier than all others copies nothing");
        insta::assert_snapshot!(check("2018-19", report), @r#"
        title: "Safeguarding annual report 2018-19"
        period: {from: 2018-04-01, to: 2019-03-31}
        # The day by which everybody must send their part. Forms and letters name it. Remove the `# ` to use it.
        # due: 2019-06-30

        # The year can be seen with `annal serve`, but is not built yet. Remove the next line to publish it.
        state: preparing

        # Who must submit, in the order of the report. Replace `[]` with lines like this:
        #   - {id: risk, name: Risk Board}
        boards: []
        agencies: []
        "#);
    }

    #[test]
    fn last_years_answers_stay_behind() {
        let report = "\
title: Annual report 2019/20
period: {from: 2019-04-01, to: 2020-03-31}
priorities:
  - {id: neglect, name: Neglect, progress: {state: little, text: \"Two of *six*.\", measures: [a]}}   # again
  - id: hate-crime
    progress:
      state: good
    # As in the plan.
    name: Hate crime
boards: []
agencies:
  - {id: police, name: Police, formerly: constabulary}
";
        insta::assert_snapshot!(check("2020-21", report), @r#"
        title: "Annual report 2020/21"
        period: {from: 2020-04-01, to: 2021-03-31}
        # The day by which everybody must send their part. Forms and letters name it. Remove the `# ` to use it.
        # due: 2021-06-30

        # The year can be seen with `annal serve`, but is not built yet. Remove the next line to publish it.
        state: preparing

        priorities:
          - {id: neglect, name: Neglect}   # again
          - id: hate-crime
            # As in the plan.
            name: Hate crime

        boards: []

        agencies:
          - {id: police, name: Police}
        "#);
    }

    #[test]
    fn unreadable_lists_become_empty() {
        let due = due(&Year::parse("2021").unwrap());
        let expected = format!("title: \"T 2021\"\nperiod: {{from: 2021-01-01, to: 2021-12-31}}\n{due}");
        let lists = "\nboards: []\n\nagencies: []\n";
        assert_eq!(check("2021", "{title: T, boards: [], agencies: []}"), format!("{expected}{STATE}{lists}"));
    }
}

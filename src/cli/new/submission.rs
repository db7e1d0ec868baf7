//! A form for a submission: the required headings, and last year's commitments to report back on.

use std::fmt::Write;

use super::NewFile;
use crate::cli::args::NewSubmissionArgs;
use crate::cli::error::CliError;
use crate::cli::open_site;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Span, quoted_list};
use crate::model::sections::SectionRules;
use crate::model::{Archive, Report, SubmitterKind};
use crate::source::SourceTree;
use crate::source::files::{Outcome, ReportFile};
use crate::source::slug::slug;
use crate::source::yaml::read_document;

/// Creates a form for each board or agency in `who.ids`, or with `--all` for each that has no file yet.
///
/// # Errors
///
/// If an id is not in `report.yaml`, or `report.yaml` lists nobody of this kind.
pub(super) fn drafts(
    tree: &SourceTree,
    archive: &Archive,
    report: &Report,
    kind: SubmitterKind,
    who: &NewSubmissionArgs,
) -> Result<Vec<NewFile>, CliError> {
    if report.unreadable.contains(&report.file) {
        return Err(open_site::unreadable(report));
    }
    let expected: Vec<&str> = report.submitters_of(kind).map(|submitter| submitter.id).collect();
    if let Some(unknown) = who.ids.iter().find(|id| !expected.contains(&id.as_str())) {
        let message = format!("{} does not list the {} `{unknown}`", report.file, kind.name());
        let other = kind.other();
        let help = if report.submitter(other, unknown).is_some() {
            format!("`{unknown}` is listed under `{}:`; use `annal new {} {unknown}`", other.folder(), other.name())
        } else {
            did_you_mean(unknown, expected.iter().copied()).unwrap_or_else(|| {
                let id = Some(slug(unknown)).filter(|id| !id.is_empty()).unwrap_or_else(|| "…".to_owned());
                format!("add `- {{id: {id}, name: …}}` under `{}:` in that file first", kind.folder())
            })
        };
        return Err(CliError::new(message).help(help));
    }
    if expected.is_empty() {
        let what = kind.folder();
        let help =
            format!("delete any `[]` after `{what}:` and add a line for each below it: `  - {{id: …, name: …}}`");
        return Err(CliError::new(format!("{} lists no {what} yet", report.file)).help(help));
    }
    let text = tree.shared_text(report.file.as_str()).map_or("", |text| &**text);
    let written = read_document::<ReportFile>(&report.file, text, Span::new(0, text.len())).value;
    let rules = SectionRules::new(kind, written.sections.as_ref(), &archive.site.language);
    let draft = |id: &str| NewFile { path: path(report, kind, id), text: template(archive, report, &rules, id) };
    if who.all {
        return Ok(without_file(tree, report, kind).map(draft).collect());
    }
    let is_wanted = |id: &&str| who.ids.iter().any(|wanted| wanted == id);
    Ok(expected.into_iter().filter(is_wanted).map(draft).collect())
}

/// The ids of everybody of one kind who has no file yet, not even an empty form.
pub(super) fn without_file<'a>(
    tree: &'a SourceTree,
    report: &'a Report,
    kind: SubmitterKind,
) -> impl Iterator<Item = &'a str> {
    report.submitters_of(kind).map(|submitter| submitter.id).filter(move |id| {
        let path = path(report, kind, id);
        !tree.files.contains_key(path.as_str()) && !tree.unreadable.contains(path.as_str())
    })
}

/// The path of a form.
fn path(report: &Report, kind: SubmitterKind, id: &str) -> String {
    format!("{}/{}/{id}.md", report.folder, kind.folder())
}

fn template(archive: &Archive, report: &Report, rules: &SectionRules, id: &str) -> String {
    let mut text = String::from(
        "---\nstatus: draft     # change this to `submitted` when the text is ready\n\
         # author: {name: , role: }\n# submitted: YYYY-MM-DD\n",
    );
    let earlier_id = report.submitter(rules.kind(), id).map_or(id, |submitter| submitter.earlier_id());
    let earlier = archive.before(report).and_then(|before| before.submission(rules.kind(), earlier_id));
    let commitments = earlier.map_or(&[][..], |earlier| &earlier.commitments);
    if !commitments.is_empty() {
        let outcomes = quoted_list(Outcome::WORDS);
        let _ = writeln!(text, "\n# Report back on last year's commitments. The outcomes are {outcomes}.");
        text.push_str("follow_up:\n");
    }
    for commitment in commitments {
        let words = commitment.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = write!(text, "  # {words}\n  - commitment: {}\n    outcome:\n    note:\n", commitment.id.slug());
    }
    text.push_str("---\n%% Lines that begin with %% are notes to you and are not published.\n");
    if !report.priorities.is_empty() {
        let priorities: Vec<&str> = report.priorities.iter().map(|priority| priority.id.as_str()).collect();
        let _ = writeln!(
            text,
            "%% If you write about any of the year's priorities, list them above: `priorities: [{}]`.",
            priorities.join(", ")
        );
    }
    for (_, title) in rules.required() {
        let _ = write!(text, "\n## {title}\n");
    }
    text
}

//! A form for a submission: the required headings, and last year's commitments to report back on.

use std::fmt::Write;

use super::NewFile;
use crate::cli::args::NewSubmissionArgs;
use crate::cli::error::CliError;
use crate::cli::open_site;
use crate::diagnostic::quoted_list;
use crate::diagnostic::suggest::did_you_mean;
use crate::model::sections::SectionRules;
use crate::model::{Archive, Report, Submitter, SubmitterKind};
use crate::source::SourceTree;
use crate::source::files::Outcome;
use crate::source::one_line::one_line;
use crate::source::slug::slug;

/// Checks that `report.yaml` lists boards or agencies, and those with the `ids` among them.
///
/// # Errors
///
/// If an id is not in `report.yaml`, or `report.yaml` lists nobody of this kind.
pub(super) fn check_ids(report: &Report, kind: SubmitterKind, ids: &[String]) -> Result<(), CliError> {
    if report.unreadable.contains(&report.file) {
        return Err(open_site::unreadable(report));
    }
    let expected: Vec<&str> = report.submitters_of(kind).map(|submitter| submitter.id).collect();
    if let Some(unknown) = ids.iter().find(|id| !expected.contains(&id.as_str())) {
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
    Ok(())
}

/// Creates a form for each board or agency in `who.ids`, or with `--all` for each that has no file yet.
#[must_use]
pub(super) fn drafts(
    tree: &SourceTree,
    archive: &Archive,
    report: &Report,
    kind: SubmitterKind,
    who: &NewSubmissionArgs,
) -> Vec<NewFile> {
    let is_wanted = |owner: &Submitter<'_>| {
        if who.all { !has_file(tree, report, kind, owner.id) } else { who.ids.iter().any(|id| id == owner.id) }
    };
    let wanted = report.submitters_of(kind).filter(is_wanted);
    wanted.map(|owner| NewFile::new(&path(report, kind, owner.id), template(archive, report, owner))).collect()
}

/// Whether a board or agency has a file, if only an empty form.
#[must_use]
pub(super) fn has_file(tree: &SourceTree, report: &Report, kind: SubmitterKind, id: &str) -> bool {
    let path = path(report, kind, id);
    tree.files.contains_key(path.as_str()) || tree.unreadable.contains(path.as_str())
}

/// The path of a form.
fn path(report: &Report, kind: SubmitterKind, id: &str) -> String {
    format!("{}/{}/{id}.md", report.folder, kind.folder())
}

fn template(archive: &Archive, report: &Report, owner: Submitter<'_>) -> String {
    // What is beside the status stays there when a document is taken in, so it must be true of every status.
    let mut text = String::from(
        "---\nstatus: draft     # `draft`, `submitted` or `signed-off`\n\
         # author: {name: , role: }\n# submitted: YYYY-MM-DD\n",
    );
    let commitments = archive.commitments_to_answer(report, owner);
    if !commitments.is_empty() {
        let outcomes = quoted_list(Outcome::WORDS);
        let _ = writeln!(text, "\n# Report back on last year's commitments. The outcomes are {outcomes}.");
        text.push_str("follow_up:\n");
    }
    for commitment in commitments {
        let words = one_line(&commitment.text);
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
    for (_, title) in report.rules_of(owner.kind).into_iter().flat_map(SectionRules::required) {
        let _ = write!(text, "\n## {title}\n");
    }
    text
}

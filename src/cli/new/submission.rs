//! A submission to begin from: the headings that are due, and last year's commitments waiting for an answer.

use std::fmt::Write;

use super::NewFile;
use crate::cli::args::NewSubmissionArgs;
use crate::cli::error::CliError;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Span, quoted_list};
use crate::model::sections::SectionRules;
use crate::model::{Archive, Report, SubmitterKind};
use crate::source::SourceTree;
use crate::source::files::{Outcome, ReportFile};
use crate::source::slug::slug;
use crate::source::yaml::read_document;

/// A file for each board or agency that was named, or for each that has none yet.
pub(super) fn drafts(
    tree: &SourceTree,
    archive: &Archive,
    report: &Report,
    kind: SubmitterKind,
    who: &NewSubmissionArgs,
) -> Result<Vec<NewFile>, CliError> {
    let due: Vec<&str> = report.submitters_of(kind).map(|submitter| submitter.id).collect();
    if let Some(stranger) = who.ids.iter().find(|id| !due.contains(&id.as_str())) {
        let message = format!("{} does not list the {} `{stranger}`", report.file, kind.name());
        let other = kind.other();
        let help = if report.submitter(other, stranger).is_some() {
            format!("it lists `{stranger}` under `{}:`: `annal new {} {stranger}`", other.folder(), other.name())
        } else {
            did_you_mean(stranger, due.iter().copied()).unwrap_or_else(|| {
                let id = Some(slug(stranger)).filter(|id| !id.is_empty()).unwrap_or_else(|| "…".to_owned());
                format!("add `- {{id: {id}, name: …}}` to `{}:` there first", kind.folder())
            })
        };
        return Err(CliError::new(message).help(help));
    }
    if due.is_empty() {
        let what = kind.folder();
        let help = format!("write a line for each below `{what}:` there, without `[]`: `  - {{id: …, name: …}}`");
        return Err(CliError::new(format!("{} lists no {what} yet", report.file)).help(help));
    }
    let text = tree.shared_text(report.file.as_str()).map_or("", |text| &**text);
    let written = read_document::<ReportFile>(&report.file, text, Span::new(0, text.len())).value;
    let rules = SectionRules::new(kind, written.sections.as_ref(), &archive.site.language);
    let draft = |id: &str| NewFile {
        path: format!("{}/{}/{id}.md", report.folder, kind.folder()),
        text: template(archive, report, &rules, id),
    };
    let wanted = due.iter().copied().filter(|id| {
        if who.all { report.submission(kind, id).is_none() } else { who.ids.iter().any(|wanted| wanted == id) }
    });
    Ok(wanted.map(draft).collect())
}

fn template(archive: &Archive, report: &Report, rules: &SectionRules, id: &str) -> String {
    let mut text = String::from(
        "---\nstatus: draft     # change it to `submitted` when the text is ready\n# author: {name: , role: }\n# submitted: YYYY-MM-DD\n",
    );
    let earlier = archive.before(report).and_then(|before| before.submission(rules.kind(), id));
    let promised = earlier.map_or(&[][..], |earlier| &earlier.commitments);
    if !promised.is_empty() {
        let _ =
            writeln!(text, "\n# What became of last year's commitments; outcomes are {}.", quoted_list(Outcome::WORDS));
        text.push_str("follow_up:\n");
    }
    for commitment in promised {
        let words = commitment.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = write!(text, "  # {words}\n  - commitment: {}\n    outcome:\n    note:\n", commitment.id.slug());
    }
    text.push_str("---\n%% Lines that begin with %% are notes to you: they are left out of the page.\n");
    if !report.priorities.is_empty() {
        let priorities: Vec<&str> = report.priorities.iter().map(|priority| priority.id.as_str()).collect();
        let _ = writeln!(
            text,
            "%% If you write about the year's priorities, name them above: `priorities: [{}]`.",
            priorities.join(", ")
        );
    }
    for (_, title) in rules.required() {
        let _ = write!(text, "\n## {title}\n");
    }
    text
}

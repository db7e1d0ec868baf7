//! Forms as Word documents, which editors send out and `annal intake` reads when they come back.

use super::NewFile;
use crate::cli::args::NewSubmissionArgs;
use crate::cli::error::CliError;
use crate::cli::open_site::OpenSite;
use crate::intake::form::Form;
use crate::model::{Archive, Report, Submitter, SubmitterKind};
use crate::render::theme::site_locale;

/// The folder beside `content/`.
const FOLDER: &str = "forms";

/// Creates a Word form for each board or agency in `who.ids`, or with `--all` for each that has neither a form nor a
/// submission yet.
///
/// # Errors
///
/// If a document cannot be put together.
pub(super) fn drafts(
    site: &OpenSite,
    archive: &Archive,
    report: &Report,
    kind: SubmitterKind,
    who: &NewSubmissionArgs,
) -> Result<Vec<NewFile>, CliError> {
    let words = site_locale(&site.tree, &archive.site);
    let is_waiting = |owner: &Submitter<'_>| {
        owner.submission.is_none() && site.root.join(path(report, *owner)).symlink_metadata().is_err()
    };
    let is_wanted = |owner: &Submitter<'_>| {
        if who.all { is_waiting(owner) } else { who.ids.iter().any(|id| id == owner.id) }
    };
    let draft = |owner: Submitter<'_>| {
        let path = path(report, owner);
        let bytes = Form::new(archive, report, owner, &words).document().to_bytes();
        let bytes = bytes.map_err(|error| CliError::new(format!("{path} cannot be put together: {error}")))?;
        Ok(NewFile { path, bytes })
    };
    report.submitters_of(kind).filter(is_wanted).map(draft).collect()
}

/// The path of a form: `forms/2024-25/police.docx`. A board and an agency may have the same id.
fn path(report: &Report, owner: Submitter<'_>) -> String {
    let kind = owner.kind;
    let other = report.submitter(kind.other(), owner.id);
    let kind = other.map_or_else(String::new, |_| format!("-{}", kind.name()));
    format!("{FOLDER}/{}/{}{kind}.docx", report.year, owner.id)
}

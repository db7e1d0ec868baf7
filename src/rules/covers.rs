//! Checks the reports to committees: their template, and the headings under which something must be written.

use super::waivers;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, excerpt, quoted_list};
use crate::model::cover::{CoverHeading, CoverRequest, CoverTemplate};
use crate::model::cover_content::fills;
use crate::model::{Archive, Report};
use crate::source::files::CoverSource;
use crate::source::yaml::Text;

/// `unknown-id` of templates and headings that do not exist, and `empty-section` of required headings.
#[must_use]
pub(crate) fn check(archive: &Archive) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for report in archive.reports() {
        let covers = report.distribution.iter().filter_map(|sent| sent.cover.as_ref());
        let of_year = covers.flat_map(|cover| check_cover(archive, report, cover));
        found.extend(of_year.filter(|one| waivers::is_enabled(archive, report, one)));
    }
    found
}

fn check_cover(archive: &Archive, report: &Report, cover: &CoverRequest) -> Vec<Diagnostic> {
    let Some(template) = archive.covers.iter().find(|template| template.id == cover.template.value) else {
        return vec![no_template(&archive.covers, cover)];
    };
    let headings = || template.headings.iter().map(|heading| heading.id.as_str());
    let is_unknown = |id: &&Text| template.is_complete && !headings().any(|known| known == id.value);
    let unknown = cover.implications.iter().map(|(id, _)| id).filter(is_unknown).map(|id| {
        let message = format!("`{}` has no heading `{}`", excerpt(&template.id), excerpt(id));
        let known: Vec<&str> = headings().collect();
        let help = did_you_mean(id, headings()).unwrap_or_else(|| format!("its headings are {}", quoted_list(&known)));
        Diagnostic::new(Code::UnknownId, Location::new(&cover.file, id.span), message).help(help)
    });
    // What cannot be read may be what belongs under a heading.
    let is_certain = report.unreadable.is_empty();
    let is_empty = |heading: &&CoverHeading| {
        // Missing recommendations are reported as such.
        let is_reported = heading.source == Some(CoverSource::Recommendations);
        is_certain && heading.is_required && !is_reported && !fills(cover, heading, report)
    };
    let empty = template.headings.iter().filter(is_empty).map(|heading| empty(cover, heading));
    unknown.chain(empty).collect()
}

fn no_template(templates: &[CoverTemplate], cover: &CoverRequest) -> Diagnostic {
    let written = &cover.template;
    let message = format!("there is no file `content/covers/{}.yaml`", excerpt(written));
    let help = did_you_mean(written, templates.iter().map(|template| template.id.as_str()));
    let help =
        help.unwrap_or_else(|| "create it with `annal new cover merton` or `annal new cover safermk`".to_owned());
    Diagnostic::new(Code::UnknownId, Location::new(&cover.file, written.span), message).help(help)
}

fn empty(cover: &CoverRequest, heading: &CoverHeading) -> Diagnostic {
    let source = match heading.source {
        Some(CoverSource::Summary) => "write `headline` and `key_messages`, or a `summary` of each priority, or ",
        Some(CoverSource::Highlights) => "write the `progress` of each priority, or ",
        Some(CoverSource::Budget) => "add `data/budget.csv`, or ",
        Some(CoverSource::Duties) => "name rule sets under `duties`, or ",
        Some(CoverSource::Recommendations | CoverSource::Appendices) | None => "",
    };
    let message = format!("the report to this committee says nothing under \"{}\"", excerpt(&heading.title));
    let location = Location::new(&cover.file, cover.template.span);
    let help = format!("{source}add the words to the entry: `implications: {{{}: …}}`", heading.id);
    let related = "the heading is required here";
    Diagnostic::new(Code::EmptySection, location, message).related(heading.location.clone(), related).help(help)
}

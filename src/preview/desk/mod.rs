//! The editor's desk: which submissions have arrived, their problems, and letters to the boards and agencies.

mod html;
mod reminder;
mod source_view;
mod submissions;
mod year;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;

use self::html::HtmlBuffer;
pub(crate) use self::source_view::{source_address, source_page};
use super::problems::Problem;
use crate::diagnostic::located::counted;
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, RelPath, Summary};
use crate::model::{Archive, Report};
use crate::output::OutputTree;
use crate::source::SourceTree;

/// When each submission file was last modified.
#[derive(Clone, Debug, Default)]
pub(crate) struct LastChanges(BTreeMap<RelPath, Timestamp>);

impl LastChanges {
    /// Reads the modification times of all submissions of the site at `root`.
    #[must_use]
    pub(crate) fn read(root: &Path, archive: &Archive) -> Self {
        let files = archive.reports().flat_map(Report::submissions).map(|submission| &submission.file);
        let written = files.filter_map(|file| {
            let written = root.join(file.as_str()).metadata().ok()?.modified().ok()?;
            Some((file.clone(), Timestamp::try_from(written).ok()?))
        });
        Self(written.collect())
    }

    /// When a file was last modified.
    fn get(&self, file: &RelPath) -> Option<Timestamp> {
        self.0.get(file).copied()
    }
}

/// The inputs of the desk.
pub(crate) struct Desk<'a> {
    pub archive: &'a Archive,
    /// The diagnostics in the form that is shown.
    pub problems: &'a [Problem],
    pub diagnostics: &'a [Diagnostic],
    /// The number of errors, warnings, notes and files.
    pub summary: Summary,
    /// The built site, to link only to pages that exist.
    pub files: &'a OutputTree,
    /// The source files.
    pub tree: &'a SourceTree,
    pub last_changes: &'a LastChanges,
    /// The date to use as today, for deadlines.
    pub today: Date,
}

/// The desk as a page.
#[must_use]
pub(crate) fn page(desk: &Desk<'_>) -> String {
    let flagged = Redactions::from_diagnostics(desk.diagnostics);
    let site = if desk.archive.site.title.is_empty() { "This site" } else { &desk.archive.site.title };
    let mut html = begin("Editor’s desk", Some(&flagged));
    html.raw("<header><p><a href=\"/\">").text(site).raw("</a></p><h1>Editor’s desk</h1>");
    let files = counted(desk.summary.files, "file");
    html.element("p", &[("class", "summary")], &format!("Checked {files}: {}.", desk.summary.problems()));
    let reports = || desk.archive.reports.iter().rev();
    if reports().count() > 1 {
        html.raw("<nav aria-label=\"Years\"><ul>");
        for report in reports() {
            html.raw("<li>").link(&format!("#year-{}", report.year), report.year.as_str()).raw("</li>");
        }
        html.raw("</ul></nav>");
    }
    html.raw("</header><main id=\"main\">");
    year::write_safety(&mut html, desk.problems);
    if desk.archive.reports.is_empty() {
        html.raw("<p>There is no report yet. To create one, run <code>annal new year 2024-25</code>.</p>");
    }
    for report in reports() {
        year::write(&mut html, desk, report);
    }
    let of_years: Vec<&RelPath> = reports().map(|report| &report.folder).collect();
    let is_shared =
        |problem: &&Problem| !of_years.iter().any(|folder| problem.location.file.below(folder.as_str()).is_some());
    let shared: Vec<&Problem> = desk.problems.iter().filter(is_shared).collect();
    if !shared.is_empty() {
        html.raw("<section aria-labelledby=\"shared\"><h2 id=\"shared\">Problems in files that all years share</h2>");
        year::list(&mut html, &shared);
        html.raw("</section>");
    }
    html.raw("</main><p class=\"visually-hidden\" role=\"status\" id=\"said\"></p>");
    html.raw("<script src=\"/_annal/desk.js\" defer></script>");
    end(html)
}

/// The page for an address that does not exist, if the site has no such page of its own.
#[must_use]
pub(crate) fn not_found_page(summary: Summary) -> String {
    let mut html = begin("Not found", None);
    html.raw("<main id=\"main\"><h1>There is no page at this address</h1><p>");
    if summary.errors > 0 {
        html.raw("Errors in the site may have stopped it from being built. It will appear here when they are fixed. ");
    }
    html.raw("Go to the <a href=\"/_desk/\">editor’s desk</a> or <a href=\"/\">the front page</a>.</p></main>");
    end(html)
}

/// Begins a page of the preview: everything up to the content.
fn begin<'a>(title: &str, flagged: Option<&'a Redactions>) -> HtmlBuffer<'a> {
    let mut html = HtmlBuffer::new(flagged);
    html.raw("<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\">");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">");
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; ");
    html.raw("connect-src 'self'; form-action 'none'; img-src 'self'; script-src 'self'; style-src 'self'\">");
    html.element("title", &[], &format!("{title} · annal"));
    html.raw("<link rel=\"stylesheet\" href=\"/_annal/desk.css\"></head><body>");
    html.raw("<a class=\"skip\" href=\"#main\">Skip to main content</a>");
    html
}

/// Ends a page and returns its HTML.
fn end(mut html: HtmlBuffer<'_>) -> String {
    html.raw("</body></html>\n");
    html.finish()
}

//! The editor's desk: who has sent what, what is wrong with it, and what to write to them.

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
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, RelPath, Summary};
use crate::model::{Archive, Report};
use crate::output::OutputTree;
use crate::source::SourceTree;

/// When submissions were last written to.
#[derive(Clone, Debug, Default)]
pub(crate) struct LastChanges(BTreeMap<RelPath, Timestamp>);

impl LastChanges {
    /// Asks the disk about every submission of the site at `root`.
    #[must_use]
    pub(crate) fn read(root: &Path, archive: &Archive) -> Self {
        let files = archive.reports().flat_map(Report::submissions).map(|submission| &submission.file);
        let written = files.filter_map(|file| {
            let written = root.join(file.as_str()).metadata().ok()?.modified().ok()?;
            Some((file.clone(), Timestamp::try_from(written).ok()?))
        });
        Self(written.collect())
    }

    /// When a file was last written to.
    fn get(&self, file: &RelPath) -> Option<Timestamp> {
        self.0.get(file).copied()
    }
}

/// What the desk is made of.
pub(crate) struct Desk<'a> {
    /// The model.
    pub archive: &'a Archive,
    /// What was found, as it is shown.
    pub faults: &'a [Problem],
    /// The same as it was found.
    pub diagnostics: &'a [Diagnostic],
    /// How much.
    pub summary: Summary,
    /// The files that there are pages in.
    pub files: &'a OutputTree,
    /// The files that all was read from.
    pub tree: &'a SourceTree,
    /// When submissions were last written to.
    pub last_changes: &'a LastChanges,
    /// The day to go by, for lateness.
    pub today: Date,
}

/// The desk as a page.
#[must_use]
pub(crate) fn page(desk: &Desk<'_>) -> String {
    let flagged = Redactions::from_diagnostics(desk.diagnostics);
    let site = if desk.archive.site.title.is_empty() { "This site" } else { &desk.archive.site.title };
    let mut html = begin("Editor’s desk", Some(&flagged));
    html.raw("<header><p><a href=\"/\">").text(site).raw("</a></p><h1>Editor’s desk</h1>");
    html.element("p", &[("class", "summary")], &format!("{}.", sentence(&desk.summary.to_string())));
    let reports = || desk.archive.reports.iter().rev();
    if reports().count() > 1 {
        html.raw("<nav aria-label=\"Years\"><ul>");
        for report in reports() {
            html.raw("<li>").link(&format!("#year-{}", report.year), report.year.as_str()).raw("</li>");
        }
        html.raw("</ul></nav>");
    }
    html.raw("</header><main id=\"main\">");
    year::write_safety(&mut html, desk.faults);
    if desk.archive.reports.is_empty() {
        html.raw("<p>There is no report yet: <code>annal new year 2024-25</code> begins one.</p>");
    }
    for report in reports() {
        year::write(&mut html, desk, report);
    }
    let of_years: Vec<&RelPath> = reports().map(|report| &report.folder).collect();
    let is_shared =
        |fault: &&Problem| !of_years.iter().any(|folder| fault.location.file.below(folder.as_str()).is_some());
    let shared: Vec<&Problem> = desk.faults.iter().filter(is_shared).collect();
    if !shared.is_empty() {
        html.raw("<section aria-labelledby=\"shared\"><h2 id=\"shared\">The site as a whole</h2>");
        year::list(&mut html, &shared);
        html.raw("</section>");
    }
    html.raw("</main><p class=\"visually-hidden\" role=\"status\" id=\"said\"></p>");
    html.raw("<script src=\"/_annal/desk.js\" defer></script>");
    end(html)
}

/// The page for an address that the site has nothing at, where the site has no such page of its own.
#[must_use]
pub(crate) fn not_found_page(summary: Summary) -> String {
    let mut html = begin("Not found", None);
    html.raw("<main id=\"main\"><h1>There is no page at this address</h1><p>");
    if summary.errors > 0 {
        html.raw("Faults in the site may keep it from being made. It appears here as soon as they are mended. ");
    }
    html.raw("See the <a href=\"/_desk/\">editor’s desk</a>, or go to <a href=\"/\">the front page</a>.</p></main>");
    end(html)
}

/// Begins a page of the preview's own.
fn begin<'a>(title: &str, flagged: Option<&'a Redactions>) -> HtmlBuffer<'a> {
    let mut html = HtmlBuffer::new(flagged);
    html.raw("<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\">");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">");
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; ");
    html.raw("connect-src 'self'; form-action 'none'; img-src 'self'; script-src 'self'; style-src 'self'\">");
    html.element("title", &[], &format!("{title} · annal"));
    html.raw("<link rel=\"stylesheet\" href=\"/_annal/desk.css\"></head><body>");
    html.raw("<a class=\"skip\" href=\"#main\">Skip to the content</a>");
    html
}

/// Ends it.
fn end(mut html: HtmlBuffer<'_>) -> String {
    html.raw("</body></html>\n");
    html.finish()
}

/// Words as a sentence begins.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

//! What is needed of each board and agency: a page for each, in the words of the letters to them, and a list of the pages.

use std::fmt::Write;
use std::sync::PoisonError;

use super::{ProofSink, escaped};
use crate::diagnostic::{DiagnosticList, RelPath};
use crate::locale::Locale;
use crate::model::assemble::{TranslatedSite, assemble_translations};
use crate::model::submission_status::SubmissionState;
use crate::model::{Archive, Report, UnbuiltContent};
use crate::options::Options;
use crate::output::{OutputFile, OutputSink};
use crate::preview::{Need, needs};
use crate::render::redact::Redactor;
use crate::source::SourceTree;

/// The list of the pages.
pub(crate) const LIST: &str = "needs.html";

/// What the pages are made from in every language.
#[derive(Clone, Copy)]
struct NeedsSource<'a> {
    listing: &'a DiagnosticList<'a>,
    /// What must not be published.
    withheld: &'a Redactor,
    /// The only year that is wanted.
    year: Option<&'a str>,
}

impl<S: OutputSink> ProofSink<'_, S> {
    /// Puts the style sheet, and in each language of the site a page for each board and agency of every year that is being
    /// worked on, or of `year`, and a list of them. They have the frame of the home page, so that they look like the rest, and
    /// like the rest they do not say what must not be published: names and titles may hold it.
    ///
    /// # Errors
    ///
    /// If the sink could not take a page.
    pub(crate) fn put_needs(
        &self,
        archive: &Archive,
        listing: &DiagnosticList<'_>,
        withheld: &Redactor,
        tree: &SourceTree,
        year: Option<&str>,
    ) -> Result<(), S::Error> {
        self.put_style()?;
        let needs = NeedsSource { listing, withheld, year };
        self.put_needs_in(&archive.site.language, "", archive, tree, needs)?;
        for TranslatedSite { translation, archive } in assemble_translations(tree, archive) {
            let folder = format!("{}/", translation.language);
            self.put_needs_in(&translation.language, &folder, &archive, &translation.tree, needs)?;
        }
        Ok(())
    }

    /// Puts the pages of one language into `folder`, which is empty or ends with `/`.
    fn put_needs_in(
        &self,
        language: &str,
        folder: &str,
        archive: &Archive,
        tree: &SourceTree,
        NeedsSource { listing, withheld, year }: NeedsSource<'_>,
    ) -> Result<(), S::Error> {
        let home = self.homes.lock().unwrap_or_else(PoisonError::into_inner).get(folder).cloned();
        let (Some(home), Some(words)) = (home, self.words.get(language)) else { return Ok(()) };
        let home = String::from_utf8_lossy(&home);
        let withheld = withheld.with_replacement(words.text("withheld"));
        let put = |path: &str, page: String| {
            let path = withheld.sweep_path(&RelPath::new(&format!("{folder}{path}")));
            let page = withheld.sweep(path.as_str(), page.into_bytes());
            self.put(OutputFile::new(path, page))
        };
        let unbuilt = UnbuiltContent::new(archive, &Options::new(self.date));
        let is_listed = |report: &&Report| match year {
            Some(year) => report.year.as_str() == year,
            None => unbuilt.is_open(archive, report),
        };
        let mut list = String::new();
        for report in archive.reports().rev().filter(is_listed) {
            _ = write!(list, "<h2>{}</h2>\n<ul>\n", escaped(&report.title));
            for need in needs(archive, report, listing, tree, self.date, words) {
                let path = format!("needs-{}-{}-{}.html", report.year, need.kind.name(), need.id);
                let (title, state) = (escaped(need.name), escaped(words.text(key_of(need.state))));
                _ = writeln!(list, "<li><a href=\"{path}\">{title}</a>: {state}</li>");
                let main = format!("<p>{state}</p>\n{}", body(&need, report, words));
                let title = format!("{}: {}", words.text("proof.needs"), need.name);
                put(&path, framed(&home, &title, &main))?;
            }
            list.push_str("</ul>\n");
        }
        put(LIST, framed(&home, words.text("proof.needs"), &list))
    }
}

/// The home page with another title and main part.
fn framed(home: &str, title: &str, main: &str) -> String {
    let title = escaped(title);
    let between = |page: &str, begin: &str, end: &str, new: &str| {
        let start = page.find(begin).map(|at| at + begin.len());
        let range = start.and_then(|start| Some((start, start + page[start..].find(end)?)));
        range.map_or_else(|| page.to_owned(), |(start, stop)| format!("{}{new}{}", &page[..start], &page[stop..]))
    };
    let page = between(home, "<title>", "</title>", &title);
    let page = page.replacen("class=\"k-home\"", "class=\"k-page\"", 1);
    let main = format!(
        " id=\"main\" tabindex=\"-1\">\n<header class=\"title\"><h1>{title}</h1></header>\n<div class=\"prose\">\n{main}</div>\n"
    );
    between(&page, "<main", "</main>", &main)
}

/// The key of the words for where a submission is.
fn key_of(state: SubmissionState) -> &'static str {
    match state {
        SubmissionState::NotBegun => "proof.missing",
        SubmissionState::Draft => "proof.draft",
        SubmissionState::Submitted => "proof.to-sign",
        SubmissionState::SignedOff => "proof.signed",
        SubmissionState::Changed => "proof.changed",
    }
}

/// What is asked for, and a link to the text to read.
fn body(need: &Need<'_>, report: &Report, words: &Locale) -> String {
    let mut html = String::new();
    for block in need.paragraphs.iter().map(String::as_str) {
        let item = |line: &str| {
            let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let text =
                line.strip_prefix("- ").or_else(|| number.strip_prefix(". ").filter(|_| number.len() < line.len()));
            text.map(|text| format!("<li>{}</li>\n", escaped(text)))
        };
        let items: Option<String> = block.lines().map(item).collect();
        match items {
            Some(items) => _ = write!(html, "<ul>\n{items}</ul>\n"),
            None => _ = writeln!(html, "<p>{}</p>", escaped(block)),
        }
    }
    if need.state != SubmissionState::NotBegun {
        let href = format!("{}/{}/{}/", report.year, need.kind.folder(), need.id);
        let read = escaped(words.text("proof.read"));
        _ = writeln!(html, "<p><a href=\"{href}\">{read}</a></p>");
    }
    let cite = escaped(words.text("proof.cite"));
    _ = writeln!(html, "<p>{cite}</p>");
    html
}

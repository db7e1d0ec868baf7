//! `starter-text`: what `annal new` wrote for somebody to replace, and nobody has replaced.

use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SourceTexts, Span, excerpt};
use crate::model::Report;
use crate::source::SourceTree;

/// The start of a mark. It ends at the next closing bracket in its line.
const MARK: &str = "[FILL IN";
/// The host of the address that a new site has.
const HOST: &str = "fill-in.example";

/// The marks in the files of one year.
#[must_use]
pub(crate) fn check_year(report: &Report, tree: &SourceTree) -> Vec<Diagnostic> {
    check_below(report.folder.as_str(), tree).collect()
}

/// The marks in the files that all years share.
#[must_use]
pub(crate) fn check_site(tree: &SourceTree) -> Vec<Diagnostic> {
    let is_shared = |file: &RelPath| {
        file.below("content").is_some_and(|below| !below.contains('/') || below.starts_with("pages/"))
    };
    check_below("content", tree).filter(|one| is_shared(&one.location.file)).collect()
}

fn check_below<'a>(folder: &'a str, tree: &'a SourceTree) -> impl Iterator<Item = Diagnostic> + use<'a> {
    let files = tree.files_under(folder).filter(|(file, ..)| matches!(file.extension(), "md" | "yaml" | "csv"));
    files.flat_map(|(file, ..)| {
        let text = tree.text(file).unwrap_or_default();
        let marks = text.match_indices(MARK).chain(text.match_indices(HOST));
        marks.map(move |(start, found)| diagnostic(file, text, start, found))
    })
}

fn diagnostic(file: &RelPath, text: &str, start: usize, found: &str) -> Diagnostic {
    let rest = &text[start..];
    let line = rest.lines().next().unwrap_or_default();
    let end = if found == HOST { found.len() } else { line.find(']').map_or(line.len(), |close| close + 1) };
    let message = format!("`{}` is still there from when this file was created", excerpt(&rest[..end]));
    let help = match found {
        HOST => "write the address at which the site will be published",
        _ => "replace it, square brackets included, or remove the sentence",
    };
    Diagnostic::new(Code::StarterText, Location::new(file, Span::new(start, start + end)), message).help(help)
}

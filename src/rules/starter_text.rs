//! `starter-text`: what `annal new` wrote for somebody to replace, and nobody has replaced.

use memchr::memmem;

use crate::diagnostic::located::counted;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SourceTexts, Span, excerpt};
use crate::model::Report;
use crate::source::{FILL_IN, FILL_IN_HOST, SourceTree};

/// The most marks that are shown of a file, besides the first.
const SHOWN: usize = 4;

/// One diagnostic for each file of a year that has marks.
#[must_use]
pub(crate) fn check_year(report: &Report, tree: &SourceTree) -> Vec<Diagnostic> {
    tree.files_under(report.folder.as_str()).filter_map(|(file, ..)| check_file(file, tree)).collect()
}

/// The same for the files that all years share.
#[must_use]
pub(crate) fn check_site(tree: &SourceTree) -> Vec<Diagnostic> {
    let own = tree
        .files_under("content")
        .map(|(file, ..)| file)
        .filter(|file| file.below("content").is_some_and(|below| !below.contains('/') || below.starts_with("pages/")));
    own.filter_map(|file| check_file(file, tree)).collect()
}

fn check_file(file: &RelPath, tree: &SourceTree) -> Option<Diagnostic> {
    let text = &*matches!(file.extension(), "md" | "yaml" | "csv").then(|| tree.text(file))??;
    let found = |words: &'static str| memmem::find_iter(text.as_bytes(), words);
    let mut marks: Vec<Span> = found(FILL_IN).map(|start| mark_at(text, start)).collect();
    marks.extend(found(FILL_IN_HOST).map(|start| Span::new(start, start + FILL_IN_HOST.len())));
    marks.sort_unstable_by_key(|mark| mark.start);
    let (first, rest) = marks.split_first()?;
    let words = excerpt(first.slice(text));
    let message = match rest.len() {
        0 => format!("`{words}` still has to be filled in"),
        more => format!("`{words}` and {} still have to be filled in", counted(more, "more place")),
    };
    let help = match (first.slice(text), file.extension(), rest) {
        (FILL_IN_HOST, _, []) => "write the address at which the site will be published",
        (FILL_IN_HOST, ..) => {
            "write the address at which the site will be published, and replace the others, square brackets included"
        }
        (_, "md", []) => "replace it, square brackets included, or remove the sentence",
        (_, "md", _) => "replace each, square brackets included, or remove the sentence",
        (.., []) => "replace it, square brackets included, or remove the entry",
        _ => "replace each, square brackets included, or remove the entry",
    };
    let diagnostic = Diagnostic::new(Code::StarterText, Location::new(file, *first), message).help(help);
    Some(
        rest.iter()
            .take(SHOWN)
            .fold(diagnostic, |diagnostic, mark| diagnostic.related(Location::new(file, *mark), "and this")),
    )
}

/// The mark that starts at a place: up to its closing bracket, or to the end of its line.
fn mark_at(text: &str, start: usize) -> Span {
    let line = text[start..].lines().next().unwrap_or_default();
    Span::new(start, start + line.find(']').map_or(line.len(), |close| close + 1))
}

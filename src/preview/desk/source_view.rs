//! Shows a source file with numbered lines that problems can link to, each problem below its line. Flagged words are
//! masked.

use serde::Serialize;

use super::problem_list::ListedProblem;
use super::templates::{PageTemplates, SOURCE};
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, RelPath, SourceTexts, Span};
use crate::preview::problems::Problem;
use crate::source::SourceTree;

/// A source file.
#[derive(Serialize)]
struct SourceView<'a> {
    path: &'a str,
    /// Its lines, with stars for flagged words.
    lines: Vec<SourceLine<'a>>,
    /// The address that shows what can be corrected at once.
    fix: Option<&'a str>,
    /// The address of the page that shows the file.
    page: Option<&'a str>,
}

/// A line of a source file.
#[derive(Serialize)]
struct SourceLine<'a> {
    text: &'a str,
    problems: Vec<ListedProblem<'a>>,
}

/// The file at a path as the desk writes it: if its name has flagged words, the desk links to it by its masked name.
#[must_use]
pub(crate) fn file_at<'t>(tree: &'t SourceTree, flagged: &Redactions, path: &str) -> Option<&'t RelPath> {
    let named = tree.files.get_key_value(path);
    named.or_else(|| tree.files.iter().find(|(file, _)| flagged.hide(file.as_str()) == path)).map(|(file, _)| file)
}

/// The page that shows a text file of the site. `None` if there is no such file.
#[must_use]
pub(crate) fn source_page(
    templates: &PageTemplates,
    tree: &SourceTree,
    (diagnostics, problems): (&[Diagnostic], &[Problem]),
    path: &str,
) -> Option<String> {
    let flagged = Redactions::from_diagnostics(diagnostics);
    let file = file_at(tree, &flagged, path)?;
    let text = &*tree.text(file)?;
    let shown = flagged.hide_part(file, text, Span::new(0, text.len()));
    let lines = shown.lines().map(|text| SourceLine { text, problems: Vec::new() });
    let mut lines: Vec<_> = lines.collect();
    let of_file = || problems.iter().filter(|problem| problem.location.file == *file);
    for problem in of_file() {
        if let Some(line) = lines.get_mut(problem.line.saturating_sub(1)) {
            line.problems.push(ListedProblem::new(problem).without_links());
        }
    }
    let fix = of_file().find_map(|problem| problem.fix.as_deref());
    let page = of_file().find_map(|problem| problem.page.as_deref());
    Some(templates.render(SOURCE, &SourceView { path, lines, fix, page }, &flagged))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, DiagnosticList, Location};
    use crate::output::OutputTree;
    use crate::preview::problems::from_list;

    #[test]
    fn lines_are_numbered_escaped_and_masked() {
        let file = "content/2019-20/agencies/scas.md";
        let tree = SourceTree::from_texts([(file, "<script>\nRing 01908 253772.\n")]);
        let location = Location::new(&RelPath::new(file), Span::new(14, 26));
        let templates = PageTemplates::english();
        let found = [Diagnostic::new(Code::PersonalData, location, "a number").flagging("01908 253772")];
        let shown = from_list(&DiagnosticList::new(found.to_vec(), &tree, 1), &OutputTree::default());
        let page = source_page(&templates, &tree, (&found, &shown), file).unwrap();
        assert!(page.contains("<tr id=\"L1\"><th scope=\"row\">1</th><td><code>&lt;script&gt;</code>"), "{page}");
        assert!(page.contains("<tr class=\"found\">") && page.contains("A number"), "{page}");
        assert!(page.contains("Ring 01********72.") && !page.contains("253772"), "{page}");
        assert!(source_page(&templates, &tree, (&[], &[]), "content/none.md").is_none());
    }
}

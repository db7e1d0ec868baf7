//! Shows a source file with numbered lines that problems can link to. Flagged words are masked.

use serde::Serialize;

use super::templates::{PageTemplates, SOURCE};
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, SourceTexts, Span};
use crate::source::SourceTree;

/// A source file.
#[derive(Serialize)]
struct SourceView<'a> {
    path: &'a str,
    /// Its lines, with stars for flagged words.
    lines: Vec<&'a str>,
}

/// The page that shows a text file of the site. `None` if there is no such file.
#[must_use]
pub(crate) fn source_page(
    templates: &PageTemplates,
    tree: &SourceTree,
    diagnostics: &[Diagnostic],
    path: &str,
) -> Option<String> {
    let flagged = Redactions::from_diagnostics(diagnostics);
    // If a file name has flagged words, the desk links to it by its masked name.
    let (file, _) = tree
        .files
        .get_key_value(path)
        .or_else(|| tree.files.iter().find(|(file, _)| flagged.hide(file.as_str()) == path))?;
    let text = tree.text(file)?;
    let shown = flagged.hide_part(file, text, Span::new(0, text.len()));
    let view = SourceView { path, lines: shown.lines().collect() };
    Some(templates.render(SOURCE, &view, &flagged))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Location, RelPath};

    #[test]
    fn lines_are_numbered_escaped_and_masked() {
        let file = "content/2019-20/agencies/scas.md";
        let tree = SourceTree::from_texts([(file, "<script>\nRing 01908 253772.\n")]);
        let location = Location::new(&RelPath::new(file), Span::new(14, 26));
        let templates = PageTemplates::english();
        let page = source_page(
            &templates,
            &tree,
            &[Diagnostic::new(Code::PersonalData, location, "a number").flagging("01908 253772")],
            file,
        )
        .unwrap();
        assert!(page.contains("<tr id=\"L1\"><th scope=\"row\">1</th><td><code>&lt;script&gt;</code>"), "{page}");
        assert!(page.contains("Ring 01********72.") && !page.contains("253772"), "{page}");
        assert!(source_page(&templates, &tree, &[], "content/none.md").is_none());
    }
}

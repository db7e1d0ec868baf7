//! Shows a source file with numbered lines that problems can link to. Flagged words are masked.

use super::{begin, end};
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, RelPath, SourceTexts, Span, percent_encoded};
use crate::source::SourceTree;

/// The page that shows a text file of the site. `None` if there is no such file.
#[must_use]
pub(crate) fn source_page(tree: &SourceTree, diagnostics: &[Diagnostic], path: &str) -> Option<String> {
    let flagged = Redactions::from_diagnostics(diagnostics);
    // If a file name has flagged words, the desk links to it by its masked name.
    let (file, _) = tree
        .files
        .get_key_value(path)
        .or_else(|| tree.files.iter().find(|(file, _)| flagged.hide(file.as_str()) == path))?;
    let text = tree.text(file)?;
    let shown = flagged.hide_part(file, text, Span::new(0, text.len()));
    let mut html = begin(path, Some(&flagged));
    html.raw("<main id=\"main\" class=\"source\">").element("h1", &[], path);
    html.raw("<p><a href=\"/_desk/\">Back to the desk</a></p><table><caption class=\"quiet\">The file, with line numbers</caption><tbody>");
    for (i, line) in shown.lines().enumerate() {
        let (number, id) = ((i + 1).to_string(), format!("L{}", i + 1));
        html.open("tr", &[("id", &id)]).element("th", &[("scope", "row")], &number);
        html.raw("<td><code>").text(line).raw("</code></td></tr>");
    }
    html.raw("</tbody></table></main>");
    Some(end(html))
}

/// The address of a line on the page of a source file.
#[must_use]
pub(crate) fn source_address(file: &str, line: usize) -> String {
    format!("/_desk/file/{}#L{line}", percent_encoded(RelPath::new(file).as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Location};

    #[test]
    fn lines_are_numbered_escaped_and_masked() {
        let file = "content/2019-20/agencies/scas.md";
        let tree = SourceTree::from_texts([(file, "<script>\nRing 01908 253772.\n")]);
        let location = Location::new(&RelPath::new(file), Span::new(14, 26));
        let page = source_page(
            &tree,
            &[Diagnostic::new(Code::PersonalData, location, "a number").flagging("01908 253772")],
            file,
        )
        .unwrap();
        assert!(page.contains("<tr id=\"L1\"><th scope=\"row\">1</th><td><code>&lt;script&gt;</code>"), "{page}");
        assert!(page.contains("Ring 01********72.") && !page.contains("253772"), "{page}");
        assert!(source_page(&tree, &[], "content/none.md").is_none());
        assert_eq!(source_address("a b/ü.md", 3), "/_desk/file/a%20b/%C3%BC.md#L3");
    }
}

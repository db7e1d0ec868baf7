//! Narrative pages of a year and of the site.

use super::held;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SourceTexts, Span, WithDiagnostics};
use crate::model::duties;
use crate::model::pasted_text::PastedText;
use crate::model::report::Page;
use crate::source::SourceTree;
use crate::source::files::{PageFrontMatter, PublicationStatus};
use crate::source::front_matter;
use crate::source::markdown::Markdown;
use crate::source::yaml::{Spanned, read_document};

/// The pages in some files, sorted by `order`, then by id.
pub(crate) fn assemble(tree: &SourceTree, files: &[RelPath]) -> WithDiagnostics<Vec<Page>> {
    let mut diagnostics = Vec::new();
    let mut pages: Vec<Page> =
        super::par_collect(files, &mut diagnostics, |file| page(tree, file)).into_iter().flatten().collect();
    let rank = |page: &Page| page.order.unwrap_or(f64::INFINITY);
    pages.sort_by(|a, b| rank(a).total_cmp(&rank(b)).then_with(|| a.id.cmp(&b.id)));
    WithDiagnostics::new(pages, diagnostics)
}

/// Reads one page. If it has no front matter, that is reported once and the file's name serves as its title.
fn page(tree: &SourceTree, file: &RelPath) -> WithDiagnostics<Option<Page>> {
    let Some(text) = &tree.text(file) else { return WithDiagnostics::default() };
    let mut diagnostics = Vec::new();
    let split = front_matter::split(file, text).emit_into(&mut diagnostics);
    let written = split.yaml.map(|yaml| read_document::<PageFrontMatter>(file, text, yaml).emit_into(&mut diagnostics));
    let status = written.as_ref().and_then(|written| written.status.as_ref()).map(|status| status.value);
    let known = held::status(text, &split, status, diagnostics.is_empty());
    diagnostics.extend(held::no_status(file, text, &split, status));
    let status = known;
    if written.is_none() && !split.is_unclosed {
        let message = "this page has no front matter, so it has no title";
        let missing = Diagnostic::new(Code::MissingFrontMatter, Location::whole(file), message);
        diagnostics.push(missing.help("begin the file with three lines: `---`, `title: …`, `---`"));
    }
    let written = written.unwrap_or_default();
    let mut body = Markdown::of_file(file, text, split.body).emit_into(&mut diagnostics);
    PastedText::find(&body, false, &mut diagnostics);
    body.forget_block_texts();
    let evidence = duties::claimed(file, written.evidence).emit_into(&mut diagnostics);
    let page = Page {
        id: file.stem().to_owned(),
        file: file.clone(),
        title: written.title.unwrap_or_else(|| Spanned::new(file.stem().to_owned(), Span::default())),
        summary: written.summary,
        order: written.order.map(|order| order.value.0),
        evidence,
        aliases: written.aliases.unwrap_or_default(),
        status: status.unwrap_or(PublicationStatus::Draft),
        is_status_known: status.is_some(),
        signed_by: written.signed_by.and_then(|by| Some((by.name?.value, by.role.map(|role| role.value)))),
        body,
        template: written.template,
        extra: written.extra,
    };
    WithDiagnostics::new(Some(page), diagnostics)
}

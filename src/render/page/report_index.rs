//! A report's front page: what changed, priorities, the beginning of the foreword, an index and downloads.

use super::shared::{documents, front_page, narrative, sign_off, submitters};
use crate::diagnostic::Span;
use crate::model::{Page, Part, SubmitterKind};
use crate::render::context::YearContext;
use crate::render::context::prose::ProsePlacement;
use crate::render::export;
use crate::render::route::Address;
use crate::render::view::parts::{NarrativeView, ReportIndexView};
use crate::render::view::shared::{FileLinkView, LinkView};
use crate::source::markdown::MarkdownBlockKind;

pub(crate) fn view(year: &YearContext<'_>) -> ReportIndexView {
    let (report, words) = (year.report, year.site.words);
    let (foreword, foreword_href) = year.site.foreword(report).map(|page| beginning(year, page)).unzip();
    let (front, quotations) = (&year.routes.front, report.front.quotations.iter());
    ReportIndexView {
        published: report.published.map(|date| words.date(date)).unwrap_or_default(),
        signed_off: report.signed_off.as_ref().map(|signed| sign_off::in_words(signed, words)).unwrap_or_default(),
        front: front_page::view(year, front),
        quotations: quotations.map(|one| front_page::quotation(year, one, front)).collect(),
        foreword,
        foreword_href: foreword_href.unwrap_or_default(),
        boards: submitters::view(year, SubmitterKind::Board),
        agencies: submitters::view(year, SubmitterKind::Agency),
        downloads: downloads(year),
        distribution: year.routes.part(Part::Distribution).map(|page| LinkView::new(words.text("distribution"), &page)),
    }
}

/// The foreword with its first paragraph, and the address of the rest.
fn beginning(year: &YearContext<'_>, page: &Page) -> (NarrativeView, String) {
    let mut blocks = page.body.blocks.iter();
    let opening = blocks.find(|block| matches!(block.kind, MarkdownBlockKind::Paragraph { .. }));
    let span = opening.map_or(Span::new(0, page.body.text().len()), |block| block.span);
    let front = &year.routes.front;
    let placement = ProsePlacement { address: front, prefix: "foreword-", shift: 1, document: None, marks_terms: true };
    let written = year.site.prose.write(&page.body, &[span], &[], Some(&year.index.terms));
    let mut view = narrative::about(year, page);
    view.html = year.site.prose.place_whole(&page.body, &written, placement);
    (view, year.site.routes.page_of(&page.file).map(ToString::to_string).unwrap_or_default())
}

/// The files to download.
fn downloads(year: &YearContext<'_>) -> Vec<FileLinkView> {
    let words = year.site.words;
    let link = |title: &str, address: &Address| FileLinkView {
        title: words.text(title).to_owned(),
        href: address.to_string(),
        facts: String::new(),
    };
    let pdf = documents::of_year(year).filter(|document| document.is_report());
    let pdf = pdf.map(|document| documents::link(year.site, document));
    let files = export::offered(year.report).map(|(name, title)| link(title, &year.routes.data(name)));
    pdf.chain([link("print", &year.routes.print())]).chain(files).collect()
}

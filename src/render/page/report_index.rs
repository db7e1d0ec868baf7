//! A report's front page: what changed, priorities, the beginning of the foreword, an index and downloads.

use super::shared::{front_page, narrative, submitters};
use crate::diagnostic::Span;
use crate::model::{Page, SubmitterKind};
use crate::render::context::YearContext;
use crate::render::context::prose::ProsePlacement;
use crate::render::export;
use crate::render::view::Html;
use crate::render::view::parts::{DistributionView, NarrativeView, ReportIndexView};
use crate::render::view::shared::{LinkView, PageView};
use crate::source::markdown::MarkdownBlockKind;

pub(crate) fn view(year: &YearContext<'_>) -> ReportIndexView {
    let (report, words) = (year.report, year.site.words);
    let (foreword, foreword_href) = year.site.foreword(report).map(|page| beginning(year, page)).unzip();
    let distribution = report.distribution.iter().map(|sent| DistributionView {
        to: sent.to.clone(),
        on: sent.on.map(|date| words.date(date)).unwrap_or_default(),
        purpose: sent.purpose.clone().unwrap_or_default(),
    });
    let (front, quotations) = (&year.routes.front, report.front.quotations.iter());
    ReportIndexView {
        published: report.published.map(|date| words.date(date)).unwrap_or_default(),
        front: front_page::view(year, front),
        quotations: quotations.map(|one| front_page::quotation(year, one, front)).collect(),
        foreword,
        foreword_href: foreword_href.unwrap_or_default(),
        boards: submitters::view(year, SubmitterKind::Board),
        agencies: submitters::view(year, SubmitterKind::Agency),
        downloads: downloads(year),
        distribution: distribution.collect(),
    }
}

/// The foreword with its first paragraph, and the address of the rest.
fn beginning(year: &YearContext<'_>, page: &Page) -> (NarrativeView, String) {
    let mut blocks = page.body.blocks.iter();
    let opening = blocks.find(|block| matches!(block.kind, MarkdownBlockKind::Paragraph { .. }));
    let span = opening.map_or(Span::new(0, page.body.text().len()), |block| block.span);
    let front = &year.routes.front;
    let placement =
        ProsePlacement { address: front, prefix: "foreword-", shift: 1, document: None, terms: year.terms() };
    let mut rendered = year.site.prose.texts(&page.body, &[span], &[], placement);
    let mut view = narrative::about(year, page);
    view.html = rendered.parts.pop().unwrap_or_default();
    view.html.push(&rendered.footnotes);
    (view, year.site.routes.page_of(&page.file).map(ToString::to_string).unwrap_or_default())
}

/// The files to download.
fn downloads(year: &YearContext<'_>) -> Vec<LinkView> {
    let words = year.site.words;
    let print = LinkView::new(words.text("print"), &year.routes.print());
    let file = |(name, title): (&str, &str)| LinkView::new(words.text(title), &year.routes.data(name));
    let files = export::offered(year.report).map(file);
    [print].into_iter().chain(files).collect()
}

/// Structured data about a report for search engines.
#[must_use]
pub(crate) fn json_ld(year: &YearContext<'_>, page: &PageView) -> Html {
    let (report, info, base_url) = (year.report, &year.site.archive.site, year.site.base_url);
    let publisher = info.publisher.as_ref();
    let mut data = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "Report",
        "name": report.title,
        "description": page.description,
        "url": page.canonical,
        "inLanguage": info.language,
        "publisher": {
            "@type": "Organization",
            "name": publisher.map_or(&info.title, |publisher| &publisher.name),
            "url": publisher.and_then(|publisher| publisher.url.clone()).unwrap_or_else(|| format!("{base_url}/")),
        },
    });
    if let Some(published) = report.published {
        data["datePublished"] = published.to_string().into();
    }
    if let Some((from, to)) = report.period {
        data["temporalCoverage"] = format!("{from}/{to}").into();
    }
    if let Some(url) = info.licence.as_ref().and_then(|licence| licence.url.as_deref()) {
        data["license"] = url.into();
    }
    // Nothing is decoded inside `script`, so characters that could end it are written as JSON escapes.
    Html::new(data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}

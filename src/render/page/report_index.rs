//! A report's front page: key figures, foreword, priorities, boards, agencies and downloads.

use super::shared::{distribution, key_figures, narrative, submitters};
use crate::diagnostic::Span;
use crate::model::{Page, SubmitterKind};
use crate::render::context::YearContext;
use crate::render::context::prose::ProsePlacement;
use crate::render::export;
use crate::render::view::Html;
use crate::render::view::parts::{NarrativeView, ReportIndexView};
use crate::render::view::shared::{LinkView, PageView};
use crate::source::markdown::MarkdownBlockKind;

/// The most words of a foreword that is shown in full on the front page.
const WHOLE_FOREWORD: usize = 300;
/// How many paragraphs of a longer foreword are shown.
const OPENING_PARAGRAPHS: usize = 2;

pub(crate) fn view(year: &YearContext<'_>) -> ReportIndexView {
    let (report, words) = (year.report, year.site.words);
    let (foreword, foreword_href) = year.site.foreword(report).map(|page| beginning(year, page)).unzip();
    let priorities = report.priorities.iter();
    ReportIndexView {
        published: report.published.map(|date| words.date(date)).unwrap_or_default(),
        figures: key_figures::view(year),
        foreword,
        foreword_href: foreword_href.unwrap_or_default(),
        priorities: priorities
            .map(|one| LinkView { title: one.name.clone(), href: year.priority_href(one.id.as_str()) })
            .collect(),
        boards: submitters::view(year, SubmitterKind::Board),
        agencies: submitters::view(year, SubmitterKind::Agency),
        downloads: downloads(year),
        distribution: distribution::views(year),
    }
}

/// The foreword, or the beginning of a long one with a link to the rest.
fn beginning(year: &YearContext<'_>, page: &Page) -> (NarrativeView, String) {
    let address = year.site.routes.page_of(&page.file);
    let href = address.map(ToString::to_string).unwrap_or_default();
    let mut view = narrative::about(year, page);
    let whole = Span::new(0, page.body.text().len());
    let (span, href) = if page.body.words <= WHOLE_FOREWORD {
        (whole, String::new())
    } else {
        let blocks = page.body.blocks.iter().filter(|block| matches!(block.kind, MarkdownBlockKind::Paragraph { .. }));
        let mut opening = blocks.take(OPENING_PARAGRAPHS);
        let first = opening.next().map_or(whole, |block| block.span);
        let last = opening.last().map_or(first, |block| block.span);
        (Span::new(first.start as usize, last.end as usize), href)
    };
    let front = &year.routes.front;
    let placement =
        ProsePlacement { address: front, prefix: "foreword-", shift: 1, document: None, terms: year.terms() };
    let mut rendered = year.site.prose.texts(&page.body, &[span], &[], placement);
    view.html = rendered.parts.pop().unwrap_or_default();
    view.html.push(&rendered.footnotes);
    (view, href)
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

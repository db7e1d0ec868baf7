//! A report's front page: key figures, the foreword, priorities, boards, agencies, downloads.

use super::prose::ProsePlacement;
use super::{YearContext, narrative, submitters};
use crate::diagnostic::Span;
use crate::model::Part;
use crate::model::{Page, SubmitterKind};
use crate::render::theme::locale::group_thousands;
use crate::render::view::parts::{DistributionView, FigureView, NarrativeView, ReportIndexView};
use crate::render::view::shared::LinkView;
use crate::source::markdown::MarkdownBlockKind;

/// The most words of a foreword that stands on the front page in full.
const WHOLE_FOREWORD: usize = 300;
/// How many paragraphs of a longer one stand there.
const OPENING_PARAGRAPHS: usize = 2;

pub(super) fn view(volume: &YearContext<'_>) -> ReportIndexView {
    let (report, words) = (volume.report, volume.edition.words);
    let (foreword, foreword_href) = foreword(volume).map(|page| beginning(volume, page)).unzip();
    let distribution = report.distribution.iter().map(|sent| DistributionView {
        to: sent.to.clone(),
        on: sent.on.map(|date| words.date(date)).unwrap_or_default(),
        purpose: sent.purpose.clone().unwrap_or_default(),
    });
    let priorities = report.priorities.iter();
    ReportIndexView {
        published: report.published.map(|date| words.date(date)).unwrap_or_default(),
        figures: figures(volume),
        foreword,
        foreword_href: foreword_href.unwrap_or_default(),
        priorities: priorities
            .map(|one| LinkView { title: one.name.clone(), href: volume.priority_href(one.id.as_str()) })
            .collect(),
        boards: submitters::view(volume, SubmitterKind::Board).members,
        agencies: submitters::view(volume, SubmitterKind::Agency).members,
        downloads: downloads(volume),
        distribution: distribution.collect(),
    }
}

/// The headline figures: how many boards and agencies, what they paid, how often they came, what they promised.
pub(super) fn figures(volume: &YearContext<'_>) -> Vec<FigureView> {
    let (report, words) = (volume.report, volume.edition.words);
    let count = |key: &str, count: usize, part: Part| {
        (count > 0).then(|| FigureView {
            value: group_thousands(count),
            label: words.count(key, count),
            href: volume.part_href(part),
        })
    };
    let promised = report.submissions().filter(|sent| volume.edition.is_built(sent)).map(|sent| sent.commitments.len());
    let paid = report.contributions.as_ref().filter(|table| !table.rows.is_empty()).map(|table| FigureView {
        value: table.total().to_string(),
        label: words.text("contributions_figure").to_owned(),
        href: volume.part_href(Part::Budget),
    });
    let came = report.attendance.as_ref().and_then(|table| table.rate().per_mille()).map(|rate| FigureView {
        value: words.per_cent(rate),
        label: words.text("attendance_figure").to_owned(),
        href: volume.part_href(Part::Attendance),
    });
    let figures = [
        count("boards_figure", report.boards.len(), Part::Boards),
        count("agencies_figure", report.agencies.len(), Part::Agencies),
        paid,
        came,
        count("commitments_figure", promised.sum(), Part::Commitments),
    ];
    figures.into_iter().flatten().collect()
}

/// The foreword, where the report has one that is built.
pub(super) fn foreword<'a>(volume: &YearContext<'a>) -> Option<&'a Page> {
    let is_built = |page: &&Page| page.id == "foreword" && volume.edition.routes.page_of(&page.file).is_some();
    volume.report.pages.iter().find(is_built)
}

/// The foreword or the beginning of a long one, and where that goes on.
fn beginning(volume: &YearContext<'_>, page: &Page) -> (NarrativeView, String) {
    let address = volume.edition.routes.page_of(&page.file);
    let href = address.map(ToString::to_string).unwrap_or_default();
    let mut view = NarrativeView { html: crate::render::view::Html::default(), ..narrative::about(volume, page) };
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
    let front = &volume.routes.front;
    let stand = ProsePlacement { address: front, prefix: "foreword-", shift: 1, document: None, terms: volume.terms() };
    let mut rendered = volume.edition.texts(&page.body, &[span], &[], stand);
    view.html.0 = rendered.parts.pop().unwrap_or_default();
    view.html.0.push_str(&rendered.footnotes);
    (view, href)
}

/// Files to take away.
fn downloads(volume: &YearContext<'_>) -> Vec<LinkView> {
    let (report, words) = (volume.report, volume.edition.words);
    let file = |there: bool, name: &str, title: &str| {
        there.then(|| LinkView::new(words.text(title), &volume.routes.data(name)))
    };
    let files = [
        Some(LinkView::new(words.text("print"), &volume.routes.print())),
        file(report.attendance.is_some(), "attendance.csv", "attendance_csv"),
        file(report.contributions.is_some(), "contributions.csv", "contributions_csv"),
        file(report.budget.is_some(), "budget.csv", "budget_csv"),
        file(true, "report.json", "report_json"),
    ];
    files.into_iter().flatten().collect()
}

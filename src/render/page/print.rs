//! The whole report as one document, with every page and part as a numbered chapter.

use super::shared::{front_page, sign_off};
use crate::model::{Submission, SubmitterKind};
use crate::render::anchors::{page_anchor, submission_anchor};
use crate::render::context::YearContext;
use crate::render::route::{Address, ContentsEntry};
use crate::render::view::Html;
use crate::render::view::part::PartView;
use crate::render::view::print::{ChapterView, PrintView};
use crate::render::view::shared::NoticeView;
use crate::render::view::submission::{PrintedSubmissionView, SubmissionView};

/// The document. `content` makes the content of each chapter.
pub(crate) fn view(year: &YearContext<'_>, content: impl Fn(ContentsEntry) -> PartView) -> PrintView {
    let chapter = |(entry, number): (&ContentsEntry, usize)| chapter(year, *entry, number, &content);
    let chapters = year.routes.contents().iter().zip(1..).filter_map(chapter).collect();
    let (report, words) = (year.report, year.site.words);
    PrintView {
        published: report.published.map(|date| words.date(date)).unwrap_or_default(),
        signed_off: report.signed_off.as_ref().map(|signed| sign_off::in_words(signed, words)).unwrap_or_default(),
        front: front_page::view(year, &year.routes.print()),
        chapters,
    }
}

fn chapter(
    year: &YearContext<'_>,
    entry: ContentsEntry,
    number: usize,
    content: impl Fn(ContentsEntry) -> PartView,
) -> Option<ChapterView> {
    let (title, anchor, kind, page) = match entry {
        ContentsEntry::Page(at) => {
            let page = &year.report.pages[at];
            let address = year.site.routes.page_of(&page.file)?.clone();
            (page.title.value.as_str(), page_anchor(page), "page", address)
        }
        ContentsEntry::Part(part) => {
            let address = year.routes.part(part)?;
            (year.site.words.text(part.name()), part.name().to_owned(), part.name(), address)
        }
    };
    Some(ChapterView {
        number: number.to_string(),
        title: title.to_owned(),
        anchor,
        kind,
        notices: notices(year, &page),
        content: content(entry),
    })
}

/// The boards' or the agencies' submissions, one after another. `submission` makes the view of one by its index.
pub(crate) fn submissions(
    year: &YearContext<'_>,
    kind: SubmitterKind,
    submission: impl Fn(usize) -> SubmissionView,
) -> Vec<PrintedSubmissionView> {
    let report = year.report;
    let chapter = year.chapter_of(kind);
    let printed = |at: usize, id: &str, name: &str, written: Option<&Submission>| {
        let sent = year.index.sent(kind, id);
        let is_there = written.is_some() || report.lost_content(kind, id);
        PrintedSubmissionView {
            number: format!("{chapter}.{}", at + 1),
            title: sent.map_or_else(|| name.to_owned(), |sent| sent.title.clone()),
            anchor: submission_anchor(kind, id),
            notices: notices(year, &year.routes.submission(kind, id)),
            submission: sent.map(|_| submission(at)),
            only_in: sent.map(|sent| year.site.only_in(&sent.file)).unwrap_or_default(),
            is_held_back: sent.is_none() && is_there,
            purpose: Html::default(),
        }
    };
    match kind {
        SubmitterKind::Board => {
            let boards = report.boards.iter().enumerate().map(|(at, board)| PrintedSubmissionView {
                purpose: year.prose_of(board.purpose.as_deref()),
                ..printed(at, board.id.as_str(), &board.name, board.submission.as_ref())
            });
            boards.collect()
        }
        SubmitterKind::Agency => {
            let agencies = report.agencies.iter().enumerate();
            agencies
                .map(|(at, agency)| printed(at, agency.id.as_str(), &agency.name, agency.submission.as_ref()))
                .collect()
        }
    }
}

/// The waiver reasons for a page.
fn notices(year: &YearContext<'_>, page: &Address) -> Vec<NoticeView> {
    year.site.notices.on(page).map(|page| page.notices.clone()).unwrap_or_default()
}

//! The whole report as one document: every page and part a numbered chapter.

use super::year_context::submission_anchor;
use super::{
    YearContext, attendance, budget, commitments, duties, governance, narrative, priorities, report_index, reviews,
    submission,
};
use crate::model::{Agency, Part, SubmitterKind};
use crate::render::route::{Address, ContentsEntry};
use crate::render::view::Html;
use crate::render::view::print::{ChapterView, PrintView, PrintedSubmissionView};
use crate::render::view::shared::NoticeView;

pub(super) fn view(volume: &YearContext<'_>) -> PrintView {
    let entries = volume.routes.contents().iter();
    let chapters = entries.zip(1..).filter_map(|(entry, number)| chapter(volume, *entry, number)).collect();
    let published = volume.report.published.map(|date| volume.edition.words.date(date)).unwrap_or_default();
    PrintView { published, figures: report_index::figures(volume), chapters }
}

fn chapter(volume: &YearContext<'_>, entry: ContentsEntry, number: usize) -> Option<ChapterView> {
    let chapter = ChapterView { number: number.to_string(), ..ChapterView::default() };
    let part = match entry {
        ContentsEntry::Page(at) => {
            let page = &volume.report.pages[at];
            return Some(ChapterView {
                title: page.title.value.clone(),
                anchor: narrative::anchor(page),
                kind: "page",
                notices: notices(volume, volume.edition.routes.page_of(&page.file)?),
                narrative: Some(narrative::view(volume, page)),
                ..chapter
            });
        }
        ContentsEntry::Part(part) => part,
    };
    let chapter = ChapterView {
        title: volume.edition.words.text(part.name()).to_owned(),
        anchor: part.name().to_owned(),
        kind: part.name(),
        notices: notices(volume, &volume.routes.part(part)?),
        ..chapter
    };
    Some(match part {
        Part::Boards => ChapterView { papers: boards(volume, number), ..chapter },
        Part::Agencies => ChapterView { papers: agencies(volume, number), ..chapter },
        Part::Priorities => ChapterView { priorities: Some(priorities::view(volume)), ..chapter },
        Part::Attendance => ChapterView { attendance: Some(attendance::view(volume)), ..chapter },
        Part::Budget => ChapterView { budget: Some(budget::view(volume)), ..chapter },
        Part::Governance => ChapterView { governance: Some(governance::view(volume)), ..chapter },
        Part::Reviews => ChapterView { reviews: Some(reviews::view(volume)), ..chapter },
        Part::Commitments => ChapterView { commitments: Some(commitments::view(volume)), ..chapter },
        Part::Duties => ChapterView { duties: Some(duties::view(volume)), ..chapter },
    })
}

fn boards(volume: &YearContext<'_>, chapter: usize) -> Vec<PrintedSubmissionView> {
    let boards = volume.report.boards.iter().enumerate();
    boards
        .map(|(at, board)| PrintedSubmissionView {
            purpose: volume.prose_of(board.purpose.as_ref()),
            ..paper(
                volume,
                SubmitterKind::Board,
                at,
                chapter,
                (board.id.as_str(), &board.name),
                board.submission.is_some(),
            )
        })
        .collect()
}

fn agencies(volume: &YearContext<'_>, chapter: usize) -> Vec<PrintedSubmissionView> {
    let agencies = volume.report.agencies.iter().enumerate();
    let paper = |(at, agency): (usize, &Agency)| {
        let (id, is_read) = (agency.id.as_str(), agency.submission.is_some());
        paper(volume, SubmitterKind::Agency, at, chapter, (id, &agency.name), is_read)
    };
    agencies.map(paper).collect()
}

/// A board or agency, by its id and name. `is_read` says whether it sent anything that could be read.
fn paper(
    volume: &YearContext<'_>,
    kind: SubmitterKind,
    at: usize,
    chapter: usize,
    (id, name): (&str, &str),
    is_read: bool,
) -> PrintedSubmissionView {
    let sent = volume.lookup.sent(kind, id);
    PrintedSubmissionView {
        number: format!("{chapter}.{}", at + 1),
        title: sent.map_or_else(|| name.to_owned(), |sent| sent.title.clone()),
        anchor: submission_anchor(kind, id),
        notices: notices(volume, &volume.routes.submission(kind, id)),
        submission: sent.map(|_| submission::view(volume, kind, at)),
        is_held_back: sent.is_none() && (is_read || volume.report.lost_content(kind, id)),
        purpose: Html::default(),
    }
}

/// Reasons for known faults of what stands on a page.
fn notices(volume: &YearContext<'_>, page: &Address) -> Vec<NoticeView> {
    volume.edition.told.on(page).map(|said| said.notices.clone()).unwrap_or_default()
}

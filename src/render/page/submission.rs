//! A board's or agency's submission.

use super::shared::{follow_up, item_facts, rate, sign_off};
use crate::diagnostic::Span;
use crate::locale::pounds;
use crate::model::ids::Sponsor;
use crate::model::item_facts::ItemFacts;
use crate::model::sections::SectionRules;
use crate::model::{AgencyId, Part, PriorityId, Submission, SubmitterKind};
use crate::render::anchors::{commitment_anchor, submission_anchor};
use crate::render::context::prose::ProsePlacement;
use crate::render::context::{OutputMode, YearContext};
use crate::render::prose::ItemMark;
use crate::render::view::data::RateView;
use crate::render::view::shared::LinkView;
use crate::render::view::submission::{SectionView, SubmissionView};
use crate::render::view::{Extra, Html};
use crate::source::files::PublicationStatus;

/// The submission of the board or agency at an index. Only those that sent a submission have a page.
pub(crate) fn view(year: &YearContext<'_>, kind: SubmitterKind, at: usize) -> SubmissionView {
    let report = year.report;
    match kind {
        SubmitterKind::Board => {
            let board = &report.boards[at];
            let Some(sent) = &board.submission else { return SubmissionView::default() };
            let sponsor = sent.sponsor.as_ref().or(board.sponsor.as_ref());
            SubmissionView {
                name: board.name.clone(),
                short: board.short.clone().unwrap_or_default(),
                purpose: year.prose_of(board.purpose.as_deref()),
                sponsor: sponsor.map(|sponsor| year.sponsor_link(sponsor)),
                ..of_any(year, sent)
            }
        }
        SubmitterKind::Agency => {
            let agency = &report.agencies[at];
            let Some(sent) = &agency.submission else { return SubmissionView::default() };
            let contribution = year.index.paid(&agency.id).map(pounds).unwrap_or_default();
            SubmissionView {
                name: agency.name.clone(),
                short: agency.short.clone().unwrap_or_default(),
                sponsors: sponsored(year, &agency.id),
                budget: if contribution.is_empty() {
                    String::new()
                } else {
                    year.in_part(Part::Budget, "contributions")
                },
                contribution,
                attendance: own_attendance(year, &agency.id),
                ..of_any(year, sent)
            }
        }
    }
}

/// What boards and agencies have in common.
fn of_any(year: &YearContext<'_>, sent: &Submission) -> SubmissionView {
    let words = year.site.words;
    let (address, prefix, shift) = match year.mode {
        OutputMode::Pages => (year.routes.submission(sent.kind, &sent.id), String::new(), 0),
        OutputMode::Document => (year.routes.print(), format!("{}-", submission_anchor(sent.kind, &sent.id)), 2),
    };
    let (document, marks_terms) = (year.document(), year.marks_terms());
    let placement = ProsePlacement { address: &address, prefix: &prefix, shift, document, marks_terms };
    let (marks, facts) = item_marks(year, sent, &address.root());
    let (prose, body) = (&year.site.prose, sent.body.read());
    let written = year.index.prose(&sent.file, || {
        let sections = sent.sections.iter().map(|section| section.text);
        let spans: Vec<_> = [sent.opening.unwrap_or_default()].into_iter().chain(sections).collect();
        prose.write(&body, &spans, &marks, Some(&year.index.terms))
    });
    let placed = prose.place(&body, written, &facts, placement);
    let mut parts = placed.parts.into_iter();
    let author = match &sent.author {
        Some((Some(name), Some(role))) => words.say("by_name_and_role", &[("name", name), ("role", role)]),
        Some((name, role)) => name.clone().or_else(|| role.clone()).unwrap_or_default(),
        None => String::new(),
    };
    let signed_off = sent.signed_off.as_ref().filter(|_| sent.status == PublicationStatus::SignedOff);
    let priority = |id: &PriorityId| {
        let name = year.report.priority(id)?.name.clone();
        Some(LinkView { title: name, href: year.priority_href(id.as_str()) })
    };
    SubmissionView {
        kind: sent.kind.name(),
        id: sent.id.clone(),
        summary: sent.summary.as_ref().map(|summary| summary.value.clone()).unwrap_or_default(),
        author,
        submitted: sent.submitted.as_ref().map(|date| words.date(date.value)).unwrap_or_default(),
        status: sent.status.word(),
        signed_off: signed_off.map(|signed| sign_off::in_words(signed, words)).unwrap_or_default(),
        priorities: sent.priorities.iter().filter_map(priority).collect(),
        evidence: sent.evidence.iter().map(|duty| year.duty_link(duty.as_str())).collect(),
        opening: parts.next().unwrap_or_default(),
        sections: sections(year, sent, parts),
        footnotes: placed.footnotes,
        follow_ups_title: year.answers_title("follow_ups"),
        follow_ups: year.earlier().answers(sent).map(|answer| follow_up::view(year, sent, answer)).collect(),
        extra: Extra::from_yaml(sent.extra.as_ref()),
        ..SubmissionView::default()
    }
}

/// The ids of a submission's commitments, and the facts of its items on a page with this root, both in order.
fn item_marks(year: &YearContext<'_>, sent: &Submission, root: &str) -> (Vec<ItemMark>, Vec<Html>) {
    let mark = |span: Span, id: String, facts: &ItemFacts| {
        let facts = item_facts::html(year, facts, root);
        (ItemMark { at: span.start, id, has_facts: !facts.text.is_empty() }, facts)
    };
    let commitments = sent.commitments.iter().map(|made| mark(made.span, commitment_anchor(&made.id), &made.facts));
    let done = sent.items_with_facts.iter().filter(|item| item.section == "done");
    let mut marks: Vec<_> = commitments.chain(done.map(|item| mark(item.span, String::new(), &item.facts))).collect();
    marks.sort_by_key(|(mark, _)| mark.at);
    marks.into_iter().unzip()
}

/// The sections in order, with their texts. A required section that is missing is shown as a gap after the section it
/// should follow.
fn sections(year: &YearContext<'_>, sent: &Submission, texts: impl Iterator<Item = Html>) -> Vec<SectionView> {
    let shown = sent.sections.iter().zip(texts).map(|(section, html)| SectionView {
        id: section.id.clone().unwrap_or_default(),
        title: section.title.clone(),
        anchor: section.anchor.clone(),
        html,
        missing: false,
    });
    let mut shown: Vec<SectionView> = shown.collect();
    let mut at = 0;
    for (id, title) in year.report.rules_of(sent.kind).into_iter().flat_map(SectionRules::required) {
        if let Some(found) = shown.iter().position(|section| section.id == id) {
            at = found + 1;
            continue;
        }
        let (id, title, anchor) = (id.to_owned(), title.to_owned(), format!("missing-{id}"));
        shown.insert(at, SectionView { id, title, anchor, html: Html::default(), missing: true });
        at += 1;
    }
    shown
}

/// The boards that an agency sponsors.
fn sponsored(year: &YearContext<'_>, id: &AgencyId) -> Vec<LinkView> {
    let answers_for = |sponsor: Option<&Sponsor>| matches!(sponsor, Some(Sponsor::Agency(own)) if own == id);
    let boards = year.report.boards.iter().filter(|board| {
        let sent = board.submission.as_ref().and_then(|sent| sent.sponsor.as_ref());
        answers_for(sent.or(board.sponsor.as_ref()))
    });
    let link = |name: &str, id: &str| LinkView {
        title: name.to_owned(),
        href: year.submission_href(SubmitterKind::Board, id),
    };
    boards.map(|board| link(&board.name, board.id.as_str())).collect()
}

/// An agency's attendance.
fn own_attendance(year: &YearContext<'_>, id: &AgencyId) -> Option<RateView> {
    let rate = year.index.attended(id).filter(|rate| rate.possible > 0)?;
    let mut view = rate::view(year.site.words, rate, LinkView::default());
    view.who = LinkView { title: view.fraction.clone(), href: year.in_part(Part::Attendance, "by-organisation") };
    Some(view)
}

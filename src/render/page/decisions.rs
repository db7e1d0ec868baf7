//! The page of decisions: what each meeting decided, and what became of last year's open decisions.

use super::shared::follow_up;
use crate::diagnostic::Span;
use crate::model::decisions::{Decision, DecisionAnswer, DecisionRecord};
use crate::quantity::MonthOrDate;
use crate::render::context::YearContext;
use crate::render::view::governing::{DecisionAnswerView, DecisionView, DecisionsView, MeetingDecisionsView};
use crate::source::files::DecisionState;

pub(crate) fn view(year: &YearContext<'_>) -> DecisionsView {
    let Some(record) = &year.report.data.decisions else { return DecisionsView::default() };
    let mut meetings: Vec<(MonthOrDate, Vec<&Decision>)> = Vec::new();
    for one in &record.decisions {
        match meetings.iter_mut().find(|(meeting, _)| *meeting == one.meeting) {
            Some((_, decisions)) => decisions.push(one),
            None => meetings.push((one.meeting, vec![one])),
        }
    }
    meetings.sort_by_key(|(meeting, _)| *meeting);
    let meetings = meetings.into_iter().map(|(meeting, decisions)| MeetingDecisionsView {
        id: format!("meeting-{meeting}"),
        meeting: year.site.words.month_or_date(meeting),
        decisions: decisions.into_iter().map(|one| decision(year, one)).collect(),
    });
    DecisionsView {
        meetings: meetings.collect(),
        open: match record.open().count() {
            0 => String::new(),
            open => year.site.words.count("decisions_open", open),
        },
        answers_title: year.site.words.text("decisions_before").to_owned(),
        answers: record.answers.iter().filter_map(|one| answer(year, one)).collect(),
    }
}

fn decision(year: &YearContext<'_>, decision: &Decision) -> DecisionView {
    let words = year.site.words;
    let state = match decision.state {
        DecisionState::Open => "decision_open",
        DecisionState::Done => "decision_done",
        DecisionState::Closed => "decision_closed",
    };
    let end = year.report.period.map_or(year.site.options.today, |(_, end)| end.min(year.site.options.today));
    let due = decision.due.as_ref().map(|due| due.value);
    DecisionView {
        reference: decision.reference.value.clone(),
        decision: year.prose(&decision.text),
        owner: decision.owner.clone().unwrap_or_default(),
        due: due.map(|due| words.month_or_date(due)).unwrap_or_default(),
        is_overdue: decision.state == DecisionState::Open && due.is_some_and(|due| due.is_before(end)),
        state: decision.state.word(),
        state_text: words.text(state).to_owned(),
        note: year.prose_of(decision.note.as_ref()),
    }
}

/// What became of a decision of the year before. One that cannot be shown, because its year is not built, is left out.
fn answer(year: &YearContext<'_>, answer: &DecisionAnswer) -> Option<DecisionAnswerView> {
    let record: &DecisionRecord = year.earlier().report?.data.decisions.as_ref()?;
    let decision = record.decisions.iter().find(|one| one.reference.value == answer.reference.value)?;
    Some(DecisionAnswerView {
        reference: answer.reference.value.clone(),
        decision: decision.text.text_at(Span::new(0, decision.text.text().len())),
        outcome: answer.outcome.word(),
        outcome_text: follow_up::outcome_text(year, Some(answer.outcome.value)).to_owned(),
        note: year.prose_of(answer.note.as_ref()),
    })
}

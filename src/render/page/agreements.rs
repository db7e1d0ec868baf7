//! The page of agreements: who has agreed what with whom, and when each is due for review.

use crate::model::governance::{Agreement, Approver};
use crate::render::context::YearContext;
use crate::render::view::governing::{AgreementView, AgreementsView};
use crate::render::view::shared::LinkView;
use crate::source::files::AgreementState;

pub(crate) fn view(year: &YearContext<'_>) -> AgreementsView {
    let agreements = year.report.data.governance.iter().flat_map(|governance| &governance.agreements);
    AgreementsView { agreements: agreements.map(|one| agreement(year, one)).collect() }
}

fn agreement(year: &YearContext<'_>, agreement: &Agreement) -> AgreementView {
    let words = year.site.words;
    let state = match agreement.state {
        AgreementState::Draft => "agreement_draft",
        AgreementState::Agreed => "agreement_agreed",
    };
    let approver = |approver: &Approver| match approver {
        Approver::Body(id) => year.body_link(id),
        Approver::Other(name) => LinkView { title: name.clone(), ..LinkView::default() },
    };
    let end = year.report.period.map_or(year.site.options.today, |(_, end)| end.min(year.site.options.today));
    let due = agreement.review_due.as_ref().map(|due| due.value);
    let document = agreement.document.as_ref();
    let (document, document_facts) =
        document.map(|link| year.href_and_facts(&agreement.location.file, link)).unwrap_or_default();
    AgreementView {
        id: format!("agreement-{}", agreement.id),
        name: agreement.name.clone(),
        between: agreement.between.iter().map(|id| year.body_link(id)).collect(),
        version: agreement.version.clone().unwrap_or_default(),
        state: agreement.state.word(),
        state_text: words.text(state).to_owned(),
        agreed: agreement.agreed.map(|date| words.date(date)).unwrap_or_default(),
        review_due: due.map(|due| words.date(due)).unwrap_or_default(),
        is_overdue: due.is_some_and(|due| due < end),
        approved_by: agreement.approved_by.iter().map(approver).collect(),
        text: year.prose_of(agreement.text.as_ref()),
        document,
        document_facts,
    }
}

//! The governance page: bodies, reporting between them, and shared themes.

use std::collections::HashMap;

use crate::model::governance::{Body, Lead, Recipient, Reporting, SharedTheme};
use crate::model::{BodyId, Part, SubmitterKind};
use crate::render::anchors::body_anchor;
use crate::render::context::YearContext;
use crate::render::view::data::{
    BodyView, DocumentActionView, DocumentView, GovernanceView, RecipientView, ReportingView, SeatView, ThemeView,
};
use crate::render::view::shared::LinkView;
use crate::source::files::{Action, BodyKind};

pub(crate) fn view(year: &YearContext<'_>) -> GovernanceView {
    let Some(governance) = &year.report.data.governance else { return GovernanceView::default() };
    GovernanceView {
        bodies: governance.bodies.iter().map(|one| body(year, one)).collect(),
        chart: year.charts().governance.clone(),
        reporting: reporting(year, &governance.reporting),
        themes: governance.themes.iter().map(|one| theme(year, one)).collect(),
    }
}

fn body(year: &YearContext<'_>, body: &Body) -> BodyView {
    let words = year.site.words;
    let count = |key: &str, number: u32| words.count(key, usize::try_from(number).unwrap_or_default());
    let kind = body.kind.map(|kind| match kind {
        BodyKind::Board => "kind_board",
        BodyKind::Committee => "kind_committee",
        BodyKind::Partnership => "kind_partnership",
        BodyKind::Executive => "kind_executive",
        BodyKind::Panel => "kind_panel",
    });
    let members = body.members.iter().map(|seat| SeatView { name: seat.name.value.clone(), seats: seat.seats });
    BodyView {
        notices: year.notices_at(Part::Governance, &body_anchor(&body.id)),
        id: body_anchor(&body.id),
        name: body.name.clone(),
        short: body.short.clone().unwrap_or_default(),
        href: year.submission_href(SubmitterKind::Board, body.id.as_str()),
        kind: kind.map(|kind| words.text(kind).to_owned()).unwrap_or_default(),
        statute: body.statute.clone().unwrap_or_default(),
        purpose: year.prose_of(body.purpose.as_ref()),
        functions: body.functions.iter().map(|function| year.prose(function)).collect(),
        chair: body.chair.clone().unwrap_or_default(),
        sponsor: body.sponsor.as_ref().map(|sponsor| year.sponsor_link(sponsor)),
        meetings: body.meetings_per_year.map(|number| count("meets_count", number)).unwrap_or_default(),
        seats: body.seats.as_ref().map(|seats| count("seats_count", seats.value)).unwrap_or_default(),
        members: members.collect(),
        in_attendance: body.in_attendance.clone(),
        reports_to: body.reports_to.iter().map(|id| year.body_link(id)).collect(),
        accountable_to: body.accountable_to.clone(),
    }
}

/// The documents by recipient. The bodies are in the order of the page, followed by boards that are not bodies.
fn reporting(year: &YearContext<'_>, documents: &[Reporting]) -> Option<ReportingView> {
    let bodies = year.report.data.governance.iter().flat_map(|governance| &governance.bodies);
    let places: HashMap<&BodyId, usize> = bodies.enumerate().map(|(at, body)| (&body.id, at)).collect();
    let mut recipients: Vec<&BodyId> = Vec::new();
    for recipient in documents.iter().flat_map(|document| &document.to) {
        if !recipients.contains(&&recipient.body) {
            recipients.push(&recipient.body);
        }
    }
    recipients.sort_by_key(|id| places.get(*id).copied().unwrap_or(places.len()));
    let rows = documents.iter().map(|document| DocumentView {
        document: document.document.clone(),
        from: document.from.as_ref().map(|id| year.body_link(id)).unwrap_or_default(),
        receipts: recipients
            .iter()
            .map(|id| document.to.iter().find(|to| to.body == **id).map(|to| receipt(year, to)))
            .collect(),
    });
    let rows: Vec<DocumentView> = rows.collect();
    let columns = recipients.iter().map(|id| RecipientView {
        short: year.index.body(id).and_then(|body| body.short.clone()).unwrap_or_default(),
        body: year.body_link(id),
    });
    let columns = columns.collect();
    (!rows.is_empty()).then_some(ReportingView { recipients: columns, documents: rows })
}

fn receipt(year: &YearContext<'_>, to: &Recipient) -> DocumentActionView {
    let key = match to.action {
        Action::Inform => "action_inform",
        Action::Consult => "action_consult",
        Action::Receive => "action_receive",
        Action::Approve => "action_approve",
    };
    DocumentActionView {
        action: to.action.word(),
        text: year.site.words.text(key).to_owned(),
        when: to.when.clone().unwrap_or_default(),
        note: year.prose_of(to.note.as_ref()),
    }
}

fn theme(year: &YearContext<'_>, theme: &SharedTheme) -> ThemeView {
    let lead: Option<LinkView> = match &theme.lead {
        Lead::Body(id) => Some(year.body_link(id)),
        Lead::Undecided(_) | Lead::Unknown => None,
    };
    ThemeView {
        name: theme.name.value.clone(),
        lead,
        undecided: matches!(theme.lead, Lead::Undecided(_)),
        with: theme.with.iter().map(|id| year.body_link(id)).collect(),
        work: year.prose_of(theme.work.as_ref()),
        notes: year.prose_of(theme.notes.as_ref()),
    }
}

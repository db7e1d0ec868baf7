//! The attendance page: members' attendance at each meeting, and the rates.

use super::shared::rate;
use crate::locale::Locale;
use crate::model::attendance::Member;
use crate::quantity::Presence;
use crate::render::context::YearContext;
use crate::render::view::data::{AttendanceMemberView, AttendanceView, CellView, FootnoteView, MeetingView};
use crate::render::view::shared::LinkView;

pub(crate) fn view(year: &YearContext<'_>) -> AttendanceView {
    let words = year.site.words;
    let Some(table) = &year.report.data.attendance else { return AttendanceView::default() };
    let mut footnotes: Vec<FootnoteView> = Vec::new();
    let mut number = 0;
    let meetings = table.meetings.iter().map(|meeting| {
        let date = words.month_or_date(meeting.date);
        let footnote = meeting.note.as_ref().map_or(0, |note| {
            number += 1;
            footnotes.push(FootnoteView { number, about: date.clone(), html: year.prose(note) });
            number
        });
        let label = meeting.label.clone().unwrap_or_else(|| words.short_date(meeting.date));
        MeetingView { label, iso: meeting.date.to_string(), date, footnote }
    });
    let meetings = meetings.collect();
    let cells = || table.members.iter().flat_map(|member| &member.cells);
    let says_more = table.has_voting || cells().any(|(_, deputy)| deputy.is_some());
    let members = table.members.iter().filter(|_| says_more).map(|member| attender(year, member));
    let charts = year.charts();
    AttendanceView {
        overall: rate::view(words, table.rate(), LinkView::default()),
        map: charts.map.clone(),
        by_meeting: charts.by_meeting.clone(),
        by_organisation: charts.by_organisation.clone(),
        meetings,
        members: members.collect(),
        has_voting: table.has_voting,
        footnotes,
        csv: year.routes.data("attendance.csv").to_string(),
    }
}

fn attender(year: &YearContext<'_>, member: &Member) -> AttendanceMemberView {
    let words = year.site.words;
    let organisation = member.organisation.as_deref().unwrap_or_default();
    AttendanceMemberView {
        role: member.role.clone(),
        organisation: year.written_link(organisation, member.agency.as_ref()),
        voting: match member.voting {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        },
        cells: member.cells.iter().map(|(presence, who)| cell(words, *presence, who.as_deref())).collect(),
        rate: rate::view(words, member.rate(), LinkView::default()),
    }
}

/// A cell in words.
fn cell(words: &Locale, presence: Presence, who: Option<&str>) -> CellView {
    let (name, key) = match presence {
        Presence::Present => ("present", "presence_present"),
        Presence::Deputy => ("deputy", "presence_deputy"),
        Presence::Apologies => ("apologies", "presence_apologies"),
        Presence::Absent => ("absent", "presence_absent"),
        Presence::NoSeat => ("no-seat", "presence_no_seat"),
        Presence::Unreadable => ("unreadable", "presence_unreadable"),
    };
    let text = match (presence, who) {
        (Presence::Deputy, Some(who)) => words.say("deputy_named", &[("who", who)]),
        _ => words.text(key).to_owned(),
    };
    CellView { presence: name, text }
}

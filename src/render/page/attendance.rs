//! Who came to which meeting, with the rates that follow.

use super::Volume;
use crate::render::theme::Words;
use crate::render::view::data::{AttendanceView, AttenderView, CellView, FootnoteView, MeetingView, RateView};
use crate::render::view::shared::LinkView;
use crate::report::attendance::{Attendance, Member};
use crate::report::{AgencyId, Presence, Rate};

/// Every outcome, in the order of the legend.
const OUTCOMES: &[Presence] = &[
    Presence::Present,
    Presence::Deputy,
    Presence::Apologies,
    Presence::Absent,
    Presence::NoSeat,
    Presence::Unreadable,
];

pub(super) fn view(volume: &Volume<'_>) -> AttendanceView {
    let words = volume.edition.words;
    let Some(table) = &volume.report.attendance else { return AttendanceView::default() };
    let mut footnotes: Vec<FootnoteView> = Vec::new();
    let mut number = 0;
    let meetings = table.meetings.iter().enumerate().map(|(index, meeting)| {
        let date = words.month_or_date(meeting.date);
        let footnote = meeting.note.as_ref().map_or(0, |note| {
            number += 1;
            footnotes.push(FootnoteView { number, about: date.clone(), html: volume.prose(note) });
            number
        });
        MeetingView {
            label: meeting.label.clone().unwrap_or_else(|| words.short_date(meeting.date)),
            iso: meeting.date.to_string(),
            date,
            footnote,
            rate: rate(words, table.meeting_rate(index), LinkView::default()),
        }
    });
    let meetings = meetings.collect();
    let stands =
        |outcome: &&Presence| table.members.iter().flat_map(|member| &member.cells).any(|(cell, _)| cell == *outcome);
    AttendanceView {
        meetings,
        members: table.members.iter().map(|member| attender(volume, member)).collect(),
        has_voting: table.has_voting,
        organisations: organisations(volume, table),
        overall: rate(words, table.rate(), LinkView::default()),
        footnotes,
        csv: volume.routes.data("attendance.csv").to_string(),
        legend: OUTCOMES.iter().filter(stands).map(|outcome| cell(words, *outcome, None)).collect(),
    }
}

fn attender(volume: &Volume<'_>, member: &Member) -> AttenderView {
    let words = volume.edition.words;
    let organisation = member.organisation.as_deref().unwrap_or_default();
    AttenderView {
        role: member.role.clone(),
        organisation: volume.written_link(organisation, member.agency.as_ref()),
        voting: match member.voting {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        },
        cells: member.cells.iter().map(|(presence, who)| cell(words, *presence, who.as_deref())).collect(),
        rate: rate(words, member.rate(), LinkView::default()),
    }
}

/// A cell, or an entry of the legend.
fn cell(words: &Words, presence: Presence, who: Option<&str>) -> CellView {
    let (name, symbol, key) = match presence {
        Presence::Present => ("present", "✓", "presence_present"),
        Presence::Deputy => ("deputy", "D", "presence_deputy"),
        Presence::Apologies => ("apologies", "A", "presence_apologies"),
        Presence::Absent => ("absent", "✗", "presence_absent"),
        Presence::NoSeat => ("no-seat", "–", "presence_no_seat"),
        Presence::Unreadable => ("unreadable", "?", "presence_unreadable"),
    };
    let text = match (presence, who) {
        (Presence::Deputy, Some(who)) => words.say("deputy_named", &[("who", who)]),
        _ => words.text(key).to_owned(),
    };
    CellView { presence: name, symbol: symbol.to_owned(), text }
}

/// The rates of organisations, in the order in which they first stand in the table. Rows that mean one agency are
/// one organisation, whatever each is called.
fn organisations(volume: &Volume<'_>, table: &Attendance) -> Vec<RateView> {
    let mut groups: Vec<(Option<&AgencyId>, &str, Vec<&Member>)> = Vec::new();
    for member in &table.members {
        let Some(name) = member.organisation.as_deref() else { continue };
        let id = member.agency.as_ref();
        let is_same = |(other, written, _): &&mut (Option<&AgencyId>, &str, Vec<&Member>)| match id {
            Some(_) => *other == id,
            None => other.is_none() && crate::report::names::fold(written) == crate::report::names::fold(name),
        };
        match groups.iter_mut().find(is_same) {
            Some((.., members)) => members.push(member),
            None => groups.push((id, name, vec![member])),
        }
    }
    let rates = groups.into_iter().map(|(id, name, members)| {
        let own = Rate::of(members.iter().flat_map(|member| member.cells.iter().map(|(presence, _)| *presence)));
        let who = id.map_or_else(|| volume.written_link(name, None), |id| volume.agency_link(id));
        rate(volume.edition.words, own, who)
    });
    rates.collect()
}

/// A rate in words.
pub(super) fn rate(words: &Words, rate: Rate, who: LinkView) -> RateView {
    let per_mille = rate.per_mille();
    let (came, held) = (rate.came.to_string(), rate.held.to_string());
    RateView {
        who,
        fraction: words.say("fraction", &[("came", &came), ("held", &held)]),
        per_cent: per_mille.map(|rate| words.per_cent(rate)).unwrap_or_default(),
        fifth: per_mille.and_then(|rate| u8::try_from((rate.min(999) / 200) + 1).ok()).unwrap_or_default(),
    }
}

//! The facts in a year's YAML files: a translation has those of the original, with its own words.

use jiff::civil::Date;

use super::decisions::{Decision, DecisionAnswer, DecisionRecord};
use super::governance::{Agreement, Body, Governance, Lead, SharedTheme};
use super::ids::{BodyId, Sponsor};
use super::report::Report;
use super::reviews::{Review, ReviewFinding, ReviewRecord};
use super::translated_entries::{TranslatedEntry, TranslatedFile};
use super::year_data::YearFile;
use crate::diagnostic::{Diagnostic, Location, RelPath};
use crate::source::files::Direction;

/// Gives a translated report the facts of the original's YAML files. What it states otherwise is reported.
pub(super) fn adopt_facts(report: &mut Report, original: &Report, found: &mut Vec<Diagnostic>) {
    let path = |file: YearFile| report.folder.join(file.name());
    let files = [YearFile::Report, YearFile::Governance, YearFile::Reviews, YearFile::Decisions].map(path);
    // What a file says that could not be read is unknown.
    let [own, governance, reviews, decisions] = files.map(|file| (!report.unreadable.contains(&file)).then_some(file));
    // Bodies take the sponsors of boards, which are reported where they are written.
    let stated_sponsors: Vec<(BodyId, Option<Sponsor>)> =
        report.boards.iter().map(|board| (board.id.clone(), board.sponsor.clone())).collect();
    if let Some(file) = own {
        adopt_report(report, original, &mut TranslatedFile { file: &file, found });
    }
    let (data, original) = (&mut report.data, &original.data);
    if let (Some(file), Some(data), Some(original)) = (governance, &mut data.governance, &original.governance) {
        adopt_governance(data, original, &stated_sponsors, &mut TranslatedFile { file: &file, found });
    }
    if let (Some(file), Some(data), Some(original)) = (reviews, &mut data.reviews, &original.reviews) {
        adopt_reviews(data, original, &mut TranslatedFile { file: &file, found });
    }
    if let (Some(file), Some(data), Some(original)) = (decisions, &mut data.decisions, &original.decisions) {
        adopt_decisions(data, original, &mut TranslatedFile { file: &file, found });
    }
}

fn adopt_report(report: &mut Report, original: &Report, file: &mut TranslatedFile<'_>) {
    let place = file.whole();
    let days = |period: &Option<_>| period.map(|(from, to)| format!("{from} to {to}"));
    file.take(&mut report.period, &original.period, days, "`period`", &place);
    file.take(&mut report.published, &original.published, |date| shown_date(*date), "`published`", &place);
    file.take(&mut report.due, &original.due, |date| shown_date(*date), "`due`", &place);
    if report.meetings.len() == original.meetings.len() {
        for (meeting, own) in report.meetings.iter_mut().zip(&original.meetings) {
            let place = meeting.location.clone();
            file.take(&mut meeting.date, &own.date, |date| Some(date.to_string()), "the meeting's `date`", &place);
        }
    }
    for board in &mut report.boards {
        let Some(own) = original.boards.iter().find(|own| own.id == board.id) else { continue };
        let place = board.location.clone();
        adopt_sponsor(file, &mut board.sponsor, own.sponsor.as_ref(), &place);
    }
    let (messages, own) = (&mut report.front.key_messages, &original.front.key_messages);
    if file.has_as_many(messages.len(), own.len(), "key message") {
        for (at, (message, own)) in messages.iter_mut().zip(own).enumerate() {
            let place = Location::new(file.file, message.span);
            let of = |what: &str| format!("the {what} of key message {}", at + 1);
            file.take_figure(&mut message.figure, own.figure.as_ref(), &of("figure"), &place);
            let word = |direction: &Option<Direction>| direction.map(|one| one.word().to_owned());
            file.take(&mut message.direction, &own.direction, word, &of("direction"), &place);
        }
    }
    file.has_as_many(report.front.quotations.len(), original.front.quotations.len(), "quotation");
    let (corrections, own) = (&mut report.corrections, &original.corrections);
    if file.has_as_many(corrections.len(), own.len(), "correction") {
        for (correction, own) in corrections.iter_mut().zip(own) {
            let place = Location::new(file.file, correction.span);
            file.take(&mut correction.on, &own.on, |date| Some(date.to_string()), "the correction's `on`", &place);
            file.take(&mut correction.place, &own.place, Clone::clone, "the correction's `where`", &place);
        }
    }
}

/// Takes an agency from the original, and reports another. The name of anybody else is a text, which may be the agency's name
/// in another language.
fn adopt_sponsor(
    file: &mut TranslatedFile<'_>,
    sponsor: &mut Option<Sponsor>,
    original: Option<&Sponsor>,
    place: &Location,
) {
    let is_text = matches!((&sponsor, original), (Some(Sponsor::Other(_)), Some(Sponsor::Other(_))));
    if is_text {
        return;
    }
    let stated = |sponsor: &Option<Sponsor>| match sponsor {
        Some(Sponsor::Agency(id)) => Some(id.as_str().to_owned()),
        Some(Sponsor::Other(name)) => Some(name.clone()),
        None => None,
    };
    if matches!((&sponsor, original), (Some(Sponsor::Other(_)), Some(Sponsor::Agency(_)))) {
        *sponsor = None;
    }
    file.take(sponsor, &original.cloned(), stated, "`sponsor`", place);
}

/// `stated_sponsors` are those of the translation's boards, as it has them.
fn adopt_governance(
    governance: &mut Governance,
    original: &Governance,
    stated_sponsors: &[(BodyId, Option<Sponsor>)],
    file: &mut TranslatedFile<'_>,
) {
    file.entries(&mut governance.bodies, &original.bodies, true, |file, body, own| {
        let is_of_board = |(id, sponsor): &(BodyId, _)| *id == body.id && *sponsor == body.sponsor;
        if matches!(body.sponsor, Some(Sponsor::Agency(_))) && stated_sponsors.iter().any(is_of_board) {
            body.sponsor = None;
        }
        adopt_body(file, body, own);
    });
    file.entries(&mut governance.agreements, &original.agreements, true, adopt_agreement);
    if governance.reporting.len() == original.reporting.len() {
        for (reporting, own) in governance.reporting.iter_mut().zip(&original.reporting) {
            let place = file.whole();
            let of = |what: &str| format!("{what} of the document `{}`", reporting.document);
            file.take(&mut reporting.from, &own.from, |id| body_id(id.as_ref()), &of("`from`"), &place);
            for recipient in &mut reporting.to {
                let Some(own) = own.to.iter().find(|own| own.body == recipient.body) else { continue };
                let name = of(&format!("the `action` of `{}`", recipient.body.as_str()));
                file.take(&mut recipient.action, &own.action, |action| Some(action.word().to_owned()), &name, &place);
            }
        }
    }
    if governance.themes.len() == original.themes.len() {
        for (theme, own) in governance.themes.iter_mut().zip(&original.themes) {
            adopt_theme(theme, own, file);
        }
    }
}

pub(super) fn shown_date(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn body_id(id: Option<&BodyId>) -> Option<String> {
    id.map(|id| id.as_str().to_owned())
}

fn body_ids(ids: &[BodyId]) -> Option<String> {
    let names: Vec<&str> = ids.iter().map(BodyId::as_str).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn adopt_body(file: &mut TranslatedFile<'_>, body: &mut Body, original: &Body) {
    let place = body.location.clone();
    file.take(&mut body.kind, &original.kind, |kind| kind.map(|kind| kind.word().to_owned()), "`kind`", &place);
    let number = |number: &Option<u32>| number.map(|number| number.to_string());
    file.take(&mut body.meetings_per_year, &original.meetings_per_year, number, "`meetings_per_year`", &place);
    file.take_spanned(&mut body.seats, original.seats.as_ref(), "`seats`");
    file.take(&mut body.reports_to, &original.reports_to, |ids| body_ids(ids), "`reports_to`", &place);
    adopt_sponsor(file, &mut body.sponsor, original.sponsor.as_ref(), &place);
    if body.members.is_empty() {
        body.members.clone_from(&original.members);
    }
    if body.is_complete
        && original.is_complete
        && file.has_as_many_at(body.members.len(), original.members.len(), "member", &place)
    {
        for (member, own) in body.members.iter_mut().zip(&original.members) {
            // Whoever has one seat need not say so.
            let place = Location::new(&place.file, member.name.span);
            let stated = |seats: &u32| Some(seats.to_string());
            if member.seats == 1 {
                member.seats = own.seats;
            }
            file.take(&mut member.seats, &own.seats, stated, "`seats`", &place);
        }
    }
}

fn adopt_agreement(file: &mut TranslatedFile<'_>, agreement: &mut Agreement, original: &Agreement) {
    let place = agreement.location.clone();
    file.take(&mut agreement.state, &original.state, |state| Some(state.word().to_owned()), "`state`", &place);
    file.take(&mut agreement.agreed, &original.agreed, |date| shown_date(*date), "`agreed`", &place);
    file.take_spanned(&mut agreement.review_due, original.review_due.as_ref(), "`review_due`");
    file.take(&mut agreement.version, &original.version, Clone::clone, "`version`", &place);
    file.take(&mut agreement.between, &original.between, |ids| body_ids(ids), "`between`", &place);
}

fn adopt_theme(theme: &mut SharedTheme, original: &SharedTheme, file: &mut TranslatedFile<'_>) {
    let place = Location::new(file.file, theme.name.span);
    let lead = |lead: &Lead| match lead {
        Lead::Body(id) => Some(id.as_str().to_owned()),
        Lead::Undecided(_) => Some("tbc".to_owned()),
        Lead::Unknown => None,
    };
    if original.lead != Lead::Unknown && lead(&theme.lead) != lead(&original.lead) {
        file.take(&mut theme.lead, &original.lead, lead, "`lead`", &place);
    }
    file.take(&mut theme.with, &original.with, |ids| body_ids(ids), "`with`", &place);
}

fn adopt_reviews(record: &mut ReviewRecord, original: &ReviewRecord, file: &mut TranslatedFile<'_>) {
    let is_complete = record.is_complete && original.is_complete;
    file.entries(&mut record.reviews, &original.reviews, is_complete, |file, review, own| {
        adopt_review(file, review, own, is_complete);
    });
    if record.learning.is_empty() {
        record.learning.clone_from(&original.learning);
    }
    if record.none.is_none() {
        record.none.clone_from(&original.none);
    } else if original.none.is_none() && is_complete {
        let there = file.file.name().to_owned();
        file.report(file.whole(), format!("`none` is given here, but not in `{there}`"));
        record.none = None;
    }
}

fn adopt_review(file: &mut TranslatedFile<'_>, review: &mut Review, original: &Review, is_complete: bool) {
    let place = review.location.clone();
    file.take(&mut review.kind, &original.kind, |kind| Some(kind.word().to_owned()), "`kind`", &place);
    file.take(&mut review.status, &original.status, |status| Some(status.word().to_owned()), "`status`", &place);
    if review.published.is_none() {
        review.published.clone_from(&original.published);
    }
    if review.findings.is_empty() {
        review.findings.clone_from(&original.findings);
    }
    if file.has_as_many_at(review.findings.len(), original.findings.len(), "finding", &place) {
        for (at, (finding, own)) in review.findings.iter_mut().zip(&original.findings).enumerate() {
            adopt_answer(file, (at + 1, finding), own, is_complete, &place);
        }
    }
}

/// Gives a finding the kind of answer that the original has, in the translation's words if it has them: a promise is no refusal.
fn adopt_answer(
    file: &mut TranslatedFile<'_>,
    (number, finding): (usize, &mut ReviewFinding),
    own: &ReviewFinding,
    is_complete: bool,
    place: &Location,
) {
    let answers = [("action", &mut finding.action, &own.action), ("declined", &mut finding.declined, &own.declined)];
    for (key, here, there) in answers {
        if here.is_some() && there.is_none() {
            // What could not be read there is unknown.
            if is_complete || own.action.is_some() || own.declined.is_some() {
                let name = file.file.name().to_owned();
                file.report(place.clone(), format!("finding {number} has `{key}` here, but not in `{name}`"));
            }
            *here = None;
        } else if here.is_none() {
            here.clone_from(there);
        }
    }
}

fn adopt_decisions(record: &mut DecisionRecord, original: &DecisionRecord, file: &mut TranslatedFile<'_>) {
    let is_complete = record.is_complete && original.is_complete;
    file.entries(&mut record.decisions, &original.decisions, is_complete, |file, decision: &mut Decision, own| {
        let place = decision.location.clone();
        file.take(&mut decision.meeting, &own.meeting, |meeting| Some(meeting.to_string()), "`meeting`", &place);
        file.take(&mut decision.state, &own.state, |state| Some(state.word().to_owned()), "`state`", &place);
        file.take_spanned(&mut decision.due, own.due.as_ref(), "`due`");
        if decision.owner.is_none() {
            decision.owner.clone_from(&own.owner);
        }
    });
    file.entries(&mut record.answers, &original.answers, is_complete, |file, answer: &mut DecisionAnswer, own| {
        let place = Location::new(file.file, answer.outcome.span);
        let (outcome, there) = (&mut answer.outcome.value, &own.outcome.value);
        file.take(outcome, there, |outcome| Some(outcome.word().to_owned()), "`outcome`", &place);
    });
}

/// An entry whose place is its `location`.
macro_rules! located_entry {
    ($entry:ty, $kind:literal, |$own:ident| $key:expr) => {
        impl TranslatedEntry for $entry {
            const KIND: &'static str = $kind;

            fn key(&self) -> &str {
                let $own = self;
                $key
            }

            fn place(&self, _: &RelPath) -> Location {
                self.location.clone()
            }

            fn without_place(mut self) -> Self {
                self.location = Location::whole(&self.location.file);
                self
            }
        }
    };
}

located_entry!(Decision, "decision", |own| &own.reference.value);
located_entry!(Review, "review", |own| &own.id);
located_entry!(Agreement, "agreement", |own| &own.id);
located_entry!(Body, "body", |own| own.id.as_str());

impl TranslatedEntry for DecisionAnswer {
    const KIND: &'static str = "decision";

    fn key(&self) -> &str {
        &self.reference.value
    }

    fn place(&self, file: &RelPath) -> Location {
        Location::new(file, self.reference.span)
    }

    fn without_place(self) -> Self {
        self
    }
}

//! Assembles `governance.yaml`: bodies, and the references between them.

use std::collections::{HashMap, HashSet};

use super::cycles::{self, ReportingLine};
use super::{Agreement, Approver, Body, Governance, Lead, Recipient, Reporting, Seat, SharedTheme};
use crate::diagnostic::suggest::{did_you_mean, nearest};
use crate::diagnostic::{
    Code, Diagnostic, Location, RelPath, Span, SubjectKind, WithDiagnostics, excerpt, quoted_list,
};
use crate::model::agency_index::AgencyIndex;
use crate::model::ids::{BodyId, Sponsor};
use crate::model::members::{Agency, Board};
use crate::model::normalize::normalize_name;
use crate::model::written_link::safe_link;
use crate::source::files::{
    Action, AgreementEntry, BodyEntry, GovernanceFile, MemberEntry, ReportingEntry, ThemeEntry,
};
use crate::source::markdown::Markdown;
use crate::source::yaml::{Prose, ShortOr, Slug, Spanned, Text, TextOr};

/// The sponsor of a board: one of the year's agencies under any of its names, or anybody else by name.
///
/// Text in the form of an id is reported if it is close to an agency's id, or if all agencies are known: names do not
/// look like that.
#[must_use]
pub(crate) fn sponsor(file: &RelPath, written: &Text, organisations: &AgencyIndex<'_>) -> WithDiagnostics<Sponsor> {
    if let Some(agency) = organisations.called(written) {
        return WithDiagnostics::new(Sponsor::Agency(agency.id.clone()), Vec::new());
    }
    let suggestion = Slug::is_valid(written).then(|| nearest(written, organisations.ids()));
    let help = match suggestion {
        Some(Some(suggestion)) => {
            Some(format!("did you mean `{suggestion}`? If the sponsor is not an agency, write its name"))
        }
        Some(None) if organisations.are_all() => {
            Some("write the id of an agency, or the sponsor's name as readers should see it".to_owned())
        }
        Some(None) | None => None,
    };
    let diagnostics = help.map(|help| {
        let message = format!("there is no agency `{}`", excerpt(written));
        Diagnostic::new(Code::UnknownId, Location::new(file, written.span), message).help(help)
    });
    WithDiagnostics::new(Sponsor::Other(written.value.clone()), diagnostics.into_iter().collect())
}

/// Assembles `governance.yaml`. Every board is a body, whether or not it has an entry here. If the list of boards is
/// incomplete (`knows_boards` is false), an unknown id may be a board's and is not reported.
#[must_use]
pub(crate) fn assemble(
    file: &RelPath,
    written: &GovernanceFile,
    boards: &[Board],
    knows_boards: bool,
    agencies: &[Agency],
) -> WithDiagnostics<Governance> {
    let mut reading = GovernanceAssembler {
        file,
        boards: boards.iter().map(|board| (board.id.as_str(), board)).collect(),
        organisations: AgencyIndex::new(agencies),
        known: HashMap::new(),
        has_unreadable_ids: !knows_boards,
        ids: Vec::new(),
        mentioned: HashSet::new(),
        diagnostics: Vec::new(),
    };
    let entries = reading.register(written, boards);
    let mut references = Vec::new();
    let mut governance = Governance::default();
    for (id, entry) in entries {
        let body = reading.body(&id, entry, &mut references);
        governance.bodies.push(body);
    }
    // Problems in an entry without an id of its own are reported too.
    for entry in without_own_id(written) {
        reading.body(&BodyId::new(""), entry, &mut Vec::new());
    }
    for entry in written.reporting.iter().flatten() {
        governance.reporting.extend(reading.reporting(entry));
    }
    for entry in written.themes.iter().flatten() {
        governance.themes.extend(reading.theme(entry));
    }
    governance.agreements = reading.agreements(written);
    reading.diagnostics.extend(cycles::find(&references));
    // If there are other bodies, every board is shown with them. If not, the file is about something else.
    let has_bodies = !governance.bodies.is_empty();
    let own: HashSet<BodyId> = governance.bodies.iter().map(|body| body.id.clone()).collect();
    let others = boards.iter().filter(|board| !own.contains(&board.id));
    let others = others.filter(|board| has_bodies || reading.mentioned.contains(&board.id));
    governance.bodies.extend(others.map(body_of_board));
    WithDiagnostics::new(governance, reading.diagnostics)
}

/// The body of a board that has no entry in `governance.yaml`.
fn body_of_board(board: &Board) -> Body {
    Body {
        id: board.id.clone(),
        name: board.name.clone(),
        short: board.short.clone(),
        kind: None,
        statute: None,
        purpose: board.purpose.as_deref().cloned(),
        functions: Vec::new(),
        chair: None,
        sponsor: board.sponsor.clone(),
        meetings_per_year: None,
        seats: None,
        members: Vec::new(),
        in_attendance: Vec::new(),
        reports_to: Vec::new(),
        accountable_to: Vec::new(),
        location: board.location.clone(),
        is_complete: true,
    }
}

/// Assembles the entries of `governance.yaml` and collects diagnostics.
struct GovernanceAssembler<'a> {
    file: &'a RelPath,
    boards: HashMap<&'a str, &'a Board>,
    organisations: AgencyIndex<'a>,
    /// The bodies, keyed by id and by folded id and short name.
    known: HashMap<String, BodyId>,
    /// Whether some entry's id could not be read: any unknown id may be meant for that entry.
    has_unreadable_ids: bool,
    /// The ids in order, for suggestions.
    ids: Vec<BodyId>,
    /// The ids that entries refer to.
    mentioned: HashSet<BodyId>,
    diagnostics: Vec<Diagnostic>,
}

impl GovernanceAssembler<'_> {
    fn location(&self, span: Span) -> Location {
        Location::new(self.file, span)
    }

    /// Records the names of all bodies. Returns the entries that have an id of their own.
    fn register<'w>(&mut self, written: &'w GovernanceFile, boards: &[Board]) -> Vec<(BodyId, &'w BodyEntry)> {
        self.has_unreadable_ids |= written.bodies.is_none() && written.has_errors;
        let mut entries = Vec::new();
        let mut taken: HashMap<&str, Span> = HashMap::new();
        for entry in written.bodies.iter().flatten() {
            let Some(id) = &entry.id else {
                self.has_unreadable_ids = true;
                continue;
            };
            if let Some(first) = taken.get(id.as_str()) {
                let (location, first) = (self.location(id.span), self.location(*first));
                self.diagnostics.push(Diagnostic::duplicate_id(location, first, id.as_str(), "body"));
                continue;
            }
            taken.insert(id.as_str(), id.span);
            let id = BodyId::new(id.as_str());
            self.ids.push(id.clone());
            entries.push((id, entry));
        }
        let bare = boards.iter().filter(|board| !taken.contains_key(board.id.as_str()));
        self.ids.extend(bare.map(|board| board.id.clone()));
        for id in &self.ids {
            self.known.insert(id.as_str().to_owned(), id.clone());
        }
        let shorts = entries.iter().filter_map(|(id, entry)| Some((entry.short.as_ref()?.value.as_str(), id)));
        let shorts = shorts.chain(boards.iter().filter_map(|board| Some((board.short.as_deref()?, &board.id))));
        for (short, id) in shorts {
            self.known.entry(normalize_name(short)).or_insert_with(|| id.clone());
        }
        entries
    }

    /// The body with this id. An unknown id is reported.
    fn body_with_id(&mut self, id: &Text) -> Option<BodyId> {
        let found = self.known.get(id.value.as_str()).filter(|found| found.as_str() == id.value).cloned();
        self.note(found, id, "write a body's id")
    }

    /// The body with this id or short name, ignoring case. An unknown name is reported.
    fn body_called(&mut self, name: &Text) -> Option<BodyId> {
        let found = self.known.get(&normalize_name(name)).cloned();
        self.note(found, name, "write a body's id or short name")
    }

    fn note(&mut self, found: Option<BodyId>, written: &Text, otherwise: &str) -> Option<BodyId> {
        if let Some(id) = &found {
            self.mentioned.insert(id.clone());
        } else if !self.has_unreadable_ids {
            let message = format!("there is no body `{}`", excerpt(written));
            let suggestion = self.known.get(&normalize_name(written)).map(|id| format!("did you mean `{id}`?"));
            let suggestion = suggestion.or_else(|| did_you_mean(written, self.ids.iter().map(BodyId::as_str)));
            let known: Vec<&str> = self.ids.iter().map(BodyId::as_str).take(12).collect();
            let help = suggestion.unwrap_or_else(|| match known.as_slice() {
                [] => "add the bodies to governance.yaml first".to_owned(),
                known => format!("{otherwise}: {}", quoted_list(known)),
            });
            self.diagnostics.push(Diagnostic::new(Code::UnknownId, self.location(written.span), message).help(help));
        }
        found
    }

    fn prose(&mut self, written: Option<&Prose>) -> Option<Markdown> {
        written.map(|prose| Markdown::of_prose(self.file, prose).emit_into(&mut self.diagnostics))
    }

    fn body(&mut self, id: &BodyId, entry: &BodyEntry, references: &mut Vec<ReportingLine>) -> Body {
        let board = self.boards.get(id.as_str()).copied();
        let mut reports_to = Vec::new();
        for written in entry.reports_to.iter().flatten() {
            if let Some(to) = self.body_with_id(written).filter(|to| !reports_to.contains(to)) {
                references.push(ReportingLine {
                    from: id.clone(),
                    to: to.clone(),
                    location: self.location(written.span),
                });
                reports_to.push(to);
            }
        }
        let sponsor = entry
            .sponsor
            .as_ref()
            .map(|written| sponsor(self.file, written, &self.organisations).emit_into(&mut self.diagnostics));
        let text = |written: &Option<Text>| written.as_ref().map(|text| text.value.clone());
        let texts = |written: &Option<Vec<Text>>| written.iter().flatten().map(|text| text.value.clone()).collect();
        Body {
            id: id.clone(),
            name: text(&entry.name).or_else(|| board.map(|board| board.name.clone())).unwrap_or_else(|| id.to_string()),
            short: text(&entry.short).or_else(|| board.and_then(|board| board.short.clone())),
            kind: entry.kind.as_ref().map(|kind| kind.value),
            statute: text(&entry.statute),
            purpose: self
                .prose(entry.purpose.as_ref())
                .or_else(|| board.and_then(|board| board.purpose.as_deref().cloned())),
            functions: entry.functions.iter().flatten().filter_map(|function| self.prose(Some(function))).collect(),
            chair: text(&entry.chair),
            sponsor: sponsor.or_else(|| board.and_then(|board| board.sponsor.clone())),
            meetings_per_year: entry.meetings_per_year.as_ref().map(|count| count.value.0),
            seats: entry.seats.as_ref().map(|count| Spanned::new(count.value.0, count.span)),
            members: entry.members.iter().flatten().filter_map(seat).collect(),
            in_attendance: texts(&entry.in_attendance),
            reports_to,
            accountable_to: texts(&entry.accountable_to),
            location: self.location(entry.span),
            is_complete: !entry.has_errors,
        }
    }

    fn reporting(&mut self, entry: &ReportingEntry) -> Option<Reporting> {
        let from = entry.from.as_ref().and_then(|from| self.body_with_id(from));
        let mut to = Vec::new();
        for (written, recipient) in entry.to.iter().flat_map(|to| &to.0) {
            let note = self.prose(recipient.note.as_ref());
            let Some(body) = self.body_with_id(written) else { continue };
            let action = recipient.action.as_ref().map_or(Action::Receive, |action| action.value);
            let when = recipient.when.as_ref().map(|when| when.value.clone());
            to.push(Recipient { body, action, when, note });
        }
        Some(Reporting { document: entry.document.as_ref()?.value.clone(), from, to })
    }

    fn agreements(&mut self, written: &GovernanceFile) -> Vec<Agreement> {
        let mut taken: HashMap<&str, Span> = HashMap::new();
        let mut agreements = Vec::new();
        for entry in written.agreements.iter().flatten() {
            let agreement = self.agreement(entry);
            let Some(id) = &entry.id else { continue };
            if let Some(first) = taken.insert(id.as_str(), id.span) {
                let (location, first) = (self.location(id.span), self.location(first));
                self.diagnostics.push(Diagnostic::duplicate_id(location, first, id.as_str(), "agreement"));
            } else {
                agreements.extend(agreement);
            }
        }
        agreements
    }

    fn agreement(&mut self, entry: &AgreementEntry) -> Option<Agreement> {
        let mut between = Vec::new();
        for body in entry.between.iter().flatten().filter_map(|written| self.body_called(written)) {
            if !between.contains(&body) {
                between.push(body);
            }
        }
        let approved_by = entry.approved_by.iter().flatten().map(|written| self.approver(written)).collect();
        let text = self.prose(entry.text.as_ref());
        let document = safe_link(self.file, entry.document.clone(), &mut self.diagnostics);
        Some(Agreement {
            id: entry.id.as_ref()?.to_string(),
            name: entry.name.as_ref()?.value.clone(),
            between,
            version: entry.version.as_ref().map(|version| version.value.clone()),
            state: entry.state.as_ref()?.value,
            agreed: entry.agreed.as_ref().map(|date| date.value),
            review_due: entry.review_due.clone(),
            approved_by,
            text,
            document,
            location: self.location(entry.span),
        })
    }

    /// Who approved an agreement. Text in the form of an id is a body's: names do not look like that.
    fn approver(&mut self, written: &Text) -> Approver {
        let is_known = self.known.contains_key(&normalize_name(written));
        let body = (is_known || Slug::is_valid(written)).then(|| self.body_called(written)).flatten();
        body.map_or_else(|| Approver::Other(written.value.clone()), Approver::Body)
    }

    fn theme(&mut self, entry: &ThemeEntry) -> Option<SharedTheme> {
        let lead = match &entry.lead {
            None => Lead::Unknown,
            Some(lead) if normalize_name(lead) == "tbc" => {
                let of = entry.name.as_ref().map_or_else(String::new, |name| format!(" `{}`", excerpt(name)));
                let message = format!("nobody has been chosen to lead the theme{of} yet");
                let undecided = Diagnostic::new(Code::UndecidedLead, self.location(lead.span), message);
                let undecided = undecided.help("write the id or short name of the body once it is chosen");
                self.diagnostics.push(match &entry.name {
                    Some(name) => undecided.about(SubjectKind::Theme, name.value.as_str()),
                    None => undecided,
                });
                Lead::Undecided(lead.clone())
            }
            Some(lead) => self.body_called(lead).map_or(Lead::Unknown, Lead::Body),
        };
        let mut with = Vec::new();
        for body in entry.with.iter().flatten().filter_map(|written| self.body_called(written)) {
            if !with.contains(&body) {
                with.push(body);
            }
        }
        let (work, notes) = (self.prose(entry.work.as_ref()), self.prose(entry.notes.as_ref()));
        Some(SharedTheme { name: entry.name.clone()?, lead, with, work, notes })
    }
}

/// A member with its number of seats: one unless the entry says otherwise.
fn seat(written: &TextOr<MemberEntry>) -> Option<Seat> {
    match written {
        ShortOr::One(name) => Some(Seat { name: name.clone(), seats: 1 }),
        ShortOr::More(entry) => {
            let seats = entry.seats.as_ref().map_or(1, |seats| seats.value.0);
            Some(Seat { name: entry.name.clone()?, seats })
        }
    }
}

/// The entries that cannot become bodies: those without an id, and those whose id an earlier entry has.
fn without_own_id<'w>(written: &'w GovernanceFile) -> Vec<&'w BodyEntry> {
    let mut taken = HashSet::new();
    let has_no_own_id = |entry: &&'w BodyEntry| entry.id.as_ref().is_none_or(|id| !taken.insert(id.as_str()));
    written.bodies.iter().flatten().filter(has_no_own_id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::LineIndex;
    use crate::model::agency_index::tests::agencies;
    use crate::source::yaml::read_document;

    /// Boards of a year, for the tests.
    fn boards() -> Vec<Board> {
        let board = |id: &str, name: &str, short: Option<&str>| Board {
            id: BodyId::new(id),
            name: name.to_owned(),
            short: short.map(str::to_owned),
            sponsor: Some(Sponsor::Other("Healthwatch".to_owned())),
            purpose: None,
            formerly: None,
            contact: None,
            location: Location::whole(&RelPath::new("report.yaml")),
            submission: None,
        };
        vec![board("risk", "Risk Board", None), board("child-death", "Child Death Board", Some("CDOP"))]
    }

    fn governance(text: &str) -> WithDiagnostics<Governance> {
        let file = RelPath::new("governance.yaml");
        let mut diagnostics = Vec::new();
        let written: GovernanceFile = read_document(&file, text, Span::new(0, text.len())).emit_into(&mut diagnostics);
        let governance = assemble(&file, &written, &boards(), true, &agencies()).emit_into(&mut diagnostics);
        WithDiagnostics::new(governance, diagnostics)
    }

    fn check(text: &str) -> String {
        let lines = LineIndex::new(text);
        let reported = governance(text).diagnostics.into_iter().map(|d| {
            let position = lines.position(d.location.span.start);
            format!("{} {}:{}: {}; {}", d.code, position.line, position.column, d.message, d.help.unwrap_or_default())
        });
        reported.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn ids_are_resolved() {
        let text = "bodies:\n\
            \x20 - {id: hwb, name: Health and Wellbeing Board, short: HWB}\n\
            \x20 - {id: risk, name: Risk, reports_to: [hwb, child-death], members: [TVP, {name: MKC, seats: 3}], seats: 4}\n\
            reporting:\n  - {document: Report, from: risk, to: {hwb: {action: inform}, child-death: {}}}\n\
            themes:\n  - {name: Slavery, lead: cdop, with: [Hwb, RISK]}\n";
        let governance = governance(text);
        assert_eq!(governance.diagnostics, []);
        let governance = governance.value;
        let ids: Vec<&str> = governance.bodies.iter().map(|body| body.id.as_str()).collect();
        assert_eq!(ids, ["hwb", "risk", "child-death"], "a board that is named is a body");
        assert_eq!(governance.bodies[1].sponsor, Some(Sponsor::Other("Healthwatch".to_owned())), "the board's own");
        assert_eq!(governance.bodies[1].members.iter().map(|m| m.seats).sum::<u32>(), 4);
        assert_eq!(governance.themes[0].lead, Lead::Body(BodyId::new("child-death")));
        assert_eq!(governance.themes[0].with, [BodyId::new("hwb"), BodyId::new("risk")]);
        assert_eq!(governance.reporting[0].to[1].action, Action::Receive);
    }

    #[test]
    fn boards_without_an_entry_are_shown_with_other_bodies() {
        let ids = |text: &str| governance(text).value.bodies.iter().map(|body| body.id.to_string()).collect::<Vec<_>>();
        assert_eq!(ids("bodies: [{id: hwb, name: HWB}]\n"), ["hwb", "risk", "child-death"]);
        assert_eq!(ids("themes: [{name: Slavery, lead: risk}]\n"), ["risk"]);
    }

    #[test]
    fn unknown_names_are_reported() {
        assert_eq!(
            check(
                "bodies:\n  - {id: hwb, name: HWB, reports_to: [rsk, Risk]}\nthemes:\n  - {name: A, lead: TbC}\n  - {name: B, lead: hbw}\n"
            ),
            "unknown-id 2:39: there is no body `rsk`; did you mean `risk`?\n\
             unknown-id 2:44: there is no body `Risk`; did you mean `risk`?\n\
             undecided-lead 4:21: nobody has been chosen to lead the theme `A` yet; write the id or short name of the body once it is chosen\n\
             unknown-id 5:21: there is no body `hbw`; did you mean `hwb`?"
        );
        assert_eq!(
            check("bodies:\n  - {id: hwb, name: HWB, sponsor: mkcg}\n  - {id: hwb, name: Twice, sponsor: Council}\n"),
            "duplicate-id 3:10: a second body has the id `hwb`; give each its own id\n\
             unknown-id 2:35: there is no agency `mkcg`; did you mean `mkccg`? If the sponsor is not an agency, write its name"
        );
        assert_eq!(
            check("bodies:\n  - {id: a, name: A, reports_to: [b]}\n  - {id: b, name: B, reports_to: [a]}\n")
                .split(';')
                .next(),
            Some("bad-value 3:35: `b` reports in a circle: to `a`, which reports to `b`")
        );
    }

    #[test]
    fn an_id_that_cannot_be_read_is_reported_once() {
        let reported =
            check("bodies:\n  - {id: Health Board, name: HWB}\n  - {id: a, name: A, reports_to: [Health Board]}\n");
        assert_eq!(reported.lines().count(), 1, "{reported}");
    }
}

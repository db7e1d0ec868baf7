//! Assembles one year from `report.yaml` and the files beside it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::layout::{YearLayout, hash_of_text, unreadable_below};
use super::section_rules::section_rules;
use super::submissions::SubmissionContext;
use super::{
    corrections, distribution, documents, front_page, held, no_such_code, report_if_duplicate, submissions, unknown,
};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{
    Code, Diagnostic, Location, RelPath, SourceTexts, Span, SubjectKind, WithDiagnostics, excerpt,
};
use crate::model::agency_index::AgencyIndex;
use crate::model::ids::{AgencyId, BodyId, DutyId, PriorityId, SubmitterKind, Year};
use crate::model::indicators::definition::IndicatorSet;
use crate::model::meeting::Meeting;
use crate::model::members::{Agency, Board};
use crate::model::normalize::normalize_name;
use crate::model::part::Part;
use crate::model::report::{NotApplicable, PreviousYear, Priority, PriorityProgress, Report, Waiver};
use crate::model::sections::SectionRules;
use crate::model::sign_off::SignOff;
use crate::model::year_data::YearFile;
use crate::model::year_data::{DataBasis, YearData, read_yaml};
use crate::model::{SiteIndicators, display_names, duties, governance};
use crate::source::SourceTree;
use crate::source::digest::Digest;
use crate::source::files::{
    AgencyEntry, BoardEntry, MeetingEntry, NotApplicableEntry, PeriodEntry, PriorityEntry, ProgressEntry,
    ProgressState, ReportFile, WaiverEntry, YearState,
};
use crate::source::markdown::Markdown;
use crate::source::yaml::{Date, Prose, Slug, Spanned, Text};

/// Assembles the report of one year.
///
/// `language` is that of the submissions' headings, `before` says whether the previous year exists, `indicators` are
/// those of the site, and `input_hash` covers everything that the report is built from.
pub(crate) fn assemble(
    tree: &SourceTree,
    year: &Year,
    language: &str,
    before: PreviousYear,
    indicators: &SiteIndicators,
    input_hash: Digest,
) -> WithDiagnostics<Report> {
    let mut diagnostics = Vec::new();
    let layout = &YearLayout::new(tree, year).emit_into(&mut diagnostics);
    let file = layout.folder.join(YearFile::Report.name());
    let reported = diagnostics.len();
    let (written, was_read) = read_yaml::<ReportFile>(tree, &file, &mut diagnostics);
    let is_clean = diagnostics.len() == reported;
    let embargo = written.embargo.as_ref().map(|moment| moment.value.0);
    let state = written.state.as_ref().map(|state| state.value);
    if let Some(text) = tree.text(&file).filter(|_| is_clean) {
        diagnostics.extend(held::blank_keys(&file, &text, embargo.is_some(), state.is_some()));
    }
    let knows = CompleteLists::new(&written, was_read);
    let definitions = &indicators.definitions;
    let (messages, quotations) = (written.key_messages, written.quotations);
    let front = front_page::assemble(&file, written.headline, messages, written.figures, quotations, definitions);
    let front = front.emit_into(&mut diagnostics);
    let mut reading = ReportAssembler { file: &file, definitions, diagnostics: &mut diagnostics };
    let priorities = reading.priorities(written.priorities);
    let agencies = reading.agencies(written.agencies);
    let mut boards = reading.boards(written.boards);
    let meetings = reading.meetings(written.meetings);
    let waivers = reading.waivers(&layout.folder, written.waivers);
    let period = reading.period(written.period);
    let duties = reading.duties(written.duties);
    let not_applicable = reading.not_applicable(&duties, written.not_applicable);
    let pages = super::pages::assemble(tree, &layout.pages).emit_into(&mut diagnostics);
    let documents = documents::assemble(tree, &file, &layout.documents, written.documents).emit_into(&mut diagnostics);
    let contents = written.contents.unwrap_or_default();
    // A page that could not be read exists all the same.
    let page_ids: Vec<&str> = layout.pages.iter().map(RelPath::stem).collect();
    check_contents(&file, &contents, &page_ids, &mut diagnostics);
    let organisations = AgencyIndex::new(&agencies).knowing_all(knows.agencies);
    for (board, sponsor) in &mut boards {
        let sponsor = sponsor.take().map(|sponsor| governance::sponsor(&file, &sponsor, &organisations));
        board.sponsor = sponsor.map(|sponsor| sponsor.emit_into(&mut diagnostics));
    }
    let mut report = Report {
        input_hash,
        year: layout.year.clone(),
        folder: layout.folder.clone(),
        title: written.title.map_or_else(|| layout.year.to_string(), |title| title.value),
        translated_into: None,
        period,
        published: written.published.map(|date| date.value),
        is_preparing: state == Some(YearState::Preparing),
        embargo: held::embargo(tree.text(&file).as_deref(), embargo, state, is_clean),
        due: written.due.map(|date| date.value),
        front,
        priorities,
        boards: boards.into_iter().map(|(board, _)| board).collect(),
        agencies,
        meetings,
        unreadable: unreadable_below(tree, layout.folder.as_str()).map(|(file, _)| file.clone()).collect(),
        unreadable_lists: knows.unreadable_lists(),
        before,
        contents,
        section_rules: Vec::new(),
        word_limit: written.limits.and_then(|limits| limits.words).map(|words| words.value.0),
        duties,
        not_applicable,
        distribution: Vec::new(),
        signed_off: written.signed_off.map(SignOff::from),
        corrections: Vec::new(),
        waivers,
        pages,
        data: YearData::default(),
        indicators: indicators.of_year(year).cloned(),
        media: layout.media.clone(),
        documents,
        held_files: BTreeSet::new(),
        text_hash: hash_of_text(tree, &layout.year),
        extra: written.extra,
        file,
    };
    report.corrections =
        corrections::assemble(&report, &page_ids, knows.priorities, written.corrections).emit_into(&mut diagnostics);
    let basis = DataBasis {
        folder: &report.folder,
        boards: &report.boards,
        knows_boards: knows.boards,
        agencies: &report.agencies,
        meetings: if knows.meetings { &report.meetings } else { &[] },
    };
    let (data, unreadable) = YearData::read(tree, &basis, &mut diagnostics);
    report.data = data;
    report.unreadable.extend(unreadable);
    report.distribution = distribution::assemble(&report, written.distribution).emit_into(&mut diagnostics);
    let is_in_doubt = written.invalid_keys.contains(&"sections");
    for kind in [SubmitterKind::Board, SubmitterKind::Agency] {
        let rules = section_rules(&report.file, kind, written.sections.as_ref(), language);
        let rules = rules.emit_into(&mut diagnostics);
        let rules = if is_in_doubt { rules.in_doubt() } else { rules };
        submissions::assemble(tree, layout, &mut report, &knows.context(kind, &rules, definitions), &mut diagnostics);
        report.section_rules.push(rules);
    }
    let is_lost = |lost: &&Diagnostic| matches!(lost.code, Code::BadYaml | Code::UnclosedFrontMatter);
    report.unreadable.extend(diagnostics.iter().filter(is_lost).map(|lost| lost.location.file.clone()));
    display_names::name(&mut report);
    WithDiagnostics::new(report, diagnostics)
}

/// Which lists in `report.yaml` could be read completely. An id that is missing from any other list is unknown, not
/// wrong.
#[allow(clippy::struct_excessive_bools, reason = "four independent lists")]
struct CompleteLists {
    boards: bool,
    agencies: bool,
    priorities: bool,
    meetings: bool,
}

impl CompleteLists {
    /// What the submissions of one kind are judged by.
    fn context<'a>(
        &self,
        kind: SubmitterKind,
        rules: &'a SectionRules,
        indicators: &'a IndicatorSet,
    ) -> SubmissionContext<'a> {
        let knows_all = if kind == SubmitterKind::Board { self.boards } else { self.agencies };
        SubmissionContext {
            rules,
            knows_all,
            knows_agencies: self.agencies,
            knows_priorities: self.priorities,
            indicators,
        }
    }

    fn new(written: &ReportFile, was_read: bool) -> Self {
        fn all<T>(entries: Option<&Vec<T>>, has_id: impl Fn(&T) -> bool) -> bool {
            entries.is_none_or(|entries| entries.iter().all(has_id))
        }
        /// Whether every entry has an id of its own. If two share an id, what the second was meant to have is unknown.
        fn each<'w, T>(entries: Option<&'w Vec<T>>, id: impl Fn(&'w T) -> Option<&'w Spanned<Slug>>) -> bool {
            let mut taken = BTreeSet::new();
            entries.is_some_and(|entries| {
                entries.iter().all(|entry| id(entry).is_some_and(|id| taken.insert(id.as_str())))
            })
        }
        let is_read = |key| was_read && !written.invalid_keys.contains(&key);
        Self {
            boards: is_read("boards") && each(written.boards.as_ref(), |entry| entry.id.as_ref()),
            agencies: is_read("agencies") && each(written.agencies.as_ref(), |entry| entry.id.as_ref()),
            priorities: is_read("priorities") && all(written.priorities.as_ref(), |e| e.id.is_some()),
            meetings: is_read("meetings") && all(written.meetings.as_ref(), |e| e.date.is_some()),
        }
    }
}

impl CompleteLists {
    /// The kinds of submitter whose list could not be read completely.
    fn unreadable_lists(&self) -> Vec<SubmitterKind> {
        let lists = [(SubmitterKind::Board, self.boards), (SubmitterKind::Agency, self.agencies)];
        lists.into_iter().filter(|(_, is_known)| !is_known).map(|(kind, _)| kind).collect()
    }
}

/// An empty list with room for what is made of each entry, and no more: the model stays in memory.
fn room_for<T, U>(entries: Option<&[T]>) -> Vec<U> {
    Vec::with_capacity(entries.map_or(0, <[T]>::len))
}

/// Assembles the entries of `report.yaml` and collects diagnostics.
struct ReportAssembler<'a> {
    file: &'a RelPath,
    definitions: &'a IndicatorSet,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl ReportAssembler<'_> {
    fn prose(&mut self, written: Option<Prose>) -> Option<Box<Markdown>> {
        written.map(|prose| Box::new(Markdown::of_prose(self.file, &prose).emit_into(self.diagnostics)))
    }

    fn period(&mut self, written: Option<PeriodEntry>) -> Option<(Date, Date)> {
        let written = written?;
        let (from, to) = (written.from?, written.to?);
        if to.value < from.value {
            let message = format!("the period ends on {} but begins on {}", to.value, from.value);
            let diagnostic = Diagnostic::new(Code::BadValue, Location::new(self.file, to.span), message);
            self.diagnostics.push(diagnostic.help("set `to` to the last day of the period"));
            return None;
        }
        Some((from.value, to.value))
    }

    fn priorities(&mut self, written: Option<Vec<PriorityEntry>>) -> Vec<Priority> {
        let mut taken = BTreeMap::new();
        let mut priorities = room_for(written.as_deref());
        for entry in written.into_iter().flatten() {
            // Problems in the text are reported even if the rest of the entry is unusable.
            let summary = self.prose(entry.summary);
            let progress = entry.progress.and_then(|progress| self.progress(progress));
            let Some(id) = entry.id else { continue };
            if !report_if_duplicate(&mut taken, self.file, &id, "priority", self.diagnostics) {
                let name = entry.name.map_or_else(|| id.to_string(), |name| name.value);
                priorities.push(Priority { id: PriorityId::new(id.as_str()), name, summary, progress });
            }
        }
        priorities
    }

    /// The progress on a priority. Little or none must be explained.
    fn progress(&mut self, entry: ProgressEntry) -> Option<PriorityProgress> {
        let text = self.prose(entry.text);
        let written = entry.measures.into_iter().flatten();
        let measures =
            written.filter_map(|id| self.definitions.find(self.file, &id, std::iter::empty(), self.diagnostics));
        let measures = measures.collect();
        let state = entry.state?;
        if matches!(state.value, ProgressState::Little | ProgressState::None) && text.is_none() && !entry.has_errors {
            let message = format!("the progress is `{}`, but there is no `text` to say why", state.value.word());
            let location = Location::new(self.file, state.span);
            let help = "add `text:` with what the obstacles were, and what happens next";
            self.diagnostics.push(Diagnostic::new(Code::MissingKey, location, message).help(help));
        }
        Some(PriorityProgress { state: state.value, span: state.span, text, measures })
    }

    fn agencies(&mut self, written: Option<Vec<AgencyEntry>>) -> Vec<Agency> {
        let mut taken = BTreeMap::new();
        let mut names = AgencyNames::default();
        let mut agencies = room_for(written.as_deref());
        for entry in written.into_iter().flatten() {
            let Some(id) = entry.id else { continue };
            if !report_if_duplicate(&mut taken, self.file, &id, "agency", self.diagnostics) {
                let written = entry.name.iter().chain(&entry.short).chain(entry.aliases.iter().flatten());
                names.take(self.file, &id, written, self.diagnostics);
                agencies.push(Agency {
                    id: AgencyId::new(id.as_str()),
                    name: entry.name.map_or_else(|| id.to_string(), |name| name.value),
                    short: entry.short.map(|short| short.value),
                    aliases: entry.aliases.into_iter().flatten().map(|alias| alias.value).collect(),
                    formerly: entry.formerly,
                    contact: entry.contact.map(|contact| contact.value),
                    location: Location::new(self.file, entry.span),
                    submission: None,
                });
            }
        }
        agencies
    }

    /// The boards, each with its sponsor as written: sponsors are resolved once the agencies are known.
    fn boards(&mut self, written: Option<Vec<BoardEntry>>) -> Vec<(Board, Option<Text>)> {
        let mut taken = BTreeMap::new();
        let mut boards = room_for(written.as_deref());
        for entry in written.into_iter().flatten() {
            let purpose = self.prose(entry.purpose);
            let Some(id) = entry.id else { continue };
            if !report_if_duplicate(&mut taken, self.file, &id, "board", self.diagnostics) {
                let board = Board {
                    id: BodyId::new(id.as_str()),
                    name: entry.name.map_or_else(|| id.to_string(), |name| name.value),
                    short: entry.short.map(|short| short.value),
                    sponsor: None,
                    purpose,
                    formerly: entry.formerly,
                    contact: entry.contact.map(|contact| contact.value),
                    location: Location::new(self.file, entry.span),
                    submission: None,
                };
                boards.push((board, entry.sponsor));
            }
        }
        boards
    }

    fn meetings(&mut self, written: Option<Vec<MeetingEntry>>) -> Vec<Meeting> {
        let mut meetings: Vec<Meeting> = room_for(written.as_deref());
        for entry in written.into_iter().flatten() {
            let note = self.prose(entry.note);
            let Some(date) = entry.date else { continue };
            let location = Location::new(self.file, date.span);
            if let Some(first) = meetings.iter().find(|meeting| meeting.date == date.value) {
                let message = format!("two meetings have the date `{}`", date.value);
                let twice = Diagnostic::new(Code::DuplicateId, location, message);
                let help = "give each meeting its own date, as in `2019-06-12`";
                self.diagnostics.push(twice.related(first.location.clone(), "the first is here").help(help));
                continue;
            }
            let label = entry.label.map(|label| label.value);
            meetings.push(Meeting { date: date.value, label, note, location });
        }
        meetings
    }

    fn duties(&mut self, written: Option<Vec<Text>>) -> Vec<duties::RequiredDutySet> {
        duties::asked(self.file, written).emit_into(self.diagnostics)
    }

    /// The duties that do not apply. One that no set of the report has is reported, and so is a second entry.
    fn not_applicable(
        &mut self,
        asked: &[duties::RequiredDutySet],
        written: Option<Vec<NotApplicableEntry>>,
    ) -> Vec<NotApplicable> {
        let mut taken: BTreeMap<String, Span> = BTreeMap::new();
        let mut duties = Vec::new();
        for entry in written.into_iter().flatten() {
            let reason = self.prose(entry.reason);
            let Some(id) = entry.duty else { continue };
            let known = || asked.iter().flat_map(|asked| &asked.set.duties).map(|duty| duty.id.as_str());
            let location = Location::new(self.file, id.span);
            if !known().any(|known| known == id.value) {
                let message = format!("this report has no duty `{}`", excerpt(&id));
                let help = did_you_mean(&id, known())
                    .unwrap_or_else(|| "use an id from the duties page of the built report".to_owned());
                self.diagnostics.push(Diagnostic::new(Code::UnknownId, location, message).help(help));
            } else if let Some(first) = taken.insert(id.value.clone(), id.span) {
                let first = Location::new(self.file, first);
                self.diagnostics.push(Diagnostic::duplicate_id(location, first, &id, "entry"));
            }
            // Its reason is kept in any case, so that personal data in it are found.
            duties.push(NotApplicable { duty: DutyId::new(&id), reason });
        }
        duties
    }

    fn waivers(&mut self, folder: &RelPath, written: Option<Vec<WaiverEntry>>) -> Vec<Waiver> {
        let mut waivers = Vec::new();
        for entry in written.into_iter().flatten() {
            let code = entry.code.as_ref().and_then(|code| code.parse().ok());
            if let (None, Some(code)) = (code, &entry.code) {
                self.diagnostics.push(no_such_code(Code::BadValue, self.file, code));
            }
            if code == Some(Code::PersonalData) && entry.text.is_none() {
                self.prose(entry.reason);
                let message = "personal data can only be waived one finding at a time, with `text`";
                let diagnostic = Diagnostic::new(Code::MissingKey, Location::new(self.file, entry.span), message);
                self.diagnostics.push(diagnostic.help("add `text:` with the flagged words in full"));
                continue;
            }
            let reason = self.prose(entry.reason);
            let (Some(code), Some(file)) = (code, entry.file) else { continue };
            let location = Location::new(self.file, entry.span);
            waivers.push(Waiver { code, file: folder.join(&file), text: entry.text, reason, location });
        }
        waivers
    }
}

/// The names of the year's agencies, to detect a name that could mean two of them.
#[derive(Default)]
struct AgencyNames(HashMap<String, (Span, String)>);

impl AgencyNames {
    /// Records the id and names of an agency. A name that belongs to another agency is reported, once per other agency.
    fn take<'a>(
        &mut self,
        file: &RelPath,
        id: &Spanned<Slug>,
        names: impl Iterator<Item = &'a Text>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut reported: Vec<String> = Vec::new();
        let names = names.map(|name| (name.as_str(), name.span));
        for (name, span) in std::iter::once((id.as_str(), id.span)).chain(names) {
            let (first, owner) = self.0.entry(normalize_name(name)).or_insert_with(|| (span, id.as_str().to_owned()));
            if owner.as_str() == id.as_str() || reported.contains(owner) {
                continue;
            }
            let message = format!("`{}` is a name of two agencies: `{owner}` and `{}`", excerpt(name), id.value);
            let twice = Diagnostic::new(Code::DuplicateId, Location::new(file, span), message);
            let help = "change one of the two: tables and sponsors must show which agency is meant";
            let twice = twice.related(Location::new(file, *first), "first used here").help(help);
            diagnostics.push(twice.about(SubjectKind::Agency, &*owner).about(SubjectKind::Agency, &id.value));
            reported.push(owner.clone());
        }
    }
}

/// Reports names in `contents` that the report does not have, and names that are listed twice.
fn check_contents(file: &RelPath, contents: &[Text], pages: &[&str], diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for name in contents {
        let parts = || Part::ALL.iter().map(|part| part.name());
        if !parts().any(|part| part == name.value) && !pages.contains(&name.as_str()) {
            let known = parts().chain(pages.iter().copied());
            diagnostics.push(unknown(file, name, "page or part", known));
        } else if let Some(first) = seen.insert(name, name.span) {
            let message = format!("`{}` is listed twice in `contents`", name.value);
            let twice = Diagnostic::new(Code::DuplicateId, Location::new(file, name.span), message);
            diagnostics
                .push(twice.related(Location::new(file, first), "first listed here").help("keep one of the two"));
        }
    }
}

//! Matches submission files to the boards and agencies in `report.yaml`, and reads them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::layout::YearLayout;
use super::{held, unknown};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, SubjectKind, WithDiagnostics};
use crate::model::agency_index::AgencyIndex;
use crate::model::ids::{PriorityId, SubmitterKind};
use crate::model::indicators::definition::IndicatorSet;
use crate::model::members::Submitter;
use crate::model::pasted_text::PastedText;
use crate::model::report::Report;
use crate::model::section_headings::PLANS;
use crate::model::sections::{SectionRules, SubmissionSection};
use crate::model::sign_off::SignOff;
use crate::model::submission::{FollowUp, Submission};
use crate::model::{commitments, duties, governance, item_facts};
use crate::source::files::{FollowUpEntry, PublicationStatus, SubmissionFrontMatter};
use crate::source::markdown::{Markdown, MarkdownBlock, MarkdownBlockKind, MarkdownFile};
use crate::source::slug::slug;
use crate::source::yaml::{Text, read_document};
use crate::source::{SourceTree, front_matter, translation};

/// What is needed to read the submissions of one kind.
pub(crate) struct SubmissionContext<'a> {
    /// The sections that they may have.
    pub rules: &'a SectionRules,
    /// Whether the list of those who must submit is complete.
    pub knows_all: bool,
    /// Whether the list of the year's agencies is complete.
    pub knows_agencies: bool,
    /// Whether the list of the year's priorities is complete.
    pub knows_priorities: bool,
    /// The site's indicators.
    pub indicators: &'a IndicatorSet,
}

/// Reads the submissions of one kind into the report's boards or agencies.
pub(crate) fn assemble(
    tree: &SourceTree,
    layout: &YearLayout,
    report: &mut Report,
    roster: &SubmissionContext<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let kind = roster.rules.kind();
    let parties: Vec<Submitter> = report.submitters_of(kind).collect();
    let files: BTreeMap<&str, &RelPath> = layout.of_kind(kind).map(|file| (file.stem(), file)).collect();
    let sent: Vec<_> = parties.iter().map(|party| (party, files.get(party.id))).collect();
    let organisations = AgencyIndex::new(&report.agencies).knowing_all(roster.knows_agencies);
    let read = super::par_collect(&sent, diagnostics, |(party, file)| match file {
        Some(file) => submission(tree, report, &organisations, roster, party, file),
        None => WithDiagnostics::default(),
    });
    if roster.knows_all {
        let other = kind.other();
        let others = (other, report.submitters_of(other).collect());
        let is_untouched = |file: &RelPath| tree.has_text(file);
        let unread = sent.iter().zip(&read).filter(|(_, read)| read.is_none());
        let untouched =
            unread.filter_map(|((party, file), _)| file.filter(|file| is_untouched(file)).map(|_| party.id));
        let files = SubmissionFiles { files: &files, untouched: untouched.collect() };
        report_unmatched(&layout.folder, kind, &parties, &others, &files, diagnostics);
    }
    match kind {
        SubmitterKind::Board => report.boards.iter_mut().zip(read).for_each(|(board, read)| board.submission = read),
        SubmitterKind::Agency => {
            report.agencies.iter_mut().zip(read).for_each(|(agency, read)| agency.submission = read);
        }
    }
}

/// The files in the folder of one kind of submitter.
struct SubmissionFiles<'a> {
    /// The files by the names that they have without the ending.
    files: &'a BTreeMap<&'a str, &'a RelPath>,
    /// The ids of those whose file is a form that nobody has filled in.
    untouched: BTreeSet<&'a str>,
}

/// Reports boards or agencies that have sent nothing, and files without an entry, each with the most likely match.
fn report_unmatched(
    folder: &RelPath,
    kind: SubmitterKind,
    parties: &[Submitter<'_>],
    (other, others): &(SubmitterKind, Vec<Submitter<'_>>),
    SubmissionFiles { files, untouched }: &SubmissionFiles<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let by_id: HashMap<&str, &Submitter<'_>> = parties.iter().map(|party| (party.id, party)).collect();
    // Problems with a translation are reported for its original only, and it is never suggested as somebody's own file.
    let is_translated = |stem: &str| translated(stem, &by_id).is_some();
    let waits = |stem: &str| translation::original_of(files[stem]).is_some() && is_translated(stem);
    let unknown = || files.keys().copied().filter(|stem| !by_id.contains_key(stem) && !waits(stem));
    let spare = || unknown().filter(|stem| !is_translated(stem));
    let has_sent = |id: &str| files.contains_key(id) && !untouched.contains(id);
    let missing = || parties.iter().filter(|party| !has_sent(party.id));
    // The owner of a file that is called by a name instead of an id.
    let known = names_of(parties);
    let named: HashMap<&str, &Submitter<'_>> = spare().filter_map(|stem| Some((stem, called(stem, &known)?))).collect();
    for party in missing() {
        let expected = format!("{folder}/{}/{}.md", kind.folder(), party.id);
        let is_form = untouched.contains(party.id);
        let why = if is_form { format!("`{expected}` is still empty") } else { format!("there is no `{expected}`") };
        let message = format!("the {} `{}` has not sent anything yet: {why}", kind.name(), party.name);
        let diagnostic = Diagnostic::new(Code::MissingSubmission, party.location.clone(), message)
            .about_id(kind.subject(), party.id, party.name)
            .about(SubjectKind::File, expected);
        let own = || spare().find(|stem| named.get(stem).is_some_and(|of| of.id == party.id));
        diagnostics.push(match nearest(party.id, spare()).or_else(own) {
            Some(stem) => {
                let form = if is_form { ", in place of the empty form" } else { "" };
                diagnostic
                    .related(Location::whole(files[stem]), "no entry in report.yaml uses this file: is it theirs?")
                    .help(format!(
                        "if it is theirs, rename `{stem}.md` to `{}.md`{form}; otherwise chase them",
                        party.id
                    ))
            }
            None => diagnostic.help(format!(
                "chase them; or accept it in report.yaml with `- {{code: missing-submission, file: {}/{}.md, \
                 reason: …}}` under `waivers:`; or remove the entry if they need not submit",
                kind.folder(),
                party.id
            )),
        });
    }
    for stem in unknown() {
        let message =
            format!("report.yaml has no {} called `{stem}`, so this submission has been ignored", kind.name());
        let diagnostic = Diagnostic::new(Code::UnexpectedSubmission, Location::whole(files[stem]), message)
            .about(SubjectKind::File, files[stem]);
        if let Some((original, language)) = translated(stem, &by_id) {
            let help = format!("rename it to `{original}.{language}.md` if it translates `{original}.md`");
            diagnostics.push(diagnostic.help(help));
            continue;
        }
        let near = nearest(stem, missing().map(|party| party.id))
            .or_else(|| nearest(stem, parties.iter().map(|party| party.id)));
        let near = named.get(stem).copied().or_else(|| by_id.get(near?).copied());
        diagnostics.push(match (near, others.iter().find(|party| party.id == stem)) {
            (Some(party), _) if has_sent(party.id) => {
                diagnostic.related(party.location.clone(), "the closest entry").help(format!(
                    "`{0}.md` already exists: if this file is theirs too, combine the two in `{0}.md`",
                    party.id
                ))
            }
            (Some(party), _) => diagnostic
                .related(party.location.clone(), "the closest entry")
                .help(format!("did you mean `{}.md`? Rename the file", party.id)),
            (None, Some(party)) => diagnostic.related(party.location.clone(), "this entry").help(format!(
                "`{stem}` is {} {}: move the file to `{}/`",
                if *other == SubmitterKind::Agency { "an" } else { "a" },
                other.name(),
                other.folder()
            )),
            (None, None) => diagnostic.help(format!(
                "add the {} to `{}:` in report.yaml, or move the file",
                kind.name(),
                kind.folder()
            )),
        });
    }
}

/// The submission that a file most likely translates, and the language of the translation.
fn translated<'s>(stem: &'s str, by_id: &HashMap<&str, &Submitter<'_>>) -> Option<(&'s str, String)> {
    translation::language_of(stem).filter(|(original, _)| by_id.contains_key(original))
}

/// The one board or agency whose id, name or short name is in a file's name as whole words: `Northshire Police FINAL
/// v2`. If there are several, the longest name wins. `names` come from [`names_of`].
fn called<'p>(stem: &str, names: &[(String, &'p Submitter<'p>)]) -> Option<&'p Submitter<'p>> {
    let words = format!("-{}-", slug(stem));
    let found = || names.iter().filter(|(name, _)| words.contains(name.as_str()));
    let (longest, party) = found().max_by_key(|(name, _)| name.len())?;
    let is_sure = found().all(|(name, other)| name.len() < longest.len() || other.id == party.id);
    is_sure.then_some(*party)
}

/// The id, name and short name of every board or agency as slugs between hyphens, for [`called`].
fn names_of<'p>(parties: &'p [Submitter<'p>]) -> Vec<(String, &'p Submitter<'p>)> {
    let names = parties.iter().flat_map(|party| {
        let names = [Some(party.id), Some(party.name), party.short];
        names.into_iter().flatten().map(move |name| (slug(name), party))
    });
    names.filter(|(name, _)| !name.is_empty()).map(|(name, party)| (format!("-{name}-"), party)).collect()
}

/// Reads one submission.
fn submission(
    tree: &SourceTree,
    report: &Report,
    organisations: &AgencyIndex<'_>,
    roster: &SubmissionContext<'_>,
    party: &Submitter<'_>,
    file: &RelPath,
) -> WithDiagnostics<Option<Submission>> {
    let Some(content) = tree.files.get(file).map(|file| &file.content) else { return WithDiagnostics::default() };
    let Some(text) = content.text() else { return WithDiagnostics::default() };
    let text = &text;
    let kind = roster.rules.kind();
    let mut diagnostics = Vec::new();
    let split = front_matter::split(file, text).emit_into(&mut diagnostics);
    let body_was_read = !split.is_unclosed;
    let written = match split.yaml {
        Some(yaml) => read_document::<SubmissionFrontMatter>(file, text, yaml).emit_into(&mut diagnostics),
        None => SubmissionFrontMatter::default(),
    };
    let knows_answers = body_was_read
        && !diagnostics.iter().any(|found| matches!(found.code, Code::BadYaml | Code::DuplicateKey))
        && !written.invalid_keys.contains(&"follow_up")
        && written.follow_up.iter().flatten().all(|answer| answer.commitment.is_some());
    let status = written.status.as_ref().map(|status| status.value);
    let known = held::status(text, &split, status, diagnostics.is_empty());
    diagnostics.extend(held::no_status(file, text, &split, status));
    let status = known;
    let body = Markdown::of_file(file, text, split.body).emit_into(&mut diagnostics);
    let pasted = PastedText::find(&body, true, &mut diagnostics);
    let (opening, sections) = if body_was_read {
        roster.rules.find(&body, &mut diagnostics)
    } else {
        (Span::new(0, body.text().len()), Vec::new())
    };
    let sponsor = match (kind, written.sponsor) {
        (SubmitterKind::Board, Some(sponsor)) => {
            Some(governance::sponsor(file, &sponsor, organisations).emit_into(&mut diagnostics))
        }
        (SubmitterKind::Board, None) => party.sponsor.cloned(),
        (SubmitterKind::Agency, None) => None,
        (SubmitterKind::Agency, Some(sponsor)) => {
            let message = "only boards have a `sponsor`, agencies do not";
            let diagnostic = Diagnostic::new(Code::UnknownKey, Location::new(file, sponsor.span), message);
            diagnostics.push(diagnostic.help("remove `sponsor` from this file"));
            None
        }
    };
    if is_untouched(&body, &sections, written.follow_up.as_deref(), &diagnostics) {
        return WithDiagnostics::default();
    }
    let priority = |id: &Text, found: &mut Vec<Diagnostic>| known_priority(report, roster, file, id, found);
    let measure = |id: &Text, found: &mut Vec<Diagnostic>| roster.indicators.find(file, id, std::iter::empty(), found);
    let items_with_facts = item_facts::find(text, &body, &sections, &pasted, priority, measure, &mut diagnostics);
    let body = body.without(items_with_facts.iter().map(|item| item.hidden).collect());
    let commitments = commitments::find(party.id, &body, &sections, &pasted, &items_with_facts);
    let has_next = sections.iter().any(|section| section.id.as_deref() == Some(PLANS));
    let knows_commitments =
        body_was_read && !body.is_cut_short && (has_next || !roster.rules.required().any(|(id, _)| id == PLANS));
    let submission = Submission {
        kind,
        id: party.id.to_owned(),
        earlier_id: party.earlier_id().to_owned(),
        file: file.clone(),
        title: written.title.map_or_else(|| party.name.to_owned(), |title| title.value),
        summary: written.summary,
        sponsor,
        author: written.author.map(|author| (author.name.map(|n| n.value), author.role.map(|r| r.value))),
        submitted: written.submitted,
        status: status.unwrap_or(PublicationStatus::Draft),
        is_status_known: status.is_some(),
        signed_off: written.signed_off.map(SignOff::from),
        priorities: priorities(report, roster, file, written.priorities, &mut diagnostics),
        evidence: duties::claimed(file, written.evidence).emit_into(&mut diagnostics),
        knows_answers,
        knows_commitments,
        follow_up_span: follow_up_span(written.follow_up.as_deref()),
        follow_ups: follow_ups(file, written.follow_up, &mut diagnostics),
        aliases: written.aliases.unwrap_or_default(),
        commitments,
        items_with_facts,
        opening: Some(opening).filter(|opening| !opening.slice(body.text()).trim().is_empty()),
        sections,
        body: MarkdownFile::new(body, content, split.body),
        extra: written.extra,
    };
    WithDiagnostics::new(Some(submission), diagnostics)
}

/// Whether nobody has filled in a form: there is nothing but the headings of its sections, no commitment of last year has
/// an outcome or a note, and nothing is wrong with it but that. Such a file counts as missing.
fn is_untouched(
    body: &Markdown,
    sections: &[SubmissionSection],
    answers: Option<&[FollowUpEntry]>,
    found: &[Diagnostic],
) -> bool {
    let is_heading = |block: &MarkdownBlock| {
        matches!(block.kind, MarkdownBlockKind::Heading(_))
            && sections.iter().any(|section| section.id.is_some() && section.heading == block.span)
    };
    let is_blank = |answer: &FollowUpEntry| {
        answer.outcome.is_none() && answer.note.as_ref().is_none_or(|note| note.text.trim().is_empty())
    };
    let is_expected = |one: &Diagnostic| matches!(one.code, Code::EmptySection | Code::MissingKey);
    body.blocks.iter().all(is_heading) && answers.into_iter().flatten().all(is_blank) && found.iter().all(is_expected)
}

/// The known priorities that a submission names; unknown ones are reported.
fn priorities(
    report: &Report,
    roster: &SubmissionContext<'_>,
    file: &RelPath,
    written: Option<Vec<Text>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<PriorityId> {
    let written = written.into_iter().flatten();
    written.filter_map(|name| known_priority(report, roster, file, &name, diagnostics)).collect()
}

/// The priority with an id. An id that does not exist is reported.
fn known_priority(
    report: &Report,
    roster: &SubmissionContext<'_>,
    file: &RelPath,
    written: &Text,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PriorityId> {
    let id = PriorityId::new(written);
    if report.priority(&id).is_some() {
        return Some(id);
    }
    if roster.knows_priorities {
        let known = report.priorities.iter().map(|priority| priority.id.as_str());
        diagnostics.push(unknown(file, written, "priority", known));
    }
    None
}

/// The place of the follow-ups: the first of them, or the start of the file.
fn follow_up_span(written: Option<&[FollowUpEntry]>) -> Span {
    written.and_then(|answers| answers.first()).map_or_else(Span::default, |first| first.span)
}

/// The follow-ups to last year's commitments. The commitments are found once every year is known.
fn follow_ups(file: &RelPath, written: Option<Vec<FollowUpEntry>>, diagnostics: &mut Vec<Diagnostic>) -> Vec<FollowUp> {
    let mut follow_ups = Vec::new();
    for entry in written.into_iter().flatten() {
        let note = entry.note.map(|note| Markdown::of_prose(file, &note).emit_into(diagnostics));
        let Some(written) = entry.commitment else { continue };
        // A note that could not be read has been reported, and it may hold the reason for dropping the commitment.
        let outcome = entry.outcome.filter(|_| !entry.invalid_keys.contains(&"note"));
        follow_ups.push(FollowUp { written, commitment: None, outcome, note });
    }
    follow_ups
}

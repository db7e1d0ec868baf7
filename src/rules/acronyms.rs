//! Acronyms without explanation, pages that explain a term differently from the glossary, and unused terms.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use super::safety;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SourceText, SourceTexts, Span, SubjectKind, quoted_list};
use crate::model::plain_text::PlainText;
use crate::model::terms::{Mention, MentionKind, TermIndex};
use crate::model::{Archive, Page, Report, Submission, UnbuiltContent, Year, glossary};
use crate::source::files::SubmissionFrontMatter;
use crate::source::markdown::Markdown;
use crate::source::yaml::{Text, read_document};
use crate::source::{SourceTree, front_matter};

/// The most files that a diagnostic names.
const FILES_NAMED: usize = 8;
/// The most unused terms that the note names and shows.
const TERMS_NAMED: usize = 8;

/// `undefined-acronym`, `conflicting-term` and `unused-term` of the whole site; `years` are the results of [`read_year`].
#[must_use]
pub(crate) fn check(
    archive: &Archive,
    tree: &SourceTree,
    left_out: &UnbuiltContent,
    years: &[&AcronymUsage],
) -> Vec<Diagnostic> {
    let terms = TermIndex::new(archive, None);
    let mut own: Vec<AcronymUsage> = archive.pages.par_iter().map(|page| read_page(&terms, page, tree)).collect();
    own.push(uses_in_lost_years(&terms, archive, tree));
    let read = || years.iter().copied().chain(&own);
    let is_all_read = tree.unreadable.is_empty() && archive.reports().all(|report| report.unreadable.is_empty());
    // An unreadable file may use any of the terms.
    let mut found: Vec<Diagnostic> = unused(archive, read()).filter(|_| is_all_read).into_iter().collect();
    if is_glossary_known(archive, tree) {
        found.extend(undefined(read(), left_out));
    }
    found.extend(read().flat_map(|reading| &reading.conflicts).cloned());
    found
}

/// The usage of acronyms and terms in the pages and files of a year.
#[must_use]
pub(crate) fn read_year(archive: &Archive, report: &Report, tree: &SourceTree) -> AcronymUsage {
    let terms = TermIndex::new(archive, Some(report));
    let submissions: Vec<&Submission> = report.submissions().collect();
    let mut read: Vec<AcronymUsage> = Vec::new();
    read.par_extend(submissions.par_iter().map(|submission| read_submission(&terms, submission, tree)));
    read.par_extend(report.pages.par_iter().map(|page| read_page(&terms, page, tree)));
    if !are_shorts_known(report, tree) {
        for reading in &mut read {
            reading.undefined.clear();
        }
    }
    let mut year = uses_in_yaml(&terms, report);
    for reading in read {
        year.used.extend(reading.used);
        year.undefined.extend(reading.undefined);
        year.conflicts.extend(reading.conflicts);
    }
    year
}

/// Whether the glossary and the site's list of ignored words could be read. If not, it is unknown which acronyms are
/// explained.
fn is_glossary_known(archive: &Archive, tree: &SourceTree) -> bool {
    let is_blank = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    let says_something = |text: SourceText| !text.lines().all(is_blank);
    let was_lost = archive.glossary.terms.is_empty()
        && (tree.unreadable.contains(glossary::FILE)
            || tree.text(&RelPath::new(glossary::FILE)).is_some_and(says_something));
    !was_lost && !archive.site.title.is_empty()
}

/// Whether the files with the short names of a year's boards, agencies and bodies could be read.
fn are_shorts_known(report: &Report, tree: &SourceTree) -> bool {
    let governance = report.folder.join("governance.yaml");
    let has_bodies = report.data.governance.as_ref().is_some_and(|governance| !governance.bodies.is_empty());
    let has_file = tree.unreadable.contains(&governance) || tree.files.contains_key(&governance);
    !report.unreadable.contains(&report.file) && (has_bodies || !has_file)
}

/// The usage of acronyms and terms on a page, or on all pages of a year.
#[derive(Debug, Default)]
pub(crate) struct AcronymUsage {
    /// The glossary terms that it uses, by index.
    used: HashSet<usize>,
    /// Every use of an acronym without explanation: its glossary key, its spelling, and its location.
    undefined: Vec<(String, String, Location)>,
    /// A diagnostic for each term that it explains in other words.
    conflicts: Vec<Diagnostic>,
}

/// A piece of a page's text with its mentions of terms and acronyms.
struct TextPiece<'a> {
    text: &'a str,
    location: Box<dyn Fn(Range<usize>) -> Location + 'a>,
    mentions: Vec<Mention>,
}

impl<'a> TextPiece<'a> {
    /// A text from front matter. If it is entirely in capitals, it has no acronyms.
    fn of_text(terms: &TermIndex, file: &'a RelPath, file_text: &'a str, text: &'a Text) -> Self {
        let located = safety::ValueLocation::new(file_text, text);
        let location = move |range| Location::new(file, located.span(range));
        let mut mentions = terms.mentions(&text.value);
        mentions.retain(|mention| mention.what != MentionKind::Unknown || text.contains(char::is_lowercase));
        Self { text: &text.value, location: Box::new(location), mentions }
    }

    /// The readable text of Markdown. Headings entirely in capitals have no acronyms.
    fn of_markdown(terms: &TermIndex, markdown: &'a Markdown, passage: &'a PlainText) -> Self {
        let location = |range| markdown.location(passage.span(range));
        let mut mentions = terms.mentions(passage.text());
        mentions.retain(|mention| {
            mention.what != MentionKind::Unknown
                || !is_in_shouted_heading(markdown, passage.span(mention.range.clone()))
        });
        Self { text: passage.text(), location: Box::new(location), mentions }
    }
}

/// Whether a span is in a heading that is entirely in capitals.
fn is_in_shouted_heading(markdown: &Markdown, span: Span) -> bool {
    let after = markdown.headings.partition_point(|heading| heading.span.start <= span.start);
    let heading = after.checked_sub(1).map(|last| &markdown.headings[last]);
    heading.is_some_and(|heading| span.end <= heading.span.end && !heading.text.contains(char::is_lowercase))
}

fn read_page(terms: &TermIndex, page: &Page, tree: &SourceTree) -> AcronymUsage {
    // Without a title, the page is named after its file, which is not prose.
    let title = (page.title.span.end > 0).then_some(&page.title);
    let texts: Vec<&Text> = title.into_iter().chain(&page.summary).collect();
    read(terms, &page.file, tree, &texts, &[&page.body])
}

fn read_submission(terms: &TermIndex, submission: &Submission, tree: &SourceTree) -> AcronymUsage {
    let title = own_title(submission, tree);
    let texts: Vec<&Text> = title.iter().chain(&submission.summary).collect();
    let body = submission.body.read();
    let mut markdown = vec![&*body];
    markdown.extend(submission.follow_ups.iter().filter_map(|answer| answer.note.as_ref()));
    let mut reading = read(terms, &submission.file, tree, &texts, &markdown);
    // The heading of a required section may be in capitals, because the page shows the section's standard title instead.
    let sections = submission.sections.iter().filter(|section| section.id.is_some());
    let headings: Vec<Location> = sections.map(|section| body.location(section.heading)).collect();
    reading.undefined.retain(|(.., location)| {
        !headings
            .iter()
            .any(|heading| heading.span.start <= location.span.start && location.span.end <= heading.span.end)
    });
    reading
}

/// The title in a submission's front matter; the one in `report.yaml` is a name and not read here.
fn own_title(submission: &Submission, tree: &SourceTree) -> Option<Text> {
    let text = &tree.text(&submission.file)?;
    let yaml =
        front_matter::split(&submission.file, text).value.yaml.filter(|yaml| yaml.slice(text).contains("title"))?;
    read_document::<SubmissionFrontMatter>(&submission.file, text, yaml).value.title
}

/// Reads the texts of one page, then its Markdown.
fn read(terms: &TermIndex, file: &RelPath, tree: &SourceTree, texts: &[&Text], markdown: &[&Markdown]) -> AcronymUsage {
    let file_text = &tree.text(file).unwrap_or_default();
    let passages: Vec<PlainText> = markdown.iter().map(|markdown| PlainText::from_markdown(markdown)).collect();
    let texts = texts.iter().map(|text| TextPiece::of_text(terms, file, file_text, text));
    let bodies =
        markdown.iter().zip(&passages).map(|(markdown, passage)| TextPiece::of_markdown(terms, markdown, passage));
    let pieces: Vec<TextPiece<'_>> = texts.chain(bodies).collect();

    let mut reading = AcronymUsage::default();
    // Whether an acronym is spelt out at its first use, which decides for the whole page.
    let mut explained: HashMap<String, bool> = HashMap::new();
    let mut conflicting: HashSet<usize> = HashSet::new();
    for piece in &pieces {
        for mention in &piece.mentions {
            let written = &piece.text[mention.range.clone()];
            match mention.what {
                MentionKind::Term(term) => {
                    reading.used.extend(terms.in_glossary(term));
                    if terms.is_conflicting(piece.text, mention) && conflicting.insert(term) {
                        reading.conflicts.push(conflict(terms, term, piece, mention));
                    }
                }
                MentionKind::Unknown => {
                    let key = glossary::key(written);
                    if explained.get(&key) != Some(&true)
                        && !safety::is_no_acronym(piece.text, mention.range.start)
                        && !*explained.entry(key.clone()).or_insert(mention.spelt_out.is_some())
                    {
                        reading.undefined.push((key, written.to_owned(), (piece.location)(mention.range.clone())));
                    }
                }
            }
        }
    }
    reading
}

/// The glossary terms used in a year's YAML files, which need not explain them.
fn uses_in_yaml(terms: &TermIndex, report: &Report) -> AcronymUsage {
    let mut reading = AcronymUsage { used: terms.shorts_in_glossary().collect(), ..AcronymUsage::default() };
    for markdown in report.prose() {
        reading.used.extend(used_in(terms, PlainText::from_markdown(markdown).text()));
    }
    reading
}

/// The glossary terms used in a text.
fn used_in(terms: &TermIndex, text: &str) -> impl Iterator<Item = usize> {
    terms.mentions(text).into_iter().filter_map(|mention| match mention.what {
        MentionKind::Term(term) => terms.in_glossary(term),
        MentionKind::Unknown => None,
    })
}

/// The glossary terms used in years whose `report.yaml` is missing or could not be read. Their files are not published,
/// but they still use the terms.
fn uses_in_lost_years(terms: &TermIndex, archive: &Archive, tree: &SourceTree) -> AcronymUsage {
    let known = archive.reports.iter().filter(|report| !report.boards.is_empty() || !report.agencies.is_empty());
    let known: HashSet<&str> = known.map(|report| report.year.as_str()).collect();
    let mut reading = AcronymUsage::default();
    let lost = tree.folders("content").filter(|(_, name)| !known.contains(name) && Year::parse(name).is_some());
    for (file, ..) in
        lost.flat_map(|(folder, _)| tree.files_under(folder)).filter(|(file, ..)| file.extension() == "md")
    {
        reading.used.extend(used_in(terms, &tree.text(file).unwrap_or_default()));
    }
    reading
}

/// The diagnostic for a page that explains a term in other words.
fn conflict(terms: &TermIndex, term: usize, piece: &TextPiece<'_>, mention: &Mention) -> Diagnostic {
    let term = &terms.all()[term];
    let words = mention.spelt_out.clone().unwrap_or_else(|| mention.range.clone());
    let (meaning, file) = (&term.meaning, term.location.file.name());
    let message =
        format!("`{}` is spelt out as `{}` here, but {file} says `{meaning}`", term.term, &piece.text[words.clone()]);
    Diagnostic::new(Code::ConflictingTerm, (piece.location)(words), message)
        .related(term.location.clone(), "explained here")
        .help(format!("write `{meaning} ({})`, or correct {file}", term.term))
        .about(SubjectKind::Term, &term.term)
        .about(SubjectKind::Term, meaning)
}

/// One diagnostic for each acronym that some page does not explain, at its first use. Uses in what is left out of the
/// build do not count if there are others.
fn undefined<'a>(read: impl Iterator<Item = &'a AcronymUsage>, left_out: &UnbuiltContent) -> Vec<Diagnostic> {
    let mut places: BTreeMap<&str, Vec<(&Location, &str)>> = BTreeMap::new();
    for (key, written, location) in read.flat_map(|reading| &reading.undefined) {
        places.entry(key).or_default().push((location, written));
    }
    let mut found = Vec::new();
    for mut places in places.into_values() {
        if places.iter().any(|(location, _)| !left_out.spares(&location.file)) {
            places.retain(|(location, _)| !left_out.spares(&location.file));
        }
        places.sort_by_key(|(location, _)| *location);
        let Some(((first, written), rest)) = places.split_first() else { continue };
        let mut message = format!(
            "`{written}` is not explained: it is not in the glossary, and not spelt out where the page first uses it"
        );
        if !rest.is_empty() {
            message.push_str(&other_uses(rest));
        }
        let help =
            format!("add `{written}: …` to content/glossary.yaml, or spell it out here: `full name ({written})`");
        let undefined = Diagnostic::new(Code::UndefinedAcronym, (*first).clone(), message);
        found.push(undefined.help(help).about(SubjectKind::Term, written));
    }
    found
}

/// The end of a message: how often an acronym is used elsewhere, and in which files.
fn other_uses(rest: &[(&Location, &str)]) -> String {
    let mut files: Vec<&str> = rest.iter().map(|(location, _)| location.file.as_str()).collect();
    files.dedup();
    let more = files.len().saturating_sub(FILES_NAMED);
    files.truncate(FILES_NAMED);
    let times = if rest.len() == 1 { "once more".to_owned() } else { format!("{} more times", rest.len()) };
    let mut named: Vec<String> = files.iter().map(|file| format!("`{file}`")).collect();
    if more > 0 {
        named.push(format!("{more} more files"));
    }
    let named = match named.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => named.concat(),
    };
    format!("; it is used {times}, in {named}")
}

/// One note for all unused glossary terms, at the first of them.
fn unused<'a>(archive: &Archive, read: impl Iterator<Item = &'a AcronymUsage>) -> Option<Diagnostic> {
    let mut is_used = vec![false; archive.glossary.terms.len()];
    for term in read.flat_map(|reading| &reading.used) {
        is_used[*term] = true;
    }
    let mut unused = archive.glossary.terms.iter().zip(is_used).filter(|(_, is_used)| !is_used).map(|(term, _)| term);
    let first = unused.next()?;
    let mut named = vec![first.term.as_str()];
    let mut note = Diagnostic::new(Code::UnusedTerm, first.location.clone(), "").about(SubjectKind::Term, &first.term);
    for term in unused.by_ref().take(TERMS_NAMED - 1) {
        named.push(&term.term);
        note = note.related(term.location.clone(), "also unused").about(SubjectKind::Term, &term.term);
    }
    let more = unused.count();
    note.message = match (named.len(), more) {
        (1, 0) => format!("no page or submission uses `{}`", first.term),
        (count, 0) => format!("no page or submission uses these {count} terms: {}", quoted_list(&named)),
        (count, more) => {
            let named = named.join("`, `");
            format!("no page or submission uses these {} terms: `{named}` and {more} more", count + more)
        }
    };
    let help = if named.len() == 1 {
        "remove it, or keep it if a later page will use it"
    } else {
        "remove them, or keep those that a later page will use"
    };
    Some(note.help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceTexts;

    const SITE: (&str, &str) =
        ("content/site.yaml", "title: T\nbase_url: https://a.example\nacronyms: {ignore: [OP]}\n");
    const TERMS: (&str, &str) = (glossary::FILE, "SAR: Safeguarding adult review\nPST: Problem-solving team\n");

    /// The diagnostics of a site.
    fn check_tree(tree: &SourceTree) -> Vec<Diagnostic> {
        let archive = crate::model::assemble::assemble(tree).value;
        let years: Vec<AcronymUsage> = archive.reports.iter().map(|report| read_year(&archive, report, tree)).collect();
        check(&archive, tree, &UnbuiltContent::default(), &years.iter().collect::<Vec<_>>())
    }

    /// The diagnostics of a site with these files, a `site.yaml`, a glossary and one report: locations and codes.
    fn check_files(files: &[(&str, &str)]) -> Vec<String> {
        let report = "title: T\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: [{id: risk, name: Risk Board, short: RBD}]\n\
                      agencies: [{id: tvp, name: TVPX Police}]\n";
        let report = ("content/2019-20/report.yaml", report);
        let tree = SourceTree::from_texts([SITE, TERMS, report].into_iter().chain(files.iter().copied()));
        let mut found = check_tree(&tree);
        crate::diagnostic::sort(&mut found);
        found.retain(|d| !(d.code == Code::UnusedTerm && files.len() > 1));
        let shown = |d: &Diagnostic| {
            let text = tree.text(&d.location.file).unwrap_or_default();
            format!(
                "{}@{} `{}` {}",
                d.location.file.name(),
                d.location.span.start,
                d.location.span.slice(&text),
                d.code
            )
        };
        found.iter().map(shown).collect()
    }

    #[test]
    fn an_acronym_is_reported_once_at_its_first_use() {
        let found = check_files(&[
            (
                "content/2019-20/boards/risk.md",
                "---\nsummary: The LDP and *the* RBD\n---\n## What we did\n\nSARs and LDPs, `ABC`, [x](ABC.md)\n",
            ),
            ("content/2019-20/agencies/tvp.md", "LDPs and the local delivery unit (LDU). The LDU, OP, MK9 3EJ\n"),
            ("content/2019-20/pages/foreword.md", "---\ntitle: The LDU\n---\nA local delivery unit (LDU)\n"),
            ("content/pages/about.md", "---\ntitle: About\n---\nRBD, PST\n"),
        ]);
        assert_eq!(found, ["tvp.md@0 `LDP` undefined-acronym", "foreword.md@15 `LDU` undefined-acronym"]);
    }

    #[test]
    fn unreadable_files_may_explain_acronyms() {
        let page = ("content/pages/a.md", "---\ntitle: A\n---\nThe LDP\n");
        for (file, text) in [(glossary::FILE, "LDP: a: b\n"), ("content/site.yaml", "title: a: b\n")] {
            let tree = SourceTree::from_texts([SITE, page, (file, text)]);
            assert!(check_tree(&tree).is_empty(), "{file}");
        }
        let tree = SourceTree::from_texts([SITE, page, (glossary::FILE, "# none yet\n")]);
        assert_eq!(check_tree(&tree).len(), 1);
    }

    #[test]
    fn letters_of_numbers_and_pseudonyms_are_not_acronyms() {
        let page = "---\ntitle: A\n---\nAdult BC, TBC, XX, AB 12 34 56 C, QQ 12 34 56 C, MK9 3EJ\n";
        let tree = SourceTree::from_texts([SITE, ("content/pages/a.md", page)]);
        assert!(check_tree(&tree).is_empty());
    }

    #[test]
    fn the_rest_is_counted_and_named() {
        let tree = SourceTree::from_texts([
            SITE,
            ("content/pages/a.md", "---\ntitle: A\n---\nLDP, LDPs\n"),
            ("content/pages/b.md", "---\ntitle: B\n---\nLDP\n"),
        ]);
        let found = check_tree(&tree);
        let message = &found[0].message;
        assert!(
            message.ends_with("; it is used 2 more times, in `content/pages/a.md` and `content/pages/b.md`"),
            "{message}"
        );
    }

    #[test]
    fn explanations_that_differ_from_the_glossary_are_reported() {
        let files = [
            ("content/2019-20/boards/risk.md", "The police support team (PST) met the *problem-solving team* (PST).\n"),
            ("content/2019-20/pages/a.md", "---\ntitle: A\n---\nPST (problem solving teams), Risk Board (RBD)\n"),
        ];
        assert_eq!(check_files(&files), ["risk.md@4 `police support team` conflicting-term"]);
    }

    #[test]
    fn unused_terms_are_noted() {
        let files = [("content/2019-20/boards/risk.md", "A `PST`, the SARs\n")];
        assert_eq!(check_files(&files), ["glossary.yaml@31 `PST` unused-term"]);
    }

    #[test]
    fn web_addresses_use_no_terms() {
        let files =
            [("content/2019-20/boards/risk.md", "The SAR: https://a.example/PST/LDP, www.a.example/LDP?q=PST\n")];
        assert_eq!(check_files(&files), ["glossary.yaml@31 `PST` unused-term"]);
    }

    #[test]
    fn a_file_without_a_space_is_read_to_its_end() {
        let text = "LDP,LDU,".repeat((1 << 16) / 8);
        let found = check_files(&[("content/pages/a.md", &format!("---\ntitle: A\n---\n{text}\n"))]);
        assert_eq!(found.len(), 3, "two acronyms, and the terms that are not used");
    }
}

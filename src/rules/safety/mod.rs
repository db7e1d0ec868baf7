//! Publication safety: finds data that must never be published in everything that readers would see.
//!
//! Each kind of finding has its own file, which says how to distinguish it from text that only looks similar. [`scan`]
//! runs all of them in one pass over a text; [`allow_list`] knows the site's own contacts. Texts are always scanned as a
//! reader sees them ([`VisibleText`]).

mod address;
mod age;
pub(crate) mod allow_list;
mod birth_date;
pub(crate) mod columns;
mod date;
mod document;
mod document_contents;
mod email;
mod figures;
mod finding;
mod fixed_files;
mod helplines;
mod initials;
mod markdown;
mod name;
mod national_insurance;
mod nhs_number;
mod placeholder;
mod postcode;
mod reference;
pub(crate) mod scan;
mod school;
mod small_count;
mod tables;
mod telephone;
mod text_cursor;
mod value_location;
mod wording;
mod yaml_strings;

pub(crate) use self::document::DocumentCache;
pub(crate) use self::value_location::ValueLocation;

use std::collections::HashSet;
use std::ops::Range;

use rayon::prelude::*;

use self::allow_list::AllowedContacts;
use self::columns::ColumnMeaning;
use self::finding::{FindingKind, code_of, diagnostic};
use self::scan::Scan;
use crate::diagnostic::visible_text::VisibleText;
use crate::diagnostic::{Code, Diagnostic, FlaggedText, Location, MAX_PER_CODE, RelPath, SourceTexts, Span};
use crate::model::plain_text::PlainText;
use crate::model::year_data::{FileFormat, YearFile};
use crate::model::{Archive, Page, Report, Submission, glossary, indicators};
use crate::source::SourceTree;
use crate::source::digest::Digest;
use crate::source::files::{
    CoverFile, GlossaryFile, IndicatorsFile, ItemFactsEntry, PageFrontMatter, SiteFile, SubmissionFrontMatter,
};
use crate::source::front_matter;
use crate::source::picture::svg;
use crate::source::tree::STATIC_DIR;
use crate::source::yaml::{FromYaml, Text, ValueType};

/// Whether the word at `start` is not an acronym because its capitals belong to a postcode, a number, a placeholder or a
/// pseudonym.
#[must_use]
pub(crate) fn is_no_acronym(text: &str, start: usize) -> bool {
    postcode::at(text, start).is_some()
        || placeholder::at(text, start).is_some()
        || national_insurance::shape_end(text, start).is_some()
        || initials::is_pseudonym(text, start)
}

/// Searches the files of a site for data that must not be published, except the site's own contacts.
pub(crate) struct Scanner<'a> {
    contacts: AllowedContacts,
    /// The hash of the file that names the contacts.
    contacts_hash: Option<Digest>,
    tree: &'a SourceTree,
    documents: &'a DocumentCache,
    /// The types of front matter, kept here because it is the most frequent YAML.
    submission: ValueType,
    page: ValueType,
    /// The type of the facts at the end of an item.
    facts: ValueType,
}

/// A finding in a text that is not one of the site's contacts.
struct SafetyFinding {
    kind: FindingKind,
    /// Its range in the text as written.
    range: Range<usize>,
    /// The words as a reader sees them.
    words: String,
}

impl SafetyFinding {
    /// Whether it is personal data, and not only worth checking.
    fn is_personal(&self) -> bool {
        code_of(self.kind) == Code::PersonalData
    }

    /// The diagnostic for it at `location`.
    fn diagnostic(&self, location: Location) -> Diagnostic {
        let found = diagnostic(self.kind, location, &self.words);
        if self.is_personal() { found.flagging(self.words.as_str()) } else { found }
    }
}

impl<'a> Scanner<'a> {
    /// A scanner for the files of a site.
    #[must_use]
    pub(crate) fn new(archive: &Archive, tree: &'a SourceTree, documents: &'a DocumentCache) -> Self {
        let site = &tree.text(&archive.site.file).unwrap_or_default();
        let contacts = AllowedContacts::new(&archive.site.file, site);
        Self {
            contacts,
            contacts_hash: tree.files.get(&archive.site.file).map(|file| file.hash),
            tree,
            documents,
            submission: SubmissionFrontMatter::shape(),
            page: PageFrontMatter::shape(),
            facts: ItemFactsEntry::shape(),
        }
    }

    /// `personal-data`, `small-count` and `placeholder` in the files of one year.
    #[must_use]
    pub(crate) fn check_year(&self, report: &Report) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for file in YearFile::ALL {
            let path = report.folder.join(file.name());
            match file.format() {
                FileFormat::Yaml(shape) => self.check_written(&path, &shape(), &mut found),
                FileFormat::Table(format) => self.check_table(&path, format, &mut found),
            }
        }
        for file in &report.media {
            self.check_name(file, file.below(report.folder.as_str()).unwrap_or_default(), &mut found);
            self.check_picture(file, &mut found);
        }
        self.check_documents(&report.documents, report.text_hash, &mut found);
        Self::check_key_messages(report, &mut found);
        report.prose().chain(report.cover_prose()).for_each(|markdown| self.check_markdown(markdown, &mut found));
        let submissions: Vec<&Submission> = report.submissions().collect();
        found.par_extend(submissions.into_par_iter().flat_map_iter(|submission| {
            let mut found = Vec::new();
            self.check_submission(submission, &mut found);
            found
        }));
        found.par_extend(report.pages.par_iter().flat_map_iter(|page| self.check_page(page)));
        found
    }

    /// The same codes in the site's own pages, glossary and settings.
    #[must_use]
    pub(crate) fn check_site(&self, archive: &Archive) -> Vec<Diagnostic> {
        let mut found: Vec<_> = archive.pages.iter().flat_map(|page| self.check_page(page)).collect();
        self.check_written(&RelPath::new(glossary::FILE), &GlossaryFile::shape(), &mut found);
        self.check_written(&RelPath::new(indicators::FILE), &IndicatorsFile::shape(), &mut found);
        archive.indicators.definitions.prose().for_each(|prose| self.check_markdown(prose, &mut found));
        self.check_written(&archive.site.file, &SiteFile::shape(), &mut found);
        for template in &archive.covers {
            self.check_written(&template.file, &CoverFile::shape(), &mut found);
            let texts = template.headings.iter().filter_map(|heading| heading.text.as_ref());
            texts.for_each(|text| self.check_markdown(text, &mut found));
        }
        self.check_documents(&archive.documents, 0, &mut found);
        Self::check_indicators(archive, &mut found);
        found.extend(self.tree.files_under(STATIC_DIR).filter_map(|(file, _, read)| self.check_fixed(file, read)));
        found
    }

    /// Flags personal data in the words of the diagnostics themselves: they name files and quote values that no other rule
    /// checks, because those files and values are not used.
    pub(crate) fn flag_words(&self, diagnostics: &mut [Diagnostic]) {
        for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.code != Code::PersonalData) {
            let file = diagnostic.location.file.as_str();
            let path = as_words(file);
            let labels = diagnostic.related.iter().map(|(_, label)| label);
            let own = [&diagnostic.label, &diagnostic.help].into_iter().flatten().chain([&diagnostic.message]);
            let about = diagnostic.about.iter().flat_map(|about| about.id.iter().chain([&about.text]));
            let texts = own.chain(labels).chain(about).map(String::as_str).chain([file, path.as_str()]);
            let found = texts.flat_map(|text| self.findings(text)).filter(SafetyFinding::is_personal);
            let flagged: Vec<_> = found.map(|one| FlaggedText { span: Span::default(), words: one.words }).collect();
            diagnostic.flagged.extend(flagged);
        }
    }

    /// The findings in a text, except the site's contacts: all personal data, and others up to a limit.
    fn findings(&self, text: &str) -> Vec<SafetyFinding> {
        let seen = VisibleText::new(text);
        let mut other_findings = 0;
        let found = Scan::new(&seen.text).filter_map(|finding| {
            let words = &seen.text[finding.range.clone()];
            if self.contacts.is_allowed(finding.kind, words) {
                return None;
            }
            let found =
                SafetyFinding { kind: finding.kind, words: words.to_owned(), range: seen.written(finding.range) };
            other_findings += usize::from(!found.is_personal());
            (found.is_personal() || other_findings <= 2 * MAX_PER_CODE).then_some(found)
        });
        found.collect()
    }

    /// The finding in a cell that depends on its column's heading or its row's label; `None` if the cell is a finding by
    /// itself.
    fn finding_in_cell(&self, heading: ColumnMeaning, label: ColumnMeaning, cell: &str) -> Option<SafetyFinding> {
        let seen = VisibleText::new(cell);
        let finding = ColumnMeaning::finding(heading, label, &seen.text)?;
        let words = &seen.text[finding.range.clone()];
        let by_itself = Scan::new(&seen.text).any(|other| other.range.start < finding.range.end);
        let is_allowed = by_itself || self.contacts.is_allowed(finding.kind, words);
        (!is_allowed).then(|| SafetyFinding {
            kind: finding.kind,
            words: words.to_owned(),
            range: seen.written(finding.range),
        })
    }

    fn check_submission(&self, submission: &Submission, found: &mut Vec<Diagnostic>) {
        self.check_front(&submission.file, &self.submission, found);
        submission.follow_ups.iter().filter_map(|answer| answer.note.as_ref()).for_each(|note| {
            self.check_markdown(note, found);
        });
        self.check_markdown(&submission.body.read(), found);
        for item in &submission.items_with_facts {
            self.check_yaml(&submission.file, submission.body.linked.location(item.yaml).span, &self.facts, found);
        }
    }

    fn check_page(&self, page: &Page) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        self.check_name(&page.file, page.file.stem(), &mut found);
        self.check_front(&page.file, &self.page, &mut found);
        self.check_markdown(&page.body, &mut found);
        found
    }

    /// Checks the part of a file's name that becomes an address for personal data.
    fn check_name(&self, file: &RelPath, name: &str, found: &mut Vec<Diagnostic>) {
        let mut personal = self.findings(name);
        personal.retain(SafetyFinding::is_personal);
        if personal.is_empty() {
            personal = self.findings(&as_words(name));
            personal.retain(SafetyFinding::is_personal);
        }
        found.extend(personal.into_iter().map(|one| one.diagnostic(Location::whole(file))));
    }

    /// Checks the words in an SVG picture: those that readers see, its description and its source.
    fn check_picture(&self, file: &RelPath, found: &mut Vec<Diagnostic>) {
        let Some(text) = &self.tree.text(file) else { return };
        let passage = PlainText::of_runs(text, &svg::texts(text), None);
        // Some words occur twice, because it is not known where a reader sees spaces.
        let mut reported = HashSet::new();
        for one in self.findings(passage.text()) {
            let span = passage.span(one.range.clone());
            if reported.insert((span, code_of(one.kind))) {
                found.push(one.diagnostic(Location::new(file, span)));
            }
        }
    }

    /// Checks the strings of a YAML file, if it exists.
    fn check_written(&self, file: &RelPath, shape: &ValueType, found: &mut Vec<Diagnostic>) {
        if let Some(text) = self.tree.text(file) {
            self.check_yaml(file, Span::new(0, text.len()), shape, found);
        }
    }

    /// Checks the strings of a file's front matter.
    fn check_front(&self, file: &RelPath, shape: &ValueType, found: &mut Vec<Diagnostic>) {
        let Some(text) = &self.tree.text(file) else { return };
        if let Some(yaml) = front_matter::split(file, text).value.yaml {
            self.check_yaml(file, yaml, shape, found);
        }
    }

    fn check_yaml(&self, file: &RelPath, slice: Span, shape: &ValueType, found: &mut Vec<Diagnostic>) {
        let text = &self.tree.text(file).unwrap_or_default();
        for value in yaml_strings::texts(file, text, slice, shape) {
            self.check_text(file, text, &value.text, value.is_prose, found);
        }
    }

    /// Checks a text that is not Markdown. If it is not read as words, such as an id or an address, only personal data is
    /// reported.
    fn check_text(&self, file: &RelPath, text: &str, value: &Text, is_prose: bool, found: &mut Vec<Diagnostic>) {
        let mut all = self.findings(&value.value);
        if !is_prose {
            all.retain(SafetyFinding::is_personal);
        }
        if !all.iter().any(SafetyFinding::is_personal)
            && let Some(words) = other_reading(&value.value, is_prose)
        {
            all.extend(self.findings(&words).into_iter().filter(SafetyFinding::is_personal));
        }
        if all.is_empty() {
            return;
        }
        let located = ValueLocation::new(text, value);
        found.extend(all.into_iter().map(|one| one.diagnostic(Location::new(file, located.span(one.range.clone())))));
    }
}

/// Another way to read a text that is not Markdown: prose without Markdown characters, or an id as separate words. `None`
/// if that is the same text, or an id without digits.
fn other_reading(text: &str, is_prose: bool) -> Option<String> {
    let marks = ['*', '_', '`', '~'];
    if is_prose {
        return text.contains(marks).then(|| text.replace(marks, " "));
    }
    let words = text.bytes().any(|byte| byte.is_ascii_digit()).then(|| as_words(text))?;
    (words != text).then_some(words)
}

/// Splits an address, an id or a file's name into words, keeping its length in bytes. Letters next to a long number are
/// replaced by spaces.
fn as_words(text: &str) -> String {
    let mut words = text.replace(['-', '_', '/', '#', '{', '}', '.'], " ");
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits >= LONG_NUMBER {
            for beside in [at.checked_sub(1), Some(at + digits)].into_iter().flatten() {
                if bytes.get(beside).is_some_and(u8::is_ascii_alphabetic) {
                    words.replace_range(beside..=beside, " ");
                }
            }
        }
        at += digits.max(1);
    }
    words
}

/// Runs of at least this many digits are treated as numbers; parts of ids are shorter.
const LONG_NUMBER: usize = 9;

#[cfg(test)]
mod tests {
    use super::*;

    /// The findings of one kind in a text, separated by `|`.
    pub(super) fn found(text: &str, kind: FindingKind) -> String {
        let words = Scan::new(text).filter(|finding| finding.kind == kind).map(|finding| &text[finding.range]);
        words.collect::<Vec<_>>().join("|")
    }

    /// The findings in a site with one report: for each one its file, the words at its location, and its code.
    fn check_files(files: &[(&str, &str)]) -> Vec<String> {
        let tree = SourceTree::from_texts(files.iter().copied());
        let archive = crate::model::assemble::assemble(&tree).value;
        let documents = DocumentCache::none();
        let scanner = Scanner::new(&archive, &tree, &documents);
        let mut found: Vec<_> = archive.reports.iter().flat_map(|report| scanner.check_year(report)).collect();
        found.extend(scanner.check_site(&archive));
        crate::diagnostic::sort(&mut found);
        let words = |d: &Diagnostic| d.location.span.slice(&tree.text(&d.location.file).unwrap_or_default()).to_owned();
        found.iter().map(|d| format!("{}: {} {}", d.location.file.name(), words(d), d.code)).collect()
    }

    const SITE: (&str, &str) = (
        "content/site.yaml",
        "title: T\nbase_url: https://a.example\ncontacts: [{name: C, phone: 01908 253169/70, email: Team@a.example}]\n",
    );
    const REPORT: &str =
        "title: T\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: [{id: risk, name: Risk}]\nagencies: []\n";

    #[test]
    fn every_kind_of_file_is_read() {
        let report = format!(
            "{REPORT}priorities: [{{id: p, name: \"Ring 01908 253771\", summary: \"**Ring** 01908 253772\"}}]\n\
             distribution: [{{to: Cabinet, cover: c, recommendations: [\"**Ring** 01908 253774\"], implications: {{h: 01908 253775}}}}]\n"
        );
        let found = check_files(&[
            SITE,
            ("content/2019-20/report.yaml", &report),
            (
                "content/2019-20/boards/risk.md",
                "---\ntitle: Child J.S.\nauthor: {name: XX, email: jo@b.example}\n---\n## What **Child** A.B. did\n\n- born\n  12\n  March 2011\n\n\
                 | a |\n|---|\n| 943 476 5919 |\n\n`AB123456C`\n\n%% 01908 253700\n\n[Write](mailto:jo@c.example) <jo@d.example> \
                 [jo@e.example](mailto:jo@e.example)\n\n```chart\ntitle: Three children\ndescription: d TBC\nrows:\n  MK9 3EJ: 1\n```\n",
            ),
            ("content/2019-20/governance.yaml", "bodies:\n- {id: b, name: B, chair: T.B.C.}\n"),
            ("content/2019-20/data/budget.csv", "kind,line,amount,note\nincome,TBC,TBC,\"x, two women\"\n"),
            ("content/2019-20/pages/foreword.md", "---\ntitle: Foreword\nsummary: To be added\n---\nLorem ipsum\n"),
            ("content/pages/about.md", "---\ntitle: About\n---\n[insert\nname]\n"),
            ("content/glossary.yaml", "A: {meaning: \"Ring 01908 253773\"}\n"),
            (
                "content/covers/c.yaml",
                "sections:\n- {id: h, title: MK9 3EJ}\n- {id: i, title: I, text: 01908 253776}\n",
            ),
        ]);
        let expected = [
            "risk.md: Child J.S. personal-data",
            "risk.md: XX placeholder",
            "risk.md: Child** A.B. personal-data",
            "risk.md: 12\n  March 2011 personal-data",
            "risk.md: 943 476 5919 personal-data",
            "risk.md: AB123456C personal-data",
            "risk.md: jo@c.example personal-data",
            "risk.md: jo@d.example personal-data",
            "risk.md: jo@e.example personal-data",
            "risk.md: Three children small-count",
            "risk.md: TBC placeholder",
            "risk.md: MK9 3EJ personal-data",
            "budget.csv: TBC placeholder",
            "budget.csv: two women small-count",
            "governance.yaml: T.B.C. placeholder",
            "foreword.md: To be added placeholder",
            "foreword.md: Lorem ipsum placeholder",
            "report.yaml: 01908 253771 personal-data",
            "report.yaml: 01908 253772 personal-data",
            "report.yaml: 01908 253774 personal-data",
            "report.yaml: 01908 253775 personal-data",
            "c.yaml: MK9 3EJ personal-data",
            "c.yaml: 01908 253776 personal-data",
            "glossary.yaml: 01908 253773 personal-data",
            "about.md: [insert\nname] placeholder",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn headings_of_tables_and_charts_say_what_is_counted() {
        let table = "| Name | DOB | Children |\n|---|---|---|\n| AB | 12/03/2011 | `3` |\n| CD | none | 12 |\n\n";
        let chart =
            |title: &str| format!("```chart\ntitle: {title}\ndescription: d\nrows:\n  2019: 3\n  2020: 30\n```\n\n");
        let body = format!("{table}{}{}", chart("Number of children"), chart("Meetings held"));
        let found = check_files(&[
            SITE,
            ("content/2019-20/report.yaml", REPORT),
            ("content/2019-20/boards/risk.md", &body),
            ("content/2019-20/data/attendance.csv", "member,organisation,DOB,2019-06\nChair,C,12/03/2011,1\n"),
            ("content/2019-20/data/contributions.csv", "agency,children,adults\nPolice,3,2\n"),
        ]);
        let expected = [
            "risk.md: 12/03/2011 personal-data",
            "risk.md: 3 small-count",
            "risk.md: 3 small-count",
            "attendance.csv: 12/03/2011 personal-data",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn numbers_go_on_in_code_and_over_marks() {
        let body = "---\nsummary: see 943 *476* 5919\n---\nnum `943` 476 `5919`, 943 476 `5919` and `two women`.\n";
        let found =
            check_files(&[SITE, ("content/2019-20/report.yaml", REPORT), ("content/2019-20/boards/risk.md", body)]);
        let expected = [
            "risk.md: 943 *476* 5919 personal-data",
            "risk.md: 943` 476 `5919 personal-data",
            "risk.md: 943 476 `5919 personal-data",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn contacts_are_allowed_anywhere() {
        let body = "01908253169, 01908 253170, team@A.example, <team@a.example>, [ring](tel:+441908253169)\n";
        let files = [SITE, ("content/2019-20/report.yaml", REPORT), ("content/2019-20/boards/risk.md", body)];
        assert_eq!(check_files(&files), [""; 0]);
        let broken =
            ("content/site.yaml", "title: [\ncontacts: [{name: C, phone: 01908 253169/70, email: team@a.example}]\n");
        assert_eq!(check_files(&[broken, files[1], files[2]]), [""; 0], "an error in site.yaml is reported only there");
    }
}

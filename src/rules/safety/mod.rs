//! Publication safety: what must never be published, looked for in everything that readers would read.
//!
//! Each kind of finding has a file of its own that says how it is told from what only looks like it; [`scan`] asks
//! them in one pass over a text, [`contacts`] lets stand what the site gives out itself.

mod around;
mod birth_date;
pub mod contacts;
mod date;
mod email;
mod finding;
mod initials;
mod national_insurance;
mod nhs_number;
mod placeholder;
mod postcode;
pub mod scan;
mod seen;
mod small_count;
mod telephone;
mod written;

pub use self::written::span_of;

use std::ops::Range;

use rayon::prelude::*;

use self::contacts::Contacts;
use self::finding::{code_of, diagnostic};
use self::scan::{Kind, Scan};
use self::seen::Seen;
use crate::diagnostic::{Code, Diagnostic, LISTED, Place, RelPath, Span, Texts};
use crate::report::columns::read_table;
use crate::report::passage::Passage;
use crate::report::{Archive, Page, Report, Submission, glossary};
use crate::source::SourceTree;
use crate::source::files::{GlossaryFile, GovernanceFile, PageFront, ReportFile, ReviewsFile, SubmissionFront};
use crate::source::front;
use crate::source::markdown::Markdown;
use crate::source::markdown::notes::is_note;
use crate::source::yaml::{Text, Written};

/// Columns of the CSV files that hold words. A `TBC` in another is a bad cell, which is diagnosed as that.
const WORDS_COLUMNS: &[&str] = &["member", "organisation", "agency", "line", "note"];

/// `personal-data`, `small-count` and `placeholder` in the files of one year. `tree` holds the site's files.
#[must_use]
pub fn check(archive: &Archive, report: &Report, tree: &SourceTree) -> Vec<Diagnostic> {
    let desk = Desk::of(archive, tree);
    let mut found = Vec::new();
    desk.check_written::<ReportFile>(&report.file, &mut found);
    desk.check_written::<GovernanceFile>(&report.folder.join("governance.yaml"), &mut found);
    desk.check_written::<ReviewsFile>(&report.folder.join("reviews.yaml"), &mut found);
    for name in ["attendance", "contributions", "budget"] {
        desk.check_table(&report.folder.join(&format!("data/{name}.csv")), &mut found);
    }
    report.media.iter().for_each(|file| desk.check_picture(file, &mut found));
    report.prose().for_each(|markdown| desk.check_markdown(markdown, &mut found));
    let submissions: Vec<&Submission> = report.submissions().collect();
    found.par_extend(submissions.into_par_iter().flat_map_iter(|submission| {
        let mut found = Vec::new();
        desk.check_submission(submission, &mut found);
        found
    }));
    found.par_extend(report.pages.par_iter().flat_map_iter(|page| desk.check_page(page)));
    found
}

/// The same in the site's own pages and its glossary.
#[must_use]
pub fn check_site(archive: &Archive, tree: &SourceTree) -> Vec<Diagnostic> {
    let desk = Desk::of(archive, tree);
    let mut found: Vec<_> = archive.pages.iter().flat_map(|page| desk.check_page(page)).collect();
    desk.check_written::<GlossaryFile>(&RelPath::new(glossary::FILE), &mut found);
    found
}

/// Whether the capitals of the word at `start` belong to a postcode, a number, a placeholder or a pseudonym, so that
/// they are no acronym.
#[must_use]
pub fn is_no_acronym(text: &str, start: usize) -> bool {
    postcode::at(text, start).is_some()
        || placeholder::at(text, start).is_some()
        || national_insurance::shape_end(text, start).is_some()
        || initials::is_pseudonym(text, start)
}

/// What is needed to check a file: its text, and what may stand in it.
struct Desk<'a> {
    contacts: Contacts,
    tree: &'a SourceTree,
}

impl<'a> Desk<'a> {
    fn of(archive: &Archive, tree: &'a SourceTree) -> Self {
        let site = tree.text(&archive.site.file).unwrap_or_default();
        Self { contacts: Contacts::of(&archive.site, site), tree }
    }

    /// What is found in a text and may not stand. Personal data is told to the last; of what is only worth a look
    /// there is an end.
    fn findings<'t>(&self, text: &'t str) -> impl Iterator<Item = (Kind, Range<usize>, &'t str)> {
        let seen = Seen::of(text);
        let mut worth_a_look = 0;
        let found = Scan::of(&seen.text).filter_map(|finding| {
            if matches!(finding.kind, Kind::SmallCount | Kind::Placeholder) {
                worth_a_look += 1;
                if worth_a_look > 2 * LISTED {
                    return None;
                }
            }
            let stands = self.contacts.let_stand(finding.kind, &seen.text[finding.range.clone()]);
            let written = seen.written(finding.range);
            (!stands).then(|| (finding.kind, written.clone(), &text[written]))
        });
        found.collect::<Vec<_>>().into_iter()
    }

    fn check_submission(&self, submission: &Submission, found: &mut Vec<Diagnostic>) {
        self.check_front::<SubmissionFront>(&submission.file, found);
        self.check_addresses(&submission.file, &submission.aliases, found);
        submission.follow_ups.iter().filter_map(|answer| answer.note.as_ref()).for_each(|note| {
            self.check_markdown(note, found);
        });
        self.check_markdown(&submission.body, found);
    }

    fn check_page(&self, page: &Page) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        self.check_front::<PageFront>(&page.file, &mut found);
        self.check_addresses(&page.file, &page.aliases, &mut found);
        self.check_markdown(&page.body, &mut found);
        found
    }

    /// Personal data in earlier addresses, which are published as folders.
    fn check_addresses(&self, file: &RelPath, aliases: &[Text], found: &mut Vec<Diagnostic>) {
        let text = self.tree.text(file).unwrap_or_default();
        for alias in aliases {
            let words = Text::new(as_words(&alias.value), alias.span);
            let mut in_alias = Vec::new();
            self.check_text(file, text, &words, &mut in_alias);
            found.extend(in_alias.into_iter().filter(|d| d.code == Code::PersonalData));
        }
    }

    /// Personal data in the ids that headings give themselves, which stand in addresses.
    fn check_ids(&self, markdown: &Markdown, found: &mut Vec<Diagnostic>) {
        for heading in &markdown.headings {
            let written = heading.span.of(markdown.text());
            let Some(at) = written.rfind("{#") else { continue };
            let id = as_words(&written[at..]);
            for (kind, range, words) in self.findings(&id).filter(|(kind, ..)| code_of(*kind) == Code::PersonalData) {
                let start = heading.span.start as usize + at;
                let place = markdown.place(Span::new(start + range.start, start + range.end));
                found.push(diagnostic(kind, place, words));
            }
        }
    }

    /// The words in a picture that is made of text.
    fn check_picture(&self, file: &RelPath, found: &mut Vec<Diagnostic>) {
        let Some(text) = self.tree.text(file) else { return };
        let mut at = 0;
        for piece in text.split_inclusive(['<', '>']) {
            let (start, words) = (at, piece.strip_suffix('<'));
            at += piece.len();
            for (kind, range, words) in words.into_iter().flat_map(|words| self.findings(words)) {
                let span = Span::new(start + range.start, start + range.end);
                found.push(diagnostic(kind, Place::new(file, span), words));
            }
        }
    }

    /// The texts of a YAML file, where there is one.
    fn check_written<T: Written>(&self, file: &RelPath, found: &mut Vec<Diagnostic>) {
        if let Some(text) = self.tree.text(file) {
            self.check_yaml::<T>(file, text, Span::new(0, text.len()), found);
        }
    }

    /// The texts of a file's front matter.
    fn check_front<T: Written>(&self, file: &RelPath, found: &mut Vec<Diagnostic>) {
        let Some(text) = self.tree.text(file) else { return };
        if let Some(yaml) = front::split(file, text).value.yaml {
            self.check_yaml::<T>(file, text, yaml, found);
        }
    }

    fn check_yaml<T: Written>(&self, file: &RelPath, text: &str, slice: Span, found: &mut Vec<Diagnostic>) {
        let yaml = slice.of(text);
        // Most hold nothing that could be found, and need not be parsed again. An author's email is never published.
        let is_author = |kind, start: usize| {
            kind == Kind::Email && yaml[..start].trim_end_matches([' ', '"', '\'']).ends_with("email:")
        };
        if self.findings(yaml).any(|(kind, range, _)| !is_author(kind, range.start)) {
            for value in written::texts::<T>(file, text, slice) {
                self.check_text(file, text, &value, found);
            }
        }
    }

    /// A text that is no Markdown.
    fn check_text(&self, file: &RelPath, text: &str, value: &Text, found: &mut Vec<Diagnostic>) {
        for (kind, range, words) in self.findings(&value.value) {
            let place = Place::new(file, span_of(text, value, range));
            found.push(diagnostic(kind, place, words));
        }
    }

    /// The cells of a CSV file, where there is one.
    fn check_table(&self, file: &RelPath, found: &mut Vec<Diagnostic>) {
        let Some(text) = self.tree.shared_text(file.as_str()) else { return };
        let table = read_table(file, text).value;
        let holds_words = |column: usize| {
            let heading = table.header.get(column).map_or("", |cell| cell.text.trim());
            WORDS_COLUMNS.iter().any(|known| known.eq_ignore_ascii_case(heading))
        };
        let rows =
            table.rows.iter().flat_map(|row| (0..table.header.len()).map(move |column| (column, row.cell(column))));
        for (column, cell) in table.header.iter().enumerate().chain(rows).filter(|(_, cell)| !cell.is_blank()) {
            let value = Text::new(cell.text.clone(), cell.span);
            let mut in_cell = Vec::new();
            self.check_text(file, text, &value, &mut in_cell);
            found.extend(in_cell.into_iter().filter(|d| d.code != Code::Placeholder || holds_words(column)));
        }
    }

    /// Markdown: its readable text, its links to telephones and mailboxes, its charts, and what stands in code.
    fn check_markdown(&self, markdown: &Markdown, found: &mut Vec<Diagnostic>) {
        let passage = Passage::of(markdown);
        let first = found.len();
        for (kind, range, words) in self.findings(passage.text()) {
            found.push(diagnostic(kind, markdown.place(passage.span(range)), words));
        }
        self.check_links(markdown, first, found);
        self.check_code(markdown, found);
        self.check_ids(markdown, found);
        if markdown.charts.is_empty() {
            return;
        }
        let file_text = self.tree.text(&markdown.file).unwrap_or_default();
        for chart in markdown.charts.iter().map(|block| &block.chart) {
            let labels = chart.rows.iter().flat_map(|rows| rows.0.iter().map(|(label, _)| label));
            let texts = [&chart.title, &chart.description, &chart.unit].into_iter().flatten();
            for text in texts.chain(chart.series.iter().flatten()).chain(labels) {
                self.check_text(&markdown.file, file_text, text, found);
            }
        }
    }

    /// Links that open a mailbox or ring a number. One whose words give the same away is told once: what is found from
    /// `first` on may lie in it.
    fn check_links(&self, markdown: &Markdown, first: usize, found: &mut Vec<Diagnostic>) {
        let in_text = found.len();
        for link in &markdown.links {
            let Some(target) = ["mailto:", "tel:"].iter().find_map(|scheme| {
                let start = link.target.get(..scheme.len())?;
                start.eq_ignore_ascii_case(scheme).then(|| &link.target[scheme.len()..])
            }) else {
                continue;
            };
            let whole = markdown.place(link.span);
            // What was found in the text stands in its order, before what is found here.
            let after = found[first..in_text].partition_point(|d| d.place.span.start < whole.span.start);
            let inside = found[first + after..in_text].iter().take_while(|d| d.place.span.start < whole.span.end);
            if inside.into_iter().any(|d| d.code == Code::PersonalData) {
                continue;
            }
            for (kind, _, words) in self.findings(target) {
                let whole = link.definition.unwrap_or(link.span);
                let at = whole.of(markdown.text()).find(words).map(|at| whole.start as usize + at);
                let span = at.map_or(whole, |at| Span::new(at, at + words.len()));
                found.push(diagnostic(kind, markdown.place(span), words));
            }
        }
    }

    /// Personal data in code, which is published though it is not read as prose.
    fn check_code(&self, markdown: &Markdown, found: &mut Vec<Diagnostic>) {
        let source = markdown.text();
        if !source.contains(['`', '~']) {
            return;
        }
        let touches =
            |span: Span, range: &Range<usize>| (span.start as usize) < range.end && range.start < span.end as usize;
        for (kind, range, words) in self.findings(source) {
            let runs = &markdown.runs[markdown.runs.partition_point(|run| run.span.end as usize <= range.start)..];
            let line = source[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
            let is_elsewhere = runs.first().is_some_and(|run| touches(run.span, &range))
                || markdown.link_around(Span::at(range.start)).is_some()
                || markdown.charts.iter().any(|chart| touches(chart.span, &range))
                || is_note(&source[line..]);
            if !is_elsewhere && code_of(kind) == Code::PersonalData {
                found.push(diagnostic(kind, markdown.place(Span::new(range.start, range.end)), words));
            }
        }
    }
}

/// An address or an id as the words that it is made of, byte for byte as long.
fn as_words(text: &str) -> String {
    text.replace(['-', '_', '/', '#', '{', '}'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found of a kind in a text, parted by `|`.
    pub(super) fn found(text: &str, kind: Kind) -> String {
        let words = Scan::of(text).filter(|finding| finding.kind == kind).map(|finding| &text[finding.range]);
        words.collect::<Vec<_>>().join("|")
    }

    /// What is found in a site with one report: for each finding its file, the words at its place, and its code.
    fn check_files(files: &[(&str, &str)]) -> Vec<String> {
        let tree = SourceTree::of_texts(files.iter().copied());
        let archive = crate::report::assemble::assemble(&tree).value;
        let mut found: Vec<_> = archive.reports.iter().flat_map(|report| check(&archive, report, &tree)).collect();
        found.extend(check_site(&archive, &tree));
        crate::diagnostic::sort(&mut found);
        let words = |d: &Diagnostic| d.place.span.of(tree.text(&d.place.file).unwrap_or_default()).to_owned();
        found.iter().map(|d| format!("{}: {} {}", d.place.file.name(), words(d), d.code)).collect()
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
            "{REPORT}priorities: [{{id: p, name: \"Ring 01908 253771\", summary: \"**Ring** 01908 253772\"}}]\n"
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
            "glossary.yaml: 01908 253773 personal-data",
            "about.md: [insert\nname] placeholder",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn contacts_may_stand_anywhere() {
        let body = "01908253169, 01908 253170, team@A.example, <team@a.example>, [ring](tel:+441908253169)\n";
        let files = [SITE, ("content/2019-20/report.yaml", REPORT), ("content/2019-20/boards/risk.md", body)];
        assert_eq!(check_files(&files), [""; 0]);
        let broken =
            ("content/site.yaml", "title: [\ncontacts: [{name: C, phone: 01908 253169/70, email: team@a.example}]\n");
        assert_eq!(check_files(&[broken, files[1], files[2]]), [""; 0], "a fault in site.yaml is told there alone");
    }

    #[test]
    fn no_text_makes_the_scan_panic() {
        let pieces = [
            "é", "0", "01908", " ", "born", "12/", "@", "[insert", "’", "Child", "J.", "\u{1e}", "one", "MK9", "+44",
            "(", ")", "x", "-",
        ];
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    let text = format!("{a}{b}{c}{a}");
                    for finding in Scan::of(&text) {
                        assert!(text.get(finding.range).is_some(), "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn one_thing_is_told_once() {
        let kinds = |text: &str| Scan::of(text).map(|finding| finding.kind).collect::<Vec<_>>();
        assert_eq!(
            kinds("DOB 12/03/2011, 01908 253772, jane@example.org, MK9 3EJ"),
            [Kind::BirthDate, Kind::Telephone, Kind::Email, Kind::Postcode]
        );
        assert_eq!(kinds("tbc@example.org"), [Kind::Email]);
    }
}

//! What a build leaves out: drafts, years under embargo and years in preparation.

use std::collections::HashSet;
use std::fmt;

use super::report::YearHold;
use super::{Archive, Page, Report, Year, is_built};
use crate::diagnostic::located::counted;
use crate::diagnostic::printable::sanitize;
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, RelPath};
use crate::options::Options;
use crate::source::translation::original_of;

/// The most drafts that are named.
const NAMED: usize = 4;

/// The content that a build leaves out.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnbuiltContent {
    /// The years that readers may not see yet, oldest first.
    years: Vec<(Year, YearHold)>,
    /// The drafts in years that are built, and among the site's own pages.
    drafts: Vec<UnbuiltDraft>,
    /// The folders of years, and the drafts, in which a problem does not stop the build.
    spared: HashSet<RelPath>,
}

/// A draft that a build leaves out.
#[derive(Clone, Debug)]
struct UnbuiltDraft {
    file: RelPath,
    /// Whose it is, or the page's title, and the year: `Fire in 2023-24`.
    name: String,
}

impl UnbuiltContent {
    /// What a build of `archive` as `options` say leaves out.
    #[must_use]
    pub(crate) fn new(archive: &Archive, options: &Options) -> Self {
        let mut unbuilt = Self::default();
        for report in archive.reports() {
            if options.year.as_deref().is_some_and(|year| year != report.year.as_str()) {
                unbuilt.spared.insert(report.folder.clone());
            } else if let Some(hold) = report.hold(options) {
                unbuilt.years.push((report.year.clone(), hold));
                if hold != YearHold::Unreadable {
                    unbuilt.spared.insert(report.folder.clone());
                }
            } else {
                let sent = report.submitters().filter_map(|submitter| Some((submitter.name, submitter.submission?)));
                for (name, sent) in sent.filter(|(_, sent)| !is_built(sent.status, options)) {
                    unbuilt.add_draft(&sent.file, name, Some(&report.year), sent.is_status_known);
                }
                unbuilt.add_pages(&report.pages, Some(&report.year), options);
            }
        }
        unbuilt.add_pages(&archive.pages, None, options);
        for file in &archive.draft_translations {
            unbuilt.add_translation(archive, file);
        }
        unbuilt
    }

    /// The same with names that can be printed: what `diagnostics` flag in them is masked.
    #[must_use]
    pub(crate) fn for_printing(archive: &Archive, options: &Options, diagnostics: &[Diagnostic]) -> Self {
        let mut unbuilt = Self::new(archive, options);
        if !unbuilt.drafts.is_empty() {
            let redactions = Redactions::from_diagnostics(diagnostics);
            for draft in &mut unbuilt.drafts {
                draft.name = sanitize(&redactions.hide(&draft.name), false);
            }
        }
        unbuilt
    }

    fn add_pages(&mut self, pages: &[Page], year: Option<&Year>, options: &Options) {
        for page in pages.iter().filter(|page| !is_built(page.status, options)) {
            self.add_draft(&page.file, &page.title, year, page.is_status_known);
        }
    }

    /// Adds the draft of a translation, unless its original or its year is left out.
    fn add_translation(&mut self, archive: &Archive, file: &RelPath) {
        let Some((original, language)) = original_of(file) else { return };
        if self.spares(&original) || self.drafts.iter().any(|draft| draft.file == original) {
            return;
        }
        let page = |pages: &[Page]| pages.iter().find(|page| page.file == original).map(|page| page.title.to_string());
        let mut built = archive.reports().filter(|report| self.hold(&report.year).is_none());
        let in_year = built.find_map(|report| {
            let mut submitters = report.submitters();
            let sent = submitters.find(|one| one.submission.is_some_and(|sent| sent.file == original));
            let name = sent.map(|sent| sent.name.to_owned()).or_else(|| page(&report.pages))?;
            Some((name, Some(&report.year)))
        });
        let in_own = || page(&archive.pages).map(|title| (title, None));
        if let Some((name, year)) = in_year.or_else(in_own) {
            self.add_draft(file, &format!("{name} ({language})"), year, true);
        }
    }

    /// Adds a draft. If its status could not be read, it only counts as one.
    fn add_draft(&mut self, file: &RelPath, name: &str, year: Option<&Year>, is_status_known: bool) {
        let name = year.map_or_else(|| name.to_owned(), |year| format!("{name} in {year}"));
        self.drafts.push(UnbuiltDraft { file: file.clone(), name });
        if is_status_known {
            self.spared.insert(file.clone());
        }
    }

    /// Whether nothing is left out.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.years.is_empty() && self.drafts.is_empty()
    }

    /// The years that are left out, oldest first, each with the reason.
    pub(crate) fn years(&self) -> impl Iterator<Item = (&Year, YearHold)> {
        self.years.iter().map(|(year, hold)| (year, *hold))
    }

    /// The files of the drafts that are left out of what is built.
    pub(crate) fn drafts(&self) -> impl ExactSizeIterator<Item = &RelPath> {
        self.drafts.iter().map(|draft| &draft.file)
    }

    /// Why a year is left out; `None` if it is not.
    #[must_use]
    pub(crate) fn hold(&self, year: &Year) -> Option<YearHold> {
        self.years.iter().find(|(held, _)| held == year).map(|(_, hold)| *hold)
    }

    /// Whether a report is being worked on: it is the latest, or nobody can read it yet.
    #[must_use]
    pub(crate) fn is_open(&self, archive: &Archive, report: &Report) -> bool {
        self.hold(&report.year).is_some() || archive.reports().next_back().is_some_and(|last| last.year == report.year)
    }

    /// Whether a file has no part in the build, so that a problem in it does not stop the build. What is held back only
    /// because it could not be read whether it may be published does: somebody has to correct that.
    #[must_use]
    pub(crate) fn spares(&self, file: &RelPath) -> bool {
        let folders = file.as_str().match_indices('/').nth(1);
        self.spared.contains(file) || folders.is_some_and(|(end, _)| self.spared.contains(&file.as_str()[..end]))
    }

    /// Marks the diagnostics in what is left out.
    pub(crate) fn mark(&self, diagnostics: &mut [Diagnostic]) {
        for diagnostic in diagnostics {
            diagnostic.is_left_out |= self.spares(&diagnostic.location.file);
        }
    }
}

/// In words: `2024-25 (under embargo until 15 January 2027), 2025-26 (in preparation), 1 draft (Fire in 2023-24)`. Empty
/// if nothing is left out.
impl fmt::Display for UnbuiltContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> =
            self.years.iter().map(|(year, hold)| format!("{year} ({})", hold.reason())).collect();
        if !self.drafts.is_empty() {
            let mut names: Vec<String> = self.drafts.iter().take(NAMED).map(|draft| draft.name.clone()).collect();
            if let Some(more) = self.drafts.len().checked_sub(NAMED).filter(|more| *more > 0) {
                names.push(format!("{more} more"));
            }
            parts.push(format!("{} ({})", counted(self.drafts.len(), "draft"), names.join(", ")));
        }
        f.write_str(&parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Location};
    use crate::model::assemble::assemble;
    use crate::source::SourceTree;

    const YEAR: &str = "title: T\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\n\
        agencies: [{id: fire, name: Fire}, {id: police, name: Police}]\n";
    const TEXT: &str = "## What we did\n\nMuch.\n\n## What next\n\nMore.\n";

    fn check(files: &[(&str, &str)], change: impl Fn(&mut Options)) -> (String, Vec<&'static str>) {
        let year = |name: &str, more: &str| (format!("content/{name}/report.yaml"), format!("{YEAR}{more}"));
        let own = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let mut all = vec![
            own("content/site.yaml", "title: T\nbase_url: https://example.org\n"),
            own("content/2022-23/agencies/fire.md", &format!("---\nstatus: draft\n---\n{TEXT}")),
            own("content/2022-23/agencies/police.md", TEXT),
            year("2022-23", ""),
            year("2023-24", "embargo: 2027-01-15\n"),
            year("2024-25", "state: preparing\n"),
        ];
        all.extend(files.iter().map(|(name, text)| own(name, text)));
        let tree = SourceTree::from_texts(all.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        let mut options = Options::new("2026-11-28".parse().unwrap());
        change(&mut options);
        let unbuilt = UnbuiltContent::new(&assemble(&tree).value, &options);
        let files = ["2022-23/agencies/fire.md", "2022-23/report.yaml", "2023-24/report.yaml", "2024-25/report.yaml"];
        let spared = files.into_iter().filter(|file| unbuilt.spares(&RelPath::new("content").join(file)));
        (unbuilt.to_string(), spared.collect())
    }

    #[test]
    fn what_is_left_out_is_named_with_its_reason() {
        let (named, spared) = check(&[], |_| {});
        assert_eq!(
            named,
            "2023-24 (under embargo until 15 January 2027), 2024-25 (in preparation), 1 draft (Fire in 2022-23)"
        );
        assert_eq!(spared, ["2022-23/agencies/fire.md", "2023-24/report.yaml", "2024-25/report.yaml"]);
        let (named, spared) = check(&[], |options| {
            (options.drafts, options.embargoed, options.preparing) = (true, true, true);
        });
        assert_eq!((named.as_str(), spared.len()), ("", 0));
    }

    #[test]
    fn drafts_of_translations_are_named() {
        let page = "---\ntitle: About\n---\nWords.\n";
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://example.org\n"),
            ("content/2022-23/report.yaml", YEAR),
            ("content/2022-23/agencies/police.md", TEXT),
            ("content/2023-24/report.yaml", &format!("{YEAR}state: preparing\n")),
            ("content/2023-24/agencies/police.md", TEXT),
            ("content/pages/about.md", page),
        ]);
        let mut archive = assemble(&tree).value;
        archive.draft_translations = ["pages/about", "2022-23/agencies/police", "2023-24/agencies/police"]
            .map(|text| RelPath::new(&format!("content/{text}.cy.md")))
            .to_vec();
        let unbuilt = UnbuiltContent::new(&archive, &Options::new("2026-11-28".parse().unwrap()));
        assert_eq!(unbuilt.to_string(), "2023-24 (in preparation), 2 drafts (About (cy), Police (cy) in 2022-23)");
    }

    #[test]
    fn only_the_year_that_is_asked_for_is_judged() {
        let (named, spared) = check(&[], |options| options.year = Some("2022-23".to_owned()));
        assert_eq!(named, "1 draft (Fire in 2022-23)");
        assert_eq!(spared, ["2022-23/agencies/fire.md", "2023-24/report.yaml", "2024-25/report.yaml"]);
    }

    #[test]
    fn names_of_drafts_are_fit_to_be_printed() {
        let page = "---\ntitle: \"About \\e[31m QQ123456C\"\nstatus: draft\n---\nWords.\n";
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://example.org\n"),
            ("content/pages/about.md", page),
        ]);
        let options = Options::new("2026-11-28".parse().unwrap());
        let flagged = Diagnostic::new(Code::PersonalData, Location::whole(&RelPath::new("content/pages/about.md")), "");
        let flagged = flagged.flagging("QQ123456C");
        let unbuilt = UnbuiltContent::for_printing(&assemble(&tree).value, &options, &[flagged]);
        assert_eq!(unbuilt.to_string(), "1 draft (About ␛[31m QQ****6C)");
    }

    #[test]
    fn what_could_not_be_read_is_judged() {
        let unreadable = format!("{YEAR}state: prepraing\n");
        let (named, spared) = check(&[("content/2024-25/report.yaml", &unreadable)], |_| {});
        assert!(named.contains("2024-25 (held back: its embargo or state could not be read)"), "{named}");
        assert!(!spared.contains(&"2024-25/report.yaml"), "{spared:?}");
        let (_, spared) = check(&[("content/2022-23/agencies/fire.md", "---\nstatus: darft\n---\nA")], |_| {});
        assert!(!spared.contains(&"2022-23/agencies/fire.md"), "{spared:?}");
    }
}

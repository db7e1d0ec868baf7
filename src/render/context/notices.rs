//! Per-page notices: waiver reasons, and errors if the site is built in spite of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::problem_subject::ProblemSubject;
use super::prose::{ProseContext, ProsePlacement};
use crate::diagnostic::{Code, Diagnostic, LineIndex, RelPath, Severity, SourceText, SourceTexts, SubjectKind};
use crate::model::corrected_page::CorrectedPage;
use crate::model::report::Waiver;
use crate::model::year_data::YearFile;
use crate::model::{Archive, Page, Part, Report, SubmitterKind, glossary, is_built};
use crate::options::Options;
use crate::render::anchors::correction_anchor;
use crate::render::route::{self, Address, Routes, YearRoutes};
use crate::render::view::Html;
use crate::render::view::shared::{CorrectionView, FaultView, LinkView, NoticeView};
use crate::source::SourceTree;
use crate::source::yaml::node::{self, YamlNode, YamlValue};

/// The maximum length, in bytes, of a list of names that share one reason.
const MOST_NAMED: usize = 400;

/// The notices of one page.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub(crate) struct PageNotices {
    /// Waiver reasons.
    pub notices: Vec<NoticeView>,
    /// Corrections.
    pub corrections: Vec<CorrectionView>,
    /// Errors.
    pub faults: Vec<FaultView>,
    /// Warnings.
    pub warnings: Vec<FaultView>,
    /// Waiver reasons shown beside their subjects, keyed by the subjects' fragments.
    at: BTreeMap<String, Vec<NoticeView>>,
}

/// A waiver reason with the names of its subjects, which is how one reason for several subjects is shown once.
struct SharedReason {
    code: &'static str,
    /// The place beside which it is shown.
    anchor: Option<String>,
    names: Vec<String>,
    /// Whether there are more subjects than are named.
    has_more: bool,
    reason: Html,
}

impl SharedReason {
    /// Adds a subject, unless it is named already or there is no room for its name.
    fn add(&mut self, name: String) {
        if self.names.contains(&name) {
            return;
        }
        self.has_more = self.names.iter().map(String::len).sum::<usize>() >= MOST_NAMED;
        if !self.has_more {
            self.names.push(name);
        }
    }

    fn into_view(self) -> NoticeView {
        let more = if self.has_more { " …" } else { "" };
        NoticeView { code: self.code, about: self.names.join("; ") + more, reason: self.reason }
    }
}

/// The notices of every page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notices {
    on: HashMap<Address, PageNotices>,
    /// The reasons of waived `uncovered-duty` diagnostics, shown beside their duties, by the report's file and the duty.
    uncovered: HashMap<(RelPath, String), Option<Html>>,
}

impl PageNotices {
    fn add(&mut self, shared: SharedReason) {
        match shared.anchor.clone() {
            Some(anchor) => self.at.entry(anchor).or_default().push(shared.into_view()),
            None => self.notices.push(shared.into_view()),
        }
    }
}

/// Adds the reason of a waived diagnostic to those of its page: beside its subject if the page of its part has a place
/// for it, otherwise with the subject's name.
fn add_reason(
    reasons: &mut Vec<SharedReason>,
    diagnostic: &Diagnostic,
    about: ProblemSubject,
    is_of_part: bool,
    reason: Html,
) {
    let anchor = about.anchor.filter(|_| is_of_part);
    let name = if anchor.is_some() { String::new() } else { about.name };
    let is_same = |one: &&mut SharedReason| {
        one.reason == reason && one.anchor == anchor && one.names.contains(&String::new()) == name.is_empty()
    };
    if let Some(same) = reasons.iter_mut().find(is_same) {
        return same.add(name);
    }
    let code = diagnostic.code.name();
    reasons.push(SharedReason { code, anchor, names: vec![name], has_more: false, reason });
}

impl Notices {
    /// Sorts diagnostics by the page they concern. Errors are included if the site is built in spite of them, and warnings
    /// if they are to be shown.
    /// Diagnostics of years and texts that are not built are left out, because messages and reasons quote their
    /// subjects.
    #[must_use]
    pub(crate) fn new(
        archive: &Archive,
        tree: &SourceTree,
        routes: &Routes,
        diagnostics: &[Diagnostic],
        options: &Options,
        prose: &ProseContext<'_>,
    ) -> Self {
        let mut notices = Self::default();
        let mut reasons: HashMap<Address, Vec<SharedReason>> = HashMap::new();
        let mut lines = HashMap::new();
        let reports = routes.years.iter().map(|year| (archive.reports[year.report].as_ref(), year));
        let years: HashMap<&str, (&Report, &YearRoutes)> = reports.map(|year| (year.0.year.as_str(), year)).collect();
        for (report, year) in years.values() {
            notices.add_corrections(report, year, routes, prose);
        }
        let unbuilt = unbuilt(archive, options);
        for diagnostic in diagnostics {
            let folder = diagnostic.location.file.below("content").and_then(|below| below.split('/').next());
            if unbuilt.contains(diagnostic.location.file.as_str())
                || folder.is_some_and(|folder| unbuilt.contains(folder))
            {
                continue;
            }
            let year = folder.and_then(|folder| years.get(folder)).copied();
            let reason = diagnostic.waived.as_deref().map(|reason| {
                let waivers = year.map(|(report, _)| report.waivers.as_slice()).unwrap_or_default();
                let waiver = waivers.iter().find(|one| {
                    let is_reason = one.reason.as_ref().is_some_and(|own| own.text().trim() == reason);
                    one.code == diagnostic.code && is_reason
                });
                waiver.map_or_else(
                    || Html::new(format!("<p>{}</p>", Html::of_text(reason).text)),
                    |one| reason_of(one, prose),
                )
            });
            if let Some(duty) = uncovered_duty(diagnostic) {
                notices.uncovered.entry((diagnostic.location.file.clone(), duty.to_owned())).or_insert(reason);
                continue;
            }
            let page = || page_of(archive, routes, year, diagnostic);
            if let Some(reason) = reason {
                let page = page();
                // A notice on the page of a file is about the contents of the file.
                let is_own = routes.page_of(&diagnostic.location.file) == Some(&page);
                let about = year
                    .filter(|_| !is_own)
                    .map(|(report, _)| ProblemSubject::from_diagnostic(report, tree, diagnostic));
                let is_of_part = year.is_some_and(|(_, year)| page != year.front);
                let reasons = reasons.entry(page).or_default();
                add_reason(reasons, diagnostic, about.unwrap_or_default(), is_of_part, reason);
            } else if !may_be_of_targets(tree, diagnostic) {
                match diagnostic.severity {
                    Severity::Error if options.force => {
                        notices.on.entry(page()).or_default().faults.push(fault(tree, diagnostic, &mut lines));
                    }
                    Severity::Warning if options.show_warnings => {
                        notices.on.entry(page()).or_default().warnings.push(fault(tree, diagnostic, &mut lines));
                    }
                    _ => {}
                }
            }
        }
        for (page, reasons) in reasons {
            let on = notices.on.entry(page).or_default();
            for reason in reasons {
                on.add(reason);
            }
        }
        notices
    }

    /// Adds the corrections of a report to the pages that they are about, and to its front page and print edition.
    fn add_corrections(&mut self, report: &Report, year: &YearRoutes, routes: &Routes, prose: &ProseContext<'_>) {
        for (number, correction) in report.corrections.iter().enumerate() {
            let about = correction.place.as_ref().and_then(|name| CorrectedPage::find(report, name));
            let about = about.map(|page| corrected_page(report, year, routes, prose, &page));
            let print = year.print();
            let mut pages = vec![&year.front, &print];
            pages.extend(about.as_ref().and_then(|(_, address)| address.as_ref()).filter(|page| **page != year.front));
            let what = prose.write_whole(&correction.what, None);
            for page in pages {
                let prefix = format!("c{number}-");
                let placement =
                    ProsePlacement { address: page, prefix: &prefix, shift: 1, document: None, marks_terms: false };
                let is_elsewhere = |(_, address): &&(String, Option<Address>)| address.as_ref() != Some(page);
                let link = about.as_ref().filter(is_elsewhere).map(|(title, address)| match address {
                    Some(address) => LinkView::new(title, address),
                    None => LinkView { title: title.clone(), ..LinkView::default() },
                });
                self.on.entry(page.clone()).or_default().corrections.push(CorrectionView {
                    anchor: correction_anchor(report, number),
                    on: prose.words.date(correction.on),
                    what: prose.place_whole(&correction.what, &what, placement),
                    about: link.unwrap_or_default(),
                });
            }
        }
    }

    /// The notices of a page.
    #[must_use]
    pub(crate) fn on(&self, page: &Address) -> Option<&PageNotices> {
        self.on.get(page)
    }

    /// The waiver reasons for a place on a page.
    #[must_use]
    pub(crate) fn at(&self, page: &Address, anchor: &str) -> Vec<NoticeView> {
        self.on.get(page).and_then(|page| page.at.get(anchor)).cloned().unwrap_or_default()
    }

    /// Why a duty has no evidence, if a waiver gives a reason.
    #[must_use]
    pub(crate) fn uncovered(&self, report: &Report, duty: &str) -> Option<&Html> {
        self.uncovered.get(&(report.file.clone(), duty.to_owned()))?.as_ref()
    }
}

/// The title and, if it is built, the address of a page that was corrected.
fn corrected_page(
    report: &Report,
    year: &YearRoutes,
    routes: &Routes,
    prose: &ProseContext<'_>,
    place: &CorrectedPage,
) -> (String, Option<Address>) {
    match place {
        CorrectedPage::Part(part) => (prose.words.text(part.name()).to_owned(), year.part(*part)),
        CorrectedPage::Page(id) => {
            let page = report.pages.iter().find(|page| page.id == *id);
            let title = page.map_or_else(|| id.clone(), |page| page.title.value.clone());
            (title, page.and_then(|page| routes.page_of(&page.file)).cloned())
        }
        CorrectedPage::Submission(kind, id) => {
            let submitter = report.submitter(*kind, id);
            let sent = submitter.as_ref().and_then(|one| one.submission);
            let name = submitter.as_ref().map_or(id.as_str(), |one| one.name);
            (name.to_owned(), sent.and_then(|sent| routes.page_of(&sent.file)).cloned())
        }
        CorrectedPage::Priority(id) => {
            let name = report.priority(id).map_or(id.as_str(), |priority| priority.name.as_str());
            let address = year.part(Part::Priorities).map(|_| year.priority(id.as_str()));
            (name.to_owned(), address)
        }
    }
}

/// The duty that a diagnostic says is not covered.
fn uncovered_duty(diagnostic: &Diagnostic) -> Option<&str> {
    let duty = diagnostic.subject(SubjectKind::Duty).filter(|_| diagnostic.code == Code::UncoveredDuty)?;
    duty.id.as_deref()
}

/// The reason of a waiver.
fn reason_of(waiver: &Waiver, prose: &ProseContext<'_>) -> Html {
    let Some(reason) = &waiver.reason else { return Html::default() };
    let prefix = format!("w{}-", waiver.location.span.start);
    let placement =
        ProsePlacement { address: &Address::home(), prefix: &prefix, shift: 1, document: None, marks_terms: false };
    prose.text(reason, placement)
}

/// The folder names of years that are not built, and the files of other texts that are not built.
fn unbuilt<'a>(archive: &'a Archive, options: &Options) -> HashSet<&'a str> {
    fn drafts<'a>(pages: &'a [Page], options: &Options) -> impl Iterator<Item = &'a str> {
        pages.iter().filter(|page| !is_built(page.status, options)).map(|page| page.file.as_str())
    }
    let mut unbuilt: HashSet<&str> = drafts(&archive.pages, options).collect();
    for report in archive.reports() {
        if !report.is_built(options) {
            unbuilt.insert(report.year.as_str());
            continue;
        }
        let sent = report.submissions().filter(|sent| !is_built(sent.status, options));
        unbuilt.extend(sent.map(|sent| sent.file.as_str()).chain(drafts(&report.pages, options)));
    }
    unbuilt
}

/// Whether an error may be about the publishing settings. No page shows these, because their values may be secret. What
/// is wrong in a file that is no YAML may be about them too.
fn may_be_of_targets(tree: &SourceTree, diagnostic: &Diagnostic) -> bool {
    let (file, at) = (&diagnostic.location.file, diagnostic.location.span.start);
    let is_of_site = file.extension() == "yaml" && file.below("content").is_some_and(|name| name.starts_with("site."));
    let Some(text) = is_of_site.then(|| tree.text(file)).flatten() else { return false };
    let Some(YamlNode { value: YamlValue::Map(settings), .. }) = node::parse(file, &text, 0).value else { return true };
    settings.iter().zip(settings.iter().skip(1).map(|(next, _)| next.span.start).chain([u32::MAX])).any(
        // A value that repeats another (`*name`) has the place of the other.
        |((key, value), next)| key.text == "publish" && ((key.span.start..next).contains(&at) || has_at(value, at)),
    )
}

/// Whether a value or anything in it begins at a place.
fn has_at(node: &YamlNode, at: u32) -> bool {
    node.span.start == at
        || match &node.value {
            YamlValue::List(items) => items.iter().any(|item| has_at(item, at)),
            YamlValue::Map(entries) => entries.iter().any(|(key, value)| key.span.start == at || has_at(value, at)),
            YamlValue::Text(_) | YamlValue::Nothing => false,
        }
}

/// An error or warning as a page shows it, with masked personal data. `lines` caches the line tables of files.
fn fault<'t>(
    tree: &'t SourceTree,
    diagnostic: &'t Diagnostic,
    lines: &mut HashMap<&'t RelPath, LineIndex<SourceText>>,
) -> FaultView {
    let location = &diagnostic.location;
    let index = || LineIndex::new(tree.text(&location.file).unwrap_or_default());
    let at = lines.entry(&location.file).or_insert_with(index).position(location.span.start);
    FaultView {
        code: diagnostic.code.name(),
        message: diagnostic.message.clone(),
        place: format!("{}:{}:{}", location.file, at.line, at.column),
        help: diagnostic.help.clone().unwrap_or_default(),
    }
}

/// The page that a diagnostic concerns: the page of its file, or else the front page of the year or the site.
fn page_of(
    archive: &Archive,
    routes: &Routes,
    year: Option<(&Report, &YearRoutes)>,
    diagnostic: &Diagnostic,
) -> Address {
    let file = &diagnostic.location.file;
    if let Some(page) = routes.page_of(file) {
        return page.clone();
    }
    let Some((report, year)) = year else {
        let is_glossary = file.as_str() == glossary::FILE && routes.has_glossary;
        return if is_glossary { route::glossary() } else { Address::home() };
    };
    let below = file.below(report.folder.as_str()).unwrap_or_default();
    let part = YearFile::at(below).and_then(Part::of_file).or_else(|| {
        let kind = [SubmitterKind::Board, SubmitterKind::Agency]
            .into_iter()
            .find(|kind| diagnostic.subject(kind.subject()).is_some());
        kind.filter(|_| diagnostic.code == Code::MissingSubmission).map(Part::for_submitters)
    });
    part.and_then(|part| year.part(part)).unwrap_or_else(|| {
        debug_assert!(!archive.reports.is_empty(), "a year is one of the archive's");
        year.front.clone()
    })
}

#[cfg(test)]
mod tests {
    use crate::options::Options;
    use crate::pipeline::{BuildCache, build_in_memory};
    use crate::source::SourceTree;
    use crate::source::one_line::one_line;

    /// The notices on a page of a small year, one per line, each with the heading above it.
    fn check(page: &str) -> String {
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: S\nbase_url: https://s.example\n"),
            (
                "content/2023-24/report.yaml",
                "title: T\nperiod: {from: 2023-04-01, to: 2024-03-31}\nboards: []\n\
                 agencies: [{id: police, name: Northshire Police}, {id: fire, name: Fire Service}]\n\
                 waivers:\n\
                 \x20 - {code: total-mismatch, file: governance.yaml, text: Wellbeing, reason: One seat was empty.}\n\
                 \x20 - {code: total-mismatch, file: governance.yaml, text: Overview, reason: Wards have seats.}\n\
                 \x20 - {code: undecided-lead, file: governance.yaml, reason: To be settled in May.}\n\
                 \x20 - {code: total-mismatch, file: data/contributions.csv, reason: As printed.}\n\
                 \x20 - {code: missing-submission, file: report.yaml, reason: It was wound up.}\n",
            ),
            (
                "content/2023-24/governance.yaml",
                "bodies:\n\
                 \x20 - {id: hwb, name: Wellbeing Board, seats: 3, members: [A]}\n\
                 \x20 - {id: overview, name: Overview Committee, seats: 9, members: [A]}\n\
                 themes: [{name: Slavery, lead: tbc}]\n",
            ),
            ("content/2023-24/data/contributions.csv", "agency,Adults,total\npolice,1,2\nThe Ward,3,4\nTotal,5,6\n"),
        ]);
        let options = Options::new(jiff::civil::date(2024, 9, 1));
        let built = build_in_memory(&tree, &options, &mut BuildCache::none());
        let path = format!("2023-24/{page}index.html");
        let html = built.output.files.iter().find(|(file, _)| file.as_str() == path).map(|(_, bytes)| bytes.to_vec());
        let html = String::from_utf8(html.unwrap_or_else(|| panic!("{path} {:?}", built.diagnostics))).unwrap();
        let (mut notices, mut heading) = (Vec::new(), String::new());
        let plain = |html: &str| {
            let mut is_tag = false;
            let text = html.chars().filter(|c| {
                let is_shown = !is_tag && *c != '<';
                is_tag = (is_tag || *c == '<') && *c != '>';
                is_shown
            });
            one_line(&text.collect::<String>())
        };
        for piece in html.split("<h").skip(1) {
            if let Some((text, rest)) = piece.split_once("</h") {
                heading = plain(&format!("<h{text}"));
                for notice in rest.split("<div class=\"notice\"").skip(1) {
                    let notice = notice.split("</div>\n</div>").next().unwrap_or_default();
                    notices.push(format!("{heading} | {}", plain(&format!("<div{notice}"))));
                }
            }
        }
        assert!(!heading.is_empty());
        notices.join("\n")
    }

    #[test]
    fn a_notice_is_beside_its_subject_or_names_it() {
        assert_eq!(
            check("governance/"),
            "Governance | Please note Slavery To be settled in May.\n\
             Wellbeing Board | Please note One seat was empty.\n\
             Overview Committee | Please note Wards have seats."
        );
        assert_eq!(check("budget/"), "Budget | Please note Northshire Police; The Ward; Adults; Total As printed.");
        assert_eq!(check("agencies/"), "Agencies | Please note Northshire Police; Fire Service It was wound up.");
        assert!(check("print/").contains("Overview Committee | Please note Wards have seats."));
    }
}

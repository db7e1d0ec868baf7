//! The subject of a waived diagnostic: a body, a row of a table, a review. Readers see its reason without the file, so
//! the reason has to name its subject.

use crate::diagnostic::{Diagnostic, Location, SourceTexts};
use crate::locale::capitalised;
use crate::model::money::BudgetLine;
use crate::model::reviews as review_names;
use crate::model::year_data::YearFile;
use crate::model::{Report, SubmitterKind};
use crate::render::anchors::body_anchor;
use crate::source::SourceTree;

/// The subject of a diagnostic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ProblemSubject {
    /// Its name; empty if it is the page as a whole.
    pub name: String,
    /// The fragment of its place on the page of its part, if it has one.
    pub anchor: Option<String>,
}

/// Finds the subject of a place in a file.
type Finder = fn(&Report, &SourceTree, &Location) -> Option<ProblemSubject>;

/// How to find subjects in the files that have them. In other files, the subject is the page as a whole.
const FINDERS: &[(YearFile, Finder)] = &[
    (YearFile::Report, listed),
    (YearFile::Governance, governance),
    (YearFile::Reviews, review),
    (YearFile::Attendance, attendance),
    (YearFile::Contributions, contributions),
    (YearFile::Budget, budget),
];

impl ProblemSubject {
    fn named(name: &str) -> Self {
        Self { name: name.to_owned(), anchor: None }
    }

    /// The subject of a diagnostic in a year's files.
    #[must_use]
    pub(crate) fn from_diagnostic(report: &Report, tree: &SourceTree, diagnostic: &Diagnostic) -> Self {
        let location = &diagnostic.location;
        let below = location.file.below(report.folder.as_str()).unwrap_or_default();
        let found = match YearFile::at(below) {
            Some(file) => {
                let finder = FINDERS.iter().find(|(known, _)| *known == file);
                finder.and_then(|(_, find)| find(report, tree, location))
            }
            None => sent(report, below),
        };
        found.unwrap_or_default()
    }
}

/// The entry of a YAML file that contains a place: the last entry that begins before it, unless another list begins in
/// between. Each entry is given with its start.
fn entry<'a, T>(entries: impl Iterator<Item = (&'a Location, T)>, tree: &SourceTree, location: &Location) -> Option<T> {
    let before = entries.filter(|(own, _)| own.file == location.file && own.span.start <= location.span.start);
    let (own, entry) = before.max_by_key(|(own, _)| own.span.start)?;
    let text = tree.text(&location.file)?;
    let between = text.get(own.span.start as usize..location.span.start as usize)?;
    let is_key = |line: &str| line.starts_with(|c: char| c.is_ascii_alphabetic());
    (!between.lines().skip(1).any(is_key)).then_some(entry)
}

/// The body or theme whose entry contains a place.
fn governance(report: &Report, tree: &SourceTree, location: &Location) -> Option<ProblemSubject> {
    let governance = report.data.governance.as_ref()?;
    let bodies = governance.bodies.iter().map(|body| (&body.location, body));
    if let Some(body) = entry(bodies, tree, location) {
        return Some(ProblemSubject { name: body.name.clone(), anchor: Some(body_anchor(&body.id)) });
    }
    let before = governance.themes.iter().take_while(|theme| theme.name.span.start <= location.span.start);
    before.last().map(|theme| ProblemSubject::named(&theme.name))
}

fn review(report: &Report, tree: &SourceTree, location: &Location) -> Option<ProblemSubject> {
    let reviews = report.data.reviews.iter().flat_map(|one| &one.reviews).map(|review| (&review.location, review));
    let review = entry(reviews, tree, location)?;
    Some(ProblemSubject { name: review_names::name(&review.id), anchor: Some(review_names::anchor(&review.id)) })
}

/// The board or agency whose entry contains a place.
fn listed(report: &Report, tree: &SourceTree, location: &Location) -> Option<ProblemSubject> {
    let boards = report.boards.iter().map(|board| (&board.location, &board.name));
    let all = boards.chain(report.agencies.iter().map(|agency| (&agency.location, &agency.name)));
    entry(all, tree, location).map(|name| ProblemSubject::named(name))
}

/// The board or agency whose file this is. It is not named on the file's own page.
fn sent(report: &Report, below: &str) -> Option<ProblemSubject> {
    let (folder, file) = below.split_once('/')?;
    let id = file.strip_suffix(".md")?;
    let name = if folder == SubmitterKind::Board.folder() {
        report.boards.iter().find(|board| board.id.as_str() == id).map(|board| &board.name)
    } else if folder == SubmitterKind::Agency.folder() {
        report.agencies.iter().find(|agency| agency.id.as_str() == id).map(|agency| &agency.name)
    } else {
        None
    };
    name.map(|name| ProblemSubject::named(name))
}

/// The row that is in the line of a place. The rows are in order.
fn in_line<'a, T>(
    rows: &'a [T],
    tree: &SourceTree,
    location: &Location,
    of: impl Fn(&T) -> &Location,
) -> Option<&'a T> {
    let text = tree.text(&location.file)?;
    let text = text.as_bytes();
    let at = (location.span.start as usize).min(text.len());
    let start = memchr::memrchr(b'\n', &text[..at]).map_or(0, |end| end + 1);
    let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length);
    let first = rows.partition_point(|row| (of(row).span.start as usize) < start);
    rows.get(first).filter(|row| (of(row).span.start as usize) < end)
}

fn attendance(report: &Report, tree: &SourceTree, location: &Location) -> Option<ProblemSubject> {
    let member = in_line(&report.data.attendance.as_ref()?.members, tree, location, |member| &member.location)?;
    let organisation = member.organisation.as_deref().filter(|name| !name.is_empty());
    Some(ProblemSubject::named(
        &organisation.map_or_else(|| member.role.clone(), |name| format!("{}, {name}", member.role)),
    ))
}

/// The agency of a row, the fund of a total, or all funds for the grand total.
fn contributions(report: &Report, tree: &SourceTree, location: &Location) -> Option<ProblemSubject> {
    let table = report.data.contributions.as_ref()?;
    if let Some(row) = in_line(&table.rows, tree, location, |row| &row.location) {
        return Some(ProblemSubject::named(&row.agency));
    }
    let stated = table.stated.as_ref()?;
    if let Some(fund) = stated.amounts.iter().position(|amount| amount.location == *location) {
        return table.funds.get(fund).map(|fund| ProblemSubject::named(&capitalised(fund)));
    }
    // The total of all funds, under the name of its row.
    let row = in_line(std::slice::from_ref(stated), tree, location, |stated| &stated.location)?;
    Some(ProblemSubject::named(row.location.span.slice(&tree.text(&location.file)?)))
}

fn budget(report: &Report, _: &SourceTree, location: &Location) -> Option<ProblemSubject> {
    let budget = report.data.budget.as_ref()?;
    let totals = budget.totals.iter().map(|(_, line)| line);
    let mut lines = budget.income.iter().chain(&budget.expenditure).chain(totals).chain(&budget.balances);
    lines.find(|line: &&BudgetLine| line.amount.location == *location).map(|line| ProblemSubject::named(&line.line))
}

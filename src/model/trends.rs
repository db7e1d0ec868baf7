//! Attendance, money and commitments across the years.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::ids::{CommitmentId, IndicatorId, SubmitterKind, Year};
use super::indicators::published::{PublishedCell, PublishedSeries};
use super::money::BudgetLine;
use super::normalize::normalize_name;
use super::report::Report;
use super::submission::Submission;
use super::{Archive, PreviousReport, is_built};
use crate::options::Options;
use crate::quantity::{Money, Rate};
use crate::source::files::Outcome;

/// What a site's reports say year by year, oldest first. Each list is empty or has at least two years, since one year
/// shows no trend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Trends {
    /// The attendance rate of each year.
    pub attendance: Vec<(String, Rate)>,
    /// Every fund of any year, named as in the first year that has it.
    pub funds: Vec<String>,
    /// The contributions to each of the funds.
    pub contributions: Vec<YearContributions>,
    /// The income and expenditure of each year, if the report gives them.
    pub budgets: Vec<(String, Option<Money>, Option<Money>)>,
    /// The commitments of each year and their outcomes.
    pub commitments: Vec<(String, CommitmentOutcomes)>,
    /// The indicators as a whole, by period, each value as in the newest report that has it.
    pub indicators: Vec<PublishedSeries>,
}

/// A year and the contributions to each fund; `None` for a fund that the year does not have.
pub(crate) type YearContributions = (String, Vec<Option<Money>>);

/// How many commitments of a year had which outcome, according to the next report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct CommitmentOutcomes {
    /// One count for each of [`Outcome::WORDS`].
    pub outcomes: [usize; Outcome::WORDS.len()],
    /// Commitments that the next report does not follow up.
    pub unanswered: usize,
    /// Commitments of the latest report, which no other report can follow up yet.
    pub not_due: usize,
}

impl CommitmentOutcomes {
    /// The number of commitments in the year.
    #[must_use]
    pub(crate) fn made(&self) -> usize {
        self.outcomes.iter().sum::<usize>() + self.unanswered + self.not_due
    }
}

impl Trends {
    /// The trends across the reports that are built.
    #[must_use]
    pub(crate) fn new(archive: &Archive, options: &Options) -> Self {
        let reports: Vec<&Report> = archive.reports().filter(|report| report.is_built(options)).collect();
        if reports.len() < 2 {
            return Self::default();
        }
        let year = |report: &Report| report.year.to_string();
        let attendance = reports.iter().filter_map(|report| {
            let rate = report.data.attendance.as_ref()?.rate();
            (rate.possible > 0).then(|| (year(report), rate))
        });
        let budgets = reports.iter().filter_map(|report| {
            let budget = report.data.budget.as_ref()?;
            let side = |lines: &[BudgetLine], total: Money| {
                lines.iter().any(|line| line.amount.value.is_some()).then_some(total)
            };
            let income = side(&budget.income, budget.total_income());
            let expenditure = side(&budget.expenditure, budget.total_expenditure());
            income.or(expenditure).map(|_| (year(report), income, expenditure))
        });
        let (funds, contributions) = contributions(&reports);
        // Only the very next report follows up commitments. If readers may not see it yet, they are not due yet.
        let all: Vec<&Report> = archive.reports().collect();
        let of_year = |at: usize, report: &Report| {
            let next = all.get(at + 1).copied().filter(|next| next.hold(options).is_none());
            (year(report), outcomes_of(report, next, options))
        };
        let built = all.iter().enumerate().filter(|(_, report)| report.is_built(options));
        let commitments: Vec<(String, CommitmentOutcomes)> =
            built.map(|(at, report)| of_year(at, report)).filter(|(_, kept)| kept.made() > 0).collect();
        let is_answered = commitments.iter().any(|(_, kept)| kept.not_due == 0);
        Self {
            attendance: at_least_two(attendance.collect()),
            funds,
            contributions: at_least_two(contributions),
            budgets: at_least_two(budgets.collect()),
            commitments: if is_answered { at_least_two(commitments) } else { Vec::new() },
            indicators: indicators(&reports),
        }
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        let Self { attendance, funds: _, contributions, budgets, commitments, indicators } = self;
        let is_empty = attendance.is_empty() && contributions.is_empty() && budgets.is_empty();
        is_empty && commitments.is_empty() && indicators.is_empty()
    }
}

/// The years, if there are enough of them to show a trend.
fn at_least_two<T>(years: Vec<T>) -> Vec<T> {
    if years.len() > 1 { years } else { Vec::new() }
}

/// The indicators with a value for two periods or more, in the order of the newest report.
fn indicators(reports: &[&Report]) -> Vec<PublishedSeries> {
    let mut periods: HashMap<&IndicatorId, BTreeMap<&Year, &PublishedCell>> = HashMap::new();
    let mut order: Vec<&PublishedSeries> = Vec::new();
    for series in reports.iter().filter_map(|report| report.indicators.as_ref()).flat_map(|year| &year.series) {
        let id = &series.indicator.id;
        periods.entry(id).or_insert_with(|| {
            order.push(series);
            BTreeMap::new()
        });
        let cells = series.wholes().map(|cell| (&cell.period, cell));
        periods.entry(id).or_default().extend(cells);
    }
    let all = order.into_iter().map(|series| PublishedSeries {
        indicator: Arc::clone(&series.indicator),
        cells: periods[&series.indicator.id].values().map(|cell| (*cell).clone()).collect(),
    });
    all.filter(|series| series.cells.len() > 1).collect()
}

/// The funds of all years, and what was paid into each of them in each year.
fn contributions(reports: &[&Report]) -> (Vec<String>, Vec<YearContributions>) {
    let tables = || {
        let tables = reports.iter().filter_map(|report| Some((*report, report.data.contributions.as_ref()?)));
        tables.filter(|(_, table)| !table.rows.is_empty() && !table.funds.is_empty())
    };
    let mut funds: Vec<(String, &str)> = Vec::new();
    for fund in tables().flat_map(|(_, table)| &table.funds) {
        let folded = normalize_name(fund);
        if !funds.iter().any(|(known, _)| *known == folded) {
            funds.push((folded, fund));
        }
    }
    let years = tables().map(|(report, table)| {
        let paid = funds.iter().map(|(folded, _)| {
            let at = table.funds.iter().position(|fund| normalize_name(fund) == *folded)?;
            Some(table.fund_total(at))
        });
        (report.year.to_string(), paid.collect())
    });
    let years = years.collect();
    (funds.into_iter().map(|(_, fund)| fund.to_owned()).collect(), years)
}

/// The outcomes of a report's commitments, according to the next report.
#[must_use]
pub(crate) fn outcomes_of(report: &Report, next: Option<&Report>, options: &Options) -> CommitmentOutcomes {
    fn built<'a>(report: &'a Report, options: &Options) -> impl Iterator<Item = &'a Submission> {
        report.submissions().filter(|sent| is_built(sent.status, options))
    }
    let mut answers: HashMap<(SubmitterKind, &CommitmentId), Outcome> = HashMap::new();
    if let Some(next) = next {
        let earlier = PreviousReport::new(next, Some(report), options);
        for (kind, answer) in built(next, options).flat_map(|sent| earlier.answers(sent).map(|one| (sent.kind, one))) {
            if let (Some(id), Some(outcome)) = (&answer.commitment, &answer.outcome) {
                answers.insert((kind, id), outcome.value);
            }
        }
    }
    let mut kept = CommitmentOutcomes::default();
    for (kind, commitment) in
        built(report, options).flat_map(|sent| sent.commitments.iter().map(|one| (sent.kind, one)))
    {
        match answers.get(&(kind, &commitment.id)) {
            Some(outcome) => kept.outcomes[*outcome as usize] += 1,
            None if next.is_none() => kept.not_due += 1,
            None => kept.unanswered += 1,
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceTree;

    /// The trends of two years. `front` is added to the front matter and `report` to the `report.yaml` of the later
    /// year.
    fn check(front: &str, report: &str) -> Trends {
        let year = |title: &str, rest: &str| {
            format!(
                "title: {title}\nagencies:\n  - {{id: police, name: Police}}\nmeetings: [{{date: 2020-06}}]\n{rest}"
            )
        };
        let sent = "## What we did\n\n- Much.\n\n## What next\n\n- Train all officers.\n- Hire two nurses.\n";
        let came = "member,organisation,2020-06\nChief,Police,y\n";
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: S\nbase_url: https://s.example\n"),
            ("content/2019-20/report.yaml", &year("A", "")),
            ("content/2019-20/agencies/police.md", sent),
            ("content/2019-20/data/attendance.csv", came),
            ("content/2019-20/data/contributions.csv", "agency,Adults\npolice,10\n"),
            ("content/2020-21/report.yaml", &year("B", report)),
            (
                "content/2020-21/agencies/police.md",
                &format!(
                    "---\nfollow_up:\n  - {{commitment: train-all-officers, outcome: delivered}}\n{front}---\n{sent}"
                ),
            ),
            ("content/2020-21/data/attendance.csv", came),
            ("content/2020-21/data/contributions.csv", "agency,children,ADULTS\npolice,5,7\n"),
        ]);
        let archive = crate::model::assemble::assemble(&tree).value;
        Trends::new(&archive, &Options::new(jiff::civil::date(2021, 9, 1)))
    }

    #[test]
    fn years_side_by_side() {
        let trends = check("", "");
        assert_eq!(trends.attendance.len(), 2);
        let paid = |pounds: i64| Some(Money { pence: pounds * 100 });
        assert_eq!(trends.funds, ["Adults", "children"]);
        assert_eq!(
            trends.contributions,
            [("2019-20".to_owned(), vec![paid(10), None]), ("2020-21".to_owned(), vec![paid(7), paid(5)])]
        );
        assert_eq!(trends.budgets, []);
        let kept = CommitmentOutcomes { outcomes: [1, 0, 0, 0], unanswered: 1, not_due: 0 };
        let later = CommitmentOutcomes { not_due: 2, ..CommitmentOutcomes::default() };
        assert_eq!(trends.commitments, [("2019-20".to_owned(), kept), ("2020-21".to_owned(), later)]);
    }

    #[test]
    fn unpublished_years_and_drafts_are_left_out() {
        assert!(check("", "embargo: 2021-10-01\n").is_empty());
        let trends = check("status: draft\n", "");
        assert!(trends.commitments.is_empty() && !trends.attendance.is_empty());
    }
}

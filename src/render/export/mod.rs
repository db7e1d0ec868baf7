//! What readers can take away: a year's tables as clean CSV, and the year as data.

mod csv;
mod json;

pub use csv::{attendance, budget, contributions};
pub use json::{SCHEMA, report};

use crate::model::{PreviousReport, Report, SiteInfo, Trends};

/// The names that files below a year's `data/` may have.
pub const NAMES: &[&str] = &["attendance.csv", "contributions.csv", "budget.csv", "report.json", json::SCHEMA_NAME];

/// The names that files below the page of all years may have.
pub const TREND_NAMES: &[&str] = &["attendance.csv", "contributions.csv", "budget.csv", "commitments.csv"];

/// The files below a year's `data/`, by their names: the tables that there are, `report.json` and its JSON Schema.
/// Drafts are left out of the data unless they are built. `earlier` is what readers may see of the
/// year before.
#[must_use]
pub fn files(site: &SiteInfo, year: &Report, earlier: PreviousReport<'_>, drafts: bool) -> Vec<(&'static str, String)> {
    let mut files = Vec::new();
    files.extend(year.attendance.as_ref().map(|table| ("attendance.csv", attendance(table))));
    files.extend(year.contributions.as_ref().map(|table| ("contributions.csv", contributions(table))));
    files.extend(year.budget.as_ref().map(|table| ("budget.csv", budget(table))));
    files.push(("report.json", report(site, year, earlier, drafts)));
    files.push((json::SCHEMA_NAME, SCHEMA.to_owned()));
    files
}

/// The files below the page of all years, by their names: the numbers of each of its charts.
#[must_use]
pub fn trends(trends: &Trends) -> Vec<(&'static str, String)> {
    let mut files = Vec::new();
    files.extend((!trends.attendance.is_empty()).then(|| ("attendance.csv", csv::attendance_trend(trends))));
    files.extend((!trends.contributions.is_empty()).then(|| ("contributions.csv", csv::contributions_trend(trends))));
    files.extend((!trends.budgets.is_empty()).then(|| ("budget.csv", csv::budget_trend(trends))));
    files.extend((!trends.commitments.is_empty()).then(|| ("commitments.csv", csv::commitments_trend(trends))));
    files
}

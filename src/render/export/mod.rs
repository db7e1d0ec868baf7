//! The files that readers can download: a year's tables as clean CSV, and the year as JSON.

mod column_type;
mod csv;
mod data_package;
mod indicators;
mod json;
mod object;

pub(crate) use json::{SCHEMA_NAME, SCHEMAS, report};

use crate::model::year_data::YearFile;
use crate::model::{Part, PreviousReport, Report, SiteInfo, Trends};

/// The report as data.
const REPORT_NAME: &str = "report.json";

/// The possible names of files below a year's `data/`.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    YearFile::tables().chain([REPORT_NAME, SCHEMA_NAME, data_package::NAME])
}

/// The possible names of files below the page of all years.
pub(crate) const TREND_NAMES: &[&str] =
    &["attendance.csv", "contributions.csv", "budget.csv", "commitments.csv", "indicators.csv"];

/// The downloads offered from a year's `data/`: their names, and the keys of the texts that name them on pages.
pub(crate) fn offered(year: &Report) -> impl Iterator<Item = (&'static str, &'static str)> {
    let tables: Vec<_> = csv::tables(year).map(|table| (table.name, table.title)).collect();
    let package = (!tables.is_empty()).then_some((data_package::NAME, "data_package"));
    tables.into_iter().chain(package).chain([(REPORT_NAME, "report_json")])
}

/// The names of the tables that a part of a year's report shows.
pub(crate) fn tables_of(year: &Report, part: Part) -> impl Iterator<Item = &'static str> {
    let is_of_part = move |name: &str| YearFile::at(&format!("data/{name}")).and_then(Part::of_file) == Some(part);
    csv::tables(year).map(|table| table.name).filter(move |name| is_of_part(name))
}

/// The files below a year's `data/`, by name: its tables and their description, `report.json`, and a JSON Schema that refers to the one of the
/// site. Drafts are left out of the data unless they are built. `earlier` is what readers may see of the previous year.
#[must_use]
pub(crate) fn files(
    site: &SiteInfo,
    year: &Report,
    earlier: PreviousReport<'_>,
    drafts: bool,
) -> Vec<(&'static str, String)> {
    let tables: Vec<_> = csv::tables(year).map(|table| (table.name, (table.write)())).collect();
    let package = data_package::package(site, year, &tables);
    let mut files: Vec<_> = tables.into_iter().map(|(name, table)| (name, table.text)).collect();
    files.extend(package.map(|package| (data_package::NAME, package)));
    files.push((REPORT_NAME, report(site, year, earlier, drafts)));
    files.push((SCHEMA_NAME, format!("{{\"$ref\": \"../../{SCHEMA_NAME}\"}}\n")));
    files
}

/// The files below the page of all years, by name: the numbers of each of its charts.
#[must_use]
pub(crate) fn trends(trends: &Trends) -> Vec<(&'static str, String)> {
    let mut files = Vec::new();
    files.extend((!trends.attendance.is_empty()).then(|| ("attendance.csv", csv::attendance_trend(trends))));
    files.extend((!trends.contributions.is_empty()).then(|| ("contributions.csv", csv::contributions_trend(trends))));
    files.extend((!trends.budgets.is_empty()).then(|| ("budget.csv", csv::budget_trend(trends))));
    files.extend((!trends.commitments.is_empty()).then(|| ("commitments.csv", csv::commitments_trend(trends))));
    files.extend((!trends.indicators.is_empty()).then(|| ("indicators.csv", csv::indicators(&trends.indicators).text)));
    files
}

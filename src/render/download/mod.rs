//! What readers can take away: a year's tables as clean CSV, and the year as data.

mod json;
mod table;

pub use json::{SCHEMA, report};
pub use table::{attendance, budget, contributions};

use crate::report::{Report, Site};

/// The files below a year's `data/`, by their names: the tables that there are, `report.json` and its JSON Schema.
/// Drafts are left out of the data unless they are built.
#[must_use]
pub fn files(site: &Site, year: &Report, drafts: bool) -> Vec<(&'static str, String)> {
    let mut files = Vec::new();
    files.extend(year.attendance.as_ref().map(|table| ("attendance.csv", attendance(table))));
    files.extend(year.contributions.as_ref().map(|table| ("contributions.csv", contributions(table))));
    files.extend(year.budget.as_ref().map(|table| ("budget.csv", budget(table))));
    files.push(("report.json", report(site, year, drafts)));
    files.push((json::SCHEMA_NAME, SCHEMA.to_owned()));
    files
}

//! The dated sessions of a year.

use crate::diagnostic::Location;
use crate::source::markdown::Markdown;
use crate::source::yaml::MonthOrDate;

/// A dated session.
#[derive(Clone, Debug)]
pub(crate) struct Meeting {
    /// Its month or day.
    pub date: MonthOrDate,
    /// What its column is headed with, where `report.yaml` says.
    pub label: Option<String>,
    /// A note, printed under the attendance table.
    pub note: Option<Markdown>,
    /// Its entry in `report.yaml`, or its column where that defines it.
    pub location: Location,
}

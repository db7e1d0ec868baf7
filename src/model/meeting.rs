//! The meetings of a year.

use crate::diagnostic::Location;
use crate::quantity::MonthOrDate;
use crate::source::markdown::Markdown;

/// A meeting.
#[derive(Clone, Debug)]
pub(crate) struct Meeting {
    /// The month, or the day if it is given.
    pub date: MonthOrDate,
    /// The heading of its column, if `report.yaml` gives one.
    pub label: Option<String>,
    /// A note, printed under the attendance table.
    pub note: Option<Box<Markdown>>,
    /// Its entry in `report.yaml`, or the column that defines it.
    pub location: Location,
}

//! A date of which the day may be unknown.

use std::fmt;

use jiff::civil::Date;

/// A meeting's date: a month (`2019-06`) or a day (`2019-06-12`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MonthOrDate {
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31, if given.
    pub day: Option<i8>,
}

impl From<Date> for MonthOrDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: date.month(), day: Some(date.day()) }
    }
}

impl MonthOrDate {
    /// Whether all of it is before a day.
    #[must_use]
    pub(crate) fn is_before(self, day: Date) -> bool {
        (self.year, self.month, self.day.unwrap_or(i8::MAX)) < (day.year(), day.month(), day.day())
    }
}

impl fmt::Display for MonthOrDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

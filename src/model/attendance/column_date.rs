//! Finds the meeting that a column is about, even if a spreadsheet has rewritten its date.

use crate::model::meeting::Meeting;
use crate::model::normalize::normalize_name;
use crate::quantity::MonthOrDate;
use crate::source::yaml::dates::month_called;

/// A date in a column's heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ColumnDate {
    /// The month, and the day if one is written.
    pub date: MonthOrDate,
    /// Whether it is written as `report.yaml` writes dates.
    pub is_exact: bool,
    /// Whether the day may be the first of the month only because a spreadsheet turned a month into a date.
    is_padded: bool,
}

/// The result of matching a heading to the meetings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeadingMeaning {
    /// The meeting with this index.
    Meeting(usize),
    /// One of several meetings in its month.
    Several,
    /// No meeting.
    Nothing,
}

impl ColumnDate {
    /// Reads `2019-06`, `2019-06-12`, `Jun-19`, `June 2019`, `Sept 2019`, `01/06/2019`, `12 June 2019` and the like;
    /// `None` if the text is not such a date.
    #[must_use]
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = normalize_name(text);
        let parts: Vec<&str> = text.split([' ', '-', '/', '.', ',']).filter(|part| !part.is_empty()).collect();
        let is_iso = text
            .bytes()
            .enumerate()
            .all(|(i, byte)| if matches!(i, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
        let (year, month, day) = match *parts.as_slice() {
            [year, month] if is_year(year) => (year, number(month)?, None),
            [month, year] => (year, month_called(month).or_else(|| numeric(month, year))?, None),
            [year, month, day] if is_year(year) => (year, number(month)?, Some(number(day)?)),
            [day, month, year] => (year, month_called(month).or_else(|| number(month))?, Some(number(day)?)),
            _ => return None,
        };
        let year = match year.len() {
            4 => i16::try_from(number_of(year, 4)?).ok()?,
            2 => 2000 + i16::from(number(year)?),
            _ => return None,
        };
        // The calendar rejects days that do not exist.
        jiff::civil::Date::new(year, month, day.unwrap_or(1)).ok()?;
        let date = MonthOrDate { year, month, day };
        Some(Self { date, is_exact: is_iso, is_padded: day == Some(1) && !is_iso })
    }

    /// The date of the meeting that the heading itself defines: a month only, if a spreadsheet may have added the day.
    #[must_use]
    pub(crate) fn defined(self) -> MonthOrDate {
        if self.is_padded { MonthOrDate { day: None, ..self.date } } else { self.date }
    }

    /// The meeting that the heading means: the one with exactly this date, or else the only one in its month, unless
    /// both name a day and the days differ.
    #[must_use]
    pub(crate) fn find(self, meetings: &[Meeting]) -> HeadingMeaning {
        let is_date = |meeting: &Meeting| meeting.date == self.date;
        let exact = meetings.iter().position(is_date).filter(|_| self.is_exact || self.date.day.is_some());
        if let Some(index) = exact {
            return HeadingMeaning::Meeting(index);
        }
        let is_of_month =
            |meeting: &Meeting| (meeting.date.year, meeting.date.month) == (self.date.year, self.date.month);
        let mut of_month = meetings.iter().enumerate().filter(|(_, meeting)| is_of_month(meeting));
        let has_own_day = self.date.day.is_some() && !self.is_padded;
        match (of_month.next(), of_month.next()) {
            (Some((_, meeting)), None) if has_own_day && meeting.date.day.is_some() => HeadingMeaning::Nothing,
            (Some((index, _)), None) => HeadingMeaning::Meeting(index),
            (Some(_), Some(_)) => HeadingMeaning::Several,
            (None, _) => HeadingMeaning::Nothing,
        }
    }
}

/// Whether a text is a four-digit year.
fn is_year(text: &str) -> bool {
    text.len() == 4 && number_of(text, 4).is_some()
}

/// A number of one or two digits.
fn number(text: &str) -> Option<i8> {
    number_of(text, 2).and_then(|number| i8::try_from(number).ok())
}

/// A number of up to `length` digits.
fn number_of(text: &str, length: usize) -> Option<u16> {
    let is_number = (1..=length).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// A month in digits beside a four-digit year: `06/2019`. Beside a two-digit year it could be anything.
fn numeric(month: &str, year: &str) -> Option<i8> {
    (year.len() == 4).then(|| number(month)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Location, RelPath};

    fn meetings(dates: &[&str]) -> Vec<Meeting> {
        let location = Location::whole(&RelPath::new("report.yaml"));
        let date = |text: &str| ColumnDate::parse(text).unwrap().date;
        dates.iter().map(|d| Meeting { date: date(d), label: None, note: None, location: location.clone() }).collect()
    }

    fn check(heading: &str, dates: &[&str]) -> String {
        match ColumnDate::parse(heading).map(|heading| heading.find(&meetings(dates))) {
            None => "no date".to_owned(),
            Some(HeadingMeaning::Meeting(index)) => dates[index].to_owned(),
            Some(HeadingMeaning::Several) => "several".to_owned(),
            Some(HeadingMeaning::Nothing) => "none".to_owned(),
        }
    }

    #[test]
    fn dates_are_read_as_spreadsheets_write_them() {
        for heading in [
            "2019-06",
            "Jun-19",
            "jun-19",
            "01/06/2019",
            "1/6/2019",
            "01/06/19",
            "Jun 2019",
            "June 2019",
            "JUNE 2019",
            " June  2019 ",
            "June-2019",
            "06/2019",
            "2019/06",
            "01-Jun-19",
            "01.06.2019",
            "12 June 2019",
            "12-Jun-19",
            "2019-06-12",
        ] {
            assert_eq!(check(heading, &["2019-05", "2019-06", "2019-07"]), "2019-06", "{heading}");
        }
        for heading in ["Sep 2019", "Sept 2019", "Sept-19", "September 2019"] {
            assert_eq!(check(heading, &["2019-09"]), "2019-09", "{heading}");
        }
        for heading in [
            "",
            "June",
            "2019",
            "Ju 2019",
            "Junes 2019",
            "13/13/2019",
            "2019-13",
            "31/02/2019",
            "June 19999",
            "2019-06-12-1",
            "6-19",
            "rate",
            "total 2019",
        ] {
            assert_eq!(check(heading, &["2019-06"]), "no date", "{heading}");
        }
    }

    #[test]
    fn the_only_meeting_of_a_month_is_found() {
        assert_eq!(check("May-24", &["2024-05-08", "2024-05-22"]), "several");
        assert_eq!(check("May-24", &["2024-05-08", "2024-06-05"]), "2024-05-08");
        assert_eq!(check("2024-05-22", &["2024-05-08", "2024-05-22"]), "2024-05-22");
        assert_eq!(check("22/05/2024", &["2024-05-08", "2024-05-22"]), "2024-05-22");
        assert_eq!(check("01/05/2024", &["2024-05-08"]), "2024-05-08", "a padded month");
        assert_eq!(check("01/05/2024", &["2024-05-01", "2024-05-22"]), "2024-05-01");
        assert_eq!(check("09/05/2024", &["2024-05-08"]), "none", "another day");
        assert_eq!(check("2024-05", &["2024-05", "2024-05-22"]), "2024-05", "its exact date");
        assert_eq!(check("May-24", &["2024-05", "2024-05-22"]), "several");
        assert_eq!(check("2024-07", &["2024-05"]), "none");
    }
}

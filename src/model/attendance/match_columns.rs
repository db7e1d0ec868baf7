//! Matches columns to meetings.

use std::collections::{HashMap, HashSet};

use super::column_date::{ColumnDate, HeadingMeaning};
use crate::diagnostic::{Code, Diagnostic, Location, SubjectKind, excerpt};
use crate::model::columns::report_unknown;
use crate::model::meeting::Meeting;
use crate::model::normalize::normalize_name;
use crate::quantity::MonthOrDate;
use crate::source::csv::CsvTable;
use crate::source::yaml::dates::month_called;

/// The meetings that the columns define, each with its column.
pub(crate) fn defined_meetings(
    table: &CsvTable,
    columns: &[usize],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Meeting>, Vec<Option<usize>>) {
    let mut meetings: Vec<Meeting> = Vec::new();
    let mut found = Vec::new();
    let mut first = HashMap::new();
    for &column in columns {
        let heading = &table.header[column];
        let location = table.location(heading.span);
        let Some(date) = ColumnDate::parse(&heading.text).map(ColumnDate::defined) else {
            let help = totals_help(&heading.text)
                .unwrap_or("name each column after its meeting's date, as in `2019-06` or `2019-06-12`");
            report_unknown(table, column, help, diagnostics);
            continue;
        };
        if let Some(first) = first.get(&date) {
            diagnostics.push(second_column(&location, date, first));
            continue;
        }
        first.insert(date, location.clone());
        meetings.push(Meeting { date, label: None, note: None, location });
        found.push(Some(column));
    }
    (meetings, found)
}

/// The column of each meeting. Reports columns that match no meeting, several meetings, or one that already has a
/// column, and meetings without a column.
pub(crate) fn match_meetings(
    table: &CsvTable,
    columns: &[usize],
    meetings: &[Meeting],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; meetings.len()];
    let mut unresolved = Vec::new();
    let mut uncertain = HashSet::new();
    for (position, &column) in columns.iter().enumerate() {
        let text = &table.header[column].text;
        let location = table.location(table.header[column].span);
        let heading = ColumnDate::parse(text);
        let labelled = || {
            meetings
                .iter()
                .position(|meeting| meeting.label.as_deref().is_some_and(|l| normalize_name(l) == normalize_name(text)))
        };
        let meaning = match heading {
            Some(heading) => heading.find(meetings),
            None => labelled().map_or(HeadingMeaning::Nothing, HeadingMeaning::Meeting),
        };
        match meaning {
            HeadingMeaning::Meeting(index) => match found[index] {
                None => found[index] = Some(column),
                Some(first) => {
                    let first = table.location(table.header[first].span);
                    diagnostics.push(second_column(&location, meetings[index].date, &first));
                }
            },
            HeadingMeaning::Several => {
                let of_month: Vec<String> = meetings
                    .iter()
                    .filter(|meeting| {
                        heading.is_some_and(|h| (h.date.year, h.date.month) == (meeting.date.year, meeting.date.month))
                    })
                    .map(|meeting| format!("`{}`", meeting.date))
                    .collect();
                let message =
                    format!("`{}` could be any of the {} meetings in that month", excerpt(text), of_month.len());
                let unknown = Diagnostic::new(Code::UnknownColumn, location, message);
                diagnostics
                    .push(unknown.help(format!("rename the column to the meeting's date: {}", of_month.join(" or "))));
                uncertain.extend(heading.map(|heading| (heading.date.year, heading.date.month)));
            }
            HeadingMeaning::Nothing => unresolved.push((position, column)),
        }
    }
    // A meeting whose place is taken by an unresolved date is misnamed, not missing.
    let mut misnamed = HashSet::new();
    for (position, column) in unresolved {
        let heading = &table.header[column].text;
        let is_like_a_date = heading.contains(|c: char| c.is_ascii_digit())
            || normalize_name(heading).split(' ').any(|word| month_called(word).is_some());
        let suggestion = meetings.get(position).filter(|_| is_like_a_date && found[position].is_none());
        let help = if let Some(suggestion) = suggestion {
            misnamed.insert(position);
            format!("did you mean `{}`? Name each column after its meeting's date in report.yaml", suggestion.date)
        } else {
            let otherwise = "rename it to a meeting's date as in report.yaml, or add the meeting there";
            totals_help(&table.header[column].text).unwrap_or(otherwise).to_owned()
        };
        report_unknown(table, column, &help, diagnostics);
    }
    for (index, meeting) in meetings.iter().enumerate().filter(|(index, _)| found[*index].is_none()) {
        let is_misnamed = misnamed.contains(&index) || uncertain.contains(&(meeting.date.year, meeting.date.month));
        if !is_misnamed && !table.header.is_empty() {
            let message = format!("this table has no column for the meeting `{}`", meeting.date);
            let missing = Diagnostic::new(Code::MissingColumn, table.header_location(), message)
                .about(SubjectKind::Column, meeting.date);
            let help = format!("add a column `{}`, or remove the meeting from report.yaml", meeting.date);
            diagnostics.push(missing.related(meeting.location.clone(), "the meeting").help(help));
        }
    }
    found
}

/// Advice about a column of totals or rates.
fn totals_help(heading: &str) -> Option<&'static str> {
    let folded = normalize_name(heading);
    let is_of_totals =
        ["total", "rate", "%", "percent", "attendance", "attended"].iter().any(|word| folded.starts_with(word));
    is_of_totals.then_some("remove this column: annal works out totals and rates")
}

/// The diagnostic for a second column of one meeting.
fn second_column(location: &Location, date: MonthOrDate, first: &Location) -> Diagnostic {
    let message = format!("this is a second column for the meeting `{date}`");
    let twice = Diagnostic::new(Code::UnknownColumn, location.clone(), message);
    twice
        .about(SubjectKind::Date, date)
        .related(first.clone(), "the first is here")
        .help("remove one of the two, or name each after its meeting's full date")
}

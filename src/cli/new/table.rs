//! A table of a year, with its columns, and the rows of the year before without their figures.

use super::NewFile;
use crate::model::attendance::Member;
use crate::model::columns::TableFormat;
use crate::model::year_data::{FileFormat, YearFile};
use crate::model::{Archive, Report};

/// A table of a year. `name` is its file's name in `data/` without the ending.
pub(super) fn draft(archive: &Archive, report: &Report, name: &str) -> Option<NewFile> {
    let file = YearFile::at(&format!("data/{name}.csv"))?;
    let FileFormat::Table(format) = file.format() else { return None };
    let before = archive.before(report).map(|before| &before.data);
    let mut rows = match file {
        YearFile::Attendance => attendance(report, before.and_then(|data| data.attendance.as_ref())),
        YearFile::Contributions => {
            let earlier = before.and_then(|data| data.contributions.as_ref());
            let funds = earlier.map_or_else(|| words(["children", "adults"]), |earlier| earlier.funds.clone());
            let mut rows = vec![[words(["agency"]), funds, words(["total", "note"])].concat()];
            rows.extend(report.agencies.iter().map(|agency| vec![agency.id.to_string()]));
            rows
        }
        YearFile::Budget => {
            let mut rows = vec![words(["kind", "line", "amount", "note"])];
            match before.and_then(|data| data.budget.as_ref()) {
                Some(earlier) => {
                    let kinds = [("income", &earlier.income), ("expenditure", &earlier.expenditure)];
                    for (kind, lines) in kinds.into_iter().chain([("balance", &earlier.balances)]) {
                        rows.extend(lines.iter().map(|line| words([kind, &line.line])));
                    }
                }
                None => rows.push(words(["income", "Contributions"])),
            }
            rows
        }
        YearFile::Training => {
            let mut rows = vec![format.example.split(',').map(str::to_owned).collect()];
            for session in before.and_then(|data| data.training.as_ref()).into_iter().flat_map(|past| &past.sessions) {
                let row = vec![session.course.clone()];
                if !rows.contains(&row) {
                    rows.push(row);
                }
            }
            rows
        }
        YearFile::Indicators => indicators(archive, report, format),
        YearFile::Report | YearFile::Governance | YearFile::Reviews | YearFile::Decisions => return None,
    };
    // A spreadsheet shows blank cells as cells only where there are commas.
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    for row in &mut rows {
        row.resize(width, String::new());
    }
    let line = |row: &Vec<String>| row.iter().map(|cell| cell_of(cell)).collect::<Vec<_>>().join(",") + "\n";
    Some(NewFile::new(&report.folder.join(file.name()).to_string(), rows.iter().map(line).collect()))
}

/// The members of the year before, and this year's meetings.
fn attendance(report: &Report, before: Option<&crate::model::attendance::AttendanceRecord>) -> Vec<Vec<String>> {
    let has_voting = before.is_none_or(|before| before.has_voting);
    let mut header = words(["member", "organisation"]);
    header.extend(has_voting.then(|| "voting".to_owned()));
    header.extend(report.meetings.iter().map(|meeting| meeting.date.to_string()));
    let row = |member: &Member| {
        let agency = member.agency.as_ref().map(ToString::to_string);
        let mut row = vec![member.role.clone(), agency.or_else(|| member.organisation.clone()).unwrap_or_default()];
        let voting = member.voting.map_or("", |votes| if votes { "yes" } else { "no" });
        row.extend(has_voting.then(|| voting.to_owned()));
        row
    };
    let rows = before.into_iter().flat_map(|before| &before.members).map(row);
    std::iter::once(header).chain(rows).collect()
}

/// A row for each indicator that is not calculated, and for each group that the year before had.
fn indicators(archive: &Archive, report: &Report, format: &TableFormat) -> Vec<Vec<String>> {
    let mut rows = vec![format.example.split(',').map(str::to_owned).collect()];
    let published = archive.before(report).and_then(|before| before.indicators.as_ref());
    for indicator in &archive.indicators.definitions.indicators {
        if indicator.formula.is_some() {
            continue;
        }
        let row = |breakdown: String| vec![indicator.id.to_string(), report.year.to_string(), breakdown];
        rows.push(row(String::new()));
        let series = published.and_then(|published| published.series_of(&indicator.id));
        let newest = series.and_then(|series| series.cells.last()).map(|cell| &cell.period);
        let cells = series.into_iter().flat_map(|series| &series.cells).filter(|cell| Some(&cell.period) == newest);
        rows.extend(cells.filter_map(|cell| Some(row(cell.breakdown.as_ref()?.to_string()))));
    }
    rows
}

fn words<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

/// A cell as CSV: in quotation marks if a character in it has a meaning.
fn cell_of(text: &str) -> String {
    if text.contains([',', '"', ';', '\n', '\r', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

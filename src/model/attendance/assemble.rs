//! Turns the rows of `attendance.csv` into members and their attendance.

use std::collections::HashMap;

use super::match_columns::{defined_meetings, match_meetings};
use super::{AttendanceRecord, Member};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, SubjectKind, WithDiagnostics, excerpt};
use crate::model::agency_index::AgencyResolver;
use crate::model::columns::{self, Columns};
use crate::model::meeting::Meeting;
use crate::model::members::Agency;
use crate::model::normalize::normalize_name;
use crate::quantity::Presence;
use crate::source::csv::{CsvCell, CsvRow, CsvTable};

/// The marks that a cell may hold, for help.
const CELL_HELP: &str = "write `✓` or `yes`, `d` for a deputy, `a` for apologies, `x` for absent, or leave it blank";
/// Words that a cell may hold, for suggestions.
const CELL_WORDS: [&str; 7] = ["yes", "present", "deputy", "apologies", "no", "absent", "n/a"];

/// The attendance that a cell records, with the deputy's name if one is given. `None` if it is not an attendance mark.
fn parse_presence(text: &str) -> Option<(Presence, Option<String>)> {
    if let Some((word, name)) = text.split_once(':') {
        let name = name.trim();
        let is_deputy = matches!(normalize_name(word).as_str(), "d" | "deputy");
        return is_deputy.then(|| (Presence::Deputy, (!name.is_empty()).then(|| name.to_owned())));
    }
    let presence = match normalize_name(text).as_str() {
        "✓" | "yes" | "y" | "present" | "p" | "1" => Presence::Present,
        "d" | "deputy" => Presence::Deputy,
        "a" | "apologies" => Presence::Apologies,
        "x" | "✗" | "no" | "n" | "absent" | "0" => Presence::Absent,
        "" | "-" | "n/a" => Presence::NoSeat,
        _ => return None,
    };
    Some((presence, None))
}

/// Assembles `attendance.csv`. If the year lists no meetings, the columns define them.
#[must_use]
pub(crate) fn assemble(
    table: &CsvTable,
    meetings: &[Meeting],
    agencies: &[Agency],
) -> WithDiagnostics<AttendanceRecord> {
    let mut diagnostics = Vec::new();
    let Columns { named: [member, organisation, voting], others } =
        Columns::find(table, columns::ATTENDANCE, &mut diagnostics);
    let (meetings, columns) = if meetings.is_empty() {
        defined_meetings(table, &others, &mut diagnostics)
    } else {
        let columns = match_meetings(table, &others, meetings, &mut diagnostics);
        (meetings.to_vec(), columns)
    };
    let mut organisations = AgencyResolver::new(agencies);
    let mut seen: HashMap<(String, String), Location> = HashMap::new();
    let mut members = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let name = member.map(|column| row.cell(column));
        if let Some(name) = name.filter(|name| is_totals(name, row, &columns)) {
            let totals =
                Diagnostic::new(Code::BadCell, table.location(name.span), "this row holds totals, not a member");
            diagnostics.push(totals.help("remove this totals row: annal works out the totals"));
            continue;
        }
        let of = organisation.map(|column| row.cell(column)).filter(|cell| !cell.is_blank());
        let agency = of.filter(|cell| !cell.is_malformed).and_then(|cell| {
            let location = table.location(cell.span);
            organisations.resolve(&cell.text, &location, &mut diagnostics)
        });
        let member = Member {
            role: name.map_or_else(String::new, |cell| cell.text.clone()),
            organisation: of.map(|cell| cell.text.clone()),
            agency,
            voting: voting.and_then(|column| read_voting(table, row.cell(column), &mut diagnostics)),
            cells: columns.iter().map(|column| read_presence(table, row, *column, &mut diagnostics)).collect(),
            location: table.location(name.map_or_else(|| row.span(), |cell| cell.span)),
        };
        diagnostics.extend(blank_between(table, row, &columns, &member));
        if let Some(name) = name.filter(|name| !name.is_malformed) {
            check_member(name, &member, &mut seen, &mut diagnostics);
        }
        members.push(member);
    }
    diagnostics.extend(organisations.unmatched());
    let attendance = AttendanceRecord { meetings, members, has_voting: voting.is_some() };
    WithDiagnostics::new(attendance, diagnostics)
}

/// Whether a row holds totals, as spreadsheets often have below a table: it is named as one or has no name, and its
/// meetings hold only numbers.
fn is_totals(name: &CsvCell, row: &CsvRow, columns: &[Option<usize>]) -> bool {
    let folded = normalize_name(&name.text);
    let is_called_so = ["total", "attendance", "number present", "present", "average", "%"]
        .iter()
        .any(|word| folded.starts_with(word));
    let cells = || columns.iter().flatten().map(|column| row.cell(*column)).filter(|cell| !cell.is_blank());
    let number = |cell: &CsvCell| cell.text.trim_end_matches('%').trim_end().parse::<f64>().ok();
    let are_numbers = cells().all(|cell| number(cell).is_some());
    // `1` and `0` are attendance marks too, so a row of them without a name may be a member's.
    let says_more = || cells().any(|cell| number(cell).is_some_and(|number| number > 1.0));
    !name.is_malformed && are_numbers && cells().next().is_some() && (is_called_so || (name.is_blank() && says_more()))
}

/// A note on the first blank cell between two meetings for which the member has a mark: it counts as no seat, but may
/// be a forgotten mark.
fn blank_between(table: &CsvTable, row: &CsvRow, columns: &[Option<usize>], member: &Member) -> Option<Diagnostic> {
    let is_marked = |at: &usize| !matches!(member.cells[*at].0, Presence::NoSeat);
    let marked: Vec<usize> = (0..member.cells.len()).filter(is_marked).collect();
    let between = *marked.first()?..*marked.last()?;
    let cells = between.filter_map(|at| columns[at]).map(|column| row.cell(column));
    let blank = cells.clone().find(|cell| cell.is_blank() && !cell.is_malformed)?;
    let count = cells.filter(|cell| cell.is_blank()).count();
    let (blanks, they_count) = if count == 1 {
        ("this cell is blank".to_owned(), "it counts")
    } else {
        (format!("{count} cells of this row are blank"), "they count")
    };
    let message = format!("{blanks} between meetings where this member held a seat, so {they_count} as no seat held");
    let help = "write `x` for absent or `a` for apologies if the seat was held, or `-` if it was not";
    Some(Diagnostic::new(Code::BlankCell, table.location(blank.span), message).help(help))
}

/// Reports a row without a member, and a second row for the same member of the same organisation.
fn check_member(
    name: &CsvCell,
    member: &Member,
    seen: &mut HashMap<(String, String), Location>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let location = &member.location;
    if name.is_blank() {
        let nobody = Diagnostic::new(Code::BadCell, location.clone(), "this row does not say whose attendance it is");
        diagnostics.push(nobody.help("write the member's role, or delete the row"));
        return;
    }
    let organisation = match (&member.agency, &member.organisation) {
        (Some(agency), _) => format!("={agency}"),
        (None, written) => written.as_deref().map(normalize_name).unwrap_or_default(),
    };
    let key = (normalize_name(&name.text), organisation);
    if let Some(first) = seen.get(&key) {
        let of = member.organisation.as_ref().map_or_else(String::new, |of| format!(" of `{}`", excerpt(of)));
        let message = format!("`{}`{of} is in two rows", excerpt(&name.text));
        let twice = Diagnostic::new(Code::DuplicateRow, location.clone(), message);
        let help = "combine the two rows, or give the two members different roles";
        let twice = twice.related(first.clone(), "the first is here").help(help);
        diagnostics.push(match &member.organisation {
            Some(organisation) => twice.about(SubjectKind::Agency, organisation),
            None => twice,
        });
    } else {
        seen.insert(key, location.clone());
    }
}

/// Whether a member votes; `None` if the cell is blank or cannot be read.
fn read_voting(table: &CsvTable, cell: &CsvCell, diagnostics: &mut Vec<Diagnostic>) -> Option<bool> {
    match normalize_name(&cell.text).as_str() {
        "" => None,
        "yes" => Some(true),
        "no" => Some(false),
        _ if cell.is_malformed => None,
        _ => {
            let message = format!("`{}` does not say whether this member votes", excerpt(&cell.text));
            let bad = Diagnostic::new(Code::BadCell, table.location(cell.span), message);
            diagnostics.push(bad.help("write `yes` or `no`, or leave it blank"));
            None
        }
    }
}

/// A member's attendance at one meeting; unreadable if the meeting has no column.
fn read_presence(
    table: &CsvTable,
    row: &CsvRow,
    column: Option<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Presence, Option<String>) {
    let Some(cell) = column.map(|column| row.cell(column)).filter(|cell| !cell.is_malformed) else {
        return (Presence::Unreadable, None);
    };
    parse_presence(&cell.text).unwrap_or_else(|| {
        let message = format!("`{}` is not an attendance mark", excerpt(&cell.text));
        let help = did_you_mean(&cell.text, CELL_WORDS).unwrap_or_else(|| CELL_HELP.to_owned());
        diagnostics.push(Diagnostic::new(Code::BadCell, table.location(cell.span), message).help(help));
        (Presence::Unreadable, None)
    })
}

#[cfg(test)]
mod tests {
    use super::super::column_date::ColumnDate;
    use super::*;
    use crate::diagnostic::RelPath;
    use crate::model::agency_index::tests::agencies;
    use crate::model::ids::AgencyId;
    use crate::testing::one_line_each;

    /// The meetings, the rows with their rates, and the diagnostics. `meetings` are dates as in `report.yaml`.
    fn check(meetings: &[&str], text: &str) -> String {
        let location = Location::whole(&RelPath::new("report.yaml"));
        let meeting = |date: &&str| {
            let date = ColumnDate::parse(date).unwrap().date;
            Meeting { date, label: None, note: None, location: location.clone() }
        };
        let meetings: Vec<Meeting> = meetings.iter().map(meeting).collect();
        let table = columns::read_table(&RelPath::new("attendance.csv"), &text.into(), &columns::ATTENDANCE_TABLE, &[]);
        let mut diagnostics = table.diagnostics;
        let attendance = assemble(&table.value, &meetings, &agencies()).emit_into(&mut diagnostics);
        let mut out = vec![attendance.meetings.iter().map(|m| m.date.to_string()).collect::<Vec<_>>().join(" ")];
        for member in &attendance.members {
            let cells: String = member
                .cells
                .iter()
                .map(|(presence, _)| match presence {
                    Presence::Present => '✓',
                    Presence::Deputy => 'd',
                    Presence::Apologies => 'a',
                    Presence::Absent => 'x',
                    Presence::NoSeat => '.',
                    Presence::Unreadable => '?',
                })
                .collect();
            let agency = member.agency.as_ref().map_or("-", AgencyId::as_str);
            out.push(format!("{} {agency} {cells} {}/{}", member.role, member.rate().attended, member.rate().possible));
        }
        out.extend(one_line_each(text, &diagnostics));
        out.join("\n")
    }

    #[test]
    fn every_word_for_a_cell_is_read() {
        let cells = "✓,yes,Y,Present,p,1,D,deputy,d: Jo Bloggs,A,apologies,X,✗,no,n,ABSENT,0,,-,N/A";
        let months: Vec<String> = (0..20).map(|i| format!("{}-{:02}", 2018 + i / 12, i % 12 + 1)).collect();
        let text = format!("member,organisation,{}\nCEO,TVP,{cells}\n", months.join(","));
        assert_eq!(check(&[], &text), format!("{}\nCEO tvp ✓✓✓✓✓✓dddaaxxxxxx... 9/17", months.join(" ")));
        assert_eq!(parse_presence("D : Jo: B"), Some((Presence::Deputy, Some("Jo: B".to_owned()))));
        assert_eq!(parse_presence("x: ill"), None);
    }

    #[test]
    fn the_worked_example_has_its_published_rate() {
        let text = include_str!("../../../content/2019-20/data/attendance.csv");
        let table = columns::read_table(&RelPath::new("attendance.csv"), &text.into(), &columns::ATTENDANCE_TABLE, &[]);
        let attendance = assemble(&table.value, &[], &[]);
        assert!(table.diagnostics.is_empty() && attendance.diagnostics.is_empty());
        let rate = attendance.value.rate();
        assert_eq!((rate.attended, rate.possible, rate.per_mille()), (82, 95, Some(863)));
    }

    #[test]
    fn columns_find_their_meetings() {
        let text = "Member ,ORGANISATION,voting,Jul-19,01/06/2019\nChair,,yes,✓,x\nNurse,mkccg,No\n";
        assert_eq!(check(&["2019-06", "2019-07"], text), "2019-06 2019-07\nChair - x✓ 1/2\nNurse mkccg .. 0/0");
        assert_eq!(check(&[], "member,organisation,Jul-19,12/06/2019\n"), "2019-07 2019-06-12");
    }

    #[test]
    fn columns_and_meetings_that_do_not_match_are_reported_once() {
        let head = "member,organisation";
        assert_eq!(
            check(&["2019-06", "2019-07"], &format!("{head},2019-06,2019-08\n")),
            "2019-06 2019-07\nunknown-column 1:29: `2019-08` is not a column of this table"
        );
        assert_eq!(
            check(&["2019-06", "2019-07"], &format!("{head},2019-07\nx,y,1\n")),
            "2019-06 2019-07\nx - ?✓ 1/1\nmissing-column 1:1: this table has no column for the meeting `2019-06`"
        );
        assert_eq!(
            check(&["2024-05-08", "2024-05-22", "2024-06"], &format!("{head},May-24,May 2024,2024-06\n")),
            "2024-05-08 2024-05-22 2024-06\n\
             unknown-column 1:21: `May-24` could be any of the 2 meetings in that month\n\
             unknown-column 1:28: `May 2024` could be any of the 2 meetings in that month"
        );
        assert_eq!(
            check(&["2019-06"], &format!("{head},2019-06,Jun-19,rate\n")),
            "2019-06\nunknown-column 1:29: this is a second column for the meeting `2019-06`\n\
             unknown-column 1:36: `rate` is not a column of this table"
        );
        assert_eq!(
            check(&[], &format!("{head},2019-06,Jun-19,rate\n")),
            "2019-06\nunknown-column 1:29: this is a second column for the meeting `2019-06`\n\
             unknown-column 1:36: `rate` is not a column of this table"
        );
    }

    #[test]
    fn faulty_rows_are_reported_at_their_cells() {
        assert_eq!(
            check(
                &["2019-06"],
                "member,organisation,voting,2019-06\nNurse,MKCCG,maybe,✓?\n nurse ,MK CCG,,x\n,TVP,,a\n"
            ),
            "2019-06\nNurse mkccg ? 0/0\nnurse mkccg x 0/1\n tvp a 0/1\n\
             bad-cell 2:13: `maybe` does not say whether this member votes\n\
             bad-cell 2:19: `✓?` is not an attendance mark\n\
             duplicate-row 3:1: `nurse` of `MK CCG` is in two rows\n\
             bad-cell 4:1: this row does not say whose attendance it is"
        );
        assert_eq!(
            check(&["2019-06"], "role,organization,2019-06\nCEO,Thames Valey Police,1\n"),
            "2019-06\nCEO - ✓ 1/1\n\
             missing-column 1:1: this table has no column `member`\n\
             unknown-column 1:6: `organization` is not a column of this table\n\
             unknown-id 2:5: `Thames Valey Police` is not one of the year's agencies, but is close to `Thames Valley Police`"
        );
        assert_eq!(check(&["2019-06"], ""), "2019-06\nbad-csv 1:1: this table is empty");
    }
}

//! Training that the partnership gave: `training.csv`, with who came and for how many it changed their practice.

use std::collections::HashMap;

use super::agency_index::AgencyResolver;
use super::columns::{self, CellContent, Columns, ExpectedColumn, RowCells, TableFormat, is_total};
use super::ids::AgencyId;
use super::members::Agency;
use super::normalize::normalize_name;
use super::stated_count::StatedCount;
use crate::diagnostic::{Code, Diagnostic, Location, Subject, SubjectKind, WithDiagnostics, excerpt};
use crate::quantity::{MonthOrDate, Rate, group_digits};
use crate::source::csv::CsvTable;
use crate::source::yaml::dates;

/// The columns of `training.csv`.
const COLUMNS: [ExpectedColumn; 6] = [
    ExpectedColumn::required("course", CellContent::Words),
    ExpectedColumn::optional("date", CellContent::Value),
    ExpectedColumn::optional("agency", CellContent::Words),
    ExpectedColumn::optional("places", CellContent::Number),
    ExpectedColumn::required("attended", CellContent::Number),
    ExpectedColumn::optional("evaluated", CellContent::Value),
];
/// The indices of these columns.
const COURSE: usize = 0;
const DATE: usize = 1;
const AGENCY: usize = 2;
const PLACES: usize = 3;
const ATTENDED: usize = 4;
const EVALUATED: usize = 5;
/// `training.csv`.
pub(crate) const TABLE: TableFormat =
    TableFormat { columns: &COLUMNS, example: "course,date,agency,places,attended,evaluated", has_meetings: false };

/// The training of a year.
#[derive(Clone, Debug)]
pub(crate) struct Training {
    /// One row of the table each, in order: a session, or one agency's share of it.
    pub sessions: Vec<Session>,
    /// What the row named `Total` states, places first.
    stated: Vec<StatedTotal>,
    /// Whether every row was read and counts once: if not, a stated total may be right.
    is_complete: bool,
}

/// A session of a course, or one agency's share of it.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// The course.
    pub course: String,
    /// The month or the day.
    pub date: Option<MonthOrDate>,
    /// Who was trained, as readers see it: the agency's name where its id is written, and empty where the session was
    /// open to everybody.
    pub agency: String,
    /// The agency of the year that this is.
    pub id: Option<AgencyId>,
    /// How many could come.
    pub places: CountCell,
    /// How many came.
    pub attended: CountCell,
    /// How many of those who came said that it changed their practice.
    pub changed: Option<Changed>,
}

/// A cell that holds a count: blank is nothing given, and what cannot be read is in doubt and not nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CountCell {
    /// The number.
    pub value: Option<u32>,
    is_unreadable: bool,
}

/// How many people said that training changed their practice, as the evaluation gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Changed {
    /// So many people.
    People(u32),
    /// A share of those who came, in percent.
    Percent(u32),
}

/// A stated total of places or of people.
#[derive(Clone, Debug)]
struct StatedTotal {
    /// [`PLACES`] or [`ATTENDED`].
    column: usize,
    location: Location,
    stated: u32,
}

/// What some sessions come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TrainingTotals {
    /// How many rows.
    pub sessions: usize,
    /// Places, where any row gives them.
    pub places: Option<u32>,
    /// People who came.
    pub attended: u32,
    /// People who came out of the places, in rows that give both.
    pub taken: Rate,
    /// People who said that it changed their practice, out of those who came, in rows that were evaluated. A share is
    /// counted as people, halves up.
    pub changed: Rate,
}

impl Training {
    /// Gives `training.csv` its meaning.
    #[must_use]
    pub(crate) fn assemble(table: &CsvTable, agencies: &[Agency]) -> WithDiagnostics<Self> {
        let mut diagnostics = Vec::new();
        let columns = Columns::find(table, COLUMNS, &mut diagnostics);
        columns::report_others(table, &columns, COLUMNS, &mut diagnostics);
        let mut resolver = AgencyResolver::new(agencies);
        let mut training = Self { sessions: Vec::new(), stated: Vec::new(), is_complete: table.is_complete };
        let mut seen: HashMap<[String; 3], Location> = HashMap::new();
        for row in &table.rows {
            let cells = RowCells { table, row, columns: &columns };
            let mut reader = SessionReader { cells, diagnostics: &mut diagnostics };
            let course = cells.text(COURSE).to_owned();
            if is_total(&course) {
                training.stated.extend([PLACES, ATTENDED].into_iter().filter_map(|column| {
                    let stated = reader.count(column).value?;
                    Some(StatedTotal { column, location: cells.location(column), stated })
                }));
                continue;
            }
            let location = cells.location(COURSE);
            let key = [COURSE, DATE, AGENCY].map(|index| normalize_name(cells.text(index)));
            if let Some(first) = seen.insert(key, location.clone()) {
                let message = format!("a second row has the course `{}` with this date and agency", excerpt(&course));
                let twice = Diagnostic::new(Code::DuplicateRow, location, message);
                diagnostics.push(twice.related(first, "the first is here").help("combine the two rows, or remove one"));
                training.is_complete = false;
                continue;
            }
            training.sessions.push(reader.session(course, &mut resolver));
        }
        diagnostics.extend(resolver.unmatched());
        WithDiagnostics::new(training, diagnostics)
    }

    /// What all sessions come to.
    #[must_use]
    pub(crate) fn totals(&self) -> TrainingTotals {
        TrainingTotals::add_up(&self.sessions)
    }

    /// What the sessions of each course come to, in the order in which the courses come first.
    #[must_use]
    pub(crate) fn by_course(&self) -> Vec<(&Session, TrainingTotals)> {
        self.grouped(|session| normalize_name(&session.course))
    }

    /// What the sessions of each agency come to, in the order in which the agencies come first.
    #[must_use]
    pub(crate) fn by_agency(&self) -> Vec<(&Session, TrainingTotals)> {
        self.grouped(|session| {
            session.id.as_ref().map_or_else(|| format!("/{}", normalize_name(&session.agency)), ToString::to_string)
        })
    }

    /// The sessions that have a key in common: the first of them, and what they come to.
    fn grouped(&self, key: impl Fn(&Session) -> String) -> Vec<(&Session, TrainingTotals)> {
        let mut groups: Vec<Vec<&Session>> = Vec::new();
        let mut index: HashMap<String, usize> = HashMap::new();
        for session in &self.sessions {
            let at = *index.entry(key(session)).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[at].push(session);
        }
        groups.into_iter().map(|sessions| (sessions[0], TrainingTotals::add_up(sessions))).collect()
    }

    /// The totals that the file states, each with what its rows come to. A total of which some row could not be read is
    /// left out: it may be right.
    pub(crate) fn stated_counts(&self) -> impl Iterator<Item = StatedCount> {
        self.stated.iter().filter(|_| self.is_complete).filter_map(|total| {
            let name = COLUMNS[total.column].name;
            let count = |session: &Session| if total.column == PLACES { session.places } else { session.attended };
            if self.sessions.iter().any(|session| count(session).is_unreadable) {
                return None;
            }
            let counted = self.sessions.iter().filter_map(|session| count(session).value).map(u64::from).sum();
            Some(StatedCount {
                about: Subject { kind: SubjectKind::Column, id: None, text: name.to_owned() },
                location: total.location.clone(),
                stated: total.stated.into(),
                counted,
                of: name,
                in_words: format!("the total of `{name}` is {}, but its rows add up to {counted}", total.stated),
                help: format!("write {counted}, or correct the row that is wrong"),
            })
        })
    }
}

impl Session {
    /// How many people said that it changed their practice, where they were asked and it is known how many came.
    #[must_use]
    pub(crate) fn changed_practice(&self) -> Option<u32> {
        Some(self.changed?.people(self.attended.value?))
    }
}

impl TrainingTotals {
    fn add_up<'a>(sessions: impl IntoIterator<Item = &'a Session>) -> Self {
        let mut totals = Self::default();
        for session in sessions {
            totals.sessions += 1;
            let (places, attended) = (session.places.value, session.attended.value);
            if let Some(places) = places {
                totals.places = Some(totals.places.unwrap_or_default().saturating_add(places));
            }
            totals.attended = totals.attended.saturating_add(attended.unwrap_or_default());
            if let (Some(places), Some(attended)) = (places, attended) {
                totals.taken += Rate { attended, possible: places };
            }
            if let (Some(changed), Some(attended)) = (session.changed_practice(), attended) {
                totals.changed += Rate { attended: changed, possible: attended };
            }
        }
        totals
    }
}

impl Changed {
    /// How many people that is, of those who came.
    fn people(self, attended: u32) -> u32 {
        match self {
            Self::People(people) => people,
            Self::Percent(percent) => {
                let people = (u64::from(attended) * u64::from(percent) + 50) / 100;
                u32::try_from(people).unwrap_or(u32::MAX)
            }
        }
    }
}

/// Reads the session in one row.
struct SessionReader<'a> {
    cells: RowCells<'a, 6>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl SessionReader<'_> {
    /// Reports a cell by what is in it.
    fn bad_cell(&mut self, index: usize, problem: &str, help: &str) {
        let message = format!("`{}` {problem}", excerpt(self.cells.text(index)));
        self.diagnostics.extend(self.cells.bad_cell(index, message, help));
    }

    fn session(&mut self, course: String, resolver: &mut AgencyResolver<'_>) -> Session {
        if course.is_empty() {
            let help = "write the name of the course, or empty the row";
            self.diagnostics.extend(self.cells.bad_cell(COURSE, "this row does not name its course", help));
        }
        let (agency, location) = (self.cells.text(AGENCY).to_owned(), self.cells.location(AGENCY));
        let id = (!agency.is_empty()).then(|| resolver.resolve(&agency, &location, self.diagnostics)).flatten();
        let (places, attended) = (self.count(PLACES), self.count(ATTENDED));
        Session { course, date: self.date(), agency, id, places, attended, changed: self.changed(attended.value) }
    }

    fn date(&mut self) -> Option<MonthOrDate> {
        let text = self.cells.text(DATE);
        let date = dates::meant(text);
        if date.is_none() && !text.is_empty() {
            self.bad_cell(DATE, "is not a date", "write a month or a day, such as `2023-06` or `2023-06-12`");
        }
        date
    }

    fn count(&mut self, index: usize) -> CountCell {
        let Some(cell) = self.cells.cell(index) else { return CountCell::default() };
        if cell.is_malformed {
            return CountCell { value: None, is_unreadable: true };
        }
        let text = cell.text.trim();
        if matches!(text, "" | "-" | "–" | "—") {
            return CountCell::default();
        }
        let digits = text.replace(',', "");
        let value = digits.parse().ok().filter(|_| digits == text || group_digits(&digits) == text);
        if value.is_none() {
            self.bad_cell(index, "is not a count", "write a whole number, or leave the cell empty");
        }
        CountCell { value, is_unreadable: value.is_none() }
    }

    /// How many said that it changed their practice: a share such as `85%`, or a number of people.
    fn changed(&mut self, attended: Option<u32>) -> Option<Changed> {
        let text = self.cells.text(EVALUATED);
        let (number, is_share) = match text.strip_suffix('%') {
            Some(share) => (share.trim(), true),
            None => (text, false),
        };
        if matches!(number, "" | "-" | "–" | "—") {
            return None;
        }
        let Ok(number) = number.parse::<u32>() else {
            self.bad_cell(
                EVALUATED,
                "is neither a share nor a count",
                "write a share such as `85%`, or a number of people",
            );
            return None;
        };
        let most = if is_share { Some(100) } else { attended };
        if most.is_some_and(|most| number > most) {
            self.bad_cell(
                EVALUATED,
                "is more than everybody who came",
                "write how many of those who came, or their share",
            );
            return None;
        }
        Some(if is_share { Changed::Percent(number) } else { Changed::People(number) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;
    use crate::model::agency_index::tests::agencies;

    fn check(text: &str) -> (Training, String) {
        let table = columns::read_table(&RelPath::new("training.csv"), &text.into(), &TABLE, &[]).value;
        let checked = Training::assemble(&table, &agencies());
        let reported = checked
            .diagnostics
            .iter()
            .map(|found| format!("{} {}: {}", found.code, found.location.span.slice(text), found.message));
        (checked.value, reported.collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn sessions_add_up_by_course_and_by_agency() {
        let (training, reported) = check(
            "course,date,agency,places,attended,evaluated\nLevel 1,2019-06,TVP,20,18,50%\nlevel 1,12/09/2019,,30,30,\n\
             Neglect,,TVP,,\"1,200\",900\nTotal,,,50,1248,\n",
        );
        assert_eq!(reported, "");
        let totals = training.totals();
        assert_eq!((totals.sessions, totals.places, totals.attended), (3, Some(50), 1248));
        assert_eq!(totals.taken, Rate { attended: 48, possible: 50 });
        assert_eq!(totals.changed, Rate { attended: 909, possible: 1218 }, "nine of eighteen, and 900 of 1,200");
        let names = |groups: Vec<(&Session, TrainingTotals)>, name: fn(&Session) -> &str| {
            groups.iter().map(|(first, totals)| format!("{}:{}", name(first), totals.attended)).collect::<Vec<_>>()
        };
        assert_eq!(names(training.by_course(), |session| &session.course), ["Level 1:48", "Neglect:1200"]);
        assert_eq!(names(training.by_agency(), |session| &session.agency), ["TVP:1218", ":30"]);
        assert!(training.stated_counts().all(|count| count.stated == count.counted));
    }

    #[test]
    fn what_cannot_be_read_is_reported_and_no_total_of_it_checked() {
        let (training, reported) =
            check("course,date,places,attended,evaluated\nA,soon,x,5,6\n,2019-06,3,3,101%\nTotal,,9,9,\n");
        assert_eq!(
            reported.lines().collect::<Vec<_>>(),
            [
                "bad-cell x: `x` is not a count",
                "bad-cell soon: `soon` is not a date",
                "bad-cell 6: `6` is more than everybody who came",
                "bad-cell : this row does not name its course",
                "bad-cell 101%: `101%` is more than everybody who came",
            ]
        );
        let stated: Vec<_> = training.stated_counts().map(|count| count.in_words).collect();
        assert_eq!(stated, ["the total of `attended` is 9, but its rows add up to 8"]);
    }

    #[test]
    fn commas_only_group_thousands() {
        let (training, reported) = check("course,places,attended\nA,\"12,5\",\"1,200\"\nB,1200,\"1,2,3\"\n");
        assert_eq!(reported, "bad-cell \"12,5\": `12,5` is not a count\nbad-cell \"1,2,3\": `1,2,3` is not a count");
        assert_eq!((training.totals().places, training.totals().attended), (Some(1200), 1200));
    }

    #[test]
    fn a_row_is_counted_once() {
        let (training, reported) = check("course,date,attended\nA,2019-06,5\na,2019-06,5\n");
        assert_eq!(reported, "duplicate-row a: a second row has the course `a` with this date and agency");
        assert_eq!(training.totals().attended, 5);
    }
}

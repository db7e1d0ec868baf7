//! The year's tables as CSV according to RFC 4180: commas, CRLF line ends, quotation marks where needed, amounts as
//! plain numbers, and no cell that a spreadsheet would run as a formula.

use super::column_type::TableColumn;
use crate::model::attendance::AttendanceRecord;
use crate::model::indicators::published::{PublishedSeries, PublishedValue};
use crate::model::indicators::table as indicators;
use crate::model::money::{Amount, Budget, BudgetKind, BudgetLine, ContributionTable};
use crate::model::training::{Changed, Training};
use crate::model::year_data::YearFile;
use crate::model::{Report, Trends};
use crate::quantity::{Money, Presence};
use crate::source::files::Outcome;

/// A table that a year has.
pub(super) struct ExportedTable<'a> {
    pub(super) name: &'static str,
    /// The key of the text that names it on pages.
    pub(super) title: &'static str,
    pub(super) write: Box<dyn FnOnce() -> WrittenTable + 'a>,
}

/// The tables that a year has.
pub(super) fn tables(year: &Report) -> impl Iterator<Item = ExportedTable<'_>> {
    let table = |file: &YearFile| {
        let name = file.name().strip_prefix("data/")?;
        Some(match file {
            YearFile::Attendance => {
                let table = year.data.attendance.as_ref()?;
                ExportedTable { name, title: "attendance_file", write: Box::new(|| attendance(table)) }
            }
            YearFile::Contributions => {
                let table = year.data.contributions.as_ref()?;
                ExportedTable { name, title: "contributions_file", write: Box::new(|| contributions(table)) }
            }
            YearFile::Budget => {
                let table = year.data.budget.as_ref()?;
                ExportedTable { name, title: "budget_file", write: Box::new(|| budget(table)) }
            }
            YearFile::Training => {
                let table = year.data.training.as_ref()?;
                ExportedTable { name, title: "training_file", write: Box::new(|| training(table)) }
            }
            YearFile::Indicators => {
                let published = year.indicators.as_ref()?;
                ExportedTable { name, title: "indicators_file", write: Box::new(|| indicators(&published.series)) }
            }
            YearFile::Report | YearFile::Governance | YearFile::Reviews | YearFile::Decisions => return None,
        })
    };
    YearFile::ALL.iter().filter_map(table)
}

/// `attendance.csv`: a word for each cell instead of the various marks in the source.
#[must_use]
pub(crate) fn attendance(attendance: &AttendanceRecord) -> WrittenTable {
    let mut table = WrittenTable::default();
    let voting = attendance.has_voting.then(|| "voting".to_owned());
    let dates = attendance.meetings.iter().map(|meeting| meeting.date.to_string());
    table.row(["member".to_owned(), "organisation".to_owned()].into_iter().chain(voting).chain(dates));
    for member in &attendance.members {
        let voting = attendance.has_voting.then(|| match member.voting {
            Some(true) => "yes".to_owned(),
            Some(false) => "no".to_owned(),
            None => String::new(),
        });
        let cells = member.cells.iter().map(|(presence, deputy)| match (presence, deputy) {
            (Presence::Deputy, Some(name)) => format!("deputy: {name}"),
            (presence, _) => presence_word(*presence).to_owned(),
        });
        let names = [member.role.clone(), member.organisation.clone().unwrap_or_default()];
        table.row(names.into_iter().chain(voting).chain(cells));
    }
    table
}

/// The word for a presence; empty if there was no seat.
pub(super) fn presence_word(presence: Presence) -> &'static str {
    match presence {
        Presence::Present => "present",
        Presence::Deputy => "deputy",
        Presence::Apologies => "apologies",
        Presence::Absent => "absent",
        Presence::NoSeat => "",
        Presence::Unreadable => "unreadable",
    }
}

/// `contributions.csv`: every amount positive, and the totals that the report states.
#[must_use]
pub(crate) fn contributions(contributions: &ContributionTable) -> WrittenTable {
    let mut table = WrittenTable::default();
    let stated = contributions.stated.as_ref();
    let has_totals = contributions.rows.iter().any(|row| row.stated.is_some())
        || stated.is_some_and(|stated| stated.total.is_some());
    let has_notes = contributions.rows.iter().any(|row| row.note.is_some()) || stated.is_some_and(|s| s.note.is_some());
    let total = has_totals.then(|| "total".to_owned());
    let note = has_notes.then(|| "note".to_owned());
    table.row(["agency".to_owned()].into_iter().chain(contributions.funds.iter().cloned()).chain(total).chain(note));
    let mut row = |name: &str, amounts: &[Amount], total: Option<&Amount>, note: Option<&String>| {
        let total = has_totals.then(|| total.map(number).unwrap_or_default());
        let note = has_notes.then(|| note.cloned().unwrap_or_default());
        table.row([name.to_owned()].into_iter().chain(amounts.iter().map(number)).chain(total).chain(note));
    };
    for contribution in &contributions.rows {
        let note = contribution.note.as_ref();
        row(&contribution.agency, &contribution.amounts, contribution.stated.as_ref(), note);
    }
    if let Some(stated) = stated {
        row("total", &stated.amounts, stated.total.as_ref(), stated.note.as_ref());
    }
    table
}

/// `training.csv`, without the totals that the file states.
#[must_use]
fn training(training: &Training) -> WrittenTable {
    let mut table = WrittenTable::default();
    table.row(["course", "date", "agency", "places", "attended", "evaluated"].map(str::to_owned));
    for session in &training.sessions {
        let count = |count: Option<u32>| count.map_or_else(String::new, |count| count.to_string());
        table.row([
            session.course.clone(),
            session.date.map_or_else(String::new, |date| date.to_string()),
            session.agency.clone(),
            count(session.places.value),
            count(session.attended.value),
            session.changed.map_or_else(String::new, |changed| match changed {
                Changed::People(people) => people.to_string(),
                Changed::Percent(percent) => format!("{percent}%"),
            }),
        ]);
    }
    table
}

/// `indicators.csv`: what is published of the values, with `c` for those that are suppressed.
#[must_use]
pub(super) fn indicators(series: &[PublishedSeries]) -> WrittenTable {
    let mut table = WrittenTable::default();
    table.row(indicators::COLUMNS.map(|column| column.name.to_owned()));
    for series in series {
        for cell in &series.cells {
            table.row([
                series.indicator.id.to_string(),
                cell.period.to_string(),
                cell.breakdown.as_ref().map_or_else(String::new, ToString::to_string),
                match cell.value {
                    PublishedValue::Shown(number) => number.plain_with(series.indicator.decimals()),
                    PublishedValue::Suppressed => indicators::SUPPRESSED.to_owned(),
                    PublishedValue::Undefined => String::new(),
                },
                cell.note.clone(),
            ]);
        }
    }
    table
}

/// `budget.csv`: income, expenditure and the balance, in this order.
#[must_use]
pub(crate) fn budget(budget: &Budget) -> WrittenTable {
    let mut table = WrittenTable::default();
    table.row(["kind", "line", "amount", "note"].map(str::to_owned));
    let mut row = |kind: BudgetKind, line: &BudgetLine| {
        let note = line.note.clone().unwrap_or_default();
        table.row([kind.word().to_owned(), line.line.clone(), number(&line.amount), note]);
    };
    for (kind, lines) in [(BudgetKind::Income, &budget.income), (BudgetKind::Expenditure, &budget.expenditure)] {
        let totals = budget.totals.iter().filter(|(of, _)| *of == kind).map(|(_, line)| line);
        for line in lines.iter().chain(totals) {
            row(kind, line);
        }
    }
    for line in &budget.balances {
        row(BudgetKind::Balance, line);
    }
    table
}

/// `attendance.csv` of all years: attendance by year.
#[must_use]
pub(crate) fn attendance_trend(trends: &Trends) -> String {
    let mut table = WrittenTable::default();
    table.row(["year", "came", "seats", "rate"].map(str::to_owned));
    for (year, rate) in &trends.attendance {
        let per_cent = rate.per_mille().map(|tenths| format!("{}.{}%", tenths / 10, tenths % 10));
        table.row([year.clone(), rate.attended.to_string(), rate.possible.to_string(), per_cent.unwrap_or_default()]);
    }
    table.text
}

/// `contributions.csv` of all years: the amounts paid into each fund.
#[must_use]
pub(crate) fn contributions_trend(trends: &Trends) -> String {
    let mut table = WrittenTable::default();
    let ends = |first: &str, middle: Vec<String>, last: String| [vec![first.to_owned()], middle, vec![last]].concat();
    table.row(ends("year", trends.funds.clone(), "total".to_owned()));
    for (year, amounts) in &trends.contributions {
        let total = amounts.iter().flatten().sum();
        let paid = amounts.iter().map(|amount| amount.map(pounds).unwrap_or_default());
        table.row(ends(year, paid.collect(), pounds(total)));
    }
    table.text
}

/// `budget.csv` of all years: income and expenditure.
#[must_use]
pub(crate) fn budget_trend(trends: &Trends) -> String {
    let mut table = WrittenTable::default();
    table.row(["year", "income", "expenditure", "balance"].map(str::to_owned));
    for (year, income, expenditure) in &trends.budgets {
        let left = income.zip(*expenditure).map(|(income, expenditure)| income.saturating_sub(expenditure));
        let formatted = |amount: Option<Money>| amount.map(pounds).unwrap_or_default();
        table.row([year.clone(), formatted(*income), formatted(*expenditure), formatted(left)]);
    }
    table.text
}

/// `commitments.csv` of all years: the number of commitments with each outcome.
#[must_use]
pub(crate) fn commitments_trend(trends: &Trends) -> String {
    let mut table = WrittenTable::default();
    let outcomes = Outcome::WORDS.iter().copied();
    table.row(["year"].into_iter().chain(outcomes).chain(["unanswered", "not-due", "total"]).map(str::to_owned));
    for (year, kept) in &trends.commitments {
        let counts = kept.outcomes.into_iter().chain([kept.unanswered, kept.not_due, kept.made()]);
        table.row([year.clone()].into_iter().chain(counts.map(|count| count.to_string())));
    }
    table.text
}

/// An amount as a plain number of pounds; empty if none was given.
fn number(amount: &Amount) -> String {
    amount.value.map(pounds).unwrap_or_default()
}

/// An amount in pounds with two decimals: `1234.50`.
pub(super) fn pounds(money: Money) -> String {
    let sign = if money.pence < 0 { "-" } else { "" };
    let pence = money.pence.unsigned_abs();
    format!("{sign}{}.{:02}", pence / 100, pence % 100)
}

/// The text of a table so far.
#[derive(Default)]
pub(super) struct WrittenTable {
    pub(super) text: String,
    /// Its columns, by the first row.
    pub(super) columns: Vec<TableColumn>,
}

impl WrittenTable {
    fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let is_header = self.text.is_empty();
        for (column, cell) in cells.into_iter().enumerate() {
            if column > 0 {
                self.text.push(',');
            }
            self.cell(&cell);
            if is_header {
                self.columns.push(TableColumn::new(&cell));
            } else if let Some(column) = self.columns.get_mut(column) {
                column.add(&cell);
            }
        }
        self.text.push_str("\r\n");
    }

    fn cell(&mut self, text: &str) {
        // Spreadsheets run text that begins like this as a formula, even within quotation marks.
        let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(text);
        let is_quoted = text.contains([',', '"', '\r', '\n']) || text != text.trim();
        let mark = if is_quoted { "\"" } else { "" };
        self.text.push_str(mark);
        if is_formula {
            self.text.push('\'');
        }
        self.text.push_str(&text.replace('"', "\"\""));
        self.text.push_str(mark);
    }
}

/// Whether a text is a plain number, with or without a sign.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{RelPath, WithDiagnostics};
    use crate::model::attendance::assemble;
    use crate::source::csv::CsvTable;

    fn read(text: &str) -> CsvTable {
        let parsed = CsvTable::parse(&RelPath::new("a.csv"), &text.into(), &[]);
        assert_eq!(parsed.diagnostics, []);
        parsed.value
    }

    fn sound<T>(checked: WithDiagnostics<T>) -> T {
        assert_eq!(checked.diagnostics, []);
        checked.value
    }

    #[test]
    fn tables_are_cleaned_and_mean_the_same() {
        let written = attendance(&sound(assemble(
            &read("member;organisation;voting;Jun-19;01/07/2019\nCEO;\"Council; the\";YES;✓;d: Jo\nChair;;;X\n"),
            &[],
            &[],
        )));
        let expected = "member,organisation,voting,2019-06,2019-07\r\nCEO,Council; the,yes,present,deputy: Jo\r\nChair,,,absent,\r\n";
        assert_eq!(written.text, expected);
        assert_eq!(attendance(&sound(assemble(&read(&written.text), &[], &[]))).text, written.text);

        let written = contributions(&sound(ContributionTable::assemble(
            &read(
                "Agency,Children, adults ,TOTAL,note\nA,\"-1,234\",,\"-1,234\",\"a, \"\"b\"\"\"\nTotal,(1234.50),,,\n",
            ),
            &[],
        )));
        let expected =
            "agency,Children,adults,total,note\r\nA,1234.00,,1234.00,\"a, \"\"b\"\"\"\r\ntotal,1234.50,,,\r\n";
        assert_eq!(written.text, expected);
        assert_eq!(contributions(&sound(ContributionTable::assemble(&read(&written.text), &[]))).text, written.text);

        let written = budget(&sound(Budget::assemble(&read(
            "kind,line,amount\nbalance,,-5\nexpenditure,Pay,15\nincome,Total,10\nIncome,Grant,£10\n",
        ))));
        let expected = "kind,line,amount,note\r\nincome,Grant,10.00,\r\nincome,Total,10.00,\r\nexpenditure,Pay,15.00,\r\nbalance,,-5.00,\r\n";
        assert_eq!(written.text, expected);
        assert_eq!(budget(&sound(Budget::assemble(&read(&written.text)))).text, written.text);
    }

    #[test]
    fn no_cell_runs_in_a_spreadsheet() {
        let cell = |text: &str| {
            let mut table = WrittenTable::default();
            table.cell(text);
            table.text
        };
        for formula in ["=1+1", "+SUM(A1)", "-A1", "@x", "\tx", "-", "=cmd|' /C calc'!A0"] {
            assert!(cell(formula).trim_start_matches('"').starts_with('\''), "{formula}");
        }
        assert_eq!(cell("=\"a\",b"), "\"'=\"\"a\"\",b\"");
        for plain in ["-5.00", "5", "+5", "a=b", "x - y", ""] {
            assert_eq!(cell(plain), plain);
        }
    }
}

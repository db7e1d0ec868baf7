//! Compares stated totals with the sums of their cells, to the penny and to the seat.
//!
//! A stated figure is compared only with cells, never with another stated figure, so one wrong figure is one
//! diagnostic. If a cell has a diagnostic of its own, no total that includes it is checked.

use crate::diagnostic::{Code, Diagnostic, Location, SubjectKind};
use crate::model::Report;
use crate::model::money::{Amount, Budget, BudgetKind, BudgetLine, Contribution, ContributionTable, sum};
use crate::model::normalize::normalize_name;
use crate::model::stated_count::StatedCount;
use crate::quantity::Money;

/// `total-mismatch` of one year.
#[must_use]
pub(crate) fn check(report: &Report) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(contributions) = &report.data.contributions {
        check_contributions(contributions, &mut found);
    }
    if let Some(budget) = &report.data.budget {
        check_budget(budget, report.data.contributions.as_ref(), &mut found);
    }
    found.extend(report.data.stated_counts().iter().filter_map(check_count));
    found
}

/// A stated figure that differs from the sum of its cells.
struct Mismatch<'a> {
    stated: &'a Amount,
    /// The stated figure: ``the total of the column `children` ``.
    what: String,
    /// The row or column that it is the total of, unless that is the whole table.
    about: Option<(SubjectKind, &'a str)>,
    /// What was added up, with its verb: `its cells add up to`.
    cells: &'static str,
    money: Money,
    sum: Money,
    /// The first and the last cell that were added up.
    ends: Vec<(&'a Location, &'static str)>,
}

impl<'a> Mismatch<'a> {
    /// Compares a stated figure with a sum; `None` if they agree or one of them is not certain.
    fn find(
        stated: &'a Amount,
        sum: Option<Money>,
        what: impl FnOnce() -> String,
        cells: &'static str,
    ) -> Option<Self> {
        let (money, sum) = (stated.value?, sum?);
        (money != sum).then(|| Self { stated, what: what(), about: None, cells, money, sum, ends: Vec::new() })
    }

    /// Sets the row or column that the figure is the total of.
    fn about(mut self, kind: SubjectKind, name: &'a str) -> Self {
        self.about = Some((kind, name));
        self
    }

    /// Sets the first and the last of the cells.
    fn between(mut self, mut cells: impl DoubleEndedIterator<Item = &'a Amount>) -> Self {
        if let (Some(first), Some(last)) = (cells.next(), cells.next_back()) {
            self.ends =
                vec![(&first.location, "the cells that were added up start here"), (&last.location, "and end here")];
        }
        self
    }

    /// The sum minus the stated figure.
    fn difference(&self) -> Money {
        self.sum.saturating_sub(self.money)
    }

    fn diagnostic(&self) -> Diagnostic {
        let difference = self.difference();
        let more = if difference.pence > 0 { "more" } else { "less" };
        let message =
            format!("{} is {}, but {} {}: {} {more}", self.what, self.money, self.cells, self.sum, difference.abs());
        let mut diagnostic = Diagnostic::new(Code::TotalMismatch, self.stated.location.clone(), message);
        if let Some((kind, name)) = self.about {
            diagnostic = diagnostic.about(kind, name);
        }
        for figure in [self.money, self.sum, difference.abs()] {
            diagnostic = diagnostic.about(SubjectKind::Figure, figure);
        }
        for (location, label) in &self.ends {
            diagnostic = diagnostic.related((*location).clone(), *label);
        }
        diagnostic.help(format!("write {}, or correct the figure that is wrong", self.sum))
    }
}

/// The sum of some cells; `None` if one of them could not be read.
fn certain_sum<'a>(cells: impl Iterator<Item = &'a Amount> + Clone) -> Option<Money> {
    (!cells.clone().any(|cell| cell.unreadable)).then(|| sum(cells))
}

/// Checks row totals, column totals and the grand total.
fn check_contributions(contributions: &ContributionTable, found: &mut Vec<Diagnostic>) {
    if contributions.funds.is_empty() {
        // Without funds there are no cells, which has its own diagnostic.
        return;
    }
    let rows = contributions.rows.iter();
    let row_mismatches = rows.enumerate().filter_map(|(index, row)| {
        let what = || format!("the total of the row `{}`", row.written);
        Some((
            index,
            Mismatch::find(row.stated.as_ref()?, certain_sum(row.amounts.iter()), what, "its cells add up to")?
                .about(SubjectKind::Row, &row.written),
        ))
    });
    let row_mismatches: Vec<(usize, Mismatch)> = row_mismatches.collect();
    let stated = contributions.stated.as_ref();
    let column_mismatches =
        stated.into_iter().flat_map(|stated| stated.amounts.iter().enumerate()).filter_map(|(index, stated)| {
            let cells = || contributions.rows.iter().filter_map(move |row| row.amounts.get(index));
            let what = || format!("the total of the column `{}`", contributions.funds[index]);
            let mismatch = Mismatch::find(stated, fund_sum(contributions, index), what, "its cells add up to")?;
            Some((index, mismatch.about(SubjectKind::Column, &contributions.funds[index]).between(cells())))
        });
    let column_mismatches: Vec<(usize, Mismatch)> = column_mismatches.collect();
    // If one row and one column are out by the same amount, the cell where they cross is probably wrong.
    let crossing = match (row_mismatches.as_slice(), column_mismatches.as_slice()) {
        ([(row, of_row)], [(column, of_column)]) if of_row.difference() == of_column.difference() => {
            contributions.rows[*row].amounts.get(*column)
        }
        _ => None,
    };
    let total = stated.and_then(|stated| {
        let what = || "the total of all contributions".to_owned();
        Mismatch::find(stated.total.as_ref()?, total_sum(contributions), what, "the cells add up to")
    });
    let total = total.map(|total| total.between(contributions.rows.iter().flat_map(|row| &row.amounts)));
    let mismatches = row_mismatches.iter().chain(&column_mismatches).map(|(_, mismatch)| mismatch);
    found.extend(mismatches.chain(&total).map(|mismatch| {
        let diagnostic = mismatch.diagnostic();
        match crossing {
            Some(cell) => diagnostic.related(
                cell.location.clone(),
                "its row and its column are out by the same amount: check this cell first",
            ),
            None => diagnostic,
        }
    }));
}

/// The sum of a fund's cells; `None` if it is not certain.
fn fund_sum(contributions: &ContributionTable, fund: usize) -> Option<Money> {
    let counts = |row: &Contribution| !row.is_repeated || row.amounts.get(fund).is_none_or(|cell| cell.value.is_none());
    let is_certain = contributions.is_complete && contributions.rows.iter().all(counts);
    is_certain.then(|| certain_sum(contributions.rows.iter().filter_map(move |row| row.amounts.get(fund))))?
}

/// The sum of all cells; `None` if it is not certain.
fn total_sum(contributions: &ContributionTable) -> Option<Money> {
    let mut total = contributions.is_complete.then(Money::default)?;
    for fund in 0..contributions.funds.len() {
        total = total.saturating_add(fund_sum(contributions, fund)?);
    }
    Some(total)
}

/// Checks the income line `Contributions`, the totals of income and expenditure, and the balances.
fn check_budget(budget: &Budget, contributions: Option<&ContributionTable>, found: &mut Vec<Diagnostic>) {
    let is_contributions = |line: &&BudgetLine| normalize_name(&line.line) == "contributions";
    let mismatch = budget.income.iter().find(is_contributions).zip(contributions).and_then(|(line, contributions)| {
        let what = || format!("the income line `{}`", line.line);
        let mismatch =
            Mismatch::find(&line.amount, total_sum(contributions), what, "the cells of contributions.csv add up to")?;
        let mismatch = mismatch.about(SubjectKind::Row, &line.line);
        Some(mismatch.between(contributions.rows.iter().flat_map(|row| &row.amounts)))
    });
    found.extend(mismatch.as_ref().map(Mismatch::diagnostic));
    // If that line is wrong, the stated total of income may have been calculated with the right figure.
    let correction = mismatch.map_or(Money::default(), |mismatch| mismatch.difference());
    let lines_of = |kind| match kind {
        BudgetKind::Expenditure => &budget.expenditure,
        BudgetKind::Income | BudgetKind::Balance => &budget.income,
    };
    let sum_of = |kind| {
        let cells = lines_of(kind).iter().map(|line| &line.amount);
        budget.is_complete.then(|| certain_sum(cells)).flatten()
    };
    for (kind, total) in &budget.totals {
        let what = || format!("the total of {}", kind.word());
        let Some(mismatch) = Mismatch::find(&total.amount, sum_of(*kind), what, "its lines add up to") else {
            continue;
        };
        if *kind == BudgetKind::Expenditure || mismatch.difference().saturating_add(correction) != Money::default() {
            let mismatch = mismatch.about(SubjectKind::Row, kind.word());
            found.push(mismatch.between(lines_of(*kind).iter().map(|line| &line.amount)).diagnostic());
        }
    }
    let difference = sum_of(BudgetKind::Income).zip(sum_of(BudgetKind::Expenditure)).map(|(i, e)| i.saturating_sub(e));
    for balance in &budget.balances {
        let named = if balance.line.is_empty() { "balance" } else { &balance.line };
        let what = || format!("the balance `{named}`");
        let Some(mismatch) = Mismatch::find(&balance.amount, difference, what, "income minus expenditure is") else {
            continue;
        };
        if mismatch.difference().saturating_add(correction) != Money::default() {
            let lines = budget.income.iter().chain(&budget.expenditure).map(|line| &line.amount);
            found.push(mismatch.about(SubjectKind::Row, named).between(lines).diagnostic());
        }
    }
}

/// Compares a stated number of seats, places or people with the number counted.
fn check_count(count: &StatedCount) -> Option<Diagnostic> {
    let StatedCount { stated, counted, .. } = *count;
    let more = if counted > stated { "more" } else { "fewer" };
    let message = format!("{}: {} {more}", count.in_words, counted.abs_diff(stated));
    (counted != stated).then(|| {
        let mut mismatch = Diagnostic::new(Code::TotalMismatch, count.location.clone(), message);
        mismatch.about.push(count.about.clone());
        let mismatch = mismatch.about(SubjectKind::Figure, stated).about(SubjectKind::Figure, counted);
        mismatch.help(count.help.as_str()).about(SubjectKind::Figure, counted.abs_diff(stated))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{LineIndex, RelPath, Span};
    use crate::model::columns::{BUDGET_TABLE, CONTRIBUTIONS_TABLE, TableFormat, read_table};
    use crate::model::governance::{Governance, assemble};
    use crate::source::files::GovernanceFile;
    use crate::source::yaml::read_document;

    /// The mismatches in both files, contributions first; an empty text means that there is no budget.
    fn check(contributions: &str, budget: &str) -> String {
        let mut found = Vec::new();
        let read = |name: &str, text: &str, format: &TableFormat| {
            read_table(&RelPath::new(name), &text.into(), format, &[]).value
        };
        let assembled =
            ContributionTable::assemble(&read("contributions.csv", contributions, &CONTRIBUTIONS_TABLE), &[]).value;
        check_contributions(&assembled, &mut found);
        if !budget.is_empty() {
            let with = (contributions != "no file").then_some(&assembled);
            check_budget(&Budget::assemble(&read("budget.csv", budget, &BUDGET_TABLE)).value, with, &mut found);
        }
        let location = |location: &Location| {
            let text = if location.file.as_str() == "budget.csv" { budget } else { contributions };
            let position = LineIndex::new(text).position(location.span.start);
            format!("{} {}:{}", location.file.stem(), position.line, position.column)
        };
        let shown = found.iter().map(|d| format!("{}: {}", location(&d.location), d.message));
        shown.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_worked_example_has_one_wrong_total() {
        let contributions = include_str!("../../content/2019-20/data/contributions.csv");
        let budget = include_str!("../../content/2019-20/data/budget.csv");
        assert_eq!(
            check(contributions, budget),
            "contributions 13:7: the total of the column `children` is £187,617, but its cells add up to £197,617: £10,000 more"
        );
    }

    #[test]
    fn every_stated_figure_is_checked_to_the_penny() {
        assert_eq!(check("agency,a,b,total\nx,1,2.50,3.50\ny,,1,1\nTotal,1,3.50,4.50\n", ""), "");
        assert_eq!(
            check("agency,a,b,total\nx,1,2.50,3.49\ny,,1,1\nTotal,2,3.50,4.40\n", ""),
            "contributions 2:10: the total of the row `x` is £3.49, but its cells add up to £3.50: £0.01 more\n\
             contributions 4:7: the total of the column `a` is £2, but its cells add up to £1: £1 less\n\
             contributions 4:14: the total of all contributions is £4.40, but the cells add up to £4.50: £0.10 more"
        );
        assert_eq!(
            check(
                "no file",
                "kind,line,amount\nincome,Grant,10\nexpenditure,Pay,4\nincome,Total,11\nbalance,Left,5\nbalance,Carried,6\n"
            ),
            "budget 4:14: the total of income is £11, but its lines add up to £10: £1 less\n\
             budget 5:14: the balance `Left` is £5, but income minus expenditure is £6: £1 more"
        );
    }

    #[test]
    fn one_wrong_figure_between_the_files_is_one_diagnostic() {
        let contributions = "agency,a\nx,10\n";
        let expected = "budget 2:22: the income line `Contributions` is £11, but the cells of contributions.csv add up to £10: £1 less";
        assert_eq!(check(contributions, "kind,line,amount\nincome,contributions,10\nbalance,,10\n"), "");
        assert_eq!(check(contributions, "kind,line,amount\nincome,Contributions,11\nbalance,,10\n"), expected);
        assert_eq!(check(contributions, "kind,line,amount\nincome,Contributions,11\nbalance,,11\n"), expected);
        assert_eq!(check(contributions, "kind,line,amount\nincome,Contributions,11\nbalance,,12\n").lines().count(), 2);
        assert_eq!(
            check("no file", "kind,line,amount\nincome,Contributions,11\n"),
            "",
            "without the file there is nothing to compare"
        );
    }

    #[test]
    fn uncertain_sums_are_not_checked() {
        for contributions in [
            "agency,a,b,total\nx,one,2,9\ny,1,1,2\nTotal,9,3,9\n",
            "agency,a,b,total\nx,1,2,3\ny,-1,1,2\nTotal,9,3,9\n",
            "agency,a,b,total\nx,1,2,3\nx,1,,1\nTotal,9,2,9\n",
            "agency,a,b,total\nx,1,2,3,4\nTotal,9,9,9\n",
            "agency,a,b,total\nTotal,9,9,9\nx,1,2,3\ny,\"1\n",
            "",
        ] {
            assert_eq!(
                check(contributions, "kind,line,amount\nincome,Contributions,99\nbalance,,99\n"),
                "",
                "{contributions}"
            );
        }
        for budget in [
            "kind,line,amount\nincome,Grant,x\nbalance,,9\n",
            "kind,line,amount\nincom,Grant,1\nbalance,,9\n",
            "kind,line,amount\nincome,Grant,1\nincome,Grant,1\nbalance,,9\n",
            "kind,line,amount\nincome,Grant,1\nbalance,,x\n",
            "kind,line,amount\nincome,Grant,1,234\nbalance,,9\n",
            "kind,line,amount\nincome,Grant,1\nbalance,,9\nincome,\"\n",
            "kind,line\nincome,Grant\nbalance,,9\n",
        ] {
            assert_eq!(check("no file", budget), "", "{budget}");
        }
    }

    #[test]
    fn a_wrong_cell_is_pointed_at_by_its_row_and_column() {
        let text = "agency,a,b,total\nx,1,2,3\ny,5,1,2\nTotal,2,3,5\n";
        let table = read_table(&RelPath::new("contributions.csv"), &text.into(), &CONTRIBUTIONS_TABLE, &[]).value;
        let mut found = Vec::new();
        check_contributions(&ContributionTable::assemble(&table, &[]).value, &mut found);
        assert_eq!(found.len(), 3);
        let crossing = text.find("5,1").unwrap();
        for diagnostic in found {
            assert_eq!(diagnostic.related.last().unwrap().0.span, Span::new(crossing, crossing + 1));
        }
    }

    #[test]
    fn seats_are_counted() {
        let seats = |members: &str| {
            let text = format!("bodies:\n  - {{id: hwb, name: Health Board, seats: 5, members: [{members}]}}\n");
            let file = RelPath::new("governance.yaml");
            let written: GovernanceFile = read_document(&file, &text, Span::new(0, text.len())).value;
            let governance: Governance = assemble(&file, &written, &[], true, &[]).value;
            let found = governance.stated_counts().filter_map(|count| check_count(&count));
            found.map(|d| format!("{} {}", d.location.span.slice(&text), d.message)).collect::<Vec<_>>().concat()
        };
        assert_eq!(seats("A, {name: B, seats: 4}"), "");
        assert_eq!(
            seats("A, B"),
            "5 `Health Board` has 5 seats according to this file, but its members hold 2: 3 fewer"
        );
        assert_eq!(
            seats("A, {name: B, seats: 5}"),
            "5 `Health Board` has 5 seats according to this file, but its members hold 6: 1 more"
        );
        assert_eq!(seats("A, {name: B, seats: four}"), "", "a number that cannot be read has its own diagnostic");
        assert_eq!(seats(""), "", "members that are not listed cannot be counted");
    }
}

//! The budget page: contributions, income and expenditure.

use crate::model::Budget;
use crate::model::money::{Amount, BudgetKind, BudgetLine, ContributionTable};
use crate::quantity::Money;
use crate::render::context::YearContext;
use crate::render::view::data::{BudgetView, ContributionView, ContributionsView, LineView, LinesView};
use crate::render::view::shared::LinkView;

pub(crate) fn view(year: &YearContext<'_>) -> BudgetView {
    let report = year.report;
    let file = |there: bool, name: &str| if there { year.routes.data(name).to_string() } else { String::new() };
    let contributions = report.data.contributions.as_ref().filter(|table| !table.rows.is_empty());
    let budget = report.data.budget.as_ref();
    BudgetView {
        contributions: contributions.map(|table| paid(year, table)),
        contributions_chart: year.charts().contributions.clone(),
        balance_chart: year.charts().balance.clone(),
        income: budget.and_then(|budget| lines(budget, BudgetKind::Income, budget.total_income())),
        expenditure: budget.and_then(|budget| lines(budget, BudgetKind::Expenditure, budget.total_expenditure())),
        balance: budget.and_then(|budget| balance(year, budget)),
        contributions_csv: file(contributions.is_some(), "contributions.csv"),
        budget_csv: file(budget.is_some(), "budget.csv"),
    }
}

fn paid(year: &YearContext<'_>, table: &ContributionTable) -> ContributionsView {
    let words = year.site.words;
    let rows: Vec<ContributionView> = table
        .rows
        .iter()
        .map(|row| ContributionView {
            agency: year.written_link(&row.agency, row.id.as_ref()),
            amounts: row.amounts.iter().map(amount).collect(),
            total: row.stated.as_ref().and_then(|stated| stated.value).unwrap_or_else(|| row.total()).to_string(),
            note: row.note.clone().unwrap_or_default(),
        })
        .collect();
    let mut differences = Vec::new();
    let mut total = |stated: Option<&Amount>, computed: Money, what: &str| {
        let stated = stated.and_then(|stated| stated.value);
        if let Some(stated) = stated.filter(|stated| *stated != computed) {
            let given = [("stated", stated.to_string()), ("computed", computed.to_string())];
            let given = [("what", what), ("stated", given[0].1.as_str()), ("computed", given[1].1.as_str())];
            differences.push(words.say("difference", &given));
        }
        stated.unwrap_or(computed).to_string()
    };
    let stated = table.stated.as_ref();
    let funds = table.funds.iter().enumerate();
    let amounts = funds
        .map(|(at, fund)| total(stated.and_then(|stated| stated.amounts.get(at)), table.fund_total(at), fund))
        .collect();
    let all = total(stated.and_then(|stated| stated.total.as_ref()), table.total(), words.text("all_funds"));
    let note = stated.and_then(|stated| stated.note.clone()).unwrap_or_default();
    ContributionsView {
        funds: table.funds.clone(),
        has_notes: !note.is_empty() || rows.iter().any(|row| !row.note.is_empty()),
        totals: ContributionView { agency: LinkView::default(), amounts, total: all, note },
        rows,
        differences,
    }
}

/// An amount as the table shows it; empty if none was given.
fn amount(amount: &Amount) -> String {
    amount.value.map(|money| money.to_string()).unwrap_or_default()
}

/// The lines of a kind with their total: the one stated in the file, or else the sum of the lines.
fn lines(budget: &Budget, kind: BudgetKind, computed: Money) -> Option<LinesView> {
    let lines = match kind {
        BudgetKind::Income => &budget.income,
        BudgetKind::Expenditure | BudgetKind::Balance => &budget.expenditure,
    };
    let stated = budget.totals.iter().rev().find(|(of, _)| *of == kind).and_then(|(_, line)| line.amount.value);
    let shown: Vec<LineView> = lines.iter().map(line).collect();
    let has_notes = shown.iter().any(|line| !line.note.is_empty());
    (!shown.is_empty()).then(|| LinesView { lines: shown, total: stated.unwrap_or(computed).to_string(), has_notes })
}

fn line(line: &BudgetLine) -> LineView {
    LineView { line: line.line.clone(), amount: amount(&line.amount), note: line.note.clone().unwrap_or_default() }
}

/// The balance: the one stated in the file, or else income less expenditure.
fn balance(year: &YearContext<'_>, budget: &Budget) -> Option<LineView> {
    match budget.balances.last() {
        Some(stated) if stated.amount.value.is_some() => Some(line(stated)),
        // If one side is not given, the balance is unknown.
        _ if budget.income.is_empty() || budget.expenditure.is_empty() => None,
        _ => Some(LineView {
            line: year.site.words.text("balance").to_owned(),
            amount: budget.computed_balance().to_string(),
            note: String::new(),
        }),
    }
}

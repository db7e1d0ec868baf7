//! The budget page: contributions, income and expenditure.

use std::cmp::Reverse;

use crate::locale::{PoundsFormat, capitalised};
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
    let amounts = table.rows.iter().flat_map(|row| &row.amounts).filter_map(|amount| amount.value);
    let format = PoundsFormat::for_amounts(amounts);
    // In the order of the chart above: who paid most comes first.
    let mut ranked: Vec<_> = table.rows.iter().collect();
    ranked.sort_by_key(|row| Reverse(row.total()));
    let rows: Vec<ContributionView> = ranked
        .into_iter()
        .map(|row| ContributionView {
            agency: year.written_link(&row.agency, row.id.as_ref()),
            amounts: row.amounts.iter().map(|one| amount(one, format)).collect(),
            total: format.text(row.stated.as_ref().and_then(|stated| stated.value).unwrap_or_else(|| row.total())),
            note: row.note.clone().unwrap_or_default(),
        })
        .collect();
    let mut differences = Vec::new();
    let mut total = |stated: Option<&Amount>, computed: Money, what: &str| {
        let stated = stated.and_then(|stated| stated.value);
        if let Some(stated) = stated.filter(|stated| *stated != computed) {
            let given = [("what", what), ("stated", &format.text(stated)), ("computed", &format.text(computed))];
            differences.push(words.say("difference", &given));
        }
        format.text(stated.unwrap_or(computed))
    };
    let stated = table.stated.as_ref();
    let funds = table.funds.iter().enumerate();
    let amounts = funds
        .map(|(at, fund)| total(stated.and_then(|stated| stated.amounts.get(at)), table.fund_total(at), fund))
        .collect();
    let all = total(stated.and_then(|stated| stated.total.as_ref()), table.total(), words.text("all_funds"));
    let note = stated.and_then(|stated| stated.note.clone()).unwrap_or_default();
    ContributionsView {
        funds: table.funds.iter().map(|fund| capitalised(fund)).collect(),
        has_notes: !note.is_empty() || rows.iter().any(|row| !row.note.is_empty()),
        totals: ContributionView { agency: LinkView::default(), amounts, total: all, note },
        rows,
        differences,
    }
}

/// An amount as the table shows it; empty if none was given.
fn amount(amount: &Amount, format: PoundsFormat) -> String {
    amount.value.map(|amount| format.text(amount)).unwrap_or_default()
}

/// The lines of a kind with their total: the one stated in the file, or else the sum of the lines.
fn lines(budget: &Budget, kind: BudgetKind, computed: Money) -> Option<LinesView> {
    let lines = match kind {
        BudgetKind::Income => &budget.income,
        BudgetKind::Expenditure | BudgetKind::Balance => &budget.expenditure,
    };
    let stated = budget.totals.iter().rev().find(|(of, _)| *of == kind).and_then(|(_, line)| line.amount.value);
    let format = budget_format(budget);
    let shown: Vec<LineView> = lines.iter().map(|one| line(one, format)).collect();
    let has_notes = shown.iter().any(|line| !line.note.is_empty());
    (!shown.is_empty()).then(|| LinesView { lines: shown, total: format.text(stated.unwrap_or(computed)), has_notes })
}

/// The format of all amounts of the budget.
fn budget_format(budget: &Budget) -> PoundsFormat {
    let lines = budget.income.iter().chain(&budget.expenditure);
    PoundsFormat::for_amounts(lines.filter_map(|line| line.amount.value))
}

fn line(line: &BudgetLine, format: PoundsFormat) -> LineView {
    LineView {
        line: line.line.clone(),
        amount: amount(&line.amount, format),
        note: line.note.clone().unwrap_or_default(),
    }
}

/// The balance: the one stated in the file, or else income less expenditure.
fn balance(year: &YearContext<'_>, budget: &Budget) -> Option<LineView> {
    match budget.balances.last() {
        Some(stated) if stated.amount.value.is_some() => {
            let mut stated = line(stated, budget_format(budget));
            // A balance needs no name in the file, but readers need one.
            if stated.line.is_empty() {
                year.site.words.text("balance").clone_into(&mut stated.line);
            }
            Some(stated)
        }
        // If one side is not given, the balance is unknown.
        _ if budget.income.is_empty() || budget.expenditure.is_empty() => None,
        _ => Some(LineView {
            line: year.site.words.text("balance").to_owned(),
            amount: budget_format(budget).text(budget.computed_balance()),
            note: String::new(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use crate::options::Options;
    use crate::pipeline::{BuildCache, build_in_memory};
    use crate::source::SourceTree;

    /// The page of a budget.
    fn page(budget: &str) -> String {
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: S\nbase_url: https://s.example\n"),
            (
                "content/2023-24/report.yaml",
                "title: T\nperiod: {from: 2023-04-01, to: 2024-03-31}\nboards: []\nagencies: []\n",
            ),
            ("content/2023-24/data/budget.csv", budget),
        ]);
        let built = build_in_memory(&tree, &Options::new(jiff::civil::date(2024, 9, 1)), &mut BuildCache::none());
        let page = built.output.files.iter().find(|(file, _)| file.as_str() == "2023-24/budget/index.html");
        String::from_utf8(page.expect("the year has a budget").1.to_vec()).unwrap()
    }

    #[test]
    fn a_balance_has_a_name() {
        for (line, name) in [("", "Balance"), ("Carried forward", "Carried forward")] {
            let page = page(&format!("kind,line,amount\nincome,Levy,40\nexpenditure,Staff,30\nbalance,{line},10\n"));
            assert!(page.contains(&format!("<b>£10</b> {name}</p>")), "{page}");
        }
    }

    #[test]
    fn negative_amounts_look_the_same_in_tables_and_charts() {
        let page = page("kind,line,amount\nincome,Levy,40\nincome,Refund,-5\nexpenditure,Staff,60\n");
        for amount in [">−£5<", ">−£25<"] {
            assert!(page.contains(amount), "{amount}: {page}");
        }
        assert!(!page.contains("-£"), "{page}");
    }
}

//! Income, expenditure and the balance: `budget.csv`.

use std::collections::HashMap;

use super::{Amount, note, sum};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, WithDiagnostics, excerpt, quoted_choice};
use crate::model::columns::{self, Columns};
use crate::model::normalize::normalize_name;
use crate::quantity::Money;
use crate::source::csv::{CsvCell, CsvTable};

/// The kind of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum BudgetKind {
    /// Money that came in.
    Income,
    /// Money that went out.
    Expenditure,
    /// Income less expenditure.
    Balance,
}

impl BudgetKind {
    /// The words for the kinds in the file.
    const WORDS: [&'static str; 3] = ["income", "expenditure", "balance"];

    /// Parses the kind in a cell.
    fn parse(text: &str) -> Option<Self> {
        match normalize_name(text).as_str() {
            "income" => Some(Self::Income),
            "expenditure" => Some(Self::Expenditure),
            "balance" => Some(Self::Balance),
            _ => None,
        }
    }

    /// The word for it in the file.
    #[must_use]
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Income => "income",
            Self::Expenditure => "expenditure",
            Self::Balance => "balance",
        }
    }
}

/// The contents of `budget.csv`.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    /// Lines of income, in order.
    pub income: Vec<BudgetLine>,
    /// Lines of expenditure, in order.
    pub expenditure: Vec<BudgetLine>,
    /// The stated totals: lines of income or expenditure named `total`.
    pub totals: Vec<(BudgetKind, BudgetLine)>,
    /// The stated balances.
    pub balances: Vec<BudgetLine>,
    /// Whether every row could be read and certainly counts. If not, no total can be checked.
    pub is_complete: bool,
}

/// One line of the budget.
#[derive(Clone, Debug)]
pub(crate) struct BudgetLine {
    /// What it is for.
    pub line: String,
    pub amount: Amount,
    pub note: Option<String>,
}

impl Budget {
    /// The sum of the lines of income.
    #[must_use]
    pub(crate) fn total_income(&self) -> Money {
        sum(self.income.iter().map(|line| &line.amount))
    }

    /// The sum of the lines of expenditure.
    #[must_use]
    pub(crate) fn total_expenditure(&self) -> Money {
        sum(self.expenditure.iter().map(|line| &line.amount))
    }

    /// Income less expenditure.
    #[must_use]
    pub(crate) fn computed_balance(&self) -> Money {
        self.total_income().saturating_sub(self.total_expenditure())
    }

    /// Assembles `budget.csv`.
    #[must_use]
    pub(crate) fn assemble(table: &CsvTable) -> WithDiagnostics<Self> {
        let mut diagnostics = Vec::new();
        let found = Columns::find(table, columns::BUDGET, &mut diagnostics);
        columns::report_others(table, &found, columns::BUDGET, &mut diagnostics);
        let [kind, line, amount, notes] = found.named;
        let mut budget = Self {
            income: Vec::new(),
            expenditure: Vec::new(),
            totals: Vec::new(),
            balances: Vec::new(),
            is_complete: table.is_complete && amount.is_some() && kind.is_some(),
        };
        let mut seen: HashMap<(BudgetKind, String), Location> = HashMap::new();
        for row in &table.rows {
            let name = line.map(|column| row.cell(column));
            let amount = amount.map_or_else(
                || Amount { value: None, unreadable: true, location: table.location(row.span()) },
                |column| Amount::read(table, row.cell(column), &mut diagnostics),
            );
            let note = notes.and_then(|column| note(row.cell(column)));
            let Some(kind) = kind.and_then(|column| read_kind(table, row.cell(column), &mut diagnostics)) else {
                budget.is_complete = false;
                continue;
            };
            if let Some(cell) = name.filter(|cell| !cell.is_malformed) {
                budget.is_complete &= is_first(table, kind, cell, &mut seen, &mut diagnostics);
            }
            let line = name.map_or_else(String::new, |cell| cell.text.clone());
            budget.add(kind, BudgetLine { line, amount, note });
        }
        WithDiagnostics::new(budget, diagnostics)
    }

    /// Adds a line under its kind.
    fn add(&mut self, kind: BudgetKind, line: BudgetLine) {
        let folded = normalize_name(&line.line);
        match kind {
            BudgetKind::Balance => self.balances.push(line),
            _ if columns::is_total(&folded) || folded == format!("total {}", kind.word()) => {
                self.totals.push((kind, line));
            }
            BudgetKind::Income => self.income.push(line),
            BudgetKind::Expenditure => self.expenditure.push(line),
        }
    }
}

/// Advice about a totals row with `Total` in place of its kind, as spreadsheets often have it.
fn totals_help(kind: &str) -> Option<String> {
    normalize_name(kind)
        .split_whitespace()
        .any(|word| matches!(word.trim_end_matches(':'), "total" | "totals" | "sum"))
        .then(|| "remove this totals row, or say what it is the total of: `income,Total`".to_owned())
}

/// The kind in a cell. Anything else is reported.
fn read_kind(table: &CsvTable, cell: &CsvCell, diagnostics: &mut Vec<Diagnostic>) -> Option<BudgetKind> {
    let kind = BudgetKind::parse(&cell.text);
    if kind.is_none() && !cell.is_malformed {
        let known = quoted_choice(&BudgetKind::WORDS);
        let (message, help) = if cell.is_blank() {
            ("this row does not say what kind it is".to_owned(), None)
        } else {
            (
                format!("`{}` is not a kind of budget line", excerpt(&cell.text)),
                totals_help(&cell.text).or_else(|| did_you_mean(&cell.text, BudgetKind::WORDS)),
            )
        };
        let bad = Diagnostic::new(Code::BadCell, table.location(cell.span), message);
        diagnostics.push(bad.help(help.unwrap_or_else(|| format!("write {known}"))));
    }
    kind
}

/// Whether this is the first line of its name and kind. A second one, and a line without a name, are reported.
fn is_first(
    table: &CsvTable,
    kind: BudgetKind,
    cell: &CsvCell,
    seen: &mut HashMap<(BudgetKind, String), Location>,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let location = table.location(cell.span);
    if cell.is_blank() {
        // A balance needs no name.
        if kind != BudgetKind::Balance {
            let message = format!("this line of {} does not say what it is for", kind.word());
            diagnostics.push(Diagnostic::new(Code::BadCell, location, message).help("write it under `line`"));
        }
        return true;
    }
    let key = (kind, normalize_name(&cell.text));
    if let Some(first) = seen.get(&key) {
        let message = format!("`{}` is in two rows of {}", excerpt(&cell.text), kind.word());
        let twice = Diagnostic::new(Code::DuplicateRow, location, message).related(first.clone(), "the first is here");
        diagnostics.push(twice.help("combine the two rows, or rename one"));
        return false;
    }
    seen.insert(key, location);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;
    use crate::testing::one_line_each;

    /// The lines by kind, then the diagnostics.
    fn check(text: &str) -> String {
        let table = columns::read_table(&RelPath::new("budget.csv"), &text.into(), &columns::BUDGET_TABLE, &[]);
        let mut diagnostics = table.diagnostics;
        let budget = Budget::assemble(&table.value).emit_into(&mut diagnostics);
        let show = |sign: &str, line: &BudgetLine| {
            let amount = line.amount.value.map_or_else(|| "-".to_owned(), |money| money.to_string());
            format!("{sign} {} {}", line.line, if line.amount.unreadable { "?" } else { &amount })
        };
        let mut out: Vec<String> = budget.income.iter().map(|line| show("+", line)).collect();
        out.extend(budget.expenditure.iter().map(|line| show("-", line)));
        out.extend(budget.totals.iter().map(|(_, line)| show("Σ", line)));
        out.extend(budget.balances.iter().map(|line| show("=", line)));
        out.extend(one_line_each(text, &diagnostics));
        out.join("\n")
    }

    #[test]
    fn lines_go_to_their_kinds() {
        assert_eq!(
            check(
                "Kind,Line,Amount,Note\nIncome,Grant,£10,x\nexpenditure,Pay,(3)\nincome,Total,10\nincome,Gift,\nbalance,,7\nbalance,Left over,7\n"
            ),
            "+ Grant £10\n+ Gift -\n- Pay -£3\nΣ Total £10\n=  £7\n= Left over £7"
        );
        assert_eq!(check("kind,line,amount\nexpenditure,Total expenditure,5\n"), "Σ Total expenditure £5");
    }

    #[test]
    fn problems_are_reported_at_their_cells() {
        assert_eq!(
            check("kind,line,amount,year\nincom,Grant,10\n,x,5\nincome,,1\nincome,Grant,1\nincome,grant ,2\n"),
            "+  £1\n+ Grant £1\n+ grant £2\n\
             unknown-column 1:18: `year` is not a column of this table\n\
             bad-cell 2:1: `incom` is not a kind of budget line\n\
             bad-cell 3:1: this row does not say what kind it is\n\
             bad-cell 4:8: this line of income does not say what it is for\n\
             duplicate-row 6:8: `grant` is in two rows of income"
        );
        assert_eq!(
            check("kind,line\nincome,Grant\n"),
            "+ Grant ?\nmissing-column 1:1: this table has no column `amount`"
        );
        assert_eq!(
            check("type,line,value\nincome,Grant,1\n"),
            "+ Grant £1\n\
             missing-column 1:1: this table has no column `kind`\n\
             missing-column 1:1: this table has no column `amount`"
        );
        assert_eq!(
            check("kind,line,amounts\nincome,Grant,1\n"),
            "+ Grant £1\nunknown-column 1:11: `amounts` is not a column of this table"
        );
    }
}

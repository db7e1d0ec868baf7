//! Contributions and the budget.

mod budget;
mod contributions;

pub(crate) use budget::{Budget, BudgetKind, BudgetLine};
pub(crate) use contributions::{Contribution, ContributionTable};

use crate::diagnostic::{Code, Diagnostic, Location, excerpt};
use crate::quantity::{Money, ParseMoneyError};
use crate::source::csv::{CsvCell, CsvTable};

/// An amount of money in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    /// The amount; `None` if the cell is blank or cannot be read.
    pub value: Option<Money>,
    /// Whether the cell holds something unreadable or an amount whose sign is uncertain. No total that includes it can
    /// be checked.
    pub unreadable: bool,
    /// The place of the cell.
    pub location: Location,
}

impl Amount {
    /// Reads a cell. A blank cell, or the dash that spreadsheets print for zero, gives no amount.
    fn read(table: &CsvTable, cell: &CsvCell, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut amount = Self { value: None, unreadable: cell.is_malformed, location: table.location(cell.span) };
        if cell.is_malformed || matches!(cell.text.trim_start_matches('£').trim_start(), "" | "-" | "–" | "—" | "−")
        {
            return amount;
        }
        match cell.text.parse() {
            Ok(money) => amount.value = Some(money),
            Err(mistake) => {
                let mistake: ParseMoneyError = mistake;
                let message = format!("`{}` {}", excerpt(&cell.text), mistake.why());
                diagnostics.push(Diagnostic::new(Code::BadCell, amount.location.clone(), message).help(mistake.help()));
                amount.unreadable = true;
            }
        }
        amount
    }
}

/// The sum of the amounts that could be read.
pub(crate) fn sum<'a>(amounts: impl IntoIterator<Item = &'a Amount>) -> Money {
    amounts.into_iter().filter_map(|amount| amount.value).sum()
}

/// The text of a note, if the cell is not blank.
fn note(cell: &CsvCell) -> Option<String> {
    (!cell.is_blank()).then(|| cell.text.clone())
}

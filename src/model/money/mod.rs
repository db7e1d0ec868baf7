//! Who paid, and what the money was spent on.

mod budget;
mod contributions;

pub(crate) use budget::{Budget, BudgetKind, BudgetLine};
pub(crate) use contributions::{Contribution, ContributionTable};

use crate::diagnostic::{Code, Diagnostic, Location, excerpt};
use crate::quantity::{Money, ParseMoneyError};
use crate::source::csv::{CsvCell, CsvTable};

/// A cell that holds an amount: what was read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    /// The amount; nothing where the cell is blank or cannot be read.
    pub value: Option<Money>,
    /// Whether something stands in the cell that could not be read, or whose sign is in doubt, so that no total can be
    /// checked with it.
    pub unreadable: bool,
    /// The cell.
    pub location: Location,
}

impl Amount {
    /// Reads a cell. Blank is nothing given, and so is the dash that spreadsheets write for nought.
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

/// The text of a note's cell.
fn note(cell: &CsvCell) -> Option<String> {
    (!cell.is_blank()).then(|| cell.text.clone())
}

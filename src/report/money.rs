//! Money in whole pence, and who paid and spent it.

use std::fmt;

use super::ids::AgencyId;
use crate::diagnostic::{Place, RelPath};

/// An amount of money in whole pence; never rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// Pence, negative for what is owed.
    pub pence: i64,
}

impl fmt::Display for Money {
    /// `£187,617`, or `£1,234.50` where there are pence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.pence < 0 { "-" } else { "" };
        let (pounds, pence) = (self.pence.unsigned_abs() / 100, self.pence.unsigned_abs() % 100);
        let digits = pounds.to_string();
        let mut grouped = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        write!(f, "{sign}£{grouped}")?;
        if pence > 0 { write!(f, ".{pence:02}") } else { Ok(()) }
    }
}

/// A cell that holds an amount: what was read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The amount; nothing where the cell is blank or cannot be read.
    pub value: Option<Money>,
    /// Whether something stands in the cell that could not be read, so that no total can be checked with it.
    pub unreadable: bool,
    /// The cell.
    pub place: Place,
}

/// What agencies pay into the partnership: `contributions.csv`.
#[derive(Clone, Debug)]
pub struct Contributions {
    /// The file.
    pub file: RelPath,
    /// The funds: one column each, as headed.
    pub funds: Vec<String>,
    /// One row for each agency.
    pub rows: Vec<Contribution>,
    /// The row named `total`, where there is one.
    pub stated: Option<StatedTotals>,
}

/// What one agency pays.
#[derive(Clone, Debug)]
pub struct Contribution {
    /// Who, as written.
    pub agency: String,
    /// The agency of the year that it is, where it is one.
    pub id: Option<AgencyId>,
    /// One amount for each fund.
    pub amounts: Vec<Amount>,
    /// The row's stated total.
    pub stated: Option<Amount>,
    /// A note.
    pub note: Option<String>,
}

/// The totals that the file states.
#[derive(Clone, Debug)]
pub struct StatedTotals {
    /// One for each fund.
    pub amounts: Vec<Amount>,
    /// Of all funds.
    pub total: Option<Amount>,
    /// A note.
    pub note: Option<String>,
}

impl Contributions {
    /// The sum of a fund's cells.
    #[must_use]
    pub fn fund_total(&self, fund: usize) -> Money {
        sum(self.rows.iter().filter_map(|row| row.amounts.get(fund)))
    }

    /// The sum of all cells.
    #[must_use]
    pub fn total(&self) -> Money {
        sum(self.rows.iter().flat_map(|row| &row.amounts))
    }
}

impl Contribution {
    /// The sum of the row's cells.
    #[must_use]
    pub fn total(&self) -> Money {
        sum(&self.amounts)
    }
}

/// The sum of the amounts that could be read. A sum of a file's amounts cannot overflow: each is below 10^14 pence.
pub fn sum<'a>(amounts: impl IntoIterator<Item = &'a Amount>) -> Money {
    Money { pence: amounts.into_iter().filter_map(|amount| amount.value).map(|money| money.pence).sum() }
}

/// Income, expenditure and the balance: `budget.csv`.
#[derive(Clone, Debug)]
pub struct Budget {
    /// The file.
    pub file: RelPath,
    /// Lines of income, in order.
    pub income: Vec<BudgetLine>,
    /// Lines of expenditure, in order.
    pub expenditure: Vec<BudgetLine>,
    /// The stated balance.
    pub balance: Option<BudgetLine>,
}

/// One line of the budget.
#[derive(Clone, Debug)]
pub struct BudgetLine {
    /// What it is for.
    pub line: String,
    /// How much.
    pub amount: Amount,
    /// A note.
    pub note: Option<String>,
}

impl Budget {
    /// The sum of the lines of income.
    #[must_use]
    pub fn total_income(&self) -> Money {
        sum(self.income.iter().map(|line| &line.amount))
    }

    /// The sum of the lines of expenditure.
    #[must_use]
    pub fn total_expenditure(&self) -> Money {
        sum(self.expenditure.iter().map(|line| &line.amount))
    }

    /// Income less expenditure.
    #[must_use]
    pub fn computed_balance(&self) -> Money {
        Money { pence: self.total_income().pence - self.total_expenditure().pence }
    }
}

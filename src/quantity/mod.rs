//! Amounts of money, exact numbers, attendance, dates and colours: values and their arithmetic. [`crate::model`] reads them, and
//! [`crate::chart`] draws them.

pub(crate) mod attendance;
mod colour;
pub(crate) mod decimal;
pub(crate) mod money;
mod month_or_date;

pub use attendance::Presence;
pub(crate) use attendance::Rate;
pub(crate) use colour::{Colour, READABLE};
pub(crate) use decimal::{Decimal, Fraction};
pub use money::Money;
pub(crate) use money::ParseMoneyError;
pub(crate) use money::group_digits;
pub(crate) use month_or_date::MonthOrDate;

//! Amounts of money, attendance and dates: values and their arithmetic. [`crate::model`] reads them, and
//! [`crate::chart`] draws them.

pub(crate) mod attendance;
pub(crate) mod money;
mod month_or_date;

pub use attendance::Presence;
pub(crate) use attendance::Rate;
pub use money::Money;
pub(crate) use money::ParseMoneyError;
pub(crate) use money::group_digits;
pub(crate) use month_or_date::MonthOrDate;

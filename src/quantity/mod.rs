//! Amounts of money and attendance: values and their arithmetic. [`crate::model`] reads them, and [`crate::chart`]
//! draws them.

pub(crate) mod attendance;
pub(crate) mod money;

pub use attendance::Presence;
pub(crate) use attendance::Rate;
pub use money::Money;
pub(crate) use money::ParseMoneyError;

//! What is counted: amounts of money, and who came and how often. Values and their arithmetic; where they were read is
//! [`crate::model`]'s business, and how they are drawn [`crate::chart`]'s.

pub(crate) mod attendance;
pub(crate) mod money;

pub use attendance::Presence;
pub(crate) use attendance::Rate;
pub use money::Money;
pub(crate) use money::ParseMoneyError;

//! What is counted: amounts of money, and who came and how often. Values and their arithmetic; where they were read is
//! [`crate::model`]'s business, and how they are drawn [`crate::chart`]'s.

pub mod attendance;
pub mod money;

pub use attendance::{Presence, Rate};
pub use money::{Money, ParseMoneyError};

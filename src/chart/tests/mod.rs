//! What holds for every chart, whatever it draws.

mod contrast;
pub mod layout;

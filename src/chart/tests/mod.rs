//! What holds for every chart, whatever it draws.

mod contrast;
pub(super) mod layout;

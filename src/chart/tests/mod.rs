//! Tests that apply to every chart.

mod contrast;
pub(super) mod layout;

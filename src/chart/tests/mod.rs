//! Tests that apply to every chart.

mod contrast;
mod headlines;
pub(super) mod layout;

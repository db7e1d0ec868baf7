//! The model becomes pages: charts so far.

pub mod chart;
pub mod escape;
pub mod prose;

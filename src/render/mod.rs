//! The model becomes pages: charts so far.

pub mod chart;

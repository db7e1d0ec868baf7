//! The spine: the walk from source files to output files.

pub use crate::options::Options;

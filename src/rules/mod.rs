//! From the model to diagnostics: what is wrong with a report that could be read. One family a file.

pub mod commitments;
pub mod submissions;
pub mod waivers;

//! The YAML files and the front matter as people write them: each key declared once, with its meaning.
//!
//! These declarations are the reader, the check of unknown and missing keys, and the JSON Schemas. What the
//! values mean together is decided in [`crate::model`].

mod chart;
mod governance;
mod page;
mod publication_status;
mod report;
mod reviews;
mod site;
mod submission;

pub(crate) use chart::*;
pub(crate) use governance::*;
pub(crate) use page::*;
pub(crate) use publication_status::*;
pub(crate) use report::*;
pub(crate) use reviews::*;
pub(crate) use site::*;
pub(crate) use submission::*;

//! The keys of the YAML files and of front matter, each declared once with its meaning.
//!
//! A declaration gives the reader, the checks for unknown and missing keys, and the JSON Schema, which shows the doc
//! comment of each key in editors. [`crate::model`] checks how values fit together.

mod chart;
mod cover;
mod decisions;
mod distribution;
mod documents;
mod governance;
mod indicators;
mod page;
mod publication_status;
mod publish;
mod report;
mod reviews;
mod sign_off;
mod site;
mod submission;
mod theme;

pub(crate) use chart::*;
pub(crate) use cover::*;
pub(crate) use decisions::*;
pub(crate) use distribution::*;
pub(crate) use documents::*;
pub(crate) use governance::*;
pub(crate) use indicators::*;
pub(crate) use page::*;
pub(crate) use publication_status::*;
pub(crate) use publish::*;
pub(crate) use report::*;
pub(crate) use reviews::*;
pub(crate) use sign_off::*;
pub(crate) use site::*;
pub(crate) use submission::*;
pub(crate) use theme::*;

//! The pages: one file for each kind, which makes a view of what the site or a year is made from. Pages do not know
//! each other: what several show is a file of [`shared`]. Nothing here writes HTML but what prose gives.

pub(crate) mod attendance;
pub(crate) mod budget;
pub(crate) mod commitments;
pub(crate) mod contacts;
pub(crate) mod duties;
pub(crate) mod glossary;
pub(crate) mod governance;
pub(crate) mod narrative;
pub(crate) mod page_list;
pub(crate) mod print;
pub(crate) mod priorities;
pub(crate) mod report_index;
pub(crate) mod reviews;
pub(crate) mod search;
pub(crate) mod shared;
pub(crate) mod site_index;
pub(crate) mod submission;
pub(crate) mod submitters;
pub(crate) mod trends;

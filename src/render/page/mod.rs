//! The pages: one file for each kind, which makes a view of what the site or a year is made from. Pages do not know
//! each other: what several show is a file of [`shared`]. Nothing here writes HTML but what prose gives.

pub mod attendance;
pub mod budget;
pub mod commitments;
pub mod contacts;
pub mod duties;
pub mod glossary;
pub mod governance;
pub mod narrative;
pub mod page_list;
pub mod print;
pub mod priorities;
pub mod report_index;
pub mod reviews;
pub mod search;
pub mod shared;
pub mod site_index;
pub mod submission;
pub mod submitters;
pub mod trends;

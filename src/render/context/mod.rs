//! What pages are made from: the model of the site or of a year with its addresses, words and notices, and how texts
//! and links are written there. Nothing here knows which pages exist.

pub(crate) mod charts;
pub(crate) mod document_facts;
pub(crate) mod notices;
mod problem_subject;
pub(crate) mod prose;
mod shared_picture;
mod site;
mod year;
mod year_index;

pub(crate) use self::shared_picture::SharedPicture;
pub(crate) use self::site::SiteContext;
pub(crate) use self::year::{OutputMode, YearContext};
pub(crate) use self::year_index::YearIndex;

//! What the pages of the site, and those of a year, are made from: the model with its addresses, words and notices, and
//! how texts and links are written from there. Nothing here knows which pages there are.

pub mod charts;
pub mod notices;
mod problem_subject;
pub mod prose;
mod site;
mod year;
mod year_index;

pub use self::site::SiteContext;
pub use self::year::{OutputMode, YearContext};
pub use self::year_index::YearIndex;

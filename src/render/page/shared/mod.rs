//! What several pages show, each piece in a file of its own, and what all of them do: the site once, and each year once.

pub mod contact;
pub mod follow_up;
pub mod key_figures;
pub mod letters;
pub mod narrative;
pub mod rate;
pub mod site;
pub mod submitters;
pub mod year;

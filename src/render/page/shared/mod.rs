//! What several pages show, each piece in a file of its own, and what all of them do: the site once, and each year once.

pub(crate) mod contact;
pub(crate) mod follow_up;
pub(crate) mod key_figures;
pub(crate) mod letters;
pub(crate) mod narrative;
pub(crate) mod rate;
pub(crate) mod site;
pub(crate) mod submitters;
pub(crate) mod year;

//! Content that several pages show, one file each. The site's data is computed once, and each year's once.

pub(crate) mod brand;
pub(crate) mod carried_over;
pub(crate) mod contact;
pub(crate) mod distribution;
pub(crate) mod documents;
pub(crate) mod follow_up;
pub(crate) mod front_page;
pub(crate) mod indicator_chart;
pub(crate) mod indicator_value;
pub(crate) mod item_facts;
pub(crate) mod key_figures;
pub(crate) mod letters;
pub(crate) mod narrative;
pub(crate) mod outcomes;
pub(crate) mod rate;
pub(crate) mod sign_off;
pub(crate) mod site;
pub(crate) mod submitters;
pub(crate) mod year;

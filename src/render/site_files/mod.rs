//! Machine-readable files for the site as a whole.

pub(crate) mod atom;
pub(crate) mod headers;
pub(crate) mod robots;
pub(crate) mod sitemap;

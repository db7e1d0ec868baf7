//! Files of the site as a whole that are for machines.

pub(crate) mod atom;
pub(crate) mod headers;
pub(crate) mod robots;
pub(crate) mod sitemap;

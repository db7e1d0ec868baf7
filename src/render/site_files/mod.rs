//! Files of the site as a whole that are for machines.

pub mod atom;
pub mod headers;
pub mod robots;
pub mod sitemap;

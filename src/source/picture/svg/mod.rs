//! SVG pictures. They are text, and can run scripts when opened on their own, so only listed content is allowed.
//! Anything else is an error at its place.

mod check;
mod css;
mod embedded;
mod lists;
mod size;
mod texts;
mod xml;

#[cfg(test)]
mod samples;

pub(crate) use self::check::check;
pub(crate) use self::embedded::without_metadata;
pub(crate) use self::size::size;
pub(crate) use self::texts::texts;

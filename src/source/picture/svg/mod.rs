//! SVG pictures: made of text, and able to run when they are opened by themselves. What they may hold is listed; anything
//! else is an error at its place.

mod check;
mod css;
mod embedded;
mod lists;
mod texts;
mod xml;

#[cfg(test)]
mod samples;

pub(crate) use self::check::check;
pub(crate) use self::embedded::without_metadata;
pub(crate) use self::texts::texts;

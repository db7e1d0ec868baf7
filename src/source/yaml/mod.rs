//! YAML with places: [`node`] is what stands in the file, [`shape`] what may stand there.

pub mod dates;
mod instead;
pub mod node;
pub mod scalar;
pub mod shape;
mod slips;

pub use node::{Node, Value};
pub use scalar::{Date, Moment, MonthOrDate, Number, Slug, Url};
pub use shape::{
    Anything, Field, Free, Map, OneOr, Prose, Reader, Record, Shape, Spanned, Text, TextOr, Written, read_document,
};

//! YAML with places: [`node`] is what stands in the file, [`record`] what may stand there.

pub mod dates;
mod likely_mistakes;
pub mod node;
pub mod record;
pub mod scalar;
mod wrong_type_help;

pub use node::{YamlNode, YamlValue};
pub use record::{
    FreeMap, FromYaml, OpenMap, Prose, RawYaml, Record, RecordField, ShortOr, Spanned, Text, TextOr, ValueType,
    YamlReader, read_document,
};
pub use scalar::{Date, DateOrTime, DecimalNumber, MonthOrDate, Slug, Url};

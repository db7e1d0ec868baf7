//! YAML with places: [`node`] is what stands in the file, [`record`] declares what may stand there.

mod date_scalars;
pub mod dates;
pub mod from_yaml;
mod likely_mistakes;
pub mod node;
mod prose;
pub mod record;
pub mod scalar;
mod short_or;
mod spanned;
pub mod value_type;
mod wrong_type_help;

pub use date_scalars::{Date, DateOrTime};
pub use dates::MonthOrDate;
pub use from_yaml::{FreeMap, FromYaml, OpenMap, RawYaml, YamlReader};
pub use node::{YamlNode, YamlValue};
pub use prose::Prose;
pub use record::read_document;
pub use scalar::{DecimalNumber, Slug, Url};
pub use short_or::{ShortOr, TextOr};
pub use spanned::{Spanned, Text};
pub use value_type::{Record, RecordField, ValueType};

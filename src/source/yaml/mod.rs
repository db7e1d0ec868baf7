//! YAML with places: [`node`] is a file's content as written, and [`record`] declares what a file may contain.

mod date_scalars;
pub(crate) mod dates;
pub(crate) mod from_yaml;
mod likely_mistakes;
pub(crate) mod node;
mod prose;
pub(crate) mod record;
pub(crate) mod scalar;
mod short_or;
mod spanned;
pub(crate) mod value_type;
mod wrong_type_help;

pub(crate) use date_scalars::Date;
pub(crate) use date_scalars::DateOrTime;
pub(crate) use from_yaml::FreeMap;
pub(crate) use from_yaml::{FromYaml, RawYaml, YamlReader};
pub(crate) use node::{YamlNode, YamlValue};
pub(crate) use prose::Prose;
pub(crate) use record::{read_braces, read_document};
pub(crate) use scalar::DecimalNumber;
pub(crate) use scalar::{Slug, Url};
pub(crate) use short_or::{ShortOr, TextOr};
pub(crate) use spanned::Spanned;
pub(crate) use spanned::Text;
pub(crate) use value_type::{Record, RecordField, ValueType};

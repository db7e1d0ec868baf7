//! The options of `annal schema`.

use std::path::PathBuf;

use crate::source::schema::SCHEMAS;

/// The options of `annal schema`.
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgs {
    /// Print this schema [default: list all schemas]
    #[arg(value_parser = schema_names())]
    pub name: Option<String>,
    /// Write all schemas to a folder, as NAME.schema.json
    #[arg(long, value_name = "DIR", conflicts_with = "name")]
    pub output: Option<PathBuf>,
}

fn schema_names() -> clap::builder::PossibleValuesParser {
    SCHEMAS
        .iter()
        .map(|schema| clap::builder::PossibleValue::new(schema.name).help(schema.files))
        .collect::<Vec<_>>()
        .into()
}

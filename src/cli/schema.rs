//! `annal schema`: JSON Schemas of the YAML files and front matter, for editors.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use super::args;
use super::error::CliError;
use super::terminal::{Terminal, print};
use crate::source::schema::{FileSchema, SCHEMAS};

/// Prints one schema, writes all of them, or lists what there is.
pub(crate) fn run(voice: Terminal, args: &args::SchemaArgs) -> Result<ExitCode, CliError> {
    if let Some(folder) = &args.output {
        write_all(folder)?;
        voice.tell(&format!("{} schemas in {}", SCHEMAS.len(), folder.display()));
    } else if let Some(schema) = SCHEMAS.iter().find(|schema| args.name.as_deref() == Some(schema.name)) {
        print(&text(schema))?;
    } else {
        print(&list())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write_all(folder: &Path) -> Result<(), CliError> {
    fs::create_dir_all(folder).map_err(|error| CliError::disk("make the folder", folder, &error))?;
    for schema in SCHEMAS {
        let path = folder.join(format!("{}.schema.json", schema.name));
        fs::write(&path, text(schema)).map_err(|error| CliError::disk("write", &path, &error))?;
    }
    Ok(())
}

fn text(schema: &FileSchema) -> String {
    format!("{:#}\n", schema.document())
}

fn list() -> String {
    let mut list = String::new();
    for schema in SCHEMAS {
        let _ = writeln!(list, "{:12}{}", schema.name, schema.files);
    }
    list + "\n`annal schema NAME` prints one; `annal schema --output DIR` writes all of them.\n"
}

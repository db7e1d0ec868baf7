//! `annal schema`: JSON Schemas of the YAML files and front matter, for text editors.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use super::args;
use super::error::CliError;
use super::open_site::shown_folder;
use super::terminal::{Terminal, print};
use crate::source::schema::{FileSchema, SCHEMAS};

/// Prints one schema, writes all of them to a folder, or lists them.
pub(crate) fn run(terminal: Terminal, args: &args::SchemaArgs) -> Result<ExitCode, CliError> {
    if let Some(folder) = &args.output {
        write_all(folder)?;
        terminal.message(&format!("Wrote {} schemas to {}", SCHEMAS.len(), shown_folder(folder)));
    } else if let Some(schema) = SCHEMAS.iter().find(|schema| args.name.as_deref() == Some(schema.name)) {
        print(&text(schema))?;
    } else {
        print(&list())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write_all(folder: &Path) -> Result<(), CliError> {
    fs::create_dir_all(folder).map_err(|error| CliError::disk("create the folder", folder, &error))?;
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
    list + "\nRun `annal schema NAME` to print one, or `annal schema --output DIR` to write all of them.\n"
}

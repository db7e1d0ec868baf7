//! `annal schema`: JSON Schemas of the YAML files and front matter, for text editors.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use super::args::{GlobalArgs, SchemaArgs};
use super::error::CliError;
use super::open_site::{self, shown_folder};
use super::terminal::{Terminal, print};
use crate::model::assemble::assemble;
use crate::render::theme::ThemeSettings;
use crate::source::read_tree;
use crate::source::schema::{FileSchema, SCHEMAS};

/// Prints one schema, writes all of them to a folder, or lists them.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &SchemaArgs) -> Result<ExitCode, CliError> {
    if let Some(folder) = &args.output {
        write_all(global, folder)?;
        terminal.message(&format!("Wrote {} schemas to {}", SCHEMAS.len(), shown_folder(folder)));
    } else if let Some(schema) = SCHEMAS.iter().find(|schema| args.name.as_deref() == Some(schema.name)) {
        print(&text(global, schema))?;
    } else {
        print(&list())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write_all(global: &GlobalArgs, folder: &Path) -> Result<(), CliError> {
    fs::create_dir_all(folder).map_err(|error| CliError::disk("create the folder", folder, &error))?;
    for schema in SCHEMAS {
        let path = folder.join(format!("{}.schema.json", schema.name));
        fs::write(&path, text(global, schema)).map_err(|error| CliError::disk("write", &path, &error))?;
    }
    Ok(())
}

fn text(global: &GlobalArgs, schema: &FileSchema) -> String {
    let mut document = schema.document();
    if schema.name == "site" {
        document["properties"]["theme_settings"] = theme_settings(global);
    }
    format!("{document:#}\n")
}

/// The schema of the settings of the site's theme. Outside a site, those of the built-in theme, and any others.
fn theme_settings(global: &GlobalArgs) -> serde_json::Value {
    let tree = open_site::find(global).ok().and_then(|root| read_tree(&root).ok());
    match tree {
        Some(tree) => ThemeSettings::from_site(&tree, &assemble(&tree).value.site).schema(true),
        None => ThemeSettings::built_in().schema(false),
    }
}

fn list() -> String {
    let mut list = String::new();
    for schema in SCHEMAS {
        let _ = writeln!(list, "{:12}{}", schema.name, schema.files);
    }
    list + "\nRun `annal schema NAME` to print one, or `annal schema --output DIR` to write all of them.\n"
}

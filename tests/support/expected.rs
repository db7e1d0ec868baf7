//! Texts that are kept in files, compared with what comes today.

use std::fs;
use std::path::Path;

/// Compares a text with the one kept in a file; what differs is an error. With `ANNAL_BLESS` set the file is written anew.
pub(crate) fn compare(file: &Path, actual: &str) -> Result<(), String> {
    let expected = fs::read_to_string(file).unwrap_or_default();
    if expected == actual {
        return Ok(());
    }
    if std::env::var_os("ANNAL_BLESS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        return fs::write(file, actual).map_err(|error| error.to_string());
    }
    let name = file.strip_prefix(super::root()).unwrap_or(file).to_string_lossy();
    let diff = similar::TextDiff::from_lines(expected.as_str(), actual);
    Err(diff.unified_diff().context_radius(2).header(&name, "actual").to_string())
}

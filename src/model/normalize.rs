//! How names of agencies, columns and bodies are compared.

/// A name in the form for comparison: lower case, with single spaces.
#[must_use]
pub(crate) fn normalize_name(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

//! How names are compared: of agencies in tables, of columns, of bodies.

/// A name as it is compared: without regard to case and to how much white space stands in it.
#[must_use]
pub(crate) fn normalize_name(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

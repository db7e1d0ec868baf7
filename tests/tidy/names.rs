//! A name belongs to one type, and constructors are called as everywhere.

use std::collections::BTreeMap;

use crate::assert_none;
use crate::sources::SOURCES;

/// Types that may share their name, with the reason.
const SHARED: &[(&str, &str)] = &[];

#[test]
fn no_two_types_share_a_name() {
    let mut types: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for source in SOURCES.iter().filter(|source| !source.is_test) {
        for (name, line) in &source.syntax.types {
            types.entry(name).or_default().push(format!("{}:{line}", source.path));
        }
    }
    let is_allowed = |name: &str| SHARED.iter().any(|(shared, _)| *shared == name);
    let shared = types.iter().filter(|(name, places)| places.len() > 1 && !is_allowed(name));
    let mut faults: Vec<_> =
        shared.map(|(name, places)| format!("`{name}` is declared at {}", places.join(" and "))).collect();
    let gone = SHARED.iter().filter(|(name, _)| types.get(name).is_none_or(|places| places.len() < 2));
    faults.extend(gone.map(|(name, _)| format!("`{name}` is one type: it needs no exception")));
    assert_none(&faults);
}

#[test]
fn no_constructor_is_called_of() {
    let faults = SOURCES.iter().filter(|source| !source.is_test).flat_map(|source| {
        let functions = source.syntax.functions.iter().filter(|(name, _)| name == "of");
        functions.map(|(_, line)| format!("{}:{line}: call it `new`, `from_…`, `for_…` or `parse`", source.path))
    });
    assert_none(&faults.collect::<Vec<_>>());
}

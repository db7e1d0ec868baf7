//! Imports between rooms point one way.

use std::collections::BTreeSet;

use crate::arrows::IMPORTS;
use crate::assert_none;
use crate::sources::{SOURCES, room};

/// The rooms, each with those that it may import, all of which come before it. `ARCHITECTURE.md` has the same table with
/// reasons.
const ROOMS: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("options", &[]),
    ("quantity", &[]),
    ("disclosure", &[]),
    ("escape", &[]),
    ("locale", &["quantity"]),
    ("charset", &[]),
    ("platform", &[]),
    ("source", &["charset", "diagnostic", "quantity"]),
    ("output", &["diagnostic", "platform", "source"]),
    ("compare", &["diagnostic", "quantity", "escape", "output"]),
    ("document", &["charset", "escape"]),
    // Not the model and not the solver: what it knows of a site is what readers can download.
    ("attack", &["diagnostic", "source", "output", "document"]),
    ("cache", &["source"]),
    ("model", &["diagnostic", "options", "quantity", "disclosure", "source", "cache"]),
    ("edit", &["diagnostic", "options", "platform", "quantity", "source", "cache", "model"]),
    ("intake", &["charset", "diagnostic", "locale", "source", "document", "model", "edit"]),
    ("cover", &["quantity", "escape", "locale", "source", "document", "model"]),
    ("chart", &["quantity", "escape", "locale"]),
    ("rules", &["diagnostic", "options", "quantity", "source", "cache", "charset", "document", "model"]),
    (
        "render",
        &["diagnostic", "options", "quantity", "escape", "locale", "source", "output", "cache", "model", "chart"],
    ),
    ("pipeline", &["diagnostic", "options", "source", "output", "cache", "model", "rules", "render"]),
    ("publish", &["diagnostic", "escape", "platform", "compare", "source", "output"]),
    (
        "preview",
        &[
            "diagnostic",
            "options",
            "platform",
            "escape",
            "locale",
            "source",
            "output",
            "document",
            "model",
            "edit",
            "intake",
            "cover",
            "render",
            "pipeline",
            "publish",
        ],
    ),
    ("proof", &["diagnostic", "options", "escape", "locale", "source", "output", "model", "render", "preview"]),
    (
        "cli",
        &[
            "diagnostic",
            "options",
            "platform",
            "attack",
            "compare",
            "source",
            "output",
            "cache",
            "model",
            "edit",
            "document",
            "intake",
            "cover",
            "rules",
            "render",
            "pipeline",
            "publish",
            "preview",
            "proof",
        ],
    ),
];

#[test]
fn every_room_is_in_the_table_and_imports_what_comes_before_it() {
    let rooms: BTreeSet<_> =
        SOURCES.iter().filter(|source| !source.is_test).filter_map(|source| room(&source.path)).collect();
    assert_eq!(ROOMS.iter().map(|(room, _)| *room).collect::<BTreeSet<_>>(), rooms);
    for (index, (room, allowed)) in ROOMS.iter().enumerate() {
        let is_before = |other: &&str| ROOMS[..index].iter().any(|(before, _)| before == other);
        assert!(allowed.iter().all(is_before), "`{room}` imports a room that does not come before it");
    }
}

#[test]
fn rooms_import_what_they_may() {
    let may_import = |from: &str, to: &str| {
        let row = ROOMS.iter().find(|(room, _)| *room == from);
        from == to || row.is_some_and(|(_, allowed)| allowed.contains(&to))
    };
    let mut faults = Vec::new();
    for (&(file, other), line) in &IMPORTS.arrows {
        let (Some(from), Some(to)) = (room(file), room(other)) else { continue };
        if !may_import(from, to) {
            faults.push(format!("{file}:{line}: `{from}` may not import `{to}` ({other})"));
        }
    }
    assert_none(&faults);
}

//! What the compiler does not hold, one subject a file. The laws on imports and names are read from the syntax of `src/`.

#![allow(clippy::disallowed_methods, reason = "these tests read the sources")]

mod arrows;
mod codes;
mod doors;
#[path = "../support/expected.rs"]
mod expected;
mod files;
mod names;
mod rings;
mod rooms;
mod sources;
mod syntax;
mod wording;

use self::sources::root;

/// Fails with every fault at once, each on a line of its own.
#[track_caller]
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

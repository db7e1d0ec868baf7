//! `annal disclosure`: suppressed counts that can be worked out are found.

#![allow(clippy::disallowed_methods, reason = "these tests write sites to the disk, as people do")]

mod command;
#[path = "../support/mod.rs"]
mod support;

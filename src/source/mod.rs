//! Reads files from the disk into values as written: every field is optional and has its place.
//!
//! This module knows the formats (YAML, CSV, front matter, Markdown, pictures), but not what a report is.

pub(crate) mod csv;
pub(crate) mod digest;
pub(crate) mod disk;
pub(crate) mod disk_file;
pub(crate) mod files;
pub(crate) mod front_matter;
pub(crate) mod markdown;
pub(crate) mod one_line;
pub(crate) mod picture;
pub(crate) mod published_document;
pub(crate) mod schema;
pub(crate) mod skipped_files;
pub(crate) mod slug;
pub(crate) mod spelling;
pub(crate) mod text_on_disk;
pub(crate) mod translation;
pub(crate) mod tree;
pub(crate) mod unreadable;
pub(crate) mod yaml;

/// How what `annal new` writes for somebody to replace begins. It ends at the next closing bracket in its line.
pub(crate) const FILL_IN: &str = "[fill in";

/// The host of the address that a new site has.
pub(crate) const FILL_IN_HOST: &str = "fill-in.example";

pub use disk::{read_tree, scan_tree};
pub use tree::{FileContent, SourceTree};

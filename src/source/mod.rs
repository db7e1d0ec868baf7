//! From the disk to as-written values: what stands in the files, every field optional and with its place.
//!
//! This room knows the formats (YAML, CSV, front matter, Markdown) and nothing of what a report is.

pub mod csv;
pub mod digest;
pub mod disk;
pub mod files;
pub mod front_matter;
pub mod markdown;
pub mod picture;
pub mod schema;
pub mod slug;
pub mod translation;
pub mod tree;
pub mod yaml;

pub use csv::CsvTable;
pub use disk::read_tree;
pub use tree::{FileContent, SourceFile, SourceTree};

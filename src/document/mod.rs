//! Documents that people send: bytes → a plain tree of blocks, and a list of what is not in it.
//!
//! Readers of Word, `OpenDocument`, HTML, emails and plain text all give a [`Document`]. It has nothing that readers of the
//! document would not see: comments, deletions, hidden text, headers and properties never enter it. Every such thing is
//! listed in [`Document::left_out`] instead, by kind and paragraph, without its words.

mod base64;
mod builder;
mod characters;
pub(crate) mod email;
pub(crate) mod error;
pub(crate) mod html;
mod kind;
pub(crate) mod left_out;
pub(crate) mod lists;
mod named_pictures;
pub(crate) mod open_document;
pub(crate) mod package;
mod relationships;
pub(crate) mod sheet;
pub(crate) mod stored_text;
pub(crate) mod text;
pub(crate) mod tree;
pub(crate) mod word;
mod xml;

use jiff::civil::Date;

pub(crate) use error::DocumentError;
pub(crate) use kind::DocumentKind;
pub(crate) use left_out::{LeftOut, LeftOutKind};
pub(crate) use tree::{
    Block, BlockContent, Cell, Document, FORM_PROPERTY, FormControl, Inline, List, Look, Picture, Row, StyledText,
    Table,
};

/// The day of a time such as `2025-06-12T09:30:00Z`.
fn day_of(time: &str) -> Option<Date> {
    time.trim().get(..10)?.parse().ok()
}

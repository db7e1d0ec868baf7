//! Documents that people send: bytes → a plain tree of blocks, and a list of what is not in it.
//!
//! Readers of Word, OpenDocument, HTML, emails and plain text all give a [`Document`]. It has nothing that readers of the
//! document would not see: comments, deletions, hidden text, headers and properties never enter it. Every such thing is
//! listed in [`Document::left_out`] instead, by kind and paragraph, without its words.

pub(crate) mod error;
pub(crate) mod left_out;
pub(crate) mod package;
pub(crate) mod tree;
mod xml;

pub(crate) use error::DocumentError;
pub(crate) use left_out::{LeftOut, LeftOutKind};
pub(crate) use tree::{
    Block, BlockContent, Cell, Document, FormControl, Inline, List, Look, Picture, Row, Table, Text,
};

//! The text of an email, which may be in several parts, each in several versions.

use crate::document::builder::TreeBuilder;
use crate::document::error::DocumentError;
use crate::document::tree::Document;
use crate::document::{html, text};

/// Where a part is: for each `multipart/alternative` that it is in, from the outside, the number of that part and which of its
/// versions it belongs to.
pub(super) type VersionPath = Vec<(usize, usize)>;

/// The parts with the text of an email, in order.
#[derive(Default)]
pub(super) struct BodyText {
    parts: Vec<TextPart>,
}

/// A part with text of the email itself.
struct TextPart {
    is_html: bool,
    bytes: Vec<u8>,
    path: VersionPath,
}

impl BodyText {
    /// Whether there is a part of this kind.
    pub(super) fn has(&self, is_html: bool) -> bool {
        self.parts.iter().any(|part| part.is_html == is_html)
    }

    pub(super) fn push(&mut self, is_html: bool, bytes: Vec<u8>, path: VersionPath) {
        self.parts.push(TextPart { is_html, bytes, path });
    }

    /// The text as one document.
    ///
    /// # Errors
    ///
    /// If it exceeds a limit.
    pub(super) fn read(self) -> Result<Document, DocumentError> {
        let mut tree = TreeBuilder::new();
        for part in self.parts.iter().filter(|part| self.is_chosen(part)) {
            if part.is_html {
                html::read_page(&mut tree, &part.bytes)?;
            } else {
                text::read_bytes(&mut tree, &part.bytes)?;
            }
        }
        tree.finish()
    }

    /// Whether a part is in that version of the email that is taken. What word processors and mail programs send as HTML has
    /// the lists and headings that plain text lacks.
    fn is_chosen(&self, part: &TextPart) -> bool {
        part.path.iter().all(|(parent, version)| {
            let versions = self.parts.iter().flat_map(|other| {
                let own = other.path.iter().filter(|(of, _)| of == parent);
                own.map(|(_, version)| (other.is_html, *version))
            });
            versions.max().is_some_and(|(_, best)| best == *version)
        })
    }
}

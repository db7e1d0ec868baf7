//! The pictures of a Word or `OpenDocument` archive, each read once.

use std::collections::HashMap;

use super::DocumentError;
use super::builder::TreeBuilder;
use super::package::Package;

/// The most bytes that the pictures of a document may have together.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// The pictures that have been read, by their names in the archive.
#[derive(Default)]
pub(super) struct NamedPictures {
    /// Their numbers in the document; `None` for those that cannot be read, or would be too many bytes.
    numbers: HashMap<String, Option<usize>>,
    bytes: usize,
}

impl NamedPictures {
    /// Adds the picture with this name to the document, unless it has been added, and returns its number. `None` if there
    /// is no such picture, or the pictures would be too many bytes.
    ///
    /// # Errors
    ///
    /// If the archive is damaged or expands too far.
    pub(super) fn add(
        &mut self,
        name: String,
        package: &mut Package<'_>,
        tree: &mut TreeBuilder,
    ) -> Result<Option<usize>, DocumentError> {
        if let Some(known) = self.numbers.get(&name) {
            return Ok(*known);
        }
        let bytes = package.bytes(&name)?.filter(|bytes| {
            self.bytes += bytes.len();
            self.bytes <= MOST_BYTES
        });
        let number = bytes.map(|bytes| tree.picture(&name, bytes));
        self.numbers.insert(name, number);
        Ok(number)
    }
}

//! `documents:` in `site.yaml` and `report.yaml`.

use crate::record;
use crate::source::yaml::Text;

record! {
    /// The title of a document, and its place in the list.
    pub struct DocumentEntry {
        /// The name of the file in `documents/`.
        "file" required file: Text,
        /// The title for readers.
        "title" required title: Text,
    }
}

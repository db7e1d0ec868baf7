//! Documents that are published beside the pages, such as PDFs and Word files.

use crate::diagnostic::RelPath;
use crate::source::published_document::DocumentFacts;

/// The name of the report's own PDF, which `annal pdf` makes.
pub(crate) const REPORT_PDF: &str = "report.pdf";

/// A document of a year, or of the site itself.
#[derive(Clone, Debug, Hash)]
pub(crate) struct PublishedDocument {
    pub file: RelPath,
    /// The title that somebody gave it.
    pub title: Option<String>,
    pub facts: DocumentFacts,
}

impl PublishedDocument {
    /// Whether it is the report of its year as a PDF.
    #[must_use]
    pub(crate) fn is_report(&self) -> bool {
        self.file.name() == REPORT_PDF && self.file.below("content/documents").is_none()
    }

    /// The title for readers: as given, or from the file's name.
    #[must_use]
    pub(crate) fn title(&self) -> String {
        self.title.clone().unwrap_or_else(|| {
            let words = self.file.stem().split(['-', '_', ' ']).filter(|word| !word.is_empty());
            let name = words.collect::<Vec<_>>().join(" ");
            let mut letters = name.chars();
            letters.next().map_or(name.clone(), |first| first.to_uppercase().chain(letters).collect())
        })
    }
}

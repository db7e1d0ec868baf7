//! The front matter of pages.

use super::publication_status::PublicationStatus;
use crate::record;
use crate::source::yaml::{DecimalNumber, RawYaml, Spanned, Text};

record! {
    /// The front matter of a page.
    pub struct PageFrontMatter {
        /// The page's title.
        "title" required title: Text,
        /// One or two sentences for cards, search engines and feeds.
        "summary" optional summary: Text,
        /// Its place among the pages: the smallest number first.
        "order" optional order: Spanned<DecimalNumber>,
        /// The duties that it is evidence for.
        "evidence" optional evidence: Vec<Text>,
        /// Earlier addresses that must lead here.
        "aliases" optional aliases: Vec<Text>,
        /// How far it is; `submitted` unless given.
        "status" optional status: Spanned<PublicationStatus>,
        /// Who signed it, for a foreword.
        "signed_by" optional signed_by: SignedByEntry,
        /// Anything, handed to templates.
        "extra" optional extra: RawYaml,
    }
}

record! {
    /// Who signed a page.
    pub struct SignedByEntry {
        /// The name.
        "name" required name: Text,
        /// The role.
        "role" optional role: Text,
    }
}

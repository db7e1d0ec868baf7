//! Front matter of pages.

use super::publication_status::PublicationStatus;
use crate::record;
use crate::source::yaml::{DecimalNumber, RawYaml, Spanned, Text};

record! {
    /// The front matter of a page.
    pub struct PageFrontMatter {
        /// The title of the page.
        "title" required title: Text,
        /// One or two sentences for lists of pages, search engines and feeds.
        "summary" optional summary: Text,
        /// The page's position among the pages; the smallest number comes first.
        "order" optional order: Spanned<DecimalNumber>,
        /// The ids of legal duties for which this page is evidence.
        "evidence" optional evidence: Vec<Text>,
        /// Earlier addresses of this page, which redirect to it.
        "aliases" optional aliases: Vec<Text>,
        /// `draft`, `submitted` or `signed-off`; `submitted` by default.
        "status" optional status: Spanned<PublicationStatus>,
        /// Who signed the page, for a foreword.
        "signed_by" optional signed_by: SignedByEntry,
        /// The theme's template for this page, such as `timeline.html`; `page.html` by default.
        "template" optional template: Text,
        /// Your own data, passed on to the theme's templates.
        "extra" optional extra: RawYaml,
    }
}

record! {
    /// Who signed a page.
    pub struct SignedByEntry {
        /// The name of the person.
        "name" required name: Text,
        /// The person's role.
        "role" optional role: Text,
    }
}

//! Whether a text is a draft, submitted or signed off.

use crate::choice;

choice! {
    /// Whether a submission or page is ready to publish.
    pub enum PublicationStatus {
        /// A draft, which is only built if drafts are included.
        Draft = "draft",
        /// Submitted.
        Submitted = "submitted",
        /// Signed off by the person responsible for it.
        SignedOff = "signed-off",
    }
}

//! How far what somebody wrote is on its way to readers.

use crate::choice;

choice! {
    /// How far a submission or page is.
    pub enum PublicationStatus {
        /// Not to be built unless asked for.
        Draft = "draft",
        /// Sent in.
        Submitted = "submitted",
        /// Signed off by who answers for it.
        SignedOff = "signed-off",
    }
}

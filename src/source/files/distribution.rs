//! `distribution` in `report.yaml`: who received the report, and what they did with it.

use crate::record;
use crate::source::yaml::{Date, Prose, Spanned, Text, Url};

record! {
    /// A person or body that received the report.
    pub struct DistributionEntry {
        /// The recipient: a body's or an agency's id, a recipient named in the law such as `healthwatch`, or a name.
        "to" required to: Text,
        /// The date on which the report was sent.
        "on" optional on: Spanned<Date>,
        /// Why the report was sent.
        "for" optional purpose: Text,
        /// The date on which the recipient considered the report.
        "considered" optional considered: Spanned<Date>,
        /// The web address of the minutes.
        "minute" optional minute: Spanned<Url>,
        /// What the recipient decided.
        "resolved" optional resolved: Prose,
    }
}

//! `distribution` in `report.yaml`: who received the report, and what they did with it.

use crate::record;
use crate::source::yaml::{Date, FreeMap, Prose, Spanned, Text, Url};

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
        /// The name of a file in `content/covers/` without `.yaml`: the headings of the report that goes to this recipient. Readers do
        /// not see this, nor what follows.
        "cover" optional cover: Text,
        /// The officer who is responsible for that report.
        "lead_officer" optional lead_officer: Text,
        /// What the committee is asked to decide.
        "recommendations" optional recommendations: Vec<Prose>,
        /// What is written under the template's headings, by their ids, after what comes from the annual report.
        "implications" optional implications: FreeMap<Prose>,
    }
}

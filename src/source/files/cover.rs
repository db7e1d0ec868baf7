//! `content/covers/TEMPLATE.yaml`: the headings of a committee's reports.

use crate::source::yaml::{Prose, Slug, Spanned, Text};
use crate::{choice, record};

record! {
    /// `content/covers/TEMPLATE.yaml`: the headings that a committee wants in a report to it, in its order.
    pub struct CoverFile {
        /// The headings, in order.
        "sections" required sections: Vec<CoverHeadingEntry>,
    }
}

record! {
    /// A heading of a committee's reports. With neither `from` nor `text`, only what `implications` in report.yaml says is under it.
    pub struct CoverHeadingEntry {
        /// The id by which `implications` in report.yaml names it.
        "id" required id: Spanned<Slug>,
        /// The heading as readers see it.
        "title" required title: Text,
        /// What is taken from the annual report.
        "from" optional from: Spanned<CoverSource>,
        /// A text that is the same in every report.
        "text" optional text: Prose,
        /// Whether something must be written under it. Others say "None arising".
        "required" optional required: Spanned<bool>,
    }
}

choice! {
    /// What is taken from the annual report.
    pub enum CoverSource {
        /// The headline and key messages, or else the summaries of the priorities.
        Summary = "summary",
        /// How much progress was made on each priority, or else the summary of each board and agency.
        Highlights = "highlights",
        /// Income, expenditure and balance.
        Budget = "budget",
        /// How many legal duties the annual report covers, and which it does not.
        Duties = "duties",
        /// What the committee is asked to decide.
        Recommendations = "recommendations",
        /// The annual report, which is attached.
        Appendices = "appendices",
    }
}

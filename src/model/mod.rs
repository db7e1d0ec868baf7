//! What a report *is*: as-written values resolved into one model, with typed ids.
//!
//! What could not be resolved is *unknown*, not *missing*, so that one mistake is one diagnostic.

pub mod agency_index;
pub mod assemble;
pub mod attendance;
pub mod columns;
pub mod commitments;
pub mod display_names;
pub mod duties;
pub mod glossary;
pub mod governance;
pub mod ids;
pub mod links;
pub mod meeting;
pub mod members;
pub mod money;
mod named;
pub mod normalize;
pub mod part;
pub mod plain_text;
pub mod previous_report;
pub mod report;
pub mod reviews;
pub mod sections;
pub mod site;
pub mod stated_count;
pub mod submission;
pub mod submission_status;
pub mod terms;
mod translation;
pub mod trends;
pub mod year_data;

pub use attendance::{AttendanceRecord, Member};
pub use duties::{Duty, DutySet};
pub use glossary::{Glossary, GlossaryTerm};
pub use governance::{Body, Governance};
pub use ids::{AgencyId, BodyId, CommitmentId, PriorityId, SubmitterKind, Year};
pub use members::{Agency, Board};
pub use money::{Budget, ContributionTable};
pub use part::{Part, hash_of_options, is_built};
pub use previous_report::PreviousReport;
pub use report::{Page, Report};
pub use reviews::Reviews;
pub use sections::SubmissionSection;
pub use site::SiteInfo;
pub use submission::{Commitment, FollowUp, Submission};
pub use trends::Trends;

use std::sync::Arc;

use crate::diagnostic::RelPath;
use crate::source::SourceTree;
use crate::source::digest::{Digest, DigestHasher};
use crate::source::markdown::Markdown;

/// The whole site: what all years share, and every year's report.
#[derive(Clone, Debug)]
pub struct Archive {
    /// What `content/site.yaml` says.
    pub site: SiteInfo,
    /// Terms and what they mean.
    pub glossary: Glossary,
    /// The pages of the site itself.
    pub pages: Vec<Page>,
    /// The reports, oldest first.
    pub reports: Vec<Arc<Report>>,
}

impl Archive {
    /// The reports, oldest first.
    pub fn reports(&self) -> impl DoubleEndedIterator<Item = &Report> {
        self.reports.iter().map(Arc::as_ref)
    }

    /// The hash of what the pages of all years may show of the site: `site.yaml` and the glossary, as they are written
    /// in `tree`.
    #[must_use]
    pub fn hash_of_shared(&self, tree: &SourceTree) -> Digest {
        let mut hasher = DigestHasher::default();
        for file in [self.site.file.as_str(), glossary::FILE] {
            if let Some((path, file)) = tree.files.get_key_value(file) {
                hasher.add_file(path, file.hash);
            }
        }
        hasher.finish()
    }

    /// Every Markdown text of the site, those of drafts and of embargoed years among them.
    pub fn texts(&self) -> impl Iterator<Item = &Markdown> {
        self.pages.iter().map(|page| &page.body).chain(self.reports().flat_map(Report::texts))
    }

    /// Whether what a file says is held back since it cannot be told whether it may be seen: of a `report.yaml`, the
    /// year's embargo, and of a submission or page, its status.
    #[must_use]
    pub fn holds_back(&self, file: &RelPath) -> bool {
        let doubtful = |page: &Page| page.file == *file && !page.is_status_known;
        let in_report = |report: &Report| {
            let is_doubtful_year = report.file == *file && report.embargo == report::Embargo::Unreadable;
            let mut sent = report.submissions().filter(|sent| sent.file == *file && !sent.is_status_known);
            is_doubtful_year || report.pages.iter().any(doubtful) || sent.next().is_some()
        };
        self.pages.iter().any(doubtful) || self.reports().any(in_report)
    }

    /// The report of the year before `report`'s, where there is one.
    #[must_use]
    pub fn before(&self, report: &Report) -> Option<&Report> {
        self.reports().rev().find(|other| other.year < report.year)
    }
}

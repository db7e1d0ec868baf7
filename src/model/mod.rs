//! The model of a site: content files resolved into one structure with typed ids.
//!
//! What could not be resolved is *unknown*, not *missing*, so one mistake gives one diagnostic.

pub(crate) mod agency_index;
pub(crate) mod assemble;
pub(crate) mod attendance;
pub(crate) mod columns;
pub(crate) mod commitments;
pub(crate) mod corrected_page;
pub(crate) mod corrections;
pub(crate) mod cover;
pub(crate) mod cover_content;
pub(crate) mod decisions;
pub(crate) mod display_names;
pub(crate) mod distribution;
pub(crate) mod documents;
pub(crate) mod duties;
pub(crate) mod email_text;
pub(crate) mod front_page;
pub(crate) mod glossary;
pub(crate) mod governance;
pub(crate) mod heading_rule;
pub(crate) mod held_files;
pub(crate) mod ids;
pub(crate) mod indicators;
pub(crate) mod item_facts;
pub(crate) mod links;
pub(crate) mod meeting;
pub(crate) mod members;
pub(crate) mod money;
mod named;
pub(crate) mod normalize;
pub(crate) mod overdue;
pub(crate) mod palette;
pub(crate) mod part;
pub(crate) mod pasted_text;
pub(crate) mod plain_text;
pub(crate) mod previous_report;
pub(crate) mod report;
pub(crate) mod reviews;
pub(crate) mod section_headings;
mod section_items;
pub(crate) mod sections;
pub(crate) mod sign_off;
pub(crate) mod signed_text;
mod signed_words;
pub(crate) mod site;
pub(crate) mod site_picture;
pub(crate) mod stated_count;
pub(crate) mod submission;
pub(crate) mod submission_status;
pub(crate) mod terms;
pub(crate) mod training;
mod translated_entries;
mod translated_facts;
mod translation;
pub(crate) mod trends;
pub(crate) mod typed_marker;
pub(crate) mod unbuilt;
mod written_link;
pub(crate) mod year_data;

pub(crate) use glossary::{Glossary, GlossaryTerm};
pub(crate) use governance::Body;
pub(crate) use ids::{AgencyId, BodyId, CommitmentId, IndicatorId, PriorityId, SubmitterKind, Year};
pub(crate) use indicators::SiteIndicators;
pub(crate) use members::{Agency, Board, Submitter};
pub(crate) use money::Budget;
pub(crate) use part::Part;
pub(crate) use previous_report::PreviousReport;
pub(crate) use report::{Page, Report, is_built};
pub(crate) use sign_off::SignOff;
pub(crate) use site::SiteInfo;
pub(crate) use submission::{Commitment, FollowUp, Submission};
pub(crate) use trends::Trends;
pub(crate) use unbuilt::UnbuiltContent;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::RelPath;
use crate::source::SourceTree;
use crate::source::digest::{Digest, hash128};

/// The whole site: what all years share, and the report of each year.
#[derive(Clone, Debug)]
pub struct Archive {
    /// The contents of `content/site.yaml`.
    pub(crate) site: SiteInfo,
    /// Terms and their meanings.
    pub(crate) glossary: Glossary,
    /// The indicators: what is counted every year, and what is published of it.
    pub(crate) indicators: SiteIndicators,
    /// The headings of committees' reports. They are never published.
    pub(crate) covers: Vec<cover::CoverTemplate>,
    /// The site's own pages.
    pub(crate) pages: Vec<Page>,
    /// The site's own pictures: the files below `content/media/`.
    pub(crate) media: Vec<RelPath>,
    /// The site's own documents: the files in `content/documents/`.
    pub(crate) documents: Vec<documents::PublishedDocument>,
    /// Those of its own pictures and documents that only texts lead to which are not built.
    pub(crate) held_files: BTreeSet<RelPath>,
    /// The translations that are drafts and not built, of which no model is made.
    pub(crate) draft_translations: Vec<RelPath>,
    /// The reports, oldest first.
    pub(crate) reports: Vec<Arc<Report>>,
}

impl Archive {
    /// The reports, oldest first.
    pub(crate) fn reports(&self) -> impl DoubleEndedIterator<Item = &Report> {
        self.reports.iter().map(Arc::as_ref)
    }

    /// The hash of the parts of the site that every year's pages may show: `site.yaml`, the glossary and the definitions
    /// of indicators, as written in `tree`.
    #[must_use]
    pub(crate) fn hash_of_shared(&self, tree: &SourceTree) -> Digest {
        let files = [self.site.file.as_str(), glossary::FILE, indicators::FILE]
            .map(|file| tree.files.get(file).map(|file| file.hash));
        let media: Vec<_> = tree.files_under("content/media").map(|(_, below, file)| (below, file.hash)).collect();
        hash128(&(files, media, &self.documents, &self.held_files, &self.site.brand))
    }

    /// Whether a file's contents are held back because they may not be meant for readers yet: a `report.yaml` whose
    /// embargo, or a submission or page whose status, could not be read.
    #[must_use]
    pub(crate) fn holds_back(&self, file: &RelPath) -> bool {
        let doubtful = |page: &Page| page.file == *file && !page.is_status_known;
        let in_report = |report: &Report| {
            let is_doubtful_year = report.file == *file && report.embargo == report::Embargo::Unreadable;
            let mut sent = report.submissions().filter(|sent| sent.file == *file && !sent.is_status_known);
            is_doubtful_year || report.pages.iter().any(doubtful) || sent.next().is_some()
        };
        self.pages.iter().any(doubtful) || self.reports().any(in_report)
    }

    /// The commitments that a board or agency made in the year before, and reports back on in `report`.
    #[must_use]
    pub(crate) fn commitments_to_answer(&self, report: &Report, owner: Submitter<'_>) -> &[Commitment] {
        let earlier = self.before(report).and_then(|before| before.submission(owner.kind, owner.earlier_id()));
        earlier.map_or(&[], |earlier| &earlier.commitments)
    }

    /// The report of the previous year, if there is one.
    #[must_use]
    pub(crate) fn before(&self, report: &Report) -> Option<&Report> {
        self.reports().rev().find(|other| other.year < report.year)
    }
}

//! The pages: one file for each kind, which makes a view from the site or a year. Pages do not depend on each other:
//! content shown on several pages is in [`shared`]. Only prose is HTML here.

pub(crate) mod agreements;
pub(crate) mod attendance;
pub(crate) mod budget;
pub(crate) mod commitments;
pub(crate) mod contacts;
pub(crate) mod decisions;
pub(crate) mod distribution;
pub(crate) mod documents;
pub(crate) mod duties;
pub(crate) mod glossary;
pub(crate) mod governance;
pub(crate) mod indicators;
pub(crate) mod linked_data;
pub(crate) mod narrative;
pub(crate) mod page_list;
pub(crate) mod print;
pub(crate) mod priorities;
pub(crate) mod report_index;
pub(crate) mod reviews;
pub(crate) mod same_page;
pub(crate) mod search;
pub(crate) mod shared;
pub(crate) mod site_index;
pub(crate) mod submission;
pub(crate) mod submitters;
pub(crate) mod training;
pub(crate) mod trends;

use super::context::{OutputMode, YearContext};
use super::search::SearchScope;
use super::view::part::PartView;
use crate::model::{Part, SubmitterKind};

/// How a part of a report is shown.
pub(super) struct PartPage {
    /// The template of its page.
    pub(super) template: &'static str,
    /// The content of its page, or of its chapter in the document.
    pub(super) view: fn(&YearContext<'_>) -> PartView,
    /// What the search index includes of its page.
    pub(super) search: SearchScope,
}

/// How each part is shown. The search index leaves out the text of commitments, priorities and submitters, because
/// other pages contain it too.
pub(super) fn part_page(part: Part) -> PartPage {
    match part {
        Part::Boards => PartPage {
            template: "members.html",
            view: |year| submitters_view(year, SubmitterKind::Board),
            search: SearchScope::Title,
        },
        Part::Agencies => PartPage {
            template: "members.html",
            view: |year| submitters_view(year, SubmitterKind::Agency),
            search: SearchScope::Title,
        },
        Part::Priorities => PartPage {
            template: "priorities.html",
            view: |year| PartView::Priorities(priorities::view(year)),
            search: SearchScope::Title,
        },
        Part::Indicators => PartPage {
            template: "indicators.html",
            view: |year| PartView::Indicators(Box::new(indicators::view(year))),
            search: SearchScope::Text,
        },
        Part::Attendance => PartPage {
            template: "attendance.html",
            view: |year| PartView::Attendance(Box::new(attendance::view(year))),
            search: SearchScope::Text,
        },
        Part::Budget => PartPage {
            template: "budget.html",
            view: |year| PartView::Budget(Box::new(budget::view(year))),
            search: SearchScope::Text,
        },
        Part::Training => PartPage {
            template: "training.html",
            view: |year| PartView::Training(Box::new(training::view(year))),
            search: SearchScope::Text,
        },
        Part::Governance => PartPage {
            template: "governance.html",
            view: |year| PartView::Governance(Box::new(governance::view(year))),
            search: SearchScope::Text,
        },
        Part::Agreements => PartPage {
            template: "agreements.html",
            view: |year| PartView::Agreements(agreements::view(year)),
            search: SearchScope::Text,
        },
        Part::Decisions => PartPage {
            template: "decisions.html",
            view: |year| PartView::Decisions(decisions::view(year)),
            search: SearchScope::Text,
        },
        Part::Reviews => PartPage {
            template: "reviews.html",
            view: |year| PartView::Reviews(reviews::view(year)),
            search: SearchScope::Text,
        },
        Part::Commitments => PartPage {
            template: "commitments.html",
            view: |year| PartView::Commitments(Box::new(commitments::view(year))),
            search: SearchScope::Title,
        },
        Part::Distribution => PartPage {
            template: "distribution.html",
            view: |year| PartView::Distribution(distribution::view(year)),
            search: SearchScope::Text,
        },
        Part::Documents => PartPage {
            template: "documents.html",
            view: |year| PartView::Documents(documents::of_year(year)),
            search: SearchScope::Text,
        },
        Part::Duties => PartPage {
            template: "duties.html",
            view: |year| PartView::Duties(duties::view(year)),
            search: SearchScope::Text,
        },
    }
}

/// The boards, or the agencies: a list with links to their submissions, or in the document the submissions themselves.
fn submitters_view(context: &YearContext<'_>, kind: SubmitterKind) -> PartView {
    match context.mode {
        OutputMode::Pages => PartView::Submitters(submitters::view(context, kind)),
        OutputMode::Document => {
            PartView::Papers(print::submissions(context, kind, |at| submission::view(context, kind, at)))
        }
    }
}

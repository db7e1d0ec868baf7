//! The pages: one file for each kind, which makes a view of what the site or a year is made from. Pages do not know
//! each other: what several show is a file of [`shared`]. Nothing here writes HTML but what prose gives.

pub(crate) mod attendance;
pub(crate) mod budget;
pub(crate) mod commitments;
pub(crate) mod contacts;
pub(crate) mod duties;
pub(crate) mod glossary;
pub(crate) mod governance;
pub(crate) mod narrative;
pub(crate) mod page_list;
pub(crate) mod print;
pub(crate) mod priorities;
pub(crate) mod report_index;
pub(crate) mod reviews;
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
    /// What its page, or its chapter of the document, shows.
    pub(super) view: fn(&YearContext<'_>) -> PartView,
    /// What the search finds of its page.
    pub(super) search: SearchScope,
}

/// How each part is shown. What the pages of commitments, priorities and submitters say stands on other pages too, and
/// would be found twice.
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
        Part::Duties => PartPage {
            template: "duties.html",
            view: |year| PartView::Duties(duties::view(year)),
            search: SearchScope::Text,
        },
    }
}

/// The boards, or the agencies: a list with links to what they sent, or in the document all of that.
fn submitters_view(context: &YearContext<'_>, kind: SubmitterKind) -> PartView {
    match context.mode {
        OutputMode::Pages => PartView::Submitters(submitters::view(context, kind)),
        OutputMode::Document => {
            PartView::Papers(print::submissions(context, kind, |at| submission::view(context, kind, at)))
        }
    }
}

//! What a template is given, and which templates there are.

use super::shared::PageView;
#[cfg(test)]
use super::{View, ViewReference, data, parts, print, submission};
use crate::render::theme::Value;

/// A page's inputs: everything that its bytes depend on, besides the template set and what all pages share.
pub(crate) struct PageInput {
    /// The template.
    pub template: &'static str,
    /// What the page says of itself.
    pub page: PageView,
    /// What is its own.
    pub view: Value,
}

/// A template that makes a page, or a part of many.
#[cfg(test)]
pub(crate) struct Template {
    /// Its file in the theme's `templates/`.
    pub name: &'static str,
    /// The view that it is given, where it is given one.
    pub view: Option<fn() -> ViewReference>,
    /// What it makes.
    pub about: &'static str,
}

#[cfg(test)]
const fn template(name: &'static str, view: Option<fn() -> ViewReference>, about: &'static str) -> Template {
    Template { name, view, about }
}

/// Every template that makes a page or a part of many.
#[cfg(test)]
pub(crate) const TEMPLATES: &[Template] = &[
    template("home.html", Some(parts::SiteIndexView::reference), "the site's front page"),
    template("front.html", Some(parts::ReportIndexView::reference), "a report's front page"),
    template(
        "page.html",
        Some(parts::NarrativeView::reference),
        "a page that somebody wrote, of a year or of the site",
    ),
    template("members.html", Some(parts::SubmittersView::reference), "the boards, or the agencies"),
    template("submission.html", Some(submission::SubmissionView::reference), "what one board or agency sent"),
    template("priorities.html", Some(parts::PrioritiesView::reference), "the year's priorities"),
    template("priority.html", Some(parts::PriorityView::reference), "a priority, and who did what towards it"),
    template("attendance.html", Some(data::AttendanceView::reference), "who came to which meeting"),
    template("budget.html", Some(data::BudgetView::reference), "contributions, income and expenditure"),
    template("governance.html", Some(data::GovernanceView::reference), "who sits where, and who reports what to whom"),
    template("reviews.html", Some(parts::ReviewsView::reference), "reviews, and what became of them"),
    template(
        "commitments.html",
        Some(parts::CommitmentsView::reference),
        "every commitment, and what became of last year's",
    ),
    template("duties.html", Some(parts::DutiesView::reference), "each duty of the law with its evidence"),
    template("print.html", Some(print::PrintView::reference), "the whole report as one document"),
    template("trends.html", Some(data::TrendsView::reference), "attendance, money and commitments over the years"),
    template("glossary.html", Some(parts::GlossaryView::reference), "the terms from A to Z"),
    template("contacts.html", Some(parts::ContactsView::reference), "whom to turn to"),
    template("search.html", Some(parts::SearchView::reference), "the search, and everything from A to Z"),
    template("top.html", None, "the top of every page; its `page` is a [ChromePageView](#chromepageview)"),
    template(
        "contents.html",
        None,
        "the contents of a report, beside its pages; its `page` is a [ChromePageView](#chromepageview)",
    ),
    template("foot.html", None, "the foot of every page; its `page` is a [ChromePageView](#chromepageview)"),
    template("redirect.html", Some(parts::RedirectView::reference), "an earlier address of a page"),
    template("not-found.html", None, "what stands where there is no page"),
];

//! What a template is given, and which templates there are.

#[cfg(test)]
use super::part::PART_TEMPLATES;
use super::shared::PageView;
#[cfg(test)]
use super::{Template, View, data, parts, print, submission, template};
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

/// Every template that makes a page or a part of many, those of the parts of a report first.
#[cfg(test)]
pub(crate) fn templates() -> impl Iterator<Item = &'static Template> {
    PART_TEMPLATES.iter().chain(OTHER_TEMPLATES)
}

#[cfg(test)]
const OTHER_TEMPLATES: &[Template] = &[
    template("home.html", Some(parts::SiteIndexView::reference), "the site's front page"),
    template("front.html", Some(parts::ReportIndexView::reference), "a report's front page"),
    template(
        "page.html",
        Some(parts::NarrativeView::reference),
        "a page that somebody wrote, of a year or of the site",
    ),
    template("members.html", Some(parts::SubmittersView::reference), "the boards, or the agencies"),
    template("submission.html", Some(submission::SubmissionView::reference), "what one board or agency sent"),
    template("priority.html", Some(parts::PriorityView::reference), "a priority, and who did what towards it"),
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

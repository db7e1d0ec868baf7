//! The inputs of a page's template, and the list of templates.

use std::borrow::Cow;

use super::part::PART_TEMPLATES;
use super::shared::{ChromePageView, ChromeView, PageView, SiteView, YearView};
use super::{Template, TemplateData, View, data, parts, print, shared_template, submission, template};
use crate::render::theme::Value;

/// A page's inputs: everything that its bytes depend on, except the theme and what all pages share.
pub(crate) struct PageInput {
    pub template: Cow<'static, str>,
    /// The page's title, address, links and notices.
    pub page: PageView,
    /// The content of the page.
    pub view: Value,
    /// The number of charts in the content.
    pub charts: usize,
}

/// What every template receives.
pub(crate) fn template_data() -> TemplateData {
    TemplateData {
        templates: templates().collect(),
        shared: vec![("site", SiteView::reference), ("year", YearView::reference), ("frame", ChromeView::reference)],
        pages: [PageView::reference, ChromePageView::reference],
    }
}

/// Every template for a page or a part of many pages. Those of the parts of a report come first.
pub(crate) fn templates() -> impl Iterator<Item = &'static Template> {
    PART_TEMPLATES.iter().chain(OTHER_TEMPLATES)
}

const OTHER_TEMPLATES: &[Template] = &[
    template("home.html", Some(parts::SiteIndexView::reference), "the site's front page"),
    template("front.html", Some(parts::ReportIndexView::reference), "a report's front page"),
    template("page.html", Some(parts::NarrativeView::reference), "a page of text, of a year or of the site"),
    template("members.html", Some(parts::SubmittersView::reference), "the boards, or the agencies"),
    template("submission.html", Some(submission::SubmissionView::reference), "a board's or agency's submission"),
    template("priority.html", Some(parts::PriorityView::reference), "a priority and the work on it"),
    template("print.html", Some(print::PrintView::reference), "the full report as one document"),
    template("trends.html", Some(data::TrendsView::reference), "attendance, money and commitments over the years"),
    template("glossary.html", Some(parts::GlossaryView::reference), "the glossary"),
    template("contacts.html", Some(parts::ContactsView::reference), "the contacts"),
    template("search.html", Some(parts::SearchView::reference), "the search, with an A to Z of everything"),
    shared_template("top.html", "the top of every page"),
    shared_template("contents.html", "the contents of a report, beside its pages"),
    shared_template("foot.html", "the footer of every page"),
    template("redirect.html", Some(parts::RedirectView::reference), "an earlier address of a page"),
    template("not-found.html", None, "the page for an unknown address"),
];

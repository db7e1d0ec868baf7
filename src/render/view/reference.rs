//! The reference of views, made of their declarations.

use std::fmt::Write;

use super::{Extra, Html};

/// A view: a record that a template is given.
pub trait View {
    /// Its name.
    const NAME: &'static str;
    /// What it is.
    const ABOUT: &'static str;

    /// Its fields, in the order in which they are declared.
    fn fields() -> Vec<ViewField>;
}

/// A field of a view.
pub struct ViewField {
    /// Its name in templates.
    pub name: &'static str,
    /// What it holds, in Markdown.
    pub type_name: String,
    /// What it means.
    pub about: &'static str,
}

/// Something that a field can hold.
pub trait Described {
    /// What a writer of themes calls it, in Markdown.
    fn describe() -> String;
}

/// Declares what plain types are called.
macro_rules! described {
    ($($type:ty = $words:literal,)+) => {$(
        impl Described for $type {
            fn describe() -> String {
                $words.to_owned()
            }
        }
    )+};
}

described! {
    String = "text",
    &'static str = "word",
    Html = "HTML",
    Extra = "anything",
    bool = "true or false",
    u8 = "number",
    u32 = "number",
    usize = "number",
}

impl<T: Described> Described for Vec<T> {
    fn describe() -> String {
        format!("list of {}", T::describe())
    }
}

impl<T: Described> Described for Option<T> {
    fn describe() -> String {
        format!("{}, or nothing", T::describe())
    }
}

impl<T: Described> Described for Box<T> {
    fn describe() -> String {
        T::describe()
    }
}

/// The section of the reference about one view.
#[must_use]
pub fn section<V: View>() -> String {
    let mut text = format!("## {}\n\n{}\n\n| field | holds | means |\n| --- | --- | --- |\n", V::NAME, V::ABOUT.trim());
    for field in V::fields() {
        let about = field.about.trim().replace('|', "\\|");
        _ = writeln!(text, "| `{}` | {} | {about} |", field.name, field.type_name);
    }
    text
}

/// The whole reference, `docs/views.md`.
#[must_use]
pub fn reference() -> String {
    use super::{data, parts, print, shared, submission};
    /// The sections of several views.
    macro_rules! sections {
        ($($view:ty),+ $(,)?) => { [$(section::<$view>()),+].join("\n") };
    }
    let mut templates = String::new();
    for (template, view, about) in crate::render::page::TEMPLATES {
        _ = match *view {
            "" => writeln!(templates, "| `{template}` | nothing | {about} |"),
            view => writeln!(templates, "| `{template}` | [{view}](#{}) | {about} |", view.to_lowercase()),
        };
    }
    let sections = sections![
        shared::SiteView,
        shared::YearView,
        shared::PageView,
        shared::ChromeView,
        shared::ChromePageView,
        shared::LinkView,
        shared::ContentsView,
        shared::ContactView,
        shared::PhoneView,
        shared::NoticeView,
        shared::FaultView,
        parts::SiteIndexView,
        parts::CardView,
        parts::ReportIndexView,
        parts::FigureView,
        parts::DistributionView,
        parts::NarrativeView,
        parts::SubmittersView,
        parts::SubmitterView,
        parts::PrioritiesView,
        parts::PriorityCardView,
        parts::PriorityView,
        parts::PriorityActionView,
        parts::CommitmentsView,
        parts::CommitmentGroupView,
        parts::CommitmentView,
        parts::OutcomeView,
        parts::DutiesView,
        parts::DutySetView,
        parts::DutyView,
        parts::ReviewsView,
        parts::ReviewView,
        parts::FindingView,
        parts::GlossaryView,
        parts::GlossaryLetterView,
        parts::TermView,
        parts::ContactsView,
        parts::RedirectView,
        submission::SubmissionView,
        submission::SectionView,
        submission::FollowUpView,
        data::AttendanceView,
        data::MeetingView,
        data::AttendanceMemberView,
        data::CellView,
        data::RateView,
        data::FootnoteView,
        data::BudgetView,
        data::ContributionsView,
        data::ContributionView,
        data::LinesView,
        data::LineView,
        data::GovernanceView,
        data::BodyView,
        data::SeatView,
        data::ReportingView,
        data::DocumentView,
        data::DocumentActionView,
        data::ThemeView,
        print::PrintView,
        print::ChapterView,
        print::PrintedSubmissionView,
    ];
    format!(
        "<!-- Made of src/render/view by a test; run `ANNAL_BLESS=1 cargo test --lib views_are_documented` to make it anew. -->\n\
         # What templates are given\n\n\
         Every template gets `site` ([SiteView](#siteview)), `page` ([PageView](#pageview)) and `words`, the texts of the \
         interface by key. A page of a year gets `year` too ([YearView](#yearview)); on other pages `year` is nothing. What \
         is a page's own is its `view`.\n\n\
         Texts are escaped by themselves; HTML is put in with `| safe`. Addresses count from the site's root: write \
         `href=\"{{{{ page.root }}}}{{{{ link.href }}}}\"`. Two functions are at hand: `asset(path=\"civic.css\")` gives the \
         address of a file of the theme's `assets/`, and `t(key=\"boards_count\", n=7)` a text with its gaps filled, in the form \
         for the number `n`.\n\n\
         | template | `view` | page |\n| --- | --- | --- |\n{templates}\n{sections}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the page lies on the disk")]
    fn views_are_documented() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/views.md");
        let made = reference();
        if std::env::var_os("ANNAL_BLESS").is_some() {
            std::fs::write(path, &made).unwrap();
        }
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            kept == made,
            "docs/views.md is out of date: run `ANNAL_BLESS=1 cargo test --lib views_are_documented`"
        );
    }
}

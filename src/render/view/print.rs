//! What the whole report as one document shows.

use super::part::PartView;
use super::parts::FigureView;
use super::shared::NoticeView;
use crate::view;

view! {
    /// The whole report as one document.
    pub struct PrintView {
        /// When the report was published, in words; may be empty.
        published: String,
        /// Key figures.
        figures: Vec<FigureView>,
        /// Its chapters, in order.
        chapters: Vec<ChapterView>,
    }

    /// A chapter: a page or a part. One of its fields from `narrative` on holds what it shows.
    pub struct ChapterView {
        /// Its number.
        number: String,
        /// Its title.
        title: String,
        /// The fragment that leads to it.
        anchor: String,
        /// What it is: `page`, or a part's name.
        kind: &'static str,
        /// Reasons for known faults of what it shows.
        notices: Vec<NoticeView>,
        ..content: PartView,
    }
}

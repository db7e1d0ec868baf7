//! View of the whole report as one document.

use super::part::PartView;
use super::parts::FrontView;
use super::shared::NoticeView;
use crate::view;

view! {
    /// The whole report as one document.
    pub struct PrintView {
        /// When the report was published, in words; may be empty.
        published: String,
        /// Who signed off the report as a whole, and when; may be empty.
        signed_off: String,
        /// What it opens with.
        front: FrontView,
        /// Its chapters, in order.
        chapters: Vec<ChapterView>,
    }

    /// A chapter: a page or a part. One of the fields from `narrative` onwards has its content.
    pub struct ChapterView {
        /// Its number.
        number: String,
        /// Its title.
        title: String,
        /// The fragment of the chapter.
        anchor: String,
        /// The kind of chapter: `page`, or the name of a part.
        kind: &'static str,
        /// Reasons for waived errors in its content.
        notices: Vec<NoticeView>,
        ..content: PartView,
    }
}

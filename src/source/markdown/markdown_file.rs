//! The Markdown of a file, without its words.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::{LinkedText, Markdown, Origin, parse};
use crate::diagnostic::{RelPath, Span};
use crate::source::text_on_disk::TextOnDisk;
use crate::source::tree::FileContent;

/// The Markdown in a file. If the file's text is on the disk, only that is kept which is asked for across the years, and the
/// words are read again when they are needed, so that any number of submissions fits in memory.
///
/// All clones share the words for as long as somebody holds them.
#[derive(Clone, Debug)]
pub(crate) struct MarkdownFile {
    /// Its file, its place there, and its links.
    pub linked: LinkedText,
    /// The ids of the headings, in order.
    pub heading_ids: Arc<[String]>,
    /// The number of words in the readable text.
    pub words: usize,
    /// Whether it may have footnotes.
    pub has_footnotes: bool,
    source: WordsSource,
}

/// Where the words of a Markdown file are.
#[derive(Clone, Debug)]
enum WordsSource {
    /// In memory.
    Held(HeldMarkdown),
    /// On the disk.
    OnDisk(Arc<MarkdownOnDisk>),
}

/// Markdown that is read from the disk when it is needed.
#[derive(Debug)]
struct MarkdownOnDisk {
    text: TextOnDisk,
    /// The part of the file that it is.
    body: Span,
    /// The parts of it that are no words; see [`Markdown::without`].
    hidden: Vec<Span>,
    held: Mutex<Weak<Box<Markdown>>>,
}

impl MarkdownFile {
    /// Keeps `markdown`, which is the part `body` of a file with this content; without its words, if those are on the disk.
    #[must_use]
    pub(crate) fn new(mut markdown: Markdown, content: &FileContent, body: Span) -> Self {
        markdown.forget_block_texts();
        let linked = markdown.linked.clone();
        let heading_ids = markdown.headings.iter().map(|heading| heading.id.clone()).collect();
        let (words, has_footnotes) = (markdown.words, markdown.text().contains("[^"));
        let source = match content {
            FileContent::TextOnDisk(text) => {
                let (text, hidden, held) = (text.clone(), markdown.hidden, Mutex::default());
                WordsSource::OnDisk(Arc::new(MarkdownOnDisk { text, body, hidden, held }))
            }
            _ => WordsSource::Held(HeldMarkdown(Arc::new(Box::new(markdown)))),
        };
        Self { linked, heading_ids, words, has_footnotes, source }
    }

    /// The Markdown with its words. It is read now, unless somebody holds it.
    #[must_use]
    pub(crate) fn read(&self) -> HeldMarkdown {
        match &self.source {
            WordsSource::Held(markdown) => markdown.clone(),
            WordsSource::OnDisk(on_disk) => on_disk.read(&self.linked.file),
        }
    }
}

impl MarkdownOnDisk {
    fn read(&self, file: &RelPath) -> HeldMarkdown {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(markdown) = held.upgrade() {
            return HeldMarkdown(markdown);
        }
        let origin = Origin::File(self.text.read(), self.body);
        let read = Arc::new(Box::new(parse::read_again(file, &origin, self.hidden.clone())));
        *held = Arc::downgrade(&read);
        HeldMarkdown(read)
    }
}

/// The Markdown of a file with its words. While it is held, nobody reads them again.
#[derive(Clone, Debug)]
#[expect(clippy::redundant_allocation, reason = "a weak pointer keeps the place that it points to, and the box goes")]
pub(crate) struct HeldMarkdown(Arc<Box<Markdown>>);

impl Deref for HeldMarkdown {
    type Target = Markdown;

    fn deref(&self) -> &Markdown {
        &self.0
    }
}

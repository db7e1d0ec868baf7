//! What the rest of a site needs to know of a text without reading it: where it is, and what it links to.

use std::sync::Arc;

use super::Link;
use crate::diagnostic::{Location, RelPath, Span};
use crate::source::yaml::Prose;

/// The links of a text, and where the text is.
#[derive(Clone, Debug)]
pub(crate) struct LinkedText {
    /// The file that contains it.
    pub file: RelPath,
    place: TextPlace,
    /// The links and images, in order.
    pub links: Vec<Link>,
}

/// Where the first byte of a text is.
#[derive(Clone, Debug)]
pub(super) enum TextPlace {
    /// At a byte of its file.
    File(u32),
    /// In a value of a YAML file, whose lines are indented there.
    Yaml(Arc<Prose>),
}

impl LinkedText {
    /// A text whose links are not known yet.
    pub(super) fn new(file: &RelPath, place: TextPlace) -> Self {
        Self { file: file.clone(), place, links: Vec::new() }
    }

    /// The location in the file of a span of the text.
    #[must_use]
    pub(crate) fn location(&self, inside: Span) -> Location {
        let span = match &self.place {
            TextPlace::File(start) => inside.shifted(*start as usize),
            TextPlace::Yaml(prose) => prose.place_of(inside),
        };
        Location::new(&self.file, span)
    }
}

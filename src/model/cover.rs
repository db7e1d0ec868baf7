//! Reports to committees that go with the annual report: whose headings they have, and what is written under them.

use crate::diagnostic::{Location, RelPath};
use crate::source::files::CoverSource;
use crate::source::markdown::Markdown;
use crate::source::yaml::Text;

/// The headings that a committee wants: `content/covers/TEMPLATE.yaml`.
#[derive(Clone, Debug)]
pub(crate) struct CoverTemplate {
    /// The name of the file without its ending.
    pub id: String,
    pub file: RelPath,
    pub headings: Vec<CoverHeading>,
    /// Whether all of the file could be read. If not, other headings may be there.
    pub is_complete: bool,
}

/// A heading of a committee's reports.
#[derive(Clone, Debug)]
pub(crate) struct CoverHeading {
    pub id: String,
    pub title: String,
    /// What is taken from the annual report.
    pub source: Option<CoverSource>,
    /// What every report says under it.
    pub text: Option<Markdown>,
    /// Whether something must be written under it. `false` if the heading has a mistake: what belongs under it is unknown.
    pub is_required: bool,
    /// Its title.
    pub location: Location,
}

/// What an entry of `distribution` says about the report to a committee that goes with it.
#[derive(Clone, Debug)]
pub(crate) struct CoverRequest {
    /// The id of the template.
    pub template: Text,
    pub file: RelPath,
    pub lead_officer: Option<String>,
    /// What the committee is asked to decide.
    pub recommendations: Vec<Markdown>,
    /// What is written under headings, by their ids.
    pub implications: Vec<(Text, Markdown)>,
}

impl CoverRequest {
    /// Its texts.
    pub(super) fn prose(&self) -> impl Iterator<Item = &Markdown> {
        self.recommendations.iter().chain(self.implications.iter().map(|(_, text)| text))
    }

    /// What the entry says under the heading with this id.
    #[must_use]
    pub(crate) fn implication(&self, heading: &str) -> Option<&Markdown> {
        let (_, text) = self.implications.iter().find(|(id, _)| id.value == heading)?;
        Some(text).filter(|text| says_anything(text))
    }
}

/// Whether readers see anything of a text.
pub(super) fn says_anything(text: &Markdown) -> bool {
    !text.shown_runs().is_empty()
}

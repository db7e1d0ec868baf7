//! What a report's front page opens with: its headline, key messages, figures and quotations.

use super::ids::IndicatorId;
use crate::diagnostic::Span;
use crate::source::files::{Direction, FrontFigure};
use crate::source::yaml::Text;

/// The most key messages of a front page.
pub(crate) const MAX_KEY_MESSAGES: usize = 5;
/// The most figures of a front page.
pub(crate) const MAX_FIGURES: usize = 5;
/// The most quotations of a front page.
pub(crate) const MAX_QUOTATIONS: usize = 2;

/// What the editor has chosen for a report's front page.
#[derive(Clone, Debug, Default)]
pub(crate) struct FrontPage {
    /// One sentence that says what changed.
    pub headline: Option<String>,
    /// At most [`MAX_KEY_MESSAGES`] findings.
    pub key_messages: Vec<KeyMessage>,
    /// The figures in order; `None` for all that the report has.
    pub figures: Option<Vec<ChosenFigure>>,
    /// At most [`MAX_QUOTATIONS`] quotations.
    pub quotations: Vec<Quotation>,
}

impl FrontPage {
    /// The places to read more, as written in `report.yaml`.
    pub(crate) fn links(&self) -> impl Iterator<Item = &Text> {
        let messages = self.key_messages.iter().filter_map(|message| message.link.as_ref());
        messages.chain(self.quotations.iter().filter_map(|quotation| quotation.link.as_ref()))
    }
}

/// A figure that the editor has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ChosenFigure {
    /// One that annal counts.
    Counted(FrontFigure),
    /// The latest value of an indicator.
    Indicator(IndicatorId),
}

/// A finding.
#[derive(Clone, Debug)]
pub(crate) struct KeyMessage {
    /// What changed, in a sentence.
    pub text: String,
    /// The place of that sentence in the report's file.
    pub span: Span,
    /// The figure that shows it.
    pub figure: Option<String>,
    /// How the figure changed since the year before.
    pub direction: Option<Direction>,
    /// Where to read more.
    pub link: Option<Text>,
}

impl KeyMessage {
    /// The message with its figure before it, as text alone.
    #[must_use]
    pub(crate) fn with_figure(&self) -> String {
        self.figure.as_ref().map_or_else(|| self.text.clone(), |figure| format!("{figure}: {}", self.text))
    }
}

/// What somebody said or wrote.
#[derive(Clone, Debug)]
pub(crate) struct Quotation {
    /// The words, without quotation marks.
    pub text: String,
    /// Who said or wrote them.
    pub by: String,
    /// Where to read more.
    pub link: Option<Text>,
}

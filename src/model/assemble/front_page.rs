//! Reads what `report.yaml` says about its front page.

use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, WithDiagnostics};
use crate::model::front_page::{
    ChosenFigure, FrontPage, KeyMessage, MAX_FIGURES, MAX_KEY_MESSAGES, MAX_QUOTATIONS, Quotation,
};
use crate::model::indicators::definition::IndicatorSet;
use crate::model::written_link::safe_link;
use crate::source::files::{FrontFigure, FrontFigureEntry, KeyMessageEntry, QuotationEntry};
use crate::source::yaml::Text;
use crate::source::yaml::scalar::Scalar;

/// The front page as the keys of `file`, a `report.yaml`, describe it.
pub(super) fn assemble(
    file: &RelPath,
    headline: Option<Text>,
    key_messages: Option<Vec<KeyMessageEntry>>,
    figures: Option<Vec<FrontFigureEntry>>,
    quotations: Option<Vec<QuotationEntry>>,
    indicators: &IndicatorSet,
) -> WithDiagnostics<FrontPage> {
    let mut reading = FrontPageAssembler { file, indicators, diagnostics: Vec::new() };
    let key_messages = reading.at_most(MAX_KEY_MESSAGES, "key messages", key_messages, |entry| entry.span);
    let quotations = reading.at_most(MAX_QUOTATIONS, "quotations", quotations, |entry| entry.span);
    let front = FrontPage {
        headline: headline.map(|headline| headline.value),
        key_messages: key_messages.into_iter().filter_map(|entry| reading.key_message(entry)).collect(),
        figures: figures.map(|figures| reading.figures(figures)),
        quotations: quotations.into_iter().filter_map(|entry| reading.quotation(entry)).collect(),
    };
    WithDiagnostics::new(front, reading.diagnostics)
}

/// Reads entries and collects diagnostics.
struct FrontPageAssembler<'a> {
    file: &'a RelPath,
    indicators: &'a IndicatorSet,
    diagnostics: Vec<Diagnostic>,
}

impl FrontPageAssembler<'_> {
    /// The first `most` of a list. Any more are reported once, at the first that is left out.
    fn at_most<T>(&mut self, most: usize, what: &str, written: Option<Vec<T>>, span: impl Fn(&T) -> Span) -> Vec<T> {
        let mut written = written.unwrap_or_default();
        if let Some(extra) = written.get(most) {
            let message = format!("the front page has room for {most} {what}, but this list has {}", written.len());
            let help = "keep the most important ones; the others can go on a page of their own";
            self.diagnostics
                .push(Diagnostic::new(Code::BadValue, Location::new(self.file, span(extra)), message).help(help));
        }
        written.truncate(most);
        written
    }

    fn figures(&mut self, written: Vec<FrontFigureEntry>) -> Vec<ChosenFigure> {
        let mut figures: Vec<ChosenFigure> = Vec::new();
        for FrontFigureEntry(word) in self.at_most(MAX_FIGURES, "figures", Some(written), |figure| figure.0.span) {
            let Some(figure) = self.figure(&word) else { continue };
            if figures.contains(&figure) {
                let message = format!("`{}` is listed twice", word.value);
                let twice = Diagnostic::new(Code::BadValue, Location::new(self.file, word.span), message);
                self.diagnostics.push(twice.help("remove one of them"));
                continue;
            }
            figures.push(figure);
        }
        figures
    }

    /// The figure that a word means. A figure that annal counts comes before an indicator of the same name.
    fn figure(&mut self, word: &Text) -> Option<ChosenFigure> {
        if let Ok(figure) = FrontFigure::parse(word) {
            return Some(ChosenFigure::Counted(figure));
        }
        let others = FrontFigure::WORDS.iter().copied();
        let known = self.indicators.find(self.file, word, others, &mut self.diagnostics)?;
        Some(ChosenFigure::Indicator(known))
    }

    fn key_message(&mut self, entry: KeyMessageEntry) -> Option<KeyMessage> {
        let link = safe_link(self.file, entry.link, &mut self.diagnostics);
        if let Some(direction) = entry.direction.as_ref().filter(|_| entry.figure.is_none()) {
            let message = format!("this key message has a `direction` (`{}`) but no `figure`", direction.value.word());
            let bare = Diagnostic::new(Code::MissingKey, Location::new(self.file, direction.span), message);
            self.diagnostics.push(bare.help("add the `figure` that changed, or remove `direction`"));
        }
        let text = entry.text?;
        Some(KeyMessage {
            text: text.value,
            span: text.span,
            figure: entry.figure.map(|figure| figure.value),
            direction: entry.direction.map(|direction| direction.value),
            link,
        })
    }

    fn quotation(&mut self, entry: QuotationEntry) -> Option<Quotation> {
        let link = safe_link(self.file, entry.link, &mut self.diagnostics);
        Some(Quotation { text: entry.text?.value, by: entry.by?.value, link })
    }
}

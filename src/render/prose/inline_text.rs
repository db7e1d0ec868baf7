//! Runs of text with their terms marked.

use pulldown_cmark::CowStr;

use super::MarkedTerm;
use super::gapped_html::{GappedHtml, PageGap, TermStyle};
use crate::diagnostic::Span;
use crate::escape;

/// A run of text in the pieces that the parser returns: smart punctuation, entities and escapes split it, and a term
/// may extend over several pieces.
#[derive(Default)]
pub(super) struct InlineText<'t> {
    pieces: Vec<(CowStr<'t>, Span)>,
}

impl<'t> InlineText<'t> {
    /// Adds the piece at `span`.
    pub(super) fn add(&mut self, text: CowStr<'t>, span: Span) {
        self.pieces.push((text, span));
    }

    /// Whether there is nothing to print.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Prints everything added so far.
    pub(super) fn print(&mut self, terms: &[MarkedTerm], style: TermStyle, out: &mut GappedHtml) {
        let (Some((_, first)), Some((_, last))) = (self.pieces.first(), self.pieces.last()) else { return };
        let whole = Span::new(first.start as usize, last.end as usize);
        let mut terms = TermSpans::new(terms, whole, style);
        for (text, span) in self.pieces.drain(..) {
            let is_exact = text.len() == (span.end - span.start) as usize;
            let mut at = span.start;
            while at < span.end {
                terms.step(at, out);
                let mut to = terms.next().filter(|next| *next > at).unwrap_or(span.end).min(span.end);
                let inside = |at: u32| (at - span.start) as usize;
                let shown = if is_exact { text.get(inside(at)..inside(to)) } else { None };
                // A piece that differs from its source, or would be split inside a character, is kept whole.
                if shown.is_none() {
                    to = span.end;
                }
                let rest = text.get(inside(at)..).unwrap_or(&text);
                escape::text(&mut out.text, shown.unwrap_or(if is_exact { rest } else { &text }));
                at = to;
            }
            if span.start == span.end {
                escape::text(&mut out.text, &text);
            }
        }
        terms.close(out);
    }
}

/// The terms entirely within a run of text, so that every opened element is also closed.
struct TermSpans<'a> {
    terms: &'a [MarkedTerm],
    /// The index of the next one.
    at: usize,
    whole: Span,
    style: TermStyle,
    /// The open term, with its index.
    open: Option<(usize, &'a MarkedTerm)>,
}

impl<'a> TermSpans<'a> {
    fn new(terms: &'a [MarkedTerm], whole: Span, style: TermStyle) -> Self {
        let terms = if style == TermStyle::Plain { &[] } else { terms };
        let at = terms.partition_point(|term| term.span.start < whole.start);
        let mut marks = Self { terms, at, whole, style, open: None };
        marks.skip();
        marks
    }

    /// Skips terms that cannot be marked here.
    fn skip(&mut self) {
        while let Some(term) = self.terms.get(self.at)
            && (term.span.end > self.whole.end || term.span.start >= term.span.end)
            && term.span.start < self.whole.end
        {
            self.at += 1;
        }
    }

    /// Where markup next opens or closes.
    fn next(&self) -> Option<u32> {
        self.open.map(|(_, term)| term.span.end).or_else(|| self.terms.get(self.at).map(|term| term.span.start))
    }

    /// Opens and closes markup at a position.
    fn step(&mut self, at: u32, out: &mut GappedHtml) {
        if self.open.is_some_and(|(_, term)| term.span.end <= at) {
            self.close(out);
        }
        if self.open.is_none()
            && let Some(term) = self.terms.get(self.at)
            && term.span.start <= at
        {
            let index = self.at;
            self.at += 1;
            self.skip();
            if term.span.end <= at {
                return;
            }
            self.open = Some((index, term));
            out.push_gap(PageGap::TermStart(index, self.style));
        }
    }

    /// Closes the open term.
    fn close(&mut self, out: &mut GappedHtml) {
        if let Some((index, _)) = self.open.take() {
            out.push_gap(PageGap::TermEnd(index, self.style));
        }
    }
}

//! Runs of text with their terms marked.

use pulldown_cmark::CowStr;

use super::{MarkedTerm, ProseOptions};
use crate::diagnostic::Span;
use crate::escape;

/// A run of text in the pieces that the parser returns: smart punctuation, entities and escapes split it, and a term
/// may extend over several pieces.
#[derive(Default)]
pub(super) struct InlineText<'t> {
    pieces: Vec<(CowStr<'t>, Span)>,
}

/// How terms are marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TermStyle {
    /// Not marked.
    Plain,
    /// With their meaning but without a link: in a link or heading.
    Named,
    /// With their meaning and a link to the glossary.
    Linked,
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
    pub(super) fn print(&mut self, setting: &ProseOptions<'_>, terms: TermStyle, out: &mut String) {
        let (Some((_, first)), Some((_, last))) = (self.pieces.first(), self.pieces.last()) else { return };
        let whole = Span::new(first.start as usize, last.end as usize);
        let mut terms = TermSpans::new(setting, whole, terms);
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
                escape::text(out, shown.unwrap_or(if is_exact { rest } else { &text }));
                at = to;
            }
            if span.start == span.end {
                escape::text(out, &text);
            }
        }
        terms.close(out);
    }
}

/// The terms entirely within a run of text, so that every opened element is also closed.
struct TermSpans<'a> {
    terms: &'a [MarkedTerm],
    whole: Span,
    style: TermStyle,
    /// The open term.
    open: Option<&'a MarkedTerm>,
}

impl<'a> TermSpans<'a> {
    fn new(setting: &ProseOptions<'a>, whole: Span, style: TermStyle) -> Self {
        let terms = if style == TermStyle::Plain { &[] } else { setting.terms };
        let first = terms.partition_point(|term| term.span.start < whole.start);
        let mut marks = Self { terms: &terms[first..], whole, style, open: None };
        marks.skip();
        marks
    }

    /// Skips terms that cannot be marked here.
    fn skip(&mut self) {
        while let Some((term, rest)) = self.terms.split_first()
            && (term.span.end > self.whole.end || term.span.start >= term.span.end)
            && term.span.start < self.whole.end
        {
            self.terms = rest;
        }
    }

    /// Where markup next opens or closes.
    fn next(&self) -> Option<u32> {
        self.open.map(|term| term.span.end).or_else(|| self.terms.first().map(|term| term.span.start))
    }

    /// Opens and closes markup at a position.
    fn step(&mut self, at: u32, out: &mut String) {
        if self.open.is_some_and(|term| term.span.end <= at) {
            self.close(out);
        }
        if self.open.is_none()
            && let Some((term, rest)) = self.terms.split_first()
            && term.span.start <= at
        {
            self.terms = rest;
            self.skip();
            if term.span.end <= at {
                return;
            }
            self.open = Some(term);
            if let (TermStyle::Linked, Some(address)) = (self.style, &term.address) {
                out.push_str("<a class=\"term\" href=\"");
                escape::address(out, address);
                out.push_str("\">");
            }
            out.push_str("<abbr title=\"");
            escape::attribute(out, &term.meaning);
            out.push_str("\">");
        }
    }

    /// Closes the open term.
    fn close(&mut self, out: &mut String) {
        if let Some(term) = self.open.take() {
            out.push_str("</abbr>");
            if self.style == TermStyle::Linked && term.address.is_some() {
                out.push_str("</a>");
            }
        }
    }
}

//! Runs of text as the page shows them: with their terms marked up.

use pulldown_cmark::CowStr;

use super::{MarkedTerm, ProseOptions};
use crate::diagnostic::Span;
use crate::escape;

/// Text that stands together, in the pieces that the parser gives: smart punctuation, entities and escapes each part
/// it, and a term may go over several of them.
#[derive(Default)]
pub(super) struct InlineText<'t> {
    pieces: Vec<(CowStr<'t>, Span)>,
}

/// How terms are marked up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TermStyle {
    /// Not at all.
    Plain,
    /// With their meaning, but no link: in a link or heading.
    Named,
    /// With their meaning and a link to the glossary.
    Linked,
}

impl<'t> InlineText<'t> {
    /// Adds a piece that stands at `span`.
    pub(super) fn add(&mut self, text: CowStr<'t>, span: Span) {
        self.pieces.push((text, span));
    }

    /// Whether there is nothing to print.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Prints all that was added.
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
                // A piece that does not stand there letter for letter, or is parted inside a character, stays whole.
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

/// The terms in a run of text: those that lie wholly inside it, so that no markup is opened and not closed.
struct TermSpans<'a> {
    terms: &'a [MarkedTerm],
    whole: Span,
    style: TermStyle,
    /// The term that is open.
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

    /// Passes over terms that cannot be marked up here.
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

    /// Opens and closes what is due at a place.
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

    /// Closes the term that is open.
    fn close(&mut self, out: &mut String) {
        if let Some(term) = self.open.take() {
            out.push_str("</abbr>");
            if self.style == TermStyle::Linked && term.address.is_some() {
                out.push_str("</a>");
            }
        }
    }
}

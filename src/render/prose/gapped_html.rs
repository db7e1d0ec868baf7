//! HTML with gaps: a text is read and written once, and each page that shows it fills in what only that page knows.

use std::fmt::Write as _;

use super::{LinkDestination, MarkedTerm};
use crate::diagnostic::RelPath;
use crate::escape;
use crate::render::view::Html;

/// What is missing at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PageGap {
    /// The way from the page to the site's root, at the beginning of an address.
    Root,
    /// The prefix of an id.
    Prefix,
    /// The prefix of an id, in an address.
    PrefixInAddress,
    /// The level of a heading, which has this level where nothing moves it.
    HeadingLevel(u8),
    /// The address of a page written by a person, and of a heading on it.
    Page(RelPath, Option<String>),
    /// The start and end of the term at an index.
    TermStart(usize, TermStyle),
    TermEnd(usize, TermStyle),
    /// The chart at an index in [`Markdown::charts`](crate::source::markdown::Markdown::charts).
    Chart(usize),
    /// What is shown at the end of the first block of the item at an index.
    Facts(usize),
}

/// How terms are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TermStyle {
    /// Not marked.
    Plain,
    /// With their meaning but without a link: in a link or heading.
    Named,
    /// With their meaning and a link to the glossary.
    Linked,
}

/// What fills the gaps on one page.
pub(crate) struct GapValues<'a> {
    /// The way to the site's root: `../../`.
    pub root: &'a str,
    /// The prefix of every id, so that several texts can be on one page.
    pub prefix: &'a str,
    /// How many levels headings are moved down.
    pub shift: u8,
    /// The address of a page written by a person, and of a heading on it, as seen from here.
    pub page: &'a dyn Fn(&RelPath, Option<&str>) -> String,
    /// The HTML of the chart at an index.
    pub chart: &'a dyn Fn(usize) -> Html,
    /// What each item shows at the end of its first block, in the order of the items that the text was written with.
    pub facts: &'a [Html],
    /// Whether terms are marked.
    pub marks_terms: bool,
}

/// HTML with gaps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct GappedHtml {
    /// The HTML between the gaps. Writing at its end is always right; what takes something away is a method.
    pub text: String,
    /// The gaps, each with its place in the text, in order.
    gaps: Vec<(usize, PageGap)>,
}

/// A place in such HTML, before or after the gaps there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The length of the text before it.
    pub text: usize,
    /// The number of gaps before it.
    gaps: usize,
}

impl Mark {
    /// The place after some more text without gaps.
    pub(super) fn after(self, text: &str) -> Self {
        Self { text: self.text + text.len(), ..self }
    }
}

impl GappedHtml {
    /// The end.
    pub(super) fn end(&self) -> Mark {
        Mark { text: self.text.len(), gaps: self.gaps.len() }
    }

    /// Adds a gap at the end.
    pub(super) fn push_gap(&mut self, gap: PageGap) {
        self.gaps.push((self.text.len(), gap));
    }

    /// Adds the address of a link at the end.
    pub(super) fn push_address(&mut self, destination: LinkDestination) {
        match destination {
            LinkDestination::Page(file, fragment) => self.push_gap(PageGap::Page(file, fragment)),
            LinkDestination::InSite(address) => {
                self.push_gap(PageGap::Root);
                escape::address(&mut self.text, &address);
            }
            LinkDestination::Here(fragment) => {
                self.text.push('#');
                self.push_gap(PageGap::PrefixInAddress);
                escape::address(&mut self.text, &fragment);
            }
            LinkDestination::Elsewhere(address) => escape::address(&mut self.text, &address),
        }
    }

    /// Adds other HTML at the end.
    pub(super) fn push(&mut self, other: Self) {
        let before = self.text.len();
        self.text.push_str(&other.text);
        self.gaps.extend(other.gaps.into_iter().map(|(at, gap)| (before + at, gap)));
    }

    /// Takes away what follows a place.
    pub(super) fn split_off(&mut self, from: Mark) -> Self {
        let mut gaps = self.gaps.split_off(from.gaps);
        for (at, _) in &mut gaps {
            *at -= from.text;
        }
        Self { text: self.text.split_off(from.text), gaps }
    }

    /// The place before the text at a byte, after the gaps there if `is_after_gaps`.
    pub(super) fn mark_at(&self, text: usize, is_after_gaps: bool) -> Mark {
        let gaps = self.gaps.partition_point(|(at, _)| *at < text || (is_after_gaps && *at == text));
        Mark { text, gaps }
    }

    /// The gaps between two places.
    pub(super) fn gaps_between(&self, from: Mark, to: Mark) -> impl Iterator<Item = &PageGap> {
        self.gaps[from.gaps..to.gaps].iter().map(|(_, gap)| gap)
    }

    /// The HTML with its gaps filled. `terms` are those that the text was written with.
    pub(super) fn fill(&self, terms: &[MarkedTerm], values: &GapValues<'_>) -> Html {
        let mut html = Html::new(String::with_capacity(self.text.len() + self.gaps.len() * 32));
        let mut done = 0;
        for (at, gap) in &self.gaps {
            html.text.push_str(&self.text[done..*at]);
            done = *at;
            gap.fill(&mut html, terms, values);
        }
        html.text.push_str(&self.text[done..]);
        html
    }
}

impl PageGap {
    /// Writes what belongs here.
    fn fill(&self, html: &mut Html, terms: &[MarkedTerm], values: &GapValues<'_>) {
        let out = &mut html.text;
        match self {
            Self::Root => escape::address(out, values.root),
            Self::Prefix => escape::attribute(out, values.prefix),
            Self::PrefixInAddress => escape::address(out, values.prefix),
            Self::HeadingLevel(level) => {
                let _ = write!(out, "{}", level.saturating_add(values.shift).min(6));
            }
            Self::Page(file, fragment) => escape::address(out, &(values.page)(file, fragment.as_deref())),
            Self::TermStart(..) | Self::TermEnd(..) if !values.marks_terms => {}
            Self::TermStart(index, style) => {
                let Some(term) = terms.get(*index) else { return };
                if let (TermStyle::Linked, Some(address)) = (style, &term.address) {
                    out.push_str("<a class=\"term\" href=\"");
                    escape::address(out, values.root);
                    escape::address(out, address);
                    out.push_str("\">");
                }
                out.push_str("<abbr title=\"");
                escape::attribute(out, &term.meaning);
                out.push_str("\">");
            }
            Self::TermEnd(index, style) => {
                let Some(term) = terms.get(*index) else { return };
                out.push_str("</abbr>");
                if *style == TermStyle::Linked && term.address.is_some() {
                    out.push_str("</a>");
                }
            }
            Self::Chart(index) => html.push(&(values.chart)(*index)),
            Self::Facts(index) => {
                if let Some(facts) = values.facts.get(*index) {
                    html.push(facts);
                }
            }
        }
    }
}

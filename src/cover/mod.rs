//! Reports to committees that go with the annual report, as HTML and as Word. They are for the committee's clerk, and never part
//! of the site.
//!
//! A [`CoverReport`] has the committee's headings in its order, each with what comes from the annual report and then what the
//! entry of `distribution` says. [`html`] and [`word`] write the same report.

pub(crate) mod html;
mod source;
pub(crate) mod word;

use std::collections::BTreeSet;

use crate::locale::Locale;
use crate::model::cover::{CoverHeading, CoverRequest, CoverTemplate};
use crate::model::distribution::Distribution;
use crate::model::{Archive, Report};
use crate::source::files::CoverSource;
use crate::source::markdown::{Markdown, MarkdownBlockKind};
use crate::source::slug::slug;

/// A recipient of an annual report who gets a report with it.
#[derive(Clone)]
pub(crate) struct CoverEntry<'a> {
    /// The name of its files, without an ending; each entry has its own.
    pub name: String,
    pub sent: &'a Distribution,
    request: &'a CoverRequest,
    template: &'a CoverTemplate,
}

impl<'a> CoverEntry<'a> {
    /// The entries of `distribution` with a report, in order. Those whose headings the site does not have are left out.
    pub(crate) fn all(archive: &'a Archive, report: &'a Report) -> Vec<Self> {
        let mut names = BTreeSet::new();
        let entry = |sent: &'a Distribution| {
            let request = sent.cover.as_ref()?;
            let template = archive.covers.iter().find(|template| template.id == request.template.value)?;
            Some(Self { name: free_name(&sent.written, &mut names), sent, request, template })
        };
        report.distribution.iter().filter_map(entry).collect()
    }
}

/// The name of a recipient's files. Two reports to the same recipient have names of their own.
fn free_name(recipient: &str, taken: &mut BTreeSet<String>) -> String {
    let name = Some(slug(recipient)).filter(|name| !name.is_empty()).unwrap_or_else(|| "report".to_owned());
    let mut free = name.clone();
    let mut count = 1;
    while !taken.insert(free.clone()) {
        count += 1;
        free = format!("{name}-{count}");
    }
    free
}

/// A report to a committee.
#[derive(Clone, Debug)]
pub(crate) struct CoverReport {
    /// What it is about: the annual report's title.
    pub title: String,
    /// The language of its text, as a BCP 47 tag.
    pub language: String,
    /// Committee, dates and officer, each with its label.
    pub facts: Vec<(String, String)>,
    /// What the committee is asked to decide, with its heading, if the committee has no numbered heading for it.
    pub recommendations: Option<(String, Vec<CoverBlock>)>,
    /// The numbered headings in order, each with what is under it.
    pub sections: Vec<(String, Vec<CoverBlock>)>,
}

/// A piece of a report to a committee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CoverBlock {
    /// A paragraph with its number, such as `1.1` or `A`.
    Numbered(String, String),
    Bullet(String),
    Table(CoverTable),
}

/// A table of amounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CoverTable {
    pub caption: String,
    /// What its lines are, and what its amounts are.
    pub heading: [String; 2],
    /// Each line with its amount.
    pub rows: Vec<[String; 2]>,
    /// The last row: their sum.
    pub total: [String; 2],
}

/// Something to be written under a heading, before paragraphs are numbered.
enum Content {
    Paragraph(String),
    Bullet(String),
    Table(CoverTable),
}

/// What reports to committees are made from.
pub(crate) struct CoverWriter<'a> {
    pub archive: &'a Archive,
    pub report: &'a Report,
    pub words: &'a Locale,
}

impl CoverWriter<'_> {
    /// The report that goes to a recipient.
    #[must_use]
    pub(crate) fn report(&self, entry: &CoverEntry<'_>) -> CoverReport {
        let CoverEntry { sent, request: cover, template, .. } = entry;
        let is_from = |source| move |heading: &&CoverHeading| heading.source == Some(source);
        let has = |source| template.headings.iter().find(is_from(source)).is_some();
        let asked = || letter(self.or_none(plain(cover.recommendations.iter())));
        let recommendations = !has(CoverSource::Recommendations);
        let recommendations = recommendations.then(|| (self.text("cover.recommendations"), asked()));
        let sections = template
            .headings
            .iter()
            .enumerate()
            .map(|(index, heading)| (heading.title.clone(), number(index + 1, self.under(cover, heading))));
        let mut sections: Vec<_> = sections.collect();
        if !has(CoverSource::Appendices) {
            let appendices = self.taken(CoverSource::Appendices, cover);
            sections.push((self.text("cover.appendices"), number(sections.len() + 1, appendices)));
        }
        CoverReport {
            title: self.title(),
            language: self.words.tag().to_owned(),
            facts: self.facts(sent, cover),
            recommendations,
            sections,
        }
    }

    fn text(&self, key: &str) -> String {
        self.words.text(key).to_owned()
    }

    fn title(&self) -> String {
        if self.report.title.is_empty() { self.text("letter.report") } else { self.report.title.clone() }
    }

    /// The name of a recipient for readers.
    #[must_use]
    pub(crate) fn committee(&self, sent: &Distribution) -> String {
        sent.recipient.map_or_else(|| sent.to.clone(), |known| self.text(known.text_key()))
    }

    fn facts(&self, sent: &Distribution, cover: &CoverRequest) -> Vec<(String, String)> {
        let committee = self.committee(sent);
        let date = |date: Option<jiff::civil::Date>| date.map(|date| self.words.date(date));
        let facts = [
            ("cover.committee", Some(committee)),
            ("cover.meeting", date(sent.considered)),
            ("cover.sent", date(sent.on)),
            ("cover.subject", Some(self.title())),
            ("cover.purpose", sent.purpose.clone()),
            ("cover.officer", cover.lead_officer.clone()),
        ];
        facts.into_iter().filter_map(|(key, fact)| Some((self.text(key), fact?))).collect()
    }

    /// What is written under a heading.
    fn under(&self, cover: &CoverRequest, heading: &CoverHeading) -> Vec<Content> {
        let mut contents = heading.source.map(|source| self.taken(source, cover)).unwrap_or_default();
        contents.extend(plain(heading.text.iter().chain(cover.implication(&heading.id))));
        self.or_none(contents)
    }

    /// The same, or else that there is nothing.
    fn or_none(&self, contents: Vec<Content>) -> Vec<Content> {
        if contents.is_empty() { vec![Content::Paragraph(self.text("cover.none"))] } else { contents }
    }
}

/// Texts without their markup. Whatever is neither a paragraph nor a list becomes a paragraph.
fn plain<'a>(texts: impl Iterator<Item = &'a Markdown>) -> Vec<Content> {
    let mut contents = Vec::new();
    for text in texts {
        for block in &text.blocks {
            match &block.kind {
                MarkdownBlockKind::List(items) => {
                    contents.extend(items.iter().map(|item| Content::Bullet(text.text_at(item.span))));
                }
                _ => contents.push(Content::Paragraph(text.text_at(block.span))),
            }
        }
    }
    contents.retain(|content| !matches!(content, Content::Paragraph(text) | Content::Bullet(text) if text.is_empty()));
    contents
}

/// Numbers the paragraphs of a section: `2.1`, `2.2`.
fn number(section: usize, contents: Vec<Content>) -> Vec<CoverBlock> {
    numbered(contents, |paragraph| format!("{section}.{paragraph}"))
}

/// Numbers paragraphs by letters: `A`, `B` … `Z`, then `A2`, `B2`.
fn letter(contents: Vec<Content>) -> Vec<CoverBlock> {
    numbered(contents, |paragraph| {
        let (round, letter) = ((paragraph - 1) / 26, (paragraph - 1) % 26);
        let letter = ('A'..='Z').nth(letter).unwrap_or_default();
        if round == 0 { letter.to_string() } else { format!("{letter}{}", round + 1) }
    })
}

fn numbered(contents: Vec<Content>, number: impl Fn(usize) -> String) -> Vec<CoverBlock> {
    let mut paragraphs = 0;
    let block = |content| match content {
        Content::Paragraph(text) => {
            paragraphs += 1;
            CoverBlock::Numbered(number(paragraphs), text)
        }
        Content::Bullet(text) => CoverBlock::Bullet(text),
        Content::Table(table) => CoverBlock::Table(table),
    };
    contents.into_iter().map(block).collect()
}

//! Writes the text of a paragraph: emphasis, links, footnotes and pictures.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::escape::{escape, escape_address, escape_line_start};
use crate::document::left_out::LeftOutLog;
use crate::document::{Inline, LeftOutKind, Look, StyledText};
use crate::source::markdown::link_target::{LinkKind, destination};
use crate::source::one_line::one_line;

/// Writes inline content, and remembers which footnotes and pictures are in it.
pub(super) struct InlineWriter<'a> {
    media: &'a dyn Fn(usize) -> Option<String>,
    pub left_out: &'a mut LeftOutLog,
    /// The footnotes in the order in which they are referred to.
    pub footnotes: Vec<usize>,
    pub pictures: BTreeMap<usize, String>,
    /// The paragraph that is being written, for notes.
    pub paragraph: u32,
}

/// A line break inside a paragraph, until the lines are put together.
const BREAK: char = '\n';

impl<'a> InlineWriter<'a> {
    pub(super) fn new(media: &'a dyn Fn(usize) -> Option<String>, left_out: &'a mut LeftOutLog) -> Self {
        Self { media, left_out, footnotes: Vec::new(), pictures: BTreeMap::new(), paragraph: 0 }
    }

    /// A paragraph as lines, without an indent.
    pub(super) fn paragraph(&mut self, inlines: &[Inline]) -> String {
        let written = self.write(inlines);
        let lines: Vec<&str> = written.split(BREAK).map(str::trim).filter(|line| !line.is_empty()).collect();
        let lines: Vec<_> = lines.into_iter().map(escape_line_start).collect();
        // A backslash at the end of a line would break it.
        lines.join("\\\n")
    }

    /// Inline content on one line, as a cell of a table needs it.
    pub(super) fn line(&mut self, inlines: &[Inline]) -> String {
        let written = self.write(inlines);
        one_line(&written)
    }

    /// Inline content; line breaks are line ends.
    fn write(&mut self, inlines: &[Inline]) -> String {
        let mut written = String::new();
        let mut rest = inlines;
        while let Some((first, after)) = rest.split_first() {
            match first {
                Inline::Text(run) => {
                    let count =
                        1 + after.iter().take_while(|next| is_text_with_link(next, run.link.as_deref())).count();
                    let runs: Vec<&StyledText> = rest[..count].iter().filter_map(as_text).collect();
                    let next = rest.get(count).and_then(first_character);
                    self.linked(&mut written, &runs, next);
                    rest = &rest[count..];
                    continue;
                }
                Inline::LineBreak => written.push(BREAK),
                Inline::Footnote(footnote) => {
                    let known = self.footnotes.iter().position(|known| known == footnote);
                    let number = known.unwrap_or_else(|| {
                        self.footnotes.push(*footnote);
                        self.footnotes.len() - 1
                    });
                    let _ = write!(written, "[^{}]", number + 1);
                }
                Inline::Picture { picture, description } => match (self.media)(*picture) {
                    Some(address) => {
                        let description = one_line(description);
                        let _ = write!(written, "![{}]({})", escape(&description), escape_address(&address));
                        self.pictures.entry(*picture).or_insert(description);
                    }
                    None => self.left_out.add(LeftOutKind::Picture, self.paragraph),
                },
            }
            rest = after;
        }
        written
    }

    /// Runs with one link, or with none.
    fn linked(&mut self, written: &mut String, runs: &[&StyledText], next: Option<char>) {
        let link = runs.first().and_then(|run| run.link.as_deref());
        let Some(address) = link else {
            emphasised(written, runs, next, EMPHASIS);
            return;
        };
        let is_blank = runs.iter().all(|run| run.text.trim().is_empty());
        let is_safe = matches!(destination(address), LinkKind::Web | LinkKind::Person);
        if is_blank || !is_safe {
            if !is_blank {
                self.left_out.add(LeftOutKind::UnsafeLink, self.paragraph);
            }
            emphasised(written, runs, next, EMPHASIS);
            return;
        }
        let mut text = String::new();
        emphasised(&mut text, runs, None, EMPHASIS);
        let (lead, trimmed, tail) = around(&text);
        let _ = write!(written, "{lead}[{}]({}){tail}", trimmed.replace(BREAK, " "), escape_address(address));
    }
}

/// The looks that Markdown has, the outermost first, with their marks.
const EMPHASIS: &[(Look, &str)] = &[(Look::STRUCK, "~~"), (Look::BOLD, "**"), (Look::ITALIC, "*")];

/// Writes runs, and puts marks around those that have the first of `looks`.
fn emphasised(written: &mut String, runs: &[&StyledText], next: Option<char>, looks: &[(Look, &str)]) {
    let Some(((look, mark), inner)) = looks.split_first() else {
        for run in runs {
            written.push_str(&escape(&positioned(run)));
        }
        return;
    };
    let mut rest = runs;
    while let Some(first) = rest.first() {
        let has = first.look.has(*look);
        // Spaces look the same either way.
        let is_alike = |run: &&&StyledText| run.look.has(*look) == has || run.text.trim().is_empty();
        let mut count = rest.iter().take_while(is_alike).count().max(1);
        while count > 1 && rest[count - 1].look.has(*look) != has {
            count -= 1;
        }
        let after = rest.get(count).and_then(|run| run.text.chars().next()).or(next);
        let mut text = String::new();
        emphasised(&mut text, &rest[..count], after, inner);
        rest = &rest[count..];
        let (lead, trimmed, tail) = around(&text);
        let before = if lead.is_empty() { written.chars().next_back() } else { Some(' ') };
        let behind = if tail.is_empty() { after } else { Some(' ') };
        if has && !trimmed.is_empty() && can_be_marked(before, trimmed, behind) {
            // Marks do not reach over the end of a line.
            let _ = write!(written, "{lead}{mark}{trimmed}{mark}{tail}");
        } else {
            written.push_str(&text);
        }
    }
}

/// Whether marks of emphasis around a text are taken as such, by what is next to them.
fn can_be_marked(before: Option<char>, text: &str, behind: Option<char>) -> bool {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_punctuation = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let is_outside = |c: Option<char>| is_space(c) || is_punctuation(c);
    let (first, last) = (text.chars().next(), text.chars().next_back());
    // A mark next to another would be taken for one longer mark.
    let is_mark = |c: Option<char>| matches!(c, Some('*' | '~'));
    !text.contains(BREAK)
        && !is_mark(before)
        && !is_mark(behind)
        && (!is_punctuation(first) || is_outside(before))
        && (!is_punctuation(last) || is_outside(behind))
}

/// The text of a run; raised and lowered digits are characters of their own.
fn positioned(run: &StyledText) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    const LOWERED: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    let digits = match run.look {
        look if look.has(Look::RAISED) => RAISED,
        look if look.has(Look::LOWERED) => LOWERED,
        _ => return run.text.replace('\t', " "),
    };
    let is_number = run.text.trim().chars().all(|c| c.is_ascii_digit());
    let digit = |c: char| c.to_digit(10).filter(|_| is_number).map_or(c, |digit| digits[digit as usize]);
    run.text.chars().map(digit).collect()
}

/// The white space before a text, the text, and the white space after it.
fn around(text: &str) -> (&str, &str, &str) {
    let start = text.len() - text.trim_start().len();
    let trimmed = text.trim();
    (&text[..start], trimmed, &text[start + trimmed.len()..])
}

fn as_text(inline: &Inline) -> Option<&StyledText> {
    match inline {
        Inline::Text(run) => Some(run),
        _ => None,
    }
}

fn is_text_with_link(inline: &Inline, link: Option<&str>) -> bool {
    as_text(inline).is_some_and(|run| run.link.as_deref() == link)
}

fn first_character(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(run) => run.text.chars().next(),
        Inline::LineBreak => None,
        Inline::Footnote(_) | Inline::Picture { .. } => Some('['),
    }
}

/// A heading on one line: text, footnotes and links, but no emphasis, since all of it is prominent.
pub(super) fn write_heading(writer: &mut InlineWriter<'_>, inlines: &[Inline]) -> String {
    let plain: Vec<Inline> = inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(run) => {
                let look =
                    [Look::BOLD, Look::ITALIC, Look::STRUCK].iter().fold(run.look, |look, one| look.with(*one, false));
                Inline::Text(StyledText { look, ..run.clone() })
            }
            other => other.clone(),
        })
        .collect();
    let mut line = writer.line(&plain).replace('{', "&#123;");
    // A `#` at the end would be taken as the end of the heading.
    if line.ends_with('#') {
        line.truncate(line.len() - 1);
        line.push_str("\\#");
    }
    line
}

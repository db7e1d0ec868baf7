//! Reads HTML: saved pages, HTML emails, and what Word, Outlook, Google Docs and browsers put on the clipboard.

mod element;
mod input;
mod style;
mod style_sheet;
pub(crate) mod tokenizer;

use self::element::{OpenHtml, is_hidden};
use self::input::text_of_input;
use self::style::HtmlStyle;
use self::style_sheet::StyleSheet;
use self::tokenizer::{HtmlToken, HtmlTokens, attribute, is_skipped, title_in, title_of};
use super::base64::base64;
use super::builder::{ParagraphKind, TextContext, TreeBuilder};
use super::error::DocumentError;
use super::left_out::LeftOutKind;
use super::tree::{Document, Inline};
use crate::charset::decode_page;

/// The most elements that may be open. What is deeper counts as in the last of them.
const DEEPEST: usize = 500;

/// Reads a page, or a part of one.
///
/// # Errors
///
/// If it exceeds a limit, or names a charset in which it cannot be read.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, DocumentError> {
    let mut tree = TreeBuilder::new();
    read_page(&mut tree, bytes)?;
    tree.finish()
}

/// Adds the blocks of a page to a tree.
pub(super) fn read_page(tree: &mut TreeBuilder, bytes: &[u8]) -> Result<(), DocumentError> {
    tree.begin_paragraph();
    let text = decode_page(bytes)
        .map_err(|charset| DocumentError::damaged(format!("it cannot be read in its charset, `{charset}`")))?;
    // Windows puts a header in front of HTML on its clipboard.
    let text = if text.starts_with("Version:") { &text[text.find('<').unwrap_or(0)..] } else { &text };
    let mut reader = HtmlReader::new(tree, StyleSheet::of_page(text));
    let mut tokens = HtmlTokens::new(text);
    while let Some(token) = tokens.next() {
        match token {
            HtmlToken::Text(text) => reader.text(&text)?,
            HtmlToken::Start(name, attributes) => match name.as_str() {
                "title" | "head" => {
                    let skipped = tokens.skip_raw(&name);
                    let title = if name == "title" { title_of(skipped) } else { title_in(skipped) };
                    let known = &mut reader.tree.document.title;
                    *known = known.take().or(title);
                }
                _ if is_skipped(&name) => {
                    let is_object = name == "object" || name == "iframe";
                    reader.tree.leave_out(if is_object { LeftOutKind::EmbeddedObject } else { LeftOutKind::PageCode });
                    tokens.skip_raw(&name);
                }
                _ => reader.start(name, attributes)?,
            },
            HtmlToken::End(name) => reader.end(&name)?,
        }
    }
    reader.finish()
}

/// A list that is open.
struct HtmlList {
    is_numbered: bool,
    /// Whether it counts in letters or Roman numerals.
    is_lettered: bool,
    next: u64,
}

/// An item whose text has not begun, or has.
#[derive(Clone, Copy)]
enum ItemState {
    /// Its number, and how deep it says that it is, whatever lists it is in.
    Begun(Option<u64>, usize),
    Continued,
}

/// A table that is open: how many rows more the cells of each column cover.
#[derive(Default)]
struct HtmlTable {
    covered: Vec<usize>,
    column: usize,
    has_row: bool,
    has_cell: bool,
}

struct HtmlReader<'t> {
    tree: &'t mut TreeBuilder,
    sheet: StyleSheet,
    open: Vec<OpenHtml>,
    lists: Vec<HtmlList>,
    items: Vec<ItemState>,
    tables: Vec<HtmlTable>,
    heading: Option<u8>,
    quotations: usize,
    /// The level of Word's item, and the marker in front of its text.
    word_item: Option<(usize, String)>,
    /// Whether the current line has text.
    has_text: bool,
    /// Whether white space is due before the next text.
    is_spaced: bool,
}

impl<'t> HtmlReader<'t> {
    fn new(tree: &'t mut TreeBuilder, sheet: StyleSheet) -> Self {
        Self {
            tree,
            sheet,
            open: Vec::new(),
            lists: Vec::new(),
            items: Vec::new(),
            tables: Vec::new(),
            heading: None,
            quotations: 0,
            word_item: None,
            has_text: false,
            is_spaced: false,
        }
    }

    fn text(&mut self, text: &str) -> Result<(), DocumentError> {
        let (look, link, left_out, is_marker, is_preformatted) = match self.open.last() {
            Some(open) => (open.look, open.link.clone(), open.left_out, open.is_marker, open.is_preformatted),
            None => Default::default(),
        };
        if let Some(kind) = left_out {
            match kind {
                _ if text.trim().is_empty() => {}
                LeftOutKind::QuotedEmail | LeftOutKind::Signature => self.tree.leave_out_text(kind, text),
                _ => self.tree.leave_out(kind),
            }
            return Ok(());
        }
        if is_marker {
            if let Some((_, marker)) = &mut self.word_item {
                marker.push_str(text.trim());
            }
            return Ok(());
        }
        let context = TextContext { look, link, control: None };
        if is_preformatted {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.tree.inline(Inline::LineBreak)?;
                }
                self.tree.text(line, &context)?;
                self.has_text |= !line.trim().is_empty();
            }
            return Ok(());
        }
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        self.is_spaced |= text.starts_with(is_space);
        for word in text.split(is_space).filter(|word| !word.is_empty()) {
            if self.is_spaced && self.has_text {
                self.tree.text(" ", &context)?;
            }
            self.tree.text(word, &context)?;
            self.has_text = true;
            self.is_spaced = true;
        }
        self.is_spaced = text.ends_with(is_space) || self.is_spaced && text.trim_matches(is_space).is_empty();
        Ok(())
    }

    fn start(&mut self, name: String, attributes: &str) -> Result<(), DocumentError> {
        let style = HtmlStyle::parse(&attribute(attributes, "style").unwrap_or_default());
        let style = self.sheet.under(style, &name, attributes);
        match name.as_str() {
            "br" => {
                self.is_spaced = false;
                if self.is_shown() {
                    self.tree.inline(Inline::LineBreak)?;
                } else {
                    self.end_left_out_line();
                }
                return Ok(());
            }
            "img" | "input" if is_hidden(attributes, style) => {
                self.tree.leave_out(LeftOutKind::HiddenText);
                return Ok(());
            }
            "img" => return self.picture(attributes),
            "input" => {
                let text = text_of_input(attributes);
                return text.map_or(Ok(()), |text| self.text(&format!(" {text} ")));
            }
            "hr" => return self.end_block(),
            "meta" | "link" | "col" | "wbr" | "base" | "area" | "source" | "embed" => return Ok(()),
            "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "address" | "figure"
            | "figcaption" | "dl" | "dt" | "dd" | "pre" | "center" | "form" | "fieldset" | "body" | "html" => {
                self.end_block()?;
                self.word_item = style.list_level.map(|level| (level, String::new())).or(self.word_item.take());
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block()?;
                self.heading = name[1..].parse().ok();
            }
            "ul" | "ol" => {
                self.end_block()?;
                let next = attribute(attributes, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
                let kind = attribute(attributes, "type").unwrap_or_default();
                let is_lettered = style.is_lettered.unwrap_or(matches!(kind.as_str(), "a" | "A" | "i" | "I"));
                self.lists.push(HtmlList { is_numbered: name == "ol", is_lettered, next });
            }
            "li" => {
                self.end_block()?;
                let own = attribute(attributes, "value").and_then(|value| value.trim().parse().ok());
                let is_shown = self.is_shown();
                if self.items.len() >= self.lists.len().max(1) {
                    // The item before has no end tag.
                    self.end_item();
                }
                let list = self.lists.last_mut().filter(|list| list.is_numbered);
                if list.as_ref().is_some_and(|list| style.is_lettered.unwrap_or(list.is_lettered)) && is_shown {
                    self.tree.leave_out(LeftOutKind::Numbering);
                }
                let number = list.map(|list| {
                    let number = own.unwrap_or(list.next);
                    list.next = number.saturating_add(1);
                    number
                });
                self.items.push(ItemState::Begun(number, stated_level(attributes, style)));
            }
            "blockquote" => {
                self.end_block()?;
                self.quotations += 1;
            }
            "table" => {
                self.end_block()?;
                self.tree.begin_table();
                self.tables.push(HtmlTable::default());
            }
            "tr" => self.begin_row()?,
            "td" | "th" => self.begin_cell(attributes)?,
            _ => {}
        }
        self.push(name, attributes, style)
    }

    /// Opens an element, with what it means for the text in it.
    fn push(&mut self, name: String, attributes: &str, style: HtmlStyle) -> Result<(), DocumentError> {
        let above = self.open.last();
        let was_inserted = above.is_some_and(|open| open.is_inserted);
        let element = OpenHtml::for_tag(name, attributes, style, above);
        if self.open.len() >= DEEPEST {
            return match element.left_out {
                None | Some(LeftOutKind::QuotedEmail | LeftOutKind::Signature) => Ok(()),
                // It would not be known where that ends.
                Some(_) => Err(DocumentError::TooLarge(format!(
                    "it has something hidden or deleted more than {DEEPEST} elements deep"
                ))),
            };
        }
        if element.is_inserted && !was_inserted && element.left_out.is_none() {
            self.tree.leave_out(LeftOutKind::TrackedInsertion);
        }
        self.open.push(element);
        Ok(())
    }

    /// Separates the lines of text that is left out and noted.
    fn end_left_out_line(&mut self) {
        let kind = self.open.last().and_then(|open| open.left_out);
        if let Some(kind @ (LeftOutKind::QuotedEmail | LeftOutKind::Signature)) = kind {
            self.tree.leave_out_text(kind, "\n");
        }
    }

    fn is_shown(&self) -> bool {
        self.open.last().is_none_or(|open| open.left_out.is_none() && !open.is_marker)
    }

    fn end(&mut self, name: &str) -> Result<(), DocumentError> {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else {
            return if name == "p" { self.end_block() } else { Ok(()) };
        };
        // A cell's end tag does not reach out of the table in it.
        let is_beyond = self.open[at + 1..].iter().any(|open| open.name == "table" && name != "table");
        if is_beyond && !matches!(name, "body" | "html") {
            return Ok(());
        }
        while self.open.len() > at {
            let Some(open) = self.open.pop() else { break };
            self.end_element(&open.name)?;
        }
        Ok(())
    }

    fn end_element(&mut self, name: &str) -> Result<(), DocumentError> {
        match name {
            "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "address" | "figure"
            | "figcaption" | "dl" | "dt" | "dd" | "pre" | "center" | "form" | "fieldset" | "body" | "html" => {
                self.end_block()
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block()?;
                self.heading = None;
                Ok(())
            }
            "ul" | "ol" => {
                self.end_block()?;
                self.lists.pop();
                self.items.truncate(self.lists.len());
                Ok(())
            }
            "li" => {
                self.end_block()?;
                self.end_item();
                Ok(())
            }
            "blockquote" => {
                self.end_block()?;
                self.quotations = self.quotations.saturating_sub(1);
                Ok(())
            }
            "td" | "th" => self.end_cell(),
            "tr" => self.end_row(),
            "table" => {
                self.end_row()?;
                if self.tables.pop().is_some() {
                    self.tree.end()?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Ends the current item. One without text, such as a deleted one, does not count.
    fn end_item(&mut self) {
        if let Some(ItemState::Begun(Some(number), _)) = self.items.pop()
            && let Some(list) = self.lists.last_mut()
        {
            list.next = number;
        }
    }

    /// Ends the current paragraph, if it has text, and begins another.
    fn end_block(&mut self) -> Result<(), DocumentError> {
        self.is_spaced = false;
        self.has_text = false;
        let word_item = self.word_item.take();
        self.end_left_out_line();
        let has_words = !self.tree.line().is_empty();
        if !has_words {
            return Ok(());
        }
        let level = self.lists.len().max(self.items.len()).saturating_sub(1);
        let kind = match (self.heading, word_item, self.items.last_mut()) {
            (Some(heading), ..) => ParagraphKind::Heading(heading),
            (None, Some((level, marker)), _) => {
                let digits: String = marker.trim_start_matches('(').chars().take_while(char::is_ascii_digit).collect();
                let is_lettered = marker.ends_with(['.', ')']) && marker.chars().any(char::is_alphanumeric);
                let number = digits.parse().ok().or(is_lettered.then_some(1));
                ParagraphKind::Item(level, number)
            }
            (None, None, Some(state)) => match std::mem::replace(state, ItemState::Continued) {
                ItemState::Begun(number, stated) => ParagraphKind::Item(level.max(stated), number),
                ItemState::Continued => ParagraphKind::Continuation,
            },
            (None, None, None) if self.quotations > 0 => ParagraphKind::Quotation,
            (None, None, None) => ParagraphKind::Plain,
        };
        self.tree.end_paragraph(kind)?;
        self.tree.begin_paragraph();
        Ok(())
    }

    fn begin_row(&mut self) -> Result<(), DocumentError> {
        self.end_row()?;
        if let Some(table) = self.tables.last_mut() {
            table.has_row = true;
            table.column = 0;
            self.tree.begin_row();
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), DocumentError> {
        self.end_cell()?;
        self.fill_covered()?;
        if let Some(table) = self.tables.last_mut()
            && std::mem::take(&mut table.has_row)
        {
            self.tree.end()?;
        }
        Ok(())
    }

    fn begin_cell(&mut self, attributes: &str) -> Result<(), DocumentError> {
        if self.tables.is_empty() {
            return self.end_block();
        }
        self.end_cell()?;
        if self.tables.last().is_some_and(|table| !table.has_row) {
            self.begin_row()?;
        }
        self.fill_covered()?;
        let number = |name: &str| attribute(attributes, name).and_then(|value| value.trim().parse::<usize>().ok());
        let columns = number("colspan").unwrap_or(1).clamp(1, 63);
        let rows = number("rowspan").unwrap_or(1).clamp(1, 1_000);
        if let Some(table) = self.tables.last_mut() {
            table.has_cell = true;
            let end = (table.column + columns).min(1_000);
            if table.covered.len() < end {
                table.covered.resize(end, 0);
            }
            for covered in table.covered.iter_mut().take(end).skip(table.column) {
                *covered = rows - 1;
            }
            table.column = end;
            self.tree.begin_cell();
            self.tree.set_columns(columns);
            self.tree.begin_paragraph();
        }
        Ok(())
    }

    /// Adds the cells that continue those above, up to the next free column.
    fn fill_covered(&mut self) -> Result<(), DocumentError> {
        while let Some(table) = self.tables.last_mut().filter(|table| table.has_row && !table.has_cell) {
            let column = table.column;
            let Some(covered) = table.covered.get_mut(column).filter(|covered| **covered > 0) else { break };
            *covered -= 1;
            table.column += 1;
            self.tree.begin_cell();
            self.tree.set_continues_above();
            self.tree.end()?;
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), DocumentError> {
        self.end_block()?;
        if let Some(table) = self.tables.last_mut()
            && std::mem::take(&mut table.has_cell)
        {
            self.tree.end()?;
        }
        Ok(())
    }

    /// A picture inside the page; pictures elsewhere are never fetched.
    fn picture(&mut self, attributes: &str) -> Result<(), DocumentError> {
        let source = attribute(attributes, "src").unwrap_or_default();
        let data = source.strip_prefix("data:image/").and_then(|data| data.split_once(";base64,"));
        match data {
            Some((kind, data)) if self.is_shown() => {
                let picture = self.tree.picture(kind, base64(data.as_bytes()));
                let description = attribute(attributes, "alt").unwrap_or_default();
                self.has_text = true;
                self.tree.inline(Inline::Picture { picture, description })
            }
            _ => {
                self.tree.leave_out(LeftOutKind::Picture);
                Ok(())
            }
        }
    }

    fn finish(mut self) -> Result<(), DocumentError> {
        while let Some(open) = self.open.pop() {
            self.end_element(&open.name)?;
        }
        self.end_block()
    }
}

/// How deep an item says that it is, from 0. Word for the web and Outlook put the items of all levels into lists of their own
/// side by side.
fn stated_level(attributes: &str, style: HtmlStyle) -> usize {
    let level = |name| attribute(attributes, name)?.trim().parse::<usize>().ok();
    let stated = level("aria-level").or_else(|| level("data-aria-level"));
    stated.map(|level| level.saturating_sub(1).min(8)).or(style.list_level).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_too_deep_is_refused() {
        let page = |inner: &str| format!("{}{inner}<p>x", "<p>".repeat(DEEPEST + 5));
        assert!(read(page("<p>shown").as_bytes()).is_ok());
        assert!(read(page("<p hidden>secret").as_bytes()).is_err());
    }
}

//! Reads plain text: paragraphs, headings marked as in Markdown, and bold words between asterisks.

use super::builder::{ParagraphKind, TextContext, TreeBuilder};
use super::error::DocumentError;
use super::tree::{Document, Inline, Look};
use crate::charset::decode;

/// A line of at least this many characters was probably broken by a program, and goes on in the next line.
const WRAPPED: usize = 60;

/// Reads a text in UTF-8, UTF-16 or Windows-1252.
///
/// # Errors
///
/// If it is not text, or is too long.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, DocumentError> {
    let mut tree = TreeBuilder::new();
    read_bytes(&mut tree, bytes)?;
    tree.finish()
}

/// Adds the paragraphs of a text in UTF-8, UTF-16 or Windows-1252 to a tree.
pub(super) fn read_bytes(tree: &mut TreeBuilder, bytes: &[u8]) -> Result<(), DocumentError> {
    if bytes.contains(&0) && !bytes.starts_with(b"\xff\xfe") && !bytes.starts_with(b"\xfe\xff") {
        return Err(DocumentError::damaged("it is not text"));
    }
    read_text(tree, &decode(bytes))
}

/// Adds the paragraphs of a text to a tree.
pub(super) fn read_text(tree: &mut TreeBuilder, text: &str) -> Result<(), DocumentError> {
    let mut paragraph: Vec<&str> = Vec::new();
    for line in text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).chain([""]) {
        let hashes = line.len() - line.trim_start_matches('#').len();
        let is_heading = (1..=6).contains(&hashes) && line[hashes..].starts_with(' ');
        // A line of `===` or `---` below another underlines it.
        let rule = line.trim_end();
        let is_underline = rule.len() > 2 && (rule.bytes().all(|b| b == b'=') || rule.bytes().all(|b| b == b'-'));
        if is_heading || line.trim().is_empty() {
            end_paragraph(tree, &mut paragraph, ParagraphKind::Plain)?;
        }
        if is_heading {
            let level = u8::try_from(hashes).unwrap_or(6);
            end_paragraph(tree, &mut vec![line[hashes..].trim().trim_end_matches('#')], ParagraphKind::Heading(level))?;
        } else if is_underline && paragraph.len() == 1 {
            end_paragraph(tree, &mut paragraph, ParagraphKind::Heading(if rule.starts_with('=') { 1 } else { 2 }))?;
        } else if is_underline && paragraph.is_empty() {
            // A rule between paragraphs.
        } else if !line.trim().is_empty() {
            paragraph.push(line);
        }
    }
    Ok(())
}

fn end_paragraph(tree: &mut TreeBuilder, lines: &mut Vec<&str>, kind: ParagraphKind) -> Result<(), DocumentError> {
    let lines = std::mem::take(lines);
    if lines.is_empty() {
        return Ok(());
    }
    let is_quoted = lines.iter().all(|line| line.starts_with('>'));
    tree.begin_paragraph();
    let mut before: Option<&str> = None;
    for line in lines {
        let line = if is_quoted { line.trim_start_matches(['>', ' ']) } else { line };
        match before {
            Some(before) if goes_on(before, line) => tree.text(" ", &TextContext::default())?,
            Some(_) => tree.inline(Inline::LineBreak)?,
            None => {}
        }
        add_line(tree, if before.is_some_and(|before| goes_on(before, line)) { line.trim_start() } else { line })?;
        before = Some(line);
    }
    tree.end_paragraph(if is_quoted { ParagraphKind::Quotation } else { kind })
}

/// Whether a line goes on in the next: it is long, and the next begins with a word.
fn goes_on(line: &str, next: &str) -> bool {
    let next = next.trim_start();
    let word = next.split_whitespace().next().unwrap_or_default();
    let is_numbering = word.ends_with(['.', ')']) && word.len() <= 5 || word.len() == 1 && word == "o";
    line.chars().count() >= WRAPPED && word.starts_with(|c: char| c.is_alphabetic() || c == '(') && !is_numbering
        || line.chars().count() >= WRAPPED
            && word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '£' | '‘' | '“' | '"'))
            && !is_numbering
}

/// Adds a line; words between two pairs of asterisks are bold.
fn add_line(tree: &mut TreeBuilder, line: &str) -> Result<(), DocumentError> {
    let pieces: Vec<&str> = line.split("**").collect();
    let is_paired = pieces.len() % 2 == 1 && pieces.iter().skip(1).step_by(2).all(|bold| !bold.trim().is_empty());
    if !is_paired {
        return tree.text(line, &TextContext::default());
    }
    for (index, piece) in pieces.iter().enumerate() {
        let look = Look::default().with(Look::BOLD, index % 2 == 1);
        tree.text(piece, &TextContext { look, ..TextContext::default() })?;
    }
    Ok(())
}

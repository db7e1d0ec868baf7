//! How names of agencies, columns and bodies are compared.

use crate::source::one_line::one_line;

/// A name in the form for comparison: lower case, with single spaces.
#[must_use]
pub(crate) fn normalize_name(name: &str) -> String {
    one_line(name).to_lowercase()
}

/// A heading in the form for comparison: lower case, straight quotes, single spaces, without numbering and closing
/// punctuation. Emphasis and `{#id}` have already been removed.
pub(crate) fn fold_heading(text: &str) -> String {
    let straight: String = text.chars().map(|c| if matches!(c, '’' | '‘' | 'ʼ' | '´') { '\'' } else { c }).collect();
    let text = straight.trim();
    let numbering = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ')').unwrap_or(0);
    let is_numbering = text[..numbering].starts_with(|c: char| c.is_ascii_digit())
        && (text[numbering..].starts_with(char::is_whitespace) || text[..numbering].ends_with(['.', ')']));
    let text = if is_numbering { &text[numbering..] } else { text };
    normalize_name(text.trim_end_matches(['?', '!', '.', ':', ';', '…', ',', ' ', '-', '–', '—']))
}

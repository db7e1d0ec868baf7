//! References to link labels and footnotes that are defined elsewhere in a text.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{LinkType, RefDefs};

use super::Markdown;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Span};

/// The place of the definition of a link's target, for a link such as `[text][label]`.
pub(super) fn definition(kind: LinkType, label: &str, definitions: &RefDefs<'_>) -> Option<Range<usize>> {
    let is_reference = matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
    let definition = definitions.get(label).filter(|_| is_reference)?;
    Some(definition.span.clone())
}

/// Up to 100 defined labels, sorted, for suggestions. The limit keeps texts with very many labels fast.
pub(super) fn known_labels(definitions: &RefDefs<'_>) -> Vec<String> {
    let mut labels: Vec<String> = definitions.iter().map(|(label, _)| label.to_owned()).collect();
    labels.sort_unstable();
    labels.truncate(100);
    labels
}

/// The message and help for a reference to an undefined label. Markdown reads it as text, and usually that is right, so
/// only references that were clearly meant as links are reported.
pub(super) fn undefined(written: &str, kind: LinkType, label: &str, known: &[String]) -> Option<(String, String)> {
    let words = written.trim_start_matches(['!', '[']).split("][").next().unwrap_or_default();
    let words = words.strip_suffix(']').unwrap_or(words);
    // `[1][2]` are citations, `[insert name][insert date]` is a form to fill in.
    let is_filler = |text: &str| text.trim_start().to_lowercase().starts_with("insert");
    let is_meant = match kind {
        LinkType::Reference => words.chars().any(char::is_alphabetic) && !is_filler(words) && !is_filler(label),
        LinkType::Collapsed => words.chars().any(char::is_alphabetic) && !is_filler(words),
        _ => false,
    };
    if !is_meant {
        return None;
    }
    let message = format!("the link label `{label}` is not defined in this text");
    let help = did_you_mean(label, known.iter().map(String::as_str))
        .unwrap_or_else(|| format!("add a line `[{label}]: address`, or write `[{words}](address)`"));
    Some((message, help))
}

/// Reports references to footnotes that do not exist, each once. Markdown reads them as text too.
pub(super) fn undefined_footnotes(markdown: &Markdown) -> Vec<Diagnostic> {
    let (text, mut diagnostics, mut seen) = (markdown.text(), Vec::new(), HashSet::new());
    for run in markdown.runs.iter().filter(|run| run.text.is_none()) {
        let slice = run.span.slice(text);
        for (at, _) in slice.match_indices("[^") {
            let start = run.span.start as usize + at;
            let rest = &slice[at + 2..];
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '[' | '^' | ']')).unwrap_or(rest.len());
            let label = &rest[..end];
            let is_label = !label.is_empty() && rest[end..].starts_with(']');
            if !is_label || text[..start].ends_with('\\') || !seen.insert(label) {
                continue;
            }
            let location = markdown.location(Span::new(start, start + label.len() + 3));
            let message = format!("there is no footnote `{label}` in this text");
            let help = format!("add a line `[^{label}]: the note` with an empty line above it");
            diagnostics.push(Diagnostic::new(Code::BrokenLink, location, message).help(help));
        }
    }
    diagnostics
}

//! Markdown in a YAML value.

use super::from_yaml::{FromYaml, YamlReader};
use super::node::YamlNode;
use super::spanned::Text;
use super::value_type::ValueType;
use crate::diagnostic::Span;

/// Markdown in a YAML value, with the value's place. [`Prose::place_of`] gives places inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prose {
    /// The Markdown, with YAML's escapes and folds resolved.
    pub text: String,
    /// The place of the value in the file.
    pub span: Span,
    /// For each line of `text`, its first byte in `text` and the same byte in the file.
    lines: Vec<(usize, usize)>,
}

impl Prose {
    /// Finds the lines of a value in the file's whole text.
    fn new(value: &str, span: Span, file_text: &str) -> Self {
        let written = span.slice(file_text);
        let mut lines = Vec::new();
        let (mut offset, mut from) = (0, 0);
        for line in value.split_inclusive('\n') {
            let wanted = line.trim();
            // A line with escapes or folds is not found. Places in it fall back to the whole value.
            if let Some(at) = (!wanted.is_empty()).then(|| written.get(from..)?.find(wanted)).flatten() {
                lines.push((offset + (line.len() - line.trim_start().len()), span.start as usize + from + at));
                from += at + wanted.len();
            }
            offset += line.len();
        }
        Self { text: value.to_owned(), span, lines }
    }

    /// The place of a span of the Markdown in the file. It is exact if the line is in the file letter for letter;
    /// otherwise it is the whole value.
    #[must_use]
    pub(crate) fn place_of(&self, inside: Span) -> Span {
        let start = inside.start as usize;
        let line = self.lines.partition_point(|(offset, _)| *offset <= start);
        let Some((offset, at)) = line.checked_sub(1).map(|line| self.lines[line]) else { return self.span };
        if self.text[offset..start.min(self.text.len())].contains('\n') {
            return self.span;
        }
        let length = (inside.end - inside.start) as usize;
        Span::new(at + start - offset, (at + start - offset + length).min(self.span.end as usize))
    }
}

impl FromYaml for Prose {
    fn shape() -> ValueType {
        ValueType::text("text (Markdown)")
    }

    fn read(node: &YamlNode, reader: &mut YamlReader<'_>) -> Option<Self> {
        let text = Text::read(node, reader)?;
        Some(Self::new(&text.value, node.span, reader.text))
    }
}

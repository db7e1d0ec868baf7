//! The texts of a YAML file that people read as they stand: titles, names, labels. Its Markdown is in the model.

use std::ops::Range;

use crate::diagnostic::{RelPath, Span};
use crate::source::yaml::node::{self, Node, Value};
use crate::source::yaml::{Record, Shape, Spanned, Text, Written};

/// Keys whose words are ids, files, or quoted to be compared, and are not read on a page; a `tbc` that leads a theme
/// has a diagnostic of its own.
const NOT_READ: &[&str] = &[
    "aliases",
    "code",
    "commitment",
    "contents",
    "duties",
    "email",
    "evidence",
    "file",
    "from",
    "lead",
    "priorities",
    "reports_to",
    "text",
    "with",
];

/// How often the same words are told apart in a value that its file writes with escapes or folds.
const REPEATS: usize = 100;

/// The texts of the YAML at `slice` of a file's text, which is read as a `T`.
pub fn texts<T: Written>(file: &RelPath, text: &str, slice: Span) -> Vec<Text> {
    let mut texts = Vec::new();
    if let Some(node) = node::parse(file, slice.of(text), slice.start as usize).value {
        collect(&node, &T::shape(), &mut texts);
    }
    texts
}

/// Adds the texts of a node that has a shape. Shapes do not hold themselves, so this goes as deep as they do.
fn collect(node: &Node, shape: &Shape, texts: &mut Vec<Text>) {
    match (shape, &node.value) {
        (Shape::Text { name: "text", .. }, Value::Text(text)) => texts.push(Spanned::new(text.clone(), node.span)),
        (Shape::List(shape), Value::List(items)) => {
            for item in items {
                collect(item, shape, texts);
            }
        }
        (Shape::Map(shape), Value::Map(entries)) => {
            for (_, value) in entries {
                collect(value, shape, texts);
            }
        }
        (Shape::Record(record), Value::Map(entries)) => {
            for (key, value) in entries {
                if let Some(shape) = shape_of(record, &key.text) {
                    collect(value, shape, texts);
                }
            }
        }
        (Shape::Either(shapes), _) => {
            for shape in shapes {
                collect(node, shape, texts);
            }
        }
        _ => {}
    }
}

/// The shape of a key whose words are read.
fn shape_of<'r>(record: &'r Record, key: &str) -> Option<&'r Shape> {
    let shape = &record.fields.iter().find(|field| field.key == key)?.shape;
    let is_words = match shape {
        Shape::Text { .. } => true,
        Shape::List(items) => matches!(**items, Shape::Text { .. }),
        _ => false,
    };
    (!(is_words && NOT_READ.contains(&key))).then_some(shape)
}

/// Where a part of a value stands in a file's text: exactly where its words stand there letter for letter, and else as
/// the whole value.
#[must_use]
pub fn span_of(text: &str, value: &Text, part: Range<usize>) -> Span {
    let written = value.span.of(text);
    // All of it stands there but perhaps for quotation marks; or escapes and folds part it, and the words are looked
    // for by themselves, counting how often they came before.
    let exact = written.find(value.value.as_str()).map(|at| at + part.start);
    let at = exact.or_else(|| {
        let words = value.value.get(part.clone())?;
        let before = value.value[..part.start].matches(words).take(REPEATS).count();
        written.match_indices(words).nth(before).map(|(at, _)| at)
    });
    at.map_or(value.span, |at| Span::new(at, at + part.len()).shifted(value.span.start as usize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::files::{GlossaryFile, GovernanceFile, ReportFile, SubmissionFront};

    fn check<T: Written>(text: &str) -> String {
        let texts = texts::<T>(&RelPath::new("a.yaml"), text, Span::new(0, text.len()));
        texts.iter().map(|text| text.value.as_str()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn titles_and_names_are_read_and_ids_are_not() {
        let front =
            "---\ntitle: A\nsummary: B\nauthor: {name: C, email: d@e.f}\nevidence: [g]\nsubmitted: 2020-01-01\n";
        assert_eq!(check::<SubmissionFront>(front), "A|B|C");
        let report = "title: A\nperiod: {from: 2019-04-01, to: 2020-03-31}\npriorities: [{id: b, name: C, summary: D}]\n\
                      agencies: [{id: e, name: F, aliases: [G]}]\nwaivers: [{code: h, file: i, text: j, reason: k}]\n";
        assert_eq!(check::<ReportFile>(report), "A|C|F");
        let governance = "bodies: [{id: a, name: B, members: [C, {name: D, seats: 2}]}]\nthemes: [{name: E, lead: tbc}]\n\
                          reporting: [{document: F, from: g, to: {h: {when: I}}}]\n";
        assert_eq!(check::<GovernanceFile>(governance), "B|C|D|E|F|I");
        assert_eq!(check::<GlossaryFile>("A: b\nC: {meaning: d, link: e}\n"), "b|d|e");
        assert_eq!(check::<ReportFile>("title: ["), "");
    }

    #[test]
    fn words_are_found_in_their_value() {
        let text = "title: \"a b a\"";
        let value = |value: &str| Text::new(value.to_owned(), Span::new(7, 14));
        assert_eq!(span_of(text, &value("a b a"), 4..5), Span::new(12, 13));
        assert_eq!(span_of(text, &value("a\nb a"), 4..5), Span::new(12, 13));
        assert_eq!(span_of(text, &value("a c a"), 2..3), Span::new(7, 14));
    }
}

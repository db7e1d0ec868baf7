//! The texts of an SVG that readers of the picture, its description or its source could see.

use std::borrow::Cow;

use super::lists;
use super::xml::{Attribute, Element, XmlNode, XmlNodes, XmlSpace};
use crate::diagnostic::Span;
use crate::source::markdown::TextRun;

/// Attributes of drawing programs whose values are text. The others are numbers and settings.
const EDITORS_WORDS: &[&str] = &[
    "absref",
    "author",
    "comment",
    "description",
    "docbase",
    "docname",
    "export-filename",
    "id",
    "label",
    "lbl",
    "name",
    "nameU",
    "prompt",
    "title",
    "val",
];

/// The texts of an SVG as runs: `text` elements with their parts joined, `title`, `desc` and all other elements,
/// attributes that contain text, and comments. Each starts a block.
///
/// If parts of a `text` have their own coordinates, they are given twice: joined, and separated by spaces. Only their
/// coordinates determine which of the two a reader sees.
#[must_use]
pub(crate) fn texts(text: &str) -> Vec<TextRun> {
    let mut reader = SvgTextReader::default();
    for node in XmlNodes::new(text).map_while(Result::ok) {
        reader.step(text, node);
    }
    reader.runs
}

#[derive(Default)]
struct SvgTextReader {
    runs: Vec<TextRun>,
    /// For each open element, whether it is a `text` or inside one.
    open: Vec<bool>,
    /// The pieces of the open `text`.
    pieces: Vec<SvgTextPiece>,
    /// The gap before the next piece.
    gap: Gap,
    /// Whether the next text is the first after a tag.
    is_first: bool,
}

/// The gap between two pieces of a `text`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// The second piece follows directly.
    #[default]
    None,
    /// The second piece has its own horizontal position.
    Place,
    /// The second piece has its own line.
    Line,
}

struct SvgTextPiece {
    run: TextRun,
    gap: Gap,
}

impl SvgTextReader {
    fn step(&mut self, text: &str, node: XmlNode<'_>) {
        match node {
            XmlNode::Start(element) => self.start(text, &element),
            XmlNode::End => {
                self.is_first = true;
                let was_text = self.open.pop() == Some(true);
                if was_text && self.open.last() != Some(&true) {
                    self.end_text();
                }
            }
            XmlNode::Text(text, span) => self.add_text(text, span),
            XmlNode::Comment(span) | XmlNode::Instruction(span) => {
                self.runs.push(TextRun { span, text: None, begins_block: true });
            }
            XmlNode::Declaration(_) | XmlNode::Doctype(_) => {}
        }
    }

    fn start(&mut self, text: &str, element: &Element<'_>) {
        self.is_first = true;
        let in_text = self.open.last() == Some(&true);
        let is_own = matches!(element.space, XmlSpace::Svg | XmlSpace::None);
        if in_text {
            let is_set = |names: &[&str]| {
                element.attributes.iter().any(|a| names.contains(&a.local) && !matches!(&*a.value, "0" | "0px" | "0em"))
            };
            self.gap = self.gap.max(match () {
                () if is_set(&["y", "dy"]) => Gap::Line,
                () if is_set(&["x", "dx"]) => Gap::Place,
                () => Gap::None,
            });
        }
        self.open.push(in_text || (is_own && matches!(element.local, "text" | "flowRoot")));
        for attribute in element.attributes.iter().filter(|attribute| holds_words(element, attribute)) {
            let written = attribute.written.slice(text);
            // Ids are made of words separated by hyphens or underscores.
            let read = match attribute.local {
                "id" | "class" => Cow::Owned(attribute.value.replace(['-', '_'], " ")),
                _ => Cow::Borrowed(&*attribute.value),
            };
            let read = (read != written).then(|| read.into());
            self.runs.push(TextRun { span: attribute.written, text: read, begins_block: true });
        }
    }

    fn add_text(&mut self, text: Cow<'_, str>, span: Span) {
        let read = match text {
            Cow::Borrowed(_) => None,
            Cow::Owned(read) => Some(read.into()),
        };
        let run = TextRun { span, text: read, begins_block: std::mem::take(&mut self.is_first) };
        if self.open.last() == Some(&true) {
            self.pieces.push(SvgTextPiece { run, gap: std::mem::take(&mut self.gap) });
        } else {
            self.runs.push(run);
        }
    }

    /// Adds the runs of a `text` that has ended.
    fn end_text(&mut self) {
        let pieces = std::mem::take(&mut self.pieces);
        self.gap = Gap::None;
        let ways = if pieces.iter().any(|piece| piece.gap == Gap::Place) { 2 } else { 1 };
        for separated_from in [Gap::Line, Gap::Place].into_iter().take(ways) {
            for (at, piece) in pieces.iter().enumerate() {
                if at > 0 && piece.gap >= separated_from {
                    let here = Span::at(piece.run.span.start as usize);
                    self.runs.push(TextRun { span: here, text: Some(" ".into()), begins_block: false });
                }
                self.runs.push(TextRun { begins_block: at == 0, ..piece.run.clone() });
            }
        }
    }
}

fn holds_words(element: &Element<'_>, attribute: &Attribute<'_>) -> bool {
    match attribute.space {
        XmlSpace::None if matches!(element.space, XmlSpace::Svg | XmlSpace::None) => {
            lists::is_words(attribute.local) || attribute.local == "style"
        }
        XmlSpace::None | XmlSpace::Editor => EDITORS_WORDS.contains(&attribute.local),
        XmlSpace::Xlink => attribute.local == "title",
        XmlSpace::Svg | XmlSpace::Xml | XmlSpace::Declaration | XmlSpace::Foreign => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of an SVG, with `|` between blocks.
    fn check(text: &str) -> String {
        let mut shown = String::new();
        for run in texts(text) {
            if run.begins_block && !shown.is_empty() {
                shown.push('|');
            }
            shown.push_str(run.text.as_deref().unwrap_or(run.span.slice(text)));
        }
        shown
    }

    #[test]
    fn parts_of_a_text_are_joined() {
        assert_eq!(
            check("<svg><text>943 <tspan>476</tspan> <tspan>59<tspan>19</tspan></tspan></text></svg>"),
            "943 476 5919"
        );
        assert_eq!(check("<svg><text>a&amp;<![CDATA[b]]></text><text>c</text></svg>"), "a&b|c");
        assert_eq!(check("<svg><text><tspan x='0'>94</tspan><tspan x='9'>34</tspan></text></svg>"), "9434|94 34");
        assert_eq!(check("<svg><text><tspan y='0'>a</tspan><tspan y='9'>b</tspan></text></svg>"), "a b");
    }

    #[test]
    fn descriptions_comments_and_names_are_read() {
        assert_eq!(
            check(
                "<!-- by J --><svg id='a-b' xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' \
                 inkscape:label='L' inkscape:cx='12' d='1 2'><title>T</title><desc>D</desc><g aria-label='x &#65;' data-n='1' \
                 style='a:b'/><metadata><w>m</w></metadata></svg>"
            ),
            " by J |a b|L|T|D|x A|1|a:b|m"
        );
    }
}

//! The words of an SVG that a reader of the picture, of its description or of its source would meet.

use std::borrow::Cow;

use super::lists;
use super::xml::{Attribute, Element, XmlNode, XmlNodes, XmlSpace};
use crate::diagnostic::Span;
use crate::source::markdown::TextRun;

/// The names of drawing programs' attributes that hold words; their others hold measures.
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

/// The words of an SVG as runs: those of a `text` with its parts joined, of `title`, `desc` and all other elements, of
/// attributes that hold words, and of comments. Each begins a block of its own.
///
/// Where parts of a `text` stand at places of their own they are given twice, joined and with spaces between, since only
/// their places tell which of these a reader sees.
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
    /// For each open element whether it is a `text` or lies in one.
    open: Vec<bool>,
    /// The words of the `text` that is open.
    pieces: Vec<SvgTextPiece>,
    /// How the next piece stands to the one before.
    gap: Gap,
    /// Whether the next text is the first in its element.
    is_first: bool,
}

/// How a piece of a `text` stands to the one before it.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// Right after it.
    #[default]
    None,
    /// At a place of its own in the same line.
    Place,
    /// In a line of its own.
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
            XmlNode::Text(said, span) => self.say(said, span),
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
            // An id is made of words, with dashes between.
            let read = match attribute.local {
                "id" | "class" => Cow::Owned(attribute.value.replace(['-', '_'], " ")),
                _ => Cow::Borrowed(&*attribute.value),
            };
            let read = (read != written).then(|| read.into());
            self.runs.push(TextRun { span: attribute.written, text: read, begins_block: true });
        }
    }

    fn say(&mut self, said: Cow<'_, str>, span: Span) {
        let read = match said {
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

    /// The words of a `text` that is over.
    fn end_text(&mut self) {
        let pieces = std::mem::take(&mut self.pieces);
        self.gap = Gap::None;
        let ways = if pieces.iter().any(|piece| piece.gap == Gap::Place) { 2 } else { 1 };
        for apart_from in [Gap::Line, Gap::Place].into_iter().take(ways) {
            for (at, piece) in pieces.iter().enumerate() {
                if at > 0 && piece.gap >= apart_from {
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

    /// The words of an SVG, block by block; what they are read from stands behind them where it differs.
    fn check(text: &str) -> String {
        let mut said = String::new();
        for run in texts(text) {
            if run.begins_block && !said.is_empty() {
                said.push('|');
            }
            said.push_str(run.text.as_deref().unwrap_or(run.span.slice(text)));
        }
        said
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

//! A YAML document as written: every key and value with its place. The only user of the YAML crate.
//!
//! The document is built from the parser's events, not through serde, which stops at the first error and gives types to
//! scalars. Here a scalar is the text in the file, so `no`, `2019-20`, `12:30` and `01908 253772` stay as the author
//! wrote them. [`super::record`] knows which type each key needs.

use std::collections::HashMap;

use serde_yaml::granit_parser::{
    ErrorKind, Event, Marker, Options, Parser, ScalarStyle, ScanError, Span as ParserSpan,
};

use super::likely_mistakes;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, WithDiagnostics};

/// A value with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct YamlNode {
    pub value: YamlValue,
    /// The whole of a scalar; only the first character of a list or mapping.
    pub span: Span,
}

/// The content of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum YamlValue {
    /// No value, `null` or `~`.
    Nothing,
    /// Text, quoted or plain, with escapes and folds resolved.
    Text(String),
    List(Vec<YamlNode>),
    /// A mapping in the order written, including repeated keys.
    Map(Vec<(YamlKey, YamlNode)>),
}

/// A mapping's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct YamlKey {
    pub text: String,
    pub span: Span,
}

/// Maximum depth of nested lists and mappings.
const DEPTH_LIMIT: usize = 64;
/// Maximum number of values in a document, with aliases expanded.
const NODE_LIMIT: usize = 200_000;
/// Maximum number of values that come from aliases.
const ALIAS_LIMIT: usize = 10_000;

/// Parses the only YAML document of `text`, which starts at byte `offset` of `file`.
///
/// Returns `None` if there is no document, or with a diagnostic if it is not valid YAML.
#[must_use]
pub(crate) fn parse(file: &RelPath, text: &str, offset: usize) -> WithDiagnostics<Option<YamlNode>> {
    match Builder::new(offset).build(text) {
        Ok(node) => WithDiagnostics::new(node.filter(|node| node.value != YamlValue::Nothing), Vec::new()),
        Err(error) => {
            let location = Location::new(file, error.span);
            let diagnostic = Diagnostic::new(Code::BadYaml, location, error.message).help(error.help);
            WithDiagnostics::new(None, vec![diagnostic])
        }
    }
}

/// Why a document is not valid YAML.
struct YamlError {
    span: Span,
    message: String,
    help: String,
}

impl YamlError {
    fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: help.into() }
    }

    fn too_deep(span: Span) -> Self {
        let message = format!("lists and settings are nested more than {DEPTH_LIMIT} deep");
        Self::new(span, message, "remove some levels: no setting needs this many")
    }
}

/// A list or mapping that is not closed yet.
struct OpenContainer {
    value: YamlValue,
    /// In a mapping, the key whose value comes next.
    key: Option<YamlKey>,
    span: Span,
    anchor: usize,
}

/// Builds nodes from events without recursion, so that [`DEPTH_LIMIT`] limits the depth, not the stack.
struct Builder {
    offset: usize,
    open: Vec<OpenContainer>,
    root: Option<YamlNode>,
    anchors: HashMap<usize, YamlNode>,
    nodes: usize,
    from_aliases: usize,
}

impl Builder {
    fn new(offset: usize) -> Self {
        Self { offset, open: Vec::new(), root: None, anchors: HashMap::new(), nodes: 0, from_aliases: 0 }
    }

    fn build(mut self, text: &str) -> Result<Option<YamlNode>, YamlError> {
        let mut documents = 0;
        for event in Parser::new_from_str_with_options(text, Options::default()) {
            let (event, parsed) = event.map_err(|error| syntax_error(text, &error, self.offset))?;
            let span = span_of(text, &parsed).shifted(self.offset);
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(YamlError::new(
                            span,
                            "a second YAML document begins here",
                            "remove the `---` line: a file can only have one document",
                        ));
                    }
                }
                Event::Scalar(written, style, anchor, _) => {
                    let value =
                        if style == ScalarStyle::Plain && matches!(&*written, "" | "~" | "null" | "Null" | "NULL") {
                            YamlValue::Nothing
                        } else {
                            YamlValue::Text(written.into_owned())
                        };
                    self.add(YamlNode { value, span }, anchor)?;
                }
                Event::SequenceStart(_, anchor, _) => {
                    self.begin(YamlValue::List(Vec::new()), self.first_character(text, span), anchor)?;
                }
                Event::MappingStart(_, anchor, _) => {
                    self.begin(YamlValue::Map(Vec::new()), self.first_character(text, span), anchor)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.end()?,
                Event::Alias(anchor) => self.repeat(anchor, span)?,
                _ => {}
            }
        }
        Ok(self.root)
    }

    /// The span of the first character of a list or mapping, which is its place in diagnostics.
    fn first_character(&self, text: &str, span: Span) -> Span {
        let start = span.start as usize;
        let rest = start.checked_sub(self.offset).and_then(|at| text.get(at..)).unwrap_or_default();
        Span::new(start, start + rest.chars().next().map_or(0, char::len_utf8))
    }

    /// Opens a list or mapping.
    fn begin(&mut self, value: YamlValue, span: Span, anchor: usize) -> Result<(), YamlError> {
        if self.open.len() >= DEPTH_LIMIT {
            return Err(YamlError::too_deep(span));
        }
        self.open.push(OpenContainer { value, key: None, span, anchor });
        Ok(())
    }

    /// Closes the innermost list or mapping and adds it to its parent.
    fn end(&mut self) -> Result<(), YamlError> {
        match self.open.pop() {
            Some(open) => self.add(YamlNode { value: open.value, span: open.span }, open.anchor),
            None => Ok(()),
        }
    }

    /// Adds a copy of the value that an alias refers to.
    fn repeat(&mut self, anchor: usize, span: Span) -> Result<(), YamlError> {
        let Some(node) = self.anchors.get(&anchor) else {
            let message = "this alias refers to a value that contains it";
            return Err(YamlError::new(span, message, "write the value out instead"));
        };
        self.from_aliases += count(node);
        if self.from_aliases > ALIAS_LIMIT {
            let message = format!("the aliases in this file repeat more than {ALIAS_LIMIT} values");
            return Err(YamlError::new(span, message, "write the values out instead"));
        }
        let value = node.value.clone();
        self.add(YamlNode { value, span }, 0)
    }

    /// Adds a finished node to the open list or mapping, or makes it the document.
    fn add(&mut self, node: YamlNode, anchor: usize) -> Result<(), YamlError> {
        self.nodes += 1;
        if self.nodes > NODE_LIMIT {
            let message = format!("this file has more than {NODE_LIMIT} values");
            return Err(YamlError::new(node.span, message, "split it, or remove what readers do not need"));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.value {
            YamlValue::List(items) => items.push(node),
            YamlValue::Map(entries) => match open.key.take() {
                Some(key) => entries.push((key, node)),
                None => open.key = Some(key_of(node)?),
            },
            YamlValue::Nothing | YamlValue::Text(_) => unreachable!("only lists and mappings are opened"),
        }
        Ok(())
    }
}

/// The number of values in a node, including itself.
fn count(node: &YamlNode) -> usize {
    match &node.value {
        YamlValue::List(items) => 1 + items.iter().map(count).sum::<usize>(),
        YamlValue::Map(entries) => 1 + entries.iter().map(|(_, value)| count(value)).sum::<usize>(),
        YamlValue::Nothing | YamlValue::Text(_) => 1,
    }
}

/// Converts a node into a key.
fn key_of(node: YamlNode) -> Result<YamlKey, YamlError> {
    match node.value {
        YamlValue::Text(text) => Ok(YamlKey { text, span: node.span }),
        YamlValue::Nothing => Ok(YamlKey { text: String::new(), span: node.span }),
        YamlValue::List(_) | YamlValue::Map(_) => {
            let help = "write a word before the colon; put text that starts with `[` or `{` in quotation marks";
            Err(YamlError::new(node.span, "a list or a group of settings cannot be a key", help))
        }
    }
}

/// Converts a parser's span to bytes, without the line feed at the end of a block scalar.
fn span_of(text: &str, parsed: &ParserSpan) -> Span {
    let start = byte(text, &parsed.start);
    let end = byte(text, &parsed.end).max(start);
    let written = text.get(start..end).unwrap_or_default();
    Span::new(start, start + written.trim_end().len())
}

/// Converts a parser's mark to a byte.
fn byte(text: &str, mark: &Marker) -> usize {
    mark.byte_offset().unwrap_or_else(|| text.char_indices().nth(mark.index()).map_or(text.len(), |(byte, _)| byte))
}

/// Converts a parser error, naming the likely mistake if one is known.
fn syntax_error(text: &str, error: &ScanError, offset: usize) -> YamlError {
    let at = byte(text, error.marker()).min(text.len());
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        return YamlError::too_deep(Span::at(at + offset));
    }
    let Some(mistake) = likely_mistakes::find(text, at, &error.info()) else {
        return YamlError::new(
            Span::at(at + offset),
            format!("this is not valid YAML: {}", error.info()),
            "look for a missing quotation mark, bracket or space after a colon, on this line or the line before",
        );
    };
    // If both are on the same line, the parser's place is more exact.
    let (from, to) = (at.min(mistake.span.end as usize), at.max(mistake.span.end as usize));
    let is_same_line = !text[from..to].contains('\n') && at >= mistake.span.start as usize;
    let span = if is_same_line { Span::at(at) } else { mistake.span };
    YamlError::new(span.shifted(offset), format!("this is not valid YAML: {}", mistake.cause), mistake.help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        let checked = parse(&RelPath::new("a.yaml"), text, 0);
        let mut lines: Vec<String> =
            checked.diagnostics.iter().map(|d| format!("{}: {}", d.location.span.start, d.message)).collect();
        if let Some(node) = checked.value {
            lines.push(show(&node, text));
        }
        lines.join("\n")
    }

    fn show(node: &YamlNode, text: &str) -> String {
        match &node.value {
            YamlValue::Nothing => "-".into(),
            YamlValue::Text(value) => format!("{value:?}@{:?}", node.span.slice(text)),
            YamlValue::List(items) => {
                format!("[{}]", items.iter().map(|i| show(i, text)).collect::<Vec<_>>().join(", "))
            }
            YamlValue::Map(entries) => {
                let shown = entries.iter().map(|(k, v)| format!("{}: {}", k.span.slice(text), show(v, text)));
                format!("{{{}}}", shown.collect::<Vec<_>>().join(", "))
            }
        }
    }

    #[test]
    fn a_mapping_is_where_its_first_character_is() {
        let span =
            |text: &str| parse(&RelPath::new("a.yaml"), text, 0).value.map(|node| node.span.slice(text).to_owned());
        assert_eq!(span("é: 1"), Some("é".to_owned()));
        assert_eq!(span("# ü\n- ж\n"), Some("-".to_owned()));
    }

    #[test]
    fn scalars_are_the_text_in_the_file() {
        assert_eq!(check("a: no\nb: 01908 253772\n"), r#"{a: "no"@"no", b: "01908 253772"@"01908 253772"}"#);
        assert_eq!(
            check("a: 12:30\nb: 1.10\nc: 2019-20"),
            r#"{a: "12:30"@"12:30", b: "1.10"@"1.10", c: "2019-20"@"2019-20"}"#
        );
        assert_eq!(check("é: \"£5\"\nb:\n"), r#"{é: "£5"@"\"£5\"", b: -}"#);
        assert_eq!(check("a: |\n  x\n  y\nb: z"), r#"{a: "x\ny\n"@"x\n  y", b: "z"@"z"}"#);
    }

    #[test]
    fn crlf_and_comments_are_fine() {
        assert_eq!(check("---\r\na: 1\r\nb: [x, y]\r\n"), r#"{a: "1"@"1", b: ["x"@"x", "y"@"y"]}"#);
        assert_eq!(check("# nothing\n"), "");
        assert_eq!(check(""), "");
    }

    #[test]
    fn aliases_and_depth_are_limited() {
        assert_eq!(check("a: &x [1]\nb: *x"), r#"{a: ["1"@"1"], b: ["1"@"1"]}"#);
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for i in 1..9 {
            let aliases = vec![format!("*a{}", i - 1); 10].join(", ");
            bomb = format!("{bomb}a{i}: &a{i} [{aliases}]\n");
        }
        assert!(check(&bomb).contains("more than 10000 values"), "{}", check(&bomb));
        assert!(check(&"[".repeat(10_000)).starts_with("0: ") || !check(&"[".repeat(10_000)).is_empty());
        assert!(!check(&"- ".repeat(10_000)).is_empty());
    }

    #[test]
    fn errors_name_the_problem() {
        assert!(check("title: a: b\n").contains("not valid YAML"));
        assert!(check("a: 1\n---\nb: 2\n").contains("second YAML document"));
        assert!(check("? [a]\n: b\n").contains("cannot be a key"));
    }
}

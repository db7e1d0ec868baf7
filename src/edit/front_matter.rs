//! Changes one key of a submission's front matter, or its body, and keeps the rest byte for byte.

use super::replace::replace;
use super::yaml_content::{YamlContent, YamlStep};
use crate::diagnostic::{RelPath, Span, TextEdit};
use crate::source::front_matter::split;
use crate::source::yaml::node::{YamlKey, parse};
use crate::source::yaml::{YamlNode, YamlValue};

/// Sets the value at `path` in a text's front matter, and keeps every other byte: comments, order and quotation marks.
///
/// A key that is missing is added below the others of its mapping, as are missing mappings on the way to it; so is an item
/// one after the last of a list. Front matter is added to a text without any. Comments inside a list or mapping that is replaced go with it.
///
/// `None` if the front matter cannot be read, an item is missing, or a value on the way is of another kind.
#[must_use]
pub(crate) fn set(text: &str, path: &[YamlStep<'_>], value: &YamlContent) -> Option<String> {
    let file = RelPath::new("");
    let front = split(&file, text).value;
    if front.is_unclosed {
        return None;
    }
    let Some(yaml) = front.yaml else {
        let lines = format!("---\n{}\n---\n", wrapped(path, value)?.block(0));
        return Some(format!("{}{text}", lines.replace('\n', line_end(text))));
    };
    let new = set_in(text, yaml, path, value)?;
    let again = split(&file, &new).value;
    let is_as_meant = is_set(text, yaml, &new, again.yaml?, path, value)?;
    (is_as_meant && again.body.slice(&new) == front.body.slice(text)).then_some(new)
}

/// The same for the text of a YAML file.
#[must_use]
pub(crate) fn set_in_file(text: &str, path: &[YamlStep<'_>], value: &YamlContent) -> Option<String> {
    let whole = Span::new(0, text.len());
    let new = set_in(text, whole, path, value)?;
    is_set(text, whole, &new, Span::new(0, new.len()), path, value)?.then_some(new)
}

/// The same for many values at once, each with its path in the text as it is. Items that are added to a list follow each other,
/// after everything that is set in those before.
#[must_use]
pub(crate) fn set_each_in_file(text: &str, values: &[(Vec<YamlStep<'_>>, YamlContent)]) -> Option<String> {
    // Values that would be written in the same place are set one after the other.
    let one_by_one = || values.iter().try_fold(text.to_owned(), |text, (path, value)| set_in_file(&text, path, value));
    set_together(text, values).or_else(one_by_one)
}

/// Sets many values with one look at the text. `None` if the new text would not say what is meant.
fn set_together(text: &str, values: &[(Vec<YamlStep<'_>>, YamlContent)]) -> Option<String> {
    let parsed = parse(&RelPath::new(""), text, 0);
    let root = parsed.value.filter(|_| parsed.diagnostics.is_empty())?;
    let line_end = line_end(text);
    let (mut meant, mut edits) = (YamlContent::from_node(&root), Vec::with_capacity(values.len()));
    for (path, value) in values {
        let edit = edit_at(text, &root, text.len(), path, value)?;
        edits.push(TextEdit { replacement: edit.replacement.replace('\n', line_end), ..edit });
        meant = meant.with(path, value)?;
    }
    let new = replace(text, &edits)?;
    let read = parse(&RelPath::new(""), &new, 0).value?;
    (YamlContent::from_node(&read) == meant).then_some(new)
}

/// Removes a key of a text's front matter with its line, and keeps every other byte. Gives the new text and the value that
/// the key had; the text as it is if there is no such key, or nothing is written after it.
///
/// `None` if the front matter cannot be read, or the value is a list or mapping.
#[must_use]
pub(crate) fn remove(text: &str, key: &str) -> Option<(String, Option<String>)> {
    let file = RelPath::new("");
    let front = split(&file, text).value;
    if front.is_unclosed {
        return None;
    }
    let unchanged = || Some((text.to_owned(), None));
    let Some(yaml) = front.yaml else { return unchanged() };
    let parsed = parse(&file, yaml.slice(text), yaml.start as usize);
    if !parsed.diagnostics.is_empty() {
        return None;
    }
    let Some(root) = parsed.value else { return unchanged() };
    let YamlValue::Map(entries) = &root.value else { return None };
    let Some(at) = entries.iter().position(|(known, _)| known.text == key) else { return unchanged() };
    let (name, node) = &entries[at];
    let value = match &node.value {
        YamlValue::Nothing => return unchanged(),
        YamlValue::Text(value) => value.clone(),
        YamlValue::List(_) | YamlValue::Map(_) => return None,
    };
    let end = node.span.end as usize;
    let span = if !text[root.span.start as usize..].starts_with('{') {
        let line = text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1);
        Span::new(line_start(text, name.span.start as usize), line)
    } else if let Some((next, _)) = entries.get(at + 1) {
        Span::new(name.span.start as usize, next.span.start as usize)
    } else {
        let before = at.checked_sub(1).map(|before| &entries[before].1);
        let start = before.map_or(Some(name.span.start as usize), |before| end_of(text, before, end))?;
        Span::new(start, end)
    };
    let new = replace(text, &[TextEdit::new(span, "")])?;
    let again = split(&file, &new).value;
    let read = parse(&file, again.yaml?.slice(&new), 0).value.map(|root| YamlContent::from_node(&root));
    let YamlContent::Map(mut meant) = YamlContent::from_node(&root) else { return None };
    meant.remove(at);
    let is_as_meant = read.unwrap_or(YamlContent::Map(Vec::new())) == YamlContent::Map(meant);
    (is_as_meant && again.body.slice(&new) == front.body.slice(text)).then_some((new, Some(value)))
}

/// Sets the value at `path` of the YAML at `yaml`.
fn set_in(text: &str, yaml: Span, path: &[YamlStep<'_>], value: &YamlContent) -> Option<String> {
    let parsed = parse(&RelPath::new(""), yaml.slice(text), yaml.start as usize);
    if !parsed.diagnostics.is_empty() {
        return None;
    }
    let (end, line_end) = (yaml.end as usize, line_end(text));
    let edit = if let Some(root) = parsed.value {
        edit_at(text, &root, end, path, value)?
    } else {
        let is_line_open = !text[..end].is_empty() && !text[..end].ends_with('\n');
        let begin = if is_line_open { "\n" } else { "" };
        TextEdit::new(Span::at(end), format!("{begin}{}\n", wrapped(path, value)?.block(0)))
    };
    replace(text, &[TextEdit { replacement: edit.replacement.replace('\n', line_end), ..edit }])
}

/// Whether the YAML of a new text says what was meant. Its layout has more forms than are looked at here, so what was made
/// is read again.
fn is_set(
    text: &str,
    yaml: Span,
    new: &str,
    new_yaml: Span,
    path: &[YamlStep<'_>],
    value: &YamlContent,
) -> Option<bool> {
    let file = RelPath::new("");
    let old = match parse(&file, yaml.slice(text), 0).value {
        Some(root) => YamlContent::from_node(&root),
        None => YamlContent::Map(Vec::new()),
    };
    let read = parse(&file, new_yaml.slice(new), 0).value?;
    Some(YamlContent::from_node(&read) == old.with(path, value)?)
}

/// A value below the keys of `path`, for what is missing; `None` if an item of a list is missing.
fn wrapped(path: &[YamlStep<'_>], value: &YamlContent) -> Option<YamlContent> {
    path.iter().rev().try_fold(value.clone(), |value, step| match step {
        YamlStep::Key(key) => Some(YamlContent::Map(vec![((*key).to_owned(), value)])),
        YamlStep::Item(_) => None,
    })
}

/// The replacement that sets the value at `path`. `limit` is where the text of `root` ends.
fn edit_at(text: &str, root: &YamlNode, limit: usize, path: &[YamlStep<'_>], value: &YamlContent) -> Option<TextEdit> {
    let (mut node, mut limit) = (root, limit);
    // Where the value's text begins: below a key, after its colon.
    let mut from = None;
    let mut indent = 0;
    for (index, step) in path.iter().enumerate() {
        let rest = &path[index + 1..];
        match (step, &node.value) {
            (YamlStep::Key(name), YamlValue::Map(entries)) => {
                let Some(at) = entries.iter().position(|(key, _)| key.text == *name) else {
                    return added(text, node, limit, name, &wrapped(rest, value)?);
                };
                let (key, below) = &entries[at];
                from = Some(after_colon(text, key)?);
                indent = column(text, key.span.start as usize);
                limit = entries.get(at + 1).map_or(limit, |(next, _)| line_start(text, next.span.start as usize));
                node = below;
            }
            (YamlStep::Item(at), YamlValue::List(items)) if *at >= items.len() && rest.is_empty() => {
                return added_item(text, node, limit, items, value);
            }
            (YamlStep::Item(at), YamlValue::List(items)) => {
                from = None;
                indent = column(text, items.get(*at)?.span.start as usize);
                limit = items.get(at + 1).map_or(limit, |next| line_start(text, next.span.start as usize));
                node = &items[*at];
            }
            (YamlStep::Key(_), YamlValue::Nothing) => {
                let value = wrapped(&path[index..], value)?;
                return Some(with_tail(text, from?, from?, &value.after_key(indent + 2)));
            }
            _ => return None,
        }
    }
    let is_scalar = matches!(node.value, YamlValue::Text(_) | YamlValue::Nothing);
    let written = node.span.slice(text);
    let header = from.map_or("", |from| text[from..(node.span.start as usize).max(from)].trim());
    match from {
        Some(from) if node.value == YamlValue::Nothing && written.is_empty() => {
            Some(with_tail(text, from, from, &value.after_key(indent + 2)))
        }
        // A value on the key's line: what is around it stays, such as a comment.
        _ if is_scalar && header.is_empty() && value.is_one_line() => {
            Some(TextEdit::new(node.span, value.in_brackets()))
        }
        Some(from) => {
            let end = end_of(text, node, limit)?;
            let is_in_brackets = !matches!(text[end..].chars().next(), None | Some('\n' | '\r' | ' ' | '\t'));
            if is_in_brackets {
                return Some(TextEdit::new(Span::new(from, end), format!(" {}", value.in_brackets())));
            }
            Some(with_tail(text, from, end, &value.after_key(indent + 2)))
        }
        None => Some(with_tail(text, node.span.start as usize, end_of(text, node, limit)?, &value.block(indent))),
    }
}

/// Replaces the text from `start` to `end`. A comment after it stays on the line where the new value begins.
fn with_tail(text: &str, start: usize, end: usize, new: &str) -> TextEdit {
    let Some((first, rest)) = new.split_once('\n') else { return TextEdit::new(Span::new(start, end), new) };
    let line = text[end..].lines().next().unwrap_or_default();
    TextEdit::new(Span::new(start, end + line.len()), format!("{first}{}\n{rest}", line.trim_end()))
}

/// The edit that adds a key below the others of the mapping `node`.
fn added(text: &str, node: &YamlNode, limit: usize, key: &str, value: &YamlContent) -> Option<TextEdit> {
    let YamlValue::Map(entries) = &node.value else { return None };
    let (Some((first, _)), Some((last_key, last))) = (entries.first(), entries.last()) else {
        let inside = node.span.start as usize + 1;
        return Some(TextEdit::new(Span::at(inside), format!("{key}: {}", value.in_brackets())));
    };
    let end = end_of(text, last, limit)?;
    // Where nothing is written, the parser's place may be that of what follows.
    let end =
        if last.value == YamlValue::Nothing { after_colon(text, last_key)?.max(last.span.end as usize) } else { end };
    if text[node.span.start as usize..].starts_with('{') {
        return Some(TextEdit::new(Span::at(end), format!(", {key}: {}", value.in_brackets())));
    }
    let indent = column(text, first.span.start as usize);
    let end = end + text[end..].find(['\r', '\n']).unwrap_or(text.len() - end);
    let margin = " ".repeat(indent);
    Some(TextEdit::new(Span::at(end), format!("\n{margin}{key}:{}", value.after_key(indent + 2))))
}

/// The edit that adds an item below the others of the list `node`.
fn added_item(text: &str, node: &YamlNode, limit: usize, items: &[YamlNode], value: &YamlContent) -> Option<TextEdit> {
    let first = items.first()?;
    let end = end_of(text, node, limit)?;
    if text[node.span.start as usize..].starts_with('[') {
        return Some(TextEdit::new(Span::at(end - 1), format!(", {}", value.in_brackets())));
    }
    // Where nothing is written, the parser's place may be that of what follows.
    let end = text[..end].trim_end().len();
    let end = end + text[end..].find(['\r', '\n']).unwrap_or(text.len() - end);
    let margin = " ".repeat(column(text, node.span.start as usize));
    let indent = column(text, first.span.start as usize);
    Some(TextEdit::new(Span::at(end), format!("\n{margin}- {}", value.block(indent))))
}

/// The byte after the last of a value.
pub(super) fn end_of(text: &str, node: &YamlNode, limit: usize) -> Option<usize> {
    let start = node.span.start as usize;
    match &node.value {
        YamlValue::Text(_) | YamlValue::Nothing => Some(node.span.end as usize),
        _ if text[start..].starts_with(['[', '{']) => bracket_end(text, start),
        YamlValue::List(_) | YamlValue::Map(_) => {
            // Comments and empty lines below it belong to what follows.
            let last = last_scalar_end(node);
            let mut end = limit;
            while end > last {
                let begin = line_start(text, end - 1);
                let line = text[begin..end].trim();
                if !line.is_empty() && !line.starts_with('#') || begin <= last {
                    return Some(begin + text[begin..end].trim_end().len());
                }
                end = begin;
            }
            Some(last)
        }
    }
}

/// The byte after the last scalar in a value.
fn last_scalar_end(node: &YamlNode) -> usize {
    let mut node = node;
    loop {
        node = match &node.value {
            YamlValue::List(items) if !items.is_empty() => &items[items.len() - 1],
            YamlValue::Map(entries) if !entries.is_empty() => &entries[entries.len() - 1].1,
            _ => return node.span.end as usize,
        };
    }
}

/// The byte after the bracket that closes the one at `start`.
fn bracket_end(text: &str, start: usize) -> Option<usize> {
    let (mut depth, mut quote, mut is_escaped) = (0, None, false);
    for (at, c) in text[start..].char_indices() {
        match quote {
            _ if is_escaped => is_escaped = false,
            Some('"') if c == '\\' => is_escaped = true,
            Some(open) => quote = Some(open).filter(|open| *open != c),
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if matches!(c, '[' | '{') => depth += 1,
            None if matches!(c, ']' | '}') => {
                depth -= 1;
                if depth == 0 {
                    return Some(start + at + 1);
                }
            }
            None => {}
        }
    }
    None
}

/// The byte after the colon of a key.
pub(super) fn after_colon(text: &str, key: &YamlKey) -> Option<usize> {
    let gap = &text[key.span.end as usize..];
    Some(text.len() - gap.trim_start().strip_prefix(':')?.len())
}

/// The byte at which the line of a place begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// How many bytes into its line a place is: in YAML, only spaces and `- ` come before.
fn column(text: &str, at: usize) -> usize {
    at - line_start(text, at)
}

/// Replaces the body of a submission or page, and keeps the front matter. One empty line separates the two.
///
/// `None` if the front matter has no end, so that nobody can say where the body begins.
#[must_use]
pub(crate) fn replace_body(text: &str, body: &str) -> Option<String> {
    let front = split(&RelPath::new(""), text).value;
    if front.is_unclosed {
        return None;
    }
    let line_end = line_end(text);
    let head = &text[..front.body.start as usize];
    let body = body.replace("\r\n", "\n").trim_matches('\n').replace('\n', line_end);
    let between = match head {
        "" => "",
        _ if head.ends_with('\n') => line_end,
        _ => &format!("{line_end}{line_end}"),
    };
    let end = if body.is_empty() { "" } else { line_end };
    Some(format!("{head}{between}{body}{end}"))
}

/// What the text's lines end with: what the first one does.
fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::YamlStep::{Item, Key};
    use super::*;

    /// Front matter with the value at a path set, or `-`.
    fn check(yaml: &str, path: &[YamlStep<'_>], value: &str) -> String {
        let text = format!("---\n{yaml}---\n\nBody\n");
        let new = set(&text, path, &YamlContent::from(value));
        new.map_or("-".to_owned(), |new| new["---\n".len()..].replace("---\n\nBody\n", "|"))
    }

    #[test]
    fn a_key_is_removed_with_its_line() {
        let check = |yaml: &str| {
            let removed = remove(&format!("---\n{yaml}---\n\nBody\n"), "a");
            removed.map_or("-".to_owned(), |(new, value)| {
                format!("{}{}", new["---\n".len()..].replace("---\n\nBody\n", "|"), value.unwrap_or_default())
            })
        };
        assert_eq!(check("# c\na: 1 # d\n# e\nb: 2\n"), "# c\n# e\nb: 2\n|1");
        assert_eq!(check("b: 2\na: \"1\"\n"), "b: 2\n|1");
        assert_eq!(check("a: 1\r\nb: 2\r\n"), "b: 2\r\n|1");
        assert_eq!(check("a: >\n  x\n  y\nb: 2\n"), "b: 2\n|x y\n");
        assert_eq!(check("{a: 1, b: 2}\n"), "{b: 2}\n|1");
        assert_eq!(check("{b: [2], a: 1}\n"), "{b: [2]}\n|1");
        assert_eq!(check("b: 2\n"), "b: 2\n|");
        assert_eq!(check("a:\nb: 2\n"), "a:\nb: 2\n|");
        assert_eq!(check("a: [1]\n"), "-");
        assert_eq!(check("a: 'x\n"), "-");
        assert_eq!(remove("Body\n", "a"), Some(("Body\n".to_owned(), None)));
    }

    #[test]
    fn a_value_is_replaced_where_it_is() {
        assert_eq!(
            check("# a\nstatus:   draft   # b\ntitle: x\n", &[Key("status")], "submitted"),
            "# a\nstatus:   submitted   # b\ntitle: x\n|"
        );
        assert_eq!(check("a: \"x\"\nb: 1\n", &[Key("a")], "y: z"), "a: \"y: z\"\nb: 1\n|");
        assert_eq!(check("a: |\n  x\n  y\n# c\nb: 1\n", &[Key("a")], "z"), "a: z\n# c\nb: 1\n|");
        assert_eq!(check("a: x # c\nb: 1\n", &[Key("a")], "y\nz\n"), "a: | # c\n  y\n  z\nb: 1\n|");
        assert_eq!(check("a: [x,\n  \"]\"]  # c\nb: 1\n", &[Key("a")], "y"), "a: y  # c\nb: 1\n|");
        assert_eq!(check("a:\n  - x\n  - y\n\n# c\nb: 1\n", &[Key("a")], "z"), "a: z\n\n# c\nb: 1\n|");
        assert_eq!(check("a:\n- x\n- y\nb: 1\n", &[Key("a"), Item(0)], "z"), "a:\n- z\n- y\nb: 1\n|");
        assert_eq!(check("a:      # c\nb:\n", &[Key("b")], "z"), "a:      # c\nb: z\n|");
        assert_eq!(check("a:      # c\nb:\n", &[Key("a")], "z"), "a: z      # c\nb:\n|");
    }

    #[test]
    fn what_is_missing_is_added_below_the_rest() {
        assert_eq!(check("a: 1\n# c\n", &[Key("b")], "2"), "a: 1\nb: 2\n# c\n|");
        assert_eq!(check("# c\n", &[Key("b")], "x"), "# c\nb: x\n|");
        assert_eq!(check("a: {x: 1}\n", &[Key("a"), Key("y")], "2"), "a: {x: 1, y: 2}\n|");
        assert_eq!(check("a: {}\n", &[Key("a"), Key("y")], "2"), "a: {y: 2}\n|");
        assert_eq!(check("a:\nb: 1\n", &[Key("a"), Key("y")], "2"), "a:\n  y: 2\nb: 1\n|");
        let value = YamlContent::Map(vec![("by".into(), "Jo".into())]);
        assert_eq!(set("Body\r\n", &[Key("a")], &value).as_deref(), Some("---\r\na:\r\n  by: Jo\r\n---\r\nBody\r\n"));
    }

    #[test]
    fn answers_are_set_one_by_one() {
        let yaml = "follow_up:\n  # One\n  - commitment: one\n    outcome:\n    note:\n  # Two\n  - {commitment: two, outcome: }\n\n# c\nstatus: draft\n";
        let once = check(yaml, &[Key("follow_up"), Item(0), Key("outcome")], "delivered");
        assert_eq!(once, yaml.replacen("outcome:\n", "outcome: delivered\n", 1) + "|");
        let note = check(yaml, &[Key("follow_up"), Item(0), Key("note")], "Done.\n\nAll of it.\n");
        assert_eq!(note, yaml.replacen("note:\n", "note: |\n      Done.\n\n      All of it.\n", 1) + "|");
        let two = check(yaml, &[Key("follow_up"), Item(1), Key("note")], "Half: done");
        assert_eq!(two, yaml.replacen("outcome: }", "outcome:, note: \"Half: done\" }", 1) + "|");
        assert_eq!(check(yaml, &[Key("follow_up"), Item(2), Key("note")], "x"), "-");
        let third = YamlContent::Map(vec![("commitment".into(), "three".into()), ("outcome".into(), "dropped".into())]);
        let more = |yaml: &str, at: usize| {
            let text = set(&format!("---\n{yaml}---\n"), &[Key("a"), Item(at)], &third);
            text.map_or("-".to_owned(), |text| text["---\n".len()..].replace("---\n", "|"))
        };
        let block = "  - commitment: three\n    outcome: dropped\n";
        assert_eq!(more("a:\n  - b: 1\n    note:\n", 1), format!("a:\n  - b: 1\n    note:\n{block}|"));
        assert_eq!(more("a:\n  - b: 1 # c\n\n# d\ne: 1\n", 1), format!("a:\n  - b: 1 # c\n{block}\n# d\ne: 1\n|"));
        assert_eq!(more("a: [{b: 1}]\n", 1), "a: [{b: 1}, {commitment: three, outcome: dropped}]\n|");
        assert_eq!(more("a:\n  - b: 1\n", 2), "-");
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        for text in ["---\na: [\n---\n", "---\na: 1\n\nx", "---\na: &x 1\nb: *x\n---\n"] {
            assert_eq!(set(text, &[Key("a")], &"y".into()), None, "{text:?}");
        }
        assert_eq!(check("a: 1\n", &[Key("a"), Key("b")], "x"), "-");
        assert_eq!(check("- a\n", &[Key("a")], "x"), "-");
    }

    #[test]
    fn a_body_is_replaced_whole() {
        let head = "---\r\n# c\r\nstatus: draft\r\n---\r\n";
        let new = replace_body(&format!("{head}\r\nOld\r\n"), "\nNew\n\nText");
        assert_eq!(new, Some(format!("{head}\r\nNew\r\n\r\nText\r\n")));
        assert_eq!(replace_body("Old\n", "New").as_deref(), Some("New\n"));
        assert_eq!(replace_body("---\na: 1\n---", "New").as_deref(), Some("---\na: 1\n---\n\nNew\n"));
        assert_eq!(replace_body("---\na: 1\n\nOld\n", "New"), None);
        let again = replace_body(&new_text(), "New\n\nText");
        assert_eq!(again, Some(new_text()));
    }

    fn new_text() -> String {
        "---\na: 1\n---\n\nNew\n\nText\n".to_owned()
    }
}

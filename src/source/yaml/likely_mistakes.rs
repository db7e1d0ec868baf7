//! Guesses the mistake behind a YAML syntax error. The parser says where it gave up; this module says why.

use crate::diagnostic::{Span, excerpt};

/// Characters with which word processors start list entries.
const BULLETS: &[char] = &['–', '—', '−', '‐', '‑', '•', '·', '▪', '◦', '●', '*', '\u{f0b7}'];

/// A likely mistake.
pub(super) struct LikelyMistake {
    /// Its place in the parsed text.
    pub span: Span,
    /// The problem, as words that follow `this is not valid YAML: `.
    pub cause: &'static str,
    /// The next step.
    pub help: String,
}

/// A line of a text.
#[derive(Clone, Copy)]
struct TextLine<'t> {
    start: usize,
    /// Its text without surrounding white space.
    text: &'t str,
    /// The white space before the text.
    indent: &'t str,
}

impl<'t> TextLine<'t> {
    fn new(start: usize, line: &'t str) -> Self {
        let text = line.trim_start();
        Self { start, indent: &line[..line.len() - text.len()], text: text.trim_end() }
    }

    /// The span of `text`.
    fn span(self) -> Span {
        let start = self.start + self.indent.len();
        Span::new(start, start + self.text.len())
    }

    /// Its text after the hyphens of list entries.
    fn entry(self) -> &'t str {
        let mut rest = self.text;
        while let Some(entry) = rest.strip_prefix("- ") {
            rest = entry.trim_start();
        }
        rest
    }

    fn mistake(self, cause: &'static str, help: impl Into<String>) -> LikelyMistake {
        LikelyMistake { span: self.span(), cause, help: help.into() }
    }
}

/// The most likely mistake, if the parser stopped at byte `at` of `text` with the message `info`.
pub(super) fn find(text: &str, at: usize, info: &str) -> Option<LikelyMistake> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if start > at {
            break;
        }
        let is_markup = matches!(line.trim_end(), "---" | "...") || line.trim_start().starts_with('#');
        if !line.trim().is_empty() && !is_markup {
            lines.push(TextLine::new(start, line));
        }
        start += line.len();
    }
    let (here, before) = lines.split_last()?;
    // At the end of the text, the parser is after the last line.
    let above = before.last().copied();
    let candidates = || std::iter::once(*here).chain(above);
    let unclosed_quote =
        || candidates().find_map(|line| unclosed(line.text).filter(|(_, is_quote)| *is_quote).map(|_| line));
    let of_one_line = || candidates().find_map(|line| in_line(line, info));
    candidates()
        .find_map(merge_mark)
        .or_else(|| indentation_sign(*here))
        .or_else(|| candidates().find_map(wide_colon))
        .or_else(|| hyphen_missing(*here, above))
        .or_else(|| valued_list(*here, above))
        .or_else(|| bullet(candidates()))
        .or_else(|| quoting(*here, before, info))
        .or_else(|| flow(&lines, info))
        .or_else(|| unclosed_quote().map(|line| line.mistake("a quotation mark is not closed", "add the closing `\"`")))
        .or_else(of_one_line)
        .or_else(|| Some(*here).filter(|_| info.contains("simple key")).and_then(colon_missing))
        .or_else(|| above.filter(|_| info.contains("mapping values")).and_then(colon_missing))
        .or_else(|| indentation(*here, before))
        .or_else(|| colon_in_text(*here))
}

/// A conflict marker that Git writes when two people changed the same lines.
fn merge_mark(line: TextLine<'_>) -> Option<LikelyMistake> {
    let is_mark = ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.text.starts_with(mark));
    is_mark.then(|| {
        let help =
            "keep one of the two versions, and remove the other and the lines with `<<<<<<<`, `=======` and `>>>>>>>`";
        line.mistake("two people changed the same lines, and both versions are in the file", help)
    })
}

/// A key followed by the wide colon of a Chinese or Japanese keyboard.
fn wide_colon(line: TextLine<'_>) -> Option<LikelyMistake> {
    let (key, value) = line.entry().split_once('：')?;
    is_key(key.trim_end()).then(|| {
        let help =
            format!("write an ordinary colon and a space: `{}: {}`", key.trim_end(), excerpt(value.trim_start()));
        line.mistake("this is not an ordinary colon", help)
    })
}

/// Whether a word has the form of a key.
fn is_key(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
}

/// A list entry in braces without a hyphen, below one that has a hyphen.
fn hyphen_missing(line: TextLine<'_>, above: Option<TextLine<'_>>) -> Option<LikelyMistake> {
    let above = above.filter(|above| above.text.starts_with("- ") && unclosed(above.text).is_none())?;
    let is_complete = line.text.starts_with('{') && unclosed(line.text).is_none();
    (is_complete && line.indent.len() >= above.indent.len()).then(|| {
        let help = format!("start it with `- ` like the entry above it: `- {}`", excerpt(line.text));
        line.mistake("this list entry has no hyphen", help)
    })
}

/// A tab, or a space that YAML does not recognise, at the start of a line.
fn indentation_sign(line: TextLine<'_>) -> Option<LikelyMistake> {
    if line.indent.contains('\t') || line.text.starts_with("-\t") {
        return Some(
            line.mistake("there is a tab before the text", "indent with spaces: YAML does not allow tabs here"),
        );
    }
    let is_odd = line.indent.contains(|c: char| c != ' ');
    is_odd.then(|| {
        let help =
            "type ordinary spaces at the start of the line: these were probably pasted from a web page or from Word";
        line.mistake("the spaces before the text are not ordinary spaces", help)
    })
}

/// A list below a key that already has a value: `boards: []`, `boards: none`.
fn valued_list(line: TextLine<'_>, above: Option<TextLine<'_>>) -> Option<LikelyMistake> {
    let above = above?;
    let (key, value) = above.entry().split_once(':')?;
    let value = value.split(" #").next().unwrap_or_default().trim();
    let is_list = line.text.starts_with("- ") || line.text.starts_with(BULLETS);
    let is_deeper = line.indent.len() > above.indent.len();
    if value.chars().filter(|c| !c.is_whitespace()).eq("[]".chars()) && (is_list || is_deeper)
        || (value == "{}" && is_deeper)
    {
        let help = format!("remove the `{value}`: `{key}: {value}` means that there are none");
        return Some(above.mistake("entries follow a list that is marked as empty", help));
    }
    let is_word = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | ' ')) && !value.is_empty();
    (is_list && is_word && !above.text.starts_with('-')).then(|| {
        let help = format!("remove `{}` after `{key}:`; the list below is its value", excerpt(value));
        above.mistake("a list follows a key that already has a value", help)
    })
}

/// A list entry that starts with a dash or bullet from a word processor, or with a hyphen but no space.
fn bullet<'t>(lines: impl Iterator<Item = TextLine<'t>>) -> Option<LikelyMistake> {
    let mut lines = lines.filter_map(|line| Some((line, bullet_help(line.text)?)));
    lines.next().map(|(line, help)| line.mistake("this list entry does not start with a hyphen and a space", help))
}

/// Help for a list entry that starts with another dash, a bullet, or a hyphen without a space.
pub(super) fn bullet_help(text: &str) -> Option<String> {
    let mark = text.chars().next()?;
    let rest = &text[mark.len_utf8()..];
    if BULLETS.contains(&mark) && rest.starts_with(char::is_whitespace) {
        return Some(format!("start it with a hyphen and a space: `- {}`", excerpt(rest.trim_start())));
    }
    let is_word = rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '{' | '['));
    (mark == '-' && is_word).then(|| format!("put a space after the hyphen: `- {}`", excerpt(rest)))
}

/// A line that opens a quotation but does not close it, so that the text continues to the next such mark in the file.
fn open_quotation(line: TextLine<'_>, mark: char) -> Option<LikelyMistake> {
    let value = line.entry().split_once(": ").map_or(line.entry(), |(_, value)| value.trim_start());
    let is_open = value.starts_with(mark) && value.matches(mark).count() % 2 == 1;
    is_open.then(|| line.mistake("a quotation mark is not closed", format!("add the closing quotation mark, `{mark}`")))
}

/// Quotation marks that close too early, never, or have a wrong escape, and text that starts with a special character.
fn quoting(line: TextLine<'_>, before: &[TextLine<'_>], info: &str) -> Option<LikelyMistake> {
    let is_quotation = info.contains("quoted scalar");
    let mark = if info.contains("single") { '\'' } else { '"' };
    let open =
        before.iter().rev().take(LINES_BACK).filter(|_| is_quotation).find_map(|line| open_quotation(*line, mark));
    if open.is_some() {
        return open;
    }
    if info.contains("single-quoted scalar") && info.contains("trailing") {
        let help = "use double quotation marks round text with an apostrophe: `\"Children's Board\"`";
        return Some(line.mistake("an apostrophe closes the quotation too early", help));
    }
    if info.contains("double-quoted scalar") && info.contains("trailing") {
        let help = "put the quotation marks round the whole text, with single ones (`'`) inside";
        return Some(line.mistake("text follows the closing quotation mark", help));
    }
    if info.contains("escape") {
        let help = "use single quotation marks (`'`) round text with a backslash, or double the backslash";
        return Some(line.mistake("there is a backslash inside double quotation marks", help));
    }
    let special = ["unexpected character", "unknown anchor", "anchor or alias", "tag", "directive", "%"];
    let value = line.entry().split_once(": ").map_or(line.entry(), |(_, value)| value.trim_start());
    let sign = value.chars().next().filter(|c| matches!(c, '@' | '`' | '*' | '&' | '%' | '!' | '|' | '>'))?;
    special.iter().any(|part| info.contains(part)).then(|| {
        let example = quoted(line).map_or_else(String::new, |example| format!(": {example}"));
        let cause = if sign == '`' {
            "the text starts with a backtick"
        } else {
            "the text starts with a character that has a special meaning in YAML"
        };
        line.mistake(cause, format!("put the text in quotation marks{example}"))
    })
}

/// A line `key: value` with its value in quotation marks, ready to paste.
fn quoted(line: TextLine<'_>) -> Option<String> {
    let (key, value) = line.entry().split_once(':')?;
    let value = value.trim();
    let is_plain = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (is_plain && !value.starts_with(['"', '\'', '{', '['])).then(|| {
        let value = without_curly_quotes(value).unwrap_or(value);
        let mark = if value.contains('"') { '\'' } else { '"' };
        format!("`{key}: {mark}{}{mark}`", excerpt(value))
    })
}

/// A bracket that is not closed, or entries in brackets without a comma between them.
fn flow(lines: &[TextLine<'_>], info: &str) -> Option<LikelyMistake> {
    let related = ["bracket", "flow", "block", "quoted scalar"];
    if !related.iter().any(|part| info.contains(part)) {
        return None;
    }
    // Only the nearest lines are checked, since the parser notices a missing bracket within a few lines.
    for line in lines.iter().rev().take(LINES_BACK) {
        if let Some((mark, is_odd)) = unclosed(line.text) {
            let cause = if is_odd { "a quotation mark is not closed" } else { "a bracket is not closed" };
            return Some(line.mistake(cause, format!("add the closing `{mark}`")));
        }
    }
    let line = *lines.last()?;
    info.contains("expected ',' or").then(|| {
        line.mistake(
            "there is no comma between two entries",
            "put a comma between them, or put the whole text in quotation marks",
        )
    })
}

/// How many lines before the one where the parser gave up are searched for an open bracket.
const LINES_BACK: usize = 20;

/// The character that would close what a line leaves open: a bracket, or (`true`) a double quotation mark.
fn unclosed(text: &str) -> Option<(char, bool)> {
    let value = text.trim_start_matches("- ");
    let value = match value.split_once(": ") {
        Some((key, value)) if !key.contains(['{', '[', '"']) => value,
        _ => value,
    };
    let mut open = Vec::new();
    let mut is_quoted = false;
    for c in value.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '[' if !is_quoted => open.push(']'),
            '{' if !is_quoted => open.push('}'),
            ']' | '}' if !is_quoted && open.last() == Some(&c) => _ = open.pop(),
            // A closing bracket of another kind shows that this one is open.
            ']' | '}' if !is_quoted => break,
            _ => {}
        }
    }
    // Brackets are only text if the value does not start with one.
    let is_flow = value.starts_with(['[', '{']);
    match open.pop() {
        _ if is_quoted && (is_flow || value.starts_with('"')) => Some(('"', true)),
        closing => closing.filter(|_| is_flow).map(|closing| (closing, false)),
    }
}

/// Mistakes that one line alone shows.
fn in_line(line: TextLine<'_>, info: &str) -> Option<LikelyMistake> {
    let entry = line.entry();
    if info.contains("block sequence") && info.contains("not allowed") {
        let (key, list) = entry.split_once(':')?;
        let help = format!("start the list on a line of its own, below `{key}:`: `  {}`", excerpt(list.trim()));
        return Some(line.mistake("a list starts on the same line as its key", help));
    }
    if let Some(spaced) = space_after_colon(entry) {
        return Some(
            line.mistake("there is no space after the colon", format!("put a space after the colon: `{spaced}`")),
        );
    }
    let value = entry.split_once(": ").map_or("", |(_, value)| value.trim_start());
    value.starts_with(['“', '”', '‘', '„']).then(|| {
        let help = format!("use straight quotation marks: {}", quoted(line).unwrap_or_default());
        line.mistake("YAML does not recognise curly quotation marks", help)
    })
}

/// The correct form of a line such as `title:Report`.
pub(super) fn space_after_colon(text: &str) -> Option<String> {
    let (key, value) = text.split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '-'));
    let is_joined = value.starts_with(|c: char| !c.is_whitespace() && c != '/');
    (is_key && is_joined).then(|| format!("{key}: {}", excerpt(value)))
}

/// A line with a key but no colon.
fn colon_missing(above: TextLine<'_>) -> Option<LikelyMistake> {
    let entry = above.entry();
    if above.text.starts_with('-') || entry.contains(':') || entry.contains(['"', '\'', '{', '[']) {
        return None;
    }
    let (key, value) = entry.split_once(' ').unwrap_or((entry, ""));
    let value = value.trim_start_matches(['=', ' ', '-', '–', '—']);
    let key = key.trim_end_matches([';', '：', '=', '-']);
    is_key(key).then(|| {
        // Acronyms are glossary terms, which keep their capitals.
        let is_acronym = key.len() > 1 && key.chars().all(|c| c.is_ascii_uppercase());
        let key = if is_acronym { key.to_owned() } else { key.to_lowercase() };
        let help = if value.is_empty() {
            format!("write a colon after the key: `{key}:`")
        } else {
            format!("write a colon and a space after the key: `{key}: {}`", excerpt(value))
        };
        above.mistake("this key has no colon", help)
    })
}

/// A colon in a text without quotation marks.
fn colon_in_text(line: TextLine<'_>) -> Option<LikelyMistake> {
    let (_, value) = line.entry().split_once(": ")?;
    if !value.contains(": ") && !value.ends_with(':') {
        return None;
    }
    let example = quoted(line).unwrap_or_else(|| "`title: \"Safeguarding: the year\"`".to_owned());
    Some(
        line.mistake(
            "there is a colon inside the text",
            format!("put text with a colon in quotation marks: {example}"),
        ),
    )
}

/// A line that is indented differently from the lines it belongs with.
fn indentation(here: TextLine<'_>, before: &[TextLine<'_>]) -> Option<LikelyMistake> {
    let column = here.indent.len();
    // The columns at which keys and hyphens of open lists and mappings start, each with its first line.
    let mut columns: Vec<(usize, TextLine<'_>)> = Vec::new();
    for line in before {
        let mut at = line.indent.len();
        columns.retain(|(column, _)| *column <= at);
        let mut rest = line.text;
        loop {
            if columns.last().is_none_or(|(last, _)| *last < at) {
                columns.push((at, *line));
            }
            let Some(entry) = rest.strip_prefix("- ") else { break };
            at += rest.len() - entry.trim_start().len();
            rest = entry.trim_start();
        }
    }
    let above = before.last()?;
    let first = columns.first().map(|(_, line)| *line)?;
    if column < first.indent.len() {
        return indentation_sign(first).or_else(|| Some(uneven(first, here)));
    }
    // A key in the column of a list's hyphens belongs to the entry, or else the hyphen is wrong.
    let hyphen = columns
        .iter()
        .find(|(known, line)| *known == column && line.text.starts_with("- ") && line.indent.len() == column);
    if let Some((_, entry)) = hyphen.filter(|_| !here.text.starts_with('-')) {
        if column > 0 {
            return Some(uneven(here, *entry));
        }
        let help = format!("remove the hyphen: `{}`, or start each line of the list with one", excerpt(entry.entry()));
        return Some(entry.mistake("a hyphen starts a list, but keys follow", help));
    }
    let is_entry = here.text.starts_with('-');
    let opens = above.text.ends_with(':') && column > above.indent.len();
    if opens || columns.iter().any(|(known, _)| *known == column) {
        return None;
    }
    let own =
        columns.iter().filter(|(known, line)| is_entry == (line.text.starts_with('-') && line.indent.len() == *known));
    let (_, nearest) = own.min_by_key(|(known, _)| known.abs_diff(column)).or_else(|| columns.last())?;
    Some(uneven(here, *nearest))
}

/// The mistake of a line that should be indented like another one.
fn uneven(odd: TextLine<'_>, other: TextLine<'_>) -> LikelyMistake {
    // A key after a hyphen starts at the column of the text after the hyphen.
    let after_hyphen = if other.text.starts_with("- ") && !odd.text.starts_with('-') {
        other.text.len() - other.entry().len()
    } else {
        0
    };
    let spaces = |count: usize| match count {
        0 => "no spaces".to_owned(),
        1 => "1 space".to_owned(),
        _ => format!("{count} spaces"),
    };
    let expected = other.indent.len() + after_hyphen;
    let help = format!(
        "start this line with {}, not {}, to match `{}`; put text that runs over several lines in quotation marks",
        spaces(expected),
        spaces(odd.indent.len()),
        excerpt(other.text),
    );
    odd.mistake("this line is not indented like the lines it belongs with", help)
}

/// The text inside curly quotation marks, if the whole text is in them.
pub(super) fn without_curly_quotes(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix(['“', '”', '‘', '’', '„'])?;
    let inner = inner.strip_suffix(['“', '”', '‘', '’']).unwrap_or(inner);
    (!inner.is_empty()).then_some(inner)
}

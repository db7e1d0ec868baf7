//! What people most likely did where a file is no YAML: the parser says where it gave up, this says why.

use crate::diagnostic::{Span, excerpt};

/// Characters that word processors begin the entries of a list with.
const BULLETS: &[char] = &['–', '—', '−', '‐', '‑', '•', '·', '▪', '◦', '●', '*', '\u{f0b7}'];

/// A likely mistake.
pub(super) struct LikelyMistake {
    /// Where it was made, in the text that was parsed.
    pub span: Span,
    /// What it is.
    pub cause: &'static str,
    /// What to do.
    pub help: String,
}

/// A line of a text.
#[derive(Clone, Copy)]
struct TextLine<'t> {
    start: usize,
    /// Its text without white space at its ends.
    text: &'t str,
    /// What stands before that.
    indent: &'t str,
}

impl<'t> TextLine<'t> {
    fn new(start: usize, line: &'t str) -> Self {
        let text = line.trim_start();
        Self { start, indent: &line[..line.len() - text.len()], text: text.trim_end() }
    }

    /// The span of its text.
    fn span(self) -> Span {
        let start = self.start + self.indent.len();
        Span::new(start, start + self.text.len())
    }

    /// Its text behind the hyphens of a list.
    fn entry(self) -> &'t str {
        let mut rest = self.text;
        while let Some(entry) = rest.strip_prefix("- ") {
            rest = entry.trim_start();
        }
        rest
    }

    fn slip(self, cause: &'static str, help: impl Into<String>) -> LikelyMistake {
        LikelyMistake { span: self.span(), cause, help: help.into() }
    }
}

/// The mistake that most likely kept the parser from reading on at byte `at` of `text`, where one is known. `info` is
/// what the parser said.
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
    // At the end of a text the parser stands behind its last line.
    let above = before.last().copied();
    let near = || std::iter::once(*here).chain(above);
    let unclosed_quote = || near().find_map(|line| unclosed(line.text).filter(|(_, is_quote)| *is_quote).map(|_| line));
    let of_one_line = || near().find_map(|line| in_line(line, info));
    near()
        .find_map(merge_mark)
        .or_else(|| indentation_sign(*here))
        .or_else(|| near().find_map(wide_colon))
        .or_else(|| hyphen_missing(*here, above))
        .or_else(|| valued_list(*here, above))
        .or_else(|| bullet(near()))
        .or_else(|| quoting(*here, before, info))
        .or_else(|| flow(&lines, info))
        .or_else(|| unclosed_quote().map(|line| line.slip("a quotation mark is not closed", "add the closing `\"`")))
        .or_else(of_one_line)
        .or_else(|| Some(*here).filter(|_| info.contains("simple key")).and_then(colon_missing))
        .or_else(|| above.filter(|_| info.contains("mapping values")).and_then(colon_missing))
        .or_else(|| indentation(*here, before))
        .or_else(|| colon_in_text(*here))
}

/// A mark that Git leaves where two people changed the same lines.
fn merge_mark(line: TextLine<'_>) -> Option<LikelyMistake> {
    let is_mark = ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.text.starts_with(mark));
    is_mark.then(|| {
        let help =
            "keep one of the two versions, and remove the other and the lines with `<<<<<<<`, `=======` and `>>>>>>>`";
        line.slip("two people's changes to the same lines were not put together", help)
    })
}

/// A key with the wide colon of a Chinese or Japanese keyboard behind it.
fn wide_colon(line: TextLine<'_>) -> Option<LikelyMistake> {
    let (key, value) = line.entry().split_once('：')?;
    is_key(key.trim_end()).then(|| {
        let help =
            format!("write an ordinary colon and a space: `{}: {}`", key.trim_end(), excerpt(value.trim_start()));
        line.slip("a colon of another kind than YAML's", help)
    })
}

/// Whether a word may be a key.
fn is_key(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
}

/// An entry in braces without a hyphen, below one that has it.
fn hyphen_missing(line: TextLine<'_>, above: Option<TextLine<'_>>) -> Option<LikelyMistake> {
    let above = above.filter(|above| above.text.starts_with("- ") && unclosed(above.text).is_none())?;
    let is_complete = line.text.starts_with('{') && unclosed(line.text).is_none();
    (is_complete && line.indent.len() >= above.indent.len()).then(|| {
        let help = format!("begin it with `- `: `- {}`, as the entry above it", excerpt(line.text));
        line.slip("an entry of a list without its hyphen", help)
    })
}

/// A tab or a space that YAML does not take for one, before a line.
fn indentation_sign(line: TextLine<'_>) -> Option<LikelyMistake> {
    if line.indent.contains('\t') || line.text.starts_with("-\t") {
        return Some(line.slip("a tab before the text", "indent with spaces: YAML takes no tab there"));
    }
    let is_odd = line.indent.contains(|c: char| c != ' ');
    is_odd.then(|| {
        let help = "type ordinary spaces at the start of the line: these were pasted from a web page or from Word";
        line.slip("spaces of another kind before the text", help)
    })
}

/// A list below a key that has a value already: `boards: []`, `boards: none`.
fn valued_list(line: TextLine<'_>, above: Option<TextLine<'_>>) -> Option<LikelyMistake> {
    let above = above?;
    let (key, value) = above.entry().split_once(':')?;
    let value = value.split(" #").next().unwrap_or_default().trim();
    let is_list = line.text.starts_with("- ") || line.text.starts_with(BULLETS);
    let is_deeper = line.indent.len() > above.indent.len();
    if value.chars().filter(|c| !c.is_whitespace()).eq("[]".chars()) && (is_list || is_deeper)
        || (value == "{}" && is_deeper)
    {
        let help = format!("`{key}: {value}` says that there are none: remove the `{value}`");
        return Some(above.slip("entries follow a list that says it is empty", help));
    }
    let is_word = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | ' ')) && !value.is_empty();
    (is_list && is_word && !above.text.starts_with('-')).then(|| {
        let help = format!("the list below is the value of `{key}:`: remove `{}` after it", excerpt(value));
        above.slip("a list follows a key that has a value already", help)
    })
}

/// A list whose entries begin with a dash or bullet of a word processor, or with a hyphen and no space.
fn bullet<'t>(lines: impl Iterator<Item = TextLine<'t>>) -> Option<LikelyMistake> {
    let mut lines = lines.filter_map(|line| Some((line, bullet_help(line.text)?)));
    lines.next().map(|(line, help)| line.slip("this entry of a list does not begin with a hyphen and a space", help))
}

/// How an entry of a list must begin, where it begins with another dash, with a bullet or with a hyphen alone.
pub(super) fn bullet_help(text: &str) -> Option<String> {
    let mark = text.chars().next()?;
    let rest = &text[mark.len_utf8()..];
    if BULLETS.contains(&mark) && rest.starts_with(char::is_whitespace) {
        return Some(format!("begin it with a hyphen and a space: `- {}`", excerpt(rest.trim_start())));
    }
    let is_word = rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '{' | '['));
    (mark == '-' && is_word).then(|| format!("put a space after the hyphen: `- {}`", excerpt(rest)))
}

/// A line in which a quotation begins that it does not end. The text goes on to the next such mark in the file.
fn open_quotation(line: TextLine<'_>, mark: char) -> Option<LikelyMistake> {
    let value = line.entry().split_once(": ").map_or(line.entry(), |(_, value)| value.trim_start());
    let is_open = value.starts_with(mark) && value.matches(mark).count() % 2 == 1;
    is_open.then(|| line.slip("a quotation mark is not closed", format!("add the closing quotation mark, `{mark}`")))
}

/// Quotation marks that end too soon, never or are not YAML's, and text that begins with a sign of YAML's.
fn quoting(line: TextLine<'_>, before: &[TextLine<'_>], info: &str) -> Option<LikelyMistake> {
    let is_quotation = info.contains("quoted scalar");
    let mark = if info.contains("single") { '\'' } else { '"' };
    let open =
        before.iter().rev().take(LINES_BACK).filter(|_| is_quotation).find_map(|line| open_quotation(*line, mark));
    if open.is_some() {
        return open;
    }
    if info.contains("single-quoted scalar") && info.contains("trailing") {
        let help = "use double quotation marks round a text that holds an apostrophe: `\"Children's Board\"`";
        return Some(line.slip("an apostrophe ends the quotation", help));
    }
    if info.contains("double-quoted scalar") && info.contains("trailing") {
        let help = "put the quotation marks round the whole text, with single ones (`'`) inside";
        return Some(line.slip("text follows the closing quotation mark", help));
    }
    if info.contains("escape") {
        let help = "use single quotation marks (`'`) round a text that holds a backslash, or write it twice";
        return Some(line.slip("a backslash inside double quotation marks", help));
    }
    let is_sign = ["unexpected character", "unknown anchor", "anchor or alias", "tag", "directive", "%"];
    let value = line.entry().split_once(": ").map_or(line.entry(), |(_, value)| value.trim_start());
    let sign = value.chars().next().filter(|c| matches!(c, '@' | '`' | '*' | '&' | '%' | '!' | '|' | '>'))?;
    is_sign.iter().any(|part| info.contains(part)).then(|| {
        let help = quoted(line).unwrap_or_else(|| "put the text in quotation marks".to_owned());
        let cause = if sign == '`' {
            "a text that begins with a backtick"
        } else {
            "a text that begins with a sign of YAML's own"
        };
        line.slip(cause, format!("put the text in quotation marks: {help}"))
    })
}

/// A line `key: value` with its value in quotation marks, to be pasted.
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

/// A bracket that is not closed, or what stands in brackets without a comma between.
fn flow(lines: &[TextLine<'_>], info: &str) -> Option<LikelyMistake> {
    let told = ["bracket", "flow", "block", "quoted scalar"];
    if !told.iter().any(|part| info.contains(part)) {
        return None;
    }
    // The nearest lines are looked at alone: whoever forgets a bracket is told in the next lines.
    for line in lines.iter().rev().take(LINES_BACK) {
        if let Some((mark, is_odd)) = unclosed(line.text) {
            let cause = if is_odd { "a quotation mark is not closed" } else { "a bracket is not closed" };
            return Some(line.slip(cause, format!("add the closing `{mark}`")));
        }
    }
    let line = *lines.last()?;
    info.contains("expected ',' or").then(|| {
        line.slip(
            "two entries without a comma between them",
            "put a comma between them, or the whole text in quotation marks",
        )
    })
}

/// How many lines before the one where the parser gave up are looked at for an open bracket.
const LINES_BACK: usize = 20;

/// What closes the bracket or double quotation mark that a line leaves open, and whether it is a quotation mark.
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
            // What closes another bracket shows that this one is open.
            ']' | '}' if !is_quoted => break,
            _ => {}
        }
    }
    // Brackets inside a text that does not begin with one are text.
    let is_flow = value.starts_with(['[', '{']);
    match open.pop() {
        _ if is_quoted && (is_flow || value.starts_with('"')) => Some(('"', true)),
        closing => closing.filter(|_| is_flow).map(|closing| (closing, false)),
    }
}

/// What can be seen from a line alone.
fn in_line(line: TextLine<'_>, info: &str) -> Option<LikelyMistake> {
    let entry = line.entry();
    if info.contains("block sequence") && info.contains("not allowed") {
        let (key, list) = entry.split_once(':')?;
        let help = format!("begin the list on a line of its own, below `{key}:`: `  {}`", excerpt(list.trim()));
        return Some(line.slip("a list begins on the line of its key", help));
    }
    if let Some(spaced) = space_after_colon(entry) {
        return Some(
            line.slip("a key without a space after its colon", format!("put a space after the colon: `{spaced}`")),
        );
    }
    let value = entry.split_once(": ").map_or("", |(_, value)| value.trim_start());
    value.starts_with(['“', '”', '‘', '„']).then(|| {
        let help = format!("use straight quotation marks: {}", quoted(line).unwrap_or_default());
        line.slip("curly quotation marks, which are none to YAML", help)
    })
}

/// `title:Report` as it must be written.
pub(super) fn space_after_colon(text: &str) -> Option<String> {
    let (key, value) = text.split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '-'));
    let is_joined = value.starts_with(|c: char| !c.is_whitespace() && c != '/');
    (is_key && is_joined).then(|| format!("{key}: {}", excerpt(value)))
}

/// A line that has no colon though it must be a key's.
fn colon_missing(above: TextLine<'_>) -> Option<LikelyMistake> {
    let entry = above.entry();
    if above.text.starts_with('-') || entry.contains(':') || entry.contains(['"', '\'', '{', '[']) {
        return None;
    }
    let (key, value) = entry.split_once(' ').unwrap_or((entry, ""));
    let value = value.trim_start_matches(['=', ' ', '-', '–', '—']);
    let key = key.trim_end_matches([';', '：', '=', '-']);
    is_key(key).then(|| {
        // An acronym is a term of the glossary, which keeps its capitals.
        let is_acronym = key.len() > 1 && key.chars().all(|c| c.is_ascii_uppercase());
        let key = if is_acronym { key.to_owned() } else { key.to_lowercase() };
        let help = if value.is_empty() {
            format!("write a colon after the key: `{key}:`")
        } else {
            format!("write a colon and a space after the key: `{key}: {}`", excerpt(value))
        };
        above.slip("a key without a colon", help)
    })
}

/// A colon inside a text.
fn colon_in_text(line: TextLine<'_>) -> Option<LikelyMistake> {
    let (_, value) = line.entry().split_once(": ")?;
    if !value.contains(": ") && !value.ends_with(':') {
        return None;
    }
    let example = quoted(line).unwrap_or_else(|| "`title: \"Safeguarding: the year\"`".to_owned());
    Some(line.slip("a colon inside a text", format!("quote a text that holds a colon: {example}")))
}

/// A line that begins with another number of spaces than those that it belongs to.
fn indentation(here: TextLine<'_>, before: &[TextLine<'_>]) -> Option<LikelyMistake> {
    let column = here.indent.len();
    // The columns in which keys and hyphens of the lists and mappings that are open begin, with a line of each.
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
    // A key in the column of a list's hyphens belongs to the entry, or the hyphen to nobody.
    let hyphen = columns
        .iter()
        .find(|(known, line)| *known == column && line.text.starts_with("- ") && line.indent.len() == column);
    if let Some((_, entry)) = hyphen.filter(|_| !here.text.starts_with('-')) {
        if column > 0 {
            return Some(uneven(here, *entry));
        }
        let help = format!("remove the hyphen: `{}`, or begin each line of the list with one", excerpt(entry.entry()));
        return Some(entry.slip("a hyphen begins a list, but keys follow", help));
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

/// Says of a line that it does not begin where another does.
fn uneven(odd: TextLine<'_>, other: TextLine<'_>) -> LikelyMistake {
    // A key behind a hyphen begins where the hyphen's text does.
    let behind_hyphen = if other.text.starts_with("- ") && !odd.text.starts_with('-') {
        other.text.len() - other.entry().len()
    } else {
        0
    };
    let spaces = |count: usize| match count {
        0 => "no space".to_owned(),
        1 => "1 space".to_owned(),
        _ => format!("{count} spaces"),
    };
    let due = other.indent.len() + behind_hyphen;
    let help = format!(
        "this line begins with {}; give it {}, as `{}` has, or quote a text that goes on over several lines",
        spaces(odd.indent.len()),
        spaces(due),
        excerpt(other.text),
    );
    odd.slip("this line is indented differently from those that it belongs to", help)
}

/// What stands between curly quotation marks, where all of a text does.
pub(super) fn without_curly_quotes(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix(['“', '”', '‘', '’', '„'])?;
    let inner = inner.strip_suffix(['“', '”', '‘', '’']).unwrap_or(inner);
    (!inner.is_empty()).then_some(inner)
}
